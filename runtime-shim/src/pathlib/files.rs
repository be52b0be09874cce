//! What paths name: files and folders.
use super::Path;
use crate::io::{self, ByteFile, TextFile};
use crate::os;
use crate::os::path;
use crate::prelude::*;

impl Path {
    /// `p.exists()`
    #[inline]
    pub fn exists(&self) -> bool {
        path::exists(&self.0)
    }

    /// `p.is_file()`
    #[inline]
    pub fn is_file(&self) -> bool {
        path::isfile(&self.0)
    }

    /// `p.is_dir()`
    #[inline]
    pub fn is_dir(&self) -> bool {
        path::isdir(&self.0)
    }

    /// `p.is_symlink()`
    #[inline]
    pub fn is_symlink(&self) -> bool {
        path::islink(&self.0)
    }

    /// `p.iterdir()`
    pub fn iterdir(&self) -> PyResult<Iter<Path>> {
        let names = os::listdir(&self.0)?;
        let here = self.clone();
        let paths: Vec<Path> = names.iter().map(|name| here.joined(&name)).collect();
        Ok(Iter::named("generator", paths.into_iter().map(Ok)))
    }

    /// `p.open(mode)` of text.
    pub fn open(
        &self,
        mode: &str,
        buffering: i64,
        encoding: Option<Str>,
        errors: Option<Str>,
        newline: Option<Str>,
    ) -> PyResult<TextFile> {
        io::open(&self.0, mode, buffering, encoding, errors, newline)
    }

    /// `p.open(mode)` of bytes.
    pub fn open_bytes(&self, mode: &str, buffering: i64) -> PyResult<ByteFile> {
        io::open_bytes(&self.0, mode, buffering)
    }

    /// `p.read_text(encoding, errors)`
    pub fn read_text(&self, encoding: Option<Str>, errors: Option<Str>) -> PyResult<Str> {
        let file = io::open(&self.0, "r", -1, encoding, errors, None)?;
        let text = file.read();
        file.close()?;
        text
    }

    /// `p.read_bytes()`
    pub fn read_bytes(&self) -> PyResult<Bytes> {
        let file = io::open_bytes(&self.0, "rb", -1)?;
        let bytes = file.read();
        file.close()?;
        bytes
    }

    /// `p.write_text(data, encoding, errors, newline)`
    pub fn write_text(
        &self,
        data: &str,
        encoding: Option<Str>,
        errors: Option<Str>,
        newline: Option<Str>,
    ) -> PyResult<i64> {
        let file = io::open(&self.0, "w", -1, encoding, errors, newline)?;
        let count = file.write(data);
        file.close()?;
        count
    }

    /// `p.write_bytes(data)`
    pub fn write_bytes(&self, data: &[u8]) -> PyResult<i64> {
        let file = io::open_bytes(&self.0, "wb", -1)?;
        let count = file.write(data);
        file.close()?;
        count
    }

    /// `p.mkdir(mode, parents, exist_ok)`
    pub fn mkdir(&self, mode: i64, parents: bool, exist_ok: bool) -> PyResult {
        match os::mkdir(&self.0, mode) {
            Err(error) if error.is::<FileNotFoundError>() && parents && self.parent() != *self => {
                self.parent().mkdir(0o777, true, true)?;
                self.mkdir(mode, false, exist_ok)
            }
            Err(error) if error.is::<OSError>() && exist_ok && self.is_dir() => Ok(()),
            outcome => outcome,
        }
    }

    /// `p.rmdir()`
    #[inline]
    pub fn rmdir(&self) -> PyResult {
        os::rmdir(&self.0)
    }

    /// `p.unlink(missing_ok)`
    pub fn unlink(&self, missing_ok: bool) -> PyResult {
        match os::remove(&self.0) {
            Err(error) if error.is::<FileNotFoundError>() && missing_ok => Ok(()),
            outcome => outcome,
        }
    }

    /// `p.rename(target)`, `p.replace(target)`
    pub fn rename(&self, target: &str) -> PyResult<Path> {
        os::rename(&self.0, target)?;
        Ok(Path::of(target))
    }

    /// `p.touch(mode, exist_ok)`
    pub fn touch(&self, _mode: i64, exist_ok: bool) -> PyResult {
        if self.exists() {
            if !exist_ok {
                // As opening it for itself alone says.
                return io::open_bytes(&self.0, "xb", -1).map(drop);
            }
            let now = std::time::SystemTime::now();
            let file = std::fs::File::options().append(true).open(&*self.0);
            let times = std::fs::FileTimes::new().set_accessed(now).set_modified(now);
            let touched = file.and_then(|file| file.set_times(times));
            return touched.map_err(|error| crate::exception::os_error::from_io(&error, Some(&self.0)));
        }
        io::open_bytes(&self.0, "ab", -1)?.close()
    }

    /// `p.stat()`
    #[inline]
    pub fn stat(&self) -> PyResult<os::StatResult> {
        os::stat(&self.0)
    }

    /// `p.chmod(mode)`
    #[inline]
    pub fn chmod(&self, mode: i64) -> PyResult {
        os::chmod(&self.0, mode)
    }

    /// `p.symlink_to(target)`
    #[inline]
    pub fn symlink_to(&self, target: &str) -> PyResult {
        os::symlink(target, &self.0)
    }

    /// `p.samefile(other)`
    #[inline]
    pub fn samefile(&self, other: &str) -> PyResult<bool> {
        let (mine, other) = (os::stat(&self.0)?, os::stat(other)?);
        Ok(mine.st_ino() == other.st_ino() && mine.st_dev() == other.st_dev())
    }

    /// `p.glob(pattern)`
    pub fn glob(&self, pattern: &str) -> PyResult<Iter<Path>> {
        self.found(pattern, false)
    }

    /// `p.rglob(pattern)`
    pub fn rglob(&self, pattern: &str) -> PyResult<Iter<Path>> {
        self.found(pattern, true)
    }

    fn found(&self, pattern: &str, recursive: bool) -> PyResult<Iter<Path>> {
        let wanted = Path::of(pattern);
        if wanted.is_absolute() {
            return Err(NotImplementedError::new("Non-relative patterns are unsupported"));
        }
        if wanted.names().is_empty() && !recursive {
            return Err(ValueError::new(format!("Unacceptable pattern: {}", repr(&wanted))));
        }
        let mut parts: Vec<&str> = wanted.names();
        if recursive {
            parts.insert(0, "**");
        }
        let only_folders = pattern.ends_with('/');
        let mut found = Vec::new();
        super::glob::walk(&self.0, &parts, super::glob::Hidden::Matched, &mut found);
        if only_folders {
            found.retain(|path| path::isdir(path));
        }
        // `**` before `**` finds things more than once.
        let mut seen = std::collections::HashSet::new();
        found.retain(|path| seen.insert(path.clone()));
        Ok(Iter::named("map", found.into_iter().map(|path| Ok(Path::of(&path)))))
    }
}
