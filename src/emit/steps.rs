//! Generators that are one loop: each step is a call of a closure that goes to the next `yield`, and no coroutine waits there.
//!
//! It is told from the Rust that was written. Before the loop stand variables that it costs nothing to make; in it, `yield` is
//! the last thing that happens (or all that follows it can be done when the loop goes on); nothing is around it that would have
//! to be closed. The variables become the closure's.

use std::collections::HashMap;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Pat, Stmt, parse_quote};

use super::build::{self, call_path, method, name, pat, stmt, tail};
use super::macros;
use super::print::{is_line, is_mark};
use super::words::{occurrences, uses, uses_any};
use crate::types::Ty;

/// What is known of such a function.
pub struct Shape<'a> {
    /// The name by which the body yields.
    pub yielder: &'a str,
    pub is_async: bool,
    /// The parameters, by the names that they have in the text.
    pub params: HashMap<String, Ty>,
    /// Names that nothing else has: of the iterator, and of whether the loop goes on.
    pub items: &'a str,
    pub going_on: &'a str,
}

/// The body of the function, when its generator is one loop.
pub fn body(stmts: &[Stmt], shape: &Shape) -> Option<Vec<Stmt>> {
    let at = stmts
        .iter()
        .position(|stmt| matches!(stmt, Stmt::Expr(Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_), _)))?;
    let (before, rest) = stmts.split_at(at);
    let Stmt::Expr(inner, _) = &rest[0] else { return None };
    let ends = match &rest[1..] {
        [] => false,
        [Stmt::Expr(end, None)] if is_ok_unit(end) => true,
        _ => return None,
    };
    // The marks that belong to the loop go with it.
    let split = before.iter().rposition(|stmt| !is_marker(stmt)).map_or(0, |last| last + 1);
    let (before, marks) = before.split_at(split);
    let mut outer = outer_names(before, shape)?;
    let whole = Loop::of(inner)?;
    let mut first = Vec::new();
    let head = whole.head(shape, &mut outer, &mut first)?;
    let Split { mut stmts, then, always } = split_body(&whole.stmts, &whole, shape)?;
    let moved =
        Moves::any(&whole.stmts, &outer) || whole.cond.as_ref().is_some_and(|cond| Moves::in_expr(cond, &outer));
    if moved || !then.is_empty() && uses_own(&whole, &then) {
        return None;
    }
    let mut made = Vec::new();
    if !then.is_empty() {
        let going_on = shape.going_on;
        made.push(stmt(build::if_(name(going_on), then, None)));
        made.push(stmt(build::assign(name(going_on), build::boolean(true))));
        first.push(build::let_(build::pat_mut(going_on, true), None, Some(build::boolean(false))));
    }
    made.extend_from_slice(marks);
    let mut leave = Leave { depth: 0, breaks: always };
    stmts.iter_mut().for_each(|stmt| leave.visit_stmt_mut(stmt));
    let end: Expr = parse_quote!(Ok(None));
    match (always, head) {
        (true, Head::Each(pattern, items)) => {
            let next = method(method(items, "by_ref", Vec::new()), "next", Vec::new());
            made.push(or_end(pattern, next));
            made.extend(as_tail(stmts));
        }
        (true, Head::Await(pattern, next)) => {
            made.push(or_end(pattern, next));
            made.extend(as_tail(stmts));
        }
        (true, Head::While(cond)) => {
            made.push(stmt(build::if_(cond, stmts, None)));
            made.push(tail(end));
        }
        (true, Head::Endless) => made.extend(as_tail(stmts)),
        (false, head) => {
            let label = None;
            made.push(stmt(match head {
                Head::Each(pattern, items) => build::for_(label, pattern, method(items, "by_ref", Vec::new()), stmts),
                Head::Await(pattern, next) => {
                    build::while_(label, build::let_cond(build::pat_variant("Some", vec![pattern]), next), stmts)
                }
                Head::While(cond) => build::while_(label, cond, stmts),
                Head::Endless => build::loop_(label, stmts),
            }));
            if ends {
                made.push(tail(end));
            } else if let Some(Stmt::Expr(_, semi)) = made.last_mut() {
                *semi = None;
            }
        }
    }
    let closure = build::closure(
        shape.is_async,
        true,
        Vec::new(),
        None,
        Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: build::block(made) }),
    );
    let made = call_path(if shape.is_async { "async_stepwise" } else { "stepwise" }, vec![closure]);
    Some(before.iter().cloned().chain(first).chain([tail(made)]).collect())
}

