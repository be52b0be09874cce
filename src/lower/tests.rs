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

#[test]
#[ignore]
fn many() {
    let list = std::fs::read_to_string(std::env::var("LIST").expect("LIST")).expect("list");
    let quiet = std::env::var("QUIET").is_ok();
    for path in list.lines() {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let started = std::time::Instant::now();
        let run = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
            let (program, files, diags) = lowered(&[("__main__", &text)]);
            let dumped = dump::dump(&program, &files);
            let missing = comments_missing(&files, &dumped);
            let found: Vec<String> = diags
                .iter()
                .map(|f| format!("{}: {} {}", files.place(f.span().unwrap()), f.rule.code, f.title))
                .collect();
            (missing, found)
        });
        match run.unwrap().join() {
            Ok((missing, found)) => {
                if missing > 0 {
                    println!("{path}: {missing} comments missing");
                }
                if !quiet {
                    found.iter().for_each(|line| println!("{path} {line}"));
                }
            }
            Err(_) => println!("{path}: PANIC"),
        }
        let took = started.elapsed();
        if took.as_millis() > 1500 {
            println!("{path}: slow {took:?}");
        }
    }
}

/// How many comments of the source are not in the dump.
fn comments_missing(files: &SourceMap, dumped: &str) -> usize {
    let file = &files.files()[0];
    let mut diags = Diagnostics::default();
    let syntax = parse(file, &ParseOptions::default(), &mut diags);
    if syntax.suite.is_empty() {
        return 0;
    }
    let mut found: Vec<&str> = dumped.lines().filter_map(|line| line.trim_start().strip_prefix('#')).collect();
    found.sort_unstable();
    let mut missing = 0;
    for comment in syntax.trivia.comments() {
        match found.binary_search(&&*comment.text) {
            Ok(at) => {
                found.remove(at);
            }
            Err(_) => {
                missing += 1;
                if std::env::var("SAY").is_ok() {
                    println!("missing: {} {}", file.line(comment.at), comment.text);
                }
            }
        }
    }
    missing
}
