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
    let stubs = Stubs::new(Default::default());
    let program = super::lower(&syntax, &files, &stubs, &mut diags);
    (program, files, diags)
}

#[test]
#[ignore]
fn show() {
    let path = std::env::var("SHOW").expect("SHOW names a file");
    let text = std::fs::read_to_string(path).expect("it can be read");
    let (program, files, diags) = lowered(&[("__main__", &text)]);
    println!("{}", dump::dump(&program, &files));
    for finding in diags.iter() {
        println!("{}: {} {}", files.place(finding.span().unwrap()), finding.rule.code, finding.title);
    }
}
