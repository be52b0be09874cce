//! Inference: Markdown cases, a program each. `x  # revealed: list[str]` says the type of the statement's value,
//! `f(1)  # raises: TypeError: …` what CPython raises there, `x.y  # error: AIO508` which finding the line has.

use std::path::Path;

use aio2rust::{Options, Sources, analyse, infer};

struct Nowhere;

impl Sources for Nowhere {
    fn read(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

fn markdown(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let mut failures = Vec::new();
    let mut cases = 0;
    let (mut heading, mut code, mut inside) = (String::new(), String::new(), false);
    for line in text.lines() {
        if inside && line == "```" {
            inside = false;
            cases += 1;
            check(&heading, &code, &mut failures);
        } else if inside {
            code.push_str(line);
            code.push('\n');
        } else if line == "```python" {
            inside = true;
            code.clear();
        } else if let Some(title) = line.strip_prefix("## ") {
            heading = title.to_string();
        }
    }
    assert!(cases > 0, "no cases in {}", path.display());
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}

fn check(heading: &str, code: &str, failures: &mut Vec<String>) {
    let translation = analyse("case.py", code.as_bytes(), &Nowhere, &Options::default());
    let file = &translation.sources.files()[0];
    let found = infer::dump::statements(&translation.program, &translation.types);
    let mut errors: Vec<(usize, &str)> = Vec::new();
    for finding in translation.diagnostics.iter() {
        let line = finding.span().map_or(0, |span| file.line(span.start));
        errors.push((line, finding.rule.code));
    }
    for (at, text) in code.lines().enumerate() {
        let line = at + 1;
        let Some((_, wanted)) = text.split_once("# ") else {
            if let Some((_, code)) = errors.iter().find(|(of, _)| *of == line) {
                failures
                    .push(format!("{heading}: line {line} has {code}, which the case does not name: {}", text.trim()));
            }
            continue;
        };
        let types = found.iter().filter(|(span, _)| file.line(span.start) == line);
        let types: Vec<&str> = types.map(|(_, ty)| ty.as_str()).collect();
        let check = |wanted: &str, failures: &mut Vec<String>| {
            if !types.contains(&wanted) {
                failures.push(format!("{heading}: line {line}: `{wanted}` expected, {types:?} found: {}", text.trim()));
            }
        };
        if let Some(wanted) = wanted.strip_prefix("revealed: ") {
            check(wanted, failures);
        } else if let Some(wanted) = wanted.strip_prefix("raises: ") {
            check(wanted, failures);
        } else if let Some(wanted) = wanted.strip_prefix("always: ") {
            check(&format!("always {wanted}"), failures);
        } else if let Some(wanted) = wanted.strip_prefix("error: ") {
            if !errors.contains(&(line, wanted.trim())) {
                failures.push(format!("{heading}: line {line}: {wanted} expected, {errors:?} found"));
            }
            continue;
        }
        if let Some((_, code)) = errors.iter().find(|(of, _)| *of == line) {
            failures.push(format!("{heading}: line {line} has {code}: {}", text.trim()));
        }
    }
}

datatest_stable::harness! {
    { test = markdown, root = "tests/infer", pattern = r".*\.md$" },
}
