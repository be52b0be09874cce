//! Binding of comparisons.

use super::Binder;
use super::coerce::{fails, is_number};
use super::operator::number_class;
use super::reflected::First;
use crate::hir::*;
use crate::infer::shape::Con;
use crate::infer::solver::{Argument, Given};
use crate::infer::{Adjustment, BoundArg, Resolved, place};
use crate::types::Ty;

/// Whether a value of a type may be an object of a class of the program.
fn may_be_object(ty: &Ty) -> bool {
    match ty {
        Ty::Option(inner) | Ty::Outcome(inner) => may_be_object(inner),
        Ty::Class(_) | Ty::Union(_) | Ty::Value | Ty::Param(_) | Ty::Never => true,
        _ => false,
    }
}

impl Binder<'_, '_> {
    /// `a < b <= c`.
    pub fn comparison(&mut self, id: ExprId, first: ExprId, rest: &[(CmpOp, ExprId)]) -> Ty {
        let mut left = first;
        let mut l = self.value(first);
        let mut rights: Vec<Ty> = rest.iter().map(|(_, right)| self.value(*right)).collect();
        if let Some(to) = self.chain_type(&l, rest, &rights) {
            for (operand, ty) in std::iter::once((first, &mut l)).chain(rest.iter().map(|one| one.1).zip(&mut rights)) {
                self.coerce(operand, ty, &to, None);
                *ty = to.clone();
            }
        }
        for ((place, (op, right)), r) in rest.iter().enumerate().zip(rights) {
            let key = (id, place as u32);
            let shared = place + 1 < rest.len() || place > 0;
            self.pair(key, *op, (left, l), (*right, r.clone()), shared);
            left = *right;
            // What is known not to be `None` from here on.
            let unwrapped = |adjustment: &Adjustment| matches!(adjustment, Adjustment::UnwrapOption { .. });
            l = match r {
                Ty::Option(inner)
                    if self.types.adjustments.get(right).and_then(|list| list.last()).is_some_and(unwrapped) =>
                {
                    *inner
                }
                r => r,
            };
        }
        Ty::Bool
    }

    /// The one representation of all operands of a chain, each of which is evaluated once.
    fn chain_type(&self, first: &Ty, rest: &[(CmpOp, ExprId)], rights: &[Ty]) -> Option<Ty> {
        let by_value = |op: &CmpOp| !matches!(op, CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn);
        if rest.len() < 2 || !rest.iter().all(|(op, _)| by_value(op)) {
            return None;
        }
        if *first == Ty::Value || rights.contains(&Ty::Value) {
            return Some(Ty::Value);
        }
        if !is_number(first) || !rights.iter().all(is_number) {
            return None;
        }
        rights.iter().try_fold(first.clone(), |all, ty| self.common(&all, ty))
    }

    fn pair(&mut self, key: (ExprId, u32), op: CmpOp, left: (ExprId, Ty), right: (ExprId, Ty), shared: bool) {
        let (l, r) = (left.1.clone(), right.1.clone());
        if l == Ty::Never || r == Ty::Never {
            return;
        }
        match op {
            CmpOp::Is | CmpOp::IsNot => self.identity(key, op, left, right, shared),
            CmpOp::In | CmpOp::NotIn => self.membership(key, op, left, right),
            CmpOp::Eq | CmpOp::NotEq => self.equality(key, op, left, right, shared),
            CmpOp::Lt | CmpOp::LtE | CmpOp::Gt | CmpOp::GtE => self.order(key, op, left, right, shared),
        }
    }

