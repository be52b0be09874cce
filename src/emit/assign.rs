//! Assignment: `let` at the first binding, plain assignment after it, and the setters of cells, fields and items.

use syn::{Expr, Pat, Type, parse_quote};

use super::Emitter;
use super::build::{self, assign, binary, block_expr, call_path, let_, method, name, pat, pat_mut, pat_tuple, stmt};
use super::operator::{AugTarget, is_in_place};
use super::place::{Want, as_reference};
use super::plan::{Decl, StmtKey};
use crate::hir::{self, BinOp, ExprId, Item, Lit, Storage, Target, VarId};
use crate::infer::{Resolved, place};
use crate::stubs::RustForm;
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
    fn declares(&self, target: &Target, at: StmtKey) -> bool {
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
            Target::Var(var) if declares => self.let_var(*var, value),
            Target::Var(var) => {
                let ty = self.ty_of(value);
                let to = self.var_ty(*var);
                let made = if ty == to { self.into(value) } else { self.owned(value) };
                let made = self.convert(made, &ty, &to);
                if matches!(ty, Ty::None) && self.program.vars[*var].storage == Storage::Local && !self.is_pure(value) {
                    self.out.push(super::iterate::tail_or_stmt(made));
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
    fn is_still(&self, expr: ExprId) -> bool {
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
            if self.comp_into(value, comp, &text) {
                return;
            }
        }
        let ty = self.ty_of(value);
        let needs_type = storage == Storage::Local && !optional && self.needs_type(value);
        let want = if needs_type && ty == to { Want::Into } else { Want::Owned };
        let made = self.value(value, want);
        let made = self.convert(made, &ty, &to);
        self.body.vars.remove(&var);
        let text = self.var_name(var);
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

    /// Whether a comprehension reads a variable of the same name.
    fn mentions(&self, value: ExprId, var: VarId) -> bool {
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
                    } else {
                        self.out.push(stmt(assign(name(&text), value)));
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

    fn assign_tuple(&mut self, parts: &[Target], value: ExprId, at: StmtKey) {
        if let Ty::Class(_) = self.ty_of(value) {
            let refused = self.unsupported(value, "taking an object of a class apart is not translated yet");
            self.out.push(stmt(refused));
            return;
        }
        let target = Target::Tuple(parts.to_vec());
        let declares = self.declares(&target, at);
        let plain = parts.iter().all(|part| match part {
            Target::Var(var) => self.program.vars[*var].storage == Storage::Local && !self.is_optional(*var),
            _ => false,
        });
        let ty = self.ty_of(value);
        // `a, b = b, a + b`: one assignment of tuples, which is Rust's own.
        let fits = matches!(&ty, Ty::Tuple(items) if items.len() == parts.len());
        if plain && fits {
            let Ty::Tuple(items) = &ty else { return };
            let targets: Vec<VarId> = parts
                .iter()
                .filter_map(|part| match part {
                    Target::Var(var) => Some(*var),
                    _ => None,
                })
                .collect();
            let to: Vec<Ty> = targets.iter().map(|var| self.var_ty(*var)).collect();
            let written = self.needs_type(value) && declares;
            let made = self.value(value, if written { Want::Into } else { Want::Owned });
            let made = if *items == to { made } else { self.convert(made, &ty, &Ty::Tuple(to.clone())) };
            if declares {
                let pats: Vec<Pat> = targets
                    .iter()
                    .map(|var| {
                        self.body.vars.remove(var);
                        let mutable = self.plans.vars.get(*var).is_some_and(|plan| plan.mutable);
                        let text = self.var_name(*var);
                        pat_mut(&text, mutable)
                    })
                    .collect();
                let declared: Option<Type> = written.then(|| self.ty(&Ty::Tuple(to)));
                self.out.push(let_(pat_tuple(pats), declared, Some(made)));
                return;
            }
            let hoisted = targets.iter().all(|var| {
                self.plans.vars.get(*var).is_none_or(|plan| plan.decl != Decl::Let(at))
                    && self.program.vars[*var].name != "_"
            });
            if hoisted {
                let left = build::tuple(targets.iter().map(|var| self.var_expr(*var)).collect());
                self.out.push(stmt(assign(left, made)));
                return;
            }
            return self.unpack_at(parts, made, &ty, at);
        }
        let made = self.owned(value);
        self.unpack_at(parts, made, &ty, at);
    }

    fn unpack_at(&mut self, parts: &[Target], value: Expr, ty: &Ty, at: StmtKey) {
        let declared: Vec<bool> = parts.iter().map(|part| self.declares(part, at)).collect();
        self.unpack_each(parts, value, ty, &declared);
    }

    fn unpack(&mut self, parts: &[Target], value: Expr, ty: &Ty, declares: bool) {
        let declared = vec![declares; parts.len()];
        self.unpack_each(parts, value, ty, &declared);
    }

    /// Takes a value apart: names that are new stand in the pattern, the others are assigned from temporaries.
    fn unpack_each(&mut self, parts: &[Target], value: Expr, ty: &Ty, declares: &[bool]) {
        let star = parts.iter().position(|part| matches!(part, Target::Star(_)));
        let tys: Vec<Ty> = match (ty, star) {
            (Ty::Tuple(items), None) if items.len() == parts.len() => items.clone(),
            (Ty::Tuple(items), Some(at)) if items.len() + 1 >= parts.len() => {
                let after = parts.len() - at - 1;
                return self.unpack_fixed_star(parts, value, items, at, after, declares);
            }
            _ => {
                let item = super::iterate::item_of(ty).unwrap_or(Ty::Value);
                (0..parts.len())
                    .map(|at| if Some(at) == star { Ty::list(item.clone()) } else { item.clone() })
                    .collect()
            }
        };
        let mut pats = Vec::new();
        let mut later = Vec::new();
        for ((part, ty), declares) in parts.iter().zip(&tys).zip(declares) {
            let part = match part {
                Target::Star(inner) => inner,
                part => part,
            };
            match part {
                Target::Var(var)
                    if *declares
                        && self.program.vars[*var].storage == Storage::Local
                        && !self.is_optional(*var)
                        && self
                            .plans
                            .vars
                            .get(*var)
                            .is_some_and(|plan| !matches!(plan.decl, Decl::Hoisted | Decl::Param))
                        && self.var_ty(*var) == *ty =>
                {
                    self.body.vars.remove(var);
                    let mutable = self.plans.vars.get(*var).is_some_and(|plan| plan.mutable);
                    let text = self.var_name(*var);
                    pats.push(pat_mut(&text, mutable));
                }
                part => {
                    let text = self.temp_unique("part");
                    pats.push(pat(&text));
                    later.push((part.clone(), text, ty.clone(), *declares));
                }
            }
        }
        match (ty, star) {
            (Ty::Tuple(items), None) if items.len() == parts.len() => {
                self.out.push(let_(pat_tuple(pats), None, Some(value)));
            }
            (_, None) => {
                let made = call_path("unpack", vec![as_reference(value)]);
                let made = self.question(made);
                let elems: Vec<Pat> = pats;
                self.out.push(parse_quote!(let [#(#elems),*] = #made;));
            }
            (_, Some(at)) => {
                let made = call_path("unpack_star", vec![as_reference(value)]);
                let made = self.question(made);
                let after = pats.split_off(at + 1);
                let rest = pats.pop();
                self.out.push(parse_quote!(let ([#(#pats),*], #rest, [#(#after),*]) = #made;));
            }
        }
        for (part, text, ty, declares) in later {
            self.assign_value(&part, name(&text), &ty, declares);
        }
    }

    /// `a, *b = (1, 2, 3)` of a tuple whose length is known.
    fn unpack_fixed_star(
        &mut self,
        parts: &[Target],
        value: Expr,
        items: &[Ty],
        at: usize,
        after: usize,
        declares: &[bool],
    ) {
        let names: Vec<String> = (0..items.len()).map(|_| self.temp_unique("part")).collect();
        let pats = names.iter().map(|text| pat(text)).collect();
        self.out.push(let_(pat_tuple(pats), None, Some(value)));
        let middle = items.len() - after;
        let element = items.get(at..middle).and_then(|items| items.first()).cloned().unwrap_or(Ty::None);
        for (number, part) in parts.iter().enumerate() {
            let declares = declares[number];
            if number < at {
                self.assign_value(part, name(&names[number]), &items[number], declares);
            } else if number == at {
                let list = names[at..middle].iter().map(|text| name(text)).collect();
                let list = call_path("List::from", vec![build::array(list)]);
                self.assign_value(part, list, &Ty::list(element.clone()), declares);
            } else {
                let from = middle + (number - at - 1);
                self.assign_value(part, name(&names[from]), &items[from], declares);
            }
        }
    }

    pub(super) fn aug_assign(&mut self, target: &Target, op: BinOp, value: ExprId) {
        match target {
            Target::Var(var) => self.aug_var(*var, op, value),
            Target::Attr(object, attribute) => self.aug_attribute(*object, attribute, op, value),
            Target::Index(object, index) => {
                let item = match self.ty_of(*object) {
                    Ty::List(item) | Ty::Dict(_, item) => *item,
                    Ty::Value => Ty::Value,
                    _ => {
                        let refused = self.unsupported(value, "this augmented assignment is not translated yet");
                        self.out.push(stmt(refused));
                        return;
                    }
                };
                let (object, index) = (*object, *index);
                let is_dict = matches!(self.ty_of(object), Ty::Dict(..));
                let mut stmts = self.in_block(|emitter| {
                    let container = emitter.held(object, "container");
                    let at = emitter.held(index, "index");
                    let literal = match &emitter.program.exprs[index] {
                        hir::Expr::Lit(Lit::Str(text)) => Some(build::string(text)),
                        _ => None,
                    };
                    let key_ty = emitter.ty_of(index);
                    let copy = key_ty.is_copy();
                    let by_value = matches!(emitter.ty_of(object), Ty::List(_)) || copy;
                    let key = match literal {
                        Some(literal) if is_dict => literal,
                        _ if by_value => at.clone(),
                        _ => as_reference(at.clone()),
                    };
                    let read = emitter.question(method(container.clone(), "get_item", vec![key]));
                    let changed = emitter.augmented_or_in_place(read, &item, op, value);
                    if let Some(changed) = changed {
                        let at = match &at {
                            Expr::Path(_) | Expr::Field(_) if !copy => method(at, "clone", Vec::new()),
                            _ => at,
                        };
                        let last = method(container, "set_item", vec![at, changed]);
                        let last = if is_dict { last } else { emitter.question(last) };
                        emitter.out.push(stmt(last));
                    }
                });
                if stmts.len() == 1 {
                    self.out.append(&mut stmts);
                } else {
                    self.out.push(super::iterate::tail_or_stmt(block_expr(stmts)));
                }
            }
            Target::Slice(..) | Target::Tuple(_) | Target::Star(_) | Target::Unsupported => {
                let refused = self.unsupported(value, "this augmented assignment is not translated yet");
                self.out.push(stmt(refused));
            }
        }
    }

    /// An expression held in a temporary, unless reading it twice is the same.
    pub(super) fn held(&mut self, expr: ExprId, noun: &str) -> Expr {
        let place = self.place(expr);
        if self.is_still(expr) && !matches!(place, Expr::MethodCall(_)) {
            return place;
        }
        let owned = match &place {
            Expr::Path(_) | Expr::Field(_) if !self.ty_of(expr).is_copy() => method(place, "clone", Vec::new()),
            _ => place,
        };
        let text = self.temp_unique(noun);
        self.push_let(&text, owned);
        name(&text)
    }

    /// What `left op= right` gives; `None` when the object changed in place, which is a statement by now.
    pub(super) fn augmented_or_in_place(&mut self, left: Expr, ty: &Ty, op: BinOp, value: ExprId) -> Option<Expr> {
        if let Some(Resolved::Stub(call)) = self.resolved_aug(value)
            && call.method.starts_with("__i")
            && !matches!(call.method.as_str(), "__invert__" | "__iter__" | "__init__" | "__int__" | "__index__")
        {
            if is_in_place(ty, op) {
                let args = self.stub_args(call);
                let changed = self.stub_form(call, Some(left), args);
                self.out.push(stmt(changed));
                return None;
            }
            // A text is changed in place only while nobody else has it: through a variable of its own.
            let text = self.temp_unique("text");
            self.out.push(let_(pat_mut(&text, true), None, Some(left)));
            let args = self.stub_args(call);
            let changed = self.stub_form(call, Some(name(&text)), args);
            self.out.push(stmt(changed));
            return Some(name(&text));
        }
        let (left, ty) = self.aug_left(left, ty, value);
        let changed = self.augmented(left, &ty, op, value, AugTarget::Other);
        Some(self.aug_result(changed, value))
    }

    fn aug_var(&mut self, var: VarId, op: BinOp, value: ExprId) {
        let ty = self.var_ty(var);
        let local = self.program.vars[var].storage == Storage::Local && !self.is_optional(var);
        if local {
            let types_adjusted = [&self.types.aug_left, &self.types.aug_result]
                .iter()
                .any(|table| table.get(&value).is_some_and(|list| !list.is_empty()));
            if let Some(Resolved::Stub(call)) = self.resolved_aug(value) {
                if call.method.starts_with("__i") && !types_adjusted {
                    let args = self.stub_args(call);
                    let recv = self.var_expr(var);
                    let changed = self.stub_form(call, Some(recv), args);
                    self.out.push(stmt(changed));
                    return;
                }
                if let RustForm::Operator(sign) = &call.rust
                    && matches!(sign.as_str(), "+" | "-" | "*")
                    && matches!(ty, Ty::Int | Ty::Float | Ty::Number)
                    && call.args.iter().all(|arg| arg.ty == ty)
                    && !types_adjusted
                {
                    let mut args = self.stub_args(call);
                    if let Some(right) = args.pop() {
                        let right = match right {
                            Expr::Reference(inner) => *inner.expr,
                            right => right,
                        };
                        let left = self.var_expr(var);
                        self.out.push(stmt(binary(left, &format!("{sign}="), right)));
                    }
                    return;
                }
            }
            let left = self.var_expr(var);
            let (left, left_ty) = self.aug_left(left, &ty, value);
            let changed = self.augmented(left, &left_ty, op, value, AugTarget::Var);
            let changed = self.aug_result(changed, value);
            self.assign_var(var, changed, false);
            return;
        }
        let left = self.read_var(var, Want::Owned, None);
        if let Some(changed) = self.augmented_or_in_place(left, &ty, op, value) {
            self.assign_var(var, changed, false);
        }
    }

    /// The old value as the operator takes it.
    fn aug_left(&mut self, left: Expr, ty: &Ty, value: ExprId) -> (Expr, Ty) {
        let types = self.types;
        let (mut left, mut ty) = (left, ty.clone());
        for adjustment in types.aug_left.get(&value).into_iter().flatten() {
            left = self.adjust(left, &ty, adjustment, value);
            ty = adjustment.result(ty);
        }
        (left, ty)
    }

    /// The result of the operator as the target holds it.
    fn aug_result(&mut self, changed: Expr, value: ExprId) -> Expr {
        let types = self.types;
        let Some(list) = types.aug_result.get(&value) else { return changed };
        let mut ty = match self.resolved_aug(value) {
            Some(Resolved::Dynamic) => Ty::Value,
            _ => Ty::None,
        };
        let mut changed = changed;
        for adjustment in list {
            changed = self.adjust(changed, &ty, adjustment, value);
            ty = adjustment.result(ty);
        }
        changed
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
                            self.out.push(stmt(assign(place, name("None"))));
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
            Target::Index(object, index) => {
                let recv = self.place(*object);
                let by_value = matches!(self.ty_of(*object), Ty::List(_));
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
