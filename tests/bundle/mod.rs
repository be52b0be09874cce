//! All programs of the corpus as modules of one crate with a `match` on its first argument: built once, run often.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use aio2rust::diag::render;
use aio2rust::{Options, Sources, Translation};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A program and its translation.
pub struct Case {
    /// `tasks/ready_order`.
    pub name: String,
    /// The source.
    pub python: String,
    /// What came of it.
    pub translation: Translation,
}

/// Files beside a program.
struct Beside(PathBuf);

impl Sources for Beside {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.0.join(path)).ok()
    }
}

impl Case {
    /// Translates the program at `path`, which may be relative to the project's folder.
    pub fn new(path: &Path) -> Result<Case, Box<dyn Error>> {
        let path = root().join(path);
        let name = path.strip_prefix(root().join("corpus"))?.with_extension("").to_string_lossy().into_owned();
        let bytes = fs::read(&path)?;
        let folder = path.parent().ok_or("a program is in a folder")?;
        let file = path.file_name().ok_or("a program has a name")?.to_string_lossy().into_owned();
        let python = String::from_utf8_lossy(&bytes).into_owned();
        let translation = aio2rust::translate(&file, &bytes, &Beside(folder.into()), &Options::default());
        Ok(Case { name, python, translation })
    }

    /// The findings as the command line prints them.
    pub fn findings(&self) -> String {
        render::render(&self.translation.diagnostics, &self.translation.sources, false)
    }

    /// The module of this program in the bundle.
    fn module(&self) -> String {
        module(&self.name)
    }
}

fn module(name: &str) -> String {
    name.replace(['/', '-', '.'], "__")
}

/// The built crate.
pub struct Bundle {
    binary: PathBuf,
    messages: BTreeMap<String, String>,
}

/// The crate of all programs; built at the first call.
pub fn built() -> Result<&'static Bundle, String> {
    static BUILT: OnceLock<Result<Bundle, String>> = OnceLock::new();
    BUILT.get_or_init(|| Bundle::build().map_err(|error| error.to_string())).as_ref().map_err(String::clone)
}

impl Bundle {
    fn build() -> Result<Bundle, Box<dyn Error>> {
        let folder = root().join("target/corpus");
        fs::create_dir_all(folder.join("src"))?;
        // Two test processes must not write here at once; the lock ends with the process.
        let lock = File::create(folder.join(".lock"))?;
        lock.lock()?;
        let mut names = Vec::new();
        let mut paths = Vec::new();
        programs(&root().join("corpus"), &mut paths)?;
        for path in paths {
            let case = Case::new(&path)?;
            if case.translation.diagnostics.has_errors() {
                continue;
            }
            for file in &case.translation.files {
                let text = file.text.replace("\nfn main() -> ExitCode", "\npub fn main() -> ExitCode");
                write(&folder.join("src").join(case.module()).join(&file.path), &text)?;
            }
            names.push(case.name);
        }
        write(&folder.join("Cargo.toml"), &manifest())?;
        if !folder.join("Cargo.lock").exists() {
            fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        }
        // A program that does not compile must not keep the others from being tested: it is left out the next time.
        let mut messages = BTreeMap::new();
        loop {
            write(&folder.join("src/main.rs"), &main_file(&names))?;
            let done = Command::new(env!("CARGO"))
                .args(["build", "--quiet", "--message-format=json"])
                .current_dir(&folder)
                .env("CARGO_TARGET_DIR", folder.join("target"))
                .stdin(Stdio::null())
                .output()?;
            let (said, broken) = read_messages(&done.stdout);
            messages.extend(said);
            if done.status.success() {
                for (module, said) in asked_of_clippy(&folder, &done.stdout)? {
                    *messages.entry(module).or_default() += &said;
                }
                return Ok(Bundle { binary: folder.join("target/debug/corpus"), messages });
            }
            let before = names.len();
            names.retain(|name| !broken.contains(&module(name)));
            if names.len() == before {
                return Err(String::from_utf8_lossy(&done.stderr).into());
            }
        }
    }

    /// What rustc says about a program.
    pub fn messages(&self, name: &str) -> &str {
        self.messages.get(&module(name)).map_or("", String::as_str)
    }

    /// Runs a program as `cargo xtask record` ran it.
    pub fn run(&self, name: &str, program: &Path) -> Result<Run, Box<dyn Error>> {
        let program = root().join(program);
        if !self.binary.exists() {
            return Err("no program of the corpus compiles".into());
        }
        let stdin = match File::open(program.with_extension("stdin")) {
            Ok(file) => Stdio::from(file),
            Err(_) => Stdio::null(),
        };
        let args = fs::read_to_string(program.with_extension("args")).unwrap_or_default();
        let file = program.file_name().ok_or("a program has a name")?;
        let done = Command::new(&self.binary)
            .arg0(file)
            .args(args.split_whitespace())
            .env("AIO2RUST_PROGRAM", name)
            .env("AIO2RUST_CLOCK", "virtual")
            .current_dir(program.parent().ok_or("a program is in a folder")?)
            .stdin(stdin)
            .output()?;
        Ok(Run {
            stdout: String::from_utf8_lossy(&done.stdout).into_owned(),
            stderr: hide_addresses(&String::from_utf8_lossy(&done.stderr)),
            status: format!("{}\n", done.status.code().unwrap_or(-1)),
        })
    }
}

