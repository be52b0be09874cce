//! `os.environ`: a copy of the environment, made when the program first looks at it. Changes stay in the copy, which is
//! what child processes get: the C library's own environment must not be written while other threads may read it.

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use crate::iter::{Iterable, ToIter};
use crate::prelude::*;

static VARIABLES: LazyLock<Mutex<Vec<(String, String)>>> = LazyLock::new(|| {
    let variables = std::env::vars_os();
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    let mut variables: Vec<(String, String)> = variables.map(|(name, value)| (text(name), text(value))).collect();
    // Under the virtual clock the time zone is UTC, for CPython as well.
    if crate::clock::is_virtual() {
        variables.retain(|(name, _)| name != "TZ");
        variables.push(("TZ".to_owned(), "UTC".to_owned()));
    }
    Mutex::new(variables)
});

#[inline]
fn variables() -> MutexGuard<'static, Vec<(String, String)>> {
    VARIABLES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The mapping `os.environ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Environ;

/// `os.environ`
#[inline]
pub fn environ() -> Environ {
    Environ
}

/// `os.getenv(key)`
#[inline]
pub fn getenv(key: &str) -> Option<Str> {
    variables().iter().find(|(name, _)| name == key).map(|(_, value)| Str::copy_of(value))
}

/// `os.getenv(key, default)`
#[inline]
pub fn getenv_or(key: &str, default: &str) -> Str {
    getenv(key).unwrap_or_else(|| Str::copy_of(default))
}

/// `os.putenv(key, value)`
#[inline]
pub fn putenv(key: &str, value: &str) {
    let mut variables = variables();
    match variables.iter_mut().find(|(name, _)| name == key) {
        Some((_, old)) => value.clone_into(old),
        None => variables.push((key.to_owned(), value.to_owned())),
    }
}

/// `os.unsetenv(key)`
#[inline]
pub fn unsetenv(key: &str) {
    variables().retain(|(name, _)| name != key);
}

impl Environ {
    /// `os.environ[key]`
    #[inline]
    pub fn get_item(self, key: &str) -> PyResult<Str> {
        getenv(key).ok_or_else(|| KeyError::new(key))
    }

    /// `os.environ[key] = value`
    #[inline]
    pub fn set_item(self, key: &str, value: &str) {
        putenv(key, value);
    }

    /// `del os.environ[key]`
    #[inline]
    pub fn del_item(self, key: &str) -> PyResult {
        self.get_item(key)?;
        unsetenv(key);
        Ok(())
    }

    /// `key in os.environ`
    #[inline]
    pub fn contains(self, key: &str) -> bool {
        getenv(key).is_some()
    }

    /// `os.environ.get(key)`
    #[inline]
    pub fn get(self, key: &str) -> Option<Str> {
        getenv(key)
    }

    /// `os.environ.get(key, default)`
    #[inline]
    pub fn get_or(self, key: &str, default: &str) -> Str {
        getenv_or(key, default)
    }

    /// `os.environ.pop(key)`
    #[inline]
    pub fn pop(self, key: &str) -> PyResult<Str> {
        let value = self.get_item(key)?;
        unsetenv(key);
        Ok(value)
    }

    /// `os.environ.pop(key, None)`
    #[inline]
    pub fn pop_optional(self, key: &str) -> Option<Str> {
        self.pop(key).ok()
    }

    /// `os.environ.setdefault(key, value)`
    #[inline]
    pub fn setdefault(self, key: &str, value: &str) -> Str {
        getenv(key).unwrap_or_else(|| {
            putenv(key, value);
            Str::copy_of(value)
        })
    }

    /// `len(os.environ)`
    #[inline]
    pub fn len(self) -> i64 {
        variables().len() as i64
    }

    /// Whether it has no variable.
    #[inline]
    pub fn is_empty(self) -> bool {
        variables().is_empty()
    }

    /// `dict(os.environ)`, `os.environ.copy()`
    #[inline]
    pub fn copy(self) -> Dict<Str, Str> {
        variables().iter().map(|(name, value)| (Str::copy_of(name), Str::copy_of(value))).collect()
    }

    /// `for name in os.environ`
    #[inline]
    pub fn iter(self) -> Iter<Str> {
        self.keys().to_iter()
    }

    /// `os.environ.keys()`, and iterating over it.
    #[inline]
    pub fn keys(self) -> List<Str> {
        variables().iter().map(|(name, _)| Str::copy_of(name)).collect()
    }

    /// `os.environ.values()`
    #[inline]
    pub fn values(self) -> List<Str> {
        variables().iter().map(|(_, value)| Str::copy_of(value)).collect()
    }

    /// `os.environ.items()`
    #[inline]
    pub fn items(self) -> List<(Str, Str)> {
        variables().iter().map(|(name, value)| (Str::copy_of(name), Str::copy_of(value))).collect()
    }
}

impl Object for Environ {
    #[inline]
    fn py_type(&self) -> &'static str {
        "_Environ"
    }

    #[inline]
    fn py_bool(&self) -> bool {
        !self.is_empty()
    }

    #[inline]
    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
        write!(out, "environ({})", repr(&self.copy()))
    }
}

impl Key for Environ {
    #[inline]
    fn py_eq(&self, _other: &Self) -> PyResult<bool> {
        Ok(true)
    }

    #[inline]
    fn py_hash(&self) -> PyResult<i64> {
        Err(crate::object::unhashable("_Environ"))
    }
}

impl Compare for Environ {}

impl Iterable for Environ {
    type Item = Str;

    #[inline]
    fn items(&self) -> impl Iterator<Item = PyResult<Str>> {
        self.iter()
    }
}

impl ToIter for Environ {
    #[inline]
    fn to_iter(&self) -> Iter<Str> {
        self.iter()
    }
}

impl IntoIterator for &Environ {
    type Item = PyResult<Str>;
    type IntoIter = Iter<Str>;

    #[inline]
    fn into_iter(self) -> Iter<Str> {
        self.iter()
    }
}
