//! Source files, and places in them.

use std::ops::Range;

pub mod decode;

/// Names a file in a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A range of bytes in the decoded text of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: FileId, range: Range<u32>) -> Span {
        Span { file, start: range.start, end: range.end }
    }

    /// The smallest span over both; they are in one file.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// One Python file, decoded: no byte order mark, `\n` at line ends.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its name in the map.
    pub id: FileId,
    /// The path as the user gave it; also `__file__`.
    pub path: String,
    /// The dotted module name; `__main__` for the program itself.
    pub module: String,
    /// The decoded text.
    pub text: String,
    line_starts: Vec<u32>,
}

impl SourceFile {
    /// A file whose text is already decoded and has `\n` at line ends.
    pub fn new(id: FileId, path: impl Into<String>, module: impl Into<String>, text: impl Into<String>) -> SourceFile {
        let text = text.into();
        let starts = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at as u32 + 1);
        let line_starts = std::iter::once(0).chain(starts).collect();
        SourceFile { id, path: path.into(), module: module.into(), text, line_starts }
    }

    /// The line of a byte offset, from 1.
    pub fn line(&self, offset: u32) -> usize {
        self.line_starts.partition_point(|&start| start <= offset)
    }

    /// The line and the column of a byte offset, both from 1; columns count characters.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.line_starts[line - 1] as usize;
        let end = (offset as usize).min(self.text.len());
        (line, self.text.get(start..end).map_or(1, |text| text.chars().count() + 1))
    }

    /// The text of a line, from 1, without its end.
    pub fn line_text(&self, line: usize) -> &str {
        let Some(&start) = self.line_starts.get(line.wrapping_sub(1)) else { return "" };
        let end = self.line_starts.get(line).map_or(self.text.len(), |&next| next as usize - 1);
        self.text.get(start as usize..end).unwrap_or("")
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }
}

/// All files of one run.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file, whose text is already decoded.
    pub fn add(&mut self, path: impl Into<String>, module: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(SourceFile::new(id, path, module, text));
        id
    }

    /// The file of that name.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files, in the order they were added.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// `path:line:column` of the start of a span.
    pub fn place(&self, span: Span) -> String {
        let file = self.file(span.file);
        let (line, column) = file.line_column(span.start);
        format!("{}:{line}:{column}", file.path)
    }
}