    fn identity(&mut self, key: (ExprId, u32), op: CmpOp, left: (ExprId, Ty), right: (ExprId, Ty), shared: bool) {
        let same = op == CmpOp::Is;
        let (l, r) = (&left.1, &right.1);
        let known = match (l, r) {
            (Ty::None, Ty::None) => Some(true),
            (Ty::None, Ty::Option(_) | Ty::Value | Ty::Param(_) | Ty::Outcome(_)) => None,
            (Ty::Option(_) | Ty::Value | Ty::Param(_) | Ty::Outcome(_), Ty::None) => None,
            (Ty::None, _) | (_, Ty::None) => Some(false),
            // `1 is True`: two objects of different classes.
            (Ty::Bool, other) | (other, Ty::Bool) if is_scalar(other) && *other != Ty::Bool => Some(false),
            (Ty::Class(_), other) | (other, Ty::Class(_)) if !may_be_object(other) => Some(false),
            // There is one.
            (Ty::Tuple(a), Ty::Tuple(b)) if a.is_empty() && b.is_empty() => Some(true),
            // One object is of one type.
            (l, r) if is_built_in(l) && is_running(r) || is_running(l) && is_built_in(r) => Some(false),
            (l, r) if l != r && is_built_in(l) && is_built_in(r) && !(is_tuple(l) && is_tuple(r)) => Some(false),
            _ => None,
        };
        if let Some(known) = known {
            return self.resolve(key, Resolved::Known(known == same));
        }
        let none = |ty: &Ty| *ty == Ty::None;
        let open = |ty: &Ty| match ty {
            Ty::Value | Ty::Union(_) => true,
            Ty::Option(inner) => matches!(**inner, Ty::Union(_)),
            _ => false,
        };
        if l == r && !open(l) || shared || none(l) || none(r) {
            return;
        }
        if open(l) || open(r) {
            return self.both((left.0, l), (right.0, r), &Ty::Value);
        }
        if let (Ty::Type, Ty::ExcType) | (Ty::ExcType, Ty::Type) = (l, r) {
            return self.both((left.0, l), (right.0, r), &Ty::Type);
        }
        let scalar = |ty: &Ty| match ty {
            Ty::Option(inner) => is_scalar(inner),
            ty => is_scalar(ty),
        };
        if scalar(l)
            && scalar(r)
            && let Some(to) = self.common(l, r)
        {
            self.both((left.0, l), (right.0, r), &to);
        }
    }

    fn both(&mut self, left: (ExprId, &Ty), right: (ExprId, &Ty), to: &Ty) {
        self.coerce(left.0, left.1, to, None);
        self.coerce(right.0, right.1, to, None);
    }

    fn equality(&mut self, key: (ExprId, u32), op: CmpOp, left: (ExprId, Ty), right: (ExprId, Ty), shared: bool) {
        let (l, r) = (&left.1, &right.1);
        let name = if op == CmpOp::Eq { "__eq__" } else { "__ne__" };
        if *l == Ty::Value || *r == Ty::Value {
            self.both((left.0, l), (right.0, r), &Ty::Value);
            return self.resolve(key, Resolved::Dynamic);
        }
        // A class's own `__eq__`; the other side's when this one has none.
        let sides = match self.asked_first(l, r, name) {
            First::Right => [(&right, &left), (&left, &right)],
            First::Left | First::Either => [(&left, &right), (&right, &left)],
        };
        for (this, other) in sides {
            if let Ty::Class(class) = &this.1 {
                let own = self.s.find_method(*class, name).or_else(|| self.s.find_method(*class, "__eq__"));
                if let Some(function) = own
                    && let Some(to) = self.param_types(function).get(1).cloned()
                    && self.conversion(&other.1, &to, None).is_some()
                {
                    self.coerce(other.0, &other.1, &to, None);
                    let args = vec![BoundArg::Expr(other.0)];
                    return self.resolve(key, Resolved::Function { function, args });
                }
            }
        }
        if is_number(l) && is_number(r) {
            return self.numbers(key, name, left, right, shared);
        }
        match self.common(l, r) {
            Some(to) => {
                if !shared || to == *l && to == *r {
                    self.both((left.0, l), (right.0, r), &to);
                }
                if let (Some(con), true) =
                    (self.single_of(left.0), !matches!(to, Ty::Option(_) | Ty::Union(_) | Ty::Tuple(_)))
                {
                    self.stub_comparison(key, &con, name, left.0, right.0, &to);
                }
            }
            None => {
                let named = |s: &mut Self, a: &Ty, b: &Ty| match (a, b) {
                    (Ty::Class(class), Ty::Tuple(_) | Ty::VarTuple(_)) => {
                        s.s.named_fields(&Con::Class(*class)).is_some()
                    }
                    _ => false,
                };
                if named(self, l, r) || named(self, r, l) {
                    let span = self.span(key.0);
                    let title = "comparing a named tuple with a tuple is not translated yet";
                    self.unsupported(key, span, title, None);
                    return;
                }
                let apart = kind(l) != kind(r) && kind(l).is_some() && kind(r).is_some();
                if apart {
                    self.resolve(key, Resolved::Known(op == CmpOp::NotEq));
                } else {
                    self.both((left.0, l), (right.0, r), &Ty::Value);
                    self.resolve(key, Resolved::Dynamic);
                }
            }
        }
    }

