//! `run` and `build`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::args::{Build, Run};
use super::cache::Cache;
use super::failure::Failure;
use super::output;
use super::program::{self, Clock, Request};
use super::runtime::Profile;
use super::{compile, signals};

/// Converts, builds and runs; the program's exit status.
pub fn run(args: &Run) -> Result<u8, Failure> {
    let started = built(args).and_then(|binary| {
        let mut command = Command::new(&binary);
        named(&mut command, args.program.file()).args(args.program.args());
        signals::program(&mut command).map_err(|error| Failure::io("run", &binary, error))
    });
    match started {
        Ok(child) => {
            signals::wait(child).map_err(|error| Failure::usage(format!("cannot wait for the program: {error}")))
        }
        Err(failure) => {
            if let Some(message) = failure.message() {
                output::say(&message);
            }
            output::say("aio2rust: refused, nothing was run");
            Ok(failure.status())
        }
    }
}

fn built(args: &Run) -> Result<PathBuf, Failure> {
    let profile = if args.release { Profile::Release } else { Profile::Quick };
    let request = Request { file: args.program.file(), translate: &args.translate, profile, clock: Clock::Virtual };
    Ok(program::built(&request, &Cache::locate()?)?.binary)
}

/// The program's own name for itself is its Python file, as on CPython.
#[cfg(unix)]
pub fn named<'a>(command: &'a mut Command, file: &Path) -> &'a mut Command {
    use std::os::unix::process::CommandExt;
    command.arg0(file)
}

/// The program's own name for itself is its binary.
#[cfg(not(unix))]
pub fn named<'a>(command: &'a mut Command, _: &Path) -> &'a mut Command {
    command
}

/// Converts and builds a binary.
pub fn build(args: &Build) -> Result<u8, Failure> {
    let profile = if args.release { Profile::Release } else { Profile::Quick };
    let request = Request { file: &args.file, translate: &args.translate, profile, clock: Clock::Real };
    let default = compile::binary_in(Path::new("."), &args.file.file_stem().unwrap_or_default().to_string_lossy());
    let output = args.output.clone().unwrap_or(default);
    if output.is_dir() {
        return Err(Failure::usage(format!("`{}` is a folder: name the binary with `-o EXE`", output.display())));
    }
    if output == args.file {
        return Err(Failure::usage("the binary would overwrite the program: name another with `-o EXE`"));
    }
    let binary = program::built(&request, &Cache::locate()?)?.binary;
    // Beside it and renamed: a running binary is not written to, and a full disk leaves the old one.
    let mut fresh = output.clone().into_os_string();
    fresh.push(format!(".new-{}", std::process::id()));
    let done = std::fs::copy(&binary, &fresh).and_then(|_| std::fs::rename(&fresh, &output));
    done.map_err(|error| {
        let _ = std::fs::remove_file(&fresh);
        Failure::io("write", &output, error)
    })?;
    Ok(0)
}
