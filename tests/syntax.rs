//! What is Python and what is not: CPython's words and places, versions, limits, comments.

use aio2rust::diag::Diagnostics;
use aio2rust::source::{FileId, SourceFile};
use aio2rust::syntax::{ParseOptions, PythonVersion, Syntax, parse};

fn read(text: &str, python: Option<u8>) -> (Syntax, Vec<String>) {
    let file = SourceFile::new(FileId(0), "test.py", "__main__", text);
    let mut diags = Diagnostics::default();
    let options = ParseOptions { python: python.map(|minor| PythonVersion { minor }) };
    let syntax = parse(&file, &options, &mut diags);
    let found = diags.sorted().into_iter().map(|finding| {
        let (line, column) = finding.span().map_or((0, 0), |span| file.line_column(span.start));
        format!("{} {line}:{column} {}", finding.rule.code, finding.title)
    });
    (syntax, found.collect())
}

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

/// Every file of `tests/bad` is refused as CPython 3.13 refuses it: `expected.tsv` holds line, column and message.
#[test]
fn broken_files() {
    let table = std::fs::read_to_string(folder().join("expected.tsv")).expect("the table is there");
    let mut wrong = Vec::new();
    for row in table.lines() {
        let [name, line, column, message] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("bad row {row}") };
        let text = std::fs::read_to_string(folder().join(format!("{name}.py"))).expect("the file is there");
        let expected = format!("AIO001 {line}:{column} {message}");
        let found = read(&text, None).1;
        if found.first() != Some(&expected) {
            wrong.push(format!("{name}: expected {expected}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let files = std::fs::read_dir(folder()).expect("the folder is there").count();
    assert_eq!(files, table.lines().count() + 1, "each file has a row");
}

/// The newest Python that reads a file is the one it is taken for.
#[test]
fn versions() {
    let cases = [
        ("x = 1\n", 13),
        ("asyncio.async(f())\n", 6),
        ("from asyncio import async\n", 6),
        ("def f(async=1, *, await=2): pass\nasync = await = 3\n", 6),
        ("async def f():\n    await x\nasync = 1\n", 6),
        ("f((a)=1)\n", 7),
        ("x = [(yield) for y in z]\n", 7),
        ("def f():\n    return [(yield) for y in z]\n", 7),
        ("async def f():\n    [await x async for x in y]\n", 13),
        ("x = 'a' f'{b['c']}' f'{d!r:>{w}}' f'{e=}'\n", 13),
        ("print(f'''{\n  # comment\n  a:{'x'}\n}''')\n", 13),
        ("match = 1\nmatch[0]: int\nmatch(x)\ntype = case = _ = 2\ntype: int = 3\n", 13),
        ("ℌ = 1\n", 13),
        ("x = 1 if 1else 2\n", 13),
        ("\\\n", 7),
        ("", 13),
        ("\x0cx = 1\n", 13),
        ("if x:\n  y\n\t\n# c\n  z", 13),
    ];
    for (text, newest) in cases {
        let (syntax, found) = read(text, None);
        assert_eq!((found, syntax.python.minor), (Vec::new(), newest), "{text}");
    }
}

/// A file must be read by the Python that is named.
#[test]
fn named_versions() {
    let cases = [
        ("(x := 1)\n", 7, "AIO001 1:2 Assignment expressions are only supported in Python 3.8 and greater"),
        (
            "match x:\n    case 1: pass\n",
            9,
            "AIO001 1:1 `match` statements are only supported in Python 3.10 and greater",
        ),
        ("x = f'{a}'\n", 5, "AIO001 1:5 F-strings are only supported in Python 3.6 and greater"),
        ("async = 1\n", 8, "AIO001 1:7 invalid syntax"),
    ];
    for (text, python, expected) in cases {
        assert_eq!(read(text, Some(python)).1, [expected], "{text}");
    }
    assert_eq!(read("async = 1\n", Some(5)).1, Vec::<String>::new());
}

#[test]
fn names_are_normalised() {
    let (syntax, _) = read("ℌ = 1\n", None);
    assert!(format!("{:?}", syntax.suite).contains("\"H\""));
}

#[test]
fn lone_surrogates_are_not_translated() {
    let expected = ["AIO500 1:6 a lone surrogate in a string is not translated"];
    assert_eq!(read("x = '\\ud800'\n", None).1, expected);
    assert_eq!(read("x = b'\\ud800' + r'\\ud800'.encode()\n", None).1, Vec::<String>::new());
}

/// Deep and long input neither overflows a stack of 2 MB nor takes long.
#[test]
fn deep_input() {
    let many = 100_000;
    let cases = [
        ("(".repeat(many) + &")".repeat(many), "too many nested parentheses"),
        (["1"].repeat(many).join("+"), "too deeply"),
        (["1"].repeat(many).join("**"), "too deeply"),
        (format!("x{}", ".a".repeat(many)), "too deeply"),
        (format!("x{}", "()".repeat(many)), "too deeply"),
        ("not ".repeat(many) + "x", "too deeply"),
        ("-".repeat(many) + "x", "too deeply"),
        ("lambda: ".repeat(many) + "x", "too deeply"),
        ("1 if 2 else ".repeat(many) + "3", "too deeply"),
        ("if a: pass\n".to_owned() + &"elif b: pass\n".repeat(many), "chain of `elif` is too long"),
        ("f'{".repeat(many), "too many nested f-strings"),
        ("[".repeat(150) + &"1+".repeat(900) + "1" + &"]".repeat(150), ""),
        (
            (0..99).map(|depth| " ".repeat(depth) + "if x:\n").collect::<String>()
                + &" ".repeat(99)
                + &"(".repeat(190)
                + "1"
                + &")".repeat(190),
            "",
        ),
        (["x"].repeat(many).join(" and "), ""),
        ("x;".repeat(many), ""),
        ("return\n".repeat(many), "'return' outside function"),
    ];
    let work = move || {
        for (text, expected) in cases {
            let (syntax, found) = read(&(text + "\n"), None);
            let first = found.first().map_or("", String::as_str);
            assert!(first.contains(expected) || expected.is_empty(), "{expected}: {first}");
            drop(syntax);
        }
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(work).expect("a thread starts");
    thread.join().expect("no stack overflows");
}

#[test]
fn comments_and_blank_lines() {
    let text = "# head\n\nx = 1  # one\n\n# two\ny = [  # open\n    1,\n]\nif x:  # test\n    y\n    # last\n# after\nz\n# end\n";
    let (syntax, _) = read(text, None);
    let at = |needle: &str| text.find(needle).expect("it is there") as u32;
    let mut cursor = syntax.trivia.cursor();
    let texts =
        |above: aio2rust::syntax::Above| -> Vec<String> { above.comments.into_iter().map(|(_, text)| text).collect() };
    assert_eq!(texts(cursor.take(at("x = 1"), at("x = 1") + 5)), [" head", " one"]);
    let second = cursor.take(at("y = ["), at("]"));
    assert!(second.blank_before);
    assert_eq!(texts(second), [" two", " open"]);
    assert_eq!(texts(cursor.take(at("if x"), at(":  # test"))), [" test"]);
    let inner = at("    y\n") + 4;
    assert_eq!(texts(cursor.take(inner, inner + 1)), Vec::<String>::new());
    assert_eq!(texts(cursor.take_block_end(inner, inner + 1)), [" last"]);
    assert_eq!(texts(cursor.take(at("z\n"), at("z\n") + 1)), [" after"]);
    assert_eq!(texts(cursor.take_before(u32::MAX)), [" end"]);
}