/// `let Some(pattern) = next else { return Ok(None); };`
fn or_end(pattern: Pat, next: Expr) -> Stmt {
    parse_quote! {
        let Some(#pattern) = #next else {
            return Ok(None);
        };
    }
}

/// The last `return x;` as the value of the block.
fn as_tail(mut stmts: Vec<Stmt>) -> Vec<Stmt> {
    if let Some(Stmt::Expr(Expr::Return(last), _)) = stmts.last_mut()
        && let Some(value) = last.expr.take()
    {
        stmts.pop();
        stmts.push(tail(*value));
    }
    stmts
}

fn is_marker(stmt: &Stmt) -> bool {
    is_line(stmt) || matches!(stmt, Stmt::Macro(inner) if inner.mac.path.get_ident().is_some_and(is_mark))
}

fn is_ok_unit(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Ok"))
        && matches!(call.args.first(), Some(Expr::Tuple(unit)) if unit.elems.is_empty()))
}

/// The single name that an expression is.
fn name_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        _ => None,
    }
}

/// What may be moved, by name: whether its type is `Copy`.
type Outer = HashMap<String, bool>;

/// The parameters and the variables before the loop, if it makes no difference when they are made.
fn outer_names(before: &[Stmt], shape: &Shape) -> Option<Outer> {
    let mut outer: Outer = shape.params.iter().map(|(name, ty)| (name.clone(), ty.is_copy())).collect();
    for stmt in before {
        if is_marker(stmt) {
            continue;
        }
        let Stmt::Local(local) = stmt else { return None };
        let (pattern, ty) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, Some(&*typed.ty)),
            pattern => (pattern, None),
        };
        let Pat::Ident(pattern) = pattern else { return None };
        let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
        let copied = match ty {
            Some(ty) => ["i64", "f64", "bool"].iter().any(|copy| ty.to_token_stream().to_string() == *copy),
            None => {
                matches!(&*init.expr, Expr::Lit(lit) if !matches!(lit.lit, syn::Lit::Str(_) | syn::Lit::ByteStr(_)))
            }
        };
        if !is_free(&init.expr, &outer) {
            return None;
        }
        outer.insert(pattern.ident.to_string(), copied);
    }
    Some(outer)
}

/// Whether nobody can tell when it is evaluated.
fn is_free(expr: &Expr, outer: &Outer) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Path(_) => name_of(expr).is_some_and(|name| outer.get(&name) == Some(&true)),
        Expr::Paren(inner) => is_free(&inner.expr, outer),
        Expr::Unary(inner) => is_free(&inner.expr, outer),
        Expr::Binary(inner) => {
            matches!(inner.op, syn::BinOp::Add(_) | syn::BinOp::Sub(_) | syn::BinOp::Mul(_))
                && is_free(&inner.left, outer)
                && is_free(&inner.right, outer)
        }
        Expr::Call(call) => {
            let text = call.func.to_token_stream().to_string();
            let makes = ["List ::", "Dict ::", "Set ::", "Str ::"].iter().any(|class| text.starts_with(class));
            makes
                && (text.ends_with(":: new") || text.ends_with(":: from"))
                && call.args.iter().all(|arg| is_free(arg, outer))
        }
        _ => false,
    }
}

/// The loop, as it was written.
struct Loop {
    pattern: Option<Pat>,
    /// What it iterates over, or its condition.
    cond: Option<Expr>,
    is_for: bool,
    stmts: Vec<Stmt>,
}