    fn single_of(&mut self, id: ExprId) -> Option<Con> {
        let slot = self.slot(id);
        self.single(slot)
    }

    /// Writes down which operator of the registry compares two values of one type.
    fn stub_comparison(&mut self, key: (ExprId, u32), con: &Con, name: &str, _left: ExprId, right: ExprId, ty: &Ty) {
        if matches!(con, Con::Class(_)) {
            return;
        }
        self.at(key);
        let Some((class, args)) = self.s.class_of(con) else { return };
        let Some(found) = self.s.find_stub_method(&class, &args, name) else { return };
        let Some(signature) = found.overloads().iter().find(|one| one.receiver.is_none()).cloned() else { return };
        let Some(param) = signature.params.first() else { return };
        let args = vec![self.positional(param.pass, &param.name, right, ty.clone())];
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
    }

    fn numbers(&mut self, key: (ExprId, u32), name: &str, left: (ExprId, Ty), right: (ExprId, Ty), shared: bool) {
        let mixed = matches!((&left.1, &right.1), (Ty::BigInt, Ty::Float) | (Ty::Float, Ty::BigInt));
        if mixed && !shared {
            return self.big_and_float(key, name, right);
        }
        let to = match self.common(&left.1, &right.1) {
            Some(ty) => ty,
            None => return,
        };
        if !shared {
            self.both((left.0, &left.1), (right.0, &right.1), &to);
        } else {
            // An operand of a chain has one representation for both its comparisons.
            self.coerce_once(left.0, &left.1, &to);
            self.coerce_once(right.0, &right.1, &to);
        }
        let Some(class) = number_class(&to) else { return };
        let class = StubRef::new("builtins", class);
        let Some(found) = self.s.find_stub_method(&class, &[], name) else { return };
        let Some(signature) = found.overloads().iter().find(|one| one.receiver.is_none()).cloned() else { return };
        let Some(param) = signature.params.first() else { return };
        let args = vec![self.positional(param.pass, &param.name, right.0, to)];
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
    }

    /// Neither type holds the values of the other: the runtime compares them as they are.
    fn big_and_float(&mut self, key: (ExprId, u32), name: &str, right: (ExprId, Ty)) {
        let symbol = match name {
            "__eq__" => "==",
            "__ne__" => "!=",
            "__lt__" => "<",
            "__le__" => "<=",
            "__gt__" => ">",
            _ => ">=",
        };
        let args = vec![self.positional(crate::stubs::Pass::Reference, "other", right.0, right.1)];
        let call = crate::infer::StubCall {
            of: StubRef::new("builtins", "BigInt"),
            method: name.into(),
            rust: crate::stubs::RustForm::Operator(symbol.into()),
            args,
            nothrow: true,
            is_async: false,
            intrinsic: false,
        };
        self.resolve(key, Resolved::Stub(call));
    }

    fn coerce_once(&mut self, id: ExprId, from: &Ty, to: &Ty) {
        let done = self.types.adjustments.get(&id).is_some_and(|list| !list.is_empty());
        if !done {
            self.coerce(id, from, to, None);
        } else {
            let span = self.span(id);
            if from != to {
                self.refuse(span, "a chain of comparisons between several kinds of numbers is not translated yet");
            }
        }
    }

