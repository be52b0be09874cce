//! `stack.enter_context(manager)`: a generator that enters the manager by `with` and leaves it when it ends, which is all
//! that a stack has to know of it.

use std::convert::Infallible;

use rustpython_parser::ast::{self, Ranged, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, blocks, call, read};
use crate::syntax::places::{self, keep_places};

/// What stacks of managers meet in the whole program.
#[derive(Clone, Copy, PartialEq)]
pub enum Stacks {
    /// It has none.
    None,
    /// No manager swallows exceptions.
    Passing,
    /// Some may.
    Swallowing,
}

/// What the program says of stacks.
pub fn stacks(texts: &[&str], suites: &[&[ast::Stmt]]) -> Stacks {
    if !texts.iter().any(|text| text.contains("ExitStack")) {
        return Stacks::None;
    }
    let named = |text: &&str| text.contains("suppress") || text.contains(".push(") || text.contains("push_async_exit");
    let swallows = texts.iter().any(named) || suites.iter().any(|suite| swallows(suite));
    if swallows { Stacks::Swallowing } else { Stacks::Passing }
}

/// Whether an `__exit__` may say that an exception is done with, or a `try` around a `yield` catches it.
fn swallows(suite: &[ast::Stmt]) -> bool {
    suite.iter().any(|stmt| {
        let mut found = match stmt {
            ast::Stmt::FunctionDef(it) => it.name.as_str() == "__exit__" && gives(&it.body),
            ast::Stmt::AsyncFunctionDef(it) => it.name.as_str() == "__aexit__" && gives(&it.body),
            ast::Stmt::Try(it) => {
                let yields = it.body.iter().any(super::manager::yields);
                let raises = |ast::ExceptHandler::ExceptHandler(handler): &ast::ExceptHandler| {
                    matches!(handler.body.last(), Some(ast::Stmt::Raise(_)))
                };
                yields && (!it.handlers.iter().all(raises) || super::manager::leaves(&it.finalbody))
            }
            ast::Stmt::TryStar(it) => it.body.iter().any(super::manager::yields),
            _ => false,
        };
        blocks(stmt, &mut |body| found |= swallows(body));
        found
    })
}

/// Whether a block returns anything but `None` and `False`.
fn gives(body: &[ast::Stmt]) -> bool {
    body.iter().any(|stmt| {
        let mut found = match stmt {
            ast::Stmt::Return(it) => it.value.as_deref().is_some_and(|value| {
                !matches!(value, ast::Expr::Constant(it)
                    if matches!(it.value, ast::Constant::None | ast::Constant::Bool(false)))
            }),
            _ => false,
        };
        blocks(stmt, &mut |inner| found |= gives(inner));
        found
    })
}

/// Writes out what a file enters into stacks.
pub fn entered(suite: &mut Vec<ast::Stmt>, names: &Imports, stacks: Stacks) {
    let mut calls = Calls { names, stacks, plain: false, awaiting: false };
    places::change(&mut calls, suite);
    let mut text = String::new();
    if calls.plain {
        text.push_str(&format!("def entered{MARK}(manager):\n    with manager as given:\n        yield given\n"));
    }
    if calls.awaiting {
        text.push_str(&format!(
            "async def aentered{MARK}(manager):\n    async with manager as given:\n        yield given\n"
        ));
    }
    super::at_the_top(suite, &text);
}

/// The calls of a file.
struct Calls<'n> {
    names: &'n Imports,
    stacks: Stacks,
    plain: bool,
    awaiting: bool,
}

impl Calls<'_> {
    /// The class that a name of `contextlib` stands for.
    fn class(&self, expr: &ast::Expr) -> Option<ast::Expr> {
        let name = match self.names.path(expr)?.as_str() {
            "contextlib.ExitStack" => "SwallowingExitStack",
            "contextlib.AsyncExitStack" => "AsyncSwallowingExitStack",
            _ => return None,
        };
        (self.stacks == Stacks::Swallowing).then(|| read(&format!("contextlib{MARK}{name}"), expr.range()))
    }

    fn call(&mut self, it: &mut ast::ExprCall) {
        let ast::Expr::Attribute(of) = &*it.func else { return };
        let at = it.range;
        match (of.attr.as_str(), &it.args[..]) {
            ("enter_context", [manager]) => {
                self.plain = true;
                let made = self.manager("entered", "", manager.clone(), at);
                it.args = vec![made];
            }
            ("enter_async_context", [manager]) => {
                self.awaiting = true;
                let made = self.manager("aentered", "async_", manager.clone(), at);
                it.args = vec![made];
            }
            ("push_async_callback", [_, ..]) if it.args.len() + it.keywords.len() > 1 => {
                let (args, keywords) = (std::mem::take(&mut it.args), std::mem::take(&mut it.keywords));
                it.args = vec![call(read(&format!("functools{MARK}partial"), at), args, keywords, at)];
            }
            _ => {}
        }
    }

    fn manager(&self, generator: &str, kind: &str, manager: ast::Expr, at: TextRange) -> ast::Expr {
        let swallows = if self.stacks == Stacks::Swallowing { "swallowing_" } else { "" };
        let generator = call(read(&format!("{generator}{MARK}"), at), vec![manager], Vec::new(), at);
        let made = format!("contextlib{MARK}{kind}{swallows}manager");
        call(read(&made, at), vec![generator], Vec::new(), at)
    }
}

impl Fold<TextRange> for Calls<'_> {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        let Ok(mut expr) = fold::fold_expr(self, expr);
        if let ast::Expr::Call(it) = &mut expr {
            self.call(it);
        }
        Ok(self.class(&expr).unwrap_or(expr))
    }
}
