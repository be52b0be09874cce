//! `sorted(items, key=key)` where `key` is a parameter that may be `None`: with it, or without.

use crate::hir::copy::Copier;
use crate::hir::{Arg, Call, Callee, CmpOp, Default, Expr, ExprId, Lit, Program, VarId};

/// Writes the choice out.
pub fn optional_keys(program: &mut Program) {
    let optional: Vec<VarId> = program
        .functions
        .iter()
        .flat_map(|(_, function)| &function.params)
        .filter(|param| {
            matches!(param.default, Some(Default::Inline(value)) if matches!(program.exprs[value], Expr::Lit(Lit::None)))
        })
        .map(|param| param.var)
        .collect();
    if optional.is_empty() {
        return;
    }
    let found: Vec<(ExprId, usize, VarId)> = program
        .exprs
        .ids()
        .filter_map(|id| {
            let Expr::Call(call) = &program.exprs[id] else { return None };
            let takes_key = match &call.callee {
                Callee::Stub(stub) => {
                    matches!(
                        (stub.module.as_str(), stub.name.as_str()),
                        ("builtins", "sorted" | "min" | "max") | ("heapq", "nlargest" | "nsmallest")
                    )
                }
                Callee::Method { name, .. } => name == "sort",
                _ => false,
            };
            let at = call.args.iter().position(|arg| matches!(arg, Arg::Keyword(name, _) if name == "key"))?;
            let Expr::Var(var) = program.exprs[call.args[at].value()] else { return None };
            (takes_key && optional.contains(&var)).then_some((id, at, var))
        })
        .collect();
    for (id, at, var) in found {
        let origin = program.origins[id];
        let whole = program.exprs[id].clone();
        let with = program.make(whole, origin);
        let mut copier = Copier::new(program);
        let without = copier.expr(with);
        if let Expr::Call(Call { args, .. }) = &mut program.exprs[without] {
            args.remove(at);
        }
        let key = program.make(Expr::Var(var), origin);
        let none = program.make(Expr::Lit(Lit::None), origin);
        let test = program.make(Expr::Compare(key, vec![(CmpOp::Is, none)]), origin);
        program.exprs[id] = Expr::IfExp { test, then: without, orelse: with };
    }
}
