//! Signals while a child works for us: a build dies with us, a program is told and waited for.

use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{io, thread};

/// What a signal means now.
#[derive(Debug)]
enum Phase {
    /// Nothing of ours runs: we end.
    Alone,
    /// A build runs, as the leader of its process group; the folder is what it leaves behind.
    Building { group: u32, scratch: Option<PathBuf> },
    /// The program runs, in our own process group.
    Running { program: u32 },
}

static PHASE: Mutex<Phase> = Mutex::new(Phase::Alone);

fn phase() -> MutexGuard<'static, Phase> {
    PHASE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a tool in a process group of its own, so that a signal to us ends it and all its children. Its stdin is empty.
pub fn build(command: &mut Command, scratch: Option<PathBuf>) -> io::Result<std::process::Output> {
    command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    platform::own_group(command);
    let child = {
        let mut phase = phase();
        let child = command.spawn()?;
        *phase = Phase::Building { group: child.id(), scratch };
        child
    };
    let output = child.wait_with_output();
    *phase() = Phase::Alone;
    output
}

/// Spawns the program; signals that reach us alone are passed on until it is waited for.
pub fn program(command: &mut Command) -> io::Result<Child> {
    let mut phase = phase();
    let child = command.spawn()?;
    *phase = Phase::Running { program: child.id() };
    Ok(child)
}

/// Waits for the program; its exit status, 128 + signal for one that a signal ended.
pub fn wait(mut child: Child) -> io::Result<u8> {
    let status = child.wait();
    *phase() = Phase::Alone;
    Ok(exit_status(status?))
}

/// The status that a shell reports.
pub fn exit_status(status: ExitStatus) -> u8 {
    match (status.code(), platform::signal(status)) {
        (Some(code), _) => code as u8,
        (None, Some(signal)) => 128 + signal as u8,
        (None, None) => 1,
    }
}

/// Listens from now on. Where that fails signals keep their default effect.
pub fn listen() {
    thread::spawn(platform::listen);
}

#[cfg(unix)]
mod platform {
    use std::os::unix::process::{CommandExt, ExitStatusExt};
    use std::process::{Command, ExitStatus};

    use rustix::process::{Pid, Signal, getpgrp, kill_process, kill_process_group};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    use super::{Phase, phase};

    pub fn own_group(command: &mut Command) {
        command.process_group(0);
    }

    pub fn signal(status: ExitStatus) -> Option<i32> {
        status.signal()
    }

    pub fn listen() {
        let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
        for signal in signals.forever() {
            received(signal);
        }
    }

    fn received(signal: i32) {
        let phase = phase();
        match &*phase {
            Phase::Alone => std::process::exit(128 + signal),
            Phase::Building { group, scratch } => {
                if let Some(group) = pid(*group) {
                    let _ = kill_process_group(group, Signal::KILL);
                }
                if let Some(scratch) = scratch {
                    let _ = std::fs::remove_dir_all(scratch);
                }
                std::process::exit(128 + signal);
            }
            Phase::Running { program } => {
                // Ctrl-C reaches everybody in the terminal's foreground group: the program has it already.
                let shared = signal == SIGINT && at_terminal();
                if let (false, Some(program), Some(signal)) = (shared, pid(*program), Signal::from_named_raw(signal)) {
                    let _ = kill_process(program, signal);
                }
            }
        }
    }

    fn pid(id: u32) -> Option<Pid> {
        Pid::from_raw(id as i32)
    }

    fn at_terminal() -> bool {
        rustix::termios::tcgetpgrp(rustix::stdio::stdin()).is_ok_and(|group| group == getpgrp())
    }
}

#[cfg(not(unix))]
mod platform {
    pub fn own_group(_: &mut std::process::Command) {}

    pub fn signal(_: std::process::ExitStatus) -> Option<i32> {
        None
    }

    pub fn listen() {}
}
