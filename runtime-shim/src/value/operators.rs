//! The operators of a `Value`, with CPython's TypeErrors.
use super::{FromValue, Kind, Value};
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, TypeError};
use crate::number::{Arithmetic, Int};
use crate::object::Object;
use crate::text::Str;

/// Two numbers of one type.
enum Pair {
    Ints(Int, Int),
    Floats(f64, f64),
}

#[inline]
fn pair(a: &Value, b: &Value) -> PyResult<Option<Pair>> {
    let float = |value: &Value| match value.0 {
        Kind::Float(value) => Ok(Some(value)),
        _ => Int::from_value(value).map(|value| value.to_f64()).transpose(),
    };
    if matches!(a.0, Kind::Float(_)) || matches!(b.0, Kind::Float(_)) {
        return Ok(match (float(a)?, float(b)?) {
            (Some(a), Some(b)) => Some(Pair::Floats(a, b)),
            _ => None,
        });
    }
    Ok(match (Int::from_value(a), Int::from_value(b)) {
        (Some(a), Some(b)) => Some(Pair::Ints(a, b)),
        _ => None,
    })
}

#[cold]
fn unsupported(operator: &str, a: &Value, b: &Value) -> PyErr {
    TypeError::new(format!("unsupported operand type(s) for {operator}: '{}' and '{}'", a.py_type(), b.py_type()))
}

#[inline]
fn times(value: &Value) -> Option<i64> {
    match &value.0 {
        Kind::Big(_) => Some(i64::MAX),
        _ => i64::from_value(value),
    }
}

#[inline]
fn str_of(value: &Value) -> Option<Str> {
    Str::from_value(value)
}

impl Value {
    /// `a + b`
    #[inline]
    pub fn py_add(&self, other: &Value) -> PyResult<Value> {
        if let Some((a, b)) = self.plain_pair(other) {
            return a.py_add(&b);
        }
        if let Some(pair) = pair(self, other)? {
            return Ok(match pair {
                Pair::Ints(a, b) => (a + b).into(),
                Pair::Floats(a, b) => (a + b).into(),
            });
        }
        let class = match (&self.0, &other.0) {
            (Kind::Str(_), Kind::Str(b)) => {
                return Ok(str_of(self).unwrap_or_default().concat(b.as_str()).into());
            }
            (Kind::Bytes(a), Kind::Bytes(b)) => return Ok(a.concat(b).into()),
            (Kind::List(a), Kind::List(b)) => return Ok(a.concat(b).into()),
            (Kind::Tuple(a), Kind::Tuple(b)) => return Ok(a.concat(b).into()),
            (Kind::Bytes(_), _) => {
                return Err(TypeError::new(format!("can't concat {} to bytes", other.py_type())));
            }
            (Kind::Str(_), _) => "str",
            (Kind::List(_), _) => "list",
            (Kind::Tuple(_), _) => "tuple",
            _ => return Err(unsupported("+", self, other)),
        };
        Err(TypeError::new(format!("can only concatenate {class} (not \"{}\") to {class}", other.py_type())))
    }

    /// `a - b`
    #[inline]
    pub fn py_sub(&self, other: &Value) -> PyResult<Value> {
        if let Some((a, b)) = self.plain_pair(other) {
            return a.py_sub(&b);
        }
        match (pair(self, other)?, &self.0, &other.0) {
            (Some(Pair::Ints(a, b)), ..) => Ok((a - b).into()),
            (Some(Pair::Floats(a, b)), ..) => Ok((a - b).into()),
            (None, Kind::Set(a), Kind::Set(b)) => Ok(a.difference(b)?.into()),
            (None, Kind::Set(a), Kind::FrozenSet(b)) => Ok(a.difference(b)?.into()),
            (None, Kind::FrozenSet(a), Kind::Set(b)) => Ok(a.difference(b)?.into()),
            (None, Kind::FrozenSet(a), Kind::FrozenSet(b)) => Ok(a.difference(b)?.into()),
            _ => Err(unsupported("-", self, other)),
        }
    }

    #[inline]
    fn repeated(&self, count: &Value) -> Option<PyResult<Value>> {
        let is_sequence = matches!(self.0, Kind::Str(_) | Kind::Bytes(_) | Kind::List(_) | Kind::Tuple(_));
        if !is_sequence {
            return None;
        }
        let Some(times) = times(count) else {
            let class = count.py_type();
            return Some(Err(TypeError::new(format!("can't multiply sequence by non-int of type '{class}'"))));
        };
        Some(Ok(match &self.0 {
            Kind::Bytes(bytes) => bytes.repeat(times).into(),
            Kind::List(list) => list.repeat(times).into(),
            Kind::Tuple(tuple) => tuple.repeat(times).into(),
            _ => str_of(self).unwrap_or_default().repeat(times).into(),
        }))
    }

    /// `a * b`
    #[inline]
    pub fn py_mul(&self, other: &Value) -> PyResult<Value> {
        if let Some((a, b)) = self.plain_pair(other) {
            return a.py_mul(&b);
        }
        match pair(self, other)? {
            Some(Pair::Ints(a, b)) => Ok((a * b).into()),
            Some(Pair::Floats(a, b)) => Ok((a * b).into()),
            None => match self.repeated(other).or_else(|| other.repeated(self)) {
                Some(repeated) => repeated,
                None => Err(unsupported("*", self, other)),
            },
        }
    }

