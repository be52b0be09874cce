//! Python files on the disk, and a record of what was looked at.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, io};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::failure::Failure;

/// The disk. Remembers every file that was read and every file that was not there.
#[derive(Debug, Default)]
pub struct Disk {
    seen: RefCell<Seen>,
}

/// What a translation depends on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Seen {
    files: Vec<SeenFile>,
    absent: Vec<PathBuf>,
    /// When the last of them was read, in nanoseconds.
    at: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct SeenFile {
    path: PathBuf,
    size: u64,
    modified: u64,
    hash: String,
}

/// The time of a file's last change may be as coarse as this.
const COARSE: Duration = Duration::from_millis(100);

impl Disk {
    /// The bytes of a file; `None`: there is none.
    pub fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        let absolute = std::path::absolute(path)?;
        let mut seen = self.seen.borrow_mut();
        // The time first: a change while we read makes the record old, never wrong.
        let data = match fs::metadata(&absolute) {
            Ok(data) if data.is_dir() => None,
            Ok(data) => Some(data),
            Err(error) if is_absence(&error) => None,
            Err(error) => return Err(error),
        };
        let Some(data) = data else {
            seen.absent.push(absolute);
            return Ok(None);
        };
        let bytes = fs::read(&absolute)?;
        seen.at = nanoseconds(SystemTime::now());
        seen.files.push(SeenFile { path: absolute, size: data.len(), modified: modified(&data), hash: hash(&bytes) });
        Ok(Some(bytes))
    }

    /// What was looked at so far.
    pub fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }
}

impl Seen {
    /// Whether a translation that looked at this would see the same today.
    pub fn is_current(&self) -> bool {
        let racy = self.at.saturating_sub(COARSE.as_nanos() as u64);
        let same = |file: &SeenFile| {
            let Ok(data) = fs::metadata(&file.path) else { return false };
            let untouched = data.len() == file.size && modified(&data) == file.modified && file.modified < racy;
            untouched || fs::read(&file.path).is_ok_and(|bytes| hash(&bytes) == file.hash)
        };
        self.files.iter().all(same) && self.absent.iter().all(|path| !path.is_file())
    }
}

/// The bytes of the file that the user named.
pub fn read_named(disk: &Disk, path: &Path) -> Result<Vec<u8>, Failure> {
    if path.is_dir() {
        return Err(Failure::usage(format!("`{}` is a folder, a Python file is needed", path.display())));
    }
    match disk.read(path) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(Failure::io("read", path, io::Error::from_raw_os_error(2))),
        Err(error) => Err(Failure::io("read", path, error)),
    }
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename)
}

fn modified(data: &fs::Metadata) -> u64 {
    data.modified().map_or(0, nanoseconds)
}

fn nanoseconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
impl crate::Sources for Disk {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        // An import that cannot be read is one that is not there: `lower` says so at its place.
        Disk::read(self, Path::new(path)).ok().flatten()
    }
}
