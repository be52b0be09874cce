//! The escapes of string literals.

use super::{Parsed, Parser};
use crate::syntax::error::Failure;

/// A piece of literal text in a string.
pub(super) struct Piece<'a> {
    /// Between the quotes.
    pub body: &'a str,
    /// Where `body` starts in the file.
    pub at: u32,
    /// No escapes.
    pub raw: bool,
    /// Text of an f-string: braces are doubled.
    pub braces: bool,
    /// The token CPython's errors name.
    pub token: (u32, u32),
}

impl Parser<'_> {
    /// Text of a string literal, appended to `out`.
    pub(super) fn text_piece(&mut self, piece: &Piece, out: &mut String) -> Parsed<()> {
        let body = piece.body;
        if piece.raw && !piece.braces {
            out.push_str(body);
            return Ok(());
        }
        let mut at = 0;
        while let Some(found) = body[at..].find(|c| c == '\\' && !piece.raw || piece.braces && matches!(c, '{' | '}')) {
            out.push_str(&body[at..at + found]);
            at += found;
            if body.as_bytes()[at] != b'\\' {
                out.push_str(&body[at..at + 1]);
                // A single brace is one in a format; doubled ones are one.
                at += if body.as_bytes().get(at + 1) == Some(&body.as_bytes()[at]) { 2 } else { 1 };
                continue;
            }
            at = self.escape(piece, at, out)?;
        }
        out.push_str(&body[at..]);
        Ok(())
    }

    /// The escape at `at`; where it ends.
    fn escape(&mut self, piece: &Piece, at: usize, out: &mut String) -> Parsed<usize> {
        let body = piece.body;
        let Some(c) = body[at + 1..].chars().next() else {
            return self.unicode_error(piece, at, at + 1, "\\ at end of string");
        };
        let after = at + 1 + c.len_utf8();
        let plain = match c {
            '\n' => return Ok(after),
            '\\' | '\'' | '"' => c,
            'a' => '\x07',
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            '0'..='7' => {
                let length = body[at + 1..].bytes().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                let value = u32::from_str_radix(&body[at + 1..at + 1 + length], 8).unwrap_or(0);
                out.push(char::from_u32(value).unwrap_or('\0'));
                return Ok(at + 1 + length);
            }
            'x' => return self.hex_escape(piece, at, 2, "truncated \\xXX escape", out),
            'u' => return self.hex_escape(piece, at, 4, "truncated \\uXXXX escape", out),
            'U' => return self.hex_escape(piece, at, 8, "truncated \\UXXXXXXXX escape", out),
            'N' => return self.named_escape(piece, at, out),
            _ => {
                // The backslash stays; in an f-string a brace after it is still a brace.
                out.push('\\');
                if piece.braces && matches!(c, '{' | '}') {
                    return Ok(at + 1);
                }
                c
            }
        };
        out.push(plain);
        Ok(after)
    }

    fn hex_escape(&mut self, piece: &Piece, at: usize, width: usize, wrong: &str, out: &mut String) -> Parsed<usize> {
        let digits = piece.body[at + 2..].bytes().take(width).take_while(u8::is_ascii_hexdigit).count();
        let end = at + 2 + digits;
        if digits < width {
            return self.unicode_error(piece, at, end, wrong);
        }
        let value = u32::from_str_radix(&piece.body[at + 2..end], 16).unwrap_or(u32::MAX);
        match char::from_u32(value) {
            Some(c) => out.push(c),
            None if value <= 0x10FFFF => {
                let (start, end) = (piece.at + at as u32, piece.at + end as u32);
                let message = "a lone surrogate in a string is not translated";
                self.unsupported.push(Failure::unsupported(start, end, message));
                out.push(char::REPLACEMENT_CHARACTER);
            }
            None => return self.unicode_error(piece, at, end, "illegal Unicode character"),
        }
        Ok(end)
    }

    fn named_escape(&mut self, piece: &Piece, at: usize, out: &mut String) -> Parsed<usize> {
        let rest = &piece.body[at + 2..];
        let name = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            let end =
                at + 2 + rest.strip_prefix('{').map_or(0, |inside| 1 + inside.find('}').map_or(inside.len(), |_| 1));
            return self.unicode_error(piece, at, end, "malformed \\N character escape");
        };
        let end = at + 2 + name.len() + 2;
        match unicode_names2::character(name) {
            Some(c) => out.push(c),
            None => return self.unicode_error(piece, at, end, "unknown Unicode character name"),
        }
        Ok(end)
    }

    /// CPython decodes escapes in a copy where each character beyond ASCII is `\UXXXXXXXX`: its positions count there.
    fn unicode_error<T>(&mut self, piece: &Piece, from: usize, to: usize, reason: &str) -> Parsed<T> {
        let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 10 }).sum::<usize>();
        let start = width(&piece.body[..from]);
        let last = start + width(&piece.body[from..to]) - 1;
        let place = if last > start {
            format!("bytes in position {start}-{last}")
        } else {
            format!("byte 0x5c in position {start}")
        };
        let message = format!("(unicode error) 'unicodeescape' codec can't decode {place}: {reason}");
        self.fail(piece.token.0, piece.token.1, message)
    }

    /// Bytes of a bytes literal, appended to `out`.
    pub(super) fn bytes_piece(&mut self, piece: &Piece, out: &mut Vec<u8>) -> Parsed<()> {
        if !piece.body.is_ascii() {
            return self.fail(piece.token.0, piece.token.1, "bytes can only contain ASCII literal characters");
        }
        let bytes = piece.body.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            at += 1;
            if byte != b'\\' || piece.raw {
                out.push(byte);
                continue;
            }
            let Some(&escape) = bytes.get(at) else {
                out.push(b'\\');
                break;
            };
            at += 1;
            let plain = match escape {
                b'\n' => continue,
                b'\\' | b'\'' | b'"' => escape,
                b'a' => 7,
                b'b' => 8,
                b'f' => 12,
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'v' => 11,
                b'0'..=b'7' => {
                    let length = bytes[at - 1..].iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                    let value = u32::from_str_radix(&piece.body[at - 1..at - 1 + length], 8).unwrap_or(0);
                    at += length - 1;
                    value as u8
                }
                b'x' => {
                    let digits = bytes[at..].iter().take(2).take_while(|byte| byte.is_ascii_hexdigit()).count();
                    if digits < 2 {
                        let message = format!("(value error) invalid \\x escape at position {}", at - 2);
                        return self.fail(piece.token.0, piece.token.1, message);
                    }
                    at += 2;
                    u8::from_str_radix(&piece.body[at - 2..at], 16).unwrap_or(0)
                }
                _ => {
                    out.push(b'\\');
                    escape
                }
            };
            out.push(plain);
        }
        Ok(())
    }
}
