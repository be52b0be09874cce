//! `"…%s…" % values` of a literal as a format string, where Rust's text is the same.

use syn::Expr;

use super::Emitter;
use super::build::{call_path, string};
use super::format::{Show, Text, displays, finish_text};
use super::place::as_reference;
use crate::hir::{self, ExprId, Item, Lit};
use crate::types::Ty;

enum Piece {
    Text(String),
    Value { flags: String, width: String, precision: Option<String>, kind: char },
}

impl Emitter<'_> {
    /// `format!("…", …)`; `None`: the runtime has to do it.
    pub(super) fn percent(&mut self, left: ExprId, right: ExprId) -> Option<Expr> {
        let mut text = Text::default();
        self.percent_into(left, right, &mut text).then(|| finish_text(text))
    }

    /// Into a text that is being made; false: the runtime has to do it.
    pub(super) fn percent_into(&mut self, left: ExprId, right: ExprId, text: &mut Text) -> bool {
        let hir::Expr::Lit(Lit::Str(template)) = &self.program.exprs[left] else { return false };
        let Some(pieces) = pieces(template) else { return false };
        let values: Vec<ExprId> = match &self.program.exprs[right] {
            hir::Expr::Tuple(items) => {
                if items.iter().any(|item| matches!(item, Item::Star(_))) {
                    return false;
                }
                items.iter().map(|item| item.value()).collect()
            }
            _ => match self.ty_of(right) {
                Ty::Tuple(_) | Ty::VarTuple(_) | Ty::Dict(..) | Ty::Record(_) | Ty::Value | Ty::Union(_) => {
                    return false;
                }
                Ty::Option(inner) if matches!(*inner, Ty::Tuple(_) | Ty::VarTuple(_)) => return false,
                _ => vec![right],
            },
        };
        let wanted = pieces.iter().filter(|piece| matches!(piece, Piece::Value { .. })).count();
        if wanted != values.len() || wanted == 0 {
            return false;
        }
        let fits = pieces.iter().filter_map(|piece| match piece {
            Piece::Value { kind, .. } => Some(*kind),
            Piece::Text(_) => None,
        });
        for (kind, value) in fits.zip(&values) {
            let ty = self.ty_of(*value);
            let fine = match kind {
                's' | 'r' | 'a' => true,
                'd' | 'i' => matches!(ty, Ty::Int | Ty::BigInt),
                'f' | 'F' | 'e' | 'E' | 'g' | 'G' => matches!(ty, Ty::Int | Ty::Float),
                'x' | 'X' | 'o' => matches!(ty, Ty::Int),
                _ => false,
            };
            if !fine {
                return false;
            }
        }
        let mut values = values.into_iter();
        for piece in pieces {
            match piece {
                Piece::Text(plain) => text.push(&plain),
                Piece::Value { flags, width, precision, kind } => {
                    let Some(value) = values.next() else { return false };
                    self.percent_value(value, &flags, &width, precision.as_deref(), kind, text);
                }
            }
        }
        true
    }

    fn percent_value(
        &mut self,
        value: ExprId,
        flags: &str,
        width: &str,
        precision: Option<&str>,
        kind: char,
        text: &mut Text,
    ) {
        let show = match kind {
            'r' => Some(Show::Repr),
            'a' => Some(Show::Ascii),
            's' => Some(Show::Str),
            _ => None,
        };
        if let Some(show) = show {
            if width.is_empty() && precision.is_none() {
                return self.shown(value, show, text);
            }
            let place = self.place(value);
            let shown = match show {
                Show::Str if matches!(self.ty_of(value), Ty::Str) => place,
                Show::Str => call_path("str_", vec![self.referenced(place)]),
                Show::Repr => call_path("repr", vec![self.referenced(place)]),
                Show::Ascii => {
                    self.import("builtins");
                    call_path("builtins::ascii", vec![as_reference(place)])
                }
            };
            let align = if flags.contains('-') { "<" } else { ">" };
            let precision = precision.map(|digits| format!(".{digits}")).unwrap_or_default();
            return text.value(shown, &format!("{align}{width}{precision}"));
        }
        let ty = self.ty_of(value);
        if matches!(kind, 'd' | 'i') && precision.is_none() && displays(&ty) && !flags.contains(['+', ' ']) {
            if width.is_empty() {
                return self.shown(value, Show::Str, text);
            }
            let place = self.place(value);
            let align = if flags.contains('-') { "<" } else { "" };
            let zero = if flags.contains('0') && align.is_empty() { "0" } else { "" };
            return text.value(place, &format!("{align}{zero}{width}"));
        }
        // Python's own mini-language says the same, in other words.
        let mut spec = String::new();
        if flags.contains('-') {
            spec.push('<');
        }
        if flags.contains('+') {
            spec.push('+');
        } else if flags.contains(' ') {
            spec.push(' ');
        }
        if flags.contains('#') {
            spec.push('#');
        }
        if flags.contains('0') && !flags.contains('-') {
            spec.push('0');
        }
        spec.push_str(width);
        if let Some(digits) = precision
            && !matches!(kind, 'd' | 'i' | 'x' | 'X' | 'o')
        {
            spec.push('.');
            spec.push_str(if digits.is_empty() { "0" } else { digits });
        }
        spec.push(if kind == 'i' { 'd' } else { kind });
        let place = self.place(value);
        if kind == 'f' && ty == Ty::Float && flags.is_empty() && width.is_empty() {
            let digits = precision.unwrap_or("6");
            let digits = if digits.is_empty() { "0" } else { digits };
            return text.value(call_path("py", vec![as_reference(place)]), &format!(".{digits}"));
        }
        text.value(call_path("format_spec", vec![as_reference(place), string(&spec)]), "");
    }
}

fn pieces(template: &str) -> Option<Vec<Piece>> {
    let mut out = Vec::new();
    let mut text = String::new();
    let mut chars = template.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        if chars.peek() == Some(&'%') {
            chars.next();
            text.push('%');
            continue;
        }
        let mut flags = String::new();
        while let Some(flag) = chars.next_if(|c| matches!(c, '-' | '+' | ' ' | '#' | '0')) {
            flags.push(flag);
        }
        let mut width = String::new();
        while let Some(digit) = chars.next_if(char::is_ascii_digit) {
            width.push(digit);
        }
        let mut precision = None;
        if chars.next_if_eq(&'.').is_some() {
            let mut digits = String::new();
            while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            precision = Some(digits);
        }
        let kind = chars.next()?;
        if matches!(kind, '(' | '*' | '%') || width.len() > 3 {
            return None;
        }
        if matches!(kind, 'd' | 'i' | 'x' | 'X' | 'o') && precision.is_some() {
            return None;
        }
        if matches!(kind, 's' | 'r' | 'a') && precision.as_deref() == Some("") {
            precision = Some("0".into());
        }
        if !text.is_empty() {
            out.push(Piece::Text(std::mem::take(&mut text)));
        }
        out.push(Piece::Value { flags, width, precision, kind });
    }
    if !text.is_empty() {
        out.push(Piece::Text(text));
    }
    Some(out)
}
