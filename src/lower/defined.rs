//! Names that mean different functions at different places: `main` of a second `async def main()` is that function from there on.
//!
//! Where live ranges are known, a variable that one `def` or `class` alone binds is that function or class.

use std::collections::HashMap;

use crate::hir::{Block, Callee, ClassId, Expr, FnId, Program, StmtKind, Storage, VarId, walk};

/// What a variable is.
#[derive(Clone, Copy)]
enum Defined {
    Function(FnId),
    Class(ClassId),
}

/// Replaces the reads of such variables.
pub fn name_them(program: &mut Program) {
    let found = found(program);
    if found.is_empty() {
        return;
    }
    let ids: Vec<_> = program.exprs.ids().collect();
    for id in ids {
        if let Expr::Var(var) = &program.exprs[id]
            && let Some(defined) = found.get(var)
        {
            program.exprs[id] = match *defined {
                Defined::Function(function) => Expr::Function(function),
                Defined::Class(class) => Expr::Class(class),
            };
        }
    }
    let ids: Vec<_> = program.exprs.ids().collect();
    for id in ids {
        let Expr::Call(call) = &program.exprs[id] else { continue };
        let Callee::Value(value) = call.callee else { continue };
        let callee = match program.exprs[value] {
            Expr::Function(function) => Callee::Function(function),
            Expr::Class(class) => Callee::Class(class),
            _ => continue,
        };
        if let Expr::Call(call) = &mut program.exprs[id] {
            call.callee = callee;
        }
    }
    let modules: Vec<_> = program.modules.ids().collect();
    for module in modules {
        unbind(&mut program.modules[module].body, &found);
    }
    let functions: Vec<_> = program.functions.ids().collect();
    for function in functions {
        unbind(&mut program.functions[function].body, &found);
    }
}

fn found(program: &Program) -> HashMap<VarId, Defined> {
    let mut found = HashMap::new();
    for (_, block) in program.bodies() {
        walk::for_each_stmt(block, &mut |stmt| match stmt.kind {
            StmtKind::Def { function, var: Some(var) } if program.functions[function].decorators.is_empty() => {
                found.insert(var, Defined::Function(function));
            }
            StmtKind::Class { class, var: Some(var) } if program.classes[class].decorators.is_empty() => {
                found.insert(var, Defined::Class(class));
            }
            _ => {}
        });
    }
    if found.is_empty() {
        return found;
    }
    let counts = walk::bindings(program);
    found.retain(|var, _| {
        let of = &program.vars[*var];
        counts[var.at()] == 1 && !of.maybe_unbound && of.storage == Storage::Local
    });
    found
}

fn unbind(block: &mut Block, found: &HashMap<VarId, Defined>) {
    for stmt in &mut block.stmts {
        match &mut stmt.kind {
            StmtKind::Def { var, .. } | StmtKind::Class { var, .. }
                if var.is_some_and(|var| found.contains_key(&var)) =>
            {
                *var = None;
            }
            _ => {}
        }
        walk::stmt_blocks_mut(stmt, &mut |inner| unbind(inner, found));
    }
}
