//! Tests: which alternatives they let through.

use super::shape::{Con, Slot, Sort};
use super::solver::{ClassTest, Filter, Solver};
use crate::stubs::Entry;
use crate::types::ExcClass;

impl Solver<'_> {
    pub fn narrow(&mut self, from: Slot, filter: &Filter, to: Slot) {
        let shape = self.read(from);
        if shape.dynamic {
            self.slots.make_dynamic(to);
            return;
        }
        let keeps_none = match filter {
            Filter::NotNone | Filter::Instance(_) => false,
            Filter::OnlyNone => true,
            Filter::NotInstance(_) => true,
            Filter::Like(other) => {
                let other = self.read(*other);
                other.none || other.dynamic
            }
        };
        if shape.none && keeps_none {
            self.slots.add_none(to);
        }
        let numbers = shape.alts.iter().filter(|con| con.is_number()).count() > 1;
        let mixed = shape.alts.iter().any(|con| con.sort() == Sort::Iter) && shape.alts.len() > 1;
        for con in &shape.alts {
            let keep = match filter {
                Filter::NotNone => true,
                Filter::OnlyNone => false,
                Filter::Instance(tests) => self.may_be(con, tests),
                Filter::NotInstance(tests) => !self.must_be(con, tests),
                Filter::Like(other) => {
                    let other = self.read(*other);
                    other.dynamic
                        || mixed && con.is_iterable()
                        || other
                            .alts
                            .iter()
                            .any(|alt| alt.sort() == con.sort() || numbers && con.is_number() && alt.is_number())
                }
            };
            // A `Number` is one alternative, whichever of its kinds a test asks for.
            let keep = keep
                || numbers
                    && con.is_number()
                    && match filter {
                        Filter::Instance(tests) => {
                            shape.alts.iter().any(|alt| alt.is_number() && self.may_be(alt, tests))
                        }
                        Filter::NotInstance(tests) => {
                            shape.alts.iter().any(|alt| alt.is_number() && !self.must_be(alt, tests))
                        }
                        _ => false,
                    };
            if !keep {
                continue;
            }
            match (filter, con) {
                (Filter::Instance(tests), Con::Outcome(value)) => {
                    for con in self.read(*value).alts {
                        if self.may_be(&con, tests) {
                            self.slots.add(to, con);
                        }
                    }
                    for test in tests.iter() {
                        if let Some(class) = self.exception_test(test) {
                            self.slots.add(to, Con::Exc(class));
                        }
                    }
                }
                // What is no exception is the value. (A CancelledError, which is no Exception, is told by its own test.)
                (Filter::NotInstance(tests), Con::Outcome(value)) if tests.iter().any(|test| matches!(test, ClassTest::Stub(name) if matches!(&*name.name, "Exception" | "BaseException"))) => {
                    self.slots.flow(*value, to);
                }
                (Filter::Instance(tests), Con::Class(class)) => {
                    // Down to the classes that are asked for.
                    for test in tests.iter() {
                        match test {
                            ClassTest::Program(wanted) if self.slots.hierarchy.is_subclass_of(*wanted, *class) => {
                                self.slots.add(to, Con::Class(*wanted));
                            }
                            ClassTest::Program(wanted) if self.slots.hierarchy.is_subclass_of(*class, *wanted) => {
                                self.slots.add(to, con.clone());
                            }
                            _ => {}
                        }
                    }
                }
                (Filter::Instance(tests), Con::Exc(class)) => {
                    for test in tests.iter() {
                        let wanted = match test {
                            ClassTest::Program(id) => ExcClass::Class(*id),
                            ClassTest::Stub(name) => ExcClass::Stub(name.clone()),
                        };
                        let down = self.slots.hierarchy.is_subclass(&wanted, class);
                        self.slots.add(to, Con::Exc(if down { wanted } else { class.clone() }));
                    }
                }
                _ => self.slots.add(to, con.clone()),
            }
        }
    }

    /// The exception class that a test asks for.
    pub fn exception_test(&mut self, test: &ClassTest) -> Option<ExcClass> {
        match test {
            ClassTest::Program(id) => self.slots.hierarchy.is_exception(*id).then_some(ExcClass::Class(*id)),
            ClassTest::Stub(name) => match self.entry(name) {
                Some((real, entry)) if matches!(&*entry, Entry::Class(class) if class.is_exception) => {
                    Some(ExcClass::Stub((*real).clone()))
                }
                _ => None,
            },
        }
    }

    /// Whether an instance test may let an alternative through.
    pub fn may_be(&mut self, con: &Con, tests: &[ClassTest]) -> bool {
        tests.iter().any(|test| match (con, test) {
            (Con::Outcome(_), _) => true,
            (Con::Class(class), ClassTest::Program(wanted)) => {
                self.slots.hierarchy.is_subclass_of(*class, *wanted)
                    || self.slots.hierarchy.is_subclass_of(*wanted, *class)
            }
            (Con::Exc(class), test) => {
                let wanted = match test {
                    ClassTest::Program(id) => ExcClass::Class(*id),
                    ClassTest::Stub(name) => ExcClass::Stub(name.clone()),
                };
                let hierarchy = &self.slots.hierarchy;
                hierarchy.is_subclass(class, &wanted)
                    || hierarchy.is_subclass(&wanted, class)
                    || self.program.classes.ids().any(|id| {
                        let below = ExcClass::Class(id);
                        hierarchy.is_subclass(&below, class) && hierarchy.is_subclass(&below, &wanted)
                    })
            }
            (_, ClassTest::Stub(_)) => self.must_be(con, std::slice::from_ref(test)),
            _ => false,
        })
    }

    /// Whether an instance test lets every value of an alternative through.
    pub fn must_be(&mut self, con: &Con, tests: &[ClassTest]) -> bool {
        tests.iter().any(|test| match (con, test) {
            (Con::Class(class), ClassTest::Program(wanted)) => self.slots.hierarchy.is_subclass_of(*class, *wanted),
            (Con::Exc(class), ClassTest::Program(id)) => self.slots.hierarchy.is_subclass(class, &ExcClass::Class(*id)),
            (Con::Exc(class), ClassTest::Stub(name)) => {
                self.slots.hierarchy.is_subclass(class, &ExcClass::Stub(name.clone())) || name.name == "object"
            }
            (Con::Tuple(_) | Con::VarTuple(_), ClassTest::Stub(name)) => {
                matches!(&*name.name, "tuple" | "object" | "Sequence")
            }
            (con, ClassTest::Stub(name)) => {
                if name.name == "object" {
                    return true;
                }
                match self.class_of(con) {
                    Some((class, _)) => {
                        class == *name || self.is_stub_subclass(&class, name) || is_abstract_of(con, &name.name)
                    }
                    None => is_abstract_of(con, &name.name),
                }
            }
            _ => false,
        })
    }
}

/// Abstract classes of `collections.abc` and `numbers` that built-in types belong to.
fn is_abstract_of(con: &Con, name: &str) -> bool {
    match name {
        "Iterable" | "Collection" | "Container" | "Sized" => con.is_iterable() || matches!(con, Con::Str | Con::Bytes),
        "Sequence" => matches!(con.sort(), Sort::List | Sort::Tuple | Sort::Range | Sort::Str | Sort::Bytes),
        "Mapping" | "MutableMapping" => con.sort() == Sort::Dict,
        "Number" | "Real" => con.is_number(),
        "Integral" => matches!(con, Con::Int | Con::Bool),
        "Callable" => matches!(con.sort(), Sort::Func | Sort::ClassObject),
        "Awaitable" => matches!(con.sort(), Sort::Coro | Sort::Task | Sort::Future),
        "Coroutine" => con.sort() == Sort::Coro,
        "Future" => matches!(con.sort(), Sort::Task | Sort::Future),
        _ => false,
    }
}
