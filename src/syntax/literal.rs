//! What literals hold.

use rustpython_parser::ast;

/// The text of a string literal.
pub fn text(expr: &ast::Expr) -> Option<&str> {
    match expr {
        ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(text), .. }) => Some(text),
        _ => None,
    }
}

/// The elements of a list or tuple that is written out.
pub fn elements(expr: &ast::Expr) -> Option<&[ast::Expr]> {
    match expr {
        ast::Expr::List(it) => Some(&it.elts),
        ast::Expr::Tuple(it) => Some(&it.elts),
        _ => None,
    }
}

/// `"x y"`, `"x, y"`, `["x", "y"]`.
pub fn words(expr: &ast::Expr) -> Option<Vec<String>> {
    match text(expr) {
        Some(all) => Some(all.replace(',', " ").split_whitespace().map(str::to_string).collect()),
        None => elements(expr)?.iter().map(|word| text(word).map(str::to_string)).collect(),
    }
}
