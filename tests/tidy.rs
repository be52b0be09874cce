//! What the project promises about itself: layers, licences, snapshots, documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Each layer uses only those before it. `hir` and `types` name each other's ids.
const LAYERS: [&[&str]; 14] = [
    &["arena", "source"],
    &["diag"],
    &["guard"],
    &["syntax"],
    &["hir", "types"],
    &["stubs"],
    &["load", "version"],
    &["lower"],
    &["infer"],
    &["split"],
    &["emit"],
    &["project"],
    &["translate"],
    &["cli", "build_script"],
];

const LICENCES: [&str; 11] = [
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn layers_are_one_way() {
    let mut wrong = Vec::new();
    let mut sources = Vec::new();
    files(&root().join("src"), ".rs", &mut sources);
    for path in sources {
        let inside = path.strip_prefix(root().join("src")).expect("it is below src");
        let first = inside.iter().next().expect("it has a name").to_string_lossy();
        let module = first.trim_end_matches(".rs").to_string();
        if module == "lib" || module == "main" {
            continue;
        }
        let own = layer(&module).unwrap_or_else(|| panic!("src/{first} is in no layer"));
        let text = fs::read_to_string(&path).expect("it can be read");
        let production = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (_, rest) in production.match_indices("crate::").map(|(at, found)| (at, &production[at + found.len()..])) {
            let used: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if layer(&used).is_some_and(|used| used > own) {
                wrong.push(format!("{}: uses crate::{used}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_open_with_a_sentence() {
    let mut wrong = Vec::new();
    for folder in ["src", "runtime-shim/src", "xtask/src", "tests"] {
        let mut sources = Vec::new();
        files(&root().join(folder), ".rs", &mut sources);
        for path in sources {
            if !fs::read_to_string(&path).expect("it can be read").starts_with("//!") {
                wrong.push(path.strip_prefix(root()).expect("it is below the root").display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "without a `//!` sentence on top:\n{}", wrong.join("\n"));
}

#[test]
fn licences_are_permissive() {
    let done = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&done.stdout).expect("cargo metadata is JSON");
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().expect("there are packages") {
        let licence = package["license"].as_str().unwrap_or("none").replace('/', " OR ");
        let all = licence.replace(['(', ')'], " ");
        let fine = all.split(" AND ").all(|part| part.split(" OR ").any(|one| LICENCES.contains(&one.trim())));
        if !fine && package["name"] != "xtask" {
            wrong.push(format!("{}: {licence}", package["name"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_snapshot_has_its_program() {
    let mut snapshots = Vec::new();
    files(&root().join("tests/snapshots"), ".snap", &mut snapshots);
    let mut programs = Vec::new();
    files(&root().join("corpus"), ".py", &mut programs);
    let known: BTreeSet<String> = programs
        .iter()
        .map(|path| path.strip_prefix(root().join("corpus")).expect("it is below corpus").with_extension(""))
        .map(|path| path.to_string_lossy().replace('/', "__"))
        .collect();
    let stale: Vec<_> = snapshots
        .iter()
        .filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .filter_map(|stem| stem.strip_prefix("corpus__").map(str::to_string))
        .filter(|stem| !known.contains(stem))
        .collect();
    assert!(stale.is_empty(), "snapshots without a program: {}", stale.join(", "));
}

#[test]
fn every_program_has_its_record() {
    let mut programs = Vec::new();
    files(&root().join("corpus"), ".py", &mut programs);
    let missing: Vec<_> = programs
        .iter()
        .filter(|path| path.strip_prefix(root().join("corpus")).is_ok_and(|path| path.iter().count() == 2))
        .filter(|path| !path.with_extension("out").exists() || !path.with_extension("end").exists())
        .map(|path| path.display().to_string())
        .collect();
    assert!(missing.is_empty(), "without a record (`cargo xtask record`):\n{}", missing.join("\n"));
}
