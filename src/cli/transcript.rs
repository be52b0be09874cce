//! What a program did: output, errors, exit status; and the first line in which two differ.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a program did.
#[derive(Debug)]
pub struct Transcript {
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
    /// Exit status, 128 + signal for one that a signal ended.
    pub status: u8,
}

/// The first difference of two transcripts.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// `line 3 of stdout`.
    pub place: String,
    /// What the first has there.
    pub first: String,
    /// What the second has there.
    pub second: String,
}

impl Transcript {
    /// The first difference; standard errors are normalised before.
    pub fn difference(&self, other: &Transcript, program: &Frames) -> Option<Difference> {
        let errors =
            |transcript: &Transcript| program.normalise(&String::from_utf8_lossy(&transcript.stderr)).into_bytes();
        first_line("stdout", &self.stdout, &other.stdout).or_else(|| {
            let (first, second) = (errors(self), errors(other));
            let status = (self.status != other.status).then(|| Difference {
                place: "the exit status".to_string(),
                first: self.status.to_string(),
                second: other.status.to_string(),
            });
            // The error's text says more than the status.
            first_line("stderr", &first, &second).or(status)
        })
    }
}

fn first_line(what: &str, first: &[u8], second: &[u8]) -> Option<Difference> {
    if first == second {
        return None;
    }
    let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let (first, second) = (lines(first), lines(second));
    let at = first.iter().zip(&second).take_while(|(one, other)| one == other).count();
    let show = |line: Option<&Vec<u8>>| match line {
        None => "(ended)".to_string(),
        Some(line) => match line.strip_suffix(b"\n") {
            Some(text) => String::from_utf8_lossy(text).into_owned(),
            None => format!("{} (no line end)", String::from_utf8_lossy(line)),
        },
    };
    Some(Difference {
        place: format!("line {} of {what}", at + 1),
        first: show(first.get(at)),
        second: show(second.get(at)),
    })
}

/// The files whose frames are the program's own.
#[derive(Debug, Default)]
pub struct Frames {
    /// Canonical path to the name that is shown.
    files: BTreeMap<PathBuf, String>,
}

impl Frames {
    /// The frames of these files.
    pub fn of(paths: &[String]) -> Frames {
        Frames { files: paths.iter().map(|path| (canonical(path), path.clone())).collect() }
    }

    /// Standard error without what no translation can have: addresses, frames of other files, marks under a line, all
    /// but the first line of a statement.
    fn normalise(&self, text: &str) -> String {
        let mut normal = String::new();
        // Inside a frame: the column of its first line, and whether its source is still to be shown.
        let mut frame: Option<(usize, bool)> = None;
        // Under the oracle what is left at the end goes a little earlier, and CPython says more of it.
        let mut placed = true;
        for line in text.lines() {
            if line == "RuntimeWarning: Enable tracemalloc to get the object allocation traceback" && !placed {
                continue;
            }
            let body = line.trim_start_matches([' ', '|']);
            let indent = line.len() - body.len();
            if let Some((path, rest)) = body.strip_prefix("File \"").and_then(|rest| rest.split_once("\", line "))
                && indent >= 2
            {
                let own = self.own(path);
                frame = Some((indent, own.is_some()));
                if let Some(path) = own {
                    normal.push_str(&format!("{}File \"{path}\", line {rest}\n", &line[..indent]));
                }
                continue;
            }
            match &mut frame {
                Some((column, shown)) if indent > *column => {
                    if !std::mem::take(shown) {
                        continue;
                    }
                }
                _ => frame = None,
            }
            match self.warning(line) {
                Some((warning, is_own)) => {
                    // Its source stands below, indented by two.
                    frame = Some((1, is_own));
                    placed = is_own;
                    normal.push_str(&warning);
                }
                // The oracle and the runtime each say that a program can never go on.
                None => normal.push_str(&without_addresses(
                    line.strip_prefix("oracle: ").unwrap_or(line.strip_prefix("aio2rust: ").unwrap_or(line)),
                )),
            }
            normal.push('\n');
        }
        normal
    }

    /// The name by which a file of the program is shown.
    fn own(&self, path: &str) -> Option<&str> {
        self.files.get(&canonical(path)).map(String::as_str)
    }

    /// `x.py:3: RuntimeWarning: …`, without its place when that is none of the program's; and whether it is.
    fn warning(&self, line: &str) -> Option<(String, bool)> {
        let (place, text) = line.split_once(": ").filter(|(_, text)| text.contains("Warning: "))?;
        let (path, number) = place.rsplit_once(':')?;
        number.parse::<u32>().ok()?;
        Some(match self.own(path) {
            Some(path) => (format!("{path}:{number}: {}", without_addresses(text)), true),
            None => (without_addresses(text), false),
        })
    }
}

fn canonical(path: &str) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| Path::new(path).to_path_buf())
}

/// `0x7f3a…` and the like as `0x…`.
fn without_addresses(line: &str) -> String {
    let mut parts = line.split("0x");
    let mut text = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let digits = part.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')).count();
        let rest = if digits >= 6 { &part[digits..] } else { part };
        text.push_str(if digits >= 6 { "0x…" } else { "0x" });
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Frames, Transcript, without_addresses};

    #[test]
    fn only_the_frames_of_the_program_count() {
        let frames = Frames::of(&["own.py".to_string()]);
        let text = "Traceback (most recent call last):\n  File \"/usr/lib/asyncio/runners.py\", line 1, in run\n    run()\n    ^^^^^\n  \
                    File \"own.py\", line 2, in main\n    fail(x)\n    ~~~~^^^\nValueError: no\n";
        let normal =
            "Traceback (most recent call last):\n  File \"own.py\", line 2, in main\n    fail(x)\nValueError: no\n";
        assert_eq!(frames.normalise(text), normal);
        assert_eq!(frames.normalise(normal), normal);
    }

    #[test]
    fn warnings_have_a_place_only_in_the_program() {
        let frames = Frames::of(&["own.py".to_string()]);
        let text = "own.py:3: RuntimeWarning: coroutine 'f' was never awaited\n  f()\nRuntimeWarning: Enable tracemalloc\n\
                    /lib/asyncio/events.py:8: RuntimeWarning: coroutine 'g' was never awaited\n  self._run()\nend\n";
        let normal = "own.py:3: RuntimeWarning: coroutine 'f' was never awaited\n  f()\nRuntimeWarning: Enable tracemalloc\n\
                      RuntimeWarning: coroutine 'g' was never awaited\nend\n";
        assert_eq!(frames.normalise(text), normal);
    }

    #[test]
    fn addresses_do_not_count() {
        assert_eq!(without_addresses("<object at 0x7f00deadbeef> 0x1f"), "<object at 0x…> 0x1f");
    }

    #[test]
    fn the_first_line_that_differs_is_shown() {
        let of = |stdout: &str, status| Transcript { stdout: stdout.into(), stderr: Vec::new(), status };
        let difference =
            of("a\nb\n", 0).difference(&of("a\nc\n", 0), &Frames::default()).map(|d| (d.place, d.first, d.second));
        assert_eq!(difference, Some(("line 2 of stdout".into(), "b".into(), "c".into())));
        let difference = of("a\n", 0).difference(&of("a\n", 1), &Frames::default()).map(|d| d.place);
        assert_eq!(difference.as_deref(), Some("the exit status"));
        assert_eq!(of("a\n", 0).difference(&of("a\n", 0), &Frames::default()), None);
    }
}
