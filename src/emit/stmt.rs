//! Statements: one arm for each kind.

use syn::{Expr, Stmt, parse_quote};

use super::Emitter;
use super::body::Frame;
use super::build::{self, call_path, if_, let_, method, name, not, return_, stmt, string, tail, tuple};
use super::iterate::tail_or_stmt;
use super::plan::{self, key};
use super::print;
use crate::guard;
use crate::hir::{self, Block, ExprId, Lit, StmtKind, Storage, Target, VarId};
use crate::infer::Resolved;
use crate::types::Ty;

impl<'a> Emitter<'a> {
    /// The statements of a block, into the block at hand.
    pub(super) fn block(&mut self, block: &Block) {
        let held = self.statements(&block.stmts, block.stmts.len());
        self.leave_narrowed(&held);
        print::trivia(&block.trailing, block.stmts.is_empty(), &mut self.out);
    }

    /// The first `count` statements of a block; gives the variables that are held without their `Option` behind them.
    fn statements(&mut self, stmts: &[hir::Stmt], count: usize) -> Vec<VarId> {
        let mut held = Vec::new();
        // Each has a mark; some have more.
        self.out.reserve(2 * stmts.len() + 1);
        for (at, inner) in stmts.iter().enumerate().take(count) {
            let first = at == 0 && self.out.is_empty();
            match self.guard(inner, &stmts[at + 1..], first) {
                Some(var) => held.push(var),
                None => self.statement(inner, first),
            }
            if self.is_dead_stmt(inner) || self.only_raises(inner) {
                break;
            }
        }
        held
    }

    /// Whether the expression that was just emitted only raises: nothing behind it is reached.
    fn only_raises(&self, inner: &hir::Stmt) -> bool {
        matches!(inner.kind, StmtKind::Expr(_)) && matches!(self.out.last(), Some(Stmt::Expr(Expr::Return(_), _)))
    }

    /// The statements of a body whose value is what the function gives: `return` at its end is its last expression.
    pub(super) fn tail_block(&mut self, block: &Block) {
        let Some((last, before)) = block.stmts.split_last() else {
            print::trivia(&block.trailing, true, &mut self.out);
            self.fall_off();
            return;
        };
        let held = self.statements(&block.stmts, before.len());
        if let Some(Stmt::Expr(Expr::Return(raise), _)) = self.out.last_mut()
            && let Some(value) = raise.expr.take()
        {
            self.out.pop();
            self.out.push(tail(*value));
            return self.leave_narrowed(&held);
        }
        self.tail_statement(last, before.is_empty());
        self.leave_narrowed(&held);
        if !block.trailing.comments.is_empty() {
            let last = self.out.pop();
            print::trivia(&block.trailing, false, &mut self.out);
            self.out.extend(last);
        }
    }

    /// What a function gives when its end is reached: `None`.
    pub(super) fn fall_off(&mut self) {
        let value = match &self.body.result.0 {
            Ty::None => None,
            Ty::Option(_) => Some(name("None")),
            Ty::Value => Some(name("Value::None")),
            Ty::Never => {
                // Behind an `if True:` that leaves, which rustc does not see.
                let seen = matches!(
                    self.out.last(),
                    Some(Stmt::Expr(Expr::Match(_) | Expr::Loop(_) | Expr::Block(_) | Expr::Return(_), _))
                );
                if !seen && !super::ends::ends_by_itself(&self.out) && !self.out.is_empty() {
                    let never = self.unreachable();
                    self.out.push(tail(never));
                }
                return;
            }
            // Inference knows that nothing gets here; rustc, behind a `match` whose arms all leave, does not.
            _ if self.frame() == Frame::Function => {
                let never = self.unreachable();
                self.out.push(tail(never));
                return;
            }
            _ => None,
        };
        let fallible = self.body.fallible || !self.body.frames.is_empty();
        match (value, fallible, self.frame()) {
            (_, true, Frame::Unit) => self.push_ok_unit(),
            (_, true, Frame::Flow | Frame::Leave) => self.out.push(tail(call_path("Ok", vec![name("Flow::Next")]))),
            (None, true, Frame::Function) => self.push_ok_unit(),
            (Some(value), _, _) => {
                let value = self.ok(value);
                self.out.push(tail(value));
            }
            (None, false, _) => {}
        }
    }

