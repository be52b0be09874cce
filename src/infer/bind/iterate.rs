//! Binding of iterations.

use super::Binder;

use crate::hir::*;
use crate::infer::{Resolved, place};
use crate::types::Ty;

impl Binder<'_, '_> {
    /// Binds something that is iterated; what it gives.
    pub fn iterate(&mut self, iter: ExprId, is_async: bool) -> Ty {
        let ty = self.value(iter);
        let what = if is_async { "'async for' requires an object with __aiter__ method, got " } else { "" };
        let ty = self.unwrapped(iter, ty, "TypeError", |name| {
            if is_async { format!("{what}{name}") } else { format!("'{name}' object is not iterable") }
        });
        let key = (iter, place::ITERATE);
        if is_async {
            return match ty {
                Ty::AsyncGen(item, _) => *item,
                Ty::Value => {
                    self.resolve(key, Resolved::Dynamic);
                    Ty::Value
                }
                Ty::Never => Ty::Never,
                other => {
                    let result = self.iteration_result(iter);
                    match (&other, result) {
                        (Ty::Class(class), Some(result)) => {
                            if let Some(function) = self.s.find_method(*class, "__aiter__") {
                                self.resolve(key, Resolved::Function { function, args: Vec::new() });
                            }
                            result
                        }
                        (Ty::Stub(..), Some(result)) => result,
                        _ => {
                            let name = self.python_name(&other).unwrap_or_default();
                            self.raises(key, "TypeError", format!("{what}{name}"))
                        }
                    }
                }
            };
        }
        let text = format!("'{}' object is not iterable", crate::infer::HOLE);
        let ty = self.sole_iterable(iter, ty, &text);
        self.check_iterable(iter, &ty, place::ITERATE)
    }

    /// Of a union with one iterable alternative: that one; the others raise TypeError.
    pub fn sole_iterable(&mut self, iter: ExprId, ty: Ty, text: &str) -> Ty {
        let union = match &ty {
            Ty::Option(inner) => (**inner).clone(),
            ty => ty.clone(),
        };
        let Ty::Union(union) = union else { return ty };
        let alternatives = self.r.unions[union].alternatives.iter().map(|one| one.ty.clone());
        let iterable: Vec<Ty> = alternatives
            .filter(|ty| match ty {
                Ty::Class(class) => self.s.find_method(*class, "__iter__").is_some(),
                Ty::Tuple(_) | Ty::Stub(..) => true,
                ty => ty.iterated().is_some(),
            })
            .collect();
        self.alternative(iter, ty, |ty| iterable.contains(ty), "TypeError", text)
    }

    /// What the solver found iterating gives.
    pub fn iteration_result(&mut self, iter: ExprId) -> Option<Ty> {
        let op = self.s.op_of.get(&(iter, place::ITERATE)).copied()?;
        match &*self.s.ops[op as usize].clone() {
            crate::infer::solver::Op::Iterate { out, .. } => {
                let ty = self.ty(*out);
                (ty != Ty::Never).then_some(ty)
            }
            _ => None,
        }
    }

    /// That a value can be iterated, and what it gives.
    pub fn check_iterable(&mut self, iter: ExprId, ty: &Ty, at: u32) -> Ty {
        let key = (iter, at);
        if let Some(item) = ty.iterated() {
            if *ty == Ty::Value {
                self.resolve(key, Resolved::Dynamic);
            }
            return item;
        }
        match ty {
            Ty::Never => Ty::Never,
            Ty::Type if self.iteration_result(iter).is_some_and(|ty| matches!(ty, Ty::Class(_))) => {
                // The members of an enum.
                self.iteration_result(iter).unwrap_or(Ty::None)
            }
            Ty::Tuple(items) => {
                // Elements of different types: as a tuple of their union.
                let element = match self.iteration_result(iter) {
                    Some(element) => element,
                    None => return items.first().cloned().unwrap_or(Ty::None),
                };
                let to = Ty::VarTuple(Box::new(element.clone()));
                let program = self.program();
                match &program.exprs[iter] {
                    Expr::Tuple(parts) if parts.iter().all(|part| matches!(part, Item::One(_))) => {
                        parts.iter().for_each(|part| {
                            self.value_as(part.value(), &element);
                        });
                        self.types.adjustments.remove(&iter);
                        self.types.expr.insert(iter, to);
                    }
                    _ => {
                        self.coerce(iter, ty, &to, None);
                    }
                }
                element
            }
            Ty::Class(class) => match self.s.find_method(*class, "__iter__") {
                Some(function) => {
                    self.resolve(key, Resolved::Function { function, args: Vec::new() });
                    self.iteration_result(iter).unwrap_or(Ty::None)
                }
                None => {
                    let name = self.python_name(ty).unwrap_or_default();
                    self.not_iterable(key, *class, format!("'{name}' object is not iterable"))
                }
            },
            Ty::Stub(..) => match self.stub_method(key, iter, "__iter__", (iter, place::ITERATE)) {
                Some(_) => self.iteration_result(iter).unwrap_or(Ty::None),
                None => {
                    let name = self.python_name(ty).unwrap_or_default();
                    self.raises(key, "TypeError", format!("'{name}' object is not iterable"))
                }
            },
            Ty::Union(_) => {
                let element = self.iteration_result(iter).unwrap_or(Ty::Value);
                let iterator = Ty::Iter(Box::new(element.clone()));
                if element != Ty::Value && self.all_convert(ty, &iterator) {
                    self.coerce(iter, ty, &iterator, None);
                    return element;
                }
                self.coerce(iter, ty, &Ty::Value, None);
                self.resolve(key, Resolved::Dynamic);
                let span = self.span(iter);
                if element != Ty::Value {
                    let shown = self.show(ty);
                    self.unsupported(
                        key,
                        span,
                        "iterating over values of several types is not translated yet",
                        Some(format!("It is `{shown}`.")),
                    );
                }
                element
            }
            other => {
                let name = match self.python_name(other) {
                    Some(name) => name,
                    None => "int".into(),
                };
                self.raises(key, "TypeError", format!("'{name}' object is not iterable"))
            }
        }
    }

    /// An object without `__iter__`: CPython would ask `__getitem__`, where there is one.
    pub fn not_iterable(&mut self, key: (ExprId, u32), class: ClassId, text: String) -> Ty {
        if self.s.methods_through(class, "__getitem__").is_empty() {
            return self.raises(key, "TypeError", text);
        }
        let span = self.span(key.0);
        let why = "`__getitem__` would be called with 0, 1, 2 … until it raises IndexError: write `__iter__`.";
        self.unsupported(key, span, "iterating by `__getitem__` is not translated yet", Some(why.to_string()))
    }

    pub fn comp(&mut self, id: ExprId, comp: &Comp) -> Ty {
        for clause in &comp.clauses {
            let element = self.iterate(clause.iter, clause.is_async);
            self.target(&clause.target, &element);
            clause.conditions.iter().for_each(|condition| self.condition(*condition));
        }
        let ty = self.natural(id);
        match (&ty, comp.value) {
            (Ty::Dict(key, value), Some(of)) => {
                self.value_as(comp.element, key);
                self.value_as(of, value);
            }
            (Ty::List(item) | Ty::Set(item) | Ty::Iter(item) | Ty::AsyncGen(item, _), _) => {
                self.value_as(comp.element, item);
            }
            _ => {
                self.value(comp.element);
                comp.value.iter().for_each(|value| {
                    self.value(*value);
                });
            }
        }
        ty
    }
}
