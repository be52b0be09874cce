//! The Cargo package that `convert -o DIR` writes: its files, and how they get to the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::cache;
use super::compile;
use super::failure::Failure;
use super::inputs::Translated;
use super::lockfile::{self, RUNTIME};
use super::{linemap, runtime};

/// The file with the hashes of what was generated; it marks a folder as ours.
const LOCK: &str = "aio2rust.lock";

/// Where the package takes its runtime from.
#[derive(Debug)]
pub enum Runtime {
    /// A copy inside it.
    Vendored,
    /// crates.io.
    Registry,
    /// A folder.
    Folder(PathBuf),
}

impl Runtime {
    /// As the command line names it.
    pub fn new(name: &str) -> Runtime {
        match name {
            "vendored" => Runtime::Vendored,
            "registry" => Runtime::Registry,
            path => Runtime::Folder(PathBuf::from(path)),
        }
    }

    /// The dependency's source in the manifest.
    fn dependency(&self) -> Result<String, Failure> {
        let version = env!("CARGO_PKG_VERSION");
        match self {
            Runtime::Vendored => Ok(format!("path = {RUNTIME:?}")),
            Runtime::Registry => Ok(format!("version = \"={version}\"")),
            Runtime::Folder(path) => {
                if !path.join("Cargo.toml").is_file() {
                    return Err(Failure::usage(format!("`{}` is not the folder of the runtime", path.display())));
                }
                let path = fs::canonicalize(path).map_err(|error| Failure::io("find", path, error))?;
                Ok(format!("path = {:?}", path.display().to_string()))
            }
        }
    }
}

/// The files of a package, by path.
#[derive(Debug)]
pub struct Package {
    files: BTreeMap<String, Vec<u8>>,
}

impl Package {
    /// The package of these programs: one is its `src/main.rs`, several are folders of `src/bin/`.
    pub fn new(
        programs: &[Translated],
        folder: &Path,
        runtime: &Runtime,
        with_table: bool,
    ) -> Result<Package, Failure> {
        let mut files = BTreeMap::new();
        let mut features: Vec<String> = Vec::new();
        let mut table = String::new();
        let names = names(programs);
        for (program, name) in programs.iter().zip(&names) {
            let prefix = if programs.len() == 1 { String::new() } else { format!("bin/{name}/") };
            for file in &program.translation.files {
                let path = format!("src/{prefix}{}", file.path);
                if file.path == "main.map" && with_table {
                    table.push_str(&linemap::table(&file.text));
                }
                files.insert(path, file.text.clone().into_bytes());
            }
            features.extend(program.translation.features.iter().cloned());
        }
        features.sort();
        features.dedup();
        let name = match &names[..] {
            [name] => name.clone(),
            _ => compile::crate_name(folder),
        };
        let manifest = crate::project::manifest(&name, &runtime.dependency()?, &features);
        files.insert("Cargo.toml".to_string(), manifest.into_bytes());
        if with_table {
            files.insert("line-map.tsv".to_string(), table.into_bytes());
        }
        if matches!(runtime, Runtime::Vendored) {
            files.insert("Cargo.lock".to_string(), lockfile::lock(Some((&name, "0.1.0"))).into_bytes());
            for (path, bytes) in runtime::source() {
                files.insert(format!("{RUNTIME}/{path}"), bytes.to_vec());
            }
        }
        Ok(Package { files })
    }

    /// The files that are not on the disk as they would be written.
    pub fn differing(&self, folder: &Path) -> Vec<&str> {
        let same = |path: &str, bytes: &Vec<u8>| fs::read(folder.join(path)).is_ok_and(|found| found == *bytes);
        let generated = self.files.iter().filter(|(path, _)| *path != "Cargo.lock");
        generated.filter(|(path, bytes)| !same(path, bytes)).map(|(path, _)| path.as_str()).collect()
    }

