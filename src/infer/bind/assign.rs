//! Binding of assignments.

use super::Binder;

use crate::hir::*;
use crate::infer::shape::Con;
use crate::infer::{Resolved, place};
use crate::types::Ty;

impl Binder<'_, '_> {
    pub fn assign(&mut self, targets: &[Target], value: ExprId) {
        match targets {
            [Target::Var(var)] => {
                let to = self.var_ty(*var);
                self.value_as(value, &to);
            }
            [Target::Attr(..)] | [Target::Index(..)] => {
                let to = self.target_ty(&targets[0]);
                let ty = match to {
                    Some(to) => self.value_as(value, &to),
                    None => self.value(value),
                };
                self.target(&targets[0], &ty);
            }
            [Target::Tuple(items)] => {
                let program = self.s.program;
                // `a, b = b, a`: element by element.
                if let Expr::Tuple(values) = &program.exprs[value] {
                    let plain = values.iter().all(|item| matches!(item, Item::One(_)))
                        && !items.iter().any(|item| matches!(item, Target::Star(_)))
                        && values.len() == items.len();
                    if plain {
                        let mut types = Vec::new();
                        for (item, target) in values.iter().zip(items) {
                            let natural = self.natural(item.value());
                            let ty = match self.target_ty(target).filter(|_| is_laid_out(target, &natural)) {
                                Some(to) => self.value_as(item.value(), &to),
                                None => self.value(item.value()),
                            };
                            types.push(ty);
                        }
                        for (target, ty) in items.iter().zip(&types) {
                            self.target(target, ty);
                        }
                        self.types.expr.insert(value, Ty::Tuple(types));
                        return;
                    }
                }
                let mut ty = self.value(value);
                if let Ty::Class(class) = ty
                    && self.s.named_fields(&Con::Class(class)).is_none()
                    && let Some(function) = self.s.find_method(class, "__iter__")
                {
                    self.resolve((value, place::ITERATE), Resolved::Function { function, args: Vec::new() });
                    let slots = self.s.function(function);
                    ty = match self.s.program.functions[function].kind {
                        FnKind::Generator => Ty::Iter(Box::new(self.ty(slots.yields))),
                        _ => self.r.inner(self.s, slots.result),
                    };
                }
                let ty =
                    self.unwrapped(value, ty, "TypeError", |name| format!("cannot unpack non-iterable {name} object"));
                let text = format!("cannot unpack non-iterable {} object", crate::infer::HOLE);
                let ty = self.sole_iterable(value, ty, &text);
                // Whole numbers among floats: the tuple and what it is taken apart into may differ in that.
                let ty = match (&ty, self.target_ty(&targets[0])) {
                    (Ty::Tuple(from), Some(to @ Ty::Tuple(_))) if ty != to && from.contains(&Ty::Number) => {
                        self.coerce(value, &ty, &to, None)
                    }
                    _ => ty,
                };
                self.target(&targets[0], &ty);
            }
            [target @ Target::Slice(object, _)] => {
                let item = self.s.expr(*object).map(|slot| self.ty(slot)).and_then(|ty| ty.iterated());
                let ty = self.value(value);
                match (item, &ty) {
                    (Some(item), Ty::Tuple(_)) => {
                        self.coerce(value, &ty, &Ty::VarTuple(Box::new(item)), None);
                    }
                    (Some(item), from) => self.iterated_as(value, from, &item),
                    (None, _) => {}
                }
                self.target(target, &ty);
            }
            _ => {
                // One value for many places: the widest of them, or its own.
                let mut wanted: Option<Ty> = None;
                for target in targets {
                    let Some(ty) = self.target_ty(target) else { continue };
                    wanted = Some(match wanted {
                        None => ty,
                        Some(old) => self.common(&old, &ty).unwrap_or(old),
                    });
                }
                let natural = self.natural(value);
                let ty = match wanted {
                    Some(to) if targets.iter().all(|target| self.target_ty(target).is_none_or(|ty| ty == to)) => {
                        self.value_as(value, &to)
                    }
                    _ => {
                        let _ = natural;
                        self.value(value)
                    }
                };
                targets.iter().for_each(|target| self.target(target, &ty));
            }
        }
    }

    /// The type that a target wants; `None`: it takes what comes.
    pub fn target_ty(&mut self, target: &Target) -> Option<Ty> {
        match target {
            Target::Var(var) => Some(self.var_ty(*var)),
            Target::Attr(object, name) => {
                let slot = self.s.expr(*object)?;
                let con = self.single(slot)?;
                self.field_ty(&con, name)
            }
            Target::Index(object, _) => {
                let slot = self.s.expr(*object)?;
                match self.ty(slot) {
                    Ty::List(item) => Some(*item),
                    Ty::Dict(_, value) => Some(*value),
                    Ty::Value => Some(Ty::Value),
                    _ => None,
                }
            }
            Target::Tuple(items) => {
                if items.iter().any(|item| matches!(item, Target::Star(_))) {
                    return None;
                }
                let types: Option<Vec<Ty>> = items.iter().map(|item| self.target_ty(item)).collect();
                types.map(Ty::Tuple)
            }
            Target::Slice(..) | Target::Star(_) | Target::Unsupported => None,
        }
    }

