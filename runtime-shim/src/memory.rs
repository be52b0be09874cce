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
