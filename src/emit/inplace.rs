//! Generators that are iterated where they are made and nowhere else: their functions give `impl Yields<T>`, so that
//! nothing is boxed and rustc sees through them.
//!
//! A generator function is one of them when every use of it is a call that is iterated on the spot: by a `for`, a
//! comprehension, a function that iterates, `yield from`, or by a parameter of which only `async for` is made.

use rustc_hash::FxHashSet as HashSet;

use super::plan::Plans;
use crate::hir::{Block, Callee, CompKind, Expr, ExprId, FnId, FnKind, Program, StmtKind, Storage, VarId, walk};
use crate::infer::{BoundArg, Resolved, Types};
use crate::types::Ty;

/// What is iterated in place.
#[derive(Debug, Default)]
pub struct InPlace {
    /// The generator functions.
    pub functions: HashSet<FnId>,
    /// The calls of them.
    pub calls: HashSet<ExprId>,
    /// The parameters that take such an async generator.
    pub params: HashSet<VarId>,
}

/// Functions of the registry that iterate what they are given.
const CONSUMERS: [&str; 11] =
    ["sum", "_sum_plain", "list", "set", "tuple", "sorted", "any", "all", "max", "min", "frozenset"];

/// Finds them.
pub fn find(program: &Program, types: &Types, plans: &Plans) -> InPlace {
    let mut spots =
        Spots { program, types, spots: HashSet::default(), awaited: HashSet::default(), kept: HashSet::default() };
    spots.all();
    let Spots { spots, awaited, kept, .. } = spots;
    let mut found = InPlace { params: parameters(program, types, plans, &awaited), ..InPlace::default() };
    found.functions =
        program.functions.ids().filter(|id| is_simple(program, types, *id) && !kept.contains(id)).collect();
    // Both sets shrink until what one says of the other holds.
    loop {
        let before = (found.functions.len(), found.params.len());
        found.calls = spots.clone();
        found.refuse(program, types, &awaited);
        if (found.functions.len(), found.params.len()) == before {
            break;
        }
    }
    let functions = std::mem::take(&mut found.functions);
    found.calls.retain(|call| called(types, *call).is_some_and(|function| functions.contains(&function)));
    found.functions = functions;
    found
}

/// A generator function whose type can be left to rustc: nothing is sent into it, and it gives nothing.
fn is_simple(program: &Program, types: &Types, id: FnId) -> bool {
    let function = &program.functions[id];
    let Some(signature) = types.function.get(id) else { return false };
    matches!(function.kind, FnKind::Generator | FnKind::AsyncGenerator)
        && function.method.is_none()
        && function.captures.is_empty()
        && matches!(signature.sends, Ty::None | Ty::Never)
        && matches!(signature.result, Ty::None | Ty::Never)
        && !matches!(signature.yields, Ty::Never)
        && signature.generics == 0
        && !signature.recursive
}

/// The function that an expression calls.
fn called(types: &Types, call: ExprId) -> Option<FnId> {
    match types.resolved.get(&(call, 0)) {
        Some(Resolved::Function { function, .. }) => Some(*function),
        _ => None,
    }
}

/// Parameters that are read by `async for` alone, of functions that are only called by name.
fn parameters(program: &Program, types: &Types, plans: &Plans, awaited: &HashSet<ExprId>) -> HashSet<VarId> {
    let mut params = HashSet::default();
    for (id, function) in program.functions.iter() {
        let plain = function.method.is_none() && function.captures.is_empty();
        let told = types.function.get(id).is_some_and(|signature| signature.generics == 0 && !signature.recursive);
        if !plain || !told {
            continue;
        }
        for param in &function.params {
            let var = &program.vars[param.var];
            let fixed = plans.vars.get(param.var).is_some_and(|plan| !plan.mutable && !plan.optional && plan.reads > 0);
            if fixed
                && var.storage == Storage::Local
                && param.default.is_none()
                && matches!(types.var.get(param.var), Some(Ty::AsyncGen(_, sends)) if matches!(**sends, Ty::None | Ty::Never))
            {
                params.insert(param.var);
            }
        }
    }
    for id in program.exprs.ids() {
        if let Expr::Var(var) = program.exprs[id]
            && !awaited.contains(&id)
        {
            params.remove(&var);
        }
    }
    params
}

