//! Binding of operators.

use super::Binder;
use super::coerce::is_number;
use super::reflected::First;
use crate::hir::*;
use crate::infer::shape::Con;
use crate::infer::solver::{Argument, Given};
use crate::infer::{Adjustment, BoundArg, Resolved, place};
use crate::types::Ty;

impl Binder<'_, '_> {
    /// `-x`; its type.
    pub fn unary(&mut self, id: ExprId, op: UnOp, value: ExprId) -> Ty {
        if op == UnOp::Not {
            self.condition(value);
            return Ty::Bool;
        }
        let key = (id, 0);
        let (name, symbol) = match op {
            UnOp::Neg => ("__neg__", "-"),
            UnOp::Pos => ("__pos__", "+"),
            UnOp::Invert | UnOp::Not => ("__invert__", "~"),
        };
        let ty = self.value(value);
        let words = |of: &str| format!("bad operand type for unary {symbol}: '{of}'");
        let ty = self.unwrapped(value, ty, "TypeError", words);
        match &ty {
            Ty::Value => {
                self.resolve(key, Resolved::Dynamic);
                Ty::Value
            }
            Ty::Never => Ty::Never,
            Ty::Union(_) => {
                self.coerce(value, &ty, &Ty::Value, None);
                self.resolve(key, Resolved::Dynamic);
                Ty::Value
            }
            Ty::Class(class) => match self.s.find_method(*class, name) {
                Some(function) => {
                    self.resolve(key, Resolved::Function { function, args: Vec::new() });
                    self.r.result(self.s, function)
                }
                None => {
                    let of = self.python_name(&ty).unwrap_or_default();
                    self.raises(key, "TypeError", words(&of))
                }
            },
            ty => {
                let ty = if *ty == Ty::Bool {
                    self.adjust(value, Adjustment::BoolToInt);
                    Ty::Int
                } else {
                    ty.clone()
                };
                let class = number_class(&ty);
                if let Some(class) = class {
                    let class = StubRef::new("builtins", class);
                    if let Some(found) = self.s.find_stub_method(&class, &[], name) {
                        self.finish_stub(key, &found, 0, &[], &[], &Con::Int, 0);
                        return ty;
                    }
                }
                let slot = self.slot(value);
                if let Some(con) = self.single(slot)
                    && class.is_none()
                    && self.s.has_method(&con, name)
                    && let Some(ty) = self.stub_method(key, value, name, key)
                {
                    return ty;
                }
                let of = self.python_name(&ty).unwrap_or_default();
                self.raises(key, "TypeError", words(&of))
            }
        }
    }

    /// `left + right`; its type.
    pub fn binary(&mut self, id: ExprId, op: BinOp, left: ExprId, right: ExprId) -> Ty {
        let key = (id, 0);
        let (l, r) = (self.operand_ty(left), self.operand_ty(right));
        self.operate(key, op, Side { expr: Some(left), ty: l }, Side { expr: Some(right), ty: r }, op.symbol(), false)
    }

    /// Binds an operand; tuples for `%` stay as they are.
    fn operand_ty(&mut self, id: ExprId) -> Ty {
        self.value(id)
    }

    /// `target += value`.
    pub fn augmented(&mut self, target: &Target, op: BinOp, value: ExprId, left: &Ty) {
        let right = self.value(value);
        let key = (value, place::AUGMENTED);
        let symbol = format!("{}=", op.symbol());
        let natural = match self.s.op_of.get(&(value, place::AUGMENTED)).copied() {
            Some(op) => match &*self.s.ops[op as usize].clone() {
                crate::infer::solver::Op::Binary { left, site, .. } => Some((*left, site.out)),
                _ => None,
            },
            None => None,
        };
        // Narrowed by what went before, as a read is.
        let mut left = left.clone();
        if let (Target::Var(_), Some((slot, _))) = (target, natural) {
            let narrow = self.ty(slot);
            if let Ty::Option(inner) = &left
                && **inner == narrow
            {
                self.types.aug_left.insert(value, vec![Adjustment::UnwrapOption { error: None }]);
                left = narrow;
            }
        }
        let made = self.operate(
            key,
            op,
            Side { expr: None, ty: left.clone() },
            Side { expr: Some(value), ty: right },
            &symbol,
            true,
        );
        let wanted = match target {
            Target::Var(var) => self.var_ty(*var),
            Target::Attr(object, name) => {
                let slot = self.slot(*object);
                match self.single(slot) {
                    Some(con) => self.field_ty(&con, name).unwrap_or(made.clone()),
                    None => Ty::Value,
                }
            }
            _ => left,
        };
        if made != wanted && made != Ty::Never {
            match self.conversion(&made, &wanted, None) {
                Some(steps) => {
                    self.types.aug_result.insert(value, steps);
                    self.types.aug_made.insert(value, made);
                }
                None => {
                    let span = self.span(value);
                    self.refuse(span, "what this assignment computes does not fit its target");
                }
            }
        }
    }

