//! The folder of everything that is kept to be faster the next time.
//!
//! ```text
//! runtime/KEY/     the runtime, built: one per compiler, features, profile and source
//! binaries/KEY/    a built program, by its Rust and how it was built
//! programs/KEY/    per program: the stamp that names its binary, its Rust, rustc's incremental state
//! tools/           what is inside our binary and must be a file: the oracle of `verify`
//! ```
//! Entries are made under a lock file and renamed into place; any of them may be removed at any time.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use super::failure::Failure;

/// The size that `trim` leaves, unless `AIO2RUST_CACHE_MB` names another.
const LIMIT_MB: u64 = 4096;
/// How long an entry is sure to stay after its last use.
const KEEP: Duration = Duration::from_secs(600);
/// The kinds of entries, those that cost most to make again last.
const KINDS: [&str; 3] = ["programs", "binaries", "runtime"];

/// The cache.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// `$AIO2RUST_CACHE`, else the user's cache folder.
    pub fn locate() -> Result<Cache, Failure> {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let root = variable("AIO2RUST_CACHE")
            .or_else(|| variable("XDG_CACHE_HOME").filter(|path| path.is_absolute()).map(|path| path.join("aio2rust")))
            .or_else(|| variable("LOCALAPPDATA").map(|path| path.join("aio2rust")))
            .or_else(|| variable("HOME").map(|path| path.join(".cache/aio2rust")))
            .ok_or_else(|| Failure::usage("no place for the cache: set AIO2RUST_CACHE to a folder"))?;
        let root = std::path::absolute(&root).map_err(|error| Failure::io("find", &root, error))?;
        Ok(Cache { root })
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The place of an entry.
    pub fn entry(&self, kind: &str, key: &str) -> PathBuf {
        self.root.join(kind).join(key)
    }

    /// Holds the lock of an entry until the file is dropped.
    pub fn lock(&self, kind: &str, key: &str) -> Result<File, Failure> {
        let path = self.root.join(kind).join(format!("{key}.lock"));
        let failed = |error| Failure::io("lock", &path, error);
        create_folder(&self.root.join(kind))?;
        let file = File::create(&path).map_err(failed)?;
        file.lock().map_err(failed)?;
        Ok(file)
    }

    /// An empty folder beside the entries of a kind, to be renamed into place.
    pub fn scratch(&self, kind: &str) -> Result<PathBuf, Failure> {
        let unique = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.subsec_nanos());
        let path = self.root.join(kind).join(format!(".new-{}-{unique}", std::process::id()));
        create_folder(&path)?;
        Ok(path)
    }

    /// A file whose text is ours; written when it is not there.
    pub fn tool(&self, name: &str, text: &str) -> Result<PathBuf, Failure> {
        let path = self.entry("tools", &key([text])).join(name);
        if !path.exists() {
            let scratch = self.scratch("tools")?;
            write(&scratch.join(name), text.as_bytes())?;
            move_into_place(&scratch, path.parent().unwrap_or(&self.root))?;
        }
        Ok(path)
    }

    /// Notes that an entry was used; the oldest are removed first.
    pub fn touch(&self, entry: &Path) {
        let now = SystemTime::now();
        let recent = |time: SystemTime| now.duration_since(time).is_ok_and(|age| age < KEEP / 2);
        let is_recent = fs::metadata(entry).and_then(|data| data.modified()).is_ok_and(recent);
        if !is_recent && let Ok(file) = File::open(entry) {
            let _ = file.set_modified(now);
        }
    }

    /// Removes the entries that were not used for longest while the cache is larger than its limit, and what
    /// interrupted builds left. Never fails: it is tried again after the next build.
    pub fn trim(&self) {
        let limit: Option<u64> = std::env::var("AIO2RUST_CACHE_MB").ok().and_then(|text| text.parse().ok());
        self.trim_to(limit.unwrap_or(LIMIT_MB) << 20);
    }

    fn trim_to(&self, limit: u64) {
        let mut entries = Vec::new();
        for kind in KINDS {
            for path in folders(&self.root.join(kind)) {
                let used = fs::metadata(&path).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
                let is_scratch = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
                entries.push((used, kind, is_scratch, size(&path), path));
            }
        }
        let mut total: u64 = entries.iter().map(|entry| entry.3).sum();
        entries.sort();
        for (used, kind, is_scratch, size, path) in entries {
            let old = used.elapsed().is_ok_and(|age| age > if is_scratch { KEEP * 6 } else { KEEP });
            if old && (is_scratch || total > limit) && self.remove(kind, &path) {
                total -= size;
            }
        }
    }

    /// Removes an entry, unless somebody holds its lock.
    fn remove(&self, kind: &str, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with('.') {
            return fs::remove_dir_all(path).is_ok();
        }
        let lock = File::create(self.root.join(kind).join(format!("{name}.lock")));
        let free = lock.as_ref().is_ok_and(|lock| !matches!(lock.try_lock(), Err(TryLockError::WouldBlock)));
        free && fs::remove_dir_all(path).is_ok()
    }

    /// Removes everything; the number of bytes.
    pub fn clean(&self) -> Result<u64, Failure> {
        let mut bytes = 0;
        for kind in KINDS.into_iter().chain(["tools"]) {
            let folder = self.root.join(kind);
            if folder.exists() {
                bytes += size(&folder);
                fs::remove_dir_all(&folder).map_err(|error| Failure::io("remove", &folder, error))?;
            }
        }
        // The folder may hold what is not ours.
        let _ = fs::remove_dir(&self.root);
        Ok(bytes)
    }
}

