//! Decorators of the program's own over classes that hand the class back, as registries do: the class stays what it is,
//! and the decorator is called behind its statement.

use rustpython_parser::ast::{self, Ranged};

use super::Lowerer;
use super::resolve::Meaning;
use super::scope::{ScopeId, ScopeKind, key};
use crate::syntax::blocks::blocks;

impl<'a> Lowerer<'a, '_> {
    /// Whether a decorator hands back the class that it is given.
    pub(super) fn hands_back(&self, home: ScopeId, decorator: &ast::Expr) -> bool {
        let (named, is_factory) = match decorator {
            ast::Expr::Call(call) => (&*call.func, true),
            other => (other, false),
        };
        let found: Vec<(&ast::StmtFunctionDef, bool)> = match named {
            ast::Expr::Name(name) => match self.meaning_in(home, name.id.as_str()) {
                Meaning::Function(id) => {
                    let functions = self.scopes.functions.iter();
                    let of = functions.filter(|(stmt, _)| self.fn_ids.get(&key(*stmt)) == Some(&id));
                    of.filter_map(|(stmt, _)| Some((plain_def(stmt)?, false))).collect()
                }
                _ => Vec::new(),
            },
            // A method: whatever the object is, all that have this name must do so.
            ast::Expr::Attribute(it) => {
                let functions = self.scopes.functions.iter();
                let named = functions.filter(|(stmt, scope)| {
                    self.scopes.get(*scope).kind == ScopeKind::Class
                        && matches!(stmt, ast::Stmt::FunctionDef(def) if def.name == it.attr)
                });
                named.filter_map(|(stmt, _)| plain_def(stmt)).map(|def| (def, !is_static(def))).collect()
            }
            _ => Vec::new(),
        };
        !found.is_empty()
            && found.iter().all(|(def, is_method)| {
                if is_factory {
                    maker_of(def).is_some_and(|inner| gives_back(inner, false))
                } else {
                    gives_back(def, *is_method)
                }
            })
    }
}

fn plain_def(stmt: &ast::Stmt) -> Option<&ast::StmtFunctionDef> {
    match stmt {
        ast::Stmt::FunctionDef(def) => Some(def),
        _ => None,
    }
}

fn is_static(def: &ast::StmtFunctionDef) -> bool {
    def.decorator_list.iter().any(|expr| matches!(expr, ast::Expr::Name(name) if name.id.as_str() == "staticmethod"))
}

/// The function that a factory gives: `def deco(cls): …; return deco`.
fn maker_of(def: &ast::StmtFunctionDef) -> Option<&ast::StmtFunctionDef> {
    let Some(ast::Stmt::Return(last)) = def.body.last() else { return None };
    let Some(ast::Expr::Name(given)) = last.value.as_deref() else { return None };
    let inner = def.body.iter().find_map(|stmt| plain_def(stmt).filter(|inner| inner.name == given.id))?;
    let mut returns = Vec::new();
    returned(&def.body, &mut returns);
    (returns.len() == 1).then_some(inner)
}

/// Whether every `return` gives the first argument.
fn gives_back(def: &ast::StmtFunctionDef, is_method: bool) -> bool {
    let mut params = def.args.posonlyargs.iter().chain(&def.args.args).skip(usize::from(is_method));
    let Some(first) = params.next().map(|arg| &arg.def.arg) else { return false };
    let mut returns = Vec::new();
    returned(&def.body, &mut returns);
    let is_first = |value: &Option<&ast::Expr>| matches!(value, Some(ast::Expr::Name(name)) if name.id == *first);
    matches!(def.body.last(), Some(ast::Stmt::Return(_)))
        && returns.iter().all(is_first)
        && !assigns(&def.body, first.as_str())
}

/// What the `return`s of a body give, without those of functions inside.
fn returned<'s>(body: &'s [ast::Stmt], found: &mut Vec<Option<&'s ast::Expr>>) {
    for stmt in body {
        match stmt {
            ast::Stmt::Return(it) => found.push(it.value.as_deref()),
            ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) | ast::Stmt::ClassDef(_) => {}
            other => blocks(other, &mut |inner| returned(inner, found)),
        }
    }
}

/// Whether a name is bound again in a body.
fn assigns(body: &[ast::Stmt], name: &str) -> bool {
    let mut found = false;
    for stmt in body {
        let is_name = |expr: &ast::Expr| matches!(expr, ast::Expr::Name(it) if it.id.as_str() == name);
        found |= match stmt {
            ast::Stmt::Assign(it) => it.targets.iter().any(is_name),
            ast::Stmt::AugAssign(it) => is_name(&it.target),
            ast::Stmt::For(it) => is_name(&it.target),
            ast::Stmt::AsyncFor(it) => is_name(&it.target),
            ast::Stmt::ClassDef(it) => it.name.as_str() == name || it.range().is_empty(),
            _ => false,
        };
        if !matches!(stmt, ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) | ast::Stmt::ClassDef(_)) {
            blocks(stmt, &mut |inner| found |= assigns(inner, name));
        }
    }
    found
}
