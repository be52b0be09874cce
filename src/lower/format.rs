//! f-strings.

use rustpython_parser::ast;

use super::Lowerer;
use crate::hir::{Expr, ExprId, Piece};
use crate::source::Span;

impl<'a> Lowerer<'a, '_> {
    /// Lowers the parts of an f-string; adjacent texts become one.
    pub(super) fn joined(&mut self, values: &'a [ast::Expr], span: Span) -> ExprId {
        let pieces = self.pieces(values);
        self.alloc(Expr::Format(pieces), span)
    }

    fn pieces(&mut self, values: &'a [ast::Expr]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for value in values {
            match value {
                ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(text), .. }) => {
                    push_text(&mut pieces, text);
                }
                ast::Expr::JoinedStr(inner) => {
                    for piece in self.pieces(&inner.values) {
                        match piece {
                            Piece::Text(text) => push_text(&mut pieces, &text),
                            piece => pieces.push(piece),
                        }
                    }
                }
                ast::Expr::FormattedValue(it) => {
                    let value = self.expr(&it.value);
                    let spec = match it.format_spec.as_deref() {
                        Some(ast::Expr::JoinedStr(spec)) => self.pieces(&spec.values),
                        Some(other) => self.pieces(std::slice::from_ref(other)),
                        None => Vec::new(),
                    };
                    pieces.push(Piece::Value { value, conversion: it.conversion.to_char(), spec });
                }
                other => {
                    let value = self.expr(other);
                    pieces.push(Piece::Value { value, conversion: None, spec: Vec::new() });
                }
            }
        }
        pieces
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.to_string())),
    }
}