/// What a run did.
pub struct Run {
    /// Standard output.
    pub stdout: String,
    /// Standard error, addresses as `0x…`.
    pub stderr: String,
    /// The exit status and a line end.
    pub status: String,
}

impl Run {
    /// What CPython did.
    pub fn recorded(program: &Path) -> Result<Run, Box<dyn Error>> {
        let program = root().join(program);
        Ok(Run {
            stdout: fs::read_to_string(program.with_extension("out"))?,
            stderr: fs::read_to_string(program.with_extension("err"))?,
            status: fs::read_to_string(program.with_extension("end"))?,
        })
    }
}

fn hide_addresses(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("0x") {
        let digits = rest[at + 2..].bytes().take_while(u8::is_ascii_hexdigit).count();
        shown.push_str(&rest[..at]);
        shown.push_str(if digits >= 6 { "0x…" } else { &rest[at..at + 2 + digits] });
        rest = &rest[at + 2 + digits..];
    }
    shown + rest
}

fn programs(corpus: &Path, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for group in fs::read_dir(corpus)? {
        for file in fs::read_dir(group?.path()).into_iter().flatten() {
            let file = file?.path();
            if file.extension().is_some_and(|ending| ending == "py") {
                found.push(file);
            }
        }
    }
    found.sort();
    Ok(())
}

/// A file whose text did not change keeps its time, so that cargo does not compile it again.
fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().ok_or("a file is in a folder")?)?;
    Ok(fs::write(path, text)?)
}

fn manifest() -> String {
    let runtime = root().join("runtime-shim");
    format!(
        "[package]\nname = \"corpus\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         aio2rust-runtime = {{ path = {:?}, features = [\"virtual-clock\"] }}\n\n{}\n\
         [profile.dev]\nopt-level = 0\noverflow-checks = true\ndebug = \"line-tables-only\"\n\
         [profile.dev.package.aio2rust-runtime]\nopt-level = 1\n",
        runtime.display().to_string(),
        aio2rust::project::lints(),
    )
}

/// `main.rs`: the programs as modules, and which of them the environment names.
fn main_file(names: &[String]) -> String {
    let (mut modules, mut arms) = (String::new(), String::new());
    for name in names {
        let module = module(name);
        modules += &format!("#[path = \"{module}/main.rs\"]\nmod {module};\n");
        arms += &format!("        Some({name:?}) => {module}::main(),\n");
    }
    format!(
        "#![allow(non_snake_case)]\n{modules}\nfn main() -> std::process::ExitCode {{\n    \
         let program = std::env::var(\"AIO2RUST_PROGRAM\").ok();\n    match program.as_deref() {{\n{arms}        \
         _ => std::process::ExitCode::from(99),\n    }}\n}}\n"
    )
}

/// What clippy says of each module, where it is installed; `built` is what cargo said.
fn asked_of_clippy(folder: &Path, built: &[u8]) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let installed = Command::new("clippy-driver").arg("--version").output().is_ok_and(|done| done.status.success());
    let runtime = built.split(|&byte| byte == b'\n').find_map(|line| {
        let line: serde_json::Value = serde_json::from_slice(line).ok()?;
        let is_runtime = line["reason"] == "compiler-artifact" && line["target"]["name"] == "aio2rust_runtime";
        line["filenames"].as_array()?.iter().find_map(|file| Some(file.as_str()?.to_string())).filter(|_| is_runtime)
    });
    let (true, Some(runtime)) = (installed, runtime) else { return Ok(BTreeMap::new()) };
    let mut command = Command::new("clippy-driver");
    command.args(["src/main.rs", "--edition=2024", "--emit=metadata", "--error-format=json", "-o", "target/clippy"]);
    command.args(["-L", "dependency=target/debug/deps", "--extern"]).arg(format!("aio2rust_runtime={runtime}"));
    let done = command.args(aio2rust::project::lint_flags()).current_dir(folder).stdin(Stdio::null()).output()?;
    Ok(read_messages(&done.stderr).0)
}

/// What is said of each module, by rustc itself or through cargo, and the modules that have errors.
fn read_messages(output: &[u8]) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let mut by_module: BTreeMap<String, String> = BTreeMap::new();
    let mut broken = BTreeSet::new();
    for line in output.split(|&byte| byte == b'\n') {
        let Ok(line) = serde_json::from_slice::<serde_json::Value>(line) else { continue };
        let message = if line["message"].is_object() { &line["message"] } else { &line };
        let Some(span) = message["spans"]
            .as_array()
            .and_then(|spans| spans.iter().find(|span| span["is_primary"].as_bool() == Some(true)).or(spans.first()))
        else {
            continue;
        };
        let file = span["file_name"].as_str().unwrap_or_default();
        let module = file.trim_start_matches("src/").split('/').next().unwrap_or_default().to_string();
        if message["level"] == "error" {
            broken.insert(module.clone());
        }
        *by_module.entry(module).or_default() += message["rendered"].as_str().unwrap_or_default();
    }
    (by_module, broken)
}
