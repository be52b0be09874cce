//! `target op= value`.

use super::Emitter;
use super::build::{self, binary, block_expr, let_, method, name, pat_mut, stmt};
use super::operator::{AugTarget, is_in_place};
use super::place::{Want, as_reference};
use crate::hir::{self, BinOp, ExprId, Lit, Storage, Target, VarId};
use crate::infer::Resolved;
use crate::stubs::RustForm;
use crate::types::Ty;
use syn::Expr;

impl Emitter<'_> {
    pub(super) fn aug_assign(&mut self, target: &Target, op: BinOp, value: ExprId) {
        match target {
            Target::Var(var) => self.aug_var(*var, op, value),
            Target::Attr(object, attribute) => self.aug_attribute(*object, attribute, op, value),
            Target::Index(object, index) => {
                let item = match (self.ty_of(*object), self.types.aug_item.get(index)) {
                    (Ty::List(item) | Ty::Dict(_, item), _) => *item,
                    (Ty::Value, _) => Ty::Value,
                    (Ty::Stub(..) | Ty::Class(_), Some(item)) => item.clone(),
                    _ => {
                        let refused = self.unsupported(value, "this augmented assignment is not translated yet");
                        self.out.push(stmt(refused));
                        return;
                    }
                };
                if let Some(Resolved::Raises(class, text)) = self.resolved(*index, crate::infer::place::SET_ITEM) {
                    let raise = self.raises_after(&[*object, *index, value], class, text);
                    self.out.push(stmt(raise));
                    return;
                }
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
                    // Subclasses of dict look their keys up by reference alone.
                    let held = emitter.ty_of(object);
                    let by_value = matches!(held, Ty::List(_)) || copy && !matches!(held, Ty::Stub(..));
                    let key = match literal {
                        Some(literal) if is_dict => literal,
                        _ if by_value => at.clone(),
                        _ => as_reference(at.clone()),
                    };
                    let read = emitter.item_read(container.clone(), index, key, at.clone());
                    let changed = emitter.augmented_or_in_place(read, &item, op, value);
                    if let Some(changed) = changed {
                        let at = match &at {
                            Expr::Path(_) | Expr::Field(_) if !copy => method(at, "clone", Vec::new()),
                            _ => at,
                        };
                        let last = emitter.item_written(container, index, at, changed, is_dict);
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

    /// `container[at]`, read by an augmented assignment; `key` is how the runtime's own containers take it.
    fn item_read(&mut self, container: Expr, index: ExprId, key: Expr, at: Expr) -> Expr {
        match self.resolved(index, crate::infer::place::GET_ITEM) {
            Some(Resolved::Function { function, .. }) => {
                let function = *function;
                let at =
                    if self.ty_of(index).is_copy() || !is_place(&at) { at } else { method(at, "clone", Vec::new()) };
                let path = self.method_name(function);
                let call = method(container, &path, vec![at]);
                self.finish_call(function, call)
            }
            Some(Resolved::Stub(call)) if call.nothrow => method(container, "get_item", vec![key]),
            _ => self.question(method(container, "get_item", vec![key])),
        }
    }

    fn item_written(&mut self, container: Expr, index: ExprId, at: Expr, changed: Expr, is_dict: bool) -> Expr {
        match self.resolved(index, crate::infer::place::SET_ITEM) {
            Some(Resolved::Function { function, .. }) => {
                let function = *function;
                let path = self.method_name(function);
                let call = method(container, &path, vec![at, changed]);
                self.finish_call(function, call)
            }
            Some(Resolved::Stub(call)) if call.nothrow => method(container, "set_item", vec![at, changed]),
            _ if is_dict => method(container, "set_item", vec![at, changed]),
            _ => self.question(method(container, "set_item", vec![at, changed])),
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
        let (left, ty) = self.aug_left(left, ty, value);
        if let Some(Resolved::Stub(call)) = self.resolved_aug(value)
            && call.method.starts_with("__i")
            && !matches!(call.method.as_str(), "__invert__" | "__iter__" | "__init__" | "__int__" | "__index__")
        {
            if is_in_place(&ty, op) {
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
            return Some(self.aug_result(name(&text), value));
        }
        let changed = self.augmented(left, &ty, op, value, AugTarget::Other);
        Some(self.aug_result(changed, value))
    }

    pub(super) fn aug_var(&mut self, var: VarId, op: BinOp, value: ExprId) {
        let ty = self.var_ty(var);
        let local = self.program.vars[var].storage == Storage::Local && !self.is_optional(var);
        if local {
            let types_adjusted = [&self.types.aug_left, &self.types.aug_result]
                .iter()
                .any(|table| table.get(&value).is_some_and(|list| !list.is_empty()));
            if let Some(Resolved::Stub(call)) = self.resolved_aug(value) {
                if call.method.starts_with("__i") && !types_adjusted {
                    let mut args = self.stub_args(call);
                    // What is changed in place is not looked at meanwhile.
                    if !is_in_place(&ty, op) && self.mentions(value, var) {
                        for arg in &mut args {
                            let text = self.temp_unique("added");
                            let held = std::mem::replace(arg, as_reference(name(&text)));
                            self.push_let(&text, owned_text(held));
                        }
                    }
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
            let mut left = self.var_expr(var);
            if types_adjusted {
                if !ty.is_copy() {
                    left = method(left, "clone", Vec::new());
                }
                if let Some(changed) = self.augmented_or_in_place(left, &ty, op, value) {
                    self.assign_var(var, changed, false);
                }
                return;
            }
            // A block would take the variable with it.
            let inside = self.plans.vars.get(var).is_some_and(|plan| plan.boundary as usize >= self.body.frames.len());
            let taken = matches!(self.resolved_aug(value), Some(Resolved::Stub(call))
                if matches!(&call.rust, RustForm::Method(text) if super::operator::by_value(text)));
            if taken && !inside && ty == Ty::BigInt {
                left = method(left, "clone", Vec::new());
            }
            let changed = self.augmented(left, &ty, op, value, AugTarget::Var);
            self.assign_var(var, changed, false);
            return;
        }
        let left = self.read_var(var, Want::Owned, None);
        if let Some(changed) = self.augmented_or_in_place(left, &ty, op, value) {
            self.assign_var(var, changed, false);
        }
    }

    /// The old value as the operator takes it.
    pub(super) fn aug_left(&mut self, left: Expr, ty: &Ty, value: ExprId) -> (Expr, Ty) {
        let types = self.types;
        let (mut left, mut ty) = (left, ty.clone());
        for adjustment in types.aug_left.get(&value).into_iter().flatten() {
            left = self.adjust(left, &ty, adjustment, value);
            ty = adjustment.result(ty);
        }
        (left, ty)
    }

    /// The result of the operator as the target holds it.
    pub(super) fn aug_result(&mut self, changed: Expr, value: ExprId) -> Expr {
        let types = self.types;
        let Some(list) = types.aug_result.get(&value) else { return changed };
        let mut ty = types.aug_made.get(&value).cloned().unwrap_or(Ty::Value);
        let mut changed = changed;
        for adjustment in list {
            changed = self.adjust(changed, &ty, adjustment, value);
            ty = adjustment.result(ty);
        }
        changed
    }
}

/// A value of its own of what is borrowed.
fn owned_text(held: Expr) -> Expr {
    match held {
        Expr::Reference(inner) => match *inner.expr {
            place @ (Expr::Path(_) | Expr::Field(_)) => method(place, "clone", Vec::new()),
            made => made,
        },
        held => held,
    }
}

fn is_place(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(_) | Expr::Field(_))
}
