//! Operators over every pair of alternatives.

use std::rc::Rc;

use super::shape::{Con, Slot};
use super::solver::{Argument, Given, Site, Solver};
use crate::hir::{BinOp, CmpOp, UnOp};

impl Solver<'_> {
    pub fn index(&mut self, value: Slot, index: Slot, constant: Option<i64>, key: Option<&str>, site: &Rc<Site>) {
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
                    if let (Some(fields), Some(at)) = (self.named_fields(con), constant) {
                        let len = fields.len() as i64;
                        if (-len..len).contains(&at) {
                            let at = if at < 0 { at + len } else { at };
                            self.slots.flow(fields[at as usize], site.out);
                        }
                        continue;
                    }
                    let one = self.own_con(value, con);
                    self.call_method(con, one, "__getitem__", &site.args, site.out);
                }
            }
        }
    }

    pub fn slice(&mut self, value: Slot, out: Slot) {
        let shape = self.read(value);
        if shape.dynamic {
            self.slots.make_dynamic(out);
        }
        for con in &shape.alts {
            match con {
                Con::Str | Con::Bytes | Con::Range | Con::VarTuple(_) | Con::List(_) => {
                    self.slots.add(out, con.clone());
                }
                Con::Tuple(items) => {
                    let element = self.joined(items);
                    self.slots.add(out, Con::VarTuple(element));
                }
                Con::Stub(class, _) if super::accept::is_buffer(class) => self.slots.add(out, con.clone()),
                Con::Class(_) | Con::Stub(..) if self.has_method(con, "__getitem__") => self.slots.make_dynamic(out),
                _ => {}
            }
        }
    }

    pub fn unary(&mut self, op: UnOp, value: Slot, out: Slot) {
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

    pub fn compare(&mut self, op: CmpOp, left: Slot, right: Slot, site: &Rc<Site>) {
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
                    if let Con::Class(class) = con {
                        if self.methods_through(class, "__contains__").is_empty() {
                            self.element(&con, false);
                            continue;
                        }
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
                if let Con::Class(class) = con
                    && self.find_method(class, name).is_some()
                {
                    let ignored = self.own_con_out(&con, 0x636d_7000);
                    let one = self.own_con(this, &con);
                    let args = [Argument { given: Given::Positional, slot: other, expr: None }];
                    self.call_method(&con, one, name, &args, ignored);
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

    pub fn arithmetic(&mut self, op: BinOp, left: Slot, right: Slot, site: &Rc<Site>) {
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
    pub fn negative_exponent(&self, site: &Site) -> bool {
        use crate::hir::{Expr, Lit};
        let Expr::Binary(BinOp::Pow, _, right) = &self.program.exprs[site.key.0] else { return false };
        match &self.program.exprs[*right] {
            Expr::Lit(Lit::Int(n)) => *n < 0,
            Expr::Unary(UnOp::Neg, inner) => matches!(&self.program.exprs[*inner], Expr::Lit(Lit::Int(n)) if *n > 0),
            _ => false,
        }
    }

    pub fn binary_pair(&mut self, op: BinOp, left: (&Con, Slot), right: (&Con, Slot), in_place: bool, out: Slot) {
        if let (BinOp::Add, Con::Tuple(a), Con::Tuple(b)) = (op, left.0, right.0) {
            let all: Vec<Slot> = a.iter().chain(b.iter()).copied().collect();
            return self.slots.add(out, Con::Tuple(all.into()));
        }
        let (one, other) = (self.own_con(left.1, left.0), self.own_con(right.1, right.0));
        let given = |slot| [Argument { given: Given::Positional, slot, expr: None }];
        if let (Con::Class(a), Con::Class(b)) = (left.0, right.0)
            && a != b
            && self.slots.hierarchy.is_subclass_of(*b, *a)
        {
            // The class below is asked first.
            let name = format!("__r{}__", op.dunder());
            if let Some(own) = self.find_method(*b, &name)
                && Some(own) != self.find_method(*a, &name)
            {
                return self.call_method(right.0, other, &name, &given(one), out);
            }
        }
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
