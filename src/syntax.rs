//! Python source to syntax tree: the parser, CPython's own checks, comments and blank lines.

use rustpython_parser::ast;

use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::source::{FileId, SourceFile, Span};

mod error;
mod lexer;
mod parser;
mod token;
pub mod trivia;

pub use trivia::{Above, Comment, TriviaCursor, TriviaTable};

/// A version of Python 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PythonVersion {
    /// 13 is Python 3.13.
    pub minor: u8,
}

impl PythonVersion {
    /// The oldest Python whose grammar is read.
    pub const OLDEST: PythonVersion = PythonVersion { minor: 4 };
    /// The newest Python whose grammar is read.
    pub const NEWEST: PythonVersion = PythonVersion { minor: 13 };
}

impl std::fmt::Display for PythonVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "3.{}", self.minor)
    }
}

/// How to read a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct ParseOptions {
    /// The Python it is written for; `None` is the newest that accepts it.
    pub python: Option<PythonVersion>,
}

/// A parsed file.
#[derive(Debug, Clone)]
pub struct Syntax {
    /// The file.
    pub file: FileId,
    /// Its statements; ranges are byte offsets in the decoded text.
    pub suite: Vec<ast::Stmt>,
    /// Its comments and blank lines.
    pub trivia: TriviaTable,
    /// The Python it is written for: the one asked for, or the newest that accepts it.
    pub python: PythonVersion,
}

/// Parses a file. What is wrong with it goes to `diags`; the suite is empty then.
pub fn parse(file: &SourceFile, options: &ParseOptions, diags: &mut Diagnostics) -> Syntax {
    let tokens = lexer::lex(&file.text);
    let outcome = parser::parse(&file.text, &tokens);
    let (suite, failure) = match outcome.suite {
        Ok(suite) => (suite, None),
        Err(failure) => (Vec::new(), Some(failure)),
    };
    for failure in outcome.unsupported.into_iter().chain(failure) {
        let span = Span::new(file.id, failure.start..failure.end);
        let rule = if failure.stage == error::Stage::Unsupported {
            catalog::UNSUPPORTED_SYNTAX
        } else {
            catalog::SYNTAX_ERROR
        };
        diags.push(Diagnostic::new(rule, span, failure.message));
    }
    Syntax { file: file.id, suite, trivia: tokens.trivia, python: options.python.unwrap_or(PythonVersion::NEWEST) }
}
