//! `sys.exc_info()` in an `except`: the exception that it caught, which gets a name for it.

use std::convert::Infallible;

use rustpython_parser::ast::{self, Ranged, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, attribute, call, read};
use crate::syntax::places::{self, keep_places};

/// Writes it out where the exception is known.
pub fn handled(suite: &mut Vec<ast::Stmt>, names: &Imports) {
    let mut handlers = Handlers { names };
    places::change(&mut handlers, suite);
}

/// Looks for the handlers.
struct Handlers<'n> {
    names: &'n Imports,
}

impl Fold<TextRange> for Handlers<'_> {
    keep_places!();

    fn fold_excepthandler_except_handler(
        &mut self,
        handler: ast::ExceptHandlerExceptHandler,
    ) -> Result<ast::ExceptHandlerExceptHandler, Infallible> {
        let Ok(mut handler) = fold::fold_excepthandler_except_handler(self, handler);
        let name = handler.name.as_ref().map_or_else(|| format!("error{MARK}"), ToString::to_string);
        let mut asked = Asked { names: self.names, name: &name, found: false };
        places::change(&mut asked, &mut handler.body);
        if asked.found {
            handler.name.get_or_insert_with(|| ast::Identifier::new(&*name));
            let at = TextRange::empty(handler.range.start());
            handler.type_.get_or_insert_with(|| Box::new(read(&format!("builtins{MARK}BaseException"), at)));
        }
        Ok(handler)
    }
}

/// Puts the exception in the place of the questions.
struct Asked<'n> {
    names: &'n Imports,
    name: &'n str,
    found: bool,
}

impl Asked<'_> {
    fn is_question(&self, expr: &ast::Expr, name: &str) -> bool {
        matches!(expr, ast::Expr::Call(it) if it.args.is_empty() && it.keywords.is_empty() && self.names.path(&it.func).as_deref() == Some(name))
    }

    fn parts(&mut self, at: TextRange) -> [ast::Expr; 3] {
        self.found = true;
        let error = || read(self.name, at);
        let class = call(read(&format!("builtins{MARK}type"), at), vec![error()], Vec::new(), at);
        [class, error(), attribute(error(), "__traceback__", at)]
    }
}

impl Fold<TextRange> for Asked<'_> {
    keep_places!();

    fn fold_stmt(&mut self, stmt: ast::Stmt) -> Result<ast::Stmt, Infallible> {
        // What they hold runs later.
        match stmt {
            ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) | ast::Stmt::ClassDef(_) => Ok(stmt),
            stmt => fold::fold_stmt(self, stmt),
        }
    }

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        let range = expr.range();
        if matches!(expr, ast::Expr::Lambda(_)) {
            return Ok(expr);
        }
        if let ast::Expr::Subscript(it) = &expr
            && self.is_question(&it.value, "sys.exc_info")
            && let ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Int(at), .. }) = &*it.slice
            && let Ok(at @ 0..3) = usize::try_from(at)
        {
            let [class, error, traceback] = self.parts(range);
            return Ok(match at {
                0 => class,
                1 => error,
                _ => traceback,
            });
        }
        if self.is_question(&expr, "sys.exception") {
            self.found = true;
            return Ok(read(self.name, range));
        }
        if self.is_question(&expr, "sys.exc_info") {
            let elts = self.parts(range).into();
            return Ok(ast::Expr::Tuple(ast::ExprTuple { range, elts, ctx: ast::ExprContext::Load }));
        }
        let Ok(mut expr) = fold::fold_expr(self, expr);
        // `print_exception(*sys.exc_info())`.
        if let ast::Expr::Call(it) = &mut expr
            && let [ast::Expr::Starred(star), ..] = &it.args[..]
            && let ast::Expr::Tuple(parts) = &*star.value
            && parts.elts.len() == 3
        {
            let parts = parts.elts.clone();
            it.args.splice(0..1, parts);
        }
        Ok(expr)
    }
}
