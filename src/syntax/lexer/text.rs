//! Strings and f-strings; what is inside a plain string is read by the parser.

use super::{FString, Kind, Lexed, Lexer};

impl Lexer<'_> {
    /// A string whose prefix starts at `start` and whose quote stands at `quote_at`.
    pub(super) fn string(&mut self, start: usize, quote_at: usize) -> Lexed {
        let quote = self.bytes[quote_at];
        let triple = self.bytes.get(quote_at + 1) == Some(&quote) && self.bytes.get(quote_at + 2) == Some(&quote);
        let prefix = &self.bytes[start..quote_at];
        if let Some(outer) = self.fstrings.last()
            && outer.quote == quote
            && (outer.triple == triple || triple)
        {
            self.out.nested_fstring.get_or_insert(start as u32);
        }
        self.at = quote_at + if triple { 3 } else { 1 };
        if prefix.iter().any(|byte| byte.eq_ignore_ascii_case(&b'f')) {
            let raw = prefix.iter().any(|byte| byte.eq_ignore_ascii_case(&b'r'));
            self.push(Kind::FStringStart, start);
            if self.fstrings.len() >= 150 {
                return self.fail(start, "too many nested f-strings");
            }
            self.fstrings.push(FString { quote, triple, raw, start: start as u32, fields: Vec::new() });
            return Ok(());
        }
        loop {
            match self.bytes.get(self.at) {
                Some(b'\\') => self.at = (self.at + 2).min(self.bytes.len()),
                Some(b'\n') if !triple => return self.unterminated(start, "string literal"),
                Some(&byte) if byte == quote => {
                    if !triple {
                        self.at += 1;
                        break;
                    }
                    if self.peek(1) == quote && self.peek(2) == quote {
                        self.at += 3;
                        break;
                    }
                    self.at += 1;
                }
                Some(_) => self.at += 1,
                None if triple => return self.unterminated(start, "triple-quoted string literal"),
                None => return self.unterminated(start, "string literal"),
            }
        }
        if !self.fstrings.is_empty() && self.bytes[start..self.at].contains(&b'\\') {
            self.out.nested_fstring.get_or_insert(start as u32);
        }
        self.push(Kind::String, start);
        Ok(())
    }

    fn unterminated<T>(&self, start: usize, what: &str) -> Lexed<T> {
        let quote_at = start + self.bytes[start..].iter().position(|byte| matches!(byte, b'"' | b'\'')).unwrap_or(0);
        if let Some(outer) = self.fstrings.last()
            && !outer.in_text()
            && outer.quote == self.bytes[quote_at]
            && outer.triple == what.starts_with("triple")
        {
            return self.fail(start, "f-string: expecting '}'");
        }
        let text = &self.bytes[..self.at.min(self.bytes.len())];
        let mut line = text.iter().filter(|&&byte| byte == b'\n').count() + 1;
        if text.ends_with(b"\n") && self.at >= self.bytes.len() {
            line -= 1;
        }
        self.fail(start, format!("unterminated {what} (detected at line {line})"))
    }

    /// The text of the innermost f-string, or of its field's format, up to what ends it.
    pub(super) fn fstring_text(&mut self) -> Lexed {
        let Some(fstring) = self.fstrings.last() else { return Ok(()) };
        let (quote, triple, raw, open) = (fstring.quote, fstring.triple, fstring.raw, fstring.start as usize);
        let in_spec = !fstring.fields.is_empty();
        let start = self.at;
        loop {
            match self.bytes.get(self.at) {
                None if triple => return self.unterminated(open, "triple-quoted f-string literal"),
                None => return self.unterminated(open, "f-string literal"),
                Some(b'\n') if !triple => {
                    if in_spec {
                        self.middle(start);
                        return self.fail(
                            self.at,
                            "f-string: newlines are not allowed in format specifiers for single quoted f-strings",
                        );
                    }
                    return self.unterminated(open, "f-string literal");
                }
                Some(&byte) if byte == quote && (!triple || self.peek(1) == quote && self.peek(2) == quote) => {
                    if in_spec {
                        return self.fail(self.at, "f-string: expecting '}'");
                    }
                    self.middle(start);
                    let end = self.at;
                    self.at += if triple { 3 } else { 1 };
                    self.push(Kind::FStringEnd, end);
                    self.fstrings.pop();
                    return Ok(());
                }
                Some(b'{') if self.peek(1) == b'{' && !in_spec => self.at += 2,
                Some(b'{') => {
                    self.middle(start);
                    return self.open_field();
                }
                Some(b'}') if in_spec => {
                    self.middle(start);
                    return self.operator();
                }
                Some(b'}') if self.peek(1) == b'}' => self.at += 2,
                Some(b'}') => return self.fail(self.at, "f-string: single '}' is not allowed"),
                // `\N{name}` is one escape, not a field; a brace after any other backslash is a brace.
                Some(b'\\') if !raw && self.peek(1) == b'N' && self.peek(2) == b'{' => {
                    self.at += 3;
                    while !matches!(self.peek(0), b'}' | b'\n' | 0) && self.peek(0) != quote {
                        self.at += 1;
                    }
                    if self.peek(0) == b'}' {
                        self.at += 1;
                    }
                }
                Some(b'\\') if matches!(self.peek(1), b'{' | b'}') => self.at += 1,
                Some(b'\\') => self.at = (self.at + 2).min(self.bytes.len()),
                Some(_) => self.at += 1,
            }
        }
    }

    fn middle(&mut self, start: usize) {
        if self.at > start {
            self.push(Kind::FStringMiddle, start);
        }
    }
}
