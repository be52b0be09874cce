//! Graphs of numbered nodes, and which of them are in cycles.

/// Edges by where they begin.
pub struct Forwards {
    starts: Vec<u32>,
    to: Vec<u32>,
}

impl Forwards {
    /// Of edges between so many nodes; those of a node keep their order.
    pub fn new(edges: impl Iterator<Item = (u32, u32)> + Clone, nodes: usize) -> Forwards {
        let mut starts = vec![0_u32; nodes + 1];
        for (from, _) in edges.clone() {
            starts[from as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut to = vec![0; starts.last().map_or(0, |all| *all as usize)];
        for (from, into) in edges {
            let at = &mut next[from as usize];
            to[*at as usize] = into;
            *at += 1;
        }
        Forwards { starts, to }
    }

    /// Where those of one node lead.
    pub fn of(&self, from: usize) -> &[u32] {
        &self.to[self.starts[from] as usize..self.starts[from + 1] as usize]
    }

    fn nodes(&self) -> usize {
        self.starts.len() - 1
    }
}

/// The number of the strongly connected component that each node is in, where that has a cycle: Tarjan's way, without
/// recursion.
pub fn cycles(next: &Forwards) -> Vec<Option<u32>> {
    const NEW: u32 = u32::MAX;
    let count = next.nodes();
    let (mut order, mut low, mut on_stack) = (vec![NEW; count], vec![0; count], vec![false; count]);
    let (mut stack, mut calls, mut clock) = (Vec::new(), Vec::new(), 0);
    let (mut found, mut groups) = (vec![None; count], 0);
    for root in 0..count {
        if order[root] != NEW || next.of(root).is_empty() {
            continue;
        }
        calls.push((root, 0));
        while let Some((node, at)) = calls.pop() {
            if at == 0 {
                order[node] = clock;
                low[node] = clock;
                clock += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&to) = next.of(node).get(at) {
                let to = to as usize;
                calls.push((node, at + 1));
                if order[to] == NEW {
                    calls.push((to, 0));
                } else if on_stack[to] {
                    low[node] = low[node].min(order[to]);
                }
                continue;
            }
            if low[node] == order[node] {
                let start = stack.iter().rposition(|&member| member == node).unwrap_or(0);
                let is_cycle = stack.len() - start > 1 || next.of(node).contains(&(node as u32));
                for member in stack.drain(start..) {
                    on_stack[member] = false;
                    found[member] = is_cycle.then_some(groups);
                }
                groups += 1;
            }
            if let Some(&(parent, _)) = calls.last() {
                low[parent] = low[parent].min(low[node]);
            }
        }
    }
    found
}
