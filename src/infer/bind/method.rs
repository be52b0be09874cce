//! Binding of attributes and methods.

use super::Binder;
use super::names::is_everybodys;
use crate::hir::*;
use crate::infer::shape::{Callable, ClassRef, Con};
use crate::infer::solver::{Argument, Op};
use crate::infer::{Adjustment, BoundArg, Resolved, StubArg, StubCall, place};
use crate::stubs::{Entry, Pass, RustForm};
use crate::types::{ExcClass, Ty};

impl Binder<'_, '_> {
    /// Binds the receiver of an attribute or method; its one alternative. `None`: it is dynamic or fails, which was said.
    pub fn receiver(&mut self, recv: ExprId, name: &str, key: (ExprId, u32)) -> Option<Con> {
        let ty = self.expr(recv, true);
        let ty = self.unwrapped(recv, ty, "AttributeError", |of| format!("'{of}' object has no attribute '{name}'"));
        let slot = self.slot(recv);
        match &ty {
            Ty::Value => {
                self.resolve(key, Resolved::Dynamic);
                None
            }
            Ty::Never => None,
            Ty::None => {
                self.raises(key, "AttributeError", format!("'NoneType' object has no attribute '{name}'"));
                None
            }
            Ty::Union(_) => {
                // One alternative has it: the others raise.
                let shape = self.s.slots.shape(slot).clone();
                let mut having = Vec::new();
                for con in &shape.alts {
                    if con.is_number() {
                        continue;
                    } else if self.has_member(con, name) {
                        having.push(con.clone());
                    }
                }
                if let [one] = having.as_slice() {
                    let one = one.clone();
                    let to = self.con_ty(&one);
                    let error =
                        Some(("AttributeError", format!("'{}' object has no attribute '{name}'", crate::infer::HOLE)));
                    self.adjust(recv, Adjustment::FromUnion { to, error });
                    return Some(one);
                }
                if having.iter().any(is_mutable) && changes(name) {
                    let span = self.span(recv);
                    self.refuse(span, "a method that changes values of several types is not translated yet");
                    self.resolve(key, Resolved::Unsupported);
                    return None;
                }
                self.coerce(recv, &ty, &Ty::Value, None);
                self.resolve(key, Resolved::Dynamic);
                None
            }
            _ => {
                let con = self.single(slot)?;
                let Some(class) = self.s.exception_having(&con, name) else { return Some(con) };
                let to = Ty::Exc(class.clone());
                self.adjust(recv, Adjustment::DownException { to, attribute: name.to_string() });
                Some(Con::Exc(class))
            }
        }
    }

    fn has_member(&mut self, con: &Con, name: &str) -> bool {
        match con {
            Con::Class(class) => {
                !self.s.methods_through(*class, name).is_empty() || self.s.field(*class, name).is_some()
            }
            con => {
                if self.s.has_method(con, name) {
                    return true;
                }
                match self.s.class_of(con) {
                    Some((class, args)) => self.s.find_stub_attribute(&class, &args, name).is_some(),
                    None => false,
                }
            }
        }
    }

    fn con_ty(&mut self, con: &Con) -> Ty {
        let slot = self.s.slots.of(con.clone());
        self.ty(slot)
    }

