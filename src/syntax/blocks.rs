//! The blocks of compound statements.

use rustpython_parser::ast;

/// The blocks directly inside a statement, those of definitions too.
pub fn blocks<'a>(stmt: &'a ast::Stmt, f: &mut dyn FnMut(&'a [ast::Stmt])) {
    match stmt {
        ast::Stmt::FunctionDef(it) => f(&it.body),
        ast::Stmt::AsyncFunctionDef(it) => f(&it.body),
        ast::Stmt::ClassDef(it) => f(&it.body),
        ast::Stmt::For(it) => [&it.body, &it.orelse].into_iter().for_each(|body| f(body)),
        ast::Stmt::AsyncFor(it) => [&it.body, &it.orelse].into_iter().for_each(|body| f(body)),
        ast::Stmt::While(it) => [&it.body, &it.orelse].into_iter().for_each(|body| f(body)),
        ast::Stmt::If(it) => [&it.body, &it.orelse].into_iter().for_each(|body| f(body)),
        ast::Stmt::With(it) => f(&it.body),
        ast::Stmt::AsyncWith(it) => f(&it.body),
        ast::Stmt::Match(it) => it.cases.iter().for_each(|case| f(&case.body)),
        ast::Stmt::Try(it) => {
            f(&it.body);
            it.handlers.iter().for_each(|ast::ExceptHandler::ExceptHandler(handler)| f(&handler.body));
            f(&it.orelse);
            f(&it.finalbody);
        }
        ast::Stmt::TryStar(it) => {
            f(&it.body);
            it.handlers.iter().for_each(|ast::ExceptHandler::ExceptHandler(handler)| f(&handler.body));
            f(&it.orelse);
            f(&it.finalbody);
        }
        _ => {}
    }
}

/// The same, to be changed.
pub fn blocks_mut(stmt: &mut ast::Stmt, f: &mut dyn FnMut(&mut Vec<ast::Stmt>)) {
    match stmt {
        ast::Stmt::FunctionDef(it) => f(&mut it.body),
        ast::Stmt::AsyncFunctionDef(it) => f(&mut it.body),
        ast::Stmt::ClassDef(it) => f(&mut it.body),
        ast::Stmt::For(it) => [&mut it.body, &mut it.orelse].into_iter().for_each(f),
        ast::Stmt::AsyncFor(it) => [&mut it.body, &mut it.orelse].into_iter().for_each(f),
        ast::Stmt::While(it) => [&mut it.body, &mut it.orelse].into_iter().for_each(f),
        ast::Stmt::If(it) => [&mut it.body, &mut it.orelse].into_iter().for_each(f),
        ast::Stmt::With(it) => f(&mut it.body),
        ast::Stmt::AsyncWith(it) => f(&mut it.body),
        ast::Stmt::Match(it) => it.cases.iter_mut().for_each(|case| f(&mut case.body)),
        ast::Stmt::Try(it) => {
            f(&mut it.body);
            it.handlers.iter_mut().for_each(|ast::ExceptHandler::ExceptHandler(handler)| f(&mut handler.body));
            f(&mut it.orelse);
            f(&mut it.finalbody);
        }
        ast::Stmt::TryStar(it) => {
            f(&mut it.body);
            it.handlers.iter_mut().for_each(|ast::ExceptHandler::ExceptHandler(handler)| f(&mut handler.body));
            f(&mut it.orelse);
            f(&mut it.finalbody);
        }
        _ => {}
    }
}
