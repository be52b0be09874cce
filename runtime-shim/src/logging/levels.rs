//! The levels' names.
use std::cell::RefCell;

use super::{CRITICAL, DEBUG, ERROR, INFO, NOTSET, WARNING};
use crate::global::Global;
use crate::object::repr;
use crate::prelude::*;

/// Names with their numbers.
type Names = Rc<RefCell<Vec<(i64, Str)>>>;

static NAMES: Global<Names> = Global::new(|| {
    let names = [
        (CRITICAL, "CRITICAL"),
        (ERROR, "ERROR"),
        (WARNING, "WARNING"),
        (INFO, "INFO"),
        (DEBUG, "DEBUG"),
        (NOTSET, "NOTSET"),
    ];
    Rc::new(RefCell::new(names.map(|(level, name)| (level, Str::literal(name))).to_vec()))
});

/// The name of a level: `Level 17` where it has none.
#[inline]
pub(super) fn name_of(level: i64) -> Str {
    let names = NAMES.get();
    let names = names.borrow();
    let found = names.iter().find(|(known, _)| *known == level);
    found.map_or_else(|| Str::from(format!("Level {level}")), |(_, name)| name.clone())
}

/// `logging.getLevelName(level)`: the name of a number, the number of a name.
#[inline]
pub fn get_level_name(level: &Value) -> Value {
    if let Some(number) = i64::from_value(level) {
        return Value::from(name_of(number));
    }
    let name = str_(level);
    match number_of(&name) {
        Some(number) => Value::from(number),
        None => Value::from(Str::from(format!("Level {name}"))),
    }
}

#[inline]
fn number_of(name: &str) -> Option<i64> {
    match name {
        "WARN" => return Some(WARNING),
        "FATAL" => return Some(CRITICAL),
        _ => {}
    }
    NAMES.get().borrow().iter().find(|(_, known)| &**known == name).map(|(level, _)| *level)
}

/// `getattr(logging, name)` of a level
#[inline]
pub fn attribute(name: &str) -> PyResult<i64> {
    attribute_or_none(name)
        .ok_or_else(|| AttributeError::new(format!("module 'logging' has no attribute {}", repr(&Str::copy_of(name)))))
}

/// `getattr(logging, name, None)`
#[inline]
pub fn attribute_or_none(name: &str) -> Option<i64> {
    let all = [
        ("CRITICAL", CRITICAL),
        ("FATAL", CRITICAL),
        ("ERROR", ERROR),
        ("WARN", WARNING),
        ("WARNING", WARNING),
        ("INFO", INFO),
        ("DEBUG", DEBUG),
        ("NOTSET", NOTSET),
    ];
    all.iter().find(|(known, _)| *known == name).map(|(_, level)| *level)
}

/// `getattr(logging, name, default)`
#[inline]
pub fn attribute_or(name: &str, default: i64) -> i64 {
    attribute_or_none(name).unwrap_or(default)
}

/// `logging.getLevelNamesMapping()`
#[inline]
pub fn get_level_names_mapping() -> Dict<Str, i64> {
    let names = ["CRITICAL", "FATAL", "ERROR", "WARN", "WARNING", "INFO", "DEBUG", "NOTSET"];
    let all = Dict::new();
    for name in names {
        all.set_item(Str::literal(name), number_of(name).unwrap_or_default());
    }
    all
}

/// `logging.addLevelName(level, name)`
#[inline]
pub fn add_level_name(level: i64, name: &str) {
    let names = NAMES.get();
    let mut names = names.borrow_mut();
    names.retain(|(known, _)| *known != level);
    names.push((level, Str::copy_of(name)));
}

/// What a level is given as: a number, a name, or nothing.
pub trait IntoLevel {
    /// The number.
    fn level(self) -> PyResult<i64>;
}

impl IntoLevel for i64 {
    #[inline]
    fn level(self) -> PyResult<i64> {
        Ok(self)
    }
}

impl IntoLevel for &str {
    #[inline]
    fn level(self) -> PyResult<i64> {
        number_of(self).ok_or_else(|| ValueError::new(format!("Unknown level: {}", repr(&Str::copy_of(self)))))
    }
}

impl IntoLevel for Str {
    #[inline]
    fn level(self) -> PyResult<i64> {
        self.as_str().level()
    }
}

impl IntoLevel for &Str {
    #[inline]
    fn level(self) -> PyResult<i64> {
        self.as_str().level()
    }
}

impl IntoLevel for Value {
    #[inline]
    fn level(self) -> PyResult<i64> {
        match i64::from_value(&self) {
            Some(level) => Ok(level),
            None if self.py_type() == "str" => str_(&self).level(),
            None => Err(TypeError::new(format!("Level not an integer or a valid string: {}", repr(&self)))),
        }
    }
}

impl IntoLevel for &Value {
    #[inline]
    fn level(self) -> PyResult<i64> {
        self.clone().level()
    }
}
