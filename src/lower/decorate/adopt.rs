//! `*args, **kwargs` of a wrapper become the parameters of what it wraps.
//!
//! Where `func(*args, **kwargs)` only hands them on, the call names them. Where they are looked at (printed, indexed, used as a
//! key), they are made again at the start of the wrapper, as the calls give them; calls of unequal form say which it is.

use std::collections::BTreeSet;

use super::{Chain, Decorator};
use crate::hir::copy::Copier;
use crate::hir::{
    Arg, Call, Callee, Default, Expr, ExprId, FnId, Param, ParamKind, StmtKind, Storage, Target, VarId, walk,
};

/// How a wrapper's `*args, **kwargs` and its new parameters are related.
#[derive(Debug, Clone)]
pub(super) struct Adopted {
    /// The wrapper.
    pub wrapper: FnId,
    /// What it wraps.
    pub inner: FnId,
    /// `*args`.
    pub args: Option<VarId>,
    /// `**kwargs`.
    pub kwargs: Option<VarId>,
    /// How many parameters stand before `*args`.
    pub leading: usize,
    /// The new parameters, and the names by which the inner function knows them.
    pub params: Vec<(VarId, ParamKind, String)>,
    /// Calls of the inner function that hand everything on.
    pub handed: Vec<ExprId>,
}