    /// `recv.name(args)`; the type of its value.
    pub fn call_method(&mut self, key: (ExprId, u32), recv: ExprId, name: &str, args: &[Arg]) -> Ty {
        let Some(con) = self.receiver(recv, name, key) else {
            if matches!(self.types.resolved.get(&key), Some(Resolved::Dynamic)) {
                self.dynamic_args(args);
                return Ty::Value;
            }
            self.all_args(args);
            return Ty::Never;
        };
        let program = self.s.program;
        match &con {
            Con::Class(class) | Con::Exc(ExcClass::Class(class)) => {
                if let Some(method) = self.s.find_method(*class, name) {
                    return match program.functions[method].method.map(|method| method.binding) {
                        Some(Binding::Static) => self.call_program(key, method, false, args),
                        Some(Binding::Getter) => {
                            self.all_args(args);
                            let span = self.span(key.0);
                            self.unsupported(key, span, "calling what a property gives is not translated yet", None)
                        }
                        _ => self.call_program(key, method, true, args),
                    };
                }
                if let Some(field) = self.s.field(*class, name) {
                    return self.call_field(key, field, args);
                }
                let below = self.s.methods_through(*class, name);
                if let Some(&method) = below.first() {
                    return self.call_program(key, method, true, args);
                }
            }
            Con::ClassObject(ClassRef::Program(class)) => {
                if let Some(method) = self.s.find_method(*class, name) {
                    return match program.functions[method].method.map(|method| method.binding) {
                        Some(Binding::Class) => self.call_program(key, method, true, args),
                        _ => self.call_program(key, method, false, args),
                    };
                }
                self.all_args(args);
                let shown = program.classes[*class].name.clone();
                if is_everybodys(name) {
                    let span = self.span(key.0);
                    return self.unsupported(key, span, format!("`{name}` is not translated yet"), None);
                }
                return self.raises(key, "AttributeError", format!("type object '{shown}' has no attribute '{name}'"));
            }
            Con::StubModule(module) => {
                let name = StubRef::new(&**module, name);
                return self.call_registry(key, &name, args);
            }
            Con::Module(_) => {
                let slot = self.s.slots.fresh();
                self.at(key);
                self.s.attribute(&con, slot, name, slot);
                match self.single(slot) {
                    Some(Con::Func(Callable::Program(function, None))) => {
                        return self.call_program(key, function, false, args);
                    }
                    Some(Con::ClassObject(ClassRef::Program(class))) => return self.call_class(key, class, args),
                    _ => {}
                }
            }
            Con::ClassObject(ClassRef::Stub(class)) => return self.call_unbound(key, &class.clone(), name, args),
            Con::Namespace(_) => {
                self.all_args(args);
                let span = self.span(key.0);
                return self.unsupported(key, span, format!("`Namespace.{name}` is not translated"), None);
            }
            _ => {}
        }
        self.call_stub_method(key, &con, recv, name, args)
    }

    /// A field holds a function.
    fn call_field(&mut self, key: (ExprId, u32), field: crate::infer::shape::Slot, args: &[Arg]) -> Ty {
        let ty = self.r.inner(self.s, field);
        let called = match &ty {
            // `None` raises TypeError there.
            Ty::Option(inner) => &**inner,
            other => other,
        };
        match called {
            Ty::Fn(function)
                if args.len() == function.params.len() && args.iter().all(|arg| matches!(arg, Arg::Positional(_))) =>
            {
                let mut bound = Vec::new();
                for (arg, to) in args.iter().zip(&function.params) {
                    self.value_as(arg.value(), to);
                    bound.push(BoundArg::Expr(arg.value()));
                }
                self.resolve(key, Resolved::FnValue { args: bound });
                function.result.clone()
            }
            Ty::Value if ty == Ty::Value => {
                self.dynamic_args(args);
                self.resolve(key, Resolved::Dynamic);
                Ty::Value
            }
            _ => {
                self.all_args(args);
                let span = self.span(key.0);
                let shown = self.show(&ty);
                self.unsupported(key, span, format!("calling a field of type `{shown}` is not translated yet"), None)
            }
        }
    }

