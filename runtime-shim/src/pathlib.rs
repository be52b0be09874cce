//! `pathlib`: paths as objects, of POSIX.
use std::fmt::{self, Write};

use crate::os::path;
use crate::prelude::*;

mod files;
pub(crate) mod glob;

/// `pathlib.PosixPath`, which `Path` makes here: its text, brought into its plain form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Str);

/// Takes double slashes and dots away.
fn plain(text: &str) -> Str {
    let root = root(text);
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let joined = format!("{root}{}", parts.join("/"));
    if joined.is_empty() {
        return Str::literal(".");
    }
    if joined == text { Str::copy_of(text) } else { Str::from(joined) }
}

fn root(text: &str) -> &'static str {
    match text.bytes().take_while(|byte| *byte == b'/').count() {
        0 => "",
        2 => "//",
        _ => "/",
    }
}

fn value_error(text: String) -> PyErr {
    ValueError::new(text)
}

impl Path {
    /// `Path(*segments)`
    pub fn new<const N: usize>(segments: [Str; N]) -> Path {
        match segments.split_first() {
            None => Path(Str::literal(".")),
            Some((first, rest)) => Path(plain(&path::joined(first, rest.iter().map(|part| &**part)))),
        }
    }

    /// The path of a text.
    #[inline]
    pub(crate) fn of(text: &str) -> Path {
        Path(plain(text))
    }

    /// `os.fspath(p)`, `p.as_posix()`
    #[inline]
    pub fn text(&self) -> Str {
        self.0.clone()
    }

    /// `Path.cwd()`
    pub fn cwd() -> PyResult<Path> {
        crate::os::getcwd().map(|path| Path::of(&path))
    }

    /// `Path.home()`
    pub fn home() -> Path {
        Path::of(&path::expanduser("~"))
    }

    /// The parts behind the root.
    fn names(&self) -> Vec<&str> {
        self.0.split('/').filter(|part| !part.is_empty() && *part != ".").collect()
    }

    /// `p.parts`
    pub fn parts(&self) -> VarTuple<Str> {
        let root = root(&self.0);
        let first = (!root.is_empty()).then(|| Str::from(root));
        first.into_iter().chain(self.names().into_iter().map(Str::copy_of)).collect()
    }

    /// `p.anchor`, `p.root`
    #[inline]
    pub fn root(&self) -> Str {
        Str::from(root(&self.0))
    }

    /// `p.drive`
    #[inline]
    pub fn drive(&self) -> Str {
        Str::new()
    }

    /// `p.name`
    #[inline]
    pub fn name(&self) -> Str {
        self.names().last().map(|name| Str::copy_of(name)).unwrap_or_default()
    }

    /// The name before its last dot, and from it.
    fn split_name(&self) -> (Str, Str) {
        let name = self.name();
        let at = name.rfind('.').filter(|dot| 0 < *dot && *dot + 1 < name.as_str().len());
        match at {
            Some(dot) => (Str::copy_of(&name[..dot]), Str::copy_of(&name[dot..])),
            None => (name, Str::new()),
        }
    }

    /// `p.stem`
    #[inline]
    pub fn stem(&self) -> Str {
        self.split_name().0
    }

    /// `p.suffix`
    #[inline]
    pub fn suffix(&self) -> Str {
        self.split_name().1
    }

    /// `p.suffixes`
    pub fn suffixes(&self) -> List<Str> {
        let name = self.name();
        if name.ends_with('.') {
            return List::new();
        }
        name.trim_start_matches('.').split('.').skip(1).map(|suffix| Str::from(format!(".{suffix}"))).collect()
    }

    /// `p.parent`
    pub fn parent(&self) -> Path {
        let mut names = self.names();
        names.pop();
        Path::of(&format!("{}{}", root(&self.0), names.join("/")))
    }

    /// `p.parents`
    pub fn parents(&self) -> VarTuple<Path> {
        let mut all = Vec::new();
        let mut last = self.clone();
        for _ in 0..self.names().len() {
            last = last.parent();
            all.push(last.clone());
        }
        all.into_iter().collect()
    }

    /// `p / other`
    #[inline]
    pub fn joined(&self, other: &str) -> Path {
        Path::of(&path::joined(&self.0, [other]))
    }

    /// `other / p`
    #[inline]
    pub fn joined_after(&self, other: &str) -> Path {
        Path::of(&path::joined(other, [&*self.0]))
    }

    /// `p.joinpath(*segments)`
    pub fn joinpath<const N: usize>(&self, segments: [Str; N]) -> Path {
        Path::of(&path::joined(&self.0, segments.iter().map(|part| &**part)))
    }

    /// `p.with_name(name)`
    pub fn with_name(&self, name: &str) -> PyResult<Path> {
        if self.name().is_empty() {
            return Err(value_error(format!("{} has an empty name", repr(self))));
        }
        if name.is_empty() || name.contains('/') || name == "." {
            return Err(value_error(format!("Invalid name {}", repr(&Str::copy_of(name)))));
        }
        Ok(self.parent().joined(name))
    }

