//! Binding of expressions.

use super::Binder;

use crate::hir::*;
use crate::infer::{Adjustment, Resolved, place};
use crate::types::Ty;

impl Binder<'_, '_> {
    /// Binds an expression; a coroutine is made an object.
    pub fn value(&mut self, id: ExprId) -> Ty {
        self.expr(id, true)
    }

    /// Binds an expression; `keeps`: a coroutine that it calls is kept, a function becomes a value.
    pub fn expr(&mut self, id: ExprId, keeps: bool) -> Ty {
        // Bound once: a default or an operand may be reached twice.
        self.types.adjustments.remove(&id);
        let raw = self.raw(id);
        self.types.expr.insert(id, raw.clone());
        let natural = self.natural(id);
        let program = self.s.program;
        if let Expr::Var(_) = &program.exprs[id] {
            if let Some(text) = self.nothing_binds(id, &natural) {
                self.types.expr.insert(id, Ty::Never);
                return self.raises((id, 0), "NameError", text);
            }
            // Narrowed by a test.
            let ty = self.narrowed(id, &raw, &natural);
            return ty;
        }
        if raw == Ty::Never {
            return if natural == Ty::Never { Ty::Never } else { natural };
        }
        let mut ty = raw.clone();
        if keeps {
            match (&program.exprs[id], &raw) {
                (Expr::Call(_) | Expr::Aio(_), Ty::Coro(_)) => self.adjust(id, Adjustment::IntoCoroutine),
                (Expr::Function(_) | Expr::Lambda(_) | Expr::Attr(..) | Expr::Stub(_), Ty::Fn(_))
                    if self.is_callable(id) =>
                {
                    self.adjust(id, Adjustment::IntoFunction(raw.clone()));
                }
                _ => {}
            }
        }
        if natural != ty && natural != Ty::Never && !matches!(program.exprs[id], Expr::BoolOp { .. }) {
            if self.conversion(&ty, &natural, None).is_some() {
                ty = self.coerce(id, &raw, &natural, None);
            } else if self.is_fresh(id) && self.can_copy(&ty, &natural) {
                self.adjust(id, Adjustment::Map(natural.clone()));
                ty = natural;
            }
        }
        ty
    }

    /// Whether nobody else has the container that an expression gives: a function of the runtime has just made it.
    fn is_fresh(&self, id: ExprId) -> bool {
        matches!(self.s.program.exprs[id], Expr::Call(_))
            && matches!(self.types.resolved.get(&(id, 0)), Some(Resolved::Stub(_)))
    }

    /// Whether the items of a container that nobody else has can be put into one of the other type.
    fn can_copy(&self, from: &Ty, to: &Ty) -> bool {
        let item = |from: &Ty, to: &Ty| {
            from == to || self.conversion(from, to, None).is_some_and(|list| !super::coerce::fails(&list))
        };
        match (from, to) {
            (Ty::List(from), Ty::List(to)) | (Ty::Set(from), Ty::Set(to)) => item(from, to),
            (Ty::Dict(key, value), Ty::Dict(to_key, to_value)) => item(key, to_key) && item(value, to_value),
            _ => false,
        }
    }

    /// Whether an expression names a function or method that must be made a value; a field that holds one is one.
    fn is_callable(&self, id: ExprId) -> bool {
        match &self.s.program.exprs[id] {
            Expr::Attr(..) => !matches!(
                self.types.resolved.get(&(id, 0)),
                Some(Resolved::Field | Resolved::RecordField(_) | Resolved::TupleField(_))
            ),
            _ => true,
        }
    }

    /// What is said of a name that nothing binds.
    fn nothing_binds(&mut self, id: ExprId, natural: &Ty) -> Option<String> {
        let Expr::Var(var) = self.s.program.exprs[id] else { return None };
        let info = &self.s.program.vars[var];
        let is_global = info.storage == Storage::Global && info.maybe_unbound;
        if !is_global || *natural != Ty::Never {
            return None;
        }
        let slot = self.s.var_slot(var)?;
        self.s.slots.shape(slot).is_bottom().then(|| format!("name '{}' is not defined", info.name))
    }

