//! The line map of a package (`main.map`): which line of Python a line of Rust came from.
use std::sync::OnceLock;

static MAP: OnceLock<Vec<File>> = OnceLock::new();

/// What one emitted file came from.
struct File {
    rust: &'static str,
    python: &'static str,
    /// Its functions, by their qualified names, and where they begin.
    definitions: Vec<(&'static str, u32)>,
    /// Those that make generators for coroutines, as `@asyncio.coroutine` does.
    generators: Vec<&'static str>,
    lines: Vec<Line>,
}

/// A statement.
#[derive(Clone, Copy)]
pub(super) struct Line {
    rust: u32,
    pub(super) python: u32,
    pub(super) function: &'static str,
    pub(super) text: &'static str,
}

/// Keeps the program's map; it is read when a traceback is first printed.
pub fn set_map(text: &'static str) {
    TEXT.get_or_init(|| text);
}

static TEXT: OnceLock<&'static str> = OnceLock::new();

fn map() -> &'static [File] {
    MAP.get_or_init(|| TEXT.get().map(|text| parse(text)).unwrap_or_default())
}

fn parse(text: &'static str) -> Vec<File> {
    let mut files: Vec<File> = Vec::new();
    for line in text.lines() {
        let mut parts = line.splitn(4, '\t');
        let (first, second, third) = (parts.next(), parts.next(), parts.next());
        let (Some(first), Some(second), Some(third)) = (first, second, third) else { continue };
        if first == "F" {
            files.push(File {
                rust: second,
                python: third,
                definitions: Vec::new(),
                generators: Vec::new(),
                lines: Vec::new(),
            });
            continue;
        }
        if first == "D" || first == "G" {
            if let (Ok(line), Some(file)) = (second.parse(), files.last_mut()) {
                file.definitions.push((third, line));
                file.generators.extend((first == "G").then_some(third));
            }
            continue;
        }
        let (Ok(rust), Ok(python)) = (first.parse(), second.parse()) else { continue };
        if let Some(file) = files.last_mut() {
            file.lines.push(Line { rust, python, function: third, text: parts.next().unwrap_or_default() });
        }
    }
    files
}

/// The Python file and line of a place in Rust; `None` where no statement is.
pub(super) fn find(path: &str, line: u32) -> Option<(&'static str, Line)> {
    let file = map().iter().find(|file| is_suffix(path, file.rust))?;
    let after = file.lines.partition_point(|entry| entry.rust <= line);
    let found = file.lines.get(after.checked_sub(1)?)?;
    Some((file.python, *found))
}

/// Where a coroutine is defined: its file and the line of its first decorator or its `def`.
pub(crate) fn definition(qualname: &str) -> Option<(&'static str, u32)> {
    map().iter().find_map(|file| {
        let (_, line) = file.definitions.iter().find(|(name, _)| *name == qualname)?;
        Some((file.python, *line))
    })
}

/// Whether a coroutine is a generator in Python.
pub(crate) fn is_generator(qualname: &str) -> bool {
    map().iter().any(|file| file.generators.contains(&qualname))
}

/// The function of this simple name that begins last before a line.
pub(super) fn definition_around(path: &str, function: &str, line: u32) -> Option<(&'static str, u32)> {
    let file = map().iter().find(|file| file.python == path)?;
    let own = |(name, start): &&(&'static str, u32)| *start <= line && name.rsplit('.').next() == Some(function);
    file.definitions.iter().filter(own).max_by_key(|(_, start)| *start).copied()
}

/// Does the whole path end in this one?
fn is_suffix(path: &str, end: &str) -> bool {
    let end = end.trim_start_matches("./");
    path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with(['/', '\\']))
}
