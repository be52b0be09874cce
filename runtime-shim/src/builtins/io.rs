//! `input`.
use std::io::BufRead;

use crate::error::{PyErr, PyResult};
use crate::exception::{EOFError, ExceptionType, OSError};
use crate::io::{flush_stdout, write_stdout};
use crate::object::{Object, str_};
use crate::text::Str;

#[cold]
fn failed(error: &std::io::Error) -> PyErr {
    OSError::new(error.to_string())
}

/// `input()`
#[inline]
pub fn input() -> PyResult<Str> {
    flush_stdout()?;
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line).map_err(|error| failed(&error))?;
    if read == 0 {
        return Err(EOFError::new("EOF when reading a line"));
    }
    if line.ends_with('\n') {
        line.pop();
        if line.ends_with('\r') {
            line.pop();
        }
    }
    Ok(Str::from(line))
}

/// `input(prompt)`
#[inline]
pub fn input_prompt<T: Object + ?Sized>(prompt: &T) -> PyResult<Str> {
    write_stdout(&str_(prompt))?;
    input()
}