    /// A read of a variable that a test has narrowed.
    fn narrowed(&mut self, id: ExprId, raw: &Ty, natural: &Ty) -> Ty {
        let wanted = match (raw, natural) {
            (Ty::Value | Ty::Never, Ty::Never) => return raw.clone(),
            (_, Ty::Never) => {
                // The test says that it is never read here.
                self.types.expr.insert(id, Ty::Never);
                return Ty::Never;
            }
            (raw, natural) if raw == natural => return raw.clone(),
            (Ty::Option(inner), natural) if **inner == *natural => natural.clone(),
            // It may be `None` here too.
            (Ty::Option(_), Ty::Option(_)) => return raw.clone(),
            (Ty::Option(_), Ty::None) => return raw.clone(),
            (Ty::Option(inner), natural) => match &**inner {
                Ty::Union(union) if self.r.unions[*union].alternatives.iter().any(|part| part.ty == *natural) => {
                    natural.clone()
                }
                inner => inner.clone(),
            },
            (Ty::Union(union), natural)
                if self.r.unions[*union].alternatives.iter().any(|part| part.ty == *natural) =>
            {
                natural.clone()
            }
            (Ty::Class(_), Ty::Class(_)) | (Ty::Exc(_), Ty::Exc(_)) => {
                // A hierarchy is one struct, every exception is a `PyErr`.
                self.types.expr.insert(id, natural.clone());
                return natural.clone();
            }
            (Ty::Outcome(inner), natural) if **inner == *natural || matches!(natural, Ty::Exc(_)) => natural.clone(),
            (Ty::Outcome(inner), natural) if matches!(&**inner, Ty::Option(of) if **of == *natural) => natural.clone(),
            _ => return raw.clone(),
        };
        self.coerce(id, raw, &wanted, None)
    }