    /// Writes the package. A new folder appears whole or not at all; in one of ours, each file does.
    pub fn write(&self, folder: &Path, force: bool) -> Result<(), Failure> {
        let before = match fs::read_to_string(folder.join(LOCK)) {
            Ok(text) => hashes(&text),
            Err(_) if is_empty(folder)? => return self.create(folder),
            Err(_) => {
                let text =
                    format!("`{}` exists and was not written by aio2rust: name another folder", folder.display());
                return Err(Failure::Usage(text));
            }
        };
        let is_edited = |path: &str| {
            let found = fs::read(folder.join(path)).ok();
            let known = before.get(path);
            found.is_some_and(|found| known != Some(&hash(&found)) && self.files.get(path) != Some(&found))
        };
        let all = self.files.keys().map(String::as_str).chain(before.keys().map(String::as_str));
        // Cargo itself may have changed the lock file.
        let edited: std::collections::BTreeSet<&str> =
            all.filter(|path| *path != "Cargo.lock" && is_edited(path)).collect();
        if !force && !edited.is_empty() {
            let list: Vec<String> = edited.iter().map(|path| folder.join(path).display().to_string()).collect();
            return Err(Failure::Usage(format!(
                "edited since it was generated: {}; `--force` overwrites",
                list.join(", ")
            )));
        }
        let keep_lock = is_edited("Cargo.lock") && !force;
        let is_new = |path: &str, bytes: &[u8]| fs::read(folder.join(path)).map_or(true, |found| found != *bytes);
        let changed =
            self.files.iter().filter(|(path, bytes)| !(*path == "Cargo.lock" && keep_lock) && is_new(path, bytes));
        let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
        for (path, bytes) in
            changed.map(|(path, bytes)| (path.as_str(), bytes.clone())).chain([(LOCK, self.lock().into_bytes())])
        {
            let target = folder.join(path);
            let fresh =
                target.with_file_name(format!(".{}.new", target.file_name().unwrap_or_default().to_string_lossy()));
            let written = cache::write(&fresh, &bytes);
            staged.push((fresh, target));
            if let Err(failure) = written {
                staged.iter().for_each(|(fresh, _)| drop(fs::remove_file(fresh)));
                return Err(failure);
            }
        }
        for (fresh, target) in &staged {
            fs::rename(fresh, target).map_err(|error| Failure::io("write", target, error))?;
        }
        // Generated before, and no more.
        for path in before.keys().filter(|path| !self.files.contains_key(*path)) {
            let _ = fs::remove_file(folder.join(path));
        }
        Ok(())
    }

    fn create(&self, folder: &Path) -> Result<(), Failure> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let beside = folder.parent().unwrap_or(Path::new(""));
        cache::create_folder(if beside.as_os_str().is_empty() { Path::new(".") } else { beside })?;
        let scratch = beside.join(format!(".{name}.new-{}", std::process::id()));
        let written = self.files.iter().try_for_each(|(path, bytes)| cache::write(&scratch.join(path), bytes));
        let written = written.and_then(|()| cache::write(&scratch.join(LOCK), self.lock().as_bytes()));
        let moved = written.and_then(|()| {
            // An empty folder is in the way of the rename on some systems.
            let _ = fs::remove_dir(folder);
            fs::rename(&scratch, folder).map_err(|error| Failure::io("create", folder, error))
        });
        if moved.is_err() {
            let _ = fs::remove_dir_all(&scratch);
        }
        moved
    }

    /// The text of `aio2rust.lock`.
    fn lock(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let mut text = format!("# Written by aio2rust {version}: the hashes of the files it generated.\n");
        for (path, bytes) in &self.files {
            text.push_str(&format!("{}  {path}\n", hash(bytes)));
        }
        text
    }
}

/// Whether there is no folder yet, or nothing in it.
fn is_empty(folder: &Path) -> Result<bool, Failure> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Failure::io("write to", folder, error)),
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hashes(lock: &str) -> BTreeMap<String, String> {
    let lines = lock.lines().filter(|line| !line.starts_with('#'));
    let inside = |path: &str| !Path::new(path).is_absolute() && !path.split('/').any(|part| part == "..");
    let pairs = lines.filter_map(|line| line.split_once("  ")).filter(|(_, path)| inside(path));
    pairs.map(|(hash, path)| (path.to_string(), hash.to_string())).collect()
}

/// A name for each program, each once.
fn names(programs: &[Translated]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for program in programs {
        let main = program.entry.path.file_name().is_some_and(|name| name == "__main__.py");
        let folder = program.entry.path.parent().filter(|folder| main && folder.file_name().is_some());
        let path = folder.unwrap_or(&program.entry.path);
        let name = compile::crate_name(path);
        let again = (2..).map(|n| format!("{name}_{n}"));
        let free = std::iter::once(name.clone()).chain(again).find(|name| !names.contains(name));
        names.push(free.unwrap_or(name));
    }
    names
}