    /// `bytes.fromhex(…)`, `str.strip(x)`.
    fn call_unbound(&mut self, key: (ExprId, u32), class: &StubRef, name: &str, args: &[Arg]) -> Ty {
        self.at(key);
        let params: Vec<_> = match self.s.entry(class) {
            Some((_, entry)) => match &*entry {
                Entry::Class(stub) => {
                    (0..stub.params.len()).map(|at| self.s.own_slot(0x7374_0000 + at as u64)).collect()
                }
                _ => Vec::new(),
            },
            None => Vec::new(),
        };
        let arguments = self.arguments(args);
        let this = Con::ClassObject(ClassRef::Stub(std::rc::Rc::new(class.clone())));
        if let Some(found) = self.s.find_stub_method(class, &params, name)
            && self.s.select(&found, None, &arguments).is_some()
        {
            return self.call_overloads(key, &found, None, &this, &arguments, args, name);
        }
        self.all_args(args);
        let span = self.span(key.0);
        self.unsupported(key, span, format!("`{}.{name}` is not translated yet here", class.name), None)
    }

    fn call_stub_method(&mut self, key: (ExprId, u32), con: &Con, recv: ExprId, name: &str, args: &[Arg]) -> Ty {
        self.at(key);
        if let Con::Stub(class, params) = con
            && class.module == "argparse"
            && class.name == "ArgumentParser"
            && name == "parse_args"
        {
            let class = class.clone();
            let params = params.clone();
            self.all_args(args);
            let ty = self.r.inner(self.s, params[0]);
            if let Some(found) = self.s.find_stub_method(&class, &[], name) {
                let arguments = self.arguments(args);
                self.at(key);
                if let Some((overload, fills)) = self.s.select(&found, None, &arguments) {
                    self.finish_stub(key, &found, overload, &fills, &arguments, con, 0);
                    return ty;
                }
            }
            let call = StubCall {
                of: (*class).clone(),
                method: name.into(),
                rust: RustForm::Method(name.into()),
                args: Vec::new(),
                nothrow: false,
                is_async: false,
                intrinsic: true,
            };
            self.resolve(key, Resolved::Stub(call));
            return ty;
        }
        if let Con::Stub(class, _) = con
            && (class.module == "asyncio" && class.name == "AbstractEventLoop"
                || class.module == "contextvars" && class.name == "Context" && name == "run")
            && let Some(ty) = self.loop_method(key, &class.clone(), name, args)
        {
            return ty;
        }
        let Some((class, class_args)) = self.s.class_of(con) else {
            self.all_args(args);
            let span = self.span(key.0);
            return self.unsupported(key, span, format!("`{name}` of this value is not translated"), None);
        };
        let arguments = self.arguments(args);
        if let Some(found) = self.s.find_stub_method(&class, &class_args, name) {
            let slot = self.slot(recv);
            let receiver = con.is_number().then_some(slot);
            if let Con::Tuple(_) = con {
                let from = self.con_ty(con);
                let to = Ty::VarTuple(Box::new(self.r.inner(self.s, class_args[0])));
                self.coerce(recv, &from, &to, None);
            }
            if let Some(receiver) = receiver {
                self.number_receiver(key, recv, &found, receiver, &arguments);
            }
            return self.call_overloads(
                key,
                &found,
                receiver,
                con,
                &arguments,
                args,
                &format!("{}.{name}", class.name),
            );
        }
        self.missing(key, con, &class, name, args)
    }

    /// Methods of the loop that call what they are given, where lowering did not see that the receiver is a loop.
    fn loop_method(&mut self, key: (ExprId, u32), class: &StubRef, name: &str, args: &[Arg]) -> Option<Ty> {
        if args.iter().any(|arg| !matches!(arg, Arg::Positional(_))) {
            return None;
        }
        let natural = self.natural(key.0);
        let skip = match name {
            "run_in_executor" => 1,
            "call_soon" | "call_soon_threadsafe" | "run" => 0,
            "call_later" | "call_at" | "add_signal_handler" => 1,
            "run_until_complete" => {
                let ty = self.awaitable(args.first()?.value(), None);
                self.loop_call(key, class, name, args);
                return Some(match ty {
                    Ty::Coro(result) | Ty::Task(result) | Ty::Future(result) => *result,
                    _ => natural,
                });
            }
            "create_task" => {
                let coro = args.first()?.value();
                let ty = self.expr(coro, false);
                if let (Ty::Coro(from), Ty::Task(to)) = (&ty, &natural)
                    && from != to
                {
                    self.coerce(coro, &ty, &Ty::Coro(to.clone()), None);
                }
                self.loop_call(key, class, name, args);
                return Some(natural);
            }
            _ => return None,
        };
        let callee = args.get(skip)?.value();
        for (at, arg) in args[..skip].iter().enumerate() {
            let _ = at;
            match name {
                "call_later" | "call_at" => {
                    self.value_as(arg.value(), &Ty::Float);
                }
                _ => {
                    self.value(arg.value());
                }
            }
        }
        self.offload((callee, place::CALLED), callee, &args[skip + 1..]);
        self.loop_call(key, class, name, args);
        Some(if natural == Ty::Never && name != "run" { Ty::None } else { natural })
    }

