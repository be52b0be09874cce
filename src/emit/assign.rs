//! Assignment: `let` at the first binding, plain assignment after it, and the setters of cells, fields and items.

use syn::{Expr, parse_quote};

use super::Emitter;
use super::build::{self, assign, call_path, let_, method, name, pat, pat_mut, stmt};
use super::place::{Want, as_reference};
use super::plan::{Decl, StmtKey};
use crate::hir::{self, ExprId, Item, Lit, Storage, Target, VarId};
use crate::infer::{Resolved, place};
use crate::types::Ty;

impl Emitter<'_> {
    pub(super) fn assign_stmt(&mut self, targets: &[Target], value: ExprId, at: StmtKey) {
        if let [target] = targets {
            return self.assign_one(target, value, at);
        }
        // `a = b = value`: the value once, then each target from left to right.
        let ty = self.ty_of(value);
        let made = self.owned(value);
        let simple = ty.is_copy() && self.is_pure(value);
        let held = if simple {
            made
        } else {
            let text = self.temp_unique("value");
            self.push_let(&text, made);
            name(&text)
        };
        let last = targets.len() - 1;
        for (number, target) in targets.iter().enumerate() {
            let value =
                if ty.is_copy() || number == last { held.clone() } else { method(held.clone(), "clone", Vec::new()) };
            let declares = self.declares(target, at);
            self.assign_value(target, value, &ty, declares);
        }
    }

    /// Whether this statement is the `let` of all variables of the target.
    pub(super) fn declares(&self, target: &Target, at: StmtKey) -> bool {
        let mut all = true;
        let mut any = false;
        hir::walk::target_vars(target, &mut |var| {
            any = true;
            let plan = self.plans.vars.get(var);
            let here = plan.is_some_and(|plan| plan.decl == Decl::Let(at));
            all &= here && self.program.vars[var].storage != Storage::Global;
        });
        any && all
    }

    fn assign_one(&mut self, target: &Target, value: ExprId, at: StmtKey) {
        let declares = self.declares(target, at);
        match target {
            // `x = x`.
            Target::Var(var)
                if !declares
                    && matches!(self.program.exprs[value], hir::Expr::Var(of) if of == *var)
                    && self.is_stable(*var)
                    && !self.types.adjustments.contains_key(&value) => {}
            Target::Var(var) if declares => self.let_var(*var, value),
            Target::Var(var) => {
                let ty = self.ty_of(value);
                let to = self.var_ty(*var);
                let made = if ty == to { self.into(value) } else { self.owned(value) };
                let made = self.convert(made, &ty, &to);
                if matches!(ty, Ty::None)
                    && to == Ty::None
                    && self.is_pure(value)
                    && self.program.vars[*var].storage == Storage::Local
                {
                    self.assign_var(*var, build::tuple(Vec::new()), false);
                    return;
                }
                if matches!(ty, Ty::None) && self.program.vars[*var].storage == Storage::Local && !self.is_pure(value) {
                    if !matches!(made, Expr::Path(_)) {
                        self.out.push(super::iterate::tail_or_stmt(made));
                    }
                    self.assign_var(*var, build::tuple(Vec::new()), false);
                    return;
                }
                self.assign_var(*var, made, false);
            }
            Target::Tuple(parts) => self.assign_tuple(parts, value, at),
            Target::Attr(..) | Target::Index(..) | Target::Slice(..) => {
                // Python evaluates the value before the target.
                let ty = self.ty_of(value);
                let mut first = Vec::new();
                hir::walk::target_exprs(target, &mut |expr| first.push(expr));
                let ordered = self.is_pure(value) || first.iter().all(|expr| self.is_still(*expr));
                let made = self.owned(value);
                let made = if ordered {
                    made
                } else {
                    let text = self.temp("value");
                    self.push_let(&text, made);
                    name(&text)
                };
                self.assign_value(target, made, &ty, false);
            }
            Target::Star(_) | Target::Unsupported => {
                let made = self.unsupported(value, "this assignment is not translated yet");
                self.out.push(stmt(made));
            }
        }
    }

    /// Whether evaluating a target's part later changes nothing: reads of variables and of plain fields.
    pub(super) fn is_still(&self, expr: ExprId) -> bool {
        match &self.program.exprs[expr] {
            hir::Expr::Attr(value, _) => {
                matches!(self.resolved(expr, 0), Some(Resolved::Field)) && self.is_still(*value)
            }
            _ => self.is_pure(expr),
        }
    }

    /// `let x = value;`.
    fn let_var(&mut self, var: VarId, value: ExprId) {
        let plan = self.plans.vars.get(var).cloned();
        let (mutable, optional) = plan.map_or((false, false), |plan| (plan.mutable, plan.optional));
        let storage = self.program.vars[var].storage;
        let to = self.var_ty(var);
        if let hir::Expr::Comp(comp) = &self.program.exprs[value]
            && storage == Storage::Local
            && !optional
            && !mutable
            && !self.types.adjustments.contains_key(&value)
            && !self.mentions(value, var)
        {
            self.body.vars.remove(&var);
            let text = self.var_name(var);
            if text != "_" && self.comp_into(value, comp, &text) {
                return;
            }
        }
        let ty = self.ty_of(value);
        let needs_type = storage == Storage::Local && !optional && self.needs_type(value);
        let want = if needs_type && ty == to { Want::Into } else { Want::Owned };
        let made = self.value(value, want);
        let made = self.convert(made, &ty, &to);
        self.body.vars.remove(&var);
        let mut text = self.var_name(var);
        if storage == Storage::Local && self.hides_outer(var) {
            text = self.temp_unique(&text);
            self.body.vars.insert(var, text.clone());
        }
        match storage {
            Storage::Cell if self.is_optional(var) => {
                let inner = self.ty(&to);
                let pattern = pat(&text);
                self.out.push(parse_quote!(let #pattern = Shared::<Option<#inner>>::new(Some(#made));));
            }
            Storage::Cell => self.push_let(&text, call_path("Shared::new", vec![made])),
            Storage::Global => self.assign_var(var, made, true),
            Storage::Local => {
                let made = if optional { call_path("Some", vec![made]) } else { made };
                let pattern = pat_mut(&text, mutable);
                if text == "_" && matches!(to, Ty::None) {
                    self.out.push(super::iterate::tail_or_stmt(made));
                    return;
                }
                if matches!(to, Ty::None) && !optional && !self.is_pure(value) {
                    self.out.push(super::iterate::tail_or_stmt(made));
                    self.out.push(let_(pattern, None, Some(build::tuple(Vec::new()))));
                    return;
                }
                let none = matches!(&made, Expr::Path(path) if path.path.is_ident("None"));
                // What is sent into a generator: its type stands in the function's head, too far away for rustc.
                let sent = matches!(self.program.exprs[value], hir::Expr::Yield(_)) && to != Ty::None;
                let declared = (needs_type && want == Want::Into || none || sent).then(|| self.ty(&to));
                self.out.push(let_(pattern, declared, Some(made)));
            }
        }
    }

    /// Whether a `let` in a loop would hide a live range of the same name from further out, which the loop may assign.
    fn hides_outer(&self, var: VarId) -> bool {
        let Some(plan) = self.plans.vars.get(var) else { return false };
        let info = &self.program.vars[var];
        !self.body.loops.is_empty()
            && self.body.vars.keys().any(|other| {
                let theirs = &self.program.vars[*other];
                *other != var
                    && theirs.name == info.name
                    && theirs.owner == info.owner
                    && self.plans.vars.get(*other).is_some_and(|other| other.home != plan.home)
            })
    }

    /// Whether a comprehension reads a variable of the same name.
    pub(super) fn mentions(&self, value: ExprId, var: VarId) -> bool {
        let text = &self.program.vars[var].name;
        let mut found = false;
        hir::walk::for_each_expr(self.program, value, &mut |expr| {
            if let hir::Expr::Var(other) = self.program.exprs[expr] {
                found |= self.program.vars[other].name == *text;
            }
        });
        found
    }

    /// Whether the type of a `let` must be written: its value is made of bare numbers, whose type nothing else tells.
    pub(super) fn needs_type(&self, value: ExprId) -> bool {
        if self.types.adjustments.contains_key(&value) {
            return false;
        }
        match &self.program.exprs[value] {
            hir::Expr::Lit(Lit::Int(_) | Lit::Float(_)) => true,
            // What is sent is of the generator's type, which is written further out.
            hir::Expr::Yield(_) => !matches!(self.raw_ty(value), Ty::None | Ty::Never),
            hir::Expr::Unary(_, inner) => self.needs_type(*inner),
            hir::Expr::Binary(_, left, right) => self.needs_type(*left) && self.needs_type(*right),
            hir::Expr::IfExp { then, orelse, .. } => self.needs_type(*then) && self.needs_type(*orelse),
            hir::Expr::List(items) | hir::Expr::Tuple(items) | hir::Expr::Set(items) => {
                items.iter().all(|item| matches!(item, Item::One(_)))
                    && items.iter().any(|item| self.needs_type(item.value()))
            }
            hir::Expr::Dict(items) => items.iter().any(|item| match item {
                hir::DictItem::Pair(key, value) => self.needs_type(*key) || self.needs_type(*value),
                hir::DictItem::Spread(_) => false,
            }),
            _ => false,
        }
    }

    /// `x = value;` of whatever holds the variable.
    pub(super) fn assign_var(&mut self, var: VarId, value: Expr, declares: bool) {
        let storage = self.program.vars[var].storage;
        match storage {
            Storage::Global => self.assign_global(var, value),
            Storage::Cell => {
                let optional = self.is_optional(var);
                let value = if optional { call_path("Some", vec![value]) } else { value };
                let cell = self.var_expr(var);
                if declares {
                    let text = self.var_name(var);
                    self.push_let(&text, call_path("Shared::new", vec![value]));
                } else {
                    self.out.push(stmt(method(cell, "set", vec![value])));
                }
            }
            Storage::Local => {
                let optional = self.is_optional(var);
                let value = if optional { call_path("Some", vec![value]) } else { value };
                if declares {
                    let mutable = self.plans.vars.get(var).is_some_and(|plan| plan.mutable);
                    let text = self.var_name(var);
                    self.out.push(let_(pat_mut(&text, mutable), None, Some(value)));
                } else {
                    let text = self.var_name(var);
                    if text == "_" {
                        self.out.push(let_(pat("_"), None, Some(value)));
                    } else if borrows_in_closure(&value, &text) {
                        // The closure is there until the end of the statement.
                        let held = self.temp_unique("value");
                        self.push_let(&held, value);
                        self.out.push(stmt(assign(name(&text), name(&held))));
                    } else {
                        let is_number = matches!(self.var_ty(var), Ty::Int | Ty::Float);
                        self.out.push(stmt(if is_number {
                            reckoned(&text, value)
                        } else {
                            assign(name(&text), value)
                        }));
                    }
                }
            }
        }
    }

    /// A value at hand into any target.
    pub(super) fn assign_value(&mut self, target: &Target, value: Expr, ty: &Ty, declares: bool) {
        match target {
            Target::Var(var) => {
                let to = self.var_ty(*var);
                let value = self.convert(value, ty, &to);
                let declares = declares
                    && self.plans.vars.get(*var).is_some_and(|plan| !matches!(plan.decl, Decl::Hoisted | Decl::Param));
                self.assign_var(*var, value, declares);
            }
            Target::Tuple(parts) => self.unpack(parts, value, ty, declares),
            Target::Attr(object, attribute) => self.assign_attribute(*object, attribute, value, ty),
            Target::Index(object, index) => {
                let recv = self.place(*object);
                let call = match self.resolved(*index, place::SET_ITEM) {
                    Some(Resolved::Function { function, .. }) => {
                        let function = *function;
                        let index = self.owned(*index);
                        let path = self.method_name(function);
                        let call = method(recv, &path, vec![index, value]);
                        let call = self.finish_call(function, call);
                        self.out.push(stmt(call));
                        return;
                    }
                    Some(Resolved::Raises(class, text)) => {
                        let raise = self.raises_after(&[*object, *index], class, text);
                        self.out.push(stmt(raise));
                        return;
                    }
                    _ => {
                        let item = self.ty_of(*object);
                        let value = match &item {
                            Ty::List(item) => self.convert(value, ty, item),
                            Ty::Dict(_, item) => self.convert(value, ty, item),
                            Ty::Value => self.convert(value, ty, &Ty::Value),
                            _ => value,
                        };
                        if matches!(item, Ty::Record(_)) {
                            let refused =
                                self.unsupported(*index, "assigning to a key of this dict is not translated yet");
                            self.out.push(stmt(refused));
                            return;
                        }
                        let index = self.owned(*index);
                        method(recv, "set_item", vec![index, value])
                    }
                };
                let nothrow = match self.resolved(*index, place::SET_ITEM) {
                    Some(Resolved::Stub(call)) => call.nothrow,
                    _ => matches!(self.ty_of(*object), Ty::Dict(..)),
                };
                let call = if nothrow { call } else { self.question(call) };
                self.out.push(stmt(call));
            }
            Target::Slice(object, parts) => {
                let recv = self.place(*object);
                let mut args = self.slice_ends(parts);
                args.push(as_reference(value));
                let text = if parts[2].is_some() { "set_slice_step" } else { "set_slice" };
                let call = self.question(method(recv, text, args));
                self.out.push(stmt(call));
            }
            Target::Star(inner) => self.assign_value(inner, value, ty, declares),
            Target::Unsupported => {}
        }
    }

    pub(super) fn delete(&mut self, target: &Target) {
        match target {
            Target::Var(var) => {
                if self.program.vars[*var].maybe_unbound {
                    let read = self.read_var(*var, Want::Owned, None);
                    if matches!(read, Expr::Try(_)) {
                        self.out.push(stmt(read));
                    }
                    match self.program.vars[*var].storage {
                        Storage::Local => {
                            let place = self.var_expr(*var);
                            self.out.push(stmt(method(place, "take", Vec::new())));
                        }
                        Storage::Cell => {
                            let cell = self.var_expr(*var);
                            self.out.push(stmt(method(cell, "set", vec![name("None")])));
                        }
                        Storage::Global => {
                            let path = self.static_path(*var);
                            self.out.push(stmt(method(name(&path), "unset", Vec::new())));
                        }
                    }
                } else if self.program.vars[*var].storage == Storage::Local {
                    let place = self.var_expr(*var);
                    if !self.var_ty(*var).is_copy() && self.body.frames.is_empty() && self.body.loops.is_empty() {
                        self.out.push(stmt(call_path("drop", vec![place])));
                    }
                }
            }
            Target::Index(object, index)
                if matches!(self.resolved(*index, place::DEL_ITEM), Some(Resolved::Function { .. })) =>
            {
                let Some(Resolved::Function { function, args }) = self.resolved(*index, place::DEL_ITEM) else {
                    return;
                };
                let call = self.method_call(*function, *object, args, *index);
                self.out.push(stmt(call));
            }
            Target::Index(object, index) => {
                let recv = self.place(*object);
                let by_value = match self.ty_of(*object) {
                    Ty::List(_) => true,
                    Ty::Stub(class, _) => matches!(class.name.as_str(), "bytearray" | "deque"),
                    _ => false,
                };
                let index = if by_value { self.owned(*index) } else { self.borrowed_text(*index) };
                let call = self.question(method(recv, "del_item", vec![index]));
                self.out.push(stmt(call));
            }
            Target::Slice(object, parts) => {
                let recv = self.place(*object);
                let args = self.slice_ends(parts);
                let step = parts[2].is_some();
                let call = method(recv, if step { "del_slice_step" } else { "del_slice" }, args);
                let call = if step { self.question(call) } else { call };
                self.out.push(stmt(call));
            }
            Target::Tuple(parts) => parts.iter().for_each(|part| self.delete(part)),
            Target::Attr(object, _) => {
                let refused = self.unsupported(*object, "`del` of an attribute is not translated yet");
                self.out.push(stmt(refused));
            }
            Target::Star(_) | Target::Unsupported => {}
        }
    }
}

/// Whether a closure in the expression names the variable.
fn borrows_in_closure(value: &Expr, text: &str) -> bool {
    use syn::visit_mut::VisitMut;
    struct Look<'a>(&'a str, bool);
    impl VisitMut for Look<'_> {
        fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
            let body = stmt((*closure.body).clone());
            self.1 |= super::words::uses(&body, self.0);
        }
    }
    let mut look = Look(text, false);
    look.visit_expr_mut(&mut value.clone());
    look.1
}

/// `x += y` of `x = x + y`.
fn reckoned(text: &str, value: Expr) -> Expr {
    use syn::BinOp::{Add, Mul, Sub};
    match value {
        Expr::Binary(syn::ExprBinary { left, op: op @ (Add(_) | Sub(_) | Mul(_)), right, .. }) if matches!(&*left, Expr::Path(path) if path.path.is_ident(text)) =>
        {
            let op = match op {
                Add(_) => "+=",
                Sub(_) => "-=",
                _ => "*=",
            };
            build::binary(name(text), op, *right)
        }
        value => assign(name(text), value),
    }
}
