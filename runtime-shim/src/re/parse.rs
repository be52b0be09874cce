//! A pattern's text to its tree, in Python's syntax.
use crate::prelude::*;

/// `re.IGNORECASE`
pub const IGNORECASE: i64 = 2;
/// `re.MULTILINE`
pub const MULTILINE: i64 = 8;
/// `re.DOTALL`
pub const DOTALL: i64 = 16;
/// `re.UNICODE`
pub const UNICODE: i64 = 32;
/// `re.VERBOSE`
pub const VERBOSE: i64 = 64;
/// `re.ASCII`
pub const ASCII: i64 = 256;

crate::exception::builtin::class! {
    @ /// `re.error`
    PatternError: Exception, "re";
}

/// A part of a pattern.
#[derive(Debug)]
pub(super) enum Node {
    Char {
        c: char,
        fold: bool,
    },
    /// `.`
    Any {
        newline: bool,
    },
    Set {
        negated: bool,
        items: Vec<Item>,
        fold: bool,
    },
    /// `^`
    Start {
        lines: bool,
    },
    /// `$`
    End {
        lines: bool,
    },
    AbsoluteStart,
    AbsoluteEnd,
    Boundary {
        negated: bool,
        ascii: bool,
    },
    Group(usize, Box<Node>),
    Back {
        group: usize,
        fold: bool,
    },
    All(Vec<Node>),
    Either(Vec<Node>),
    Repeat {
        node: Box<Node>,
        min: usize,
        max: usize,
        greedy: bool,
    },
    /// `(?=…)`, `(?!…)`; behind with the width that it looks back.
    Look {
        node: Box<Node>,
        negated: bool,
        behind: Option<usize>,
    },
    Atomic(Box<Node>),
    If(usize, Box<Node>, Box<Node>),
}

/// What a set has.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Range(char, char),
    Digit { negated: bool, ascii: bool },
    Word { negated: bool, ascii: bool },
    Space { negated: bool, ascii: bool },
}

/// A pattern, read.
pub(super) struct Parsed {
    pub(super) node: Node,
    pub(super) groups: usize,
    pub(super) names: Vec<(String, usize)>,
    pub(super) flags: i64,
}

struct Parser {
    text: Vec<char>,
    at: usize,
    flags: i64,
    groups: usize,
    names: Vec<(String, usize)>,
    open: Vec<usize>,
}

type Parse<T = Node> = PyResult<T>;

#[cold]
fn wrong<T>(message: impl std::fmt::Display, at: usize) -> PyResult<T> {
    Err(PatternError::new(format!("{message} at position {at}")))
}

