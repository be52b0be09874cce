//! Comprehensions: iterator chains where nothing inside can fail or await, loops otherwise.

use syn::{Expr, Stmt, parse_quote};

use super::Emitter;
use super::build::{self, block_expr, call_path, closure, for_, if_, let_, method, name, pat, stmt, tail};
use super::place::as_reference;
use super::source::iterator;
use crate::hir::{self, Clause, Comp, CompKind, ExprId, Target, VarId};
use crate::types::Ty;

/// What a chain's closures did: whether they may stay closures.
struct Tried {
    questions: u32,
    awaits: u32,
}

/// `xs.iter().filter(…).map(…)`.
struct Chain {
    iter: Expr,
    /// Its items are `PyResult`s.
    fallible: bool,
}

impl Emitter<'_> {
    pub(super) fn comprehension(&mut self, id: ExprId, comp: &Comp) -> Expr {
        if comp.kind == CompKind::Generator {
            return self.generator_expression(id, comp);
        }
        if let Some(iter) = self.collects(comp) {
            let place = self.place(iter);
            let all = if self.is_in_place(iter) { "collect_yields" } else { "collect" };
            return self.await_question(method(place, all, Vec::new()));
        }
        if !self.comp_loops.contains_key(&id) {
            let into: syn::Type = match comp.kind {
                CompKind::Set => parse_quote!(Set<_>),
                CompKind::Dict => parse_quote!(Dict<_, _>),
                _ => parse_quote!(List<_>),
            };
            match self.chain_of(comp) {
                Some(Chain { iter, fallible: false }) => return collected(iter, parse_quote!(::<#into>)),
                Some(Chain { iter, fallible: true }) => {
                    return self.question(collected(iter, parse_quote!(::<PyResult<#into>>)));
                }
                None => {}
            }
        }
        self.comp_loops.insert(id, true);
        let noun = match comp.kind {
            CompKind::Dict => "entries",
            _ => "items",
        };
        let stmts = self.in_block(|emitter| {
            let all = emitter.temp_unique(noun);
            emitter.comp_statements(id, comp, &all);
            emitter.out.push(tail(name(&all)));
        });
        block_expr(stmts)
    }

    /// The async generator of `[x async for x in generator]`.
    fn collects(&self, comp: &Comp) -> Option<ExprId> {
        let [clause] = &comp.clauses[..] else { return None };
        let bare = comp.kind == CompKind::List && clause.is_async && clause.conditions.is_empty();
        let same = matches!((&clause.target, &self.program.exprs[comp.element]),
            (Target::Var(target), hir::Expr::Var(element)) if target == element);
        let plain =
            !self.types.adjustments.contains_key(&comp.element) && !self.types.adjustments.contains_key(&clause.iter);
        (bare && same && plain && matches!(self.ty_of(clause.iter), Ty::AsyncGen(..))).then_some(clause.iter)
    }

    /// A comprehension that is assigned to a plain name: its statements, without a block around them.
    pub(super) fn comp_into(&mut self, id: ExprId, comp: &Comp, text: &str) -> bool {
        if comp.kind == CompKind::Generator || self.collects(comp).is_some() {
            return false;
        }
        if !self.comp_loops.contains_key(&id) {
            let around = std::mem::take(&mut self.out);
            let chain = self.chain_of(comp);
            self.out = around;
            if chain.is_some() {
                return false;
            }
            self.comp_loops.insert(id, true);
        }
        self.comp_statements(id, comp, text);
        true
    }

    fn comp_statements(&mut self, id: ExprId, comp: &Comp, all: &str) {
        let ty = self.raw_ty(id);
        let kind = match comp.kind {
            CompKind::Set => "Set",
            CompKind::Dict => "Dict",
            CompKind::List | CompKind::Generator => "List",
        };
        let empty = self.new_container(&ty, kind);
        self.push_let(all, empty);
        let all = all.to_string();
        self.clauses(&comp.clauses, &mut |emitter| {
            let element = emitter.owned(comp.element);
            let call = match (comp.kind, comp.value) {
                (CompKind::Dict, Some(value)) => {
                    let value = emitter.owned(value);
                    method(name(&all), "set_item", vec![element, value])
                }
                (CompKind::Set, _) => method(name(&all), "add", vec![element]),
                _ => method(name(&all), "append", vec![element]),
            };
            emitter.out.push(stmt(call));
        });
    }

    /// The loops of a comprehension, with `inner` in the innermost.
    pub(super) fn clauses(&mut self, clauses: &[Clause], inner: &mut dyn FnMut(&mut Self)) {
        let [clause, rest @ ..] = clauses else {
            inner(self);
            return;
        };
        let item = self.item_ty(clause.iter);
        let body = |emitter: &mut Self, inner: &mut dyn FnMut(&mut Self)| {
            let mut tests: Option<Expr> = None;
            let mut before = Vec::new();
            for condition in &clause.conditions {
                let stmts = emitter.in_block(|emitter| {
                    let test = emitter.condition(*condition);
                    tests = Some(match tests.take() {
                        None => test,
                        Some(tests) => build::binary(tests, "&&", test),
                    });
                });
                before.extend(stmts);
            }
            emitter.out.extend(before);
            match tests {
                None => emitter.clauses(rest, inner),
                Some(tests) => {
                    let stmts = emitter.in_block(|emitter| emitter.clauses(rest, inner));
                    emitter.out.push(Stmt::Expr(if_(tests, stmts, None), None));
                }
            }
        };
        if clause.is_async && matches!(self.ty_of(clause.iter), Ty::Class(_)) {
            let Some((held, step, item)) = self.class_aiter(clause.iter) else {
                let refused = self.unsupported(clause.iter, "`async for` over this type is not translated yet");
                self.out.push(stmt(refused));
                return;
            };
            self.out.push(held);
            let (head, first) = self.clause_pattern(&clause.target, Some(&item), false);
            let stmts = self.in_block(|emitter| {
                emitter.out.extend(first);
                body(emitter, inner);
            });
            let head = build::pat_variant("Some", vec![head]);
            self.out.push(Stmt::Expr(build::while_(None, build::let_cond(head, step), stmts), None));
            return;
        }
        if clause.is_async {
            let place = self.place(clause.iter);
            let generator = match &place {
                Expr::Path(_) => place,
                _ => {
                    let text = self.temp_unique("items");
                    let pattern = build::pat_mut(&text, self.is_in_place(clause.iter));
                    self.out.push(let_(pattern, None, Some(place)));
                    name(&text)
                }
            };
            let (head, first) = self.clause_pattern(&clause.target, item.as_ref(), false);
            let stmts = self.in_block(|emitter| {
                emitter.out.extend(first);
                body(emitter, inner);
            });
            let next = self.next_of(clause.iter, generator);
            let next = self.await_question(next);
            let head = build::pat_variant("Some", vec![head]);
            self.out.push(Stmt::Expr(build::while_(None, build::let_cond(head, next), stmts), None));
            return;
        }
        let calm = self.comp_is_calm(clause, rest);
        let source = self.source(clause.iter, calm);
        let (head, first) = self.clause_pattern(&clause.target, item.as_ref(), source.checked);
        let stmts = self.in_block(|emitter| {
            emitter.out.extend(first);
            body(emitter, inner);
        });
        self.out.push(Stmt::Expr(for_(None, head, source.iter, stmts), None));
    }

    fn clause_pattern(&mut self, target: &Target, item: Option<&Ty>, checked: bool) -> (syn::Pat, Vec<Stmt>) {
        let pattern = if self.fits(target, item) { self.loop_pattern(target) } else { None };
        match (pattern, checked) {
            (Some(pattern), false) => (pattern, Vec::new()),
            (Some(pattern), true) => {
                let text = match &pattern {
                    syn::Pat::Ident(inner) => inner.ident.to_string(),
                    _ => self.temp("item"),
                };
                let value = self.question(name(&text));
                let first = match pattern {
                    syn::Pat::Wild(_) => stmt(value),
                    pattern => let_(pattern, None, Some(value)),
                };
                (pat(&text), vec![first])
            }
            (None, checked) => {
                let text = self.temp_unique("item");
                let value = if checked { self.question(name(&text)) } else { name(&text) };
                let target = target.clone();
                let ty = item.cloned().unwrap_or(Ty::Value);
                let first = self.in_block(|emitter| emitter.assign_value(&target, value, &ty, true));
                (pat(&text), first)
            }
        }
    }

    /// Whether nothing in a comprehension can change what it iterates.
    fn comp_is_calm(&self, clause: &Clause, rest: &[Clause]) -> bool {
        let mut calm = rest.is_empty();
        for condition in &clause.conditions {
            hir::walk::for_each_expr(self.program, *condition, &mut |expr| calm &= self.is_calm_expr(expr));
        }
        calm
    }

    fn try_closed<T>(&mut self, emit: impl FnOnce(&mut Self) -> T) -> (T, Tried) {
        let (questions, awaits) = (self.body.questions, self.body.awaits);
        self.body.closed += 1;
        let value = emit(self);
        self.body.closed -= 1;
        let tried = Tried { questions: self.body.questions - questions, awaits: self.body.awaits - awaits };
        self.body.questions = questions;
        self.body.awaits = awaits;
        (value, tried)
    }

    /// `xs.iter().filter(…).map(…)`; `None` when a closure would have to fail or await.
    pub(super) fn chain(&mut self, comp: &Comp) -> Option<Expr> {
        self.chain_of(comp).filter(|chain| !chain.fallible).map(|chain| chain.iter)
    }

    /// A comprehension as a chain; `None` when a test would have to fail, or a closure to await.
    fn chain_of(&mut self, comp: &Comp) -> Option<Chain> {
        let (element, value) = (comp.element, comp.value);
        let [clause] = &comp.clauses[..] else { return None };
        let mut walrus = false;
        for root in clause.conditions.iter().copied().chain([element]).chain(value) {
            hir::walk::for_each_expr(self.program, root, &mut |expr| {
                walrus |= matches!(self.program.exprs[expr], hir::Expr::Walrus(..));
            });
        }
        if walrus {
            return None;
        }
        // Of what is never reached, a closure does not tell the type.
        if clause.is_async || self.is_dead(element) || value.is_some_and(|value| self.is_dead(value)) {
            return None;
        }
        let item = self.item_ty(clause.iter)?;
        if !self.fits(&clause.target, Some(&item)) {
            return None;
        }
        if !clause.conditions.is_empty() && !item.is_copy() {
            return None;
        }
        let pattern = self.loop_pattern(&clause.target)?;
        self.pinned = clause.conditions.is_empty()
            && self.is_pinned(&clause.target, |look| {
                hir::walk::for_each_expr(self.program, element, look);
                if let Some(value) = value {
                    hir::walk::for_each_expr(self.program, value, look);
                }
            });
        let source = self.source(clause.iter, true);
        self.pinned = false;
        if source.checked || matches!(source.iter, Expr::Block(_)) {
            return None;
        }
        let mut calm = true;
        for part in std::iter::once(element).chain(value) {
            hir::walk::for_each_expr(self.program, part, &mut |expr| calm &= self.is_calm_expr(expr));
        }
        if source.is_iterator && !matches!(source.iter, Expr::Range(_)) && !calm {
            return None;
        }
        let mut chain = iterator(source);
        let mut tests: Option<Expr> = None;
        for condition in &clause.conditions {
            let (test, tried) = self.try_closed(|emitter| emitter.condition(*condition));
            if tried.questions + tried.awaits > 0 {
                return None;
            }
            tests = Some(match tests {
                None => test,
                Some(tests) => build::binary(tests, "&&", test),
            });
        }
        if let Some(tests) = tests {
            let by_value: syn::Pat = parse_quote!(&#pattern);
            chain = method(chain, "filter", vec![closure(false, false, vec![by_value], None, tests)]);
        }
        let around = std::mem::take(&mut self.body.closure_vars);
        hir::walk::target_vars(&clause.target, &mut |var| self.body.closure_vars.push(var));
        let (made, tried) = self.try_closed(|emitter| {
            let element = emitter.owned(element);
            match value {
                Some(value) => build::tuple(vec![element, emitter.owned(value)]),
                None => element,
            }
        });
        self.body.closure_vars = around;
        let fallible = tried.questions > 0 || matches!(made, Expr::Return(_));
        if tried.awaits > 0 || fallible && !clause.conditions.is_empty() {
            return None;
        }
        let iter = if fallible {
            let body = match made {
                // `Ok(f(x)?)` is `f(x)`.
                Expr::Try(inner) => *inner.expr,
                made => call_path("Ok", vec![made]),
            };
            method(chain, "map", vec![mapping(body, pattern)])
        } else if gives_item(&made, &pattern) {
            chain
        } else {
            method(chain, "map", vec![mapping(made, pattern)])
        };
        Some(Chain { iter, fallible })
    }

    /// A generator expression that is handed to a function which iterates it at once.
    pub(super) fn lazy(&mut self, comp: &Comp) -> Option<Expr> {
        let Chain { iter, fallible } = self.chain_of(comp)?;
        Some(call_path(if fallible { "try_lazy" } else { "lazy" }, vec![iter]))
    }

    /// A generator expression as a value: a generator of its own.
    fn generator_expression(&mut self, id: ExprId, comp: &Comp) -> Expr {
        let mut is_async = false;
        for (at, clause) in comp.clauses.iter().enumerate() {
            is_async |= clause.is_async;
            if at > 0 {
                hir::walk::for_each_expr(self.program, clause.iter, &mut |expr| is_async |= self.awaits(expr));
            }
            for condition in &clause.conditions {
                hir::walk::for_each_expr(self.program, *condition, &mut |expr| is_async |= self.awaits(expr));
            }
        }
        hir::walk::for_each_expr(self.program, comp.element, &mut |expr| is_async |= self.awaits(expr));
        let Some(first) = comp.clauses.first() else { return build::tuple(Vec::new()) };
        // What is iterated first is evaluated now, the rest when it is asked for; captured are references to handles.
        let first_iter = first.iter;
        let stmts = self.in_block(|emitter| {
            let (captured, receiver) = emitter.captured_names(comp);
            let iterator = emitter.class_iter(first_iter).map(|(made, _)| made);
            let made = iterator.unwrap_or_else(|| emitter.owned(first_iter));
            let source = match (made, emitter.ty_of(first_iter)) {
                // The elements of a tuple, as something to iterate.
                (Expr::Tuple(tuple), Ty::Tuple(_)) => build::array(tuple.elems.into_iter().collect()),
                (source, Ty::Tuple(items)) => {
                    let count = items.len();
                    let count = syn::Index::from(count);
                    parse_quote!(<[_; #count]>::from(#source))
                }
                (source, _) => source,
            };
            let items = emitter.temp_unique("source");
            emitter.push_let(&items, source);
            for (text, copy) in captured {
                if !copy {
                    emitter.push_let(&text, method(name(&text), "clone", Vec::new()));
                }
            }
            let yielder = emitter.temp_unique("y");
            let around = emitter.body.clone();
            if let Some(receiver) = receiver {
                let this = emitter.temp_unique("this");
                emitter.push_let(&this, method(name("self"), "clone", Vec::new()));
                emitter.body.vars.insert(receiver, this);
                emitter.body.receiver = None;
            }
            emitter.body.kind = if is_async { super::body::Kind::AsyncGenerator } else { super::body::Kind::Generator };
            emitter.body.fallible = true;
            emitter.body.frames.clear();
            emitter.body.closed = 0;
            emitter.body.yielder.clone_from(&yielder);
            let mut inner = emitter.in_block(|emitter| emitter.generator_loops(comp, &items, &yielder));
            inner.push(tail(call_path("Ok", vec![build::tuple(Vec::new())])));
            let number = emitter.body.number;
            emitter.body = around;
            emitter.body.number = number;
            let body = Expr::Block(parse_quote!({ #(#inner)* }));
            let made = closure(true, true, vec![pat(&yielder)], None, body);
            let text = if is_async { name("async_generator_expression") } else { name("generator_expression") };
            emitter.out.push(tail(build::call(text, vec![made])));
        });
        let made = block_expr(stmts);
        match self.raw_ty(id) {
            Ty::Iter(_) => {
                self.import("builtins");
                call_path("builtins::iter", vec![as_reference(made)])
            }
            _ => made,
        }
    }

    fn generator_loops(&mut self, comp: &Comp, items: &str, yielder: &str) {
        let Some((first, rest)) = comp.clauses.split_first() else { return };
        let item = self.item_ty(first.iter);
        let yielder = yielder.to_string();
        let mut yield_it = |emitter: &mut Self| {
            let element = emitter.owned(comp.element);
            let call = method(name(&yielder), "yield_", vec![element]);
            let call = emitter.await_question(call);
            emitter.out.push(stmt(call));
        };
        let mut inside = |emitter: &mut Self| {
            let mut tests: Option<Expr> = None;
            for condition in &first.conditions {
                let test = emitter.condition(*condition);
                tests = Some(match tests {
                    None => test,
                    Some(tests) => build::binary(tests, "&&", test),
                });
            }
            match tests {
                None => emitter.clauses(rest, &mut yield_it),
                Some(tests) => {
                    let stmts = emitter.in_block(|emitter| emitter.clauses(rest, &mut yield_it));
                    emitter.out.push(Stmt::Expr(if_(tests, stmts, None), None));
                }
            }
        };
        let unchecked = matches!(
            self.ty_of(first.iter),
            Ty::List(_) | Ty::VarTuple(_) | Ty::Tuple(_) | Ty::Str | Ty::Bytes | Ty::Range
        );
        if first.is_async {
            let (head, first_stmts) = self.clause_pattern(&first.target, item.as_ref(), false);
            let stmts = self.in_block(|emitter| {
                emitter.out.extend(first_stmts);
                inside(emitter);
            });
            let next = method(name(items), "anext", Vec::new());
            let next = self.await_question(next);
            let head = build::pat_variant("Some", vec![head]);
            self.out.push(Stmt::Expr(build::while_(None, build::let_cond(head, next), stmts), None));
            return;
        }
        let (head, first_stmts) = self.clause_pattern(&first.target, item.as_ref(), !unchecked);
        let stmts = self.in_block(|emitter| {
            emitter.out.extend(first_stmts);
            inside(emitter);
        });
        let source = match self.ty_of(first.iter) {
            Ty::Tuple(_) => name(items),
            _ => as_reference(name(items)),
        };
        self.out.push(Stmt::Expr(for_(None, head, source, stmts), None));
    }

    fn awaits(&self, expr: ExprId) -> bool {
        matches!(self.program.exprs[expr], hir::Expr::Await(_))
    }

    /// The local variables that a generator expression uses from around it, and whether they are `Copy`; and `self`.
    fn captured_names(&mut self, comp: &Comp) -> (Vec<(String, bool)>, Option<VarId>) {
        let mut own = Vec::new();
        for clause in &comp.clauses {
            hir::walk::target_vars(&clause.target, &mut |var| own.push(var));
        }
        let mut roots = vec![comp.element];
        roots.extend(comp.value);
        for (at, clause) in comp.clauses.iter().enumerate() {
            if at > 0 {
                roots.push(clause.iter);
            }
            roots.extend(&clause.conditions);
        }
        let mut vars = Vec::new();
        for root in roots {
            hir::walk::for_each_expr(self.program, root, &mut |expr| {
                if let hir::Expr::Var(var) = self.program.exprs[expr]
                    && !own.contains(&var)
                    && !vars.contains(&var)
                {
                    vars.push(var);
                }
            });
        }
        let mut out = Vec::new();
        let mut receiver = None;
        for var in vars {
            let storage = self.program.vars[var].storage;
            if storage == hir::Storage::Global {
                continue;
            }
            let bound_inside = self.plans.vars.get(var).is_some_and(|plan| plan.decl == super::plan::Decl::Pattern)
                && !self.body.vars.contains_key(&var);
            if bound_inside {
                continue;
            }
            let copy = storage == hir::Storage::Local && self.var_ty(var).is_copy();
            let text = self.var_name(var);
            match text.as_str() {
                "self" => receiver = Some(var),
                "_" => {}
                _ => out.push((text, copy)),
            }
        }
        (out, receiver)
    }
}

fn collected(chain: Expr, into: syn::AngleBracketedGenericArguments) -> Expr {
    let mut call = method(chain, "collect", Vec::new());
    if let Expr::MethodCall(call) = &mut call {
        call.turbofish = Some(into);
    }
    call
}

/// Whether an element is the item itself.
fn gives_item(made: &Expr, pattern: &syn::Pat) -> bool {
    let syn::Pat::Ident(item) = pattern else { return false };
    let value = match made {
        Expr::MethodCall(call) if call.method == "clone" => &*call.receiver,
        made => made,
    };
    matches!(value, Expr::Path(path) if path.path.is_ident(&item.ident))
}

/// `|x| f(x, 1)`; `f` of `|x| f(x)`.
fn mapping(made: Expr, pattern: syn::Pat) -> Expr {
    match only_applies(&made, &pattern) {
        Some(function) => function.clone(),
        None => closure(false, false, vec![pattern], None, made),
    }
}

/// The function of `f(x)`, where `x` is the item.
fn only_applies<'e>(made: &'e Expr, pattern: &syn::Pat) -> Option<&'e Expr> {
    let (Expr::Call(call), syn::Pat::Ident(item)) = (made, pattern) else { return None };
    let (Expr::Path(_), Some(Expr::Path(only)), 1) = (&*call.func, call.args.first(), call.args.len()) else {
        return None;
    };
    only.path.is_ident(&item.ident).then_some(&*call.func)
}
