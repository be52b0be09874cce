//! Whether the values of a slot fit the type of a stub's parameter, and how well.

use super::shape::{ClassRef, Con, Shape, Slot, Sort};
use super::solver::Solver;
use crate::hir::StubRef;
use crate::stubs::StubTy;
use crate::types::ExcClass;

/// How well an argument fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// As it is.
    Exact,
    /// After an adjustment that cannot fail.
    Adjusted,
    /// Some of its alternatives do; the others raise TypeError.
    Partly,
    /// Not at all.
    No,
}

/// What an integer, a float or a mix of them is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numeric {
    /// `bool`.
    Bool,
    /// `i64`.
    Int,
    /// `Int`.
    Big,
    /// `f64`.
    Float,
    /// Known at run time.
    Mixed,
}

impl Solver<'_> {
    /// How the numbers among the alternatives are represented; `None`: there are none.
    pub fn numeric(&self, slot: Slot, shape: &Shape) -> Option<Numeric> {
        let mut found = None;
        let holds = |sort| shape.alts.iter().any(|con| con.sort() == sort);
        let both = shape.alts.len() > 1 && holds(Sort::Int) && holds(Sort::Float) && !holds(Sort::Bool);
        if both && self.numbers_settled && !self.is_big(slot) && !self.slots.is_told(slot) {
            return Some(Numeric::Float);
        }
        for con in &shape.alts {
            let one = match con {
                Con::Bool => Numeric::Bool,
                Con::Int if self.is_big(slot) => Numeric::Big,
                Con::Int => Numeric::Int,
                Con::Float => Numeric::Float,
                _ => continue,
            };
            found = Some(if found.is_none() { one } else { Numeric::Mixed });
        }
        found
    }

    /// How well all that may be in a slot fits a type.
    pub fn accepts(&mut self, slot: Slot, ty: &StubTy, depth: u32) -> Fit {
        let shape = self.read(slot);
        if shape.dynamic {
            return match ty {
                _ if takes_unknown(ty) => Fit::Exact,
                // What a program keeps in a variable is no slice.
                StubTy::Named(name, _) if name.module == "builtins" && name.name == "slice" => Fit::No,
                // Where there is a choice, a number of any kind.
                _ if depth == 0 && is_one_number(ty) => Fit::Partly,
                _ => Fit::Adjusted,
            };
        }
        if shape.is_bottom() || depth > 4 {
            return Fit::Exact;
        }
        match ty {
            StubTy::Any => return Fit::Adjusted,
            StubTy::Param(_) | StubTy::SelfTy | StubTy::Ellipsis | StubTy::Never | StubTy::List(_) => {
                return Fit::Exact;
            }
            StubTy::Named(name, _) if name.name == "object" && name.module == "builtins" => return Fit::Exact,
            StubTy::Named(..) | StubTy::Union(_) | StubTy::None => {}
        }
        let (mut best, mut worst) = (Fit::No, Fit::Exact);
        let mut see = |fit: Fit| {
            best = best.min(fit);
            worst = worst.max(fit);
        };
        if shape.none {
            see(if accepts_none(ty) { Fit::Exact } else { Fit::No });
        }
        if let Some(numeric) = self.numeric(slot, &shape) {
            see(accepts_number(numeric, ty));
        }
        for con in &shape.alts {
            if !con.is_number() {
                let fit = self.accepts_con(con, ty, depth);
                best = best.min(fit);
                worst = worst.max(fit);
            }
        }
        if worst == Fit::No && best != Fit::No { Fit::Partly } else { worst }
    }

    fn accepts_con(&mut self, con: &Con, ty: &StubTy, depth: u32) -> Fit {
        match ty {
            StubTy::Any => Fit::Adjusted,
            StubTy::Param(_) | StubTy::SelfTy | StubTy::Ellipsis | StubTy::Never | StubTy::List(_) => Fit::Exact,
            StubTy::None => Fit::No,
            StubTy::Union(parts) => {
                parts.iter().map(|part| self.accepts_con(con, part, depth)).min().unwrap_or(Fit::No)
            }
            StubTy::Named(name, args) if name.module == "typing" => self.accepts_protocol(con, &name.name, args, depth),
            StubTy::Named(name, args) => self.accepts_class(con, name, args, depth),
        }
    }

    fn accepts_protocol(&mut self, con: &Con, name: &str, args: &[StubTy], depth: u32) -> Fit {
        match name {
            "Iterable" | "Collection" | "Sequence" | "Container" | "Reversible" | "MutableSequence" | "Set"
            | "Iterator" => {
                let fits = match name {
                    "Iterator" => match con {
                        Con::Iter(_) | Con::Gen(..) => true,
                        Con::Class(_) | Con::Stub(..) => self.has_method(con, "__next__"),
                        _ => false,
                    },
                    "Sequence" | "Reversible" | "MutableSequence" => matches!(
                        con.sort(),
                        Sort::List | Sort::Tuple | Sort::Range | Sort::Str | Sort::Bytes | Sort::Stub | Sort::Class
                    ),
                    _ => true,
                };
                match self.element(con, false) {
                    Some(element) if fits => match args.first() {
                        Some(ty) => self.accepts_element(element, ty, depth),
                        None => Fit::Exact,
                    },
                    _ => Fit::No,
                }
            }
            "AsyncIterable" | "AsyncIterator" | "AsyncGenerator" => match self.element(con, true) {
                Some(_) => Fit::Exact,
                None => Fit::No,
            },
            "Awaitable" => match self.awaited(con) {
                Some(_) => Fit::Exact,
                None => Fit::No,
            },
            "Coroutine" => {
                if con.sort() == Sort::Coro {
                    Fit::Exact
                } else {
                    Fit::No
                }
            }
            "Generator" => {
                if con.sort() == Sort::Gen {
                    Fit::Exact
                } else {
                    Fit::No
                }
            }
            "Callable" => match con {
                Con::Func(_) | Con::ClassObject(_) => Fit::Exact,
                Con::Class(_) if self.has_method(con, "__call__") => Fit::Exact,
                _ => Fit::No,
            },
            // A text as it is, a path as its text.
            "StrPath" => match con {
                Con::Str => Fit::Exact,
                Con::Stub(class, _) if class.module == "pathlib" => Fit::Adjusted,
                _ => Fit::No,
            },
            "Mapping" | "MutableMapping" => match con.sort() {
                Sort::Dict => Fit::Exact,
                _ if self.has_method(con, "keys") => Fit::Exact,
                _ => Fit::No,
            },
            _ => Fit::Exact,
        }
    }

    /// Elements are not converted one by one: what would need it does not fit exactly.
    fn accepts_element(&mut self, element: Slot, ty: &StubTy, depth: u32) -> Fit {
        match self.accepts(element, ty, depth + 1) {
            Fit::Partly => Fit::No,
            Fit::Adjusted
                if self.read(element).alts.iter().any(|con| matches!(con, Con::Stub(class, _) if is_buffer(class))) =>
            {
                Fit::No
            }
            fit => fit,
        }
    }

    fn accepts_class(&mut self, con: &Con, name: &StubRef, args: &[StubTy], depth: u32) -> Fit {
        let builtin = name.module == "builtins";
        let fits = match con {
            Con::Str => builtin && name.name == "str",
            Con::Bytes => builtin && name.name == "bytes",
            Con::Range => builtin && name.name == "range",
            Con::Gen(..) => builtin && name.name == "generator",
            Con::AsyncGen(..) => builtin && name.name == "async_generator",
            Con::Coro(_) => builtin && name.name == "coroutine",
            Con::List(_) => builtin && name.name == "list",
            Con::Dict(..) => builtin && name.name == "dict",
            Con::Set(_) => builtin && name.name == "set",
            Con::FrozenSet(_) => builtin && name.name == "frozenset",
            Con::Ellipsis => builtin && name.name == "ellipsis",
            Con::Type | Con::ClassObject(_) => builtin && name.name == "type",
            Con::Tuple(items) if builtin && name.name == "tuple" => match args {
                [of, StubTy::Ellipsis] => {
                    let fits: Vec<Fit> = items.iter().map(|&item| self.accepts_element(item, of, depth)).collect();
                    return fits.into_iter().max().unwrap_or(Fit::Exact).max(Fit::Adjusted);
                }
                [] => return Fit::Exact,
                _ if args.len() == items.len() => {
                    let mut worst = Fit::Exact;
                    for (&item, ty) in items.iter().zip(args) {
                        worst = worst.max(self.accepts(item, ty, depth + 1));
                    }
                    return worst;
                }
                _ => false,
            },
            Con::VarTuple(item) if builtin && name.name == "tuple" => match args {
                [of, StubTy::Ellipsis] => return self.accepts_element(*item, of, depth),
                _ => args.is_empty(),
            },
            Con::Task(_) => name.module == "asyncio" && matches!(&*name.name, "Task" | "Future"),
            Con::Future(_) => name.module == "asyncio" && name.name == "Future",
            Con::Exc(class) => {
                let class = class.clone();
                self.entry(name);
                self.slots.hierarchy.is_subclass(&class, &ExcClass::Stub(name.clone()))
            }
            // A copy of what it holds now.
            Con::Stub(class, _) if builtin && name.name == "bytes" && is_buffer(class) => return Fit::Adjusted,
            Con::Stub(class, _) => {
                let class = class.clone();
                self.is_stub_subclass(&class, name)
            }
            Con::Class(class) => {
                let above = self.slots.hierarchy.above(*class).to_vec();
                above.iter().any(|base| matches!(base, crate::hir::Base::Stub(base) if base == name))
            }
            _ => false,
        };
        if !fits {
            return Fit::No;
        }
        // The element types of a container are what they are.
        for (slot, ty) in con.args().into_iter().zip(args) {
            if !matches!(ty, StubTy::Param(_) | StubTy::Any) && self.accepts(slot, ty, depth + 1) != Fit::Exact {
                return Fit::No;
            }
        }
        Fit::Exact
    }

    /// Whether a class of the registry is another or below it.
    pub fn is_stub_subclass(&mut self, class: &StubRef, base: &StubRef) -> bool {
        if class == base {
            return true;
        }
        let Some((_, entry)) = self.entry(class) else { return false };
        let crate::stubs::Entry::Class(stub) = &*entry else { return false };
        stub.bases
            .iter()
            .any(|above| matches!(above, StubTy::Named(name, _) if name != class && self.is_stub_subclass(name, base)))
    }

    /// `type(x)`: the class of an object, or one below.
    pub fn class_of_object(&mut self, con: &Con, out: Slot) {
        match self.class_ref(con) {
            Some(ClassRef::Program(class)) => {
                let program = self.program;
                for below in self.slots.hierarchy.below(class).to_vec() {
                    let of = &program.classes[below];
                    if of.made || of.methods.iter().any(|&method| program.functions[method].is_abstract) {
                        continue;
                    }
                    self.slots.add(out, Con::ClassObject(ClassRef::Program(below)));
                }
            }
            Some(class) => self.slots.add(out, Con::ClassObject(class)),
            None => self.slots.add(out, Con::Type),
        }
    }

    /// The class object that a constructor's instances have, for `isinstance`.
    pub fn class_ref(&self, con: &Con) -> Option<ClassRef> {
        match con {
            Con::Class(class) | Con::Exc(ExcClass::Class(class)) => Some(ClassRef::Program(*class)),
            Con::Stub(name, _) => Some(ClassRef::Stub(name.clone())),
            Con::Exc(ExcClass::Stub(name)) => Some(ClassRef::Stub(std::rc::Rc::new(name.clone()))),
            _ => None,
        }
    }
}

