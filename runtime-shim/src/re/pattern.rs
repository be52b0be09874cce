//! `re.Pattern` and `re.Match`.
use super::parse::{self, Node, PatternError, UNICODE};
use super::run::{Run, Spans};
use crate::prelude::*;

struct State {
    text: Str,
    node: Node,
    groups: usize,
    names: Vec<(String, usize)>,
    flags: i64,
}

/// `re.Pattern`: a handle.
#[derive(Clone)]
pub struct Pattern(Rc<State>);

/// `re.compile(pattern, flags)`
#[inline]
pub fn compile(pattern: &str, flags: i64) -> PyResult<Pattern> {
    let parsed = parse::parse(pattern, flags)?;
    Ok(Pattern(Rc::new(State {
        text: Str::copy_of(pattern),
        node: parsed.node,
        groups: parsed.groups,
        names: parsed.names,
        flags: parsed.flags,
    })))
}

struct Found {
    pattern: Pattern,
    string: Str,
    chars: Rc<[char]>,
    spans: Spans,
}

/// `re.Match`: a handle.
#[derive(Clone)]
pub struct Match(Rc<Found>);

/// What `re.sub` puts in.
pub trait Replacement {
    /// The text in place of a match.
    fn text(&self, found: &Match) -> PyResult<Str>;
}

impl Replacement for &str {
    #[inline]
    fn text(&self, found: &Match) -> PyResult<Str> {
        found.expand(self)
    }
}

/// A function of the program's own.
pub struct By<F>(pub F);

impl<F: Fn(Match) -> PyResult<Str>> Replacement for By<F> {
    #[inline]
    fn text(&self, found: &Match) -> PyResult<Str> {
        (self.0)(found.clone())
    }
}

impl Pattern {
    fn found(&self, string: &Str, chars: &Rc<[char]>, spans: Spans) -> Match {
        Match(Rc::new(Found { pattern: self.clone(), string: string.clone(), chars: chars.clone(), spans }))
    }

    /// The first match from a place on; `advance`: it must not be empty at that very place.
    fn first(&self, chars: &[char], from: usize, advance: bool) -> Option<Spans> {
        let run = Run { text: chars };
        (from..=chars.len())
            .find_map(|start| run.at(&self.0.node, start, self.0.groups, &|end| !(advance && end == from)))
    }

    /// `pattern.match(text)`
    #[inline]
    pub fn match_(&self, text: &str) -> Option<Match> {
        let chars: Rc<[char]> = text.chars().collect();
        let spans = Run { text: &chars }.at(&self.0.node, 0, self.0.groups, &|_| true)?;
        Some(self.found(&Str::copy_of(text), &chars, spans))
    }

    /// `pattern.fullmatch(text)`
    #[inline]
    pub fn fullmatch(&self, text: &str) -> Option<Match> {
        let chars: Rc<[char]> = text.chars().collect();
        let length = chars.len();
        let spans = Run { text: &chars }.at(&self.0.node, 0, self.0.groups, &|end| end == length)?;
        Some(self.found(&Str::copy_of(text), &chars, spans))
    }

    /// `pattern.search(text)`
    #[inline]
    pub fn search(&self, text: &str) -> Option<Match> {
        let chars: Rc<[char]> = text.chars().collect();
        let spans = self.first(&chars, 0, false)?;
        Some(self.found(&Str::copy_of(text), &chars, spans))
    }

    fn every(&self, text: &str, most: usize) -> Vec<Match> {
        let chars: Rc<[char]> = text.chars().collect();
        let string = Str::copy_of(text);
        let (mut all, mut from, mut advance) = (Vec::new(), 0, false);
        while all.len() < most
            && let Some(spans) = self.first(&chars, from, advance)
        {
            let Some((start, end)) = spans[0] else { break };
            (from, advance) = (end, start == end);
            all.push(self.found(&string, &chars, spans));
        }
        all
    }

    /// `pattern.finditer(text)`
    #[inline]
    pub fn finditer(&self, text: &str) -> Iter<Match> {
        Iter::fallible(self.every(text, usize::MAX).into_iter().map(Ok))
    }

    /// `pattern.findall(text)` of a pattern with at most one group.
    #[inline]
    pub fn findall(&self, text: &str) -> List<Str> {
        let group = self.0.groups.min(1);
        let all = self.every(text, usize::MAX);
        List::from(all.iter().map(|found| found.text_of(group).unwrap_or_default()).collect::<Vec<_>>())
    }

    /// `pattern.findall(text)` of a pattern with several groups.
    #[inline]
    pub fn findall_groups(&self, text: &str) -> List<VarTuple<Str>> {
        let all = self.every(text, usize::MAX);
        let rows = all.iter().map(|found| {
            let groups = (1..=self.0.groups).map(|group| found.text_of(group).unwrap_or_default());
            VarTuple::from(groups.collect::<Vec<_>>())
        });
        List::from(rows.collect::<Vec<_>>())
    }

