//! Binding of calls.

use std::rc::Rc;

use super::Binder;
use crate::hir::*;
use crate::infer::binding::Fill;
use crate::infer::shape::{Callable, ClassRef, Con};
use crate::infer::solver::{Argument, Found, Given};
use crate::infer::{BoundArg, Resolved, StubCall, place};
use crate::stubs::{Entry, RustForm};
use crate::types::{ExcClass, Ty};

impl Binder<'_, '_> {
    /// A call; the type of its value.
    pub fn call(&mut self, id: ExprId, call: &Call) -> Ty {
        let key = (id, 0);
        match &call.callee {
            Callee::Function(function) => self.call_program(key, *function, false, &call.args),
            Callee::Class(class) => self.call_class(key, *class, &call.args),
            Callee::Stub(name) => self.call_registry(key, name, &call.args),
            Callee::Method { recv, name } => self.call_method(key, *recv, name, &call.args),
            Callee::Super { class, recv, name } => self.call_super(key, *class, *recv, name, &call.args),
            Callee::Value(value) => self.call_value(key, *value, &call.args),
        }
    }

    /// A function of the program is called, by name or as a method.
    pub fn call_program(&mut self, key: (ExprId, u32), function: FnId, bound: bool, args: &[Arg]) -> Ty {
        self.at(key);
        let arguments = self.arguments(args);
        match self.s.bind_function(function, bound, &arguments) {
            Ok(fills) => {
                let program = self.s.program;
                let skip = usize::from(bound);
                let params: Vec<(ParamKind, Ty)> = program.functions[function]
                    .params
                    .iter()
                    .skip(skip)
                    .map(|param| (param.kind, self.var_ty(param.var)))
                    .collect();
                let span = self.span(key.0);
                let args = self.bound_args(&params, &fills, args, span);
                self.resolve(key, Resolved::Function { function, args });
                self.r.result(self.s, function)
            }
            Err(text) => {
                self.all_args(args);
                self.raises(key, "TypeError", text)
            }
        }
    }

    /// A class of the program is instantiated.
    pub fn call_class(&mut self, key: (ExprId, u32), class: ClassId, args: &[Arg]) -> Ty {
        let con = self.s.class_value(&ClassRef::Program(class));
        let ty = match con {
            Some(Con::Exc(of)) => Ty::Exc(of),
            _ => Ty::Class(class),
        };
        self.at(key);
        let arguments = self.arguments(args);
        let program = self.s.program;
        if let Some(init) = self.s.find_method(class, "__init__") {
            match self.s.bind_function(init, true, &arguments) {
                Ok(fills) => {
                    let params: Vec<(ParamKind, Ty)> = program.functions[init]
                        .params
                        .iter()
                        .skip(1)
                        .map(|param| (param.kind, self.var_ty(param.var)))
                        .collect();
                    let span = self.span(key.0);
                    let args = self.bound_args(&params, &fills, args, span);
                    self.resolve(key, Resolved::New { class, args });
                    return ty;
                }
                Err(text) => {
                    self.all_args(args);
                    return self.raises(key, "TypeError", text);
                }
            }
        }
        match program.classes[class].flavour {
            Flavour::Dataclass { .. } | Flavour::NamedTuple => match self.s.bind_fields(class, &arguments) {
                Ok((fields, fills)) => {
                    let params: Vec<(ParamKind, Ty)> = fields
                        .iter()
                        .map(|(_, name, _)| {
                            let slot = self.s.field(class, name);
                            (ParamKind::Positional, slot.map_or(Ty::None, |slot| self.r.inner(self.s, slot)))
                        })
                        .collect();
                    let span = self.span(key.0);
                    let args = self.bound_args(&params, &fills, args, span);
                    self.resolve(key, Resolved::New { class, args });
                    ty
                }
                Err(text) => {
                    self.all_args(args);
                    self.raises(key, "TypeError", text)
                }
            },
            Flavour::Enum => {
                self.all_args(args);
                let span = self.span(key.0);
                self.unsupported(key, span, "looking up an enum member by its value is not translated yet", None)
            }
            Flavour::Plain if matches!(ty, Ty::Exc(_)) => {
                for arg in args {
                    match arg {
                        Arg::Star(value) => {
                            self.iterate(*value, false);
                        }
                        arg => {
                            self.value(arg.value());
                        }
                    }
                }
                let args = vec![BoundArg::Args(args.to_vec())];
                self.resolve(key, Resolved::New { class, args });
                ty
            }
            Flavour::Plain => {
                self.all_args(args);
                if args.is_empty() {
                    self.resolve(key, Resolved::New { class, args: Vec::new() });
                    return ty;
                }
                let name = program.classes[class].name.clone();
                self.raises(key, "TypeError", format!("{name}() takes no arguments"))
            }
        }
    }

