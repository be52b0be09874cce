//! The statements of a decorator, carried out where it is used.

use std::collections::BTreeSet;

use super::{Decorator, Scope, assign};
use crate::hir::{
    Arg, Block, Default, DictItem, Expr, ExprId, FnId, Item, Lit, Param, ParamKind, Stmt, StmtKind, Storage, VarId,
    walk,
};

impl Decorator<'_> {
    /// Takes a function apart that nobody else uses: its statements go to `out`, with these arguments. Gives what it
    /// returns; `None`: it cannot be followed.
    pub(super) fn hoist(&mut self, id: FnId, args: &[Arg], scope: Scope, out: &mut Vec<Stmt>) -> Option<ExprId> {
        let at = self.program.functions[id].span;
        let given = self.given(id, args, at)?;
        let params: Vec<VarId> = given.iter().map(|(var, _)| *var).collect();
        let mut first = Vec::new();
        let mut replaced = BTreeSet::new();
        for (var, value) in given {
            if self.is_static(value) && !self.is_rebound(id, var) {
                self.replace(id, var, value);
                replaced.insert(var);
            } else {
                first.push(assign(var, value, self.program.span(value)));
            }
        }
        let body = std::mem::take(&mut self.program.functions[id].body);
        let trailing = body.trailing.clone();
        self.program.functions[id].body = body.clone();
        let mut stmts = Vec::new();
        let result = self.straight(body, &mut stmts)?;
        let vars: Vec<VarId> = params.into_iter().chain(self.program.functions[id].locals.clone()).collect();
        let vars: Vec<VarId> = vars.into_iter().filter(|var| !replaced.contains(var)).collect();
        self.move_vars(id, &vars, scope);
        self.program.functions[id].body = Block::default();
        self.program.functions[id].params.clear();
        self.program.functions[id].locals.clear();
        for var in &replaced {
            self.program.vars[*var].storage = Storage::Local;
        }
        if let Some(last) = stmts.last_mut() {
            let mut comments = trailing.comments;
            last.trivia.comments.append(&mut comments);
        }
        let mut block = Block { stmts, trailing: crate::hir::Trivia::default() };
        self.count_more(&block);
        self.block(&mut block, scope, false);
        out.append(&mut first);
        out.append(&mut block.stmts);
        Some(self.resolved(result, out))
    }

    /// What each parameter gets.
    fn given(&mut self, id: FnId, args: &[Arg], at: crate::source::Span) -> Option<Vec<(VarId, ExprId)>> {
        let params: Vec<(VarId, ParamKind, Option<Default>)> = self.program.functions[id]
            .params
            .iter()
            .map(|Param { var, kind, default }| (*var, *kind, *default))
            .collect();
        let mut positional = Vec::new();
        let mut named: Vec<(&str, ExprId)> = Vec::new();
        for arg in args {
            match arg {
                Arg::Positional(value) => positional.push(*value),
                Arg::Keyword(name, value) => named.push((name, *value)),
                Arg::Star(_) | Arg::DoubleStar(_) => return None,
            }
        }
        let mut positional = positional.into_iter();
        let mut out = Vec::new();
        for (var, kind, default) in params {
            let name = self.program.vars[var].name.clone();
            let by_place = match kind {
                ParamKind::PositionalOnly | ParamKind::Positional => positional.next(),
                _ => None,
            };
            let by_name = named.iter().position(|(given, _)| *given == name && kind != ParamKind::PositionalOnly);
            let value = match (kind, by_place, by_name, default) {
                (ParamKind::Args, ..) => {
                    let items = positional.by_ref().map(Item::One).collect();
                    self.made(Expr::Tuple(items), at)
                }
                (ParamKind::Kwargs, ..) => {
                    let mut items = Vec::new();
                    for (name, value) in named.drain(..) {
                        items.push((name.to_string(), value));
                    }
                    let items = items
                        .into_iter()
                        .map(|(name, value)| DictItem::Pair(self.made(Expr::Lit(Lit::Str(name)), at), value))
                        .collect();
                    self.made(Expr::Dict(items), at)
                }
                (_, Some(value), ..) => value,
                (_, None, Some(found), _) => named.remove(found).1,
                (_, None, None, Some(Default::Inline(value))) => {
                    crate::hir::copy::Copier::new(self.program).expr(value)
                }
                (_, None, None, Some(Default::Once { value, .. })) if self.is_static(value) => {
                    crate::hir::copy::Copier::new(self.program).expr(value)
                }
                (_, None, None, Some(Default::Once { var, .. })) => self.made(Expr::Var(var), at),
                (_, None, None, None) => return None,
            };
            out.push((var, value));
        }
        (positional.next().is_none() && named.is_empty()).then_some(out)
    }

    /// Whether a value is the same wherever it is read.
    pub(super) fn is_static(&self, value: ExprId) -> bool {
        match &self.program.exprs[value] {
            Expr::Function(_) | Expr::Class(_) | Expr::Stub(_) => true,
            // `except exceptions` with classes that are known.
            Expr::Tuple(items) => items.iter().all(|item| {
                matches!(item, Item::One(value) if matches!(self.program.exprs[*value], Expr::Class(_) | Expr::Stub(_)))
            }),
            Expr::Lit(lit) => matches!(lit, Lit::None | Lit::Bool(_) | Lit::Int(_) | Lit::Float(_) | Lit::Str(_)),
            _ => false,
        }
    }

    pub(super) fn is_rebound(&self, id: FnId, var: VarId) -> bool {
        let mut found = false;
        for inner in [id].into_iter().chain(self.inside(id)) {
            walk::for_each_stmt(&self.program.functions[inner].body, &mut |stmt| {
                walk::stmt_vars(stmt, &mut |bound| found |= bound == var);
            });
        }
        found
            || self
                .exprs_of(id)
                .into_iter()
                .any(|expr| matches!(self.program.exprs[expr], Expr::Walrus(bound, _) if bound == var))
    }

    /// Every read of a parameter is its value.
    pub(super) fn replace(&mut self, id: FnId, var: VarId, value: ExprId) {
        let mut all = self.exprs_of(id);
        for inner in self.inside(id) {
            all.extend(self.program.functions[inner].decorators.clone());
        }
        for expr in all {
            if matches!(self.program.exprs[expr], Expr::Var(read) if read == var) {
                let copy = match &self.program.exprs[value] {
                    Expr::Function(function) => Expr::Function(*function),
                    Expr::Class(class) => Expr::Class(*class),
                    Expr::Stub(stub) => Expr::Stub(stub.clone()),
                    Expr::Lit(lit) => Expr::Lit(lit.clone()),
                    Expr::Tuple(_) => {
                        let made = crate::hir::copy::Copier::new(self.program).expr(value);
                        std::mem::replace(&mut self.program.exprs[made], Expr::Lit(Lit::None))
                    }
                    _ => continue,
                };
                self.program.exprs[expr] = copy;
            }
        }
        for expr in self.exprs_of(id) {
            self.direct_call(expr);
        }
        for inner in self.inside(id) {
            self.program.functions[inner].captures.retain(|captured| *captured != var);
        }
    }

    /// The statements up to the `return`, whose value this gives; tests that are known are decided.
    fn straight(&mut self, block: Block, out: &mut Vec<Stmt>) -> Option<ExprId> {
        let at = block.stmts.first().map(|stmt| stmt.span);
        let mut returned = None;
        self.follow(block, out, &mut returned)?;
        match (returned, at) {
            (Some(value), _) => Some(value),
            (None, Some(at)) => Some(self.made(Expr::Lit(Lit::None), at)),
            (None, None) => None,
        }
    }

    /// `None`: a `return` may or may not be reached.
    fn follow(&mut self, block: Block, out: &mut Vec<Stmt>, returned: &mut Option<ExprId>) -> Option<()> {
        for stmt in block.stmts {
            match stmt.kind {
                StmtKind::Return(value) => {
                    let value = match value {
                        Some(value) => value,
                        None => self.made(Expr::Lit(Lit::None), stmt.span),
                    };
                    *returned = Some(value);
                    return Some(());
                }
                StmtKind::If { test, then, orelse } if self.known(test).is_some() => {
                    let chosen = if self.known(test) == Some(true) { then } else { orelse };
                    self.follow(chosen, out, returned)?;
                    if returned.is_some() {
                        return Some(());
                    }
                }
                StmtKind::Pass => {}
                kind => {
                    let stmt = Stmt { kind, span: stmt.span, trivia: stmt.trivia };
                    let mut returns = false;
                    let single = Block { stmts: vec![stmt.clone()], trailing: crate::hir::Trivia::default() };
                    walk::for_each_stmt(&single, &mut |inner| returns |= matches!(inner.kind, StmtKind::Return(_)));
                    if returns {
                        return None;
                    }
                    out.push(stmt);
                }
            }
        }
        Some(())
    }

    /// The variables of a function that was taken apart belong to where its statements stand.
    fn move_vars(&mut self, id: FnId, vars: &[VarId], scope: Scope) {
        let inside = self.inside(id);
        let captured: BTreeSet<VarId> =
            inside.iter().flat_map(|inner| self.program.functions[*inner].captures.clone()).collect();
        for var in vars {
            let inner = &mut self.program.vars[*var];
            inner.owner = scope.owner;
            inner.module = scope.module;
            if scope.owner.is_none() {
                inner.storage = if captured.contains(var) { Storage::Global } else { Storage::Local };
            }
            match scope.owner {
                Some(owner) => self.program.functions[owner].locals.push(*var),
                None => self.program.modules[scope.module].vars.push(*var),
            }
        }
        for inner in &inside {
            let function = &mut self.program.functions[*inner];
            if function.parent == Some(id) {
                function.parent = scope.owner;
                self.nested.borrow_mut().moved(*inner, scope.owner);
            }
            let captures = std::mem::take(&mut function.captures);
            let kept = captures.into_iter().filter(|var| self.program.vars[*var].owner.is_some());
            self.program.functions[*inner].captures = kept.collect();
        }
        // What the wrapper needs from further out, the functions around it need too.
        let mut outer = scope.owner;
        while let Some(owner) = outer {
            for var in &captured {
                let of = self.program.vars[*var].owner;
                if of.is_some() && !self.is_around(owner, of) && !self.program.functions[owner].captures.contains(var) {
                    self.program.functions[owner].captures.push(*var);
                }
            }
            outer = self.program.functions[owner].parent;
        }
    }

    /// Whether a variable's owner is this function or one inside it.
    fn is_around(&self, function: FnId, owner: Option<FnId>) -> bool {
        let mut at = owner;
        while let Some(next) = at {
            if next == function {
                return true;
            }
            at = self.program.functions[next].parent;
        }
        false
    }

    fn count_more(&mut self, block: &Block) {
        let bindings = &mut self.bindings;
        walk::for_each_stmt(block, &mut |stmt| {
            walk::stmt_vars(stmt, &mut |var| {
                if bindings.len() <= var.at() {
                    bindings.resize(var.at() + 1, 0);
                }
                bindings[var.at()] += 1;
            });
        });
    }

    /// The function that a returned name means.
    fn resolved(&mut self, result: ExprId, stmts: &mut Vec<Stmt>) -> ExprId {
        // A lambda as a wrapper is a function like another.
        if let Expr::Lambda(function) = self.program.exprs[result] {
            let span = self.program.span(result);
            let stars = self.program.functions[function].params.iter().any(|param| param.kind == ParamKind::Args);
            if stars {
                let kind = StmtKind::Def { function, var: None };
                stmts.push(Stmt { kind, span, trivia: crate::hir::Trivia::default() });
                self.program.exprs[result] = Expr::Function(function);
            }
            return result;
        }
        let Expr::Var(var) = self.program.exprs[result] else { return result };
        if let Some(function) = self.names.get(&var) {
            self.program.exprs[result] = Expr::Function(*function);
            return result;
        }
        if !self.is_bound_once(var) {
            return result;
        }
        for stmt in stmts {
            if let StmtKind::Def { function, var: bound } = &mut stmt.kind
                && *bound == Some(var)
            {
                *bound = None;
                self.names.insert(var, *function);
                self.program.exprs[result] = Expr::Function(*function);
                return result;
            }
        }
        result
    }
}
