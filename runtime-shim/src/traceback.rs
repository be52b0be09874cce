//! Tracebacks: native stacks, taken where an exception is raised and where it enters an awaiter, printed with Python's lines.
//!
//! The stack of polls *is* the chain of awaits. Only addresses are kept at a raise; they become names when somebody prints.
use std::backtrace::Backtrace;
use std::fmt::Write;
use std::rc::Rc;

pub(crate) mod frame_pointers;
mod frames;
mod line_map;
mod object;
mod stack;

pub(crate) use frames::carried_call;
pub use line_map::set_map;
pub use object::{Traceback, format_tb, print_tb, print_tb_to};

use crate::asyncio::CancelledError;
use crate::error::PyErr;
use crate::exception::BaseExceptionGroup;
use frames::Frame;

/// A native stack.
#[derive(Clone)]
pub struct Capture(Option<Rc<Backtrace>>);

impl Capture {
    /// The stack of here and now.
    #[cold]
    #[inline(never)]
    pub fn now() -> Capture {
        Capture(stack::take())
    }

    /// Python's frames, the outermost first.
    fn frames(&self) -> Vec<Frame> {
        self.0.as_ref().map(|stack| frames::of(stack)).unwrap_or_default()
    }
}

/// Where an exception has been: the last capture, and how it came there.
pub(crate) struct Trace {
    capture: Capture,
    inner: Option<Rc<Trace>>,
    /// The task whose stack it is; none is 0.
    task: usize,
}

impl Trace {
    pub(crate) fn new(capture: Capture, inner: Option<Rc<Trace>>) -> Rc<Trace> {
        let task = crate::asyncio::task::current_id();
        Rc::new(Trace { capture, inner, task })
    }
}

/// The Python line that runs now: `(path, line, source text)`.
pub(crate) fn current_line() -> Option<(&'static str, u32, &'static str)> {
    let frame = Capture(Some(Rc::new(Backtrace::force_capture()))).frames().pop()?;
    Some((frame.path, frame.line, frame.text))
}

/// Where a call of the runtime was made.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) path: &'static str,
    pub(crate) line: u32,
    pub(crate) function: &'static str,
}

/// The place in the program that runs now.
pub(crate) fn place() -> Option<Place> {
    let frame = Capture(Some(Rc::new(Backtrace::force_capture()))).frames().pop()?;
    Some(Place { path: frame.path, line: frame.line, function: frame.function })
}

/// The line that runs now, or that of a caller: 1 is the innermost.
pub(crate) fn line_above(level: i64) -> Option<(&'static str, u32, &'static str)> {
    let frames = Capture(Some(Rc::new(Backtrace::force_capture()))).frames();
    let at = frames.len().checked_sub(usize::try_from(level.max(1)).ok()?)?;
    frames.get(at).map(|frame| (frame.path, frame.line, frame.text))
}

/// The frames that run now, as `traceback.print_stack` shows them.
pub(crate) fn stack() -> String {
    frames_of(&Capture(Some(Rc::new(Backtrace::force_capture()))))
}

/// The Python line at which the innermost task stands.
pub(crate) fn outermost_line() -> Option<(&'static str, u32)> {
    let frames = Capture(Some(Rc::new(Backtrace::force_capture()))).frames();
    frames.first().map(|frame| (frame.path, frame.line))
}

/// The function in which an exception left the loop's call: `got_result() at app.py:3`.
pub(crate) fn origin(error: &PyErr) -> Option<String> {
    let frames = frames_of_error(error);
    let first = frames.first()?;
    let (name, line) = line_map::definition_around(first.path, first.function, first.line)?;
    Some(format!("{name}() at {}:{line}", first.path))
}

pub(crate) use line_map::{definition, is_generator};

