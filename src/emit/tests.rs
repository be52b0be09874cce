//! What small programs become: one test for each decision of the forms.

use crate::{Options, Sources, translate};

struct Nothing;

impl Sources for Nothing {
    fn read(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

/// The Rust of a program, from below the imports to above `main`.
fn rust(python: &str) -> String {
    let options = Options { standalone: true, ..Options::default() };
    let translation = translate("app.py", python.as_bytes(), &Nothing, &options);
    let findings: Vec<&str> = translation.diagnostics.sorted().iter().map(|finding| finding.title.as_str()).collect();
    let Some(file) = translation.files.first() else { return format!("refused: {findings:?}") };
    let body = file.text.split_once(";\n\n").map_or(file.text.as_str(), |(_, body)| body);
    body.split("\n\nfn main()").next().unwrap_or(body).to_string()
}

#[track_caller]
fn check(python: &str, lines: &[&str]) {
    let rust = rust(python);
    let mut rest = rust.as_str();
    for line in lines {
        match rest.find(line) {
            Some(at) => rest = &rest[at + line.len()..],
            None => panic!("`{line}` is not there, or not in this place:\n{rust}"),
        }
    }
}

#[test]
fn names_are_bound_where_rust_can_see_it() {
    check(
        "def f(c):\n    if c:\n        x = 1\n    else:\n        x = 2\n    return x\nprint(f(True))\n",
        &["fn f(c: bool) -> i64", "let x"],
    );
    check("n = 0\nwhile n < 3:\n    n += 1\nprint(n)\n", &["let mut n: i64 = 0;", "while n < 3 {", "n += 1;"]);
    check("import time\nx = time.time()\nx = str(x)\nprint(x)\n", &["let x = time::time();", "str_(&x);"]);
}

#[test]
fn a_handle_is_cloned_only_while_it_lives_on() {
    let python = "def f(xs):\n    return len(xs)\nxs = [1]\nprint(f(xs))\nprint(f(xs))\n";
    check(python, &["f(xs.clone())", "f(xs)"]);
}

#[test]
fn one_operation_is_a_match_and_several_are_a_block() {
    check(
        "def f(s):\n    try:\n        return int(s)\n    except ValueError:\n        return 0\nprint(f('1'))\n",
        &["match builtins::int(&s) {", "Ok(value) =>", "Err(e) if e.is::<ValueError>() =>"],
    );
    check(
        "def f(s):\n    try:\n        print(s)\n        print(int(s))\n    except ValueError as error:\n        print(error)\nf('1')\n",
        &[
            "let body = try_(|| {",
            "Ok(())",
            "match body {",
            "Err(error) if error.is::<ValueError>() => println!(\"{error}\"),",
        ],
    );
}

#[test]
fn what_finally_says_stands_between_outcome_and_use() {
    let python = "import asyncio\nasync def f():\n    try:\n        await asyncio.sleep(1)\n        return 1\n    finally:\n        print('done')\nasyncio.run(f())\n";
    check(python, &["let body = attempt(async {", "let outcome = body.await;", "println!(\"done\");", "outcome"]);
}

#[test]
fn comments_docstrings_and_blank_lines_are_kept() {
    let python =
        "def f():\n    \"\"\"Says hello.\"\"\"\n    # first\n    print('a')\n\n    # second\n    print('b')\nf()\n";
    check(python, &["/// Says hello.", "// first\n", "println!(\"a\");\n\n    // second\n", "println!(\"b\");"]);
}

#[test]
fn text_goes_into_one_format_string() {
    check(
        "a = 'x'\nb = 2.5\nprint(f'{a}: {b:.1f}', '%s!' % a, sep='-')\n",
        &["println!(\"{a}: {:.1}-{a}!\", py(&b));"],
    );
}

#[test]
fn keyword_arguments_are_evaluated_as_python_does() {
    let python = "def g():\n    print('g')\n    return 1\ndef f(a, b):\n    return a - b\nprint(f(b=g(), a=g()))\n";
    check(python, &["let b = g();", "let a = g();", "f(a, b)"]);
}

#[test]
fn a_generator_expression_is_lazy() {
    check("print(sum(n * n for n in range(5)))\n", &["builtins::sum(&lazy((0..5", ".map(|n| n * n)"]);
}
