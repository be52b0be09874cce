//! Programs through the whole tool: odd input, caches, packages, signals.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

mod tool;

use tool::{Tool, closed_pipe, ran};

#[test]
fn an_empty_file_runs_and_prints_nothing() {
    let tool = Tool::new();
    tool.write("empty.py", "");
    let ran = tool.run(&["run", "empty.py"]).ends(0, &[]);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

#[test]
fn codings_and_line_ends() {
    let cases: [(&str, &[u8], &str); 5] = [
        ("BOM", b"\xef\xbb\xbfprint('\xc3\xa9')\n", "é\n"),
        ("PEP 263", b"#!/usr/bin/python\n# -*- coding: latin-1 -*-\nprint('\xe9')\n", "é\n"),
        ("CRLF", b"x = '''a\r\nb'''\r\nprint(len(x))\r\nif x:\r\n    print(x[0])\r\n", "3\na\n"),
        ("form feed", b"print(1)\n\x0c\nprint(2)\n", "1\n2\n"),
        ("names", "größe = 3\nprint(größe)\n".as_bytes(), "3\n"),
    ];
    for (what, source, expected) in cases {
        let tool = Tool::new();
        tool.write("odd.py", source);
        let ran = tool.run(&["run", "odd.py"]).ends(0, &[]);
        assert_eq!(ran.stdout, expected, "{what}");
    }
}

#[test]
fn the_program_has_stdin_arguments_and_exit_status() {
    let tool = Tool::new();
    tool.write("p.py", "import sys\nname = input()\nprint(name, sys.argv)\nsys.exit(7)\n");
    let ran = tool.with_stdin(&["run", "p.py", "-o", "--force", "x"], b"Ada\n").ends(7, &[]);
    assert_eq!(ran.stdout, "Ada ['p.py', '-o', '--force', 'x']\n");
    assert_eq!(ran.stderr, "");
}

#[test]
fn stdin_is_converted_to_stdout() {
    let tool = Tool::new();
    let ran = tool.with_stdin(&["convert", "-"], b"print(\"hi\")\n").ends(0, &[]);
    assert!(ran.stdout.contains("fn main() -> ExitCode") && !ran.stdout.contains("include_str!"), "{}", ran.stdout);
    tool.write("a.py", "print(\"hi\")\n");
    let file = tool.run(&["convert", "a.py"]).ends(0, &[]);
    assert!(file.stdout.starts_with("// a.py\n"), "{}", file.stdout);
}

#[test]
fn an_edited_program_is_built_again_and_its_imports_count() {
    let tool = Tool::new();
    tool.write("main.py", "import helper\nprint(helper.word())\n")
        .write("helper.py", "def word():\n    return 'one'\n");
    assert_eq!(tool.run(&["run", "main.py"]).ends(0, &[]).stdout, "one\n");
    assert_eq!(tool.run(&["run", "main.py"]).ends(0, &[]).stdout, "one\n");
    tool.write("helper.py", "def word():\n    return 'two'\n");
    assert_eq!(tool.run(&["run", "main.py"]).ends(0, &[]).stdout, "two\n");
    tool.run(&["convert", "main.py"]).refuses(2, &["-o DIR"]);
}

#[test]
fn programs_of_one_name_are_kept_apart() {
    let tool = Tool::new();
    tool.write("a/main.py", "print('a')\n").write("b/main.py", "print('b')\n");
    for name in ["a", "b", "a"] {
        assert_eq!(tool.run(&["run", &format!("{name}/main.py")]).ends(0, &[]).stdout, format!("{name}\n"));
    }
}

#[test]
fn the_package_builds_and_edits_are_kept() {
    let tool = Tool::new();
    tool.write("hello.py", "print('one')\n");
    tool.run(&["convert", "hello.py", "-o", "out"]).ends(0, &[]);
    tool.run(&["convert", "hello.py", "-o", "out", "--check"]).ends(0, &[]);
    let cargo = || {
        let mut command = Command::new("cargo");
        command.args(["run", "--quiet", "--locked"]).current_dir(tool.path().join("out")).stdin(Stdio::null());
        ran(command
            .env("CARGO_TARGET_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/package"))
            .output()
            .expect("cargo runs"))
    };
    let built = cargo().ends(0, &[]);
    assert_eq!((built.stdout.as_str(), built.stderr.as_str()), ("one\n", ""));

    tool.write("hello.py", "print('two')\n");
    tool.run(&["convert", "hello.py", "-o", "out", "--check"]).ends(1, &["out/src/main.rs is out of date"]);
    tool.run(&["convert", "hello.py", "-o", "out"]).ends(0, &[]);
    let rust = fs::read_to_string(tool.path().join("out/src/main.rs")).expect("it is written");
    assert!(rust.contains("two"));

    tool.write("out/src/main.rs", rust.replace("two", "mine"));
    tool.run(&["convert", "hello.py", "-o", "out"]).refuses(2, &["edited since it was generated: out/src/main.rs"]);
    assert!(fs::read_to_string(tool.path().join("out/src/main.rs")).is_ok_and(|text| text.contains("mine")));
    tool.run(&["convert", "hello.py", "-o", "out", "--force"]).ends(0, &[]);
    assert!(fs::read_to_string(tool.path().join("out/src/main.rs")).is_ok_and(|text| text.contains("two")));
}

