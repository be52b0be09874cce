//! Operators, subscripts and attributes.

use syn::Expr;

use super::Emitter;
use super::build::{self, binary, block_expr, call_path, method, name, not, stmt, tail, tuple, unary};
use super::place::{Want, as_reference};
use crate::hir::{self, BinOp, CmpOp, ExprId, UnOp};
use crate::infer::{Resolved, StubCall};
use crate::stubs::RustForm;
use crate::types::Ty;

/// Whether `x op= y` changes the object and leaves the variable alone.
pub fn is_in_place(ty: &Ty, op: BinOp) -> bool {
    match ty {
        Ty::List(_) => matches!(op, BinOp::Add),
        Ty::Set(_) => matches!(op, BinOp::BitOr | BinOp::BitAnd | BinOp::BitXor | BinOp::Sub),
        Ty::Dict(..) => matches!(op, BinOp::BitOr),
        Ty::Value => false,
        _ => false,
    }
}

impl<'a> Emitter<'a> {
    pub(super) fn unary(&mut self, id: ExprId, op: UnOp, value: ExprId) -> Expr {
        if op == UnOp::Not {
            let test = self.condition(value);
            return not(test);
        }
        match self.resolved(id, 0) {
            Some(Resolved::Stub(call)) => {
                let recv = self.operand(value, call);
                self.stub_call(call, Some(recv), id)
            }
            Some(Resolved::Function { function, .. }) => self.method_call(*function, value, &[], id),
            Some(Resolved::Raises(class, text)) => self.raises_after(&[value], class, text),
            Some(Resolved::Dynamic) => {
                let value = self.place(value);
                let text = match op {
                    UnOp::Neg => "neg",
                    UnOp::Pos => "pos",
                    UnOp::Invert | UnOp::Not => "invert",
                };
                let call = method(value, text, Vec::new());
                self.question(call)
            }
            _ => match (op, self.ty_of(value)) {
                (UnOp::Neg, Ty::Int | Ty::Float | Ty::Number) => {
                    let value = self.owned(value);
                    unary(syn::UnOp::Neg(Default::default()), value)
                }
                (UnOp::Pos, Ty::Int | Ty::Float | Ty::Number) => self.owned(value),
                (UnOp::Invert, Ty::Int) => {
                    let value = self.owned(value);
                    unary(syn::UnOp::Not(Default::default()), value)
                }
                _ => self.unsupported(id, "this operator is not translated yet for this type"),
            },
        }
    }

    /// The left side of an operator, or the receiver of a method: by reference where the Rust function takes it so.
    pub(super) fn operand(&mut self, value: ExprId, call: &StubCall) -> Expr {
        match &call.rust {
            // The arithmetic that Rust does not have takes its operands by value.
            RustForm::Method(text) if self.ty_of(value) == Ty::BigInt && by_value(text) => self.owned(value),
            RustForm::Method(_) => {
                let place = self.place(value);
                if self.needs_type(value) { build::typed(place) } else { place }
            }
            RustForm::Operator(_) => self.operator_side(value),
            RustForm::Path(_) => {
                if self.ty_of(value).is_copy() {
                    self.owned(value)
                } else {
                    self.borrowed(value)
                }
            }
        }
    }

    /// Numbers by value; what lives on by reference, which the operators of `Int` take as well.
    fn operator_side(&mut self, value: ExprId) -> Expr {
        match self.ty_of(value) {
            Ty::BigInt => {
                let place = self.place(value);
                match &place {
                    Expr::Path(_) | Expr::Field(_) => as_reference(place),
                    _ => place,
                }
            }
            _ => self.place(value),
        }
    }

