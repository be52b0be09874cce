//! `cargo xtask bench`: translated programs beside the same ones written by hand on tokio, and CPython.
//!
//! The programs are `bench/python/*.py` and `bench/tokio/*.rs`, one for one. What counts is CPU time (user and system) and
//! peak memory; the sides run in turns, and the least of several runs counts. All must print the same.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// Runs of each compiled program, of which the least counts.
const RUNS: usize = 5;
/// Runs on CPython.
const PYTHON_RUNS: usize = 2;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Measures the programs whose name contains one of the words (all without any), and prints the table.
pub fn bench(root: &Path, words: &[String]) -> Outcome<()> {
    let names = names(root, words)?;
    let sides = Sides::new(root, &names)?;
    println!("| program | aio2rust | tokio | ratio | CPython 3.13 | times faster | uvloop | peak | tokio's | ratio |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut rows = Vec::new();
    let mut failures = Vec::new();
    for name in &names {
        match sides.measure(name) {
            Ok(row) => rows.push(row),
            Err(error) => failures.push(error.to_string()),
        }
    }
    let mean = |ratio: fn(&Row) -> f64| (rows.iter().map(|row| ratio(row).ln()).sum::<f64>() / rows.len() as f64).exp();
    println!(
        "| geometric mean | | | {:.2} | | {:.1} | | | | {:.2} |",
        mean(Row::ratio),
        mean(Row::faster),
        mean(Row::memory)
    );
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}

/// Runs one command, for a process whose only child it is: `CPU-seconds peak-KiB` on stderr.
pub fn spend(command: &[String]) -> Outcome<()> {
    let [program, arguments @ ..] = command else { return Err("no command".into()) };
    let status = Command::new(program).args(arguments).stdin(Stdio::null()).status()?;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    eprintln!("{} {}", micros as f64 / 1e6, usage.max_rss());
    if status.success() { Ok(()) } else { Err(format!("{program} failed").into()) }
}

fn names(root: &Path, words: &[String]) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root.join("xtask/bench/python"))? {
        let path = entry?.path();
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let wanted = words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
        if wanted && path.extension().is_some_and(|end| end == "py") {
            names.push(name);
        }
    }
    names.sort();
    match words.iter().find(|word| !names.iter().any(|name| name.contains(word.as_str()))) {
        Some(word) => Err(format!("no program of xtask/bench/python has `{word}` in its name").into()),
        None => Ok(names),
    }
}

/// What a run took.
#[derive(Clone, Copy)]
struct Spent {
    seconds: f64,
    mebibytes: f64,
}

struct Row {
    ours: Spent,
    tokio: Spent,
    python: Spent,
}

impl Row {
    fn ratio(&self) -> f64 {
        self.ours.seconds / self.tokio.seconds
    }

    fn faster(&self) -> f64 {
        self.python.seconds / self.ours.seconds
    }

    fn memory(&self) -> f64 {
        self.ours.mebibytes / self.tokio.mebibytes
    }
}

/// The built programs of all sides.
struct Sides {
    python: PathBuf,
    uvloop: bool,
    sources: PathBuf,
    translated: PathBuf,
    tokio: PathBuf,
}

impl Sides {
    fn new(root: &Path, names: &[String]) -> Outcome<Sides> {
        let target = root.join("target/bench");
        let python = crate::record::python("3.13")?;
        let sides = Sides {
            uvloop: Command::new(&python).args(["-c", "import uvloop"]).stderr(Stdio::null()).status()?.success(),
            python,
            sources: root.join("xtask/bench/python"),
            translated: target.join("translated"),
            tokio: target.join("tokio/release"),
        };
        let package = root.join("xtask/bench/tokio");
        build(Command::new("cargo").args(["build", "--quiet", "--bin", "aio2rust"]).current_dir(root))?;
        build(
            Command::new("cargo")
                .args(["build", "--quiet", "--release"])
                .current_dir(package)
                .env("CARGO_TARGET_DIR", target.join("tokio")),
        )?;
        std::fs::create_dir_all(&sides.translated)?;
        for name in names {
            build(
                Command::new(root.join("target/debug/aio2rust"))
                    .args(["build", "--release"])
                    .arg(sides.sources.join(format!("{name}.py")))
                    .arg("-o")
                    .arg(sides.translated.join(name))
                    .env("AIO2RUST_CACHE", target.join("cache")),
            )?;
        }
        Ok(sides)
    }

    /// Measures one program on all sides and prints its row.
    fn measure(&self, name: &str) -> Outcome<Row> {
        let source = self.sources.join(format!("{name}.py")).to_string_lossy().into_owned();
        let python = self.python.to_string_lossy().into_owned();
        let on_python = [python.clone(), source.clone()];
        let runner = "import asyncio, runpy, sys, uvloop; asyncio.set_event_loop_policy(uvloop.EventLoopPolicy()); \
                      runpy.run_path(sys.argv[1], run_name='__main__')";
        let on_uvloop = [python, "-c".to_string(), runner.to_string(), source];
        let ours = [self.translated.join(name).to_string_lossy().into_owned()];
        let tokio = [self.tokio.join(name).to_string_lossy().into_owned()];
        let (said, mut row_python) = run(&on_python)?;
        let python_again = (1..PYTHON_RUNS).map(|_| run(&on_python));
        for again in python_again {
            row_python = least(row_python, again?.1);
        }
        let mut row: Option<Row> = None;
        for _ in 0..RUNS {
            let ((our_text, ours), (tokio_text, tokio)) = (run(&ours)?, run(&tokio)?);
            for (side, text) in [("translated", our_text), ("on tokio", tokio_text)] {
                if text != said {
                    return Err(format!("{name} {side} prints\n{text}and not\n{said}").into());
                }
            }
            row = Some(match row {
                Some(row) => Row { ours: least(row.ours, ours), tokio: least(row.tokio, tokio), ..row },
                None => Row { ours, tokio, python: row_python },
            });
        }
        let row = row.ok_or("no runs")?;
        let uvloop = if self.uvloop { format!("{:.2} s", run(&on_uvloop)?.1.seconds) } else { "–".to_string() };
        println!(
            "| {name} | {:.3} s | {:.3} s | {:.2} | {:.2} s | {:.1} | {uvloop} | {:.1} MB | {:.1} MB | {:.2} |",
            row.ours.seconds,
            row.tokio.seconds,
            row.ratio(),
            row.python.seconds,
            row.faster(),
            row.ours.mebibytes,
            row.tokio.mebibytes,
            row.memory()
        );
        Ok(row)
    }
}

fn build(command: &mut Command) -> Outcome<()> {
    let status = command.stdin(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed").into()) }
}

fn least(one: Spent, other: Spent) -> Spent {
    Spent { seconds: one.seconds.min(other.seconds), mebibytes: one.mebibytes.min(other.mebibytes) }
}

/// Runs a command through a process of its own; what it printed and what it took.
fn run(command: &[String]) -> Outcome<(String, Spent)> {
    let output = Command::new(std::env::current_exe()?).arg("spend").args(command).output()?;
    let errors = String::from_utf8(output.stderr)?;
    if !output.status.success() {
        return Err(format!("{command:?} failed\n{errors}").into());
    }
    let last = errors.lines().last().unwrap_or_default();
    let (seconds, peak) = last.split_once(' ').ok_or("no figures")?;
    let spent = Spent { seconds: seconds.parse()?, mebibytes: peak.parse::<f64>()? / 1024.0 };
    Ok((String::from_utf8(output.stdout)?, spent))
}
