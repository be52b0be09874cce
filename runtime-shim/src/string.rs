//! `string`: constants, `capwords`, templates.

use crate::prelude::*;

/// `string.ascii_lowercase`
pub const ASCII_LOWERCASE: Str = Str::literal("abcdefghijklmnopqrstuvwxyz");
/// `string.ascii_uppercase`
pub const ASCII_UPPERCASE: Str = Str::literal("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
/// `string.ascii_letters`
pub const ASCII_LETTERS: Str = Str::literal("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
/// `string.digits`
pub const DIGITS: Str = Str::literal("0123456789");
/// `string.hexdigits`
pub const HEXDIGITS: Str = Str::literal("0123456789abcdefABCDEF");
/// `string.octdigits`
pub const OCTDIGITS: Str = Str::literal("01234567");
/// `string.punctuation`
pub const PUNCTUATION: Str = Str::literal("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
/// `string.whitespace`
pub const WHITESPACE: Str = Str::literal(" \t\n\r\x0b\x0c");
/// `string.printable`
pub const PRINTABLE: Str = Str::literal(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c",
);

/// `string.capwords(s)`
#[inline]
pub fn capwords(s: &str) -> Str {
    let words: Vec<String> = s.split_whitespace().map(capitalized).collect();
    Str::from(words.join(" "))
}

/// `string.capwords(s, sep)`
#[inline]
pub fn capwords_by(s: &str, sep: &str) -> Str {
    let words: Vec<String> = s.split(sep).map(capitalized).collect();
    Str::from(words.join(sep))
}

#[inline]
fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + &chars.as_str().to_lowercase())
        .unwrap_or_default()
}

/// `string.Template`
#[derive(Clone)]
pub struct Template(Rc<String>);

crate::opaque::opaque! {
    Template: "string", "Template";
}

fn named<const N: usize>(names: [(&'static str, Value); N]) -> Dict<Str, Value> {
    names.into_iter().map(|(name, value)| (Str::from(name), value)).collect()
}

impl Template {
    /// `Template(template)`
    #[inline]
    pub fn new(template: &str) -> Template {
        Template(Rc::new(template.to_owned()))
    }

    /// `t.template`
    #[inline]
    pub fn template(&self) -> Str {
        Str::copy_of(&self.0)
    }

    /// `t.substitute(mapping)`
    #[inline]
    pub fn substitute<T: Object + Clone>(&self, mapping: &Dict<Str, T>) -> PyResult<Str> {
        self.fill(|name, at| match name {
            Some(name) => Ok(str_(&mapping.get_item(name)?).to_string()),
            None => {
                let before = &self.0[..at];
                let line = before.matches('\n').count() + 1;
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                Err(ValueError::new(format!("Invalid placeholder in string: line {line}, col {column}")))
            }
        })
    }

    /// `t.substitute(name=value)`
    pub fn substitute_names<const N: usize>(&self, names: [(&'static str, Value); N]) -> PyResult<Str> {
        self.substitute(&named(names))
    }

    /// `t.safe_substitute(name=value)`
    pub fn safe_substitute_names<const N: usize>(&self, names: [(&'static str, Value); N]) -> Str {
        self.safe_substitute(&named(names))
    }

    /// `t.safe_substitute(mapping)`: what is unknown stays.
    #[inline]
    pub fn safe_substitute<T: Object + Clone>(&self, mapping: &Dict<Str, T>) -> Str {
        let filled = self.fill(|name, at| {
            let value = name.and_then(|name| mapping.get(name));
            Ok(value.map_or_else(
                || self.0[at..at + placeholder(&self.0[at..]).1].to_owned(),
                |value| str_(&value).to_string(),
            ))
        });
        filled.unwrap_or_default()
    }

    #[inline]
    fn fill(&self, value: impl Fn(Option<&str>, usize) -> PyResult<String>) -> PyResult<Str> {
        let mut filled = String::new();
        let mut at = 0;
        while let Some(dollar) = self.0[at..].find('$') {
            filled.push_str(&self.0[at..at + dollar]);
            at += dollar;
            let rest = &self.0[at..];
            if rest.starts_with("$$") {
                filled.push('$');
                at += 2;
                continue;
            }
            let (name, len) = placeholder(rest);
            filled.push_str(&value(name, at)?);
            at += len;
        }
        filled.push_str(&self.0[at..]);
        Ok(Str::from(filled))
    }
}

/// The name after a dollar sign, if there is one, and how long the placeholder is.
#[inline]
fn placeholder(text: &str) -> (Option<&str>, usize) {
    let name_of = |text: &str| {
        let is_start = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
        if is_start { end } else { 0 }
    };
    let after = &text[1..];
    if let Some(inner) = after.strip_prefix('{') {
        let len = name_of(inner);
        if len > 0 && inner[len..].starts_with('}') {
            return (Some(&inner[..len]), len + 3);
        }
        return (None, 1);
    }
    let len = name_of(after);
    if len > 0 { (Some(&after[..len]), len + 1) } else { (None, 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_capitalized() {
        assert_eq!(capwords("  hello   wORLD "), "Hello World");
        assert_eq!(capwords_by("a-b--c", "-"), "A-B--C");
        assert_eq!(PRINTABLE.len(), 100);
    }

    #[test]
    fn templates_are_filled() -> PyResult {
        let values = Dict::from([(Str::from("who"), Str::from("tim")), (Str::from("n"), Str::from("3"))]);
        assert_eq!(Template::new("$who has $$${n}x $n").substitute(&values)?, "tim has $3x 3");
        let message = |text: &str| Template::new(text).substitute(&values).err().map(|error| error.to_string());
        assert_eq!(message("$x").as_deref(), Some("'x'"));
        assert_eq!(message("a\n $").as_deref(), Some("Invalid placeholder in string: line 2, col 2"));
        assert_eq!(Template::new("$who $x ${y} $1").safe_substitute(&values), "tim $x ${y} $1");
        Ok(())
    }
}
