//! The allocator of optimised programs: small blocks of the program's main thread come from lists of their own.
//!
//! All that other threads allocate, and all that is large, is the system's. A block of ours that another thread frees goes
//! to a list that the main thread collects. Nothing is given back to the system before the program ends.
//!
//! Invariants: `OWNER` is set on one thread at most, and only that touches `CLASSES`; a block is on one list at most, and
//! then its first word is the list's link; a block lies in the region exactly when it is ours, and its class follows from
//! the size of its layout.
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, UnsafeCell};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

/// The largest block, in bytes.
const LARGEST: usize = 1024;
/// Sizes are multiples of this, and blocks are aligned to it.
const STEP: usize = 16;
const COUNT: usize = LARGEST / STEP;
/// Address space that is reserved; pages are used when they are touched.
const REGION: usize = 1 << 34;
/// What a class takes from the region at once.
const CHUNK: usize = 16 * 1024;

/// `#[global_allocator]`
pub(crate) struct Pool;

/// Blocks of one size.
struct Class {
    free: *mut u8,
    /// What is left of its chunk.
    next: *mut u8,
    end: *mut u8,
}

struct Classes(UnsafeCell<[Class; COUNT]>);

// SAFETY: only the owner touches them.
unsafe impl Sync for Classes {}

static CLASSES: Classes =
    Classes(UnsafeCell::new([const { Class { free: null_mut(), next: null_mut(), end: null_mut() } }; COUNT]));
/// Where the region begins; 0 before there is one.
static BASE: AtomicUsize = AtomicUsize::new(0);
/// How much of it is taken.
static TAKEN: AtomicUsize = AtomicUsize::new(0);
/// What other threads have freed, by class.
static FREED: [AtomicPtr<u8>; COUNT] = [const { AtomicPtr::new(null_mut()) }; COUNT];
static OWNED: AtomicBool = AtomicBool::new(false);

thread_local! {
    static OWNER: Cell<bool> = const { Cell::new(false) };
}

/// This thread is the program's: its small blocks are ours from now on.
pub(crate) fn own() {
    if OWNED.swap(true, Ordering::Relaxed) {
        return;
    }
    let (protection, flags) =
        (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE);
    // SAFETY: a new mapping, wherever there is room.
    let region = unsafe { libc::mmap(null_mut(), REGION, protection, flags, -1, 0) };
    if region != libc::MAP_FAILED {
        BASE.store(region as usize, Ordering::Release);
        OWNER.set(true);
    }
}

/// The class of a layout that can be ours.
#[inline(always)]
fn class_of(layout: Layout) -> Option<usize> {
    let fits = layout.size().wrapping_sub(1) < LARGEST && layout.align() <= STEP;
    fits.then(|| (layout.size() - 1) / STEP)
}

#[inline(always)]
fn is_ours(block: *mut u8) -> bool {
    (block as usize).wrapping_sub(BASE.load(Ordering::Relaxed)) < REGION && BASE.load(Ordering::Relaxed) != 0
}

/// # Safety
/// By the owner alone; `at` is a class.
#[inline(always)]
unsafe fn class(at: usize) -> &'static mut Class {
    // SAFETY: the caller is the only thread that does this, and no two of these references live at a time.
    unsafe { &mut (*CLASSES.0.get())[at] }
}

/// A class has no block left: those that others have freed, or a new chunk.
///
/// # Safety
/// As `class`.
#[cold]
#[inline(never)]
unsafe fn refill(at: usize) -> *mut u8 {
    let freed = FREED[at].swap(null_mut(), Ordering::Acquire);
    // SAFETY: as the caller says.
    let class = unsafe { class(at) };
    if !freed.is_null() {
        // SAFETY: a block of a list begins with its link.
        class.free = unsafe { freed.cast::<*mut u8>().read() };
        return freed;
    }
    let taken = TAKEN.load(Ordering::Relaxed);
    if taken + CHUNK > REGION {
        return null_mut();
    }
    TAKEN.store(taken + CHUNK, Ordering::Relaxed);
    let size = (at + 1) * STEP;
    let chunk = (BASE.load(Ordering::Relaxed) + taken) as *mut u8;
    class.next = chunk.wrapping_add(size);
    class.end = chunk.wrapping_add(CHUNK / size * size);
    chunk
}

// SAFETY: a block is handed out once until it is freed: it is taken off its list, or off the chunk's rest; blocks of
// different classes lie in different chunks. It has the size and alignment of its class, which are those of the layout or
// more. `dealloc` knows the blocks of both allocators by their address.
unsafe impl GlobalAlloc for Pool {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if let Some(at) = class_of(layout)
            && OWNER.get()
        {
            // SAFETY: this thread is the owner.
            let class = unsafe { class(at) };
            let block = class.free;
            if !block.is_null() {
                // SAFETY: a block of a list begins with its link.
                class.free = unsafe { block.cast::<*mut u8>().read() };
                return block;
            }
            let block = class.next;
            if block != class.end {
                class.next = block.wrapping_add((at + 1) * STEP);
                return block;
            }
            // SAFETY: this thread is the owner.
            let block = unsafe { refill(at) };
            if !block.is_null() {
                return block;
            }
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if !is_ours(block) {
            // SAFETY: it is the system's.
            return unsafe { System.dealloc(block, layout) };
        }
        let at = (layout.size() - 1) / STEP;
        if OWNER.get() {
            // SAFETY: this thread is the owner; the block is nobody's any more, and large enough for a link.
            unsafe {
                let class = class(at);
                block.cast::<*mut u8>().write(class.free);
                class.free = block;
            }
            return;
        }
        give_back(block, at);
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if class_of(layout).is_none() {
            // SAFETY: the caller's promise. The system need not write what is new.
            return unsafe { System.alloc_zeroed(layout) };
        }
        // SAFETY: the caller's promise; the block has the layout's size.
        unsafe {
            let block = self.alloc(layout);
            if !block.is_null() {
                block.write_bytes(0, layout.size());
            }
            block
        }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !is_ours(block) {
            // SAFETY: the caller's promise; it stays the system's.
            return unsafe { System.realloc(block, layout, size) };
        }
        if (layout.size() - 1) / STEP == size.wrapping_sub(1) / STEP {
            return block;
        }
        // SAFETY: the caller's promise: the size is not 0 and does not overflow with this alignment; the blocks differ.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                new.copy_from_nonoverlapping(block, layout.size().min(size));
                self.dealloc(block, layout);
            }
            new
        }
    }
}

/// Another thread frees a block.
#[cold]
#[inline(never)]
fn give_back(block: *mut u8, at: usize) {
    let mut head = FREED[at].load(Ordering::Relaxed);
    loop {
        // SAFETY: the block is nobody's any more, and large enough for a link.
        unsafe { block.cast::<*mut u8>().write(head) };
        match FREED[at].compare_exchange_weak(head, block, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => return,
            Err(now) => head = now,
        }
    }
}
