//! The `aio2rust` command.

/// A translation is a great many small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    aio2rust::cli::main()
}
