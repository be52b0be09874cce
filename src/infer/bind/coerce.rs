//! Conversions: from the type that a value has to the type that its place wants.

use super::Binder;
use crate::hir::*;
use crate::infer::Adjustment;
use crate::infer::accept::is_buffer;
use crate::types::{ExcClass, Ty};

/// The exception that a failed conversion is on CPython.
pub type Failure = Option<(&'static str, String)>;

impl Binder<'_, '_> {
    /// Binds an expression and converts it to what its place wants.
    pub fn value_as(&mut self, id: ExprId, to: &Ty) -> Ty {
        if let Some(ty) = self.push_into(id, to) {
            return ty;
        }
        let from = self.value(id);
        self.coerce(id, &from, to, None)
    }

    /// Displays and choices take the wanted type inside, so that nothing is converted as a whole.
    fn push_into(&mut self, id: ExprId, to: &Ty) -> Option<Ty> {
        let program = self.program();
        match (&program.exprs[id], to) {
            (Expr::Tuple(items), Ty::Tuple(types)) if items.len() == types.len() && !has_star(items) => {
                for (item, ty) in items.iter().zip(types) {
                    self.value_as(item.value(), ty);
                }
                self.types.expr.insert(id, to.clone());
                Some(to.clone())
            }
            (Expr::Tuple(items), Ty::Option(inner))
                if matches!(&**inner, Ty::Tuple(types) if types.len() == items.len()) && !has_star(items) =>
            {
                let inner = (**inner).clone();
                self.push_into(id, &inner)?;
                self.adjust(id, Adjustment::WrapSome);
                Some(to.clone())
            }
            (Expr::IfExp { test, then, orelse }, to) if *to != Ty::Value || self.natural(id) == Ty::Value => {
                self.condition(*test);
                self.value_as(*then, to);
                self.value_as(*orelse, to);
                self.types.expr.insert(id, to.clone());
                Some(to.clone())
            }
            _ => None,
        }
    }

    /// Converts a bound expression; gives the type that it has then.
    pub fn coerce(&mut self, id: ExprId, from: &Ty, to: &Ty, failure: Failure) -> Ty {
        if from == to || *from == Ty::Never {
            return to.clone();
        }
        // Which of its overloads a function of the runtime is was chosen already.
        if let (Ty::Fn(own), Ty::Fn(wanted), Expr::Stub(_)) = (from, to, &self.program().exprs[id])
            && own.params != wanted.params
        {
            let span = self.span(id);
            self.refuse(span, "this function is not translated for what it is called with here");
            return to.clone();
        }
        let list = self.conversion(from, to, failure);
        match list {
            Some(list) => {
                for adjustment in list {
                    self.adjust(id, adjustment);
                }
                to.clone()
            }
            // Behind what was refused, types are not what they would be.
            None if self.diags.has_errors() => Ty::Never,
            None => {
                let span = self.span(id);
                let (from, to) = (self.show(from), self.show(to));
                let title = format!("a `{from}` is needed as `{to}` here");
                self.diags.push(
                    crate::diag::Diagnostic::new(crate::diag::catalog::UNSUPPORTED_SYNTAX, span, title)
                        .note("Containers are not converted: a copy would be another object."),
                );
                Ty::Never
            }
        }
    }

    /// The steps of a conversion; `None`: there are none that keep Python's meaning.
    pub fn conversion(&self, from: &Ty, to: &Ty, failure: Failure) -> Option<Vec<Adjustment>> {
        if from == to || *from == Ty::Never {
            return Some(Vec::new());
        }
        let one = |adjustment| Some(vec![adjustment]);
        match (from, to) {
            (Ty::Str, to) if to.is_path_text() => Some(Vec::new()),
            (Ty::Value, to) if to.is_path_text() => one(Adjustment::FromValue(Ty::Str)),
            (Ty::Stub(class, _), to) if to.is_path_text() => {
                if class.module == "pathlib" {
                    one(Adjustment::Map(to.clone()))
                } else {
                    None
                }
            }
            (Ty::Value, _) => one(Adjustment::FromValue(to.clone())),
            (Ty::Outcome(inner), _)
                if matches!(to, Ty::Union(_)) && matches!(**inner, Ty::Union(_))
                    || matches!(&**inner, Ty::Option(of) if **of == *to) =>
            {
                let mut list = vec![Adjustment::FromOutcome((**inner).clone())];
                list.extend(self.conversion(inner, to, failure)?);
                Some(list)
            }
            (Ty::Outcome(inner), Ty::Value) if inner.has_value() => one(Adjustment::IntoValue),
            (_, Ty::Value) => one(Adjustment::IntoValue),
            (Ty::Outcome(inner), _) if **inner == *to => one(Adjustment::FromOutcome(to.clone())),
            (Ty::Bool, Ty::Int) => one(Adjustment::BoolToInt),
            (Ty::Bool, Ty::BigInt) => Some(vec![Adjustment::BoolToInt, Adjustment::ToBigInt]),
            (Ty::Bool | Ty::Int | Ty::BigInt | Ty::Number, Ty::Float) => one(Adjustment::ToFloat),
            (Ty::Int, Ty::BigInt) => one(Adjustment::ToBigInt),
            (Ty::Bool | Ty::Int | Ty::Float | Ty::BigInt, Ty::Number) => one(Adjustment::ToNumber),
            (Ty::BigInt | Ty::Number, Ty::Int) => one(Adjustment::ToInt),
            (Ty::None, Ty::Option(inner)) => one(Adjustment::NoneToOption((**inner).clone())),
            (Ty::Option(inner), Ty::Option(wanted)) => {
                self.conversion(inner, wanted, None)?;
                one(Adjustment::Widen(to.clone()))
            }
            (Ty::Option(inner), Ty::None) => {
                // Narrowed to `None`.
                let _ = inner;
                one(Adjustment::FromUnion { to: Ty::None, error: failure })
            }
            (_, Ty::Option(inner)) => {
                let mut list = self.conversion(from, inner, failure)?;
                list.push(Adjustment::WrapSome);
                Some(list)
            }
            (Ty::Option(inner), _) => {
                let mut list = vec![Adjustment::UnwrapOption { error: failure.clone() }];
                list.extend(self.conversion(inner, to, failure)?);
                Some(list)
            }
            (Ty::Union(a), Ty::Union(b)) => {
                let (narrow, wide) = (&self.r.unions[*a].alternatives, &self.r.unions[*b].alternatives);
                let fits = narrow.iter().all(|one| {
                    wide.iter().any(|other| other.ty == one.ty)
                        || wide
                            .iter()
                            .any(|other| self.conversion(&one.ty, &other.ty, None).is_some_and(|list| !fails(&list)))
                });
                if fits {
                    one(Adjustment::Widen(to.clone()))
                } else {
                    one(Adjustment::FromUnion { to: to.clone(), error: failure })
                }
            }
            (_, Ty::Union(id)) => {
                let alternatives = &self.r.unions[*id].alternatives;
                if alternatives.iter().any(|alternative| alternative.ty == *from) {
                    return one(Adjustment::IntoUnion(to.clone()));
                }
                let (steps, _) = alternatives.iter().find_map(|alternative| {
                    let steps = self.conversion(from, &alternative.ty, None)?;
                    (!fails(&steps)).then_some((steps, ()))
                })?;
                let mut steps = steps;
                steps.push(Adjustment::IntoUnion(to.clone()));
                Some(steps)
            }
            (Ty::Union(id), _) => {
                let alternatives = &self.r.unions[*id].alternatives;
                if alternatives.iter().any(|alternative| alternative.ty == *to) {
                    return one(Adjustment::FromUnion { to: to.clone(), error: failure });
                }
                let mut fitting = alternatives.iter().filter_map(|alternative| {
                    let steps = self.conversion(&alternative.ty, to, failure.clone())?;
                    (!fails(&steps)).then(|| (alternative.ty.clone(), steps))
                });
                let (alternative, steps) = fitting.next()?;
                if fitting.next().is_some() {
                    return one(Adjustment::EachAlternative { to: to.clone(), error: failure });
                }
                let mut all = vec![Adjustment::FromUnion { to: alternative, error: failure }];
                all.extend(steps);
                Some(all)
            }
            (Ty::Outcome(inner), Ty::Exc(_)) => {
                let _ = inner;
                one(Adjustment::FromOutcome(to.clone()))
            }
            (Ty::Outcome(a), Ty::Outcome(b)) => {
                self.conversion(a, b, None)?;
                one(Adjustment::Map(to.clone()))
            }
            (Ty::Exc(a), Ty::Exc(b)) => {
                let _ = (a, b);
                Some(Vec::new())
            }
            (Ty::Class(a), Ty::Class(b)) => {
                let hierarchy = &self.s.slots.hierarchy;
                (hierarchy.is_subclass_of(*a, *b) || hierarchy.is_subclass_of(*b, *a)).then(Vec::new)
            }
            (Ty::Tuple(items), Ty::VarTuple(element)) => {
                for item in items {
                    self.conversion(item, element, None)?;
                }
                one(Adjustment::TupleToVarTuple(to.clone()))
            }
            (Ty::Tuple(a), Ty::Tuple(b)) if a.len() == b.len() => {
                for (a, b) in a.iter().zip(b) {
                    self.conversion(a, b, None)?;
                }
                one(Adjustment::Map(to.clone()))
            }
            (Ty::Coro(a), Ty::Coro(b)) => {
                self.conversion(a, b, None)?;
                one(Adjustment::Map(to.clone()))
            }
            (Ty::Iter(a), Ty::Iter(b)) | (Ty::VarTuple(a), Ty::VarTuple(b)) => {
                self.conversion(a, b, None)?;
                one(Adjustment::Map(to.clone()))
            }
            (Ty::Tuple(items), Ty::Iter(_)) if items.is_empty() => one(Adjustment::Map(to.clone())),
            (_, Ty::Iter(element)) => {
                let from = from.iterated()?;
                let mut list = vec![Adjustment::IntoIter];
                if from != **element {
                    self.conversion(&from, element, None)?;
                    list.push(Adjustment::Map(to.clone()));
                }
                Some(list)
            }
            (Ty::Fn(_), Ty::Fn(_)) => one(Adjustment::IntoFunction(to.clone())),
            (Ty::ExcType, Ty::Type) => one(Adjustment::Map(to.clone())),
            (Ty::Task(a), Ty::Future(b)) if a == b => one(Adjustment::Map(to.clone())),
            (Ty::Stub(class, _), Ty::Bytes) if is_buffer(class) => one(Adjustment::Map(Ty::Bytes)),
            (Ty::Stub(a, args), Ty::Stub(b, others)) if args == others && a != b => Some(Vec::new()),
            _ => None,
        }
    }

    /// Whether every alternative of a union converts, without a way to fail.
    pub fn all_convert(&self, union: &Ty, to: &Ty) -> bool {
        let Ty::Union(id) = union else { return false };
        self.r.unions[*id]
            .alternatives
            .iter()
            .all(|alternative| self.conversion(&alternative.ty, to, None).is_some_and(|steps| !fails(&steps)))
    }

    /// The type that holds the values of both, for comparisons.
    pub fn common(&self, a: &Ty, b: &Ty) -> Option<Ty> {
        if a == b {
            return Some(a.clone());
        }
        match (a, b) {
            (Ty::Never, ty) | (ty, Ty::Never) => Some(ty.clone()),
            (Ty::Type, Ty::ExcType) | (Ty::ExcType, Ty::Type) => Some(Ty::Type),
            (Ty::Option(a), Ty::Option(b)) => self.common(a, b).map(Ty::option),
            (Ty::None, ty) | (ty, Ty::None) => Some(ty.clone().option()),
            (Ty::Option(a), b) | (b, Ty::Option(a)) => self.common(a, b).map(Ty::option),
            (Ty::Tuple(a), Ty::Tuple(b)) if a.len() == b.len() => {
                let items: Option<Vec<Ty>> = a.iter().zip(b).map(|(a, b)| self.common(a, b)).collect();
                items.map(Ty::Tuple)
            }
            (Ty::Stub(class, _), Ty::Bytes) | (Ty::Bytes, Ty::Stub(class, _)) if is_buffer(class) => Some(Ty::Bytes),
            (Ty::Stub(class, _), Ty::Stub(other, _)) if is_buffer(class) && is_buffer(other) => Some(Ty::Bytes),
            _ => {
                let free = |from: &Ty, to: &Ty| self.conversion(from, to, None).is_some_and(|list| !fails(&list));
                if is_number(a) && is_number(b) {
                    return Some(match (rank(a), rank(b)) {
                        (x, y) if x.max(y) <= 1 => Ty::Int,
                        (x, y) if x.max(y) == 2 => Ty::BigInt,
                        (x, y) if x.max(y) == 3 && x.min(y) != 2 => Ty::Float,
                        _ => Ty::Number,
                    });
                }
                if matches!(b, Ty::Union(_)) && free(a, b) {
                    return Some(b.clone());
                }
                if matches!(a, Ty::Union(_)) && free(b, a) {
                    return Some(a.clone());
                }
                None
            }
        }
    }
}

fn rank(ty: &Ty) -> u8 {
    match ty {
        Ty::Bool => 0,
        Ty::Int => 1,
        Ty::BigInt => 2,
        Ty::Float => 3,
        _ => 4,
    }
}

/// `bool`, `int`, `float` in any representation.
pub fn is_number(ty: &Ty) -> bool {
    matches!(ty, Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float | Ty::Number)
}

/// Whether a conversion can fail.
pub fn fails(list: &[Adjustment]) -> bool {
    list.iter().any(|adjustment| {
        matches!(
            adjustment,
            Adjustment::UnwrapOption { .. }
                | Adjustment::FromUnion { .. }
                | Adjustment::EachAlternative { error: Some(_), .. }
                | Adjustment::FromValue(_)
                | Adjustment::ToInt
        )
    })
}

fn has_star(items: &[Item]) -> bool {
    items.iter().any(|item| matches!(item, Item::Star(_)))
}

/// The exception class, for messages.
pub fn exception_name(class: &ExcClass, program: &Program) -> String {
    match class {
        ExcClass::Class(id) => program.classes[*id].name.clone(),
        ExcClass::Stub(name) => name.name.to_string(),
    }
}
