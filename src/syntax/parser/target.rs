//! What may stand on the left of an assignment.

use rustpython_parser::ast::{self, CmpOp, Constant, Expr, ExprContext};

use super::{Parsed, Parser};

/// Whose target it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Assign,
    For,
    Delete,
}

/// The expression in `target` that nothing can be assigned to.
pub(super) fn invalid(target: &Expr, kind: Kind) -> Option<&Expr> {
    match target {
        Expr::List(list) => list.elts.iter().find_map(|item| invalid(item, kind)),
        Expr::Tuple(tuple) => tuple.elts.iter().find_map(|item| invalid(item, kind)),
        Expr::Starred(_) if kind == Kind::Delete => Some(target),
        Expr::Starred(starred) => invalid(&starred.value, kind),
        Expr::Compare(compare) if kind == Kind::For => match compare.ops.first() {
            Some(CmpOp::In) => invalid(&compare.left, kind),
            _ => Some(target),
        },
        Expr::Name(_) | Expr::Subscript(_) | Expr::Attribute(_) => None,
        _ => Some(target),
    }
}

/// CPython's word for an expression.
pub(super) fn describe(expr: &Expr) -> &'static str {
    match expr {
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda(_) => "lambda",
        Expr::Call(_) => "function call",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::GeneratorExp(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::JoinedStr(_) | Expr::FormattedValue(_) => "f-string expression",
        Expr::Constant(constant) => match constant.value {
            Constant::None => "None",
            Constant::Bool(true) => "True",
            Constant::Bool(false) => "False",
            Constant::Ellipsis => "ellipsis",
            _ => "literal",
        },
        Expr::Compare(_) => "comparison",
        Expr::IfExp(_) => "conditional expression",
        Expr::NamedExpr(_) => "named expression",
        Expr::Slice(_) => "slice",
    }
}

impl Parser<'_> {
    /// Makes an expression a target.
    pub(super) fn store(&mut self, mut target: Expr, kind: Kind) -> Parsed<Expr> {
        if let Some(wrong) = invalid(&target, kind) {
            let name = describe(wrong);
            let wrong = wrong.clone();
            let verb = if kind == Kind::Delete { "delete" } else { "assign to" };
            return self.fail_expr(&wrong, format!("cannot {verb} {name}"));
        }
        set_context(&mut target, if kind == Kind::Delete { ExprContext::Del } else { ExprContext::Store });
        Ok(target)
    }
}

fn set_context(target: &mut Expr, context: ExprContext) {
    match target {
        Expr::List(ast::ExprList { elts, ctx, .. }) | Expr::Tuple(ast::ExprTuple { elts, ctx, .. }) => {
            *ctx = context;
            elts.iter_mut().for_each(|item| set_context(item, context));
        }
        Expr::Starred(starred) => {
            starred.ctx = context;
            set_context(&mut starred.value, context);
        }
        Expr::Name(name) => name.ctx = context,
        Expr::Subscript(subscript) => subscript.ctx = context,
        Expr::Attribute(attribute) => attribute.ctx = context,
        _ => {}
    }
}
