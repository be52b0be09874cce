//! Slots and how values flow between them: directed edges, and slots that are the same.

use std::cell::Cell;
use std::collections::VecDeque;

use rustc_hash::FxHashSet as HashSet;

use super::hierarchy::Hierarchy;
use super::links::{Backwards, Links, List, is_new};
use super::shape::{Alone, Con, Shape, Slot, Sort};

/// Names a pending operation of the solver.
pub type OpId = u32;

/// What the solver does next.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    /// A slot changed: its shape flows on.
    Flow(Slot),
    /// An operation looks at its operands again.
    Fire(OpId),
}

#[derive(Debug, Default)]
struct Data {
    shape: Shape,
    edges: List,
    readers: List,
    queued: bool,
    /// Somebody does more with it than iterate, so that its alternatives must stay apart.
    looked_at: bool,
    /// Somebody can tell which kind of number it is.
    told: bool,
}

/// All slots.
#[derive(Debug, Default)]
pub struct Slots {
    parent: Vec<Cell<u32>>,
    data: Vec<Data>,
    links: Links,
    known: HashSet<(u32, u32)>,
    fired: Vec<bool>,
    queue: VecDeque<Work>,
    /// How many flows were followed at once in this step.
    followed: u32,
    reader: HashSet<(u32, OpId)>,
    alone: Alone,
    /// The classes of the program and the exceptions, to join by their bases.
    pub hierarchy: Hierarchy,
}

/// So many flows are followed within one step.
const PATIENCE: u32 = 10_000;

/// At most so many alternatives; more are a `Value`.
const MOST_ALTERNATIVES: usize = 4;

impl Slots {
    /// With room for the slots of a program with so many expressions.
    pub fn for_exprs(exprs: usize) -> Slots {
        let slots = exprs + exprs / 2;
        Slots { parent: Vec::with_capacity(slots), data: Vec::with_capacity(slots), ..Slots::default() }
    }

    /// How many slots there are.
    pub fn count(&self) -> usize {
        self.parent.len()
    }

    /// A new slot, with nothing in it.
    pub fn fresh(&mut self) -> Slot {
        let id = self.parent.len() as u32;
        self.parent.push(Cell::new(id));
        self.data.push(Data::default());
        Slot(id)
    }

    /// A new slot that holds `con`.
    pub fn of(&mut self, con: Con) -> Slot {
        let slot = self.fresh();
        self.add(slot, con);
        slot
    }

    /// The slot that stands for all that are the same as `slot`.
    pub fn root(&self, slot: Slot) -> Slot {
        let mut at = slot.0;
        loop {
            let above = self.parent[at as usize].get();
            if above == at {
                return Slot(at);
            }
            let next = self.parent[above as usize].get();
            self.parent[at as usize].set(next);
            at = next;
        }
    }

    /// What is in it.
    pub fn shape(&self, slot: Slot) -> &Shape {
        &self.data[self.root(slot).0 as usize].shape
    }

    /// What is in it; `op` fires again when that changes.
    pub fn read(&mut self, slot: Slot, op: OpId) -> Shape {
        let root = self.root(slot);
        self.add_reader(root, op);
        self.data[root.0 as usize].shape.clone()
    }

    fn add_reader(&mut self, root: Slot, op: OpId) {
        let list = &mut self.data[root.0 as usize].readers;
        if is_new(&self.links, *list, &mut self.reader, root, op) {
            self.links.push(list, op);
        }
    }

    fn add_edge(&mut self, from: Slot, to: Slot) -> bool {
        let list = &mut self.data[from.0 as usize].edges;
        let new = is_new(&self.links, *list, &mut self.known, from, to.0);
        if new {
            self.links.push(list, to.0);
        }
        new
    }

    /// The next thing to do.
    pub fn next(&mut self) -> Option<Work> {
        let work = self.queue.pop_front()?;
        self.followed = 0;
        match work {
            Work::Flow(slot) => self.data[slot.0 as usize].queued = false,
            Work::Fire(op) => {
                self.fired[op as usize] = false;
            }
        }
        Some(work)
    }

