//! The variables of others that calling each function may read, through whatever it calls.

use rustc_hash::FxHashMap;

use super::{Lowerer, SymId};
use crate::hir::*;

/// A set of variables for each function, a bit for each that any function reads.
pub struct Reads {
    syms: Vec<SymId>,
    words: usize,
    bits: Vec<u64>,
}

impl Reads {
    /// The variables of one function, by their numbers.
    pub fn of(&self, function: FnId) -> impl Iterator<Item = SymId> {
        let at = function.at() * self.words;
        let words = self.bits.get(at..at + self.words).unwrap_or_default();
        words.iter().enumerate().flat_map(move |(place, word)| {
            let set = (0..64).filter(move |bit| word >> bit & 1 == 1);
            set.map(move |bit| self.syms[place * 64 + bit])
        })
    }

    /// Adds what `callee` reads to what `caller` does; whether there was anything new.
    fn join(&mut self, caller: usize, callee: usize, own: &[u64]) -> bool {
        let mut new = false;
        for word in 0..self.words {
            let theirs = self.bits[callee * self.words + word] & !own.get(word).copied().unwrap_or(0);
            let mine = &mut self.bits[caller * self.words + word];
            new |= theirs & !*mine != 0;
            *mine |= theirs;
        }
        new
    }
}

impl Lowerer<'_, '_> {
    /// What calling each function may read.
    pub(super) fn reads_by_calls(&self) -> Reads {
        let count = self.program.functions.len();
        let mut syms: Vec<SymId> = self.reads.values().flatten().copied().collect();
        syms.sort();
        syms.dedup();
        let words = syms.len().div_ceil(64);
        let place: FxHashMap<SymId, usize> = syms.iter().enumerate().map(|(at, sym)| (*sym, at)).collect();
        let mut reads = Reads { syms, words, bits: vec![0; count * words] };
        for (id, of) in &self.reads {
            for sym in of {
                let at = place[sym];
                reads.bits[id.at() * words + at / 64] |= 1 << (at % 64);
            }
        }
        if words == 0 {
            return reads;
        }
        // A function's own variables end there.
        let mut own: FxHashMap<usize, Vec<u64>> = FxHashMap::default();
        for (at, sym) in reads.syms.iter().enumerate() {
            if let Some(owner) = self.syms[*sym].owner {
                own.entry(owner.at()).or_insert_with(|| vec![0; words])[at / 64] |= 1 << (at % 64);
            }
        }
        let callees: Vec<Vec<FnId>> =
            self.program.functions.iter().map(|(_, function)| self.callees(function)).collect();
        let order = callees_first(&callees);
        let mut changed = true;
        while changed {
            changed = false;
            for &caller in &order {
                let own = own.get(&caller).map_or(&[][..], Vec::as_slice);
                for callee in &callees[caller] {
                    changed |= reads.join(caller, callee.at(), own);
                }
            }
        }
        reads
    }

    /// The functions that one names, and those of the classes that it names.
    fn callees(&self, function: &Function) -> Vec<FnId> {
        let program = &self.program;
        let mut named: Vec<FnId> = Vec::new();
        walk::for_each_stmt(&function.body, &mut |stmt| match &stmt.kind {
            StmtKind::Def { function, var: Some(_) } => named.push(*function),
            StmtKind::Class { class, var: Some(_) } => self.class_functions(*class, &mut named),
            _ => {}
        });
        walk::for_each_expr_in_block(program, &function.body, &mut |expr| match &program.exprs[expr] {
            Expr::Function(of) | Expr::Lambda(of) => named.push(*of),
            Expr::Class(of) => self.class_functions(*of, &mut named),
            Expr::Call(call) => match call.callee {
                Callee::Function(of) => named.push(of),
                Callee::Class(of) | Callee::Super { class: of, .. } => self.class_functions(of, &mut named),
                _ => {}
            },
            _ => {}
        });
        named.sort();
        named.dedup();
        named
    }

    /// The methods of a class and of its bases.
    fn class_functions(&self, class: ClassId, into: &mut Vec<FnId>) {
        let mut open = vec![class];
        let mut seen = Vec::new();
        while let Some(class) = open.pop() {
            if seen.contains(&class) {
                continue;
            }
            seen.push(class);
            let class = &self.program.classes[class];
            into.extend(&class.methods);
            open.extend(class.bases.iter().filter_map(|base| match base {
                Base::Class(base) => Some(*base),
                Base::Stub(_) => None,
            }));
        }
    }
}

/// All functions, each after those it calls, where that can be.
fn callees_first(callees: &[Vec<FnId>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(callees.len());
    let mut seen = vec![false; callees.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for root in 0..callees.len() {
        if std::mem::replace(&mut seen[root], true) {
            continue;
        }
        open.push((root, 0));
        while let Some((node, at)) = open.pop() {
            let Some(next) = callees[node].get(at) else {
                order.push(node);
                continue;
            };
            open.push((node, at + 1));
            if !std::mem::replace(&mut seen[next.at()], true) {
                open.push((next.at(), 0));
            }
        }
    }
    order
}