/// A name for content: the same parts give the same key.
pub fn key<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// Makes a folder and those above it.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| Failure::io("create", path, error))
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    fs::write(path, bytes).map_err(|error| Failure::io("write", path, error))
}

/// Renames a folder into place; one that is there already stays, and the new one goes.
pub fn move_into_place(scratch: &Path, place: &Path) -> Result<(), Failure> {
    match fs::rename(scratch, place) {
        Err(_) if place.exists() => {
            let _ = fs::remove_dir_all(scratch);
            Ok(())
        }
        done => done.map_err(|error| Failure::io("create", place, error)),
    }
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

fn size(path: &Path) -> u64 {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(data) if data.is_dir() => size(&entry.path()),
            Ok(data) => data.len(),
            Err(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    use super::{Cache, key, write};

    #[test]
    fn the_oldest_go_first_and_what_is_locked_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let cache = Cache { root: folder.path().to_path_buf() };
        let entry = |kind, name, hours: u64| {
            let path = cache.entry(kind, name);
            write(&path.join("x"), &[0; 4096]).expect("it can be written");
            let time = SystemTime::now() - Duration::from_secs(hours * 3600);
            File::open(&path).and_then(|file| file.set_modified(time)).expect("times can be set");
            path
        };
        let [old, older, locked] = [entry("binaries", "a", 2), entry("runtime", "b", 3), entry("programs", "c", 4)];
        let [fresh, scratch] = [entry("binaries", "d", 0), entry("binaries", ".new-1-1", 5)];
        let lock = cache.lock("programs", "c").expect("it is free");
        cache.trim_to(3 * 4096);
        assert_eq!(
            [&old, &older, &locked, &fresh, &scratch].map(|path| path.exists()),
            [true, false, true, true, false]
        );
        drop(lock);
        cache.trim_to(0);
        assert_eq!([&old, &locked, &fresh].map(|path| path.exists()), [false, false, true]);
        assert!(cache.clean().is_ok_and(|bytes| bytes >= 4096));
        assert!(!fs::exists(&fresh).expect("it can be looked at"));
    }

    #[test]
    fn keys_keep_parts_apart() {
        assert_ne!(key(["ab", "c"]), key(["a", "bc"]));
        assert_eq!(key(["ab", "c"]), key(["ab", "c"]));
    }
}