    /// Binds a target that gets a value of a type.
    pub fn target(&mut self, target: &Target, ty: &Ty) {
        match target {
            Target::Var(_) | Target::Unsupported => {}
            Target::Attr(object, name) => {
                let to = self.receiver(*object, name, (*object, place::SET_ATTR));
                match to {
                    Some(con) => self.bind_set_attribute(*object, &con, name, ty),
                    None => {
                        self.resolve((*object, place::SET_ATTR), Resolved::Dynamic);
                    }
                }
            }
            Target::Index(object, index) => self.set_item(*object, *index, ty),
            Target::Slice(object, parts) => {
                self.value(*object);
                parts.iter().flatten().for_each(|part| self.slice_end(*part));
            }
            Target::Tuple(items) => {
                let named = match ty {
                    Ty::Class(class) => self.s.named_fields(&Con::Class(*class)),
                    _ => None,
                };
                let types: Vec<Ty> = match ty {
                    Ty::Tuple(types) if types.len() == items.len() => types.clone(),
                    _ if named.as_ref().is_some_and(|fields| fields.len() == items.len()) => {
                        named.unwrap_or_default().into_iter().map(|field| self.r.inner(self.s, field)).collect()
                    }
                    ty => {
                        let element = ty.iterated().unwrap_or(Ty::Value);
                        vec![element; items.len()]
                    }
                };
                for (item, ty) in items.iter().zip(&types) {
                    self.target(item, ty);
                }
            }
            Target::Star(item) => self.target(item, ty),
        }
    }

    pub fn set_item(&mut self, object: ExprId, index: ExprId, ty: &Ty) {
        let key = (index, place::SET_ITEM);
        let recv = self.value(object);
        let text = format!("'{}' object does not support item assignment", crate::infer::HOLE);
        let at = self.natural(index);
        let recv = self.alternative(object, recv, |ty| takes_items(ty, &at), "TypeError", &text);
        match self
            .unwrapped(object, recv, "TypeError", |name| format!("'{name}' object does not support item assignment"))
        {
            Ty::List(_) => {
                self.index_value(index);
                self.stub_method(key, object, "__setitem__", (object, place::SET_ITEM));
            }
            Ty::Dict(wanted, _) => {
                self.value_as(index, &wanted);
                self.stub_method(key, object, "__setitem__", (object, place::SET_ITEM));
            }
            Ty::Class(class) => match self.s.find_method(class, "__setitem__") {
                Some(function) => {
                    let params = self.param_types(function);
                    match params.get(1).cloned() {
                        Some(to) => self.value_as(index, &to),
                        None => self.value(index),
                    };
                    let args = vec![crate::infer::BoundArg::Expr(index)];
                    self.resolve(key, Resolved::Function { function, args });
                }
                None => {
                    self.value(index);
                    let name = self.python_name(&Ty::Class(class)).unwrap_or_default();
                    self.raises(key, "TypeError", format!("'{name}' object does not support item assignment"));
                }
            },
            Ty::Value => {
                self.value_as(index, &Ty::Value);
                self.resolve(key, Resolved::Dynamic);
            }
            Ty::Never => {
                self.value(index);
            }
            recv @ Ty::Stub(..) => {
                self.value(index);
                let _ = recv;
                self.stub_method(key, object, "__setitem__", (object, place::SET_ITEM));
            }
            other => {
                self.value(index);
                match self.python_name(&other) {
                    Some(name) => {
                        self.raises(key, "TypeError", format!("'{name}' object does not support item assignment"));
                    }
                    None => {
                        let span = self.span(object);
                        self.unsupported(key, span, "assignment to an item of this type is not translated", None);
                    }
                }
            }
        }
        let _ = ty;
    }

    pub fn delete(&mut self, target: &Target) {
        match target {
            Target::Var(_) | Target::Unsupported => {}
            Target::Attr(object, _) => {
                self.value(*object);
                let span = self.span(*object);
                self.unsupported((*object, place::SET_ATTR), span, "`del` of an attribute is not translated yet", None);
            }
            Target::Index(object, index) => {
                let key = (*index, place::DEL_ITEM);
                let recv = self.value(*object);
                match self.unwrapped(*object, recv, "TypeError", |name| {
                    format!("'{name}' object doesn't support item deletion")
                }) {
                    Ty::List(_) => {
                        self.index_value(*index);
                        self.stub_method(key, *object, "__delitem__", (*object, place::DEL_ITEM));
                    }
                    Ty::Dict(wanted, _) => {
                        self.value_as(*index, &wanted);
                        self.stub_method(key, *object, "__delitem__", (*object, place::DEL_ITEM));
                    }
                    Ty::Class(class) => {
                        if let Some(function) = self.s.find_method(class, "__delitem__") {
                            match self.param_types(function).get(1).cloned() {
                                Some(to) => self.value_as(*index, &to),
                                None => self.value(*index),
                            };
                            let args = vec![crate::infer::BoundArg::Expr(*index)];
                            self.resolve(key, Resolved::Function { function, args });
                        }
                    }
                    Ty::Value => {
                        self.value_as(*index, &Ty::Value);
                        self.resolve(key, Resolved::Dynamic);
                    }
                    _ => {
                        self.value(*index);
                        self.stub_method(key, *object, "__delitem__", (*object, place::DEL_ITEM));
                    }
                }
            }
            Target::Slice(object, parts) => {
                self.value(*object);
                parts.iter().flatten().for_each(|part| self.slice_end(*part));
            }
            Target::Tuple(items) => items.iter().for_each(|item| self.delete(item)),
            Target::Star(item) => self.delete(item),
        }
    }

