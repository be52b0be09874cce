//! The types of the values that a format of `struct` has places for.

use super::shape::Con;

/// One for each place; `None`: it is no format, or has too many places.
pub fn kinds(format: &str) -> Option<Vec<Con>> {
    let (mut kinds, mut count) = (Vec::new(), None);
    for c in format.trim_start_matches(['@', '=', '<', '>', '!']).chars() {
        if let Some(digit) = c.to_digit(10) {
            count = Some(count.unwrap_or(0_u32).checked_mul(10)?.checked_add(digit)?);
            continue;
        }
        let times = count.take().unwrap_or(1);
        let kind = match c {
            c if c.is_ascii_whitespace() => continue,
            'x' => continue,
            'c' => Con::Bytes,
            's' | 'p' => {
                kinds.push(Con::Bytes);
                continue;
            }
            '?' => Con::Bool,
            'e' | 'f' | 'd' => Con::Float,
            'b' | 'B' | 'h' | 'H' | 'i' | 'I' | 'l' | 'L' | 'q' | 'Q' | 'n' | 'N' | 'P' => Con::Int,
            _ => return None,
        };
        if times > 12 {
            return None;
        }
        kinds.extend((0..times).map(|_| kind.clone()));
    }
    (kinds.len() <= 12).then_some(kinds)
}
