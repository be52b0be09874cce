//! `from __future__ import …`: what it may name, and where it may stand.

use rustpython_parser::ast::{self, Stmt};

use super::{Checker, place};
use crate::syntax::error::Failure;

impl Checker<'_> {
    /// Reads the imports at the top of the file.
    pub(super) fn future(&mut self, suite: &[Stmt]) -> Result<(), Failure> {
        let mut statements = suite.iter().peekable();
        if statements.peek().is_some_and(|stmt| is_docstring(stmt)) {
            statements.next();
        }
        let mut done = false;
        for stmt in statements {
            let Stmt::ImportFrom(import) = stmt else {
                done = true;
                continue;
            };
            if !is_future(import) {
                done = true;
                continue;
            }
            if done {
                break;
            }
            let (start, end) = place(stmt);
            for alias in &import.names {
                self.feature(&alias.name, start, end)?;
            }
            self.future_end = end;
        }
        Ok(())
    }

    fn feature(&mut self, name: &str, start: u32, end: u32) -> Result<(), Failure> {
        match name {
            "nested_scopes" | "generators" | "division" | "absolute_import" | "with_statement" | "print_function"
            | "unicode_literals" => {}
            "generator_stop" => self.since(5, (start, end), "future feature generator_stop is not defined"),
            "annotations" => {
                self.since(7, (start, end), "future feature annotations is not defined");
                self.future_annotations = true;
            }
            "barry_as_FLUFL" => {
                let message = "`from __future__ import barry_as_FLUFL` is not translated";
                self.unsupported.push(Failure::unsupported(start, end, message));
            }
            "braces" => return Err(Failure::new(start, end, "not a chance")),
            _ => return Err(Failure::new(start, end, format!("future feature {name} is not defined"))),
        }
        Ok(())
    }

    /// An import from `__future__` below other statements, or inside one.
    pub(super) fn late_future(&mut self, import: &ast::StmtImportFrom) {
        if is_future(import) && u32::from(import.range.end()) > self.future_end {
            self.code_error(place(import), "from __future__ imports must occur at the beginning of the file");
        }
    }
}

fn is_future(import: &ast::StmtImportFrom) -> bool {
    import.module.as_ref().is_some_and(|module| module.as_str() == "__future__")
        && import.level.is_none_or(|level| level.to_u32() == 0)
}

fn is_docstring(stmt: &Stmt) -> bool {
    let Stmt::Expr(expr) = stmt else { return false };
    matches!(expr.value.as_ref(), ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(_), .. }))
}