    fn tail_statement(&mut self, inner: &hir::Stmt, first: bool) {
        if self.is_dead_stmt(inner) {
            self.head(inner, first && self.out.is_empty());
            let never = self.unreachable();
            self.out.push(tail(never));
            return;
        }
        match &inner.kind {
            StmtKind::Return(value) => {
                self.head(inner, first && self.out.is_empty());
                let value = self.return_value(*value);
                let value = self.returned(value);
                self.out.push(tail(value));
            }
            StmtKind::Raise { exc, cause } => {
                self.head(inner, first && self.out.is_empty());
                let raised = self.raised(*exc, *cause);
                let raised = match raised {
                    Expr::Return(inner) => inner.expr.map_or_else(|| tuple(Vec::new()), |inner| *inner),
                    other => other,
                };
                self.out.push(tail(raised));
            }
            StmtKind::If { test, then, orelse } if plan::leaves(then) && plan::leaves(orelse) => {
                self.head(inner, first && self.out.is_empty());
                self.if_stmt(*test, then, orelse, true);
            }
            StmtKind::Try(try_)
                if plan::leaves_stmt(inner) || self.body.result.0 == Ty::Never && self.frame() == Frame::Function =>
            {
                self.head(inner, first && self.out.is_empty());
                self.try_stmt(try_, true);
            }
            StmtKind::Match { subject, cases } if plan::leaves_stmt(inner) => {
                self.head(inner, first && self.out.is_empty());
                self.match_stmt(*subject, cases, true);
            }
            StmtKind::With { items, body, exits, is_async }
                if plan::leaves(body) && self.with_is_tail(items, exits) =>
            {
                self.head(inner, first && self.out.is_empty());
                self.with_stmt(key(inner), (items, body), *exits, *is_async, true);
            }
            StmtKind::While { test, body, orelse }
                if orelse.stmts.is_empty() && self.is_endless(*test) && !super::iterate::breaks(body) =>
            {
                self.statement(inner, first && self.out.is_empty());
            }
            StmtKind::Break | StmtKind::Continue => self.statement(inner, first && self.out.is_empty()),
            StmtKind::Expr(value) if self.ty_of(*value) == Ty::Never && !self.is_raise(*value) => {
                self.head(inner, first && self.out.is_empty());
                let value = self.owned(*value);
                let done = match value {
                    Expr::Try(inner) if self.body.result.0 == Ty::Never && self.frame() == Frame::Function => {
                        *inner.expr
                    }
                    value => build::match_(value, Vec::new()),
                };
                self.out.push(tail(done));
            }
            _ => {
                self.statement(inner, first && self.out.is_empty());
                if self.ends_diverging() {
                    return;
                }
                match &inner.kind {
                    StmtKind::Expr(value) => self.fall_off_after(*value),
                    // A method that is never called: those that override it are.
                    StmtKind::Pass if self.out.is_empty() && self.body.result.0 == Ty::Never => {
                        let never = self.unreachable();
                        self.out.push(tail(never));
                    }
                    _ => self.fall_off(),
                }
            }
        }
    }

    /// [`Self::fall_off`] where the last statement is this expression: `f()?; Ok(())` is `f()`.
    pub(super) fn fall_off_after(&mut self, value: ExprId) {
        if self.ty_of(value) == Ty::None
            && self.body.result.0 == Ty::None
            && self.frame() == Frame::Function
            && self.body.fallible
            && matches!(self.out.last(), Some(Stmt::Expr(Expr::Try(_), Some(_))))
            && let Some(Stmt::Expr(Expr::Try(last), _)) = self.out.pop()
        {
            self.out.push(tail(*last.expr));
            return;
        }
        self.fall_off();
    }

