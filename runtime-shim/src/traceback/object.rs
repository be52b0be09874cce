//! `e.__traceback__`: where an exception has been, from the frame on that caught it.
use std::backtrace::Backtrace;

use super::{Capture, Frame, frames_of_error, write_frames};
use crate::prelude::*;

/// `types.TracebackType`
#[derive(Clone)]
pub struct Traceback(PyErr);

impl PyErr {
    /// `e.__traceback__`
    pub fn traceback(&self) -> Option<Traceback> {
        self.trace().map(|_| Traceback(self.clone()))
    }
}

impl Traceback {
    fn frames(&self) -> Vec<Frame> {
        let here = Capture(Some(Rc::new(Backtrace::force_capture()))).frames();
        let mut frames = frames_of_error(&self.0);
        let start = here.iter().position(|frame| frames.first() == Some(frame)).unwrap_or(here.len());
        let shared = frames.iter().zip(&here[start..]).take_while(|(own, here)| own == here).count();
        frames.drain(..shared);
        frames
    }

    /// `tb.tb_lineno`
    pub fn tb_lineno(&self) -> i64 {
        self.frames().first().map_or(0, |frame| i64::from(frame.line))
    }
}

fn text(tb: &Option<Traceback>) -> String {
    let mut out = String::new();
    if let Some(tb) = tb {
        write_frames(&tb.frames(), &mut out);
    }
    out
}

/// `traceback.print_tb(tb)`
pub fn print_tb(tb: Option<Traceback>) {
    crate::io::write_stderr(&text(&tb));
}

/// `traceback.print_tb(tb, file=file)`
pub fn print_tb_to(tb: Option<Traceback>, file: &impl crate::io::TextStream) -> PyResult {
    file.write_text(&text(&tb))
}

/// `traceback.format_tb(tb)`
pub fn format_tb(tb: Option<Traceback>) -> List<Str> {
    let text = text(&tb);
    let mut parts: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        match parts.last_mut() {
            Some(last) if line.starts_with("    ") => last.push_str(line),
            _ => parts.push(line.to_owned()),
        }
    }
    parts.into_iter().map(Str::from).collect()
}

impl Object for Traceback {
    fn py_type(&self) -> &'static str {
        "traceback"
    }

    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        write!(out, "<traceback object at {:#x}>", self.0.id())
    }
}

impl Key for Traceback {
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self.0.is_same(&other.0))
    }
}

impl Compare for Traceback {}
