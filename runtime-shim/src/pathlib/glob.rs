//! The files that patterns of names find.
use crate::fnmatch::fnmatchcase;
use crate::os::{self, path};

/// What names with a leading dot are to `*`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hidden {
    /// Names like any other: `pathlib`.
    Matched,
    /// Not found unless the pattern has the dot: `glob`.
    Skipped,
}

/// Whether a part of a pattern is more than a name.
pub(crate) fn is_pattern(part: &str) -> bool {
    part.contains(['*', '?', '['])
}

/// Finds below a folder what the parts say, each the pattern of one name.
pub(crate) fn walk(folder: &str, parts: &[&str], hidden: Hidden, found: &mut Vec<String>) {
    let Some((first, rest)) = parts.split_first() else {
        if folder.is_empty() || path::lexists(folder) {
            found.push(folder.to_owned());
        }
        return;
    };
    if *first == "**" {
        return below(folder, rest, hidden, found);
    }
    if !is_pattern(first) {
        let next = path::joined(folder, [*first]);
        if path::lexists(&next) {
            walk(&next, rest, hidden, found);
        }
        return;
    }
    for name in names(folder) {
        let is_hidden = name.starts_with('.') && hidden == Hidden::Skipped && !first.starts_with('.');
        if is_hidden || !fnmatchcase(&name, first) {
            continue;
        }
        let next = path::joined(folder, [name.as_str()]);
        if rest.is_empty() || path::isdir(&next) {
            walk(&next, rest, hidden, found);
        }
    }
}

/// `**`: this folder and all below it.
fn below(folder: &str, rest: &[&str], hidden: Hidden, found: &mut Vec<String>) {
    if rest.is_empty() {
        found.push(folder.to_owned());
    } else {
        walk(folder, rest, hidden, found);
    }
    for name in names(folder) {
        if name.starts_with('.') && hidden == Hidden::Skipped {
            continue;
        }
        let next = path::joined(folder, [name.as_str()]);
        let is_folder = path::isdir(&next) && !path::islink(&next);
        if is_folder {
            below(&next, rest, hidden, found);
        } else if rest.is_empty() {
            found.push(next.to_string());
        }
    }
}

fn names(folder: &str) -> Vec<String> {
    let folder = if folder.is_empty() { "." } else { folder };
    os::listdir(folder).map(|names| names.iter().map(|name| name.to_string()).collect()).unwrap_or_default()
}