    /// `a @ b`
    #[inline]
    pub fn py_matmul(&self, other: &Value) -> PyResult<Value> {
        Err(unsupported("@", self, other))
    }

    /// `a / b`
    #[inline]
    pub fn py_truediv(&self, other: &Value) -> PyResult<Value> {
        match pair(self, other)? {
            Some(Pair::Ints(a, b)) => Ok(a.py_div(b)?.into()),
            Some(Pair::Floats(a, b)) => Ok(a.py_div(b)?.into()),
            None => Err(unsupported("/", self, other)),
        }
    }

    /// `a // b`
    #[inline]
    pub fn py_floordiv(&self, other: &Value) -> PyResult<Value> {
        match pair(self, other)? {
            Some(Pair::Ints(a, b)) => Ok(a.floor_div(b)?.into()),
            Some(Pair::Floats(a, b)) => Ok(a.floor_div(b)?.into()),
            None => Err(unsupported("//", self, other)),
        }
    }

    /// `a % b`
    #[inline]
    pub fn py_mod(&self, other: &Value) -> PyResult<Value> {
        match pair(self, other)? {
            Some(Pair::Ints(a, b)) => Ok(a.py_mod(b)?.into()),
            Some(Pair::Floats(a, b)) => Ok(a.py_mod(b)?.into()),
            None => match str_of(self) {
                Some(template) => Ok(template.percent(other)?.into()),
                None => Err(unsupported("%", self, other)),
            },
        }
    }

    /// `a ** b`
    #[inline]
    pub fn py_pow(&self, other: &Value) -> PyResult<Value> {
        match pair(self, other)? {
            Some(Pair::Ints(a, b)) if b.is_negative() => Ok(a.to_f64()?.py_pow(b.to_f64()?)?.into()),
            Some(Pair::Ints(a, b)) => Ok(a.py_pow(b)?.into()),
            Some(Pair::Floats(a, b)) => Ok(a.py_pow(b)?.into()),
            None => Err(unsupported("** or pow()", self, other)),
        }
    }

    #[inline]
    fn ints(&self, other: &Value) -> Option<(Int, Int)> {
        Some((Int::from_value(self)?, Int::from_value(other)?))
    }

    /// `a << b`
    #[inline]
    pub fn py_lshift(&self, other: &Value) -> PyResult<Value> {
        let (a, b) = self.ints(other).ok_or_else(|| unsupported("<<", self, other))?;
        Ok(a.py_lshift(b)?.into())
    }

    /// `a >> b`
    #[inline]
    pub fn py_rshift(&self, other: &Value) -> PyResult<Value> {
        let (a, b) = self.ints(other).ok_or_else(|| unsupported(">>", self, other))?;
        Ok(a.py_rshift(b)?.into())
    }

    /// `-a`
    #[inline]
    pub fn neg(&self) -> PyResult<Value> {
        match (&self.0, Int::from_value(self)) {
            (Kind::Float(value), _) => Ok((-value).into()),
            (_, Some(value)) => Ok((-value).into()),
            _ => Err(self.bad_operand("-")),
        }
    }

    /// `+a`
    #[inline]
    pub fn pos(&self) -> PyResult<Value> {
        match (&self.0, Int::from_value(self)) {
            (Kind::Float(_), _) => Ok(self.clone()),
            (_, Some(value)) => Ok(value.into()),
            _ => Err(self.bad_operand("+")),
        }
    }

    /// `~a`
    #[inline]
    pub fn invert(&self) -> PyResult<Value> {
        match Int::from_value(self) {
            Some(value) => Ok((!value).into()),
            None => Err(self.bad_operand("~")),
        }
    }

    #[cold]
    fn bad_operand(&self, operator: &str) -> PyErr {
        TypeError::new(format!("bad operand type for unary {operator}: '{}'", self.py_type()))
    }
}

macro_rules! bitwise {
    ($($name:ident $operator:tt $set:ident;)*) => {
        impl Value {
            $(
                #[doc = concat!("`a ", stringify!($operator), " b`")]
                pub fn $name(&self, other: &Value) -> PyResult<Value> {
                    if let (Kind::Bool(a), Kind::Bool(b)) = (&self.0, &other.0) {
                        return Ok((a $operator b).into());
                    }
                    if let Some((a, b)) = self.ints(other) {
                        return Ok((a $operator b).into());
                    }
                    if let Some((a, b)) = self.plain_pair(other) {
                        return a.$name(&b);
                    }
                    match (&self.0, &other.0) {
                        (Kind::Set(a), Kind::Set(b)) => Ok(a.$set(b).into()),
                        (Kind::Set(a), Kind::FrozenSet(b)) => Ok(a.$set(b).into()),
                        (Kind::FrozenSet(a), Kind::Set(b)) => Ok(a.$set(b).into()),
                        (Kind::FrozenSet(a), Kind::FrozenSet(b)) => Ok(a.$set(b).into()),
                        (Kind::Dict(a), Kind::Dict(b)) if stringify!($operator) == "|" => Ok(a.union(b).into()),
                        _ => Err(unsupported(stringify!($operator), self, other)),
                    }
                }
            )*
        }
    };
}
bitwise! {
    py_and & intersection_set;
    py_or | union_set;
    py_xor ^ symmetric_difference_set;
}
