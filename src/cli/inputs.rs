//! The paths of a command line to the programs they mean.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::disk::{self, Disk};
use super::failure::Failure;
use super::output::Progress;
use crate::{Options, Translation};

/// A program to translate.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its file; `-` is stdin.
    pub path: PathBuf,
    /// It was found in a folder; when another program imports it, it is none of its own.
    found: bool,
}

impl Entry {
    /// Whether it is read from stdin.
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// A translated program.
pub struct Translated {
    /// Where it came from.
    pub entry: Entry,
    /// What became of it.
    pub translation: Translation,
}

/// Translates every program that `paths` mean. Modules that another program of theirs imports come with it.
pub fn translate(paths: &[PathBuf], options: &Options) -> Result<Vec<Translated>, Failure> {
    let _progress = Progress::new("translating");
    let mut translated: Vec<Translated> = Vec::new();
    for entry in entries(paths)? {
        let disk = Disk::default();
        let (name, bytes) = match entry.is_stdin() {
            true => ("<stdin>".to_string(), stdin()?),
            false => (entry.path.to_string_lossy().into_owned(), disk::read_named(&disk, &entry.path)?),
        };
        let translation = crate::translate(&name, &bytes, &disk, options);
        translated.push(Translated { entry, translation });
    }
    let imported: Vec<PathBuf> = translated
        .iter()
        .flat_map(|program| program.translation.sources.files().iter().skip(1))
        .filter_map(|file| fs::canonicalize(&file.path).ok())
        .collect();
    translated.retain(|program| {
        let path = fs::canonicalize(&program.entry.path).ok();
        !program.entry.found || path.is_none_or(|path| !imported.contains(&path))
    });
    Ok(translated)
}

fn stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|error| Failure::io("read", Path::new("stdin"), error))
}

fn entries(paths: &[PathBuf]) -> Result<Vec<Entry>, Failure> {
    let mut entries = Vec::new();
    for path in paths {
        if !path.is_dir() {
            entries.push(Entry { path: path.clone(), found: false });
            continue;
        }
        let main = path.join("__main__.py");
        let mut files = Vec::new();
        match main.is_file() {
            true => files.push(main),
            false => collect(path, &mut files).map_err(|error| Failure::io("read", path, error))?,
        }
        if files.is_empty() {
            return Err(Failure::usage(format!("no Python files in `{}`", path.display())));
        }
        entries.extend(files.into_iter().map(|path| Entry { path, found: true }));
    }
    Ok(entries)
}

/// Python files below a folder, sorted; not those of hidden folders and virtual environments.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_link = path.is_symlink();
        if path.is_dir() {
            let foreign = name.starts_with('.') || name == "__pycache__" || path.join("pyvenv.cfg").exists();
            if !foreign && !is_link {
                collect(&path, files)?;
            }
        } else if name.ends_with(".py") {
            files.push(path);
        }
    }
    Ok(())
}
