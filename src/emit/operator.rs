//! Operators, subscripts and attributes.

use syn::Expr;

use super::Emitter;
use super::build::{self, binary, block_expr, call_path, method, name, not, stmt, tail, tuple, unary};
use super::fallback;
use super::place::{Want, as_reference};
use crate::hir::{self, BinOp, ExprId, UnOp};
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
                if self.needs_type(value) { fallback::typed(place) } else { place }
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
            && matches!(self.ty_of(left), Ty::Str | Ty::Bytes)
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
                let recv = if self.needs_type(id) { fallback::typed(recv) } else { recv };
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

    /// Operands up to the one that never has a value, where one has none.
    pub(super) fn up_to_never(&mut self, operands: &[ExprId]) -> Option<Expr> {
        let at = operands.iter().position(|operand| self.ty_of(*operand) == Ty::Never)?;
        let stmts = self.in_block(|emitter| {
            emitter.effects(&operands[..at]);
            let last = emitter.place(operands[at]);
            emitter.out.push(tail(last));
        });
        Some(block_expr(stmts))
    }

    /// `template % values` by the runtime.
    fn percent_call(&mut self, left: ExprId, right: ExprId) -> Expr {
        let ty = self.ty_of(right);
        let holds_object = match &ty {
            Ty::Tuple(items) => items.iter().any(|item| matches!(item, Ty::Class(_))),
            ty => matches!(ty, Ty::Class(_)),
        };
        if holds_object
            && matches!(&self.program.exprs[left], hir::Expr::Lit(hir::Lit::Str(text)) if formats_numbers(text))
        {
            return self.unsupported(right, "an object as a number in `%` is not translated yet: write `int(…)`");
        }
        let template = self.place(left);
        let known = match &ty {
            Ty::Tuple(items) => items.len() <= 8,
            Ty::VarTuple(_) | Ty::Value | Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float | Ty::Number | Ty::Str => true,
            Ty::Bytes => true,
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
                (Ty::Option(inner), ty) if !is_and && !matches!(ty, Ty::Option(_) | Ty::Value) => {
                    let proven = call_path("proven", vec![name(&held)]);
                    emitter.convert(proven, inner, ty)
                }
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

    /// A test whose answer is known; its operands are evaluated all the same.
    pub(super) fn known(&mut self, operands: &[ExprId], value: bool) -> Expr {
        let stmts = self.in_block(|emitter| {
            emitter.effects(operands);
            emitter.out.push(tail(build::boolean(value)));
        });
        block_expr(stmts)
    }

    pub(super) fn index(&mut self, id: ExprId, value: ExprId, index: ExprId, want: Want) -> Expr {
        match self.resolved(id, 0) {
            Some(Resolved::TupleField(at)) if matches!(self.ty_of(value), Ty::Class(_)) => {
                let (Ty::Class(class), place) = (self.ty_of(value), self.place(value)) else {
                    return self.unsupported(id, "this subscript is not translated yet");
                };
                let field = self.named_tuple_fields(class).and_then(|fields| fields.into_iter().nth(*at));
                let read = field.and_then(|(field, _)| self.read_attribute(class, place, &field, want));
                match read {
                    Some(read) => read,
                    None => self.unsupported(id, "this subscript is not translated yet"),
                }
            }
            Some(Resolved::TupleField(at)) => {
                let place = self.place(value);
                let part = build::tuple_field(place, *at);
                if want == Want::Place { part } else { self.cloned(part, id) }
            }
            Some(Resolved::RecordField(at)) => self.record_field(id, value, *at),
            Some(Resolved::Stub(call)) => {
                if let Some(item) = self.item_of_row(call, value, index) {
                    return item;
                }
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

    /// `rows[i][j]` of a list of lists: read at once, without another reference to the row.
    fn item_of_row(&mut self, call: &StubCall, row: ExprId, index: ExprId) -> Option<Expr> {
        let hir::Expr::Index(rows, _) = self.program.exprs[row] else { return None };
        let Some(Resolved::Stub(outer)) = self.resolved(row, 0) else { return None };
        let are_items =
            [outer, call].iter().all(|call| matches!(&call.rust, RustForm::Method(text) if text == "get_item"));
        let are_lists = [rows, row].iter().all(|list| matches!(self.raw_ty(*list), Ty::List(_)));
        let as_they_are = [rows, row].iter().all(|list| !self.types.adjustments.contains_key(list));
        if !are_items || !are_lists || !as_they_are || !self.is_pure(index) {
            return None;
        }
        let outer = outer.clone();
        let recv = self.operand(rows, &outer);
        let places = [self.stub_args(&outer), self.stub_args(call)].concat();
        Some(self.question(method(recv, "get_nested", places)))
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
                let of_class = self.ty_of(value) == Ty::Type && matches!(call.rust, RustForm::Path(_));
                if of_class || matches!(self.ty_of(value), Ty::Module) {
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

/// Whether a template has a conversion that asks for a number: `%d`, `%05.1f`.
fn formats_numbers(template: &str) -> bool {
    let mut parts = template.split('%').skip(1);
    parts.any(|part| {
        let kind = part.trim_start_matches(|letter: char| letter.is_ascii_digit() || " #+-.*".contains(letter));
        kind.starts_with(|letter: char| "diouxXeEfFgGc".contains(letter))
    })
}