    /// A name of the registry is called.
    pub fn call_registry(&mut self, key: (ExprId, u32), name: &StubRef, args: &[Arg]) -> Ty {
        let Some((real, entry)) = self.s.entry(name) else {
            self.all_args(args);
            let span = self.span(key.0);
            return self.unsupported(key, span, format!("`{}.{}` is not translated yet", name.module, name.name), None);
        };
        if let Some(ty) = self.special_call(key, &real, &entry, args) {
            return ty;
        }
        self.at(key);
        let arguments = self.arguments(args);
        match &*entry {
            Entry::Function(_) => {
                let found =
                    Found { owner: Rc::clone(&real), entry: Rc::clone(&entry), method: Rc::from(""), env: Vec::new() };
                let this = Con::ClassObject(ClassRef::Stub(Rc::clone(&real)));
                self.call_overloads(key, &found, None, &this, &arguments, args, &real.name)
            }
            Entry::Class(class) if class.is_exception => {
                self.exception_args(key, &real, args);
                Ty::Exc(ExcClass::Stub((*real).clone()))
            }
            Entry::Class(_) => {
                let holder = self.s.named_slot("instance", &real);
                let ty = self.ty(holder);
                let this = self.s.slots.shape(holder).alts.first().cloned();
                let params = this.as_ref().map(Con::args).unwrap_or_default();
                match self.s.find_stub_method(&real, &params, "__init__") {
                    Some(found) => {
                        let this = this.unwrap_or(Con::Type);
                        let made = self.call_overloads(key, &found, None, &this, &arguments, args, &real.name);
                        if made == Ty::Never { Ty::Never } else { ty }
                    }
                    None => {
                        self.all_args(args);
                        let call = StubCall {
                            of: (*real).clone(),
                            method: "__init__".into(),
                            rust: RustForm::Path(format!("{}::new", real.name)),
                            args: Vec::new(),
                            nothrow: true,
                            is_async: false,
                            intrinsic: false,
                        };
                        self.resolve(key, Resolved::Stub(call));
                        ty
                    }
                }
            }
            Entry::Unsupported(why) => {
                self.all_args(args);
                let span = self.span(key.0);
                self.unsupported(key, span, format!("`{}` is not translated", dotted(&real)), Some(why.clone()))
            }
            Entry::Constant { .. } | Entry::Alias(_) | Entry::Module(_) => {
                self.all_args(args);
                let span = self.span(key.0);
                self.unsupported(key, span, format!("`{}` is not callable", dotted(&real)), None)
            }
        }
    }

    /// `ValueError("m")`: arguments of any types.
    fn exception_args(&mut self, key: (ExprId, u32), class: &StubRef, args: &[Arg]) {
        for arg in args {
            match arg {
                Arg::Star(value) => {
                    self.iterate(*value, false);
                }
                arg => {
                    self.value(arg.value());
                }
            }
        }
        let list = vec![crate::infer::StubArg {
            name: "args".into(),
            builder: false,
            value: BoundArg::Args(args.to_vec()),
            pass: crate::stubs::Pass::Value,
            ty: Ty::Value,
        }];
        let call = StubCall {
            of: class.clone(),
            method: "__init__".into(),
            rust: RustForm::Path(format!("{}::new", class.name)),
            args: list,
            nothrow: true,
            is_async: false,
            intrinsic: true,
        };
        self.resolve(key, Resolved::Stub(call));
    }

    /// Chooses an overload and binds it; a call that fits none raises CPython's TypeError, as far as its text is known.
    #[allow(clippy::too_many_arguments)]
    pub fn call_overloads(
        &mut self,
        key: (ExprId, u32),
        found: &Found,
        receiver: Option<crate::infer::shape::Slot>,
        this: &Con,
        arguments: &[Argument],
        args: &[Arg],
        shown: &str,
    ) -> Ty {
        self.at(key);
        match self.s.select(found, receiver, arguments) {
            Some((overload, fills)) => self.finish_stub(key, found, overload, &fills, arguments, this, 0),
            None => {
                self.all_args(args);
                let types: Vec<String> = args
                    .iter()
                    .map(|arg| {
                        let ty = self.natural(arg.value());
                        self.show(&ty)
                    })
                    .collect();
                let span = self.span(key.0);
                let note = format!("The arguments are ({}).", types.join(", "));
                self.unsupported(key, span, format!("`{shown}` is not translated for these arguments"), Some(note))
            }
        }
    }

