//! Has cargo build again when a stub changes or a new one appears.

fn main() {
    println!("cargo:rerun-if-changed=stubs");
    println!("cargo:rerun-if-changed=build.rs");
}
