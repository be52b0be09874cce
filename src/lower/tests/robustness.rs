//! Whatever parses is lowered: no panic, no comment lost.

use std::path::Path;

use super::lowered;
use crate::diag::Diagnostics;
use crate::hir::dump;
use crate::source::SourceMap;
use crate::syntax::{ParseOptions, parse};

/// The comments of the first file that are not in the dump.
fn missing(files: &SourceMap, dumped: &str) -> Vec<String> {
    let mut found: Vec<&str> = dumped.lines().filter_map(|line| line.trim_start().strip_prefix('#')).collect();
    found.sort_unstable();
    let syntax = parse(&files.files()[0], &ParseOptions::default(), &mut Diagnostics::default());
    let mut missing = Vec::new();
    for comment in syntax.trivia.comments().iter().filter(|_| !syntax.suite.is_empty()) {
        match found.binary_search(&&*comment.text) {
            Ok(at) => {
                found.remove(at);
            }
            Err(_) => missing.push(comment.text.clone()),
        }
    }
    missing
}

fn python_files(folder: &Path, into: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            python_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            into.push(path);
        }
    }
    into.sort();
}

/// Every program of the corpus; `AIO2RUST_PYTHON_FILES` names another folder, CPython's library for example.
#[test]
fn every_program_is_lowered_with_all_its_comments() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = std::env::var("AIO2RUST_PYTHON_FILES").map_or(corpus, Into::into);
    let mut paths = Vec::new();
    python_files(&folder, &mut paths);
    for path in paths {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let (program, files, _) = lowered(&[("__main__", &text)]);
        let missing = missing(&files, &dump::dump(&program, &files));
        assert_eq!(missing, Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn comments_survive_wherever_they_stand() {
    let source = "\
#!/usr/bin/env python
# top
\"\"\"docs\"\"\"  # after docs
import sys  # import
if sys.version_info < (3,):  # folded
    # dead
    x = 1
else:  # live
    # alive
    x = 2  # trailing
    # end of block
# between
@staticmethod  # decorator
# below decorator
def f(a,  # first
      b,  # second
      ):  # colon
    # body
    return [  # open
        a,  # item
    ]  # close
    # end of f
class A:  # class
    # attribute
    x = 1  # after attribute
    def m(self):  # method
        pass  # pass
    # end of class
try:  # try
    f(1, 2)
# before except
except ValueError:  # except
    pass
else:  # else
    pass
finally:  # finally
    pass
    # end of finally
match x:  # match
    # before case
    case 1:  # case
        pass
# last";
    let (program, files, _) = lowered(&[("__main__", source)]);
    assert_eq!(missing(&files, &dump::dump(&program, &files)), Vec::<String>::new());
}

#[test]
fn long_chains_fit_a_small_stack() {
    let sum = format!("x = 0{}\n", " + 1".repeat(900));
    let calls = format!("y = 0\ny = y{}\n", ".a()".repeat(300));
    let elifs = format!("if x: pass\n{}", "elif x: pass\n".repeat(300));
    let source = format!("{sum}{calls}{elifs}");
    let run = std::thread::Builder::new().stack_size(8 << 20).spawn(move || {
        let (program, files, _) = lowered(&[("__main__", &source)]);
        dump::dump(&program, &files).len()
    });
    assert!(run.expect("a thread starts").join().expect("no overflow") > 1000);
}
