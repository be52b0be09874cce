//! What CPython's compiler refuses although its grammar reads it, in its own words.
//!
//! CPython finds these in two passes, names first (`symtable.c`), then code (`compile.c`). Here one walk notes both, and the
//! second list counts only when the first is empty, so that the error shown is the one CPython shows.

use rustpython_parser::ast::{self, Ranged, Stmt};

use super::error::Failure;
use super::parser::Versions;

mod comprehension;
mod expression;
mod function;
mod future;
mod pattern;
mod scope;
mod statement;

use scope::{Scope, ScopeKind};

/// What surrounds a statement in its function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Loop,
    /// `except*`: no `break`, `continue` or `return` may leave it.
    ExceptStar,
    Other,
}

/// CPython's `CO_MAXBLOCKS`, from 3.13 on; one less before.
const MAX_BLOCKS: usize = 21;

struct Checker<'a> {
    text: &'a str,
    scopes: Vec<Scope<'a>>,
    /// Indices of the scopes around the current node, innermost last.
    open: Vec<usize>,
    /// Blocks around the current statement, in its function.
    blocks: Vec<Block>,
    /// How many of them are second blocks of a handler, which CPython counts from 3.9 on.
    handlers: usize,
    names: Vec<Failure>,
    code: Vec<Failure>,
    unsupported: Vec<Failure>,
    versions: &'a mut Versions,
    /// Where statements may no longer import from `__future__`.
    future_end: u32,
    future_annotations: bool,
}

/// Checks a file; what is wrong, and what is not translated.
pub(super) fn check(text: &str, suite: &[Stmt], versions: &mut Versions) -> Vec<Failure> {
    let mut checker = Checker {
        text,
        scopes: Vec::new(),
        open: Vec::new(),
        blocks: Vec::new(),
        handlers: 0,
        names: Vec::new(),
        code: Vec::new(),
        unsupported: Vec::new(),
        versions,
        future_end: 0,
        future_annotations: false,
    };
    if let Err(failure) = checker.future(suite) {
        return vec![failure];
    }
    checker.enter(ScopeKind::Module);
    checker.statements(suite);
    checker.leave();
    checker.resolve();
    if !checker.names.is_empty() {
        return checker.names;
    }
    checker.code.append(&mut checker.unsupported);
    checker.code
}

fn place(node: &impl Ranged) -> (u32, u32) {
    (node.start().into(), node.end().into())
}

impl<'a> Checker<'a> {
    fn name_error(&mut self, (start, end): (u32, u32), message: impl Into<String>) {
        self.names.push(Failure::new(start, end, message));
    }

    fn code_error(&mut self, (start, end): (u32, u32), message: impl Into<String>) {
        self.code.push(Failure::new(start, end, message));
    }

    /// Python newer than 3.`minor` refuses it.
    fn until(&mut self, minor: u8, (start, end): (u32, u32), message: impl Into<String>) {
        if minor < self.versions.until.0 {
            self.versions.until = (minor, Failure::new(start, end, message));
        }
    }

    /// Python older than 3.`minor` refuses it.
    fn since(&mut self, minor: u8, (start, end): (u32, u32), message: impl Into<String>) {
        if minor > self.versions.since.0 {
            self.versions.since = (minor, Failure::new(start, end, message));
        }
    }

    /// `__debug__` cannot be assigned.
    fn forbid_debug(&mut self, name: &str, at: (u32, u32), context: ast::ExprContext) {
        if name == "__debug__" {
            match context {
                ast::ExprContext::Store => self.name_error(at, "cannot assign to __debug__"),
                ast::ExprContext::Del => self.until(9, at, "cannot delete __debug__"),
                ast::ExprContext::Load => {}
            }
        }
    }
}