/// `bytearray` or `memoryview`.
pub fn is_buffer(class: &StubRef) -> bool {
    class.module == "builtins" && matches!(class.name.as_str(), "bytearray" | "memoryview")
}

/// Whether a parameter takes a value of unknown type as it is, or what comes out of one.
fn takes_unknown(ty: &StubTy) -> bool {
    match ty {
        StubTy::Any | StubTy::Param(_) => true,
        StubTy::Named(name, args) if name.module == "typing" => {
            matches!(&*name.name, "Iterable" | "Iterator" | "Collection" | "Sequence")
                && matches!(args.first(), Some(StubTy::Any))
        }
        _ => false,
    }
}

/// `int`, `float`, or an iterable of them.
fn is_one_number(ty: &StubTy) -> bool {
    let StubTy::Named(name, args) = ty else { return false };
    match (name.module.as_str(), name.name.as_str()) {
        ("builtins", "int" | "float" | "BigInt") => true,
        ("typing", "Iterable") => args.first().is_some_and(is_one_number),
        _ => false,
    }
}

fn accepts_none(ty: &StubTy) -> bool {
    match ty {
        StubTy::None | StubTy::Any | StubTy::Param(_) => true,
        StubTy::Union(parts) => parts.iter().any(accepts_none),
        StubTy::Named(name, _) => name.name == "object" || name.name == "Hashable",
        StubTy::SelfTy | StubTy::Ellipsis | StubTy::Never | StubTy::List(_) => false,
    }
}