    fn order(&mut self, key: (ExprId, u32), op: CmpOp, left: (ExprId, Ty), right: (ExprId, Ty), shared: bool) {
        let (name, mirrored, symbol) = match op {
            CmpOp::Lt => ("__lt__", "__gt__", "<"),
            CmpOp::LtE => ("__le__", "__ge__", "<="),
            CmpOp::Gt => ("__gt__", "__lt__", ">"),
            _ => ("__ge__", "__le__", ">="),
        };
        let words = |binder: &Self, l: &Ty, r: &Ty| {
            let of = |ty: &Ty| match ty {
                Ty::Option(inner) => binder.python_name(inner),
                ty => binder.python_name(ty),
            };
            let (l, r) = (of(l).unwrap_or_else(|| "int".into()), of(r).unwrap_or_else(|| "int".into()));
            format!("'{symbol}' not supported between instances of '{l}' and '{r}'")
        };
        let wide = |ty: &Ty| {
            matches!(ty, Ty::Value | Ty::Union(_)) || matches!(ty, Ty::Option(inner) if matches!(**inner, Ty::Union(_)))
        };
        if wide(&left.1) || wide(&right.1) {
            self.both((left.0, &left.1), (right.0, &right.1), &Ty::Value);
            return self.resolve(key, Resolved::Dynamic);
        }
        let (lt, rt) = (words(self, &Ty::None, &right.1), words(self, &left.1, &Ty::None));
        let l = self.unwrapped(left.0, left.1.clone(), "TypeError", |_| lt.clone());
        let r = self.unwrapped(right.0, right.1.clone(), "TypeError", |_| rt.clone());
        let (left, right) = ((left.0, l), (right.0, r));
        if is_number(&left.1) && is_number(&right.1) {
            return self.numbers(key, name, left, right, shared);
        }
        let sides = match self.asked_first(&left.1, &right.1, mirrored) {
            First::Left => [(&left, &right, name), (&right, &left, mirrored)],
            First::Right => [(&right, &left, mirrored), (&left, &right, name)],
            First::Either => {
                let span = self.span(key.0);
                let title =
                    format!("`{symbol}` of objects one of whose classes overrides `{mirrored}` is not translated yet");
                self.unsupported(key, span, title, None);
                return;
            }
        };
        for (this, other, name) in sides {
            if let Ty::Class(class) = &this.1
                && let Some(function) = self.s.find_method(*class, name)
                && let Some(to) = self.param_types(function).get(1).cloned()
            {
                self.coerce(other.0, &other.1, &to, None);
                let args = vec![BoundArg::Expr(other.0)];
                return self.resolve(key, Resolved::Function { function, args });
            }
        }
        if let (Ty::Class(a), Ty::Class(b)) = (&left.1, &right.1) {
            let ordered = |class: &ClassId| {
                matches!(self.s.program.classes[*class].flavour, Flavour::Dataclass { order: true, .. })
            };
            if a == b && ordered(a) {
                return;
            }
        }
        if let (Ty::Tuple(_), Ty::Tuple(_)) = (&left.1, &right.1) {
            match self.common(&left.1, &right.1) {
                Some(to) => {
                    self.both((left.0, &left.1), (right.0, &right.1), &to);
                    if let Some(Con::Tuple(_)) = self.single_of(left.0) {
                        let tuple = StubRef::new("builtins", "tuple");
                        if let Some(found) = self.s.find_stub_method(&tuple, &[], name) {
                            let signature = found.overloads()[0].clone();
                            let args = vec![self.positional(signature.params[0].pass, "other", right.0, to)];
                            let call = crate::infer::StubCall {
                                of: tuple,
                                method: name.into(),
                                rust: signature.rust.clone(),
                                args,
                                nothrow: signature.nothrow,
                                is_async: false,
                                intrinsic: false,
                            };
                            self.resolve(key, Resolved::Stub(call));
                        }
                    }
                }
                None => {
                    self.both((left.0, &left.1), (right.0, &right.1), &Ty::Value);
                    self.resolve(key, Resolved::Dynamic);
                }
            }
            return;
        }
        if left.1 == right.1
            && let Some(con) = self.single_of(left.0)
        {
            self.stub_comparison(key, &con, name, left.0, right.0, &right.1);
            if self.types.resolved.contains_key(&key) {
                return;
            }
        }
        let text = words(self, &left.1, &right.1);
        match (self.python_name(&left.1), self.python_name(&right.1)) {
            (Some(a), Some(b)) if a != b || left.1 == right.1 => {
                self.raises(key, "TypeError", text);
            }
            _ => {
                self.both((left.0, &left.1), (right.0, &right.1), &Ty::Value);
                self.resolve(key, Resolved::Dynamic);
            }
        }
    }