    /// An operator over two bound operands.
    fn operate(&mut self, key: (ExprId, u32), op: BinOp, left: Side, right: Side, symbol: &str, in_place: bool) -> Ty {
        let (l, r) = (left.ty.clone(), right.ty.clone());
        if l == Ty::Never || r == Ty::Never {
            return Ty::Never;
        }
        let words = |binder: &Self, l: &Ty, r: &Ty| {
            let name = |ty: &Ty| match ty {
                Ty::Option(inner) => binder.python_name(inner),
                ty => binder.python_name(ty),
            };
            let (l, r) = (name(l).unwrap_or_else(|| "int".into()), name(r).unwrap_or_else(|| "int".into()));
            let symbol = match symbol {
                "**" => "** or pow()",
                "**=" => "**=",
                symbol => symbol,
            };
            format!("unsupported operand type(s) for {symbol}: '{l}' and '{r}'")
        };
        let percent = op == BinOp::Mod && matches!(l, Ty::Str | Ty::Bytes);
        let dynamic = |ty: &Ty| {
            matches!(ty, Ty::Value | Ty::Union(_)) || matches!(ty, Ty::Option(inner) if matches!(**inner, Ty::Union(_)))
        };
        if dynamic(&l) || dynamic(&r) && !percent {
            self.convert_side(key, &left, &l, &Ty::Value);
            self.convert_side(key, &right, &r, &Ty::Value);
            self.resolve(key, Resolved::Dynamic);
            return Ty::Value;
        }
        if percent && left.expr.is_some() {
            // Emission formats, whatever the values are.
            return l;
        }
        // `None` is what CPython complains of when it gets there.
        let mut sides = [(left, l), (right, r)];
        let texts = {
            let none = Ty::None;
            let (l, r) = (&sides[0].1, &sides[1].1);
            [words(self, &none, r), words(self, l, &none)]
        };
        for at in 0..2 {
            if at == 1 && percent {
                continue;
            }
            if let Ty::Option(inner) = sides[at].1.clone() {
                let steps = Adjustment::UnwrapOption { error: Some(("TypeError", texts[at].clone())) };
                self.side_adjust(key, &sides[at].0, steps);
                sides[at].1 = *inner;
            }
        }
        let [(left, l), (right, r)] = sides;
        if is_number(&l) && is_number(&r) {
            return self.arithmetic(key, op, (&left, &l), (&right, &r), &words(self, &l, &r));
        }
        if let (Ty::Tuple(a), Ty::Tuple(b), BinOp::Add) = (&l, &r, op) {
            let all: Vec<Ty> = a.iter().chain(b).cloned().collect();
            let span = self.span(key.0);
            let _ = all;
            return self.tuple_sum(key, (&left, &l), (&right, &r), span);
        }
        let dunder = op.dunder();
        match self.asked_first(&l, &r, &format!("__r{dunder}__")) {
            First::Left => {}
            First::Right => {
                if let Some(ty) = self.method_side(key, (&right, &r), (&left, &l), &format!("__r{dunder}__")) {
                    return ty;
                }
            }
            First::Either => {
                let span = self.span(key.0);
                let title = format!(
                    "`{symbol}` of objects one of whose classes overrides `__r{dunder}__` is not translated yet"
                );
                return self.unsupported(key, span, title, None);
            }
        }
        let names = [in_place.then(|| format!("__i{dunder}__")), Some(format!("__{dunder}__"))];
        for name in names.into_iter().flatten() {
            if let Some(ty) = self.method_side(key, (&left, &l), (&right, &r), &name) {
                return ty;
            }
        }
        if let Some(ty) = self.method_side(key, (&right, &r), (&left, &l), &format!("__r{dunder}__")) {
            return ty;
        }
        let text = if op == BinOp::Add {
            match (&l, &r) {
                (Ty::Str, _) => {
                    let name = self.python_name(&r).unwrap_or_default();
                    format!("can only concatenate str (not \"{name}\") to str")
                }
                (Ty::List(_), _) if !in_place => {
                    let name = self.python_name(&r).unwrap_or_default();
                    format!("can only concatenate list (not \"{name}\") to list")
                }
                (Ty::Tuple(_) | Ty::VarTuple(_), _) => {
                    let name = self.python_name(&r).unwrap_or_default();
                    format!("can only concatenate tuple (not \"{name}\") to tuple")
                }
                (Ty::Bytes, _) => {
                    let name = self.python_name(&r).unwrap_or_default();
                    format!("can't concat {name} to bytes")
                }
                _ => words(self, &l, &r),
            }
        } else {
            words(self, &l, &r)
        };
        let known = self.python_name(&l).is_some() && self.python_name(&r).is_some();
        if known && !matches!(l, Ty::Stub(..)) && !matches!(r, Ty::Stub(..)) {
            return self.raises(key, "TypeError", text);
        }
        let span = self.span(key.0);
        let note = format!("The operands are `{}` and `{}`.", self.show(&l), self.show(&r));
        self.unsupported(key, span, format!("`{symbol}` is not translated yet for these types"), Some(note))
    }

