//! Arguments with the types of their parameters.

use super::Binder;
use super::coerce::iterated;
use crate::hir::*;
use crate::infer::binding::Fill;
use crate::infer::instance::Env;
use crate::infer::solver::{Argument, Found, Given};
use crate::infer::{BoundArg, Resolved, StubArg, StubCall, place};
use crate::stubs::{Pass, Signature, StubDefault, StubTy};
use crate::types::{FnTy, Ty};

impl Binder<'_, '_> {
    /// Arguments of a call as written, with their slots.
    pub fn arguments(&mut self, args: &[Arg]) -> Vec<Argument> {
        args.iter()
            .map(|arg| {
                let given = match arg {
                    Arg::Positional(_) => Given::Positional,
                    Arg::Keyword(name, _) => Given::Keyword(std::rc::Rc::from(&**name)),
                    Arg::Star(_) => Given::Star,
                    Arg::DoubleStar(_) => Given::DoubleStar,
                };
                Argument { given, slot: self.slot(arg.value()), expr: Some(arg.value()) }
            })
            .collect()
    }

    /// Binds all arguments as they are, for a call that fails.
    pub fn all_args(&mut self, args: &[Arg]) {
        for arg in args {
            self.value(arg.value());
        }
    }

    /// What the parameters of a function of the program get, converted; `None`: it was reported.
    pub fn bound_args(
        &mut self,
        params: &[(ParamKind, Ty)],
        fills: &[Fill],
        written: &[Arg],
        span: crate::source::Span,
    ) -> Vec<BoundArg> {
        let mut spread_done = Vec::new();
        let mut bound = Vec::new();
        for ((kind, ty), fill) in params.iter().zip(fills) {
            bound.push(match fill {
                Fill::Default => BoundArg::Default,
                Fill::Arg(at) => {
                    self.value_as(written[*at].value(), ty);
                    BoundArg::Expr(written[*at].value())
                }
                Fill::Item(at, index) => {
                    let of = written[*at].value();
                    if !spread_done.contains(at) {
                        spread_done.push(*at);
                        self.value(of);
                    }
                    self.spread_fits(of, *index, ty, span);
                    BoundArg::Item { of, index: *index }
                }
                Fill::Key(at, key) => {
                    let of = written[*at].value();
                    if !spread_done.contains(at) {
                        spread_done.push(*at);
                        self.value(of);
                    }
                    match self.types.expr.get(of).cloned() {
                        Some(Ty::Record(record)) => {
                            let fields = &self.r.records[record].fields;
                            let index = fields.iter().position(|(name, _)| name == key).unwrap_or(0);
                            let from = fields.get(index).map_or(Ty::None, |(_, ty)| ty.clone());
                            self.part_fits(&from, ty, span);
                            BoundArg::Field { of, index }
                        }
                        _ => {
                            self.refuse(span, "`**` of a dict whose keys are not known is not translated yet");
                            BoundArg::Expr(of)
                        }
                    }
                }
                Fill::Unknown(at) => {
                    let of = written[*at].value();
                    if !spread_done.contains(at) {
                        spread_done.push(*at);
                        self.iterate(of, false);
                        self.refuse(span, "`*` of a sequence whose length is not known is not translated yet here");
                    }
                    BoundArg::Expr(of)
                }
                Fill::Args(list) => {
                    let element = match (kind, ty) {
                        (ParamKind::Args, Ty::VarTuple(element)) => (**element).clone(),
                        (_, ty) => ty.clone(),
                    };
                    let args: Vec<Arg> = list.iter().map(|&at| written[at].clone()).collect();
                    for arg in &args {
                        match arg {
                            Arg::Star(value) => {
                                let item = self.iterate(*value, false);
                                self.part_fits(&item, &element, span);
                            }
                            arg => {
                                self.value_as(arg.value(), &element);
                            }
                        }
                    }
                    BoundArg::Args(args)
                }
                Fill::Kwargs(list) => {
                    let element = match (kind, ty) {
                        (ParamKind::Kwargs, Ty::Dict(_, element)) => (**element).clone(),
                        (_, ty) => ty.clone(),
                    };
                    let args: Vec<Arg> = list.iter().map(|&at| written[at].clone()).collect();
                    for arg in &args {
                        match arg {
                            Arg::DoubleStar(value) => {
                                if !spread_done.iter().any(|&at| written[at] == *arg) {
                                    self.value(*value);
                                }
                            }
                            arg => {
                                self.value_as(arg.value(), &element);
                            }
                        }
                    }
                    BoundArg::Kwargs(args)
                }
            });
        }
        bound
    }

