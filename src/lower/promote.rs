//! Generators without `@asyncio.coroutine` that are only ever awaited are coroutines: old asyncio let them pass.
//!
//! Such a function yields nothing itself (`yield` alone gives control to the loop), and each call of it is awaited,
//! handed to the loop, or delegated to by another such function. Methods are judged by their names together.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowerer;
use crate::hir::walk;
use crate::hir::*;

/// Who takes what a call gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taker {
    /// `await`, or asyncio.
    Loop,
    /// `yield from` in this generator.
    Delegation(FnId),
}

#[derive(Default)]
struct Uses {
    /// Who takes the results of calls; `None`: it is used as any value.
    takers: BTreeMap<FnId, Vec<Option<Taker>>>,
}

impl Lowerer<'_, '_> {
    /// Turns generators that are coroutines into coroutines.
    pub(super) fn promote(&mut self) {
        let candidates = self.candidates();
        if candidates.is_empty() {
            return;
        }
        let uses = self.uses(&candidates);
        let mut promoted: BTreeSet<FnId> = candidates;
        loop {
            let fits = |id: &FnId| {
                // What nothing calls does no harm.
                uses.takers.get(id).is_none_or(|takers| {
                    takers.iter().all(|taker| match taker {
                        Some(Taker::Loop) => true,
                        Some(Taker::Delegation(by)) => promoted.contains(by),
                        None => false,
                    })
                })
            };
            let kept: BTreeSet<FnId> = promoted.iter().copied().filter(fits).collect();
            let done = kept.len() == promoted.len();
            promoted = kept;
            if done {
                break;
            }
        }
        // A chain of generators that nothing awaits is one of true generators.
        let mut sure: BTreeSet<FnId> = BTreeSet::new();
        loop {
            let before = sure.len();
            for id in &promoted {
                let takers = uses.takers.get(id).into_iter().flatten();
                let delegates = |of: &FnId| {
                    uses.takers.get(of).is_some_and(|takers| takers.contains(&Some(Taker::Delegation(*id))))
                };
                let awaited = |taker: &Option<Taker>| match taker {
                    Some(Taker::Loop) => true,
                    Some(Taker::Delegation(by)) => sure.contains(by),
                    None => false,
                };
                if takers.into_iter().any(awaited) || sure.iter().any(delegates) {
                    sure.insert(*id);
                }
            }
            if sure.len() == before {
                break;
            }
        }
        for id in sure {
            self.promote_one(id);
        }
    }

    fn candidates(&self) -> BTreeSet<FnId> {
        let program = &self.program;
        let is_candidate = |function: &Function| {
            if function.kind != FnKind::Generator {
                return false;
            }
            let mut yields_nothing = true;
            walk::for_each_expr_in_block(program, &function.body, &mut |expr| {
                yields_nothing &= !matches!(program.exprs[expr], Expr::Yield(Some(_)));
            });
            function.decorators.is_empty()
                && function.name != "<lambda>"
                && !function.name.starts_with("__")
                && yields_nothing
        };
        program.functions.iter().filter(|(_, function)| is_candidate(function)).map(|(id, _)| id).collect()
    }