    /// Whether the last statement written is a `return` with a semicolon.
    fn ends_diverging(&self) -> bool {
        matches!(self.out.last(), Some(Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _)))
    }

    fn is_raise(&self, value: ExprId) -> bool {
        matches!(self.resolved(value, 0), Some(Resolved::Raises(..)))
    }

    fn is_endless(&self, test: ExprId) -> bool {
        match &self.program.exprs[test] {
            hir::Expr::Lit(Lit::Bool(value)) => *value,
            hir::Expr::Lit(Lit::Int(value)) => *value != 0,
            _ => false,
        }
    }

    /// What stands above a statement: comments, its place in the source, variables that its blocks bind.
    pub(super) fn head(&mut self, inner: &hir::Stmt, first: bool) {
        print::trivia(&inner.trivia, first, &mut self.out);
        if let Some(vars) = self.plans.clone().hoisted.get(&key(inner)) {
            for var in vars {
                self.hoist(*var, inner);
            }
        }
        self.mark(inner.span);
    }

    /// Notes the place of a statement.
    pub(super) fn mark(&mut self, span: crate::source::Span) {
        let line = self.files.file(span.file).line(span.start) as u32;
        let number = self.body.number;
        self.out.push(print::line(line, number));
    }

    /// `let x;` before the statement whose blocks bind it.
    fn hoist(&mut self, var: VarId, before: &hir::Stmt) {
        if self.is_only_dead(var) {
            return;
        }
        let info = &self.program.vars[var];
        let mut text = super::names::sanitize(&info.name);
        // Another live range of the name is read in that statement: this one needs a name of its own.
        let mut clash = self.names.is_static(&text);
        let single = Block { stmts: vec![before.clone()], trailing: hir::Trivia::default() };
        hir::walk::for_each_expr_in_block(self.program, &single, &mut |expr| {
            if let hir::Expr::Var(other) = self.program.exprs[expr] {
                clash |= other != var && self.program.vars[other].name == info.name;
            }
        });
        if clash {
            text = self.temp_unique(&format!("{}_2", info.name));
        }
        self.body.vars.insert(var, text.clone());
        let ty = self.var_ty(var);
        match info.storage {
            Storage::Cell => {
                let inner = self.ty(&ty);
                let pattern = build::pat(&text);
                self.out.push(parse_quote!(let #pattern = Shared::<Option<#inner>>::new(None);));
            }
            Storage::Local => {
                let (mutable, optional) =
                    self.plans.vars.get(var).map_or((true, false), |plan| (plan.mutable, plan.optional));
                let pattern = build::pat_mut(&text, mutable);
                if optional {
                    let inner = self.ty(&ty.clone());
                    let option: syn::Type = parse_quote!(Option<#inner>);
                    self.out.push(let_(pattern, Some(option), Some(name("None"))));
                } else {
                    // What the blocks assign may be bare numbers and texts, which tell no type.
                    let declared = (!matches!(ty, Ty::Coro(_) | Ty::Never)).then(|| self.ty(&ty));
                    self.out.push(let_(pattern, declared, None));
                }
            }
            Storage::Global => {}
        }
    }

    /// One statement.
    pub(super) fn statement(&mut self, inner: &hir::Stmt, first: bool) {
        guard::at(inner.span);
        if let StmtKind::Pass = inner.kind {
            print::trivia(&inner.trivia, first, &mut self.out);
            return;
        }
        if let StmtKind::Def { function, .. } = inner.kind
            && self.program.functions[function].parent.is_none()
            && self.program.functions[function].method.is_none()
        {
            // In an `if` or a `try` of the module: an item like any other of its functions.
            let item = self.function_item(function);
            self.extra.push(print::Piece::item(item));
        }
        if self.is_silent(inner) {
            return;
        }
        self.head(inner, first);
        if self.is_dead_stmt(inner) {
            let never = self.unreachable();
            self.out.push(stmt(never));
            return;
        }
        match &inner.kind {
            StmtKind::Expr(value) => self.expr_stmt(*value),
            // Nothing ever comes of it.
            StmtKind::Assign { targets, value } if self.is_dead_target(targets) => self.expr_stmt(*value),
            StmtKind::Assign { targets, value } => self.assign_stmt(targets, *value, key(inner)),
            StmtKind::AugAssign { target, op, value } => self.aug_assign(target, *op, *value),
            StmtKind::If { test, then, orelse } => self.if_stmt(*test, then, orelse, false),
            StmtKind::While { test, body, orelse } => self.while_stmt(*test, body, orelse),
            StmtKind::For { target, iter, body, orelse, is_async } => {
                self.for_stmt(target, *iter, body, orelse, *is_async);
            }
            StmtKind::Try(try_) => self.try_stmt(try_, false),
            StmtKind::With { items, body, exits, is_async } => {
                self.with_stmt(key(inner), (items, body), *exits, *is_async, false)
            }
            StmtKind::Return(value) => {
                let value = self.return_value(*value);
                let bare = matches!(&value, Expr::Tuple(tuple) if tuple.elems.is_empty())
                    && !self.body.fallible
                    && self.body.frames.is_empty();
                let value = if bare { None } else { Some(self.returned(value)) };
                self.out.push(stmt(return_(value)));
            }
            StmtKind::Raise { exc, cause } => {
                let raised = self.raised(*exc, *cause);
                self.out.push(stmt(raised));
            }
            StmtKind::Assert { test, message } => self.assert(*test, *message),
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.delete(target)),
            StmtKind::Match { subject, cases } => self.match_stmt(*subject, cases, false),
            StmtKind::Break => self.leave_loop(true),
            StmtKind::Continue => self.leave_loop(false),
            StmtKind::Pass => {}
            StmtKind::Def { function, var } => self.nested_def(*function, *var),
            StmtKind::Class { class, var } => self.class_stmt(*class, *var),
            StmtKind::Import(module) => self.import_stmt(*module),
        }
    }

    /// Statements that leave nothing in the body: definitions that are items, values of statics.
    fn is_silent(&mut self, inner: &hir::Stmt) -> bool {
        match &inner.kind {
            StmtKind::Def { function, var } => {
                self.program.functions[*function].parent.is_none()
                    && self.program.functions[*function].method.is_none()
                    && var.is_none()
                    && !self.has_once_defaults(*function)
                    && self.program.functions[*function].decorators.is_empty()
            }
            StmtKind::Class { class, var } => self.class_is_silent(*class, *var),
            StmtKind::Assign { targets, .. } => match targets[..] {
                [Target::Var(var)] => self.names.is_initial(var, key(inner)),
                _ => false,
            },
            _ => false,
        }
    }

    pub(super) fn expr_stmt(&mut self, value: ExprId) {
        let plain = !self.types.adjustments.contains_key(&value);
        match &self.program.exprs[value] {
            hir::Expr::Lit(_) => return,
            hir::Expr::Var(_) if self.is_pure(value) => return,
            hir::Expr::IfExp { test, then, orelse } if plain => {
                let (test, then, orelse) = (*test, *then, *orelse);
                if let Some(made) = self.held_stmt(value, test) {
                    self.out.push(tail_or_stmt(made));
                    return;
                }
                let test = self.condition(test);
                let then = self.in_block(|emitter| emitter.expr_stmt(then));
                let orelse = self.in_block(|emitter| emitter.expr_stmt(orelse));
                let orelse = if orelse.is_empty() { None } else { Some(build::else_block(orelse)) };
                self.out.push(tail_or_stmt(if_(test, then, orelse)));
                return;
            }
            hir::Expr::BoolOp { is_and, operands } if plain && operands.len() == 2 => {
                let test = self.condition(operands[0]);
                let test = if *is_and { test } else { not(test) };
                let second = operands[1];
                let then = self.in_block(|emitter| emitter.expr_stmt(second));
                self.out.push(tail_or_stmt(if_(test, then, None)));
                return;
            }
            hir::Expr::Comp(comp) if plain && comp.kind != hir::CompKind::Generator => {
                let text = self.temp_unique("items");
                let stmts = self.in_block(|emitter| {
                    if !emitter.comp_into(value, comp, &text) {
                        let made = emitter.owned(value);
                        emitter.out.push(let_(build::pat("_"), None, Some(made)));
                    }
                });
                self.out.push(tail_or_stmt(super::iterate::value_block(stmts)));
                return;
            }
            _ => {}
        }
        let ty = self.ty_of(value);
        let made = self.place(value);
        match made {
            Expr::Block(block)
                if block.label.is_none()
                    && matches!(ty, Ty::Never | Ty::None)
                    && !block.block.stmts.iter().any(hides_another) =>
            {
                self.out.extend(block.block.stmts.into_iter().map(|inner| match inner {
                    Stmt::Expr(expr, None) => tail_or_stmt(expr),
                    inner => inner,
                }));
            }
            Expr::Block(mut block) if block.label.is_none() => {
                if let Some(Stmt::Expr(expr, None)) = block.block.stmts.pop() {
                    let dropped = match is_effect(&expr) {
                        true => stmt(expr),
                        false => let_(build::pat("_"), None, Some(expr)),
                    };
                    block.block.stmts.push(dropped);
                }
                self.out.push(Stmt::Expr(Expr::Block(block), None));
            }
            Expr::Return(_) => self.out.push(stmt(made)),
            made if matches!(ty, Ty::Coro(_)) && plain => {
                // Never awaited: CPython warns when it is freed, which is now.
                let kept = call_path("Coroutine::new", vec![made]);
                self.out.push(stmt(call_path("drop", vec![kept])));
            }
            made if is_effect(&made) => self.out.push(tail_or_stmt(made)),
            made => self.out.push(let_(build::pat("_"), None, Some(made))),
        }
    }

    /// The value of `return`, of the type that the function gives.
    pub(super) fn return_value(&mut self, value: Option<ExprId>) -> Expr {
        let result = self.body.result.0.clone();
        match value {
            None => self.convert(tuple(Vec::new()), &Ty::None, &result),
            Some(value) => {
                let ty = self.ty_of(value);
                let made = if ty == result && !self.body.untold { self.into(value) } else { self.owned(value) };
                match (&ty, &result) {
                    (Ty::None, Ty::None) => {
                        if self.is_pure(value) {
                            return tuple(Vec::new());
                        }
                        self.out.push(tail_or_stmt(made));
                        tuple(Vec::new())
                    }
                    (Ty::None, Ty::Option(_)) if self.is_pure(value) => name("None"),
                    _ => self.convert(made, &ty, &result),
                }
            }
        }
    }

    /// `return Err(…)`.
    fn raised(&mut self, exc: Option<ExprId>, cause: Option<ExprId>) -> Expr {
        let Some(exc) = exc else {
            let Some(handling) = self.body.handling.last().cloned() else {
                self.body.questions += 1;
                return self.raise_text("RuntimeError", "No active exception to reraise");
            };
            let held = name(&handling.name);
            let moved = handling.frames == self.body.frames.len() && self.body.loops.is_empty();
            let error = if moved { held } else { method(held, "clone", Vec::new()) };
            return self.raise(error);
        };
        if let Some(Resolved::Raises(class, text)) = self.resolved(exc, crate::infer::place::ITERATE) {
            return self.raises_after(&[exc], class, text);
        }
        let mut error = self.exception_value(exc);
        if let Some(cause) = cause {
            let given = cause;
            let none = matches!(self.program.exprs[cause], hir::Expr::Lit(Lit::None));
            error = if none {
                method(error, "with_cause", vec![name("None")])
            } else {
                let cause = match (&self.program.exprs[cause], self.ty_of(cause)) {
                    (hir::Expr::Var(_) | hir::Expr::Attr(..), Ty::Exc(_)) => self.owned(cause),
                    _ => self.exception_value(cause),
                };
                // What is being handled is the context too.
                let is_handled =
                    matches!(self.program.exprs[given], hir::Expr::Var(var) if self.program.vars[var].is_exception);
                method(error, if is_handled { "with_cause" } else { "caused_by" }, vec![cause])
            };
        }
        self.raise(error)
    }

    /// An exception: a class is instantiated without arguments.
    fn exception_value(&mut self, exc: ExprId) -> Expr {
        match (&self.program.exprs[exc], self.ty_of(exc)) {
            (hir::Expr::Stub(stub), Ty::ExcType) => {
                let path = self.exception_path(&crate::types::ExcClass::Stub(stub.clone()));
                call_path(&format!("{path}::new"), vec![tuple(Vec::new())])
            }
            (hir::Expr::Class(class), Ty::ExcType) => {
                let made = self.instantiate_plain(*class);
                if self.exception_init(*class).is_some() { method(made, "thrown", Vec::new()) } else { made }
            }
            (_, Ty::ExcType) => {
                let class = self.place(exc);
                method(class, "instance", Vec::new())
            }
            (_, Ty::Value) => {
                let value = self.owned(exc);
                let made = method(value, "into_exception", Vec::new());
                self.question(made)
            }
            (hir::Expr::Call(_), _) => {
                let made = self.owned(exc);
                match self.resolved(exc, 0) {
                    // Made by a function of the class, raised here.
                    Some(Resolved::New { class, .. }) if self.exception_init(*class).is_some() => {
                        method(made, "thrown", Vec::new())
                    }
                    Some(Resolved::Function { .. } | Resolved::FnValue { .. }) => method(made, "thrown", Vec::new()),
                    _ => made,
                }
            }
            _ => {
                let kept = self.owned(exc);
                method(kept, "raised", Vec::new())
            }
        }
    }

    fn assert(&mut self, test: ExprId, message: Option<ExprId>) {
        let made = self.condition(test);
        // `!(a >= b)` of floats is not `a < b`, and reads as if it were.
        let is_partial =
            matches!(&self.program.exprs[test], hir::Expr::Compare(first, _) if self.ty_of(*first) == Ty::Float);
        let test = match made {
            Expr::Binary(made) if is_partial => {
                let holds = self.temp_unique("holds");
                self.push_let(&holds, Expr::Binary(made));
                name(&holds)
            }
            made => made,
        };
        let stmts = self.in_block(|emitter| {
            let argument = match message {
                None => tuple(Vec::new()),
                Some(message) => match &emitter.program.exprs[message] {
                    hir::Expr::Lit(Lit::Str(text)) => string(text),
                    _ => emitter.owned(message),
                },
            };
            let error = call_path("AssertionError::new", vec![argument]);
            let raised = emitter.raise(error);
            emitter.out.push(stmt(raised));
        });
        self.out.push(tail_or_stmt(if_(not(test), stmts, None)));
    }

    /// `break` and `continue`.
    fn leave_loop(&mut self, is_break: bool) {
        let Some(around) = self.body.loops.last().cloned() else { return };
        if around.frames < self.body.frames.len() {
            let flow: Expr = match (self.frame(), is_break) {
                (Frame::Leave, true) => parse_quote!(Flow::<()>::Break),
                (Frame::Leave, false) => parse_quote!(Flow::<()>::Continue),
                (_, true) => name("Flow::Break"),
                (_, false) => name("Flow::Continue"),
            };
            self.out.push(stmt(return_(Some(call_path("Ok", vec![flow])))));
            return;
        }
        let made = if is_break { build::break_(around.label.as_deref(), None) } else { build::continue_(None) };
        self.out.push(stmt(made));
    }

    pub(super) fn if_stmt(&mut self, test: ExprId, then: &Block, orelse: &Block, is_tail: bool) {
        let narrowing = self.narrowing(test, then);
        let (condition, held) = match narrowing {
            Some(narrowing) => narrowing.enter(self),
            None => (self.condition(test), Vec::new()),
        };
        let then_stmts = self.in_block(|emitter| if is_tail { emitter.tail_block(then) } else { emitter.block(then) });
        self.leave_narrowed(&held);
        let orelse_stmts =
            self.in_block(|emitter| if is_tail { emitter.tail_block(orelse) } else { emitter.block(orelse) });
        let orelse = if orelse_stmts.is_empty() { None } else { Some(else_of(orelse, orelse_stmts)) };
        let made = if_(condition, then_stmts, orelse);
        self.out.push(Stmt::Expr(made, None));
    }
}

/// `else if` for an `elif`, a block otherwise.
fn else_of(orelse: &Block, mut stmts: Vec<Stmt>) -> Expr {
    let marked = stmts.len() == 2
        && orelse.stmts.len() == 1
        && matches!(orelse.stmts[0].kind, StmtKind::If { .. })
        && matches!(stmts[1], Stmt::Expr(Expr::If(_), None));
    if marked {
        // The place of an `elif` is lost; its `if` has one line with the `else`.
        if let Some(Stmt::Expr(inner, None)) = stmts.pop() {
            return inner;
        }
    }
    Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: build::block(stmts) })
}

/// Whether an expression may stand as a statement without a lint.
fn is_effect(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Call(_)
            | Expr::MethodCall(_)
            | Expr::Try(_)
            | Expr::Await(_)
            | Expr::Macro(_)
            | Expr::If(_)
            | Expr::Match(_)
            | Expr::Block(_)
            | Expr::Return(_)
            | Expr::Assign(_)
    )
}

/// `let x = x.clone();`: what stands behind its block means the other one.
fn hides_another(inner: &Stmt) -> bool {
    let Stmt::Local(local) = inner else { return false };
    let (syn::Pat::Ident(bound), Some(init)) = (&local.pat, &local.init) else { return false };
    matches!(&*init.expr, Expr::MethodCall(call)
        if matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident(&bound.ident)))
}
