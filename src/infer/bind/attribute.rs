//! Binding of attributes and of names of the registry.

use super::Binder;
use super::names::is_everybodys;
use crate::hir::*;
use crate::infer::shape::{ClassRef, Con};
use crate::infer::{BoundArg, Resolved, StubArg, StubCall, place};
use crate::stubs::StubDefault;
use crate::stubs::{Entry, RustForm};
use crate::types::{ExcClass, Ty};

impl Binder<'_, '_> {
    /// `value.name`; its type.
    pub fn attribute(&mut self, id: ExprId, value: ExprId, name: &str) -> Ty {
        let key = (id, 0);
        if matches!(name, "__name__" | "__qualname__" | "__module__") {
            let ty = self.expr(value, false);
            if matches!(ty, Ty::Type | Ty::ExcType) {
                return Ty::Str;
            }
        }
        let Some(con) = self.receiver(value, name, key) else {
            return match self.types.resolved.get(&key) {
                Some(Resolved::Dynamic) => Ty::Value,
                _ => Ty::Never,
            };
        };
        let program = self.s.program;
        match &con {
            Con::Class(class) | Con::Exc(ExcClass::Class(class)) => {
                if let Some(method) = self.s.find_method(*class, name) {
                    if let Some(Binding::Getter | Binding::Setter) =
                        program.functions[method].method.map(|method| method.binding)
                    {
                        let getter = self.s.classes_above(*class).into_iter().find_map(|class| {
                            program.classes[class].methods.iter().copied().find(|&method| {
                                let function = &program.functions[method];
                                function.name == name
                                    && function.method.map(|method| method.binding) == Some(Binding::Getter)
                            })
                        });
                        let function = getter.unwrap_or(method);
                        self.resolve(key, Resolved::Function { function, args: Vec::new() });
                        return self.r.result(self.s, function);
                    }
                    self.resolve(key, Resolved::Function { function: method, args: Vec::new() });
                    return self.natural(id);
                }
                if let Some(slot) = self.s.field(*class, name) {
                    self.resolve(key, Resolved::Field);
                    return self.r.inner(self.s, slot);
                }
                if program.classes[*class].flavour == Flavour::Enum && matches!(name, "name" | "value") {
                    self.resolve(key, Resolved::Field);
                    return self.natural(id);
                }
                let below = self.s.slots.hierarchy.below(*class).to_vec();
                if below.iter().any(|&class| self.s.field(class, name).is_some()) {
                    self.resolve(key, Resolved::Field);
                    return self.natural(id);
                }
                let through = self.s.methods_through(*class, name);
                // What sets a property is found first, and has its name.
                let getter = through.iter().find_map(|&method| {
                    let class = program.functions[method].method?.class;
                    program.classes[class].methods.iter().copied().find(|&other| {
                        let function = &program.functions[other];
                        function.name == name && function.method.is_some_and(|method| method.binding == Binding::Getter)
                    })
                });
                if let Some(function) = getter {
                    self.resolve(key, Resolved::Function { function, args: Vec::new() });
                    return self.r.result(self.s, function);
                }
                if name == "__class__" {
                    return Ty::Type;
                }
                if name == "__dict__" {
                    let span = self.span(id);
                    return self.unsupported(key, span, format!("`{name}` is not translated yet"), None);
                }
            }
            Con::ClassObject(ClassRef::Program(class)) => {
                if let Some(method) = self.s.find_method(*class, name) {
                    self.resolve(key, Resolved::Function { function: method, args: Vec::new() });
                    return self.natural(id);
                }
                if self.s.field(*class, name).is_some() {
                    self.resolve(key, Resolved::Field);
                    return self.natural(id);
                }
                if matches!(name, "__name__" | "__qualname__" | "__module__") {
                    return self.class_text(key, name);
                }
                let shown = program.classes[*class].name.clone();
                if is_everybodys(name) {
                    let span = self.span(key.0);
                    return self.unsupported(key, span, format!("`{name}` is not translated yet"), None);
                }
                return self.raises(key, "AttributeError", format!("type object '{shown}' has no attribute '{name}'"));
            }
            Con::Namespace(parser) => {
                if name == "__dict__" {
                    return self.natural(id);
                }
                let fields = &self.s.parsers[*parser as usize].fields;
                return match fields.iter().position(|(field, _)| field == name) {
                    Some(at) => {
                        self.resolve(key, Resolved::RecordField(at));
                        match self.natural(id) {
                            Ty::Never => Ty::None,
                            ty => ty,
                        }
                    }
                    None => self.raises(key, "AttributeError", format!("'Namespace' object has no attribute '{name}'")),
                };
            }
            Con::StubModule(module) => {
                let name = StubRef::new(&**module, name);
                return self.stub_name(id, &name);
            }
            Con::Module(_) => return self.natural(id),
            Con::Type | Con::ClassObject(_) if matches!(name, "__name__" | "__qualname__" | "__module__") => {
                // The name of a class of exceptions is a literal.
                return match self.types.final_ty(value) {
                    Ty::ExcType => Ty::Str,
                    _ => self.class_text(key, name),
                };
            }
            Con::Func(_) if matches!(name, "__name__" | "__qualname__" | "__module__" | "__doc__") => {
                return self.natural(id);
            }
            Con::ClassObject(ClassRef::Stub(class)) => {
                let class = class.clone();
                if let Some(attribute) = self.s.class_constant(&class, name) {
                    let call = StubCall {
                        of: (*class).clone(),
                        method: name.into(),
                        rust: RustForm::Path((&attribute.rust).into()),
                        args: Vec::new(),
                        nothrow: true,
                        is_async: false,
                        intrinsic: false,
                    };
                    self.resolve(key, Resolved::Stub(call));
                    return self.natural(id);
                }
                if let Some(found) = self.s.find_stub_method(&class, &[], name) {
                    self.value_of_stub(key, &found, 0);
                    return self.natural(id);
                }
            }
            _ => {}
        }
        let Some((class, args)) = self.s.class_of(&con) else {
            let span = self.span(id);
            return self.unsupported(key, span, format!("`{name}` of this value is not translated"), None);
        };
        self.at(key);
        if let Some((attribute, _)) = self.s.find_stub_attribute(&class, &args, name) {
            let call = StubCall {
                of: class,
                method: name.into(),
                rust: RustForm::Method((&attribute.rust).into()),
                args: Vec::new(),
                nothrow: attribute.nothrow,
                is_async: false,
                intrinsic: false,
            };
            self.resolve(key, Resolved::Stub(call));
            return match self.natural(id) {
                Ty::Never => Ty::None,
                ty => ty,
            };
        }
        if let Some(found) = self.s.find_stub_method(&class, &args, name) {
            self.value_of_stub(key, &found, 0);
            return self.natural(id);
        }
        let natural = self.natural(id);
        if natural == Ty::Value && matches!(con, Con::Exc(_)) {
            self.resolve(key, Resolved::Dynamic);
            return Ty::Value;
        }
        self.missing(key, &con, &class, name, &[])
    }