    fn side_adjust(&mut self, key: (ExprId, u32), side: &Side, adjustment: Adjustment) {
        match side.expr {
            Some(expr) => self.adjust(expr, adjustment),
            None => self.types.aug_left.entry(key.0).or_default().push(adjustment),
        }
    }

    fn convert_side(&mut self, key: (ExprId, u32), side: &Side, from: &Ty, to: &Ty) {
        match side.expr {
            Some(expr) => {
                self.coerce(expr, from, to, None);
            }
            None => {
                if let Some(steps) = self.conversion(from, to, None) {
                    self.types.aug_left.entry(key.0).or_default().extend(steps);
                }
            }
        }
    }

    fn arithmetic(
        &mut self,
        key: (ExprId, u32),
        op: BinOp,
        left: (&Side, &Ty),
        right: (&Side, &Ty),
        words: &str,
    ) -> Ty {
        let (l, r) = (left.1, right.1);
        let integral = matches!(op, BinOp::LShift | BinOp::RShift | BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor);
        if op == BinOp::MatMul || integral && (*l == Ty::Float || *r == Ty::Float) {
            return self.raises(key, "TypeError", words);
        }
        let natural = match self.s.op_of.get(&key).copied() {
            Some(op) => match &*self.s.ops[op as usize].clone() {
                crate::infer::solver::Op::Binary { site, .. } => self.ty(site.out),
                _ => Ty::Never,
            },
            None => Ty::Never,
        };
        let both_bool = *l == Ty::Bool && *r == Ty::Bool && matches!(op, BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor);
        let mut kind = if both_bool {
            Ty::Bool
        } else if matches!((l, r), (Ty::BigInt, Ty::Float) | (Ty::Float, Ty::BigInt)) {
            Ty::Float
        } else {
            match self.common(l, r) {
                Some(Ty::Bool) | None => Ty::Int,
                Some(ty) => ty,
            }
        };
        // The result grows without bound though the operands do not.
        if kind == Ty::Int && natural == Ty::BigInt {
            kind = Ty::BigInt;
        }
        if op == BinOp::Pow && kind == Ty::Int && natural == Ty::Float {
            kind = Ty::Float;
        }
        if integral && kind == Ty::Number {
            let span = self.span(key.0);
            return self.unsupported(
                key,
                span,
                "this operator on numbers of several kinds is not translated yet",
                None,
            );
        }
        self.convert_side(key, left.0, l, &kind);
        self.convert_side(key, right.0, r, &kind);
        let Some(class) = number_class(&kind) else { return Ty::Never };
        let class = StubRef::new("builtins", class);
        let name = format!("__{}__", op.dunder());
        let Some(found) = self.s.find_stub_method(&class, &[], &name) else {
            return self.raises(key, "TypeError", words);
        };
        // The overload without a receiver of its own takes the class's own kind.
        let overload = found.overloads().iter().position(|one| one.receiver.is_none()).unwrap_or(0);
        let signature = found.overloads()[overload].clone();
        let args = vec![match right.0.expr {
            Some(expr) => self.positional(signature.params[0].pass, &signature.params[0].name, expr, kind.clone()),
            None => return Ty::Never,
        }];
        let result = crate::infer::resolve::simple(&signature.result);
        let result = match &signature.result {
            crate::stubs::StubTy::Named(name, _) if name.name == "BigInt" => Ty::BigInt,
            crate::stubs::StubTy::Named(name, _) if name.name == "Number" => Ty::Number,
            _ => result,
        };
        let call = crate::infer::StubCall {
            of: (*found.owner).clone(),
            method: name.into(),
            rust: signature.rust.clone(),
            args,
            nothrow: signature.nothrow,
            is_async: false,
            intrinsic: signature.intrinsic,
        };
        self.resolve(key, Resolved::Stub(call));
        result
    }

