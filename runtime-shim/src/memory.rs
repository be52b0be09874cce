//! How the C library's allocator serves a program, which runs on a thread that is not the process's first.

/// Before the program's thread starts: one heap for all threads, of which one runs at a time. A thread's own heap would grow by a
/// system call for every few pages.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn prepare() {
    // SAFETY: `mallopt` only sets a parameter of the allocator, and no other thread runs yet.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, 1) };
}

/// Other allocators are left as they are.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn prepare() {}