#[test]
fn a_built_binary_stands_alone() {
    let tool = Tool::new();
    tool.write("hello.py", "print('hi')\n");
    tool.run(&["build", "hello.py", "-o", "bin"]).ends(0, &[]);
    let ran = ran(Command::new(tool.path().join("bin")).env_clear().output().expect("it runs"));
    assert_eq!(ran.ends(0, &[]).stdout, "hi\n");
}

#[cfg(unix)]
#[test]
fn a_program_whose_reader_went_away_gets_a_broken_pipe() {
    let tool = Tool::new();
    tool.write("p.py", "for i in range(100000):\n    print(i)\n");
    tool.run(&["build", "p.py", "-o", "bin"]).ends(0, &[]);
    let output = tool.command(&["run", "p.py"]).stdout(closed_pipe()).output().expect("the tool can be started");
    let ran = ran(output);
    assert!(ran.stderr.contains("BrokenPipeError: [Errno 32] Broken pipe"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("panic"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_keyboard_interrupt() {
    let tool = Tool::new();
    tool.write(
        "p.py",
        "import time\ntry:\n    print('ready', flush=True)\n    time.sleep(60)\nfinally:\n    print('clean')\n",
    );
    tool.run(&["build", "p.py", "-o", "bin"]).ends(0, &[]);
    let interrupt = |mut command: Command| {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut stdout = child.stdout.take().expect("stdout is a pipe");
        let mut ready = [0; 6];
        stdout.read_exact(&mut ready).expect("it prints");
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it lives");
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).expect("UTF-8");
        assert_eq!(rest, "clean\n");
        let output = child.wait_with_output().expect("it ends");
        assert!(String::from_utf8_lossy(&output.stderr).contains("KeyboardInterrupt"));
        output.status
    };
    assert_eq!(interrupt(tool.command(&["run", "p.py"])).code(), Some(130));
    let status = interrupt(Command::new(tool.path().join("bin")));
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(2));
}

#[test]
fn check_and_dump_write_nothing() {
    let tool = Tool::new();
    tool.write("a.py", "async def f(x):\n    return x + 1\n\n\nimport asyncio\nprint(asyncio.run(f(1)))\n");
    let checked = tool.run(&["check", "a.py"]).ends(0, &[]);
    assert!(checked.stdout.contains("100.0% typed"), "{}", checked.stdout);
    assert!(tool.run(&["dump", "hir", "a.py"]).ends(0, &[]).stdout.contains('f'));
    assert!(tool.run(&["dump", "types", "a.py"]).ends(0, &[]).stdout.contains('f'));
    assert_eq!(fs::read_dir(tool.path()).map(Iterator::count).ok(), Some(1));
}

#[test]
fn a_bad_import_is_reported_where_it_is() {
    let tool = Tool::new();
    tool.write("main.py", "import helper\nprint(helper)\n").write("helper.py", "x = = 1\n");
    tool.run(&["run", "main.py"]).refuses(1, &["helper.py:1:5"]);
}

#[test]
fn verify_compares_with_cpython() {
    let tool = Tool::new();
    tool.write("p.py", "import asyncio\n\nasync def main():\n    await asyncio.sleep(3600)\n    print(input())\n\nasyncio.run(main())\n");
    let ran = tool.with_stdin(&["verify", "p.py"], b"word\n");
    if ran.stderr.contains("no CPython") {
        return; // A contributor needs none.
    }
    let ran = ran.ends(0, &[]);
    assert!(
        ran.stdout.starts_with("the same as CPython 3.") && ran.stdout.ends_with(": 1 line, exit status 0\n"),
        "{}",
        ran.stdout
    );
    tool.write("id.py", "print(1)\nprint(id([]))\n");
    let ran = tool.run(&["verify", "id.py"]).ends(1, &[]);
    assert!(ran.stdout.starts_with("line 2 of stdout differs\n  CPython 3."), "{}", ran.stdout);
    tool.run(&["verify", "--python", "true", "p.py"]).refuses(2, &["`true` is not a CPython 3"]);
}
