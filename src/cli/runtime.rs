//! The runtime: its source, which is inside our binary, as a folder or as built libraries.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use super::cache::{self, Cache};
use super::compile::RustcMessage;
use super::failure::Failure;
use super::lockfile::{self, RUNTIME};
use super::output::Progress;
use super::signals;
use super::toolchain::Toolchain;

/// How far programs are optimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Soon ready.
    Quick,
    /// As fast as rustc can.
    Release,
}

impl Profile {
    /// The `opt-level` of the program's own code.
    pub fn opt_level(self) -> &'static str {
        match self {
            Profile::Quick => "0",
            Profile::Release => "3",
        }
    }

    /// Flags for everything that is compiled. With frame pointers an exception costs nanoseconds, and not microseconds.
    pub fn flags(self) -> &'static [&'static str] {
        match self {
            Profile::Quick => &[],
            Profile::Release => &["-Cforce-frame-pointers=yes"],
        }
    }

    /// The profiles of a workspace that has the runtime in it. Quick: as soon as possible; nothing below the program has
    /// debug information or assertions, and one codegen unit costs the least CPU time.
    pub fn manifest(self) -> String {
        let all = "debug = \"line-tables-only\"\noverflow-checks = true\nincremental = false\n";
        let below = "debug = false\ndebug-assertions = false\ncodegen-units = 1\n";
        match self {
            Profile::Quick => format!(
                "[profile.dev]\nopt-level = 0\n{all}\n[profile.dev.package.\"*\"]\n{below}\n\
                 [profile.dev.package.{RUNTIME}]\n{below}"
            ),
            Profile::Release => format!("[profile.dev]\nopt-level = 3\n{all}codegen-units = 2\n"),
        }
    }
}

/// The runtime, built.
#[derive(Debug, Serialize, Deserialize)]
pub struct Libraries {
    /// The runtime's own library, relative to the entry.
    library: PathBuf,
    /// The folder of what it depends on, relative to the entry.
    dependencies: PathBuf,
    /// The entry of the cache.
    #[serde(skip)]
    pub entry: PathBuf,
    /// Its name there.
    #[serde(skip)]
    pub key: String,
}

impl Libraries {
    /// What `--extern aio2rust_runtime=` takes.
    pub fn library(&self) -> PathBuf {
        self.entry.join(&self.library)
    }

    /// What `-L dependency=` takes.
    pub fn dependencies(&self) -> PathBuf {
        self.entry.join(&self.dependencies)
    }
}

/// The files of the runtime's package: path and content.
pub fn source() -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    collect(&aio2rust_runtime::source::SRC, &mut files);
    files.push(("Cargo.toml".to_string(), aio2rust_runtime::source::MANIFEST.as_bytes()));
    files.sort();
    files
}

