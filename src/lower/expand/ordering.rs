//! `@functools.total_ordering`: the comparisons that a class does not have, made of the one that it has.

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use super::Imports;

/// Adds what is missing.
pub fn total_ordering(class: &mut ast::StmtClassDef, names: &Imports) {
    let is_it = |decorator: &ast::Expr| names.path(decorator).as_deref() == Some("functools.total_ordering");
    let Some(found) = class.decorator_list.iter().position(is_it) else { return };
    let has = |name: &str| {
        class.body.iter().any(|stmt| matches!(stmt, ast::Stmt::FunctionDef(it) if it.name.as_str() == name))
    };
    // The first that is there is the root; the others are what `functools` makes of it.
    let roots = [
        (
            "__lt__",
            ["__gt__", "__le__", "__ge__"],
            ["not (self < other) and self != other", "self < other or self == other", "not (self < other)"],
        ),
        (
            "__le__",
            ["__ge__", "__lt__", "__gt__"],
            ["not (self <= other) or self == other", "self <= other and self != other", "not (self <= other)"],
        ),
        (
            "__gt__",
            ["__lt__", "__ge__", "__le__"],
            ["not (self > other) and self != other", "self > other or self == other", "not (self > other)"],
        ),
        (
            "__ge__",
            ["__le__", "__gt__", "__lt__"],
            ["not (self >= other) or self == other", "self >= other and self != other", "not (self >= other)"],
        ),
    ];
    let Some((_, missing, bodies)) = roots.into_iter().find(|(root, ..)| has(root)) else { return };
    let at = TextRange::empty(class.end());
    let mut text = String::new();
    for (name, body) in missing.into_iter().zip(bodies) {
        if !has(name) {
            text.push_str(&format!("def {name}(self, other):\n    return {body}\n"));
        }
    }
    class.decorator_list.remove(found);
    class.body.extend(crate::syntax::snippet(&text, at));
}
