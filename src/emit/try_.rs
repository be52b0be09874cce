//! `try`: the smallest of the forms that keep Python's meaning.
//!
//! One operation is a `match` on it. Several are a block that is an operation itself, `attempt(async { … })` or
//! `try_(|| { … })`; where the block is left by `return`, `break` or `continue`, it gives a `Flow`. What `finally` says
//! stands once, between the block's outcome and its use.

use syn::{Arm, Expr, Pat, Stmt};

use super::Emitter;
use super::body::Frame;
use super::build::{
    self, arm, async_block, block_expr, call_path, closure, match_, name, pat, pat_variant, return_, stmt, tail, tuple,
};
use super::ends;
use super::handling;
use super::iterate::tail_or_stmt;
use super::macros;
use super::plan::{self, TryForm, try_form};
use crate::hir::{self, Block, Exits, ExprId, Handler, StmtKind, Storage, Target, Try, VarId};
use crate::types::Ty;

/// What a block of statements gives when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// Nothing: `Ok(())`.
    Unit,
    /// The function's own value: every path returns or raises.
    Value,
    /// A `Flow`.
    Flow,
}

/// A `try` without its `finally`.
pub struct Parts<'t> {
    /// What is tried.
    pub body: &'t Block,
    /// `except`.
    pub handlers: &'t [Handler],
    /// `else`.
    pub orelse: &'t Block,
    /// How control leaves the body.
    pub exits: Exits,
    /// `except*`.
    pub star: bool,
}