/// Names the source.
pub fn source_key() -> String {
    let files = source();
    let texts: Vec<(&str, std::borrow::Cow<'_, str>)> =
        files.iter().map(|(path, bytes)| (path.as_str(), String::from_utf8_lossy(bytes))).collect();
    cache::key(texts.iter().flat_map(|(path, text)| [*path, &**text]))
}

fn collect(folder: &include_dir::Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        files.push((format!("src/{}", file.path().display()), file.contents()));
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// The runtime with these features, built once.
pub fn libraries(
    cache: &Cache,
    toolchain: &Toolchain,
    profile: Profile,
    features: &[String],
) -> Result<Libraries, Failure> {
    let features = features.join(",");
    let parts = [toolchain.identity.clone(), features.clone(), profile.manifest(), lockfile::lock(None), source_key()];
    let key = cache::key(parts.iter().map(String::as_str));
    let entry = cache.entry("runtime", &key);
    if let Some(built) = built(&entry, &key) {
        cache.touch(&entry);
        return Ok(built);
    }
    let _lock = cache.lock("runtime", &key)?;
    if let Some(built) = built(&entry, &key) {
        return Ok(built);
    }
    let _progress = Progress::new("building the runtime, once");
    let scratch = cache.scratch("runtime")?;
    let done = build(toolchain, profile, &features, &scratch).and_then(|libraries| {
        let text = serde_json::to_string(&libraries).map_err(|error| Failure::Defect(error.to_string()))?;
        cache::write(&scratch.join("libraries.json"), text.as_bytes())?;
        cache::move_into_place(&scratch, &entry)
    });
    if let Err(failure) = done {
        let _ = std::fs::remove_dir_all(&scratch);
        return Err(failure);
    }
    built(&entry, &key).ok_or_else(|| Failure::usage(format!("cannot use what was built in `{}`", entry.display())))
}

fn built(entry: &Path, key: &str) -> Option<Libraries> {
    let text = std::fs::read_to_string(entry.join("libraries.json")).ok()?;
    let libraries: Libraries = serde_json::from_str(&text).ok()?;
    let libraries = Libraries { entry: entry.to_path_buf(), key: key.to_string(), ..libraries };
    libraries.library().exists().then_some(libraries)
}

/// Writes the runtime's package into a folder.
pub fn write_source(folder: &Path) -> Result<(), Failure> {
    source().into_iter().try_for_each(|(path, bytes)| cache::write(&folder.join(path), bytes))
}

fn build(toolchain: &Toolchain, profile: Profile, features: &str, folder: &Path) -> Result<Libraries, Failure> {
    write_source(&folder.join(RUNTIME))?;
    let manifest = format!("[workspace]\nmembers = [\"{RUNTIME}\"]\nresolver = \"3\"\n\n{}", profile.manifest());
    cache::write(&folder.join("Cargo.toml"), manifest.as_bytes())?;
    cache::write(&folder.join("Cargo.lock"), lockfile::lock(None).as_bytes())?;
    let mut command = Command::new(&toolchain.cargo);
    command
        .args(["build", "--quiet", "--lib", "--message-format=json", "--package", RUNTIME, "--features", features])
        .args(["--target-dir", "target"])
        .args(["--config", &format!("build.rustflags={:?}", profile.flags())])
        .env_remove("CARGO_TARGET_DIR")
        .current_dir(folder);
    let artifacts = cargo(&mut command, folder)?;
    let library = artifacts.iter().find_map(|artifact| artifact.library_of("aio2rust_runtime"));
    let library = library.ok_or_else(|| Failure::Defect("cargo named no library of the runtime".to_string()))?;
    // Two folders up from a library in `deps`, or one from `debug`, everything is below the entry.
    let relative =
        |path: &Path| path.strip_prefix(folder).map(Path::to_path_buf).unwrap_or_else(|_| path.to_path_buf());
    let library = relative(&library);
    let beside = library.parent().unwrap_or(Path::new("")).to_path_buf();
    let dependencies = if beside.ends_with("deps") { beside } else { beside.join("deps") };
    // What only the build needed.
    let _ = std::fs::remove_dir_all(folder.join("target/debug/build"));
    let _ = std::fs::remove_dir_all(folder.join("target/debug/.fingerprint"));
    Ok(Libraries { library, dependencies, entry: PathBuf::new(), key: String::new() })
}

/// A line of cargo's JSON.
#[derive(Debug, Deserialize)]
pub struct Message {
    reason: String,
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    /// The binary that was built.
    pub executable: Option<PathBuf>,
    /// What rustc had to say.
    pub message: Option<RustcMessage>,
}

#[derive(Debug, Deserialize)]
struct Target {
    name: String,
}

impl Message {
    fn library_of(&self, name: &str) -> Option<PathBuf> {
        let is_it =
            self.reason == "compiler-artifact" && self.target.as_ref().is_some_and(|target| target.name == name);
        let mut libraries = self.filenames.iter().filter(|path| path.extension().is_some_and(|end| end == "rlib"));
        if is_it { libraries.next().cloned() } else { None }
    }
}

/// Runs cargo; its messages. What rustc refuses in our own source is our defect.
pub fn cargo(command: &mut Command, scratch: &Path) -> Result<Vec<Message>, Failure> {
    let output = signals::build(command, Some(scratch.to_path_buf()))
        .map_err(|error| Failure::usage(format!("cannot run cargo: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let messages: Vec<Message> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if output.status.success() {
        return Ok(messages);
    }
    let errors: Vec<&RustcMessage> =
        messages.iter().filter_map(|message| message.message.as_ref()).filter(|message| message.is_error()).collect();
    if let Some(error) = errors.iter().find(|error| error.has_place()) {
        return Err(Failure::Defect(format!("the runtime does not compile\n{}", error.rendered())));
    }
    let mut said: String = errors.iter().map(|error| error.rendered()).collect();
    said.push_str(&String::from_utf8_lossy(&output.stderr));
    Err(Failure::of_build("cargo cannot build the runtime", said.trim()))
}
