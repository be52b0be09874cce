//! Which functions a program still names.

use std::collections::BTreeSet;

use crate::hir::{Block, Callee, ClassId, Expr, ExprId, FnId, Program, StmtKind, walk};

/// The functions that are named anywhere but inside themselves.
pub fn functions(program: &Program) -> BTreeSet<FnId> {
    let mut named = BTreeSet::new();
    for (id, block) in program.bodies() {
        in_block(program, block, id, &mut named);
    }
    named
}

fn in_block(program: &Program, block: &Block, of: Option<FnId>, named: &mut BTreeSet<FnId>) {
    let mut note = |expr: ExprId| {
        let function = match &program.exprs[expr] {
            Expr::Function(function) => *function,
            Expr::Call(call) => match call.callee {
                Callee::Function(function) => function,
                _ => return,
            },
            _ => return,
        };
        let mut around = of;
        while let Some(id) = around {
            if id == function {
                return;
            }
            around = program.functions[id].parent;
        }
        named.insert(function);
    };
    walk::for_each_expr_in_block(program, block, &mut note);
    // A variable has it.
    walk::for_each_stmt(block, &mut |stmt| {
        if let StmtKind::Def { function, var: Some(_) } = stmt.kind {
            named.insert(function);
        }
    });
}

/// The functions that some statement or expression defines.
pub fn defined(program: &Program) -> BTreeSet<FnId> {
    let mut out = BTreeSet::new();
    let mut open: Vec<&Block> = program.modules.iter().map(|(_, module)| &module.body).collect();
    while let Some(block) = open.pop() {
        let mut found = Vec::new();
        walk::for_each_stmt(block, &mut |stmt| match &stmt.kind {
            StmtKind::Def { function, .. } => found.push(*function),
            StmtKind::Class { class, .. } => found.extend(&program.classes[*class].methods),
            _ => {}
        });
        walk::for_each_expr_in_block(program, block, &mut |expr| {
            if let Expr::Lambda(function) = program.exprs[expr] {
                found.push(function);
            }
        });
        open.extend(found.into_iter().filter(|id| out.insert(*id)).map(|id| &program.functions[id].body));
    }
    out
}

/// How often a class is named.
pub fn objects(program: &Program, class: ClassId) -> usize {
    let mut count = 0;
    for (_, block) in program.bodies() {
        walk::for_each_expr_in_block(program, block, &mut |expr| {
            count += usize::from(match &program.exprs[expr] {
                Expr::Class(named) => *named == class,
                Expr::Call(call) => call.callee == Callee::Class(class),
                _ => false,
            });
        });
    }
    count
}
