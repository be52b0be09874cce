//! What an operation does when its operands are known.

use std::rc::Rc;

use super::shape::{Callable, ClassRef, Con, Slot, Sort};
use super::solver::{Argument, ClassTest, Filter, Given, Op, Site, Solver};
use crate::hir::{BinOp, Binding, CmpOp, Flavour, StubRef, UnOp};
use crate::stubs::{Entry, StubTy};
use crate::types::ExcClass;

impl Solver<'_> {
    /// Fires one operation.
    pub fn fire(&mut self, op: &Op) {
        match op {
            Op::Narrow { from, filter, to } => self.narrow(*from, filter, *to),
            Op::Call { site, callee } => {
                let shape = self.read(*callee);
                if shape.dynamic {
                    self.slots.make_dynamic(site.out);
                }
                for con in &shape.alts {
                    self.call_value(con, &site.args, site.out);
                }
            }
            Op::Function { site, function } => self.call_function(*function, None, &site.args, site.out),
            Op::New { site, class } => self.call_class(*class, &site.args, site.out),
            Op::Stub { site, name } => self.call_stub(name, &site.args, site.out),
            Op::Method { site, recv, name } => self.call_method_of(*recv, name, &site.args, site.out),
            Op::Super { site, class, recv, name } => self.call_super(*class, *recv, name, site),
            Op::Attr { value, name, out, .. } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*out);
                }
                for con in &shape.alts {
                    self.attribute(con, *value, name, *out);
                }
            }
            Op::SetAttr { object, name, value, .. } => self.set_attribute(*object, name, *value),
            Op::Binary { op, left, right, in_place, site } => self.binary(*op, *left, *right, *in_place, site),
            Op::Unary { op, value, site } => self.unary(*op, *value, site.out),
            Op::Compare { op, left, right, site } => self.compare(*op, *left, *right, site),
            Op::Index { value, index, constant, key, site } => {
                self.index(*value, *index, *constant, key.as_deref(), site)
            }
            Op::Slice { value, site } => self.slice(*value, site.out),
            Op::Iterate { iter, out, is_async, .. } => {
                let shape = self.read(*iter);
                if shape.dynamic {
                    self.slots.make_dynamic(*out);
                }
                for con in &shape.alts {
                    if let Some(element) = self.element(con, *is_async) {
                        self.slots.flow(element, *out);
                    }
                }
            }
            Op::Await { value, out, .. } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*out);
                }
                for con in &shape.alts {
                    if let Some(result) = self.awaited(con) {
                        self.slots.flow(result, *out);
                    }
                }
            }
            Op::Enter { context, is_async, site } => {
                let shape = self.read(*context);
                if shape.dynamic {
                    self.slots.make_dynamic(site.out);
                }
                for con in &shape.alts {
                    self.enter(con, *context, *is_async, site.out);
                }
            }
            Op::Unpack { value, targets, star } => self.unpack(*value, targets, *star),
            Op::Spawn { value, out, keeps_futures } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*out);
                }
                for con in &shape.alts {
                    match con {
                        Con::Task(_) | Con::Future(_) if *keeps_futures => self.slots.add(*out, con.clone()),
                        con => {
                            if let Some(result) = self.awaited(con) {
                                let own = self.own_slot(0x7370_776e);
                                self.slots.flow(result, own);
                                self.slots.add(*out, Con::Task(own));
                            }
                        }
                    }
                }
            }
            Op::Delegate { value, yields, sends, out } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*yields);
                    self.slots.make_dynamic(*out);
                }
                let mut plain = shape.is_bottom();
                for con in &shape.alts {
                    match con {
                        Con::Gen(theirs, sent, result) => {
                            self.slots.flow(*theirs, *yields);
                            self.slots.flow(*sends, *sent);
                            self.slots.flow(*result, *out);
                        }
                        con => {
                            plain = true;
                            if let Some(element) = self.element(con, false) {
                                self.slots.flow(element, *yields);
                            }
                        }
                    }
                }
                if plain && !shape.is_bottom() {
                    self.slots.add_none(*out);
                }
            }
            Op::Spread { iter, element } => {
                let shape = self.read(*iter);
                if shape.dynamic {
                    self.slots.make_dynamic(*element);
                }
                for con in &shape.alts {
                    if let Some(from) = self.element(con, false) {
                        self.slots.flow(from, *element);
                    }
                }
            }
            Op::SpreadDict { value, keys, values } => {
                let shape = self.read(*value);
                if shape.dynamic {
                    self.slots.make_dynamic(*keys);
                    self.slots.make_dynamic(*values);
                }
                for con in &shape.alts {
                    match con {
                        Con::Dict(key, value) => {
                            self.slots.flow(*key, *keys);
                            self.slots.flow(*value, *values);
                        }
                        Con::Stub(_, args) if args.len() == 2 => {
                            self.slots.flow(args[0], *keys);
                            self.slots.flow(args[1], *values);
                        }
                        _ => {}
                    }
                }
            }
            Op::Fallthrough { result, gates } => {
                let closed = gates.iter().any(|&gate| self.read(gate).is_bottom());
                if !closed {
                    self.slots.add_none(*result);
                }
            }
        }
    }

    fn narrow(&mut self, from: Slot, filter: &Filter, to: Slot) {
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
    fn exception_test(&mut self, test: &ClassTest) -> Option<ExcClass> {
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
                self.slots.hierarchy.is_subclass(class, &wanted) || self.slots.hierarchy.is_subclass(&wanted, class)
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
                    None => false,
                }
            }
            _ => false,
        })
    }

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
                let iterator = self.own_con_out(con, 0x6974_6572);
                let this = self.own_con_of(con);
                self.call_method(con, this, "__iter__", &[], iterator);
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

    fn own_con_out(&mut self, con: &Con, salt: u64) -> Slot {
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

    /// `value.name`.
    pub fn attribute(&mut self, con: &Con, value: Slot, name: &str, out: Slot) {
        match con {
            Con::Class(class) | Con::Exc(ExcClass::Class(class)) => {
                let methods = self.methods_through(*class, name);
                let mut found = false;
                for method in methods {
                    found = true;
                    let bound = self.program.functions[method].method;
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
                for below in self.slots.hierarchy.below(*class) {
                    if let Some(slot) = self.field(below, name) {
                        self.slots.flow(slot, out);
                        found = true;
                    }
                }
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
                if !matches!(name, "__name__" | "__qualname__" | "__module__" | "__doc__") =>
            {
                if self.find_stub_method(class, &[], name).is_some() {
                    self.slots.add(out, Con::Func(Callable::Unbound(class.clone(), Rc::from(name))));
                    return;
                }
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
                let name = StubRef { module: module.to_string(), name: name.to_string() };
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
            Con::Func(_) | Con::ClassObject(_) | Con::Type
                if matches!(name, "__name__" | "__qualname__" | "__module__") =>
            {
                self.slots.add(out, Con::Str);
                return;
            }
            Con::Func(_) if name == "__doc__" => {
                self.slots.add(out, Con::Str);
                self.slots.add_none(out);
                return;
            }
            _ => {}
        }
        if let (Con::Exc(ExcClass::Stub(class)), "value") = (con, name) {
            if class.name == "StopIteration" {
                self.slots.make_dynamic(out);
                return;
            }
        }
        if name == "__class__" {
            match self.class_ref(con) {
                Some(class) => self.slots.add(out, Con::ClassObject(class)),
                None => self.slots.add(out, Con::Type),
            }
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

    fn set_attribute(&mut self, object: Slot, name: &str, value: Slot) {
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
                _ => {}
            }
        }
    }

    fn call_super(&mut self, class: crate::hir::ClassId, recv: Slot, name: &str, site: &Site) {
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

    fn enter(&mut self, con: &Con, context: Slot, is_async: bool, out: Slot) {
        let (enter, exit) = if is_async { ("__aenter__", "__aexit__") } else { ("__enter__", "__exit__") };
        let given = self.own_con_out(con, 0x656e_7472);
        let this = self.own_con(context, con);
        self.call_method(con, this, enter, &[], given);
        if let Con::Class(class) = con {
            for method in self.methods_through(*class, exit) {
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

    fn unpack(&mut self, value: Slot, targets: &[Slot], star: Option<usize>) {
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

    fn star_element(&mut self, target: Slot) -> Slot {
        let element = self.own_slot(0x7374_6172);
        self.slots.add(target, Con::List(element));
        element
    }

    fn index(&mut self, value: Slot, index: Slot, constant: Option<i64>, key: Option<&str>, site: &Rc<Site>) {
        let shape = self.read(value);
        if shape.dynamic {
            self.slots.make_dynamic(site.out);
        }
        let _ = (index, key);
        for con in &shape.alts {
            match con {
                Con::Tuple(items) => {
                    let len = items.len() as i64;
                    match constant {
                        Some(at) if (-len..len).contains(&at) => {
                            let at = if at < 0 { at + len } else { at };
                            self.slots.flow(items[at as usize], site.out);
                        }
                        Some(_) => {}
                        None => {
                            let element = self.joined(items);
                            self.slots.flow(element, site.out);
                        }
                    }
                }
                con => {
                    let one = self.own_con(value, con);
                    self.call_method(con, one, "__getitem__", &site.args, site.out);
                }
            }
        }
    }

    fn slice(&mut self, value: Slot, out: Slot) {
        let shape = self.read(value);
        if shape.dynamic {
            self.slots.make_dynamic(out);
        }
        for con in &shape.alts {
            match con {
                Con::Str | Con::Bytes | Con::Range | Con::VarTuple(_) => self.slots.add(out, con.clone()),
                Con::List(element) => {
                    let mine = self.own_slot(0x736c_6963);
                    self.slots.flow(*element, mine);
                    self.slots.add(out, Con::List(mine));
                }
                Con::Tuple(items) => {
                    let element = self.joined(items);
                    self.slots.add(out, Con::VarTuple(element));
                }
                Con::Class(_) | Con::Stub(..) if self.has_method(con, "__getitem__") => self.slots.make_dynamic(out),
                _ => {}
            }
        }
    }

    fn unary(&mut self, op: UnOp, value: Slot, out: Slot) {
        if op == UnOp::Not {
            return self.slots.add(out, Con::Bool);
        }
        let name = match op {
            UnOp::Neg => "__neg__",
            UnOp::Pos => "__pos__",
            UnOp::Invert => "__invert__",
            UnOp::Not => return,
        };
        let shape = self.read(value);
        for con in &shape.alts {
            match con {
                Con::Bool | Con::Int => self.slots.add(out, Con::Int),
                Con::Float if op != UnOp::Invert => self.slots.add(out, Con::Float),
                Con::Class(_) | Con::Stub(..) => {
                    let one = self.own_con(value, con);
                    self.call_method(con, one, name, &[], out);
                }
                _ => {}
            }
        }
        if shape.dynamic {
            self.slots.make_dynamic(out);
        }
    }

    fn compare(&mut self, op: CmpOp, left: Slot, right: Slot, site: &Rc<Site>) {
        self.slots.add(site.out, Con::Bool);
        let (name, mirrored) = match op {
            CmpOp::Eq => ("__eq__", "__eq__"),
            CmpOp::NotEq => ("__ne__", "__ne__"),
            CmpOp::Lt => ("__lt__", "__gt__"),
            CmpOp::LtE => ("__le__", "__ge__"),
            CmpOp::Gt => ("__gt__", "__lt__"),
            CmpOp::GtE => ("__ge__", "__le__"),
            CmpOp::In | CmpOp::NotIn => {
                // What a container is asked for need not be in it.
                for con in self.read(right).alts {
                    if let Con::Class(_) = con {
                        let ignored = self.own_con_out(&con, 0x696e);
                        let this = self.own_con(right, &con);
                        let args = [Argument { given: Given::Positional, slot: left, expr: None }];
                        self.call_method(&con, this, "__contains__", &args, ignored);
                    }
                }
                return;
            }
            CmpOp::Is | CmpOp::IsNot => return,
        };
        for (this, name, other) in [(left, name, right), (right, mirrored, left)] {
            for con in self.read(this).alts {
                if let Con::Class(class) = con {
                    if self.find_method(class, name).is_some() {
                        let ignored = self.own_con_out(&con, 0x636d_7000);
                        let one = self.own_con(this, &con);
                        let args = [Argument { given: Given::Positional, slot: other, expr: None }];
                        self.call_method(&con, one, name, &args, ignored);
                    }
                }
            }
        }
    }

    /// `left op right`, over every pair of alternatives.
    pub fn binary(&mut self, op: BinOp, left: Slot, right: Slot, in_place: bool, site: &Rc<Site>) {
        let (lefts, rights) = (self.read(left), self.read(right));
        if lefts.dynamic || rights.dynamic {
            // A `Value` meets a known type: its methods decide at run time.
            let text = op == BinOp::Mod && lefts.only() == Some(&Con::Str);
            if text {
                self.slots.add(site.out, Con::Str);
            } else {
                self.slots.make_dynamic(site.out);
            }
            return;
        }
        let (left_numbers, right_numbers) =
            (lefts.alts.iter().any(Con::is_number), rights.alts.iter().any(Con::is_number));
        if left_numbers && right_numbers {
            self.arithmetic(op, left, right, site);
        }
        for l in &lefts.alts {
            for r in &rights.alts {
                if !(l.is_number() && r.is_number()) {
                    self.binary_pair(op, (l, left), (r, right), in_place, site.out);
                }
            }
        }
    }

    fn arithmetic(&mut self, op: BinOp, left: Slot, right: Slot, site: &Rc<Site>) {
        let (lefts, rights) = (self.read(left), self.read(right));
        let has = |shape: &super::shape::Shape, con: &Con| shape.alts.contains(con);
        let float = has(&lefts, &Con::Float) || has(&rights, &Con::Float);
        let whole = |shape: &super::shape::Shape| has(shape, &Con::Int) || has(shape, &Con::Bool);
        let bits = matches!(op, BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor);
        if op == BinOp::MatMul {
            return;
        }
        if bits && has(&lefts, &Con::Bool) && has(&rights, &Con::Bool) {
            self.slots.add(site.out, Con::Bool);
        }
        let ints = if bits { has(&lefts, &Con::Int) || has(&rights, &Con::Int) } else { true };
        if whole(&lefts) && whole(&rights) && ints {
            match op {
                BinOp::Div => self.slots.add(site.out, Con::Float),
                BinOp::Pow if self.negative_exponent(site) => self.slots.add(site.out, Con::Float),
                _ => self.slots.add(site.out, Con::Int),
            }
        }
        if float && !bits && !matches!(op, BinOp::LShift | BinOp::RShift) {
            self.slots.add(site.out, Con::Float);
        }
    }

    /// `2 ** -1`, by a literal.
    fn negative_exponent(&self, site: &Site) -> bool {
        use crate::hir::{Expr, Lit};
        let Expr::Binary(BinOp::Pow, _, right) = &self.program.exprs[site.key.0] else { return false };
        match &self.program.exprs[*right] {
            Expr::Lit(Lit::Int(n)) => *n < 0,
            Expr::Unary(UnOp::Neg, inner) => matches!(&self.program.exprs[*inner], Expr::Lit(Lit::Int(n)) if *n > 0),
            _ => false,
        }
    }

    fn binary_pair(&mut self, op: BinOp, left: (&Con, Slot), right: (&Con, Slot), in_place: bool, out: Slot) {
        if let (BinOp::Add, Con::Tuple(a), Con::Tuple(b)) = (op, left.0, right.0) {
            let all: Vec<Slot> = a.iter().chain(b.iter()).copied().collect();
            return self.slots.add(out, Con::Tuple(all.into()));
        }
        let (one, other) = (self.own_con(left.1, left.0), self.own_con(right.1, right.0));
        let given = |slot| [Argument { given: Given::Positional, slot, expr: None }];
        let names = [in_place.then(|| format!("__i{}__", op.dunder())), Some(format!("__{}__", op.dunder()))];
        for name in names.into_iter().flatten() {
            if self.takes(left.0, one, &name, other) {
                return self.call_method(left.0, one, &name, &given(other), out);
            }
        }
        let name = format!("__r{}__", op.dunder());
        if self.takes(right.0, other, &name, one) {
            self.call_method(right.0, other, &name, &given(one), out);
        }
    }

    /// Whether a value has an operator that takes the operand.
    pub fn takes(&mut self, con: &Con, this: Slot, name: &str, operand: Slot) -> bool {
        if let Con::Class(class) = con {
            return self.find_method(*class, name).is_some();
        }
        let Some((class, args)) = self.class_of(con) else { return false };
        let Some(found) = self.find_stub_method(&class, &args, name) else { return false };
        let given = [Argument { given: Given::Positional, slot: operand, expr: None }];
        let receiver = con.is_number().then_some(this);
        self.select(&found, receiver, &given).is_some()
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
        _ => false,
    }
}
