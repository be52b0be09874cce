//! What a reader of Rust would write shorter, on the tree of each item as it was made: `return` at the end, `Ok(x?)`,
//! `&a == &b`, `|x| Some(x)`, a variable that is declared long before it gets its value.
//!
//! Only what means the same whatever the types are.

use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ImplItemFn, Item, ItemFn, Pat, Stmt};

use super::build::{block, block_expr, operand, tail};
use super::initialise::{self, constant};
use super::macros;
use super::print::is_line;

/// Rewrites an item.
pub fn settle(item: &mut Item) {
    Idiom.visit_item_mut(item);
}

struct Idiom;

impl VisitMut for Idiom {
    fn visit_item_fn_mut(&mut self, function: &mut ItemFn) {
        visit_mut::visit_item_fn_mut(self, function);
        end(&mut function.block);
    }

    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        visit_mut::visit_impl_item_fn_mut(self, function);
        end(&mut function.block);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        before_if(&mut block.stmts);
        visit_mut::visit_block_mut(self, block);
        block.stmts.retain(|stmt| !is_idle(stmt));
        certain(&mut block.stmts);
        initialise::settle(&mut block.stmts);
        without_unit(&mut block.stmts);
        without_name(&mut block.stmts);
    }

    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        visit_mut::visit_local_mut(self, local);
        if let Some(init) = &mut local.init {
            without_braces(&mut init.expr);
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Async(inner) => end(&mut inner.block),
            Expr::Closure(inner) => end_expr(&mut inner.body),
            Expr::Call(inner) => inner.args.iter_mut().for_each(without_braces),
            Expr::MethodCall(inner) => {
                inner.args.iter_mut().for_each(without_braces);
                if maps_to_itself(inner) {
                    *expr = std::mem::replace(&mut *inner.receiver, Expr::PLACEHOLDER);
                }
            }
            _ => {}
        }
        if let Some(made) = shorter(expr) {
            *expr = made;
        }
    }
}

/// The end of a body: the value itself, where there was a `return`.
fn end(block: &mut Block) {
    if let Some(Stmt::Expr(last, semicolon)) = block.stmts.last_mut() {
        match last {
            Expr::Return(inner) => match inner.expr.take() {
                Some(value) => {
                    *semicolon = None;
                    *last = *value;
                }
                None => drop(block.stmts.pop()),
            },
            _ if semicolon.is_none() => end_expr(last),
            _ => {}
        }
    }
}

fn end_expr(expr: &mut Expr) {
    match expr {
        Expr::Return(inner) => {
            if let Some(value) = inner.expr.take() {
                *expr = *value;
                end_expr(expr);
            }
        }
        Expr::Block(inner) if inner.label.is_none() => end(&mut inner.block),
        Expr::If(inner) => {
            if let Some((_, orelse)) = &mut inner.else_branch {
                end(&mut inner.then_branch);
                end_expr(orelse);
            }
        }
        Expr::Match(inner) => inner.arms.iter_mut().for_each(|arm| end_expr(&mut arm.body)),
        _ => {}
    }
}

/// `();`, `x;`, `x = x;`, `let x = x;`.
fn is_idle(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Expr(Expr::Path(only), Some(_)) => only.path.get_ident().is_some(),
        Stmt::Expr(Expr::Assign(assign), _) => match (&*assign.left, &*assign.right) {
            (Expr::Path(left), Expr::Path(right)) => left.path == right.path,
            _ => false,
        },
        Stmt::Expr(Expr::Tuple(unit), Some(_)) => unit.elems.is_empty(),
        Stmt::Local(syn::Local { pat: Pat::Ident(pat), init: Some(init), .. }) => {
            pat.mutability.is_none() && matches!(&*init.expr, Expr::Path(path) if path.path.is_ident(&pat.ident))
        }
        _ => false,
    }
}

/// `{ x }`.
pub fn without_braces(expr: &mut Expr) {
    if let Expr::Block(inner) = expr
        && inner.label.is_none()
        && let [Stmt::Expr(_, None)] = &inner.block.stmts[..]
        && let Some(Stmt::Expr(only, None)) = inner.block.stmts.pop()
    {
        *expr = only;
    }
}

