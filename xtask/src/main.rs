//! `cargo xtask …`: the project's own chores.

use std::path::Path;
use std::process::ExitCode;

mod bench;
mod bench_scale;
mod bench_startup;
mod generate;
mod hunt;
mod random;
mod record;

const HELP: &str = "cargo xtask record [FILTER]…   what CPython prints for the programs of corpus/
cargo xtask docs                the pages of docs/rules/
cargo xtask bench [WORD]…       translated programs beside the same on tokio and on CPython
cargo xtask bench-scale         what each operation costs when the work is twice as much
cargo xtask bench-startup       how long one waits for a program, beside the same on tokio
cargo xtask generate SEED [FEATURE]  a random program, or of one feature alone; with --features the share of programs that have each feature
cargo xtask hunt N [--seed S] [--clippy]  random programs on CPython and translated: prints what differs, keeps it in target/hunt
cargo xtask hunt --each N       the same with N programs of each feature alone
cargo xtask hunt FILE…          the same with programs that exist
cargo xtask reduce FILE         a failing program made small";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the workspace");
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.first().map(String::as_str) {
        Some("record") => record::record(root, &args[1..]),
        Some("docs") => docs(root),
        Some("bench") => bench::bench(root, &args[1..]),
        // What `bench` starts for each run.
        Some("spend") => bench::spend(&args[1..]),
        Some("bench-scale") if args.len() == 1 => bench_scale::bench_scale(root),
        Some("bench-startup") if args.len() == 1 => bench_startup::bench_startup(root),
        Some("generate") if args.len() == 2 && args[1] == "--features" => {
            for (name, share) in generate::shares(500) {
                println!("{share:6.1}%  {name}");
            }
            Ok(())
        }
        Some("generate") if matches!(args.len(), 2 | 3) => generated(&args[1], args.get(2)),
        Some("hunt") => hunt::hunt(root, &args[1..]),
        Some("reduce") if args.len() == 2 => hunt::reduce::reduce(root, &args[1]),
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

/// Prints a random program, or one of a feature.
fn generated(seed: &str, feature: Option<&String>) -> Result<(), Box<dyn std::error::Error>> {
    let seed = seed.parse().map_err(|_| format!("`{seed}` is no number"))?;
    if let Some(feature) = feature
        && !generate::names().contains(&feature.as_str())
    {
        return Err(format!("no feature is called `{feature}`: generate --features lists them").into());
    }
    let program = match feature {
        Some(feature) => generate::program_of(seed, Some(feature)),
        None => generate::program(seed),
    };
    print!("{program}");
    Ok(())
}

/// The test that compares the pages with the catalogue writes them when it is asked to.
fn docs(root: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let done = std::process::Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--test", "rules"])
        .env("AIO2RUST_UPDATE", "1")
        .current_dir(root)
        .status()?;
    if done.success() { Ok(()) } else { Err("the pages could not be written".into()) }
}
