//! The command line: usage, bad input, exit statuses, what is written where.

use std::fs;

mod tool;

use tool::{Tool, closed_pipe, ran};

// Usage.

#[test]
fn no_command_shows_the_help_and_is_an_error() {
    Tool::new().run(&[]).refuses(2, &["convert", "verify"]);
    Tool::new().run(&["frobnicate"]).refuses(2, &["frobnicate"]);
    let help = Tool::new().run(&["--help"]).ends(0, &[]);
    assert!(help.stdout.contains("Usage: aio2rust"));
    assert!(Tool::new().run(&["--version"]).ends(0, &[]).stdout.starts_with("aio2rust "));
}

#[test]
fn rules_are_explained_and_listed() {
    let tool = Tool::new();
    assert!(tool.run(&["rule", "aio001"]).ends(0, &[]).stdout.starts_with("AIO001 syntax-error (error)"));
    assert!(tool.run(&["rule", "syntax-error"]).ends(0, &[]).stdout.starts_with("AIO001"));
    assert!(tool.run(&["rule"]).ends(0, &[]).stdout.lines().count() > 5);
    tool.run(&["rule", "syntax-eror"]).refuses(2, &["did you mean AIO001 (syntax-error)?"]);
}

#[test]
fn completions_are_made_for_shells() {
    assert!(Tool::new().run(&["completions", "bash"]).ends(0, &[]).stdout.contains("aio2rust"));
    Tool::new().run(&["completions", "cmd"]).refuses(2, &["zsh"]);
}

#[test]
fn only_versions_that_can_be_translated_are_taken() {
    let tool = Tool::new();
    tool.write("a.py", "");
    tool.run(&["convert", "--python-version", "2.7", "a.py"]).refuses(2, &["3.4 to 3.13"]);
    tool.run(&["check", "--python-version", "3.6", "a.py"]).ends(0, &[]);
}

// Bad input: around us.

#[test]
fn no_such_file() {
    for command in ["convert", "check", "run", "build", "verify"] {
        Tool::new().run(&[command, "missing.py"]).refuses(2, &["cannot read `missing.py`: No such file"]);
    }
    Tool::new().run(&["dump", "hir", "missing.py"]).refuses(2, &["missing.py"]);
}

#[test]
fn run_says_that_nothing_was_run() {
    let ran = Tool::new().run(&["run", "missing.py"]).refuses(2, &[]);
    assert_eq!(ran.stderr.lines().last(), Some("aio2rust: refused, nothing was run"));
    let tool = Tool::new();
    tool.write("bad.py", "x = = 1\n");
    let ran = tool.run(&["run", "bad.py"]).refuses(1, &["bad.py:1:5"]);
    assert_eq!(ran.stderr.lines().last(), Some("aio2rust: refused, nothing was run"));
}

#[test]
fn a_folder_without_python() {
    let tool = Tool::new();
    tool.write("empty/readme.txt", "");
    tool.run(&["convert", "empty", "-o", "out"]).refuses(2, &["no Python files in `empty`"]);
    tool.run(&["check", "empty"]).refuses(2, &["no Python files in `empty`"]);
    tool.run(&["run", "empty"]).refuses(2, &["`empty` is a folder"]);
    assert!(!tool.path().join("out").exists());
}

#[test]
fn an_output_folder_that_is_not_ours() {
    let tool = Tool::new();
    tool.write("a.py", "").write("out/precious.txt", "mine");
    tool.run(&["convert", "a.py", "-o", "out"]).refuses(2, &["`out` exists and was not written by aio2rust"]);
    tool.run(&["convert", "a.py", "-o", "out", "--force"]).refuses(2, &["was not written by aio2rust"]);
    tool.run(&["convert", "a.py", "-o", "a.py"]).refuses(2, &["a.py"]);
    assert_eq!(fs::read_dir(tool.path().join("out")).map(Iterator::count).ok(), Some(1));
}

#[test]
fn no_rust_on_the_path() {
    let tool = Tool::new();
    let unique = format!("print({:?})\n", tool.path());
    tool.write("a.py", &unique);
    for (command, nothing) in [("run", "nothing was run"), ("build", "cargo"), ("verify", "cargo")] {
        let mut command = tool.command(&[command, "a.py"]);
        let ran = ran(command.env("PATH", tool.path()).output().expect("the tool can be started"));
        ran.refuses(2, &["no `cargo` on the PATH", nothing]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn no_space_left() {
    let tool = Tool::new();
    let full = fs::File::options().write(true).open("/dev/full").expect("Linux has a full device");
    let output = tool.command(&["rule"]).stdout(full).output().expect("the tool can be started");
    ran(output).ends(2, &["No space left"]);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_the_tool_silently() {
    let tool = Tool::new();
    let output =
        tool.command(&["completions", "bash"]).stdout(closed_pipe()).output().expect("the tool can be started");
    let ran = ran(output).ends(141, &[]);
    assert_eq!(ran.stderr, "");
}

// Bad input: what is wrong in the Python.

#[test]
fn bad_python_is_refused_with_its_place_and_nothing_is_written() {
    let deep = format!("x = {}{}\n", "(".repeat(100_000), ")".repeat(100_000));
    let cases: [(&str, &[u8], &str); 6] = [
        ("syntax", b"def f(:\n    pass\n", "bad.py:1:"),
        ("await outside async", b"def m(x):\n    y = await z(x)\n    return y\n", "bad.py:2:9"),
        ("NUL bytes", b"print(1)\nx = '\0'\n", "bad.py"),
        ("undecodable bytes", b"x = '\xff\xfe'\n", "bad.py"),
        ("unknown coding", b"# -*- coding: klingon -*-\n", "bad.py"),
        ("nesting", deep.as_bytes(), "bad.py:1:"),
    ];
    for (what, source, place) in cases {
        let tool = Tool::new();
        tool.write("bad.py", source);
        eprintln!("{what}");
        tool.run(&["convert", "bad.py"]).refuses(1, &[place]);
        tool.run(&["convert", "bad.py", "-o", "out"]).refuses(1, &[place]);
        tool.run(&["run", "bad.py"]).refuses(1, &[place, "nothing was run"]);
        tool.run(&["verify", "bad.py"]).refuses(2, &[place, "nothing was compared"]);
        assert_eq!(tool.run(&["check", "bad.py"]).status, 1);
        assert!(!tool.path().join("out").exists());
    }
}

#[test]
fn every_file_of_a_folder_is_looked_at() {
    let tool = Tool::new();
    tool.write("src/a.py", "x = = 1\n")
        .write("src/sub/b.py", "def f(:\n")
        .write("src/.venv/c.py", "(")
        .write("src/d.txt", "(");
    let ran = tool.run(&["check", "src"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("a.py:1:5") && ran.stdout.contains("b.py:1:7"), "{}", ran.stdout);
    assert!(ran.stdout.contains("2 files, 2 errors"), "{}", ran.stdout);
}

#[test]
fn findings_as_json() {
    let tool = Tool::new();
    tool.write("bad.py", "x = = 1\n");
    let ran = tool.run(&["check", "--format", "json", "bad.py"]).ends(1, &[]);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["summary"]["findings"]["error"], 1);
    assert_eq!(report["programs"][0]["findings"][0]["code"], "AIO001");
}
