//! Functions that hand `*args, **kwargs` on: one for each form in which they are called, with as many parameters.
//!
//! `async def retry(func, *args)` called as `retry(fetch, url)` is `async def retry(arg)` that calls `fetch(arg)`: a function that is given
//! is known by name, and every argument has its own type.

use std::collections::{BTreeMap, BTreeSet};

use super::Decorator;
use super::adopt::Adopted;
use super::forms::Form;
use crate::hir::copy::{Copier, beside, named_copy};
use crate::hir::{Aio, Arg, Binding, Call, Callee, Expr, ExprId, FnId, Item, Param, ParamKind, Storage, VarId, walk};

/// Most forms of one function that get a function of their own.
const MOST_FORMS: usize = 12;

/// Where the functions of a program are called, and which are kept as values.
#[derive(Default)]
struct Sites {
    calls: BTreeMap<FnId, Vec<ExprId>>,
    methods: BTreeMap<String, Vec<ExprId>>,
    values: BTreeSet<FnId>,
    attributes: BTreeSet<String>,
}

/// What the calls of one group have in common.
#[derive(Debug, Clone, PartialEq)]
struct Group {
    form: Form,
    /// Parameters that are given a known function, by their place.
    known: Vec<(usize, FnId)>,
}

impl Decorator<'_> {
    /// Outer functions first: what they call is called in known forms then.
    pub(super) fn specialise(&mut self) {
        let mut done = BTreeSet::new();
        if self.program.functions.ids().all(|id| self.star_params(id) == (None, None)) {
            return;
        }
        for _ in 0..8 {
            let sites = self.sites();
            let ids: Vec<FnId> = self.program.functions.ids().collect();
            let before = done.len();
            for id in ids {
                if !done.contains(&id) && self.hands_on(id) && self.specialise_one(id, &sites, &mut done) {
                    break;
                }
            }
            if done.len() == before {
                return;
            }
        }
    }

    fn sites(&self) -> Sites {
        let mut sites = Sites::default();
        let program = &*self.program;
        for (_, block) in program.bodies() {
            walk::for_each_expr_in_block(program, block, &mut |expr| match &program.exprs[expr] {
                Expr::Call(Call { callee: Callee::Function(id), .. }) => sites.calls.entry(*id).or_default().push(expr),
                Expr::Call(Call { callee: Callee::Method { name, .. } | Callee::Super { name, .. }, .. }) => {
                    sites.methods.entry(name.clone()).or_default().push(expr);
                }
                Expr::Attr(_, name) => {
                    sites.attributes.insert(name.clone());
                }
                Expr::Function(id) => {
                    sites.values.insert(*id);
                }
                _ => {}
            });
        }
        sites
    }

    /// Whether a function spreads its `*args` or `**kwargs` in a call that wants to know how many there are.
    fn hands_on(&self, id: FnId) -> bool {
        let star = self.star_params(id);
        if star == (None, None) || self.is_changed(id, star.0) || self.is_changed(id, star.1) {
            return false;
        }
        self.exprs_of(id).into_iter().any(|expr| self.spreads(expr, star))
    }

    fn star_params(&self, id: FnId) -> (Option<VarId>, Option<VarId>) {
        let params = &self.program.functions[id].params;
        let of = |kind| params.iter().find(|param| param.kind == kind).map(|param| param.var);
        (of(ParamKind::Args), of(ParamKind::Kwargs))
    }

    fn reads_one(&self, expr: ExprId, (args, kwargs): (Option<VarId>, Option<VarId>)) -> bool {
        matches!(self.program.exprs[expr], Expr::Var(var) if Some(var) == args || Some(var) == kwargs)
    }

    fn spreads(&self, expr: ExprId, star: (Option<VarId>, Option<VarId>)) -> bool {
        let spread = self
            .args_of(expr)
            .iter()
            .any(|arg| matches!(arg, Arg::Star(value) | Arg::DoubleStar(value) if self.reads_one(*value, star)));
        match &self.program.exprs[expr] {
            Expr::Call(Call { callee: Callee::Stub(stub), .. }) => spread && stub.module != "builtins",
            Expr::Call(Call { callee: Callee::Method { recv, name }, .. }) => {
                let text = matches!(self.program.exprs[*recv], Expr::Lit(_)) || name == "format";
                spread && !text
            }
            Expr::Aio(Aio::Gather { args, .. }) => {
                args.iter().any(|item| matches!(item, Item::Star(value) if self.reads_one(*value, star)))
            }
            _ => spread,
        }
    }

    fn specialise_one(&mut self, id: FnId, sites: &Sites, done: &mut BTreeSet<FnId>) -> bool {
        let function = &self.program.functions[id];
        let name = function.name.clone();
        let is_method = match function.method {
            None => false,
            Some(method) if method.binding == Binding::Instance && !name.starts_with("__") => {
                let same =
                    self.program.functions.iter().filter(|(_, other)| other.method.is_some() && other.name == name);
                if same.count() != 1 || sites.attributes.contains(&name) {
                    return false;
                }
                true
            }
            Some(_) => return false,
        };
        let calls = if is_method { sites.methods.get(&name) } else { sites.calls.get(&id) };
        let Some(calls) = calls.filter(|_| !sites.values.contains(&id)) else { return false };
        let own: BTreeSet<ExprId> = self.exprs_of(id).into_iter().collect();
        let starred = |this: &Self, call: &ExprId| {
            this.args_of(*call).iter().any(|arg| matches!(arg, Arg::Star(_) | Arg::DoubleStar(_)))
        };
        if calls.iter().any(|call| own.contains(call) || starred(self, call)) || !function.decorators.is_empty() {
            return false;
        }
        let mut groups: Vec<(Group, Vec<ExprId>)> = Vec::new();
        for call in calls {
            let group = self.group_of(id, *call);
            match groups.iter_mut().find(|(other, _)| *other == group) {
                Some((_, list)) => list.push(*call),
                None => groups.push((group, vec![*call])),
            }
        }
        if groups.len() > MOST_FORMS {
            return false;
        }
        // Copies are made before the first is changed.
        let mut copies = vec![id];
        for at in 1..groups.len() {
            copies.push(self.another(id, &name, is_method, at));
        }
        for ((group, calls), copy) in groups.into_iter().zip(copies) {
            done.insert(copy);
            self.fit(copy, &group);
            for call in calls {
                self.redirect(call, copy, &group, is_method);
            }
        }
        done.insert(id);
        true
    }

    /// A copy of a function, defined beside it.
    fn another(&mut self, id: FnId, name: &str, is_method: bool, number: usize) -> FnId {
        let name = format!("{name}_{}", number + 1);
        if !is_method {
            return beside(self.program, id, name);
        }
        let copy = named_copy(self.program, id, name);
        if let Some(method) = self.program.functions[copy].method {
            self.program.classes[method.class].methods.push(copy);
        }
        copy
    }

    fn group_of(&self, id: FnId, call: ExprId) -> Group {
        let form = self.form_of(id, call);
        let bound = usize::from(self.program.functions[id].method.is_some());
        let params = &self.program.functions[id].params;
        let mut known = Vec::new();
        for (at, arg) in self.args_of(call).iter().enumerate() {
            let place = match arg {
                Arg::Positional(_) => at + bound,
                Arg::Keyword(name, _) => {
                    let named = |param: &Param| self.program.vars[param.var].name == *name;
                    params.iter().position(named).unwrap_or(usize::MAX)
                }
                _ => continue,
            };
            let Some(param) = params.get(place) else { continue };
            let leads = matches!(param.kind, ParamKind::Positional | ParamKind::PositionalOnly);
            if let Expr::Function(function) = self.program.exprs[arg.value()]
                && leads
                && param.default.is_none()
                && self.program.functions[function].method.is_none()
                && !self.is_rebound(id, param.var)
            {
                known.push((place, function));
            }
        }
        Group { form, known }
    }

    /// Gives a function the parameters that the calls of a group need.
    fn fit(&mut self, id: FnId, group: &Group) {
        let star = self.star_params(id);
        let at = self.program.functions[id].span;
        for (place, function) in group.known.iter().rev() {
            let var = self.program.functions[id].params[*place].var;
            let value = self.made(Expr::Function(*function), at);
            self.replace(id, var, value);
            self.program.functions[id].params.remove(*place);
        }
        for expr in self.exprs_of(id) {
            self.say(expr);
        }
        let mut body = std::mem::take(&mut self.program.functions[id].body);
        self.decide(&mut body);
        self.program.functions[id].body = body;
        let params = &self.program.functions[id].params;
        let is_lead = |param: &&Param| matches!(param.kind, ParamKind::Positional | ParamKind::PositionalOnly);
        let leading = params.iter().filter(is_lead).count();
        let given = group.form.positional.saturating_sub(leading + group.known.len());
        let taken: Vec<String> = params.iter().map(|param| self.program.vars[param.var].name.clone()).collect();
        let mut made: Vec<(VarId, ParamKind, String)> = Vec::new();
        if let Some(args) = star.0 {
            let base = self.program.vars[args].name.clone();
            let base = if base.len() > 1 { base.strip_suffix('s').unwrap_or(&base).to_string() } else { base };
            for number in 1..=given {
                let text = if given == 1 { base.clone() } else { format!("{base}{number}") };
                made.push((self.parameter(args, id, &text), ParamKind::Positional, text));
            }
        }
        if let Some(kwargs) = star.1 {
            for name in group.form.names.iter().filter(|name| !taken.contains(name)) {
                made.push((self.parameter(kwargs, id, name), ParamKind::Keyword, name.clone()));
            }
        }
        self.avoid_names(id, &made);
        let old = std::mem::take(&mut self.program.functions[id].params);
        let (leads, rest): (Vec<Param>, Vec<Param>) = old.into_iter().partition(|param| is_lead(&param));
        let new = |kind| made.iter().filter(move |(_, made, _)| *made == kind);
        let param = |(var, kind, _): &(VarId, ParamKind, String)| Param { var: *var, kind: *kind, default: None };
        let mut params = leads;
        params.extend(new(ParamKind::Positional).map(param));
        params.extend(rest.into_iter().filter(|param| param.kind == ParamKind::Keyword));
        params.extend(new(ParamKind::Keyword).map(param));
        self.program.functions[id].params = params;
        let handed: Vec<ExprId> = self.exprs_of(id).into_iter().filter(|expr| self.spreads(*expr, star)).collect();
        let one = Adopted { wrapper: id, inner: id, args: star.0, kwargs: star.1, leading, params: made, handed };
        self.gather_each(&one);
        self.hand_on(&one);
        let form = Form { positional: leading + given, names: group.form.names.clone() };
        self.make_again(&one, &[form], None);
    }

    fn parameter(&mut self, like: VarId, owner: FnId, name: &str) -> VarId {
        let var = Copier::new(self.program).copy_var(like, Some(owner));
        self.program.vars[var].name = name.to_string();
        self.program.vars[var].storage = Storage::Local;
        self.program.vars[var].annotation = None;
        var
    }

    /// `gather(*coros)`, `[*args]` of what are parameters now.
    fn gather_each(&mut self, one: &Adopted) {
        for expr in self.exprs_of(one.wrapper) {
            let args = match &self.program.exprs[expr] {
                Expr::Aio(Aio::Gather { args, .. }) | Expr::List(args) | Expr::Tuple(args) | Expr::Set(args) => {
                    args.clone()
                }
                _ => continue,
            };
            if !args.iter().any(|item| matches!(item, Item::Star(value) if self.reads_one(*value, (one.args, None)))) {
                continue;
            }
            let mut items = Vec::new();
            for item in args {
                match item {
                    Item::Star(value) if self.reads_one(value, (one.args, None)) => {
                        for (var, kind, _) in &one.params {
                            if *kind == ParamKind::Positional {
                                items.push(Item::One(self.made(Expr::Var(*var), self.program.span(expr))));
                            }
                        }
                    }
                    item => items.push(item),
                }
            }
            match &mut self.program.exprs[expr] {
                Expr::Aio(Aio::Gather { args, .. }) | Expr::List(args) | Expr::Tuple(args) | Expr::Set(args) => {
                    *args = items;
                }
                _ => {}
            }
        }
    }

    /// A call goes to the function of its form.
    fn redirect(&mut self, call: ExprId, to: FnId, group: &Group, is_method: bool) {
        let bound = usize::from(is_method);
        let known: Vec<usize> = group.known.iter().map(|(place, _)| *place).collect();
        let list: Vec<Arg> = self
            .args_of(call)
            .into_iter()
            .enumerate()
            .filter(|(at, arg)| match arg {
                Arg::Positional(_) => !known.contains(&(at + bound)),
                Arg::Keyword(_, value) => !group.known.iter().any(
                    |(_, function)| matches!(self.program.exprs[*value], Expr::Function(given) if given == *function),
                ),
                _ => true,
            })
            .map(|(_, arg)| arg)
            .collect();
        let name = self.program.functions[to].name.clone();
        if let Expr::Call(call) = &mut self.program.exprs[call] {
            call.args = list;
            match &mut call.callee {
                Callee::Function(function) => *function = to,
                Callee::Method { name: named, .. } | Callee::Super { name: named, .. } => *named = name,
                _ => {}
            }
        }
    }
}
