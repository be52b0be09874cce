//! `os.path`, of POSIX.

use std::fs;
use std::path::Path;

use crate::iter::Iterable;
use crate::prelude::*;

/// `os.path.join(path, *paths)`
#[inline]
pub fn join(path: &str, paths: impl AsRef<[Str]>) -> Str {
    joined(path, paths.as_ref().iter().map(|part| &**part))
}

/// The same of borrowed parts.
#[inline]
pub(crate) fn joined<'a>(path: &str, paths: impl IntoIterator<Item = &'a str>) -> Str {
    let mut joined = path.to_owned();
    for part in paths {
        if part.starts_with('/') {
            part.clone_into(&mut joined);
        } else {
            if !joined.is_empty() && !joined.ends_with('/') {
                joined.push('/');
            }
            joined.push_str(part);
        }
    }
    Str::from(joined)
}

/// `os.path.split(path)`: all before the last slash, and what follows it.
#[inline]
pub fn split(path: &str) -> (Str, Str) {
    let (head, tail) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
    let bare = head.trim_end_matches('/');
    (Str::copy_of(if bare.is_empty() { head } else { bare }), Str::copy_of(tail))
}

/// `os.path.dirname(path)`
#[inline]
pub fn dirname(path: &str) -> Str {
    split(path).0
}

/// `os.path.basename(path)`
#[inline]
pub fn basename(path: &str) -> Str {
    split(path).1
}

/// `os.path.splitext(path)`: the name, and the extension with its dot.
#[inline]
pub fn splitext(path: &str) -> (Str, Str) {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    // Leading dots make a hidden file, not an extension.
    let start = name + path[name..].bytes().take_while(|c| *c == b'.').count();
    let dot = path[start..].rfind('.').map_or(path.len(), |dot| start + dot);
    (Str::copy_of(&path[..dot]), Str::copy_of(&path[dot..]))
}

/// `os.path.normpath(path)`
#[inline]
pub fn normpath(path: &str) -> Str {
    if path.is_empty() {
        return Str::from(".");
    }
    // Two leading slashes, and no more, mean something of their own to POSIX.
    let root = match path.bytes().take_while(|c| *c == b'/').count() {
        0 => "",
        2 => "//",
        _ => "/",
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if root.is_empty() && parts.last().is_none_or(|last| *last == "..") => parts.push(part),
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let joined = format!("{root}{}", parts.join("/"));
    if joined.is_empty() { Str::from(".") } else { Str::from(joined) }
}

/// `os.path.isabs(path)`
#[inline]
pub fn isabs(path: &str) -> bool {
    path.starts_with('/')
}

/// `os.path.abspath(path)`
#[inline]
pub fn abspath(path: &str) -> PyResult<Str> {
    if isabs(path) {
        return Ok(normpath(path));
    }
    Ok(normpath(&joined(&super::getcwd()?, [path])))
}

/// `os.path.realpath(path)`: links are followed as far as the path exists.
#[inline]
pub fn realpath(path: &str) -> PyResult<Str> {
    let absolute = abspath(path)?;
    let mut missing = Vec::new();
    let mut known = absolute.clone();
    loop {
        if let Ok(real) = fs::canonicalize(Path::new(&*known)) {
            let real = super::text_of(&real);
            return Ok(missing.iter().rev().fold(real, |path, part: &Str| joined(&path, [&**part])));
        }
        let (head, tail) = split(&known);
        if tail.is_empty() {
            return Ok(absolute);
        }
        missing.push(tail);
        known = head;
    }
}

/// `os.path.relpath(path, start)`
#[inline]
pub fn relpath(path: &str, start: &str) -> PyResult<Str> {
    if path.is_empty() {
        return Err(ValueError::new("no path specified"));
    }
    let (path, start) = (abspath(path)?, abspath(start)?);
    let parts =
        |path: &Str| -> Vec<String> { path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect() };
    let (path, start) = (parts(&path), parts(&start));
    let common = path.iter().zip(&start).take_while(|(a, b)| a == b).count();
    let mut relative = vec!["..".to_owned(); start.len() - common];
    relative.extend_from_slice(&path[common..]);
    Ok(if relative.is_empty() { Str::from(".") } else { Str::from(relative.join("/")) })
}

/// `os.path.expanduser(path)`
#[inline]
pub fn expanduser(path: &str) -> Str {
    let home = super::getenv("HOME");
    match (path.strip_prefix('~'), home) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            let expanded = format!("{}{rest}", home.trim_end_matches('/'));
            Str::from(if expanded.is_empty() { "/".to_owned() } else { expanded })
        }
        _ => Str::copy_of(path),
    }
}