/// What a step begins with.
enum Head {
    Each(Pat, Expr),
    Await(Pat, Expr),
    While(Expr),
    Endless,
}

impl Loop {
    fn of(expr: &Expr) -> Option<Loop> {
        Some(match expr {
            Expr::ForLoop(inner) if inner.label.is_none() => Loop {
                pattern: Some((*inner.pat).clone()),
                cond: Some((*inner.expr).clone()),
                is_for: true,
                stmts: inner.body.stmts.clone(),
            },
            Expr::While(inner) if inner.label.is_none() => {
                let (pattern, cond) = match &*inner.cond {
                    Expr::Let(cond) => match &*cond.pat {
                        Pat::TupleStruct(some) if some.path.is_ident("Some") && some.elems.len() == 1 => {
                            (some.elems.first().cloned(), &*cond.expr)
                        }
                        _ => return None,
                    },
                    cond => (None, cond),
                };
                Loop { pattern, cond: Some(cond.clone()), is_for: false, stmts: inner.body.stmts.clone() }
            }
            Expr::Loop(inner) if inner.label.is_none() => {
                Loop { pattern: None, cond: None, is_for: false, stmts: inner.body.stmts.clone() }
            }
            _ => return None,
        })
    }

    /// What a step begins with; what the iterator is, is added to `first`.
    fn head(&self, shape: &Shape, outer: &mut Outer, first: &mut Vec<Stmt>) -> Option<Head> {
        let Some(cond) = &self.cond else { return Some(Head::Endless) };
        let Some(pattern) = self.pattern.clone() else { return Some(Head::While(cond.clone())) };
        if !self.is_for {
            return Some(Head::Await(pattern, cond.clone()));
        }
        let items = match cond {
            Expr::Range(range) if range.start.iter().chain(&range.end).all(|end| is_free(end, outer)) => {
                if range.start.is_none() || range.end.is_none() { return None } else { cond.clone() }
            }
            Expr::Reference(inner) => {
                let list = name_of(&inner.expr)?;
                if !matches!(shape.params.get(&list), Some(Ty::List(_))) {
                    return None;
                }
                let used = self.stmts.iter().any(|stmt| uses(stmt, &list));
                let list = name(&list);
                method(if used { method(list, "clone", Vec::new()) } else { list }, "into_iter", Vec::new())
            }
            _ => return None,
        };
        first.push(build::let_(pat(shape.items), None, Some(items)));
        Some(Head::Each(pattern, name(shape.items)))
    }
}

/// The body of the loop.
struct Split {
    /// Up to the `yield`, which is a `return`.
    stmts: Vec<Stmt>,
    /// What follows it.
    then: Vec<Stmt>,
    /// Whoever gets to the end of `stmts` has yielded, and nobody goes on before.
    always: bool,
}

fn split_body(stmts: &[Stmt], whole: &Loop, shape: &Shape) -> Option<Split> {
    let count = stmts.iter().map(|stmt| occurrences(stmt, shape.yielder)).sum::<usize>();
    let in_head = whole.cond.iter().map(|cond| occurrences(cond, shape.yielder)).sum::<usize>();
    if count == 0 || in_head > 0 || has_async_block(stmts) {
        return None;
    }
    let goes_on = Continues::any(stmts);
    let direct = stmts.iter().position(|stmt| yielded(stmt, shape.yielder).is_some());
    if let (1, Some(at)) = (count, direct) {
        let mut then = stmts[at + 1..].to_vec();
        if then.iter().all(is_marker) {
            then.clear();
        }
        if !then.is_empty() && (Leaves::any(&then) || goes_on) {
            return None;
        }
        let mut stmts = stmts[..=at].to_vec();
        mark_yields(&mut stmts, shape.yielder);
        return Some(Split { stmts, then, always: !goes_on });
    }
    let mut stmts = stmts.to_vec();
    // All of them are where nothing follows; not every way leads to one, or the loop would go round for nothing.
    (mark_yields(&mut stmts, shape.yielder) == count && !always(&stmts)).then_some(Split {
        stmts,
        then: Vec::new(),
        always: false,
    })
}