fn frames_of_error(error: &PyErr) -> Vec<Frame> {
    let mut all = Vec::new();
    let mut at = error.trace();
    // The stack of the last capture, and whose it is.
    let mut outer: Option<(Vec<Frame>, usize)> = None;
    while let Some(trace) = at {
        let frames = trace.capture.frames();
        let mut from = 0;
        if let Some((outer, task)) = &outer {
            if trace.inner.is_none() && only_made(error, &frames) {
                break;
            }
            // It was caught further in, and raised again.
            if *task == trace.task {
                from = frames.iter().zip(outer).take_while(|(own, of_outer)| own == of_outer).count();
            }
        }
        all.extend_from_slice(&frames[from..]);
        outer = Some((frames, trace.task));
        at = trace.inner.clone();
    }
    all
}

/// Whether an exception that was raised later was only made there: the line calls its class and raises nothing.
fn only_made(error: &PyErr, frames: &[Frame]) -> bool {
    let name = error.class().full_name();
    let name = name.rsplit('.').next().unwrap_or_default();
    frames.last().is_some_and(|frame| !frame.text.contains("raise ") && frame.text.contains(&format!("{name}(")))
}

/// What `traceback.print_exception` prints.
pub fn render(error: &PyErr) -> String {
    let mut printer = Printer::default();
    printer.chain(error, &[]);
    printer.out
}

/// The same for an exception that was caught: from the frame on that caught it.
pub(crate) fn render_caught(error: &PyErr) -> String {
    let here = Capture(Some(Rc::new(Backtrace::force_capture()))).frames();
    let mut printer = Printer::default();
    printer.chain(error, &here);
    printer.out
}

/// `traceback.print_exc()`, `traceback.print_exception(e)`
#[inline]
pub fn print_exc(error: &PyErr) {
    crate::io::write_stderr(&render_caught(error));
}

/// `traceback.print_exc(file=…)`
#[inline]
pub fn print_exc_to(error: &PyErr, file: &impl crate::io::TextStream) -> crate::error::PyResult {
    file.write_text(&render_caught(error))
}

/// `traceback.format_exc()`
#[inline]
pub fn format_exc(error: &PyErr) -> crate::text::Str {
    crate::text::Str::from(render_caught(error))
}

/// `traceback.format_exception(e)`: a line, or a frame, each.
#[inline]
pub fn format_exception(error: &PyErr) -> crate::list::List<crate::text::Str> {
    let text = render_caught(error);
    let mut parts: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        match parts.last_mut() {
            Some(last) if line.starts_with("    ") && last.starts_with("  File") => last.push_str(line),
            _ => parts.push(line.to_owned()),
        }
    }
    crate::list::List::from(parts.into_iter().map(crate::text::Str::from).collect::<Vec<_>>())
}

/// `traceback.format_exception_only(e)`
#[inline]
pub fn format_exception_only(error: &PyErr) -> crate::list::List<crate::text::Str> {
    let mut text = String::new();
    last_lines(error, &mut text);
    crate::list::List::from([crate::text::Str::from(text)])
}

/// `traceback.print_stack()`
#[inline]
pub fn print_stack() {
    crate::io::write_stderr(&stack());
}

/// The frames of a capture, for a report of ours.
pub(crate) fn frames_of(capture: &Capture) -> String {
    let mut out = String::new();
    write_frames(&capture.frames(), &mut out);
    out
}

/// Prints exceptions, and groups of them as trees.
#[derive(Default)]
struct Printer {
    out: String,
    seen: Vec<usize>,
    /// How deep in groups it is.
    depth: usize,
    /// The last ruler of a group is not yet drawn.
    open: bool,
}

impl Printer {
    fn emit(&mut self, text: &str, margin: char) {
        for line in text.lines() {
            if self.depth > 0 {
                let _ = writeln!(self.out, "{}{margin} {line}", " ".repeat(2 * self.depth));
            } else {
                let _ = writeln!(self.out, "{line}");
            }
        }
    }