    /// Intrinsics of the built-in functions that signatures cannot type.
    fn special_call(&mut self, key: (ExprId, u32), name: &StubRef, entry: &Entry, args: &[Arg]) -> Option<Ty> {
        let intrinsic = |rust: &str, args: Vec<crate::infer::StubArg>, nothrow: bool| {
            Resolved::Stub(StubCall {
                of: name.clone(),
                method: String::new(),
                rust: RustForm::Path(rust.into()),
                args,
                nothrow,
                is_async: false,
                intrinsic: true,
            })
        };
        let _ = entry;
        match (&*name.module, &*name.name) {
            ("builtins", "isinstance") if args.len() == 2 => {
                self.expr(args[0].value(), false);
                self.class_operand(args[1].value());
                let known = self.known_instance(args[0].value(), args[1].value());
                match known {
                    Some(known) => self.resolve(key, Resolved::Known(known)),
                    None => {
                        let list = vec![
                            self.positional(crate::stubs::Pass::Reference, "obj", args[0].value(), Ty::Value),
                            self.positional(crate::stubs::Pass::Reference, "class_or_tuple", args[1].value(), Ty::Type),
                        ];
                        self.resolve(key, intrinsic("builtins::isinstance", list, true));
                    }
                }
                Some(Ty::Bool)
            }
            ("builtins", "getattr") => {
                for arg in args {
                    self.value(arg.value());
                }
                let natural = self.natural(key.0);
                let list = args
                    .iter()
                    .zip(["o", "name", "default"])
                    .map(|(arg, name)| self.positional(crate::stubs::Pass::Reference, name, arg.value(), Ty::Value))
                    .collect();
                self.resolve(key, intrinsic("builtins::getattr", list, false));
                Some(natural)
            }
            ("builtins", "type") if args.len() == 1 => {
                self.value(args[0].value());
                let list = vec![self.positional(crate::stubs::Pass::Reference, "o", args[0].value(), Ty::Value)];
                self.resolve(key, intrinsic("builtins::type_", list, true));
                Some(self.natural(key.0))
            }
            ("builtins", "len") if args.len() == 1 => {
                let ty = self.value(args[0].value());
                let ty = self.unwrapped(args[0].value(), ty, "TypeError", |name| {
                    format!("object of type '{name}' has no len()")
                });
                let list = vec![self.positional(crate::stubs::Pass::Reference, "obj", args[0].value(), ty.clone())];
                match &ty {
                    Ty::Class(class) => match self.s.find_method(*class, "__len__") {
                        Some(function) => {
                            self.resolve(key, Resolved::Function { function, args: Vec::new() });
                            Some(Ty::Int)
                        }
                        None => {
                            let name = self.python_name(&ty).unwrap_or_default();
                            Some(self.raises(key, "TypeError", format!("object of type '{name}' has no len()")))
                        }
                    },
                    Ty::None
                    | Ty::Bool
                    | Ty::Int
                    | Ty::BigInt
                    | Ty::Float
                    | Ty::Coro(_)
                    | Ty::Task(_)
                    | Ty::Future(_)
                    | Ty::Gen(..)
                    | Ty::Fn(_) => {
                        let name = self.python_name(&ty).unwrap_or_default();
                        Some(self.raises(key, "TypeError", format!("object of type '{name}' has no len()")))
                    }
                    _ => {
                        if let Ty::Union(_) = ty {
                            self.coerce(args[0].value(), &ty, &Ty::Value, None);
                        }
                        let fallible = matches!(ty, Ty::Value | Ty::Union(_));
                        self.resolve(key, intrinsic("builtins::len", list, !fallible));
                        Some(Ty::Int)
                    }
                }
            }
            ("builtins", "pow") if args.len() == 2 => {
                let natural = self.natural(key.0);
                self.value_as(args[0].value(), &natural);
                self.value_as(args[1].value(), &natural);
                let list = vec![
                    self.positional(crate::stubs::Pass::Value, "base", args[0].value(), natural.clone()),
                    self.positional(crate::stubs::Pass::Value, "exp", args[1].value(), natural.clone()),
                ];
                self.resolve(key, intrinsic("builtins::pow", list, false));
                Some(natural)
            }
            ("builtins", "print") => {
                for arg in args {
                    match arg {
                        Arg::Star(value) => {
                            self.iterate(*value, false);
                        }
                        Arg::Keyword(name, value) if matches!(&**name, "file") => {
                            self.expr(*value, false);
                        }
                        arg => {
                            self.value(arg.value());
                        }
                    }
                }
                let mut list = vec![crate::infer::StubArg {
                    name: "values".into(),
                    builder: false,
                    value: BoundArg::Args(
                        args.iter().filter(|arg| matches!(arg, Arg::Positional(_) | Arg::Star(_))).cloned().collect(),
                    ),
                    pass: crate::stubs::Pass::Reference,
                    ty: Ty::Value,
                }];
                for arg in args {
                    if let Arg::Keyword(name, value) = arg {
                        list.push(self.positional(crate::stubs::Pass::Reference, name, *value, Ty::Value));
                    }
                }
                self.resolve(key, intrinsic("builtins::print", list, true));
                Some(Ty::None)
            }
            ("functools", "partial") => {
                if let Some((first, rest)) = args.split_first() {
                    self.expr(first.value(), false);
                    rest.iter().for_each(|arg| {
                        self.value(arg.value());
                    });
                }
                let list = vec![crate::infer::StubArg {
                    name: "args".into(),
                    builder: false,
                    value: BoundArg::Args(args.to_vec()),
                    pass: crate::stubs::Pass::Value,
                    ty: Ty::Value,
                }];
                self.resolve(key, intrinsic("functools::partial", list, true));
                Some(self.natural(key.0))
            }
            _ => None,
        }
    }

