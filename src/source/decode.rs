//! Bytes of a Python file to text, as PEP 263 has it: byte order mark, coding line, line ends.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// Bytes that are no Python source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// CPython's words.
    pub message: String,
    /// The text, with replacements for what could not be read.
    pub text: String,
    /// The byte in the text where the trouble begins.
    pub offset: u32,
}

/// Decodes a file: no byte order mark, `\n` at line ends.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    let (body, has_mark) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(body) => (body, true),
        None => (bytes, false),
    };
    let declared = coding_line(body);
    let text = match &declared {
        Some(coding) if coding.name != "utf-8" => {
            let name = &coding.name;
            let text = if has_mark { Err(format!("encoding problem: {name} with BOM")) } else { legacy(body, name) };
            text.map_err(|message| failure(body, coding.start, message))?
        }
        _ => utf8(body, declared.is_some())?,
    };
    match text.find('\0') {
        Some(at) => Err(failure(text.as_bytes(), at, "source code cannot contain null bytes".to_string())),
        None => Ok(with_newlines(text).into_owned()),
    }
}

fn utf8(body: &[u8], is_declared: bool) -> Result<Cow<'_, str>, DecodeError> {
    let error = match std::str::from_utf8(body) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(error) => error,
    };
    let byte = body[error.valid_up_to()];
    let message = if is_declared {
        let why = match (error.error_len(), byte) {
            (None, _) => "unexpected end of data",
            (Some(_), 0xc2..=0xf4) => "invalid continuation byte",
            (Some(_), _) => "invalid start byte",
        };
        format!("(unicode error) 'utf-8' codec can't decode byte 0x{byte:02x}: {why}")
    } else {
        format!("Non-UTF-8 code starting with '\\x{byte:02x}', but no encoding declared")
    };
    Err(failure(body, error.valid_up_to(), message))
}

/// Text in one of the encodings of before.
fn legacy<'a>(body: &'a [u8], name: &str) -> Result<Cow<'a, str>, String> {
    let problem = || format!("encoding problem: {name}");
    match name {
        "iso-8859-1" => Ok(body.iter().map(|byte| char::from(*byte)).collect::<String>().into()),
        "ascii" | "us-ascii" | "646" if body.is_ascii() => Ok(String::from_utf8_lossy(body)),
        "ascii" | "us-ascii" | "646" => Err(problem()),
        _ => {
            // Python's `cp1251` is the web's `windows-1251`.
            let windows = name.strip_prefix("cp").map(|number| format!("windows-{number}"));
            let encoding = Encoding::for_label(name.as_bytes())
                .or_else(|| Encoding::for_label(name.replace('-', "").as_bytes()))
                .or_else(|| Encoding::for_label(windows?.as_bytes()))
                .filter(|encoding| encoding.is_ascii_compatible())
                .ok_or_else(problem)?;
            encoding.decode_without_bom_handling_and_without_replacement(body).ok_or_else(problem)
        }
    }
}

/// What a coding line says.
struct Coding {
    /// As CPython normalises it.
    name: String,
    /// Where its line starts.
    start: usize,
}

/// The coding line: a comment of the first line, or of the second after a line without code.
fn coding_line(body: &[u8]) -> Option<Coding> {
    let mut start = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n').take(2) {
        let blank = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\x0c')).count();
        let rest = line[blank..].trim_ascii_end();
        if let Some(comment) = rest.strip_prefix(b"#")
            && let Some(name) = named(comment)
        {
            return Some(Coding { name: normal(&name), start });
        }
        if !(rest.is_empty() || rest.starts_with(b"#")) {
            return None;
        }
        start += line.len();
    }
    None
}

/// `NAME` of `coding[:=]\s*NAME` in a comment.
fn named(comment: &[u8]) -> Option<String> {
    let mut rest = comment;
    while let Some(at) = rest.windows(6).position(|window| window == b"coding") {
        rest = &rest[at + 6..];
        let Some(after) = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b"=")) else { continue };
        let after = &after[after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()..];
        let length = after.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte)).count();
        if length > 0 {
            return Some(String::from_utf8_lossy(&after[..length]).into_owned());
        }
    }
    None
}

/// A name of an encoding as CPython compares it.
fn normal(name: &str) -> String {
    let name = name.to_ascii_lowercase().replace('_', "-");
    let is = |known: &str| name == known || name.strip_prefix(known).is_some_and(|rest| rest.starts_with('-'));
    if is("utf-8") || name == "utf8" {
        "utf-8".to_string()
    } else if ["latin-1", "iso-8859-1", "iso-latin-1"].into_iter().any(is) || ["latin1", "l1", "8859"].contains(&&*name)
    {
        "iso-8859-1".to_string()
    } else {
        name
    }
}

fn with_newlines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text }
}

fn failure(body: &[u8], at: usize, message: String) -> DecodeError {
    let lossy = |bytes| with_newlines(String::from_utf8_lossy(bytes)).into_owned();
    let before = lossy(&body[..at]);
    DecodeError { message, offset: before.len() as u32, text: before + &lossy(&body[at..]) }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn encodings() {
        let cases: [(&[u8], &str); 9] = [
            (b"x = 1\r\ny\rz\n", "x = 1\ny\nz\n"),
            (b"\xef\xbb\xbfx", "x"),
            (b"# coding: latin-1\n\xe9\x80", "# coding: latin-1\né\u{80}"),
            (b"#!/bin/py\n# -*- coding: cp1251 -*-\n\xef", "#!/bin/py\n# -*- coding: cp1251 -*-\nп"),
            (b"# vim: set fileencoding=koi8_r :\n\xd0", "# vim: set fileencoding=koi8_r :\nп"),
            (b"# coding: shift_jis\n\x83\x41", "# coding: shift_jis\nア"),
            (b"\xef\xbb\xbf# coding: UTF-8\n", "# coding: UTF-8\n"),
            ("x = 1\n# coding: latin-1\ny = 'é'\n".as_bytes(), "x = 1\n# coding: latin-1\ny = 'é'\n"),
            (b"# coding: iso8859-15\n\xa4", "# coding: iso8859-15\n€"),
        ];
        for (bytes, text) in cases {
            assert_eq!(decode(bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_source() {
        let cases: [(&[u8], &str, u32); 7] = [
            (b"x\r\ny = '\xff'", "Non-UTF-8 code starting with '\\xff', but no encoding declared", 7),
            (
                b"# coding: utf-8\n'\xef'",
                "(unicode error) 'utf-8' codec can't decode byte 0xef: invalid continuation byte",
                17,
            ),
            (b"\n# coding: klingon\n", "encoding problem: klingon", 1),
            (b"# coding: ascii\n'\xe9'", "encoding problem: ascii", 0),
            (b"# coding: utf-16\n", "encoding problem: utf-16", 0),
            (b"\xef\xbb\xbf# coding: latin-1\n", "encoding problem: iso-8859-1 with BOM", 0),
            (b"x = '\0'", "source code cannot contain null bytes", 5),
        ];
        for (bytes, message, offset) in cases {
            let error = decode(bytes).err().map(|error| (error.message, error.offset));
            assert_eq!(error, Some((message.to_string(), offset)));
        }
    }
}
