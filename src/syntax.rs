//! Python source to syntax tree: the parser, CPython's own checks, comments and blank lines.

use rustpython_parser::ast;
use rustpython_parser::ast::fold::Fold;
use rustpython_parser::text_size::TextRange;

use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::source::{FileId, SourceFile, Span};

use error::{Failure, Stage};
use lexer::Tokens;
use token::Token;

pub mod blocks;
mod check;
mod error;
mod legacy;
mod lexer;
pub mod literal;
mod parser;
pub mod places;
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

    /// The older of two, where one may be unknown.
    pub fn older(self, other: Option<PythonVersion>) -> PythonVersion {
        other.map_or(self, |other| other.min(self))
    }
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

/// Parses a file. What is wrong with it goes to `diags`; the suite is empty when its grammar is.
pub fn parse(file: &SourceFile, options: &ParseOptions, diags: &mut Diagnostics) -> Syntax {
    let tokens = lexer::lex(&file.text);
    let reading = read(&file.text, &tokens, options.python);
    for failure in reading.failures {
        let span = Span::new(file.id, failure.start..failure.end);
        let rule = match failure.stage {
            Stage::Unsupported => catalog::UNSUPPORTED_SYNTAX,
            Stage::Syntax | Stage::Indentation | Stage::Tabs => catalog::SYNTAX_ERROR,
        };
        diags.push(Diagnostic::new(rule, span, failure.message));
    }
    Syntax { file: file.id, suite: reading.suite, trivia: tokens.trivia, python: reading.python }
}

/// Python that the translator writes itself, as if it all stood `at` one place; nothing, if it is wrong.
pub fn snippet(text: &str, at: TextRange) -> Vec<ast::Stmt> {
    struct Moved(TextRange);
    impl Fold<TextRange> for Moved {
        type TargetU = TextRange;
        type Error = std::convert::Infallible;
        type UserContext = ();
        fn will_map_user(&mut self, _: &TextRange) {}
        fn map_user(&mut self, _: TextRange, (): ()) -> Result<TextRange, Self::Error> {
            Ok(self.0)
        }
    }
    let tokens = lexer::lex(text);
    let reading = read(text, &tokens, None);
    let Ok(suite) = Moved(at).fold(reading.suite);
    suite
}

/// A file as one version of Python reads it.
struct Reading {
    suite: Vec<ast::Stmt>,
    python: PythonVersion,
    failures: Vec<Failure>,
}

/// Reads as the newest Python that accepts the file; `async` and `await` were names up to 3.6.
fn read(text: &str, tokens: &Tokens, python: Option<PythonVersion>) -> Reading {
    let may_be_legacy = tokens.has_async && python.is_none_or(|python| python.minor <= 6);
    let modern = read_tokens(text, tokens, &tokens.list, python, PythonVersion::NEWEST);
    if !may_be_legacy || modern.failures.is_empty() && python.is_none() {
        return modern;
    }
    let names = legacy::tokens(&tokens.list);
    let old = read_tokens(text, tokens, &names, python, PythonVersion { minor: 6 });
    if old.failures.iter().any(|failure| failure.stage != Stage::Unsupported) { modern } else { old }
}

fn read_tokens(
    text: &str,
    tokens: &Tokens,
    list: &[Token],
    python: Option<PythonVersion>,
    newest: PythonVersion,
) -> Reading {
    let parser::Outcome { suite, mut versions, unsupported } = parser::parse(text, tokens, list);
    let newest_read = PythonVersion { minor: newest.minor.min(versions.until.0) };
    let suite = match suite {
        Ok(suite) => suite,
        Err(failure) => {
            return Reading { suite: Vec::new(), python: python.unwrap_or(newest_read), failures: vec![failure] };
        }
    };
    let mut failures = check::check(text, &suite, &mut versions);
    let (since, until) = (versions.since, versions.until);
    let newest = PythonVersion { minor: newest.minor.min(until.0) };
    let python = python.unwrap_or(newest);
    if failures.is_empty() {
        if python.minor > until.0 {
            failures.push(until.1);
        } else if python.minor < since.0 {
            failures.push(if until.0 < since.0 && until.0 < PythonVersion::NEWEST.minor { until.1 } else { since.1 });
        }
    }
    failures.extend(unsupported);
    Reading { suite, python, failures }
}
