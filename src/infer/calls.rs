//! Calls: of the program's functions and classes, of the registry, of values.

use std::rc::Rc;

use super::accept::Fit;
use super::binding::{Fill, Formal, bind};
use super::shape::{Callable, ClassRef, Con, Slot};
use super::solver::{Argument, Found, Given, Solver};
use crate::hir::{Binding, ClassId, Default, Flavour, FnId, FnKind, ParamKind, StubRef};
use crate::stubs::{Entry, Signature};
use crate::types::ExcClass;

impl Solver<'_> {
    /// A function of the program is called. `receiver` is bound to its first parameter.
    pub fn call_function(&mut self, function: FnId, receiver: Option<Slot>, args: &[Argument], out: Slot) {
        self.used.insert(function);
        let slots = self.function(function);
        if let Ok(fills) = self.bind_function(function, receiver.is_some(), args) {
            let program = self.program;
            let params = &program.functions[function].params;
            let skip = usize::from(receiver.is_some());
            // `self` is an object of the class, whatever else was seen where the method is called.
            let is_self = program.functions[function].method.is_some_and(|method| {
                matches!(method.binding, Binding::Instance | Binding::Getter | Binding::Setter)
                    && self.class_value(&ClassRef::Program(method.class)).is_some()
            });
            if let (Some(receiver), Some(first), false) = (receiver, params.first(), is_self) {
                let to = self.var(first.var);
                self.slots.flow(receiver, to);
            }
            for (param, fill) in params.iter().skip(skip).zip(&fills) {
                let to = self.var(param.var);
                match (param.kind, fill) {
                    (_, Fill::Default) => {
                        if let Some(Default::Inline(value) | Default::Once { value, .. }) = param.default
                            && let Some(from) = self.expr(value)
                        {
                            self.slots.flow(from, to);
                        }
                    }
                    (ParamKind::Args, fill) => {
                        let element = self.args_element(to);
                        for slot in self.filled(fill, args) {
                            self.slots.flow(slot, element);
                        }
                    }
                    (ParamKind::Kwargs, fill) => {
                        let element = self.kwargs_element(to);
                        for slot in self.filled(fill, args) {
                            self.slots.flow(slot, element);
                        }
                    }
                    (_, fill) => {
                        for slot in self.filled(fill, args) {
                            self.slots.flow(slot, to);
                        }
                        if let Some(Default::Inline(value) | Default::Once { value, .. }) = param.default
                            && self.may_be_left_out(fill, args)
                            && let Some(from) = self.expr(value)
                        {
                            self.slots.flow(from, to);
                        }
                    }
                }
            }
            match self.program.functions[function].kind {
                FnKind::Plain => self.slots.flow(slots.result, out),
                FnKind::Coroutine { .. } | FnKind::Generator | FnKind::AsyncGenerator => {
                    let con = self.result_of(function);
                    self.slots.add(out, con);
                }
            }
        }
    }

    /// The element slot of a `*args` parameter.
    pub fn args_element(&mut self, param: Slot) -> Slot {
        let found = self.slots.shape(param).alts.iter().find_map(|con| match con {
            Con::VarTuple(element) => Some(*element),
            _ => None,
        });
        found.unwrap_or_else(|| {
            let element = self.slots.fresh();
            self.slots.add(param, Con::VarTuple(element));
            element
        })
    }

    /// The value slot of a `**kwargs` parameter.
    pub fn kwargs_element(&mut self, param: Slot) -> Slot {
        let found = self.slots.shape(param).alts.iter().find_map(|con| match con {
            Con::Dict(_, element) => Some(*element),
            _ => None,
        });
        found.unwrap_or_else(|| {
            let (key, element) = (self.slots.of(Con::Str), self.slots.fresh());
            self.slots.add(param, Con::Dict(key, element));
            element
        })
    }

    /// What each parameter of a function gets, without the bound first one.
    pub fn bind_function(&mut self, function: FnId, bound: bool, args: &[Argument]) -> Result<Vec<Fill>, String> {
        let program = self.program;
        let function = &program.functions[function];
        let skip = usize::from(bound);
        let formals: Vec<Formal<'_>> = function
            .params
            .iter()
            .skip(skip)
            .map(|param| Formal {
                name: &program.vars[param.var].name,
                kind: param.kind,
                has_default: param.default.is_some(),
            })
            .collect();
        let actuals = self.actuals(args);
        bind(&function.qualname, &formals, &actuals, skip)
    }

    /// A class of the program is called.
    pub fn call_class(&mut self, class: ClassId, args: &[Argument], out: Slot) {
        let Some(con) = self.class_value(&ClassRef::Program(class)) else { return };
        self.slots.add(out, con.clone());
        if let Con::Exc(_) = con {
            args.iter().for_each(|arg| self.slots.tell(arg.slot));
        }
        if let Some(init) = self.find_method(class, "__init__") {
            let this = self.own_slot(0x7468_6973 ^ (u64::from(class.raw()) << 32));
            // The constructor of a base sees an exception as one of its own class, whose fields it has.
            let owner = self.program.functions[init].method.map(|method| method.class);
            let own = match (con, owner) {
                (Con::Exc(_), Some(owner)) => Con::Exc(ExcClass::Class(owner)),
                (con, _) => con,
            };
            self.slots.add(this, own);
            let ignored = self.own_slot(0x6967_6e6f);
            self.call_function(init, Some(this), args, ignored);
            return;
        }
        if let Flavour::Dataclass { .. } | Flavour::NamedTuple = self.program.classes[class].flavour
            && let Ok((fields, fills)) = self.bind_fields(class, args)
        {
            for ((_, name, default), fill) in fields.iter().zip(&fills) {
                let Some(to) = self.field(class, name) else { continue };
                match fill {
                    Fill::Default => {
                        if let Some(from) = default.and_then(|value| self.expr(value)) {
                            self.slots.flow(from, to);
                        }
                    }
                    fill => {
                        for slot in self.filled(fill, args) {
                            self.slots.flow(slot, to);
                        }
                        if self.may_be_left_out(fill, args)
                            && let Some(from) = default.and_then(|value| self.expr(value))
                        {
                            self.slots.flow(from, to);
                        }
                    }
                }
            }
        }
    }

    /// Whether only the running program knows if an argument is there, as far as its operands are known.
    fn may_be_left_out(&mut self, fill: &Fill, args: &[Argument]) -> bool {
        let Fill::Open(open) = fill else { return false };
        let items = open.item.iter().flat_map(|(tail, _)| tail.to_vec());
        let names = open.key.iter().flat_map(|(doubles, _)| doubles.to_vec());
        let all: Vec<usize> = items.chain(names).collect();
        all.into_iter().all(|at| !self.read(args[at].slot).is_bottom())
    }

    /// The fields of a dataclass in the order of its `__init__`, and what each gets.
    #[allow(clippy::type_complexity)]
    pub fn bind_fields(
        &mut self,
        class: ClassId,
        args: &[Argument],
    ) -> Result<(Vec<(ClassId, String, Option<crate::hir::ExprId>)>, Vec<Fill>), String> {
        let program = self.program;
        let mut fields: Vec<(ClassId, String, Option<crate::hir::ExprId>)> = Vec::new();
        for above in self.classes_above(class).into_iter().rev() {
            for attribute in program.classes[above].attributes.iter().filter(|field| field.is_field()) {
                match fields.iter_mut().find(|(_, name, _)| *name == attribute.name) {
                    Some(old) => old.2 = attribute.value,
                    None => fields.push((above, attribute.name.clone(), attribute.value)),
                }
            }
        }
        let formals: Vec<Formal<'_>> = fields
            .iter()
            .map(|(_, name, value)| Formal {
                name,
                kind: ParamKind::Positional,
                has_default: value.is_some_and(|value| gives_default(program, value)),
            })
            .collect();
        let actuals = self.actuals(args);
        let fills = bind(&format!("{}.__init__", program.classes[class].qualname), &formals, &actuals, 1)?;
        Ok((fields, fills))
    }

    /// Whether an operation should wait: an argument is not known yet, and what is chosen depends on it.
    fn waits(&mut self, found: &Found, args: &[Argument]) -> bool {
        let waits = !self.closing
            && found.overloads().len() > 1
            && args.iter().any(|arg| {
                let shape = self.read(arg.slot);
                shape.is_bottom()
                    || shape.alts.iter().any(|con| match self.element(con, false) {
                        Some(element) => self.read(element).is_bottom(),
                        None => false,
                    })
            });
        if waits {
            self.waiting.insert(self.now);
        }
        waits
    }

    /// A signature of the registry is called.
    pub fn call_found(&mut self, found: &Found, this: &Con, receiver: Option<Slot>, args: &[Argument], out: Slot) {
        if self.waits(found, args) {
            return;
        }
        let Some((overload, fills)) = self.select(found, receiver, args) else { return };
        let instance = self.instance(found, overload, this);
        let signature = &found.overloads()[overload];
        self.call_deferred(signature, &fills, args, &instance.env);
        for (param, fill) in signature.params.iter().zip(&fills) {
            for slot in self.filled(fill, args) {
                if matches!(fill, Fill::Open(_))
                    && param.default.is_some()
                    && self.accepts(slot, &param.ty, 0) == Fit::No
                {
                    continue;
                }
                self.flow_into(slot, &param.ty, &instance.env);
                self.tell_argument(slot, &param.ty, found, signature, out);
                // What is told of the argument is told of the parameter that it becomes.
                if let crate::stubs::StubTy::Param(name) = &param.ty
                    && !found.env.iter().any(|(known, _)| known == name)
                    && !super::told::mentions(&signature.result, name)
                    && let Some((_, own)) = instance.env.iter().find(|(known, _)| known == name)
                {
                    self.slots.tell(*own);
                }
            }
            if let (Fill::Default | Fill::Open(_), Some(crate::stubs::StubDefault::Lit(lit))) = (fill, &param.default)
                && let crate::stubs::StubTy::Param(name) = &param.ty
            {
                let to = instance.env.iter().find(|(known, _)| known == name).map(|(_, slot)| *slot);
                match (to, lit) {
                    (Some(to), crate::hir::Lit::None) => self.slots.add_none(to),
                    (Some(to), crate::hir::Lit::Int(_)) => self.slots.add(to, Con::Int),
                    _ => {}
                }
            }
        }
        if signature.is_async {
            let result = instance.result;
            self.slots.add(out, Con::Coro(result));
        } else {
            self.slots.flow(instance.result, out);
        }
    }

    /// A function that is called later gets what follows it.
    fn call_deferred(&mut self, signature: &Signature, fills: &[Fill], args: &[Argument], env: &super::instance::Env) {
        let Some((function, ..)) = signature.deferred() else { return };
        let Fill::Arg(callee) = fills[function] else { return };
        let rest: Vec<Argument> = deferred_args(signature, fills).into_iter().map(|at| args[at].clone()).collect();
        let result = self.own_slot(0x6465_6665);
        for con in self.read(args[callee].slot).alts {
            self.call_value(&con, &rest, result);
        }
        if let crate::stubs::StubTy::Named(_, of) = &signature.params[function].ty
            && let Some(ty) = of.get(1)
        {
            self.flow_into(result, ty, env);
        }
    }

    /// A name of the registry is called.
    pub fn call_stub(&mut self, name: &StubRef, args: &[Argument], out: Slot) {
        let Some((real, entry)) = self.entry(name) else { return self.slots.make_dynamic(out) };
        if self.call_special(&real, args, out) {
            if real.name != "partial" {
                args.iter().for_each(|arg| self.slots.tell(arg.slot));
            }
            return;
        }
        match &*entry {
            Entry::Function(_) => {
                let found =
                    Found { owner: Rc::clone(&real), entry: Rc::clone(&entry), method: "".into(), env: Vec::new() };
                self.call_found(&found, &Con::ClassObject(ClassRef::Stub(real)), None, args, out);
            }
            Entry::Class(class) if class.is_exception => {
                args.iter().for_each(|arg| self.slots.tell(arg.slot));
                self.slots.add(out, Con::Exc(ExcClass::Stub((*real).clone())));
            }
            Entry::Class(class) => {
                let params: Vec<Slot> =
                    (0..class.params.len()).map(|at| self.named_slot("parameter", &(&real, at))).collect();
                let holder = self.named_slot("instance", &real);
                self.fill_class(holder, &real, &params);
                if let Some(found) = self.find_stub_method(&real, &params, "__init__") {
                    let this = self.slots.shape(holder).alts.first().cloned();
                    let ignored = self.own_slot(0x6967_6e6f);
                    // The instance exists whatever its arguments are.
                    let this = this.unwrap_or(Con::Type);
                    self.call_found(&found, &this, None, args, ignored);
                }
                self.slots.flow(holder, out);
            }
            Entry::Constant { .. } | Entry::Alias(_) | Entry::Module(_) => self.slots.make_dynamic(out),
            // Refused with a diagnostic when it is bound.
            Entry::Unsupported(_) => self.slots.make_dynamic(out),
        }
    }

    /// Puts an instance of a class of the registry into a slot.
    pub fn fill_class(&mut self, slot: Slot, name: &StubRef, params: &[Slot]) {
        let env: super::instance::Env =
            params.iter().enumerate().map(|(at, slot)| (format!("#{at}").into(), *slot)).collect();
        let args = env.iter().map(|(name, _)| crate::stubs::StubTy::Param(name.clone())).collect();
        if !self.slots.shape(slot).is_bottom() {
            return;
        }
        let ty = if name.module == "builtins" && name.name == "tuple" {
            let mut args: Vec<crate::stubs::StubTy> = args;
            args.push(crate::stubs::StubTy::Ellipsis);
            crate::stubs::StubTy::Named(name.clone(), args)
        } else {
            crate::stubs::StubTy::Named(name.clone(), args)
        };
        if name.module == "builtins" && name.name == "object" {
            self.slots.add(slot, Con::Stub(Rc::new(name.clone()), Rc::from([])));
            return;
        }
        self.fill(slot, &ty, &env, None);
    }

    /// Remembers which parameters with a default a call through a value gives, by those of its arguments that count.
    fn given_through_value(&mut self, function: FnId, bound: bool, args: &[Argument], own: std::ops::Range<usize>) {
        let Ok(fills) = self.bind_function(function, bound, args) else { return };
        let skip = usize::from(bound);
        for (at, fill) in fills.iter().enumerate() {
            if matches!(fill, Fill::Arg(from) | Fill::Item(from, _) | Fill::Key(from, _) if own.contains(from)) {
                self.value_given.insert((function, at + skip));
            }
        }
    }

    /// A value is called: every alternative that can be.
    pub fn call_value(&mut self, con: &Con, args: &[Argument], out: Slot) {
        match con {
            Con::Func(Callable::Program(function, receiver)) => {
                self.given_through_value(*function, receiver.is_some(), args, 0..args.len());
                self.call_function(*function, *receiver, args, out);
            }
            Con::Func(Callable::Stub(name)) => self.call_stub(&name.clone(), args, out),
            Con::Func(Callable::Method(recv, name)) => self.call_method_of(*recv, &name.clone(), args, out),
            Con::Func(Callable::Unbound(_, name)) => {
                if let Some((this, rest)) = args.split_first() {
                    self.call_method_of(this.slot, &name.clone(), rest, out);
                }
            }
            Con::Func(Callable::Typed(params, result)) => {
                for (arg, param) in args.iter().zip(params.iter()) {
                    self.slots.flow(arg.slot, *param);
                }
                self.slots.flow(*result, out);
            }
            Con::Func(Callable::Partial(key)) => {
                if let Some((callee, first)) = self.partials.get(key).cloned() {
                    let (mut all, mut named): (Vec<Argument>, Vec<Argument>) = (Vec::new(), Vec::new());
                    for arg in first.iter() {
                        match &arg.given {
                            Given::Keyword(name) => {
                                let again = args.iter().any(|arg| arg.given == Given::Keyword(name.clone()));
                                if !again {
                                    named.push(arg.clone());
                                }
                            }
                            _ => all.push(arg.clone()),
                        }
                    }
                    // What the partial binds is no parameter of what it gives.
                    let own = all.len()..all.len() + args.len();
                    all.extend(args.iter().cloned());
                    all.extend(named);
                    for con in self.read(callee).alts {
                        if let Con::Func(Callable::Program(function, receiver)) = con {
                            self.given_through_value(function, receiver.is_some(), &all, own.clone());
                            self.call_function(function, receiver, &all, out);
                        } else {
                            self.call_value(&con, &all, out);
                        }
                    }
                }
            }
            Con::ClassObject(ClassRef::Program(class)) => self.call_class(*class, args, out),
            Con::ClassObject(ClassRef::Stub(name)) => self.call_stub(&name.clone(), args, out),
            Con::Class(class) => {
                for &method in self.methods_through(*class, "__call__").iter() {
                    let this = self.own_con_of(con);
                    self.call_function(method, Some(this), args, out);
                }
            }
            Con::Exc(_) | Con::Type => self.slots.make_dynamic(out),
            _ => {}
        }
    }

    /// The receiver of an exception's method: whatever the instance, it has the fields of the method's class.
    pub fn own_exception(&mut self, class: ClassId) -> Slot {
        self.own_con_of(&Con::Exc(ExcClass::Class(class)))
    }

    /// The class below an exception's that has an attribute or method which the exception's own has not; `None`: its own
    /// has it, or not one alone below has.
    pub fn exception_having(&mut self, con: &Con, name: &str) -> Option<ExcClass> {
        let Con::Exc(class) = con else { return None };
        let own = match class {
            ExcClass::Class(class) => self.exception_member(*class, name),
            ExcClass::Stub(_) => false,
        };
        if own || self.has_method(con, name) {
            return None;
        }
        let having = self.exceptions_with(name);
        if having.is_empty() {
            return None;
        }
        let (of, args) = self.class_of(con)?;
        if self.find_stub_attribute(&of, &args, name).is_some() {
            return None;
        }
        let hierarchy = &self.slots.hierarchy;
        let below = |id: ClassId| hierarchy.is_subclass(&ExcClass::Class(id), class);
        let mut topmost = having
            .iter()
            .copied()
            .filter(|&id| below(id) && !having.iter().any(|&other| other != id && hierarchy.is_subclass_of(id, other)));
        let first = topmost.next()?;
        topmost.next().is_none().then_some(ExcClass::Class(first))
    }

    /// The exception classes of the program that have an attribute or method of their own.
    fn exceptions_with(&self, name: &str) -> Vec<ClassId> {
        let classes = self.program.classes.ids();
        classes.filter(|&id| self.slots.hierarchy.is_exception(id) && self.has_own(id, name)).collect()
    }

    fn exception_member(&self, class: ClassId, name: &str) -> bool {
        self.slots.hierarchy.program_above(class).iter().any(|&above| self.has_own(above, name))
    }

    fn has_own(&self, class: ClassId, name: &str) -> bool {
        self.methods.get(&class).is_some_and(|methods| methods.contains_key(name))
            || self.fields.get(&class).is_some_and(|fields| fields.iter().any(|(field, _)| **field == *name))
    }

    /// A slot of the operation at work that holds one constructor.
    pub fn own_con_of(&mut self, con: &Con) -> Slot {
        self.own_con(Slot(0), con)
    }
}

/// The places of the arguments that a function which is called later gets.
pub fn deferred_args(signature: &Signature, fills: &[Fill]) -> Vec<usize> {
    let Some((_, rest, named)) = signature.deferred() else { return Vec::new() };
    [Some(rest), named]
        .into_iter()
        .flatten()
        .flat_map(|at| match &fills[at] {
            Fill::Args(list) | Fill::Kwargs(list) => list.clone(),
            _ => Vec::new(),
        })
        .collect()
}

/// Whether what stands at a dataclass's field is a default: `field(…)` without one is none.
pub fn gives_default(program: &crate::hir::Program, value: crate::hir::ExprId) -> bool {
    let crate::hir::Expr::Call(call) = &program.exprs[value] else { return true };
    match &call.callee {
        crate::hir::Callee::Stub(stub) if stub.module == "dataclasses" && stub.name == "field" => call.args.iter().any(|arg| {
            matches!(arg, crate::hir::Arg::Keyword(name, _) if matches!(name.as_str(), "default" | "default_factory"))
        }),
        _ => true,
    }
}
