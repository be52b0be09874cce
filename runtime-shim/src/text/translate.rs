//! `s.translate(table)` and `str.maketrans`.
use super::Str;
use crate::dict::Dict;
use crate::error::PyResult;
use crate::exception::{ExceptionType, TypeError, ValueError};
use crate::value::{Kind, Value};

impl Str {
    /// `s.translate(table)`
    #[inline]
    pub fn translate<V: Clone + Into<Value> + 'static>(&self, table: &Dict<i64, V>) -> PyResult<Str> {
        let mut out = String::with_capacity(self.as_str().len());
        for c in self.as_str().chars() {
            let Some(to) = table.get(i64::from(u32::from(c))) else {
                out.push(c);
                continue;
            };
            match &to.into().0 {
                Kind::None => {}
                Kind::Str(text) => out.push_str(text.as_str()),
                Kind::Int(code) => match u32::try_from(*code).ok().and_then(char::from_u32) {
                    Some(c) => out.push(c),
                    None => return Err(ValueError::new("character mapping must be in range(0x110000)")),
                },
                _ => return Err(TypeError::new("character mapping must return integer, None or str")),
            }
        }
        Ok(Str::from(out))
    }
}

/// A key of `str.maketrans`: an int, or a string of one character.
pub trait Character {
    /// Its code.
    fn code(&self) -> PyResult<i64>;
}

impl Character for i64 {
    #[inline]
    fn code(&self) -> PyResult<i64> {
        Ok(*self)
    }
}

impl Character for Str {
    #[inline]
    fn code(&self) -> PyResult<i64> {
        let mut chars = self.as_str().chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Ok(i64::from(u32::from(c))),
            _ => Err(ValueError::new("string keys in translate table must be of length 1")),
        }
    }
}

/// `str.maketrans(mapping)`
#[inline]
pub fn maketrans<K, V>(mapping: &Dict<K, V>) -> PyResult<Dict<i64, Value>>
where
    K: Character + crate::object::Key + Clone,
    V: Clone + Into<Value> + 'static,
{
    let table = Dict::new();
    for (key, value) in mapping.to_vec() {
        table.set_item(key.code()?, value.into());
    }
    Ok(table)
}

/// `str.maketrans(from, to, without)`
#[inline]
pub fn maketrans_pairs(from: &str, to: &str, without: &str) -> PyResult<Dict<i64, Value>> {
    if from.chars().count() != to.chars().count() {
        return Err(ValueError::new("the first two maketrans arguments must have equal length"));
    }
    let table = Dict::new();
    for (from, to) in from.chars().zip(to.chars()) {
        table.set_item(i64::from(u32::from(from)), Value::from(i64::from(u32::from(to))));
    }
    for c in without.chars() {
        table.set_item(i64::from(u32::from(c)), Value::from(()));
    }
    Ok(table)
}