    fn spread_fits(&mut self, of: ExprId, index: usize, to: &Ty, span: crate::source::Span) {
        if let Some(Ty::Tuple(items)) = self.types.expr.get(of).cloned() {
            if let Some(from) = items.get(index) {
                self.part_fits(from, to, span);
            }
        }
    }

    /// A part of a spread argument has no expression to convert: emission does what `Widen` would.
    fn part_fits(&mut self, from: &Ty, to: &Ty, span: crate::source::Span) {
        let fits = self.conversion(from, to, None).is_some_and(|list| !super::coerce::fails(&list));
        if !fits && *from != Ty::Never {
            self.refuse(span, "an element of this spread argument would need a conversion that may fail");
        }
    }

    /// A construct that is not translated yet.
    pub fn refuse(&mut self, span: crate::source::Span, title: &str) {
        self.diags.push(crate::diag::Diagnostic::new(crate::diag::catalog::UNSUPPORTED_SYNTAX, span, title));
    }

    /// Binds a call of the registry whose overload is known.
    #[allow(clippy::too_many_arguments)]
    pub fn bind_signature(
        &mut self,
        key: (ExprId, u32),
        found: &Found,
        overload: usize,
        fills: &[Fill],
        written: &[Argument],
        env: &Env,
        skip: usize,
    ) -> StubCall {
        let mut signature: Signature = found.overloads()[overload].clone();
        if signature.intrinsic {
            // Emission takes the arguments of an intrinsic as they are.
            for param in signature.params.iter_mut().filter(|param| param.ty == StubTy::Any) {
                param.ty = StubTy::Named(StubRef { module: "builtins".into(), name: "object".into() }, Vec::new());
            }
        }
        let mut args = Vec::new();
        for (at, (param, fill)) in signature.params.iter().zip(fills).enumerate() {
            let ty = self.param_ty(&param.ty, env);
            let _ = at;
            let value = match fill {
                // `d.get(k, None)`: the overload says it, there is nothing to hand over.
                _ if param.ty == StubTy::None => {
                    if let Fill::Arg(at) = fill {
                        written[*at].expr.iter().for_each(|expr| {
                            self.value(*expr);
                        });
                    }
                    BoundArg::Omitted
                }
                Fill::Default => match &param.default {
                    Some(StubDefault::Omitted) | None => BoundArg::Omitted,
                    Some(lit) => BoundArg::Lit(lit.clone()),
                },
                Fill::Arg(at) => match written[*at].expr {
                    Some(expr) => {
                        if *at >= skip {
                            self.stub_argument(expr, &param.ty, &ty, env);
                        }
                        BoundArg::Expr(expr)
                    }
                    None => BoundArg::Omitted,
                },
                Fill::Args(list) | Fill::Kwargs(list) => {
                    let mut all = Vec::new();
                    for &at in list {
                        let Some(expr) = written[at].expr else { continue };
                        all.push(match &written[at].given {
                            Given::Positional => {
                                self.stub_argument(expr, &param.ty, &ty, env);
                                Arg::Positional(expr)
                            }
                            Given::Keyword(name) => {
                                self.stub_argument(expr, &param.ty, &ty, env);
                                Arg::Keyword(name.to_string(), expr)
                            }
                            Given::Star => {
                                self.iterate(expr, false);
                                Arg::Star(expr)
                            }
                            Given::DoubleStar => {
                                self.value(expr);
                                Arg::DoubleStar(expr)
                            }
                        });
                    }
                    if matches!(fill, Fill::Args(_)) { BoundArg::Args(all) } else { BoundArg::Kwargs(all) }
                }
                Fill::Item(at, index) => match written[*at].expr {
                    Some(of) => {
                        self.value(of);
                        BoundArg::Item { of, index: *index }
                    }
                    None => BoundArg::Omitted,
                },
                Fill::Key(at, _) | Fill::Unknown(at) => {
                    if let Some(of) = written[*at].expr {
                        self.value(of);
                        let span = self.span(of);
                        self.refuse(span, "a spread argument of this call is not translated yet");
                    }
                    BoundArg::Omitted
                }
            };
            let builder = param.kind == ParamKind::Keyword && param.default == Some(StubDefault::Omitted);
            args.push(StubArg { name: param.name.clone(), builder, value, pass: param.pass, ty });
        }
        let _ = key;
        StubCall {
            of: (*found.owner).clone(),
            method: found.method.to_string(),
            rust: signature.rust.clone(),
            args,
            nothrow: signature.nothrow,
            is_async: signature.is_async,
            intrinsic: signature.intrinsic,
        }
    }

