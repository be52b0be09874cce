//! Calls: of the registry, of the program's functions and classes, of values.

use syn::Expr;

use super::Emitter;
use super::build::{self, array, block_expr, call_path, method, name, string, tail, tuple};
use super::place::{Want, as_reference};
use crate::hir::{self, Arg, Binding, Call, Callee, Default, ExprId, FnId, FnKind, Method};
use crate::infer::{BoundArg, Resolved, StubCall};
use crate::stubs::StubDefault;
use crate::types::Ty;

impl<'a> Emitter<'a> {
    pub(super) fn call(&mut self, id: ExprId, call: &Call, want: Want) -> Expr {
        let types = self.types;
        if let Some(spread) = types.spread.get(&(id, 0))
            && !self.body.opened.contains_key(&id)
        {
            return self.opened(id, call, spread, |emitter| emitter.call(id, call, want));
        }
        match self.resolved(id, 0) {
            Some(Resolved::Stub(stub)) => {
                if let Callee::Super { class, name, .. } = &call.callee
                    && (name == "__init__" && !self.is_exception(*class) || name == "__init_subclass__")
                {
                    return tuple(Vec::new());
                }
                if let Callee::Super { class, recv, name } = &call.callee
                    && let Some(text) = self.plain_text(*class, *recv, name)
                {
                    return text;
                }
                if stub.intrinsic
                    && let Some(value) = self.intrinsic(id, call, stub)
                {
                    return value;
                }
                if stub.of.module == "builtins"
                    && stub.of.name == "next"
                    && let [first, rest @ ..] = &call.args[..]
                    && let Ty::Gen(..) = self.ty_of(first.value())
                {
                    return self.next_of_generator(first.value(), rest);
                }
                let recv = match &call.callee {
                    Callee::Method { recv, .. } | Callee::Super { recv, .. } => match self.ty_of(*recv) {
                        Ty::Module | Ty::Type => None,
                        _ => Some(self.operand(*recv, stub)),
                    },
                    _ => None,
                };
                if let Callee::Value(value) = call.callee
                    && recv.is_none()
                    && !stub.method.is_empty()
                {
                    let recv = self.operand(value, stub);
                    return self.stub_call(stub, Some(recv), id);
                }
                if stub.of.module == "builtins"
                    && stub.of.name == "coroutine"
                    && matches!(&*stub.method, "send" | "throw")
                {
                    return self.by_hand(id, stub, recv);
                }
                self.stub_call(stub, recv, id)
            }
            Some(Resolved::Function { function, args }) => match &call.callee {
                Callee::Method { recv, .. } => self.method_call(*function, *recv, args, id),
                Callee::Super { class, recv, .. } => self.super_call(*function, *class, *recv, args, id),
                Callee::Value(value) => self.method_call(*function, *value, args, id),
                Callee::Stub(_) if self.is_bound_method(*function) => match call.args.first() {
                    Some(arg) => self.method_call(*function, arg.value(), args, id),
                    None => self.unsupported(id, "this call is not translated yet"),
                },
                Callee::Function(_) | Callee::Class(_) | Callee::Stub(_) => self.function_call(*function, args, call),
            },
            Some(Resolved::New { class, args }) => {
                let values = self.new_args(*class, args);
                let made = self.instantiate(*class, values);
                self.keep_given(*class, &call.args, made)
            }
            Some(Resolved::FnValue { args }) => {
                let callee = match &call.callee {
                    Callee::Value(value) => self.place(*value),
                    Callee::Method { recv, name } => {
                        let held = match self.ty_of(*recv) {
                            Ty::Class(class) => self.attribute_ty(class, name),
                            _ => Ty::None,
                        };
                        let place = self.field_place(*recv, name);
                        if let Ty::Option(_) = held {
                            let text = "'NoneType' object is not callable";
                            let place = match &place {
                                Expr::Field(_) => method(place, "clone", Vec::new()),
                                _ => place,
                            };
                            let error: Expr = syn::parse_quote!(|| TypeError::new(#text));
                            let found = method(place, "ok_or_else", vec![error]);
                            self.question(found)
                        } else {
                            place
                        }
                    }
                    _ => return self.unsupported(id, "this call is not translated yet"),
                };
                let of = match &call.callee {
                    Callee::Value(value) => self.ty_of(*value),
                    _ => Ty::None,
                };
                let mut held = self.hold_spreads(args);
                let args = args.iter().enumerate().map(|(at, arg)| match (arg, &of) {
                    (BoundArg::Args(list), Ty::Fn(function)) => self.rest_args(list, &function.params[at]),
                    (BoundArg::Kwargs(list), Ty::Fn(function)) => self.rest_kwargs(list, &function.params[at]),
                    (arg, Ty::Fn(function)) => self.bound_as(arg, &function.params[at]),
                    (arg, _) => self.bound_arg(arg),
                });
                let args = args.collect();
                let call = method(callee, "call", vec![tuple(args)]);
                let call = self.question(call);
                if held.is_empty() {
                    return call;
                }
                held.push(tail(call));
                block_expr(held)
            }
            Some(Resolved::Dynamic) => self.dynamic_call(id, call),
            Some(Resolved::Known(value)) => {
                let operands: Vec<ExprId> = call.args.iter().take(1).map(Arg::value).collect();
                let is_asked = matches!(&call.callee, Callee::Stub(stub) if stub.name == "_hasattr");
                let operands = operands.into_iter().map(|operand| match self.program.exprs[operand] {
                    // Not the attribute: what is asked for it.
                    hir::Expr::Attr(object, _) if is_asked => object,
                    _ => operand,
                });
                let operands: Vec<ExprId> = operands.collect();
                self.known(&operands, *value)
            }
            Some(Resolved::Raises(class, text)) => {
                let mut operands = Vec::new();
                hir::walk::children(self.program, id, &mut |child| operands.push(child));
                self.raises_after(&operands, class, text)
            }
            Some(Resolved::Unsupported) => self.raise_text("NotImplementedError", "this call is not translated"),
            _ => {
                let _ = want;
                self.unsupported(id, "this call is not translated yet")
            }
        }
    }

    /// `anext(items, default)`.
    pub(super) fn anext_or(&mut self, id: ExprId, items: ExprId, default: ExprId) -> Expr {
        let (next, from) = match self.ty_of(items) {
            Ty::Class(class) => {
                let Some(function) = super::layout::find_method(self.program, class, "__anext__") else {
                    return self.unsupported(id, "`anext` of this object is not translated yet");
                };
                (self.method_call(function, items, &[], id), self.signature(function).result)
            }
            ty => {
                let place = self.place(items);
                let from = super::source::item_of(&ty).unwrap_or(Ty::Value);
                (method(place, "next", Vec::new()), from)
            }
        };
        self.import("builtins");
        if self.ty_of(default) == Ty::None {
            return call_path("builtins::anext_or_none", vec![next]);
        }
        let to = match self.raw_ty(id) {
            Ty::Coro(to) => *to,
            to => to,
        };
        let next = if from == to {
            next
        } else {
            let value = self.convert(name("value"), &from, &to);
            syn::parse_quote!(async { #next.await.map(|value| #value) })
        };
        let default = self.owned(default);
        call_path("builtins::anext_or", vec![next, default])
    }

    /// `coro.send(value)`, `coro.throw(error)`: what is yielded and sent is of the types that the program has for it.
    fn by_hand(&mut self, id: ExprId, stub: &StubCall, recv: Option<Expr>) -> Expr {
        let mut types = vec![self.raw_ty(id)];
        if stub.method == "send" {
            types.extend(stub.args.first().map(|arg| arg.ty.clone()));
        }
        let types: Vec<syn::Type> = types.iter().map(|ty| self.ty(ty)).collect();
        let recv = recv.unwrap_or_else(|| tuple(Vec::new()));
        let args = self.stub_args(stub);
        let mut made = method(recv, &stub.method, args);
        if let Expr::MethodCall(call) = &mut made {
            call.turbofish = Some(syn::parse_quote!(::<#(#types),*>));
        }
        self.question(made)
    }

    /// `next(g)`, `next(g, default)` of a generator.
    fn next_of_generator(&mut self, generator: ExprId, rest: &[Arg]) -> Expr {
        let place = self.place(generator);
        match rest {
            [default, ..] => {
                self.import("builtins");
                let items = as_reference(call_path("builtins::iter", vec![as_reference(place)]));
                let made = if self.ty_of(default.value()) == Ty::None {
                    call_path("builtins::next_or_none", vec![items])
                } else {
                    let default = self.owned(default.value());
                    call_path("builtins::next_or", vec![items, default])
                };
                self.question(made)
            }
            [] => {
                let made = method(place, "next", Vec::new());
                self.question(made)
            }
        }
    }

    /// What a parameter gets.
    pub(super) fn bound_arg(&mut self, arg: &BoundArg) -> Expr {
        match arg {
            BoundArg::Expr(id) => self.into(*id),
            BoundArg::Lit(StubDefault::Lit(lit)) => self.plain_literal(lit),
            BoundArg::Open { default, .. } => {
                let default = default.as_ref().map(|default| self.bound_arg(default));
                self.open_arg(arg, default)
            }
            BoundArg::OpenArgs { of, from } => {
                let element = self.types.spread.get(&(*of, 0)).and_then(|spread| spread.tail.as_ref());
                let element = element.map_or(Ty::None, |(_, ty)| ty.clone());
                self.open_rest(*of, *from, &element)
            }
            BoundArg::Args(_) | BoundArg::Kwargs(_) | BoundArg::OpenKwargs { .. } => tuple(Vec::new()),
            BoundArg::Item { of, index } => {
                let place = self.spread(*of);
                let part = build::tuple_field(place, *index);
                match self.ty_of(*of) {
                    Ty::Tuple(items) if items.get(*index).is_some_and(Ty::is_copy) => part,
                    _ => method(part, "clone", Vec::new()),
                }
            }
            BoundArg::Field { of, index } => {
                let place = self.spread(*of);
                let Ty::Record(record) = self.ty_of(*of) else { return place };
                let Some((key, ty)) = self.types.records[record].fields.get(*index).cloned() else { return place };
                let part = build::field(place, &super::record::field_name(&key));
                if ty.is_copy() { part } else { method(part, "clone", Vec::new()) }
            }
            BoundArg::Call { .. } | BoundArg::Lit(StubDefault::Omitted) | BoundArg::Default | BoundArg::Omitted => {
                name("None")
            }
        }
    }

    /// A starred tuple or record, at hand for all its elements.
    fn spread(&mut self, of: ExprId) -> Expr {
        match self.body.spreads.get(&of) {
            Some(text) => name(&text.clone()),
            None => self.place(of),
        }
    }

    /// Holds what is spread over several parameters, unless reading it twice is the same.
    fn hold_spreads(&mut self, args: &[BoundArg]) -> Vec<syn::Stmt> {
        let mut out = Vec::new();
        for arg in args {
            let (BoundArg::Item { of, .. } | BoundArg::Field { of, .. }) = arg else { continue };
            let still = match &self.program.exprs[*of] {
                hir::Expr::Attr(value, _) => self.is_pure(*value),
                _ => self.is_pure(*of),
            };
            if still || self.body.spreads.contains_key(of) {
                continue;
            }
            let text = self.temp_unique("spread");
            let value = self.owned(*of);
            out.push(build::let_(build::pat(&text), None, Some(value)));
            self.body.spreads.insert(*of, text);
        }
        out
    }

    /// The arguments of a function of the program, in the order of its parameters.
    pub(super) fn user_args(&mut self, function: FnId, args: &[BoundArg]) -> Vec<Expr> {
        let program = self.program;
        let callee = &program.functions[function];
        let generic = self.types.function.get(function).is_some_and(|signature| signature.generics > 0);
        let skip = callee.params.len().saturating_sub(args.len());
        let mut out = Vec::new();
        for (param, arg) in callee.params[skip..].iter().zip(args) {
            out.push(match arg {
                BoundArg::Expr(id) if generic => self.owned(*id),
                arg => self.user_arg(param, arg),
            });
        }
        out
    }

    /// What one parameter of a function of the program gets.
    fn user_arg(&mut self, param: &hir::Param, arg: &BoundArg) -> Expr {
        let ty = self.var_ty(param.var);
        match arg {
            BoundArg::Expr(id) => self.into(*id),
            BoundArg::Default => self.param_default(param),
            BoundArg::Args(list) => self.rest_args(list, &ty),
            BoundArg::Kwargs(list) => self.rest_kwargs(list, &ty),
            BoundArg::Open { default, .. } => {
                let default = default.is_some().then(|| self.param_default(param));
                self.open_arg(arg, default)
            }
            BoundArg::OpenArgs { of, from } => self.open_rest(*of, *from, &element_of(&ty)),
            BoundArg::OpenKwargs { of, also } => self.open_others(*of, also, &ty),
            other => self.bound_as(other, &ty),
        }
    }

    /// What a parameter of a type gets: a part of what is spread is converted to it.
    fn bound_as(&mut self, arg: &BoundArg, ty: &Ty) -> Expr {
        let part = match arg {
            BoundArg::Item { of, index } => match self.ty_of(*of) {
                Ty::Tuple(items) => items.get(*index).cloned(),
                _ => None,
            },
            BoundArg::Field { of, index } => match self.ty_of(*of) {
                Ty::Record(record) => self.types.records[record].fields.get(*index).map(|(_, ty)| ty.clone()),
                _ => None,
            },
            _ => None,
        };
        let value = self.bound_arg(arg);
        match part {
            Some(part) => self.convert(value, &part, ty),
            None => value,
        }
    }

    fn param_default(&mut self, param: &hir::Param) -> Expr {
        match param.default {
            Some(Default::Inline(value)) => self.into(value),
            Some(Default::Once { var, .. }) => self.kept_default(var, param.var),
            None => name("None"),
        }
    }

    /// A default that was computed once, as its parameter takes it.
    fn kept_default(&mut self, var: hir::VarId, param: hir::VarId) -> Expr {
        let read = self.read_var(var, Want::Owned, None);
        let (from, to) = (self.var_ty(var), self.var_ty(param));
        if from != to && matches!(to, Ty::Option(_) | Ty::Union(_)) { self.convert(read, &from, &to) } else { read }
    }

    /// `*args` of the callee: the further arguments as a tuple of any length.
    pub(super) fn rest_args(&mut self, list: &[Arg], ty: &Ty) -> Expr {
        let ty_of_rest = ty;
        if list.is_empty() {
            return self.new_container(&Ty::VarTuple(Box::new(element_of(ty))), "VarTuple");
        }
        if let [Arg::Star(value)] = list {
            return match self.ty_of(*value) {
                Ty::VarTuple(item) if *item == element_of(ty) => self.owned(*value),
                Ty::Tuple(items) if !items.is_empty() => {
                    let from = self.ty_of(*value);
                    let value = self.owned(*value);
                    let to = Ty::VarTuple(Box::new(element_of(ty)));
                    let Ty::Tuple(items) = from else { return value };
                    let item = element_of(ty);
                    {
                        let _ = to;
                        self.convert_tuple(value, &items, &item)
                    }
                }
                ty => {
                    let items = self.iterable(*value);
                    self.import("builtins");
                    let made = self.question(call_path("builtins::tuple", vec![items]));
                    let (from, to) = (super::source::item_of(&ty), element_of(ty_of_rest));
                    match from {
                        Some(from) if from != to => {
                            let inner = self.convert(name("value"), &from, &to);
                            syn::parse_quote!(#made.iter().map(|value| #inner).collect())
                        }
                        _ => made,
                    }
                }
            };
        }
        if list.iter().all(|arg| matches!(arg, Arg::Positional(_))) {
            let items = list.iter().map(|arg| self.owned(arg.value())).collect();
            return call_path("VarTuple::from", vec![array(items)]);
        }
        let list = list.to_vec();
        let element = element_of(ty);
        let stmts = self.in_block(|emitter| {
            let empty = emitter.new_container(&Ty::list(element.clone()), "List");
            let all = emitter.temp_unique("args");
            emitter.push_let(&all, empty);
            for arg in list {
                match arg {
                    Arg::Star(value) => emitter.add_all(&all, &Ty::list(element.clone()), ("append", "extend"), value),
                    other => {
                        let value = emitter.owned(other.value());
                        emitter.out.push(build::stmt(method(name(&all), "append", vec![value])));
                    }
                }
            }
            emitter.out.push(tail(call_path("VarTuple::from", vec![name(&all)])));
        });
        block_expr(stmts)
    }

    fn rest_kwargs(&mut self, list: &[Arg], ty: &Ty) -> Expr {
        if list.is_empty() {
            return self.new_container(ty, "Dict");
        }
        if let [Arg::DoubleStar(value)] = list
            && self.ty_of(*value) == *ty
        {
            let place = self.place(*value);
            return method(place, "copy", Vec::new());
        }
        let list = list.to_vec();
        let ty = ty.clone();
        if list.iter().all(|arg| matches!(arg, Arg::Keyword(..))) {
            let pairs = list.iter().map(|arg| {
                let key = match arg {
                    Arg::Keyword(key, _) => key.as_str(),
                    _ => "",
                };
                let key = call_path("Str::from", vec![string(key)]);
                let value = self.owned(arg.value());
                tuple(vec![key, value])
            });
            let pairs = array(pairs.collect());
            return call_path("Dict::from", vec![pairs]);
        }
        let stmts = self.in_block(|emitter| {
            let empty = emitter.new_container(&ty, "Dict");
            let all = emitter.temp_unique("kwargs");
            emitter.push_let(&all, empty);
            for arg in list {
                match arg {
                    Arg::Keyword(key, value) => {
                        let value = emitter.owned(value);
                        let key = call_path("Str::from", vec![string(&key)]);
                        emitter.out.push(build::stmt(method(name(&all), "set_item", vec![key, value])));
                    }
                    other => emitter.add_pairs(&all, &ty, other.value()),
                }
            }
            emitter.out.push(tail(name(&all)));
        });
        block_expr(stmts)
    }

    /// `f(a, b)` of a function of the program.
    fn function_call(&mut self, function: FnId, args: &[BoundArg], call: &Call) -> Expr {
        let order = self.order_of(args, call);
        if order {
            return self.ordered_call(function, args, call);
        }
        let mut held = self.hold_spreads(args);
        let args = self.user_args(function, args);
        let call = self.call_of(function, args);
        if held.is_empty() {
            return call;
        }
        held.push(tail(call));
        block_expr(held)
    }

    /// Whether arguments by name must be evaluated before they are put in the order of the parameters.
    fn order_of(&self, args: &[BoundArg], call: &Call) -> bool {
        let given: Vec<ExprId> = call.args.iter().map(Arg::value).collect();
        let placed: Vec<ExprId> = args
            .iter()
            .filter_map(|arg| match arg {
                BoundArg::Expr(id) => Some(*id),
                _ => None,
            })
            .collect();
        let impure = |list: &[ExprId]| list.iter().copied().filter(|id| !self.is_pure(*id)).collect::<Vec<_>>();
        let placed = impure(&placed);
        let given: Vec<ExprId> = impure(&given).into_iter().filter(|id| placed.contains(id)).collect();
        given != placed
    }

    fn ordered_call(&mut self, function: FnId, args: &[BoundArg], call: &Call) -> Expr {
        let args = args.to_vec();
        let given: Vec<ExprId> = call.args.iter().map(Arg::value).collect();
        let stmts = self.in_block(|emitter| {
            let mut held: Vec<(ExprId, String)> = Vec::new();
            for id in given {
                if !emitter.is_pure(id) {
                    let at = args.iter().position(|arg| matches!(arg, BoundArg::Expr(of) if *of == id));
                    let params = &emitter.program.functions[function].params;
                    let noun = at.and_then(|at| params.get(at + params.len().saturating_sub(args.len())));
                    let noun = noun.map_or("value".to_string(), |p| emitter.program.vars[p.var].name.clone());
                    let text = emitter.temp_unique(&noun);
                    let value = emitter.owned(id);
                    emitter.push_let(&text, value);
                    held.push((id, text));
                }
            }
            let mut values = Vec::new();
            for (at, arg) in args.iter().enumerate() {
                let known = match arg {
                    BoundArg::Expr(id) => held.iter().find(|(of, _)| of == id),
                    _ => None,
                };
                match known {
                    Some((_, text)) => values.push(name(text)),
                    None => {
                        let skip = emitter.program.functions[function].params.len().saturating_sub(args.len());
                        let _ = skip;
                        let mut one = emitter.user_args_at(function, &args, at);
                        values.append(&mut one);
                    }
                }
            }
            let call = emitter.call_of(function, values);
            emitter.out.push(tail(call));
        });
        block_expr(stmts)
    }

    fn user_args_at(&mut self, function: FnId, args: &[BoundArg], at: usize) -> Vec<Expr> {
        // All arguments are made to keep one way of making them; those that are held already are pure to make.
        let program = self.program;
        let callee = &program.functions[function];
        let skip = callee.params.len().saturating_sub(args.len());
        vec![self.user_arg(&callee.params[skip + at], &args[at])]
    }

    /// `f(args)`, with `?` when it can raise; a coroutine function's call is the coroutine.
    pub(super) fn call_of(&mut self, function: FnId, args: Vec<Expr>) -> Expr {
        let program = self.program;
        let callee = &program.functions[function];
        let path = self.function_path(function);
        let mut args = args;
        args.append(&mut self.capture_args(function));
        let call = match callee.method {
            Some(Method { binding: Binding::Instance | Binding::Getter | Binding::Setter, .. }) => {
                call_path(&path, args)
            }
            _ => build::call(name(&path), args),
        };
        self.finish_call(function, call)
    }

    /// What follows a call of a function of the program.
    pub(super) fn finish_call(&mut self, function: FnId, call: Expr) -> Expr {
        match self.program.functions[function].kind {
            FnKind::Plain => {
                if self.function_raises(function) {
                    self.question(call)
                } else {
                    call
                }
            }
            FnKind::Coroutine { .. } => {
                let signature = |id: FnId| self.types.function.get(id).is_some_and(|signature| signature.recursive);
                // The method of the object's own class may be it that goes round.
                let any = signature(function) || self.layouts.overriding(self.program, function).any(signature);
                let cyclic = any && self.body.function.is_some_and(signature);
                if cyclic { call_path("recursive", vec![call]) } else { call }
            }
            FnKind::Generator | FnKind::AsyncGenerator => call,
        }
    }

    /// `await x`.
    pub(super) fn await_(&mut self, id: ExprId, value: ExprId) -> Expr {
        for at in [0, 1] {
            if let Some(Resolved::Raises(class, text)) = self.resolved(id, at) {
                return self.raises_after(&[value], class, text);
            }
        }
        if let Some(Resolved::Function { function, args }) = self.resolved(id, 0) {
            // `__await__` of a class of the program.
            let call = self.method_call(*function, value, args, id);
            return self.await_question(call);
        }
        if let Some(Resolved::Stub(call)) = self.resolved(id, 0) {
            let recv = self.place(value);
            let call = self.stub_call(call, Some(recv), id);
            return self.await_question(call);
        }
        match self.ty_of(value) {
            Ty::Value => self.unsupported(id, "awaiting a value whose type is not known is not translated yet"),
            _ => {
                let future = self.owned(value);
                self.await_question(future)
            }
        }
    }

    fn dynamic_call(&mut self, id: ExprId, call: &Call) -> Expr {
        let by_place = |arg: &&Arg| matches!(arg, Arg::Positional(_) | Arg::Star(_));
        let named = call.args.iter().any(|arg| !by_place(&arg));
        let args = |emitter: &mut Self| {
            let (placed, names): (Vec<&Arg>, Vec<&Arg>) = call.args.iter().partition(by_place);
            let mut args = vec![emitter.dynamic_list(&placed)];
            if named {
                args.push(emitter.dynamic_list(&names));
            }
            args
        };
        let spread = call.args.iter().find_map(|arg| match arg {
            Arg::Star(value) => self.item_ty(*value).filter(|item| !self.is_plain(item)).map(|_| *value),
            Arg::DoubleStar(value) => match self.ty_of(*value) {
                Ty::Dict(_, item) if self.is_plain(&item) => None,
                _ => Some(*value),
            },
            _ => None,
        });
        if let Some(spread) = spread {
            return self.unsupported(spread, "spreading these values in a dynamic call is not translated yet");
        }
        let made = match &call.callee {
            // A field of any value.
            Callee::Method { recv, name: text } if matches!(self.ty_of(*recv), Ty::Class(_)) => {
                let recv = self.field_place(*recv, text);
                let args = args(self);
                method(recv, if named { "call_with" } else { "call" }, args)
            }
            Callee::Method { recv, name: text } => {
                let recv = self.place(*recv);
                let args = std::iter::once(string(text)).chain(args(self)).collect();
                method(recv, if named { "call_method_with" } else { "call_method" }, args)
            }
            Callee::Value(value) => {
                let recv = self.place(*value);
                let args = args(self);
                method(recv, if named { "call_with" } else { "call" }, args)
            }
            _ => return self.unsupported(id, "this dynamic call is not translated yet"),
        };
        self.question(made)
    }
}

impl Emitter<'_> {
    /// Arguments of one kind as a slice; what is spread is read in its turn.
    fn dynamic_list(&mut self, args: &[&Arg]) -> Expr {
        // A variable that is needed again is lent, not copied.
        if let [Arg::Positional(only)] = args
            && matches!(self.program.exprs[*only], hir::Expr::Var(_))
            && matches!(self.owned(*only), Expr::MethodCall(call) if call.method == "clone" && call.args.is_empty())
        {
            return call_path("std::slice::from_ref", vec![self.borrowed(*only)]);
        }
        let mut parts: Vec<Expr> = Vec::new();
        let mut single: Vec<Expr> = Vec::new();
        for arg in args {
            match arg {
                Arg::Positional(value) => single.push(self.owned(*value)),
                Arg::Keyword(key, value) => {
                    let value = self.owned(*value);
                    single.push(tuple(vec![call_path("Str::from", vec![string(key)]), value]));
                }
                Arg::Star(value) | Arg::DoubleStar(value) => {
                    if !single.is_empty() {
                        parts.push(array(std::mem::take(&mut single)));
                    }
                    let by_name = matches!(arg, Arg::DoubleStar(_));
                    let of = if by_name { self.borrowed(*value) } else { self.iterable(*value) };
                    let path = if by_name { "Value::named_arguments" } else { "Value::arguments" };
                    parts.push(self.question(call_path(path, vec![of])));
                }
            }
        }
        if parts.is_empty() || !single.is_empty() {
            parts.push(array(single));
        }
        match <[Expr; 1]>::try_from(parts) {
            Ok([only]) => as_reference(only),
            Err(parts) => {
                let parts: Vec<Expr> = parts.into_iter().map(|part| syn::parse_quote!(&#part[..])).collect();
                as_reference(method(array(parts), "concat", Vec::new()))
            }
        }
    }
}

/// The element type of `*args`.
fn element_of(ty: &Ty) -> Ty {
    match ty {
        Ty::VarTuple(item) => (**item).clone(),
        Ty::Tuple(items) => items.first().cloned().unwrap_or(Ty::None),
        other => other.clone(),
    }
}