/// `y.yield_(value).await?;`: the value.
fn yielded<'s>(stmt: &'s Stmt, yielder: &str) -> Option<&'s Expr> {
    let Stmt::Expr(Expr::Try(question), Some(_)) = stmt else { return None };
    let Expr::Await(awaited) = &*question.expr else { return None };
    let Expr::MethodCall(call) = &*awaited.base else { return None };
    let is_yield = call.method == "yield_" && name_of(&call.receiver).as_deref() == Some(yielder);
    is_yield.then(|| call.args.first()).flatten()
}

/// Writes `return Ok(Some(value));` for each `yield` at the end; how many there were.
fn mark_yields(stmts: &mut Vec<Stmt>, yielder: &str) -> usize {
    let Some(at) = stmts.iter().rposition(|stmt| !is_marker(stmt)) else { return 0 };
    if let Some(value) = yielded(&stmts[at], yielder).cloned() {
        stmts[at] = stmt(build::return_(Some(parse_quote!(Ok(Some(#value))))));
        stmts.truncate(at + 1);
        return 1;
    }
    match &mut stmts[at] {
        Stmt::Expr(expr, _) => mark_in(expr, yielder),
        _ => 0,
    }
}

fn mark_in(expr: &mut Expr, yielder: &str) -> usize {
    match expr {
        Expr::Block(inner) if inner.label.is_none() => mark_yields(&mut inner.block.stmts, yielder),
        Expr::If(inner) => {
            let then = mark_yields(&mut inner.then_branch.stmts, yielder);
            then + inner.else_branch.as_mut().map_or(0, |(_, other)| mark_in(other, yielder))
        }
        Expr::Match(inner) => inner
            .arms
            .iter_mut()
            .map(|arm| match &mut *arm.body {
                Expr::Block(block) if block.label.is_none() => mark_yields(&mut block.block.stmts, yielder),
                _ => 0,
            })
            .sum(),
        _ => 0,
    }
}

/// Whether every way to the end of the statements returns.
fn always(stmts: &[Stmt]) -> bool {
    match stmts.iter().rev().find(|stmt| !is_marker(stmt)) {
        Some(Stmt::Expr(expr, _)) => always_in(expr),
        _ => false,
    }
}

fn always_in(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) => true,
        Expr::Block(inner) => always(&inner.block.stmts),
        Expr::If(inner) => {
            always(&inner.then_branch.stmts) && inner.else_branch.as_ref().is_some_and(|(_, other)| always_in(other))
        }
        Expr::Match(inner) => inner.arms.iter().all(|arm| always_in(&arm.body)),
        _ => false,
    }
}

/// Whether what follows a `yield` needs what the loop has made in this round.
fn uses_own(whole: &Loop, then: &[Stmt]) -> bool {
    #[derive(Default)]
    struct Names(Vec<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0.push(pat.ident.to_string());
        }
    }
    let mut own = Names::default();
    whole.pattern.iter().for_each(|pattern| own.visit_pat(pattern));
    let rest = whole.stmts.len() - then.len();
    whole.stmts[..rest].iter().for_each(|stmt| own.visit_stmt(stmt));
    uses_any(then, &own.0)
}

/// Whether there is an `async` block or closure, or one that moves what it uses.
fn has_async_block(stmts: &[Stmt]) -> bool {
    struct Blocks(bool);
    impl<'ast> Visit<'ast> for Blocks {
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {
            self.0 = true;
        }

        fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
            self.0 |= closure.asyncness.is_some() || closure.capture.is_some();
            visit::visit_expr_closure(self, closure);
        }
    }
    let mut found = Blocks(false);
    stmts.iter().for_each(|stmt| found.visit_stmt(stmt));
    found.0
}

/// Whether the loop goes round before the end of these statements.
struct Continues {
    depth: u32,
    found: bool,
}

impl Continues {
    fn any(stmts: &[Stmt]) -> bool {
        let mut walk = Continues { depth: 0, found: false };
        stmts.iter().for_each(|stmt| walk.visit_stmt(stmt));
        walk.found
    }
}

impl<'ast> Visit<'ast> for Continues {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        let is_loop = matches!(expr, Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) | Expr::Closure(_));
        self.depth += u32::from(is_loop);
        if let Expr::Continue(inner) = expr {
            self.found |= self.depth == 0 || inner.label.is_some();
        }
        visit::visit_expr(self, expr);
        self.depth -= u32::from(is_loop);
    }
}

