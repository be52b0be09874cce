//! The user's Rust: rustc and cargo on the PATH, and whether their configuration must be honoured.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::failure::Failure;

/// rustc and cargo.
#[derive(Debug)]
pub struct Toolchain {
    /// The compiler.
    pub rustc: PathBuf,
    /// The build tool.
    pub cargo: PathBuf,
    /// What `rustc -vV` says: its identity.
    pub identity: String,
}

impl Toolchain {
    /// Looks for them; `folder` is where they will work, which decides the toolchain that rustup takes.
    pub fn find(folder: &Path) -> Result<Toolchain, Failure> {
        let tool = |name| {
            on_path(name).ok_or_else(|| {
                Failure::usage(format!(
                    "no `{name}` on the PATH: install Rust from https://rustup.rs, it builds the program"
                ))
            })
        };
        let (cargo, rustc) = (tool("cargo")?, tool("rustc")?);
        let output = Command::new(&rustc)
            .arg("-vV")
            .current_dir(folder)
            .output()
            .map_err(|error| Failure::io("run", &rustc, error))?;
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            return Err(Failure::usage(format!("`rustc -vV` failed: {}", text.trim())));
        }
        Ok(Toolchain { rustc, cargo, identity: String::from_utf8_lossy(&output.stdout).into_owned() })
    }
}

/// A program on the PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|path| is_executable(path))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

/// Whether compiler flags, a linker or a target are configured for builds in `folder`: then cargo must do every step.
pub fn is_configured(folder: &Path) -> bool {
    let named = |name: &str| {
        matches!(name, "RUSTFLAGS" | "CARGO_ENCODED_RUSTFLAGS" | "RUSTC" | "RUSTC_WRAPPER" | "RUSTC_WORKSPACE_WRAPPER")
            || (name.starts_with("CARGO_BUILD_") && !matches!(name, "CARGO_BUILD_JOBS" | "CARGO_BUILD_TARGET_DIR"))
            || (name.starts_with("CARGO_TARGET_") && name != "CARGO_TARGET_DIR")
    };
    if env::vars_os().any(|(name, value)| !value.is_empty() && name.to_str().is_some_and(named)) {
        return true;
    }
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let above = folder.ancestors().map(|folder| folder.join(".cargo"));
    above.chain(home).flat_map(|folder| [folder.join("config.toml"), folder.join("config")]).any(|file| {
        std::fs::read_to_string(file).is_ok_and(|text| text.lines().any(|line| configures(line.trim_start())))
    })
}

/// Whether a line of cargo's configuration says how crates are compiled.
fn configures(line: &str) -> bool {
    const KEYS: [&str; 5] = ["rustflags", "linker", "rustc", "target ", "target="];
    let key = line.rsplit_once('.').map_or(line, |(table, key)| if table.contains('=') { line } else { key });
    KEYS.iter().any(|name| key.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::configures;

    #[test]
    fn lines_that_say_how_crates_are_compiled() {
        for line in [
            "rustflags = [\"-C\"]",
            "linker = \"clang\"",
            "build.rustflags = []",
            "rustc-wrapper = \"sccache\"",
            "target = \"x\"",
        ] {
            assert!(configures(line), "{line}");
        }
        for line in ["[target.x86_64-unknown-linux-gnu]", "jobs = 2", "# rustflags", "target-dir = \"/t\""] {
            assert!(!configures(line), "{line}");
        }
    }
}
