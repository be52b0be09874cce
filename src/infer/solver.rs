//! The solver: constraints between slots, and operations that wait for their operands.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::hierarchy::Hierarchy;
use super::shape::{Callable, ClassRef, Con, Shape, Slot};
use super::slots::{OpId, Slots, Work};
use crate::hir::{Arg, BinOp, ClassId, CmpOp, ExprId, FnId, FnKind, Name, Program, StubRef, UnOp, VarId};
use crate::source::Span;
use crate::stubs::{Entry, Signature, StubTy, Stubs};
use crate::types::{ExcClass, IntMode};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// How an argument is given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Given {
    /// `f(x)`.
    Positional,
    /// `f(name=x)`.
    Keyword(Rc<str>),
    /// `f(*x)`.
    Star,
    /// `f(**x)`.
    DoubleStar,
}

/// An argument of a call.
#[derive(Debug, Clone)]
pub struct Argument {
    /// How it is given.
    pub given: Given,
    /// Its slot.
    pub slot: Slot,
    /// Its expression; an operation that lowering made may have none.
    pub expr: Option<ExprId>,
}

impl Argument {
    /// As it is written; `None`: it is not.
    pub fn as_arg(&self) -> Option<Arg> {
        let expr = self.expr?;
        Some(match &self.given {
            Given::Positional => Arg::Positional(expr),
            Given::Keyword(name) => Arg::Keyword(name.to_string(), expr),
            Given::Star => Arg::Star(expr),
            Given::DoubleStar => Arg::DoubleStar(expr),
        })
    }
}

/// Where a call stands.
#[derive(Debug)]
pub struct Site {
    /// The key in `Types::resolved`.
    pub key: (ExprId, u32),
    /// The arguments.
    pub args: Vec<Argument>,
    /// What it gives.
    pub out: Slot,
}

/// What a test lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Not `None`.
    NotNone,
    /// `None` alone.
    OnlyNone,
    /// An instance of one of these.
    Instance(Rc<[ClassTest]>),
    /// An instance of none of these.
    NotInstance(Rc<[ClassTest]>),
    /// What the other slot has: the variable was just assigned from it.
    Like(Slot),
}

/// A class that `isinstance` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClassTest {
    /// Of the program.
    Program(ClassId),
    /// Of the registry.
    Stub(StubRef),
}

/// An operation that waits for its operands.
#[derive(Debug, Clone)]
pub enum Op {
    /// A read behind a test.
    Narrow { from: Slot, filter: Filter, to: Slot },
    /// A value is called.
    Call { site: Rc<Site>, callee: Slot },
    /// A function of the program is called.
    Function { site: Rc<Site>, function: FnId },
    /// A class of the program is called.
    New { site: Rc<Site>, class: ClassId },
    /// A name of the registry is called.
    Stub { site: Rc<Site>, name: Rc<StubRef> },
    /// `recv.name(…)`.
    Method { site: Rc<Site>, recv: Slot, name: Rc<str> },
    /// `super().name(…)`.
    Super { site: Rc<Site>, class: ClassId, recv: Slot, name: Rc<str> },
    /// `value.name`.
    Attr { value: Slot, name: Rc<str>, out: Slot, key: (ExprId, u32) },
    /// `object.name = value`.
    SetAttr { object: Slot, name: Rc<str>, value: Slot },
    /// `left + right`, `left += right`.
    Binary { op: BinOp, left: Slot, right: Slot, in_place: bool, site: Rc<Site> },
    /// `-x`.
    Unary { op: UnOp, value: Slot, site: Rc<Site> },
    /// `left < right`.
    Compare { op: CmpOp, left: Slot, right: Slot, site: Rc<Site> },
    /// `value[index]`.
    Index { value: Slot, index: Slot, constant: Option<i64>, key: Option<Rc<str>>, site: Rc<Site> },
    /// `value[a:b:c]`.
    Slice { value: Slot, site: Rc<Site> },
    /// `for out in iter`.
    Iterate { iter: Slot, out: Slot, is_async: bool, key: ExprId },
    /// `await value`.
    Await { value: Slot, out: Slot, key: ExprId },
    /// `with value as out`; `swallows` has something once the manager is of a class of the program.
    Enter { context: Slot, is_async: bool, site: Rc<Site>, swallows: Option<Slot> },
    /// `a, *b = value`.
    Unpack { value: Slot, targets: Vec<Slot>, star: Option<usize> },
    /// `create_task(value)`.
    Spawn { value: Slot, out: Slot, keeps_futures: bool },
    /// `yield from value`.
    Delegate { value: Slot, yields: Slot, sends: Slot, out: Slot },
    /// `[*xs]`: with the element.
    Spread { iter: Slot, element: Slot },
    /// `{**d}`.
    SpreadDict { value: Slot, keys: Slot, values: Slot },
    /// A method of a subclass stands in for that of its base.
    Fallthrough { result: Slot, gates: Vec<Slot> },
}

