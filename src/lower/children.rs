//! The operands of expressions of the syntax tree that open no scope.

use rustpython_parser::ast;

/// Calls `f` with each direct operand. Of lambdas and comprehensions there is none.
pub fn each<'a>(expr: &'a ast::Expr, f: &mut dyn FnMut(&'a ast::Expr)) {
    match expr {
        ast::Expr::BoolOp(it) => it.values.iter().for_each(f),
        ast::Expr::NamedExpr(it) => {
            f(&it.target);
            f(&it.value);
        }
        ast::Expr::BinOp(it) => {
            f(&it.left);
            f(&it.right);
        }
        ast::Expr::UnaryOp(it) => f(&it.operand),
        ast::Expr::IfExp(it) => {
            f(&it.test);
            f(&it.body);
            f(&it.orelse);
        }
        ast::Expr::Dict(it) => {
            it.keys.iter().flatten().for_each(&mut *f);
            it.values.iter().for_each(f);
        }
        ast::Expr::Set(it) => it.elts.iter().for_each(f),
        ast::Expr::List(it) => it.elts.iter().for_each(f),
        ast::Expr::Tuple(it) => it.elts.iter().for_each(f),
        ast::Expr::Await(it) => f(&it.value),
        ast::Expr::Yield(it) => it.value.iter().for_each(|value| f(value)),
        ast::Expr::YieldFrom(it) => f(&it.value),
        ast::Expr::Compare(it) => {
            f(&it.left);
            it.comparators.iter().for_each(f);
        }
        ast::Expr::Call(it) => {
            f(&it.func);
            it.args.iter().for_each(&mut *f);
            it.keywords.iter().for_each(|keyword| f(&keyword.value));
        }
        ast::Expr::FormattedValue(it) => {
            f(&it.value);
            it.format_spec.iter().for_each(|spec| f(spec));
        }
        ast::Expr::JoinedStr(it) => it.values.iter().for_each(f),
        ast::Expr::Attribute(it) => f(&it.value),
        ast::Expr::Subscript(it) => {
            f(&it.value);
            f(&it.slice);
        }
        ast::Expr::Starred(it) => f(&it.value),
        ast::Expr::Slice(it) => {
            [&it.lower, &it.upper, &it.step].into_iter().flatten().for_each(|part| f(part));
        }
        ast::Expr::Lambda(_)
        | ast::Expr::ListComp(_)
        | ast::Expr::SetComp(_)
        | ast::Expr::DictComp(_)
        | ast::Expr::GeneratorExp(_)
        | ast::Expr::Constant(_)
        | ast::Expr::Name(_) => {}
    }
}
