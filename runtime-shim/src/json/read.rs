//! `json.loads`
use crate::prelude::*;

/// `json.JSONDecodeError`
#[derive(Clone, Debug, Default)]
pub struct JSONDecodeError {
    msg: Str,
    doc: Str,
    pos: i64,
}

impl ExceptionType for JSONDecodeError {
    type Base = ValueError;
    const NAME: &'static str = "JSONDecodeError";
    const MODULE: &'static str = "json.decoder";

    fn bare(id: std::any::TypeId) -> Option<&'static dyn std::any::Any> {
        ValueError::bare(id)
    }
}

impl PyErr {
    fn of_json(&self) -> JSONDecodeError {
        self.downcast::<JSONDecodeError>().map(|found| (*found).clone()).unwrap_or_default()
    }

    /// `e.msg` of a JSONDecodeError.
    #[inline]
    pub fn msg(&self) -> Str {
        self.of_json().msg
    }

    /// `e.doc` of a JSONDecodeError.
    #[inline]
    pub fn doc(&self) -> Str {
        self.of_json().doc
    }

    /// `e.pos` of a JSONDecodeError.
    #[inline]
    pub fn pos(&self) -> i64 {
        self.of_json().pos
    }

    /// `e.lineno` of a JSONDecodeError.
    #[inline]
    pub fn lineno(&self) -> i64 {
        let of = self.of_json();
        place(&of.doc.chars().collect::<Vec<_>>(), of.pos as usize).0
    }

    /// `e.colno` of a JSONDecodeError.
    #[inline]
    pub fn colno(&self) -> i64 {
        let of = self.of_json();
        place(&of.doc.chars().collect::<Vec<_>>(), of.pos as usize).1
    }
}

/// Line and column of a character.
fn place(text: &[char], at: usize) -> (i64, i64) {
    let before = &text[..at.min(text.len())];
    let line = before.iter().filter(|c| **c == '\n').count() as i64 + 1;
    let column = before.iter().rev().take_while(|c| **c != '\n').count() as i64 + 1;
    (line, column)
}

/// `json.loads(text)`
#[inline]
pub fn loads(text: &str) -> PyResult<Value> {
    let mut reader = Reader { text: text.chars().collect(), at: 0 };
    reader.skip();
    let value = reader.value(0)?;
    reader.skip();
    if reader.at < reader.text.len() {
        return Err(reader.wrong("Extra data", reader.at));
    }
    Ok(value)
}

/// `json.loads(bytes)`
#[inline]
pub fn loads_bytes(bytes: &[u8]) -> PyResult<Value> {
    loads(&Bytes::from(bytes.to_vec()).decode()?)
}

struct Reader {
    text: Vec<char>,
    at: usize,
}

impl Reader {
    #[cold]
    fn wrong(&self, msg: &str, at: usize) -> PyErr {
        let (line, column) = place(&self.text, at);
        let doc = Str::from(self.text.iter().collect::<String>());
        let text = format!("{msg}: line {line} column {column} (char {at})");
        PyErr::new(JSONDecodeError { msg: Str::copy_of(msg), doc, pos: at as i64 }, text)
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn skip(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn literal(&mut self, word: &str) -> bool {
        let found = self.text[self.at..].iter().copied().take(word.len()).eq(word.chars());
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self, depth: usize) -> PyResult<Value> {
        if depth > 990 {
            return Err(RecursionError::new("maximum recursion depth exceeded while decoding a JSON object"));
        }
        match self.peek() {
            Some('"') => self.string().map(Value::from),
            Some('{') => self.object(depth),
            Some('[') => self.array(depth),
            Some('n') if self.literal("null") => Ok(Value::None),
            Some('t') if self.literal("true") => Ok(Value::from(true)),
            Some('f') if self.literal("false") => Ok(Value::from(false)),
            Some('N') if self.literal("NaN") => Ok(Value::from(f64::NAN)),
            Some('I') if self.literal("Infinity") => Ok(Value::from(f64::INFINITY)),
            Some('-') if self.literal("-Infinity") => Ok(Value::from(f64::NEG_INFINITY)),
            Some(c) if c == '-' || c.is_ascii_digit() => self.number(),
            _ => Err(self.wrong("Expecting value", self.at)),
        }
    }

    fn digits(&self, mut at: usize) -> usize {
        while self.text.get(at).is_some_and(char::is_ascii_digit) {
            at += 1;
        }
        at
    }

    fn number(&mut self) -> PyResult<Value> {
        let start = self.at;
        let first = start + usize::from(self.text[start] == '-');
        let mut end = match self.text.get(first) {
            Some('0') => first + 1,
            _ => self.digits(first),
        };
        if end == first {
            return Err(self.wrong("Expecting value", start));
        }
        let mut is_float = false;
        if self.text.get(end) == Some(&'.') && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
            is_float = true;
        }
        if matches!(self.text.get(end), Some('e' | 'E')) {
            let sign = usize::from(matches!(self.text.get(end + 1), Some('+' | '-')));
            if self.digits(end + 1 + sign) > end + 1 + sign {
                end = self.digits(end + 1 + sign);
                is_float = true;
            }
        }
        let text: String = self.text[start..end].iter().collect();
        self.at = end;
        if is_float {
            return Ok(Value::from(text.parse::<f64>().unwrap_or(f64::NAN)));
        }
        match text.parse::<i64>() {
            Ok(value) => Ok(Value::from(value)),
            Err(_) => Ok(Value::from(text.parse::<num_bigint::BigInt>().map_or(Int::from(0), Int::from))),
        }
    }

    fn string(&mut self) -> PyResult<Str> {
        let begin = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let Some(c) = self.peek() else { return Err(self.wrong("Unterminated string starting at", begin)) };
            self.at += 1;
            match c {
                '"' => return Ok(Str::from(out)),
                '\\' => {
                    let Some(escape) = self.peek() else {
                        return Err(self.wrong("Unterminated string starting at", begin));
                    };
                    self.at += 1;
                    out.push(match escape {
                        '"' | '\\' | '/' => escape,
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'b' => '\u{8}',
                        'f' => '\u{c}',
                        'u' => self.unicode()?,
                        _ => return Err(self.wrong("Invalid \\escape", self.at - 2)),
                    });
                }
                c if c < ' ' => return Err(self.wrong("Invalid control character at", self.at - 1)),
                c => out.push(c),
            }
        }
    }

