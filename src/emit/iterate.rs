//! Iteration: `for`, and what is handed to functions that iterate.

use syn::{Expr, Pat, Stmt, parse_quote};

use super::Emitter;
use super::body::Loop;
use super::build::{
    self, array, call_path, for_, labelled, let_, method, name, pat, pat_mut, pat_tuple, range, stmt, tail,
};
use super::place::as_reference;
use super::plan::Decl;
use crate::hir::{self, Arg, Block, Callee, CompKind, ExprId, Lit, StmtKind, StubRef, Target, walk};
use crate::infer::{Resolved, place};
use crate::types::Ty;

/// A Rust iterator and whether its items may be exceptions.
pub struct Source {
    /// What stands behind `in`.
    pub iter: Expr,
    /// The items are `PyResult<T>`.
    pub checked: bool,
    /// It has Rust's iterator methods as it is; else `.iter()` gives them.
    pub is_iterator: bool,
}

impl<'a> Emitter<'a> {
    /// `&xs` for a function of the runtime that iterates: generator expressions are lazy.
    pub(super) fn iterable(&mut self, id: ExprId) -> Expr {
        self.borrowed_iterable(id)
    }

    /// `&x`; of a generator expression `&lazy(…)`; of a tuple an array.
    pub(super) fn borrowed_iterable(&mut self, id: ExprId) -> Expr {
        if let Some((made, _)) = self.class_iter(id) {
            return as_reference(made);
        }
        if !self.types.adjustments.contains_key(&id)
            && let hir::Expr::Comp(comp) = &self.program.exprs[id]
            && comp.kind == CompKind::Generator
            && let Some(lazy) = self.lazy(comp)
        {
            return as_reference(lazy);
        }
        self.borrowed(id)
    }

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

    /// Where the items of a `for` or of a comprehension come from.
    pub(super) fn source(&mut self, iter: ExprId, calm: bool) -> Source {
        if !self.types.adjustments.contains_key(&iter)
            && let hir::Expr::Call(call) = &self.program.exprs[iter]
            && let Callee::Stub(stub) = &call.callee
            && stub.module == "builtins"
            && let Some(source) = self.builtin_source(stub, &call.args, calm)
        {
            return source;
        }
        if let hir::Expr::Aio(hir::Aio::AsCompleted { .. }) = &self.program.exprs[iter] {
            let made = self.owned(iter);
            return Source { iter: made, checked: false, is_iterator: true };
        }
        if let Some((made, ty)) = self.class_iter(iter) {
            return match ty {
                Ty::List(_) | Ty::VarTuple(_) | Ty::Str => {
                    Source { iter: as_reference(made), checked: false, is_iterator: false }
                }
                _ => Source { iter: as_reference(made), checked: true, is_iterator: false },
            };
        }
        let ty = self.ty_of(iter);
        let plain = |iter: Expr| Source { iter, checked: false, is_iterator: false };
        match &ty {
            Ty::List(_) | Ty::VarTuple(_) | Ty::Str | Ty::Bytes => {
                let place = self.place(iter);
                plain(as_reference(place))
            }
            Ty::Range => {
                let place = self.place(iter);
                plain(as_reference(place))
            }
            Ty::Tuple(items) => {
                if let (hir::Expr::Tuple(parts), false) =
                    (&self.program.exprs[iter], self.types.adjustments.contains_key(&iter))
                {
                    let parts: Vec<ExprId> = parts.iter().map(|part| part.value()).collect();
                    let parts = parts.into_iter().map(|part| self.owned(part)).collect();
                    return plain(array(parts));
                }
                let count = items.len();
                let copy = items.iter().all(Ty::is_copy);
                let place = self.place(iter);
                let parts = |base: Expr| {
                    let part = |at: usize| {
                        let part = build::tuple_field(base.clone(), at);
                        if copy { part } else { method(part, "clone", Vec::new()) }
                    };
                    array((0..count).map(part).collect())
                };
                if let Expr::Path(_) = place {
                    return plain(parts(place));
                }
                let held = self.temp("items");
                let all = parts(name(&held));
                let binding = let_(pat(&held), None, Some(place));
                plain(build::block_expr(vec![binding, tail(all)]))
            }
            Ty::Set(_) | Ty::FrozenSet(_) if calm => {
                let place = self.place(iter);
                Source { iter: method(place, "unchecked", Vec::new()), checked: false, is_iterator: true }
            }
            Ty::Stub(stub, _) if calm && is_dict_view(stub) => {
                let place = self.place(iter);
                Source { iter: method(place, "unchecked", Vec::new()), checked: false, is_iterator: true }
            }
            Ty::Dict(..) if calm => {
                let place = self.place(iter);
                let keys = method(place, "keys", Vec::new());
                Source { iter: method(keys, "unchecked", Vec::new()), checked: false, is_iterator: true }
            }
            _ => {
                let place = self.place(iter);
                Source { iter: as_reference(place), checked: true, is_iterator: false }
            }
        }
    }

