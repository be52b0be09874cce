//! Comparisons: chains, identity, membership.

use super::Emitter;
use super::build::{self, binary, block_expr, call_path, method, name, not, tail};
use super::place::{Want, as_reference};
use crate::hir::{self, CmpOp, ExprId};
use crate::infer::Resolved;
use crate::stubs::RustForm;
use crate::types::Ty;
use syn::Expr;

impl Emitter<'_> {
    pub(super) fn compare(&mut self, id: ExprId, first: ExprId, rest: &[(CmpOp, ExprId)]) -> Expr {
        if let [(op, right)] = rest {
            return self.compare_one(id, 0, *op, first, *right, None, None);
        }
        // Each operand in the middle is evaluated once, and only if the comparisons before it held.
        let pure = rest[..rest.len() - 1].iter().all(|(_, middle)| self.is_pure(*middle));
        if pure {
            let mut left = first;
            let mut all: Option<Expr> = None;
            for (at, (op, right)) in rest.iter().enumerate() {
                let part = self.compare_one(id, at as u32, *op, left, *right, None, None);
                all = Some(match all {
                    None => part,
                    Some(all) => binary(all, "&&", part),
                });
                left = *right;
            }
            return all.unwrap_or_else(|| build::boolean(true));
        }
        let rest: Vec<(CmpOp, ExprId)> = rest.to_vec();
        let stmts = self.in_block(|emitter| {
            let mut left_name = emitter.temp_unique("left");
            let value = emitter.owned(first);
            emitter.push_let(&left_name, value);
            let mut left = first;
            let mut tests: Vec<(Vec<syn::Stmt>, Expr)> = Vec::new();
            for (at, (op, right)) in rest.iter().enumerate() {
                let last = at + 1 == rest.len();
                let right_name = (!last).then(|| emitter.temp_unique("middle"));
                let mut test = None;
                let stmts = emitter.in_block(|emitter| {
                    if let Some(right_name) = &right_name {
                        let value = emitter.owned(*right);
                        emitter.push_let(right_name, value);
                    }
                    let right_expr = right_name.as_deref().map(name);
                    test =
                        Some(emitter.compare_one(id, at as u32, *op, left, *right, Some(name(&left_name)), right_expr));
                });
                tests.push((stmts, test.unwrap_or_else(|| build::boolean(true))));
                left = *right;
                if let Some(right_name) = right_name {
                    left_name = right_name;
                }
            }
            let mut all: Option<Expr> = None;
            for (mut stmts, test) in tests.into_iter().rev() {
                let test = match all {
                    None => test,
                    Some(all) => binary(test, "&&", all),
                };
                stmts.push(tail(test));
                all = Some(block_expr(stmts));
            }
            match all {
                Some(Expr::Block(block)) => emitter.out.extend(block.block.stmts),
                Some(other) => emitter.out.push(tail(other)),
                None => {}
            }
        });
        block_expr(stmts)
    }

    #[allow(clippy::too_many_arguments, reason = "the sides of a comparison may be at hand already")]
    pub(super) fn compare_one(
        &mut self,
        id: ExprId,
        at: u32,
        op: CmpOp,
        left: ExprId,
        right: ExprId,
        left_held: Option<Expr>,
        right_held: Option<Expr>,
    ) -> Expr {
        let resolved = self.resolved(id, at);
        match resolved {
            Some(Resolved::Known(value)) => return self.known(&[left, right], *value),
            Some(Resolved::Raises(class, text)) => return self.raises_after(&[left, right], class, text),
            _ => {}
        }
        let negated = matches!(op, CmpOp::NotIn | CmpOp::IsNot);
        if matches!(op, CmpOp::Is | CmpOp::IsNot) {
            let test = self.identity(left, right, left_held, right_held);
            return if negated { not(test) } else { test };
        }
        if matches!(op, CmpOp::In | CmpOp::NotIn) {
            let test = self.membership(id, at, left, right, left_held);
            return if negated { not(test) } else { test };
        }
        match resolved {
            Some(Resolved::Stub(call)) => {
                if let RustForm::Operator(_) = call.rust {
                    let text = cmp_symbol(op);
                    if let (Some(left), Some(right)) = (self.text(left), self.text(right)) {
                        return build::boolean(match op {
                            CmpOp::Eq => left == right,
                            CmpOp::NotEq => left != right,
                            CmpOp::Lt => left < right,
                            CmpOp::LtE => left <= right,
                            CmpOp::Gt => left > right,
                            _ => left >= right,
                        });
                    }
                    let is_own = self.measures_object(left);
                    // A text that is written out stands on the right, where it is compared as it is.
                    let turned = matches!(op, CmpOp::Eq | CmpOp::NotEq)
                        && left_held.is_none()
                        && right_held.is_none()
                        && self.text(left).is_some();
                    let (left, right) = if turned { (right, left) } else { (left, right) };
                    let left = left_held.unwrap_or_else(|| self.comparison_side(left, false));
                    let right = right_held.unwrap_or_else(|| self.comparison_side(right, true));
                    let test = binary(left, text, right);
                    return if is_own { test } else { build::emptiness(test) };
                }
                let recv = match left_held {
                    Some(held) => held,
                    None => self.operand(left, call),
                };
                let args = match right_held {
                    Some(held) => vec![as_reference(held)],
                    None => self.stub_args(call),
                };
                let test = self.stub_form(call, Some(recv), args);
                // `a != b` may be resolved to `__eq__`.
                let turned = op == CmpOp::NotEq && call.method == "__eq__";
                if turned { not(test) } else { test }
            }
            Some(Resolved::Function { function, args }) => {
                // The right side's own method stands in: `5 == money`.
                let reflected = args.iter().any(|arg| matches!(arg, crate::infer::BoundArg::Expr(of) if *of == left));
                let recv = if reflected { right } else { left };
                if left_held.is_some() || reflected && !self.is_pure(left) && !self.is_pure(right) {
                    return self.unsupported(id, "a comparison of these operands is not translated yet");
                }
                let test = self.method_call(*function, recv, args, id);
                let name = &self.program.functions[*function].name;
                if op == CmpOp::NotEq && name == "__eq__" { not(test) } else { test }
            }
            Some(Resolved::Dynamic) => {
                let left = left_held.unwrap_or_else(|| self.place(left));
                let right = right_held.map_or_else(|| self.borrowed(right), as_reference);
                match op {
                    CmpOp::Eq | CmpOp::NotEq => {
                        let test = binary(as_reference(left), "==", right);
                        if op == CmpOp::NotEq { not(test) } else { test }
                    }
                    _ => {
                        let text = match op {
                            CmpOp::Lt => "py_lt",
                            CmpOp::LtE => "py_le",
                            CmpOp::Gt => "py_gt",
                            _ => "py_ge",
                        };
                        let call = method(left, text, vec![right]);
                        self.question(call)
                    }
                }
            }
            _ => {
                let left_ty = self.ty_of(left);
                let by_key = self.compares_by_key(&left_ty) || self.compares_by_key(&self.ty_of(right));
                if matches!(op, CmpOp::Eq | CmpOp::NotEq) && by_key {
                    let left = left_held.unwrap_or_else(|| self.place(left));
                    let right = right_held.unwrap_or_else(|| self.place(right));
                    let test = method(left, "py_eq", vec![self.referenced(right)]);
                    let test = self.question(test);
                    return if op == CmpOp::NotEq { not(test) } else { test };
                }
                if let (Ty::Class(a), Ty::Class(b), false) =
                    (&left_ty, &self.ty_of(right), matches!(op, CmpOp::Eq | CmpOp::NotEq))
                    && self.layouts.same(*a, *b)
                {
                    let text = match op {
                        CmpOp::Lt => "py_lt",
                        CmpOp::LtE => "py_le",
                        CmpOp::Gt => "py_gt",
                        _ => "py_ge",
                    };
                    let left = left_held.unwrap_or_else(|| self.place(left));
                    let right = right_held.unwrap_or_else(|| self.place(right));
                    let test = method(left, text, vec![self.referenced(right)]);
                    return self.question(test);
                }
                if matches!(op, CmpOp::Eq | CmpOp::NotEq) && left_ty == self.ty_of(right) {
                    let left = left_held.unwrap_or_else(|| self.place(left));
                    let right = right_held.unwrap_or_else(|| self.place(right));
                    return binary(left, cmp_symbol(op), right);
                }
                self.unsupported(id, "this comparison is not translated yet for these types")
            }
        }
    }

    /// Whether it is `len(x)` of an object of the program, which has no `is_empty`.
    fn measures_object(&self, left: ExprId) -> bool {
        match &self.program.exprs[left] {
            hir::Expr::Call(call) => call
                .args
                .iter()
                .any(|arg| matches!(self.ty_of(arg.value()), Ty::Class(_) | Ty::Record(_) | Ty::Union(_))),
            _ => false,
        }
    }

    /// A text that is written out.
    fn text(&self, side: ExprId) -> Option<&str> {
        match &self.program.exprs[side] {
            hir::Expr::Lit(hir::Lit::Str(text)) if !self.types.adjustments.contains_key(&side) => Some(text),
            _ => None,
        }
    }

    /// One side of `==` or `<`: a literal text is compared as it is.
    pub(super) fn comparison_side(&mut self, side: ExprId, is_right: bool) -> Expr {
        // `Int` compares with `i64` as it is.
        if is_right
            && let Some([crate::infer::Adjustment::ToBigInt]) = self.types.adjustments.get(&side).map(Vec::as_slice)
            && self.raw_ty(side) == Ty::Int
        {
            return self.raw(side, Want::Place);
        }
        if let Some(text) = self.text(side) {
            return if is_right { build::string(text) } else { call_path("Str::from", vec![build::string(text)]) };
        }
        self.place(side)
    }

    /// `a is b`.
    pub(super) fn identity(
        &mut self,
        left: ExprId,
        right: ExprId,
        left_held: Option<Expr>,
        right_held: Option<Expr>,
    ) -> Expr {
        let is_none = |id: ExprId| matches!(self.program.exprs[id], hir::Expr::Lit(hir::Lit::None));
        let (left_none, right_none) = (is_none(left), is_none(right));
        if right_none || left_none {
            let side = if right_none { left } else { right };
            let value = left_held.unwrap_or_else(|| self.place(side));
            return method(value, "is_none", Vec::new());
        }
        let at = left;
        let (left_ty, right_ty) = (self.ty_of(left), self.ty_of(right));
        let left = left_held.unwrap_or_else(|| self.place(left));
        let right = right_held.unwrap_or_else(|| self.place(right));
        match (&left_ty, &right_ty) {
            (Ty::Class(a), Ty::Class(b)) if self.layouts.same(*a, *b) && !self.is_exception(*a) => {
                call_path("Rc::ptr_eq", vec![as_reference(left), as_reference(right)])
            }
            (Ty::Class(_) | Ty::Option(_), Ty::Class(_) | Ty::Option(_))
                if let (Some(a), Some(b)) = (object_class(&left_ty), object_class(&right_ty))
                    && self.layouts.same(a, b)
                    && !self.is_exception(a) =>
            {
                let place = |value: Expr, ty: &Ty| -> Expr {
                    match ty {
                        Ty::Option(_) => syn::parse_quote!(#value.as_ref().map(Rc::as_ptr)),
                        _ => {
                            let value = as_reference(value);
                            syn::parse_quote!(Some(Rc::as_ptr(#value)))
                        }
                    }
                };
                binary(place(left, &left_ty), "==", place(right, &right_ty))
            }
            (Ty::Option(inner), Ty::Type | Ty::ExcType) if **inner == right_ty => {
                binary(left, "==", call_path("Some", vec![right]))
            }
            (Ty::Bool | Ty::Int | Ty::None | Ty::Type | Ty::ExcType, _) if left_ty == right_ty => {
                binary(left, "==", right)
            }
            (Ty::Option(inner), _) if left_ty == right_ty && matches!(**inner, Ty::Bool | Ty::Int | Ty::Str) => {
                binary(left, "==", right)
            }
            _ if is_exception(&left_ty) && is_exception(&right_ty) => {
                // An exception is equal to itself alone.
                let options = [&left_ty, &right_ty].map(|ty| matches!(ty, Ty::Option(_)));
                let side = |value: Expr, option: bool| match option != options.contains(&true) {
                    true => call_path("Some", vec![method(value, "clone", Vec::new())]),
                    false => value,
                };
                binary(side(left, options[0]), "==", side(right, options[1]))
            }
            _ if is_handle(&left_ty) && is_handle(&right_ty) => {
                let options = [&left_ty, &right_ty].map(|ty| matches!(ty, Ty::Option(_)));
                let any = options.contains(&true);
                let address = |value: Expr, option: bool| -> Expr {
                    match (option, any) {
                        (true, _) => syn::parse_quote!(#value.as_ref().map(|value| value.address())),
                        (false, true) => syn::parse_quote!(Some(#value.address())),
                        (false, false) => syn::parse_quote!(#value.address()),
                    }
                };
                binary(address(left, options[0]), "==", address(right, options[1]))
            }
            (Ty::Stub(stub, _), _) | (_, Ty::Stub(stub, _)) if stub.name != "deque" => {
                self.unsupported(at, format!("`is` of a `{}` is not translated yet", stub.name))
            }
            (Ty::Tuple(_) | Ty::Bytes | Ty::Range | Ty::Float, _) => {
                self.unsupported(at, "`is` of values that have no identity here is not translated yet")
            }
            _ => method(left, "is", vec![self.referenced(right)]),
        }
    }

    /// `a in b`.
    pub(super) fn membership(
        &mut self,
        id: ExprId,
        at: u32,
        item: ExprId,
        container: ExprId,
        held: Option<Expr>,
    ) -> Expr {
        // Python evaluates the item first; Rust the receiver.
        let order = held.is_none() && !self.is_pure(item) && !self.is_pure(container);
        let held = match (held, order) {
            (Some(held), _) => Some((None, held)),
            (None, true) => {
                let text = self.temp("item");
                let value = self.owned(item);
                Some((Some((text.clone(), value)), name(&text)))
            }
            (None, false) => None,
        };
        let (before, held) = match held {
            Some((before, held)) => (before, Some(held)),
            None => (None, None),
        };
        let test = match self.resolved(id, at) {
            Some(Resolved::Stub(call)) => {
                let recv = self.operand(container, call);
                let args = match held {
                    Some(held) => {
                        let by_value = self.ty_of(item).is_copy()
                            && call.args.first().is_some_and(|arg| arg.pass == crate::stubs::Pass::Value);
                        vec![if by_value { held } else { as_reference(held) }]
                    }
                    None => self.stub_args(call),
                };
                self.stub_form(call, Some(recv), args)
            }
            Some(Resolved::Function { function, .. }) if self.program.functions[*function].name == "__iter__" => {
                self.import("builtins");
                let all = self.iterable(container);
                let item = match held {
                    Some(held) => self.referenced(held),
                    None => self.borrowed(item),
                };
                self.question(call_path("builtins::is_in", vec![item, all]))
            }
            Some(Resolved::Function { function, args }) => self.method_call(*function, container, args, id),
            Some(Resolved::Dynamic) => {
                let recv = self.place(container);
                let item = match held {
                    Some(held) => self.referenced(held),
                    None => self.borrowed(item),
                };
                let call = method(recv, "contains", vec![item]);
                self.question(call)
            }
            _ => {
                if let hir::Expr::Tuple(items) = &self.program.exprs[container]
                    && (self.is_pure(item) || held.is_some() || items.iter().all(|other| self.is_pure(other.value())))
                    && items.iter().all(|other| self.ty_of(other.value()) == self.ty_of(item))
                {
                    let by_key = self.compares_by_key(&self.ty_of(item));
                    let items: Vec<ExprId> = items.iter().map(|item| item.value()).collect();
                    let items = items.into_iter().map(|item| self.owned(item)).collect();
                    let item = match held {
                        Some(held) => self.referenced(held),
                        None => self.borrowed(item),
                    };
                    let array = build::array(items);
                    let list = if by_key { call_path("List::from", vec![array]) } else { array };
                    let test = method(list, "contains", vec![item]);
                    return match before {
                        Some((text, value)) => {
                            let binding = build::let_(build::pat(&text), None, Some(value));
                            block_expr(vec![binding, tail(test)])
                        }
                        None => test,
                    };
                }
                self.unsupported(id, "`in` is not translated yet for these types")
            }
        };
        match before {
            Some((text, value)) => {
                let binding = build::let_(build::pat(&text), None, Some(value));
                block_expr(vec![binding, tail(test)])
            }
            None => test,
        }
    }
}

/// The operator as Rust writes it.
pub fn cmp_symbol(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq | CmpOp::Is => "==",
        CmpOp::NotEq | CmpOp::IsNot => "!=",
        CmpOp::Lt => "<",
        CmpOp::LtE => "<=",
        CmpOp::Gt => ">",
        CmpOp::GtE | CmpOp::In | CmpOp::NotIn => ">=",
    }
}

/// Whether values of a type are handles whose address is their identity.
/// An exception, or none.
fn is_exception(ty: &Ty) -> bool {
    match ty {
        Ty::Exc(_) => true,
        Ty::Option(inner) => matches!(**inner, Ty::Exc(_)),
        _ => false,
    }
}

/// The class of an object that may be missing.
fn object_class(ty: &Ty) -> Option<hir::ClassId> {
    match ty {
        Ty::Class(class) => Some(*class),
        Ty::Option(inner) => object_class(inner),
        _ => None,
    }
}

fn is_handle(ty: &Ty) -> bool {
    match ty {
        Ty::Option(inner) => is_handle(inner),
        Ty::Coro(_) | Ty::Task(_) | Ty::Future(_) | Ty::Gen(..) | Ty::AsyncGen(..) => true,
        Ty::Stub(stub, _) => {
            matches!((&*stub.module, &*stub.name), ("asyncio" | "contextvars", _) | ("threading", "Thread" | "Timer"))
        }
        _ => false,
    }
}
