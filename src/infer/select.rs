//! Overloads: which one takes the arguments, and what each of its parameters gets.

use super::accept::Fit;
use super::binding::{Actual, Fill, Formal, bind};
use super::shape::{Con, Slot};
use super::solver::{Argument, Found, Given, Solver};
use crate::stubs::{Signature, StubTy};

impl Solver<'_> {
    /// The place of each argument in a signature; `None`: they do not fit.
    pub fn bind_stub(&mut self, signature: &Signature, args: &[Argument]) -> Option<Vec<Fill>> {
        let formals: Vec<Formal<'_>> = signature
            .params
            .iter()
            .map(|param| Formal { name: &param.name, kind: param.kind, has_default: param.default.is_some() })
            .collect();
        let actuals = self.actuals(args);
        bind("", &formals, &actuals, 0).ok()
    }

    /// The arguments as binding sees them.
    pub fn actuals(&mut self, args: &[Argument]) -> Vec<Actual> {
        let mut actuals = Vec::new();
        for arg in args {
            let (mut count, mut keys) = (None, None);
            match arg.given {
                Given::Star => {
                    if let Some(Con::Tuple(items)) = self.read(arg.slot).only() {
                        count = Some(items.len());
                    }
                }
                Given::DoubleStar => {
                    if let Some(Con::Namespace(parser)) = self.read(arg.slot).only() {
                        let fields = &self.parsers[*parser as usize].fields;
                        keys = Some(fields.iter().map(|(name, _)| name.clone()).collect());
                    }
                }
                Given::Positional | Given::Keyword(_) => {}
            }
            actuals.push(Actual { given: arg.given.clone(), count, keys });
        }
        actuals
    }

    /// Which overload takes the arguments, and what each of its parameters gets.
    pub fn select(&mut self, found: &Found, receiver: Option<Slot>, args: &[Argument]) -> Option<(usize, Vec<Fill>)> {
        let mut best: Option<(Fit, usize, Vec<Fill>)> = None;
        let overloads = found.overloads();
        for (at, signature) in overloads.iter().enumerate() {
            let Some(fills) = self.bind_stub(signature, args) else { continue };
            // `max(xs)` iterates, whatever is known of `xs`.
            if let ([first, ..], [only]) = (signature.params.as_slice(), self.positional_of(args).as_slice())
                && first.kind == crate::hir::ParamKind::Args
                && only.given == Given::Positional
                && found.owner.module == "builtins"
                && matches!(&*found.owner.name, "max" | "min")
            {
                continue;
            }
            let mut worst = Fit::Exact;
            if let (Some(ty), Some(receiver)) = (&signature.receiver, receiver) {
                worst = worst.max(self.accepts(receiver, ty, 0));
            } else if let (None, Some(receiver)) = (&signature.receiver, receiver) {
                worst = worst.max(self.own_receiver(found, receiver));
            }
            for (param, fill) in signature.params.iter().zip(&fills) {
                for slot in self.filled(fill, args) {
                    worst = worst.max(self.accepts(slot, &param.ty, 0));
                }
            }
            if worst != Fit::No && best.as_ref().is_none_or(|(fit, ..)| worst < *fit) {
                let done = worst == Fit::Exact;
                best = Some((worst, at, fills));
                if done {
                    break;
                }
            }
        }
        best.map(|(_, at, fills)| (at, fills))
    }

    fn positional_of<'a>(&self, args: &'a [Argument]) -> Vec<&'a Argument> {
        args.iter().filter(|arg| matches!(arg.given, Given::Positional | Given::Star)).collect()
    }

    /// A number's method without `self: …` takes the class's own representation.
    pub fn own_receiver(&mut self, found: &Found, receiver: Slot) -> Fit {
        if found.owner.module == "builtins"
            && matches!(&*found.owner.name, "bool" | "int" | "BigInt" | "float" | "Number")
        {
            let ty = StubTy::Named((*found.owner).clone(), Vec::new());
            return self.accepts(receiver, &ty, 0);
        }
        Fit::Exact
    }

    /// The slots of the arguments that a parameter gets.
    pub fn filled(&mut self, fill: &Fill, args: &[Argument]) -> Vec<Slot> {
        match fill {
            Fill::Default => Vec::new(),
            Fill::Arg(at) => vec![args[*at].slot],
            Fill::Item(at, index) => match self.read(args[*at].slot).only() {
                Some(Con::Tuple(items)) => items.get(*index).copied().into_iter().collect(),
                _ => Vec::new(),
            },
            Fill::Key(at, key) => match self.read(args[*at].slot).only() {
                Some(Con::Namespace(parser)) => {
                    let fields = &self.parsers[*parser as usize].fields;
                    fields.iter().filter(|(name, _)| name == key).map(|(_, slot)| *slot).collect()
                }
                Some(Con::Dict(_, value)) => vec![*value],
                _ => Vec::new(),
            },
            Fill::Unknown(at) => self.elements(args[*at].slot).into_iter().collect(),
            Fill::Args(list) => {
                let mut slots = Vec::new();
                for &at in list {
                    match args[at].given {
                        Given::Star => slots.extend(self.elements(args[at].slot)),
                        _ => slots.push(args[at].slot),
                    }
                }
                slots
            }
            Fill::Kwargs(list) => {
                let mut slots = Vec::new();
                for &at in list {
                    match (&args[at].given, self.read(args[at].slot).only()) {
                        (Given::DoubleStar, Some(Con::Dict(_, value))) => slots.push(*value),
                        (Given::DoubleStar, Some(Con::Namespace(parser))) => {
                            slots.extend(self.parsers[*parser as usize].fields.iter().map(|(_, slot)| *slot));
                        }
                        (Given::DoubleStar, _) => {}
                        _ => slots.push(args[at].slot),
                    }
                }
                slots
            }
        }
    }

    /// What iterating a slot gives, as one slot of the operation at work.
    pub fn elements(&mut self, slot: Slot) -> Option<Slot> {
        let shape = self.read(slot);
        let out = self.own_slot(0x656c_0000_0000 | u64::from(slot.0));
        if shape.dynamic {
            self.slots.make_dynamic(out);
        }
        for con in &shape.alts {
            if let Some(element) = self.element(con, false) {
                self.slots.flow(element, out);
            }
        }
        Some(out)
    }
}