    /// The second argument of `isinstance`.
    fn class_operand(&mut self, id: ExprId) {
        let program = self.s.program;
        if let Expr::Tuple(items) = &program.exprs[id] {
            items.iter().for_each(|item| self.class_operand(item.value()));
            let types = items.iter().map(|_| Ty::Type).collect();
            self.types.expr.insert(id, Ty::Tuple(types));
            return;
        }
        self.expr(id, false);
    }

    /// Whether an instance test is known for all values that get there.
    fn known_instance(&mut self, value: ExprId, classes: ExprId) -> Option<bool> {
        let slot = self.s.expr(value)?;
        let tests = class_tests(self.s, classes)?;
        let shape = self.s.slots.shape(slot).clone();
        if shape.dynamic || shape.is_bottom() {
            return None;
        }
        let (mut all, mut any) = (!shape.none, false);
        for con in &shape.alts {
            let must = self.s.must_be(con, &tests);
            all &= must;
            any |= must || self.s.may_be(con, &tests);
        }
        match (all, any) {
            (true, _) => Some(true),
            (_, false) => Some(false),
            _ => None,
        }
    }

    /// A value is called.
    pub fn call_value(&mut self, key: (ExprId, u32), callee: ExprId, args: &[Arg]) -> Ty {
        let ty = self.expr(callee, false);
        let ty = self.unwrapped(callee, ty, "TypeError", |name| format!("'{name}' object is not callable"));
        let slot = self.slot(callee);
        let program = self.s.program;
        match &ty {
            Ty::Value => {
                self.dynamic_args(args);
                self.resolve(key, Resolved::Dynamic);
                return Ty::Value;
            }
            Ty::Never => {
                self.all_args(args);
                return Ty::Never;
            }
            Ty::Class(class) => {
                return match self.s.find_method(*class, "__call__") {
                    Some(function) => self.call_program(key, function, true, args),
                    None => {
                        self.all_args(args);
                        let name = self.python_name(&ty).unwrap_or_default();
                        self.raises(key, "TypeError", format!("'{name}' object is not callable"))
                    }
                };
            }
            _ => {}
        }
        let direct =
            matches!(&program.exprs[callee], Expr::Function(_) | Expr::Lambda(_) | Expr::Class(_) | Expr::Stub(_));
        let con = self.single(slot);
        match (&ty, con) {
            (_, Some(Con::ClassObject(ClassRef::Program(class)))) if direct => self.call_class(key, class, args),
            (_, Some(Con::ClassObject(ClassRef::Stub(name)))) if direct => self.call_registry(key, &name, args),
            (_, Some(Con::Func(Callable::Stub(name)))) if direct => self.call_registry(key, &name, args),
            (Ty::Fn(function), Some(con)) => {
                let natural = (**function).clone();
                self.at(key);
                let arguments = self.arguments(args);
                let plain = args.iter().all(|arg| matches!(arg, Arg::Positional(_)));
                let callables: Vec<(FnId, bool)> = self
                    .s
                    .slots
                    .shape(slot)
                    .alts
                    .iter()
                    .filter_map(|con| match con {
                        Con::Func(Callable::Program(id, receiver)) => Some((*id, receiver.is_some())),
                        _ => None,
                    })
                    .collect();
                let only_program = callables.len() == self.s.slots.shape(slot).alts.len();
                let ordered: Option<Vec<ExprId>> = match &con {
                    Con::Func(Callable::Program(id, receiver)) if only_program => {
                        if let Err(text) = self.s.bind_function(*id, receiver.is_some(), &arguments) {
                            if callables.len() == 1 {
                                self.all_args(args);
                                return self.raises(key, "TypeError", text);
                            }
                        }
                        let mut found: Option<Vec<ExprId>> = None;
                        let mut agree = true;
                        for &(id, bound) in &callables {
                            let mine = self.by_place(id, bound, &arguments, args);
                            match (&found, mine) {
                                (_, None) => agree = false,
                                (None, mine) => found = mine,
                                (Some(old), Some(mine)) => agree &= self.same_operands(old, &mine),
                            }
                        }
                        if agree { found } else { None }
                    }
                    _ if plain => Some(args.iter().map(|arg| arg.value()).collect()),
                    _ => None,
                };
                match ordered {
                    Some(ordered) if ordered.len() == natural.params.len() => {
                        let mut bound = Vec::new();
                        for (expr, to) in ordered.into_iter().zip(&natural.params) {
                            self.value_as(expr, to);
                            bound.push(BoundArg::Expr(expr));
                        }
                        self.resolve(key, Resolved::FnValue { args: bound });
                        natural.result
                    }
                    _ => {
                        self.all_args(args);
                        let span = self.span(key.0);
                        self.refuse(span, "this call of a function value is not translated yet");
                        self.resolve(key, Resolved::Unsupported);
                        Ty::Never
                    }
                }
            }
            (Ty::ExcType | Ty::Type, _) => {
                self.all_args(args);
                let span = self.span(key.0);
                self.unsupported(key, span, "calling a class held in a variable is not translated yet", None)
            }
            (other, _) => {
                self.all_args(args);
                match self.python_name(other) {
                    Some(name) => self.raises(key, "TypeError", format!("'{name}' object is not callable")),
                    None => {
                        let span = self.span(key.0);
                        self.unsupported(key, span, "calling values of several types is not translated yet", None)
                    }
                }
            }
        }
    }