fn accepts_number(numeric: Numeric, ty: &StubTy) -> Fit {
    match ty {
        StubTy::Any => Fit::Adjusted,
        StubTy::Param(_) => Fit::Exact,
        StubTy::Union(parts) => parts.iter().map(|part| accepts_number(numeric, part)).min().unwrap_or(Fit::No),
        StubTy::Named(name, _) if name.module == "builtins" => match (&*name.name, numeric) {
            ("object", _) => Fit::Exact,
            ("bool", Numeric::Bool)
            | ("int", Numeric::Int)
            | ("BigInt", Numeric::Big)
            | ("float", Numeric::Float)
            | ("Number", Numeric::Mixed) => Fit::Exact,
            ("int" | "BigInt", Numeric::Bool) => Fit::Adjusted,
            ("BigInt", Numeric::Int) => Fit::Adjusted,
            ("float", Numeric::Bool | Numeric::Int) => Fit::Adjusted,
            ("Number", _) => Fit::Adjusted,
            // Out of range raises OverflowError, as many of CPython's own do.
            ("int" | "float", Numeric::Big) => Fit::Partly,
            ("int" | "float" | "BigInt", Numeric::Mixed) => Fit::Partly,
            _ => Fit::No,
        },
        StubTy::Named(name, _) if matches!(&*name.name, "SupportsFloat" | "SupportsInt" | "Hashable") => Fit::Exact,
        _ => Fit::No,
    }
}