/// The slots of a function.
#[derive(Debug, Clone, Copy)]
pub struct FnSlots {
    /// What `return` gives.
    pub result: Slot,
    /// What it yields.
    pub yields: Slot,
    /// What it is sent.
    pub sends: Slot,
}

/// Type parameters of one use of a stub.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Each with its slot.
    pub env: Vec<(Name, Slot)>,
    /// What the signature gives.
    pub result: Slot,
}

/// Literal options of an `argparse` parser: the fields of its namespace.
#[derive(Debug, Clone, Default)]
pub struct ParserFields {
    /// Names and slots, in order of their adding.
    pub fields: Vec<(String, Slot)>,
}

/// The use of an overload by an operation: the receiver, the class or function, the method, the place of the overload.
pub type Use = (Con, Name, Name, u32);

/// A name of the registry with its entry, once re-exports are followed.
pub type Named = (Rc<StubRef>, Rc<Entry>);

/// Solves the types of a program.
pub struct Solver<'a> {
    /// The program.
    pub program: &'a Program,
    /// The registry.
    pub stubs: &'a Stubs,
    /// The slots.
    pub slots: Slots,
    /// What `types.coroutine` yields to who drives it, and gets.
    pub by_hand: Option<(Slot, Slot)>,
    /// The operations.
    pub ops: Vec<Rc<Op>>,
    /// The operation of a key, for binding.
    pub op_of: HashMap<(ExprId, u32), OpId>,
    exprs: Vec<Option<Slot>>,
    vars: Vec<Option<Slot>>,
    /// The slots of each function.
    pub functions: Vec<FnSlots>,
    /// The fields of each class, in order of first assignment.
    pub fields: BTreeMap<ClassId, Vec<(String, Slot)>>,
    /// Functions that somebody calls or keeps.
    pub used: HashSet<FnId>,
    entries: HashMap<StubRef, Option<Named>>,
    /// The methods of each class, the last of a name.
    pub methods: HashMap<ClassId, HashMap<&'a str, FnId>>,
    through: HashMap<ClassId, HashMap<String, Rc<[FnId]>>>,
    /// Uses of stubs.
    pub instances: HashMap<OpId, Vec<(Use, Rc<Instance>)>>,
    /// Slots made for an operation, by a number of its own.
    pub scratch: HashMap<(OpId, u64), Slot>,
    /// By the name of a field: those that looked for one where no class had it yet fire again when one does.
    pub announced: HashMap<String, Slot>,
    /// The parsers of the program: the namespaces they give.
    pub parsers: Vec<ParserFields>,
    /// Where dynamic values enter: the slot, the place, and why.
    pub sources: Vec<(Slot, Span, String)>,
    /// What a parameter of the registry takes out of a container in which nothing was seen.
    pub wanted: Vec<(Slot, StubTy)>,
    /// Unknown things are taken as they are: nothing more will arrive.
    pub closing: bool,
    /// Operations that may fire otherwise then.
    pub waiting: BTreeSet<OpId>,
    /// The operation at work.
    pub now: OpId,
    /// Partial applications by the operation that made them.
    pub partials: HashMap<u32, (Slot, Rc<[Argument]>)>,
    /// Parameters with a default that a call through a value gives: they are in the type of the function as a value.
    pub value_given: HashSet<(FnId, usize)>,
    /// What calls through slots with several functions give.
    pub joined_results: HashMap<Slot, Slot>,
    /// Operands and results of the registry's functions of numbers, for [`Solver::settle_numbers`].
    pub told_edges: Vec<(Slot, Slot)>,
    /// It is known who tells ints from floats.
    pub numbers_settled: bool,
    /// Slots that hold integers without bound, whatever flows there.
    pub big_seeds: Vec<Slot>,
    /// How integers are kept.
    pub int: IntMode,
    /// All slots that hold such integers.
    pub big: HashSet<Slot>,
}

