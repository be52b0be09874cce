//! Parameters of the registry: their types in one use, and arguments converted to them.

use super::Binder;

use crate::hir::*;
use crate::infer::instance::Env;
use crate::infer::place;
use crate::infer::solver::{Argument, Found, Given};
use crate::stubs::StubTy;
use crate::types::{FnTy, Ty};

impl Binder<'_, '_> {
    /// A function of the registry that is handed on: which overload its caller will use.
    pub fn callable_argument(&mut self, expr: ExprId, ty: &StubTy, env: &Env) {
        let program = self.s.program;
        let StubTy::Named(_, args) = ty else { return };
        let Some(StubTy::List(params)) = args.first() else { return };
        let found = match &program.exprs[expr] {
            Expr::Stub(name) => match self.s.entry(name) {
                Some((owner, entry)) => match &*entry {
                    crate::stubs::Entry::Function(_) => Found { owner, entry, method: "".into(), env: Vec::new() },
                    crate::stubs::Entry::Class(class) if class.methods.contains_key("__init__") => {
                        Found { owner, entry, method: "__init__".into(), env: Vec::new() }
                    }
                    _ => return,
                },
                None => return,
            },
            Expr::Attr(..) => {
                let slot = self.slot(expr);
                match self.single(slot) {
                    Some(crate::infer::shape::Con::Func(crate::infer::shape::Callable::Method(recv, name))) => {
                        let Some(con) = self.single(recv) else { return };
                        let Some((class, args)) = self.s.class_of(&con) else { return };
                        match self.s.find_stub_method(&class, &args, &name) {
                            Some(found) => found,
                            None => return,
                        }
                    }
                    Some(crate::infer::shape::Con::Func(crate::infer::shape::Callable::Stub(name))) => {
                        match self.s.entry(&name) {
                            Some((owner, entry)) => Found { owner, entry, method: "".into(), env: Vec::new() },
                            None => return,
                        }
                    }
                    _ => return,
                }
            }
            _ => return,
        };
        self.s.now = u32::MAX;
        let given: Vec<Argument> = params
            .iter()
            .map(|ty| Argument { given: Given::Positional, slot: self.s.slot_of(ty, env, None), expr: None })
            .collect();
        match self.s.select(&found, None, &given) {
            Some((overload, _)) => self.value_of_stub((expr, 0), &found, overload),
            None => {
                let span = self.span(expr);
                self.unsupported(
                    (expr, 0),
                    span,
                    "this function is not translated for what it is called with here",
                    None,
                );
            }
        }
    }

    /// The type of a stub's parameter in one use.
    pub fn param_ty(&mut self, ty: &StubTy, env: &Env) -> Ty {
        match ty {
            StubTy::Param(name) => match env.iter().find(|(param, _)| param == name) {
                Some((_, slot)) => self.r.inner(self.s, *slot),
                None => Ty::Value,
            },
            StubTy::None => Ty::None,
            StubTy::Never => Ty::Never,
            StubTy::Any | StubTy::SelfTy | StubTy::Ellipsis | StubTy::List(_) => Ty::Value,
            StubTy::Union(parts) => {
                let types: Vec<Ty> =
                    parts.iter().filter(|part| **part != StubTy::None).map(|part| self.param_ty(part, env)).collect();
                let none = types.len() < parts.len();
                let ty = match types.as_slice() {
                    [one] => one.clone(),
                    _ => Ty::Value,
                };
                if none { ty.option() } else { ty }
            }
            StubTy::Named(name, args) if name.module == "typing" => match &*name.name {
                "Iterable" | "Iterator" | "Collection" | "Sequence" | "Reversible" => {
                    let element = args.first().map_or(Ty::Value, |ty| self.param_ty(ty, env));
                    Ty::Iter(Box::new(element))
                }
                "Awaitable" | "Coroutine" => {
                    let result = args.last().map_or(Ty::Value, |ty| self.param_ty(ty, env));
                    Ty::Coro(Box::new(result))
                }
                "Callable" => {
                    let params = match args.first() {
                        Some(StubTy::List(params)) => params.iter().map(|ty| self.param_ty(ty, env)).collect(),
                        _ => Vec::new(),
                    };
                    let result = match args.get(1) {
                        Some(StubTy::Named(name, _)) if name.name == "object" => Ty::None,
                        Some(ty) => self.param_ty(ty, env),
                        None => Ty::None,
                    };
                    Ty::Fn(Box::new(FnTy { params, result }))
                }
                "StrPath" => Ty::Stub(name.clone(), Vec::new()),
                _ => Ty::Value,
            },
            StubTy::Named(name, args) if name.module == "builtins" => match (&*name.name, args.as_slice()) {
                ("bool", _) => Ty::Bool,
                ("int", _) => Ty::Int,
                ("BigInt", _) => Ty::BigInt,
                ("Number", _) => Ty::Number,
                ("object", _) => Ty::Value,
                ("list", [item]) => Ty::List(Box::new(self.param_ty(item, env))),
                ("set", [item]) => Ty::Set(Box::new(self.param_ty(item, env))),
                ("frozenset", [item]) => Ty::FrozenSet(Box::new(self.param_ty(item, env))),
                ("dict", [key, value]) => {
                    Ty::Dict(Box::new(self.param_ty(key, env)), Box::new(self.param_ty(value, env)))
                }
                ("tuple", [item, StubTy::Ellipsis]) => Ty::VarTuple(Box::new(self.param_ty(item, env))),
                ("tuple", items) => Ty::Tuple(items.iter().map(|item| self.param_ty(item, env)).collect()),
                _ => self.filled_ty(ty, env),
            },
            StubTy::Named(..) => self.filled_ty(ty, env),
        }
    }

