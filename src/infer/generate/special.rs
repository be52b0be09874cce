//! What the methods that operators and containers call are given.

use crate::hir::*;
use crate::infer::shape::{ClassRef, Con};
use crate::infer::solver::Solver;

/// Whether a comparison asks of which class the other object is.
fn asks_class(program: &Program, function: &Function) -> bool {
    let Some(other) = function.params.get(1).map(|param| param.var) else { return false };
    let mut asks = false;
    walk::for_each_expr_in_block(program, &function.body, &mut |expr| {
        if let Expr::Call(call) = &program.exprs[expr]
            && let Callee::Stub(name) = &call.callee
            && name.module == "builtins"
            && name.name == "isinstance"
            && let Some(Expr::Var(var)) = call.args.first().map(|arg| &program.exprs[arg.value()])
        {
            asks |= *var == other;
        }
    });
    asks
}

/// The class at or above one that most classes derive from: what objects of its struct have in common.
fn topmost(solver: &Solver<'_>, class: ClassId) -> ClassId {
    let hierarchy = &solver.slots.hierarchy;
    let above = hierarchy.program_above(class).iter().copied();
    above.max_by_key(|&above| hierarchy.below(above).len()).filter(|&top| hierarchy.below(top).len() > 1).map_or(
        class,
        |top| {
            if hierarchy.below(class).len() == hierarchy.below(top).len() { class } else { top }
        },
    )
}

/// Methods that containers and formatting call: what they are given.
pub fn special_methods(solver: &mut Solver<'_>) {
    let program = solver.program;
    for (id, function) in program.functions.iter() {
        let Some(method) = function.method else { continue };
        let given = match function.name.as_str() {
            "__eq__" | "__ne__" | "__lt__" | "__le__" | "__gt__" | "__ge__" => {
                let class = if asks_class(program, function) { topmost(solver, method.class) } else { method.class };
                solver.class_value(&ClassRef::Program(class))
            }
            "__format__" => Some(Con::Str),
            "__repr__" | "__str__" | "__hash__" | "__bool__" | "__len__" | "__init__" | "__post_init__" => None,
            _ => continue,
        };
        if function.name != "__init__" {
            solver.used.insert(id);
        }
        if let (Some(con), Some(param)) = (given, function.params.get(1)) {
            let slot = solver.var(param.var);
            solver.slots.add(slot, con);
        }
    }
}
