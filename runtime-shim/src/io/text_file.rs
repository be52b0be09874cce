//! `open(…)`: text files.
use std::io::SeekFrom;

use super::file::Raw;
use super::{Lines, TextStream};
use crate::iter::Iterable;
use crate::prelude::*;
use crate::text::codec;

/// `io.TextIOWrapper`: a handle.
#[derive(Clone)]
pub struct TextFile(Rc<State>);

struct State {
    raw: Rc<Raw>,
    encoding: Str,
    errors: Str,
    newline: Newline,
}

/// What `newline=` says of the ends of lines.
#[derive(Clone, Copy, PartialEq)]
enum Newline {
    /// All are read as `\n`.
    Universal,
    /// All are ends, and stay what they are.
    Untouched,
    Only(&'static str),
}

/// `open(file, mode, buffering, encoding, errors, newline)`
#[inline]
pub fn open(
    file: &str,
    mode: &str,
    _buffering: i64,
    encoding: Option<Str>,
    errors: Option<Str>,
    newline: Option<Str>,
) -> PyResult<TextFile> {
    let newline = match newline.as_deref() {
        None => Newline::Universal,
        Some("") => Newline::Untouched,
        Some("\n") => Newline::Only("\n"),
        Some("\r") => Newline::Only("\r"),
        Some("\r\n") => Newline::Only("\r\n"),
        Some(_) => {
            let given = repr(&newline.unwrap_or_default());
            return Err(ValueError::new(format!("illegal newline value: {given}")));
        }
    };
    let raw = Raw::open(file, mode)?;
    let encoding = encoding.unwrap_or(Str::literal("UTF-8"));
    // An encoding that is not known is an error here.
    codec::encode("", &encoding, "strict")?;
    Ok(TextFile(Rc::new(State { raw, encoding, errors: errors.unwrap_or(Str::literal("strict")), newline })))
}

impl TextFile {
    fn decoded(&self, bytes: &[u8]) -> PyResult<Str> {
        let text = match (std::str::from_utf8(bytes), &*self.0.encoding) {
            (Ok(text), "UTF-8" | "utf-8" | "utf8" | "utf_8") => Str::copy_of(text),
            _ => codec::decode(bytes, &self.0.encoding, &self.0.errors)?,
        };
        if self.0.newline == Newline::Universal && text.contains('\r') {
            return Ok(text.replace_str("\r\n", "\n").replace_str("\r", "\n"));
        }
        Ok(text)
    }

    /// Encodings in which a byte may be half of a line end are read as a whole.
    fn prepare(&self) -> PyResult {
        self.0.raw.check_readable()?;
        let wide = ["16", "32", "utf-8-sig", "utf_8_sig"].iter().any(|name| self.0.encoding.contains(name));
        if wide {
            self.0.raw.fill_all()?;
        }
        Ok(())
    }

    /// `f.read()`
    #[inline]
    pub fn read(&self) -> PyResult<Str> {
        self.0.raw.check_readable()?;
        self.0.raw.fill_all()?;
        self.decoded(&self.0.raw.take(usize::MAX))
    }

    /// `f.read(n)`: characters.
    #[inline]
    pub fn read_count(&self, count: i64) -> PyResult<Str> {
        let Ok(count) = usize::try_from(count) else { return self.read() };
        self.prepare()?;
        let mut out = String::new();
        let mut taken = 0;
        while taken < count {
            let next = self.0.raw.ahead(|ahead| ahead.first().copied());
            let Some(first) = next else {
                if self.0.raw.fill()? == 0 {
                    break;
                }
                continue;
            };
            let utf = self.0.encoding.to_ascii_lowercase().starts_with("utf");
            let width = if utf { super::utf8_width(first) } else { 1 };
            let pair = first == b'\r' && self.0.newline == Newline::Universal;
            let wanted = if pair { 2 } else { width };
            if self.0.raw.ahead(<[u8]>::len) < wanted && self.0.raw.fill()? > 0 {
                continue;
            }
            let pair = pair && self.0.raw.ahead(|ahead| ahead.get(1) == Some(&b'\n'));
            let bytes = self.0.raw.take(if pair { 2 } else { width });
            out.push_str(&self.decoded(&bytes)?);
            taken += 1;
        }
        Ok(Str::from(out))
    }

