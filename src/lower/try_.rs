//! `try`.

use rustpython_parser::ast::{self, Ranged};

use super::Lowerer;
use crate::hir::{Exits, Handler, StmtKind, Try};

impl<'a> Lowerer<'a, '_> {
    /// Lowers a `try` that is not folded.
    pub(super) fn try_(
        &mut self,
        body: &'a [ast::Stmt],
        handlers: &'a [ast::ExceptHandler],
        orelse: &'a [ast::Stmt],
        finally: &'a [ast::Stmt],
        star: bool,
    ) -> StmtKind {
        let (body, exits) = self.exits_of(|this| this.branch(body));
        let mut handler_exits = Exits::default();
        let mut lowered = Vec::with_capacity(handlers.len());
        for ast::ExceptHandler::ExceptHandler(handler) in handlers {
            let (handler, exits) = self.exits_of(|this| this.handler(handler));
            lowered.push(handler);
            merge(&mut handler_exits, exits);
        }
        let (orelse, exits_of_else) = self.exits_of(|this| this.branch(orelse));
        merge(&mut handler_exits, exits_of_else);
        let finally = self.branch(finally);
        StmtKind::Try(Try { body, handlers: lowered, orelse, finally, star, exits, handler_exits })
    }

    fn handler(&mut self, handler: &'a ast::ExceptHandlerExceptHandler) -> Handler {
        let span = self.span(handler);
        let head = handler.type_.as_ref().map_or(span.start, |class| u32::from(class.end()));
        let trivia = self.above(span.start, self.colon(head));
        let classes = match handler.type_.as_deref() {
            None => Vec::new(),
            Some(ast::Expr::Tuple(it)) if !it.elts.iter().any(|class| matches!(class, ast::Expr::Starred(_))) => {
                it.elts.iter().map(|class| self.expr(class)).collect()
            }
            Some(class) => vec![self.expr(class)],
        };
        let bind = handler.name.as_ref().and_then(|name| self.bind(name.as_str(), span));
        if let Some(var) = bind {
            self.occurrences[var.at()].is_exception = true;
        }
        let body = self.branch(&handler.body);
        Handler { classes, bind, body, span, trivia }
    }
}

fn merge(into: &mut Exits, from: Exits) {
    into.returns |= from.returns;
    into.breaks |= from.breaks;
    into.continues |= from.continues;
    into.awaits |= from.awaits;
    into.yields |= from.yields;
}
