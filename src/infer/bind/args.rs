//! Arguments with the types of their parameters.

use super::Binder;
use super::open::Callee;
use crate::hir::*;
use crate::infer::binding::Fill;
use crate::infer::instance::Env;
use crate::infer::solver::{Argument, Found, Given};
use crate::infer::{BoundArg, Resolved, StubArg, StubCall};
use crate::stubs::{Pass, Signature, StubDefault, StubTy};
use crate::syntax::PythonVersion;
use crate::types::Ty;

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
        key: (ExprId, u32),
        callee: &Callee<'_>,
        types: &[Ty],
        fills: &[Fill],
        written: &[Arg],
    ) -> Vec<BoundArg> {
        let (of, span) = (key.0, self.span(key.0));
        self.open_call(key, callee, fills, written);
        let mut spread_done = Vec::new();
        let mut bound = Vec::new();
        for (((_, kind, default), ty), fill) in callee.params.iter().zip(types).zip(fills) {
            bound.push(match fill {
                Fill::Default => BoundArg::Default,
                Fill::Arg(at) => {
                    self.value_as(written[*at].value(), ty);
                    BoundArg::Expr(written[*at].value())
                }
                Fill::Item(at, index) => {
                    let from = written[*at].value();
                    if !spread_done.contains(at) {
                        spread_done.push(*at);
                        self.value(from);
                    }
                    self.spread_fits(from, *index, ty, span);
                    BoundArg::Item { of: from, index: *index }
                }
                Fill::Key(at, key) => {
                    let from = written[*at].value();
                    if !spread_done.contains(at) {
                        spread_done.push(*at);
                        self.value(from);
                    }
                    match self.types.expr.get(from).cloned() {
                        Some(Ty::Record(record)) => {
                            let fields = &self.r.records[record].fields;
                            let index = fields.iter().position(|(name, _)| name == key).unwrap_or(0);
                            let part = fields.get(index).map_or(Ty::None, |(_, ty)| ty.clone());
                            self.part_fits(&part, ty, span);
                            BoundArg::Field { of: from, index }
                        }
                        _ => {
                            self.refuse(span, "`**` of this value is not translated yet");
                            BoundArg::Expr(from)
                        }
                    }
                }
                Fill::Open(open) => {
                    self.open_fits(of, ty, open, span);
                    let default = default.then(|| Box::new(BoundArg::Default));
                    BoundArg::Open {
                        of,
                        item: open.item.as_ref().map(|(_, item)| *item),
                        key: open.key.as_ref().map(|(_, key)| key.clone()),
                        ty: ty.clone(),
                        default,
                    }
                }
                Fill::OpenArgs(_, from) => {
                    if let (Ty::VarTuple(element), Some(item)) = (ty, self.open_types(of).0) {
                        self.part_fits(&item, element, span);
                    }
                    BoundArg::OpenArgs { of, from: *from }
                }
                Fill::OpenKwargs(_, others) => {
                    let also: Vec<Arg> = others.iter().map(|&at| written[at].clone()).collect();
                    if let Ty::Dict(_, element) = ty {
                        for arg in &also {
                            self.value_as(arg.value(), element);
                        }
                        if let (_, Some(value)) = self.open_types(of) {
                            self.part_fits(&value, element, span);
                        }
                    }
                    BoundArg::OpenKwargs { of, also }
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

    /// Whether an element of a starred tuple is what its parameter takes.
    pub fn spread_fits(&mut self, of: ExprId, index: usize, to: &Ty, span: crate::source::Span) {
        if let Some(Ty::Tuple(items)) = self.types.expr.get(of).cloned()
            && let Some(from) = items.get(index)
        {
            self.part_fits(from, to, span);
        }
    }

    /// A part of a spread argument has no expression to convert: emission does what `Widen` would.
    pub fn part_fits(&mut self, from: &Ty, to: &Ty, span: crate::source::Span) {
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
                param.ty = StubTy::Named(StubRef::new("builtins", "object"), Vec::new());
            }
        }
        let mut args = Vec::new();
        self.open_registry(key, found, &signature, fills, written);
        let deferred = signature.deferred();
        for (at, (param, fill)) in signature.params.iter().zip(fills).enumerate() {
            let ty = self.param_ty(&param.ty, env);
            let value = match fill {
                Fill::Arg(callee) if deferred.is_some_and(|(function, ..)| function == at) => {
                    self.deferred_call(&signature, fills, written, *callee)
                }
                // They went along with the function.
                _ if deferred.is_some_and(|(_, rest, named)| rest == at || named == Some(at)) => BoundArg::Omitted,
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
                Fill::Key(at, _) => {
                    if let Some(of) = written[*at].expr {
                        self.value(of);
                        let span = self.span(of);
                        self.refuse(span, "a spread argument of this call is not translated yet");
                    }
                    BoundArg::Omitted
                }
                Fill::Open(_) | Fill::OpenArgs(..) | Fill::OpenKwargs(..) => {
                    self.open_of_registry(key, fill, param.default.as_ref(), &ty)
                }
            };
            let builder = param.kind == ParamKind::Keyword && param.default == Some(StubDefault::Omitted);
            let closure = takes_closure(&param.ty);
            args.push(StubArg { name: param.name.clone(), builder, closure, value, pass: param.pass, ty });
        }
        self.known_until(&signature);
        StubCall {
            of: (*found.owner).clone(),
            method: found.method.clone(),
            rust: signature.rust.clone(),
            args,
            nothrow: signature.nothrow,
            is_async: signature.is_async,
            intrinsic: signature.intrinsic,
        }
    }

    /// Notes the Pythons that know a function of the registry.
    pub fn known_until(&mut self, signature: &Signature) {
        let last = signature.versions.until.and_then(|until| until.checked_sub(1));
        if let Some(minor) = last.filter(|minor| *minor >= PythonVersion::OLDEST.minor) {
            self.types.last_python = Some(PythonVersion { minor }.older(self.types.last_python));
        }
    }

    /// A function that is called later, with its arguments.
    fn deferred_call(
        &mut self,
        signature: &Signature,
        fills: &[Fill],
        written: &[Argument],
        callee: usize,
    ) -> BoundArg {
        let Some(function) = written[callee].expr else { return BoundArg::Omitted };
        let args: Vec<Arg> = crate::infer::calls::deferred_args(signature, fills)
            .into_iter()
            .filter_map(|at| written[at].as_arg())
            .collect();
        self.offload((function, crate::infer::place::CALLED), function, &args);
        let ignored = signature.deferred().is_some_and(|(at, ..)| {
            matches!(&signature.params[at].ty, StubTy::Named(_, of)
                if matches!(of.get(1), Some(StubTy::Named(result, _)) if result.name == "object"))
        });
        BoundArg::Call { function, args, ignored }
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
        let mut result = if never { Ty::Never } else { self.r.inner(self.s, instance.result) };
        // What the runtime makes is of the signature's own type; where it goes may want items of another.
        let declared = &found.overloads()[overload].result;
        if matches!(result, Ty::List(_) | Ty::Set(_) | Ty::Dict(..) | Ty::Iter(_))
            && matches!(declared, StubTy::Named(..))
        {
            let made = self.filled_ty(declared, &instance.env);
            if made != result && same_kind(&made, &result) && !is_async {
                result = made;
            }
        }
        if is_async { Ty::Coro(Box::new(result)) } else { result }
    }

    /// A literal of the runtime's own, for parameters that lowering left out.
    pub fn positional(&self, pass: Pass, name: &str, expr: ExprId, ty: Ty) -> StubArg {
        StubArg { name: name.into(), builder: false, closure: false, value: BoundArg::Expr(expr), pass, ty }
    }
}

/// Whether a parameter takes a Rust closure; a type parameter takes a function as a value.
fn takes_closure(ty: &StubTy) -> bool {
    match ty {
        StubTy::Named(name, _) => name.module == "typing" && name.name == "Callable",
        StubTy::Union(parts) => parts.iter().any(takes_closure),
        _ => false,
    }
}

/// Whether both are lists, sets or dicts.
fn same_kind(a: &Ty, b: &Ty) -> bool {
    matches!(
        (a, b),
        (Ty::List(_), Ty::List(_))
            | (Ty::Set(_), Ty::Set(_))
            | (Ty::Dict(..), Ty::Dict(..))
            | (Ty::Iter(_), Ty::Iter(_))
    )
}
