//! What CPython 3.13 gives.

use super::*;

fn message<T>(result: PyResult<T>) -> String {
    result.err().map(|error| format!("{}: {error}", error.class().name())).unwrap_or_default()
}

#[test]
fn paths_are_taken_apart() {
    let cases = [
        ("/a/b.txt", "/a", "b.txt", "/a/b", ".txt"),
        ("a", "", "a", "a", ""),
        ("/", "/", "", "/", ""),
        ("//a", "//", "a", "//a", ""),
        ("/a//b/", "/a//b", "", "/a//b/", ""),
        ("", "", "", "", ""),
        (".bashrc", "", ".bashrc", ".bashrc", ""),
        ("a/..b.c.d", "a", "..b.c.d", "a/..b.c", ".d"),
        ("a.b/c", "a.b", "c", "a.b/c", ""),
    ];
    for (path, dirname, basename, root, extension) in cases {
        assert_eq!(path::split(path), (Str::copy_of(dirname), Str::copy_of(basename)), "{path}");
        assert_eq!(path::splitext(path), (Str::copy_of(root), Str::copy_of(extension)), "{path}");
    }
}

#[test]
fn paths_are_joined_and_cleaned() -> PyResult {
    assert_eq!(path::joined("a", ["b", "c"]), "a/b/c");
    assert_eq!(path::joined("a/", ["/b", ""]), "/b/");
    assert_eq!(path::joined("", ["b"]), "b");
    for (path, clean) in [
        ("", "."),
        ("a//b/../c/.", "a/c"),
        ("../../a", "../../a"),
        ("/..//a", "/a"),
        ("//a", "//a"),
        ("///a", "/a"),
        ("a/..", "."),
        ("./", "."),
    ] {
        assert_eq!(path::normpath(path), clean, "{path}");
    }
    assert_eq!(path::relpath("/a/b/c", "/a/d")?, "../b/c");
    assert_eq!(path::relpath("/a", "/a")?, ".");
    let paths = List::from([Str::from("/usr/lib"), Str::from("/usr/local")]);
    assert_eq!(path::commonprefix(&paths)?, "/usr/l");
    assert_eq!(path::commonpath(&paths)?, "/usr");
    assert_eq!(message(path::relpath("", ".")), "ValueError: no path specified");
    Ok(())
}

#[test]
fn files_come_and_go() -> PyResult {
    let top = std::env::temp_dir().join(format!("aio2rust-os-{}", getpid()));
    let top = text_of(&top);
    makedirs(&path::joined(&top, ["a", "b"]), 0o777, false)?;
    makedirs(&path::joined(&top, ["a", "b"]), 0o777, true)?;
    assert!(path::isdir(&top) && path::exists(&top) && !path::isfile(&top));
    let taken = message(mkdir(&top, 0o777));
    assert_eq!(taken, format!("FileExistsError: [Errno 17] File exists: '{top}'"));
    let missing = path::joined(&top, ["none"]);
    assert_eq!(
        message(remove(&missing)),
        format!("FileNotFoundError: [Errno 2] No such file or directory: '{missing}'")
    );
    assert_eq!(
        message(listdir(&missing)),
        format!("FileNotFoundError: [Errno 2] No such file or directory: '{missing}'")
    );
    let moved = path::joined(&top, ["c"]);
    assert_eq!(
        message(rename(&missing, &moved)),
        format!("FileNotFoundError: [Errno 2] No such file or directory: '{missing}' -> '{moved}'")
    );
    rename(&path::joined(&top, ["a"]), &moved)?;
    assert_eq!(repr(&listdir(&top)?), "['c']");
    assert_eq!(walk(&top).filter(Result::is_ok).count(), 3);
    assert!(message(rmdir(&top)).starts_with("OSError: [Errno 39] Directory not empty"));
    rmdir(&path::joined(&moved, ["b"]))?;
    rmdir(&moved)?;
    rmdir(&top)?;
    assert!(!path::exists(&top));
    Ok(())
}

#[test]
fn the_environment_is_a_mapping() -> PyResult {
    let environ = environ();
    environ.set_item("AIO2RUST_TEST", "1");
    assert_eq!(environ.get_item("AIO2RUST_TEST")?, "1");
    assert_eq!(getenv("AIO2RUST_TEST").as_deref(), Some("1"));
    environ.del_item("AIO2RUST_TEST")?;
    assert_eq!(message(environ.get_item("AIO2RUST_TEST")), "KeyError: 'AIO2RUST_TEST'");
    assert_eq!(getenv_or("AIO2RUST_TEST", "x"), "x");
    Ok(())
}

#[test]
fn random_bytes() -> PyResult {
    assert_eq!(urandom(5)?.len(), 5);
    assert_eq!(message(urandom(-1)), "ValueError: negative argument not allowed");
    Ok(())
}
