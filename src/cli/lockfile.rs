//! The `Cargo.lock` of what we write: the versions that the runtime was tested with, from our own lock file.

use std::collections::{BTreeMap, BTreeSet};

/// Our own lock file, which has the runtime's dependencies among ours.
const OURS: &str = include_str!("../../Cargo.lock");
/// The package of the runtime.
pub const RUNTIME: &str = "aio2rust-runtime";

/// The lock file of a workspace that holds the runtime and, beside it, the package of that name, which depends on it.
pub fn lock(package: Option<(&str, &str)>) -> String {
    let all = packages(OURS);
    let mut wanted = BTreeSet::new();
    let mut open = vec![RUNTIME.to_string()];
    while let Some(name) = open.pop() {
        if let Some(found) = all.get(&name)
            && wanted.insert(name)
        {
            open.extend(found.dependencies.iter().cloned());
        }
    }
    // Of two versions of a crate one may be left: it goes by its name alone then.
    let name = |key: &str| key.split(' ').next().unwrap_or_default().to_string();
    let mut short: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    wanted.iter().for_each(|key| short.entry(name(key)).or_default().push(key));
    let shortened = |text: &str| {
        let single = short.iter().filter(|(name, keys)| keys.len() == 1 && *name != keys[0]);
        single.fold(text.to_string(), |text, (name, keys)| {
            text.replace(&format!("\"{}\"", keys[0]), &format!("\"{name}\""))
        })
    };
    let mut blocks: Vec<(String, String)> = wanted.iter().map(|key| (key.clone(), shortened(&all[key].text))).collect();
    if let Some((name, version)) = package {
        let text =
            format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\ndependencies = [\n \"{RUNTIME}\",\n]\n");
        blocks.push((name.to_string(), text));
    }
    blocks.sort();
    let blocks: Vec<String> = blocks.into_iter().map(|block| block.1).collect();
    format!(
        "# Written by cargo's rules: the versions that the runtime was tested with.\nversion = 4\n\n{}",
        blocks.join("\n")
    )
}

/// A package of a lock file.
struct Package {
    text: String,
    dependencies: Vec<String>,
}

/// The packages by the names that dependencies call them: `libc`, or `syn 2.0.1` where there are two.
fn packages(lock: &str) -> BTreeMap<String, Package> {
    let blocks: Vec<&str> = lock.split("[[package]]\n").skip(1).map(|block| block.trim_end()).collect();
    let field = |block: &str, name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""));
        line.map(|value| value.trim_end_matches('"').to_string()).unwrap_or_default()
    };
    let mut found = BTreeMap::new();
    for block in &blocks {
        let (name, version) = (field(block, "name"), field(block, "version"));
        let is_ours = name == RUNTIME;
        // The runtime is a folder there, wherever it is from here.
        let lines =
            block.lines().filter(|line| !is_ours || !(line.starts_with("source") || line.starts_with("checksum")));
        let text = format!("[[package]]\n{}\n", lines.collect::<Vec<_>>().join("\n"));
        let dependencies =
            block.lines().filter_map(|line| line.strip_prefix(" \"")?.strip_suffix("\",")).map(str::to_string);
        let key = if blocks.iter().filter(|other| field(other, "name") == name).count() > 1 {
            format!("{name} {version}")
        } else {
            name
        };
        found.insert(key, Package { text, dependencies: dependencies.collect() });
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_has_the_runtime_and_what_it_needs() {
        let lock = super::lock(Some(("hello", "0.1.0")));
        for name in ["aio2rust-runtime", "hello", "num-bigint"] {
            assert_eq!(lock.matches(&format!("\nname = \"{name}\"\n")).count(), 1, "{name}\n{lock}");
        }
        assert!(!lock.contains("\"clap\""));
    }
}