    pub fn aug_assign(&mut self, target: &Target, op: BinOp, value: ExprId) {
        let left = match target {
            Target::Var(var) => self.var_ty(*var),
            Target::Attr(object, name) => match self.receiver(*object, name, (*object, place::GET_ATTR)) {
                Some(con) => {
                    let ty = self.field_ty(&con, name).unwrap_or(Ty::Value);
                    self.bind_set_attribute(*object, &con, name, &ty);
                    self.property_ty(&con, name).unwrap_or(ty)
                }
                None => Ty::Value,
            },
            Target::Index(object, index) => {
                let recv = self.value(*object);
                let recv =
                    self.unwrapped(*object, recv, "TypeError", |name| format!("'{name}' object is not subscriptable"));
                if let Ty::Class(class) = recv {
                    let ty = self.aug_class_item(class, *object, *index);
                    self.types.aug_item.insert(*index, ty.clone());
                    return self.augmented(target, op, value, &ty);
                }
                let ty = match recv {
                    Ty::List(item) => {
                        self.index_value(*index);
                        *item
                    }
                    Ty::Dict(key, item) => {
                        self.value_as(*index, &key);
                        *item
                    }
                    Ty::Value => {
                        self.value_as(*index, &Ty::Value);
                        Ty::Value
                    }
                    Ty::Stub(..) => {
                        self.value(*index);
                        match self.s.op_of.get(&(*object, 1)).copied() {
                            Some(op) => match &*self.s.ops[op as usize].clone() {
                                crate::infer::solver::Op::Index { site, .. } => self.r.inner(self.s, site.out),
                                _ => Ty::Value,
                            },
                            None => Ty::Value,
                        }
                    }
                    _ => {
                        self.value(*index);
                        Ty::Value
                    }
                };
                if matches!(ty, Ty::Value) {
                    self.resolve((*index, place::GET_ITEM), Resolved::Dynamic);
                    self.resolve((*index, place::SET_ITEM), Resolved::Dynamic);
                } else {
                    self.stub_method((*index, place::GET_ITEM), *object, "__getitem__", (*object, 1));
                    self.stub_method((*index, place::SET_ITEM), *object, "__setitem__", (*object, place::SET_ITEM));
                }
                self.types.aug_item.insert(*index, ty.clone());
                ty
            }
            _ => Ty::Value,
        };
        self.augmented(target, op, value, &left);
    }

    /// `object[index] op= …` of a class of the program; the type of the item.
    fn aug_class_item(&mut self, class: ClassId, object: ExprId, index: ExprId) -> Ty {
        let (get, set) = (self.s.find_method(class, "__getitem__"), self.s.find_method(class, "__setitem__"));
        let (Some(get), Some(set)) = (get, set) else {
            self.value(index);
            let shown = self.s.program.classes[class].name.clone();
            let text = match get {
                None => format!("'{shown}' object is not subscriptable"),
                Some(_) => format!("'{shown}' object does not support item assignment"),
            };
            self.raises((index, place::SET_ITEM), "TypeError", text);
            return Ty::Never;
        };
        let _ = object;
        match self.param_types(get).get(1).cloned() {
            Some(to) => self.value_as(index, &to),
            None => self.value(index),
        };
        let args = vec![crate::infer::BoundArg::Expr(index)];
        self.resolve((index, place::GET_ITEM), Resolved::Function { function: get, args: args.clone() });
        self.resolve((index, place::SET_ITEM), Resolved::Function { function: set, args });
        let result = self.s.function(get).result;
        self.ty(result)
    }
}

/// Whether a value is a tuple of the length of the target where that has parts: any other is taken apart when it is there.
fn is_laid_out(target: &Target, ty: &Ty) -> bool {
    match (target, ty) {
        (Target::Tuple(parts), Ty::Tuple(items)) => {
            parts.len() == items.len() && parts.iter().zip(items).all(|(part, item)| is_laid_out(part, item))
        }
        (Target::Tuple(_), _) => false,
        _ => true,
    }
}

/// Whether `value[index] = …` may work, by the index's type.
fn takes_items(ty: &Ty, index: &Ty) -> bool {
    match ty {
        Ty::List(_) => *index != Ty::Str,
        Ty::Dict(key, _) => !(**key == Ty::Str && super::coerce::is_number(index)),
        Ty::Class(_) | Ty::Stub(..) => true,
        _ => false,
    }
}
