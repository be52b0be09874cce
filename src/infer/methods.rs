//! Method calls: of every alternative that has the method.

use super::shape::{ClassRef, Con, Slot};
use super::solver::{Argument, Given, Solver};
use crate::hir::{Binding, ClassId};
use crate::stubs::Entry;
use crate::types::ExcClass;

impl Solver<'_> {
    /// `recv.name(args)`: every alternative that has the method.
    pub fn call_method_of(&mut self, recv: Slot, name: &str, args: &[Argument], out: Slot) {
        let shape = self.read(recv);
        if shape.dynamic {
            self.slots.make_dynamic(out);
            return;
        }
        let mut numbers = false;
        for con in &shape.alts {
            let one = if con.is_number() {
                if std::mem::replace(&mut numbers, true) {
                    continue;
                }
                recv
            } else if shape.alts.len() == 1 && !shape.none {
                recv
            } else {
                self.own_con(recv, con)
            };
            self.call_method(con, one, name, args, out);
        }
    }

    /// A method of one alternative.
    pub fn call_method(&mut self, con: &Con, recv: Slot, name: &str, args: &[Argument], out: Slot) {
        if let Some(class) = self.exception_having(con, name) {
            let con = Con::Exc(class);
            let recv = self.own_con_of(&con);
            return self.call_method(&con, recv, name, args, out);
        }
        match con {
            Con::Class(class) | Con::Exc(ExcClass::Class(class)) => {
                let methods = self.methods_through(*class, name);
                if !methods.is_empty() {
                    for &method in methods.iter() {
                        let bound = self.program.functions[method].method;
                        let binding = bound.map(|method| method.binding);
                        // An override below is called on instances of its own class.
                        let recv = match (con, bound) {
                            (Con::Class(class), Some(of))
                                if of.class != *class && self.slots.hierarchy.is_subclass_of(of.class, *class) =>
                            {
                                self.own_con_of(&Con::Class(of.class))
                            }
                            (Con::Exc(_), Some(of)) => self.own_exception(of.class),
                            _ => recv,
                        };
                        match binding {
                            Some(Binding::Static) => self.call_function(method, None, args, out),
                            Some(Binding::Getter) => {
                                let value = self.own_slot(0x6765_7400 ^ u64::from(method.raw()));
                                self.call_function(method, Some(recv), &[], value);
                                for con in self.read(value).alts {
                                    self.call_value(&con, args, out);
                                }
                            }
                            _ => self.call_function(method, Some(recv), args, out),
                        }
                    }
                    return;
                }
                if let Some(field) = self.field(*class, name) {
                    let shape = self.read(field);
                    if shape.dynamic {
                        self.slots.make_dynamic(out);
                    }
                    for con in shape.alts {
                        self.call_value(&con, args, out);
                    }
                    return;
                }
            }
            Con::ClassObject(ClassRef::Program(class)) => {
                if let Some(method) = self.find_method(*class, name) {
                    match self.program.functions[method].method.map(|method| method.binding) {
                        Some(Binding::Class) => self.call_function(method, Some(recv), args, out),
                        // `Base.method(self, …)`: as on an object of that class.
                        Some(Binding::Instance) if self.is_given(args, *class) => {
                            let this = self.own_con_of(&Con::Class(*class));
                            self.call_function(method, Some(this), &args[1..], out);
                        }
                        _ => self.call_function(method, None, args, out),
                    }
                    return;
                }
            }
            Con::ClassObject(ClassRef::Stub(class)) => {
                // `str.strip` applied to its receiver, or a static method such as `bytes.fromhex`.
                let class = (**class).clone();
                if let Some(found) = self.find_stub_method(&class, &[], name) {
                    let params: Vec<Slot> = match &*found.entry {
                        Entry::Class(stub) => {
                            (0..stub.params.len()).map(|at| self.own_slot(0x7374_0000 + at as u64)).collect()
                        }
                        _ => Vec::new(),
                    };
                    if let Some(found) = self.find_stub_method(&class, &params, name) {
                        if self.select(&found, None, args).is_none() && !args.is_empty() {
                            self.call_method_of(args[0].slot, name, &args[1..], out);
                        } else {
                            self.call_found(&found, con, None, args, out);
                        }
                    }
                }
                return;
            }
            Con::Module(_) | Con::StubModule(_) => {
                let value = self.named_slot("member", &(con, name));
                self.attribute(con, recv, name, value);
                for con in self.read(value).alts {
                    self.call_value(&con, args, out);
                }
                return;
            }
            _ => {}
        }
        if self.method_special(con, name, args, out) {
            return;
        }
        let Some((class, class_args)) = self.class_of(con) else { return };
        if let Some(found) = self.find_stub_method(&class, &class_args, name) {
            let receiver = con.is_number().then_some(recv);
            return self.call_found(&found, con, receiver, args, out);
        }
        if self.find_stub_attribute(&class, &class_args, name).is_some() {
            let value = self.named_slot("member", &(con, name));
            self.attribute(con, recv, name, value);
            for con in self.read(value).alts {
                self.call_value(&con, args, out);
            }
            return;
        }
        // Reported when it is bound; what follows is dynamic.
        if self.unsupported_member(&class, name).is_some() {
            self.slots.make_dynamic(out);
        }
    }

    /// Whether the first argument is an object of the class, or one above or below.
    fn is_given(&mut self, args: &[Argument], class: ClassId) -> bool {
        let Some(first) = args.first().filter(|arg| arg.given == Given::Positional) else { return false };
        let shape = self.read(first.slot);
        let related = |con: &Con| match con {
            Con::Class(other) => {
                self.slots.hierarchy.is_subclass_of(*other, class) || self.slots.hierarchy.is_subclass_of(class, *other)
            }
            _ => false,
        };
        !shape.alts.is_empty() && shape.alts.iter().all(related)
    }
}
