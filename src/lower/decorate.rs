//! Decorators of the program's own: each use has a copy, and a wrapper that only hands on what it is given has the
//! parameters of the function it wraps.

use crate::hir::copy::Copier;
use crate::hir::{Arg, Callee, Default, Expr, ExprId, FnId, Param, ParamKind, Program, Stmt, StmtKind, VarId, walk};

/// Prepares all decorators of a program.
pub fn decorate(program: &mut Program) {
    let decorated: Vec<FnId> = program
        .functions
        .iter()
        .filter(|(_, function)| {
            !function.decorators.is_empty() && function.method.is_none() && function.parent.is_none()
        })
        .map(|(id, _)| id)
        .collect();
    let mut used: Vec<FnId> = Vec::new();
    let mut uses: Vec<(FnId, FnId)> = Vec::new();
    for id in decorated {
        for at in 0..program.functions[id].decorators.len() {
            let decorator = program.functions[id].decorators[at];
            let Some(of) = factory(program, decorator) else { continue };
            if program.functions[of].parent.is_some() || !can_copy(program, of) {
                continue;
            }
            let of = if used.contains(&of) {
                let copy = Copier::new(program).function(of);
                let name = program.functions[of].name.clone();
                program.functions[copy].name = name;
                let replaced = Copier::new(program).expr(decorator);
                match &mut program.exprs[replaced] {
                    Expr::Function(function) => *function = copy,
                    Expr::Call(call) => call.callee = Callee::Function(copy),
                    _ => continue,
                }
                program.functions[id].decorators[at] = replaced;
                insert_after(program, of, copy);
                copy
            } else {
                used.push(of);
                of
            };
            uses.push((of, id));
        }
    }
    for (of, id) in uses {
        for wrapper in inside(program, of) {
            adopt(program, wrapper, id);
        }
    }
}

/// The function that a decorator is, or that makes it.
fn factory(program: &Program, decorator: ExprId) -> Option<FnId> {
    match &program.exprs[decorator] {
        Expr::Function(function) => Some(*function),
        Expr::Call(call) => match call.callee {
            Callee::Function(function) => Some(function),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a function is nothing but definitions: copies of one with statements of other kinds are not made.
fn can_copy(program: &Program, of: FnId) -> bool {
    let mut fine = true;
    for function in [of].into_iter().chain(inside(program, of)) {
        walk::for_each_stmt(&program.functions[function].body, &mut |stmt| {
            fine &= !matches!(stmt.kind, StmtKind::Match { .. } | StmtKind::Class { .. } | StmtKind::Import(_));
        });
        fine &=
            !program.functions[function].params.iter().any(|param| matches!(param.default, Some(Default::Once { .. })));
    }
    fine
}

/// The functions inside a function.
fn inside(program: &Program, of: FnId) -> Vec<FnId> {
    let mut all = vec![of];
    let mut at = 0;
    while let Some(next) = all.get(at).copied() {
        at += 1;
        all.extend(program.functions.iter().filter(|(_, function)| function.parent == Some(next)).map(|(id, _)| id));
    }
    all.remove(0);
    all
}

/// The copy is defined right behind the original.
fn insert_after(program: &mut Program, of: FnId, copy: FnId) {
    let module = program.functions[of].module;
    let stmts = &mut program.modules[module].body.stmts;
    let at = stmts.iter().position(|stmt| matches!(stmt.kind, StmtKind::Def { function, .. } if function == of));
    if let Some(at) = at {
        let span = stmts[at].span;
        let kind = StmtKind::Def { function: copy, var: None };
        stmts.insert(at + 1, Stmt { kind, span, trivia: crate::hir::Trivia::default() });
    }
}

/// A wrapper of `*args, **kwargs` that are only handed on takes the parameters of what it wraps.
fn adopt(program: &mut Program, wrapper: FnId, wrapped: FnId) {
    let [first, rest @ ..] = &program.functions[wrapper].params[..] else { return };
    let (args, kwargs) = match (first.kind, rest) {
        (ParamKind::Args, []) => (first.var, None),
        (ParamKind::Args, [last]) if last.kind == ParamKind::Kwargs => (first.var, Some(last.var)),
        _ => return,
    };
    let plain = program.functions[wrapped].params.iter().all(|param| {
        !matches!(param.default, Some(Default::Once { .. }))
            && program.vars[param.var].storage != crate::hir::Storage::Global
    });
    // Without `**kwargs` arguments by name do not fit.
    let named = kwargs.is_some() || program.functions[wrapped].params.iter().all(|param| param.default.is_none());
    if !plain || !named {
        return;
    }
    let is =
        |program: &Program, expr: ExprId, var: VarId| matches!(program.exprs[expr], Expr::Var(other) if other == var);
    let (mut reads, mut handed) = (0, Vec::new());
    let mut all = vec![wrapper];
    all.extend(inside(program, wrapper));
    for (at, function) in all.iter().enumerate() {
        let body = program.functions[*function].body.clone();
        walk::for_each_expr_in_block(program, &body, &mut |expr| match &program.exprs[expr] {
            Expr::Var(var) if *var == args || Some(*var) == kwargs => reads += 1,
            Expr::Call(call) if at == 0 && matches!(call.callee, Callee::Value(_)) => {
                let star =
                    call.args.iter().filter(|arg| matches!(arg, Arg::Star(value) if is(program, *value, args))).count();
                let double = kwargs.map_or(0, |kwargs| {
                    call.args
                        .iter()
                        .filter(|arg| matches!(arg, Arg::DoubleStar(value) if is(program, *value, kwargs)))
                        .count()
                });
                if call.args.len() == star + double && star == 1 && double == usize::from(kwargs.is_some()) {
                    handed.push(expr);
                }
            }
            _ => {}
        });
    }
    if handed.is_empty() || reads != handed.len() * (1 + usize::from(kwargs.is_some())) {
        return;
    }
    let theirs: Vec<(VarId, ParamKind, Option<Default>)> =
        program.functions[wrapped].params.iter().map(|param| (param.var, param.kind, param.default)).collect();
    let mut copier = Copier::new(program);
    let params: Vec<Param> = theirs
        .into_iter()
        .map(|(var, kind, default)| {
            let default = match default {
                Some(Default::Inline(value)) => Some(Default::Inline(copier.expr(value))),
                _ => None,
            };
            let var = copier.copy_var(var, Some(wrapper));
            copier.program.vars[var].storage = crate::hir::Storage::Local;
            copier.program.vars[var].maybe_unbound = false;
            Param { var, kind, default }
        })
        .collect();
    for call in handed {
        let origin = program.origins[call];
        let mut given = Vec::new();
        for param in &params {
            let value = program.exprs.alloc(Expr::Var(param.var));
            program.origins.insert(value, origin);
            given.push(match param.kind {
                ParamKind::PositionalOnly | ParamKind::Positional => Arg::Positional(value),
                ParamKind::Keyword => Arg::Keyword(program.vars[param.var].name.clone(), value),
                ParamKind::Args => Arg::Star(value),
                ParamKind::Kwargs => Arg::DoubleStar(value),
            });
        }
        if let Expr::Call(call) = &mut program.exprs[call] {
            call.args = given;
        }
    }
    program.functions[wrapper].params = params;
}
