//! Calls with `*xs` of unknown length and `**d` of unknown keys.

use super::Binder;
use crate::hir::*;
use crate::infer::binding::{Fill, Open};
use crate::infer::shape::Con;
use crate::infer::solver::{Argument, Found};
use crate::infer::{BoundArg, SpreadCall};
use crate::stubs::{Signature, StubDefault};
use crate::types::Ty;

/// A parameter as a spread call sees it: name, kind, whether it has a default.
pub type Parameter = (String, ParamKind, bool);

/// What is called, as a spread call sees it.
pub struct Callee<'a> {
    /// As CPython calls it.
    pub name: &'a str,
    /// The receiver counts among the arguments.
    pub bound: bool,
    /// Without a bound first one.
    pub params: &'a [Parameter],
}

impl Binder<'_, '_> {
    /// The parameters of a function of the program, without the bound first one.
    pub fn parameters(&self, function: FnId, bound: bool) -> Vec<Parameter> {
        let program = self.s.program;
        let params = &program.functions[function].params;
        params
            .iter()
            .skip(usize::from(bound))
            .map(|param| (program.vars[param.var].name.clone(), param.kind, param.default.is_some()))
            .collect()
    }

    /// What of a call only the running program can check; called before its arguments are bound.
    pub fn open_call(&mut self, key: (ExprId, u32), callee: &Callee<'_>, fills: &[Fill], written: &[Arg]) {
        let is_open = |arg: &Arg, binder: &mut Self| match arg {
            Arg::Star(value) => {
                let slot = binder.slot(*value);
                !matches!(binder.s.slots.shape(slot).only(), Some(Con::Tuple(_)))
            }
            _ => false,
        };
        let to_rest = fills.iter().find_map(|fill| match fill {
            Fill::Args(list) => Some(list.clone()),
            _ => None,
        });
        let mut first = None;
        for (at, arg) in written.iter().enumerate() {
            let taken = to_rest.as_ref().is_some_and(|list| list.contains(&at));
            if first.is_none() && !taken && is_open(arg, self) {
                first = Some(at);
            }
        }
        let tail: Vec<Arg> = match first {
            Some(first) => {
                let by_place = |arg: &&Arg| matches!(arg, Arg::Star(_) | Arg::Positional(_));
                written[first..].iter().filter(by_place).cloned().collect()
            }
            None => Vec::new(),
        };
        let plain_others = fills.iter().any(|fill| matches!(fill, Fill::Kwargs(_)));
        let mut doubles = Vec::new();
        for arg in written {
            if let Arg::DoubleStar(value) = arg
                && !plain_others
                && !matches!(&self.s.program.exprs[*value], Expr::Dict(items) if items.is_empty())
            {
                let slot = self.slot(*value);
                if !matches!(self.s.slots.shape(slot).only(), Some(Con::Namespace(_))) {
                    doubles.push(*value);
                }
            }
        }
        if tail.is_empty() && doubles.is_empty() {
            return;
        }
        let span = self.span(key.0);
        if key.1 != 0 {
            self.refuse(span, "a spread argument of a call that is made later is not translated yet");
            return;
        }
        let tail = (!tail.is_empty()).then(|| {
            let ty = self.items_of_tail(&tail, span);
            (tail, ty)
        });
        let double = match doubles[..] {
            [] => None,
            [one] => match self.value(one) {
                Ty::Dict(name, value) if *name == Ty::Str => Some((one, *value)),
                Ty::Dict(..) | Ty::Record(_) | Ty::Never => None,
                _ => {
                    self.refuse(span, "`**` of this value is not translated yet");
                    None
                }
            },
            _ => {
                self.refuse(span, "several `**` of dicts whose keys are not known are not translated yet");
                None
            }
        };
        let mut call =
            SpreadCall { name: callee.name.to_string(), bound: callee.bound, tail, double, ..SpreadCall::default() };
        for ((name, kind, default), fill) in callee.params.iter().zip(fills) {
            let is_given = matches!(fill, Fill::Arg(_) | Fill::Item(..) | Fill::Key(..));
            match kind {
                ParamKind::Positional | ParamKind::PositionalOnly => {
                    call.places.push(name.clone());
                    call.optional += usize::from(*default);
                    call.unnamed += usize::from(*kind == ParamKind::PositionalOnly);
                    let by_name = match fill {
                        Fill::Arg(at) => matches!(written[*at], Arg::Keyword(..)),
                        fill => matches!(fill, Fill::Key(..)),
                    };
                    if by_name {
                        call.named.push(name.clone());
                    } else if is_given {
                        call.given += 1;
                    }
                }
                ParamKind::Args => call.rest = true,
                ParamKind::Kwargs => call.others = true,
                ParamKind::Keyword => {
                    let list = if *default { &mut call.keywords.1 } else { &mut call.keywords.0 };
                    list.push(name.clone());
                    if is_given {
                        call.named.push(name.clone());
                    }
                }
            }
        }
        self.types.spread.insert(key, call);
    }

