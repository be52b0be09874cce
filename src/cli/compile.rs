//! Emitted Rust to a binary, by rustc directly, or by cargo where the user configured how crates are compiled.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::cache;
use super::failure::Failure;
use super::lockfile::{self, RUNTIME};
use super::output::Progress;
use super::runtime::{self, Libraries, Profile};
use super::toolchain::Toolchain;
use super::{linemap, signals};
use crate::EmittedFile;

/// What is compiled.
pub struct Unit<'a> {
    /// The emitted files.
    pub files: &'a [EmittedFile],
    /// The name of the crate, an identifier.
    pub name: &'a str,
    /// Where its files and rustc's incremental state are kept.
    pub folder: &'a Path,
    /// How far it is optimised.
    pub profile: Profile,
}

impl Unit<'_> {
    /// Writes the sources; a file whose text did not change keeps its time.
    fn write(&self) -> Result<(), Failure> {
        let source = self.folder.join("src");
        for file in self.files {
            let path = source.join(&file.path);
            if std::fs::read(&path).ok().as_deref() != Some(file.text.as_bytes()) {
                cache::write(&path, file.text.as_bytes())?;
            }
        }
        Ok(())
    }

    fn line_map(&self) -> &str {
        self.files.iter().find(|file| file.path == "main.map").map_or("", |file| &file.text)
    }
}

/// What rustc calls the binary, in the unit's folder.
const OUTPUT: &str = "built";

