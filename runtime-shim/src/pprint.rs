//! `pprint`: values in lines.
use std::cmp::Ordering;

use crate::prelude::*;
use crate::value::Kind;

/// How values are laid out.
struct Printer {
    indent: usize,
    width: i64,
    sorts: bool,
    out: String,
}

fn len(text: &str) -> i64 {
    text.chars().count() as i64
}

/// A container of known types as one of unknown types.
fn plain(value: &Value) -> Value {
    match &value.0 {
        Kind::Object(object) => object.plain().unwrap_or_else(|| value.clone()),
        _ => value.clone(),
    }
}

/// Python's order, and of types where there is none.
fn order(a: &Value, b: &Value) -> Ordering {
    match (a.py_lt(b), b.py_lt(a)) {
        (Ok(true), _) => Ordering::Less,
        (_, Ok(true)) => Ordering::Greater,
        (Ok(false), Ok(false)) => Ordering::Equal,
        _ => a.py_type().cmp(b.py_type()),
    }
}

impl Printer {
    fn pairs(&self, dict: &Dict<Value, Value>) -> Vec<(Value, Value)> {
        let mut pairs = dict.to_vec();
        if self.sorts {
            pairs.sort_by(|(a, _), (b, _)| order(a, b));
        }
        pairs
    }

    /// The repr on one line, dicts in order.
    fn repr(&self, value: &Value) -> String {
        let joined = |items: Vec<Value>| items.iter().map(|item| self.repr(item)).collect::<Vec<_>>().join(", ");
        match &plain(value).0 {
            Kind::Dict(dict) if value.py_type() == "dict" => {
                let pairs = self.pairs(dict).into_iter();
                let shown = pairs.map(|(key, value)| format!("{}: {}", self.repr(&key), self.repr(&value)));
                format!("{{{}}}", shown.collect::<Vec<_>>().join(", "))
            }
            Kind::List(list) => format!("[{}]", joined(list.to_vec())),
            Kind::Tuple(tuple) if tuple.as_slice().len() == 1 => format!("({},)", self.repr(&tuple.as_slice()[0])),
            Kind::Tuple(tuple) => format!("({})", joined(tuple.as_slice().to_vec())),
            _ => repr(value).to_string(),
        }
    }

    fn value(&mut self, value: &Value, indent: i64, allowance: i64, level: u32) {
        let shown = self.repr(value);
        if len(&shown) <= self.width - indent - allowance {
            self.out.push_str(&shown);
            return;
        }
        match &plain(value).0 {
            Kind::Dict(dict) if value.py_type() == "dict" => {
                self.out.push('{');
                self.pad();
                self.dict(&self.pairs(dict), indent, allowance + 1, level);
                self.out.push('}');
            }
            Kind::List(list) => {
                self.out.push('[');
                self.items(&list.to_vec(), indent, allowance + 1, level);
                self.out.push(']');
            }
            Kind::Tuple(tuple) => {
                let end = if tuple.as_slice().len() == 1 { ",)" } else { ")" };
                self.out.push('(');
                self.items(tuple.as_slice(), indent, allowance + len(end), level);
                self.out.push_str(end);
            }
            Kind::Set(set) => self.set(set.unchecked().collect(), ("{", "}"), 0, (indent, allowance), level),
            Kind::FrozenSet(set) => {
                self.set(set.unchecked().collect(), ("frozenset({", "})"), 10, (indent, allowance), level);
            }
            Kind::Str(text) => self.text(&Str::copy_of(text.as_str()), indent, allowance, level),
            _ => self.out.push_str(&shown),
        }
    }

    fn pad(&mut self) {
        let pad = " ".repeat(self.indent.saturating_sub(1));
        self.out.push_str(&pad);
    }

    fn new_line(&mut self, indent: i64) {
        self.out.push_str(",\n");
        self.out.push_str(&" ".repeat(indent.max(0) as usize));
    }

    fn dict(&mut self, pairs: &[(Value, Value)], indent: i64, allowance: i64, level: u32) {
        let indent = indent + self.indent as i64;
        for (at, (key, value)) in pairs.iter().enumerate() {
            let last = at + 1 == pairs.len();
            let shown = self.repr(key);
            self.out.push_str(&shown);
            self.out.push_str(": ");
            self.value(value, indent + len(&shown) + 2, if last { allowance } else { 1 }, level + 1);
            if !last {
                self.new_line(indent);
            }
        }
    }

    fn items(&mut self, items: &[Value], indent: i64, allowance: i64, level: u32) {
        let indent = indent + self.indent as i64;
        self.pad();
        for (at, item) in items.iter().enumerate() {
            let last = at + 1 == items.len();
            self.value(item, indent, if last { allowance } else { 1 }, level + 1);
            if !last {
                self.new_line(indent);
            }
        }
    }

    fn set(&mut self, mut items: Vec<Value>, (open, close): (&str, &str), more: i64, at: (i64, i64), level: u32) {
        items.sort_by(order);
        self.out.push_str(open);
        self.items(&items, at.0 + more, at.1 + len(close), level);
        self.out.push_str(close);
    }

    /// A text in pieces, each behind the other.
    fn text(&mut self, text: &Str, indent: i64, allowance: i64, level: u32) {
        let (indent, allowance) = if level == 0 { (indent + 1, allowance + 1) } else { (indent, allowance) };
        let width = self.width - indent;
        let lines = text.splitlines_keep(true).to_vec();
        let mut chunks: Vec<String> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let last = at + 1 == lines.len();
            let shown = repr(line);
            if len(&shown) <= if last { width - allowance } else { width } {
                chunks.push(shown.to_string());
                continue;
            }
            let parts = parts(line);
            let mut current = String::new();
            for (place, part) in parts.iter().enumerate() {
                let candidate = format!("{current}{part}");
                let room = if last && place + 1 == parts.len() { width - allowance } else { width };
                if len(&repr(&Str::from(candidate.clone()))) > room {
                    if !current.is_empty() {
                        chunks.push(repr(&Str::from(current)).to_string());
                    }
                    current = part.clone();
                } else {
                    current = candidate;
                }
            }
            if !current.is_empty() {
                chunks.push(repr(&Str::from(current)).to_string());
            }
        }
        if let [only] = &chunks[..] {
            self.out.push_str(only);
            return;
        }
        let joined = chunks.join(&format!("\n{}", " ".repeat(indent.max(0) as usize)));
        self.out.push_str(&if level == 0 { format!("({joined})") } else { joined });
    }
}

/// Words, each with the spaces behind it.
fn parts(line: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut spaces = true;
    for c in line.chars() {
        let is_space = c.is_whitespace();
        if parts.is_empty()
            || spaces && !is_space && parts.last().is_some_and(|part| part.ends_with(char::is_whitespace))
        {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
        spaces = is_space;
    }
    parts
}

fn shown(object: &Value, indent: i64, width: i64, sort_dicts: bool) -> String {
    let mut printer = Printer { indent: indent.max(0) as usize, width, sorts: sort_dicts, out: String::new() };
    printer.value(object, 0, 0, 0);
    printer.out
}

/// `pformat(object, indent, width, sort_dicts=sort_dicts)`
pub fn pformat(object: &Value, indent: i64, width: i64, sort_dicts: bool) -> Str {
    Str::from(shown(object, indent, width, sort_dicts))
}

/// `pprint(object, indent=indent, width=width, sort_dicts=sort_dicts)`, `pp` with its own defaults.
pub fn pprint(object: &Value, indent: i64, width: i64, sort_dicts: bool) {
    let text = shown(object, indent, width, sort_dicts);
    crate::println!("{text}");
}
