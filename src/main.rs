//! The `aio2rust` command.

fn main() -> std::process::ExitCode {
    aio2rust::cli::main()
}