    fn loop_call(&mut self, key: (ExprId, u32), class: &StubRef, name: &str, args: &[Arg]) {
        let call = StubCall {
            of: class.clone(),
            method: name.into(),
            rust: RustForm::Method(name.into()),
            args: vec![StubArg {
                name: "args".into(),
                builder: false,
                closure: false,
                value: BoundArg::Args(args.to_vec()),
                pass: Pass::Value,
                ty: Ty::Value,
            }],
            nothrow: !matches!(name, "run_until_complete" | "run"),
            is_async: false,
            intrinsic: true,
        };
        self.resolve(key, Resolved::Stub(call));
    }

    /// A number's method takes it in the representation that its overload names.
    fn number_receiver(
        &mut self,
        key: (ExprId, u32),
        recv: ExprId,
        found: &crate::infer::solver::Found,
        slot: crate::infer::shape::Slot,
        arguments: &[Argument],
    ) {
        self.at(key);
        if let Some((overload, _)) = self.s.select(found, Some(slot), arguments) {
            let wanted = match &found.overloads()[overload].receiver {
                Some(ty) => crate::infer::resolve::simple(ty),
                None => match &*found.owner.name {
                    "bool" => Ty::Bool,
                    "int" => Ty::Int,
                    "BigInt" => Ty::BigInt,
                    "float" => Ty::Float,
                    "Number" => Ty::Number,
                    _ => return,
                },
            };
            let from = self.natural(recv);
            if from != wanted && super::coerce::is_number(&from) && wanted != Ty::Value {
                self.coerce(recv, &from, &wanted, None);
            }
        }
    }

    /// A member that the registry does not have.
    pub fn missing(&mut self, key: (ExprId, u32), con: &Con, class: &StubRef, name: &str, args: &[Arg]) -> Ty {
        self.all_args(args);
        if let Con::Class(id) | Con::Exc(ExcClass::Class(id)) = con {
            let shown = self.s.program.classes[*id].name.clone();
            if is_everybodys(name) {
                let span = self.span(key.0);
                return self.unsupported(key, span, format!("`{name}` is not translated yet"), None);
            }
            if !self.s.methods_through(*id, name).is_empty() {
                let span = self.span(key.0);
                let title = format!("`{name}`, which only subclasses of `{shown}` have, is not translated yet here");
                return self.unsupported(key, span, title, None);
            }
            return self.raises(key, "AttributeError", format!("'{shown}' object has no attribute '{name}'"));
        }
        let span = self.span(key.0);
        let why = self.s.unsupported_member(class, name);
        self.unsupported(key, span, format!("`{}.{name}` is not translated yet", class.name), why)
    }