    /// A new operation has `op` fire; what follows is a step of its own.
    pub fn begin(&mut self, op: OpId) {
        self.followed = 0;
        self.schedule(op);
    }

    /// Has `op` fire.
    pub fn schedule(&mut self, op: OpId) {
        let at = op as usize;
        if at >= self.fired.len() {
            self.fired.resize(at + 1, false);
        }
        if !std::mem::replace(&mut self.fired[at], true) {
            self.queue.push_back(Work::Fire(op));
        }
    }

    /// Has all that reads a slot look again.
    pub fn wake(&mut self, slot: Slot) {
        let root = self.root(slot);
        self.schedule_readers(root);
    }

    fn schedule_readers(&mut self, root: Slot) {
        let list = self.data[root.0 as usize].readers;
        let mut at = list.first;
        while at != 0 {
            let (op, next) = self.links.step(list, at);
            self.schedule(op);
            at = next;
        }
    }

    fn changed(&mut self, root: Slot) {
        let data = &mut self.data[root.0 as usize];
        if !data.queued {
            data.queued = true;
            self.queue.push_back(Work::Flow(root));
        }
    }

    /// Hands the shape of a changed slot to all it flows to, and wakes its readers.
    pub fn propagate(&mut self, slot: Slot) {
        let root = self.root(slot);
        let edges = self.data[root.0 as usize].edges;
        let mut at = edges.first;
        while at != 0 {
            let (to, next) = self.links.step(edges, at);
            self.join(root, Slot(to));
            at = next;
        }
        self.schedule_readers(self.root(root));
    }

    /// Whatever gets to `from` gets to `to`.
    pub fn flow(&mut self, from: Slot, to: Slot) {
        let (from, to) = (self.root(from), self.root(to));
        if from == to || !self.add_edge(from, to) {
            return;
        }
        // A type that holds itself has no end: what goes on and on does so step by step, and the solver counts its steps.
        if self.followed < PATIENCE {
            self.followed += 1;
            self.join(from, to);
        } else {
            self.changed(from);
        }
    }

    fn join(&mut self, from: Slot, to: Slot) {
        let (from, to) = (self.root(from), self.root(to));
        if from == to {
            return;
        }
        let shape = self.data[from.0 as usize].shape.clone();
        if shape.none {
            self.add_none(to);
        }
        if shape.dynamic {
            self.make_dynamic(to);
        }
        let data = &mut self.data[to.0 as usize];
        if data.shape.alts.is_same(&shape.alts) {
            return;
        }
        // Most slots hold what one other does: they share it.
        if data.shape.alts.is_empty() && !data.shape.dynamic {
            data.shape.alts = shape.alts;
            self.changed(to);
            return;
        }
        for con in &shape.alts {
            self.add_ref(to, con);
        }
    }

    /// `None` gets to `slot`.
    pub fn add_none(&mut self, slot: Slot) {
        let root = self.root(slot);
        if !self.data[root.0 as usize].shape.none {
            self.data[root.0 as usize].shape.none = true;
            self.changed(root);
        }
    }

    /// Anything may get to `slot`.
    pub fn make_dynamic(&mut self, slot: Slot) {
        let root = self.root(slot);
        let shape = &mut self.data[root.0 as usize].shape;
        if shape.dynamic {
            return;
        }
        shape.dynamic = true;
        let alts = std::mem::take(&mut shape.alts);
        self.changed(root);
        for con in alts {
            self.escape(&con);
        }
    }

    /// A container that flows into a `Value` is seen through it: what it holds are `Value`s. It never is a converted copy.
    fn escape(&mut self, con: &Con) {
        let mutable = matches!(con, Con::List(_) | Con::Dict(..) | Con::Set(_) | Con::VarTuple(_) | Con::Tuple(_));
        if mutable {
            for arg in con.args() {
                self.make_dynamic(arg);
            }
        }
        // What it is sent there, nobody knows.
        if let Con::Gen(_, sends, _) = con {
            self.make_dynamic(*sends);
        }
    }