    /// `item in container`.
    fn membership(&mut self, key: (ExprId, u32), op: CmpOp, item: (ExprId, Ty), container: (ExprId, Ty)) {
        let ty = self.unwrapped(container.0, container.1.clone(), "TypeError", |name| {
            format!("argument of type '{name}' is not iterable")
        });
        let container = (container.0, ty);
        let _ = op;
        let dynamic = |binder: &mut Self| {
            binder.both((item.0, &item.1), (container.0, &container.1), &Ty::Value);
            binder.resolve(key, Resolved::Dynamic);
        };
        match &container.1 {
            Ty::Value | Ty::Union(_) => dynamic(self),
            Ty::Class(class) => {
                match self.s.find_method(*class, "__contains__") {
                    Some(function) => {
                        if let Some(to) = self.param_types(function).get(1).cloned() {
                            self.coerce(item.0, &item.1, &to, None);
                        }
                        let args = vec![BoundArg::Expr(item.0)];
                        self.resolve(key, Resolved::Function { function, args });
                    }
                    None => {
                        let span = self.span(key.0);
                        let name = self.python_name(&container.1).unwrap_or_default();
                        if let Some(function) = self.s.find_method(*class, "__iter__") {
                            self.at(key);
                            let element = self.s.element(&Con::Class(*class), false);
                            let element = element.map_or(Ty::Never, |slot| self.ty(slot));
                            match self.conversion(&item.1, &element, None) {
                                Some(steps) if !fails(&steps) => {
                                    self.coerce(item.0, &item.1, &element, None);
                                    let to = Resolved::Function { function, args: Vec::new() };
                                    self.resolve((container.0, place::ITERATE), to.clone());
                                    self.resolve(key, to);
                                }
                                _ => {
                                    let title = "`in` of items of another type is not translated yet";
                                    self.unsupported(key, span, title, None);
                                }
                            }
                        } else {
                            self.not_iterable(key, *class, format!("argument of type '{name}' is not iterable"));
                        }
                    }
                };
            }
            Ty::Str | Ty::Bytes => {
                let to = container.1.clone();
                let fits = item.1 == to || container.1 == Ty::Bytes && is_number(&item.1);
                if fits {
                    self.contains(key, container.0, item.0, &item.1);
                } else if let Ty::Value | Ty::Option(_) | Ty::Union(_) = item.1 {
                    let name = "NoneType";
                    let failure =
                        Some(("TypeError", format!("'in <string>' requires string as left operand, not {name}")));
                    self.coerce(item.0, &item.1, &to, failure);
                    self.contains(key, container.0, item.0, &to);
                } else {
                    let name = self.python_name(&item.1).unwrap_or_default();
                    self.raises(key, "TypeError", format!("'in <string>' requires string as left operand, not {name}"));
                }
            }
            Ty::Range if matches!(item.1, Ty::Int | Ty::Bool) => {
                self.coerce(item.0, &item.1, &Ty::Int, None);
                self.contains(key, container.0, item.0, &Ty::Int);
            }
            Ty::Tuple(items) => {
                let literal = matches!(&self.s.program.exprs[container.0], Expr::Tuple(_));
                if literal && items.iter().all(|ty| *ty == item.1) {
                    return;
                }
                let mut element = item.1.clone();
                for ty in items {
                    match self.common(&element, ty) {
                        Some(ty) => element = ty,
                        None => return dynamic(self),
                    }
                }
                if items.iter().all(|ty| *ty == element) && !literal
                    || items.iter().any(|ty| *ty != element)
                    || item.1 != element
                {
                    if literal {
                        self.types.adjustments.remove(&container.0);
                        let to = Ty::Tuple(vec![element.clone(); items.len()]);
                        self.value_as(container.0, &to);
                        self.coerce(item.0, &item.1, &element, None);
                        return;
                    }
                    let to = Ty::VarTuple(Box::new(element.clone()));
                    self.coerce(container.0, &container.1, &to, None);
                }
                self.coerce(item.0, &item.1, &element, None);
                self.tuple_contains(key, item.0, &element);
            }
            other => match other.iterated().or_else(|| self.stub_element(container.0)) {
                Some(element) => {
                    let steps = self.conversion(&item.1, &element, None);
                    match steps {
                        Some(steps) if !fails(&steps) => {
                            self.coerce(item.0, &item.1, &element, None);
                            self.contains(key, container.0, item.0, &element);
                        }
                        _ if kind(&item.1) != kind(&element) && kind(&item.1).is_some() && kind(&element).is_some() => {
                            self.resolve(key, Resolved::Known(op == CmpOp::NotIn));
                        }
                        _ => dynamic(self),
                    }
                }
                None => match self.python_name(other) {
                    Some(name) if !matches!(other, Ty::Stub(..)) => {
                        self.raises(key, "TypeError", format!("argument of type '{name}' is not iterable"));
                    }
                    _ => {
                        self.contains(key, container.0, item.0, &item.1);
                    }
                },
            },
        }
    }

