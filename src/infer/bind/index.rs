//! Binding of subscripts.

use super::Binder;
use super::expr::has_no_items;
use crate::hir::*;
use crate::infer::shape::Con;
use crate::infer::{Adjustment, Resolved, place};
use crate::types::Ty;

impl Binder<'_, '_> {
    /// An end of a slice: an integer or `None`.
    pub fn slice_end(&mut self, part: ExprId) {
        let ty = self.value(part);
        match &ty {
            Ty::None | Ty::Int | Ty::Never => {}
            Ty::Class(class) if self.s.find_method(*class, "__index__").is_some() => {
                let span = self.span(part);
                self.refuse(span, "an object as an index is not translated yet: write `int(…)`");
            }
            Ty::Option(inner) if **inner == Ty::Int => {}
            Ty::Option(inner) if matches!(**inner, Ty::Bool | Ty::BigInt | Ty::Number) => {
                self.coerce(part, &ty, &Ty::Option(Box::new(Ty::Int)), None);
            }
            Ty::Bool | Ty::BigInt | Ty::Value | Ty::Number => {
                self.coerce(part, &ty, &Ty::Int, None);
            }
            _ => {
                self.raises(
                    (part, place::ITERATE),
                    "TypeError",
                    "slice indices must be integers or None or have an __index__ method",
                );
            }
        }
    }

    /// A union of which one alternative alone fits where it stands: that one; the others raise.
    pub fn alternative(
        &mut self,
        id: ExprId,
        ty: Ty,
        fits: impl Fn(&Ty) -> bool,
        class: &'static str,
        text: &str,
    ) -> Ty {
        let union = match &ty {
            Ty::Union(union) => *union,
            Ty::Option(inner) => match **inner {
                Ty::Union(union) => union,
                _ => return ty,
            },
            _ => return ty,
        };
        let fitting: Vec<Ty> =
            self.r.unions[union].alternatives.iter().map(|one| one.ty.clone()).filter(|ty| fits(ty)).collect();
        let [one] = fitting.as_slice() else { return ty };
        self.adjust(id, Adjustment::FromUnion { to: one.clone(), error: Some((class, text.to_string())) });
        one.clone()
    }

    /// An index into a sequence.
    pub fn index_value(&mut self, index: ExprId) -> Ty {
        let ty = self.value(index);
        let text = format!("list indices must be integers or slices, not {}", crate::infer::HOLE);
        let ty = self.alternative(index, ty, |ty| super::coerce::is_number(ty) && *ty != Ty::Float, "TypeError", &text);
        match &ty {
            Ty::Int | Ty::Never => Ty::Int,
            Ty::Class(class) if self.s.find_method(*class, "__index__").is_some() => {
                let span = self.span(index);
                self.refuse(span, "an object as an index is not translated yet: write `int(…)`");
                Ty::Int
            }
            Ty::Bool | Ty::BigInt | Ty::Value | Ty::Number => self.coerce(index, &ty, &Ty::Int, None),
            Ty::Option(inner) if matches!(**inner, Ty::Bool | Ty::Int | Ty::BigInt) => {
                let failure = Some(("TypeError", "list indices must be integers or slices, not NoneType".to_string()));
                self.coerce(index, &ty, &Ty::Int, failure)
            }
            _ => ty,
        }
    }