    pub(super) fn binary(&mut self, id: ExprId, op: BinOp, left: ExprId, right: ExprId) -> Expr {
        if op == BinOp::Mod
            && let Some(text) = self.percent(left, right)
        {
            return call_path("Str::from", vec![text]);
        }
        if op == BinOp::Mod
            && self.ty_of(left) == Ty::Str
            && !matches!(self.resolved(id, 0), Some(Resolved::Raises(..)))
        {
            return self.percent_call(left, right);
        }
        if let (BinOp::Add, Ty::Tuple(a), Ty::Tuple(b)) = (op, self.ty_of(left), self.ty_of(right)) {
            return self.tuple_sum((left, &a), (right, &b));
        }
        match self.resolved(id, 0) {
            Some(Resolved::Stub(call)) if call.method.starts_with("__r") && is_reflected(&call.method) => {
                let arg = self.stub_args(call);
                let recv = self.operand(right, call);
                self.stub_form(call, Some(recv), arg)
            }
            Some(Resolved::Stub(call)) => {
                let recv = self.operand(left, call);
                let recv = if self.needs_type(id) { build::typed(recv) } else { recv };
                self.stub_call(call, Some(recv), id)
            }
            Some(Resolved::Function { function, args }) => {
                let reflected = args.iter().any(|arg| matches!(arg, crate::infer::BoundArg::Expr(of) if *of == left));
                let recv = if reflected { right } else { left };
                self.method_call(*function, recv, args, id)
            }
            Some(Resolved::Raises(class, text)) => self.raises_after(&[left, right], class, text),
            Some(Resolved::Dynamic) => {
                let left = self.place(left);
                let right = self.borrowed(right);
                let call = method(left, &dynamic(op), vec![right]);
                self.question(call)
            }
            _ => self.unsupported(id, format!("`{}` is not translated yet for these types", op.symbol())),
        }
    }

    /// `template % values` by the runtime.
    fn percent_call(&mut self, left: ExprId, right: ExprId) -> Expr {
        let template = self.place(left);
        let ty = self.ty_of(right);
        let known = match &ty {
            Ty::Tuple(items) => items.len() <= 8,
            Ty::VarTuple(_) | Ty::Value | Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float | Ty::Number | Ty::Str => true,
            Ty::List(_) | Ty::Set(_) | Ty::Exc(_) => true,
            Ty::Dict(key, value) => **key == Ty::Str && self.is_plain(value),
            _ => false,
        };
        let args = if known {
            self.borrowed(right)
        } else if self.is_plain(&ty) {
            let value = self.owned(right);
            as_reference(call_path("Value::from", vec![value]))
        } else {
            return self.unsupported(right, "`%` with a value of this type is not translated yet");
        };
        let made = method(template, "percent", vec![args]);
        self.question(made)
    }

    /// `(a, b) + (c,)`: the elements of both.
    fn tuple_sum(&mut self, left: (ExprId, &[Ty]), right: (ExprId, &[Ty])) -> Expr {
        let stmts = self.in_block(|emitter| {
            let mut items = Vec::new();
            for (side, types) in [left, right] {
                if let hir::Expr::Tuple(parts) = &emitter.program.exprs[side]
                    && !emitter.types.adjustments.contains_key(&side)
                    && parts.iter().all(|part| matches!(part, hir::Item::One(_)))
                {
                    let parts: Vec<ExprId> = parts.iter().map(|part| part.value()).collect();
                    for part in parts {
                        let value = emitter.owned(part);
                        let held = if emitter.is_pure(part) {
                            value
                        } else {
                            let text = emitter.temp_unique("item");
                            emitter.push_let(&text, value);
                            name(&text)
                        };
                        items.push(held);
                    }
                    continue;
                }
                let held = emitter.held(side, "items");
                for (at, ty) in types.iter().enumerate() {
                    let part = build::tuple_field(held.clone(), at);
                    items.push(if ty.is_copy() { part } else { method(part, "clone", Vec::new()) });
                }
            }
            let made = if items.is_empty() { name("EmptyTuple") } else { tuple(items) };
            emitter.out.push(tail(made));
        });
        block_expr(stmts)
    }

    /// `a op b` with the right side at hand: what `a op= b` computes.
    pub(super) fn augmented(&mut self, left: Expr, left_ty: &Ty, op: BinOp, right: ExprId, target: AugTarget) -> Expr {
        match self.resolved_aug(right) {
            Some(Resolved::Stub(call)) => {
                let args = self.stub_args(call);
                let left = match (&call.rust, left_ty) {
                    (RustForm::Path(_), ty) if !ty.is_copy() => as_reference(left),
                    (RustForm::Operator(_), Ty::BigInt) => as_reference(left),
                    _ => left,
                };
                self.stub_form(call, Some(left), args)
            }
            Some(Resolved::Dynamic) => {
                let right = self.borrowed(right);
                let call = method(left, &dynamic(op), vec![right]);
                self.question(call)
            }
            Some(Resolved::Function { function, args }) => {
                let (function, args) = (*function, args.clone());
                self.method_on(function, left, &args, right)
            }
            Some(Resolved::Raises(class, text)) => self.raises_after(&[right], class, text),
            _ => {
                let _ = target;
                self.unsupported(right, format!("`{}=` is not translated yet for these types", op.symbol()))
            }
        }
    }

