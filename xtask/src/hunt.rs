//! Random programs, on CPython and translated: what differs is a defect.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;

use crate::generate;
use crate::record::{normalise, python};

/// What an emitted package allows.
const ALLOWED: [&str; 5] =
    ["dead_code", "unused_variables", "unused_assignments", "unused_must_use", "unreachable_code"];

/// What a program did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

/// What is wrong with a translation.
#[derive(Debug, Clone)]
pub struct Failure {
    /// `WRONG`, `RUSTC`, …
    pub kind: &'static str,
    /// The same for the same defect, one hopes.
    pub what: String,
    details: String,
    /// All that a refusal names.
    errors: Vec<String>,
}

/// The tools that a hunt uses, built.
pub struct Hunt {
    root: PathBuf,
    folder: PathBuf,
    runtime: PathBuf,
}

/// `cargo xtask hunt N [--seed S] [FILE…]`.
pub fn hunt(root: &Path, args: &[String]) -> Result<(), Box<dyn Error>> {
    let seed = args.iter().position(|arg| arg == "--seed").and_then(|at| args.get(at + 1));
    let seed: u64 = seed.map_or(Ok(1), |seed| seed.parse())?;
    let hunt = Hunt::new(root, "hunt")?;
    let mut programs = Vec::new();
    match args.first().map(|count| count.parse::<u64>()) {
        Some(Ok(count)) => {
            for seed in seed..seed + count {
                let path = hunt.folder.join(format!("p{seed}.py"));
                fs::write(&path, generate::program(seed))?;
                programs.push(path);
            }
        }
        _ => programs.extend(args.iter().filter(|arg| arg.ends_with(".py")).map(PathBuf::from)),
    }
    let mut groups: BTreeMap<(&str, String), Vec<String>> = BTreeMap::new();
    let mut refusals: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut fine = 0;
    for batch in programs.chunks(50) {
        let failures = hunt.check(batch)?;
        for program in batch {
            match failures.get(program) {
                None => {
                    fine += 1;
                    if program.starts_with(&hunt.folder) {
                        fs::remove_file(program)?;
                    }
                }
                Some(failure) => {
                    println!("== {} {}\n{}", failure.kind, program.display(), failure.details.trim_end());
                    let name = program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                    for what in &failure.errors {
                        refusals.entry(what.clone()).or_default().insert(name.clone());
                    }
                    groups.entry((failure.kind, failure.what.clone())).or_default().push(name);
                }
            }
        }
    }
    println!("-- refusals, by the number of programs");
    let mut refusals: Vec<_> = refusals.into_iter().collect();
    refusals.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    for (what, names) in refusals {
        println!("{:4} {what}   [{}]", names.len(), names.iter().take(4).cloned().collect::<Vec<_>>().join(" "));
    }
    println!("-- {fine} of {} are right", programs.len());
    for ((kind, what), names) in groups {
        println!("{:4} {kind} {what}   [{}]", names.len(), names[..names.len().min(6)].join(" "));
    }
    Ok(())
}

impl Hunt {
    /// Builds the translator and the runtime.
    pub fn new(root: &Path, name: &str) -> Result<Hunt, Box<dyn Error>> {
        let folder = root.join("target").join(name);
        fs::create_dir_all(&folder)?;
        let target = root.join("target/rt");
        let cargo = |args: &[&str]| Command::new(env!("CARGO")).args(args).current_dir(root).status();
        cargo(&["build", "--quiet", "--bin", "aio2rust"])?;
        let target_dir = target.to_string_lossy().into_owned();
        let package =
            ["build", "--quiet", "-p", "aio2rust-runtime", "--features", "virtual-clock", "--target-dir", &target_dir];
        cargo(&package)?;
        Ok(Hunt { root: root.into(), folder, runtime: target.join("debug") })
    }