impl Emitter<'_> {
    pub(super) fn try_stmt(&mut self, try_: &Try, is_tail: bool) {
        if !try_.finally.stmts.is_empty() {
            return self.with_finally(try_, is_tail);
        }
        if try_.handlers.is_empty() {
            self.block(&try_.body);
            self.block(&try_.orelse);
            return;
        }
        let parts = Parts {
            body: &try_.body,
            handlers: &try_.handlers,
            orelse: &try_.orelse,
            exits: try_.exits,
            star: try_.star,
        };
        match try_form(try_, self.types) {
            TryForm::Match => self.try_match(&parts, is_tail),
            TryForm::Block => self.try_block(&parts, is_tail),
        }
    }

    /// The form of a body whose statements are `exits`.
    pub(super) fn payload(&self, exits: Exits, body_leaves: bool) -> Payload {
        match (exits.returns, exits.breaks || exits.continues) {
            (false, false) => Payload::Unit,
            (true, false) if body_leaves && self.frame() == Frame::Function => Payload::Value,
            _ => Payload::Flow,
        }
    }

    /// A block that is an operation; what it gives is its outcome: `body.await` or `body`.
    pub(super) fn operation_block(&mut self, exits: Exits, payload: Payload, emit: impl FnOnce(&mut Self)) -> Expr {
        let is_async = self.body.is_async() && (exits.awaits || exits.yields);
        let frame = match payload {
            Payload::Unit => Frame::Unit,
            Payload::Value => Frame::Function,
            Payload::Flow if exits.returns => Frame::Flow,
            Payload::Flow => Frame::Leave,
        };
        self.body.frames.push(frame);
        let around = (self.body.fallible, self.body.questions, self.raises.clone());
        self.body.fallible = true;
        let mut stmts = self.in_block(emit);
        self.body.fallible = around.0;
        self.body.frames.pop();
        // What the block raises, the function need not.
        if !around.0 {
            self.raises = around.2;
        }
        let ends = matches!(stmts.last(), Some(Stmt::Expr(_, None)));
        self.body.endless = ends::ends_by_itself(&stmts);
        if !ends || payload != Payload::Value {
            let last = match payload {
                Payload::Unit => Some(call_path("Ok", vec![tuple(Vec::new())])),
                Payload::Flow => Some(call_path("Ok", vec![name("Flow::Next")])),
                Payload::Value => None,
            };
            if let Some(last) = last
                && !ends::ends_by_itself(&stmts)
            {
                stmts.push(tail(last));
            }
        }
        let text = self.temp("body");
        if is_async {
            let block = call_path("attempt", vec![async_block(false, stmts)]);
            self.push_let(&text, block);
            self.body.awaits += 1;
            build::awaited(name(&text))
        } else {
            let body = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: build::block(stmts) });
            let block = call_path("try_", vec![closure(false, false, Vec::new(), None, body)]);
            self.push_let(&text, block);
            name(&text)
        }
    }

    /// `match` on the one operation of the body.
    fn try_match(&mut self, try_: &Parts<'_>, is_tail: bool) {
        let Some(only) = try_.body.stmts.iter().find(|inner| !matches!(inner.kind, StmtKind::Pass)) else { return };
        self.head(only, false);
        let (value, target) = match &only.kind {
            StmtKind::Expr(value) => (*value, None),
            StmtKind::Return(Some(value)) => (*value, None),
            StmtKind::Assign { targets, value } => (*value, targets.first()),
            _ => return,
        };
        let returns = matches!(only.kind, StmtKind::Return(_));
        let ty = self.ty_of(value);
        let operation = self.operation(value, &ty, returns);
        let all_leave = try_.handlers.iter().all(|handler| plan::leaves(&handler.body));
        // It always raises: nothing is assigned.
        if ty == Ty::Never && target.is_some() {
            let ok = arm(pat_variant("Ok", vec![pat("_")]), None, self.unreachable());
            self.finish_match(operation, ok, try_, is_tail);
            return;
        }
        if returns {
            let held = self.temp("value");
            let value = self.returned(name(&held));
            let done = if is_tail { value } else { return_(Some(value)) };
            let ok = arm(pat_variant("Ok", vec![pat(&held)]), None, done);
            let result_is_unit = ty == Ty::None;
            let ok = if result_is_unit {
                let value = self.returned(tuple(Vec::new()));
                let done = if is_tail { value } else { return_(Some(value)) };
                arm(pat_variant("Ok", vec![unit_pat()]), None, done)
            } else {
                ok
            };
            self.finish_match(operation, ok, try_, is_tail);
            return;
        }
        match target {
            // `let x = match … { Ok(x) => x, … };`: no handler goes on behind it.
            Some(target) if all_leave && !is_tail => {
                let declares = self.try_declares(target, only);
                let text = match target {
                    Target::Var(var) if declares => {
                        self.body.vars.remove(var);
                        self.var_name(*var)
                    }
                    _ => self.temp("value"),
                };
                let text = if text == "_" { self.temp("value") } else { text };
                let ok = arm(pat_variant("Ok", vec![pat(&text)]), None, name(&text));
                let made = self.handled(operation, ok, try_, false);
                self.assign_value(target, made, &ty, declares);
                self.block(try_.orelse);
            }
            Some(target) => {
                let declares = self.try_declares(target, only);
                let own = match target {
                    Target::Var(var) if declares => self.bound_as_it_is(*var, &ty),
                    _ => None,
                };
                let text = own.clone().unwrap_or_else(|| self.temp_unique("value"));
                let target = target.clone();
                let held = name(&text);
                let stmts = self.in_block(|emitter| {
                    if own.is_none() {
                        emitter.assign_value(&target, held, &ty, declares);
                    }
                    emitter.orelse_block(try_.orelse, is_tail);
                });
                let ok = arm(pat_variant("Ok", vec![pat(&text)]), None, block_expr(stmts));
                self.finish_match(operation, ok, try_, is_tail);
            }
            None => {
                let stmts = self.in_block(|emitter| emitter.orelse_block(try_.orelse, is_tail));
                let pattern = match ty {
                    Ty::None => unit_pat(),
                    _ => pat("_"),
                };
                if ty == Ty::None && stmts.is_empty() && !is_tail && !catches_all(self, try_) {
                    let arms = self.handler_arms(try_, false);
                    let mut arms = arms;
                    let rest = self.question(name("outcome"));
                    arms.push(arm(pat("outcome"), None, rest));
                    self.out.push(tail_or_stmt(match_(operation, arms)));
                    return;
                }
                let ok = arm(pat_variant("Ok", vec![pattern]), None, value_of(stmts));
                self.finish_match(operation, ok, try_, is_tail);
            }
        }
    }

    /// The name of a variable that a pattern may bind: it is declared there and holds values of that type.
    fn bound_as_it_is(&mut self, var: VarId, ty: &Ty) -> Option<String> {
        let plain = self.program.vars[var].storage == Storage::Local
            && self.plans.vars.get(var).is_some_and(|plan| !plan.optional)
            && self.var_ty(var) == *ty;
        plain.then(|| {
            self.body.vars.remove(&var);
            self.var_name(var)
        })
    }

    fn orelse_block(&mut self, orelse: &Block, is_tail: bool) {
        if is_tail {
            self.tail_block(orelse);
        } else {
            self.block(orelse);
        }
    }

    fn try_declares(&self, target: &Target, only: &hir::Stmt) -> bool {
        let mut all = true;
        hir::walk::target_vars(target, &mut |var: VarId| {
            let plan = self.plans.vars.get(var);
            all &= plan.is_some_and(|plan| plan.decl == plan::Decl::Let(plan::key(only)));
            all &= self.program.vars[var].storage != Storage::Global;
        });
        all
    }

    /// The operation of a `match`: the one expression without its `?`, or a block around it.
    fn operation(&mut self, value: ExprId, ty: &Ty, returns: bool) -> Expr {
        let around = (self.body.fallible, self.body.questions, self.raises.clone());
        let before = self.body.awaits;
        self.body.fallible = true;
        self.body.frames.push(Frame::Unit);
        let mut made = None;
        let stmts = self.in_block(|emitter| {
            let value = if returns { emitter.return_value(Some(value)) } else { emitter.owned(value) };
            made = Some(value);
        });
        self.body.frames.pop();
        self.body.fallible = around.0;
        let questions = self.body.questions - around.1;
        if !around.0 {
            self.raises = around.2;
        }
        let made = made.unwrap_or_else(|| tuple(Vec::new()));
        let awaits = self.body.awaits > before;
        match made {
            // Nothing else in it can raise: its operands are evaluated before.
            Expr::Try(inner) if questions == 1 && stmts.is_empty() => {
                if *ty == Ty::None && self.never_ends_well(value) {
                    return build::method(*inner.expr, "map", vec![name("drop")]);
                }
                *inner.expr
            }
            made => {
                let mut stmts = stmts;
                // Nothing in the block tells what it gives.
                let untyped = build::leaves(&made) && !returns && *ty == Ty::Never;
                if *ty == Ty::None && !matches!(made, Expr::Tuple(_)) {
                    stmts.push(tail_or_stmt(made));
                    stmts.push(tail(call_path("Ok", vec![tuple(Vec::new())])));
                } else if matches!(made, Expr::Return(_)) {
                    stmts.push(tail(made));
                } else {
                    stmts.push(tail(call_path("Ok", vec![made])));
                }
                let text = self.temp("body");
                let block = match awaits {
                    true => call_path("attempt", vec![async_block(false, stmts)]),
                    false => call_path("try_", vec![closure(false, false, Vec::new(), None, block_expr(stmts))]),
                };
                let held = name(&text);
                let held = if awaits { build::awaited(held) } else { held };
                if untyped {
                    let outcome: syn::Type = syn::parse_quote!(PyResult);
                    let block = if awaits { build::awaited(block) } else { block };
                    self.out.push(build::let_(pat(&text), Some(outcome), Some(block)));
                    name(&text)
                } else {
                    self.push_let(&text, block);
                    held
                }
            }
        }
    }

    /// Whether a call of the registry gives what one gives that only raises: no value at all.
    fn never_ends_well(&self, value: ExprId) -> bool {
        let mut never = false;
        hir::walk::for_each_expr(self.program, value, &mut |part| {
            let ty = self.raw_ty(part);
            never |= matches!(&ty, Ty::Coro(inner) | Ty::Task(inner) | Ty::Future(inner) if **inner == Ty::Never);
        });
        never
    }

    fn finish_match(&mut self, operation: Expr, ok: Arm, try_: &Parts<'_>, is_tail: bool) {
        let made = self.handled(operation, ok, try_, is_tail);
        self.out.push(if is_tail { tail(made) } else { tail_or_stmt(made) });
    }

    /// `match operation { Ok(…) => …, handlers, Err(e) => return Err(e) }`.
    fn handled(&mut self, operation: Expr, ok: Arm, try_: &Parts<'_>, is_tail: bool) -> Expr {
        let mut arms = vec![ok];
        arms.extend(self.handler_arms(try_, is_tail));
        if !catches_all(self, try_) {
            let text = self.temp("e");
            let raised = self.raise(name(&text));
            let raised = match raised {
                Expr::Return(inner) if is_tail => inner.expr.map_or_else(|| tuple(Vec::new()), |inner| *inner),
                other => other,
            };
            arms.push(arm(pat_variant("Err", vec![pat(&text)]), None, raised));
        }
        match_(operation, arms)
    }

    /// Several operations, handlers outside.
    fn try_block(&mut self, try_: &Parts<'_>, is_tail: bool) {
        let is_tail = is_tail && !try_.star;
        let body_leaves = plan::leaves(try_.body);
        let payload = self.payload(try_.exits, body_leaves);
        let outcome = self.operation_block(try_.exits, payload, |emitter| match payload {
            Payload::Value => emitter.tail_block(try_.body),
            _ => emitter.block(try_.body),
        });
        let never = is_tail && self.body.endless && self.body.result.0 == Ty::Never;
        // Behind it stands what only a handler has assigned.
        if payload == Payload::Unit && self.body.endless && !is_tail && !try_.star && assigns(try_.handlers) {
            let ok = arm(pat_variant("Ok", vec![unit_pat()]), None, self.unreachable());
            return self.finish_match(outcome, ok, try_, is_tail);
        }
        match payload {
            Payload::Unit => {
                if try_.orelse.stmts.is_empty() && !is_tail && !catches_all(self, try_) && !try_.star {
                    let mut arms = self.handler_arms(try_, false);
                    let rest = self.question(name("outcome"));
                    arms.push(arm(pat("outcome"), None, rest));
                    self.out.push(tail_or_stmt(match_(outcome, arms)));
                    return;
                }
                let stmts = self.in_block(|emitter| emitter.orelse_block(try_.orelse, is_tail));
                let done = if never && stmts.is_empty() {
                    macros::unreachable("the loop has no end")
                } else {
                    value_of(stmts)
                };
                let ok = arm(pat_variant("Ok", vec![unit_pat()]), None, done);
                self.finish_match(outcome, ok, try_, is_tail);
            }
            Payload::Value => {
                let text = self.temp("value");
                let value = self.returned(name(&text));
                let done = if is_tail { value } else { return_(Some(value)) };
                let ok = arm(pat_variant("Ok", vec![pat(&text)]), None, done);
                self.finish_match(outcome, ok, try_, is_tail);
            }
            Payload::Flow => {
                let mut arms = self.flow_arms(try_.exits, true);
                let stmts = self.in_block(|emitter| emitter.block(try_.orelse));
                arms.push(arm(pat_variant("Ok", vec![name_pat("Flow::Next")]), None, value_of(stmts)));
                arms.extend(self.handler_arms(try_, false));
                if !catches_all(self, try_) {
                    let text = self.temp("e");
                    let raised = self.raise(name(&text));
                    arms.push(arm(pat_variant("Err", vec![pat(&text)]), None, raised));
                }
                if !flow_is_whole(try_.exits) {
                    arms.push(arm(pat("_"), None, value_of(Vec::new())));
                    let last = arms.len() - 1;
                    // The arms for what cannot be: after `Next`, before the errors they would take as well.
                    let rest = arms.remove(last);
                    let _ = rest;
                    arms = self.complete_flow(arms);
                }
                self.out.push(tail_or_stmt(match_(outcome, arms)));
            }
        }
    }

    /// `Ok(Flow::Next)` becomes `Ok(_)`: the ways that the block is not left by need no arms of their own.
    fn complete_flow(&self, mut arms: Vec<Arm>) -> Vec<Arm> {
        for arm in &mut arms {
            let is_next = matches!(&arm.pat, Pat::TupleStruct(outer)
                if matches!(outer.elems.first(), Some(Pat::Path(inner))
                    if inner.path.segments.last().is_some_and(|segment| segment.ident == "Next")));
            if is_next {
                arm.pat = pat_variant("Ok", vec![pat("_")]);
            }
        }
        arms
    }

    /// The arms that leave as the block was left.
    fn flow_arms(&mut self, exits: Exits, wrapped: bool) -> Vec<Arm> {
        let wrap = |inner: Pat| if wrapped { pat_variant("Ok", vec![inner]) } else { inner };
        let mut arms = Vec::new();
        if exits.returns {
            let text = self.temp("value");
            let unit = self.body.result.0 == Ty::None;
            let value = if unit { tuple(Vec::new()) } else { name(&text) };
            let value = self.returned(value);
            let value = match (&value, self.body.fallible || !self.body.frames.is_empty()) {
                (_, false) if unit => None,
                _ => Some(value),
            };
            let inner = if unit { unit_pat() } else { pat(&text) };
            arms.push(arm(wrap(pat_variant("Flow::Return", vec![inner])), None, return_(value)));
        }
        for (leaves, is_break, variant) in
            [(exits.breaks, true, "Flow::Break"), (exits.continues, false, "Flow::Continue")]
        {
            if !leaves {
                continue;
            }
            let Some(around) = self.body.loops.last().cloned() else { continue };
            let made = if around.frames < self.body.frames.len() {
                let untold = self.frame() == Frame::Leave;
                let flow = match untold {
                    true if is_break => syn::parse_quote!(Flow::<()>::Break),
                    true => syn::parse_quote!(Flow::<()>::Continue),
                    false => name(variant),
                };
                return_(Some(call_path("Ok", vec![flow])))
            } else if is_break {
                build::break_(around.label.as_deref(), None)
            } else {
                build::continue_(None)
            };
            arms.push(arm(wrap(name_pat(variant)), None, made));
        }
        arms
    }

    /// `try … finally`: the block's outcome, the statements, the outcome's use.
    fn with_finally(&mut self, try_: &Try, is_tail: bool) {
        let inner = Parts {
            body: &try_.body,
            handlers: &try_.handlers,
            orelse: &try_.orelse,
            exits: try_.exits,
            star: try_.star,
        };
        let exits = union(try_.exits, try_.handler_exits);
        let leaves = (plan::leaves(&try_.body) || plan::leaves(&try_.orelse))
            && try_.handlers.iter().all(|handler| plan::leaves(&handler.body));
        let payload = self.payload(exits, leaves);
        let outcome = self.operation_block(exits, payload, |emitter| {
            if inner.handlers.is_empty() {
                match payload {
                    Payload::Value => emitter.tail_block(inner.body),
                    _ => {
                        emitter.block(inner.body);
                        emitter.block(inner.orelse);
                    }
                }
            } else {
                emitter.try_block(&inner, payload == Payload::Value);
            }
        });
        if plan::leaves(&try_.finally) {
            let text = self.temp_unique("outcome");
            let held = self.unnamed(outcome);
            self.push_let(&text, held);
            let stmts = self.in_block(|emitter| {
                if is_tail {
                    emitter.tail_block(&try_.finally);
                } else {
                    emitter.block(&try_.finally);
                }
            });
            if handling::may_raise(&stmts, "") {
                self.out.push(handling::outcome(&text));
            } else if let Some(Stmt::Local(held)) = self.out.last_mut() {
                held.pat = pat("_");
            }
            self.out.extend(stmts);
            return;
        }
        let endless = self.body.endless;
        let text = self.temp_unique("outcome");
        let outcome = self.unnamed(outcome);
        let stmts = self.in_block(|emitter| emitter.block(&try_.finally));
        // Where what uses the outcome is cut, nothing else tells what the block would return.
        let told = payload == Payload::Flow && exits.returns && super::diverge::cuts(&stmts);
        let told = told.then(|| self.body.result.0.clone()).map(|ty| self.ty(&ty));
        let told = told.map(|ty| syn::parse_quote!(PyResult<Flow<#ty>>));
        self.out.push(build::let_(pat(&text), told, Some(outcome)));
        if handling::may_raise(&stmts, "") {
            self.out.push(handling::outcome(&text));
        }
        self.out.extend(stmts);
        let held = name(&text);
        match payload {
            Payload::Unit
                if is_tail
                    && self.body.fallible
                    && (self.body.result.0 == Ty::None || endless && self.body.result.0 == Ty::Never)
                    && self.frame() == Frame::Function =>
            {
                self.out.push(tail(held));
            }
            Payload::Unit => {
                let done = self.question(held);
                self.out.push(stmt(done));
                if is_tail {
                    self.fall_off();
                }
            }
            Payload::Value => {
                if is_tail && self.body.fallible {
                    self.out.push(tail(held));
                } else {
                    self.note_if_needed();
                    self.out.push(stmt(return_(Some(held))));
                }
            }
            Payload::Flow => self.use_flow(held, exits),
        }
    }

    /// What a name stands for, where the statement above is its `let`; that statement goes.
    fn unnamed(&mut self, value: Expr) -> Expr {
        if let Expr::Path(path) = &value
            && let Some(Stmt::Local(syn::Local { pat: Pat::Ident(held), init: Some(_), .. })) = self.out.last()
            && path.path.is_ident(&held.ident)
            && let Some(Stmt::Local(syn::Local { init: Some(init), .. })) = self.out.pop()
        {
            return *init.expr;
        }
        value
    }

    /// The function raises, by a value that is its own outcome.
    pub(super) fn note_if_needed(&mut self) {
        if !self.body.fallible && self.body.frames.is_empty() {
            self.note_raise();
        }
    }

    /// `match outcome? { Flow::Return(value) => return Ok(value), …, Flow::Next => {} }`.
    pub(super) fn use_flow(&mut self, outcome: Expr, exits: Exits) {
        let subject = self.question(outcome);
        let mut arms = self.flow_arms(exits, false);
        if arms.len() == 1
            && let Some(only) = arms.pop()
        {
            let body = match *only.body {
                Expr::Block(block) => block.block.stmts,
                other => vec![stmt(other)],
            };
            let made = build::if_(build::let_cond(only.pat, subject), body, None);
            self.out.push(Stmt::Expr(made, None));
            return;
        }
        arms.push(arm(pat("_"), None, value_of(Vec::new())));
        self.out.push(Stmt::Expr(match_(subject, arms), None));
    }
}

fn union(a: Exits, b: Exits) -> Exits {
    Exits {
        returns: a.returns || b.returns,
        breaks: a.breaks || b.breaks,
        continues: a.continues || b.continues,
        awaits: a.awaits || b.awaits,
        yields: a.yields || b.yields,
    }
}

/// Whether the ways out fill the enum: `Return`, `Break`, `Continue` and `Next`.
fn flow_is_whole(exits: Exits) -> bool {
    exits.returns && exits.breaks && exits.continues
}

fn catches_all(emitter: &Emitter<'_>, try_: &Parts<'_>) -> bool {
    try_.star || try_.handlers.iter().any(|handler| emitter.is_catch_all(handler))
}

/// Whether a handler assigns a variable.
fn assigns(handlers: &[Handler]) -> bool {
    let mut any = false;
    for handler in handlers {
        hir::walk::for_each_stmt(&handler.body, &mut |inner| match &inner.kind {
            StmtKind::Assign { targets, .. } => {
                for target in targets {
                    hir::walk::target_vars(target, &mut |_| any = true);
                }
            }
            StmtKind::For { .. } | StmtKind::With { .. } => any = true,
            _ => {}
        });
    }
    any
}

/// A block of statements as the body of an arm.
pub fn value_of(stmts: Vec<Stmt>) -> Expr {
    if let [Stmt::Expr(_, None)] = &stmts[..] {
        return block_expr(stmts);
    }
    Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: build::block(stmts) })
}

/// `()` in a pattern.
pub fn unit_pat() -> Pat {
    build::pat_tuple(Vec::new())
}

/// A unit variant in a pattern.
pub fn name_pat(text: &str) -> Pat {
    Pat::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path: build::path(text) })
}