    /// What an augmented assignment does: keyed by its right side, apart from what the right side itself does.
    pub(super) fn resolved_aug(&self, right: ExprId) -> Option<&'a Resolved> {
        self.resolved(right, crate::infer::place::AUGMENTED)
    }

    pub(super) fn bool_op(&mut self, id: ExprId, is_and: bool, operands: &[ExprId]) -> Expr {
        let ty = self.raw_ty(id);
        if ty == Ty::Bool && operands.iter().all(|operand| self.ty_of(*operand) == Ty::Bool) {
            return self.bool_join(is_and, operands);
        }
        self.bool_value(is_and, operands, &ty)
    }

    pub(super) fn bool_join(&mut self, is_and: bool, operands: &[ExprId]) -> Expr {
        let mut parts = operands.iter().copied();
        let Some(first) = parts.next() else { return build::boolean(is_and) };
        let mut all = self.condition(first);
        for part in parts {
            let part = self.condition(part);
            all = binary(all, if is_and { "&&" } else { "||" }, part);
        }
        all
    }

    /// `a or b` as a value: `{ let value = a; if value.truthy() { value } else { b } }`.
    fn bool_value(&mut self, is_and: bool, operands: &[ExprId], ty: &Ty) -> Expr {
        let [first, rest @ ..] = operands else { return tuple(Vec::new()) };
        if rest.is_empty() {
            return self.owned(*first);
        }
        let first = *first;
        if self.ty_of(first) == Ty::None {
            // Never true.
            let value = self.owned(first);
            if is_and {
                return self.convert(value, &Ty::None, ty);
            }
            let stmts = self.in_block(|emitter| {
                if !matches!(value, Expr::Path(_) | Expr::Tuple(_)) {
                    emitter.out.push(stmt(value));
                }
                let other = emitter.bool_value(is_and, rest, ty);
                let other = match rest {
                    [last] => {
                        let last = emitter.ty_of(*last);
                        emitter.convert(other, &last, ty)
                    }
                    _ => other,
                };
                emitter.out.push(tail(other));
            });
            return block_expr(stmts);
        }
        let stmts = self.in_block(|emitter| {
            let from = emitter.ty_of(first);
            let value = emitter.owned(first);
            let held = emitter.temp("value");
            emitter.push_let(&held, value);
            let test = emitter.truth(name(&held), &from);
            let kept = match (&from, ty) {
                (Ty::Option(inner), ty) if **inner == *ty => call_path("proven", vec![name(&held)]),
                _ => emitter.convert(name(&held), &from, ty),
            };
            let other = emitter.bool_value(is_and, rest, ty);
            let other = match rest {
                [last] => {
                    let last = emitter.ty_of(*last);
                    emitter.convert(other, &last, ty)
                }
                _ => other,
            };
            let (then, orelse) = if is_and { (other, kept) } else { (kept, other) };
            emitter.out.push(tail(build::if_(test, vec![tail(then)], Some(orelse))));
        });
        block_expr(stmts)
    }

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
    fn compare_one(
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
                    let left = left_held.unwrap_or_else(|| self.comparison_side(left, false));
                    let right = right_held.unwrap_or_else(|| self.comparison_side(right, true));
                    return binary(left, text, right);
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
                let test = self.method_call(*function, left, args, id);
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
                    let test = method(left, "py_eq", vec![as_reference(right)]);
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
                    let test = method(left, text, vec![as_reference(right)]);
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

    /// A test whose answer is known; its operands are evaluated all the same.
    pub(super) fn known(&mut self, operands: &[ExprId], value: bool) -> Expr {
        let operands: Vec<ExprId> = operands.iter().copied().filter(|side| !self.is_pure(*side)).collect();
        if operands.is_empty() {
            return build::boolean(value);
        }
        let stmts = self.in_block(|emitter| {
            for operand in operands {
                let value = emitter.place(operand);
                emitter.out.push(build::let_(build::pat("_"), None, Some(value)));
            }
            emitter.out.push(tail(build::boolean(value)));
        });
        block_expr(stmts)
    }

    /// One side of `==` or `<`: a literal text is compared as it is.
    fn comparison_side(&mut self, side: ExprId, is_right: bool) -> Expr {
        // `Int` compares with `i64` as it is.
        if is_right
            && let Some([crate::infer::Adjustment::ToBigInt]) = self.types.adjustments.get(&side).map(Vec::as_slice)
            && self.raw_ty(side) == Ty::Int
        {
            return self.raw(side, Want::Place);
        }
        if !self.types.adjustments.contains_key(&side)
            && let hir::Expr::Lit(hir::Lit::Str(text)) = &self.program.exprs[side]
        {
            return if is_right { build::string(text) } else { call_path("Str::from", vec![build::string(text)]) };
        }
        self.place(side)
    }

    /// `a is b`.
    fn identity(&mut self, left: ExprId, right: ExprId, left_held: Option<Expr>, right_held: Option<Expr>) -> Expr {
        let is_none = |id: ExprId| matches!(self.program.exprs[id], hir::Expr::Lit(hir::Lit::None));
        let (left_none, right_none) = (is_none(left), is_none(right));
        if right_none || left_none {
            let side = if right_none { left } else { right };
            let value = left_held.unwrap_or_else(|| self.place(side));
            return method(value, "is_none", Vec::new());
        }
        let (left_ty, right_ty) = (self.ty_of(left), self.ty_of(right));
        let left = left_held.unwrap_or_else(|| self.place(left));
        let right = right_held.unwrap_or_else(|| self.place(right));
        match (&left_ty, &right_ty) {
            (Ty::Class(a), Ty::Class(b)) if self.layouts.same(*a, *b) && !self.is_exception(*a) => {
                call_path("Rc::ptr_eq", vec![as_reference(left), as_reference(right)])
            }
            (Ty::Option(inner), Ty::Type | Ty::ExcType) if **inner == right_ty => {
                binary(left, "==", call_path("Some", vec![right]))
            }
            (Ty::Bool | Ty::Int | Ty::None | Ty::Type | Ty::ExcType, _) if left_ty == right_ty => {
                binary(left, "==", right)
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
            _ => method(left, "is", vec![as_reference(right)]),
        }
    }

    /// `a in b`.
    fn membership(&mut self, id: ExprId, at: u32, item: ExprId, container: ExprId, held: Option<Expr>) -> Expr {
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
            Some(Resolved::Function { function, args }) => self.method_call(*function, container, args, id),
            Some(Resolved::Dynamic) => {
                let recv = self.place(container);
                let item = held.map_or_else(|| self.borrowed(item), as_reference);
                let call = method(recv, "contains", vec![item]);
                self.question(call)
            }
            _ => {
                if let hir::Expr::Tuple(items) = &self.program.exprs[container]
                    && (self.is_pure(item) || held.is_some() || items.iter().all(|other| self.is_pure(other.value())))
                    && items.iter().all(|other| self.ty_of(other.value()) == self.ty_of(item))
                {
                    let items: Vec<ExprId> = items.iter().map(|item| item.value()).collect();
                    let items = items.into_iter().map(|item| self.owned(item)).collect();
                    let item = held.map_or_else(|| self.borrowed(item), as_reference);
                    let test = method(build::array(items), "contains", vec![item]);
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

    pub(super) fn index(&mut self, id: ExprId, value: ExprId, index: ExprId, want: Want) -> Expr {
        match self.resolved(id, 0) {
            Some(Resolved::TupleField(at)) => {
                let place = self.place(value);
                let part = build::tuple_field(place, *at);
                if want == Want::Place { part } else { self.cloned(part, id) }
            }
            Some(Resolved::RecordField(at)) => self.record_field(id, value, *at),
            Some(Resolved::Stub(call)) => {
                let recv = self.operand(value, call);
                self.stub_call(call, Some(recv), id)
            }
            Some(Resolved::Function { function, args }) => self.method_call(*function, value, args, id),
            Some(Resolved::Raises(class, text)) => self.raises_after(&[value, index], class, text),
            Some(Resolved::Dynamic) => {
                let recv = self.place(value);
                let index = self.borrowed(index);
                let call = method(recv, "get_item", vec![index]);
                self.question(call)
            }
            _ => self.unsupported(id, "this subscript is not translated yet"),
        }
    }

    /// A part of something that lives on.
    pub(super) fn cloned(&mut self, part: Expr, id: ExprId) -> Expr {
        let rvalue = matches!(&part, Expr::Field(inner) if !matches!(*inner.base, Expr::Path(_) | Expr::Field(_)));
        if rvalue || self.raw_ty(id).is_copy() { part } else { method(part, "clone", Vec::new()) }
    }

    pub(super) fn slice(&mut self, id: ExprId, value: ExprId, parts: [Option<ExprId>; 3]) -> Expr {
        match self.resolved(id, 0) {
            Some(Resolved::Raises(class, text)) => {
                let operands: Vec<ExprId> = [Some(value)].into_iter().chain(parts).flatten().collect();
                return self.raises_after(&operands, class, text);
            }
            Some(Resolved::Function { .. } | Resolved::Unsupported) => {
                return self.unsupported(id, "slices of this type are not translated yet");
            }
            _ => {}
        }
        let recv = self.place(value);
        let dynamic = matches!(self.ty_of(value), Ty::Value);
        let args = self.slice_ends(&parts);
        let text = if parts[2].is_some() { "slice_step" } else { "slice" };
        let call = method(recv, text, args);
        if parts[2].is_some() || dynamic { self.question(call) } else { call }
    }

    /// `Some(1), None`: the ends of a slice, and its step when there is one.
    pub(super) fn slice_ends(&mut self, parts: &[Option<ExprId>; 3]) -> Vec<Expr> {
        let count = if parts[2].is_some() { 3 } else { 2 };
        parts[..count].iter().map(|part| part.map_or_else(|| name("None"), |part| self.slice_end(part))).collect()
    }

    fn slice_end(&mut self, part: ExprId) -> Expr {
        match self.ty_of(part) {
            Ty::Option(_) => self.owned(part),
            Ty::None => name("None"),
            _ => {
                let value = self.owned(part);
                call_path("Some", vec![value])
            }
        }
    }

    pub(super) fn attribute(&mut self, id: ExprId, value: ExprId, attribute: &str, want: Want) -> Expr {
        if attribute == "__dict__" && matches!(self.raw_ty(id), Ty::Record(_)) {
            return self.place(value);
        }
        match self.resolved(id, 0) {
            Some(Resolved::Field) => self.field_read(id, value, attribute, want),
            Some(Resolved::RecordField(at)) => self.record_field(id, value, *at),
            Some(Resolved::TupleField(at)) => {
                let place = self.place(value);
                let part = build::tuple_field(place, *at);
                self.cloned(part, id)
            }
            Some(Resolved::Stub(call)) => {
                if matches!(self.ty_of(value), Ty::Module) {
                    return self.stub_constant(call);
                }
                let recv = self.operand(value, call);
                self.stub_call(call, Some(recv), id)
            }
            Some(Resolved::Function { function, args }) => self.method_call(*function, value, args, id),
            Some(Resolved::Raises(class, text)) => self.raises_after(&[value], class, text),
            Some(Resolved::Dynamic) => {
                let recv = self.place(value);
                let call = method(recv, "get_attr", vec![build::string(attribute)]);
                self.question(call)
            }
            _ => self.plain_attribute(id, value, attribute),
        }
    }
}

/// Where the left side of an augmented assignment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AugTarget {
    /// A variable.
    Var,
    /// Anything else.
    Other,
}

/// The methods of the runtime's `Arithmetic`.
pub fn by_value(method: &str) -> bool {
    matches!(method, "py_div" | "floor_div" | "py_mod" | "py_divmod" | "py_pow" | "py_lshift" | "py_rshift")
}

fn is_reflected(method: &str) -> bool {
    !matches!(method, "__round__" | "__repr__" | "__reversed__" | "__rshift__" | "__reduce__")
}

/// The method of `Value` for an operator.
fn dynamic(op: BinOp) -> String {
    format!("py_{}", op.dunder())
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
fn is_handle(ty: &Ty) -> bool {
    match ty {
        Ty::Option(inner) => is_handle(inner),
        Ty::Coro(_) | Ty::Task(_) | Ty::Future(_) | Ty::Gen(..) | Ty::AsyncGen(..) => true,
        Ty::Stub(stub, _) => stub.module == "asyncio",
        _ => false,
    }
}