    /// `f.readline()`: empty at the end.
    #[inline]
    pub fn readline(&self) -> PyResult<Str> {
        self.prepare()?;
        let newline = self.0.newline;
        let bytes = self.0.raw.line(|ahead| match newline {
            Newline::Only("\n") => ahead.iter().position(|byte| *byte == b'\n').map(|at| at + 1),
            Newline::Only(end) => {
                ahead.windows(end.len()).position(|part| part == end.as_bytes()).map(|at| at + end.len())
            }
            Newline::Universal | Newline::Untouched => {
                let at = ahead.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
                match (ahead[at], ahead.get(at + 1)) {
                    (b'\r', Some(b'\n')) => Some(at + 2),
                    (b'\r', None) => None,
                    _ => Some(at + 1),
                }
            }
        })?;
        self.decoded(&bytes)
    }

    /// `f.readlines()`
    #[inline]
    pub fn readlines(&self) -> PyResult<List<Str>> {
        self.iter().collect::<PyResult<Vec<Str>>>().map(List::from)
    }

    /// `for line in f`
    #[inline]
    pub fn iter(&self) -> Iter<Str> {
        let this = self.clone();
        Iter::fallible(std::iter::from_fn(move || {
            this.readline().map(|line| (!line.is_empty()).then_some(line)).transpose()
        }))
    }

    /// `f.write(text)`: the number of characters.
    #[inline]
    pub fn write(&self, text: &str) -> PyResult<i64> {
        self.0.raw.check_writable()?;
        let bytes = match self.0.newline {
            Newline::Only(end @ ("\r" | "\r\n")) => {
                codec::encode(&text.replace('\n', end), &self.0.encoding, &self.0.errors)?
            }
            _ => codec::encode(text, &self.0.encoding, &self.0.errors)?,
        };
        self.0.raw.write(&bytes)?;
        Ok(text.chars().count() as i64)
    }

    /// `f.writelines(lines)`
    #[inline]
    pub fn writelines(&self, lines: &impl Iterable<Item = Str>) -> PyResult {
        lines.items().try_for_each(|line| self.write(&line?).map(drop))
    }

    /// `f.name`
    #[inline]
    pub fn name(&self) -> Str {
        self.0.raw.name.clone()
    }

    /// `f.encoding`
    #[inline]
    pub fn encoding(&self) -> Str {
        self.0.encoding.clone()
    }

    fn shown(&self) -> String {
        let (name, mode) = (repr(&self.0.raw.name), repr(&self.0.raw.mode));
        format!("<_io.TextIOWrapper name={name} mode={mode} encoding={}>", repr(&self.0.encoding))
    }
}

impl TextStream for TextFile {
    #[inline]
    fn write_text(&self, text: &str) -> PyResult {
        self.write(text).map(drop)
    }

    #[inline]
    fn flush_text(&self) -> PyResult {
        self.flush()
    }

    #[inline]
    fn stream_name(&self) -> Str {
        self.name()
    }
}

super::shared_methods!(TextFile, |this| &this.0.raw);
super::file_object!(TextFile: "TextIOWrapper", Str);

impl TextFile {
    /// `f.seek(offset, whence)`
    #[inline]
    pub fn seek(&self, offset: i64, whence: i64) -> PyResult<i64> {
        if whence == 1 && offset != 0 {
            return Err(super::UnsupportedOperation::new("can't do nonzero cur-relative seeks"));
        }
        if whence == 2 && offset != 0 {
            return Err(super::UnsupportedOperation::new("can't do nonzero end-relative seeks"));
        }
        self.0.raw.seek(place(offset, whence)?)
    }
}

/// `offset` and `whence` as Rust says it.
pub(super) fn place(offset: i64, whence: i64) -> PyResult<SeekFrom> {
    match whence {
        0 if offset < 0 => Err(ValueError::new(format!("negative seek position {offset}"))),
        0 => Ok(SeekFrom::Start(offset as u64)),
        1 => Ok(SeekFrom::Current(offset)),
        2 => Ok(SeekFrom::End(offset)),
        _ => Err(ValueError::new(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    }
}

impl Lines for TextFile {
    type Line = Str;

    #[inline]
    fn lines(&self) -> Iter<Str> {
        self.iter()
    }
}
