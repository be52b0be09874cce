//! `os.walk`.

use std::fs;

use super::path;
use crate::prelude::*;

type Entry = (Str, List<Str>, List<Str>);

/// `os.walk(top)`: folder, its folders, its files; top down. What the program takes out of the list of folders is left out.
#[inline]
pub fn walk(top: &str) -> Iter<Entry> {
    walk_with(top, true, false)
}

/// `os.walk(top, topdown, followlinks=…)`
#[inline]
pub fn walk_with(top: &str, topdown: bool, followlinks: bool) -> Iter<Entry> {
    let mut open = vec![Step::Folder(Str::copy_of(top))];
    Iter::named(
        "generator",
        std::iter::from_fn(move || {
            loop {
                match open.pop()? {
                    Step::Entry(entry) => return Some(Ok(entry)),
                    Step::Inside(folder, names) => open.extend(inside(&folder, &names, followlinks).into_iter().rev()),
                    Step::Folder(folder) => {
                        // A folder that cannot be read is left out.
                        let Some((folders, files)) = read(&folder) else { continue };
                        let entry = (folder.clone(), folders.clone(), files);
                        if topdown {
                            open.push(Step::Inside(folder, folders));
                            return Some(Ok(entry));
                        }
                        open.push(Step::Entry(entry));
                        open.push(Step::Inside(folder, folders));
                    }
                }
            }
        }),
    )
}

enum Step {
    Folder(Str),
    /// The folders inside, read when the walk goes on: the program may have changed the list.
    Inside(Str, List<Str>),
    Entry(Entry),
}

#[inline]
fn inside(folder: &str, names: &List<Str>, followlinks: bool) -> Vec<Step> {
    let paths = names.iter().map(|name| path::joined(folder, [&*name]));
    paths.filter(|path| followlinks || !path::islink(path)).map(Step::Folder).collect()
}

#[inline]
fn read(folder: &str) -> Option<(List<Str>, List<Str>)> {
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for entry in crate::lock::blocking(|| fs::read_dir(folder)).ok()? {
        let entry = entry.ok()?;
        let name = super::text_of(entry.file_name().as_ref());
        if entry.path().is_dir() { folders.push(name) } else { files.push(name) }
    }
    Some((List::from(folders), List::from(files)))
}
