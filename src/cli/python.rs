//! The CPython to compare with.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::failure::Failure;
use super::output;
use super::toolchain::on_path;
use crate::PythonVersion;

/// An interpreter.
#[derive(Debug)]
pub struct Python {
    /// Its binary.
    pub path: PathBuf,
    /// `3.10.13`.
    pub version: String,
}

impl Python {
    /// The one that the user named: a path, a command, or a version (`3.8`).
    pub fn named(path: &Path) -> Result<Python, Failure> {
        let minor = path.to_str().and_then(|text| text.strip_prefix("3.")?.parse().ok());
        if let Some(minor) = minor {
            return installed(minor).ok_or_else(|| {
                Failure::usage(format!("no CPython 3.{minor} found: install it, with pyenv for example"))
            });
        }
        let found = match path.components().count() {
            1 => on_path(&path.to_string_lossy()).unwrap_or_else(|| path.to_path_buf()),
            _ => path.to_path_buf(),
        };
        let version =
            version(&found).ok_or_else(|| Failure::usage(format!("`{}` is not a CPython 3", path.display())))?;
        Ok(Python { path: found, version })
    }

    /// The one that a source calls for, else the next older one, which is said.
    pub fn called_for(wanted: PythonVersion) -> Result<Python, Failure> {
        for minor in (PythonVersion::OLDEST.minor..=wanted.minor).rev() {
            let Some(found) = installed(minor) else { continue };
            if minor != wanted.minor {
                output::say(&format!("aio2rust: no CPython {wanted} here, comparing with {}", found.version));
            }
            return Ok(found);
        }
        Err(Failure::usage(format!(
            "no CPython {wanted} found: install it, with pyenv for example, or name one with `--python EXE`"
        )))
    }
}

/// CPython 3.`minor`: pyenv's newest, the PATH's, or `python3` if it is one.
fn installed(minor: u8) -> Option<Python> {
    let pyenv = pyenv(minor).into_iter();
    let named = on_path(&format!("python3.{minor}")).into_iter();
    let plain = on_path("python3").into_iter();
    pyenv.chain(named).chain(plain).find_map(|path| {
        let version = version(&path)?;
        let is_it = version.strip_prefix("3.")?.split('.').next()? == minor.to_string();
        is_it.then_some(Python { path, version })
    })
}

fn pyenv(minor: u8) -> Option<PathBuf> {
    let root = std::env::var_os("PYENV_ROOT").map(PathBuf::from);
    let root = root.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".pyenv")))?;
    let prefix = format!("3.{minor}.");
    let patch = |path: &PathBuf| path.file_name()?.to_str()?.strip_prefix(&prefix)?.parse::<u32>().ok();
    let versions = std::fs::read_dir(root.join("versions")).ok()?.flatten().map(|entry| entry.path());
    let newest = versions.filter_map(|path| Some((patch(&path)?, path))).max()?;
    Some(newest.1.join("bin/python")).filter(|path| path.exists())
}

/// `3.10.13`, if it is a CPython 3 that runs.
fn version(path: &Path) -> Option<String> {
    let script = "import platform as p; print(p.python_implementation(), p.python_version())";
    let output = Command::new(path).args(["-S", "-E", "-c", script]).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let version = text.trim().strip_prefix("CPython ")?;
    version.starts_with("3.").then(|| version.to_string())
}