    /// The name of a class object.
    pub fn class_text(&mut self, key: (ExprId, u32), name: &str) -> Ty {
        let rust = if name == "__module__" { "module" } else { "name" };
        let call = StubCall {
            of: StubRef::new("builtins", "type"),
            method: name.into(),
            rust: RustForm::Method(rust.into()),
            args: Vec::new(),
            nothrow: true,
            is_async: false,
            intrinsic: false,
        };
        self.resolve(key, Resolved::Stub(call));
        Ty::Str
    }

    /// A function or method of the registry as a value: how it is called.
    pub fn value_of_stub(&mut self, key: (ExprId, u32), found: &crate::infer::solver::Found, overload: usize) {
        let Some(signature) = found.overloads().get(overload).cloned() else { return };
        if signature.intrinsic {
            return;
        }
        let args = signature
            .params
            .iter()
            .filter_map(|param| {
                let value = match &param.default {
                    None => BoundArg::Omitted,
                    Some(StubDefault::Lit(lit)) => BoundArg::Lit(StubDefault::Lit(lit.clone())),
                    Some(StubDefault::Omitted) => return None,
                };
                Some(StubArg {
                    name: param.name.clone(),
                    builder: false,
                    closure: false,
                    value,
                    pass: param.pass,
                    ty: crate::infer::resolve::simple(&param.ty),
                })
            })
            .collect();
        let call = StubCall {
            of: (*found.owner).clone(),
            method: found.method.clone(),
            rust: signature.rust.clone(),
            args,
            nothrow: signature.nothrow,
            is_async: signature.is_async,
            intrinsic: signature.intrinsic,
        };
        self.resolve(key, Resolved::Stub(call));
    }

    /// The type of a field, or of what an assignment to it takes.
    pub fn field_ty(&mut self, con: &Con, name: &str) -> Option<Ty> {
        match con {
            Con::Class(class) | Con::Exc(ExcClass::Class(class)) | Con::ClassObject(ClassRef::Program(class)) => {
                let program = self.s.program;
                let setter = self.setter(*class, name);
                if let Some(setter) = setter {
                    return program.functions[setter].params.get(1).map(|param| self.var_ty(param.var));
                }
                let slot = self.s.field(*class, name)?;
                Some(self.r.inner(self.s, slot))
            }
            Con::Namespace(parser) => {
                let fields = self.s.parsers[*parser as usize].fields.clone();
                let (_, slot) = fields.iter().find(|(field, _)| field == name)?;
                Some(self.r.inner(self.s, *slot))
            }
            con => self.stub_setter(con, name).map(|(_, ty)| ty),
        }
    }

    /// What reading a property gives, which need not be what its setter takes.
    pub fn property_ty(&mut self, con: &Con, name: &str) -> Option<Ty> {
        let (Con::Class(class) | Con::Exc(ExcClass::Class(class))) = con else { return None };
        self.setter(*class, name)?;
        let getter = self.accessor(*class, name, Binding::Getter)?;
        Some(self.r.result(self.s, getter))
    }