    /// `con` gets to `slot`.
    pub fn add(&mut self, slot: Slot, con: Con) {
        self.add_ref(slot, &con);
    }

    fn add_ref(&mut self, slot: Slot, con: &Con) {
        let root = self.root(slot);
        if self.data[root.0 as usize].shape.dynamic {
            self.escape(con);
            return;
        }
        let sort = con.sort();
        let found = {
            let shape = &self.data[root.0 as usize].shape;
            if shape.alts.contains(con) {
                return;
            }
            shape.alts.iter().position(|old| self.joins(old, con))
        };
        let Some(at) = found else {
            let shape = &mut self.data[root.0 as usize].shape;
            if shape.alts.is_empty() {
                shape.alts = self.alone.of(con);
                self.changed(root);
                return;
            }
            let alts = shape.alts.edit();
            alts.push(con.clone());
            alts.sort_by_key(Con::sort);
            let numbers = shape.alts.iter().filter(|con| con.is_number()).count();
            let count = shape.alts.len() - numbers.saturating_sub(1);
            self.changed(root);
            let callables = self.data[root.0 as usize]
                .shape
                .alts
                .iter()
                .all(|con| con.sort() == Sort::Func || con.sort() == Sort::ClassObject);
            if count > MOST_ALTERNATIVES && !callables {
                self.make_dynamic(root);
            }
            return;
        };
        let old = self.data[root.0 as usize].shape.alts[at].clone();
        match (&old, con) {
            (Con::Tuple(olds), Con::Tuple(news)) if olds.len() == news.len() => {
                let mine = self.own(root, at, sort, &old);
                let (olds, news) = (mine.args(), con.args());
                for (new, old) in news.into_iter().zip(olds) {
                    self.flow(new, old);
                }
            }
            (Con::Tuple(_) | Con::VarTuple(_), Con::Tuple(_) | Con::VarTuple(_)) => {
                let element = match &old {
                    Con::VarTuple(element) => *element,
                    _ => {
                        let element = self.fresh();
                        for item in old.args() {
                            self.flow(item, element);
                        }
                        self.data[root.0 as usize].shape.alts.edit()[at] = Con::VarTuple(element);
                        self.changed(root);
                        element
                    }
                };
                match con {
                    Con::VarTuple(other) => self.same(*other, element),
                    _ => con.args().into_iter().for_each(|item| self.flow(item, element)),
                }
            }
            (Con::Coro(_), Con::Coro(new)) => {
                let mine = self.own(root, at, sort, &old);
                if let Con::Coro(result) = mine {
                    self.flow(*new, result);
                }
            }
            (Con::Exc(a), Con::Exc(b)) => {
                let joined = Con::Exc(self.hierarchy.join_exceptions(a, b));
                self.replace(root, at, joined);
            }
            (Con::Class(a), Con::Class(b)) => {
                if let Some(base) = self.hierarchy.join_classes(*a, *b) {
                    self.replace(root, at, Con::Class(base));
                }
            }
            (Con::ClassObject(_), Con::ClassObject(_)) | (Con::Func(_), Con::Func(_)) => {}
            _ => {
                for (a, b) in old.args().into_iter().zip(con.args()) {
                    self.same(a, b);
                }
            }
        }
    }

    fn replace(&mut self, root: Slot, at: usize, con: Con) {
        let shape = &mut self.data[root.0 as usize].shape;
        if shape.alts[at] != con {
            let alts = shape.alts.edit();
            alts[at] = con;
            let mut seen = Vec::new();
            alts.retain(|con| {
                !seen.contains(con) && {
                    seen.push(con.clone());
                    true
                }
            });
            self.changed(root);
        }
    }

