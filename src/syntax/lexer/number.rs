//! Numbers.

use super::{Kind, Lexed, Lexer};

impl Lexer<'_> {
    pub(super) fn number(&mut self) -> Lexed {
        let start = self.at;
        let radix = if self.peek(0) == b'0' { self.peek(1).to_ascii_lowercase() } else { 0 };
        match radix {
            b'x' => self.radix(16, "hexadecimal")?,
            b'o' => self.radix(8, "octal")?,
            b'b' => self.radix(2, "binary")?,
            _ => self.decimal()?,
        }
        self.push(Kind::Number, start);
        Ok(())
    }

    fn radix(&mut self, radix: u32, name: &str) -> Lexed {
        self.at += 2;
        loop {
            if self.peek(0) == b'_' {
                self.at += 1;
            }
            let digit = self.peek(0);
            if !(digit as char).is_digit(radix) {
                if digit.is_ascii_digit() {
                    return self.fail(self.at, format!("invalid digit '{}' in {name} literal", digit as char));
                }
                return self.fail(self.at.saturating_sub(1), format!("invalid {name} literal"));
            }
            while (self.peek(0) as char).is_digit(radix) {
                self.at += 1;
            }
            if self.peek(0).is_ascii_digit() {
                return self.fail(self.at, format!("invalid digit '{}' in {name} literal", self.peek(0) as char));
            }
            if self.peek(0) != b'_' {
                return self.number_ends(name);
            }
        }
    }

    /// Digits with single underscores between them.
    fn digits(&mut self) -> Lexed {
        loop {
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek(0).is_ascii_digit() {
                return self.fail(self.at - 1, "invalid decimal literal");
            }
        }
    }

    fn decimal(&mut self) -> Lexed {
        let start = self.at;
        let mut float = false;
        if self.peek(0) != b'.' {
            self.digits()?;
        }
        let digits = self.at;
        if self.peek(0) == b'.' {
            float = true;
            self.at += 1;
            if self.peek(0).is_ascii_digit() {
                self.digits()?;
            }
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let signed = matches!(self.peek(1), b'+' | b'-');
            if self.peek(1 + usize::from(signed)).is_ascii_digit() {
                float = true;
                self.at += 1 + usize::from(signed);
                self.digits()?;
            } else if signed {
                return self.fail(self.at + 1, "invalid decimal literal");
            } else {
                return self.number_ends("decimal");
            }
        }
        if matches!(self.peek(0), b'j' | b'J') {
            self.at += 1;
            return self.number_ends("imaginary");
        }
        let zero = self.bytes[start] == b'0';
        if !float && zero && self.bytes[start..digits].iter().any(|digit| matches!(digit, b'1'..=b'9')) {
            let message =
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
            return self.fail(start, message);
        }
        self.number_ends("decimal")
    }

    /// A number may be followed by a keyword that can follow an operand, but not by another name.
    fn number_ends(&mut self, name: &str) -> Lexed {
        let rest = &self.bytes[self.at..];
        let keywords: [&[u8]; 8] = [b"and", b"else", b"for", b"if", b"in", b"is", b"not", b"or"];
        if keywords.iter().any(|keyword| rest.starts_with(keyword)) {
            return Ok(());
        }
        match self.peek(0) {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => self.fail(self.at - 1, format!("invalid {name} literal")),
            0x80.. => {
                let c = self.text[self.at..].chars().next().unwrap_or(' ');
                if super::continues_name(c) {
                    self.fail(self.at - 1, format!("invalid {name} literal"))
                } else {
                    Ok(())
                }
            }
            _ => Ok(()),
        }
    }
}
