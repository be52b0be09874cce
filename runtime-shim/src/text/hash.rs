//! A fast hash of bytes, the same in every run.
use std::hash::Hasher;

use rustc_hash::FxHasher;

/// The hash of a string or of bytes; never -1, as CPython's.
pub(crate) fn hash_bytes(bytes: &[u8]) -> i64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    let hash = hasher.finish() as i64;
    if hash == -1 { -2 } else { hash }
}