    /// The arguments of a call through a value, by the places of its function type; a default that is left out is itself.
    fn by_place(&mut self, id: FnId, bound: bool, arguments: &[Argument], args: &[Arg]) -> Option<Vec<ExprId>> {
        let fills = self.s.bind_function(id, bound, arguments).ok()?;
        let skip = usize::from(bound);
        let program = self.s.program;
        let mut exprs = Vec::new();
        for ((at, param), fill) in program.functions[id].params.iter().enumerate().skip(skip).zip(&fills) {
            let kept = param.default.is_none() || self.s.value_given.contains(&(id, at));
            match (fill, param.default) {
                (Fill::Arg(at), _) => exprs.push(args[*at].value()),
                (Fill::Default, Some(Default::Inline(value))) if kept => exprs.push(value),
                (Fill::Default, _) if !kept => {}
                (Fill::Kwargs(list), _) if list.is_empty() => {}
                _ => return None,
            }
        }
        Some(exprs)
    }

    /// Whether two lists of arguments are the same, defaults by their text.
    fn same_operands(&self, a: &[ExprId], b: &[ExprId]) -> bool {
        let same = |a: ExprId, b: ExprId| {
            a == b
                || match (&self.s.program.exprs[a], &self.s.program.exprs[b]) {
                    (Expr::Lit(a), Expr::Lit(b)) => a == b,
                    _ => false,
                }
        };
        a.len() == b.len() && a.iter().zip(b).all(|(&a, &b)| same(a, b))
    }