    /// `range`, `enumerate` and `zip` as Rust's own.
    fn builtin_source(&mut self, stub: &StubRef, args: &[Arg], calm: bool) -> Option<Source> {
        let positional: Option<Vec<ExprId>> = args
            .iter()
            .map(|arg| match arg {
                Arg::Positional(value) => Some(*value),
                Arg::Keyword(key, value) if key == "start" && stub.name == "enumerate" => Some(*value),
                _ => None,
            })
            .collect();
        let done = |iter: Expr| Some(Source { iter, checked: false, is_iterator: true });
        match (stub.name.as_str(), &positional?[..]) {
            ("range", [end]) if self.ty_of(*end) == Ty::Int => {
                let bare = self.needs_type(*end) && !self.pinned;
                let end = self.owned(*end);
                let end = if bare { build::typed(end) } else { end };
                done(range(Some(build::int(0)), Some(end)))
            }
            ("range", [start, end]) if self.ty_of(*start) == Ty::Int && self.ty_of(*end) == Ty::Int => {
                let bare = self.needs_type(*start) && self.needs_type(*end) && !self.pinned;
                let start = self.owned(*start);
                let end = self.owned(*end);
                let end = if bare { build::typed(end) } else { end };
                done(range(Some(start), Some(end)))
            }
            ("enumerate", [items]) => {
                let inner = self.source(*items, calm);
                if inner.checked {
                    return None;
                }
                done(method(range(Some(build::int(0)), None), "zip", vec![inner.iter]))
            }
            ("enumerate", [items, start]) if self.is_pure(*start) => {
                let inner = self.source(*items, calm);
                if inner.checked {
                    return None;
                }
                let start = self.owned(*start);
                done(method(range(Some(start), None), "zip", vec![inner.iter]))
            }
            ("zip", [left, right]) => {
                let left = self.source(*left, calm);
                let right = self.source(*right, calm);
                if left.checked || right.checked {
                    return None;
                }
                let left = iterator(left);
                done(method(left, "zip", vec![right.iter]))
            }
            _ => None,
        }
    }

    /// Whether the uses of a loop's number tell its type: each hands it to a function of the program or shows it.
    pub(super) fn is_pinned(&self, target: &Target, each: impl Fn(&mut dyn FnMut(ExprId))) -> bool {
        let Target::Var(var) = target else { return false };
        let mut given = 0;
        let mut reads = 0;
        each(&mut |expr| {
            if let hir::Expr::Var(other) = self.program.exprs[expr] {
                reads += u32::from(other == *var);
            }
            if let Some(Resolved::Function { args, .. }) = self.resolved(expr, 0) {
                for arg in args {
                    if let crate::infer::BoundArg::Expr(arg) = arg
                        && matches!(self.program.exprs[*arg], hir::Expr::Var(other) if other == *var)
                        && !self.types.adjustments.contains_key(arg)
                    {
                        given += 1;
                    }
                }
            }
        });
        reads == given
    }

    /// Whether nothing in these statements can change a set or dict: only then its iteration needs no check.
    pub(super) fn is_calm(&self, body: &Block) -> bool {
        let mut calm = true;
        walk::for_each_stmt(body, &mut |inner| {
            let mut check = |target: &Target| {
                if matches!(target, Target::Index(..) | Target::Slice(..) | Target::Attr(..)) {
                    calm = false;
                }
            };
            match &inner.kind {
                StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => targets.iter().for_each(&mut check),
                StmtKind::AugAssign { target, .. } => {
                    check(target);
                    if let Target::Var(var) = target
                        && matches!(self.var_ty(*var), Ty::Set(_) | Ty::Dict(..) | Ty::Value)
                    {
                        calm = false;
                    }
                }
                StmtKind::With { .. } | StmtKind::Import(_) => calm = false,
                StmtKind::For { is_async: true, .. } => calm = false,
                _ => {}
            }
        });
        walk::for_each_expr_in_block(self.program, body, &mut |expr| calm &= self.is_calm_expr(expr));
        calm
    }

