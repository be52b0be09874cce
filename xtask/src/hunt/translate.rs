//! A program translated in this process.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use aio2rust::diag::render;
use aio2rust::{EmittedFile, Options, Sources};

use super::failure::{Failure, without_names};

/// What nothing should take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Files beside a program.
struct Beside(PathBuf);

impl Sources for Beside {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.0.join(path)).ok()
    }
}

/// The Rust of a program.
pub fn translate(program: &Path) -> Result<Vec<EmittedFile>, Failure> {
    let (sender, receiver) = mpsc::channel();
    let path = program.to_path_buf();
    let work = move || {
        let done = catch_unwind(AssertUnwindSafe(|| translated(&path)));
        let _ = sender.send(done.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panicked").to_string();
            Err(Failure { kind: "CRASH", what: without_names(&text), details: text, errors: Vec::new() })
        }));
    };
    // A thread that hangs is left behind.
    let started = thread::Builder::new().stack_size(256 << 20).spawn(work);
    let failure = |text: &str| Failure { kind: "HANG", what: text.into(), details: text.into(), errors: Vec::new() };
    started.map_err(|error| failure(&error.to_string()))?;
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| Err(failure("the translation does not end")))
}

fn translated(program: &Path) -> Result<Vec<EmittedFile>, Failure> {
    let unreadable = |text: String| Failure { kind: "CRASH", what: text.clone(), details: text, errors: Vec::new() };
    let bytes = fs::read(program).map_err(|error| unreadable(error.to_string()))?;
    let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let folder = program.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    let translation = aio2rust::translate(&name, &bytes, &Beside(folder), &Options::default());
    if !translation.diagnostics.has_errors() {
        return Ok(translation.files);
    }
    let said = render::render(&translation.diagnostics, &translation.sources, false);
    let errors: Vec<String> = said.lines().filter(|line| line.starts_with("error")).map(without_names).collect();
    Err(Failure {
        kind: "REFUSED",
        what: errors.first().cloned().unwrap_or_default(),
        details: said.lines().take(14).collect::<Vec<_>>().join("\n"),
        errors,
    })
}
