//! `open(…, "rb")`: files of bytes.
use super::Lines;
use super::file::Raw;
use super::text_file::place;
use crate::iter::Iterable;
use crate::prelude::*;

/// `io.BufferedReader`, `io.BufferedWriter`, `io.BufferedRandom`: a handle.
#[derive(Clone)]
pub struct ByteFile(Rc<Raw>);

/// `open(file, "rb", buffering)`
#[inline]
pub fn open_bytes(file: &str, mode: &str, _buffering: i64) -> PyResult<ByteFile> {
    Raw::open(file, mode).map(ByteFile)
}

impl ByteFile {
    /// `f.read()`
    #[inline]
    pub fn read(&self) -> PyResult<Bytes> {
        self.0.check_readable()?;
        self.0.fill_all()?;
        Ok(Bytes::from(self.0.take(usize::MAX)))
    }

    /// `f.read(n)`
    #[inline]
    pub fn read_count(&self, count: i64) -> PyResult<Bytes> {
        let Ok(count) = usize::try_from(count) else { return self.read() };
        self.0.check_readable()?;
        while self.0.ahead(<[u8]>::len) < count && self.0.fill()? > 0 {}
        Ok(Bytes::from(self.0.take(count)))
    }

    /// `f.readline()`
    #[inline]
    pub fn readline(&self) -> PyResult<Bytes> {
        self.0.check_readable()?;
        let line = self.0.line(|ahead| ahead.iter().position(|byte| *byte == b'\n').map(|at| at + 1))?;
        Ok(Bytes::from(line))
    }

    /// `f.readlines()`
    #[inline]
    pub fn readlines(&self) -> PyResult<List<Bytes>> {
        self.iter().collect::<PyResult<Vec<Bytes>>>().map(List::from)
    }

    /// `for line in f`
    #[inline]
    pub fn iter(&self) -> Iter<Bytes> {
        let this = self.clone();
        Iter::fallible(std::iter::from_fn(move || {
            this.readline().map(|line| (!line.is_empty()).then_some(line)).transpose()
        }))
    }

    /// `f.write(bytes)`: their number.
    #[inline]
    pub fn write(&self, bytes: &[u8]) -> PyResult<i64> {
        self.0.check_writable()?;
        self.0.write(bytes)?;
        Ok(bytes.len() as i64)
    }

    /// `f.writelines(lines)`
    #[inline]
    pub fn writelines(&self, lines: &impl Iterable<Item = Bytes>) -> PyResult {
        lines.items().try_for_each(|line| self.write(&line?).map(drop))
    }

    /// `f.seek(offset, whence)`
    #[inline]
    pub fn seek(&self, offset: i64, whence: i64) -> PyResult<i64> {
        self.0.seek(place(offset, whence)?)
    }

    /// `f.name`
    #[inline]
    pub fn name(&self) -> Str {
        self.0.name.clone()
    }

    fn shown(&self) -> String {
        let kind = match (self.0.access.reads, self.0.access.writes) {
            (true, true) => "BufferedRandom",
            (_, true) => "BufferedWriter",
            _ => "BufferedReader",
        };
        format!("<_io.{kind} name={}>", repr(&self.0.name))
    }
}

super::shared_methods!(ByteFile, |this| &this.0);
super::file_object!(ByteFile: "BufferedReader", Bytes);

impl Lines for ByteFile {
    type Line = Bytes;

    #[inline]
    fn lines(&self) -> Iter<Bytes> {
        self.iter()
    }
}
