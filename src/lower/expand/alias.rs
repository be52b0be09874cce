//! A method under another name: `__rmul__ = __mul__`.

use rustpython_parser::ast;

/// Writes the method out again where a class body gives it a second name.
pub fn methods(class: &mut ast::StmtClassDef) {
    for at in 0..class.body.len() {
        let ast::Stmt::Assign(assign) = &class.body[at] else { continue };
        let ([ast::Expr::Name(target)], ast::Expr::Name(value)) = (assign.targets.as_slice(), &*assign.value) else {
            continue;
        };
        let (target, value) = (target.id.to_string(), value.id.to_string());
        let again = class.body[..at].iter().rev().find_map(|stmt| match stmt {
            ast::Stmt::FunctionDef(def) if def.name.as_str() == value => {
                let mut def = def.clone();
                def.name = ast::Identifier::new(target.as_str());
                Some(ast::Stmt::FunctionDef(def))
            }
            ast::Stmt::AsyncFunctionDef(def) if def.name.as_str() == value => {
                let mut def = def.clone();
                def.name = ast::Identifier::new(target.as_str());
                Some(ast::Stmt::AsyncFunctionDef(def))
            }
            _ => None,
        });
        if let Some(again) = again {
            class.body[at] = again;
        }
    }
}