    /// Gives the slot type arguments of its own, into which those of all that flow in flow.
    fn own(&mut self, root: Slot, at: usize, sort: Sort, old: &Con) -> Con {
        if self.data[root.0 as usize].shape.owned.contains(sort) {
            return old.clone();
        }
        let args: Vec<Slot> = old
            .args()
            .into_iter()
            .map(|arg| {
                let mine = self.fresh();
                self.flow(arg, mine);
                mine
            })
            .collect();
        let con = match old {
            Con::Coro(_) => Con::Coro(args[0]),
            _ => Con::Tuple(args.into()),
        };
        let shape = &mut self.data[root.0 as usize].shape;
        shape.owned.insert(sort);
        shape.alts.edit()[at] = con.clone();
        self.changed(root);
        con
    }

    fn joins(&self, old: &Con, new: &Con) -> bool {
        match (old, new) {
            (Con::Stub(a, _), Con::Stub(b, _)) => a == b,
            (Con::Class(a), Con::Class(b)) => self.hierarchy.join_classes(*a, *b).is_some(),
            (Con::Func(_), Con::Func(_)) | (Con::ClassObject(_), Con::ClassObject(_)) => false,
            (Con::Module(_) | Con::StubModule(_) | Con::Namespace(_), _) => false,
            _ => old.sort() == new.sort(),
        }
    }

