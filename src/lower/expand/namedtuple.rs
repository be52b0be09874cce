//! `Point = namedtuple("Point", "x y")`: the class that it makes, written as one.

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, read, replace};
use crate::syntax::literal::{elements, text, words};

/// Writes out those whose name is that of the variable.
pub fn classes(suite: &mut [ast::Stmt], names: &Imports) {
    replace(suite, &|stmt| class(stmt, names));
}

fn class(stmt: &ast::Stmt, names: &Imports) -> Option<ast::Stmt> {
    let ast::Stmt::Assign(it) = stmt else { return None };
    let ([ast::Expr::Name(target)], ast::Expr::Call(call)) = (&it.targets[..], &*it.value) else { return None };
    if names.path(&call.func)? != "collections.namedtuple" {
        return None;
    }
    let [name, fields] = &call.args[..] else { return None };
    if text(name)? != target.id.as_str() {
        return None;
    }
    let fields = words(fields)?;
    if fields.is_empty() || fields.iter().any(|field| field.starts_with('_')) {
        return None;
    }
    let defaults: &[ast::Expr] = match &call.keywords[..] {
        [] => &[],
        [one] if one.arg.as_ref().is_some_and(|arg| arg.as_str() == "defaults") => elements(&one.value)?,
        _ => return None,
    };
    let first = fields.len().checked_sub(defaults.len())?;
    let at = it.range();
    let body = fields.iter().enumerate().map(|(number, field)| {
        // Nothing is written there.
        let nowhere = TextRange::empty(at.start());
        let annotation = Box::new(ast::Expr::Constant(ast::ExprConstant {
            range: nowhere,
            value: ast::Constant::Ellipsis,
            kind: None,
        }));
        let value = number.checked_sub(first).and_then(|at| defaults.get(at)).map(|value| Box::new(value.clone()));
        let id = field.as_str().into();
        let target = Box::new(ast::Expr::Name(ast::ExprName { range: at, id, ctx: ast::ExprContext::Store }));
        ast::Stmt::AnnAssign(ast::StmtAnnAssign { range: at, target, annotation, value, simple: true })
    });
    Some(ast::Stmt::ClassDef(ast::StmtClassDef {
        range: at,
        name: ast::Identifier::new(target.id.as_str()),
        bases: vec![read(&format!("typing{MARK}NamedTuple"), at)],
        keywords: Vec::new(),
        body: body.collect(),
        decorator_list: Vec::new(),
        type_params: Vec::new(),
    }))
}