    fn raw(&mut self, id: ExprId) -> Ty {
        let program = self.s.program;
        match &program.exprs[id] {
            Expr::Lit(lit) => match lit {
                Lit::None => Ty::None,
                Lit::Bool(_) => Ty::Bool,
                Lit::Int(_) => Ty::Int,
                Lit::BigInt(_) => Ty::BigInt,
                Lit::Float(_) => Ty::Float,
                Lit::Imaginary(_) => {
                    let span = self.span(id);
                    self.unsupported((id, 0), span, "complex numbers are not translated yet", None)
                }
                Lit::Str(_) => Ty::Str,
                Lit::Bytes(_) => Ty::Bytes,
                Lit::Ellipsis => Ty::Ellipsis,
            },
            Expr::Var(var) => self.var_ty(*var),
            Expr::Function(_) => self.natural(id),
            Expr::Stub(name) if name.name.is_empty() => Ty::Module,
            Expr::Lambda(function) => {
                self.defaults(*function);
                self.natural(id)
            }
            Expr::Class(_) | Expr::Module(_) => self.natural(id),
            Expr::Stub(name) => self.stub_name(id, name),
            Expr::Walrus(var, value) => {
                let to = self.var_ty(*var);
                self.value_as(*value, &to);
                to
            }
            Expr::Unary(op, value) => self.unary(id, *op, *value),
            Expr::Binary(op, left, right) => self.binary(id, *op, *left, *right),
            Expr::Compare(first, rest) => self.comparison(id, *first, rest),
            Expr::BoolOp { operands, .. } => {
                let to = self.natural(id);
                let is_or = matches!(&program.exprs[id], Expr::BoolOp { is_and: false, .. });
                for (at, &operand) in operands.iter().enumerate() {
                    self.operand(operand, &to, is_or && at + 1 < operands.len());
                }
                to
            }
            Expr::IfExp { test, then, orelse } => {
                self.condition(*test);
                let to = self.natural(id);
                self.value_as(*then, &to);
                self.value_as(*orelse, &to);
                to
            }
            Expr::Call(call) => self.call(id, call),
            Expr::Attr(value, name) => self.attribute(id, *value, name),
            Expr::Index(value, index) => self.index(id, *value, *index),
            Expr::Slice { value, lower, upper, step } => {
                let recv = self.value(*value);
                [lower, upper, step].into_iter().flatten().for_each(|part| self.slice_end(*part));
                let recv =
                    self.unwrapped(*value, recv, "TypeError", |name| format!("'{name}' object is not subscriptable"));
                match recv {
                    Ty::Str | Ty::Bytes | Ty::List(_) | Ty::VarTuple(_) | Ty::Range => recv,
                    Ty::Stub(ref class, _) if crate::infer::accept::is_buffer(class) => recv,
                    Ty::Tuple(_) => {
                        let to = self.natural(id);
                        self.coerce(*value, &recv, &to, None);
                        to
                    }
                    Ty::Value => {
                        self.resolve((id, 0), Resolved::Dynamic);
                        Ty::Value
                    }
                    Ty::Never => Ty::Never,
                    other => match self.python_name(&other) {
                        Some(name) if has_no_items(&other) => {
                            self.raises((id, 0), "TypeError", format!("'{name}' object is not subscriptable"))
                        }
                        _ => {
                            let span = self.span(id);
                            let name = self.show(&other);
                            self.unsupported((id, 0), span, format!("a slice of `{name}` is not translated"), None)
                        }
                    },
                }
            }
            Expr::List(items) | Expr::Set(items) => {
                let ty = self.natural(id);
                let element = match &ty {
                    Ty::List(item) | Ty::Set(item) => (**item).clone(),
                    _ => Ty::Value,
                };
                self.items(items, &element);
                ty
            }
            Expr::Tuple(items) => {
                let ty = self.natural(id);
                match &ty {
                    Ty::Tuple(types) => {
                        for (item, to) in items.iter().zip(types) {
                            self.value_as(item.value(), to);
                        }
                    }
                    Ty::VarTuple(element) => self.items(items, element),
                    _ => items.iter().for_each(|item| {
                        self.value(item.value());
                    }),
                }
                ty
            }
            Expr::Dict(items) => {
                let ty = self.natural(id);
                let (keys, values) = match &ty {
                    Ty::Dict(key, value) => ((**key).clone(), (**value).clone()),
                    _ => (Ty::Value, Ty::Value),
                };
                for item in items {
                    match item {
                        DictItem::Pair(key, value) => {
                            self.value_as(*key, &keys);
                            self.value_as(*value, &values);
                        }
                        DictItem::Spread(value) => {
                            let from = self.value(*value);
                            self.unwrapped(*value, from, "TypeError", |name| {
                                format!("'{name}' object is not a mapping")
                            });
                        }
                    }
                }
                ty
            }
            Expr::Comp(comp) => self.comp(id, comp),
            Expr::Format(pieces) => {
                self.pieces(pieces);
                Ty::Str
            }
            Expr::Await(value) => self.await_(id, *value),
            Expr::Yield(value) => {
                if let (Some(function), Some(value)) = (self.function, value) {
                    let yields = self.s.function(function).yields;
                    let to = self.r.inner(self.s, yields);
                    self.value_as(*value, &to);
                }
                let sends = self.function.map(|function| self.s.function(function).sends);
                match sends.map(|sends| self.ty(sends)) {
                    None | Some(Ty::Never) => Ty::None,
                    Some(ty) => ty.option(),
                }
            }
            Expr::YieldFrom(value) => {
                let ty = self.value(*value);
                let ty = self.unwrapped(*value, ty, "TypeError", |name| format!("'{name}' object is not iterable"));
                let yields = self.function.map(|function| self.s.function(function).yields);
                match (&ty, yields) {
                    (Ty::Tuple(_), Some(yields)) => {
                        let items = Ty::VarTuple(Box::new(self.r.inner(self.s, yields)));
                        self.coerce(*value, &ty, &items, None);
                    }
                    _ => drop(self.check_iterable(*value, &ty, place::ITERATE)),
                }
                match self.natural(id) {
                    Ty::Never => Ty::None,
                    ty => ty,
                }
            }
            Expr::Aio(aio) => self.aio(id, aio),
            Expr::Unsupported(_) => Ty::Never,
        }
    }

    /// The elements of a display.
    pub fn items(&mut self, items: &[Item], element: &Ty) {
        for item in items {
            match item {
                Item::One(value) => {
                    self.value_as(*value, element);
                }
                Item::Star(value) => {
                    let from = self.value(*value);
                    let iterator = Ty::Iter(Box::new(element.clone()));
                    if self.all_convert(&from, &iterator) {
                        self.coerce(*value, &from, &iterator, None);
                    } else {
                        self.check_iterable(*value, &from, place::ITERATE);
                    }
                }
            }
        }
    }

    /// An operand of `and` or `or` that may be the result.
    fn operand(&mut self, id: ExprId, to: &Ty, only_true: bool) {
        let from = self.value(id);
        if only_true && from == Ty::None {
            return;
        }
        // The `None` of an operand before the last of `or` is never the result; emission tests before it converts.
        match (&from, to) {
            (from, to) if from == to => {}
            (Ty::Option(inner), to) if !matches!(to, Ty::Option(_)) && **inner == *to => {}
            (Ty::Option(inner), to)
                if only_true
                    && !matches!(to, Ty::Option(_) | Ty::Value)
                    && self.conversion(inner, to, None).is_some_and(|list| !super::coerce::fails(&list)) => {}
            (from, to) => {
                self.coerce(id, from, to, None);
            }
        }
    }

