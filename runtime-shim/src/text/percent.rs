//! `"…" % args`.
use std::any::Any;

use super::format::float_digits;
use super::{Bytes, Spec, Str};
use crate::builtins::{ToFloat, ToInt, ascii};
use crate::dict::Dict;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, OverflowError, TypeError, ValueError};
use crate::list::List;
use crate::number::{Int, Number};
use crate::object::{Object, try_repr, try_str};
use crate::tuple::{EmptyTuple, VarTuple};
use crate::value::{Kind, Value};

/// What stands right of `%`.
pub trait PercentArgs {
    /// The items of a tuple, or the one value.
    fn positional(&self) -> Vec<&dyn Object>;

    /// The one value is no tuple.
    #[inline]
    fn is_single(&self) -> bool {
        true
    }

    /// `%(name)s`
    #[inline]
    fn named(&self, _name: &str) -> Option<PyResult<Value>> {
        None
    }
}

macro_rules! single {
    ($([$($bound:tt)*] $type:ty),* $(,)?) => {$(
        impl<$($bound)*> PercentArgs for $type {
            fn positional(&self) -> Vec<&dyn Object> {
                vec![self]
            }
        }
    )*};
}
single! {
    [] (), [] bool, [] i64, [] f64, [] Int, [] Number, [] Str, [] Bytes, [] PyErr,
    [T: Object] Option<T>, [T: Object + Clone] List<T>, [T: Object] std::rc::Rc<T>,
}

impl<V: Object + Clone + Into<Value>> PercentArgs for Dict<Str, V> {
    #[inline]
    fn positional(&self) -> Vec<&dyn Object> {
        vec![self]
    }

    #[inline]
    fn named(&self, name: &str) -> Option<PyResult<Value>> {
        Some(self.get_item(name).map(V::into))
    }
}

impl PercentArgs for Value {
    #[inline]
    fn positional(&self) -> Vec<&dyn Object> {
        match &self.0 {
            Kind::Tuple(items) => items.positional(),
            _ => vec![self],
        }
    }

    #[inline]
    fn is_single(&self) -> bool {
        !matches!(self.0, Kind::Tuple(_))
    }

    #[inline]
    fn named(&self, name: &str) -> Option<PyResult<Value>> {
        match &self.0 {
            Kind::Dict(dict) => Some(dict.get_item(&Value::from(Str::copy_of(name)))),
            _ => None,
        }
    }
}

impl PercentArgs for EmptyTuple {
    #[inline]
    fn positional(&self) -> Vec<&dyn Object> {
        Vec::new()
    }

    #[inline]
    fn is_single(&self) -> bool {
        false
    }
}

impl<T: Object> PercentArgs for VarTuple<T> {
    #[inline]
    fn positional(&self) -> Vec<&dyn Object> {
        self.as_slice().iter().map(|item| item as &dyn Object).collect()
    }

    #[inline]
    fn is_single(&self) -> bool {
        false
    }
}

macro_rules! tuples {
    ($($name:ident $index:tt)*) => {
        impl<$($name: Object),*> PercentArgs for ($($name,)*) {
            fn positional(&self) -> Vec<&dyn Object> {
                vec![$(&self.$index),*]
            }

            #[inline]
            fn is_single(&self) -> bool {
                false
            }
        }
    };
}
tuples!(A 0);
tuples!(A 0 B 1);
tuples!(A 0 B 1 C 2);
tuples!(A 0 B 1 C 2 D 3);
tuples!(A 0 B 1 C 2 D 3 E 4);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
tuples!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);

impl Str {
    /// `s % args`
    #[inline]
    pub fn percent<A: PercentArgs + ?Sized>(&self, args: &A) -> PyResult<Str> {
        Percent { args, values: args.positional(), next: 0, used_names: false }.format(self)
    }
}

struct Percent<'a, A: ?Sized> {
    args: &'a A,
    values: Vec<&'a dyn Object>,
    next: usize,
    used_names: bool,
}