    fn uses(&self, candidates: &BTreeSet<FnId>) -> Uses {
        let program = &self.program;
        let mut by_name: BTreeMap<&str, Vec<FnId>> = BTreeMap::new();
        for id in candidates.iter().filter(|id| program.functions[**id].method.is_some()) {
            by_name.entry(&program.functions[*id].name).or_default().push(*id);
        }
        let mut takers: BTreeMap<ExprId, Taker> = BTreeMap::new();
        for (id, function) in program.functions.iter() {
            walk::for_each_expr_in_block(program, &function.body, &mut |expr| {
                if let Expr::YieldFrom(value) = program.exprs[expr] {
                    takers.insert(value, Taker::Delegation(id));
                }
            });
        }
        for (_, expr) in program.exprs.iter() {
            match expr {
                Expr::Await(value) => {
                    takers.insert(*value, Taker::Loop);
                }
                Expr::Aio(Aio::Spawn { coro: value, .. } | Aio::Run { main: value, .. }) => {
                    takers.insert(*value, Taker::Loop);
                }
                Expr::Aio(Aio::Gather { args, .. }) => {
                    takers.extend(args.iter().map(|arg| (arg.value(), Taker::Loop)));
                }
                _ => {}
            }
        }
        let mut uses = Uses::default();
        for (id, expr) in program.exprs.iter() {
            let taker = takers.get(&id).copied();
            match expr {
                Expr::Function(function) => uses.takers.entry(*function).or_default().push(None),
                Expr::Call(call) => match &call.callee {
                    Callee::Function(function) => uses.takers.entry(*function).or_default().push(taker),
                    Callee::Method { name, .. } | Callee::Super { name, .. } => {
                        for method in by_name.get(&**name).into_iter().flatten() {
                            uses.takers.entry(*method).or_default().push(taker);
                        }
                    }
                    _ => {}
                },
                Expr::Attr(_, name) => {
                    for method in by_name.get(&**name).into_iter().flatten() {
                        uses.takers.entry(*method).or_default().push(None);
                    }
                }
                _ => {}
            }
        }
        uses
    }

    fn promote_one(&mut self, id: FnId) {
        let mut yields = Vec::new();
        let mut body = std::mem::take(&mut self.program.functions[id].body);
        self.old_locks(&mut body);
        walk::for_each_expr_in_block(&self.program, &body, &mut |expr| {
            if matches!(self.program.exprs[expr], Expr::Yield(None) | Expr::YieldFrom(_)) {
                yields.push(expr);
            }
        });
        for expr in yields {
            match self.program.exprs[expr] {
                Expr::YieldFrom(value) => self.program.exprs[expr] = Expr::Await(value),
                _ => {
                    let span = self.program.span(expr);
                    let awaited = self.bare_yield(span);
                    if let Expr::Await(inner) = self.program.exprs[awaited] {
                        self.program.exprs[expr] = Expr::Await(inner);
                    }
                }
            }
        }
        let function = &mut self.program.functions[id];
        function.body = body;
        function.kind = FnKind::Coroutine { legacy: true };
        awaits(&mut function.exits);
        self.program.known_until(10);
    }

    /// `with (yield from lock):` is `async with lock:`; and what yielded awaits.
    fn old_locks(&self, block: &mut Block) {
        for stmt in &mut block.stmts {
            match &mut stmt.kind {
                StmtKind::If { then, orelse, .. } => {
                    self.old_locks(then);
                    self.old_locks(orelse);
                }
                StmtKind::While { body, orelse, .. } | StmtKind::For { body, orelse, .. } => {
                    self.old_locks(body);
                    self.old_locks(orelse);
                }
                StmtKind::Try(try_) => {
                    awaits(&mut try_.exits);
                    awaits(&mut try_.handler_exits);
                    self.old_locks(&mut try_.body);
                    try_.handlers.iter_mut().for_each(|handler| self.old_locks(&mut handler.body));
                    self.old_locks(&mut try_.orelse);
                    self.old_locks(&mut try_.finally);
                }
                StmtKind::With { items, body, exits, is_async } => {
                    awaits(exits);
                    if let [item] = &mut **items
                        && let Expr::YieldFrom(lock) = self.program.exprs[item.context]
                        && matches!(self.program.exprs[lock], Expr::Var(_) | Expr::Attr(..) | Expr::Index(..))
                    {
                        item.context = lock;
                        *is_async = true;
                    }
                    self.old_locks(body);
                }
                StmtKind::Match { cases, .. } => cases.iter_mut().for_each(|case| self.old_locks(&mut case.body)),
                _ => {}
            }
        }
    }
}

fn awaits(exits: &mut Exits) {
    exits.awaits |= exits.yields;
    exits.yields = false;
}
