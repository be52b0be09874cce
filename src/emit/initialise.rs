//! `let x; …; x = 1;` is `let x = 1;`, and `let x; if c { x = 1; } else { x = 2; }` is `let x = if c { 1 } else { 2 };`.

use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Pat, Stmt};

use super::build::tail;
use super::print::is_line;
use super::words::{self, uses};
use super::{ends, macros};

/// Moves the declarations of a block to where their variables get their values.
pub fn settle(stmts: &mut Vec<Stmt>) {
    let decides = |part: &Expr| matches!(part, Expr::If(test) if constant(&test.cond).is_some());
    let any_constant = stmts.iter().any(|stmt| declared(stmt).is_some()) && words::has(&stmts[..], &decides);
    let mut at = 0;
    while at < stmts.len() {
        if any_constant && let Some(name) = declared(&stmts[at]) {
            stmts[at + 1..].iter_mut().for_each(|stmt| Constant { name: &name }.visit_stmt_mut(stmt));
        }
        if !moved(stmts, at) {
            at += 1;
        }
    }
}

/// Whether the declaration at that place went away from it.
fn moved(stmts: &mut Vec<Stmt>, at: usize) -> bool {
    let Some(name) = declared(&stmts[at]) else { return false };
    let rest = &stmts[at + 1..];
    let Some(first) = rest.iter().position(|stmt| uses(stmt, &name)) else { return false };
    let first = at + 1 + first;
    if !matches!(&stmts[first], Stmt::Expr(expr, _) if gives(expr, &name)) {
        return false;
    }
    let (Stmt::Expr(mut value, _), Stmt::Local(mut local)) = (stmts.remove(first), stmts.remove(at)) else {
        return true;
    };
    unassigned(&mut value);
    super::idiom::without_choice(&mut value);
    let above = marks_above(&mut value);
    super::idiom::without_braces(&mut value);
    local.init = Some(syn::LocalInit { eq_token: Default::default(), expr: Box::new(value), diverge: None });
    stmts.splice(first - 1..first - 1, above.into_iter().chain([Stmt::Local(local)]));
    true
}

/// The line marks in a block that has but them and a value.
fn marks_above(value: &mut Expr) -> Vec<Stmt> {
    let Expr::Block(inner) = value else { return Vec::new() };
    match inner.block.stmts.split_last() {
        Some((Stmt::Expr(_, None), above)) if inner.label.is_none() && above.iter().all(is_line) => {
            let count = above.len();
            inner.block.stmts.drain(..count).collect()
        }
        _ => Vec::new(),
    }
}

/// The name in `let x;`.
fn declared(stmt: &Stmt) -> Option<String> {
    let Stmt::Local(local) = stmt else { return None };
    let pat = match &local.pat {
        Pat::Type(typed) => &*typed.pat,
        pat => pat,
    };
    match (pat, &local.init) {
        (Pat::Ident(pat), None) => Some(pat.ident.to_string()),
        _ => None,
    }
}

/// Whether all that is done with the variable is to give it a value at the end of each way through.
fn gives(expr: &Expr, name: &str) -> bool {
    let free = |part: &Expr| !uses(part, name);
    match expr {
        Expr::Assign(assign) => {
            matches!(&*assign.left, Expr::Path(path) if path.path.is_ident(name)) && free(&assign.right)
        }
        Expr::Block(inner) => inner.label.is_none() && block_gives(&inner.block, name),
        Expr::If(inner) => {
            let Some((_, orelse)) = &inner.else_branch else { return false };
            let then_gives = block_gives(&inner.then_branch, name);
            let else_gives = gives(orelse, name);
            free(&inner.cond)
                && (then_gives || else_gives)
                && (then_gives || ends::ends_by_itself(&inner.then_branch.stmts))
                && (else_gives || leaves(orelse))
        }
        Expr::Match(inner) => {
            let mut arms = inner.arms.iter();
            free(&inner.expr)
                && arms.clone().any(|arm| gives(&arm.body, name))
                && arms.all(|arm| gives(&arm.body, name) || leaves(&arm.body))
        }
        _ => false,
    }
}