    /// What is wrong with each; those that are right are left out.
    pub fn check(&self, programs: &[PathBuf]) -> Result<BTreeMap<PathBuf, Failure>, Box<dyn Error>> {
        let source = self.folder.join("src");
        let _ = fs::remove_dir_all(&source);
        fs::create_dir_all(&source)?;
        let mut failures = BTreeMap::new();
        let expected = in_parallel(programs, |program| self.expected(program));
        let converted = in_parallel(programs, |program| self.convert(program, &source.join(module(program))));
        let mut good = Vec::new();
        for (program, done) in programs.iter().zip(converted) {
            match done {
                None => good.push(program.clone()),
                Some(failure) => drop(failures.insert(program.clone(), failure)),
            }
        }
        let mut warned = BTreeMap::new();
        while !good.is_empty() {
            let (built, messages) = self.compile(&source, &good)?;
            let before = good.len();
            good.retain(|program| match messages.get(&module(program)).filter(|said| said.is_error) {
                None => true,
                Some(said) => {
                    failures.insert(program.clone(), said.failure("RUSTC"));
                    false
                }
            });
            if built {
                warned = messages;
                break;
            }
            if good.len() == before {
                return Err("rustc fails, and no program is to blame".into());
            }
        }
        let runs = in_parallel(&good, |program| self.run(program));
        for (program, run) in good.iter().zip(runs) {
            let at = programs.iter().position(|other| other == program).unwrap_or_default();
            let Some(expected) = &expected[at] else { continue };
            let said = warned.get(&module(program));
            match (compare(expected, &run), said) {
                (Some(failure), _) => drop(failures.insert(program.clone(), failure)),
                (None, Some(said)) => drop(failures.insert(program.clone(), said.failure("WARN"))),
                _ => {}
            }
        }
        Ok(failures)
    }

    fn expected(&self, program: &Path) -> Option<Run> {
        let text = fs::read_to_string(program).ok()?;
        let python = python(if generate::is_legacy(&text) { "3.10" } else { "3.13" }).ok()?;
        let mut command = Command::new("timeout");
        command.arg("20").arg(python).arg(self.root.join("tools/oracle.py")).arg(program.file_name()?);
        command.current_dir(program.parent()?).env("PYTHONHASHSEED", "0").env("PYTHONIOENCODING", "utf-8");
        let done = command.env("PYTHONWARNINGS", "ignore::DeprecationWarning").stdin(Stdio::null()).output().ok()?;
        (done.status.code() != Some(124)).then(|| Run::new(&done))
    }

    fn convert(&self, program: &Path, to: &Path) -> Option<Failure> {
        let runtime = self.root.join("runtime-shim");
        let mut command = Command::new("timeout");
        command.arg("60").arg(self.root.join("target/debug/aio2rust")).arg("convert").arg(program.file_name()?);
        command.arg("-o").arg(to).arg("--runtime").arg(runtime).current_dir(program.parent()?);
        let done = command.env("NO_COLOR", "1").output().ok()?;
        let code = done.status.code().unwrap_or(-1);
        if code == 0 {
            let main = to.join("src/main.rs");
            let text = fs::read_to_string(&main).unwrap_or_default();
            let _ = fs::write(main, text.replace("\nfn main() -> ExitCode", "\npub fn main() -> ExitCode"));
            return None;
        }
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let first = said.lines().find(|line| line.contains("error")).unwrap_or("no message").to_string();
        let kind = match code {
            1 => "REFUSED",
            124 => "HANG",
            _ => "CRASH",
        };
        let errors = said.lines().filter(|line| line.starts_with("error")).map(without_names).collect();
        Some(Failure {
            kind,
            what: without_names(&first),
            errors,
            details: said.lines().take(14).collect::<Vec<_>>().join("\n"),
        })
    }

    fn compile(&self, source: &Path, programs: &[PathBuf]) -> Result<(bool, BTreeMap<String, Said>), Box<dyn Error>> {
        let modules: Vec<String> = programs.iter().map(|program| module(program)).collect();
        let mut main = String::new();
        for module in &modules {
            main += &format!("#[path = \"{module}/src/main.rs\"]\nmod {module};\n");
        }
        main += "\nfn main() -> std::process::ExitCode {\n    match std::env::var(\"AIO2RUST_PROGRAM\").as_deref() {\n";
        for module in &modules {
            main += &format!("        Ok({module:?}) => {module}::main(),\n");
        }
        main += "        _ => std::process::ExitCode::from(99),\n    }\n}\n";
        fs::write(source.join("main.rs"), main)?;
        let rlib = self.runtime.join("libaio2rust_runtime.rlib");
        let mut command = Command::new("rustc");
        command.arg(source.join("main.rs")).args([
            "--edition=2024",
            "-Cdebuginfo=line-tables-only",
            "-Coverflow-checks=on",
        ]);
        command.args(ALLOWED.iter().flat_map(|lint| ["-A", lint]));
        command.arg("-L").arg(format!("dependency={}", self.runtime.join("deps").display()));
        command.arg("--extern").arg(format!("aio2rust_runtime={}", rlib.display())).arg("-o").arg(self.binary());
        let done = command.arg("--error-format=short").stdin(Stdio::null()).output()?;
        let mut messages: BTreeMap<String, Said> = BTreeMap::new();
        for line in String::from_utf8_lossy(&done.stderr).lines() {
            let Some(module) = modules.iter().find(|module| line.contains(&format!("/{module}/src/main.rs:"))) else {
                continue;
            };
            let text = line.split_once("main.rs:").map_or(line, |(_, rest)| rest);
            let said = messages.entry(module.clone()).or_default();
            said.is_error |= text.contains(" error");
            said.lines.push(text.into());
        }
        Ok((done.status.success(), messages))
    }

