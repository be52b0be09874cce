//! `json.dumps`
use crate::prelude::*;
use crate::value::Kind;

/// How values are written.
pub struct Settings {
    indent: Option<i64>,
    sort_keys: bool,
    ensure_ascii: bool,
    item: Str,
    key: Str,
}

impl Settings {
    fn new(indent: Option<i64>, sort_keys: bool, ensure_ascii: bool, separators: Option<(Str, Str)>) -> Settings {
        let default = if indent.is_some() { "," } else { ", " };
        let (item, key) = separators.unwrap_or((Str::literal(default), Str::literal(": ")));
        Settings { indent, sort_keys, ensure_ascii, item, key }
    }
}

/// `json.dumps(value)`
#[inline]
pub fn dumps(value: &Value) -> PyResult<Str> {
    dumps_with(value, None, false, true, None)
}

/// `json.dumps(value, indent=…, sort_keys=…, ensure_ascii=…, separators=…)`
#[inline]
pub fn dumps_with(
    value: &Value,
    indent: Option<i64>,
    sort_keys: bool,
    ensure_ascii: bool,
    separators: Option<(Str, Str)>,
) -> PyResult<Str> {
    written(value, Settings::new(indent, sort_keys, ensure_ascii, separators), None)
}

/// `json.dumps(value, default=…, …)`
#[inline]
pub fn dumps_default<T: Into<Value>>(
    value: &Value,
    default: impl Fn(Value) -> PyResult<T> + 'static,
    indent: Option<i64>,
    sort_keys: bool,
    ensure_ascii: bool,
    separators: Option<(Str, Str)>,
) -> PyResult<Str> {
    let default = |value: &Value| default(value.clone()).map(T::into);
    written(value, Settings::new(indent, sort_keys, ensure_ascii, separators), Some(&default))
}

type Default<'a> = &'a dyn Fn(&Value) -> PyResult<Value>;

fn written(value: &Value, settings: Settings, default: Option<Default<'_>>) -> PyResult<Str> {
    let mut writer = Writer { settings, default, out: String::new() };
    writer.value(value, 0)?;
    Ok(Str::from(writer.out))
}

struct Writer<'a> {
    settings: Settings,
    default: Option<Default<'a>>,
    out: String,
}

impl Writer<'_> {
    fn value(&mut self, value: &Value, depth: usize) -> PyResult {
        if depth > 990 {
            return Err(ValueError::new("Circular reference detected"));
        }
        match &value.0 {
            Kind::None => self.out.push_str("null"),
            Kind::Bool(true) => self.out.push_str("true"),
            Kind::Bool(false) => self.out.push_str("false"),
            Kind::Int(_) | Kind::Big(_) => self.out.push_str(&repr(value)),
            Kind::Float(number) => self.out.push_str(&float(*number)),
            Kind::Str(text) => self.text(text.as_str()),
            Kind::List(items) => self.items(&items.iter().collect::<Vec<_>>(), depth)?,
            Kind::Tuple(items) => self.items(items.as_slice(), depth)?,
            Kind::Dict(dict) => {
                let pairs = dict.items().unchecked().collect();
                self.pairs(pairs, depth)?;
            }
            Kind::Object(object) => match object.plain() {
                Some(plain) if !matches!(plain.0, Kind::Object(_) | Kind::Set(_) | Kind::FrozenSet(_)) => {
                    self.value(&plain, depth)?;
                }
                _ => self.other(value, depth)?,
            },
            _ => self.other(value, depth)?,
        }
        Ok(())
    }

    fn other(&mut self, value: &Value, depth: usize) -> PyResult {
        match self.default {
            Some(default) => self.value(&default(value)?, depth + 1),
            None => Err(TypeError::new(format!("Object of type {} is not JSON serializable", value.py_type()))),
        }
    }

    fn open(&mut self, depth: usize) {
        if let Some(indent) = self.settings.indent {
            self.out.push('\n');
            let width = usize::try_from(indent).unwrap_or(0) * depth;
            self.out.extend(std::iter::repeat_n(' ', width));
        }
    }

    fn items(&mut self, items: &[Value], depth: usize) -> PyResult {
        if items.is_empty() {
            self.out.push_str("[]");
            return Ok(());
        }
        self.out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push_str(&self.settings.item);
            }
            self.open(depth + 1);
            self.value(item, depth + 1)?;
        }
        self.open(depth);
        self.out.push(']');
        Ok(())
    }

    fn pairs(&mut self, mut pairs: Vec<(Value, Value)>, depth: usize) -> PyResult {
        if pairs.is_empty() {
            self.out.push_str("{}");
            return Ok(());
        }
        if self.settings.sort_keys {
            let keys = List::from(pairs.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>());
            let sorted = crate::builtins::sorted(&keys)?;
            pairs = sorted
                .iter()
                .filter_map(|key| pairs.iter().find(|(other, _)| other.py_eq(&key).unwrap_or(false)).cloned())
                .collect();
        }
        self.out.push('{');
        for (at, (key, value)) in pairs.iter().enumerate() {
            if at > 0 {
                self.out.push_str(&self.settings.item);
            }
            self.open(depth + 1);
            let key = match &key.0 {
                Kind::Str(text) => text.as_str().to_owned(),
                Kind::None => "null".to_owned(),
                Kind::Bool(value) => value.to_string(),
                Kind::Int(_) | Kind::Big(_) => repr(key).to_string(),
                Kind::Float(number) => float(*number),
                _ => {
                    let class = key.py_type();
                    return Err(TypeError::new(format!("keys must be str, int, float, bool or None, not {class}")));
                }
            };
            self.text(&key);
            self.out.push_str(&self.settings.key);
            self.value(value, depth + 1)?;
        }
        self.open(depth);
        self.out.push('}');
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                c if c < ' ' || self.settings.ensure_ascii && !matches!(c, ' '..='~') => {
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        self.out.push_str(&format!("\\u{unit:04x}"));
                    }
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}

fn float(number: f64) -> String {
    match number {
        _ if number.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        number => repr(&number).to_string(),
    }
}
