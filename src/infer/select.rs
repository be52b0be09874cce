//! Overloads: which one takes the arguments, and what each of its parameters gets.

use super::accept::Fit;
use super::binding::{Actual, Fill, Formal, bind};
use super::shape::{Con, Slot};
use super::solver::{Argument, Found, Given, Solver};
use crate::stubs::{Signature, StubParam, StubTy};

impl Solver<'_> {
    /// The place of each argument in a signature; `None`: they do not fit.
    pub fn bind_stub(&mut self, signature: &Signature, args: &[Argument]) -> Option<Vec<Fill>> {
        let formals: Vec<Formal<'_>> = signature
            .params
            .iter()
            .map(|param| Formal { name: &param.name, kind: param.kind, has_default: param.default.is_some() })
            .collect();
        let actuals = self.actuals(args);
        let fills = bind("", &formals, &actuals, 0).ok()?;
        // What is spread must reach something.
        let is_open = |actual: &Actual| actual.given == Given::Star && actual.count.is_none();
        let takes = |fill: &Fill| match fill {
            Fill::Open(open) => open.item.is_some(),
            Fill::OpenArgs(..) => true,
            Fill::Args(list) => !list.is_empty(),
            _ => false,
        };
        (!actuals.iter().any(is_open) || fills.iter().any(takes)).then_some(fills)
    }

    /// The arguments as binding sees them.
    pub fn actuals(&mut self, args: &[Argument]) -> Vec<Actual> {
        let mut actuals = Vec::with_capacity(args.len());
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
            // Which of several is meant, only the running program knows; `max(*xs)` does not iterate.
            let opens = |(param, fill): (&StubParam, &Fill)| matches!(fill, Fill::Open(_)) && param.default.is_none();
            if overloads.len() > 1 && signature.params.iter().zip(&fills).any(opens) {
                continue;
            }
            // A parameter that is `None` is not handed over: what runs on the way to it (`sys.exit(main())`) would be lost.
            let runs = |(param, fill): (&StubParam, &Fill)| match fill {
                Fill::Arg(at) => param.ty == StubTy::None && args[*at].expr.is_some_and(|expr| self.may_act(expr)),
                _ => false,
            };
            if overloads.len() > 1 && signature.params.iter().zip(&fills).any(runs) {
                continue;
            }
            let mut worst = Fit::Exact;
            if let (Some(ty), Some(receiver)) = (&signature.receiver, receiver) {
                worst = worst.max(self.accepts(receiver, ty, 0));
            } else if let (None, Some(receiver)) = (&signature.receiver, receiver) {
                worst = worst.max(self.own_receiver(found, receiver));
            }
            for (param, fill) in signature.params.iter().zip(&fills) {
                // What is spread does not get as far as a parameter with a default that does not take it.
                let optional = matches!(fill, Fill::Open(_)) && param.default.is_some();
                for slot in self.filled(fill, args) {
                    let fit = self.accepts(slot, &param.ty, 0);
                    worst = worst.max(if optional && fit == Fit::No { Fit::Exact } else { fit });
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

    /// Whether more happens in an expression than reading a name.
    fn may_act(&self, expr: crate::hir::ExprId) -> bool {
        use crate::hir::Expr;
        match self.program.exprs[expr] {
            Expr::Lit(_) | Expr::Var(_) => false,
            Expr::Attr(of, _) => self.may_act(of),
            _ => true,
        }
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

    /// Arguments by place, the items of those that are spread.
    fn items_of(&mut self, list: &[usize], args: &[Argument]) -> Vec<Slot> {
        let mut slots = Vec::new();
        for &at in list {
            match args[at].given {
                Given::Star => slots.extend(self.elements(args[at].slot)),
                _ => slots.push(args[at].slot),
            }
        }
        slots
    }

    /// What the dicts hold that are spread.
    fn values_of(&mut self, list: &[usize], args: &[Argument]) -> Vec<Slot> {
        let mut slots = Vec::new();
        for &at in list {
            for con in &self.read(args[at].slot).alts {
                if let Con::Dict(_, value) = con {
                    slots.push(*value);
                }
            }
        }
        slots
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
            Fill::Open(open) => {
                let mut slots = Vec::new();
                if let Some((tail, _)) = &open.item {
                    slots = self.items_of(tail, args);
                }
                if let Some((doubles, _)) = &open.key {
                    slots.extend(self.values_of(doubles, args));
                }
                slots
            }
            Fill::OpenArgs(tail, _) => self.items_of(tail, args),
            Fill::OpenKwargs(doubles, others) => {
                let mut slots = self.values_of(doubles, args);
                slots.extend(others.iter().map(|&at| args[at].slot));
                slots
            }
            Fill::Args(list) => self.items_of(list, args),
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
