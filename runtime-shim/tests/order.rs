//! The order of things: each case of `order/` prints here what its Python prints on CPython 3.13 under the virtual clock.
#![cfg(feature = "virtual-clock")]

mod cases;

use std::process::Command;

use aio2rust_runtime::{asyncio, io, println, traceback};

/// Names the case that a child process plays.
const CASE: &str = "AIO2RUST_ORDER_CASE";
/// Written before a case begins: what comes earlier is the test harness's.
const MARK: &str = "-- the case begins --\n";

fn check(name: &str, expected: &str) {
    if std::env::var_os(CASE).is_some() {
        return;
    }
    let program = std::env::current_exe().expect("a test has a path");
    let child = Command::new(program)
        .args(["--exact", "play", "--nocapture"])
        .env(CASE, name)
        .env("AIO2RUST_CLOCK", "virtual")
        .output()
        .expect("the test runs again");
    let out = String::from_utf8_lossy(&child.stdout);
    let out = out.split_once(MARK).map_or(&*out, |(_, case)| case);
    let out = out.split("\ntest result:").next().unwrap_or_default();
    let out: Vec<&str> = out.lines().filter(|line| !line.starts_with("test play ")).collect();
    let expected: Vec<&str> = expected.lines().collect();
    if let Some(at) = (0..out.len().max(expected.len())).find(|&at| out.get(at) != expected.get(at)) {
        let before = at.saturating_sub(4);
        panic!(
            "{name}, line {}:\n  after    {:?}\n  CPython  {:?}\n  here     {:?}\n{}",
            at + 1,
            &out[before..at.min(out.len())],
            expected.get(at),
            out.get(at),
            String::from_utf8_lossy(&child.stderr)
        );
    }
}

/// Plays one case, in a process of its own.
#[test]
fn play() {
    let Ok(case) = std::env::var(CASE) else { return };
    io::write_stdout(MARK).expect("stdout is open");
    let result = match &*case {
        "cancel" => asyncio::run(cases::cancel::main()),
        "generators" => asyncio::run(cases::generators::main()).map(drop),
        "hops" => asyncio::run(cases::hops::main()),
        "locks" => asyncio::run(cases::locks::main()),
        "queues" => asyncio::run(cases::queues::main()),
        "threads" => asyncio::run(cases::threads::main()),
        other => panic!("no case is called {other}"),
    };
    if let Err(error) = result {
        println!("{}", traceback::render(&error));
    }
    io::flush_stdout().expect("stdout is open");
}

#[test]
fn cancel() {
    check("cancel", include_str!("order/cancel.out"));
}

#[test]
fn generators() {
    check("generators", include_str!("order/generators.out"));
}

#[test]
fn hops() {
    check("hops", include_str!("order/hops.out"));
}

#[test]
fn locks() {
    check("locks", include_str!("order/locks.out"));
}

#[test]
fn queues() {
    check("queues", include_str!("order/queues.out"));
}

#[test]
fn threads() {
    check("threads", include_str!("order/threads.out"));
}