    /// Four digits behind `\u`, and a second half where there is one.
    fn unicode(&mut self) -> PyResult<char> {
        let first = self.four()?;
        if (0xd800..0xdc00).contains(&first)
            && self.text.get(self.at) == Some(&'\\')
            && self.text.get(self.at + 1) == Some(&'u')
        {
            let back = self.at;
            self.at += 2;
            let second = self.four()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or('\u{fffd}'));
            }
            self.at = back;
        }
        // A lone half has no place in our strings.
        Ok(char::from_u32(first).unwrap_or('\u{fffd}'))
    }

    fn four(&mut self) -> PyResult<u32> {
        let digits: String = self.text[self.at..].iter().take(4).collect();
        match u32::from_str_radix(&digits, 16) {
            Ok(code) if digits.len() == 4 && !digits.starts_with('+') => {
                self.at += 4;
                Ok(code)
            }
            _ => Err(self.wrong("Invalid \\uXXXX escape", self.at - 1)),
        }
    }

    fn array(&mut self, depth: usize) -> PyResult<Value> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip();
        if self.peek() == Some(']') {
            self.at += 1;
            return Ok(Value::from(List::<Value>::new()));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip();
            match self.peek() {
                Some(']') => {
                    self.at += 1;
                    return Ok(Value::from(List::from(items)));
                }
                Some(',') => {}
                _ => return Err(self.wrong("Expecting ',' delimiter", self.at)),
            }
            let comma = self.at;
            self.at += 1;
            self.skip();
            if self.peek() == Some(']') {
                return Err(self.wrong("Illegal trailing comma before end of array", comma));
            }
        }
    }

    fn object(&mut self, depth: usize) -> PyResult<Value> {
        self.at += 1;
        let dict: Dict<Value, Value> = Dict::new();
        self.skip();
        if self.peek() == Some('}') {
            self.at += 1;
            return Ok(Value::from(dict));
        }
        loop {
            if self.peek() != Some('"') {
                return Err(self.wrong("Expecting property name enclosed in double quotes", self.at));
            }
            let key = self.string()?;
            self.skip();
            if self.peek() != Some(':') {
                return Err(self.wrong("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.skip();
            let value = self.value(depth + 1)?;
            dict.set_item(Value::from(key), value);
            self.skip();
            match self.peek() {
                Some('}') => {
                    self.at += 1;
                    return Ok(Value::from(dict));
                }
                Some(',') => {}
                _ => return Err(self.wrong("Expecting ',' delimiter", self.at)),
            }
            let comma = self.at;
            self.at += 1;
            self.skip();
            if self.peek() == Some('}') {
                return Err(self.wrong("Illegal trailing comma before end of object", comma));
            }
        }
    }
}
