//! `urllib`

/// `urllib.parse`
pub mod parse;
