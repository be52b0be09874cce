//! Literals, and the operators' names.

use rustpython_parser::ast;

use crate::hir::{BinOp, CmpOp, Lit, UnOp};

/// A constant of the syntax tree.
pub fn literal(value: &ast::Constant) -> Option<Lit> {
    Some(match value {
        ast::Constant::None => Lit::None,
        ast::Constant::Bool(value) => Lit::Bool(*value),
        ast::Constant::Str(text) => Lit::Str(text.clone()),
        ast::Constant::Bytes(bytes) => Lit::Bytes(bytes.clone()),
        ast::Constant::Int(value) => match i64::try_from(value) {
            Ok(value) => Lit::Int(value),
            Err(_) => Lit::BigInt(value.to_string()),
        },
        ast::Constant::Float(value) => Lit::Float(*value),
        ast::Constant::Complex { imag, .. } => Lit::Imaginary(*imag),
        ast::Constant::Ellipsis => Lit::Ellipsis,
        ast::Constant::Tuple(_) => return None,
    })
}

/// `+` and its like.
pub fn operator(op: ast::Operator) -> BinOp {
    match op {
        ast::Operator::Add => BinOp::Add,
        ast::Operator::Sub => BinOp::Sub,
        ast::Operator::Mult => BinOp::Mul,
        ast::Operator::MatMult => BinOp::MatMul,
        ast::Operator::Div => BinOp::Div,
        ast::Operator::Mod => BinOp::Mod,
        ast::Operator::Pow => BinOp::Pow,
        ast::Operator::LShift => BinOp::LShift,
        ast::Operator::RShift => BinOp::RShift,
        ast::Operator::BitOr => BinOp::BitOr,
        ast::Operator::BitXor => BinOp::BitXor,
        ast::Operator::BitAnd => BinOp::BitAnd,
        ast::Operator::FloorDiv => BinOp::FloorDiv,
    }
}

/// `<` and its like.
pub fn comparison(op: ast::CmpOp) -> CmpOp {
    match op {
        ast::CmpOp::Eq => CmpOp::Eq,
        ast::CmpOp::NotEq => CmpOp::NotEq,
        ast::CmpOp::Lt => CmpOp::Lt,
        ast::CmpOp::LtE => CmpOp::LtE,
        ast::CmpOp::Gt => CmpOp::Gt,
        ast::CmpOp::GtE => CmpOp::GtE,
        ast::CmpOp::Is => CmpOp::Is,
        ast::CmpOp::IsNot => CmpOp::IsNot,
        ast::CmpOp::In => CmpOp::In,
        ast::CmpOp::NotIn => CmpOp::NotIn,
    }
}

/// `-` and its like.
pub fn unary(op: ast::UnaryOp) -> UnOp {
    match op {
        ast::UnaryOp::Invert => UnOp::Invert,
        ast::UnaryOp::Not => UnOp::Not,
        ast::UnaryOp::UAdd => UnOp::Pos,
        ast::UnaryOp::USub => UnOp::Neg,
    }
}

/// An immutable literal: also negated, also a tuple of such.
pub fn is_immutable(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::Constant(_) => true,
        ast::Expr::UnaryOp(it) => {
            matches!(it.op, ast::UnaryOp::USub | ast::UnaryOp::UAdd) && matches!(&*it.operand, ast::Expr::Constant(_))
        }
        ast::Expr::Tuple(it) => it.elts.iter().all(is_immutable),
        _ => false,
    }
}
