//! `docs/rules/` says what the catalogue says. `cargo xtask docs` writes it anew.

use std::fs;
use std::path::{Path, PathBuf};

use aio2rust::diag::{Level, Rule, catalog};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules")
}

fn page(rule: &Rule) -> String {
    let level = match rule.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "info",
    };
    format!("# {} {}\nLevel: {level}.\n\n{}\n\n{}\n", rule.code, rule.name, rule.summary, rule.text)
}

#[test]
fn pages_are_fresh() {
    let update = std::env::var_os("AIO2RUST_UPDATE").is_some();
    let mut stale = Vec::new();
    let mut names = Vec::new();
    for rule in catalog::ALL {
        let name = format!("{}-{}.md", rule.code, rule.name);
        let path = folder().join(&name);
        if fs::read_to_string(&path).ok().as_deref() != Some(&page(rule)) {
            if update {
                fs::create_dir_all(folder()).expect("docs/rules can be made");
                fs::write(&path, page(rule)).expect("docs/rules can be written");
            } else {
                stale.push(name.clone());
            }
        }
        names.push(name);
    }
    for entry in fs::read_dir(folder()).expect("docs/rules is there").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !names.contains(&name) {
            if update {
                fs::remove_file(entry.path()).expect("docs/rules can be written");
            } else {
                stale.push(name);
            }
        }
    }
    assert!(stale.is_empty(), "stale (`cargo xtask docs`): {}", stale.join(", "));
}

#[test]
fn codes_are_unique_and_sorted() {
    let codes: Vec<&str> = catalog::ALL.iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted);
}
