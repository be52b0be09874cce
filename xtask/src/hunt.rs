//! Random programs, on CPython and translated: what differs is a defect.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use crate::generate;

mod bundle;
mod failure;
mod oracle;
mod parallel;
pub mod reduce;
mod translate;

use bundle::Bundle;
pub use failure::Failure;
use failure::compare;
use parallel::in_parallel;

/// So many programs share a crate.
const BATCH: usize = 100;

/// The tools of a hunt, and where it works.
pub struct Hunt {
    root: PathBuf,
    folder: PathBuf,
    /// Ask clippy as well.
    pub clippy: bool,
}

/// `cargo xtask hunt N [--seed S] [--clippy] [FILE…]`.
pub fn hunt(root: &Path, args: &[String]) -> Result<(), Box<dyn Error>> {
    let seed = args.iter().position(|arg| arg == "--seed").and_then(|at| args.get(at + 1));
    let seed: u64 = seed.map_or(Ok(1), |seed| seed.parse())?;
    let mut hunt = Hunt::new(root, "hunt")?;
    hunt.clippy = args.iter().any(|arg| arg == "--clippy");
    let mut programs = Vec::new();
    match args.first().map(|count| count.parse::<u64>()) {
        Some(Ok(count)) => {
            for seed in seed..seed + count {
                let path = hunt.folder.join(format!("p{seed}.py"));
                fs::write(&path, generate::program(seed))?;
                programs.push(path);
            }
        }
        // Each feature alone, in so many programs.
        _ if args.first().is_some_and(|arg| arg == "--each") => {
            let count = args.get(1).map_or(Ok(2), |count| count.parse::<u64>())?;
            for (at, name) in generate::names().into_iter().enumerate() {
                for number in 0..count {
                    let dialect =
                        if generate::is_older(name) || number == count - 1 && generate::is_both(name) { 7 } else { 1 };
                    let path = hunt.folder.join(format!("f{at}_{number}.py"));
                    fs::write(&path, generate::program_of((seed + number) * 8 + dialect, Some(name)))?;
                    programs.push(path);
                }
            }
        }
        _ => programs.extend(files(args)?),
    }
    if programs.is_empty() {
        return Err("nothing to hunt: a number of programs, --each N, or files".into());
    }
    let mut summary = Summary::default();
    for batch in programs.chunks(BATCH) {
        let failures = hunt.check(batch)?;
        for program in batch {
            summary.add(program, failures.get(program));
            if !failures.contains_key(program) && program.starts_with(&hunt.folder) {
                fs::remove_file(program)?;
            }
        }
        eprintln!("{} of {} are right", summary.fine, summary.all);
    }
    summary.print();
    Ok(())
}

/// The programs that are named, besides the options.
fn files(args: &[String]) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--clippy" => {}
            "--seed" => drop(rest.next()),
            path if path.ends_with(".py") && Path::new(path).is_file() => files.push(PathBuf::from(path)),
            other => return Err(format!("`{other}` is no Python file, and no option").into()),
        }
    }
    Ok(files)
}

/// What came of the programs.
#[derive(Default)]
struct Summary {
    all: usize,
    fine: usize,
    groups: BTreeMap<(&'static str, String), Vec<String>>,
    refusals: BTreeMap<String, BTreeSet<String>>,
}

impl Summary {
    fn add(&mut self, program: &Path, failure: Option<&Failure>) {
        self.all += 1;
        let Some(failure) = failure else {
            self.fine += 1;
            return;
        };
        println!("== {} {}\n{}", failure.kind, program.display(), failure.details.trim_end());
        let name = program.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for what in &failure.errors {
            self.refusals.entry(what.clone()).or_default().insert(name.clone());
        }
        self.groups.entry((failure.kind, failure.what.clone())).or_default().push(name);
    }

    fn print(self) {
        println!("-- refusals, by the number of programs");
        let mut refusals: Vec<_> = self.refusals.into_iter().collect();
        refusals.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
        for (what, names) in refusals {
            println!("{:4} {what}   [{}]", names.len(), names.iter().take(4).cloned().collect::<Vec<_>>().join(" "));
        }
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        println!("-- findings");
        for ((kind, what), names) in &self.groups {
            println!("{:4} {kind} {what}   [{}]", names.len(), names[..names.len().min(6)].join(" "));
            *kinds.entry(kind).or_default() += names.len();
        }
        println!("-- {} of {} are right; {kinds:?}", self.fine, self.all);
    }
}

impl Hunt {
    /// Builds the runtime.
    pub fn new(root: &Path, name: &str) -> Result<Hunt, Box<dyn Error>> {
        let folder = root.join("target").join(name);
        fs::create_dir_all(&folder)?;
        bundle::build_runtime(root)?;
        Ok(Hunt { root: root.into(), folder, clippy: false })
    }

    /// What is wrong with each; those that are right are left out.
    pub fn check(&self, programs: &[PathBuf]) -> Result<BTreeMap<PathBuf, Failure>, Box<dyn Error>> {
        let mut failures = BTreeMap::new();
        let mut bundle = Bundle::new(&self.root, &self.folder)?;
        let expected = in_parallel(programs, |program| oracle::expected(&self.root, program));
        let translated = in_parallel(programs, |program| translate::translate(program));
        for ((program, done), expected) in programs.iter().zip(translated).zip(&expected) {
            let no_python = expected.as_ref().is_some_and(|run| run.stderr.contains("SyntaxError: "));
            match done {
                Ok(rust) => bundle.add(program, &rust)?,
                // CPython refuses it too.
                Err(failure) if no_python && failure.kind == "REFUSED" => {}
                Err(failure) => drop(failures.insert(program.clone(), failure)),
            }
        }
        let messages = bundle.build()?;
        let mut good = Vec::new();
        for (program, expected) in programs.iter().zip(expected) {
            match messages.get(program) {
                _ if failures.contains_key(program) => {}
                Some(said) if said.is_error => drop(failures.insert(program.clone(), said.failure("RUSTC"))),
                said => good.push((program, expected, said)),
            }
        }
        let runs = in_parallel(&good, |(program, ..)| bundle.run(program));
        for ((program, expected, said), run) in good.into_iter().zip(runs) {
            let Some(expected) = expected else { continue };
            match (compare(&expected, &run), said) {
                (Some(failure), _) => drop(failures.insert(program.clone(), failure)),
                (None, Some(said)) => drop(failures.insert(program.clone(), said.failure("WARN"))),
                _ => {}
            }
        }
        if self.clippy {
            for (program, said) in bundle.clippy()? {
                failures.entry(program).or_insert_with(|| said.failure("CLIPPY"));
            }
        }
        Ok(failures)
    }

    /// What is wrong with one program.
    pub fn failure_of(&self, program: &Path) -> Result<Option<Failure>, Box<dyn Error>> {
        Ok(self.check(&[program.to_path_buf()])?.remove(program))
    }
}
