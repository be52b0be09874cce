//! `@contextmanager` and `@asynccontextmanager`: the generator keeps its body under another name, and a function of the
//! old one gives the manager.

use rustpython_parser::ast;

use super::{Imports, MARK, attribute, behind, call, read};
use crate::syntax::blocks::blocks;

/// The function that gives the manager, to stand behind the generator; nothing: it is none.
pub fn manager(stmt: &mut ast::Stmt, names: &Imports, class: Option<&str>) -> Vec<ast::Stmt> {
    let at = behind(stmt);
    let (name, args, body, decorators, is_async) = match stmt {
        ast::Stmt::FunctionDef(it) => (&mut it.name, &mut it.args, &it.body, &mut it.decorator_list, false),
        ast::Stmt::AsyncFunctionDef(it) => (&mut it.name, &mut it.args, &it.body, &mut it.decorator_list, true),
        _ => return Vec::new(),
    };
    let path = if is_async { "contextlib.asynccontextmanager" } else { "contextlib.contextmanager" };
    let Some(found) = decorators.iter().position(|decorator| names.path(decorator).as_deref() == Some(path)) else {
        return Vec::new();
    };
    if !body.iter().any(yields) || found + 1 != decorators.len() {
        return Vec::new();
    }
    decorators.remove(found);
    let bound = decorators.iter().find_map(|decorator| match decorator {
        ast::Expr::Name(it) if matches!(it.id.as_str(), "staticmethod" | "classmethod") => Some(it.id.to_string()),
        _ => None,
    });
    // What else decorates it decorates the manager.
    let outer = std::mem::take(decorators);
    decorators.extend(bound.iter().map(|name| read(name, at)));
    let python = name.to_string();
    let inner = format!("{python}{MARK}generator");
    *name = ast::Identifier::new(inner.clone());
    let wrapper_args = args.clone();
    for arg in args.posonlyargs.iter_mut().chain(&mut args.args).chain(&mut args.kwonlyargs) {
        arg.default = None;
    }
    let mut given = wrapper_args.posonlyargs.iter().chain(&wrapper_args.args).map(|arg| arg.def.arg.as_str());
    let function = match (class, bound.as_deref()) {
        (Some(class), Some("staticmethod")) => attribute(read(class, at), &inner, at),
        (Some(_), _) => match given.next() {
            Some(this) => attribute(read(this, at), &inner, at),
            None => return Vec::new(),
        },
        (None, _) => read(&inner, at),
    };
    let mut list: Vec<ast::Expr> = given.map(|name| read(name, at)).collect();
    if let Some(rest) = &wrapper_args.vararg {
        let value = Box::new(read(rest.arg.as_str(), at));
        list.push(ast::Expr::Starred(ast::ExprStarred { range: at, value, ctx: ast::ExprContext::Load }));
    }
    let keyword = |name: Option<&ast::Identifier>, value: &str| ast::Keyword {
        range: at,
        arg: name.cloned(),
        value: read(value, at),
    };
    let mut keywords: Vec<ast::Keyword> =
        wrapper_args.kwonlyargs.iter().map(|arg| keyword(Some(&arg.def.arg), arg.def.arg.as_str())).collect();
    keywords.extend(wrapper_args.kwarg.iter().map(|rest| keyword(None, rest.arg.as_str())));
    let made = call(function, list, keywords, at);
    let swallows = body.iter().any(|stmt| may_swallow(stmt, names));
    let of = match (is_async, swallows) {
        (false, false) => "manager",
        (false, true) => "swallowing_manager",
        (true, false) => "async_manager",
        (true, true) => "async_swallowing_manager",
    };
    let made = call(read(&format!("contextlib{MARK}{of}"), at), vec![made], Vec::new(), at);
    let body = vec![ast::Stmt::Return(ast::StmtReturn { range: at, value: Some(Box::new(made)) })];
    vec![ast::Stmt::FunctionDef(ast::StmtFunctionDef {
        range: at,
        name: ast::Identifier::new(python),
        args: wrapper_args,
        body,
        decorator_list: outer,
        returns: None,
        type_comment: None,
        type_params: Vec::new(),
    })]
}

/// Whether a statement yields, functions inside it apart.
pub fn yields(stmt: &ast::Stmt) -> bool {
    if matches!(stmt, ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) | ast::Stmt::ClassDef(_)) {
        return false;
    }
    let value = match stmt {
        ast::Stmt::Expr(it) => Some(&*it.value),
        ast::Stmt::Assign(it) => Some(&*it.value),
        ast::Stmt::AnnAssign(it) => it.value.as_deref(),
        ast::Stmt::Return(it) => it.value.as_deref(),
        _ => None,
    };
    let mut found = value.is_some_and(|value| matches!(value, ast::Expr::Yield(_) | ast::Expr::YieldFrom(_)));
    blocks(stmt, &mut |body| found |= body.iter().any(yields));
    found
}

/// Whether an exception that is raised at a `yield` in the statement may end there.
fn may_swallow(stmt: &ast::Stmt, names: &Imports) -> bool {
    if !yields(stmt) {
        return false;
    }
    let inside = |body: &[ast::Stmt]| body.iter().any(|stmt| may_swallow(stmt, names));
    match stmt {
        ast::Stmt::Try(it) => {
            let raises = |ast::ExceptHandler::ExceptHandler(handler): &ast::ExceptHandler| {
                matches!(handler.body.last(), Some(ast::Stmt::Raise(_))) && !leaves(&handler.body)
            };
            let tried = it.body.iter().any(yields);
            tried && !it.handlers.iter().all(raises)
                || leaves(&it.finalbody)
                || [&it.body, &it.orelse, &it.finalbody].into_iter().any(|body| inside(body))
                || it.handlers.iter().any(|ast::ExceptHandler::ExceptHandler(handler)| inside(&handler.body))
        }
        ast::Stmt::TryStar(_) => true,
        ast::Stmt::With(it) => it.items.iter().any(|item| is_unknown(item, names)) || inside(&it.body),
        ast::Stmt::AsyncWith(it) => it.items.iter().any(|item| is_unknown(item, names)) || inside(&it.body),
        other => {
            let mut found = false;
            blocks(other, &mut |body| found |= inside(body));
            found
        }
    }
}

/// A manager that is called by a name of the program's own, or by one of `contextlib`.
fn is_unknown(item: &ast::WithItem, names: &Imports) -> bool {
    match &item.context_expr {
        ast::Expr::Call(call) => names.path(&call.func).is_none_or(|path| !path.starts_with("asyncio.")),
        _ => false,
    }
}

/// Whether a block leaves by `return`, `break` or `continue`.
pub fn leaves(body: &[ast::Stmt]) -> bool {
    body.iter().any(|stmt| {
        let mut found = matches!(stmt, ast::Stmt::Return(_) | ast::Stmt::Break(_) | ast::Stmt::Continue(_));
        if !matches!(stmt, ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) | ast::Stmt::ClassDef(_)) {
            blocks(stmt, &mut |body| found |= leaves(body));
        }
        found
    })
}
