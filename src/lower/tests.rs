//! Tests: programs in, the dump out.

use crate::diag::Diagnostics;
use crate::hir::{Program, dump};
use crate::source::SourceMap;
use crate::stubs::Stubs;
use crate::syntax::{ParseOptions, parse};

/// Lowers modules (name and text; the first is the entry).
fn lowered(modules: &[(&str, &str)]) -> (Program, SourceMap, Diagnostics) {
    let mut files = SourceMap::default();
    for (name, text) in modules {
        let path = if *name == "__main__" { "main.py".to_string() } else { format!("{}.py", name.replace('.', "/")) };
        files.add(path, *name, *text);
    }
    let mut diags = Diagnostics::default();
    let syntax: Vec<_> = files.files().iter().map(|file| parse(file, &ParseOptions::default(), &mut diags)).collect();
    let extra = [
        ("sys", "platform: str\ndef exit(status: object = None) -> NoReturn: ...\n"),
        ("collections", "def namedtuple(name: str, fields: object) -> object: ...\n"),
        ("types", "def coroutine(f: object) -> object: ...\n"),
        ("enum", "class Enum: ...\n"),
        ("dataclasses", "def dataclass(c: object) -> object: ...\n"),
    ];
    let stubs = Stubs::new(extra.map(|(name, text)| (name.to_string(), text.to_string())).into());
    let program = super::lower(syntax, &files, &stubs, &mut diags);
    (program, files, diags)
}

/// The dump of a program, and what was reported.
fn text(modules: &[(&str, &str)]) -> String {
    let (program, files, diags) = lowered(modules);
    let mut text = dump::dump(&program, &files);
    for finding in diags.sorted() {
        let place = finding.span().map(|span| files.place(span)).unwrap_or_default();
        text += &format!("{place}: {} {}\n", finding.rule.code, finding.title);
    }
    text
}

/// Asserts that a program's dump, without its first line and a level of depth, is `expected`.
fn check(source: &str, expected: &str) {
    let text = text(&[("__main__", source)]);
    let lines = text.lines().skip(1).map(|line| line.strip_prefix("    ").unwrap_or(line));
    let found: Vec<&str> = lines.collect();
    let expected: Vec<&str> = expected.trim_matches('\n').lines().collect();
    let margin = expected.first().map_or(0, |line| line.len() - line.trim_start().len());
    let expected: Vec<&str> = expected.iter().map(|line| line.get(margin..).unwrap_or("")).collect();
    assert_eq!(found, expected, "\n{}", found.join("\n"));
}

mod dialects;
mod robustness;
mod scopes;
mod statements;