/// `os.path.exists(path)`
#[inline]
pub fn exists(path: &str) -> bool {
    crate::lock::blocking(|| fs::metadata(path)).is_ok()
}

/// `os.path.lexists(path)`: also a link to nothing.
#[inline]
pub fn lexists(path: &str) -> bool {
    crate::lock::blocking(|| fs::symlink_metadata(path)).is_ok()
}

/// `os.path.isfile(path)`
#[inline]
pub fn isfile(path: &str) -> bool {
    crate::lock::blocking(|| fs::metadata(path)).is_ok_and(|found| found.is_file())
}

/// `os.path.isdir(path)`
#[inline]
pub fn isdir(path: &str) -> bool {
    crate::lock::blocking(|| fs::metadata(path)).is_ok_and(|found| found.is_dir())
}

/// `os.path.islink(path)`
#[inline]
pub fn islink(path: &str) -> bool {
    crate::lock::blocking(|| fs::symlink_metadata(path)).is_ok_and(|found| found.is_symlink())
}

/// `os.path.getsize(path)`
#[inline]
pub fn getsize(path: &str) -> PyResult<i64> {
    super::stat(path).map(|stat| stat.st_size())
}

/// `os.path.getmtime(path)`
#[inline]
pub fn getmtime(path: &str) -> PyResult<f64> {
    super::stat(path).map(|stat| stat.st_mtime())
}

/// `os.path.getatime(path)`
#[inline]
pub fn getatime(path: &str) -> PyResult<f64> {
    super::stat(path).map(|stat| stat.st_atime())
}

/// `os.path.getctime(path)`
#[inline]
pub fn getctime(path: &str) -> PyResult<f64> {
    super::stat(path).map(|stat| stat.st_ctime())
}

/// `os.path.samefile(a, b)`
#[inline]
pub fn samefile(a: &str, b: &str) -> PyResult<bool> {
    let (a, b) = (super::stat(a)?, super::stat(b)?);
    Ok(a.st_ino() == b.st_ino() && a.st_dev() == b.st_dev())
}

/// `os.path.commonprefix(paths)`
#[inline]
pub fn commonprefix(paths: &impl Iterable<Item = Str>) -> PyResult<Str> {
    let paths: Vec<Str> = paths.items().collect::<PyResult<_>>()?;
    let (Some(least), Some(greatest)) = (paths.iter().min(), paths.iter().max()) else { return Ok(Str::default()) };
    let same = least.chars().zip(greatest.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c);
    Ok(Str::from(same.collect::<String>()))
}

/// `os.path.commonpath(paths)`
#[inline]
pub fn commonpath(paths: &impl Iterable<Item = Str>) -> PyResult<Str> {
    let paths: Vec<Str> = paths.items().collect::<PyResult<_>>()?;
    let Some(first) = paths.first() else {
        return Err(ValueError::new("commonpath() arg is an empty sequence"));
    };
    if paths.iter().any(|path| isabs(path) != isabs(first)) {
        return Err(ValueError::new("Can't mix absolute and relative paths"));
    }
    let parts = |path: &Str| -> Vec<String> {
        path.split('/').filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect()
    };
    let mut common = parts(first);
    for path in &paths {
        let same = common.iter().zip(&parts(path)).take_while(|(a, b)| a == b).count();
        common.truncate(same);
    }
    Ok(Str::from(format!("{}{}", if isabs(first) { "/" } else { "" }, common.join("/"))))
}

/// `os.path.expandvars(path)`
#[inline]
pub fn expandvars(path: &str) -> Str {
    let mut expanded = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('$') {
        expanded.push_str(before);
        let braced = after.strip_prefix('{').and_then(|after| after.split_once('}'));
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
        let (name, after) = braced.unwrap_or_else(|| after.split_at(end));
        match super::getenv(name) {
            Some(value) => expanded.push_str(&value),
            None => expanded.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    expanded.push_str(rest);
    Str::from(expanded)
}