    /// `(a, b) + (c,)`.
    fn tuple_sum(
        &mut self,
        key: (ExprId, u32),
        left: (&Side, &Ty),
        right: (&Side, &Ty),
        span: crate::source::Span,
    ) -> Ty {
        let (Ty::Tuple(a), Ty::Tuple(b)) = (left.1, right.1) else { return Ty::Never };
        let all: Vec<Ty> = a.iter().chain(b).cloned().collect();
        if left.0.expr.is_some() && right.0.expr.is_some() {
            // Emission takes the elements of both.
            return Ty::Tuple(all);
        }
        let first = all.first().cloned();
        match first {
            Some(first) if all.iter().all(|ty| *ty == first) => {
                let to = Ty::VarTuple(Box::new(first.clone()));
                self.convert_side(key, left.0, left.1, &to);
                self.convert_side(key, right.0, right.1, &to);
                if let Some(expr) = right.0.expr {
                    self.tuple_method(key, "__add__", expr, &first);
                }
                to
            }
            _ => {
                self.refuse(span, "`+=` of two tuples is not translated yet");
                self.resolve(key, Resolved::Unsupported);
                Ty::Never
            }
        }
    }

    /// `this.name(operand)`, if it has such an operator that takes the operand.
    fn method_side(&mut self, key: (ExprId, u32), this: (&Side, &Ty), operand: (&Side, &Ty), name: &str) -> Option<Ty> {
        if let Ty::Class(class) = this.1 {
            let function = self.s.find_method(*class, name)?;
            let to = self.param_types(function).get(1).cloned()?;
            let args = match operand.0.expr {
                Some(expr) => {
                    self.coerce(expr, operand.1, &to, None);
                    vec![BoundArg::Expr(expr)]
                }
                None => Vec::new(),
            };
            self.resolve(key, Resolved::Function { function, args });
            return Some(self.r.result(self.s, function));
        }
        let op = self.at(key);
        let (mut this_slot, mut operand_slot) = match &*self.s.ops.get(op as usize)?.clone() {
            crate::infer::solver::Op::Binary { left, right, .. } => (*left, *right),
            _ => return None,
        };
        if name.starts_with("__r") && name != "__rshift__" {
            std::mem::swap(&mut this_slot, &mut operand_slot);
        }
        let con = self.single(this_slot)?;
        let other = self.single(operand_slot)?;
        self.at(key);
        let one = self.s.own_con(operand_slot, &other);
        let mine = self.s.own_con(this_slot, &con);
        let (class, class_args) = self.s.class_of(&con)?;
        let found = self.s.find_stub_method(&class, &class_args, name)?;
        let given = [Argument { given: Given::Positional, slot: one, expr: operand.0.expr }];
        let receiver = con.is_number().then_some(mine);
        let (overload, _) = self.s.select(&found, receiver, &given)?;
        let instance = self.s.instance(&found, overload, &con);
        let signature = found.overloads()[overload].clone();
        let param = signature.params.first()?;
        if let (Con::Tuple(_), Ty::Tuple(_)) = (&con, this.1) {
            let to = Ty::VarTuple(Box::new(self.r.inner(self.s, class_args[0])));
            self.convert_side(key, this.0, this.1, &to);
        }
        let ty = self.param_ty(&param.ty, &instance.env);
        let value = match operand.0.expr {
            Some(expr) => {
                let generic = matches!(param.ty, crate::stubs::StubTy::Param(_))
                    || matches!(&param.ty, crate::stubs::StubTy::Named(name, _) if name.module == "typing");
                match &ty {
                    Ty::Iter(element) => self.iterated_as(expr, operand.1, element),
                    ty if !generic && *ty != Ty::Value => {
                        self.coerce(expr, operand.1, ty, None);
                    }
                    _ => {}
                }
                BoundArg::Expr(expr)
            }
            None => BoundArg::Omitted,
        };
        let args = vec![crate::infer::StubArg {
            name: param.name.clone(),
            builder: false,
            closure: false,
            value,
            pass: param.pass,
            ty,
        }];
        let call = crate::infer::StubCall {
            of: (*found.owner).clone(),
            method: name.into(),
            rust: signature.rust.clone(),
            args,
            nothrow: signature.nothrow,
            is_async: false,
            intrinsic: signature.intrinsic,
        };
        self.resolve(key, Resolved::Stub(call));
        Some(self.r.inner(self.s, instance.result))
    }
}

/// An operand: an expression, or the target of an augmented assignment.
struct Side {
    expr: Option<ExprId>,
    ty: Ty,
}

/// The class of the registry for a number.
pub fn number_class(ty: &Ty) -> Option<&'static str> {
    match ty {
        Ty::Bool => Some("bool"),
        Ty::Int => Some("int"),
        Ty::BigInt => Some("BigInt"),
        Ty::Float => Some("float"),
        Ty::Number => Some("Number"),
        _ => None,
    }
}
