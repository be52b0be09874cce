//! `glob`: the files that a pattern of paths finds.
use crate::iter::ToIter;
use crate::os::path;
use crate::pathlib::glob::{Hidden, is_pattern, walk};
use crate::prelude::*;

/// `glob.glob(pathname, recursive=recursive)`, in the order of the file system.
pub fn glob(pathname: &str, root_dir: Option<Str>, recursive: bool) -> List<Str> {
    let root = root_dir.unwrap_or_default();
    if !is_pattern(pathname) {
        let found = path::lexists(&path::joined(&root, [pathname]));
        return if found { List::from([Str::copy_of(pathname)]) } else { List::new() };
    }
    let absolute = pathname.starts_with('/');
    // `**` is `*` unless it is asked for.
    let parts = pathname.split('/').filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.map(|part| if part == "**" && !recursive { "*" } else { part }).collect();
    let mut found = Vec::new();
    let base = if absolute { "/" } else { &*root };
    walk(base, &parts, Hidden::Skipped, &mut found);
    let only_folders = pathname.ends_with('/');
    let mut seen = std::collections::HashSet::new();
    let texts = found.into_iter().filter_map(|path| {
        let shown = match absolute || root.is_empty() {
            true => path.clone(),
            false => path.strip_prefix(&*root)?.trim_start_matches('/').to_owned(),
        };
        if shown.is_empty() || only_folders && !path::isdir(&path) || !seen.insert(shown.clone()) {
            return None;
        }
        Some(Str::from(if only_folders { shown + "/" } else { shown }))
    });
    texts.collect()
}

/// `glob.iglob(pathname, recursive=recursive)`
pub fn iglob(pathname: &str, root_dir: Option<Str>, recursive: bool) -> Iter<Str> {
    glob(pathname, root_dir, recursive).to_iter()
}

/// `glob.escape(pathname)`
pub fn escape(pathname: &str) -> Str {
    let mut out = String::new();
    for c in pathname.chars() {
        match c {
            '*' | '?' | '[' => {
                out.push('[');
                out.push(c);
                out.push(']');
            }
            c => out.push(c),
        }
    }
    Str::from(out)
}
