//! Integers: which can grow without bound (`Int`), and which stay `i64`.
//!
//! The lattice is bounded < accumulated < unbounded. A product that feeds itself, a sum both sides of which feed
//! it, a power and a shift by what is no literal are unbounded, and so is all that they flow to. `--int=big` takes every
//! result of arithmetic for unbounded, `--int=i64` none: only what is written or known to be large is.

use rustc_hash::FxHashSet as HashSet;

use super::cycle::{Forwards, cycles};
use super::shape::{Con, Slot};
use super::solver::{Op, Solver};
use crate::hir::{BinOp, Expr, ExprId, Lit, StubRef, UnOp};
use crate::stubs::Entry;
use crate::types::IntMode;

impl Solver<'_> {
    /// The slot holds integers without bound.
    pub fn mark_big(&mut self, slot: Slot) {
        self.big_seeds.push(slot);
    }

    /// Whether the integers of a slot are without bound.
    pub fn is_big(&self, slot: Slot) -> bool {
        self.big.contains(&self.slots.root(slot))
    }

    /// The value of a literal, also negated.
    pub fn literal_int(&self, expr: ExprId) -> Option<i64> {
        match &self.program.exprs[expr] {
            Expr::Lit(Lit::Int(n)) => Some(*n),
            Expr::Lit(Lit::Bool(b)) => Some(i64::from(*b)),
            Expr::Unary(UnOp::Neg, inner) => self.literal_int(*inner).and_then(i64::checked_neg),
            _ => None,
        }
    }

    /// The value of an expression of literals; `None`: it has others, or does not fit 64 bits.
    fn constant(&self, expr: ExprId) -> Option<Result<i64, ()>> {
        let Expr::Binary(op, left, right) = &self.program.exprs[expr] else { return self.literal_int(expr).map(Ok) };
        let (left, right) = (self.constant(*left)?, self.constant(*right)?);
        let (Ok(left), Ok(right)) = (left, right) else { return Some(Err(())) };
        let value = match op {
            BinOp::Add => left.checked_add(right),
            BinOp::Sub => left.checked_sub(right),
            BinOp::Mul => left.checked_mul(right),
            BinOp::Pow => u32::try_from(right).ok().and_then(|right| left.checked_pow(right)),
            BinOp::LShift => match u32::try_from(right) {
                Ok(right) if right < 63 => left.checked_mul(1_i64 << right),
                _ => None,
            },
            BinOp::FloorDiv | BinOp::Mod | BinOp::RShift | BinOp::BitAnd | BinOp::BitOr | BinOp::BitXor => Some(0),
            BinOp::Div | BinOp::MatMul => return None,
        };
        Some(value.ok_or(()))
    }

    /// Whether a literal is a number that 64 bits do not hold.
    fn is_long(&self, expr: ExprId) -> bool {
        match &self.program.exprs[expr] {
            Expr::Lit(Lit::Str(text)) => text.chars().filter(char::is_ascii_digit).count() > 18,
            Expr::Lit(Lit::Float(value)) => value.abs() >= 9.2e18,
            Expr::Unary(UnOp::Neg, inner) => self.is_long(*inner),
            Expr::Binary(BinOp::Mul, text, times) => match (&self.program.exprs[*text], self.literal_int(*times)) {
                (Expr::Lit(Lit::Str(text)), Some(times)) => {
                    let digits = text.chars().filter(char::is_ascii_digit).count() as i64;
                    digits.saturating_mul(times) > 18
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a function adds up what it is given.
    fn grows(&mut self, name: &StubRef) -> bool {
        match self.entry(name) {
            Some((_, entry)) => {
                matches!(&*entry, Entry::Function(list) if list.iter().any(|signature| signature.grows))
            }
            None => false,
        }
    }

    /// What iterating a slot gives.
    fn parts(&self, slot: Slot) -> Vec<Slot> {
        let mut out = Vec::new();
        for con in &self.slots.shape(self.slots.root(slot)).alts {
            match con {
                Con::List(item)
                | Con::Set(item)
                | Con::FrozenSet(item)
                | Con::VarTuple(item)
                | Con::Iter(item)
                | Con::Dict(item, _)
                | Con::Gen(item, ..) => out.push(self.slots.root(*item)),
                Con::Tuple(items) => out.extend(items.iter().map(|item| self.slots.root(*item))),
                Con::Stub(_, items) => out.extend(items.iter().map(|item| self.slots.root(*item))),
                _ => {}
            }
        }
        out
    }

    /// Finds the integers without bound; whether there are more than before.
    pub fn grow(&mut self) -> bool {
        let mut edges: Vec<(Slot, Slot)> = self.slots.edges_among(|shape| shape.alts.contains(&Con::Int));
        let mut sums = Vec::new();
        // What is big makes the result of an operator big, also of one that keeps it from growing.
        let mut kept: Vec<(Slot, Slot)> = Vec::new();
        let mut seeds: Vec<Slot> = self.big_seeds.iter().map(|slot| self.slots.root(*slot)).collect();
        let int = |solver: &Self, slot: Slot| solver.slots.shape(slot).alts.iter().any(|con| matches!(con, Con::Int));
        let ops = self.ops.clone();
        for op in &ops {
            match &**op {
                Op::Binary { op, left, right, in_place, site } => {
                    let (l, r, out) = (self.slots.root(*left), self.slots.root(*right), self.slots.root(site.out));
                    if !int(self, out) {
                        continue;
                    }
                    let (left_expr, right_expr) = match (&self.program.exprs[site.key.0], *in_place) {
                        (Expr::Binary(_, left, right), false) => (Some(*left), Some(*right)),
                        (_, true) => (None, Some(site.key.0)),
                        _ => (None, None),
                    };
                    let constant = if *in_place { None } else { self.constant(site.key.0) };
                    let grows = matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Pow | BinOp::LShift);
                    let big = match self.int {
                        IntMode::Auto => matches!(constant, Some(Err(()))),
                        IntMode::Big => grows && !matches!(constant, Some(Ok(_))),
                        IntMode::I64 => false,
                    };
                    if big {
                        seeds.push(out);
                    }
                    let auto = self.int == IntMode::Auto;
                    let literal = right_expr.and_then(|expr| self.literal_int(expr));
                    let left_literal = left_expr.and_then(|expr| self.literal_int(expr));
                    match op {
                        BinOp::Add | BinOp::Sub => {
                            edges.extend([(l, out), (r, out)]);
                            sums.extend(auto.then_some((*op, l, r, out)));
                        }
                        BinOp::Mul => {
                            edges.extend([(l, out), (r, out)]);
                            let unit = |n: Option<i64>| n.is_some_and(|n| (-1..=1).contains(&n));
                            if auto && !unit(literal) && !unit(left_literal) {
                                sums.push((*op, l, r, out));
                            }
                        }
                        BinOp::Pow => {
                            edges.push((l, out));
                            kept.push((r, out));
                            match literal {
                                _ if !auto => {}
                                // Of a number of four digits, the fifth power may be too large.
                                Some(n) if n >= 5 && left_literal.is_none() => seeds.push(out),
                                Some(n) if n >= 0 => {
                                    if n > 1 {
                                        sums.push((*op, l, r, out));
                                    }
                                }
                                Some(_) => {}
                                None if left_literal.is_some_and(|n| (-1..=1).contains(&n)) => {}
                                None => seeds.push(out),
                            }
                        }
                        BinOp::LShift => {
                            edges.push((l, out));
                            match literal {
                                _ if !auto => {}
                                Some(_) => sums.push((BinOp::Mul, l, r, out)),
                                None => seeds.push(out),
                            }
                        }
                        BinOp::Mod => {
                            edges.push((r, out));
                            // The product of two remainders may be too large.
                            let modulus = right_expr.and_then(|expr| self.constant(expr));
                            match modulus {
                                Some(Ok(n)) if n.unsigned_abs() > 3_037_000_499 => edges.push((l, out)),
                                _ => kept.push((l, out)),
                            }
                        }
                        BinOp::FloorDiv | BinOp::RShift => {
                            // The middle of two is between them.
                            let middle = literal.is_some_and(|n| n >= 1)
                                && left_expr.is_some_and(|left| {
                                    matches!(&self.program.exprs[left], Expr::Binary(BinOp::Add, ..))
                                });
                            if middle {
                                kept.push((l, out));
                            } else {
                                edges.push((l, out));
                            }
                            kept.push((r, out));
                        }
                        BinOp::BitAnd => {
                            if literal.is_none() && left_literal.is_none() {
                                edges.extend([(l, out), (r, out)]);
                            } else {
                                kept.extend([(l, out), (r, out)]);
                            }
                        }
                        BinOp::BitOr | BinOp::BitXor => edges.extend([(l, out), (r, out)]),
                        BinOp::Div | BinOp::MatMul => {}
                    }
                }
                Op::Unary { value, site, .. } => {
                    let out = self.slots.root(site.out);
                    edges.push((self.slots.root(*value), out));
                    // `-n` of the least of 64 bits.
                    if self.int == IntMode::Big && int(self, out) && self.literal_int(site.key.0).is_none() {
                        seeds.push(out);
                    }
                }
                Op::Narrow { from, to, .. } => edges.push((self.slots.root(*from), self.slots.root(*to))),
                Op::Stub { site, name } if name.module == "builtins" && matches!(&*name.name, "int" | "round") => {
                    let out = self.slots.root(site.out);
                    for arg in &site.args {
                        edges.push((self.slots.root(arg.slot), out));
                        if arg.expr.is_some_and(|expr| self.is_long(expr)) {
                            seeds.push(out);
                        }
                    }
                }
                Op::Stub { site, name } if self.grows(name) => {
                    let out = self.slots.root(site.out);
                    for slot in site.args.iter().flat_map(|arg| self.parts(arg.slot)) {
                        edges.push((slot, out));
                        sums.push((BinOp::Add, slot, slot, out));
                    }
                }
                _ => {}
            }
        }
        edges.retain(|(from, to)| int(self, *from) && int(self, *to));
        let raw = |&(from, to): &(Slot, Slot)| (from.0, to.0);
        let component = cycles(&Forwards::new(edges.iter().map(raw), self.slots.count()));
        let of = |slot: Slot| component[slot.0 as usize];
        for (op, l, r, out) in sums {
            let (own, left, right) = (of(out), of(l), of(r));
            let feeds = match op {
                BinOp::Mul => own.is_some() && (own == left || own == right),
                BinOp::Pow => own.is_some() && own == left,
                _ => own.is_some() && own == left && own == right,
            };
            if feeds {
                seeds.push(out);
            }
        }
        kept.retain(|(from, to)| int(self, *from) && int(self, *to));
        let next = Forwards::new(edges.iter().chain(&kept).map(raw), self.slots.count());
        let before = self.big.len();
        let mut todo = seeds;
        let mut big: HashSet<Slot> = HashSet::default();
        while let Some(slot) = todo.pop() {
            let slot = self.slots.root(slot);
            if big.insert(slot) {
                todo.extend(next.of(slot.0 as usize).iter().map(|&to| Slot(to)));
            }
        }
        for slot in &big {
            self.slots.wake(*slot);
        }
        self.big = big;
        self.big.len() != before
    }
}
