//! Functions as values, lambdas, and nested definitions.

use syn::{Expr, Pat, parse_quote};

use super::Emitter;
use super::body::Body;
use super::build::{self, block_expr, call_path, closure, let_, method, name, pat, string, tail, tuple};
use super::place::as_reference;
use crate::hir::{self, Binding, ExprId, FnId, FnKind, Method, Storage, VarId};
use crate::infer::Resolved;
use crate::types::{FnTy, Ty};

impl Emitter<'_> {
    /// `Function::new("name", …)`.
    pub(super) fn function_value(&mut self, id: ExprId, ty: &Ty) -> Expr {
        let Ty::Fn(function) = ty else {
            return match ty {
                Ty::Value => self.unsupported(id, "a function as a dynamic value is not translated yet"),
                _ => self.unsupported(id, "this function as a value is not translated yet"),
            };
        };
        if let hir::Expr::Var(var) = self.program.exprs[id]
            && self.var_ty(var) == *ty
        {
            return self.read_var(var, super::place::Want::Owned, Some(id));
        }
        // `str.upper` beside functions that take anything.
        if let hir::Expr::Attr(value, _) = self.program.exprs[id]
            && self.is_class_value(value)
            && function.params.first() == Some(&Ty::Value)
            && !matches!(self.resolved(id, 0), Some(Resolved::Function { .. }))
        {
            return self
                .unsupported(id, "a method of a built-in type beside functions of other types is not translated yet");
        }
        if matches!(&self.program.exprs[id], hir::Expr::Stub(stub) if stub.name == "len")
            && function.params.first() == Some(&Ty::Value)
        {
            return self.unsupported(id, "`len` as a value, where nothing tells of what, is not translated yet");
        }
        if let Some(adapted) = self.adapted(id, function) {
            return adapted;
        }
        let coroutine = matches!(function.result, Ty::Coro(_));
        let text = match &self.program.exprs[id] {
            hir::Expr::Function(id) | hir::Expr::Lambda(id) => self.program.functions[*id].shown_name().to_string(),
            hir::Expr::Stub(stub) => stub.name.to_string(),
            hir::Expr::Attr(_, text) => text.clone(),
            hir::Expr::Class(class) => self.program.classes[*class].name.clone(),
            _ => "function".to_string(),
        };
        let made = self.closure_of(id, function, true);
        let made = match made {
            Ok(made) => made,
            Err(refused) => return refused,
        };
        // A lambda may raise before there is a coroutine.
        let path =
            if coroutine && !super::gives::gives_result(&made) { "Function::coroutine" } else { "Function::new" };
        // Under `functools.wraps` it has the name of what it wraps.
        let wrapped = match &self.program.exprs[id] {
            hir::Expr::Function(inner) | hir::Expr::Lambda(inner) => {
                let inner = crate::infer::uniform::stands_for(self.program, *inner);
                self.program.functions[inner].decorators.iter().find_map(|decorator| self.wrapped(*decorator))
            }
            _ => None,
        };
        let shown = match wrapped {
            Some(wrapped) => {
                let place = self.place(wrapped);
                method(place, "qualname", Vec::new())
            }
            None => string(&text),
        };
        let made = wrap_let(made, |made| call_path(path, vec![shown, made]));
        let made = self.known_as(id, made);
        self.of_kind(id, made)
    }

    /// A function in a variable or from a call, for other arguments or another result: `f.adapted(|function, (x,)| …)`.
    fn adapted(&mut self, id: ExprId, wanted: &FnTy) -> Option<Expr> {
        if is_named(&self.program.exprs[id]) {
            return None;
        }
        let Ty::Fn(own) = self.raw_ty(id) else { return None };
        if own.params.len() != wanted.params.len() {
            return Some(self.unsupported(id, "this function is not translated for what it is called with here"));
        }
        let value = self.raw(id, super::place::Want::Owned);
        let names: Vec<String> = match wanted.params.len() {
            1 => vec!["value".to_string()],
            count => (0..count).map(|at| format!("arg{at}")).collect(),
        };
        let around = self.enter_closure();
        let args = names.iter().zip(wanted.params.iter().zip(&own.params));
        let args = args.map(|(text, (from, to))| self.convert(name(text), from, to)).collect();
        let call = method(name("function"), "call", vec![tuple(args)]);
        let call = self.result_as(id, call, &wanted.result);
        self.body = around;
        let mut params = vec![pat("function")];
        params.extend(self.closure_params(&names, &wanted.params, true));
        let made = closure(false, false, params, None, call);
        Some(method(value, "adapted", vec![made]))
    }

    /// What a closure captures is cloned before it; `self` under another name.
    pub(super) fn clone_captures(&mut self, captures: &[VarId], before: &mut Vec<syn::Stmt>) {
        for &var in captures {
            let storage = self.program.vars[var].storage;
            let copy = storage == Storage::Local && self.var_ty(var).is_copy();
            if storage == Storage::Global || copy {
                continue;
            }
            let text = self.var_name(var);
            let held = if text == "self" { self.temp_unique("this") } else { text.clone() };
            before.push(let_(pat(&held), None, Some(method(name(&text), "clone", Vec::new()))));
            self.body.vars.insert(var, held);
        }
    }

    /// Whether a function that is made a closure captures anything.
    fn captures_any(&self, id: ExprId) -> bool {
        match self.program.exprs[id] {
            hir::Expr::Function(function) | hir::Expr::Lambda(function) => !self.all_captures(function).is_empty(),
            _ => false,
        }
    }

    /// What `functools.wraps(f)` names: `f`.
    pub(super) fn wrapped(&self, decorator: ExprId) -> Option<ExprId> {
        match &self.program.exprs[decorator] {
            hir::Expr::Call(call) => match &call.callee {
                hir::Callee::Stub(stub) if stub.module == "functools" && stub.name == "wraps" => {
                    call.args.first().map(hir::Arg::value)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// A function for a parameter of the runtime that takes a Rust closure.
    pub(super) fn callable(&mut self, id: ExprId, function: &FnTy) -> Expr {
        self.callable_as(id, function, false)
    }

    /// The same; where `keeps`, a coroutine function gives coroutines that are kept: `map(fetch, urls)`.
    pub(super) fn callable_as(&mut self, id: ExprId, function: &FnTy, keeps: bool) -> Expr {
        let Ty::Coro(_) = function.result else { return self.plain_callable(id, function) };
        if !keeps {
            return self.plain_callable(id, function);
        }
        let names: Vec<String> = (0..function.params.len()).map(|at| format!("arg{at}")).collect();
        let names = if names.len() == 1 { vec!["value".to_string()] } else { names };
        let given: Vec<Expr> = names.iter().map(|text| name(text)).collect();
        let mut before = Vec::new();
        let around = self.enter_closure();
        let call = self.called(id, given, &function.params, &mut before);
        self.body = around;
        let call = match (&self.program.exprs[id], call) {
            (hir::Expr::Function(_) | hir::Expr::Attr(..), call) => {
                call_path("Ok", vec![call_path("Coroutine::new", vec![call])])
            }
            (_, call) => call,
        };
        let params = self.closure_params(&names, &function.params, false);
        let is_move = !before.is_empty() || self.captures_any(id);
        let made = closure(false, is_move, params, None, call);
        if before.is_empty() {
            return made;
        }
        before.push(tail(made));
        block_expr(before)
    }

    fn plain_callable(&mut self, id: ExprId, function: &FnTy) -> Expr {
        match self.closure_of(id, function, false) {
            Ok(made) | Err(made) => made,
        }
    }

    /// What calling a coroutine function gives, as the coroutine that is wanted; where the runtime calls it,
    /// `Ok(Coroutine::new(work(i)))`.
    fn as_coroutine(&mut self, id: ExprId, call: Expr, wanted: &Ty, tupled: bool) -> Expr {
        // Beside functions that give something else, a coroutine is a value like any other.
        let among_others = !matches!(wanted, Ty::Coro(_) | Ty::Never);
        let inner = match (&self.program.exprs[id], self.resolved(id, 0)) {
            (hir::Expr::Function(inner), _) => *inner,
            (hir::Expr::Attr(..), Some(Resolved::Function { function, .. })) if among_others => *function,
            _ => return call,
        };
        if !matches!(self.program.functions[inner].kind, FnKind::Coroutine { .. }) {
            return call;
        }
        let own = Ty::Coro(Box::new(self.signature(inner).result));
        if among_others {
            let kept = self.convert(call_path("Coroutine::new", vec![call]), &own, wanted);
            return call_path("Ok", vec![kept]);
        }
        let same = *wanted == Ty::Never || own == *wanted;
        let call = if same { call } else { self.convert(call, &own, wanted) };
        if tupled && !same {
            return method(call, "into_future", Vec::new());
        }
        if tupled { call } else { call_path("Ok", vec![call_path("Coroutine::new", vec![call])]) }
    }

    /// A closure: of one tuple, or of the parameters one by one. It gives a `PyResult` (or a future of one).
    #[expect(clippy::result_large_err, reason = "both are expressions: the second is no closure")]
    fn closure_of(&mut self, id: ExprId, function: &FnTy, tupled: bool) -> Result<Expr, Expr> {
        let program = self.program;
        if let hir::Expr::Lambda(inner) = program.exprs[id] {
            let mut made = self.lambda(inner, function.params.len(), tupled);
            if function.result == Ty::Never && tupled {
                never_returns(&mut made);
            }
            return Ok(if tupled { self.lambda_as(inner, made, &function.result) } else { made });
        }
        let names: Vec<String> = (0..function.params.len()).map(|at| format!("arg{at}")).collect();
        let names = match &program.exprs[id] {
            hir::Expr::Function(inner) => {
                let params = &program.functions[*inner].params;
                names
                    .iter()
                    .enumerate()
                    .map(|(at, text)| {
                        params
                            .get(at)
                            .map_or(text.clone(), |param| super::names::sanitize(&program.vars[param.var].name))
                    })
                    .collect()
            }
            _ if function.params.len() == 1 => vec!["value".to_string()],
            _ => names,
        };
        let given: Vec<Expr> = names.iter().map(|text| name(text)).collect();
        let mut before = Vec::new();
        let around = self.enter_closure();
        let call = self.called(id, given, &function.params, &mut before);
        let call = self.result_as(id, call, &function.result);
        let call = self.as_coroutine(id, call, &function.result, tupled);
        self.body = around;
        // `|x| f(x)` is `f`.
        if !tupled
            && before.is_empty()
            && let Expr::Call(inner) = &call
            && let Expr::Path(_) = &*inner.func
            && inner.args.len() == names.len()
            && inner
                .args
                .iter()
                .zip(&names)
                .all(|(arg, text)| matches!(arg, Expr::Path(path) if path.path.is_ident(text)))
        {
            return Ok((*inner.func).clone());
        }
        let params = self.closure_params(&names, &function.params, tupled);
        let is_move = !before.is_empty() || self.captures_any(id);
        let made = closure(false, is_move, params, None, call);
        if before.is_empty() {
            return Ok(made);
        }
        before.push(tail(made));
        Ok(block_expr(before))
    }

    /// `functools.partial(f, a, k=b)`: a closure over what is bound, of what is left.
    pub(super) fn partial(&mut self, id: ExprId, args: &[hir::Arg]) -> Option<Expr> {
        let Ty::Fn(function) = self.raw_ty(id) else { return None };
        let (first, bound) = args.split_first()?;
        let callee = first.value();
        // The overload of a method was chosen for no arguments.
        if let (Ty::Fn(whole), hir::Expr::Attr(..), Some(Resolved::Stub(_))) =
            (self.raw_ty(callee), &self.program.exprs[callee], self.resolved(callee, 0))
            && whole.params.len() != bound.len() + function.params.len()
        {
            return None;
        }
        let mut before = Vec::new();
        let mut held: Vec<(Option<String>, Expr, Ty)> = Vec::new();
        for arg in bound {
            let key = match arg {
                hir::Arg::Positional(_) => None,
                hir::Arg::Keyword(key, _) => Some(key.clone()),
                hir::Arg::Star(_) | hir::Arg::DoubleStar(_) => return None,
            };
            let ty = self.ty_of(arg.value());
            let text = self.temp_unique(key.as_deref().unwrap_or("argument"));
            let value = self.owned(arg.value());
            before.push(let_(pat(&text), None, Some(value)));
            let again = if ty.is_copy() { name(&text) } else { method(name(&text), "clone", Vec::new()) };
            held.push((key, again, ty));
        }
        let names: Vec<String> = (0..function.params.len()).map(|at| format!("arg{at}")).collect();
        let left = names.iter().map(|text| name(text)).zip(function.params.iter().cloned()).collect();
        let given = self.in_order(callee, &held, left)?;
        let (given, types): (Vec<Expr>, Vec<Ty>) = given.into_iter().unzip();
        let around = self.enter_closure();
        let call = self.called(callee, given, &types, &mut before);
        self.body = around;
        let params = self.closure_params(&names, &function.params, true);
        let made = closure(false, true, params, None, call);
        let path = if matches!(function.result, Ty::Coro(_)) { "Function::coroutine" } else { "Function::new" };
        let made = call_path(path, vec![string("partial"), made]);
        before.push(tail(self.of_kind(callee, made)));
        Some(block_expr(before))
    }

    /// What a call gives to a function, in the order of its parameters: what is bound, by place or by name, and what is
    /// left.
    pub(super) fn in_order(
        &mut self,
        callee: ExprId,
        held: &[(Option<String>, Expr, Ty)],
        left: Vec<(Expr, Ty)>,
    ) -> Option<Vec<(Expr, Ty)>> {
        let mut left = left.into_iter();
        let known = match (&self.program.exprs[callee], self.resolved(callee, 0)) {
            (hir::Expr::Function(inner), _) => Some(*inner),
            (hir::Expr::Attr(..), Some(Resolved::Function { function, .. })) => Some(*function),
            _ => None,
        };
        let mut given = Vec::new();
        match known {
            Some(inner) => {
                let program = self.program;
                let inner = &program.functions[inner];
                let skip = usize::from(matches!(
                    inner.method,
                    Some(Method { binding: Binding::Instance | Binding::Class, .. })
                ));
                let mut positional = held.iter().filter(|(key, ..)| key.is_none());
                for param in inner.params.iter().skip(skip) {
                    let text = &program.vars[param.var].name;
                    let by_name = held.iter().find(|(key, ..)| key.as_ref() == Some(text));
                    let value = match (by_name, positional.next()) {
                        (Some((_, value, ty)), _) | (None, Some((_, value, ty))) => (value.clone(), ty.clone()),
                        (None, None) => match (left.len(), param.default) {
                            (0, Some(hir::Default::Inline(value))) => (self.owned(value), self.ty_of(value)),
                            (0, None) if matches!(param.kind, hir::ParamKind::Args | hir::ParamKind::Kwargs) => {
                                continue;
                            }
                            _ => left.next()?,
                        },
                    };
                    given.push(value);
                }
            }
            None if held.iter().all(|(key, ..)| key.is_none()) => {
                given.extend(held.iter().map(|(_, value, ty)| (value.clone(), ty.clone())));
                given.extend(left.by_ref());
            }
            None => return None,
        }
        if left.next().is_some() {
            return None;
        }
        Some(given)
    }

    pub(super) fn closure_params(&mut self, names: &[String], types: &[Ty], tupled: bool) -> Vec<Pat> {
        let typed = |emitter: &mut Self, text: &str, ty: &Ty| -> Pat {
            let ty = emitter.ty(ty);
            let pattern = pat(text);
            Pat::Type(parse_quote!(#pattern: #ty))
        };
        if !tupled {
            return names.iter().zip(types).map(|(text, ty)| typed(self, text, ty)).collect();
        }
        let pats = names.iter().map(|text| pat(text)).collect();
        let ty = if types.is_empty() { super::ty::unit() } else { self.ty(&Ty::Tuple(types.to_vec())) };
        let pattern = build::pat_tuple(pats);
        vec![Pat::Type(parse_quote!(#pattern: #ty))]
    }

    pub(super) fn enter_closure(&mut self) -> Body {
        let around = self.body.clone();
        self.body.fallible = true;
        self.body.closed += 1;
        around
    }

    /// A call of whatever `function` names, as a `PyResult` or a future; `before` gets what must be cloned first.
    pub(super) fn called(
        &mut self,
        function: ExprId,
        args: Vec<Expr>,
        types: &[Ty],
        before: &mut Vec<syn::Stmt>,
    ) -> Expr {
        let program = self.program;
        match &program.exprs[function] {
            hir::Expr::Function(inner) => {
                let inner = *inner;
                let args = self.filled(inner, args, types);
                let captures = self.all_captures(inner);
                self.clone_captures(&captures, before);
                let call = self.call_of(inner, args);
                self.as_result(inner, call)
            }
            hir::Expr::Lambda(inner) => {
                let params = &program.functions[*inner].params;
                let args: Vec<Expr> = args
                    .into_iter()
                    .enumerate()
                    .map(|(at, arg)| match (types.get(at), params.get(at)) {
                        (Some(from), Some(param)) => {
                            let to = self.var_ty(param.var);
                            self.convert(arg, from, &to)
                        }
                        _ => arg,
                    })
                    .collect();
                let made = self.lambda(*inner, args.len(), false);
                let made = super::ends::result_told(made);
                let text = self.temp_unique("function");
                before.push(let_(pat(&text), None, Some(made)));
                build::call(name(&text), args)
            }
            hir::Expr::Class(class) => {
                let made = self.instantiate(*class, args);
                ok_of(made)
            }
            hir::Expr::Stub(stub) => self.called_stub(function, stub, args, types),
            hir::Expr::Attr(value, _) if matches!(self.resolved(function, 0), Some(Resolved::Function { .. })) => {
                let Some(Resolved::Function { function: inner, .. }) = self.resolved(function, 0) else {
                    return tuple(Vec::new());
                };
                let inner = *inner;
                let instance =
                    matches!(program.functions[inner].method, Some(Method { binding: Binding::Instance, .. }));
                if instance && self.is_class_value(*value) && !args.is_empty() {
                    // `Worker.name`: its first argument is the instance.
                    let mut args = args;
                    let recv = args.remove(0);
                    let args = self.filled(inner, args, &types[1..]);
                    let recv = self.receiver_of(inner, recv);
                    let call = method(recv, &self.method_name(inner), args);
                    let call = self.finish_call(inner, call);
                    return self.as_result(inner, call);
                }
                let text = self.temp_unique("receiver");
                let recv = self.owned(*value);
                before.push(let_(pat(&text), None, Some(recv)));
                let args = self.filled(inner, args, types);
                let class = match self.ty_of(*value) {
                    Ty::Class(class) if instance => Some(class),
                    _ => None,
                };
                let call = match class {
                    // The class of the object decides which method it is.
                    Some(_) => self.method_with(inner, name(&text), class, args),
                    None => {
                        let recv = self.receiver_of(inner, name(&text));
                        let call = method(recv, &self.method_name(inner), args);
                        self.finish_call(inner, call)
                    }
                };
                self.as_result(inner, call)
            }
            hir::Expr::Attr(value, attribute)
                if matches!(self.resolved(function, 0), Some(Resolved::Stub(_)) | None)
                    && !matches!(self.ty_of(*value), Ty::Module) =>
            {
                let nothrow = matches!(self.resolved(function, 0), Some(Resolved::Stub(call)) if call.nothrow);
                let rust = match self.resolved(function, 0) {
                    Some(Resolved::Stub(call)) => match &call.rust {
                        crate::stubs::RustForm::Method(text) => text.to_string(),
                        _ => attribute.to_string(),
                    },
                    _ => attribute.clone(),
                };
                if self.is_class_value(*value) && !args.is_empty() {
                    // `str.lower`: its first argument is the receiver.
                    let mut args = args;
                    let recv = args.remove(0);
                    let args = args.into_iter().zip(&types[1..]).map(|(arg, ty)| by_convention(arg, ty)).collect();
                    let call = method(recv, &super::names::escape(&rust), args);
                    return if nothrow { self.as_given(function, call) } else { call };
                }
                let text = self.temp_unique("receiver");
                let recv = self.owned(*value);
                before.push(let_(pat(&text), None, Some(recv)));
                let handle = matches!(self.ty_of(*value), Ty::Task(_) | Ty::Future(_));
                let args = match attribute.as_str() {
                    // No message.
                    "cancel" if handle && args.is_empty() => vec![name("None")],
                    _ => self.passed(function, args, types),
                };
                let args = self.with_defaults(function, args);
                let call = method(name(&text), &super::names::escape(&rust), args);
                if nothrow { self.as_given(function, call) } else { call }
            }
            _ => {
                let text = self.temp_unique("function");
                let (value, ty) = match self.raw_ty(function) {
                    Ty::Option(_) => (self.owned(function), self.ty_of(function)),
                    ty => (self.raw(function, super::place::Want::Owned), ty),
                };
                before.push(let_(pat(&text), None, Some(value)));
                let Ty::Fn(own) = ty else {
                    return method(name(&text), "call", vec![tuple(args)]);
                };
                // A function value of another type: its arguments are converted on the way in.
                let args = args.into_iter().zip(types.iter().zip(&own.params));
                let args = args.map(|(arg, (from, to))| self.convert(arg, from, to)).collect();
                method(name(&text), "call", vec![tuple(args)])
            }
        }
    }

    /// Whether an expression names a class itself.
    fn is_class_value(&self, value: ExprId) -> bool {
        matches!(self.program.exprs[value], hir::Expr::Class(_))
            || matches!(self.program.exprs[value], hir::Expr::Stub(_)) && self.ty_of(value) == Ty::Type
    }

    /// The call without its `?`, or in `Ok`: what a closure gives.
    pub(super) fn as_result(&mut self, function: FnId, call: Expr) -> Expr {
        match (self.program.functions[function].kind, call) {
            (FnKind::Plain, Expr::Try(inner)) => {
                // Its `?` is not written after all.
                self.body.questions = self.body.questions.saturating_sub(1);
                *inner.expr
            }
            (FnKind::Plain, call) if self.types.function.get(function).is_some_and(|of| of.result == Ty::None) => {
                done(call)
            }
            (FnKind::Plain, call) => call_path("Ok", vec![call]),
            (FnKind::Coroutine { .. }, call) => call,
            (_, call) => call_path("Ok", vec![call]),
        }
    }

    /// The call of a function of the registry that cannot raise, as a result.
    fn as_given(&self, function: ExprId, call: Expr) -> Expr {
        match self.raw_ty(function) {
            Ty::Fn(of) if of.result == Ty::None => done(call),
            _ => call_path("Ok", vec![call]),
        }
    }

    /// The arguments that a value's call does not give: defaults.
    pub(super) fn filled(&mut self, function: FnId, mut args: Vec<Expr>, types: &[Ty]) -> Vec<Expr> {
        let program = self.program;
        let params = &program.functions[function].params;
        let skip = usize::from(matches!(
            program.functions[function].method,
            Some(Method { binding: Binding::Instance | Binding::Class, .. })
        ));
        let wanted: Vec<Ty> = params.iter().skip(skip).map(|param| self.var_ty(param.var)).collect();
        args = args
            .into_iter()
            .enumerate()
            .map(|(at, arg)| match (types.get(at), wanted.get(at)) {
                (Some(from), Some(to)) => self.convert(arg, from, to),
                _ => arg,
            })
            .collect();
        for param in params.iter().skip(skip + args.len()) {
            let value = match param.default {
                Some(hir::Default::Inline(value)) => self.owned(value),
                Some(hir::Default::Once { var, .. }) => self.read_var(var, super::place::Want::Owned, None),
                None => {
                    let ty = self.var_ty(param.var);
                    match param.kind {
                        hir::ParamKind::Args => self.new_container(&ty, "VarTuple"),
                        hir::ParamKind::Kwargs => self.new_container(&ty, "Dict"),
                        _ => continue,
                    }
                }
            };
            args.push(value);
        }
        args
    }

    /// The arguments of a function of the registry that is called as a value, with the defaults of those that are not given.
    fn with_defaults(&mut self, function: ExprId, mut args: Vec<Expr>) -> Vec<Expr> {
        if let Some(Resolved::Stub(call)) = self.resolved(function, 0) {
            for arg in call.args.iter().skip(args.len()) {
                if !matches!(arg.value, crate::infer::BoundArg::Omitted) && arg.ty != Ty::None {
                    args.push(self.stub_arg(call, arg));
                }
            }
        }
        args
    }

    /// Values at hand as a method of the registry takes them.
    fn passed(&self, function: ExprId, args: Vec<Expr>, types: &[Ty]) -> Vec<Expr> {
        let declared = match self.resolved(function, 0) {
            Some(Resolved::Stub(call)) => &call.args[..],
            _ => &[],
        };
        let given = args.into_iter().zip(types).enumerate();
        given
            .map(|(at, (arg, ty))| match declared.get(at).map(|param| param.pass) {
                Some(crate::stubs::Pass::Value) => arg,
                Some(_) => as_reference(arg),
                None => by_convention(arg, ty),
            })
            .collect()
    }

    /// A value at hand as a function of the registry takes it: of a function, what calls it.
    fn handed(&mut self, arg: Expr, ty: &Ty) -> Expr {
        let Ty::Fn(function) = ty else { return by_convention(arg, ty) };
        let names: Vec<String> = (0..function.params.len()).map(|at| format!("arg{at}")).collect();
        let given = names.iter().map(|text| name(text)).collect();
        let params = self.closure_params(&names, &function.params, false);
        closure(false, false, params, None, method(arg, "call", vec![tuple(given)]))
    }

    /// A function of the registry, called with values at hand.
    fn called_stub(&mut self, id: ExprId, stub: &hir::StubRef, args: Vec<Expr>, types: &[Ty]) -> Expr {
        let by_reference: Vec<Expr> = args.iter().cloned().zip(types).map(|(arg, ty)| self.handed(arg, ty)).collect();
        if let Some(Resolved::Stub(call)) = self.resolved(id, 0) {
            let nothrow = call.nothrow;
            if let crate::stubs::RustForm::Path(path) = &call.rust {
                let path = self.runtime_path(path);
                let mut by_stub = by_reference;
                for (at, arg) in call.args.iter().enumerate() {
                    if arg.pass != crate::stubs::Pass::Value
                        && let (Some(made), Some(given)) = (by_stub.get_mut(at), args.get(at))
                    {
                        *made = as_reference(given.clone());
                    }
                }
                let by_stub = self.with_defaults(id, by_stub);
                let call = call_path(&path, by_stub);
                return if nothrow { self.as_given(id, call) } else { call };
            }
        }
        let first = args.first().cloned().unwrap_or_else(|| tuple(Vec::new()));
        match (stub.module.as_str(), stub.name.as_str()) {
            ("asyncio", "create_task") => {
                self.import("asyncio");
                return call_path("asyncio::try_create_task", vec![first]);
            }
            ("asyncio", "ensure_future") => {
                self.import("asyncio");
                return call_path("Ok", vec![call_path("asyncio::ensure_future", vec![first])]);
            }
            _ => {}
        }
        if stub.module == "builtins" {
            match (stub.name.as_str(), types) {
                ("max" | "min", [_, _, ..]) => {
                    self.import("builtins");
                    let all = build::array(args);
                    return call_path(&format!("builtins::{}_of", stub.name), vec![all]);
                }
                ("str", [_]) => return call_path("Ok", vec![call_path("str_", vec![as_reference(first)])]),
                ("repr", [_]) => return call_path("Ok", vec![call_path("repr", vec![as_reference(first)])]),
                ("len", [_]) => return call_path("Ok", vec![method(first, "len", Vec::new())]),
                ("bool", [_]) => return call_path("Ok", vec![method(first, "truthy", Vec::new())]),
                ("int", [Ty::Int]) => return call_path("Ok", vec![first]),
                ("int", [Ty::Bool]) => return call_path("Ok", vec![call_path("i64::from", vec![first])]),
                ("float", [Ty::Int]) => return call_path("Ok", vec![build::cast(first, "f64")]),
                ("float", [Ty::Float]) => return call_path("Ok", vec![first]),
                ("pow", [_, _]) => {
                    let mut args = args;
                    let exponent = args.pop().unwrap_or_else(|| tuple(Vec::new()));
                    return method(first, "py_pow", vec![exponent]);
                }
                ("print", _) => {
                    let mut text = super::format::Text::default();
                    for (at, (arg, ty)) in args.into_iter().zip(types).enumerate() {
                        if at > 0 {
                            text.push(" ");
                        }
                        self.shown_place(arg, ty, super::format::Show::Str, &mut text);
                    }
                    self.import("println");
                    let printed = text.into_macro("println");
                    let done = tail(call_path("Ok", vec![tuple(Vec::new())]));
                    return Expr::Block(parse_quote!({ #printed; #done }));
                }
                _ => {}
            }
        }
        let path = self.stub_path(stub);
        call_path(&path, by_reference)
    }
}

/// Whether an expression names a function, or is one.
fn is_named(expr: &hir::Expr) -> bool {
    matches!(
        expr,
        hir::Expr::Function(_) | hir::Expr::Lambda(_) | hir::Expr::Class(_) | hir::Expr::Stub(_) | hir::Expr::Attr(..)
    )
}

/// `{ f(); Ok(()) }`.
fn done(call: Expr) -> Expr {
    block_expr(vec![build::stmt(call), tail(call_path("Ok", vec![tuple(Vec::new())]))])
}

/// `Ok(x)` of `x`; `f()` of `f()?`.
fn ok_of(made: Expr) -> Expr {
    match made {
        Expr::Try(inner) => *inner.expr,
        made => call_path("Ok", vec![made]),
    }
}

/// An argument as the runtime takes one of its type.
fn by_convention(arg: Expr, ty: &Ty) -> Expr {
    if ty.is_copy() && *ty != Ty::Range || matches!(ty, Ty::Option(_)) { arg } else { as_reference(arg) }
}

/// What stands before the closure stays before the call that takes it.
fn wrap_let(made: Expr, wrap: impl FnOnce(Expr) -> Expr) -> Expr {
    match made {
        Expr::Block(mut block) if block.label.is_none() => {
            if let Some(syn::Stmt::Expr(last, None)) = block.block.stmts.pop() {
                block.block.stmts.push(tail(wrap(last)));
            }
            Expr::Block(block)
        }
        made => wrap(made),
    }
}

/// `|x| -> PyResult<Infallible> { … }`: nothing else says what it does not return.
fn never_returns(made: &mut Expr) {
    match made {
        Expr::Closure(made) => {
            let body = std::mem::replace(&mut *made.body, Expr::PLACEHOLDER);
            *made.body = match body {
                Expr::Block(body) => Expr::Block(body),
                body => {
                    let block = build::block(vec![tail(body)]);
                    Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block })
                }
            };
            made.output = parse_quote!(-> PyResult<Infallible>);
        }
        Expr::Block(block) => {
            if let Some(syn::Stmt::Expr(last, None)) = block.block.stmts.last_mut() {
                never_returns(last);
            }
        }
        _ => {}
    }
}
