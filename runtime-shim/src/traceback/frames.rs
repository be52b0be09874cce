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
    let mut inner: Option<Place> = None;
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
        let Some((file, rust_line)) = symbol.place else { continue };
        let Some((path, line)) = line_map::find(file, rust_line) else { continue };
        let place = Place::new(symbol.name, rust_line);
        // A block of a `try`, or a generator's body, is a closure inside its function's: one frame in Python.
        let within = inner.is_some_and(|inner| inner.is_inside(place))
            && frames.last().is_some_and(|frame| frame.function == line.function && frame.path == path);
        inner = Some(place);
        is_closure = !within && symbol.name.ends_with('}');
        if !within {
            frames.push(Frame { path, line: line.python, function: line.function, text: line.text });
        }
    }
    frames.reverse();
    frames
}

/// Where a symbol stands among the closures of a function.
#[derive(Clone, Copy)]
struct Place {
    /// How many closures it is nested in, by its name.
    depth: usize,
    /// It was inlined: its name is its own part alone.
    is_short: bool,
    /// A closure or a block, not a function.
    is_block: bool,
    /// It is awaited below where it stands.
    is_async: bool,
    line: u32,
}

impl Place {
    fn new(name: &str, line: u32) -> Place {
        let marks = ["{{closure}}", "{closure#", "{async_block", "{async_closure"];
        let depth = marks.iter().map(|mark| name.matches(mark).count()).sum();
        let is_short = name.starts_with('{');
        Place { depth, is_short, is_block: depth > 0, is_async: name.starts_with("{async"), line }
    }

    /// Whether this is a block of the other one, where both are of one function of the program.
    fn is_inside(self, outer: Place) -> bool {
        match self.is_short || outer.is_short {
            true => self.is_block && (self.is_async || outer.line <= self.line),
            false => self.depth > outer.depth,
        }
    }
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
