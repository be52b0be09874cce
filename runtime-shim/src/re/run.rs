//! A pattern's tree against a text: backtracking, in Python's order.
use super::parse::{Item, Node};

/// Where the groups are: the whole match first.
pub(super) type Spans = Vec<Option<(usize, usize)>>;

pub(super) struct Run<'a> {
    pub(super) text: &'a [char],
}

type Next<'a> = dyn FnMut(usize, &mut Spans) -> bool + 'a;

pub(super) fn is_word(c: char, ascii: bool) -> bool {
    c == '_' || if ascii { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() }
}

fn is_space(c: char, ascii: bool) -> bool {
    if ascii { matches!(c, ' ' | '\t'..='\r') } else { c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c) }
}

fn folded(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn in_set(items: &[Item], c: char) -> bool {
    items.iter().any(|item| match *item {
        Item::Range(low, high) => (low..=high).contains(&c),
        Item::Digit { negated, ascii } => {
            negated
                != (c.is_ascii_digit()
                    || !ascii && !c.is_ascii() && c.is_numeric() && c.to_digit(10).is_none() && is_decimal(c))
        }
        Item::Word { negated, ascii } => negated != is_word(c, ascii),
        Item::Space { negated, ascii } => negated != is_space(c, ascii),
    })
}

/// Decimal digits of other scripts come in runs of ten.
fn is_decimal(c: char) -> bool {
    let starts =
        [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xff10];
    starts.iter().any(|start| (*start..*start + 10).contains(&u32::from(c)))
}

impl Run<'_> {
    /// The match that begins at a place; `empty`: it may be empty.
    pub(super) fn at(&self, node: &Node, start: usize, groups: usize, accept: &dyn Fn(usize) -> bool) -> Option<Spans> {
        let mut spans: Spans = vec![None; groups + 1];
        let mut end = None;
        let found = self.go(node, start, &mut spans, &mut |at, _| {
            let fine = accept(at);
            if fine {
                end = Some(at);
            }
            fine
        });
        if !found {
            return None;
        }
        spans[0] = end.map(|end| (start, end));
        Some(spans)
    }

    /// Whether one character fits a part that takes exactly one.
    fn single(&self, node: &Node, at: usize) -> Option<bool> {
        let c = self.text.get(at).copied();
        Some(match node {
            Node::Char { c: wanted, fold } => c.is_some_and(|c| c == *wanted || *fold && folded(c) == folded(*wanted)),
            Node::Any { newline } => c.is_some_and(|c| *newline || c != '\n'),
            Node::Set { negated, items, fold } => c.is_some_and(|c| {
                let mut found = in_set(items, c);
                if *fold && !found {
                    found =
                        in_set(items, folded(c)) || c.to_uppercase().next().is_some_and(|upper| in_set(items, upper));
                }
                found != *negated
            }),
            _ => return None,
        })
    }

    fn go(&self, node: &Node, at: usize, spans: &mut Spans, next: &mut Next<'_>) -> bool {
        if let Some(fits) = self.single(node, at) {
            return fits && next(at + 1, spans);
        }
        let length = self.text.len();
        match node {
            Node::Char { .. } | Node::Any { .. } | Node::Set { .. } => false,
            Node::Start { lines } => (at == 0 || *lines && self.text[at - 1] == '\n') && next(at, spans),
            Node::End { lines } => {
                let last = at == length || at + 1 == length && self.text[at] == '\n';
                (last || *lines && self.text[at] == '\n') && next(at, spans)
            }
            Node::AbsoluteStart => at == 0 && next(at, spans),
            Node::AbsoluteEnd => at == length && next(at, spans),
            Node::Boundary { negated, ascii } => {
                let before = at > 0 && is_word(self.text[at - 1], *ascii);
                let after = self.text.get(at).is_some_and(|c| is_word(*c, *ascii));
                ((before != after) != *negated) && next(at, spans)
            }
            Node::Group(group, inner) => {
                let old = spans[*group];
                let found = self.go(inner, at, spans, &mut |end, spans| {
                    let before = spans[*group];
                    spans[*group] = Some((at, end));
                    let found = next(end, spans);
                    if !found {
                        spans[*group] = before;
                    }
                    found
                });
                if !found {
                    spans[*group] = old;
                }
                found
            }
            Node::Back { group, fold } => {
                let Some((start, end)) = spans[*group] else { return false };
                let same = (start..end).enumerate().all(|(by, from)| {
                    self.text
                        .get(at + by)
                        .is_some_and(|c| *c == self.text[from] || *fold && folded(*c) == folded(self.text[from]))
                });
                same && next(at + end - start, spans)
            }
            Node::All(all) => self.all(all, at, spans, next),
            Node::Either(all) => all.iter().any(|one| self.go(one, at, spans, next)),
            Node::Repeat { node, min, max, greedy } => match &**node {
                one @ (Node::Char { .. } | Node::Any { .. } | Node::Set { .. }) => {
                    self.simple(one, (*min, *max), *greedy, at, spans, next)
                }
                node => self.repeat(node, (*min, *max), *greedy, 0, at, spans, next),
            },
            Node::Look { node, negated, behind } => {
                let start = match behind {
                    None => Some(at),
                    Some(width) => at.checked_sub(*width),
                };
                let mut inside = spans.clone();
                let found = start.is_some_and(|start| {
                    self.go(node, start, &mut inside, &mut |end, _| behind.is_none() || end == at)
                });
                if found == *negated {
                    return false;
                }
                let old = if found { std::mem::replace(spans, inside) } else { spans.clone() };
                let goes_on = next(at, spans);
                if !goes_on {
                    *spans = old;
                }
                goes_on
            }
            Node::Atomic(node) => {
                let mut inside = spans.clone();
                let mut end = None;
                self.go(node, at, &mut inside, &mut |at, _| {
                    end = Some(at);
                    true
                });
                let Some(end) = end else { return false };
                let old = std::mem::replace(spans, inside);
                let goes_on = next(end, spans);
                if !goes_on {
                    *spans = old;
                }
                goes_on
            }
            Node::If(group, yes, no) => {
                let branch = if spans.get(*group).is_some_and(Option::is_some) { yes } else { no };
                self.go(branch, at, spans, next)
            }
        }
    }

    fn all(&self, all: &[Node], at: usize, spans: &mut Spans, next: &mut Next<'_>) -> bool {
        match all {
            [] => next(at, spans),
            [one] => self.go(one, at, spans, next),
            [one, rest @ ..] => match self.single(one, at) {
                Some(fits) => fits && self.all(rest, at + 1, spans, next),
                None => self.go(one, at, spans, &mut |at, spans| self.all(rest, at, spans, next)),
            },
        }
    }

    /// A part of one character each: without recursion.
    fn simple(
        &self,
        one: &Node,
        (min, max): (usize, usize),
        greedy: bool,
        at: usize,
        spans: &mut Spans,
        next: &mut Next<'_>,
    ) -> bool {
        let fits = |count: usize| self.single(one, at + count) == Some(true);
        if greedy {
            let mut count = 0;
            while count < max && fits(count) {
                count += 1;
            }
            loop {
                if count < min {
                    return false;
                }
                if next(at + count, spans) {
                    return true;
                }
                if count == 0 {
                    return false;
                }
                count -= 1;
            }
        }
        let mut count = 0;
        loop {
            if count >= min && next(at + count, spans) {
                return true;
            }
            if count >= max || !fits(count) {
                return false;
            }
            count += 1;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of a repetition")]
    fn repeat(
        &self,
        node: &Node,
        (min, max): (usize, usize),
        greedy: bool,
        count: usize,
        at: usize,
        spans: &mut Spans,
        next: &mut Next<'_>,
    ) -> bool {
        if count >= min && !greedy && next(at, spans) {
            return true;
        }
        if count < max {
            let more = self.go(node, at, spans, &mut |end, spans| {
                if end == at && count >= min {
                    return false;
                }
                self.repeat(node, (min, max), greedy, count + 1, end, spans, next)
            });
            if more {
                return true;
            }
        }
        count >= min && greedy && next(at, spans)
    }
}
