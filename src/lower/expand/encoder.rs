//! `class Encoder(json.JSONEncoder)` with a `default`, and `json.dumps(x, cls=Encoder)`: `default=` of an object of it.

use std::collections::BTreeSet;
use std::convert::Infallible;

use rustpython_parser::ast::{self, Ranged, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::{Imports, attribute, call, read};
use crate::syntax::places::{self, keep_places};

/// Writes the encoders of a file out.
pub fn encoders(suite: &mut Vec<ast::Stmt>, names: &Imports) {
    let mut found = BTreeSet::new();
    for stmt in suite.iter_mut() {
        let ast::Stmt::ClassDef(class) = stmt else { continue };
        let is_encoder = |base: &ast::Expr| names.path(base).as_deref() == Some("json.JSONEncoder");
        let ([base], [method]) = (&class.bases[..], &mut class.body[..]) else { continue };
        let ast::Stmt::FunctionDef(def) = method else { continue };
        let [_, object] = &def.args.args[..] else { continue };
        if !is_encoder(base) || def.name.as_str() != "default" {
            continue;
        }
        found.insert(class.name.to_string());
        let object = object.def.arg.to_string();
        refuse(&mut def.body, &object, names);
        class.bases.clear();
    }
    if found.is_empty() {
        return;
    }
    let mut uses = Uses { found: &found, names };
    places::change(&mut uses, suite);
}

/// `return super().default(o)`: what the encoder itself says.
fn refuse(body: &mut [ast::Stmt], object: &str, names: &Imports) {
    for stmt in body.iter_mut() {
        if let ast::Stmt::Return(it) = stmt
            && let Some(ast::Expr::Call(value)) = it.value.as_deref()
            && let ast::Expr::Attribute(method) = &*value.func
            && method.attr.as_str() == "default"
        {
            let is_super = matches!(&*method.value, ast::Expr::Call(of) if matches!(&*of.func, ast::Expr::Name(name) if name.id.as_str() == "super"));
            if is_super || names.path(&method.value).as_deref() == Some("json.JSONEncoder") {
                let text = format!(
                    "raise TypeError(f\"Object of type {{type({object}).__name__}} is not JSON serializable\")"
                );
                if let Some(made) = crate::syntax::snippet(&text, TextRange::empty(it.range.start())).pop() {
                    *stmt = made;
                }
                continue;
            }
        }
        crate::syntax::blocks::blocks_mut(stmt, &mut |inner| refuse(inner, object, names));
    }
}

/// The calls that name an encoder.
struct Uses<'n> {
    found: &'n BTreeSet<String>,
    names: &'n Imports,
}

impl Fold<TextRange> for Uses<'_> {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        let Ok(mut expr) = fold::fold_expr(self, expr);
        if let ast::Expr::Call(it) = &mut expr
            && matches!(self.names.path(&it.func).as_deref(), Some("json.dumps" | "json.dump"))
        {
            for keyword in &mut it.keywords {
                let ast::Expr::Name(class) = &keyword.value else { continue };
                if keyword.arg.as_deref() == Some("cls") && self.found.contains(class.id.as_str()) {
                    let at = keyword.value.range();
                    let made = call(read(class.id.as_str(), at), Vec::new(), Vec::new(), at);
                    keyword.arg = Some(ast::Identifier::new("default"));
                    keyword.value = attribute(made, "default", at);
                }
            }
        }
        Ok(expr)
    }
}