    /// The two are one slot: an element that two names share.
    pub fn same(&mut self, a: Slot, b: Slot) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (keep, gone) = if a < b { (a, b) } else { (b, a) };
        self.parent[gone.0 as usize].set(keep.0);
        let data = std::mem::take(&mut self.data[gone.0 as usize]);
        let kept = &mut self.data[keep.0 as usize];
        kept.looked_at |= data.looked_at;
        kept.told |= data.told;
        let mut at = data.readers.first;
        while at != 0 {
            let (op, next) = self.links.step(data.readers, at);
            self.add_reader(keep, op);
            at = next;
        }
        let mut at = data.edges.first;
        while at != 0 {
            let (to, next) = self.links.step(data.edges, at);
            let to = self.root(Slot(to));
            if to != keep {
                self.add_edge(keep, to);
            }
            at = next;
        }
        if data.shape.none {
            self.add_none(keep);
        }
        if data.shape.dynamic {
            self.make_dynamic(keep);
        }
        for con in data.shape.alts {
            self.add(keep, con);
        }
        // Both sides' readers must see what the other side brought.
        let root = self.root(keep);
        self.changed(root);
    }

    /// More is done with it than iterating.
    pub fn look_at(&mut self, slot: Slot) {
        let root = self.root(slot);
        self.data[root.0 as usize].looked_at = true;
    }

    /// Whether more is done with it than iterating, also behind the slots it flows to; solved by [`Slots::spread_looks`].
    pub fn is_looked_at(&self, slot: Slot) -> bool {
        self.data[self.root(slot).0 as usize].looked_at
    }

    /// Somebody can tell which kind of number is in it.
    pub fn tell(&mut self, slot: Slot) {
        let root = self.root(slot);
        self.data[root.0 as usize].told = true;
    }

    /// Where somebody can tell which kind of number is in it, also of what is held in it.
    pub fn tell_held(&mut self, slot: Slot) {
        let root = self.root(slot);
        if !self.data[root.0 as usize].told {
            return;
        }
        let held: Vec<Slot> = self.data[root.0 as usize].shape.alts.iter().flat_map(Con::args).collect();
        for slot in held {
            if !self.is_told(slot) {
                self.tell(slot);
                self.tell_held(slot);
            }
        }
    }

    /// Whether somebody can tell which kind of number is in it; solved by [`Slots::spread_told`].
    pub fn is_told(&self, slot: Slot) -> bool {
        self.data[self.root(slot).0 as usize].told
    }

    /// Carries telling back along the flow and into what is held; gives the slots with ints and floats that nobody tells apart.
    pub fn spread_told(&mut self, more: &[(Slot, Slot)]) -> Vec<Slot> {
        let mut todo = Vec::new();
        for raw in 0..self.parent.len() as u32 {
            if self.parent[raw as usize].get() != raw {
                continue;
            }
            let data = &mut self.data[raw as usize];
            data.told |= data.shape.dynamic;
            if data.told {
                todo.push(raw);
            }
        }
        let back = self.backwards(more);
        let mut held = Vec::new();
        while let Some(raw) = todo.pop() {
            held.clear();
            for con in &self.data[raw as usize].shape.alts {
                held.extend(con.args().into_iter().map(|arg| self.root(arg).0));
            }
            for &from in back.of(raw).iter().chain(&held) {
                if !std::mem::replace(&mut self.data[from as usize].told, true) {
                    todo.push(from);
                }
            }
        }
        let roots = self.roots();
        roots
            .into_iter()
            .filter(|slot| {
                let data = &self.data[slot.0 as usize];
                !data.told && data.shape.alts.contains(&Con::Int) && data.shape.alts.contains(&Con::Float)
            })
            .collect()
    }

    /// Carries looks back along the flow.
    pub fn spread_looks(&mut self) {
        let is_root = |raw: u32| self.parent[raw as usize].get() == raw;
        let all = 0..self.parent.len() as u32;
        let mut todo: Vec<u32> = all.filter(|&raw| is_root(raw) && self.data[raw as usize].looked_at).collect();
        if todo.is_empty() {
            return;
        }
        let back = self.backwards(&[]);
        while let Some(raw) = todo.pop() {
            for &from in back.of(raw) {
                if !std::mem::replace(&mut self.data[from as usize].looked_at, true) {
                    todo.push(from);
                }
            }
        }
    }

    /// Every slot that stands for itself.
    pub fn roots(&self) -> Vec<Slot> {
        (0..self.parent.len() as u32).filter(|&raw| self.parent[raw as usize].get() == raw).map(Slot).collect()
    }

    /// Whether something looks at what is in the slot.
    pub fn is_read(&self, slot: Slot) -> bool {
        let data = &self.data[self.root(slot).0 as usize];
        data.edges.len > 0 || data.readers.len > 0
    }

    /// The slots that one flows straight into.
    pub fn flows_to(&self, from: Slot) -> impl Iterator<Item = Slot> {
        self.links.iter(self.data[self.root(from).0 as usize].edges).map(|to| self.root(Slot(to)))
    }

    /// Every edge between slots as they stand.
    pub fn edges(&self) -> Vec<(Slot, Slot)> {
        let mut edges = Vec::new();
        for raw in 0..self.parent.len() as u32 {
            if self.parent[raw as usize].get() == raw {
                let list = self.data[raw as usize].edges;
                edges.extend(self.links.iter(list).map(|to| (Slot(raw), self.root(Slot(to)))));
            }
        }
        edges
    }

    /// The edges between slots of such shapes.
    pub fn edges_among(&self, wanted: impl Fn(&Shape) -> bool) -> Vec<(Slot, Slot)> {
        let mut edges = Vec::new();
        for (raw, data) in self.data.iter().enumerate() {
            let from = Slot(raw as u32);
            if data.edges.len > 0 && self.root(from) == from && wanted(&data.shape) {
                let to = self.links.iter(data.edges).map(|to| self.root(Slot(to)));
                edges.extend(to.filter(|to| wanted(&self.data[to.0 as usize].shape)).map(|to| (from, to)));
            }
        }
        edges
    }

    /// Every edge and some more by where it leads.
    fn backwards(&self, more: &[(Slot, Slot)]) -> Backwards {
        let mut edges = self.edges();
        edges.extend(more.iter().map(|&(from, to)| (self.root(from), self.root(to))));
        Backwards::new(&edges, self.parent.len())
    }
}
