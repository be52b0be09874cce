//! `"{0.name} {p[x]}".format(a, p=b)`: what a template looks up in its arguments is written out as arguments of their own.

use std::convert::Infallible;

use rustpython_parser::ast::{self, Ranged, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::attribute;
use crate::syntax::places::{self, keep_places};

/// Whether a text may have such a template.
pub fn may_have(text: &str) -> bool {
    let in_braces = |part: &str| {
        let name = part.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
        name.starts_with(['.', '['])
    };
    text.contains(".format(") && text.split('{').skip(1).any(in_braces)
}

/// Writes them out.
pub fn written_out(suite: &mut Vec<ast::Stmt>) {
    places::change(&mut Writer, suite);
}

struct Writer;

/// A piece of a template.
enum Part {
    /// Text, its braces still doubled.
    Text(String),
    /// `{name.a[b]!r:>8}`: the name, what is looked up in it, and the rest from `!` or `:` on.
    Field { name: String, path: Vec<Step>, rest: String },
}

enum Step {
    Attribute(String),
    Item(String),
}

impl Writer {
    fn format(&self, it: &ast::ExprCall) -> Option<ast::Expr> {
        let ast::Expr::Attribute(method) = &*it.func else { return None };
        let ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(template), kind, range }) =
            &*method.value
        else {
            return None;
        };
        if method.attr.as_str() != "format"
            || it.args.iter().any(|arg| matches!(arg, ast::Expr::Starred(_)))
            || it.keywords.iter().any(|keyword| keyword.arg.is_none())
        {
            return None;
        }
        let parts = parts(template)?;
        let looks = |part: &Part| matches!(part, Part::Field { path, .. } if !path.is_empty());
        if !parts.iter().any(looks) {
            return None;
        }
        let (mut text, mut args, mut next) = (String::new(), Vec::new(), 0);
        // What is more than a name is still evaluated once, and in the same order.
        let written: Vec<&ast::Expr> = it.args.iter().chain(it.keywords.iter().map(|keyword| &keyword.value)).collect();
        let mut acting = written.iter().copied().filter(|arg| !is_simple(arg));
        for part in parts {
            let (name, path, rest) = match part {
                Part::Text(inner) => {
                    text.push_str(&inner);
                    continue;
                }
                Part::Field { name, path, rest } => (name, path, rest),
            };
            let of = if name.is_empty() {
                next += 1;
                it.args.get(next - 1)?
            } else if let Ok(at) = name.parse::<usize>() {
                it.args.get(at)?
            } else {
                let is_named = |keyword: &&ast::Keyword| keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == name);
                &it.keywords.iter().find(is_named)?.value
            };
            if !is_simple(of) && !acting.next().is_some_and(|expected| std::ptr::eq(expected, of)) {
                return None;
            }
            let mut value = of.clone();
            let at = value.range();
            for step in path {
                value = match step {
                    Step::Attribute(name) => attribute(value, &name, at),
                    Step::Item(key) => item(value, &key, at),
                };
            }
            text.push_str(&format!("{{{}{rest}}}", args.len()));
            args.push(value);
        }
        if acting.next().is_some() {
            return None;
        }
        let value = ast::Constant::Str(text);
        let template = ast::Expr::Constant(ast::ExprConstant { range: *range, value, kind: kind.clone() });
        Some(super::call(attribute(template, "format", method.range), args, Vec::new(), it.range))
    }
}

/// A name, or what is read of one.
fn is_simple(arg: &ast::Expr) -> bool {
    match arg {
        ast::Expr::Name(_) | ast::Expr::Constant(_) => true,
        ast::Expr::Attribute(it) => is_simple(&it.value),
        _ => false,
    }
}

/// `value[3]`, `value["key"]`.
fn item(value: ast::Expr, key: &str, at: TextRange) -> ast::Expr {
    let key = match key.parse::<u32>() {
        Ok(number) => ast::Constant::Int(number.into()),
        Err(_) => ast::Constant::Str(key.to_string()),
    };
    let slice = ast::Expr::Constant(ast::ExprConstant { range: at, value: key, kind: None });
    let ctx = ast::ExprContext::Load;
    ast::Expr::Subscript(ast::ExprSubscript { range: at, value: Box::new(value), slice: Box::new(slice), ctx })
}

/// The pieces of a template; `None`: it is no good, or too much.
fn parts(template: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let brace = &rest[at..=at];
        if rest[at + 1..].starts_with(brace) {
            parts.push(Part::Text(rest[..at + 2].to_string()));
            rest = &rest[at + 2..];
            continue;
        }
        if brace == "}" {
            return None;
        }
        parts.push(Part::Text(rest[..at].to_string()));
        let end = rest[at..].find('}')? + at;
        let inner = &rest[at + 1..end];
        if inner.contains('{') {
            return None;
        }
        let split = inner.find(['!', ':']).unwrap_or(inner.len());
        let (field, tail) = inner.split_at(split);
        let start = field.find(['.', '[']).unwrap_or(field.len());
        let (name, path) = field.split_at(start);
        parts.push(Part::Field { name: name.to_string(), path: steps(path)?, rest: tail.to_string() });
        rest = &rest[end + 1..];
    }
    parts.push(Part::Text(rest.to_string()));
    Some(parts)
}

fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (key, after) = inner.split_once(']')?;
            steps.push(Step::Item(key.to_string()));
            rest = after;
        } else {
            let inner = rest.strip_prefix('.')?;
            let end = inner.find(['.', '[']).unwrap_or(inner.len());
            steps.push(Step::Attribute(inner[..end].to_string()));
            rest = &inner[end..];
        }
    }
    Some(steps)
}

impl Fold<TextRange> for Writer {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        let Ok(expr) = fold::fold_expr(self, expr);
        let made = match &expr {
            ast::Expr::Call(it) => self.format(it),
            _ => None,
        };
        Ok(made.unwrap_or(expr))
    }
}