    pub fn index(&mut self, id: ExprId, value: ExprId, index: ExprId) -> Ty {
        let recv = self.value(value);
        let text = format!("'{}' object is not subscriptable", crate::infer::HOLE);
        let recv = self.alternative(value, recv, |ty| !has_no_items(ty), "TypeError", &text);
        let recv = self.unwrapped(value, recv, "TypeError", |name| format!("'{name}' object is not subscriptable"));
        let key = (id, 0);
        match recv {
            Ty::Value => {
                self.value_as(index, &Ty::Value);
                self.resolve(key, Resolved::Dynamic);
                Ty::Value
            }
            Ty::Never => {
                self.value(index);
                Ty::Never
            }
            Ty::Class(class)
                if self.s.literal_int(index).is_some() && self.s.named_fields(&Con::Class(class)).is_some() =>
            {
                self.value(index);
                let fields = self.s.named_fields(&Con::Class(class)).unwrap_or_default();
                let (len, at) = (fields.len() as i64, self.s.literal_int(index).unwrap_or_default());
                if !(-len..len).contains(&at) {
                    return self.raises(key, "IndexError", "tuple index out of range");
                }
                let at = if at < 0 { at + len } else { at } as usize;
                self.resolve(key, Resolved::TupleField(at));
                self.r.inner(self.s, fields[at])
            }
            Ty::Tuple(items) => {
                let len = items.len() as i64;
                match self.s.literal_int(index) {
                    Some(at) if (-len..len).contains(&at) => {
                        self.value(index);
                        let at = if at < 0 { at + len } else { at } as usize;
                        self.resolve(key, Resolved::TupleField(at));
                        items[at].clone()
                    }
                    Some(_) => {
                        self.value(index);
                        self.raises(key, "IndexError", "tuple index out of range")
                    }
                    None => {
                        self.index_value(index);
                        let element = match self.natural(id) {
                            Ty::Never => Ty::None,
                            ty => ty,
                        };
                        let to = Ty::VarTuple(Box::new(element.clone()));
                        self.coerce(value, &Ty::Tuple(items), &to, None);
                        self.tuple_method(key, "__getitem__", index, &element);
                        element
                    }
                }
            }
            Ty::Dict(wanted, item) => {
                self.value_as(index, &wanted);
                self.stub_method(key, value, "__getitem__", key);
                *item
            }
            Ty::List(item) | Ty::VarTuple(item) => {
                let given = self.index_value(index);
                if given != Ty::Int {
                    let name = self.python_name(&given).unwrap_or_default();
                    let of = if matches!(self.natural(value), Ty::List(_)) { "list" } else { "tuple" };
                    return self.raises(
                        key,
                        "TypeError",
                        format!("{of} indices must be integers or slices, not {name}"),
                    );
                }
                self.stub_method(key, value, "__getitem__", key);
                *item
            }
            Ty::Str | Ty::Bytes | Ty::Range => {
                let given = self.index_value(index);
                if given != Ty::Int {
                    let name = self.python_name(&given).unwrap_or_default();
                    return self.raises(key, "TypeError", format!("string indices must be integers, not '{name}'"));
                }
                self.stub_method(key, value, "__getitem__", key).unwrap_or(Ty::Never)
            }
            Ty::Class(class) => match self.s.find_method(class, "__getitem__") {
                Some(function) => {
                    match self.param_types(function).get(1).cloned() {
                        Some(to) => self.value_as(index, &to),
                        None => self.value(index),
                    };
                    let args = vec![crate::infer::BoundArg::Expr(index)];
                    self.resolve(key, Resolved::Function { function, args });
                    self.r.result(self.s, function)
                }
                None => {
                    self.value(index);
                    let name = self.python_name(&Ty::Class(class)).unwrap_or_default();
                    self.raises(key, "TypeError", format!("'{name}' object is not subscriptable"))
                }
            },
            Ty::Union(_) => {
                self.coerce(value, &recv, &Ty::Value, None);
                self.value_as(index, &Ty::Value);
                self.resolve(key, Resolved::Dynamic);
                Ty::Value
            }
            other => {
                self.value(index);
                match self.stub_method(key, value, "__getitem__", key) {
                    Some(ty) => ty,
                    None => match self.python_name(&other) {
                        Some(name) if !matches!(other, Ty::Stub(..) | Ty::Type) => {
                            self.raises(key, "TypeError", format!("'{name}' object is not subscriptable"))
                        }
                        _ => {
                            let span = self.span(id);
                            let shown = self.show(&other);
                            self.unsupported(key, span, format!("an item of `{shown}` is not translated"), None)
                        }
                    },
                }
            }
        }
    }
}
