//! Python source to syntax tree: the parser, CPython's own checks, comments and blank lines.

use rustpython_parser::{Mode, ast, lexer, parse_tokens};

use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::source::{FileId, SourceFile, Span};

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
    let tokens: Vec<_> = lexer::lex(&file.text, Mode::Module).collect();
    let trivia = trivia::collect(&file.text, &tokens);
    let suite = match parse_tokens(tokens, Mode::Module, &file.path) {
        Ok(ast::Mod::Module(module)) => module.body,
        Ok(_) => Vec::new(),
        Err(error) => {
            let at = u32::from(error.offset);
            let span = Span::new(file.id, at..at);
            diags.push(Diagnostic::new(catalog::SYNTAX_ERROR, span, error.error.to_string()));
            Vec::new()
        }
    };
    Syntax { file: file.id, suite, trivia, python: options.python.unwrap_or(PythonVersion::NEWEST) }
}
