//! Binding of calls.

use std::rc::Rc;

use super::Binder;
use crate::hir::*;
use crate::infer::shape::{ClassRef, Con};
use crate::infer::solver::{Argument, Found};
use crate::infer::{BoundArg, Resolved, StubCall};
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
                let types: Vec<Ty> =
                    program.functions[function].params.iter().skip(skip).map(|param| self.var_ty(param.var)).collect();
                let params = self.parameters(function, bound);
                let callee =
                    super::open::Callee { name: &program.functions[function].qualname, bound, params: &params };
                let args = self.bound_args(key, &callee, &types, &fills, args);
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
        if let Some(text) = self.abstract_text(class) {
            self.all_args(args);
            return self.raises(key, "TypeError", text);
        }
        if let Some(init) = self.s.find_method(class, "__init__") {
            match self.s.bind_function(init, true, &arguments) {
                Ok(fills) => {
                    let types: Vec<Ty> =
                        program.functions[init].params.iter().skip(1).map(|param| self.var_ty(param.var)).collect();
                    let params = self.parameters(init, true);
                    let callee =
                        super::open::Callee { name: &program.functions[init].qualname, bound: true, params: &params };
                    let args = self.bound_args(key, &callee, &types, &fills, args);
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
                    let types: Vec<Ty> = fields
                        .iter()
                        .map(|(_, name, _)| {
                            let slot = self.s.field(class, name);
                            slot.map_or(Ty::None, |slot| self.r.inner(self.s, slot))
                        })
                        .collect();
                    let params: Vec<super::open::Parameter> = fields
                        .iter()
                        .map(|(_, name, value)| {
                            let has_default =
                                value.is_some_and(|value| crate::infer::calls::gives_default(program, value));
                            (name.clone(), ParamKind::Positional, has_default)
                        })
                        .collect();
                    let name = format!("{}.__init__", program.classes[class].qualname);
                    let callee = super::open::Callee { name: &name, bound: true, params: &params };
                    let args = self.bound_args(key, &callee, &types, &fills, args);
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
            Flavour::Plain | Flavour::Members if matches!(ty, Ty::Exc(_)) => {
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
            Flavour::Plain | Flavour::Members => {
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

    /// What CPython says when an abstract class is instantiated.
    fn abstract_text(&self, class: ClassId) -> Option<String> {
        let program = self.s.program;
        let all = self.s.classes_above(class);
        let is_abc = |base: &Base| match base {
            Base::Stub(of) => of.module == "abc" || of.module == "typing" && of.name == "Protocol",
            Base::Class(_) => false,
        };
        if !all.iter().any(|class| program.classes[*class].bases.iter().any(is_abc)) {
            return None;
        }
        let mut names: Vec<&str> = Vec::new();
        for method in all.iter().flat_map(|class| &program.classes[*class].methods) {
            let function = &program.functions[*method];
            let found = self.s.find_method(class, &function.name);
            if function.is_abstract && found == Some(*method) && !names.contains(&&*function.name) {
                names.push(&function.name);
            }
        }
        if names.is_empty() {
            return None;
        }
        names.sort_unstable();
        let of = &program.classes[class].name;
        let plural = if names.len() == 1 { "" } else { "s" };
        let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
        let names = names.join(", ");
        Some(format!(
            "Can't instantiate abstract class {of} without an implementation for abstract method{plural} {names}"
        ))
    }

    /// Whether objects of the program may be among what is summed: values of any type do not ask them.
    fn sums_objects(&self, args: &[Arg]) -> bool {
        let items = args.first().and_then(|arg| self.types.expr.get(arg.value()));
        items.is_some_and(|ty| ty.children().into_iter().any(|item| self.may_be_summed_object(item)))
    }

    fn may_be_summed_object(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Class(_) | Ty::Tuple(_) => true,
            Ty::Option(inner) => self.may_be_summed_object(inner),
            Ty::Union(union) => self.r.unions[*union].alternatives.iter().any(|one| self.may_be_summed_object(&one.ty)),
            _ => false,
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
                    Found { owner: Rc::clone(&real), entry: Rc::clone(&entry), method: "".into(), env: Vec::new() };
                let this = Con::ClassObject(ClassRef::Stub(Rc::clone(&real)));
                let made = self.call_overloads(key, &found, None, &this, &arguments, args, &real.name);
                if matches!(&*real.name, "sum" | "_sum_plain")
                    && (is_wide(&made) || made == Ty::Value && self.sums_objects(args))
                {
                    let span = self.span(key.0);
                    return self.unsupported(key, span, "`sum` of these values is not translated yet", None);
                }
                if &*real.name == "round" && self.unbounded(key) { Ty::BigInt } else { made }
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
                        match made {
                            Ty::Never => Ty::Never,
                            _ if &*real.name == "int" && self.unbounded(key) => Ty::BigInt,
                            _ => ty,
                        }
                    }
                    None => {
                        self.all_args(args);
                        let call = StubCall {
                            of: (*real).clone(),
                            method: "__init__".into(),
                            rust: RustForm::Path(format!("{}::new", real.name).into()),
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

    /// Whether `int(x)` or `round(x)` is an integer without bound here; then it is made as one.
    fn unbounded(&mut self, key: (ExprId, u32)) -> bool {
        if self.natural(key.0) != Ty::BigInt {
            return false;
        }
        let Some(Resolved::Stub(call)) = self.types.resolved.get_mut(&key) else { return false };
        let path = match &call.rust {
            RustForm::Path(path) if path == "builtins::int" => "builtins::big_int",
            RustForm::Path(path) if path == "builtins::round" => "builtins::big_round",
            _ => return false,
        };
        call.rust = RustForm::Path(path.into());
        true
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
            closure: false,
            value: BoundArg::Args(args.to_vec()),
            pass: crate::stubs::Pass::Value,
            ty: Ty::Value,
        }];
        let call = StubCall {
            of: class.clone(),
            method: "__init__".into(),
            rust: RustForm::Path(format!("{}::new", class.name).into()),
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
                Base::Stub(stub) if matches!(name, "__init__" | "__init_subclass__") => {
                    let exception = self.s.slots.hierarchy.is_exception(class);
                    if exception {
                        self.exception_args(key, &stub, args);
                    } else {
                        self.all_args(args);
                        let call = StubCall {
                            of: stub,
                            method: "__init__".into(),
                            rust: RustForm::Path("".into()),
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
        // In a mixin: what stands beside it in a class below.
        for below in self.s.slots.hierarchy.below(class).to_vec() {
            let all = self.s.classes_above(below);
            let after = all.iter().position(|other| *other == class).map_or(0, |at| at + 1);
            let program = self.s.program;
            let next = all[after..].iter().find_map(|&other| {
                let methods = program.classes[other].methods.iter().rev().copied();
                methods.into_iter().find(|&method| program.functions[method].name == name)
            });
            if let Some(next) = next {
                return self.call_program(key, next, true, args);
            }
        }
        self.all_args(args);
        if matches!(name, "__init__" | "__init_subclass__") {
            let call = StubCall {
                of: StubRef::new("builtins", "object"),
                method: "__init__".into(),
                rust: RustForm::Path("".into()),
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
}

/// `asyncio.sleep`.
pub fn dotted(name: &StubRef) -> String {
    if name.module == "builtins" { name.name.to_string() } else { format!("{}.{}", name.module, name.name) }
}

/// Types that `sum` does not add.
fn is_wide(ty: &Ty) -> bool {
    matches!(ty, Ty::Class(_) | Ty::Tuple(_) | Ty::Option(_) | Ty::Union(_))
}
