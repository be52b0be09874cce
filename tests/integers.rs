//! `--int`: which integers are without bound.

use aio2rust::{IntMode, Options, Sources, translate};

struct Nowhere;

impl Sources for Nowhere {
    fn read(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

const PROGRAM: &str = "\
def twice(n):
    return n + n


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


print(twice(4), factorial(20), 10 ** 2, 123456789012345678901234567890)
";

fn rust(int: IntMode) -> String {
    let options = Options { int, ..Options::default() };
    let translation = translate("p.py", PROGRAM.as_bytes(), &Nowhere, &options);
    let main = translation.files.into_iter().find(|file| file.path == "main.rs");
    main.map(|file| file.text).unwrap_or_default()
}

#[test]
fn by_their_growth() {
    let text = rust(IntMode::Auto);
    assert!(text.contains("fn twice(n: i64) -> i64") && text.contains("fn factorial(n: i64) -> Int"), "{text}");
}

#[test]
fn every_result_of_arithmetic_without_bound() {
    let text = rust(IntMode::Big);
    assert!(
        text.contains("fn twice(n: i64) -> Int") && text.contains("fn factorial(n: i64) -> PyResult<Int>"),
        "{text}"
    );
}

#[test]
fn none_but_those_written_larger() {
    let text = rust(IntMode::I64);
    assert!(text.contains("fn twice(n: i64) -> i64") && text.contains("fn factorial(n: i64) -> i64"), "{text}");
    assert!(text.contains("123456789012345678901234567890"), "{text}");
}
