//! Number tokens to values.

use rustpython_parser::ast::Constant;
use rustpython_parser::ast::bigint::BigInt;

use super::Parser;
use crate::syntax::error::Failure;
use crate::syntax::token::Token;

/// CPython's default `sys.int_max_str_digits`.
const MAX_DIGITS: usize = 4_300;

impl Parser<'_> {
    pub(super) fn number_value(&mut self, token: Token) -> Constant {
        let source = self.slice(token);
        let digits: String = if source.contains('_') {
            self.since(6, token.start, "underscores in numeric literals");
            source.chars().filter(|&c| c != '_').collect()
        } else {
            source.to_owned()
        };
        let bytes = digits.as_bytes();
        let radix = match bytes.get(1).map(u8::to_ascii_lowercase) {
            Some(b'x') => 16,
            Some(b'o') => 8,
            Some(b'b') => 2,
            _ => 10,
        };
        if radix != 10 {
            return Constant::Int(BigInt::parse_bytes(&bytes[2..], radix).unwrap_or_default());
        }
        if let Some(imaginary) = digits.strip_suffix(['j', 'J']) {
            return Constant::Complex { real: 0.0, imag: float(imaginary) };
        }
        if digits.contains(['.', 'e', 'E']) {
            return Constant::Float(float(&digits));
        }
        if let Ok(small) = digits.parse::<i64>() {
            return Constant::Int(small.into());
        }
        if digits.len() > MAX_DIGITS {
            let message = format!(
                "Exceeds the limit (4300 digits) for integer string conversion: value has {} digits; use \
                 sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to \
                 avoid decimal conversion limits.",
                digits.len()
            );
            self.until(6, token.start, token.end, message);
            if digits.len() > 100 * MAX_DIGITS {
                let message = "a number of so many digits is not translated";
                self.unsupported.push(Failure::unsupported(token.start, token.end, message));
                return Constant::Int(BigInt::default());
            }
        }
        Constant::Int(BigInt::parse_bytes(bytes, 10).unwrap_or_default())
    }
}

fn float(digits: &str) -> f64 {
    digits.parse().unwrap_or(f64::NAN)
}