    /// The types of the items and of the values that are spread.
    pub fn open_types(&self, of: ExprId) -> (Option<Ty>, Option<Ty>) {
        let call = self.types.spread.get(&(of, 0));
        let tail = call.and_then(|call| call.tail.as_ref()).map(|(_, ty)| ty.clone());
        (tail, call.and_then(|call| call.double.as_ref()).map(|(_, ty)| ty.clone()))
    }

    /// Whether what is found then is of the type that the parameter has.
    pub fn open_fits(&mut self, of: ExprId, ty: &Ty, open: &Open, span: crate::source::Span) {
        let (item, value) = self.open_types(of);
        if let (Some(from), true) = (item, open.item.is_some()) {
            self.part_fits(&from, ty, span);
        }
        if let (Some(from), true) = (value, open.key.is_some()) {
            self.part_fits(&from, ty, span);
        }
    }

    /// The same of a call of the registry, before its arguments are bound.
    pub fn open_registry(
        &mut self,
        key: (ExprId, u32),
        found: &Found,
        signature: &Signature,
        fills: &[Fill],
        written: &[Argument],
    ) {
        let is_open = |fill: &Fill| matches!(fill, Fill::Open(_) | Fill::OpenArgs(..) | Fill::OpenKwargs(..));
        if !fills.iter().any(is_open) {
            return;
        }
        let args: Option<Vec<Arg>> = written.iter().map(Argument::as_arg).collect();
        let Some(args) = args else { return };
        let params: Vec<Parameter> = signature
            .params
            .iter()
            .map(|param| (param.name.to_string(), param.kind, param.default.is_some()))
            .collect();
        let name = match &*found.method {
            "" | "__init__" => found.owner.name.to_string(),
            method => format!("{}.{method}", found.owner.name),
        };
        let callee = Callee { name: &name, bound: !found.method.is_empty(), params: &params };
        self.open_call(key, &callee, fills, &args);
    }

    /// What a parameter of the registry gets from spread arguments.
    pub fn open_of_registry(
        &mut self,
        key: (ExprId, u32),
        fill: &Fill,
        default: Option<&StubDefault>,
        ty: &Ty,
    ) -> BoundArg {
        let (of, span) = (key.0, self.span(key.0));
        match fill {
            Fill::Open(open) if default.is_some() && !self.may_reach(of, ty, open) => {
                default.map_or(BoundArg::Omitted, |lit| BoundArg::Lit(lit.clone()))
            }
            Fill::Open(open) if default != Some(&StubDefault::Omitted) => {
                self.open_fits(of, ty, open, span);
                BoundArg::Open {
                    of,
                    item: open.item.as_ref().map(|(_, item)| *item),
                    key: open.key.as_ref().map(|(_, key)| key.clone()),
                    ty: ty.clone(),
                    default: default.map(|lit| Box::new(BoundArg::Lit(lit.clone()))),
                }
            }
            // Keyword-only parameters are not reached by place.
            Fill::Open(open) if open.key.is_none() => BoundArg::Omitted,
            Fill::OpenArgs(_, from) => BoundArg::OpenArgs { of, from: *from },
            _ => {
                self.refuse(span, "`**` of a dict whose keys are not known is not translated yet in this call");
                BoundArg::Omitted
            }
        }
    }

    /// Whether items that are spread are of the type of a parameter; those with a default that are not are never reached.
    fn may_reach(&mut self, of: ExprId, ty: &Ty, open: &Open) -> bool {
        let (item, value) = self.open_types(of);
        let fits = |from: Ty| {
            from == Ty::Never || self.conversion(&from, ty, None).is_some_and(|list| !super::coerce::fails(&list))
        };
        let reaches = item.into_iter().chain(value).all(fits);
        if !reaches && let Some(call) = self.types.spread.get_mut(&(of, 0)) {
            // The check takes the arguments from there on for too many.
            let left = open.item.as_ref().map_or(0, |(_, item)| call.given + item);
            let cut = call.places.len().saturating_sub(left);
            call.places.truncate(left);
            call.optional = call.optional.saturating_sub(cut);
        }
        reaches
    }

    /// The one type of the arguments from the first spread one on.
    fn items_of_tail(&mut self, tail: &[Arg], span: crate::source::Span) -> Ty {
        let mut all: Option<Ty> = None;
        for arg in tail {
            let ty = match arg {
                Arg::Star(value) => self.iterate(*value, false),
                arg => self.value(arg.value()),
            };
            all = match all {
                None => Some(ty),
                Some(old) if old == ty || ty == Ty::Never => Some(old),
                Some(Ty::Never) => Some(ty),
                Some(old) => {
                    self.refuse(span, "spread arguments of several types in one call are not translated yet");
                    Some(old)
                }
            };
        }
        all.unwrap_or(Ty::Never)
    }
}
