//! Functions of asyncio that have nodes of their own, as values: `map(asyncio.create_task, coroutines)` hands over
//! `lambda value: asyncio.create_task(value)`.

use crate::hir::{
    Aio, Block, Expr, ExprId, FnId, Function, Module, ModuleId, Param, ParamKind, Program, SpawnVia, Stmt, StmtKind,
    StubRef, Trivia, Var,
};

/// Wraps all of them.
pub fn wrap(program: &mut Program) {
    let all: Vec<(ExprId, StubRef)> = program
        .exprs
        .ids()
        .filter_map(|id| match &program.exprs[id] {
            Expr::Stub(stub) if stub.module.starts_with("asyncio") && node(stub, id).is_some() => {
                Some((id, stub.clone()))
            }
            _ => None,
        })
        .collect();
    for (id, stub) in all {
        let file = program.span(id).file;
        let is_home = |at: &ModuleId| -> bool {
            let module: &Module = &program.modules[*at];
            module.file == file
        };
        let Some(module) = program.modules.ids().find(is_home) else { continue };
        let function = lambda(program, id, &stub, module);
        program.exprs[id] = Expr::Lambda(function);
    }
}

/// What calling one with a value does.
fn node(stub: &StubRef, value: ExprId) -> Option<Aio> {
    let via = match stub.name.as_str() {
        "create_task" => SpawnVia::CreateTask,
        "ensure_future" | "async" => SpawnVia::EnsureFuture,
        "sleep" => return Some(Aio::Sleep { seconds: value, result: None }),
        _ => return None,
    };
    Some(Aio::Spawn { coro: value, name: None, via })
}

fn lambda(program: &mut Program, id: ExprId, stub: &StubRef, module: ModuleId) -> FnId {
    let span = program.span(id);
    let origin = program.origins[id];
    let function = program.functions.alloc(Function::blank(module, span));
    let var = program.vars.alloc(Var::local("value", Some(function), module, span));
    let mut made = |expr: Expr| program.make(expr, origin);
    let value = made(Expr::Var(var));
    let result = node(stub, value).map(|node| made(Expr::Aio(node)));
    let inner = &mut program.functions[function];
    inner.name = "<lambda>".to_string();
    inner.qualname = stub.name.to_string();
    inner.params = vec![Param { var, kind: ParamKind::Positional, default: None }];
    inner.exits.returns = true;
    let stmt = Stmt { kind: StmtKind::Return(result), span, trivia: Trivia::default() };
    inner.body = Block { stmts: vec![stmt], trailing: Trivia::default() };
    function
}
