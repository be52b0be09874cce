//! `fnmatch`: names and patterns, as a shell has them.
use crate::iter::Iterable;
use crate::prelude::*;

/// `fnmatch.fnmatch(name, pat)`, `fnmatch.fnmatchcase(name, pat)`: the same on POSIX.
pub fn fnmatchcase(name: &str, pat: &str) -> bool {
    let (name, pat): (Vec<char>, Vec<char>) = (name.chars().collect(), pat.chars().collect());
    matches(&name, &pat)
}

fn matches(name: &[char], pat: &[char]) -> bool {
    match pat {
        [] => name.is_empty(),
        ['*', rest @ ..] => (0..=name.len()).any(|skip| matches(&name[skip..], rest)),
        ['?', rest @ ..] => !name.is_empty() && matches(&name[1..], rest),
        ['[', inside @ ..] => match set(inside) {
            Some((set, rest)) => name.split_first().is_some_and(|(c, name)| in_set(*c, set) && matches(name, rest)),
            None => name.first() == Some(&'[') && matches(&name[1..], inside),
        },
        [c, rest @ ..] => name.first() == Some(c) && matches(&name[1..], rest),
    }
}

/// The inside of `[…]`, and what follows.
fn set(inside: &[char]) -> Option<(&[char], &[char])> {
    let mut at = usize::from(inside.first() == Some(&'!'));
    at += usize::from(inside.get(at) == Some(&']'));
    let end = at + inside[at.min(inside.len())..].iter().position(|c| *c == ']')?;
    Some((&inside[..end], &inside[end + 1..]))
}

fn in_set(c: char, set: &[char]) -> bool {
    let (negated, mut set) = match set {
        ['!', rest @ ..] => (true, rest),
        set => (false, set),
    };
    let mut found = false;
    while let Some(first) = set.first() {
        match set {
            [low, '-', high, rest @ ..] => {
                found |= (*low..=*high).contains(&c);
                set = rest;
            }
            _ => {
                found |= *first == c;
                set = &set[1..];
            }
        }
    }
    found != negated
}

/// `fnmatch.filter(names, pat)`
pub fn filter<I: Iterable<Item = Str> + ?Sized>(names: &I, pat: &str) -> PyResult<List<Str>> {
    let mut kept = Vec::new();
    for name in names.items() {
        let name = name?;
        if fnmatchcase(&name, pat) {
            kept.push(name);
        }
    }
    Ok(List::from(kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        assert!(fnmatchcase("a.txt", "*.txt") && fnmatchcase("a.txt", "?.[a-t]xt") && fnmatchcase("x[", "x["));
        assert!(!fnmatchcase("a.txt", "*.TXT") && !fnmatchcase("a", "[!a]") && fnmatchcase("]", "[]]"));
    }
}
