//! Live ranges: the bindings that some read sees together.

use rustc_hash::FxHashMap as HashMap;

use super::{Event, Flow, Kind, Node};
use crate::hir::{ExprId, VarId};
use crate::lower::SymId;

/// No node.
const NOWHERE: Node = Node::MAX;

/// The outcome of the analysis.
pub struct Webs {
    parents: Vec<Node>,
    defs: Vec<Option<Node>>,
    /// By expression; [`NOWHERE`]: it reads nothing.
    reads: Vec<Node>,
    tainted: Vec<bool>,
    unbound: Vec<Node>,
    writes: HashMap<SymId, Vec<Event>>,
    captured: HashMap<SymId, Vec<Event>>,
}

impl Flow<'_> {
    /// Joins bindings into live ranges. `is_whole`: the variable is never split.
    pub fn webs(self, is_whole: &dyn Fn(SymId) -> bool) -> Webs {
        let count = self.nodes.len();
        let mut webs = Webs {
            parents: (0..count as Node).collect(),
            defs: self.defs,
            reads: vec![NOWHERE; self.facts.program.exprs.len()],
            tainted: vec![false; count],
            unbound: self.unbound,
            writes: self.writes,
            captured: self.captured,
        };
        for (a, b) in self.unions {
            webs.union(a, b);
        }
        let mut live = vec![false; count];
        let mut taints = Vec::new();
        for (expr, node) in &self.reads {
            if let Some(expr) = expr {
                webs.reads[expr.at()] = *node;
            }
            let mut open = vec![*node];
            while let Some(node) = open.pop() {
                if std::mem::replace(&mut live[node as usize], true) {
                    continue;
                }
                match &self.nodes[node as usize] {
                    Kind::Unbound => taints.push(node),
                    Kind::Def => {}
                    Kind::Phi(parts) => {
                        for part in parts {
                            match self.nodes[*part as usize] {
                                Kind::Unbound => taints.push(node),
                                _ => {
                                    webs.union(node, *part);
                                    open.push(*part);
                                }
                            }
                        }
                    }
                }
            }
        }
        taints.extend(self.deleted);
        for (raw, occurrence) in self.facts.occurrences.iter().enumerate() {
            if is_whole(occurrence.sym)
                && let Some(node) = webs.defs[raw]
            {
                webs.union(node, webs.unbound[occurrence.sym]);
            }
        }
        for node in taints {
            let root = webs.find(node);
            webs.tainted[root as usize] = true;
        }
        webs
    }
}

impl Webs {
    fn find(&mut self, node: Node) -> Node {
        let mut root = node;
        while self.parents[root as usize] != root {
            root = self.parents[root as usize];
        }
        let mut at = node;
        while self.parents[at as usize] != root {
            at = std::mem::replace(&mut self.parents[at as usize], root);
        }
        root
    }

    fn union(&mut self, a: Node, b: Node) {
        let (a, b) = (self.find(a), self.find(b));
        if a != b {
            let (low, high) = (a.min(b), a.max(b));
            self.parents[high as usize] = low;
            self.tainted[low as usize] |= self.tainted[high as usize];
        }
    }

    /// The live range of a binding, by any number; `None`: the binding was not looked at.
    pub fn of_def(&mut self, var: VarId) -> Option<u32> {
        let node = self.defs[var.at()]?;
        Some(self.find(node))
    }

    /// The live range that a read sees; `None`: no way leads to it.
    pub fn of_read(&mut self, expr: ExprId) -> Option<u32> {
        let node = self.reads[expr.at()];
        (node != NOWHERE).then(|| self.find(node))
    }

    /// The live range of a variable that is never split.
    pub fn whole(&mut self, sym: SymId) -> u32 {
        self.find(self.unbound[sym])
    }

    /// Whether a read of the live range may find it unbound.
    pub fn is_tainted(&mut self, web: u32) -> bool {
        let root = self.find(web);
        self.tainted[root as usize]
    }

    /// Whether a variable is assigned after a closure that captures it was made.
    pub fn assigned_after_capture(&self, sym: SymId) -> bool {
        let empty = Vec::new();
        let writes = self.writes.get(&sym).unwrap_or(&empty);
        let captured = self.captured.get(&sym).unwrap_or(&empty);
        captured.iter().any(|capture| {
            writes.iter().any(|write| {
                write.at > capture.at || (write.root_loop.is_some() && write.root_loop == capture.root_loop)
            })
        })
    }
}