fn block_gives(block: &Block, name: &str) -> bool {
    let Some((Stmt::Expr(last, _), before)) = block.stmts.split_last() else { return false };
    gives(last, name) && !uses(before, name) && !before.iter().any(assigns)
}

/// `y = 1;`: such an `if` is for several variables.
fn assigns(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Expr(Expr::Assign(assign), _) if matches!(&*assign.left, Expr::Path(_)))
}

fn leaves(expr: &Expr) -> bool {
    match expr {
        Expr::Block(inner) => inner.label.is_none() && ends::ends_by_itself(&inner.block.stmts),
        other => ends::ends_by_itself(&[tail(other.clone())]),
    }
}

/// The value where it was assigned.
fn unassigned(expr: &mut Expr) {
    match expr {
        Expr::Assign(assign) => *expr = std::mem::replace(&mut *assign.right, Expr::PLACEHOLDER),
        Expr::Block(inner) => unassigned_last(&mut inner.block),
        Expr::If(inner) => {
            unassigned_last(&mut inner.then_branch);
            if let Some((_, orelse)) = &mut inner.else_branch {
                unassigned(orelse);
            }
        }
        Expr::Match(inner) => inner.arms.iter_mut().for_each(|arm| unassigned(&mut arm.body)),
        _ => {}
    }
}

fn unassigned_last(block: &mut Block) {
    if let Some(Stmt::Expr(last, semicolon)) = block.stmts.last_mut()
        && !leaves(last)
    {
        unassigned(last);
        *semicolon = None;
    }
}

/// `if true { x = 1; }`: rustc would not see that `x` has its value then, were the other way open.
struct Constant<'a> {
    name: &'a str,
}

impl VisitMut for Constant<'_> {
    fn visit_expr_if_mut(&mut self, test: &mut syn::ExprIf) {
        visit_mut::visit_expr_if_mut(self, test);
        let Some(is_true) = constant(&test.cond) else { return };
        let gets = |stmts: &[Stmt]| {
            let mut found = Assigned { name: self.name, found: false };
            stmts.iter().for_each(|stmt| found.visit_stmt(stmt));
            found.found
        };
        if !is_true {
            let orelse = test.else_branch.as_ref().map(|(_, orelse)| tail((**orelse).clone()));
            if orelse.is_some_and(|orelse| gets(&[orelse])) {
                close(&mut test.then_branch.stmts);
            }
        } else if gets(&test.then_branch.stmts) {
            let stmts = match test.else_branch.take() {
                Some((_, orelse)) => match *orelse {
                    Expr::Block(inner) => inner.block.stmts,
                    other => vec![Stmt::Expr(other, None)],
                },
                None => Vec::new(),
            };
            let mut block = super::build::block(stmts);
            close(&mut block.stmts);
            let block = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block });
            test.else_branch = Some((Default::default(), Box::new(block)));
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// The end of a way that nothing takes.
fn close(stmts: &mut Vec<Stmt>) {
    if !ends::ends_by_itself(stmts) {
        stmts.push(tail(macros::unreachable("")));
    }
}

/// Whether a condition is always true, or always false.
pub fn constant(test: &Expr) -> Option<bool> {
    match test {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Bool(value), .. }) => Some(value.value),
        Expr::Unary(syn::ExprUnary { op: syn::UnOp::Not(_), expr, .. }) => constant(expr).map(|value| !value),
        Expr::Paren(inner) => constant(&inner.expr),
        _ => None,
    }
}

/// Whether something assigns the variable.
struct Assigned<'a> {
    name: &'a str,
    found: bool,
}

impl<'a> Visit<'a> for Assigned<'_> {
    fn visit_expr_assign(&mut self, assign: &'a syn::ExprAssign) {
        let targets = match &*assign.left {
            Expr::Tuple(tuple) => tuple.elems.iter().collect(),
            other => vec![other],
        };
        self.found |= targets.iter().any(|target| matches!(target, Expr::Path(path) if path.path.is_ident(self.name)));
        visit::visit_expr_assign(self, assign);
    }
}
