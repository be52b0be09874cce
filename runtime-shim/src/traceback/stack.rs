//! The native stack, taken cheaply: of one that was taken before only the addresses are read.
use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::{c_int, c_void};
use std::rc::Rc;

use rustc_hash::FxBuildHasher;

/// Stacks that a thread remembers at most; then it begins anew.
const REMEMBERED: usize = 2000;

type Known = HashMap<Box<[usize]>, Rc<Backtrace>, FxBuildHasher>;

thread_local! {
    static KNOWN: RefCell<Known> = const { RefCell::new(HashMap::with_hasher(FxBuildHasher)) };
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

/// The stack of here and now. The same addresses are the same frames.
#[inline(never)]
pub(super) fn take() -> Rc<Backtrace> {
    remembered().unwrap_or_else(|| Rc::new(Backtrace::force_capture()))
}

#[inline(never)]
fn remembered() -> Option<Rc<Backtrace>> {
    let mut addresses = ADDRESSES.try_with(RefCell::take).ok()?;
    if !read(&mut addresses) {
        return None;
    }
    let stack = KNOWN.try_with(|known| {
        let mut known = known.borrow_mut();
        if let Some(stack) = known.get(&*addresses) {
            return stack.clone();
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let stack = Rc::new(Backtrace::force_capture());
        known.insert(addresses.as_slice().into(), stack.clone());
        stack
    });
    let _ = ADDRESSES.try_with(|kept| kept.replace(addresses));
    stack.ok()
}
