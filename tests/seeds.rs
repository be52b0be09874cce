//! The programs the project was born from, where they are at hand (`../shared/seeds`): each does what CPython did.

mod tool;

use std::fs;
use std::path::{Path, PathBuf};

use tool::{Tool, ran};

/// A line of the manifest.
struct Seed {
    name: String,
    compare: String,
    args: Vec<String>,
}

/// The seeds that need no server; none, with one line, where the folder is absent.
fn seeds() -> Option<(PathBuf, Vec<Seed>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(manifest) = fs::read_to_string(folder.join("manifest.tsv")) else {
        println!("skipped: the seed programs are not at hand");
        return None;
    };
    let mut seeds = Vec::new();
    for line in manifest.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields[2] != "server" {
            let args = fields[3].split_whitespace().map(str::to_string).collect();
            seeds.push(Seed { name: fields[0].into(), compare: fields[2].into(), args });
        }
    }
    Some((folder, seeds))
}

/// `<0123456789>` as `<HEX>`.
fn hide_hex(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        shown.push_str(&rest[..at]);
        let hex = rest.get(at + 1..at + 11).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if hex && rest[at + 11..].starts_with('>') {
            shown.push_str("<HEX>");
            rest = &rest[at + 12..];
        } else {
            shown.push('<');
            rest = &rest[at + 1..];
        }
    }
    shown + rest
}

/// Ten `sleep: N` that never fall, and the ten numbers printed back in that order.
fn is_ordered_sleep(text: &str) -> bool {
    let slept: Vec<u32> =
        text.lines().filter_map(|line| line.strip_prefix("sleep: ")).filter_map(|n| n.parse().ok()).collect();
    let printed: Vec<u32> = text.lines().filter_map(|line| line.parse().ok()).collect();
    slept.len() == 10 && slept.is_sorted() && slept == printed
}

#[test]
fn seeds_do_what_cpython_did() {
    let Some((folder, seeds)) = seeds() else { return };
    let tool = Tool::new();
    let mut wrong = Vec::new();
    for seed in &seeds {
        let file = format!("{}.py", seed.name);
        let mut args = vec!["run", file.as_str()];
        args.extend(seed.args.iter().map(String::as_str));
        let mut command = tool.command(&args);
        command.current_dir(folder.join("programs")).env("AIO2RUST_CLOCK", "virtual");
        let done = ran(command.output().expect("the tool can be started"));
        let expected = |ending: &str| {
            fs::read_to_string(folder.join("expected").join(format!("{}.{ending}", seed.name))).unwrap_or_default()
        };
        let status: i32 = expected("end").lines().next().and_then(|line| line.parse().ok()).unwrap_or(0);
        let same = match seed.compare.as_str() {
            "random" => is_ordered_sleep(&done.stdout),
            "hex" => hide_hex(&done.stdout) == hide_hex(&expected("out")),
            _ => done.stdout == expected("out"),
        };
        if !same || done.status != status || done.stderr != expected("err") {
            wrong.push(format!("{}: status {}\n{}{}", seed.name, done.status, done.stdout, done.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn seeds_come_out_typed_and_short() {
    let Some((folder, seeds)) = seeds() else { return };
    let tool = Tool::new();
    let (mut python, mut rust) = (0, 0);
    for seed in &seeds {
        let path = folder.join("programs").join(format!("{}.py", seed.name));
        let source = fs::read_to_string(&path).expect("a seed can be read");
        let done = tool.run(&["convert", &path.to_string_lossy()]).ends(0, &[]);
        let mut words = done.stdout.split(|c: char| !c.is_alphanumeric() && c != '_');
        assert!(!words.any(|word| word == "Value"), "{} is dynamic:\n{}", seed.name, done.stdout);
        python += source.lines().count();
        rust += done.stdout.lines().count();
    }
    println!("{rust} lines of Rust for {python} of Python");
    assert!(rust * 10 <= python * 16, "{rust} lines of Rust for {python} of Python");
}