    /// A test: any type will do.
    pub fn condition(&mut self, id: ExprId) {
        let program = self.s.program;
        match &program.exprs[id] {
            Expr::Unary(UnOp::Not, value) => {
                self.condition(*value);
                self.types.expr.insert(id, Ty::Bool);
            }
            Expr::BoolOp { operands, .. } => {
                operands.iter().for_each(|operand| self.condition(*operand));
                self.types.expr.insert(id, Ty::Bool);
            }
            _ => {
                self.expr(id, false);
            }
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if let Piece::Value { value, spec, .. } = piece {
                self.expr(*value, true);
                self.pieces(spec);
            }
        }
    }

    /// Takes the `None` off a receiver or an operand, with CPython's error when it is one.
    pub fn unwrapped(&mut self, id: ExprId, ty: Ty, class: &'static str, text: impl Fn(&str) -> String) -> Ty {
        match ty {
            Ty::Option(inner) => {
                self.adjust(id, Adjustment::UnwrapOption { error: Some((class, text("NoneType"))) });
                *inner
            }
            ty => ty,
        }
    }

    /// The same of what may be an awaitable or something else: a callback that is a plain function or a coroutine function.
    pub fn only_awaitable(&mut self, id: ExprId, ty: Ty, text: String) -> Ty {
        let Ty::Union(union) = ty else { return ty };
        let alternatives = self.r.unions[union].alternatives.iter().map(|alternative| &alternative.ty);
        let mut awaitables = alternatives.filter(|ty| matches!(ty, Ty::Coro(_) | Ty::Task(_) | Ty::Future(_)));
        let (Some(to), None) = (awaitables.next().cloned(), awaitables.next()) else { return ty };
        self.adjust(id, Adjustment::FromUnion { to: to.clone(), error: Some(("TypeError", text)) });
        to
    }

    fn await_(&mut self, id: ExprId, value: ExprId) -> Ty {
        let ty = self.expr(value, false);
        let legacy = self.function.is_some_and(|function| {
            matches!(self.s.program.functions[function].kind, FnKind::Coroutine { legacy: true })
        });
        let words = |name: &str| {
            if legacy {
                format!("'{name}' object is not iterable")
            } else {
                format!("object {name} can't be used in 'await' expression")
            }
        };
        let ty = self.unwrapped(value, ty, "TypeError", words);
        let ty = self.only_awaitable(value, ty, words(&crate::infer::HOLE.to_string()));
        match ty {
            Ty::Coro(result) | Ty::Task(result) | Ty::Future(result) => *result,
            Ty::Value => {
                self.resolve((id, 0), Resolved::Dynamic);
                Ty::Value
            }
            Ty::Never => Ty::Never,
            Ty::Class(class) => match self.s.find_method(class, "__await__") {
                Some(function) => {
                    self.resolve((id, 0), Resolved::Function { function, args: Vec::new() });
                    match self.natural(id) {
                        Ty::Never => Ty::None,
                        ty => ty,
                    }
                }
                None => {
                    let name = self.python_name(&Ty::Class(class)).unwrap_or_default();
                    self.raises((id, 0), "TypeError", words(&name))
                }
            },
            // The locks of old.
            Ty::Stub(..)
                if let Some(Ty::Coro(result)) =
                    self.stub_method((id, 0), value, "__await__", (value, place::AWAITED)) =>
            {
                *result
            }
            // A legacy coroutine passes the items of any iterable on to the loop, which accepts a bare `None` alone.
            other => match self.python_name(&other) {
                Some(name) if !(legacy && other.iterated().is_some()) => {
                    self.raises((id, 0), "TypeError", words(&name))
                }
                _ => {
                    let span = self.span(id);
                    let shown = self.show(&other);
                    self.unsupported((id, 0), span, format!("awaiting `{shown}` is not translated"), None)
                }
            },
        }
    }
}

/// Whether nothing of the type can be subscripted.
pub fn has_no_items(ty: &Ty) -> bool {
    super::coerce::is_number(ty)
        || matches!(ty, Ty::None | Ty::Set(_) | Ty::FrozenSet(_) | Ty::Iter(_) | Ty::Gen(..) | Ty::Exc(_) | Ty::Fn(..))
}
