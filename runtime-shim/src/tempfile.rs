//! `tempfile`: files and folders for a while.
use crate::io::{self, ByteFile, TextFile};
use crate::os::{self, path};
use crate::prelude::*;
use crate::shutil;

/// `gettempdir()`
pub fn gettempdir() -> Str {
    let named = ["TMPDIR", "TEMP", "TMP"].into_iter().filter_map(os::getenv);
    let fixed = ["/tmp", "/var/tmp", "/usr/tmp"].into_iter().map(Str::from);
    let found = named.chain(fixed).find(|folder| path::isdir(folder));
    found.and_then(|folder| path::abspath(&folder).ok()).unwrap_or_else(|| Str::literal("/tmp"))
}

/// A name that nothing has.
fn fresh(suffix: Option<Str>, prefix: Option<Str>, dir: Option<Str>) -> PyResult<Str> {
    const LETTERS: &[u8; 37] = b"abcdefghijklmnopqrstuvwxyz0123456789_";
    let dir = dir.unwrap_or_else(gettempdir);
    loop {
        let mut bytes = [0; 8];
        crate::entropy::fill(&mut bytes);
        let word: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % 37])).collect();
        let prefix = prefix.clone().unwrap_or_else(|| Str::literal("tmp"));
        let name = format!("{prefix}{word}{}", suffix.clone().unwrap_or_default());
        let found = path::abspath(&path::joined(&dir, [name.as_str()]))?;
        if !path::lexists(&found) {
            return Ok(found);
        }
    }
}

/// `mkdtemp(suffix, prefix, dir)`
pub fn mkdtemp(suffix: Option<Str>, prefix: Option<Str>, dir: Option<Str>) -> PyResult<Str> {
    let name = fresh(suffix, prefix, dir)?;
    os::mkdir(&name, 0o700)?;
    Ok(name)
}

/// `mktemp(suffix, prefix, dir)`
pub fn mktemp(suffix: &str, prefix: &str, dir: Option<Str>) -> PyResult<Str> {
    fresh(Some(Str::copy_of(suffix)), Some(Str::copy_of(prefix)), dir)
}

/// `TemporaryDirectory`: gone when it is left, cleaned up, or no more referred to.
#[derive(Clone)]
pub struct TemporaryDirectory(Rc<Removed>);

/// A path that is removed with its last handle.
struct Removed {
    name: Str,
    kept: Cell<bool>,
}

impl Drop for Removed {
    fn drop(&mut self) {
        if !self.kept.get() {
            shutil::remove_quietly(&self.name);
        }
    }
}

impl TemporaryDirectory {
    /// `TemporaryDirectory(suffix, prefix, dir)`
    pub fn new(suffix: Option<Str>, prefix: Option<Str>, dir: Option<Str>) -> PyResult<TemporaryDirectory> {
        let name = mkdtemp(suffix, prefix, dir)?;
        Ok(TemporaryDirectory(Rc::new(Removed { name, kept: Cell::new(false) })))
    }

    /// `name`
    #[inline]
    pub fn name(&self) -> Str {
        self.0.name.clone()
    }

    /// `cleanup()`
    pub fn cleanup(&self) -> PyResult {
        if self.0.kept.replace(true) {
            return Ok(());
        }
        match path::exists(&self.0.name) {
            true => shutil::rmtree(&self.0.name, false),
            false => Ok(()),
        }
    }

    /// `with`
    #[inline]
    pub fn enter(&self) -> PyResult<Str> {
        Ok(self.name())
    }

    /// The end of `with`.
    #[inline]
    pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        self.cleanup()?;
        outcome
    }
}

impl Object for TemporaryDirectory {
    fn py_type(&self) -> &'static str {
        "TemporaryDirectory"
    }

    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        write!(out, "<TemporaryDirectory {}>", repr(&self.0.name))
    }

    fn py_id(&self) -> usize {
        crate::object::address(&*self.0)
    }
}

impl Key for TemporaryDirectory {
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(Rc::ptr_eq(&self.0, &other.0))
    }
}

impl Compare for TemporaryDirectory {}

/// The files whose names are removed when they are closed.
macro_rules! files {
    ($($(#[$doc:meta])* $name:ident of $file:ident, $open:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            file: $file,
            removed: Option<Rc<Removed>>,
        }

        impl $name {
            /// Opens a fresh one.
            #[allow(clippy::too_many_arguments)]
            pub fn new(
                mode: &str,
                _buffering: i64,
                _encoding: Option<Str>,
                _newline: Option<Str>,
                suffix: Option<Str>,
                prefix: Option<Str>,
                dir: Option<Str>,
                delete: bool,
            ) -> PyResult<$name> {
                let name = fresh(suffix, prefix, dir)?;
                let open: fn(&str, &str) -> PyResult<$file> = $open;
                let file = open(&name, mode)?;
                let removed = delete.then(|| Rc::new(Removed { name, kept: Cell::new(false) }));
                Ok($name { file, removed })
            }

            /// `with`
            pub fn enter(&self) -> PyResult<$name> {
                Ok(self.clone())
            }

            /// The end of `with`.
            pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
                self.close()?;
                outcome
            }

            /// `close()`
            pub fn close(&self) -> PyResult {
                self.file.close()?;
                if let Some(removed) = &self.removed
                    && !removed.kept.replace(true)
                {
                    shutil::remove_quietly(&removed.name);
                }
                Ok(())
            }
        }

        impl std::ops::Deref for $name {
            type Target = $file;

            fn deref(&self) -> &$file {
                &self.file
            }
        }

        impl Object for $name {
            fn py_type(&self) -> &'static str {
                "_TemporaryFileWrapper"
            }

            fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                write!(out, "<tempfile._TemporaryFileWrapper object at {:#x}>", self.file.py_id())
            }

            fn py_id(&self) -> usize {
                self.file.py_id()
            }
        }

        impl Key for $name {
            fn py_eq(&self, other: &Self) -> PyResult<bool> {
                Ok(self.file.py_id() == other.file.py_id())
            }
        }

        impl Compare for $name {}
    )*};
}

files! {
    /// `NamedTemporaryFile` of text.
    NamedText of TextFile, |name, mode| io::open(name, mode, -1, None, None, None);
    /// `NamedTemporaryFile` of bytes.
    NamedBytes of ByteFile, |name, mode| io::open_bytes(name, mode, -1);
}
