//! Every program of `corpus/`: its Rust is as reviewed (`snapshot`), compiles without a warning of rustc or of clippy
//! (`compiles`), and does what CPython recorded (`same_output`). A new `.py` is a new case of each.

mod bundle;

use std::error::Error;
use std::path::Path;

type Outcome = Result<(), Box<dyn Error>>;

/// The Rust and the findings, beside the Python.
fn snapshot(program: &Path) -> Outcome {
    let case = bundle::Case::new(program)?;
    let mut text = format!("# {}\n{}\n", case.name, case.python.trim_end());
    for file in case.translation.files.iter().filter(|file| file.path.ends_with(".rs")) {
        text += &format!("\n// ---- {}\n{}", file.path, file.text);
    }
    let findings = case.findings();
    if !findings.is_empty() {
        text += &format!("\n---- findings\n{findings}");
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(bundle::root().join("tests/snapshots"));
    settings.bind(|| insta::assert_snapshot!(format!("corpus__{}", case.name.replace('/', "__")), text));
    Ok(())
}

/// No error and no warning from rustc, and none from clippy.
fn compiles(program: &Path) -> Outcome {
    let case = bundle::Case::new(program)?;
    let messages = bundle::built()?.messages(&case.name).to_string();
    if messages.is_empty() { Ok(()) } else { Err(messages.into()) }
}

/// Standard output, standard error and exit status, under the virtual clock.
fn same_output(program: &Path) -> Outcome {
    let case = bundle::Case::new(program)?;
    let expected = bundle::Run::recorded(program)?;
    let run = bundle::built()?.run(&case.name, program)?;
    let mut differences = String::new();
    for (what, want, got) in [
        ("stdout", &expected.stdout, &run.stdout),
        ("stderr", &expected.stderr, &run.stderr),
        ("status", &expected.status, &run.status),
    ] {
        if want != got {
            differences += &format!("{what} differs\n--- CPython\n{want}\n--- translated\n{got}\n");
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.into()) }
}

datatest_stable::harness! {
    { test = snapshot, root = "corpus", pattern = r"^[^/]+/[^/]+\.py$" },
    { test = compiles, root = "corpus", pattern = r"^[^/]+/[^/]+\.py$" },
    { test = same_output, root = "corpus", pattern = r"^[^/]+/[^/]+\.py$" },
}
