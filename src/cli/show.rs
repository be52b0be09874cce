//! `dump` and `rule`: what the translator sees, and what its codes mean.

use super::args::{Dump, View};
use super::disk::{self, Disk};
use super::failure::Failure;
use super::{findings, output};
use crate::diag::{Level, Rule, catalog};

/// Prints the tree or the types; findings go to stderr.
pub fn dump(args: &Dump) -> Result<u8, Failure> {
    let disk = Disk::default();
    let bytes = disk::read_named(&disk, &args.file)?;
    let translation = crate::analyse(&args.file.to_string_lossy(), &bytes, &disk, &args.translate.options()?);
    findings::print_errors(&translation);
    let text = match args.what {
        View::Hir => crate::hir::dump::dump(&translation.program, &translation.sources),
        View::Types => crate::infer::dump::dump(&translation.program, &translation.types),
    };
    output::result(&text)?;
    Ok(u8::from(translation.diagnostics.has_errors()))
}

/// Prints the entry of a code, or the list of all.
pub fn rule(name: Option<&str>) -> Result<u8, Failure> {
    let Some(name) = name else {
        let lines = catalog::ALL
            .iter()
            .map(|rule| format!("{}  {:<8} {}: {}\n", rule.code, level(rule), rule.name, rule.summary));
        output::result(&lines.collect::<String>())?;
        return Ok(0);
    };
    let wanted = name.to_lowercase();
    let found = catalog::ALL.iter().find(|rule| rule.code.to_lowercase() == wanted || rule.name == wanted);
    let Some(rule) = found else {
        let near = catalog::ALL
            .iter()
            .min_by_key(|rule| distance(&wanted, rule.name).min(distance(&wanted, &rule.code.to_lowercase())));
        let hint = near.map_or(String::new(), |rule| format!("; did you mean {} ({})?", rule.code, rule.name));
        return Err(Failure::usage(format!("no rule `{name}`{hint}")));
    };
    output::result(&format!("{} {} ({})\n\n{}\n\n{}\n", rule.code, rule.name, level(rule), rule.summary, rule.text))?;
    Ok(0)
}

fn level(rule: &Rule) -> &'static str {
    match rule.level {
        Level::Info => "info",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// How many letters must be changed to make one word of another.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
