//! `"…".format(…)`.
use super::Str;
use crate::builtins::ascii;
use crate::dict::Dict;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, IndexError, KeyError, ValueError};
use crate::object::{Object, try_repr, try_str};
use crate::value::Value;

impl Str {
    /// `s.format(*args, **named)`
    #[inline]
    pub fn format_args(&self, args: &[Value], named: &[(Str, Value)]) -> PyResult<Str> {
        let find = |name: &str| match named.iter().find(|(key, _)| key == name) {
            Some((_, value)) => Ok(value.clone()),
            None => Err(KeyError::new(Str::copy_of(name))),
        };
        Template { args: Some(args), find: &find, numbering: Numbering::Open }.write(self, 2)
    }

    /// `s.format_map(mapping)`
    #[inline]
    pub fn format_map<V: Clone + Into<Value> + 'static>(&self, mapping: &Dict<Str, V>) -> PyResult<Str> {
        let find = |name: &str| mapping.get_item(name).map(V::into);
        Template { args: None, find: &find, numbering: Numbering::Open }.write(self, 2)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Open,
    Automatic(usize),
    Manual,
}

struct Template<'a> {
    args: Option<&'a [Value]>,
    find: &'a dyn Fn(&str) -> PyResult<Value>,
    numbering: Numbering,
}

#[cold]
fn wrong(message: &str) -> PyErr {
    ValueError::new(Str::copy_of(message))
}

impl Template<'_> {
    #[inline]
    fn write(&mut self, template: &str, depth: u32) -> PyResult<Str> {
        if depth == 0 {
            return Err(wrong("Max string recursion exceeded"));
        }
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                out.push_str(brace);
                rest = after;
                continue;
            }
            if brace == "}" {
                return Err(wrong("Single '}' encountered in format string"));
            }
            if rest.is_empty() {
                return Err(wrong("Single '{' encountered in format string"));
            }
            let (field, after) = split_field(rest)?;
            rest = after;
            out.push_str(&self.field(field, depth)?);
        }
        out.push_str(rest);
        Ok(Str::from(out))
    }

    #[inline]
    fn field(&mut self, field: &str, depth: u32) -> PyResult<Str> {
        let (name, conversion, spec) = parts(field)?;
        let value = self.lookup(name)?;
        let spec = if spec.contains(['{', '}']) { self.write(spec, depth - 1)? } else { Str::copy_of(spec) };
        match conversion {
            None => value.py_format(&spec),
            Some('s') => try_str(&value)?.py_format(&spec),
            Some('r') => try_repr(&value)?.py_format(&spec),
            Some('a') => ascii(&value).py_format(&spec),
            Some(c) => Err(wrong(&format!("Unknown conversion specifier {c}"))),
        }
    }

    #[inline]
    fn lookup(&mut self, name: &str) -> PyResult<Value> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(end);
        let mut value = self.first(first)?;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                if end == 0 {
                    return Err(wrong("Empty attribute in format string"));
                }
                value = value.get_attr(&after[..end])?;
                rest = &after[end..];
                continue;
            }
            let Some(after) = rest.strip_prefix('[') else {
                return Err(wrong("Only '.' or '[' may follow ']' in format field specifier"));
            };
            let Some(end) = after.find(']') else { return Err(wrong("Missing ']' in format string")) };
            let key = &after[..end];
            if key.is_empty() {
                return Err(wrong("Empty attribute in format string"));
            }
            let key = match digits(key) {
                Some(index) => Value::from(index),
                None => Value::from(Str::copy_of(key)),
            };
            value = value.get_item(&key)?;
            rest = &after[end + 1..];
        }
        Ok(value)
    }

    #[inline]
    fn first(&mut self, name: &str) -> PyResult<Value> {
        let index = match (digits(name), self.numbering) {
            (None, _) if !name.is_empty() => return (self.find)(name),
            (None, Numbering::Manual) => {
                return Err(wrong("cannot switch from manual field specification to automatic field numbering"));
            }
            (None, numbering) => {
                let next = if let Numbering::Automatic(next) = numbering { next } else { 0 };
                self.numbering = Numbering::Automatic(next + 1);
                next
            }
            (Some(_), Numbering::Automatic(_)) => {
                return Err(wrong("cannot switch from automatic field numbering to manual field specification"));
            }
            (Some(index), _) => {
                self.numbering = Numbering::Manual;
                usize::try_from(index).unwrap_or(usize::MAX)
            }
        };
        let Some(args) = self.args else { return Err(wrong("Format string contains positional fields")) };
        args.get(index)
            .cloned()
            .ok_or_else(|| IndexError::new(format!("Replacement index {index} out of range for positional args tuple")))
    }
}

#[inline]
fn digits(text: &str) -> Option<i64> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// What is inside the braces, and what follows them.
#[inline]
fn split_field(text: &str) -> PyResult<(&str, &str)> {
    let (mut depth, mut bracket) = (1, false);
    for (at, c) in text.char_indices() {
        match c {
            '[' if depth == 1 => bracket = true,
            ']' => bracket = false,
            '{' if !bracket => depth += 1,
            '}' if !bracket => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok((&text[..at], &text[at + 1..]));
        }
    }
    Err(wrong("expected '}' before end of string"))
}

/// `name!conversion:spec`
#[inline]
fn parts(field: &str) -> PyResult<(&str, Option<char>, &str)> {
    let mut bracket = false;
    let end = field.find(|c| {
        match c {
            '[' => bracket = true,
            ']' => bracket = false,
            _ => {}
        }
        !bracket && matches!(c, '!' | ':')
    });
    let Some(end) = end else { return Ok((field, None, "")) };
    let (name, rest) = field.split_at(end);
    if let Some(spec) = rest.strip_prefix(':') {
        return Ok((name, None, spec));
    }
    let mut chars = rest[1..].chars();
    let Some(conversion) = chars.next() else {
        return Err(wrong("end of string while looking for conversion specifier"));
    };
    let after = chars.as_str();
    if after.is_empty() {
        return Ok((name, Some(conversion), ""));
    }
    match after.strip_prefix(':') {
        Some(spec) => Ok((name, Some(conversion), spec)),
        None => Err(wrong("expected ':' after conversion specifier")),
    }
}