impl<A: PercentArgs + ?Sized> Percent<'_, A> {
    #[inline]
    fn format(mut self, template: &str) -> PyResult<Str> {
        let mut out = String::with_capacity(template.len());
        let mut chars = template.char_indices().peekable();
        while let Some((_, c)) = chars.next() {
            if c != '%' {
                out.push(c);
                continue;
            }
            let mut named = None;
            if chars.next_if(|&(_, c)| c == '(').is_some() {
                let (mut name, mut depth) = (String::new(), 1);
                loop {
                    let Some((_, c)) = chars.next() else { return Err(ValueError::new("incomplete format key")) };
                    match c {
                        '(' => depth += 1,
                        ')' => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                    name.push(c);
                }
                match self.args.named(&name) {
                    Some(value) => named = Some(value?),
                    None => return Err(TypeError::new("format requires a mapping")),
                }
                self.used_names = true;
            }
            let mut spec = Spec::default();
            let mut left = false;
            while let Some((_, flag)) = chars.next_if(|&(_, c)| matches!(c, '-' | '+' | ' ' | '#' | '0')) {
                match flag {
                    '-' => left = true,
                    '+' => spec.sign = Some('+'),
                    ' ' => spec.sign = spec.sign.or(Some(' ')),
                    '#' => spec.alternate = true,
                    _ => spec.zero = true,
                }
            }
            if chars.next_if(|&(_, c)| c == '*').is_some() {
                let width = self.star()?;
                left |= width < 0;
                spec.width = width.unsigned_abs() as usize;
            } else {
                while let Some((_, digit)) = chars.next_if(|&(_, c)| c.is_ascii_digit()) {
                    spec.width = spec.width.saturating_mul(10).saturating_add(digit as usize - '0' as usize);
                }
            }
            if chars.next_if(|&(_, c)| c == '.').is_some() {
                let mut precision = 0;
                if chars.next_if(|&(_, c)| c == '*').is_some() {
                    precision = usize::try_from(self.star()?).unwrap_or(0);
                } else {
                    while let Some((_, digit)) = chars.next_if(|&(_, c)| c.is_ascii_digit()) {
                        precision = usize::saturating_add(precision * 10, digit as usize - '0' as usize);
                    }
                }
                spec.precision = Some(precision);
            }
            while chars.next_if(|&(_, c)| matches!(c, 'h' | 'l' | 'L')).is_some() {}
            let Some((at, kind)) = chars.next() else { return Err(ValueError::new("incomplete format")) };
            if kind == '%' {
                out.push('%');
                continue;
            }
            if left {
                (spec.align, spec.zero) = (Some('<'), false);
            }
            let value: &dyn Object = match &named {
                Some(value) => value,
                None => self.value()?,
            };
            out.push_str(&one(value, kind, spec, || super::block::count(&template[..at]))?);
        }
        if self.next < self.values.len() && !self.used_names && !self.takes_anything() {
            return Err(TypeError::new("not all arguments converted during string formatting"));
        }
        Ok(Str::from(out))
    }

    /// A mapping, and a list, may stand right of `%` without being used.
    #[inline]
    fn takes_anything(&self) -> bool {
        self.args.is_single() && self.values.first().is_some_and(|value| matches!(value.py_type(), "dict" | "list"))
    }

    #[inline]
    fn value(&mut self) -> PyResult<&dyn Object> {
        match self.values.get(self.next) {
            Some(value) => {
                self.next += 1;
                Ok(*value)
            }
            None => Err(TypeError::new("not enough arguments for format string")),
        }
    }

    #[inline]
    fn star(&mut self) -> PyResult<i64> {
        match number(self.value()?) {
            Some(value) => match value.to_int()?.to_i64() {
                Some(value) => Ok(value),
                None => Err(OverflowError::new("Python int too large to convert to C int")),
            },
            None => Err(TypeError::new("* wants int")),
        }
    }
}

