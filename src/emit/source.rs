//! Where the items of an iteration come from, and whether it must be checked.

use super::Emitter;
use super::build::{self, array, let_, method, name, pat, range, tail};
use super::fallback;
use super::place::as_reference;
use super::plan::Decl;
use crate::hir::{self, Arg, Block, Callee, CompKind, ExprId, StmtKind, StubRef, Target, VarId, walk};
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
        if let Some(parts) = self.displayed(iter) {
            let all = array(parts.into_iter().map(|part| self.owned(part)).collect());
            let all = if self.pinned { all } else { fallback::typed(all) };
            return plain(texts_of(all));
        }
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

    /// The items of a list or tuple that is written where it is iterated: nobody else has it, an array will do.
    fn displayed(&self, iter: ExprId) -> Option<Vec<ExprId>> {
        let (hir::Expr::List(items) | hir::Expr::Tuple(items)) = &self.program.exprs[iter] else { return None };
        let plain =
            matches!(self.ty_of(iter), Ty::List(_) | Ty::Tuple(_)) && !self.types.adjustments.contains_key(&iter);
        let each: Option<Vec<ExprId>> = items
            .iter()
            .map(|item| match item {
                hir::Item::One(value) => Some(*value),
                hir::Item::Star(_) => None,
            })
            .collect();
        each.filter(|each| plain && !each.is_empty())
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
                let end = if bare { fallback::typed(end) } else { end };
                done(range(Some(build::int(0)), Some(end)))
            }
            ("range", [start, end]) if self.ty_of(*start) == Ty::Int && self.ty_of(*end) == Ty::Int => {
                let bare = self.needs_type(*start) && self.needs_type(*end) && !self.pinned;
                let start = self.owned(*start);
                let end = self.owned(*end);
                let end = if bare { fallback::typed(end) } else { end };
                done(range(Some(start), Some(end)))
            }
            ("reversed", [items]) => {
                let hir::Expr::Call(call) = &self.program.exprs[*items] else { return None };
                let Callee::Stub(of) = &call.callee else { return None };
                if of.module != "builtins" || of.name != "range" || self.types.adjustments.contains_key(items) {
                    return None;
                }
                let inner = self.builtin_source(of, &call.args, calm)?;
                done(method(inner.iter, "rev", Vec::new()))
            }
            ("enumerate", [items]) => {
                let inner = self.source(*items, calm);
                if inner.checked {
                    return None;
                }
                let start = if self.pinned { build::int(0) } else { fallback::typed(build::int(0)) };
                done(method(range(Some(start), None), "zip", vec![inner.iter]))
            }
            ("enumerate", [items, start]) if self.is_pure(*start) => {
                let inner = self.source(*items, calm);
                if inner.checked {
                    return None;
                }
                let start = self.owned(*start);
                let start = if self.pinned { start } else { fallback::typed(start) };
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

    /// Whether the uses of a loop's numbers tell their type: one at least is handed to a function of the program, asks for an
    /// item or is reckoned with another number; the rest are only shown.
    pub(super) fn is_pinned(&self, target: &Target, each: impl Fn(&mut dyn FnMut(ExprId))) -> bool {
        let mut vars: Vec<VarId> = Vec::new();
        walk::target_vars(target, &mut |var| vars.push(var));
        vars.retain(|var| matches!(self.var_ty(*var), Ty::Int | Ty::Float | Ty::Option(_) | Ty::Tuple(_)));
        vars.into_iter().all(|var| {
            let (mut reads, mut given, mut shown) = (0, 0, 0);
            each(&mut |expr| {
                let is_it = |expr: ExprId| matches!(self.program.exprs[expr], hir::Expr::Var(other) if other == var);
                reads += u32::from(is_it(expr));
                given += self.pinning(expr, &is_it);
                if let hir::Expr::Format(pieces) = &self.program.exprs[expr] {
                    let values =
                        pieces.iter().filter(|piece| matches!(piece, hir::Piece::Value { value, .. } if is_it(*value)));
                    shown += values.count() as u32;
                }
            });
            reads == given + shown && (given > 0 || reads == 0)
        })
    }

    /// How many operands of an expression are the variable, and get their type there.
    fn pinning(&self, expr: ExprId, is_it: &dyn Fn(ExprId) -> bool) -> u32 {
        let plain = |arg: ExprId| u32::from(is_it(arg) && !self.types.adjustments.contains_key(&arg));
        let own = match &self.program.exprs[expr] {
            hir::Expr::Index(of, index) if matches!(self.ty_of(*of), Ty::List(_) | Ty::Str | Ty::Bytes) => {
                plain(*index)
            }
            hir::Expr::Binary(hir::BinOp::Add | hir::BinOp::Sub | hir::BinOp::Mul, left, right) => {
                // A variable that a pattern binds may wait for this very one.
                let is_variable = |expr: ExprId| match &self.program.exprs[expr] {
                    hir::Expr::Var(var) => {
                        let plan = self.plans.vars.get(*var);
                        self.ty_of(expr) == Ty::Int && plan.is_some_and(|plan| plan.decl != Decl::Pattern)
                    }
                    _ => false,
                };
                match (is_variable(*left), is_variable(*right)) {
                    (_, true) => plain(*left),
                    (true, _) => plain(*right),
                    _ => 0,
                }
            }
            _ => 0,
        };
        let Some(Resolved::Function { args, .. }) = self.resolved(expr, 0) else { return own };
        let args = args.iter().map(|arg| match arg {
            crate::infer::BoundArg::Expr(arg) => plain(*arg),
            _ => 0,
        });
        own + args.sum::<u32>()
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

/// An array as it is; of texts that the program has `["a", "b"].map(Str::from)`.
fn texts_of(all: Expr) -> Expr {
    let text = |part: &Expr| match part {
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path == build::path("Str::from")) => {
            call.args.first().filter(|arg| matches!(arg, Expr::Lit(_))).cloned()
        }
        _ => None,
    };
    let Expr::Array(parts) = &all else { return all };
    let texts: Option<Vec<Expr>> = parts.elems.iter().map(text).collect();
    match texts {
        Some(texts) if texts.len() > 1 => method(array(texts), "map", vec![name("Str::from")]),
        _ => all,
    }
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
