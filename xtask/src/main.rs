//! `cargo xtask …`: the project's own chores.

fn main() {
    eprintln!("no task named");
    std::process::exit(2);
}
