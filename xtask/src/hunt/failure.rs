//! What is wrong with a translation.

use super::oracle::Run;

/// What is wrong with a translation.
#[derive(Debug, Clone)]
pub struct Failure {
    /// `WRONG`, `RUSTC`, …
    pub kind: &'static str,
    /// The same for the same defect, one hopes.
    pub what: String,
    /// What there is to see.
    pub details: String,
    /// All that a refusal names.
    pub errors: Vec<String>,
}

/// What rustc said of a program.
#[derive(Debug, Default, Clone)]
pub struct Said {
    /// It does not compile.
    pub is_error: bool,
    /// The messages.
    pub lines: Vec<String>,
}

impl Said {
    /// As a failure of that kind.
    pub fn failure(&self, kind: &'static str) -> Failure {
        let is_error = |line: &&String| !self.is_error || line.contains(" error");
        let first = self.lines.iter().find(is_error).cloned().unwrap_or_default();
        let what = first.split_once(": ").map_or(first.as_str(), |(_, text)| text);
        Failure {
            kind,
            what: without_names(what),
            errors: Vec::new(),
            details: self.lines[..self.lines.len().min(8)].join("\n"),
        }
    }
}

/// How two runs differ.
pub fn compare(expected: &Run, run: &Run) -> Option<Failure> {
    if expected == run {
        return None;
    }
    let kind = if expected.stdout == run.stdout && expected.status == run.status { "STDERR" } else { "WRONG" };
    let (want, got) = match expected.stdout == run.stdout {
        true => (&expected.stderr, &run.stderr),
        false => (&expected.stdout, &run.stdout),
    };
    let mut details = format!("status {} {}\n", expected.status, run.status);
    let mut what = format!("{} for {}", run.status, expected.status);
    let (mut wanted, mut gotten) = (want.lines(), got.lines());
    loop {
        match (wanted.next(), gotten.next()) {
            (None, None) => break,
            (want, got) if want == got => {}
            (want, got) => {
                details += &format!("  - {}\n  + {}\n", want.unwrap_or("(end)"), got.unwrap_or("(end)"));
                break;
            }
        }
    }
    if kind == "WRONG" {
        details += run.stderr.lines().last().unwrap_or_default();
    }
    if let Some(panic) = run.stderr.lines().find(|line| line.contains("panicked")) {
        what += panic;
    }
    Some(Failure { kind, what: without_names(&what), details, errors: Vec::new() })
}

/// Digits of what is quoted left out, so that equal defects have equal texts.
pub fn without_names(text: &str) -> String {
    let mut shown = String::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '`' => {
                quoted = !quoted;
                shown.push(c);
            }
            _ if quoted && c.is_ascii_digit() => {}
            c => shown.push(c),
        }
    }
    shown.chars().take(170).collect()
}
