//! `cargo xtask bench-scale`: whether cost grows as the work does.
//!
//! `bench/scale.py` runs each operation at sizes that double, from some eight thousand to a million, and prints what each
//! took, by CPU time. Translated with `--release`; CPython runs the smaller ones beside it: its cost model is the bound.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

/// What twice the work may cost.
const MOST: f64 = 2.3;
/// Runs of the translated program, of which the least counts.
const RUNS: usize = 2;
/// The largest size, and that on CPython.
const SIZES: [&str; 2] = ["1000000", "125000"];

type Outcome<T> = Result<T, Box<dyn Error>>;
/// Of each operation, what each size took, in seconds.
type Times = BTreeMap<String, BTreeMap<u64, f64>>;

/// Prints the table; an error when something grows faster than it may.
pub fn bench_scale(root: &Path) -> Outcome<()> {
    let source = root.join("xtask/bench/scale.py");
    let target = root.join("target/bench");
    let binary = target.join("scale");
    std::fs::create_dir_all(&target)?;
    let built = Command::new("cargo").args(["build", "--quiet", "--bin", "aio2rust"]).current_dir(root).status()?;
    let translated = Command::new(root.join("target/debug/aio2rust"))
        .args(["build", "--release"])
        .arg(&source)
        .arg("-o")
        .arg(&binary)
        .env("AIO2RUST_CACHE", target.join("cache"))
        .status()?;
    if !built.success() || !translated.success() {
        return Err("the program does not build".into());
    }
    let mut order = Vec::new();
    let mut ours = Times::new();
    for _ in 0..RUNS {
        least(&mut ours, run(Command::new(&binary).arg(SIZES[0]), &mut order)?);
    }
    let theirs = run(Command::new(crate::record::python("3.13")?).arg(&source).arg(SIZES[1]), &mut Vec::new())?;
    println!("| operation | each, least size | each, a million | twice costs | on CPython | times faster |");
    println!("|---|--:|--:|--:|--:|--:|");
    let mut failures = Vec::new();
    for name in order {
        let (Some(own), Some(python)) = (ours.get(&name), theirs.get(&name)) else { continue };
        let (twice, on_python) = (growth(own), growth(python));
        println!(
            "| {name} | {:.1} ns | {:.1} ns | {twice:.2} | {on_python:.2} | {:.1} |",
            each(own.first_key_value()),
            each(own.last_key_value()),
            python.iter().map(|(size, seconds)| seconds / own.get(size).unwrap_or(&f64::NAN)).sum::<f64>()
                / python.len() as f64
        );
        if twice > MOST.max(on_python) {
            failures.push(format!("{name}: twice costs {twice:.2} times"));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}

/// What doubling costs, over the whole range.
fn growth(times: &BTreeMap<u64, f64>) -> f64 {
    let (Some((first, least)), Some((last, most))) = (times.first_key_value(), times.last_key_value()) else {
        return f64::NAN;
    };
    let doublings = (*last as f64 / *first as f64).log2();
    // A clock that counts in microseconds.
    (most / least.max(1e-6)).powf(1.0 / doublings)
}

/// Nanoseconds for each of the elements.
fn each(entry: Option<(&u64, &f64)>) -> f64 {
    entry.map_or(f64::NAN, |(size, seconds)| seconds / *size as f64 * 1e9)
}

/// Keeps what was faster.
fn least(all: &mut Times, run: Times) {
    for (name, times) in run {
        let kept = all.entry(name).or_default();
        for (size, seconds) in times {
            let least = kept.entry(size).or_insert(seconds);
            *least = least.min(seconds);
        }
    }
}

/// Runs the program; the operations, in its order, are added to `order`.
fn run(command: &mut Command, order: &mut Vec<String>) -> Outcome<Times> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{command:?} failed").into());
    }
    let mut times = Times::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, size, seconds] = fields[..] else { return Err(format!("not understood: {line}").into()) };
        if !order.iter().any(|known| known == name) {
            order.push(name.to_string());
        }
        times.entry(name.to_string()).or_default().insert(size.parse()?, seconds.parse()?);
    }
    Ok(times)
}
