//! `cargo xtask …`: the project's own chores.

use std::path::Path;
use std::process::ExitCode;

mod bench_startup;
mod record;

const HELP: &str = "cargo xtask record [FILTER]…   what CPython prints for the programs of corpus/
cargo xtask bench-startup       how long one waits for a program, beside the same on tokio";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the workspace");
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.first().map(String::as_str) {
        Some("record") => record::record(root, &args[1..]),
        Some("bench-startup") => bench_startup::bench_startup(root),
        _ => Err(HELP.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
