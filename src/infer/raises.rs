//! Which functions can raise, and which are in a cycle of the call graph: least fixpoints over what was bound.

use super::cycle::{Forwards, cycles};
use super::{Adjustment, Resolved, Types};
use crate::hir::below::Below;
use crate::hir::*;
use crate::types::Ty;

/// Fills `raises` and `recursive` of every signature.
pub fn find(program: &Program, types: &mut Types) {
    let count = program.functions.len();
    let mut calls: Vec<(u32, u32)> = Vec::new();
    let mut raises = vec![false; count];
    let mut has_resolved = vec![false; program.exprs.len()];
    types.resolved.keys().for_each(|(expr, _)| has_resolved[expr.at()] = true);
    let below = Below::new(program);
    for (id, function) in program.functions.iter() {
        let mut scan = Scan {
            program,
            types,
            has_resolved: &has_resolved,
            below: &below,
            calls: Vec::new(),
            raises: function.kind != FnKind::Plain,
        };
        scan.block(&function.body);
        raises[id.at()] = scan.raises;
        calls.extend(scan.calls.into_iter().map(|callee| (id.raw(), callee.raw())));
    }
    // What a coroutine raises is raised where it is awaited.
    let callers = Forwards::new(calls.iter().map(|&(caller, callee)| (callee, caller)), count);
    let mut todo: Vec<FnId> = program.functions.ids().filter(|id| raises[id.at()]).collect();
    while let Some(id) = todo.pop() {
        if program.functions[id].kind != FnKind::Plain {
            continue;
        }
        for &caller in callers.of(id.at()) {
            if !std::mem::replace(&mut raises[caller as usize], true) {
                todo.push(FnId::from_raw(caller));
            }
        }
    }
    let cycle = cycles(&Forwards::new(calls.iter().copied(), count));
    for id in program.functions.ids() {
        let at = id.raw() as usize;
        if let Some(signature) = types.function.get_mut(id) {
            // Recursion can end in RecursionError; what never returns ends by raising.
            signature.raises = raises[at] || cycle[at].is_some() || signature.result == Ty::Never;
            signature.recursive = cycle[at].is_some();
        }
    }
}

struct Scan<'a> {
    program: &'a Program,
    types: &'a Types,
    /// Whether [`Types::resolved`] has anything of an expression.
    has_resolved: &'a [bool],
    below: &'a Below,
    calls: Vec<FnId>,
    raises: bool,
}

