//! Numbers of two kinds: an `int` that meets a `float` is an `f64` as long as no use can tell `5` from `5.0`.
//!
//! Printing tells, and so does all that keeps the value for others to print; arithmetic hands the question on to its
//! result; comparisons, truth and parameters that are floats do not tell.

use super::shape::{Con, Slot};
use super::solver::{Found, Op, Solver};
use crate::hir::{BinOp, Expr, Flavour, Lit, Piece};
use crate::stubs::{Signature, StubTy};

impl Solver<'_> {
    /// A parameter of the registry gets a slot: whether it tells which kind of number it is.
    pub fn tell_argument(&mut self, slot: Slot, ty: &StubTy, found: &Found, signature: &Signature, out: Slot) {
        match ty {
            StubTy::Param(name) => {
                let kept = found.env.iter().any(|(known, _)| known == name) || mentions(&signature.result, name);
                if !kept {
                    self.slots.tell(slot);
                }
            }
            StubTy::Any => self.slots.tell(slot),
            StubTy::Union(parts) => {
                if !parts.iter().any(is_float) {
                    for part in parts {
                        self.tell_argument(slot, part, found, signature, out);
                    }
                }
            }
            StubTy::Named(name, args) if name.module == "typing" => {
                if let ("Iterable" | "Iterator" | "Collection" | "Sequence" | "Reversible", [inner]) =
                    (&*name.name, args.as_slice())
                {
                    for con in self.read(slot).alts {
                        if let Some(element) = self.element(&con, false) {
                            self.tell_argument(element, inner, found, signature, out);
                        }
                    }
                }
            }
            StubTy::Named(..) if is_float(ty) => {
                // `round(x, 1)` of an int is an int: what it gives may tell.
                if found.overloads().len() > 1 {
                    self.told_edges.push((slot, out));
                }
            }
            StubTy::Named(name, args) => match (&*name.module, &*name.name) {
                ("builtins", "int" | "bool" | "object") => self.slots.tell(slot),
                _ => {
                    for con in self.read(slot).alts {
                        for (inner, ty) in con.args().into_iter().zip(args) {
                            self.tell_argument(inner, ty, found, signature, out);
                        }
                    }
                }
            },
            StubTy::None | StubTy::List(_) | StubTy::Ellipsis | StubTy::Never | StubTy::SelfTy => {}
        }
    }

    /// Whether the format spec of an f-string shows ints and floats alike: `.2f`.
    pub fn spec_hides(&self, spec: &[Piece]) -> bool {
        match spec.last() {
            Some(Piece::Text(text)) => text.ends_with(['f', 'F', 'e', 'E', '%']),
            _ => false,
        }
    }

    /// Decides it for every slot.
    pub fn settle_numbers(&mut self) {
        let mut edges = std::mem::take(&mut self.told_edges);
        let mut items: rustc_hash::FxHashSet<Slot> = rustc_hash::FxHashSet::default();
        for op in self.ops.clone() {
            match &*op {
                Op::Binary { op, left, right, site, .. } => {
                    let number = |solver: &Self, slot: Slot| solver.slots.shape(slot).alts.iter().any(Con::is_number);
                    let (l, r) = (number(self, *left), number(self, *right));
                    let mixed = self.slots.shape(site.out).alts.iter().filter(|con| con.is_number()).count() > 1;
                    match op {
                        BinOp::Div if l && r => {}
                        BinOp::Mod if !l && self.hides_all(*left, site.key.0) => {}
                        _ if l && r => {
                            if mixed {
                                edges.extend([(*left, site.out), (*right, site.out)]);
                            }
                        }
                        _ => {
                            for slot in [*left, *right] {
                                if number(self, slot) || *op == BinOp::Mod {
                                    self.slots.tell(slot);
                                }
                            }
                        }
                    }
                }
                Op::Unary { value, site, .. } => edges.push((*value, site.out)),
                Op::Index { index, .. } => self.slots.tell(*index),
                Op::Method { recv, .. } | Op::Attr { value: recv, .. }
                    if self.slots.shape(*recv).alts.iter().any(Con::is_number) =>
                {
                    self.slots.tell(*recv);
                }
                Op::Narrow { from, to, .. } => edges.push((*from, *to)),
                Op::Iterate { out, .. } => {
                    let out = self.slots.root(*out);
                    items.insert(out);
                }
                Op::Unpack { targets, .. } => {
                    for target in targets {
                        let target = self.slots.root(*target);
                        items.insert(target);
                    }
                }
                _ => {}
            }
        }
        for (from, to) in self.slots.edges() {
            let from = self.slots.root(from);
            if items.contains(&from) {
                edges.push((to, from));
            }
        }
        for (id, class) in self.program.classes.iter() {
            if let Flavour::Dataclass { .. } | Flavour::NamedTuple | Flavour::Enum = class.flavour {
                for (_, slot) in self.fields.get(&id).cloned().unwrap_or_default() {
                    self.slots.tell(slot);
                }
            }
        }
        for slot in self.slots.spread_told(&edges) {
            self.slots.wake(slot);
        }
        self.numbers_settled = true;
    }

    /// `"%.2f" % x`, where every place of the literal shows ints and floats alike.
    fn hides_all(&self, _left: Slot, key: crate::hir::ExprId) -> bool {
        let Expr::Binary(_, left, _) = &self.program.exprs[key] else { return false };
        let Expr::Lit(Lit::Str(text)) = &self.program.exprs[*left] else { return false };
        let mut rest = text.replace("%%", "");
        while let Some(at) = rest.find('%') {
            let tail = &rest[at + 1..];
            let Some(end) = tail.find(char::is_alphabetic) else { return false };
            if !matches!(tail.as_bytes()[end], b'f' | b'F' | b'e' | b'E' | b'd' | b'i') {
                return false;
            }
            // `%d` cuts a float off, as it shows an int: equal for those that were ints.
            if matches!(tail.as_bytes()[end], b'd' | b'i') {
                return false;
            }
            rest = tail[end + 1..].to_string();
        }
        true
    }
}

fn is_float(ty: &StubTy) -> bool {
    matches!(ty, StubTy::Named(name, _) if name.module == "builtins" && matches!(&*name.name, "float" | "Number"))
}

pub fn mentions(ty: &StubTy, param: &str) -> bool {
    match ty {
        StubTy::Param(name) => name == param,
        StubTy::Named(_, args) | StubTy::Union(args) | StubTy::List(args) => {
            args.iter().any(|arg| mentions(arg, param))
        }
        StubTy::None | StubTy::Ellipsis | StubTy::Any | StubTy::Never | StubTy::SelfTy => false,
    }
}