pub(super) fn parse(pattern: &str, flags: i64) -> PyResult<Parsed> {
    let mut parser =
        Parser { text: pattern.chars().collect(), at: 0, flags, groups: 0, names: Vec::new(), open: Vec::new() };
    let node = parser.either()?;
    if parser.at < parser.text.len() {
        return wrong("unbalanced parenthesis", parser.at);
    }
    let (groups, names, flags) = (parser.groups, parser.names, parser.flags | UNICODE);
    Ok(Parsed { node, groups, names, flags })
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.text[self.at..].iter().copied().take(text.chars().count()).eq(text.chars());
        if found {
            self.at += text.chars().count();
        }
        found
    }

    fn has(&self, flag: i64) -> bool {
        self.flags & flag != 0
    }

    fn either(&mut self) -> Parse {
        let mut all = vec![self.all()?];
        while self.eat("|") {
            all.push(self.all()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Node::Either(all) })
    }

    fn skip_blank(&mut self) {
        while self.has(VERBOSE) {
            match self.peek() {
                Some(c) if c.is_whitespace() => self.at += 1,
                Some('#') => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.at += 1;
                    }
                }
                _ => return,
            }
        }
    }

    fn all(&mut self) -> Parse {
        let mut all = Vec::new();
        loop {
            self.skip_blank();
            match self.peek() {
                None | Some('|' | ')') => return Ok(Node::All(all)),
                Some(_) => {}
            }
            let start = self.at;
            let Some(node) = self.one()? else { continue };
            all.push(self.repeated(node, start)?);
        }
    }

    fn number(&mut self) -> Option<usize> {
        let digits: String = self.text[self.at..].iter().take_while(|c| c.is_ascii_digit()).collect();
        self.at += digits.len();
        digits.parse().ok()
    }

    fn repeated(&mut self, mut node: Node, _start: usize) -> Parse {
        let mut repeated = false;
        loop {
            self.skip_blank();
            let at = self.at;
            let (min, max) = match self.peek() {
                Some('*') => (0, usize::MAX),
                Some('+') => (1, usize::MAX),
                Some('?') => (0, 1),
                Some('{') => {
                    self.at += 1;
                    let min = self.number();
                    let max = if self.eat(",") { self.number().or(Some(usize::MAX)) } else { min };
                    let is_count = self.peek() == Some('}')
                        && self.text[at + 1] != '}'
                        && (min.is_some() || self.text[at + 1] == ',');
                    match max {
                        Some(max) if is_count => (min.unwrap_or(0), max),
                        _ => {
                            self.at = at;
                            return Ok(node);
                        }
                    }
                }
                _ => return Ok(node),
            };
            self.at += 1;
            if max < min {
                return wrong("min repeat greater than max repeat", at + 1);
            }
            if repeated {
                return wrong("multiple repeat", at);
            }
            if matches!(node, Node::Start { .. } | Node::AbsoluteStart) {
                return wrong("nothing to repeat", at);
            }
            repeated = true;
            let lazy = self.eat("?");
            let possessive = !lazy && self.eat("+");
            node = Node::Repeat { node: Box::new(node), min, max, greedy: !lazy };
            if possessive {
                node = Node::Atomic(Box::new(node));
            }
        }
    }

    /// One part; `None`: it only set flags, or was a comment.
    fn one(&mut self) -> Parse<Option<Node>> {
        let at = self.at;
        let Some(c) = self.peek() else { return Ok(None) };
        self.at += 1;
        Ok(Some(match c {
            '.' => Node::Any { newline: self.has(DOTALL) },
            '^' => Node::Start { lines: self.has(MULTILINE) },
            '$' => Node::End { lines: self.has(MULTILINE) },
            '(' => return self.group(at),
            '[' => self.set(at)?,
            '\\' => self.escape(at)?,
            '*' | '+' | '?' => return wrong("nothing to repeat", at),
            c => Node::Char { c, fold: self.has(IGNORECASE) },
        }))
    }

    fn class(&self, c: char) -> Option<Item> {
        let ascii = self.has(ASCII);
        Some(match c {
            'd' => Item::Digit { negated: false, ascii },
            'D' => Item::Digit { negated: true, ascii },
            'w' => Item::Word { negated: false, ascii },
            'W' => Item::Word { negated: true, ascii },
            's' => Item::Space { negated: false, ascii },
            'S' => Item::Space { negated: true, ascii },
            _ => return None,
        })
    }

    /// A character behind a backslash that stands for one.
    fn escaped(&mut self, c: char, at: usize) -> Parse<char> {
        Ok(match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'a' => '\u{7}',
            'x' => self.hex(2, at)?,
            'u' => self.hex(4, at)?,
            'U' => self.hex(8, at)?,
            '0' => {
                let digits: String = self.text[self.at..].iter().take(2).take_while(|c| c.is_digit(8)).collect();
                self.at += digits.len();
                char::from_u32(u32::from_str_radix(&format!("0{digits}"), 8).unwrap_or(0)).unwrap_or('\0')
            }
            c if c.is_ascii_alphabetic() => return wrong(format!("bad escape \\{c}"), at),
            c => c,
        })
    }

    fn hex(&mut self, count: usize, at: usize) -> Parse<char> {
        let digits: String = self.text[self.at..].iter().take(count).take_while(|c| c.is_ascii_hexdigit()).collect();
        self.at += digits.len();
        if digits.len() != count {
            let shown: String = self.text[at..self.at].iter().collect();
            return wrong(format!("incomplete escape {shown}"), at);
        }
        u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).map_or_else(|| wrong("bad escape", at), Ok)
    }

    fn escape(&mut self, at: usize) -> Parse {
        let Some(c) = self.peek() else { return wrong("bad escape (end of pattern)", at) };
        self.at += 1;
        if let Some(item) = self.class(c) {
            return Ok(Node::Set { negated: false, items: vec![item], fold: false });
        }
        Ok(match c {
            'A' => Node::AbsoluteStart,
            'Z' => Node::AbsoluteEnd,
            'b' => Node::Boundary { negated: false, ascii: self.has(ASCII) },
            'B' => Node::Boundary { negated: true, ascii: self.has(ASCII) },
            '1'..='9' => {
                self.at -= 1;
                let digits: String = self.text[self.at..].iter().take(2).take_while(|c| c.is_ascii_digit()).collect();
                self.at += digits.len();
                let group = digits.parse().unwrap_or(0);
                self.back(group, at + 1)?
            }
            c => Node::Char { c: self.escaped(c, at)?, fold: self.has(IGNORECASE) },
        })
    }

    fn back(&self, group: usize, at: usize) -> Parse {
        if group > self.groups {
            return wrong(format!("invalid group reference {group}"), at);
        }
        if self.open.contains(&group) {
            return wrong("cannot refer to an open group", at);
        }
        Ok(Node::Back { group, fold: self.has(IGNORECASE) })
    }

    fn set(&mut self, start: usize) -> Parse {
        let negated = self.eat("^");
        let mut items = Vec::new();
        let first = self.at;
        loop {
            let Some(c) = self.peek() else { return wrong("unterminated character set", start) };
            if c == ']' && self.at > first {
                self.at += 1;
                return Ok(Node::Set { negated, items, fold: self.has(IGNORECASE) });
            }
            let at = self.at;
            let Some(low) = self.set_char(&mut items)? else { continue };
            let is_range = self.peek() == Some('-') && self.text.get(self.at + 1).is_some_and(|c| *c != ']');
            if !is_range {
                items.push(Item::Range(low, low));
                continue;
            }
            self.at += 1;
            let before = items.len();
            match self.set_char(&mut items)? {
                Some(high) if high >= low => items.push(Item::Range(low, high)),
                _ => {
                    items.truncate(before);
                    let shown: String = self.text[at..self.at].iter().collect();
                    return wrong(format!("bad character range {shown}"), at);
                }
            }
        }
    }

    /// A character of a set; `None`: it was a class, which is in the items now.
    fn set_char(&mut self, items: &mut Vec<Item>) -> Parse<Option<char>> {
        let at = self.at;
        let Some(c) = self.peek() else { return Ok(None) };
        self.at += 1;
        if c != '\\' {
            return Ok(Some(c));
        }
        let Some(c) = self.peek() else { return wrong("bad escape (end of pattern)", at) };
        self.at += 1;
        if let Some(item) = self.class(c) {
            items.push(item);
            return Ok(None);
        }
        if c == 'b' {
            return Ok(Some('\u{8}'));
        }
        self.escaped(c, at).map(Some)
    }

    fn name(&mut self, end: char) -> Parse<String> {
        let start = self.at;
        while self.peek().is_some_and(|c| c != end) {
            self.at += 1;
        }
        let name: String = self.text[start..self.at].iter().collect();
        if self.peek().is_none() {
            return wrong(format!("missing {end}, unterminated name"), start);
        }
        self.at += 1;
        if name.is_empty() {
            return wrong("missing group name", start);
        }
        Ok(name)
    }

    fn close(&mut self, start: usize) -> PyResult {
        if self.eat(")") { Ok(()) } else { wrong("missing ), unterminated subpattern", start) }
    }

    fn capture(&mut self, name: Option<String>, start: usize) -> Parse<Option<Node>> {
        self.groups += 1;
        let group = self.groups;
        if let Some(name) = name {
            if let Some((_, first)) = self.names.iter().find(|(known, _)| *known == name) {
                let shown = repr(&Str::from(name));
                return wrong(
                    format!("redefinition of group name {shown} as group {group}; was group {first}"),
                    start + 4,
                );
            }
            self.names.push((name, group));
        }
        self.open.push(group);
        let flags = self.flags;
        let node = self.either()?;
        self.flags = flags;
        self.open.pop();
        self.close(start)?;
        Ok(Some(Node::Group(group, Box::new(node))))
    }

    fn inner(&mut self, start: usize, flags: i64) -> Parse {
        let around = std::mem::replace(&mut self.flags, flags);
        let node = self.either()?;
        self.flags = around;
        self.close(start)?;
        Ok(node)
    }

    fn group(&mut self, start: usize) -> Parse<Option<Node>> {
        if !self.eat("?") {
            return self.capture(None, start);
        }
        if self.eat("P<") {
            let name = self.name('>')?;
            return self.capture(Some(name), start);
        }
        if self.eat("P=") {
            let at = self.at;
            let name = self.name(')')?;
            let found = self.names.iter().find(|(known, _)| *known == name).map(|(_, group)| *group);
            let Some(group) = found else {
                return wrong(format!("unknown group name {}", repr(&Str::from(name))), at);
            };
            return self.back(group, at).map(Some);
        }
        if self.eat("#") {
            while self.peek().is_some_and(|c| c != ')') {
                self.at += 1;
            }
            self.close(start)?;
            return Ok(None);
        }
        if self.eat("(") {
            let at = self.at;
            let name = self.name(')')?;
            let named = self.names.iter().find(|(known, _)| *known == name).map(|(_, group)| *group);
            let Some(group) = named.or_else(|| name.parse().ok()) else {
                return wrong(format!("unknown group name {}", repr(&Str::from(name))), at);
            };
            let yes = self.all()?;
            let no = if self.eat("|") { self.all()? } else { Node::All(Vec::new()) };
            self.close(start)?;
            return Ok(Some(Node::If(group, Box::new(yes), Box::new(no))));
        }
        let flags = self.flags;
        for (mark, negated, behind) in
            [("=", false, false), ("!", true, false), ("<=", false, true), ("<!", true, true)]
        {
            if self.eat(mark) {
                let node = self.inner(start, flags)?;
                let behind = match behind {
                    false => None,
                    true => match width(&node) {
                        Some(width) => Some(width),
                        None => return Err(PatternError::new("look-behind requires fixed-width pattern")),
                    },
                };
                return Ok(Some(Node::Look { node: Box::new(node), negated, behind }));
            }
        }
        if self.eat(">") {
            return Ok(Some(Node::Atomic(Box::new(self.inner(start, flags)?))));
        }
        let (mut on, mut off, mut minus) = (0, 0, false);
        while let Some(c) = self.peek() {
            let flag = match c {
                'i' => IGNORECASE,
                'm' => MULTILINE,
                's' => DOTALL,
                'x' => VERBOSE,
                'a' => ASCII,
                'u' | 'L' => 0,
                '-' => {
                    minus = true;
                    0
                }
                ':' => {
                    self.at += 1;
                    return self.inner(start, flags & !off | on).map(Some);
                }
                ')' => {
                    self.at += 1;
                    self.flags |= on;
                    return Ok(None);
                }
                c => return wrong(format!("unknown extension ?{c}"), start + 1),
            };
            if minus {
                off |= flag
            } else {
                on |= flag
            }
            self.at += 1;
        }
        wrong("unexpected end of pattern", self.at)
    }
}

/// How many characters a part takes, when it is always as many.
fn width(node: &Node) -> Option<usize> {
    Some(match node {
        Node::Char { .. } | Node::Any { .. } | Node::Set { .. } => 1,
        Node::Group(_, node) | Node::Atomic(node) => width(node)?,
        Node::All(all) => all.iter().map(width).sum::<Option<usize>>()?,
        Node::Either(all) => {
            let widths: Vec<usize> = all.iter().map(width).collect::<Option<_>>()?;
            widths.iter().all(|width| *width == widths[0]).then_some(widths[0])?
        }
        Node::Repeat { node, min, max, .. } if min == max => width(node)? * min,
        Node::Repeat { .. } | Node::Back { .. } | Node::If(..) => return None,
        _ => 0,
    })
}