    fn binary(&self) -> PathBuf {
        self.folder.join("programs")
    }

    fn run(&self, program: &Path) -> Run {
        let name = program.file_name().unwrap_or_default();
        let mut command = Command::new("timeout");
        command.args(["20", "bash", "-c", "exec -a \"$0\" \"$1\""]).arg(name).arg(self.binary());
        command.env("AIO2RUST_PROGRAM", module(program)).env("AIO2RUST_CLOCK", "virtual").env("RUST_BACKTRACE", "0");
        if let Some(folder) = program.parent() {
            command.current_dir(folder);
        }
        match command.stdin(Stdio::null()).output() {
            Ok(done) => Run::new(&done),
            Err(error) => Run { status: -1, stdout: String::new(), stderr: error.to_string() },
        }
    }
}

impl Run {
    fn new(done: &Output) -> Run {
        Run {
            status: done.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&done.stdout).into_owned(),
            stderr: normalise(&String::from_utf8_lossy(&done.stderr)),
        }
    }
}

/// What rustc said of a program.
#[derive(Debug, Default)]
struct Said {
    is_error: bool,
    lines: Vec<String>,
}

impl Said {
    fn failure(&self, kind: &'static str) -> Failure {
        let first =
            self.lines.iter().find(|line| kind == "WARN" || line.contains(" error")).cloned().unwrap_or_default();
        let what = first.split_once(": ").map_or(first.as_str(), |(_, text)| text);
        Failure {
            kind,
            what: without_names(what),
            errors: Vec::new(),
            details: self.lines[..self.lines.len().min(8)].join("\n"),
        }
    }
}

fn compare(expected: &Run, run: &Run) -> Option<Failure> {
    if expected == run {
        return None;
    }
    let kind = if expected.stdout == run.stdout && expected.status == run.status { "STDERR" } else { "WRONG" };
    let (want, got) = match expected.stdout == run.stdout {
        true => (&expected.stderr, &run.stderr),
        false => (&expected.stdout, &run.stdout),
    };
    let mut details = format!("status {} {}\n", expected.status, run.status);
    let mut what = format!("{} for {}", run.status, expected.status);
    let (mut wanted, mut gotten) = (want.lines(), got.lines());
    loop {
        match (wanted.next(), gotten.next()) {
            (None, None) => break,
            (want, got) if want == got => {}
            (want, got) => {
                details += &format!("  - {}\n  + {}\n", want.unwrap_or("(end)"), got.unwrap_or("(end)"));
                break;
            }
        }
    }
    if run.stdout != expected.stdout || run.status != expected.status {
        details += run.stderr.lines().last().unwrap_or_default();
    }
    if let Some(panic) = run.stderr.lines().find(|line| line.contains("panicked")) {
        what += panic;
    }
    Some(Failure { kind, what: without_names(&what), details, errors: Vec::new() })
}

/// Digits and what is quoted left out, so that equal defects have equal texts.
fn without_names(text: &str) -> String {
    let mut shown = String::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '`' => {
                quoted = !quoted;
                shown.push(c);
            }
            _ if quoted && c.is_ascii_digit() => {}
            c => shown.push(c),
        }
    }
    shown.chars().take(170).collect()
}

/// The Rust module of a program.
fn module(program: &Path) -> String {
    program.file_stem().unwrap_or_default().to_string_lossy().replace(['-', '.', ' '], "_")
}

fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = Mutex::new(0);
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = {
                        let Ok(mut next) = next.lock() else { return };
                        *next += 1;
                        *next - 1
                    };
                    let Some(item) = items.get(at) else { return };
                    let result = work(item);
                    if let Ok(mut done) = done.lock() {
                        done.push((at, result));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// What is wrong with one program.
pub fn failure_of(hunt: &Hunt, program: &Path) -> Result<Option<Failure>, Box<dyn Error>> {
    Ok(hunt.check(&[program.to_path_buf()])?.remove(program))
}
