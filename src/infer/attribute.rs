//! Attributes: what reading one gives, and where assigning one flows to.

use std::rc::Rc;

use super::shape::{Callable, ClassRef, Con, Slot};
use super::solver::{Argument, Given, Site, Solver};
use crate::hir::{Binding, Flavour, StubRef};
use crate::stubs::{Entry, StubTy};
use crate::types::ExcClass;

impl Solver<'_> {
    /// `value.name`.
    pub fn attribute(&mut self, con: &Con, value: Slot, name: &str, out: Slot) {
        let says_name = matches!(name, "__name__" | "__qualname__" | "__module__");
        if says_name && matches!(con, Con::Func(_) | Con::ClassObject(_) | Con::Type) {
            return self.slots.add(out, Con::Str);
        }
        if let Some(class) = self.exception_having(con, name) {
            let con = Con::Exc(class);
            let value = self.own_con_of(&con);
            return self.attribute(&con, value, name, out);
        }
        match con {
            Con::Class(class) | Con::Exc(ExcClass::Class(class)) => {
                let methods = self.methods_through(*class, name);
                let mut found = false;
                for &method in methods.iter() {
                    found = true;
                    let bound = self.program.functions[method].method;
                    // The setter has the property's name as well, and comes after what reads it.
                    let getter = bound.filter(|of| of.binding == Binding::Setter).and_then(|of| {
                        self.program.classes[of.class].methods.iter().copied().find(|&other| {
                            let function = &self.program.functions[other];
                            function.name == name
                                && function.method.is_some_and(|method| method.binding == Binding::Getter)
                        })
                    });
                    let method = getter.unwrap_or(method);
                    let value = match (con, bound) {
                        (Con::Class(class), Some(of))
                            if of.class != *class && self.slots.hierarchy.is_subclass_of(of.class, *class) =>
                        {
                            self.own_con_of(&Con::Class(of.class))
                        }
                        (Con::Exc(_), Some(of)) => self.own_exception(of.class),
                        _ => value,
                    };
                    match bound.map(|method| method.binding) {
                        Some(Binding::Getter | Binding::Setter) => self.call_function(method, Some(value), &[], out),
                        Some(Binding::Static) => self.slots.add(out, Con::Func(Callable::Program(method, None))),
                        _ => {
                            self.used.insert(method);
                            let this = self.own_con_of(con);
                            self.slots.add(out, Con::Func(Callable::Program(method, Some(this))));
                        }
                    }
                }
                if found {
                    return;
                }
                if self.program.classes[*class].flavour == Flavour::Enum && matches!(name, "name" | "_name_") {
                    return self.slots.add(out, Con::Str);
                }
                if self.program.classes[*class].flavour == Flavour::Enum && matches!(name, "value" | "_value_") {
                    for (_, slot) in self.fields.get(class).cloned().unwrap_or_default() {
                        self.slots.flow(slot, out);
                    }
                    return;
                }
                if let Some(slot) = self.field(*class, name) {
                    self.slots.flow(slot, out);
                    return;
                }
                // A field that only a class below has: used through its base.
                let mut found = false;
                for below in self.slots.hierarchy.below(*class).to_vec() {
                    if let Some(slot) = self.field(below, name) {
                        self.slots.flow(slot, out);
                        found = true;
                    }
                }
                // An assignment from outside the class may make it one later.
                let announced = self.announced(name);
                self.read(announced);
                if found {
                    return;
                }
            }
            Con::ClassObject(ClassRef::Program(class)) => {
                if let Some(method) = self.find_method(*class, name) {
                    self.used.insert(method);
                    self.slots.add(out, Con::Func(Callable::Program(method, None)));
                    return;
                }
                if let Some(slot) = self.field(*class, name) {
                    if self.program.classes[*class].flavour == Flavour::Enum {
                        self.slots.add(out, Con::Class(*class));
                    } else {
                        self.slots.flow(slot, out);
                    }
                    return;
                }
            }
            Con::ClassObject(ClassRef::Stub(class))
                if !matches!(name, "__name__" | "__qualname__" | "__module__" | "__doc__")
                    && self.find_stub_method(class, &[], name).is_some() =>
            {
                self.slots.add(out, Con::Func(Callable::Unbound(class.clone(), Rc::from(name))));
                return;
            }
            Con::ClassObject(ClassRef::Stub(class)) if self.class_constant(class, name).is_some() => {
                if let Some(attribute) = self.class_constant(class, name) {
                    self.fill(out, &attribute.ty, &Vec::new(), None);
                }
                return;
            }
            Con::Namespace(parser) => {
                if name == "__dict__" {
                    self.slots.add(out, con.clone());
                    return;
                }
                let fields = self.parsers[*parser as usize].fields.clone();
                if let Some((_, slot)) = fields.iter().find(|(field, _)| field == name) {
                    self.slots.flow(*slot, out);
                }
                return;
            }
            Con::StubModule(module) => {
                let name = StubRef::new(&**module, name);
                self.stub_value(&name, out);
                return;
            }
            Con::Module(module) => {
                let vars = &self.program.modules[*module].vars;
                let found: Vec<_> = vars.iter().copied().filter(|&var| self.program.vars[var].name == name).collect();
                for var in found {
                    let slot = self.var(var);
                    self.slots.flow(slot, out);
                }
                let function = self.program.functions.iter().find(|(_, function)| {
                    function.module == *module
                        && function.parent.is_none()
                        && function.method.is_none()
                        && function.name == name
                });
                if let Some((function, _)) = function {
                    self.slots.add(out, Con::Func(Callable::Program(function, None)));
                }
                let class = self
                    .program
                    .classes
                    .iter()
                    .find(|(_, class)| class.module == *module && class.parent.is_none() && class.name == name);
                if let Some((class, _)) = class {
                    self.slots.add(out, Con::ClassObject(ClassRef::Program(class)));
                }
                return;
            }
            Con::Func(_) if name == "__doc__" => {
                self.slots.add(out, Con::Str);
                self.slots.add_none(out);
                return;
            }
            _ => {}
        }
        if let (Con::Exc(ExcClass::Stub(class)), "value") = (con, name)
            && class.name == "StopIteration"
        {
            self.slots.make_dynamic(out);
            return;
        }
        if name == "__class__" {
            self.class_of_object(con, out);
            return;
        }
        let Some((class, args)) = self.class_of(con) else { return };
        if let Some((attribute, env)) = self.find_stub_attribute(&class, &args, name) {
            let number = format!("{name}{class:?}")
                .bytes()
                .fold(7_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
            let known = self.scratch.contains_key(&(self.now, number));
            let slot = self.own_slot(number);
            if !known {
                self.fill(slot, &attribute.ty, &env, Some(con));
            }
            self.slots.flow(slot, out);
            return;
        }
        if self.find_stub_method(&class, &args, name).is_some() {
            self.slots.add(out, super::solver::bound(value, name));
            return;
        }
        if self.unsupported_member(&class, name).is_some() {
            self.slots.make_dynamic(out);
        }
    }

    /// `timezone.utc`: an attribute of a class of the registry itself.
    pub fn class_constant(&mut self, class: &StubRef, name: &str) -> Option<crate::stubs::AttributeStub> {
        let (attribute, _) = self.find_stub_attribute(class, &[], name)?;
        attribute.rust.contains("::").then_some(attribute)
    }

    /// A name of the registry as a value.
    pub fn stub_value(&mut self, name: &StubRef, out: Slot) {
        if name.name.is_empty() {
            self.slots.add(out, Con::StubModule(Rc::from(&*name.module)));
            return;
        }
        let Some((real, entry)) = self.entry(name) else {
            let module = format!("{}.{}", name.module, name.name);
            if self.stubs.module(&module).is_some() {
                self.slots.add(out, Con::StubModule(Rc::from(&*module)));
            } else {
                self.slots.make_dynamic(out);
            }
            return;
        };
        match &*entry {
            Entry::Function(_) => self.slots.add(out, Con::Func(Callable::Stub(real))),
            Entry::Class(_) => self.slots.add(out, Con::ClassObject(ClassRef::Stub(real))),
            Entry::Constant { ty, .. } => {
                let ty: StubTy = ty.clone();
                self.fill(out, &ty, &Vec::new(), None);
            }
            Entry::Module(module) => self.slots.add(out, Con::StubModule(Rc::from(&**module))),
            Entry::Alias(_) | Entry::Unsupported(_) => self.slots.make_dynamic(out),
        }
    }

    /// What reads a field of this name that no class has yet, reads this.
    fn announced(&mut self, name: &str) -> Slot {
        if let Some(&slot) = self.announced.get(name) {
            return slot;
        }
        let slot = self.slots.fresh();
        self.announced.insert(name.to_string(), slot);
        slot
    }

    pub fn set_attribute(&mut self, object: Slot, name: &str, value: Slot) {
        let shape = self.read(object);
        for con in &shape.alts {
            match con {
                Con::Class(class) | Con::Exc(ExcClass::Class(class)) | Con::ClassObject(ClassRef::Program(class)) => {
                    let setter = self.program.classes[*class].methods.iter().copied().find(|&method| {
                        let function = &self.program.functions[method];
                        function.name == name && function.method.map(|method| method.binding) == Some(Binding::Setter)
                    });
                    if let Some(setter) = setter {
                        let ignored = self.own_slot(0x7365_7400);
                        let args = [Argument { given: Given::Positional, slot: value, expr: None }];
                        self.call_function(setter, Some(object), &args, ignored);
                        continue;
                    }
                    let slot = match self.field(*class, name) {
                        Some(slot) => slot,
                        None => {
                            let slot = self.slots.fresh();
                            self.fields.entry(*class).or_default().push((name.to_string(), slot));
                            let announced = self.announced(name);
                            self.slots.wake(announced);
                            slot
                        }
                    };
                    self.slots.flow(value, slot);
                }
                Con::Namespace(parser) => {
                    let fields = self.parsers[*parser as usize].fields.clone();
                    if let Some((_, slot)) = fields.iter().find(|(field, _)| field == name) {
                        self.slots.flow(value, *slot);
                    }
                }
                Con::Module(module) => {
                    let vars = self.program.modules[*module].vars.clone();
                    for var in vars.into_iter().filter(|&var| self.program.vars[var].name == name) {
                        let slot = self.var(var);
                        self.slots.flow(value, slot);
                    }
                }
                con => {
                    let Some((class, args)) = self.class_of(con) else { continue };
                    let setter = crate::stubs::signature::setter(name);
                    if let Some(found) = self.find_stub_method(&class, &args, &setter) {
                        let ignored = self.own_slot(0x7365_7401);
                        let args = [Argument { given: Given::Positional, slot: value, expr: None }];
                        self.call_found(&found, con, None, &args, ignored);
                    }
                }
            }
        }
    }

    pub fn call_super(&mut self, class: crate::hir::ClassId, recv: Slot, name: &str, site: &Site) {
        // On objects of a class with several bases it may mean another method.
        for below in self.slots.hierarchy.below(class).to_vec() {
            let all = self.classes_above(below);
            let after = all.iter().position(|other| *other == class).map_or(0, |at| at + 1);
            let next = all[after..].iter().find_map(|&other| {
                let methods = self.program.classes[other].methods.iter().rev().copied();
                methods.into_iter().find(|&method| self.program.functions[method].name == name)
            });
            if let Some(next) = next {
                self.call_function(next, Some(recv), &site.args, site.out);
            }
        }
        let above = self.slots.hierarchy.above(class).to_vec();
        for base in above.into_iter().skip(1) {
            match base {
                crate::hir::Base::Class(id) => {
                    let own = self.program.classes[id].methods.iter().copied().rev();
                    let method = own.clone().find(|&method| self.program.functions[method].name == name);
                    if let Some(method) = method {
                        self.call_function(method, Some(recv), &site.args, site.out);
                        return;
                    }
                }
                crate::hir::Base::Stub(stub) => {
                    if name == "__init__" {
                        site.args.iter().for_each(|arg| self.slots.tell(arg.slot));
                        self.slots.add_none(site.out);
                        return;
                    }
                    if let Some(found) = self.find_stub_method(&stub, &[], name) {
                        self.call_found(&found, &Con::Class(class), None, &site.args, site.out);
                        return;
                    }
                }
            }
        }
        if name == "__init__" {
            self.slots.add_none(site.out);
        }
    }
}