    pub fn filled_ty(&mut self, ty: &StubTy, env: &Env) -> Ty {
        let slot = self.s.slot_of(ty, env, None);
        self.r.inner(self.s, slot)
    }

    /// Elements in another representation: `Iter<i64>` as `Iter<f64>`.
    pub fn iterated_as(&mut self, expr: ExprId, from: &Ty, element: &Ty) {
        if let Some(item) = from.iterated()
            && item != *element
            && self.conversion(&item, element, None).is_some()
        {
            self.coerce(expr, from, &Ty::Iter(Box::new(element.clone())), None);
        }
    }

    /// Binds one argument of a call of the registry.
    pub fn stub_argument(&mut self, expr: ExprId, ty: &StubTy, shown: &Ty, env: &Env) {
        match ty {
            StubTy::Any => {
                self.value_as(expr, &Ty::Value);
            }
            StubTy::Named(name, _) if name.module == "builtins" && name.name == "object" => {
                self.value(expr);
            }
            StubTy::Named(name, _) if name.module == "typing" => match &*name.name {
                "Callable" => {
                    self.expr(expr, false);
                    self.callable_argument(expr, ty, env);
                }
                "Awaitable" | "Coroutine" => {
                    let ty = self.expr(expr, false);
                    self.only_awaitable(expr, ty, super::aio::NOT_AWAITABLE.to_string());
                }
                "Iterable" | "Iterator" | "Collection" | "Sequence" | "Reversible" => {
                    let from = self.value(expr);
                    let from =
                        self.unwrapped(expr, from, "TypeError", |name| format!("'{name}' object is not iterable"));
                    match (&from, shown) {
                        (Ty::Tuple(_), Ty::Iter(element)) if from.iterated().as_ref() != Some(&**element) => {
                            let to = Ty::VarTuple(element.clone());
                            self.coerce(expr, &from, &to, None);
                        }
                        (Ty::Value | Ty::Union(_), Ty::Iter(element)) if **element != Ty::Value => {
                            self.coerce(expr, &from, shown, None);
                        }
                        (Ty::Union(_), _) => {
                            self.coerce(expr, &from, &Ty::Value, None);
                        }
                        (Ty::Class(_) | Ty::Stub(..), _) => {
                            self.check_iterable(expr, &from, place::ITERATE);
                        }
                        (from, Ty::Iter(element)) => self.iterated_as(expr, from, element),
                        _ => {}
                    }
                }
                "StrPath" => {
                    self.value_as(expr, shown);
                }
                _ => {
                    self.value(expr);
                }
            },
            StubTy::SelfTy | StubTy::Ellipsis | StubTy::List(_) | StubTy::Never => {
                self.value(expr);
            }
            StubTy::Param(_) if matches!(shown, Ty::Fn(_)) => {
                self.value_as(expr, shown);
            }
            StubTy::Param(_) | StubTy::Union(_) | StubTy::None | StubTy::Named(..) => match shown {
                Ty::Fn(_) => {
                    self.expr(expr, false);
                    self.callable_argument(expr, ty, env);
                }
                Ty::Option(inner) if matches!(**inner, Ty::Fn(_)) => {
                    self.expr(expr, false);
                    self.callable_argument(expr, ty, env);
                }
                // What is written out takes what is wanted inside: functions and tuples in it are made as that.
                Ty::Tuple(_) if matches!(self.program().exprs[expr], Expr::Tuple(_)) => {
                    self.value_as(expr, shown);
                }
                Ty::Tuple(_) | Ty::VarTuple(_) | Ty::Exc(_) | Ty::Type | Ty::ExcType => {
                    let from = self.value(expr);
                    if self.conversion(&from, shown, None).is_some() {
                        self.coerce(expr, &from, shown, None);
                    }
                }
                shown => {
                    let slot = self.slot(expr);
                    if let (Some(crate::infer::shape::Con::Stub(class, _)), StubTy::Named(base, _)) =
                        (self.single(slot), ty)
                        && *class != *base
                        && self.s.is_stub_subclass(&class, base)
                    {
                        // Every kind of dict is a `Dict`, by reference.
                        let from = self.value(expr);
                        self.unwrapped(expr, from, "TypeError", |name| format!("'{name}' object is not iterable"));
                        return;
                    }
                    self.value_as(expr, shown);
                }
            },
        }
    }
}