    /// `p.with_stem(stem)`
    pub fn with_stem(&self, stem: &str) -> PyResult<Path> {
        self.with_name(&format!("{stem}{}", self.suffix()))
    }

    /// `p.with_suffix(suffix)`
    pub fn with_suffix(&self, suffix: &str) -> PyResult<Path> {
        let fits = suffix.is_empty() || suffix.starts_with('.') && suffix != "." && !suffix.contains('/');
        if !fits {
            return Err(value_error(format!("Invalid suffix {}", repr(&Str::copy_of(suffix)))));
        }
        self.with_name(&format!("{}{suffix}", self.stem()))
    }

    /// `p.is_absolute()`
    #[inline]
    pub fn is_absolute(&self) -> bool {
        self.0.starts_with('/')
    }

    /// `p.is_relative_to(other)`
    pub fn is_relative_to(&self, other: &str) -> bool {
        let other = Path::of(other);
        root(&self.0) == root(&other.0) && self.names().starts_with(&other.names())
    }

    /// `p.relative_to(other)`
    pub fn relative_to(&self, other: &str) -> PyResult<Path> {
        if !self.is_relative_to(other) {
            let (mine, other) = (repr(&self.0), repr(&Path::of(other).0));
            return Err(value_error(format!("{mine} is not in the subpath of {other}")));
        }
        Ok(Path::of(&self.names()[Path::of(other).names().len()..].join("/")))
    }

    /// `p.match(pattern)`
    pub fn match_(&self, pattern: &str) -> bool {
        let (mine, pattern) = (self.parts(), Path::of(pattern).parts());
        let (mine, pattern) = (mine.as_slice(), pattern.as_slice());
        if pattern.is_empty() || pattern.len() > mine.len() {
            return false;
        }
        if pattern[0].starts_with('/') && pattern.len() != mine.len() {
            return false;
        }
        let last = &mine[mine.len() - pattern.len()..];
        last.iter().zip(pattern).all(|(part, pattern)| crate::fnmatch::fnmatchcase(part, pattern))
    }

    /// `p.as_uri()`
    pub fn as_uri(&self) -> PyResult<Str> {
        match self.is_absolute() {
            true => Ok(Str::from(format!("file://{}", crate::urllib::parse::quote(&self.0, "/")))),
            false => Err(value_error("relative path can't be expressed as a file URI".into())),
        }
    }

    /// `p.expanduser()`
    #[inline]
    pub fn expanduser(&self) -> Path {
        Path::of(&path::expanduser(&self.0))
    }

    /// `p.absolute()`
    pub fn absolute(&self) -> PyResult<Path> {
        Ok(Path::of(&path::joined(&crate::os::getcwd()?, [&*self.0])))
    }

    /// `p.resolve()`
    pub fn resolve(&self) -> PyResult<Path> {
        Ok(Path::of(&path::realpath(&self.0)?))
    }
}

impl Object for Path {
    fn py_type(&self) -> &'static str {
        "PosixPath"
    }

    fn py_repr(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str("PosixPath(")?;
        self.0.py_repr(out)?;
        out.write_str(")")
    }

    fn has_own_text() -> bool {
        true
    }

    fn py_str(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Key for Path {
    const PLAIN: bool = true;

    fn py_eq(&self, other: &Self) -> PyResult<bool> {
        Ok(self == other)
    }

    fn py_hash(&self) -> PyResult<i64> {
        self.0.py_hash()
    }
}

impl Compare for Path {
    fn py_lt(&self, other: &Self) -> PyResult<bool> {
        Ok(self.0.split('/').lt(other.0.split('/')))
    }

    fn py_le(&self, other: &Self) -> PyResult<bool> {
        Ok(self.0.split('/').le(other.0.split('/')))
    }
}

impl From<Path> for Value {
    fn from(path: Path) -> Value {
        Value::object(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_paths() -> PyResult {
        let p = Path::of("/a//b/./c.tar.gz");
        assert_eq!(repr(&p), "PosixPath('/a/b/c.tar.gz')");
        assert_eq!((p.stem(), p.suffix(), p.name()), ("c.tar".into(), ".gz".into(), "c.tar.gz".into()));
        assert_eq!(repr(&p.parts()), "('/', 'a', 'b', 'c.tar.gz')");
        assert_eq!(repr(&p.parents()), "(PosixPath('/a/b'), PosixPath('/a'), PosixPath('/'))");
        assert_eq!(repr(&p.with_suffix(".md")?), "PosixPath('/a/b/c.tar.md')");
        assert_eq!(str_(&Path::of("").joined("/x")), "/x");
        assert_eq!(repr(&p.relative_to("/a")?), "PosixPath('b/c.tar.gz')");
        assert!(p.match_("*.gz") && p.match_("b/*") && !p.match_("x/*"));
        assert!(Path::of(".bashrc").suffix().is_empty() && Path::of("a.").suffix().is_empty());
        Ok(())
    }
}