    /// `pattern.sub(replacement, text, count)`
    #[inline]
    pub fn sub(&self, replacement: impl Replacement, text: &str, count: i64) -> PyResult<Str> {
        self.subn(replacement, text, count).map(|(text, _)| text)
    }

    /// `pattern.subn(replacement, text, count)`
    #[inline]
    pub fn subn(&self, replacement: impl Replacement, text: &str, count: i64) -> PyResult<(Str, i64)> {
        let most = usize::try_from(count).ok().filter(|count| *count > 0).unwrap_or(usize::MAX);
        let all = self.every(text, most);
        let chars: Vec<char> = text.chars().collect();
        let (mut out, mut at) = (String::new(), 0);
        for found in &all {
            let (start, end) = found.0.spans[0].unwrap_or_default();
            out.extend(&chars[at..start]);
            out.push_str(&replacement.text(found)?);
            at = end;
        }
        out.extend(&chars[at..]);
        Ok((Str::from(out), all.len() as i64))
    }

    /// `pattern.split(text, maxsplit)`
    #[inline]
    pub fn split(&self, text: &str, maxsplit: i64) -> PyResult<List<Str>> {
        let most = usize::try_from(maxsplit).ok().filter(|count| *count > 0).unwrap_or(usize::MAX);
        let chars: Vec<char> = text.chars().collect();
        let (mut out, mut at) = (Vec::new(), 0);
        for found in self.every(text, most) {
            let (start, end) = found.0.spans[0].unwrap_or_default();
            out.push(Str::from(chars[at..start].iter().collect::<String>()));
            for group in 1..=self.0.groups {
                match found.text_of(group) {
                    Some(text) => out.push(text),
                    None => {
                        return Err(NotImplementedError::new(
                            "`re.split` by a group that takes no part is not translated",
                        ));
                    }
                }
            }
            at = end;
        }
        out.push(Str::from(chars[at..].iter().collect::<String>()));
        Ok(List::from(out))
    }

    /// `pattern.pattern`
    #[inline]
    pub fn pattern(&self) -> Str {
        self.0.text.clone()
    }

    /// `pattern.flags`
    #[inline]
    pub fn flags(&self) -> i64 {
        self.0.flags
    }

    /// `pattern.groups`
    #[inline]
    pub fn groups(&self) -> i64 {
        self.0.groups as i64
    }
}

impl Match {
    fn text_of(&self, group: usize) -> Option<Str> {
        let (start, end) = (*self.0.spans.get(group)?)?;
        Some(Str::from(self.0.chars[start..end].iter().collect::<String>()))
    }

    fn index(&self, group: i64) -> PyResult<usize> {
        usize::try_from(group)
            .ok()
            .filter(|group| *group < self.0.spans.len())
            .ok_or_else(|| IndexError::new("no such group"))
    }

    fn named(&self, name: &str) -> PyResult<usize> {
        let names = &self.0.pattern.0.names;
        let found = names.iter().find(|(known, _)| known == name);
        found.map(|(_, group)| *group).ok_or_else(|| IndexError::new("no such group"))
    }

    /// `m.group()`
    #[inline]
    pub fn whole(&self) -> Str {
        self.text_of(0).unwrap_or_default()
    }

    /// `m.group(n)`, `m[n]`
    #[inline]
    pub fn group(&self, group: i64) -> PyResult<Option<Str>> {
        Ok(self.text_of(self.index(group)?))
    }

    /// `m.group("name")`, `m["name"]`
    #[inline]
    pub fn group_named(&self, name: &str) -> PyResult<Option<Str>> {
        Ok(self.text_of(self.named(name)?))
    }

    /// `m.group(1, 2)`
    #[inline]
    pub fn group_two(&self, first: i64, second: i64) -> PyResult<(Option<Str>, Option<Str>)> {
        Ok((self.group(first)?, self.group(second)?))
    }

    /// `m.groups()`
    #[inline]
    pub fn groups(&self) -> VarTuple<Option<Str>> {
        VarTuple::from((1..self.0.spans.len()).map(|group| self.text_of(group)).collect::<Vec<_>>())
    }

    /// `m.groupdict()`
    #[inline]
    pub fn groupdict(&self) -> Dict<Str, Option<Str>> {
        let all = Dict::new();
        for (name, group) in &self.0.pattern.0.names {
            all.set_item(Str::copy_of(name), self.text_of(*group));
        }
        all
    }

    /// `m.start(n)`
    #[inline]
    pub fn start(&self, group: i64) -> PyResult<i64> {
        Ok(self.span(group)?.0)
    }

    /// `m.end(n)`
    #[inline]
    pub fn end(&self, group: i64) -> PyResult<i64> {
        Ok(self.span(group)?.1)
    }

    /// `m.span(n)`
    #[inline]
    pub fn span(&self, group: i64) -> PyResult<(i64, i64)> {
        let span = self.0.spans[self.index(group)?];
        Ok(span.map_or((-1, -1), |(start, end)| (start as i64, end as i64)))
    }

