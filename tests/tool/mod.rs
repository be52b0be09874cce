//! The tool, in a folder of its own.
#![allow(dead_code, reason = "each test file uses a part")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A folder and the tool in it.
pub struct Tool {
    folder: TempDir,
}

/// What a run of the tool did.
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Tool {
    pub fn new() -> Tool {
        Tool { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Tool {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders can be made");
        fs::write(path, content).expect("files can be written");
        self
    }

    /// The cache is shared by all tests: the runtime is built once.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aio2rust"));
        command.args(args).current_dir(self.path()).stdin(Stdio::null());
        command.env("AIO2RUST_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache")).env_remove("NO_COLOR");
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).output().expect("the tool can be started"))
    }

    pub fn with_stdin(&self, args: &[&str], stdin: &[u8]) -> Ran {
        let piped = || Stdio::piped();
        let mut command = self.command(args);
        let mut child =
            command.stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("the tool can be started");
        child.stdin.take().expect("stdin is a pipe").write_all(stdin).expect("the tool reads");
        ran(child.wait_with_output().expect("the tool ends"))
    }
}

pub fn ran(output: Output) -> Ran {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the tool writes UTF-8");
    let status = output.status.code().unwrap_or(-1);
    Ran { status, stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl Ran {
    #[track_caller]
    pub fn ends(self, status: i32, words: &[&str]) -> Ran {
        assert_eq!(self.status, status, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        for word in words {
            assert!(self.stderr.contains(word), "no {word:?} in: {}", self.stderr);
        }
        assert!(!self.stderr.contains("internal error"), "{}", self.stderr);
        self
    }

    /// It refused and wrote nothing to stdout.
    #[track_caller]
    pub fn refuses(self, status: i32, words: &[&str]) -> Ran {
        let ran = self.ends(status, words);
        assert_eq!(ran.stdout, "");
        ran
    }
}

/// A pipe that nobody reads.
pub fn closed_pipe() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("pipes can be made");
    drop(reader);
    writer.into()
}
