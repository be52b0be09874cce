//! What is printed: results on stdout, everything else on stderr.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::failure::Failure;

/// Writes a result to stdout.
pub fn result(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::ClosedPipe),
        Err(error) => Err(Failure::io("write to", Path::new("stdout"), error)),
    }
}

/// Writes a line to stderr; where nobody listens, nothing is said.
pub fn say(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = writeln!(stderr, "{}", text.trim_end_matches('\n'));
}

/// Whether findings on stderr are coloured.
pub fn coloured() -> bool {
    let asked = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !asked("NO_COLOR") && (asked("CLICOLOR_FORCE") || io::stderr().is_terminal())
}

/// A line on the terminal that says what is being waited for, from half a second on. Gone when it is dropped.
pub struct Progress {
    ended: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to wait for `what`.
    pub fn new(what: impl Into<String>) -> Progress {
        if !io::stderr().is_terminal() {
            return Progress { ended: None };
        }
        let what = what.into();
        let (sender, receiver) = channel::<()>();
        let line = std::thread::spawn(move || {
            if receiver.recv_timeout(Duration::from_millis(500)).is_ok() {
                return;
            }
            let bar = ProgressBar::new_spinner().with_message(what);
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            let _ = receiver.recv();
            bar.finish_and_clear();
        });
        Progress { ended: Some((sender, line)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, line)) = self.ended.take() {
            let _ = sender.send(());
            let _ = line.join();
        }
    }
}
