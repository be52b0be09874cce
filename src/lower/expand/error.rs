//! Class attributes of exceptions that nothing assigns: properties of every exception of the class.

use std::collections::BTreeSet;

use rustpython_parser::ast::{self, Ranged};

use super::MARK;
use crate::syntax::blocks::blocks;

/// The exception classes of a file, by name.
pub fn classes(suite: &[ast::Stmt], found: &mut BTreeSet<String>) {
    for stmt in suite {
        if let ast::Stmt::ClassDef(class) = stmt
            && class.bases.iter().any(|base| is_exception(base, found))
        {
            found.insert(class.name.to_string());
        }
        blocks(stmt, &mut |body| classes(body, found));
    }
}

fn is_exception(base: &ast::Expr, known: &BTreeSet<String>) -> bool {
    let name = match base {
        ast::Expr::Name(it) => it.id.as_str(),
        ast::Expr::Attribute(it) => it.attr.as_str(),
        _ => return false,
    };
    known.contains(name) || ["Error", "Exception", "Warning"].iter().any(|end| name.ends_with(end))
}

/// Makes properties of the constants of an exception class; those that anything assigns stay.
pub fn attributes(class: &mut ast::StmtClassDef, assigned: &BTreeSet<String>) {
    let mut out = Vec::new();
    for stmt in std::mem::take(&mut class.body) {
        let found = match &stmt {
            ast::Stmt::Assign(it) => match &it.targets[..] {
                [ast::Expr::Name(name)] => Some((name.id.to_string(), &*it.value)),
                _ => None,
            },
            ast::Stmt::AnnAssign(it) => match (&*it.target, &it.value) {
                (ast::Expr::Name(name), Some(value)) => Some((name.id.to_string(), &**value)),
                _ => None,
            },
            _ => None,
        };
        let found = found.filter(|(name, value)| {
            crate::lower::literal::is_immutable(value) && !assigned.contains(name) && !name.starts_with("__")
        });
        let Some((name, value)) = found else {
            out.push(stmt);
            continue;
        };
        let at = stmt.range();
        let text =
            format!("@property\ndef {name}(self):\n    return 0\n@staticmethod\ndef {name}{MARK}():\n    return 0\n");
        for (number, mut made) in crate::syntax::snippet(&text, at).into_iter().enumerate() {
            if let ast::Stmt::FunctionDef(def) = &mut made {
                if let Some(ast::Stmt::Return(it)) = def.body.first_mut() {
                    it.value = Some(Box::new(value.clone()));
                }
                if number == 1 {
                    def.range = rustpython_parser::text_size::TextRange::empty(at.end());
                }
            }
            out.push(made);
        }
    }
    class.body = out;
}
