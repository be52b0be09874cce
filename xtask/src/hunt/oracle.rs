//! What CPython does with a program, remembered by its text.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::generate;
use crate::record::{normalise, python};

/// Messages of old Pythons, and what they are by now.
const WORDS: [(&str, &str); 3] = [
    ("%d format: a number is required", "%d format: a real number is required"),
    ("max() arg is an empty sequence", "max() iterable argument is empty"),
    ("min() arg is an empty sequence", "min() iterable argument is empty"),
];

/// What a program did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error, as `record` keeps it.
    pub stderr: String,
}

impl Run {
    /// Of a finished process.
    pub fn new(done: &Output) -> Run {
        Run {
            status: done.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&done.stdout).into_owned(),
            stderr: normalise(&String::from_utf8_lossy(&done.stderr)),
        }
    }

    /// The same in the words of the newest Python, which are what a translated program says.
    fn in_new_words(mut self) -> Run {
        for (old, new) in WORDS {
            for text in [&mut self.stdout, &mut self.stderr] {
                if text.contains(old) {
                    *text = text.replace(old, new);
                }
            }
        }
        self
    }
}

/// What CPython does; `None` where it does not end.
pub fn expected(root: &Path, program: &Path) -> Option<Run> {
    let text = fs::read_to_string(program).ok()?;
    let mut hasher = DefaultHasher::new();
    (&text, program.file_name()).hash(&mut hasher);
    let folder = root.join("target/hunt/oracle");
    let kept = folder.join(format!("{:016x}", hasher.finish()));
    if let Some(run) = read(&kept) {
        return Some(run.in_new_words());
    }
    let python = python(generate::version(&text)).ok()?;
    let mut command = Command::new("timeout");
    command.arg("20").arg(python).arg(root.join("tools/oracle.py")).arg(program.file_name()?);
    command.current_dir(program.parent()?).env("PYTHONHASHSEED", "0").env("PYTHONIOENCODING", "utf-8");
    let done = command.env("PYTHONWARNINGS", "ignore::DeprecationWarning").stdin(Stdio::null()).output().ok()?;
    let run = Run::new(&done);
    if run.status == 124 && run.stderr.is_empty() {
        return None;
    }
    let text = format!("{}\n{}\n{}{}", run.status, run.stdout.len(), run.stdout, run.stderr);
    let _ = fs::create_dir_all(&folder).and_then(|()| fs::write(&kept, text));
    Some(run.in_new_words())
}

fn read(kept: &Path) -> Option<Run> {
    let text = fs::read_to_string(kept).ok()?;
    let (status, rest) = text.split_once('\n')?;
    let (length, rest) = rest.split_once('\n')?;
    let (stdout, stderr) = rest.split_at_checked(length.parse().ok()?)?;
    Some(Run { status: status.parse().ok()?, stdout: stdout.into(), stderr: stderr.into() })
}
