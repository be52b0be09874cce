//! How many arguments each action takes: argparse's patterns over a text of `A` (argument), `O` (option) and `-` (`--`).

use super::action::{Action, Nargs};

/// A repeated character class of a pattern.
#[derive(Clone, Copy)]
struct Part {
    chars: &'static str,
    least: usize,
    most: usize,
}

const fn part(chars: &'static str, least: usize, most: usize) -> Part {
    Part { chars, least, most }
}

/// How many of the arguments at the front of `pattern` each action takes; `None`: they do not fit.
#[inline]
pub(super) fn counts(actions: &[&Action], pattern: &[u8]) -> Option<Vec<usize>> {
    let groups: Vec<Vec<Part>> = actions.iter().map(|action| parts(action)).collect();
    let flat: Vec<(usize, Part)> =
        groups.iter().enumerate().flat_map(|(group, parts)| parts.iter().map(move |part| (group, *part))).collect();
    let mut counts = vec![0; actions.len()];
    fit(&flat, pattern, &mut counts).then_some(counts)
}

/// The longest first, as a regular expression.
#[inline]
fn fit(parts: &[(usize, Part)], pattern: &[u8], counts: &mut [usize]) -> bool {
    let Some(((group, part), rest)) = parts.split_first() else { return true };
    let possible = pattern.iter().take(part.most).take_while(|c| part.chars.as_bytes().contains(c)).count();
    for taken in (part.least..=possible).rev() {
        counts[*group] += taken;
        if fit(rest, &pattern[taken..], counts) {
            return true;
        }
        counts[*group] -= taken;
    }
    false
}

#[inline]
fn parts(action: &Action) -> Vec<Part> {
    const ANY: usize = usize::MAX;
    let optional = action.is_optional();
    let mut parts = Vec::new();
    let dashes = part("-", 0, ANY);
    match action.nargs {
        Nargs::One => parts.extend([dashes, part("A", 1, 1), dashes]),
        Nargs::Optional => parts.extend([dashes, part("A", 0, 1), dashes]),
        Nargs::ZeroOrMore => parts.extend([dashes, part(if optional { "A" } else { "A-" }, 0, ANY)]),
        Nargs::OneOrMore => {
            parts.extend([dashes, part("A", 1, 1), part(if optional { "A" } else { "A-" }, 0, ANY)]);
        }
        Nargs::Remainder => parts.push(part(if optional { "AO" } else { "-AO" }, 0, ANY)),
        Nargs::Parser => parts.extend([dashes, part("A", 1, 1), part("-AO", 0, ANY)]),
        Nargs::Count(count) => {
            parts.push(dashes);
            for _ in 0..count {
                parts.extend([part("A", 1, 1), dashes]);
            }
        }
    }
    if optional {
        // Options take no `--`.
        parts.retain(|part| part.chars != "-");
    }
    parts
}
