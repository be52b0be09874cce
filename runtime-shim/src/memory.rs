//! How memory is allocated for a program, which runs on a thread that is not the process's first.
#[cfg(all(feature = "pool", target_os = "linux"))]
pub(crate) mod pool;

/// What a program that is optimised allocates with.
#[cfg(all(feature = "pool", target_os = "linux"))]
#[global_allocator]
static ALLOCATOR: pool::Pool = pool::Pool;

/// The program's thread begins.
pub(crate) fn begin() {
    #[cfg(all(feature = "pool", target_os = "linux"))]
    pool::own();
}

/// Free memory that is not given back to the system.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const KEPT: libc::c_int = 256 << 20;

/// Before the program's thread starts: one heap for all threads, of which one runs at a time. A thread's own heap would grow by a
/// system call for every few pages.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn prepare() {
    // SAFETY: `mallopt` only sets a parameter of the allocator, and no other thread runs yet.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, 1) };
    // What is large is kept for the next that is large: else each page of it would be new again, and cost more than its use.
    // SAFETY: as above.
    unsafe {
        libc::mallopt(libc::M_MMAP_MAX, 0);
        libc::mallopt(libc::M_TRIM_THRESHOLD, KEPT);
    }
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn prepare() {}
