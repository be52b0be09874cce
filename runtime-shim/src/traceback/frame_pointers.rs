//! Return addresses by frame pointers: a linked list through the stack, where the code keeps one.
//!
//! Optimised programs are built with it. That it is there, and complete, is not taken on trust: each list that is new is
//! compared with what the unwinder says, and one mistake ends it for the thread.
use std::cell::Cell;

thread_local! {
    /// Above it are the frames that started the thread; 0 when it is not known.
    static CEILING: Cell<usize> = const { Cell::new(0) };
    static DISABLED: Cell<bool> = const { Cell::new(false) };
}

/// The thread begins here: tells how far the list goes.
#[inline(always)]
pub(crate) fn begin() {
    CEILING.set(pointer());
}

pub(super) fn disable() {
    DISABLED.set(true);
}

/// The frame pointer of the function that this is inlined into.
#[inline(always)]
fn pointer() -> usize {
    let pointer: usize;
    #[cfg(target_arch = "x86_64")]
    // SAFETY: it only reads a register.
    unsafe {
        std::arch::asm!("mov {}, rbp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: it only reads a register.
    unsafe {
        std::arch::asm!("mov {}, x29", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    {
        pointer = 0;
    }
    pointer
}

/// The return addresses of here and now, the innermost first, up to where the thread began; `false`: it has no list.
#[inline(always)]
pub(super) fn read(addresses: &mut Vec<usize>) -> bool {
    addresses.clear();
    let ceiling = CEILING.get();
    let mut at = pointer();
    let local = 0_u8;
    let mut floor = std::ptr::from_ref(std::hint::black_box(&local)) as usize;
    if ceiling == 0 || DISABLED.get() {
        return false;
    }
    while at != ceiling {
        if at < floor || at >= ceiling || !at.is_multiple_of(align_of::<usize>()) {
            disable();
            return false;
        }
        let frame = at as *const usize;
        // SAFETY: both words are between this frame and that in which the thread began, so they are in the part of its
        // stack that is in use. What they mean does not matter for safety.
        let (outer, address) = unsafe { (frame.read_volatile(), frame.add(1).read_volatile()) };
        addresses.push(address);
        floor = at + 1;
        at = outer;
    }
    !addresses.is_empty()
}