/// Compiles with rustc against the built runtime.
pub fn rustc(unit: &Unit, toolchain: &Toolchain, libraries: &Libraries, binary: &Path) -> Result<(), Failure> {
    let _progress = Progress::new("compiling the program");
    unit.write()?;
    let library = format!("aio2rust_runtime={}", libraries.library().display());
    let mut command = Command::new(&toolchain.rustc);
    command
        .current_dir(unit.folder)
        .args(["src/main.rs", "--edition=2024", "--crate-type=bin", "--crate-name", unit.name])
        .args(["--cap-lints=allow", "--error-format=json", "-Coverflow-checks=on", "-Cdebuginfo=line-tables-only"])
        .arg(format!("-Copt-level={}", unit.profile.opt_level()))
        .args(unit.profile.flags())
        .args(["-L", &format!("dependency={}", libraries.dependencies().display()), "--extern", &library])
        // Always the same: a new name would make the incremental state worthless.
        .args(["-o", OUTPUT]);
    if unit.profile == Profile::Quick {
        // Each unit costs as much as many functions: rustc's 256 take a third longer when the program is new.
        command.args(["-Cincremental=incremental", "-Ccodegen-units=16"]);
    }
    let output = signals::build(&mut command, None).map_err(|error| Failure::io("run", &toolchain.rustc, error))?;
    if output.status.success() {
        let made = unit.folder.join(OUTPUT);
        return std::fs::rename(made, binary).map_err(|error| Failure::io("write", binary, error));
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let messages: Vec<RustcMessage> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    Err(refused(unit, messages.iter(), text.trim()))
}

/// Compiles with cargo, which honours the user's configuration; `features` are the runtime's.
pub fn cargo(unit: &Unit, toolchain: &Toolchain, features: &[String], binary: &Path) -> Result<(), Failure> {
    let _progress = Progress::new("compiling the program");
    unit.write()?;
    let shared = unit.folder.parent().unwrap_or(unit.folder);
    let source = shared.join(format!("runtime-{}", runtime::source_key()));
    if !source.join("Cargo.toml").exists() {
        runtime::write_source(&source)?;
    }
    let features: Vec<String> = features.iter().map(|feature| format!("{feature:?}")).collect();
    let manifest = format!(
        "[package]\nname = \"{0}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{RUNTIME} = {{ path = {source:?}, features = \
         [{1}] }}\n\n[workspace]\n\n{2}",
        unit.name,
        features.join(", "),
        unit.profile.manifest()
    );
    cache::write(&unit.folder.join("Cargo.toml"), manifest.as_bytes())?;
    cache::write(&unit.folder.join("Cargo.lock"), lockfile::lock(Some((unit.name, "0.1.0"))).as_bytes())?;
    let mut command = Command::new(&toolchain.cargo);
    command
        .args(["build", "--quiet", "--message-format=json", "--target-dir"])
        .arg(shared.join("target"))
        .current_dir(unit.folder);
    let output = signals::build(&mut command, None).map_err(|error| Failure::io("run", &toolchain.cargo, error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let messages: Vec<runtime::Message> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let built = messages.iter().find_map(|message| message.executable.as_ref()).filter(|_| output.status.success());
    let Some(built) = built else {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(refused(unit, messages.iter().filter_map(|message| message.message.as_ref()), said.trim()));
    };
    std::fs::copy(built, binary).map(|_| ()).map_err(|error| Failure::io("write", binary, error))
}

/// A refusal of rustc: at a place of emitted code it is our defect, elsewhere something around us (no linker, no space).
fn refused<'a>(unit: &Unit, messages: impl Iterator<Item = &'a RustcMessage>, said: &str) -> Failure {
    let errors: Vec<&RustcMessage> = messages.filter(|message| message.is_error()).collect();
    let placed = errors.iter().find_map(|error| Some((error, error.place()?)));
    let Some((error, place)) = placed else {
        let rendered: String = errors.iter().map(|error| error.rendered()).collect();
        let text = if rendered.is_empty() { said } else { rendered.trim() };
        return Failure::of_build("rustc cannot build the program", text);
    };
    let code = error.code.as_ref().map_or(String::new(), |code| format!(" ({})", code.code));
    let python = linemap::python_line(unit.line_map(), &place.file_name, place.line_start);
    let at = match python {
        Some(python) => format!("{}:{}: `{}`", python.path, python.line, python.text),
        None => format!("{}:{}", place.file_name, place.line_start),
    };
    Failure::Defect(format!(
        "the Rust of this line does not compile: {}{code}\n  {at}\n{}",
        error.message,
        error.rendered()
    ))
}

/// A diagnostic of rustc.
#[derive(Debug, Deserialize)]
pub struct RustcMessage {
    message: String,
    level: String,
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Place>,
    rendered: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

#[derive(Debug, Deserialize)]
struct Place {
    file_name: String,
    line_start: u32,
    is_primary: bool,
}

impl RustcMessage {
    /// It keeps the crate from being built.
    pub fn is_error(&self) -> bool {
        self.level == "error" || self.level.starts_with("error:")
    }

    /// It speaks of source code.
    pub fn has_place(&self) -> bool {
        self.place().is_some()
    }

    /// As rustc shows it.
    pub fn rendered(&self) -> &str {
        self.rendered.as_deref().unwrap_or(&self.message)
    }

    fn place(&self) -> Option<&Place> {
        self.spans.iter().find(|span| span.is_primary)
    }
}

/// The crate name of a program: its file's name as an identifier.
pub fn crate_name(file: &Path) -> String {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let letters: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    let name = letters.trim_matches('_');
    match name {
        "" => "program".to_string(),
        // Cargo refuses Rust's keywords and the names of crates that are always there.
        _ if name.starts_with(|c: char| c.is_ascii_digit()) || RESERVED.contains(&name) => format!("py_{name}"),
        _ => name.to_string(),
    }
}

/// Names that no package may have, or that would hide a crate.
const RESERVED: [&str; 57] = [
    "abstract",
    "aio2rust_runtime",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "build",
    "const",
    "continue",
    "core",
    "crate",
    "deps",
    "do",
    "dyn",
    "else",
    "enum",
    "examples",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "incremental",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "unsafe",
    "use",
    "where",
    "while",
];

/// The place of a built binary in an entry of the cache.
pub fn binary_in(entry: &Path, name: &str) -> PathBuf {
    entry.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
