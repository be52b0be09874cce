//! Random bytes of the operating system.

/// Fills a buffer with what the operating system gives as random.
#[inline]
pub(crate) fn fill(buffer: &mut [u8]) {
    let mut filled = 0;
    while filled < buffer.len() {
        let rest = &mut buffer[filled..];
        // SAFETY: the pointer and the length are those of a live slice.
        let count = unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) };
        // It is interrupted by signals at most.
        filled += usize::try_from(count).unwrap_or(0);
    }
}