    /// `m.span("name")`
    #[inline]
    pub fn span_named(&self, name: &str) -> PyResult<(i64, i64)> {
        self.span(self.named(name)? as i64)
    }

    /// `m.string`
    #[inline]
    pub fn string(&self) -> Str {
        self.0.string.clone()
    }

    /// `m.lastindex`
    #[inline]
    pub fn lastindex(&self) -> Option<i64> {
        let ended =
            self.0.spans.iter().enumerate().skip(1).filter_map(|(group, span)| span.map(|span| (span.1, group)));
        ended.max_by_key(|(end, group)| (*end, std::cmp::Reverse(*group))).map(|(_, group)| group as i64)
    }

    /// `m.lastgroup`
    #[inline]
    pub fn lastgroup(&self) -> Option<Str> {
        let last = self.lastindex()? as usize;
        self.0.pattern.0.names.iter().find(|(_, group)| *group == last).map(|(name, _)| Str::copy_of(name))
    }

    /// `m.expand(template)`
    #[inline]
    pub fn expand(&self, template: &str) -> PyResult<Str> {
        if !template.contains('\\') {
            return Ok(Str::copy_of(template));
        }
        let chars: Vec<char> = template.chars().collect();
        let (mut out, mut at) = (String::new(), 0);
        while at < chars.len() {
            if chars[at] != '\\' {
                out.push(chars[at]);
                at += 1;
                continue;
            }
            let begin = at;
            let c = chars.get(at + 1).copied().unwrap_or('\\');
            at += 2;
            match c {
                'g' => {
                    let name: String = chars[at..].iter().skip(1).take_while(|c| **c != '>').collect();
                    if chars.get(at) != Some(&'<') || at + 1 + name.chars().count() >= chars.len() {
                        return Err(PatternError::new(format!("missing < at position {at}")));
                    }
                    at += name.chars().count() + 2;
                    let group = match name.parse::<i64>() {
                        Ok(number) => self.index(number).map_err(|_| {
                            PatternError::new(format!("invalid group reference {number} at position {}", begin + 3))
                        })?,
                        Err(_) => self
                            .named(&name)
                            .map_err(|_| IndexError::new(format!("unknown group name {}", repr(&Str::from(name)))))?,
                    };
                    out.push_str(&self.text_of(group).unwrap_or_default());
                }
                '1'..='9' => {
                    let mut digits = String::from(c);
                    if let Some(digit) = chars.get(at).filter(|c| c.is_ascii_digit()) {
                        digits.push(*digit);
                        at += 1;
                    }
                    let number: i64 = digits.parse().unwrap_or(0);
                    let group = self.index(number).map_err(|_| {
                        PatternError::new(format!("invalid group reference {number} at position {}", begin + 1))
                    })?;
                    out.push_str(&self.text_of(group).unwrap_or_default());
                }
                'n' => out.push('\n'),
                't' => out.push('\t'),
                'r' => out.push('\r'),
                'f' => out.push('\u{c}'),
                'v' => out.push('\u{b}'),
                'a' => out.push('\u{7}'),
                'b' => out.push('\u{8}'),
                '0' => out.push('\0'),
                '\\' => out.push('\\'),
                c if c.is_ascii_alphabetic() => {
                    return Err(PatternError::new(format!("bad escape \\{c} at position {begin}")));
                }
                c => out.extend(['\\', c]),
            }
        }
        Ok(Str::from(out))
    }
}

impl Object for Match {
    fn py_type(&self) -> &'static str {
        "Match"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        let (start, end) = self.0.spans[0].unwrap_or_default();
        write!(out, "<re.Match object; span=({start}, {end}), match={}>", repr(&self.whole()))
    }
}

impl Key for Match {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(Rc::ptr_eq(&self.0, &other.0))
    }
}

impl Compare for Match {}

impl From<Match> for Value {
    #[inline]
    fn from(found: Match) -> Value {
        Value::object(found)
    }
}

impl Object for Pattern {
    fn py_type(&self) -> &'static str {
        "Pattern"
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        let names = [
            (parse::IGNORECASE, "re.IGNORECASE"),
            (parse::MULTILINE, "re.MULTILINE"),
            (parse::DOTALL, "re.DOTALL"),
            (parse::VERBOSE, "re.VERBOSE"),
            (parse::ASCII, "re.ASCII"),
        ];
        let flags = self.0.flags & !UNICODE;
        let shown: Vec<&str> = names.iter().filter(|(flag, _)| flags & flag != 0).map(|(_, name)| *name).collect();
        write!(out, "re.compile({}", repr(&self.0.text))?;
        if !shown.is_empty() {
            write!(out, ", {}", shown.join("|"))?;
        }
        out.write_str(")")
    }
}

impl Key for Pattern {
    #[inline]
    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self.0.text == other.0.text && self.0.flags == other.0.flags)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        self.0.text.py_hash()
    }
}

impl Compare for Pattern {}

impl From<Pattern> for Value {
    #[inline]
    fn from(pattern: Pattern) -> Value {
        Value::object(pattern)
    }
}
