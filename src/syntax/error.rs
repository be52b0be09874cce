//! What stops the parser, before it becomes a diagnostic.

/// Where in CPython it would be found, and as which exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tabs,
    /// Python, but more than is translated.
    Unsupported,
}

/// An error at bytes `start..end`.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub start: u32,
    pub end: u32,
    pub message: String,
    pub stage: Stage,
}

impl Failure {
    pub(super) fn new(start: u32, end: u32, message: impl Into<String>) -> Failure {
        Failure { start, end, message: message.into(), stage: Stage::Syntax }
    }

    pub(super) fn unsupported(start: u32, end: u32, message: impl Into<String>) -> Failure {
        Failure { start, end, message: message.into(), stage: Stage::Unsupported }
    }
}
