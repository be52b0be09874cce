//! A failing program made small: blocks and lines are left out as long as it fails in the same way.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::Hunt;
use crate::record::python;

/// `cargo xtask reduce FILE`: the result is printed and left at `target/reduce/small.py`.
pub fn reduce(root: &Path, file: &str) -> Result<(), Box<dyn Error>> {
    let hunt = Hunt::new(root, "reduce")?;
    let small = root.join("target/reduce/small.py");
    let trial = root.join("target/reduce/trial.py");
    let text = fs::read_to_string(file)?;
    let mut lines: Vec<String> = text.lines().filter(|line| !line.trim().is_empty()).map(String::from).collect();
    fs::write(&trial, joined(&lines))?;
    let Some(failure) = hunt.failure_of(&trial)? else { return Err("it does not fail".into()) };
    let fails = |lines: &[String]| -> Result<bool, Box<dyn Error>> {
        let text = joined(lines);
        fs::write(&trial, &text)?;
        let checked =
            Command::new(python(crate::generate::version(&text))?).args(["-c", CHECK]).arg(&trial).output()?;
        if !checked.status.success() {
            return Ok(false);
        }
        Ok(hunt.failure_of(&trial)?.is_some_and(|other| other.kind == failure.kind && other.what == failure.what))
    };
    let mut changed = true;
    while changed {
        changed = false;
        let mut at = 0;
        while at < lines.len() {
            let block = block_end(&lines, at);
            let mut tries = vec![without(&lines, at, block)];
            if block > at + 1 {
                tries.push(unwrapped(&lines, at, block));
            }
            let mut kept = true;
            for candidate in tries {
                if candidate.len() < lines.len() && fails(&candidate)? {
                    lines = candidate;
                    (changed, kept) = (true, false);
                    fs::write(&small, joined(&lines))?;
                    break;
                }
            }
            at += usize::from(kept);
        }
    }
    print!("{}", joined(&lines));
    println!("# {} {}", failure.kind, failure.what);
    Ok(())
}

/// Whether the file compiles and reads no name that nothing binds.
const CHECK: &str = "import sys, ast, builtins
tree = ast.parse(open(sys.argv[1]).read())
compile(tree, 'x', 'exec')
bound = set(dir(builtins)) | {'__name__'}
for n in ast.walk(tree):
    if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load): bound.add(n.id)
    elif isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)): bound.add(n.name)
    elif isinstance(n, ast.arg): bound.add(n.arg)
    elif isinstance(n, ast.alias): bound.add((n.asname or n.name).split('.')[0])
    elif isinstance(n, ast.ExceptHandler) and n.name: bound.add(n.name)
    elif isinstance(n, (ast.MatchAs, ast.MatchStar)) and n.name: bound.add(n.name)
    elif isinstance(n, ast.MatchMapping) and n.rest: bound.add(n.rest)
sys.exit(any(isinstance(n, ast.Name) and n.id not in bound for n in ast.walk(tree)))
";

fn joined(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Where the block of the line ends.
fn block_end(lines: &[String], at: usize) -> usize {
    let own = indent(&lines[at]);
    (at + 1..lines.len()).find(|&next| indent(&lines[next]) <= own).unwrap_or(lines.len())
}

fn without(lines: &[String], from: usize, to: usize) -> Vec<String> {
    lines[..from].iter().chain(&lines[to..]).cloned().collect()
}

/// The block without its first line, one level out.
fn unwrapped(lines: &[String], from: usize, to: usize) -> Vec<String> {
    let inner = lines[from + 1..to].iter().map(|line| line.strip_prefix("    ").unwrap_or(line).to_string());
    lines[..from].iter().cloned().chain(inner).chain(lines[to..].iter().cloned()).collect()
}