impl Scan<'_> {
    fn block(&mut self, block: &Block) {
        for stmt in &block.stmts {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        walk::stmt_exprs(self.program, stmt, &mut |expr| self.expr(expr));
        match &stmt.kind {
            StmtKind::Raise { .. }
            | StmtKind::Assert { .. }
            | StmtKind::With { .. }
            | StmtKind::Import(_)
            | StmtKind::Match { .. } => {
                self.raises = true;
            }
            StmtKind::Delete(targets) => {
                let _ = targets;
                self.raises = true;
            }
            StmtKind::For { target, iter, .. } => {
                self.iteration(*iter);
                self.target(target, *iter);
            }
            StmtKind::Assign { targets, value } => targets.iter().for_each(|target| self.target(target, *value)),
            StmtKind::AugAssign { target, value, .. } => {
                let fails = |list: Option<&Vec<Adjustment>>| list.is_some_and(|list| list.iter().any(can_fail));
                self.raises |= fails(self.types.aug_left.get(value)) || fails(self.types.aug_result.get(value));
                self.target(target, *value);
                if let Target::Var(var) = target {
                    self.raises |= self.program.vars[*var].maybe_unbound;
                }
            }
            _ => {}
        }
        let mut blocks: Vec<&Block> = Vec::new();
        match &stmt.kind {
            StmtKind::If { then: a, orelse: b, .. }
            | StmtKind::While { body: a, orelse: b, .. }
            | StmtKind::For { body: a, orelse: b, .. } => {
                blocks.extend([a, b]);
            }
            StmtKind::Try(try_) => {
                self.raises |= try_.star;
                blocks.extend([&try_.body, &try_.orelse, &try_.finally]);
                blocks.extend(try_.handlers.iter().map(|handler| &handler.body));
            }
            StmtKind::With { body, .. } => blocks.push(body),
            StmtKind::Match { cases, .. } => blocks.extend(cases.iter().map(|case| &case.body)),
            _ => {}
        }
        blocks.into_iter().for_each(|block| self.block(block));
    }

    fn target(&mut self, target: &Target, value: ExprId) {
        match target {
            Target::Var(_) => {}
            Target::Attr(object, _) => {
                if let Some(resolved) = self.types.resolved.get(&(*object, super::place::SET_ATTR)) {
                    self.resolved(resolved);
                }
            }
            Target::Index(_, index) => match self.types.resolved.get(&(*index, super::place::SET_ITEM)) {
                Some(resolved) => self.resolved(resolved),
                None => self.raises = true,
            },
            Target::Slice(..) | Target::Unsupported => self.raises = true,
            Target::Tuple(items) => {
                let exact = match self.ty(value) {
                    Some(Ty::Tuple(types)) => types.len() == items.len(),
                    _ => false,
                };
                // The element of a `for` is no expression: a tuple in the iterable's type says as much.
                let element = match self.ty(value).as_ref().and_then(element) {
                    Some(Ty::Tuple(types)) => types.len() == items.len(),
                    _ => false,
                };
                self.raises |= !exact && !element;
                items.iter().for_each(|item| self.target(item, value));
            }
            Target::Star(item) => self.target(item, value),
        }
    }

    fn ty(&self, expr: ExprId) -> Option<Ty> {
        self.types.expr.get(expr).cloned()
    }

    fn iteration(&mut self, iter: ExprId) {
        let plain = matches!(
            self.ty(iter),
            Some(Ty::List(_) | Ty::VarTuple(_) | Ty::FrozenSet(_) | Ty::Str | Ty::Bytes | Ty::Range | Ty::Tuple(_))
        );
        self.raises |= !plain;
    }

    fn expr(&mut self, expr: ExprId) {
        walk::children(self.program, expr, &mut |child| self.expr(child));
        if let Some(list) = self.types.adjustments.get(&expr) {
            self.raises |= list.iter().any(can_fail);
        }
        if self.has_resolved[expr.at()] {
            let types = self.types;
            let places = types.resolved.range((expr, 0)..=(expr, u32::MAX));
            places.for_each(|(_, resolved)| self.resolved(resolved));
            if let (Expr::Call(Call { callee: Callee::Method { .. }, .. }), Some(Resolved::Function { function, .. })) =
                (&self.program.exprs[expr], types.resolved.get(&(expr, 0)))
            {
                // A coroutine method that is called may be that of a class below.
                if self.program.functions[*function].kind != FnKind::Plain {
                    self.calls.extend(self.below.overriding(self.program, *function));
                }
            }
        }
        self.raises |= self.types.spread.contains_key(&(expr, 0));
        match &self.program.exprs[expr] {
            Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Unsupported(_) => self.raises = true,
            Expr::Aio(_) => self.raises = true,
            Expr::Var(var) => self.raises |= self.program.vars[*var].maybe_unbound,
            Expr::Slice { step, .. } => self.raises |= step.is_some(),
            Expr::Comp(comp) => {
                for clause in &comp.clauses {
                    self.iteration(clause.iter);
                    self.target(&clause.target, clause.iter);
                }
                // A generator expression raises when it is iterated, its first iterable at once.
            }
            Expr::List(items) | Expr::Tuple(items) | Expr::Set(items) => {
                for item in items {
                    if let Item::Star(value) = item {
                        self.iteration(*value);
                    }
                }
            }
            Expr::Format(pieces) => {
                let specs = pieces.iter().any(|piece| matches!(piece, Piece::Value { spec, .. } if !spec.is_empty()));
                self.raises |= specs
                    && pieces.iter().any(|piece| match piece {
                        Piece::Value { value, spec, .. } if !spec.is_empty() => {
                            !matches!(self.ty(*value), Some(Ty::Int | Ty::Float | Ty::Str | Ty::Bool))
                        }
                        _ => false,
                    });
            }
            Expr::Call(_) if !self.types.resolved.contains_key(&(expr, 0)) => self.raises = true,
            _ => {}
        }
    }

    fn resolved(&mut self, resolved: &Resolved) {
        match resolved {
            Resolved::Stub(call) => self.raises |= !call.nothrow || call.is_async,
            Resolved::Function { function, .. } => {
                self.calls.push(*function);
                // So may what goes through the items.
                self.raises |= self.program.functions[*function].name == "__iter__";
            }
            Resolved::New { class, .. } => {
                let init = self.program.classes[*class]
                    .methods
                    .iter()
                    .copied()
                    .find(|&method| self.program.functions[method].name == "__init__");
                match init {
                    Some(init) => self.calls.push(init),
                    None => self.raises |= !self.program.classes[*class].bases.is_empty(),
                }
            }
            Resolved::FnValue { .. } | Resolved::Dynamic | Resolved::Raises(..) | Resolved::Unsupported => {
                self.raises = true
            }
            Resolved::Field | Resolved::TupleField(_) | Resolved::RecordField(_) | Resolved::Known(_) => {}
        }
    }
}

fn can_fail(adjustment: &Adjustment) -> bool {
    matches!(
        adjustment,
        Adjustment::UnwrapOption { error: Some(_) }
            | Adjustment::FromUnion { error: Some(_), .. }
            | Adjustment::EachAlternative { error: Some(_), .. }
            | Adjustment::DownException { .. }
            | Adjustment::FromValue(_)
            | Adjustment::ToInt
            | Adjustment::IntoFunction(_)
    )
}

fn element(ty: &Ty) -> Option<Ty> {
    match ty {
        Ty::List(item) | Ty::Set(item) | Ty::FrozenSet(item) | Ty::VarTuple(item) | Ty::Iter(item) => {
            Some((**item).clone())
        }
        _ => None,
    }
}
