//! From a Python file to its binary, through the cache.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::args::Translate;
use super::cache::{self, Cache};
use super::compile::{self, Unit};
use super::disk::{self, Disk, Seen};
use super::failure::Failure;
use super::runtime::{self, Profile};
use super::toolchain::{self, Toolchain};
use super::{findings, output::Progress};
use crate::{Options, PythonVersion, Translation};

/// What binary is wanted.
pub struct Request<'a> {
    /// The program, as the user named it.
    pub file: &'a Path,
    /// How to translate it.
    pub translate: &'a Translate,
    /// How far to optimise it.
    pub profile: Profile,
    /// Whether the runtime knows the virtual clock.
    pub clock: Clock,
}

/// Whether a binary can run on the virtual clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Only the real one: for programs that are shipped.
    Real,
    /// `AIO2RUST_CLOCK=virtual` is known.
    Virtual,
}

/// A built program. Kept as its stamp: unchanged sources lead straight to the binary.
#[derive(Debug, Serialize, Deserialize)]
pub struct Built {
    /// The binary.
    pub binary: PathBuf,
    /// Its Python files, as tracebacks name them.
    pub files: Vec<String>,
    python: u8,
    seen: Seen,
}

impl Built {
    /// The Python that its source calls for.
    pub fn python(&self) -> PythonVersion {
        PythonVersion { minor: self.python }
    }
}

/// The program, built unless it is in the cache.
pub fn built(request: &Request, cache: &Cache) -> Result<Built, Failure> {
    let options = request.translate.options()?;
    let key = program_key(request, &options);
    let folder = cache.entry("programs", &key);
    if let Some(built) = remembered(cache, &folder) {
        return Ok(built);
    }
    if !request.file.exists() || request.file.is_dir() {
        disk::read_named(&Disk::default(), request.file)?;
    }
    let _lock = cache.lock("programs", &key)?;
    if let Some(built) = remembered(cache, &folder) {
        return Ok(built);
    }
    let disk = Disk::default();
    let translation = translate(request.file, &disk, &options)?;
    let binary = build(request, cache, &folder, &translation)?;
    let files = translation.sources.files().iter().map(|file| file.path.clone()).collect();
    let built = Built { binary, files, python: translation.python.minor, seen: disk.seen() };
    let text = serde_json::to_string(&built).map_err(|error| Failure::Defect(error.to_string()))?;
    // Renamed, so that nobody reads half of it.
    cache::write(&folder.join("stamp.new"), text.as_bytes())?;
    fs::rename(folder.join("stamp.new"), folder.join("stamp")).map_err(|error| Failure::io("write", &folder, error))?;
    cache.touch(&folder);
    cache.trim();
    Ok(built)
}

/// Translates a program; what keeps it from being translated is printed.
pub fn translate(file: &Path, disk: &Disk, options: &Options) -> Result<Translation, Failure> {
    let _progress = Progress::new("translating");
    let bytes = disk::read_named(disk, file)?;
    let translation = crate::translate(&file.to_string_lossy(), &bytes, disk, options);
    match translation.diagnostics.has_errors() {
        true => {
            findings::print_errors(&translation);
            Err(findings::refusal(&translation))
        }
        false => Ok(translation),
    }
}

fn remembered(cache: &Cache, folder: &Path) -> Option<Built> {
    let built: Built = serde_json::from_slice(&fs::read(folder.join("stamp")).ok()?).ok()?;
    if !built.binary.is_file() || !built.seen.is_current() {
        return None;
    }
    cache.touch(folder);
    cache.touch(built.binary.parent()?);
    Some(built)
}

fn build(request: &Request, cache: &Cache, folder: &Path, translation: &Translation) -> Result<PathBuf, Failure> {
    cache::create_folder(folder)?;
    let toolchain = Toolchain::find(cache.root())?;
    let mut features = translation.features.clone();
    if request.clock == Clock::Virtual {
        features.push("virtual-clock".to_string());
    }
    if request.profile == Profile::Release {
        features.push("pool".to_string());
    }
    let mut name = compile::crate_name(request.file);
    let through_cargo = toolchain::is_configured(cache.root());
    let runtime = if through_cargo {
        // Programs of one name share cargo's folder: without the hash one would run as the other.
        let key = folder.file_name().map(|key| key.to_string_lossy().into_owned()).unwrap_or_default();
        name = format!("{name}_{}", &key[..key.len().min(12)]);
        Err(runtime::source_key())
    } else {
        Ok(runtime::libraries(cache, &toolchain, request.profile, &features)?)
    };
    let built_with = runtime.as_ref().map_or_else(|source| source.clone(), |libraries| libraries.key.clone());
    let features_text = features.join(",");
    let texts = translation.files.iter().flat_map(|file| [file.path.as_str(), file.text.as_str()]);
    let key = cache::key(
        [&*built_with, &toolchain.identity, &features_text, &name, request.profile.opt_level()]
            .into_iter()
            .chain(texts),
    );
    let entry = cache.entry("binaries", &key);
    let stem = compile::crate_name(request.file);
    let binary = compile::binary_in(&entry, &stem);
    if binary.is_file() && !through_cargo {
        cache.touch(&entry);
        return Ok(binary);
    }
    let unit = Unit { files: &translation.files, name: &name, folder, profile: request.profile };
    let scratch = cache.scratch("binaries")?;
    let target = compile::binary_in(&scratch, &stem);
    let done = match &runtime {
        Ok(libraries) => compile::rustc(&unit, &toolchain, libraries, &target),
        Err(_) => compile::cargo(&unit, &toolchain, &features, &target),
    };
    let done = done.and_then(|()| {
        if through_cargo {
            // The configuration is no part of the key.
            let _ = fs::remove_dir_all(&entry);
        }
        cache::move_into_place(&scratch, &entry)
    });
    if done.is_err() {
        let _ = fs::remove_dir_all(&scratch);
    }
    done.map(|()| binary)
}

/// Names a program: where it is, how it was named (that is its `__file__`), how it is translated and by whom.
fn program_key(request: &Request, options: &Options) -> String {
    let absolute = std::path::absolute(request.file).unwrap_or_else(|_| request.file.to_path_buf());
    let translator = std::env::current_exe().ok().and_then(|path| path.metadata().ok());
    let translator = translator.map(|data| (data.len(), data.modified().ok()));
    let how =
        format!("{options:?} {:?} {:?} {translator:?} {}", request.profile, request.clock, env!("CARGO_PKG_VERSION"));
    cache::key([&*absolute.to_string_lossy(), &*request.file.to_string_lossy(), &how])
}
