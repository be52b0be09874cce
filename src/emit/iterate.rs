//! Iteration: `for`, and what is handed to functions that iterate.

use syn::{Expr, Pat, Stmt, parse_quote};

use super::Emitter;
use super::body::Loop;
use super::build::{self, call_path, for_, labelled, let_, method, name, pat, pat_mut, pat_tuple, stmt, tail};
use super::plan::Decl;
use crate::hir::{self, Block, ExprId, Lit, StmtKind, Target, walk};
use crate::infer::{Resolved, place};
use crate::types::Ty;

impl<'a> Emitter<'a> {
    /// What `__iter__` of an object gives, and its type.
    pub(super) fn class_iter(&mut self, id: ExprId) -> Option<(Expr, Ty)> {
        let Ty::Class(_) = self.ty_of(id) else { return None };
        let Some(Resolved::Function { function, .. }) = self.iteration(id) else { return None };
        let function = *function;
        let made = self.method_call(function, id, &[], id);
        let signature = self.signature(function);
        Some(match (self.program.functions[function].kind, signature.result) {
            (hir::FnKind::Generator, _) => (made, Ty::Iter(Box::new(signature.yields))),
            (_, Ty::Class(class)) => {
                let Some(next) = self.special(class, "__next__") else { return Some((made, Ty::Class(class))) };
                let item = self.signature(next).result;
                let text = self.temp("iterator");
                let around = self.body.clone();
                self.body.closed += 1;
                let call = self.method_with(next, name(&text), Some(class), Vec::new());
                self.body = around;
                let call = match call {
                    Expr::Try(inner) => *inner.expr,
                    call => call_path("Ok", vec![call]),
                };
                let binding = let_(pat(&text), None, Some(owned_handle(made)));
                let closure: Expr = parse_quote!(move || #call);
                let stmts = vec![binding, tail(call_path("Iter::from_next", vec![closure]))];
                (build::block_expr(stmts), Ty::Iter(Box::new(item)))
            }
            (_, ty) => (made, ty),
        })
    }

    /// The generator that `__iter__` of an object of the program is.
    pub(super) fn class_generator(&mut self, id: ExprId) -> Option<(Expr, Ty)> {
        let Ty::Class(_) = self.ty_of(id) else { return None };
        let Some(Resolved::Function { function, .. }) = self.iteration(id) else { return None };
        let function = *function;
        if self.program.functions[function].kind != hir::FnKind::Generator {
            return None;
        }
        let crate::infer::Signature { yields, sends, result, .. } = self.signature(function);
        let made = self.method_call(function, id, &[], id);
        Some((made, Ty::Gen(Box::new(yields), Box::new(sends), Box::new(result))))
    }

    /// The pattern of a loop's target, when all of it is declared by the loop; else a temporary that is assigned in
    /// the body.
    pub(super) fn loop_pattern(&mut self, target: &Target) -> Option<Pat> {
        match target {
            Target::Var(var) => {
                let plan = self.plans.vars.get(*var)?;
                if self.program.vars[*var].storage != hir::Storage::Local || plan.decl != Decl::Pattern || plan.optional
                {
                    return None;
                }
                let mutable = plan.mutable;
                let text = self.var_name(*var);
                Some(pat_mut(&text, mutable))
            }
            Target::Tuple(parts) => {
                let parts: Option<Vec<Pat>> = parts.iter().map(|part| self.loop_pattern(part)).collect();
                Some(pat_tuple(parts?))
            }
            _ => None,
        }
    }

    /// Whether the items of an iteration can be taken apart by a pattern: they are tuples of that shape, of the
    /// variables' types.
    pub(super) fn fits(&self, target: &Target, item: Option<&Ty>) -> bool {
        match (target, item) {
            (Target::Var(var), Some(item)) => {
                let to = self.var_ty(*var);
                to == *item
                    || matches!(
                        (item, &to),
                        (Ty::Class(_), Ty::Class(_)) | (Ty::Exc(_), Ty::Exc(_)) | (Ty::Never, _) | (_, Ty::Never)
                    )
            }
            (Target::Var(_), None) => true,
            (Target::Tuple(parts), Some(Ty::Tuple(items))) => {
                parts.len() == items.len() && parts.iter().zip(items).all(|(part, item)| self.fits(part, Some(item)))
            }
            _ => false,
        }
    }

    pub(super) fn for_stmt(&mut self, target: &Target, iter: ExprId, body: &Block, orelse: &Block, is_async: bool) {
        let calm = self.is_calm(body);
        if is_async {
            return self.async_for(target, iter, body, orelse);
        }
        if let Some(Resolved::Raises(class, text)) = self.iteration(iter) {
            let raise = self.raises_after(&[iter], class, text);
            self.out.push(stmt(raise));
            return;
        }
        let item = self.item_ty(iter);
        self.pinned = self.is_pinned(target, |look| walk::for_each_expr_in_block(self.program, body, look));
        let source = self.source(iter, calm);
        self.pinned = false;
        let pattern = if self.fits(target, item.as_ref()) { self.loop_pattern(target) } else { None };
        let simple = matches!(target, Target::Var(_));
        let mut first: Vec<Stmt> = Vec::new();
        let head = match (pattern, source.checked) {
            (Some(pattern), false) => pattern,
            (Some(pattern), true) => {
                let text = match (&pattern, simple) {
                    (Pat::Ident(inner), true) => inner.ident.to_string(),
                    _ => self.temp("item"),
                };
                let item = self.question(name(&text));
                if !matches!(pattern, Pat::Wild(_)) {
                    first.push(let_(pattern, None, Some(item)));
                } else {
                    first.push(stmt(item));
                }
                pat(&text)
            }
            (None, checked) => {
                let text = self.temp_unique("item");
                let value = if checked { self.question(name(&text)) } else { name(&text) };
                let target = target.clone();
                let ty = item.clone().unwrap_or(Ty::Value);
                let mut bound = self.in_block(|emitter| emitter.bind_item(&target, value, &ty));
                first.append(&mut bound);
                pat(&text)
            }
        };
        self.finish_loop(body, orelse, first, |_, label, stmts| for_(label, head, source.iter, stmts));
    }

    /// An item into a loop's target, whose variables may be declared before the loop.
    fn bind_item(&mut self, target: &Target, value: Expr, ty: &Ty) {
        let mut own = Vec::new();
        let mut all = true;
        walk::target_vars(target, &mut |var| {
            let decl = self.plans.vars.get(var).map(|plan| plan.decl);
            match decl {
                Some(Decl::Let(_)) => all = false,
                Some(Decl::Pattern) => own.push(var),
                _ => {}
            }
        });
        if !all {
            for var in own {
                let (text, ty) = (build::ident(&self.var_name(var)), self.var_ty(var));
                let ty = self.ty(&ty);
                self.out.push(parse_quote!(let #text: #ty;));
            }
        }
        self.assign_value(target, value, ty, all);
    }

    /// What an iteration does: keyed by the iterated expression, apart from what that itself does.
    pub(super) fn iteration(&self, iter: ExprId) -> Option<&'a Resolved> {
        self.resolved(iter, place::ITERATE)
    }

    /// A loop with its `else`.
    pub(super) fn finish_loop(
        &mut self,
        body: &Block,
        orelse: &Block,
        mut first: Vec<Stmt>,
        make: impl FnOnce(&mut Self, Option<&str>, Vec<Stmt>) -> Expr,
    ) {
        let has_else = !orelse.stmts.is_empty();
        let label = (has_else && breaks(body)).then(|| self.temp_unique("search"));
        self.body.loops.push(Loop { frames: self.body.frames.len(), label: label.clone() });
        let mut inner = self.in_block(|emitter| emitter.block(body));
        self.body.loops.pop();
        if first.is_empty() {
            first = inner;
        } else {
            first.append(&mut inner);
        }
        let made = make(self, None, first);
        match label {
            None => {
                self.out.push(tail_or_stmt(made));
                if has_else {
                    self.block(orelse);
                }
            }
            Some(label) => {
                let stmts = self.in_block(|emitter| {
                    emitter.out.push(tail_or_stmt(made));
                    emitter.block(orelse);
                });
                self.out.push(tail_or_stmt(labelled(&label, stmts)));
            }
        }
    }

    fn async_for(&mut self, target: &Target, iter: ExprId, body: &Block, orelse: &Block) {
        let ty = self.ty_of(iter);
        if let Ty::Class(_) = ty {
            return self.async_for_class(target, iter, body, orelse);
        }
        let Ty::AsyncGen(item, _) = &ty else {
            let refused = self.unsupported(iter, "`async for` over this type is not translated yet");
            self.out.push(stmt(refused));
            return;
        };
        let item = (**item).clone();
        let place = self.place(iter);
        // A generator that is left in the middle is freed at once: then the loop closes it.
        let mut dropped = None;
        let generator = match &place {
            Expr::Path(_) => place,
            _ => {
                let text = self.temp_unique("items");
                let held = if matches!(place, Expr::Field(_)) { method(place, "clone", Vec::new()) } else { place };
                self.out.push(let_(pat_mut(&text, self.is_in_place(iter)), None, Some(held)));
                dropped = breaks(body).then(|| text.clone());
                name(&text)
            }
        };
        let pattern = if self.fits(target, Some(&item)) { self.loop_pattern(target) } else { None };
        let (head, first) = match pattern {
            Some(pattern) => (pattern, Vec::new()),
            None => {
                let text = self.temp_unique("item");
                let target = target.clone();
                let value = name(&text);
                (pat(&text), self.in_block(|emitter| emitter.bind_item(&target, value, &item)))
            }
        };
        let next = self.next_of(iter, generator);
        let next = self.await_question(next);
        let head = build::pat_variant("Some", vec![head]);
        self.finish_loop(body, orelse, first, |_, label, stmts| {
            build::while_(label, build::let_cond(head, next), stmts)
        });
        if let Some(text) = dropped {
            self.out.push(stmt(call_path("drop", vec![name(&text)])));
        }
    }

    /// Whether an async generator is iterated where it is made.
    pub(super) fn is_in_place(&self, iter: ExprId) -> bool {
        match self.program.exprs[iter] {
            hir::Expr::Var(var) => self.in_place.params.contains(&var),
            _ => self.in_place.calls.contains(&iter),
        }
    }

    /// What `async for` waits for.
    pub(super) fn next_of(&self, iter: ExprId, generator: Expr) -> Expr {
        method(generator, if self.is_in_place(iter) { "next_yield" } else { "anext" }, Vec::new())
    }

    /// What `__aiter__` of an object gives, held; what one step of it is; the type of its items.
    pub(super) fn class_aiter(&mut self, iter: ExprId) -> Option<(Stmt, Expr, Ty)> {
        let Some(Resolved::Function { function, .. }) = self.iteration(iter) else { return None };
        let function = *function;
        let made = self.method_call(function, iter, &[], iter);
        let signature = self.signature(function);
        let text = self.temp_unique("iterator");
        match (self.program.functions[function].kind, &signature.result) {
            (hir::FnKind::AsyncGenerator, _) => {
                let step = self.await_question(method(name(&text), "anext", Vec::new()));
                Some((let_(pat(&text), None, Some(made)), step, signature.yields))
            }
            (hir::FnKind::Plain, Ty::AsyncGen(item, _)) => {
                let step = self.await_question(method(name(&text), "anext", Vec::new()));
                Some((let_(pat(&text), None, Some(made)), step, (**item).clone()))
            }
            (hir::FnKind::Plain, Ty::Class(class)) => {
                let class = *class;
                let next = self.special(class, "__anext__")?;
                let mut item = self.signature(next).result;
                if item == Ty::Never {
                    item = Ty::None;
                }
                if !matches!(self.program.functions[next].kind, hir::FnKind::Coroutine { .. }) {
                    return None;
                }
                let call = self.method_with(next, name(&text), Some(class), Vec::new());
                self.body.awaits += 1;
                let step = self.question(call_path("item_or_end", vec![build::awaited(call)]));
                Some((let_(pat(&text), None, Some(owned_handle(made))), step, item))
            }
            _ => None,
        }
    }

    fn async_for_class(&mut self, target: &Target, iter: ExprId, body: &Block, orelse: &Block) {
        let Some((binding, step, item)) = self.class_aiter(iter) else {
            let refused = self.unsupported(iter, "`async for` over this type is not translated yet");
            self.out.push(stmt(refused));
            return;
        };
        self.out.push(binding);
        let pattern = if self.fits(target, Some(&item)) { self.loop_pattern(target) } else { None };
        let (head, first) = match pattern {
            Some(pattern) => (pattern, Vec::new()),
            None => {
                let text = self.temp_unique("item");
                let target = target.clone();
                let value = name(&text);
                (pat(&text), self.in_block(|emitter| emitter.bind_item(&target, value, &item)))
            }
        };
        let head = build::pat_variant("Some", vec![head]);
        self.finish_loop(body, orelse, first, |_, label, stmts| {
            build::while_(label, build::let_cond(head, step), stmts)
        });
    }

    pub(super) fn while_stmt(&mut self, test: ExprId, body: &Block, orelse: &Block) {
        let endless = matches!(&self.program.exprs[test], hir::Expr::Lit(Lit::Bool(true)))
            || matches!(&self.program.exprs[test], hir::Expr::Lit(Lit::Int(value)) if *value != 0);
        if endless {
            self.finish_loop(body, &Block::default(), Vec::new(), |_, label, stmts| build::loop_(label, stmts));
            return;
        }
        let narrowing = self.narrowing(test, body);
        let condition = match narrowing {
            Some(condition) => condition.enter(self),
            None => (self.condition(test), Vec::new()),
        };
        let (condition, held) = condition;
        self.finish_loop(body, orelse, Vec::new(), |_, label, stmts| build::while_(label, condition, stmts));
        self.leave_narrowed(&held);
    }
}

/// A handle of its own.
fn owned_handle(made: Expr) -> Expr {
    match made {
        Expr::Path(_) | Expr::Field(_) => method(made, "clone", Vec::new()),
        made => made,
    }
}

/// `expr` as a statement: loops and blocks need no semicolon.
pub fn tail_or_stmt(expr: Expr) -> Stmt {
    match expr {
        Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) | Expr::If(_) | Expr::Match(_) | Expr::Block(_) => {
            Stmt::Expr(expr, None)
        }
        expr => stmt(expr),
    }
}

/// Whether a `break` in the block leaves the loop whose body it is.
pub fn breaks(block: &Block) -> bool {
    block.stmts.iter().any(|inner| match &inner.kind {
        StmtKind::Break => true,
        StmtKind::While { orelse, .. } | StmtKind::For { orelse, .. } => breaks(orelse),
        _ => {
            let mut found = false;
            walk::stmt_blocks(inner, &mut |inner| found |= breaks(inner));
            found
        }
    })
}

/// A block that is a value, for templates.
pub fn value_block(stmts: Vec<Stmt>) -> Expr {
    let block = build::block(stmts);
    parse_quote!(#block)
}