impl Decorator<'_> {
    /// All wrappers, inner ones first; then, outer ones first, what they are called with.
    pub(super) fn adopt_all(&mut self) {
        let chains = self.chains.clone();
        let mut adopted = Vec::new();
        for chain in chains {
            if let Some(made) = self.adopt(chain) {
                adopted.push(made);
            }
        }
        adopted.reverse();
        self.restore_arguments(&adopted);
    }

    fn adopt(&mut self, chain: Chain) -> Option<Adopted> {
        let Chain { wrapper, inner } = chain;
        let params = &self.program.functions[wrapper].params;
        let args = params.iter().find(|param| param.kind == ParamKind::Args).map(|param| param.var);
        let kwargs = params.iter().find(|param| param.kind == ParamKind::Kwargs).map(|param| param.var);
        if args.is_none() && kwargs.is_none() {
            return None;
        }
        let is_lead = |param: &&Param| matches!(param.kind, ParamKind::Positional | ParamKind::PositionalOnly);
        let leading = params.iter().filter(is_lead).count();
        if params.iter().filter(is_lead).any(|param| param.default.is_some()) {
            return None;
        }
        let own: Vec<String> = params
            .iter()
            .filter(|param| param.kind == ParamKind::Keyword)
            .map(|param| self.program.vars[param.var].name.clone())
            .collect();
        let uses = self.hand_ons(wrapper, inner, args, kwargs);
        // How many of the inner function's parameters get something else.
        let mut skip = None;
        let mut given: BTreeSet<String> = own.into_iter().collect();
        for (expr, before) in &uses {
            if skip.is_some_and(|skip| skip != *before) {
                return None;
            }
            skip = Some(*before);
            given.extend(self.args_of(*expr).into_iter().filter_map(|arg| match arg {
                Arg::Keyword(name, _) => Some(name),
                _ => None,
            }));
        }
        let skip = skip.unwrap_or(leading);
        let theirs: Vec<(VarId, ParamKind, Option<Default>)> = self.program.functions[inner]
            .params
            .iter()
            .map(|param| (param.var, param.kind, param.default))
            .skip(if args.is_some() || !uses.is_empty() { skip } else { 0 })
            .collect();
        let mut made = Vec::new();
        let mut names = Vec::new();
        for (var, kind, default) in theirs {
            let name = self.program.vars[var].name.clone();
            if given.contains(&name) {
                continue;
            }
            let kind = match kind {
                ParamKind::Positional | ParamKind::PositionalOnly if args.is_none() => ParamKind::Keyword,
                ParamKind::Keyword | ParamKind::Kwargs if kwargs.is_none() => continue,
                ParamKind::Args if args.is_none() => continue,
                kind => kind,
            };
            let default = match default {
                Some(Default::Inline(value)) => Some(Default::Inline(Copier::new(self.program).expr(value))),
                Some(Default::Once { var, .. }) => {
                    let at = self.program.functions[wrapper].span;
                    Some(Default::Inline(self.made(Expr::Var(var), at)))
                }
                None => None,
            };
            let copy = Copier::new(self.program).copy_var(var, Some(wrapper));
            self.program.vars[copy].storage = Storage::Local;
            self.program.vars[copy].maybe_unbound = false;
            names.push((copy, kind, name));
            made.push(Param { var: copy, kind, default });
        }
        self.avoid_names(wrapper, &names);
        let mut old = std::mem::take(&mut self.program.functions[wrapper].params);
        let mut new: Vec<Param> = Vec::new();
        let mut keywords: Vec<Param> = Vec::new();
        for param in old.drain(..) {
            match param.kind {
                ParamKind::Args | ParamKind::Kwargs => {}
                ParamKind::Keyword => keywords.push(param),
                _ => new.push(param),
            }
        }
        let at = made.iter().position(|param| matches!(param.kind, ParamKind::Keyword | ParamKind::Kwargs));
        let rest = made.split_off(at.unwrap_or(made.len()));
        new.extend(made);
        new.extend(keywords);
        new.extend(rest);
        self.program.functions[wrapper].params = new;
        self.program.functions[wrapper].qualname = self.program.functions[inner].qualname.clone();
        let handed = uses.into_iter().map(|(expr, _)| expr).collect();
        Some(Adopted { wrapper, inner, args, kwargs, leading, params: names, handed })
    }

    /// The arguments of a call or of an executor's.
    pub(super) fn args_of(&self, expr: ExprId) -> Vec<Arg> {
        match &self.program.exprs[expr] {
            Expr::Call(call) => call.args.clone(),
            Expr::Aio(crate::hir::Aio::Offload { args, .. }) => args.clone(),
            _ => Vec::new(),
        }
    }

    /// Calls that hand `*args` or `**kwargs` on to the inner function, and how many arguments it gets before them.
    fn hand_ons(&self, wrapper: FnId, inner: FnId, args: Option<VarId>, kwargs: Option<VarId>) -> Vec<(ExprId, usize)> {
        let is = |expr: ExprId, var: Option<VarId>| matches!((&self.program.exprs[expr], var), (Expr::Var(read), Some(var)) if *read == var);
        if self.is_changed(wrapper, args) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for expr in self.exprs_of(wrapper) {
            let list = self.args_of(expr);
            let star = list.iter().position(|arg| matches!(arg, Arg::Star(value) if is(*value, args)));
            let double = list.iter().any(|arg| matches!(arg, Arg::DoubleStar(value) if is(*value, kwargs)));
            if star.is_none() && !double {
                continue;
            }
            let before = star.unwrap_or_else(|| {
                list.iter().position(|arg| !matches!(arg, Arg::Positional(_))).unwrap_or(list.len())
            });
            if list[..before].iter().any(|arg| !matches!(arg, Arg::Positional(_))) {
                continue;
            }
            let is_inner =
                |expr: ExprId| matches!(self.program.exprs[expr], Expr::Function(function) if function == inner);
            let direct = match &self.program.exprs[expr] {
                Expr::Call(Call { callee: Callee::Function(function), .. }) => *function == inner,
                Expr::Aio(crate::hir::Aio::Offload { function, .. }) => is_inner(*function),
                _ => false,
            };
            let extends = match &self.program.exprs[expr] {
                Expr::Call(Call { callee: Callee::Super { name, .. }, .. }) => {
                    let inner = &self.program.functions[inner];
                    inner.method.is_some() && inner.name == *name
                }
                _ => false,
            };
            if extends {
                found.push((expr, before + 1));
            } else if direct {
                found.push((expr, before));
            } else if let Some(place) = list[..before].iter().position(|arg| is_inner(arg.value())) {
                found.push((expr, before - place - 1));
            }
        }
        found
    }

    /// Whether a wrapper assigns or changes this variable.
    pub(super) fn is_changed(&self, wrapper: FnId, var: Option<VarId>) -> bool {
        let Some(var) = var else { return false };
        let is = |expr: ExprId| matches!(self.program.exprs[expr], Expr::Var(read) if read == var);
        let mut found = false;
        for function in [wrapper].into_iter().chain(self.inside(wrapper)) {
            walk::for_each_stmt(&self.program.functions[function].body, &mut |stmt| {
                walk::stmt_vars(stmt, &mut |bound| found |= bound == var);
                let targets = match &stmt.kind {
                    StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => &targets[..],
                    StmtKind::AugAssign { target, .. } => std::slice::from_ref(target),
                    _ => &[],
                };
                found |= targets.iter().any(|target| matches!(target, Target::Index(object, _) if is(*object)));
            });
        }
        found
            || self.exprs_of(wrapper).into_iter().any(|expr| match &self.program.exprs[expr] {
                Expr::Call(Call { callee: Callee::Method { recv, name }, .. }) => {
                    is(*recv) && matches!(name.as_str(), "pop" | "popitem" | "update" | "setdefault" | "clear")
                }
                _ => false,
            })
    }

    /// Variables of a wrapper that have the name of a new parameter get another.
    pub(super) fn avoid_names(&mut self, wrapper: FnId, names: &[(VarId, ParamKind, String)]) {
        let taken: BTreeSet<&str> = names.iter().map(|(_, _, name)| name.as_str()).collect();
        let mut vars: BTreeSet<VarId> = BTreeSet::new();
        for function in [wrapper].into_iter().chain(self.inside(wrapper)) {
            let function = &self.program.functions[function];
            vars.extend(&function.locals);
            vars.extend(&function.captures);
            vars.extend(function.params.iter().filter(|param| param.kind != ParamKind::Keyword).map(|param| param.var));
        }
        for var in vars {
            let kept = &mut self.program.vars[var];
            if taken.contains(kept.name.as_str()) && kept.storage != Storage::Global {
                kept.name = format!("{}_outer", kept.name);
            }
        }
    }
}