impl InPlace {
    /// Takes out what is used otherwise.
    fn refuse(&mut self, program: &Program, types: &Types, awaited: &HashSet<ExprId>) {
        for (_, expr) in program.exprs.iter() {
            if let Expr::Function(function) = expr {
                self.functions.remove(function);
                for param in &program.functions[*function].params {
                    self.params.remove(&param.var);
                }
            }
        }
        let handed = self.handed_over(program, types);
        self.calls.extend(&handed);
        for ((expr, place), resolved) in &types.resolved {
            let Resolved::Function { function, .. } = resolved else { continue };
            if !self.functions.contains(function) {
                continue;
            }
            let is_async = program.functions[*function].kind == FnKind::AsyncGenerator;
            let here = *place == 0 && self.calls.contains(expr) && !types.adjustments.contains_key(expr);
            if !here || is_async && !awaited.contains(expr) && !handed.contains(expr) {
                self.functions.remove(function);
            }
        }
    }

    /// The calls that are arguments for such parameters. A parameter that is given anything else is none.
    fn handed_over(&mut self, program: &Program, types: &Types) -> HashSet<ExprId> {
        let mut handed = HashSet::default();
        for ((expr, place), resolved) in &types.resolved {
            let Resolved::Function { function, args } = resolved else { continue };
            let is_call = *place == 0 && matches!(program.exprs[*expr], Expr::Call(_));
            for (param, arg) in program.functions[*function].params.iter().zip(args) {
                if !self.params.contains(&param.var) {
                    continue;
                }
                match arg {
                    BoundArg::Expr(arg)
                        if is_call
                            && !types.adjustments.contains_key(arg)
                            && called(types, *arg).is_some_and(|made| self.functions.contains(&made)) =>
                    {
                        handed.insert(*arg);
                    }
                    _ => {
                        self.params.remove(&param.var);
                    }
                }
            }
        }
        handed
    }
}

/// Where something is iterated on the spot.
struct Spots<'a> {
    program: &'a Program,
    types: &'a Types,
    spots: HashSet<ExprId>,
    /// Those of `async for`.
    awaited: HashSet<ExprId>,
    /// The functions that a `def` puts into a variable.
    kept: HashSet<FnId>,
}

impl Spots<'_> {
    fn all(&mut self) {
        for (_, module) in self.program.modules.iter() {
            self.block(&module.body);
        }
        for (id, function) in self.program.functions.iter() {
            self.block(&function.body);
            if is_simple(self.program, self.types, id) && function.kind == FnKind::Generator {
                self.delegations(id, &function.body);
            }
        }
        for id in self.program.exprs.ids() {
            self.expr(id);
        }
    }

    fn block(&mut self, block: &Block) {
        walk::for_each_stmt(block, &mut |stmt| {
            if let StmtKind::For { iter, is_async, .. } = &stmt.kind {
                self.spots.insert(*iter);
                if *is_async {
                    self.awaited.insert(*iter);
                }
            }
            if let StmtKind::Def { function, var: Some(_) } = stmt.kind {
                self.kept.insert(function);
            }
        });
    }

    fn expr(&mut self, id: ExprId) {
        match &self.program.exprs[id] {
            Expr::Comp(comp) if comp.kind != CompKind::Generator => {
                for clause in &comp.clauses {
                    self.spots.insert(clause.iter);
                    if clause.is_async {
                        self.awaited.insert(clause.iter);
                    }
                }
            }
            Expr::Call(call) => {
                if let Callee::Stub(stub) = &call.callee
                    && stub.module == "builtins"
                    && CONSUMERS.contains(&stub.name.as_str())
                    && let [argument] = &call.args[..]
                    && matches!(self.types.resolved.get(&(id, 0)), Some(Resolved::Stub(call)) if !call.intrinsic)
                {
                    self.spots.insert(argument.value());
                }
            }
            _ => {}
        }
    }

    /// `yield from g()`, both yielding the same.
    fn delegations(&mut self, outer: FnId, body: &Block) {
        let yields = |id| self.types.function.get(id).map(|signature| &signature.yields);
        let mut found = Vec::new();
        walk::for_each_expr_in_block(self.program, body, &mut |id| {
            if let Expr::YieldFrom(value) = self.program.exprs[id]
                && called(self.types, value).is_some_and(|inner| yields(inner) == yields(outer))
            {
                found.push(value);
            }
        });
        self.spots.extend(found);
    }
}