    /// What assigns an attribute of a class of the registry, and the type that it takes.
    fn stub_setter(&mut self, con: &Con, name: &str) -> Option<(StubCall, Ty)> {
        let (class, args) = self.s.class_of(con)?;
        let found = self.s.find_stub_method(&class, &args, &crate::stubs::signature::setter(name))?;
        let signature = found.overloads().first()?.clone();
        let param = signature.params.first()?;
        let ty = self.param_ty(&param.ty, &found.env);
        let arg = StubArg {
            name: param.name.clone(),
            builder: false,
            closure: false,
            value: BoundArg::Omitted,
            pass: param.pass,
            ty: ty.clone(),
        };
        let call = StubCall {
            of: (*found.owner).clone(),
            method: found.method.clone(),
            rust: signature.rust.clone(),
            args: vec![arg],
            nothrow: signature.nothrow,
            is_async: false,
            intrinsic: false,
        };
        Some((call, ty))
    }

    pub fn setter(&self, class: ClassId, name: &str) -> Option<FnId> {
        self.accessor(class, name, Binding::Setter)
    }

    fn accessor(&self, class: ClassId, name: &str, binding: Binding) -> Option<FnId> {
        let program = self.s.program;
        self.s.classes_above(class).into_iter().find_map(|class| {
            program.classes[class].methods.iter().copied().find(|&method| {
                let function = &program.functions[method];
                function.name == name && function.method.map(|method| method.binding) == Some(binding)
            })
        })
    }

    /// Whether an attribute cannot be assigned; says what CPython raises.
    fn read_only(&mut self, class: ClassId, name: &str, key: (ExprId, u32)) -> bool {
        let program = self.s.program;
        let getter = self.s.find_method(class, name).is_some_and(|method| {
            program.functions[method].method.is_some_and(|method| method.binding == Binding::Getter)
        });
        let of = &program.classes[class].name;
        let is_field = |class: ClassId| program.classes[class].attributes.iter().any(|field| field.name == name);
        let mut flavours = self.s.classes_above(class).into_iter().filter(|class| is_field(*class));
        let flavour = flavours.next().map(|class| program.classes[class].flavour);
        let (error, text) = match flavour {
            _ if getter => ("AttributeError", format!("property '{name}' of '{of}' object has no setter")),
            Some(Flavour::Dataclass { frozen: true, .. }) => {
                ("dataclasses::FrozenInstanceError", format!("cannot assign to field '{name}'"))
            }
            Some(Flavour::NamedTuple) => ("AttributeError", "can't set attribute".to_string()),
            _ => return false,
        };
        self.raises(key, error, text);
        true
    }

    /// `object.name = …`.
    pub fn bind_set_attribute(&mut self, object: ExprId, con: &Con, name: &str, _ty: &Ty) {
        let key = (object, place::SET_ATTR);
        match con {
            Con::Class(class) | Con::Exc(ExcClass::Class(class)) | Con::ClassObject(ClassRef::Program(class)) => {
                match self.setter(*class, name) {
                    Some(function) => self.resolve(key, Resolved::Function { function, args: Vec::new() }),
                    None if matches!(con, Con::Class(_)) && self.read_only(*class, name, key) => {}
                    None => self.resolve(key, Resolved::Field),
                }
            }
            Con::Namespace(parser) => {
                let fields = &self.s.parsers[*parser as usize].fields;
                if let Some(at) = fields.iter().position(|(field, _)| field == name) {
                    self.resolve(key, Resolved::RecordField(at));
                }
            }
            Con::Module(_) => {}
            con => {
                if let Some((call, _)) = self.stub_setter(con, name) {
                    self.resolve(key, Resolved::Stub(call));
                    return;
                }
                let span = self.span(object);
                self.unsupported(key, span, format!("assigning `{name}` of this value is not translated"), None);
            }
        }
    }

    /// A name of the registry as a value.
    pub fn stub_name(&mut self, id: ExprId, name: &StubRef) -> Ty {
        let key = (id, 0);
        let natural = self.natural(id);
        if name.name.is_empty() {
            return Ty::Module;
        }
        let Some((real, entry)) = self.s.entry(name) else {
            if self.s.stubs.module(&format!("{}.{}", name.module, name.name)).is_some() {
                return Ty::Module;
            }
            let span = self.span(id);
            return self.unsupported(key, span, format!("`{}` is not translated yet", super::call::dotted(name)), None);
        };
        match &*entry {
            Entry::Constant { rust, .. } => {
                let call = StubCall {
                    of: (*real).clone(),
                    method: "".into(),
                    rust: RustForm::Path(rust.into()),
                    args: Vec::new(),
                    nothrow: true,
                    is_async: false,
                    intrinsic: false,
                };
                self.resolve(key, Resolved::Stub(call));
                if natural == Ty::Never { Ty::None } else { natural }
            }
            Entry::Unsupported(why) => {
                let span = self.span(id);
                self.unsupported(
                    key,
                    span,
                    format!("`{}` is not translated", super::call::dotted(&real)),
                    Some(why.clone()),
                )
            }
            Entry::Module(_) => Ty::Module,
            Entry::Class(class) if class.is_exception => Ty::ExcType,
            Entry::Class(_) => Ty::Type,
            Entry::Function(_) | Entry::Alias(_) => natural,
        }
    }
}
