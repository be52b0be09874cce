//! `return NotImplemented` in the methods of operators: what Python does then.

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use crate::syntax::blocks::blocks_mut;

/// Writes it out in the methods of a class. `reflected`: methods such as `__radd__` that some class of the file has.
pub fn not_implemented(class: &mut ast::StmtClassDef, reflected: &dyn Fn(&str) -> bool) {
    for stmt in &mut class.body {
        let ast::Stmt::FunctionDef(def) = stmt else { continue };
        let name = def.name.to_string();
        let params: Vec<String> =
            def.args.posonlyargs.iter().chain(&def.args.args).map(|arg| arg.def.arg.to_string()).collect();
        let ([this, other], Some(inner)) =
            (&params[..], name.strip_prefix("__").and_then(|name| name.strip_suffix("__")))
        else {
            continue;
        };
        let instead = match inner {
            "eq" => format!("return {this} is {other}"),
            "ne" => format!("return {this} is not {other}"),
            inner => {
                let compares = matches!(inner, "lt" | "le" | "gt" | "ge");
                let (plain, is_reflected) = match inner.strip_prefix('r') {
                    Some(rest) if symbol(rest).is_some() => (rest, true),
                    _ => (inner, false),
                };
                let Some(symbol) = symbol(plain) else { continue };
                // Another class may have the answer.
                if !compares && !is_reflected && reflected(&format!("__r{plain}__")) {
                    continue;
                }
                let (left, right) = if is_reflected { (other, this) } else { (this, other) };
                let words = match compares {
                    true => format!("'{symbol}' not supported between instances of"),
                    false => format!("unsupported operand type(s) for {symbol}:"),
                };
                format!("raise TypeError(f\"{words} '{{type({left}).__name__}}' and '{{type({right}).__name__}}'\")")
            }
        };
        replace(&mut def.body, &instead, matches!(inner, "eq" | "ne"));
    }
}

fn replace(body: &mut [ast::Stmt], instead: &str, is_equality: bool) {
    for stmt in body.iter_mut() {
        if let ast::Stmt::Return(it) = stmt
            && let Some(value) = &mut it.value
        {
            let at = TextRange::empty(value.start());
            if is_not_implemented(value) {
                if let Some(made) = crate::syntax::snippet(instead, at).pop() {
                    *stmt = made;
                }
                continue;
            }
            if let (ast::Expr::IfExp(test), true) = (&mut **value, is_equality)
                && let Some(ast::Stmt::Return(made)) = crate::syntax::snippet(instead, at).pop()
                && let Some(made) = made.value
            {
                for side in [&mut test.body, &mut test.orelse] {
                    if is_not_implemented(side) {
                        *side = made.clone();
                    }
                }
            }
            continue;
        }
        blocks_mut(stmt, &mut |inner| replace(inner, instead, is_equality));
    }
}

fn is_not_implemented(value: &ast::Expr) -> bool {
    matches!(value, ast::Expr::Name(name) if name.id.as_str() == "NotImplemented")
}

fn symbol(dunder: &str) -> Option<&'static str> {
    Some(match dunder {
        "lt" => "<",
        "le" => "<=",
        "gt" => ">",
        "ge" => ">=",
        "add" => "+",
        "sub" => "-",
        "mul" => "*",
        "truediv" => "/",
        "floordiv" => "//",
        "mod" => "%",
        "pow" => "** or pow()",
        "matmul" => "@",
        "and" => "&",
        "or" => "|",
        "xor" => "^",
        "lshift" => "<<",
        "rshift" => ">>",
        "iadd" => "+=",
        "isub" => "-=",
        "imul" => "*=",
        _ => return None,
    })
}
