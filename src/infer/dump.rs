//! The stable text form of what inference found.

use std::fmt::Write;

use super::Types;
use crate::hir::*;
use crate::types::Ty;
use crate::types::show::{Names, show};

/// Every variable, function and class with its type.
pub fn dump(program: &Program, types: &Types) -> String {
    let names = Names { program, unions: &types.unions, records: &types.records };
    let mut out = String::new();
    let ty = |ty: &Ty| show(ty, &names);
    for (module, info) in program.modules.iter() {
        let _ = writeln!(out, "module {}", info.name);
        for &var in &info.vars {
            variable(&mut out, program, types, var, 1, &ty);
        }
        for (id, class) in program.classes.iter().filter(|(_, class)| class.module == module) {
            let _ = writeln!(out, "  class {}", class.qualname);
            for field in types.class.get(id).map(|info| info.fields.as_slice()).unwrap_or_default() {
                let again = if field.reassigned { " (assigned again)" } else { "" };
                let _ = writeln!(out, "    {}: {}{again}", field.name, ty(&field.ty));
            }
        }
        for (id, function) in program.functions.iter().filter(|(_, function)| function.module == module) {
            let Some(signature) = types.function.get(id) else { continue };
            let params: Vec<String> = function
                .params
                .iter()
                .zip(&signature.params)
                .map(|(param, of)| format!("{}: {}", program.vars[param.var].name, ty(of)))
                .collect();
            let kind = match function.kind {
                FnKind::Plain => "def",
                FnKind::Coroutine { .. } => "async def",
                FnKind::Generator => "generator",
                FnKind::AsyncGenerator => "async generator",
            };
            let mut marks = String::new();
            if signature.recursive {
                marks.push_str(" recursive");
            }
            if !signature.raises {
                marks.push_str(" nothrow");
            }
            if !signature.used {
                marks.push_str(" unused");
            }
            let result = match function.kind {
                FnKind::Generator => {
                    format!(
                        "{}, sent {}, returns {}",
                        ty(&signature.yields),
                        ty(&signature.sends),
                        ty(&signature.result)
                    )
                }
                FnKind::AsyncGenerator => format!("{}, sent {}", ty(&signature.yields), ty(&signature.sends)),
                FnKind::Plain | FnKind::Coroutine { .. } => ty(&signature.result),
            };
            let _ = writeln!(out, "  {kind} {}({}) -> {result}{marks}", function.qualname, params.join(", "));
            for &var in &function.locals {
                variable(&mut out, program, types, var, 2, &ty);
            }
        }
    }
    let share = types.share;
    let _ = writeln!(out, "typed: {} of {} expressions", share.total - share.dynamic, share.total);
    out
}

fn variable(out: &mut String, program: &Program, types: &Types, var: VarId, depth: usize, ty: &dyn Fn(&Ty) -> String) {
    let of = types.var.get(var).map_or_else(|| "?".to_string(), ty);
    let _ = writeln!(out, "{}{}: {of}", "  ".repeat(depth), program.vars[var].name);
}

/// The type of each expression that is a statement by itself, with what the operation does when CPython raises: for tests.
pub fn statements(program: &Program, types: &Types) -> Vec<(crate::source::Span, String)> {
    let names = Names { program, unions: &types.unions, records: &types.records };
    let mut found = Vec::new();
    let mut blocks: Vec<&Block> = program.bodies().map(|(_, block)| block).collect();
    while let Some(block) = blocks.pop() {
        for stmt in &block.stmts {
            match &stmt.kind {
                StmtKind::Expr(value) => {
                    let text = match types.resolved.get(&(*value, 0)) {
                        Some(super::Resolved::Raises(class, text)) => format!("{class}: {text}"),
                        Some(super::Resolved::Known(true)) => "always True".to_string(),
                        Some(super::Resolved::Known(false)) => "always False".to_string(),
                        _ => show(&types.final_ty(*value), &names),
                    };
                    found.push((stmt.span, text));
                }
                StmtKind::If { then: a, orelse: b, .. }
                | StmtKind::While { body: a, orelse: b, .. }
                | StmtKind::For { body: a, orelse: b, .. } => blocks.extend([a, b]),
                StmtKind::Try(try_) => {
                    blocks.extend([&try_.body, &try_.orelse, &try_.finally]);
                    blocks.extend(try_.handlers.iter().map(|handler| &handler.body));
                }
                StmtKind::With { body, .. } => blocks.push(body),
                StmtKind::Match { cases, .. } => blocks.extend(cases.iter().map(|case| &case.body)),
                _ => {}
            }
        }
    }
    found.sort();
    found
}
