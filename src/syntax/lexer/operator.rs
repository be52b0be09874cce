//! Operators, punctuation and brackets.

use super::{Field, Kind, Lexed, Lexer, MAX_BRACKETS};

/// How deep fields nest in the formats of fields; one less before Python 3.12.
const MAX_FIELDS: usize = 3;

impl Lexer<'_> {
    pub(super) fn operator(&mut self) -> Lexed {
        let start = self.at;
        let (first, second, third) = (self.peek(0), self.peek(1), self.peek(2));
        if let Some(done) = self.field_punctuation(first, second) {
            return done;
        }
        let (kind, length) = match (first, second, third) {
            (b'(', ..) => return self.open(Kind::LeftParen),
            (b'[', ..) => return self.open(Kind::LeftBracket),
            (b'{', ..) => return self.open(Kind::LeftBrace),
            (b')', ..) => return self.close(Kind::RightParen, b'('),
            (b']', ..) => return self.close(Kind::RightBracket, b'['),
            (b'}', ..) => return self.close(Kind::RightBrace, b'{'),
            (b'*', b'*', b'=') => (Kind::DoubleStarEqual, 3),
            (b'*', b'*', _) => (Kind::DoubleStar, 2),
            (b'*', b'=', _) => (Kind::StarEqual, 2),
            (b'*', ..) => (Kind::Star, 1),
            (b'/', b'/', b'=') => (Kind::DoubleSlashEqual, 3),
            (b'/', b'/', _) => (Kind::DoubleSlash, 2),
            (b'/', b'=', _) => (Kind::SlashEqual, 2),
            (b'/', ..) => (Kind::Slash, 1),
            (b'<', b'<', b'=') => (Kind::LeftShiftEqual, 3),
            (b'<', b'<', _) => (Kind::LeftShift, 2),
            (b'<', b'=', _) => (Kind::LessEqual, 2),
            (b'<', b'>', _) => (Kind::Unknown, 2),
            (b'<', ..) => (Kind::Less, 1),
            (b'>', b'>', b'=') => (Kind::RightShiftEqual, 3),
            (b'>', b'>', _) => (Kind::RightShift, 2),
            (b'>', b'=', _) => (Kind::GreaterEqual, 2),
            (b'>', ..) => (Kind::Greater, 1),
            (b'=', b'=', _) => (Kind::EqualEqual, 2),
            (b'=', ..) => (Kind::Equal, 1),
            (b'!', b'=', _) => (Kind::NotEqual, 2),
            (b'!', ..) => (Kind::Exclamation, 1),
            (b'-', b'>', _) => (Kind::Arrow, 2),
            (b'-', b'=', _) => (Kind::MinusEqual, 2),
            (b'-', ..) => (Kind::Minus, 1),
            (b'+', b'=', _) => (Kind::PlusEqual, 2),
            (b'+', ..) => (Kind::Plus, 1),
            (b'%', b'=', _) => (Kind::PercentEqual, 2),
            (b'%', ..) => (Kind::Percent, 1),
            (b'@', b'=', _) => (Kind::AtEqual, 2),
            (b'@', ..) => (Kind::At, 1),
            (b'&', b'=', _) => (Kind::AmpersandEqual, 2),
            (b'&', ..) => (Kind::Ampersand, 1),
            (b'|', b'=', _) => (Kind::BarEqual, 2),
            (b'|', ..) => (Kind::Bar, 1),
            (b'^', b'=', _) => (Kind::CaretEqual, 2),
            (b'^', ..) => (Kind::Caret, 1),
            (b'~', ..) => (Kind::Tilde, 1),
            (b',', ..) => (Kind::Comma, 1),
            (b';', ..) => (Kind::Semicolon, 1),
            (b':', b'=', _) => (Kind::ColonEqual, 2),
            (b':', ..) => (Kind::Colon, 1),
            (b'.', b'.', b'.') => (Kind::Ellipsis, 3),
            (b'.', ..) => (Kind::Dot, 1),
            (b'?' | b'$' | b'`', ..) => (Kind::Unknown, 1),
            _ => return self.fail(start, format!("invalid non-printable character U+{first:04X}")),
        };
        self.at += length;
        self.push(kind, start);
        Ok(())
    }

    /// `:` and `!` at the top of a replacement field.
    fn field_punctuation(&mut self, first: u8, second: u8) -> Option<Lexed> {
        let level = self.brackets.len();
        let field = self.fstrings.last_mut()?.fields.last_mut()?;
        if field.level != level {
            return None;
        }
        let start = self.at;
        let kind = match first {
            b':' => {
                field.in_spec = true;
                Kind::Colon
            }
            b'!' if second != b'=' => Kind::Exclamation,
            _ => return None,
        };
        self.at += 1;
        self.push(kind, start);
        Some(Ok(()))
    }

    pub(super) fn open(&mut self, kind: Kind) -> Lexed {
        if self.brackets.len() >= MAX_BRACKETS {
            return self.fail(self.at, "too many nested parentheses");
        }
        self.brackets.push((self.bytes[self.at], self.at as u32));
        self.at += 1;
        self.push(kind, self.at - 1);
        Ok(())
    }

    fn close(&mut self, kind: Kind, opening: u8) -> Lexed {
        let close = self.bytes[self.at] as char;
        let field = self.fstrings.last().and_then(|fstring| fstring.fields.last()).map(|field| field.level);
        if field == Some(self.brackets.len()) && close != '}' {
            return self.fail(self.at, format!("f-string: unmatched '{close}'"));
        }
        match self.brackets.pop() {
            None => return self.fail(self.at, format!("unmatched '{close}'")),
            Some((open, at)) if open != opening => {
                let line = |at: usize| self.bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
                let (here, there) = (line(self.at), line(at as usize));
                let mut message =
                    format!("closing parenthesis '{close}' does not match opening parenthesis '{}'", open as char);
                if here != there {
                    message.push_str(&format!(" on line {there}"));
                }
                return self.fail(self.at, message);
            }
            Some(_) => {}
        }
        self.at += 1;
        self.push(kind, self.at - 1);
        if let Some(fstring) = self.fstrings.last_mut()
            && fstring.fields.last().is_some_and(|field| field.level > self.brackets.len())
        {
            fstring.fields.pop();
        }
        Ok(())
    }

    /// Opens a replacement field.
    pub(super) fn open_field(&mut self) -> Lexed {
        let depth = self.fstrings.last().map_or(0, |fstring| fstring.fields.len());
        if depth >= MAX_FIELDS {
            return self.fail(self.at - 1, "f-string: expressions nested too deeply");
        }
        if depth == MAX_FIELDS - 1 {
            self.out.nested_fstring.get_or_insert(self.at as u32);
        }
        self.open(Kind::LeftBrace)?;
        let level = self.brackets.len();
        if let Some(fstring) = self.fstrings.last_mut() {
            fstring.fields.push(Field { level, in_spec: false });
        }
        Ok(())
    }
}
