//! The command line: the only place that reads arguments, touches files and prints.

use std::panic;
use std::process::ExitCode;
use std::thread;

use clap::{CommandFactory, Parser};

mod args;
mod cache;
mod check;
mod compile;
mod convert;
mod disk;
mod failure;
mod findings;
mod inputs;
mod linemap;
mod lockfile;
mod output;
mod package;
mod program;
mod python;
mod run;
mod runtime;
mod show;
mod signals;
mod stdin;
mod toolchain;
mod transcript;
mod verify;

use crate::guard;
use args::{Cli, Command};
use failure::Failure;

/// Programs nest as deep as CPython allows, and the translator's recursion follows them. Only what is used takes memory.
const STACKS: [usize; 3] = [1 << 30, 1 << 28, 1 << 24];

/// Does what the arguments ask for; the exit status.
pub fn main() -> ExitCode {
    panic::set_hook(Box::new(|panic| {
        if guard::is_active() {
            return;
        }
        let place = panic.location().map_or(String::new(), |place| format!(" (at {}:{})", place.file(), place.line()));
        let text = panic.payload_as_str().unwrap_or("panic");
        output::say(&failure::defect(&format!("{text}{place}")));
    }));
    let thread = STACKS.into_iter().find_map(|size| thread::Builder::new().stack_size(size).spawn(status).ok());
    let status = match thread {
        Some(thread) => thread.join().unwrap_or(101),
        None => status(),
    };
    ExitCode::from(status)
}

/// Runs the command; what went wrong is printed.
fn status() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match dispatch(cli.command) {
        Ok(status) => status,
        Err(failure) => {
            if let Some(message) = failure.message() {
                output::say(&message);
            }
            failure.status()
        }
    }
}

fn dispatch(command: Command) -> Result<u8, Failure> {
    if matches!(command, Command::Run(_) | Command::Build(_) | Command::Verify(_)) {
        signals::listen();
    }
    match command {
        Command::Convert(args) => convert::convert(&args),
        Command::Run(args) => run::run(&args),
        Command::Build(args) => run::build(&args),
        Command::Verify(args) => verify::verify(&args),
        Command::Check(args) => check::check(&args),
        Command::Dump(args) => show::dump(&args),
        Command::Rule { rule } => show::rule(rule.as_deref()),
        Command::Clean => clean(),
        Command::Completions { shell } => completions(shell),
    }
}

/// Help and version are results; everything else clap says is an error of usage.
fn usage(error: &clap::Error) -> u8 {
    if error.use_stderr() {
        let _ = error.print();
        return 2;
    }
    match output::result(&error.render().to_string()) {
        Ok(()) => 0,
        Err(failure) => failure.status(),
    }
}

fn clean() -> Result<u8, Failure> {
    let cache = cache::Cache::locate()?;
    let bytes = cache.clean()?;
    output::say(&format!("removed {} MB from {}", bytes >> 20, cache.root().display()));
    Ok(0)
}

fn completions(shell: clap_complete::Shell) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "aio2rust", &mut script);
    output::result(&String::from_utf8_lossy(&script))?;
    Ok(0)
}