/// A real number, as a `Value`.
#[inline]
fn number(value: &dyn Object) -> Option<Value> {
    macro_rules! try_types {
        ($($type:ty),*) => {$(
            let any: &dyn Any = value;
            if let Some(value) = any.downcast_ref::<$type>() {
                return Some(Value::from(value.clone()));
            }
            if let Some(Some(value)) = any.downcast_ref::<Option<$type>>() {
                return Some(Value::from(value.clone()));
            }
        )*};
    }
    if let Some(held) = value.held() {
        return number(held);
    }
    try_types!(i64, f64, bool, Int, Number);
    let any: &dyn Any = value;
    let value = any.downcast_ref::<Value>()?;
    matches!(value.0, Kind::Bool(_) | Kind::Int(_) | Kind::Big(_) | Kind::Float(_)).then(|| value.clone())
}

#[inline]
fn one(value: &dyn Object, kind: char, mut spec: Spec, place: impl FnOnce() -> usize) -> PyResult<String> {
    let real = || {
        number(value).ok_or_else(|| {
            let class = value.py_type();
            let what = if matches!(kind, 'o' | 'x' | 'X') { "an integer" } else { "a real number" };
            TypeError::new(format!("%{kind} format: {what} is required, not {class}"))
        })
    };
    match kind {
        's' | 'r' | 'a' => {
            let text = match kind {
                's' => try_str(value)?,
                'r' => try_repr(value)?,
                _ => ascii(value),
            };
            let text = match spec.precision {
                Some(precision) => text.slice(None, Some(precision as i64)),
                None => text,
            };
            spec.zero = false;
            Ok(spec.pad(&text, '>'))
        }
        'c' => {
            spec.zero = false;
            character(value).map(|c| spec.pad(&c, '>'))
        }
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
            let value = real()?;
            if matches!(value.0, Kind::Float(_)) && matches!(kind, 'o' | 'x' | 'X') {
                return Err(TypeError::new(format!("%{kind} format: an integer is required, not float")));
            }
            let value = value.to_int()?;
            let (radix, prefix) = match kind {
                'o' => (8, "0o"),
                'x' => (16, "0x"),
                'X' => (16, "0X"),
                _ => (10, ""),
            };
            let digits = value.abs().to_big().to_str_radix(radix);
            let digits = if kind == 'X' { digits.to_uppercase() } else { digits };
            let digits = format!("{digits:0>width$}", width = spec.precision.unwrap_or(0));
            let prefix = if spec.alternate { prefix } else { "" };
            Ok(spec.number(value.is_negative(), prefix, &digits, ""))
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let value = match number(value) {
                Some(value) => value.to_float()?,
                None => return Err(TypeError::new(format!("must be real number, not {}", value.py_type()))),
            };
            let digits = float_digits(value.abs(), kind, spec.precision, spec.alternate);
            Ok(spec.number(value.is_sign_negative() && !value.is_nan(), "", &digits, ""))
        }
        _ => Err(ValueError::new(format!(
            "unsupported format character '{kind}' ({:#x}) at index {}",
            u32::from(kind),
            place()
        ))),
    }
}

#[inline]
fn character(value: &dyn Object) -> PyResult<String> {
    if let Some(code) = number(value) {
        if matches!(code.0, Kind::Float(_)) {
            return Err(TypeError::new("%c requires int or char"));
        }
        let c = code.to_int()?.to_i64().and_then(|code| char::from_u32(u32::try_from(code).ok()?));
        return c.map(String::from).ok_or_else(|| OverflowError::new("%c arg not in range(0x110000)"));
    }
    let text = try_str(value)?;
    if value.py_type() == "str" && text.len() == 1 {
        return Ok(text.as_str().to_owned());
    }
    Err(TypeError::new("%c requires int or char"))
}