/// Whether the statements leave the loop, or go round.
struct Leaves(bool);

impl Leaves {
    fn any(stmts: &[Stmt]) -> bool {
        let mut walk = Leaves(false);
        stmts.iter().for_each(|stmt| walk.visit_stmt(stmt));
        walk.0
    }
}

impl<'ast> Visit<'ast> for Leaves {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.0 |= matches!(expr, Expr::Break(_) | Expr::Continue(_) | Expr::Return(_));
        visit::visit_expr(self, expr);
    }
}

/// `return Ok(())` is `return Ok(None)`; where there is no loop any more, so is `break`.
struct Leave {
    depth: u32,
    breaks: bool,
}

impl VisitMut for Leave {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) => return,
            Expr::Return(inner) if inner.expr.as_deref().is_some_and(is_ok_unit) => {
                inner.expr = Some(Box::new(parse_quote!(Ok(None))));
                return;
            }
            Expr::Break(inner) if self.breaks && self.depth == 0 && inner.label.is_none() => {
                *expr = build::return_(Some(parse_quote!(Ok(None))));
                return;
            }
            _ => {}
        }
        let is_loop = matches!(expr, Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_));
        self.depth += u32::from(is_loop);
        visit_mut::visit_expr_mut(self, expr);
        self.depth -= u32::from(is_loop);
    }
}

/// Whether a variable that is not `Copy`, of the closure's, may be moved out of it.
struct Moves<'a> {
    outer: &'a Outer,
    found: bool,
}

impl<'a> Moves<'a> {
    fn any(stmts: &[Stmt], outer: &'a Outer) -> bool {
        let mut walk = Moves { outer, found: false };
        stmts.iter().for_each(|stmt| walk.visit_stmt(stmt));
        walk.found
    }

    fn in_expr(expr: &Expr, outer: &'a Outer) -> bool {
        let mut walk = Moves { outer, found: false };
        match expr {
            Expr::Reference(_) => {}
            expr => walk.visit_expr(expr),
        }
        walk.found
    }

    /// A place that is only looked at.
    fn looked_at(&mut self, expr: &Expr) {
        match expr {
            Expr::Path(_) => {}
            Expr::Field(inner) => self.looked_at(&inner.base),
            Expr::Paren(inner) => self.looked_at(&inner.expr),
            expr => self.visit_expr(expr),
        }
    }
}

impl<'ast> Visit<'ast> for Moves<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Path(_) => self.found |= name_of(expr).is_some_and(|name| self.outer.get(&name) == Some(&false)),
            Expr::Reference(inner) => self.looked_at(&inner.expr),
            Expr::Field(inner) => self.looked_at(&inner.base),
            Expr::MethodCall(call) if !call.method.to_string().starts_with("into") => {
                self.looked_at(&call.receiver);
                call.args.iter().for_each(|arg| self.visit_expr(arg));
            }
            Expr::Binary(inner) if is_comparison(&inner.op) => {
                self.looked_at(&inner.left);
                self.looked_at(&inner.right);
            }
            Expr::Assign(inner) => {
                self.looked_at(&inner.left);
                self.visit_expr(&inner.right);
            }
            // What is shown is only looked at.
            Expr::Call(call) if macros::invoked(call).is_some() => {
                macros::values(call).for_each(|value| self.looked_at(value));
            }
            expr => visit::visit_expr(self, expr),
        }
    }
}

fn is_comparison(op: &syn::BinOp) -> bool {
    use syn::BinOp::{Eq, Ge, Gt, Le, Lt, Ne};
    matches!(op, Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_))
}
