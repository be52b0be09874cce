//! `@atexit.register`, `@stack.callback`: the function, and a call that registers it.

use rustpython_parser::ast;

use super::{Imports, behind, call, read};

/// The calls that stand behind a function in the place of such decorators.
pub fn registered(stmt: &mut ast::Stmt, names: &Imports) -> Vec<ast::Stmt> {
    let at = behind(stmt);
    let ast::Stmt::FunctionDef(def) = stmt else { return Vec::new() };
    let name = def.name.to_string();
    let mut made = Vec::new();
    def.decorator_list.retain(|decorator| {
        let is_callback = matches!(decorator, ast::Expr::Attribute(it)
            if it.attr.as_str() == "callback" && matches!(*it.value, ast::Expr::Name(_)))
            && names.matter(&["contextlib.ExitStack", "contextlib.AsyncExitStack"]);
        if names.path(decorator).as_deref() != Some("atexit.register") && !is_callback {
            return true;
        }
        let value = Box::new(call(decorator.clone(), vec![read(&name, at)], Vec::new(), at));
        made.push(ast::Stmt::Expr(ast::StmtExpr { range: at, value }));
        false
    });
    made
}
