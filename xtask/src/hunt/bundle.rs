//! Many programs as modules of one crate, which rustc compiles at once against a runtime that is built before.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use aio2rust::EmittedFile;

use super::failure::Said;
use super::oracle::Run;

/// What rustc said of each program.
type Messages = BTreeMap<PathBuf, Said>;

/// Builds the runtime that programs are compiled against.
pub fn build_runtime(root: &Path) -> Result<(), Box<dyn Error>> {
    let target = root.join("target/rt");
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--quiet", "-p", "aio2rust-runtime", "--features", "virtual-clock", "--target-dir"]);
    let done = command.arg(target).current_dir(root).status()?;
    if done.success() { Ok(()) } else { Err("the runtime does not compile".into()) }
}

/// The crate.
pub struct Bundle {
    folder: PathBuf,
    runtime: PathBuf,
    /// The flags for lints that an emitted package has.
    lints: Vec<String>,
    /// The programs and their modules.
    modules: BTreeMap<PathBuf, String>,
}

impl Bundle {
    /// An empty crate in `folder/src`.
    pub fn new(root: &Path, folder: &Path) -> Result<Bundle, Box<dyn Error>> {
        let source = folder.join("src");
        let _ = fs::remove_dir_all(&source);
        fs::create_dir_all(&source)?;
        let lints = aio2rust::project::lint_flags();
        Ok(Bundle { folder: folder.into(), runtime: root.join("target/rt/debug"), lints, modules: BTreeMap::new() })
    }

    /// One more program.
    pub fn add(&mut self, program: &Path, files: &[EmittedFile]) -> Result<(), Box<dyn Error>> {
        let stem = program.file_stem().unwrap_or_default().to_string_lossy().replace(['-', '.', ' '], "_");
        let module = format!("{stem}_{}", self.modules.len());
        for file in files {
            let text = file.text.replace("\nfn main() -> ExitCode", "\npub fn main() -> ExitCode");
            let path = self.folder.join("src").join(&module).join(&file.path);
            fs::create_dir_all(path.parent().ok_or("a file is in a folder")?)?;
            fs::write(path, text)?;
        }
        self.modules.insert(program.into(), module);
        Ok(())
    }

    /// Compiles; programs with errors are left out of the binary.
    pub fn build(&mut self) -> Result<Messages, Box<dyn Error>> {
        let mut all = Messages::new();
        while !self.modules.is_empty() {
            let (built, messages) = self.compile("rustc", &[])?;
            let before = self.modules.len();
            for (program, said) in messages {
                if said.is_error {
                    self.modules.remove(&program);
                    all.insert(program, said);
                } else if built {
                    all.insert(program, said);
                }
            }
            if built {
                break;
            }
            if self.modules.len() == before {
                return Err("rustc fails, and no program is to blame".into());
            }
        }
        Ok(all)
    }

    /// What clippy says of those that compile.
    pub fn clippy(&self) -> Result<Messages, Box<dyn Error>> {
        if self.modules.is_empty() {
            return Ok(Messages::new());
        }
        Ok(self.compile("clippy-driver", &["--emit=metadata"])?.1)
    }

    fn compile(&self, compiler: &str, flags: &[&str]) -> Result<(bool, Messages), Box<dyn Error>> {
        let (mut modules, mut arms) = (String::new(), String::new());
        for module in self.modules.values() {
            modules += &format!("#[path = \"{module}/main.rs\"]\nmod {module};\n");
            arms += &format!("        Ok({module:?}) => {module}::main(),\n");
        }
        let main = format!(
            "#![allow(non_snake_case)]\n{modules}\nfn main() -> std::process::ExitCode {{\n    \
             match std::env::var(\"AIO2RUST_PROGRAM\").as_deref() {{\n{arms}        \
             _ => std::process::ExitCode::from(99),\n    }}\n}}\n"
        );
        let entry = self.folder.join("src/main.rs");
        fs::write(&entry, main)?;
        let rlib = self.runtime.join("libaio2rust_runtime.rlib");
        let mut command = Command::new(compiler);
        command.arg(&entry).args(["--edition=2024", "-Cdebuginfo=line-tables-only", "-Coverflow-checks=on"]);
        command.args(["--error-format=short"]).args(&self.lints).args(flags);
        command.arg("-L").arg(format!("dependency={}", self.runtime.join("deps").display()));
        command.arg("--extern").arg(format!("aio2rust_runtime={}", rlib.display())).arg("-o").arg(self.binary());
        let done = command.stdin(Stdio::null()).output()?;
        let mut messages = Messages::new();
        for line in String::from_utf8_lossy(&done.stderr).lines() {
            let told = self
                .modules
                .iter()
                .find_map(|(program, module)| Some((program, line.split_once(&format!("/{module}/"))?.1)));
            let Some((program, text)) = told else { continue };
            let text = text.strip_prefix("main.rs:").unwrap_or(text);
            let said = messages.entry(program.clone()).or_default();
            said.is_error |= text.contains(" error");
            said.lines.push(text.into());
        }
        Ok((done.status.success(), messages))
    }

    fn binary(&self) -> PathBuf {
        self.folder.join("programs")
    }

    /// What a translated program does.
    pub fn run(&self, program: &Path) -> Run {
        let name = program.file_name().unwrap_or_default();
        let module = self.modules.get(program).map_or("", String::as_str);
        let mut command = Command::new("timeout");
        command.args(["20", "bash", "-c", "exec -a \"$0\" \"$1\""]).arg(name).arg(self.binary());
        command.env("AIO2RUST_PROGRAM", module).env("AIO2RUST_CLOCK", "virtual").env("RUST_BACKTRACE", "0");
        if let Some(folder) = program.parent() {
            command.current_dir(folder);
        }
        match command.stdin(Stdio::null()).output() {
            Ok(done) => Run::new(&done),
            Err(error) => Run { status: -1, stdout: String::new(), stderr: error.to_string() },
        }
    }
}
