//! Where `print` and `sys.stdout.write` go while a stream is redirected.
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::TextStream;
use crate::global::Global;

/// What a stream is redirected to.
pub type Target = Option<Rc<dyn TextStream>>;

/// A standard stream that may be redirected.
pub struct Redirected {
    /// Nearly always nothing is.
    any: AtomicBool,
    target: Global<Target>,
}

/// Of stdout.
pub static STDOUT_TARGET: Redirected = Redirected::new();
/// Of stderr.
pub static STDERR_TARGET: Redirected = Redirected::new();

impl Redirected {
    const fn new() -> Redirected {
        Redirected { any: AtomicBool::new(false), target: Global::new(|| None) }
    }

    /// The target, if there is one.
    #[inline]
    pub fn target(&self) -> Target {
        if self.any.load(Ordering::Relaxed) { self.target.get() } else { None }
    }

    /// Sets the target and gives the one before.
    pub fn replace(&self, target: Target) -> Target {
        self.any.store(target.is_some(), Ordering::Relaxed);
        self.target.replace(target)
    }
}
