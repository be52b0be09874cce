//! How a command ends other than well, and the exit status that says so.

use std::fmt::Display;
use std::io;
use std::path::Path;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// Something is wrong in the Python; the findings are printed. Status 1.
    Refused,
    /// The usage, or what is around us: files, tools, disk space. Status 2.
    Usage(String),
    /// A defect of ours that the findings tell of. Status 101.
    Failed,
    /// Our own defect. Status 101.
    Defect(String),
    /// Whoever reads our stdout went away. The status of a program that SIGPIPE ended.
    ClosedPipe,
}

impl Failure {
    /// A failed operation on a file: `cannot read x.py: No such file or directory`.
    pub fn io(what: &str, path: &Path, error: impl Into<io::Error>) -> Failure {
        Failure::Usage(format!("cannot {what} `{}`: {}", path.display(), reason(&error.into())))
    }

    /// A sentence about what is around us.
    pub fn usage(text: impl Display) -> Failure {
        Failure::Usage(text.to_string())
    }

    /// A build that failed though our code is right; `said` are the words of rustc and cargo.
    pub fn of_build(what: &str, said: &str) -> Failure {
        const FULL: &str = "No space left on device";
        if said.contains(FULL) {
            Failure::usage(format!("{what}: {FULL}"))
        } else {
            Failure::usage(format!("{what}\n{said}"))
        }
    }

    /// The exit status.
    pub fn status(&self) -> u8 {
        match self {
            Failure::Refused => 1,
            Failure::Usage(_) => 2,
            Failure::Failed | Failure::Defect(_) => 101,
            Failure::ClosedPipe => 141,
        }
    }

    /// What is printed on stderr.
    pub fn message(&self) -> Option<String> {
        match self {
            Failure::Usage(text) => Some(format!("aio2rust: {text}")),
            Failure::Defect(text) => Some(defect(text)),
            Failure::Refused | Failure::Failed | Failure::ClosedPipe => None,
        }
    }
}

/// The text for a defect of ours.
pub fn defect(text: &str) -> String {
    format!(
        "aio2rust: internal error: {text}\n\
         aio2rust: this is a defect of aio2rust {}: please report it, with the program that shows it",
        env!("CARGO_PKG_VERSION")
    )
}

/// The system's words for an error, without its number.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_string(),
        None => text,
    }
}