impl<'a> Solver<'a> {
    /// A solver with the slots of the functions of `program`.
    pub fn new(program: &'a Program, stubs: &'a Stubs) -> Solver<'a> {
        let mut slots = Slots::for_exprs(program.exprs.len());
        slots.hierarchy = Hierarchy::new(program, stubs);
        let functions = program
            .functions
            .iter()
            .map(|_| FnSlots { result: slots.fresh(), yields: slots.fresh(), sends: slots.fresh() })
            .collect();
        let mut methods: HashMap<ClassId, HashMap<&str, FnId>> = HashMap::default();
        for (id, class) in program.classes.iter() {
            let own = class.methods.iter().map(|&method| (program.functions[method].name.as_str(), method));
            methods.insert(id, own.collect());
        }
        Solver {
            by_hand: None,
            program,
            stubs,
            slots,
            ops: Vec::new(),
            op_of: HashMap::default(),
            exprs: vec![None; program.exprs.len()],
            vars: vec![None; program.vars.len()],
            functions,
            fields: BTreeMap::new(),
            used: HashSet::default(),
            entries: HashMap::default(),
            methods,
            through: HashMap::default(),
            instances: HashMap::default(),
            scratch: HashMap::default(),
            announced: HashMap::default(),
            parsers: Vec::new(),
            sources: Vec::new(),
            wanted: Vec::new(),
            closing: false,
            waiting: BTreeSet::new(),
            now: 0,
            partials: HashMap::default(),
            value_given: HashSet::default(),
            joined_results: HashMap::default(),
            told_edges: Vec::new(),
            numbers_settled: false,
            big_seeds: Vec::new(),
            int: IntMode::Auto,
            big: HashSet::default(),
        }
    }

    /// The slot of a variable.
    pub fn var(&mut self, var: VarId) -> Slot {
        let at = var.raw() as usize;
        if let Some(slot) = self.vars[at] {
            return slot;
        }
        let slot = self.slots.fresh();
        self.vars[at] = Some(slot);
        slot
    }

    /// The slot of a variable, if it has one.
    pub fn var_slot(&self, var: VarId) -> Option<Slot> {
        self.vars[var.raw() as usize]
    }

    /// The slot of an expression, if it was reached.
    pub fn expr(&self, expr: ExprId) -> Option<Slot> {
        self.exprs[expr.raw() as usize]
    }

    /// Says which slot an expression has.
    pub fn set_expr(&mut self, expr: ExprId, slot: Slot) {
        self.exprs[expr.raw() as usize] = Some(slot);
    }

    /// The slots of a function.
    pub fn function(&self, function: FnId) -> FnSlots {
        self.functions[function.raw() as usize]
    }

    /// Adds an operation; it fires at once and whenever an operand changes.
    pub fn op(&mut self, op: Op) -> OpId {
        let id = self.ops.len() as OpId;
        let site = match &op {
            Op::Call { site, .. }
            | Op::Function { site, .. }
            | Op::New { site, .. }
            | Op::Stub { site, .. }
            | Op::Method { site, .. }
            | Op::Super { site, .. }
            | Op::Binary { site, .. }
            | Op::Unary { site, .. }
            | Op::Compare { site, .. }
            | Op::Index { site, .. }
            | Op::Slice { site, .. }
            | Op::Enter { site, .. } => Some(site.key),
            Op::Iterate { key, .. } => Some((*key, super::place::ITERATE)),
            Op::Attr { key, .. } => Some(*key),
            Op::Await { key, .. } => Some((*key, super::place::AWAITED)),
            _ => None,
        };
        if let Some(key) = site {
            self.op_of.insert(key, id);
        }
        self.ops.push(Rc::new(op));
        self.slots.begin(id);
        id
    }

    /// Runs until nothing changes.
    /// The place of a variable whose type grew without end, if there is one: then it stopped before.
    pub fn run(&mut self) -> Option<Span> {
        // Real programs need about one step an expression.
        let most = 100_000 + 100 * self.program.exprs.len();
        for _ in 0..most {
            if self.slots.count() > most {
                break;
            }
            let work = self.slots.next()?;
            self.step(work);
        }
        let mut growing = HashSet::default();
        for _ in 0..1000 {
            let work = self.slots.next()?;
            if let Work::Flow(slot) = work {
                growing.insert(self.slots.root(slot));
            }
            self.step(work);
        }
        let all = self.program.vars.iter();
        let mut found = all.filter(|(var, _)| {
            let slot = self.vars.get(var.at()).copied().flatten();
            slot.is_some_and(|slot| growing.contains(&self.slots.root(slot)))
        });
        let first = found.next().map(|(_, var)| var.span);
        first.or_else(|| self.program.vars.iter().next().map(|(_, var)| var.span))
    }

    fn step(&mut self, work: Work) {
        match work {
            Work::Flow(slot) => self.slots.propagate(slot),
            Work::Fire(op) => {
                self.now = op;
                let what = Rc::clone(&self.ops[op as usize]);
                self.fire(&what);
            }
        }
    }

    /// The shape of a slot; the operation at work fires again when it changes.
    pub fn read(&mut self, slot: Slot) -> Shape {
        self.slots.read(slot, self.now)
    }

    /// A slot of the operation at work, the same one at each firing.
    pub fn own_slot(&mut self, number: u64) -> Slot {
        if let Some(&slot) = self.scratch.get(&(self.now, number)) {
            return slot;
        }
        let slot = self.slots.fresh();
        self.scratch.insert((self.now, number), slot);
        slot
    }

    /// The same, numbered by what it is for.
    pub fn named_slot(&mut self, what: &str, of: &impl Hash) -> Slot {
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        of.hash(&mut hasher);
        self.own_slot(hasher.finish())
    }

    /// The entry of a name of the registry.
    pub fn entry(&mut self, name: &StubRef) -> Option<Named> {
        if let Some(entry) = self.entries.get(name) {
            return entry.clone();
        }
        let found = self.stubs.resolve(&name.module, &name.name).map(|(name, entry)| (Rc::new(name), Rc::new(entry)));
        if let Some((real, entry)) = &found
            && matches!(&**entry, Entry::Class(class) if class.is_exception)
        {
            self.slots.hierarchy.learn(self.stubs, real);
        }
        self.entries.insert(name.clone(), found.clone());
        found
    }

    /// What a function value of the program gives when it is called.
    pub fn result_of(&mut self, function: FnId) -> Con {
        let slots = self.function(function);
        match self.program.functions[function].kind {
            FnKind::Plain | FnKind::Coroutine { .. } => Con::Coro(slots.result),
            FnKind::Generator => Con::Gen(slots.yields, slots.sends, slots.result),
            FnKind::AsyncGenerator => Con::AsyncGen(slots.yields, slots.sends),
        }
    }

    /// The instance that calling a class gives.
    pub fn class_value(&self, class: &ClassRef) -> Option<Con> {
        match class {
            ClassRef::Program(id) if self.slots.hierarchy.is_exception(*id) => Some(Con::Exc(ExcClass::Class(*id))),
            ClassRef::Program(id) => Some(Con::Class(*id)),
            ClassRef::Stub(_) => None,
        }
    }

    /// Remembers why a slot is dynamic.
    pub fn dynamic(&mut self, slot: Slot, span: Span, why: impl Into<String>) {
        self.slots.make_dynamic(slot);
        let why = why.into();
        if !self.sources.iter().any(|(_, at, _)| *at == span) {
            self.sources.push((slot, span, why));
        }
    }

    /// The slot of a field, made when it is first named. Fields live in the topmost class that assigns them.
    pub fn field(&mut self, class: ClassId, name: &str) -> Option<Slot> {
        let above = self.slots.hierarchy.program_above(class);
        above.iter().find_map(|class| {
            let fields = self.fields.get(class)?;
            fields.iter().find(|(field, _)| field == name).map(|(_, slot)| *slot)
        })
    }

    /// The classes of the program above one, itself first.
    pub fn classes_above(&self, class: ClassId) -> Vec<ClassId> {
        self.slots.hierarchy.program_above(class).to_vec()
    }

    /// The method of a class or the nearest above it.
    pub fn find_method(&self, class: ClassId, name: &str) -> Option<FnId> {
        let above = self.slots.hierarchy.program_above(class);
        above.iter().find_map(|class| self.methods.get(class)?.get(name).copied())
    }

    /// Every method that a call through `class` may reach: its own and those of classes below that override it.
    pub fn methods_through(&mut self, class: ClassId, name: &str) -> Rc<[FnId]> {
        if let Some(known) = self.through.get(&class).and_then(|names| names.get(name)) {
            return Rc::clone(known);
        }
        let below = self.slots.hierarchy.below(class);
        let mut found: Vec<FnId> = below.iter().filter_map(|&below| self.find_method(below, name)).collect();
        found.sort();
        found.dedup();
        let found: Rc<[FnId]> = found.into();
        self.through.entry(class).or_default().insert(name.to_string(), Rc::clone(&found));
        found
    }
}

/// A signature and where it stands.
#[derive(Debug, Clone)]
pub struct Found {
    /// The class or function that has it.
    pub owner: Rc<StubRef>,
    /// The entry; its overloads are looked up in it.
    pub entry: Rc<Entry>,
    /// The method; empty: the function itself.
    pub method: Name,
    /// Type parameters of the class, known from the receiver.
    pub env: Vec<(Name, Slot)>,
}

impl Found {
    /// The overloads.
    pub fn overloads(&self) -> &[Signature] {
        match &*self.entry {
            Entry::Function(signatures) => signatures,
            Entry::Class(class) => class.methods.get(&*self.method).map_or(&[], Vec::as_slice),
            Entry::Constant { .. } | Entry::Alias(_) | Entry::Module(_) | Entry::Unsupported(_) => &[],
        }
    }
}

/// A function value that is a method of a value of the registry's types.
pub fn bound(recv: Slot, name: &str) -> Con {
    Con::Func(Callable::Method(recv, Rc::from(name)))
}
