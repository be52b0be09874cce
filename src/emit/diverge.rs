//! What is behind a `return`: an operand that always raises ends its statement, and that its block.
//!
//! Emission writes an operation that CPython refuses as `return Err(…)` wherever its value would stand. rustc takes
//! that for a value of any type, and often cannot tell which; so what is evaluated before it becomes statements, and
//! what would follow is left out.

use syn::visit_mut::{VisitMut, visit_block_mut, visit_item_mut};
use syn::{Block, Expr, Item, Stmt, parse_quote};

use super::macros;

/// Cuts the blocks of an item where they end.
pub fn cut(item: &mut Item) {
    visit_item_mut(&mut Cut, item);
}

struct Cut;

impl VisitMut for Cut {
    fn visit_block_mut(&mut self, block: &mut Block) {
        // The inner blocks first: one that ends may end this one.
        visit_block_mut(self, block);
        let Some((at, made)) = block.stmts.iter().enumerate().find_map(|(at, stmt)| Some((at, ends(stmt)?))) else {
            return;
        };
        // Written so in the source.
        let plain = match &block.stmts[at] {
            Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Block(_), _) => true,
            Stmt::Expr(last, _) => macros::diverges(last) && at + 1 == block.stmts.len(),
            _ => false,
        };
        if plain && made.len() == 1 {
            return;
        }
        let rest = block.stmts.split_off(at);
        block.stmts.extend(made);
        let count = rest.len();
        for (at, stmt) in rest.into_iter().enumerate().skip(1) {
            match &stmt {
                Stmt::Item(_) => block.stmts.push(stmt),
                // It tells the type of the block.
                Stmt::Expr(last, None) if at + 1 == count && is_plain(last) => block.stmts.push(stmt),
                _ => {}
            }
        }
    }
}

/// Whether control does not get past one of the statements: what stands behind it is cut.
pub fn cuts(stmts: &[Stmt]) -> bool {
    stmts.iter().any(|stmt| ends(stmt).is_some())
}

/// `Ok(())`, `Ok(Flow::Next)`.
fn is_plain(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => {
            matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Ok")) && call.args.iter().all(is_plain)
        }
        Expr::Path(_) => true,
        Expr::Tuple(tuple) => tuple.elems.is_empty(),
        _ => false,
    }
}

/// The statements up to the one that leaves; `None`: control may get past this one.
fn ends(stmt: &Stmt) -> Option<Vec<Stmt>> {
    match stmt {
        Stmt::Local(local) => of(&local.init.as_ref()?.expr),
        Stmt::Expr(expr, _) => of(expr),
        Stmt::Macro(_) | Stmt::Item(_) => None,
    }
}

fn of(expr: &Expr) -> Option<Vec<Stmt>> {
    match expr {
        Expr::Return(inner) => inner.expr.as_deref().and_then(of).or_else(|| Some(vec![stmt(expr)])),
        Expr::Break(_) | Expr::Continue(_) => Some(vec![stmt(expr)]),
        Expr::Block(inner) if inner.label.is_none() => {
            let last = inner.block.stmts.iter().rev().find(|last| !matches!(last, Stmt::Item(_)))?;
            ends(last)?;
            Some(vec![Stmt::Expr(expr.clone(), None)])
        }
        Expr::Assign(inner) => of(&inner.right),
        Expr::Binary(inner) => match inner.op {
            syn::BinOp::And(_) | syn::BinOp::Or(_) => of(&inner.left),
            _ => first([&*inner.left, &*inner.right]),
        },
        Expr::Call(_) if macros::diverges(expr) => Some(vec![stmt(expr)]),
        Expr::Call(inner) if macros::invoked(inner).is_some() => first(macros::values(inner)),
        Expr::Call(inner) => first(inner.args.iter()),
        Expr::MethodCall(inner) => first(std::iter::once(&*inner.receiver).chain(&inner.args)),
        Expr::Array(inner) => first(inner.elems.iter()),
        Expr::Tuple(inner) => first(inner.elems.iter()),
        Expr::Struct(inner) => first(inner.fields.iter().map(|field| &field.expr)),
        Expr::Range(inner) => first(inner.start.iter().chain(&inner.end).map(|end| &**end)),
        Expr::Index(inner) => first([&*inner.expr, &*inner.index]),
        Expr::Reference(inner) => of(&inner.expr),
        Expr::Unary(inner) => of(&inner.expr),
        Expr::Paren(inner) => of(&inner.expr),
        Expr::Cast(inner) => of(&inner.expr),
        Expr::Field(inner) => of(&inner.base),
        Expr::Await(inner) => of(&inner.base),
        Expr::Try(inner) => of(&inner.expr),
        Expr::Match(inner) => of(&inner.expr),
        Expr::If(inner) => of(&inner.cond),
        Expr::Let(inner) => of(&inner.expr),
        Expr::ForLoop(inner) => of(&inner.expr),
        _ => None,
    }
}

/// Operands that are evaluated in this order.
fn first<'e>(operands: impl IntoIterator<Item = &'e Expr, IntoIter: Clone>) -> Option<Vec<Stmt>> {
    let operands = operands.into_iter();
    let (at, end) = operands.clone().enumerate().find_map(|(at, operand)| Some((at, of(operand)?)))?;
    Some(operands.take(at).filter_map(effect).chain(end).collect())
}

/// What an operand does before the one that leaves.
fn effect(operand: &Expr) -> Option<Stmt> {
    match operand {
        Expr::Path(_) | Expr::Lit(_) | Expr::Closure(_) | Expr::Async(_) => None,
        Expr::Reference(inner) => effect(&inner.expr),
        Expr::Field(inner) => effect(&inner.base),
        Expr::Try(_) => Some(stmt(operand)),
        Expr::Call(call) if macros::invoked(call).is_some() => Some(stmt(operand)),
        _ => Some(parse_quote!(let _ = #operand;)),
    }
}

fn stmt(expr: &Expr) -> Stmt {
    Stmt::Expr(expr.clone(), Some(Default::default()))
}
