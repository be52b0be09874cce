//! `with closing(thing)` and `async with aclosing(thing)`: `try` and `finally`.

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, attribute, call, read};

/// What the statement becomes; `None`: it has no such manager.
pub fn closing(stmt: &mut ast::Stmt, names: &Imports) -> Option<Vec<ast::Stmt>> {
    let at = TextRange::empty(stmt.start());
    let (items, body, is_async) = match stmt {
        ast::Stmt::With(it) => (&mut it.items, &mut it.body, false),
        ast::Stmt::AsyncWith(it) => (&mut it.items, &mut it.body, true),
        _ => return None,
    };
    let path = if is_async { "contextlib.aclosing" } else { "contextlib.closing" };
    let is_it = |item: &ast::WithItem| match &item.context_expr {
        ast::Expr::Call(it) => it.args.len() == 1 && names.path(&it.func).as_deref() == Some(path),
        _ => false,
    };
    let found = items.iter().position(is_it)?;
    let behind = items.split_off(found + 1);
    let item = items.pop()?;
    let ast::Expr::Call(made) = item.context_expr else { return None };
    let thing = made.args.into_iter().next()?;
    let held = format!("thing{MARK}{}", u32::from(thing.start()));
    let mut inner = std::mem::take(body);
    if !behind.is_empty() {
        inner = vec![with(behind, inner, is_async, at)];
    }
    let store =
        |name: &str| ast::Expr::Name(ast::ExprName { range: at, id: name.into(), ctx: ast::ExprContext::Store });
    let assign = |target: ast::Expr, value: ast::Expr| {
        ast::Stmt::Assign(ast::StmtAssign {
            range: at,
            targets: vec![target],
            value: Box::new(value),
            type_comment: None,
        })
    };
    let mut out = vec![assign(store(&held), thing)];
    if let Some(target) = item.optional_vars {
        inner.insert(0, assign(*target, read(&held, at)));
    }
    let close = attribute(read(&held, at), if is_async { "aclose" } else { "close" }, at);
    let close = call(close, Vec::new(), Vec::new(), at);
    let close = if is_async { ast::Expr::Await(ast::ExprAwait { range: at, value: Box::new(close) }) } else { close };
    let end = TextRange::empty(inner.last().map_or(at.end(), Ranged::end));
    out.push(ast::Stmt::Try(ast::StmtTry {
        range: end,
        body: inner,
        handlers: Vec::new(),
        orelse: Vec::new(),
        finalbody: vec![ast::Stmt::Expr(ast::StmtExpr { range: end, value: Box::new(close) })],
    }));
    if items.is_empty() {
        return Some(out);
    }
    let before = std::mem::take(items);
    Some(vec![with(before, out, is_async, at)])
}

fn with(items: Vec<ast::WithItem>, body: Vec<ast::Stmt>, is_async: bool, at: TextRange) -> ast::Stmt {
    let range = TextRange::new(at.start(), body.last().map_or(at.end(), Ranged::end));
    if is_async {
        ast::Stmt::AsyncWith(ast::StmtAsyncWith { range, items, body, type_comment: None })
    } else {
        ast::Stmt::With(ast::StmtWith { range, items, body, type_comment: None })
    }
}
