//! Protocols: what iterating, awaiting and entering a value gives, and taking it apart.

use std::rc::Rc;

use super::shape::{ClassRef, Con, Slot};
use super::solver::{Argument, Given, Solver};
use crate::hir::{Flavour, StubRef};
use crate::types::ExcClass;

impl Solver<'_> {
    /// What iterating an alternative gives.
    pub fn element(&mut self, con: &Con, is_async: bool) -> Option<Slot> {
        if is_async {
            return match con {
                Con::AsyncGen(yields, _) => Some(*yields),
                Con::Class(_) | Con::Stub(..) => {
                    let out = self.own_con_out(con, 0x61_6974);
                    let next = self.own_con_out(con, 0x61_6e78);
                    let this = self.own_con_of(con);
                    let iterator = self.own_con_out(con, 0x61_6972);
                    if !self.has_method(con, "__anext__") && !self.has_method(con, "__aiter__") {
                        return None;
                    }
                    if self.has_method(con, "__aiter__") {
                        self.call_method(con, this, "__aiter__", &[], iterator);
                    }
                    for inner in self.read(iterator).alts {
                        if let Con::AsyncGen(yields, _) = inner {
                            self.slots.flow(yields, out);
                            continue;
                        }
                        let this = self.own_con_of(&inner);
                        self.call_method(&inner, this, "__anext__", &[], next);
                    }
                    for con in self.read(next).alts {
                        if let Some(result) = self.awaited(&con) {
                            self.slots.flow(result, out);
                        }
                    }
                    Some(out)
                }
                _ => None,
            };
        }
        match con {
            Con::List(a)
            | Con::Set(a)
            | Con::FrozenSet(a)
            | Con::VarTuple(a)
            | Con::Iter(a)
            | Con::Dict(a, _)
            | Con::Gen(a, ..) => Some(*a),
            Con::Tuple(items) => Some(self.joined(items)),
            Con::Str => Some(self.own_con_of(&Con::Str)),
            Con::Bytes | Con::Range => Some(self.own_con_of(&Con::Int)),
            Con::ClassObject(ClassRef::Program(class)) if self.program.classes[*class].flavour == Flavour::Enum => {
                Some(self.own_con_of(&Con::Class(*class)))
            }
            Con::Class(_) | Con::Stub(..) => {
                if !self.has_method(con, "__iter__") {
                    return None;
                }
                let iterator = self.iterator(con);
                let out = self.own_con_out(con, 0x6e65_7874);
                let shape = self.read(iterator);
                if shape.dynamic {
                    self.slots.make_dynamic(out);
                }
                for inner in shape.alts {
                    match inner {
                        Con::Iter(a) | Con::Gen(a, ..) => self.slots.flow(a, out),
                        inner => {
                            let this = self.own_con_of(&inner);
                            self.call_method(&inner, this, "__next__", &[], out);
                        }
                    }
                }
                Some(out)
            }
            _ => None,
        }
    }

    /// What `__iter__` of a value gives.
    pub fn iterator(&mut self, con: &Con) -> Slot {
        let iterator = self.own_con_out(con, 0x6974_6572);
        let this = self.own_con_of(con);
        self.call_method(con, this, "__iter__", &[], iterator);
        iterator
    }

    pub fn own_con_out(&mut self, con: &Con, salt: u64) -> Slot {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        con.hash(&mut hasher);
        self.own_slot(hasher.finish() ^ salt)
    }

    /// What awaiting an alternative gives.
    pub fn awaited(&mut self, con: &Con) -> Option<Slot> {
        match con {
            Con::Coro(a) | Con::Task(a) | Con::Future(a) => Some(*a),
            Con::Class(_) | Con::Stub(..) => {
                if !self.has_method(con, "__await__") {
                    return None;
                }
                let this = self.own_con_of(con);
                let iterator = self.own_con_out(con, 0x6177);
                self.call_method(con, this, "__await__", &[], iterator);
                let out = self.own_con_out(con, 0x6177_6f75);
                for inner in self.read(iterator).alts {
                    match inner {
                        Con::Gen(_, _, result) | Con::Coro(result) | Con::Future(result) | Con::Iter(result) => {
                            self.slots.flow(result, out)
                        }
                        _ => {}
                    }
                }
                Some(out)
            }
            _ => None,
        }
    }

    pub fn enter(&mut self, con: &Con, context: Slot, is_async: bool, out: Slot) {
        let (enter, exit) = if is_async { ("__aenter__", "__aexit__") } else { ("__enter__", "__exit__") };
        let given = self.own_con_out(con, 0x656e_7472);
        let this = self.own_con(context, con);
        self.call_method(con, this, enter, &[], given);
        if let Con::Class(class) = con {
            for &method in self.methods_through(*class, exit).iter() {
                let args: Vec<Argument> = (0..3)
                    .map(|at| {
                        let slot = self.own_slot(0x6578_0000 + at);
                        self.slots.add_none(slot);
                        match at {
                            0 => self.slots.add(
                                slot,
                                Con::ClassObject(ClassRef::Stub(Rc::new(StubRef {
                                    module: "builtins".into(),
                                    name: "BaseException".into(),
                                }))),
                            ),
                            1 => self.slots.add(
                                slot,
                                Con::Exc(ExcClass::Stub(StubRef {
                                    module: "builtins".into(),
                                    name: "BaseException".into(),
                                })),
                            ),
                            _ => {}
                        }
                        Argument { given: Given::Positional, slot, expr: None }
                    })
                    .collect();
                let ignored = self.own_con_out(con, 0x6578_6974);
                self.call_function(method, Some(this), &args, ignored);
            }
        }
        if !is_async {
            self.slots.flow(given, out);
            return;
        }
        for con in self.read(given).alts {
            if let Some(result) = self.awaited(&con) {
                self.slots.flow(result, out);
            }
        }
    }

    /// The fields of a named tuple, in order.
    pub fn named_fields(&mut self, con: &Con) -> Option<Vec<Slot>> {
        let Con::Class(class) = con else { return None };
        let above = self.classes_above(*class);
        let of = above.iter().copied().find(|class| self.program.classes[*class].flavour == Flavour::NamedTuple)?;
        let program = self.program;
        let fields = program.classes[of].attributes.iter().filter(|field| field.is_field());
        fields.map(|field| self.field(of, &field.name)).collect()
    }

    pub fn unpack(&mut self, value: Slot, targets: &[Slot], star: Option<usize>) {
        let shape = self.read(value);
        if shape.dynamic {
            targets.iter().for_each(|&target| self.slots.make_dynamic(target));
        }
        for con in &shape.alts {
            match (con, star) {
                (Con::Tuple(items), None) if items.len() == targets.len() => {
                    items.iter().zip(targets).for_each(|(&item, &target)| self.slots.flow(item, target));
                }
                (Con::Tuple(items), Some(star)) if items.len() + 1 >= targets.len() => {
                    let after = targets.len() - star - 1;
                    for (at, &item) in items.iter().enumerate() {
                        if at < star {
                            self.slots.flow(item, targets[at]);
                        } else if at >= items.len() - after {
                            self.slots.flow(item, targets[targets.len() - (items.len() - at)]);
                        } else {
                            let element = self.star_element(targets[star]);
                            self.slots.flow(item, element);
                        }
                    }
                    self.star_element(targets[star]);
                }
                (Con::Tuple(_), _) => {}
                (con @ Con::Class(_), None) if self.named_fields(con).is_some() => {
                    let fields = self.named_fields(con).unwrap_or_default();
                    if fields.len() == targets.len() {
                        fields.iter().zip(targets).for_each(|(&field, &target)| self.slots.flow(field, target));
                    }
                }
                (con, _) => {
                    let Some(element) = self.element(con, false) else { continue };
                    for (at, &target) in targets.iter().enumerate() {
                        if star == Some(at) {
                            let mine = self.star_element(target);
                            self.slots.flow(element, mine);
                        } else {
                            self.slots.flow(element, target);
                        }
                    }
                }
            }
        }
    }

    pub fn star_element(&mut self, target: Slot) -> Slot {
        let element = self.own_slot(0x7374_6172);
        self.slots.add(target, Con::List(element));
        element
    }
}
