//! `verify`: a program on CPython and translated, and the first line that differs.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use super::args::Verify;
use super::cache::Cache;
use super::failure::Failure;
use super::program::{self, Clock, Request};
use super::python::Python;
use super::runtime::Profile;
use super::stdin::Stdin;
use super::transcript::{Frames, Transcript};
use super::{output, run, signals};

/// Runs CPython under the virtual clock.
const ORACLE: &str = include_str!("../../tools/oracle.py");

/// Compares; 0: the same, 1: they differ, 2: they could not be compared.
pub fn verify(args: &Verify) -> Result<u8, Failure> {
    match compare(args) {
        Err(Failure::Refused) => {
            output::say("aio2rust: refused, nothing was compared");
            Ok(2)
        }
        outcome => outcome,
    }
}

fn compare(args: &Verify) -> Result<u8, Failure> {
    let cache = Cache::locate()?;
    let request = Request {
        file: args.program.file(),
        translate: &args.translate,
        profile: Profile::Quick,
        clock: Clock::Virtual,
    };
    let program = program::built(&request, &cache)?;
    let python = match &args.python {
        Some(path) => Python::named(path)?,
        None => Python::called_for(program.python())?,
    };
    let stdin = Stdin::default();
    let mut command = Command::new(&python.path);
    if !args.real_time {
        command.arg(cache.tool("oracle.py", ORACLE)?);
    }
    command.arg(args.program.file()).args(args.program.args());
    let expected = record(&mut command, args, &stdin, &python.path)?;
    let mut command = Command::new(&program.binary);
    run::named(&mut command, args.program.file()).args(args.program.args());
    let actual = record(&mut command, args, &stdin, &program.binary)?;
    let Some(difference) = expected.difference(&actual, &Frames::of(&program.files)) else {
        let lines = expected.stdout.iter().filter(|byte| **byte == b'\n').count();
        let lines = format!("{lines} line{}", if lines == 1 { "" } else { "s" });
        let text = format!("the same as CPython {}: {lines}, exit status {}\n", python.version, expected.status);
        output::result(&text)?;
        return Ok(0);
    };
    let name = format!("CPython {}:", python.version);
    let width = name.len();
    let (place, first, second) = (difference.place, difference.first, difference.second);
    output::result(&format!("{place} differs\n  {name} {first}\n  {:width$} {second}\n", "translated:"))?;
    Ok(1)
}

/// Runs a program and keeps what it does.
fn record(command: &mut Command, args: &Verify, stdin: &Stdin, path: &Path) -> Result<Transcript, Failure> {
    let failed = |error| Failure::io("run", path, error);
    command
        .env("PYTHONHASHSEED", "0")
        .env("PYTHONIOENCODING", "utf-8")
        .env("PYTHONWARNINGS", "ignore::DeprecationWarning")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if !args.real_time {
        command.env("AIO2RUST_CLOCK", "virtual").env("TZ", "UTC");
    }
    let _progress = output::Progress::new("running");
    let mut child = signals::program(command).map_err(failed)?;
    if let Some(pipe) = child.stdin.take() {
        stdin.feed(pipe);
    }
    let read = |pipe: Option<Box<dyn Read + Send>>| {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            // What came before a failure is all there is.
            let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
            bytes
        })
    };
    let stdout = read(child.stdout.take().map(|pipe| Box::new(pipe) as _));
    let stderr = read(child.stderr.take().map(|pipe| Box::new(pipe) as _));
    let status = signals::wait(child).map_err(failed)?;
    let (stdout, stderr) = (stdout.join().unwrap_or_default(), stderr.join().unwrap_or_default());
    Ok(Transcript { stdout, stderr, status })
}