    /// A dunder of a value of the registry's types, with the operands of the solver's operation at `at`.
    pub fn stub_method(&mut self, key: (ExprId, u32), recv: ExprId, name: &str, at: (ExprId, u32)) -> Option<Ty> {
        let slot = self.slot(recv);
        let con = self.single(slot)?;
        let op = self.at(at);
        let args: Vec<Argument> = match self.s.ops.get(op as usize).map(std::rc::Rc::clone).as_deref() {
            Some(Op::Index { site, .. } | Op::Method { site, .. }) => site.args.clone(),
            _ => Vec::new(),
        };
        let (class, class_args) = self.s.class_of(&con)?;
        let found = self.s.find_stub_method(&class, &class_args, name)?;
        let (overload, fills) = self.s.select(&found, None, &args)?;
        let instance = self.s.instance(&found, overload, &con);
        let signature = found.overloads()[overload].clone();
        // The operands were bound by the caller: only what they are is written down.
        let mut bound = Vec::new();
        for (param, fill) in signature.params.iter().zip(&fills) {
            let ty = self.param_ty(&param.ty, &instance.env);
            let value = match fill {
                crate::infer::binding::Fill::Arg(at) => match args[*at].expr {
                    Some(expr) => {
                        self.as_key(expr, &ty);
                        BoundArg::Expr(expr)
                    }
                    None => BoundArg::Omitted,
                },
                _ => match &param.default {
                    Some(lit) => BoundArg::Lit(lit.clone()),
                    None => BoundArg::Omitted,
                },
            };
            bound.push(StubArg {
                name: param.name.clone(),
                builder: false,
                closure: false,
                value,
                pass: param.pass,
                ty,
            });
        }
        self.known_until(&signature);
        let call = StubCall {
            of: (*found.owner).clone(),
            method: found.method.clone(),
            rust: signature.rust.clone(),
            args: bound,
            nothrow: signature.nothrow,
            is_async: signature.is_async,
            intrinsic: signature.intrinsic,
        };
        let is_async = call.is_async;
        self.resolve(key, Resolved::Stub(call));
        let result = self.r.inner(self.s, instance.result);
        Some(if is_async { Ty::Coro(Box::new(result)) } else { result })
    }

    /// `counts["errors"]` where other keys are numbers: the key is of their common type.
    fn as_key(&mut self, expr: ExprId, ty: &Ty) {
        let Some(from) = self.types.expr.get(expr).cloned() else { return };
        let is_one_of = matches!(ty, Ty::Union(_) | Ty::Option(_) | Ty::Value) && from != *ty;
        if is_one_of && !self.types.adjustments.contains_key(&expr) {
            self.coerce(expr, &from, ty, None);
        }
    }

    /// A method of `VarTuple` whose operand is bound.
    pub fn tuple_method(&mut self, key: (ExprId, u32), name: &str, operand: ExprId, element: &Ty) {
        let tuple = StubRef::new("builtins", "tuple");
        let Some(found) = self.s.find_stub_method(&tuple, &[], name) else { return };
        let Some(signature) = found.overloads().first().cloned() else { return };
        let Some(param) = signature.params.first() else { return };
        let ty = match name {
            "__getitem__" => Ty::Int,
            "__contains__" => element.clone(),
            _ => Ty::VarTuple(Box::new(element.clone())),
        };
        let args = vec![StubArg {
            name: param.name.clone(),
            builder: false,
            closure: false,
            value: BoundArg::Expr(operand),
            pass: param.pass,
            ty,
        }];
        let call = StubCall {
            of: tuple,
            method: name.into(),
            rust: signature.rust.clone(),
            args,
            nothrow: signature.nothrow,
            is_async: false,
            intrinsic: false,
        };
        self.resolve(key, Resolved::Stub(call));
    }
}

/// A container that its methods change.
fn is_mutable(con: &Con) -> bool {
    matches!(con, Con::List(_) | Con::Dict(..) | Con::Set(_))
}

/// Whether a method of this name changes its container.
fn changes(name: &str) -> bool {
    matches!(
        name,
        "append"
            | "extend"
            | "insert"
            | "remove"
            | "pop"
            | "clear"
            | "sort"
            | "reverse"
            | "update"
            | "setdefault"
            | "popitem"
            | "add"
            | "discard"
    )
}
