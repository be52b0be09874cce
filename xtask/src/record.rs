//! What CPython prints: `corpus/**/*.py` to the `.out`, `.err` and `.end` beside each.
//!
//! A program `foo.py` may have `foo.args` (its arguments, separated by spaces) and `foo.stdin` beside it. Programs of a
//! group listed in [`OLDER`] are recorded with an older CPython, all others with [`NEWEST`].

use std::error::Error;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const NEWEST: &str = "3.13";
/// `@asyncio.coroutine` was removed in 3.11, `loop=` in 3.10, `await lock` in 3.9.
const OLDER: [(&str, &str); 2] = [("legacy/loop_arguments", "3.8"), ("legacy", "3.10")];

/// Records the programs whose path contains one of `filters`; all, if there is none.
pub fn record(root: &Path, filters: &[String]) -> Result<(), Box<dyn Error>> {
    let mut programs = Vec::new();
    programs_below(&root.join("corpus"), &mut programs)?;
    programs.sort();
    for program in programs {
        let name = program.strip_prefix(root)?.display().to_string();
        if filters.is_empty() || filters.iter().any(|filter| name.contains(filter.as_str())) {
            record_one(root, &program)?;
            println!("{name}");
        }
    }
    Ok(())
}

/// Every program: a `.py` directly in a group's folder. Deeper ones are modules that programs import.
fn programs_below(corpus: &Path, programs: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for group in fs::read_dir(corpus)? {
        let group = group?.path();
        if !group.is_dir() {
            continue;
        }
        for file in fs::read_dir(group)? {
            let file = file?.path();
            if file.extension() == Some(OsStr::new("py")) {
                programs.push(file);
            }
        }
    }
    Ok(())
}

fn record_one(root: &Path, program: &Path) -> Result<(), Box<dyn Error>> {
    let folder = program.parent().ok_or("a program is in a group's folder")?;
    let group = folder.file_name().unwrap_or_default();
    let name = Path::new(group).join(program.file_stem().unwrap_or_default());
    let version = OLDER.iter().find(|(older, _)| name.starts_with(older)).map_or(NEWEST, |(_, version)| version);
    let stdin = match File::open(program.with_extension("stdin")) {
        Ok(file) => Stdio::from(file),
        Err(_) => Stdio::null(),
    };
    let args = fs::read_to_string(program.with_extension("args")).unwrap_or_default();
    let done = Command::new(python(version)?)
        .arg(root.join("tools/oracle.py"))
        .arg(program.file_name().ok_or("a program has a name")?)
        .args(args.split_whitespace())
        .current_dir(folder)
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONIOENCODING", "utf-8")
        .env("PYTHONWARNINGS", "ignore::DeprecationWarning")
        .stdin(stdin)
        .output()?;
    let errors = normalise(&String::from_utf8_lossy(&done.stderr));
    fs::write(program.with_extension("out"), &done.stdout)?;
    fs::write(program.with_extension("err"), errors)?;
    fs::write(program.with_extension("end"), format!("{}\n", done.status.code().unwrap_or(-1)))?;
    Ok(())
}

/// The newest patch release of `version` under pyenv.
pub fn python(version: &str) -> Result<PathBuf, Box<dyn Error>> {
    let pyenv = std::env::var_os("PYENV_ROOT")
        .map_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".pyenv"), PathBuf::from);
    let mut found = Vec::new();
    for entry in fs::read_dir(pyenv.join("versions"))? {
        let entry = entry?;
        if let Some(patch) = entry.file_name().to_string_lossy().strip_prefix(&format!("{version}.")) {
            found.push((patch.parse::<u32>().unwrap_or(0), entry.path().join("bin/python")));
        }
    }
    let newest = found.into_iter().max().ok_or_else(|| format!("no CPython {version} under pyenv"))?;
    Ok(newest.1)
}

/// Addresses as `0x…`; of a traceback the program's own frames, of each the first line of its text, without marks.
pub fn normalise(errors: &str) -> String {
    let mut kept = String::new();
    let (mut foreign, mut texts) = (false, 0);
    for line in errors.lines() {
        let frame = line.starts_with("  File \"");
        texts = match () {
            () if frame => 1,
            () if line.starts_with("    ") && texts > 0 => texts + 1,
            () => 0,
        };
        if frame {
            foreign = line.starts_with("  File \"/") || line.starts_with("  File \"<frozen");
        } else if !line.starts_with("    ") {
            foreign = false;
        }
        let marks = line.starts_with("    ") && line.trim().chars().all(|mark| mark == '^' || mark == '~');
        if !foreign && !marks && texts < 3 {
            kept.push_str(&hide_addresses(line));
            kept.push('\n');
        }
    }
    kept
}

fn hide_addresses(line: &str) -> String {
    let mut shown = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("0x") {
        let digits = rest[at + 2..].bytes().take_while(u8::is_ascii_hexdigit).count();
        shown.push_str(&rest[..at]);
        shown.push_str(if digits >= 6 { "0x…" } else { &rest[at..at + 2 + digits] });
        rest = &rest[at + 2 + digits..];
    }
    shown + rest
}