    /// Binds one argument of a call of the registry.
    fn stub_argument(&mut self, expr: ExprId, ty: &StubTy, shown: &Ty, env: &Env) {
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
                    self.expr(expr, false);
                }
                "Iterable" | "Iterator" | "Collection" | "Sequence" | "Reversible" => {
                    let from = self.value(expr);
                    let from =
                        self.unwrapped(expr, from, "TypeError", |name| format!("'{name}' object is not iterable"));
                    match (&from, shown) {
                        (Ty::Tuple(_), Ty::Iter(element)) if iterated(&from).as_ref() != Some(&**element) => {
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
                        (from, Ty::Iter(element)) => {
                            // Elements in another representation: `Iter<i64>` as `Iter<f64>`.
                            if let Some(item) = iterated(from) {
                                if item != **element
                                    && item != Ty::None
                                    && self.conversion(&item, element, None).is_some()
                                {
                                    let steps = Ty::Iter(element.clone());
                                    self.coerce(expr, from, &steps, None);
                                }
                            }
                        }
                        _ => {}
                    }
                }
                _ => {
                    self.value(expr);
                }
            },
            StubTy::SelfTy | StubTy::Ellipsis | StubTy::List(_) | StubTy::Never => {
                self.value(expr);
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
                    {
                        if *class != *base && self.s.is_stub_subclass(&class, base) {
                            // Every kind of dict is a `Dict`, by reference.
                            let from = self.value(expr);
                            self.unwrapped(expr, from, "TypeError", |name| format!("'{name}' object is not iterable"));
                            return;
                        }
                    }
                    self.value_as(expr, shown);
                }
            },
        }
    }

    /// A function of the registry that is handed on: which overload its caller will use.
    fn callable_argument(&mut self, expr: ExprId, ty: &StubTy, env: &Env) {
        let program = self.s.program;
        let StubTy::Named(_, args) = ty else { return };
        let Some(StubTy::List(params)) = args.first() else { return };
        let found = match &program.exprs[expr] {
            Expr::Stub(name) => match self.s.entry(name) {
                Some((owner, entry)) => match &*entry {
                    crate::stubs::Entry::Function(_) => {
                        Found { owner, entry, method: std::rc::Rc::from(""), env: Vec::new() }
                    }
                    crate::stubs::Entry::Class(class) if class.methods.contains_key("__init__") => {
                        Found { owner, entry, method: std::rc::Rc::from("__init__"), env: Vec::new() }
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
                    Some(crate::infer::shape::Con::Func(crate::infer::shape::Callable::Stub(name))) => match self
                        .s
                        .entry(&name)
                    {
                        Some((owner, entry)) => Found { owner, entry, method: std::rc::Rc::from(""), env: Vec::new() },
                        None => return,
                    },
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

    fn filled_ty(&mut self, ty: &StubTy, env: &Env) -> Ty {
        let slot = self.s.slot_of(ty, env, None);
        self.r.inner(self.s, slot)
    }

    /// Records a call of the registry; the type of its value.
    #[allow(clippy::too_many_arguments)]
    pub fn finish_stub(
        &mut self,
        key: (ExprId, u32),
        found: &Found,
        overload: usize,
        fills: &[Fill],
        written: &[Argument],
        this: &crate::infer::shape::Con,
        skip: usize,
    ) -> Ty {
        self.at(key);
        let instance = self.s.instance(found, overload, this);
        let call = self.bind_signature(key, found, overload, fills, written, &instance.env, skip);
        let is_async = call.is_async;
        self.resolve(key, Resolved::Stub(call));
        let never = found.overloads()[overload].result == StubTy::Never;
        let result = if never { Ty::Never } else { self.r.inner(self.s, instance.result) };
        if is_async { Ty::Coro(Box::new(result)) } else { result }
    }

    /// A literal of the runtime's own, for parameters that lowering left out.
    pub fn positional(&self, pass: Pass, name: &str, expr: ExprId, ty: Ty) -> StubArg {
        StubArg { name: name.into(), builder: false, value: BoundArg::Expr(expr), pass, ty }
    }
}