    fn stub_element(&mut self, id: ExprId) -> Option<Ty> {
        match self.single_of(id) {
            Some(Con::Stub(_, args)) => args.first().map(|slot| self.r.inner(self.s, *slot)),
            _ => None,
        }
    }

    fn tuple_contains(&mut self, key: (ExprId, u32), item: ExprId, element: &Ty) {
        self.tuple_method(key, "__contains__", item, element);
    }

    fn contains(&mut self, key: (ExprId, u32), container: ExprId, item: ExprId, ty: &Ty) {
        let Some(con) = self.single_of(container) else { return };
        self.at(key);
        let Some((class, args)) = self.s.class_of(&con) else { return };
        let Some(found) = self.s.find_stub_method(&class, &args, "__contains__") else {
            let span = self.span(key.0);
            let shown = self.natural(container);
            let shown = self.show(&shown);
            self.unsupported(key, span, format!("`in` of `{shown}` is not translated yet"), None);
            return;
        };
        let given = [Argument { given: Given::Positional, slot: self.slot(item), expr: Some(item) }];
        let overload = self.s.select(&found, None, &given).map_or(0, |(at, _)| at);
        let signature = found.overloads()[overload].clone();
        let Some(param) = signature.params.first() else { return };
        let args = vec![self.positional(param.pass, &param.name, item, ty.clone())];
        let call = crate::infer::StubCall {
            of: (*found.owner).clone(),
            method: "__contains__".into(),
            rust: signature.rust.clone(),
            args,
            nothrow: signature.nothrow,
            is_async: false,
            intrinsic: false,
        };
        self.resolve(key, Resolved::Stub(call));
    }
}

/// Kinds of which no two values are equal; `None`: not known.
fn kind(ty: &Ty) -> Option<u8> {
    match ty {
        Ty::None => Some(0),
        Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float | Ty::Number => Some(1),
        Ty::Str => Some(2),
        Ty::Bytes => Some(3),
        Ty::List(_) => Some(4),
        Ty::Dict(..) => Some(5),
        Ty::Set(_) | Ty::FrozenSet(_) => Some(6),
        Ty::Tuple(_) | Ty::VarTuple(_) => Some(7),
        Ty::Range => Some(8),
        Ty::ExcType | Ty::Type => Some(9),
        Ty::Ellipsis => Some(10),
        Ty::Task(_) | Ty::Future(_) => Some(11),
        Ty::Exc(_) => Some(12),
        _ => None,
    }
}

/// A type whose values are told apart by what they are, and that no other type has.
fn is_scalar(ty: &Ty) -> bool {
    is_number(ty) || matches!(ty, Ty::Str | Ty::Bytes)
}

/// Whether values of a type are objects of one built-in class, and of no other type of ours.
fn is_built_in(ty: &Ty) -> bool {
    is_tuple(ty)
        || matches!(ty, Ty::List(_) | Ty::Dict(..) | Ty::Set(_) | Ty::FrozenSet(_) | Ty::Str | Ty::Bytes | Ty::Range)
}

fn is_running(ty: &Ty) -> bool {
    matches!(ty, Ty::Task(_) | Ty::Future(_) | Ty::Coro(_) | Ty::Gen(..) | Ty::AsyncGen(..))
}

fn is_tuple(ty: &Ty) -> bool {
    matches!(ty, Ty::Tuple(_) | Ty::VarTuple(_))
}
