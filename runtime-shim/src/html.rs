//! `html`: text that stands in a page.
use crate::prelude::*;

/// `html.escape(s, quote)`
pub fn escape(s: &str, quote: bool) -> Str {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quote => out.push_str("&quot;"),
            '\'' if quote => out.push_str("&#x27;"),
            c => out.push(c),
        }
    }
    Str::from(out)
}
