//! The arguments of the command line.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::failure::Failure;
use crate::{Options, PythonVersion};

/// Translates asyncio Python, in both its dialects, to readable async Rust.
///
/// Results go to stdout, everything else to stderr. Exit status: 0 fine, 1 findings (what is wrong in the Python), 2 usage or files.
#[derive(Debug, Parser)]
#[command(name = "aio2rust", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Start with `aio2rust run hello.py`, then look at `aio2rust convert hello.py`.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a program as Rust: to stdout, or as a Cargo package that builds
    #[command(
        after_help = "A single file that imports no file of its own is written to stdout; everything else needs `-o DIR`.\n\n\
        Examples:\n  aio2rust convert hello.py\n  aio2rust convert main.py -o main-rs && cargo run --manifest-path main-rs/Cargo.toml\n  \
        cat hello.py | aio2rust convert -"
    )]
    Convert(Convert),
    /// Convert, build (cached) and run; the exit status is the program's
    #[command(after_help = "Example:\n  aio2rust run fetch.py --limit 3")]
    Run(Run),
    /// Convert and build a binary
    Build(Build),
    /// Run on CPython and translated, and show the first line that differs
    #[command(
        after_help = "Both run under a virtual clock: sleeps take no time and the order is the same in every run.\n\
        Exit status: 0 the same, 1 they differ, 2 they could not be compared."
    )]
    Verify(Verify),
    /// Report what cannot be translated, or is dynamic; writes nothing
    Check(Check),
    /// Print what the translator sees of a program
    Dump(Dump),
    /// Explain a code of a diagnostic; without one, list them
    Rule {
        /// `AIO501` or `eval-exec`
        #[arg(value_name = "CODE|NAME")]
        rule: Option<String>,
    },
    /// Remove everything that `run` keeps to be faster the next time
    Clean,
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How to translate.
#[derive(Debug, Clone, Args)]
pub struct Translate {
    /// What becomes of a place that has no translation
    #[arg(long, value_name = "error|raise", value_enum, default_value = "error", hide_possible_values = true)]
    pub on_unsupported: OnUnsupported,
    /// How integers are kept: by their growth, always unbounded, always 64 bits (checked)
    #[arg(long, value_name = "auto|big|i64", value_enum, default_value = "auto", hide_possible_values = true)]
    pub int: Int,
    /// The Python that the source is written for, 3.4 to 3.13 [default: the newest that accepts it]
    #[arg(long, value_name = "X.Y", value_parser = python_version)]
    pub python_version: Option<PythonVersion>,
    /// A folder of stubs of your own (`NAME.pyi`)
    #[arg(long, value_name = "DIR")]
    pub stubs: Vec<PathBuf>,
}

/// `convert`.
#[derive(Debug, Args)]
pub struct Convert {
    /// Python files or folders; `-` is stdin
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder of the package
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Where the package takes its runtime from: a copy inside it, crates.io, or a folder
    #[arg(long, value_name = "vendored|registry|PATH", default_value = "vendored")]
    pub runtime: String,
    #[command(flatten)]
    pub translate: Translate,
    /// Also write `DIR/line-map.tsv`: which Rust line comes from which Python line
    #[arg(long, requires = "output")]
    pub map: bool,
    /// Write nothing; exit with 1 when `DIR` is not what would be written
    #[arg(long, requires = "output")]
    pub check: bool,
    /// Overwrite generated files that were edited
    #[arg(long)]
    pub force: bool,
    /// Say why each dynamic value is dynamic
    #[arg(long)]
    pub explain_dynamic: bool,
}

/// `run`.
#[derive(Debug, Args)]
pub struct Run {
    /// Optimise as far as rustc can
    #[arg(long)]
    pub release: bool,
    #[command(flatten)]
    pub translate: Translate,
    #[command(flatten)]
    pub program: Program,
}