    /// An exception after what caused it; `made_at` is where a group around it was made.
    fn chain(&mut self, error: &PyErr, made_at: &[Frame]) {
        self.seen.push(error.id());
        let before = match (error.cause(), error.context()) {
            (Some(cause), _) => {
                Some((cause, "\nThe above exception was the direct cause of the following exception:\n\n"))
            }
            (None, Some(context)) if !error.suppress_context() => {
                Some((context, "\nDuring handling of the above exception, another exception occurred:\n\n"))
            }
            _ => None,
        };
        let mut frames = frames_of_error(error);
        if let Some((before, link)) = before
            && !self.seen.contains(&before.id())
        {
            // What it shares lies outside of where it was caught.
            self.chain(&before, &frames);
            self.emit(link, '|');
        }
        // What a member shares with its group lies outside of where it was caught; one that shares all was never raised.
        let start = made_at.iter().position(|of_group| frames.first() == Some(of_group)).unwrap_or(made_at.len());
        let shared = frames.iter().zip(&made_at[start..]).take_while(|(own, of_group)| own == of_group).count();
        frames.drain(..shared);
        if error.is::<BaseExceptionGroup>() {
            self.group(error, &frames, if frames.is_empty() { made_at } else { &frames });
        } else {
            self.body(error, &frames, "Traceback (most recent call last):\n", '|');
        }
    }

    fn body(&mut self, error: &PyErr, frames: &[Frame], head: &str, margin: char) {
        let mut text = String::new();
        // A cancellation is always raised; where, may be the library's business alone.
        if !frames.is_empty() || error.is::<CancelledError>() {
            self.emit(head, margin);
            write_frames(frames, &mut text);
        }
        last_lines(error, &mut text);
        self.emit(&text, '|');
    }

    fn group(&mut self, error: &PyErr, frames: &[Frame], made_at: &[Frame]) {
        let outermost = self.depth == 0;
        if outermost {
            self.depth = 1;
        }
        let margin = if outermost { '+' } else { '|' };
        self.body(error, frames, "Exception Group Traceback (most recent call last):\n", margin);
        let members = error.members();
        for (at, member) in members.iter().enumerate() {
            let last = at + 1 == members.len();
            self.open = last || self.open;
            let indent = " ".repeat(2 * self.depth);
            let start = if at == 0 { "+-" } else { "  " };
            let _ = writeln!(self.out, "{indent}{start}+---------------- {} ----------------", at + 1);
            self.depth += 1;
            self.chain(member, made_at);
            if last && self.open {
                let _ = writeln!(self.out, "{}+------------------------------------", " ".repeat(2 * self.depth));
                self.open = false;
            }
            self.depth -= 1;
        }
        if outermost {
            self.depth = 0;
        }
    }
}

/// `ValueError: message`, and the notes.
fn last_lines(error: &PyErr, out: &mut String) {
    let (name, text) = (error.class().full_name(), error.to_string());
    out.push_str(&name);
    if !text.is_empty() {
        out.push_str(": ");
        out.push_str(&text);
    }
    out.push('\n');
    for note in error.note_texts() {
        out.push_str(&note);
        out.push('\n');
    }
}

/// A frame that repeats is printed three times.
const SHOWN: usize = 3;

fn write_frames(frames: &[Frame], out: &mut String) {
    let mut repeated = 0;
    for (at, frame) in frames.iter().enumerate() {
        repeated = if at > 0 && frames[at - 1] == *frame { repeated + 1 } else { 0 };
        let last = frames.get(at + 1) != Some(frame);
        if repeated < SHOWN {
            let _ = writeln!(out, "  File \"{}\", line {}, in {}", frame.path, frame.line, frame.function);
            if !frame.text.is_empty() {
                let _ = writeln!(out, "    {}", frame.text);
            }
        } else if last {
            let more = repeated + 1 - SHOWN;
            let plural = if more == 1 { "" } else { "s" };
            let _ = writeln!(out, "  [Previous line repeated {more} more time{plural}]");
        }
    }
}

impl std::fmt::Debug for Capture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&frames_of(self))
    }
}
