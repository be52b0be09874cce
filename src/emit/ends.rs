//! What emitted statements do, read off their tree: whether they end, whether they raise.

use syn::{Expr, Stmt, parse_quote};

use super::build::{self, tail};
use super::{macros, words};

/// Whether control does not get past the last statement.
pub fn ends_by_itself(stmts: &[Stmt]) -> bool {
    match stmts.last() {
        Some(Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _)) => true,
        Some(Stmt::Expr(last, _)) if macros::diverges(last) => true,
        Some(Stmt::Expr(Expr::Loop(inner), None)) => {
            !words::has(&inner.body.stmts[..], &|part| matches!(part, Expr::Break(_)))
        }
        Some(Stmt::Expr(Expr::If(inner), _)) => {
            ends_by_itself(&inner.then_branch.stmts)
                && inner.else_branch.as_ref().is_some_and(|(_, orelse)| match &**orelse {
                    Expr::Block(block) => ends_by_itself(&block.block.stmts),
                    other => ends_by_itself(&[Stmt::Expr(other.clone(), None)]),
                })
        }
        _ => false,
    }
}

/// Whether there is a `?` in an expression.
pub fn questions(expr: &Expr) -> bool {
    words::has(expr, &|part| matches!(part, Expr::Try(_)))
}

/// A closure with `?` in it says that it gives a result: nothing else does, where it is called by its name.
pub fn result_told(mut made: Expr) -> Expr {
    fn last(expr: &mut Expr) -> Option<&mut syn::ExprClosure> {
        match expr {
            Expr::Closure(closure) => Some(closure),
            Expr::Block(block) => match block.block.stmts.last_mut() {
                Some(Stmt::Expr(inner, None)) => last(inner),
                _ => None,
            },
            _ => None,
        }
    }
    if let Some(closure) = last(&mut made)
        && closure.output == syn::ReturnType::Default
        && questions(&closure.body)
    {
        closure.output = parse_quote!(-> PyResult<_>);
        if !matches!(*closure.body, Expr::Block(_)) {
            let body = std::mem::replace(&mut *closure.body, Expr::PLACEHOLDER);
            *closure.body =
                Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: build::block(vec![tail(body)]) });
        }
    }
    made
}
