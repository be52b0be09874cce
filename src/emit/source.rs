//! Where the items of an iteration come from, and whether it must be checked.

use super::Emitter;
use super::build::{self, array, let_, method, name, pat, range, tail};
use super::place::as_reference;
use crate::hir::{self, Arg, Block, Callee, CompKind, ExprId, StmtKind, StubRef, Target, walk};
use crate::infer::Resolved;
use crate::types::Ty;
use syn::Expr;

/// A Rust iterator and whether its items may be exceptions.
pub struct Source {
    /// What stands behind `in`.
    pub iter: Expr,
    /// The items are `PyResult<T>`.
    pub checked: bool,
    /// It has Rust's iterator methods as it is; else `.iter()` gives them.
    pub is_iterator: bool,
}

impl Emitter<'_> {
    /// `&xs` for a function of the runtime that iterates: generator expressions are lazy.
    pub(super) fn iterable(&mut self, id: ExprId) -> Expr {
        self.borrowed_iterable(id)
    }

    /// `&x`; of a generator expression `&lazy(…)`; of a tuple an array.
    pub(super) fn borrowed_iterable(&mut self, id: ExprId) -> Expr {
        if let Some((made, _)) = self.class_iter(id) {
            return as_reference(made);
        }
        if self.in_place.calls.contains(&id) {
            let made = self.owned(id);
            return as_reference(build::call_path("try_lazy", vec![made]));
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
        if let hir::Expr::Aio(hir::Aio::AsCompleted { is_async: false, .. }) = &self.program.exprs[iter] {
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
        if self.in_place.calls.contains(&iter) {
            return Source { iter: self.owned(iter), checked: true, is_iterator: false };
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
    pub(super) fn builtin_source(&mut self, stub: &StubRef, args: &[Arg], calm: bool) -> Option<Source> {
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
