//! The native stack, taken cheaply: of one that was taken before only the addresses are read.
use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ffi::{c_int, c_void};
use std::rc::Rc;

use rustc_hash::FxBuildHasher;

use super::frame_pointers as frames;

/// Stacks that a thread remembers at most; then it begins anew.
const REMEMBERED: usize = 2000;

/// Stacks that a thread reads by way of the unwinder at most: a program that raises more often than this lives with the
/// last frame missing, and not with a raise that costs microseconds.
const MOST: u32 = 100_000;

type Known = HashMap<Box<[usize]>, Rc<Backtrace>, FxBuildHasher>;

thread_local! {
    static KNOWN: RefCell<Known> = const { RefCell::new(HashMap::with_hasher(FxBuildHasher)) };
    static TAKEN: Cell<u32> = const { Cell::new(0) };
    static ADDRESSES: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

#[repr(C)]
struct Context {
    _opaque: [u8; 0],
}

#[cfg(unix)]
unsafe extern "C" {
    fn _Unwind_Backtrace(frame: extern "C" fn(*mut Context, *mut c_void) -> c_int, data: *mut c_void) -> c_int;
    fn _Unwind_GetIP(context: *mut Context) -> usize;
}

#[cfg(unix)]
extern "C" fn note(context: *mut Context, data: *mut c_void) -> c_int {
    // SAFETY: `read` passes its vector, which it does not touch meanwhile; the context is the unwinder's.
    unsafe { (*data.cast::<Vec<usize>>()).push(_Unwind_GetIP(context)) };
    0
}

/// The return addresses, the innermost first.
#[cfg(unix)]
fn read(addresses: &mut Vec<usize>) -> bool {
    addresses.clear();
    // SAFETY: the unwinder calls `note` with our vector for each frame, and keeps neither.
    unsafe { _Unwind_Backtrace(note, std::ptr::from_mut(addresses).cast()) };
    !addresses.is_empty()
}

#[cfg(not(unix))]
fn read(_: &mut Vec<usize>) -> bool {
    false
}

/// The stack of here and now. The same addresses are the same frames. `None`: the thread has read too many.
#[inline(never)]
pub(super) fn take() -> Option<Rc<Backtrace>> {
    remembered().unwrap_or_else(|| Some(Rc::new(Backtrace::force_capture())))
}

/// The outer `None`: the thread ends.
#[inline(never)]
fn remembered() -> Option<Option<Rc<Backtrace>>> {
    let mut addresses = ADDRESSES.try_with(RefCell::take).ok()?;
    let linked = frames::read(&mut addresses);
    if !linked && !slow(&mut addresses) {
        return Some(None);
    }
    let stack = KNOWN.try_with(|known| known.borrow().get(&*addresses).cloned()).ok()?;
    let stack = stack.or_else(|| first(&mut addresses, linked));
    let _ = ADDRESSES.try_with(|kept| kept.replace(addresses));
    Some(stack)
}

/// Reads the addresses by way of the unwinder, which is slow.
fn slow(addresses: &mut Vec<usize>) -> bool {
    let taken = TAKEN.get() + 1;
    if taken > MOST {
        return false;
    }
    TAKEN.set(taken);
    read(addresses)
}

/// A stack that is seen for the first time: it is taken, and remembered.
#[cold]
#[inline(never)]
fn first(addresses: &mut Vec<usize>, linked: bool) -> Option<Rc<Backtrace>> {
    if linked {
        // Frame pointers tell the truth, or nothing is believed of them from now on.
        let mut all = Vec::new();
        if !read(&mut all) || !all.windows(addresses.len()).any(|part| part == &**addresses) {
            frames::disable();
            *addresses = all;
        }
    }
    let stack = Rc::new(Backtrace::force_capture());
    let _ = KNOWN.try_with(|known| {
        let mut known = known.borrow_mut();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(addresses.as_slice().into(), stack.clone());
    });
    Some(stack)
}
