//! Python's frames in a native stack: read from the standard library's symbolised backtrace.
use std::backtrace::Backtrace;

use super::line_map;

/// A line of a traceback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) path: &'static str,
    pub(super) line: u32,
    pub(super) function: &'static str,
    pub(super) text: &'static str,
}

/// A task's step begins here: what is below is the loop, and whoever runs that.
const BOUNDARY: &str = "task_boundary";

/// What calls a closure around a call: `loop.call_soon(f, a)` is `call_soon(move || f(a))`.
const CARRIED: &str = "carried_call";

/// Calls such a closure, by a name that tracebacks know.
#[inline(never)]
pub(crate) fn carried_call<R>(call: impl FnOnce() -> R) -> R {
    std::hint::black_box(call())
}

/// Python's frames, the outermost first, from the innermost task boundary on.
pub(super) fn of(stack: &Backtrace) -> Vec<Frame> {
    let text = format!("{stack:?}");
    let mut frames: Vec<Frame> = Vec::new();
    let mut inner: Option<usize> = None;
    // The last frame is a closure that was pushed: not a function of the program.
    let mut is_closure = false;
    for symbol in symbols(&text) {
        if symbol.name.contains(BOUNDARY) {
            break;
        }
        if symbol.name.contains(CARRIED) && std::mem::take(&mut is_closure) {
            // The closure only carries the arguments of a call.
            frames.pop();
        }
        let Some((path, line)) = symbol.place.and_then(|(file, line)| line_map::find(file, line)) else { continue };
        let depth = closures(symbol.name);
        // A block of a `try`, or a generator's body, is a closure inside its function's: one frame in Python.
        let within = inner.is_some_and(|inner| inner > depth)
            && frames.last().is_some_and(|frame| frame.function == line.function && frame.path == path);
        inner = Some(depth);
        is_closure = !within && symbol.name.ends_with('}');
        if !within {
            frames.push(Frame { path, line: line.python, function: line.function, text: line.text });
        }
    }
    frames.reverse();
    frames
}

/// How many closures a symbol is nested in; a block that was inlined counts as one.
fn closures(name: &str) -> usize {
    let marks = ["{{closure}}", "{closure#", "{async_block", "{async_closure"];
    marks.iter().map(|mark| name.matches(mark).count()).sum()
}

struct Symbol<'a> {
    name: &'a str,
    place: Option<(&'a str, u32)>,
}

/// The entries of a backtrace's debug form: `{ fn: "name", file: "path", line: 12 }`.
fn symbols(text: &str) -> impl Iterator<Item = Symbol<'_>> {
    text.split("{ fn: \"").skip(1).map(|entry| {
        let (name, rest) = entry.split_once('"').unwrap_or((entry, ""));
        let place = rest.split_once("file: \"").and_then(|(_, rest)| {
            let (file, rest) = rest.split_once('"')?;
            let line = rest.split_once("line: ")?.1;
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            Some((file, line[..digits].parse().ok()?))
        });
        Symbol { name, place }
    })
}