/// A program and its arguments: what follows its name is the program's, also what looks like an option of ours.
#[derive(Debug, Args)]
pub struct Program {
    /// The program, and its arguments
    #[arg(required = true, trailing_var_arg = true, value_names = ["FILE.py", "ARGS"])]
    words: Vec<OsString>,
}

impl Program {
    /// Its file.
    pub fn file(&self) -> &Path {
        self.words.first().map_or(Path::new(""), Path::new)
    }

    /// Its arguments.
    pub fn args(&self) -> &[OsString] {
        self.words.get(1..).unwrap_or_default()
    }
}

/// `build`.
#[derive(Debug, Args)]
pub struct Build {
    /// The program
    #[arg(value_name = "FILE.py")]
    pub file: PathBuf,
    /// The binary to write [default: the program's name, without `.py`, in the current folder]
    #[arg(short, long, value_name = "EXE")]
    pub output: Option<PathBuf>,
    /// Optimise as far as rustc can
    #[arg(long)]
    pub release: bool,
    #[command(flatten)]
    pub translate: Translate,
}

/// `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The CPython to compare with [default: the one that the source calls for]
    #[arg(long, value_name = "EXE")]
    pub python: Option<PathBuf>,
    /// Let both run on the real clock
    #[arg(long)]
    pub real_time: bool,
    #[command(flatten)]
    pub translate: Translate,
    #[command(flatten)]
    pub program: Program,
}

/// `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Python files or folders; `-` is stdin
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print it
    #[arg(long, value_name = "human|json", value_enum, default_value = "human", hide_possible_values = true)]
    pub format: Format,
    #[command(flatten)]
    pub translate: Translate,
}

/// `dump`.
#[derive(Debug, Args)]
pub struct Dump {
    /// Which view
    #[arg(value_enum, value_name = "hir|types", hide_possible_values = true)]
    pub what: View,
    /// The program
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub translate: Translate,
}

/// What becomes of a place that has no translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnUnsupported {
    /// Nothing is written.
    Error,
    /// It raises `NotImplementedError`.
    Raise,
}

/// How integers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Int {
    /// By their growth.
    Auto,
    /// Without bound.
    Big,
    /// In 64 bits.
    #[value(name = "i64")]
    I64,
}

impl Translate {
    /// The options of the library, the stubs read from their folders.
    pub fn options(&self) -> Result<Options, Failure> {
        Ok(Options {
            python: self.python_version,
            on_unsupported: match self.on_unsupported {
                OnUnsupported::Error => crate::OnUnsupported::Error,
                OnUnsupported::Raise => crate::OnUnsupported::Raise,
            },
            int: match self.int {
                Int::Auto => crate::IntMode::Auto,
                Int::Big => crate::IntMode::Big,
                Int::I64 => crate::IntMode::I64,
            },
            stubs: stubs(&self.stubs)?,
            standalone: false,
        })
    }
}

/// Module name to text of the `.pyi` files of folders; the first folder wins.
fn stubs(folders: &[PathBuf]) -> Result<BTreeMap<String, String>, Failure> {
    let mut stubs = BTreeMap::new();
    for folder in folders {
        let failed = |error| Failure::io("read the stubs", folder, error);
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let Some(module) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".pyi")) else { continue };
            let text = std::fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, error))?;
            stubs.entry(module.to_string()).or_insert(text);
        }
    }
    Ok(stubs)
}

/// `3.7` as a version.
fn python_version(text: &str) -> Result<PythonVersion, String> {
    let minor = text.strip_prefix("3.").and_then(|minor| minor.parse().ok());
    let version = minor.map(|minor| PythonVersion { minor });
    match version {
        Some(version) if (PythonVersion::OLDEST..=PythonVersion::NEWEST).contains(&version) => Ok(version),
        _ => Err(format!("Python {} to {} can be translated", PythonVersion::OLDEST, PythonVersion::NEWEST)),
    }
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// One object.
    Json,
}

/// What `dump` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// The tree.
    Hir,
    /// The types of everything that has a name.
    Types,
}
