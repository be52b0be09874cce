//! Emitted expressions that may stand anywhere: they do nothing, whenever they run.

use syn::{Expr, UnOp};

/// Whether an expression only makes a new value of literals: `0`, `None`, `"idle".into()`, `List::new()`.
pub fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Unary(inner) => matches!(inner.op, UnOp::Neg(_)) && is_constant(&inner.expr),
        Expr::Path(path) => path.path.is_ident("None"),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_constant),
        Expr::Array(array) => array.elems.iter().all(is_constant),
        Expr::Call(call) => makes_value(&call.func) && call.args.iter().all(is_constant),
        Expr::MethodCall(call) => {
            call.method == "into" && call.args.is_empty() && matches!(&*call.receiver, Expr::Lit(_))
        }
        _ => false,
    }
}

fn makes_value(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let segments: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    matches!(
        segments.iter().map(String::as_str).collect::<Vec<_>>()[..],
        ["Some"] | ["List" | "Dict" | "Set", "new" | "from"] | ["Str" | "Bytes" | "Value", "from"]
    )
}