    /// Whether this node itself (not its operands) leaves every set and dict as it is.
    pub(super) fn is_calm_expr(&self, expr: ExprId) -> bool {
        match &self.program.exprs[expr] {
            hir::Expr::Await(_) | hir::Expr::Yield(_) | hir::Expr::YieldFrom(_) => false,
            hir::Expr::Call(call) => match (self.resolved(expr, 0), &call.callee) {
                (Some(Resolved::Stub(stub)), _) => {
                    let container = stub.of.module == "builtins" && matches!(stub.of.name.as_str(), "dict" | "set");
                    let reads = matches!(
                        stub.method.as_str(),
                        "get" | "keys" | "values" | "items" | "copy" | "__init__" | "" | "issubset" | "union"
                    );
                    (!container || reads) && (stub.of.module == "builtins" || stub.method.is_empty())
                }
                (None, Callee::Stub(stub)) => stub.module == "builtins",
                _ => false,
            },
            hir::Expr::Aio(_) | hir::Expr::Lambda(_) => false,
            hir::Expr::Attr(..) | hir::Expr::Binary(..) | hir::Expr::Index(..) | hir::Expr::Compare(..) => {
                !matches!(self.resolved(expr, 0), Some(Resolved::Function { .. } | Resolved::Dynamic))
            }
            _ => true,
        }
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

    /// Whether the items of an iteration can be taken apart by a pattern: they are tuples of that shape.
    pub(super) fn fits(&self, target: &Target, item: Option<&Ty>) -> bool {
        match (target, item) {
            (Target::Var(_), _) => true,
            (Target::Tuple(parts), Some(Ty::Tuple(items))) => {
                parts.len() == items.len() && parts.iter().zip(items).all(|(part, item)| self.fits(part, Some(item)))
            }
            _ => false,
        }
    }

    /// The type of the items of an iteration.
    pub(super) fn item_ty(&self, iter: ExprId) -> Option<Ty> {
        if let (Ty::Class(_), Some(Resolved::Function { function, .. })) = (self.ty_of(iter), self.iteration(iter)) {
            let signature = self.signature(*function);
            return match (self.program.functions[*function].kind, &signature.result) {
                (hir::FnKind::Generator, _) => Some(signature.yields),
                (_, Ty::Class(class)) => self.special(*class, "__next__").map(|next| self.signature(next).result),
                (_, ty) => item_of(ty),
            };
        }
        if let hir::Expr::Call(call) = &self.program.exprs[iter]
            && let Callee::Stub(stub) = &call.callee
            && stub.module == "builtins"
            && stub.name == "range"
        {
            return Some(Ty::Int);
        }
        item_of(&self.ty_of(iter))
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
                let mut bound = self.in_block(|emitter| emitter.assign_value(&target, value, &ty, true));
                first.append(&mut bound);
                pat(&text)
            }
        };
        self.finish_loop(body, orelse, first, |_, label, stmts| for_(label, head, source.iter, stmts));
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
                self.push_let(&text, place);
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
                (pat(&text), self.in_block(|emitter| emitter.assign_value(&target, value, &item, true)))
            }
        };
        let next = method(generator, "anext", Vec::new());
        let next = self.await_question(next);
        let head = build::pat_variant("Some", vec![head]);
        self.finish_loop(body, orelse, first, |_, label, stmts| {
            build::while_(label, build::let_cond(head, next), stmts)
        });
        if let Some(text) = dropped {
            self.out.push(stmt(call_path("drop", vec![name(&text)])));
        }
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
                (pat(&text), self.in_block(|emitter| emitter.assign_value(&target, value, &item, true)))
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
        let _: Option<Expr> = None.or_else(|| Some(call_path("drop", Vec::new())));
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

/// The items of what can be iterated.
pub fn item_of(ty: &Ty) -> Option<Ty> {
    match ty {
        Ty::List(item)
        | Ty::Set(item)
        | Ty::FrozenSet(item)
        | Ty::VarTuple(item)
        | Ty::Iter(item)
        | Ty::Gen(item, _, _)
        | Ty::AsyncGen(item, _) => Some((**item).clone()),
        Ty::Dict(key, _) => Some((**key).clone()),
        Ty::Range | Ty::Bytes => Some(Ty::Int),
        Ty::Str => Some(Ty::Str),
        Ty::Tuple(items) => items.first().cloned(),
        Ty::Value => Some(Ty::Value),
        Ty::Stub(stub, args) if is_dict_view(stub) => match stub.name.as_str() {
            "dict_keys" => args.first().cloned(),
            "dict_values" => args.get(1).cloned(),
            _ => Some(Ty::Tuple(args.clone())),
        },
        Ty::Stub(_, args) => args.first().cloned(),
        _ => None,
    }
}

fn is_dict_view(stub: &StubRef) -> bool {
    stub.module == "builtins" && stub.name.starts_with("dict_")
}

/// A source with Rust's iterator methods.
pub fn iterator(source: Source) -> Expr {
    if source.is_iterator {
        return source.iter;
    }
    match source.iter {
        Expr::Reference(inner) => method(*inner.expr, "iter", Vec::new()),
        Expr::Array(_) => method(source.iter, "into_iter", Vec::new()),
        other => method(other, "into_iter", Vec::new()),
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