/// `f(); ()`.
fn without_unit(stmts: &mut Vec<Stmt>) {
    if let [.., before @ Stmt::Expr(_, Some(_)), Stmt::Expr(Expr::Tuple(unit), None)] = &stmts[..]
        && unit.elems.is_empty()
        && !is_line(before)
    {
        stmts.pop();
    }
}

/// `let x = f(); x`.
fn without_name(stmts: &mut Vec<Stmt>) {
    let Some(Stmt::Expr(Expr::Path(last), None)) = stmts.last() else { return };
    let Some(at) = stmts[..stmts.len() - 1].iter().rposition(|stmt| !is_line(stmt)) else { return };
    let Stmt::Local(syn::Local { pat: Pat::Ident(pat), init: Some(init), .. }) = &stmts[at] else { return };
    if last.path.is_ident(&pat.ident) && init.diverge.is_none() {
        let value = Stmt::Expr((*init.expr).clone(), None);
        stmts.truncate(at);
        stmts.push(value);
    }
}

/// What a condition does before it decides stands before the `if`, where it binds no names.
fn before_if(stmts: &mut Vec<Stmt>) {
    let binds = |stmt: &Stmt| match stmt {
        Stmt::Local(local) => !matches!(local.pat, Pat::Wild(_)),
        Stmt::Item(_) => true,
        Stmt::Expr(..) | Stmt::Macro(_) => false,
    };
    let mut at = 0;
    while at < stmts.len() {
        if let Stmt::Expr(Expr::If(inner), _) = &mut stmts[at]
            && let Expr::Block(cond) = &mut *inner.cond
            && cond.label.is_none()
            && !cond.block.stmts.iter().any(binds)
            && let Some(Stmt::Expr(last, None)) = cond.block.stmts.pop()
        {
            let first = std::mem::take(&mut cond.block.stmts);
            *inner.cond = last;
            let count = first.len();
            stmts.splice(at..at, first);
            at += count;
        } else {
            at += 1;
        }
    }
}

/// The same where the `if` is a value or behind an `else`.
fn decided(inner: &mut syn::ExprIf) -> Option<Expr> {
    let Expr::Block(cond) = &mut *inner.cond else { return None };
    let Some(Stmt::Expr(_, None)) = cond.block.stmts.last() else { return None };
    if cond.label.is_some() {
        return None;
    }
    let mut stmts = std::mem::take(&mut cond.block.stmts);
    if let Some(Stmt::Expr(last, None)) = stmts.pop() {
        *inner.cond = last;
    }
    stmts.push(tail(Expr::If(std::mem::replace(inner, syn::parse_quote!(if true {})))));
    Some(block_expr(stmts))
}

fn shorter(expr: &mut Expr) -> Option<Expr> {
    match expr {
        // `Ok(x?)`.
        Expr::Call(call) => match (&*call.func, call.args.first_mut()) {
            (Expr::Path(path), Some(Expr::Try(inner))) if path.path.is_ident("Ok") => {
                Some(std::mem::replace(&mut *inner.expr, Expr::PLACEHOLDER))
            }
            _ => None,
        },
        Expr::If(inner) if certainly(inner).is_some() => taken(inner),
        Expr::If(inner) => decided(inner),
        Expr::Closure(closure) if closure.asyncness.is_none() => same_function(closure),
        Expr::Binary(binary) => {
            match binary.op {
                BinOp::Eq(_) | BinOp::Ne(_) => {
                    while matches!((&*binary.left, &*binary.right), (Expr::Reference(_), Expr::Reference(_))) {
                        unreferenced(&mut binary.left);
                        unreferenced(&mut binary.right);
                    }
                }
                BinOp::BitAnd(_) | BinOp::BitOr(_) | BinOp::BitXor(_) | BinOp::Shl(_) | BinOp::Shr(_) => {
                    parenthesised(&mut binary.left);
                    parenthesised(&mut binary.right);
                }
                _ => {}
            }
            None
        }
        _ => None,
    }
}

/// `if true { … } else { unreachable!() }`, `if false { unreachable!() } else { … }`: which branch is taken.
fn certainly(inner: &syn::ExprIf) -> Option<bool> {
    let (_, orelse) = inner.else_branch.as_ref()?;
    let taken = constant(&inner.cond)?;
    let is_unreachable = |stmts: &[Stmt]| matches!(stmts, [Stmt::Expr(only, _)] if macros::diverges(only));
    let is_certain = match (taken, &**orelse) {
        (true, Expr::Block(orelse)) => is_unreachable(&orelse.block.stmts),
        (true, _) => false,
        (false, _) => is_unreachable(&inner.then_branch.stmts),
    };
    is_certain.then_some(taken)
}