    /// Arguments of a dynamic call.
    pub fn dynamic_args(&mut self, args: &[Arg]) {
        for arg in args {
            match arg {
                Arg::Star(value) | Arg::DoubleStar(value) => {
                    self.value(*value);
                    let span = self.span(*value);
                    self.refuse(span, "a spread argument of a dynamic call is not translated yet");
                }
                arg => {
                    self.value_as(arg.value(), &Ty::Value);
                }
            }
        }
    }

    fn call_super(&mut self, key: (ExprId, u32), class: ClassId, recv: ExprId, name: &str, args: &[Arg]) -> Ty {
        self.value(recv);
        let above = self.s.slots.hierarchy.above(class).to_vec();
        for base in above.into_iter().skip(1) {
            match base {
                Base::Class(id) => {
                    let program = self.s.program;
                    let method = program.classes[id]
                        .methods
                        .iter()
                        .copied()
                        .rev()
                        .find(|&method| program.functions[method].name == name);
                    if let Some(method) = method {
                        return self.call_program(key, method, true, args);
                    }
                }
                Base::Stub(stub) if name == "__init__" => {
                    let exception = self.s.slots.hierarchy.is_exception(class);
                    if exception {
                        self.exception_args(key, &stub, args);
                    } else {
                        self.all_args(args);
                        let call = StubCall {
                            of: stub,
                            method: "__init__".into(),
                            rust: RustForm::Path(String::new()),
                            args: Vec::new(),
                            nothrow: true,
                            is_async: false,
                            intrinsic: true,
                        };
                        self.resolve(key, Resolved::Stub(call));
                    }
                    return Ty::None;
                }
                Base::Stub(stub) => {
                    if let Some(found) = self.s.find_stub_method(&stub, &[], name) {
                        let arguments = self.arguments(args);
                        return self.call_overloads(key, &found, None, &Con::Class(class), &arguments, args, name);
                    }
                }
            }
        }
        self.all_args(args);
        if name == "__init__" {
            let call = StubCall {
                of: StubRef { module: "builtins".into(), name: "object".into() },
                method: "__init__".into(),
                rust: RustForm::Path(String::new()),
                args: Vec::new(),
                nothrow: true,
                is_async: false,
                intrinsic: true,
            };
            self.resolve(key, Resolved::Stub(call));
            return Ty::None;
        }
        self.raises(key, "AttributeError", format!("'super' object has no attribute '{name}'"))
    }

    /// `run_in_executor(pool, function, args)`: what runs is a closure of emission's making.
    pub fn offload(&mut self, key: (ExprId, u32), function: ExprId, args: &[Arg]) {
        let program = self.s.program;
        self.expr(function, false);
        match &program.exprs[function] {
            Expr::Function(target) | Expr::Lambda(target) => {
                self.call_program(key, *target, false, args);
            }
            Expr::Stub(name) => {
                self.call_registry(key, name, args);
            }
            Expr::Attr(recv, name) => {
                self.types.adjustments.remove(recv);
                self.call_method(key, *recv, name, args);
            }
            Expr::Class(class) => {
                self.call_class(key, *class, args);
            }
            _ => {
                self.call_value(key, function, args);
            }
        }
        let _ = (place::ITERATE, Given::Positional);
    }
}

/// `asyncio.sleep`.
pub fn dotted(name: &StubRef) -> String {
    if name.module == "builtins" { name.name.clone() } else { format!("{}.{}", name.module, name.name) }
}

/// The classes of `isinstance(x, classes)`.
fn class_tests(s: &mut crate::infer::solver::Solver<'_>, expr: ExprId) -> Option<Vec<crate::infer::solver::ClassTest>> {
    use crate::infer::solver::ClassTest;
    match &s.program.exprs[expr] {
        Expr::Class(class) => Some(vec![ClassTest::Program(*class)]),
        Expr::Stub(name) => {
            let real = s.entry(name).map_or_else(|| name.clone(), |(real, _)| (*real).clone());
            Some(vec![ClassTest::Stub(real)])
        }
        Expr::Tuple(items) => {
            let mut tests = Vec::new();
            for item in items {
                tests.extend(class_tests(s, item.value())?);
            }
            Some(tests)
        }
        _ => None,
    }
}
