//! `CLOSED, OPEN, HALF = range(3)` in a class: the numbers, each to its name.

use rustpython_parser::ast::{self, Ranged};

use super::enumeration::number;
use crate::syntax::blocks::blocks_mut;

/// Writes them out in all classes.
pub fn classes(suite: &mut [ast::Stmt]) {
    for stmt in suite {
        if let ast::Stmt::ClassDef(class) = stmt {
            class.body.iter_mut().for_each(write_out);
        }
        blocks_mut(stmt, &mut |body| classes(body));
    }
}

fn write_out(stmt: &mut ast::Stmt) {
    let ast::Stmt::Assign(it) = stmt else { return };
    let ([ast::Expr::Tuple(targets)], ast::Expr::Call(call)) = (&it.targets[..], &*it.value) else { return };
    let is_range = matches!(&*call.func, ast::Expr::Name(name) if name.id.as_str() == "range");
    let bounds: Option<Vec<i64>> = call.args.iter().map(literal).collect();
    let Some(bounds) = bounds.filter(|_| is_range && call.keywords.is_empty()) else { return };
    let numbers: Vec<i64> = match bounds[..] {
        [stop] => (0..stop).collect(),
        [start, stop] => (start..stop).collect(),
        _ => return,
    };
    if numbers.len() != targets.elts.len() {
        return;
    }
    let at = call.range();
    let elts = numbers.into_iter().map(|value| number(value, at)).collect();
    *it.value = ast::Expr::Tuple(ast::ExprTuple { range: at, elts, ctx: ast::ExprContext::Load });
}

fn literal(expr: &ast::Expr) -> Option<i64> {
    match expr {
        ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Int(value), .. }) => {
            value.to_string().parse().ok().filter(|value| (0..1000).contains(value))
        }
        _ => None,
    }
}
