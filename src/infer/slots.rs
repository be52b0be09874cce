//! Slots and how values flow between them: directed edges, and slots that are the same.

use std::cell::Cell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{BuildHasherDefault, Hasher};

use super::hierarchy::Hierarchy;
use super::shape::{Con, Shape, Slot, Sort};

/// Names a pending operation of the solver.
pub type OpId = u32;

/// A quick hash of small numbers.
#[derive(Debug, Default, Clone, Copy)]
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(26) ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Maps and sets whose keys are small numbers.
pub type Quick = BuildHasherDefault<Mix>;

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
    edges: Vec<Slot>,
    readers: Vec<OpId>,
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
    known: HashSet<(u32, u32), Quick>,
    fired: HashSet<OpId, Quick>,
    queue: VecDeque<Work>,
    reader: HashSet<(u32, OpId), Quick>,
    /// The classes of the program and the exceptions, to join by their bases.
    pub hierarchy: Hierarchy,
}

/// At most so many alternatives; more are a `Value`.
const MOST_ALTERNATIVES: usize = 4;

impl Slots {
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
        if self.reader.insert((root.0, op)) {
            self.data[root.0 as usize].readers.push(op);
        }
        self.data[root.0 as usize].shape.clone()
    }

    /// The next thing to do.
    pub fn next(&mut self) -> Option<Work> {
        let work = self.queue.pop_front()?;
        match work {
            Work::Flow(slot) => self.data[slot.0 as usize].queued = false,
            Work::Fire(op) => {
                self.fired.remove(&op);
            }
        }
        Some(work)
    }

    /// Has `op` fire.
    pub fn schedule(&mut self, op: OpId) {
        if self.fired.insert(op) {
            self.queue.push_back(Work::Fire(op));
        }
    }

    /// Has all that reads a slot look again.
    pub fn wake(&mut self, slot: Slot) {
        let root = self.root(slot);
        for op in self.data[root.0 as usize].readers.clone() {
            self.schedule(op);
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
        let edges = self.data[root.0 as usize].edges.clone();
        for to in edges {
            self.join(root, to);
        }
        let readers = self.data[self.root(root).0 as usize].readers.clone();
        for op in readers {
            self.schedule(op);
        }
    }

    /// Whatever gets to `from` gets to `to`.
    pub fn flow(&mut self, from: Slot, to: Slot) {
        let (from, to) = (self.root(from), self.root(to));
        if from == to || !self.known.insert((from.0, to.0)) {
            return;
        }
        self.data[from.0 as usize].edges.push(to);
        self.join(from, to);
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
        for con in shape.alts {
            self.add(to, con);
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
    }

    /// `con` gets to `slot`.
    pub fn add(&mut self, slot: Slot, con: Con) {
        let root = self.root(slot);
        if self.data[root.0 as usize].shape.dynamic {
            self.escape(&con);
            return;
        }
        let sort = con.sort();
        let found = {
            let shape = &self.data[root.0 as usize].shape;
            if shape.alts.contains(&con) {
                return;
            }
            shape.alts.iter().position(|old| self.joins(old, &con))
        };
        let Some(at) = found else {
            let shape = &mut self.data[root.0 as usize].shape;
            shape.alts.push(con);
            shape.alts.sort_by_key(Con::sort);
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
        match (&old, &con) {
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
                        self.data[root.0 as usize].shape.alts[at] = Con::VarTuple(element);
                        self.changed(root);
                        element
                    }
                };
                match &con {
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
            shape.alts[at] = con;
            let shape = &mut self.data[root.0 as usize].shape;
            let mut seen = Vec::new();
            shape.alts.retain(|con| {
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
        if self.data[root.0 as usize].shape.owned.contains(&sort) {
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
        shape.owned.push(sort);
        shape.alts[at] = con.clone();
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
        for op in data.readers {
            if self.reader.insert((keep.0, op)) {
                self.data[keep.0 as usize].readers.push(op);
            }
        }
        for to in data.edges {
            let to = self.root(to);
            if to != keep && self.known.insert((keep.0, to.0)) {
                self.data[keep.0 as usize].edges.push(to);
            }
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

    /// Whether somebody can tell which kind of number is in it; solved by [`Slots::spread_told`].
    pub fn is_told(&self, slot: Slot) -> bool {
        self.data[self.root(slot).0 as usize].told
    }

    /// Carries telling back along the flow and into what is held; gives the slots with ints and floats that nobody tells apart.
    pub fn spread_told(&mut self, more: &[(Slot, Slot)]) -> Vec<Slot> {
        let mut back: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut todo = Vec::new();
        for raw in 0..self.parent.len() as u32 {
            if self.parent[raw as usize].get() != raw {
                continue;
            }
            for to in &self.data[raw as usize].edges {
                back.entry(self.root(*to).0).or_default().push(raw);
            }
            let data = &mut self.data[raw as usize];
            data.told |= data.shape.dynamic;
            if data.told {
                todo.push(raw);
            }
        }
        for &(from, to) in more {
            back.entry(self.root(to).0).or_default().push(self.root(from).0);
        }
        while let Some(raw) = todo.pop() {
            let held: Vec<u32> =
                self.data[raw as usize].shape.alts.iter().flat_map(Con::args).map(|arg| self.root(arg).0).collect();
            for from in back.get(&raw).cloned().into_iter().flatten().chain(held) {
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
        let mut back: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut todo = Vec::new();
        for raw in 0..self.parent.len() as u32 {
            if self.parent[raw as usize].get() != raw {
                continue;
            }
            for to in &self.data[raw as usize].edges {
                back.entry(self.root(*to).0).or_default().push(raw);
            }
            if self.data[raw as usize].looked_at {
                todo.push(raw);
            }
        }
        while let Some(raw) = todo.pop() {
            for &from in back.get(&raw).into_iter().flatten() {
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
        !data.edges.is_empty() || !data.readers.is_empty()
    }

    /// The slots that one flows straight into.
    pub fn flows_to(&self, from: Slot) -> impl Iterator<Item = Slot> {
        self.data[self.root(from).0 as usize].edges.iter().map(|to| self.root(*to))
    }

    /// Every edge between slots as they stand.
    pub fn edges(&self) -> Vec<(Slot, Slot)> {
        let mut edges = Vec::new();
        for raw in 0..self.parent.len() as u32 {
            if self.parent[raw as usize].get() == raw {
                edges.extend(self.data[raw as usize].edges.iter().map(|to| (Slot(raw), self.root(*to))));
            }
        }
        edges
    }
}