/// The branch that is certainly taken.
fn taken(inner: &mut syn::ExprIf) -> Option<Expr> {
    let mut made = match certainly(inner)? {
        true => {
            let stmts = std::mem::take(&mut inner.then_branch.stmts);
            Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: block(stmts) })
        }
        false => *inner.else_branch.take()?.1,
    };
    without_braces(&mut made);
    Some(made)
}

/// `x` for `if true { x } else { unreachable!() }`.
pub fn without_choice(expr: &mut Expr) {
    if let Expr::If(inner) = expr
        && let Some(made) = taken(inner)
    {
        *expr = made;
    }
}

/// `if true { return x; } unreachable!()` at the end of a block.
fn certain(stmts: &mut Vec<Stmt>) {
    let end = stmts.len() - stmts.iter().rev().take_while(|stmt| is_line(stmt)).count();
    let [.., Stmt::Expr(last, _)] = &stmts[..end] else { return };
    let unmarked = stmts[..end - 1].iter().rposition(|stmt| !is_line(stmt));
    let Some(at) = unmarked.filter(|_| macros::diverges(last)) else { return };
    if let Stmt::Expr(Expr::If(inner), _) = &mut stmts[at]
        && inner.else_branch.is_none()
        && constant(&inner.cond) == Some(true)
    {
        let then = std::mem::take(&mut inner.then_branch.stmts);
        stmts.truncate(at);
        stmts.extend(then);
    }
}

fn unreferenced(expr: &mut Expr) {
    if let Expr::Reference(inner) = expr {
        *expr = std::mem::replace(&mut *inner.expr, Expr::PLACEHOLDER);
    }
}

/// `(a + b) & c`: who knows which comes first?
fn parenthesised(expr: &mut Expr) {
    if let Expr::Binary(inner) = expr
        && matches!(inner.op, BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_))
    {
        let inner = std::mem::replace(expr, Expr::PLACEHOLDER);
        *expr = operand(inner);
    }
}

/// `.map(|(k, v)| (k, v))`.
fn maps_to_itself(call: &syn::ExprMethodCall) -> bool {
    let Some(Expr::Closure(closure)) = call.args.first() else { return false };
    let Some(Pat::Tuple(item)) = closure.inputs.first() else { return false };
    let Expr::Tuple(made) = &*closure.body else { return false };
    call.method == "map"
        && item.elems.len() == made.elems.len()
        && item.elems.iter().zip(&made.elems).all(|(part, made)| match (part, made) {
            (Pat::Ident(part), Expr::Path(made)) => part.by_ref.is_none() && made.path.is_ident(&part.ident),
            _ => false,
        })
}

/// `|x| Some(x)`, `|| List::new()`, `move || f()`: the function itself. Others may be given something else than they
/// take.
fn same_function(closure: &syn::ExprClosure) -> Option<Expr> {
    let Expr::Call(call) = &*closure.body else { return None };
    let Expr::Path(path) = &*call.func else { return None };
    let is_type =
        |part: &syn::PathSegment| part.ident.to_string().starts_with(|first: char| first.is_ascii_uppercase());
    let of_type = path.path.segments.iter().rev().nth(1).is_some_and(is_type);
    let is_variant = path.path.is_ident("Some") || of_type && path.path.segments.last().is_some_and(is_type);
    // What it takes is of any type.
    let is_from = of_type && path.path.segments.last().is_some_and(|last| last.ident == "from");
    let same = closure.inputs.len() == call.args.len()
        && closure.inputs.iter().zip(&call.args).all(|(param, arg)| match (param, arg) {
            (Pat::Ident(param), Expr::Path(arg)) => param.by_ref.is_none() && arg.path.is_ident(&param.ident),
            _ => false,
        });
    let takes_nothing = call.args.is_empty() && (of_type || closure.capture.is_some());
    (same && (is_variant || is_from || takes_nothing)).then(|| (*call.func).clone())
}
