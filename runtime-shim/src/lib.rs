//! What programs translated by aio2rust link to.
#![cfg_attr(not(feature = "runtime"), allow(unused))]

#[cfg(feature = "runtime")]
pub mod argparse;
#[cfg(feature = "runtime")]
pub mod async_generator;
#[cfg(feature = "runtime")]
pub mod asyncio;
#[cfg(feature = "runtime")]
pub mod atexit;
#[cfg(feature = "runtime")]
pub mod base64;
#[cfg(feature = "runtime")]
pub mod binascii;
#[cfg(feature = "runtime")]
pub mod bisect;
#[cfg(feature = "runtime")]
pub mod builtins;
#[cfg(feature = "runtime")]
pub mod calendar;
#[cfg(feature = "runtime")]
pub mod cell;
#[cfg(feature = "runtime")]
pub mod class_object;
#[cfg(feature = "runtime")]
pub mod clock;
#[cfg(feature = "runtime")]
pub mod collections;
#[cfg(feature = "runtime")]
pub mod concurrent;
#[cfg(feature = "runtime")]
pub mod contextlib;
#[cfg(feature = "runtime")]
pub mod contextvars;
#[cfg(feature = "runtime")]
pub mod copy;
#[cfg(feature = "runtime")]
pub mod coroutine;
#[cfg(feature = "runtime")]
pub mod dataclasses;
#[cfg(feature = "runtime")]
pub mod datetime;
#[cfg(feature = "runtime")]
pub mod dict;
#[cfg(feature = "runtime")]
mod entropy;
#[cfg(feature = "runtime")]
pub mod errno;
#[cfg(feature = "runtime")]
pub mod error;
#[cfg(feature = "runtime")]
mod error_object;
#[cfg(feature = "runtime")]
pub mod escape;
#[cfg(feature = "runtime")]
pub mod exception;
#[cfg(feature = "runtime")]
pub mod exit;
#[cfg(feature = "runtime")]
pub mod flow;
#[cfg(feature = "runtime")]
pub mod fnmatch;
#[cfg(feature = "runtime")]
pub mod function;
#[cfg(feature = "runtime")]
pub mod functools;
#[cfg(feature = "runtime")]
pub mod gc;
#[cfg(feature = "runtime")]
pub mod generator;
#[cfg(feature = "runtime")]
pub mod glob;
#[cfg(feature = "runtime")]
pub mod global;
#[cfg(feature = "runtime")]
pub mod handled;
#[cfg(feature = "runtime")]
mod handles;
#[cfg(feature = "runtime")]
pub mod hashlib;
#[cfg(feature = "runtime")]
pub mod heapq;
#[cfg(feature = "runtime")]
pub mod hmac;
#[cfg(feature = "runtime")]
pub mod html;
#[cfg(feature = "runtime")]
mod identity;
#[cfg(feature = "runtime")]
pub mod io;
#[cfg(feature = "runtime")]
pub mod iter;
#[cfg(feature = "runtime")]
pub mod itertools;
#[cfg(feature = "runtime")]
pub mod json;
#[cfg(feature = "runtime")]
pub mod keyword;
#[cfg(feature = "runtime")]
pub mod list;
#[cfg(feature = "runtime")]
mod lock;
#[cfg(feature = "runtime")]
pub mod logging;
#[cfg(feature = "runtime")]
pub mod lookup;
#[cfg(feature = "runtime")]
pub mod math;
#[cfg(feature = "runtime")]
mod memory;
#[cfg(feature = "runtime")]
mod never;
#[cfg(feature = "runtime")]
pub mod number;
#[cfg(feature = "runtime")]
pub mod object;
#[cfg(feature = "runtime")]
mod opaque;
#[cfg(feature = "runtime")]
pub mod option;
#[cfg(feature = "runtime")]
pub mod os;
#[cfg(feature = "runtime")]
pub mod outcome;
#[cfg(feature = "runtime")]
pub mod parameters;
#[cfg(feature = "runtime")]
pub mod pathlib;
#[cfg(feature = "runtime")]
mod peek;
#[cfg(feature = "runtime")]
pub mod platform;
#[cfg(feature = "runtime")]
pub mod pprint;
#[cfg(feature = "runtime")]
pub mod prelude;
#[cfg(feature = "runtime")]
pub mod queue;
#[cfg(feature = "runtime")]
pub mod random;
#[cfg(feature = "runtime")]
pub mod range;
#[cfg(feature = "runtime")]
mod rare;
#[cfg(feature = "runtime")]
pub mod re;
#[cfg(feature = "runtime")]
pub mod recursion;
#[cfg(feature = "runtime")]
pub mod secrets;
#[cfg(feature = "runtime")]
pub mod set;
#[cfg(feature = "runtime")]
mod shelf;
#[cfg(feature = "runtime")]
pub mod shutil;
#[cfg(feature = "runtime")]
pub mod signal;
#[cfg(feature = "runtime")]
mod signals;
#[cfg(feature = "runtime")]
pub mod slice;
#[cfg(feature = "source")]
pub mod source;
#[cfg(feature = "runtime")]
pub mod statistics;
#[cfg(feature = "runtime")]
pub mod string;
#[cfg(feature = "runtime")]
pub mod struct_;
#[cfg(feature = "runtime")]
pub mod sys;
#[cfg(feature = "runtime")]
pub mod tempfile;
#[cfg(all(test, feature = "runtime"))]
mod tests;
#[cfg(feature = "runtime")]
pub mod text;
#[cfg(feature = "runtime")]
pub mod textwrap;
#[cfg(feature = "runtime")]
mod thread_locals;
#[cfg(feature = "runtime")]
pub mod threading;
#[cfg(feature = "runtime")]
pub mod time;
#[cfg(feature = "runtime")]
pub mod traceback;
#[cfg(feature = "runtime")]
pub mod trash;
#[cfg(feature = "runtime")]
pub mod tuple;
#[cfg(feature = "runtime")]
mod turns;
#[cfg(feature = "runtime")]
pub mod types;
#[cfg(feature = "runtime")]
#[doc(hidden)]
pub mod union;
#[cfg(feature = "runtime")]
pub mod unpack;
#[cfg(feature = "runtime")]
pub mod urllib;
#[cfg(feature = "runtime")]
pub mod uuid;
#[cfg(feature = "runtime")]
pub mod value;
#[cfg(all(feature = "runtime", feature = "virtual-clock"))]
mod virtual_clock;
#[cfg(feature = "runtime")]
pub mod warnings;
#[cfg(feature = "runtime")]
pub mod zlib;
