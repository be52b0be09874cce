//! Calls with `*xs` and `**d`: checked against the parameters when the program runs, with CPython's words.

use crate::dict::Dict;
use crate::error::{PyErr, PyResult};
use crate::exception::{ExceptionType, TypeError};
use crate::iter::Iterable;
use crate::object::Object;
use crate::text::Str;
use crate::tuple::VarTuple;

/// The parameters of a function, and what a call gives them besides what is spread.
pub struct Parameters<'a> {
    name: &'a str,
    places: &'a [&'a str],
    optional: usize,
    unnamed: usize,
    given: usize,
    bound: usize,
    named: &'a [&'a str],
    required_keywords: &'a [&'a str],
    optional_keywords: &'a [&'a str],
    rest: bool,
    others: bool,
}

/// What `*xs` gave, after the arguments that were written before it.
pub struct Spread<T>(Vec<T>);

/// What `**d` gave.
pub struct Named<V> {
    pairs: Vec<(Str, V)>,
    others: Vec<(Str, V)>,
}

impl<'a> Parameters<'a> {
    /// A function, as CPython calls it, and the names of the parameters that arguments reach by their place.
    pub fn of(name: &'a str, places: &'a [&'a str]) -> Parameters<'a> {
        Parameters {
            name,
            places,
            optional: 0,
            unnamed: 0,
            given: 0,
            bound: 0,
            named: &[],
            required_keywords: &[],
            optional_keywords: &[],
            rest: false,
            others: false,
        }
    }

    /// The last `count` have a default.
    pub fn optional(mut self, count: usize) -> Self {
        self.optional = count;
        self
    }

    /// The first `count` cannot be given by name.
    pub fn unnamed(mut self, count: usize) -> Self {
        self.unnamed = count;
        self
    }

    /// Arguments before what is spread take the first `count`.
    pub fn given(mut self, count: usize) -> Self {
        self.given = count;
        self
    }

    /// The call gives these by name.
    pub fn named(mut self, names: &'a [&'a str]) -> Self {
        self.named = names;
        self
    }

    /// It is a method: CPython counts its object among the arguments.
    pub fn method(mut self) -> Self {
        self.bound = 1;
        self
    }

    /// Parameters that only names reach: those without a default, those with one.
    pub fn keywords(mut self, required: &'a [&'a str], optional: &'a [&'a str]) -> Self {
        (self.required_keywords, self.optional_keywords) = (required, optional);
        self
    }

    /// It has `*args`.
    pub fn rest(mut self) -> Self {
        self.rest = true;
        self
    }

    /// It has `**kwargs`.
    pub fn others(mut self) -> Self {
        self.others = true;
        self
    }

    /// `f(*items)`
    pub fn spread<I: Iterable + ?Sized>(self, items: &I) -> PyResult<Spread<I::Item>> {
        let items = items.items().collect::<PyResult<Vec<_>>>()?;
        self.check::<()>(items.len(), &[], &[])?;
        Ok(Spread(items))
    }

    /// `f(**names)`
    pub fn unpack<V: Object + Clone + 'static>(self, names: &Dict<Str, V>) -> PyResult<Named<V>> {
        let named = self.sort(names)?;
        self.check(0, &named.pairs, &named.others)?;
        Ok(named)
    }

    /// `f(*items, **names)`
    pub fn both<I: Iterable + ?Sized, V: Object + Clone + 'static>(
        self,
        items: &I,
        names: &Dict<Str, V>,
    ) -> PyResult<(Spread<I::Item>, Named<V>)> {
        let items = items.items().collect::<PyResult<Vec<_>>>()?;
        let named = self.sort(names)?;
        self.check(items.len(), &named.pairs, &named.others)?;
        Ok((Spread(items), named))
    }

    /// What the parameters take of a dict, and what is left.
    fn sort<V: Object + Clone + 'static>(&self, names: &Dict<Str, V>) -> PyResult<Named<V>> {
        let mut named = Named { pairs: Vec::new(), others: Vec::new() };
        for pair in &names.items() {
            let (key, value) = pair?;
            let text: &str = &key;
            if self.named.contains(&text) {
                let name = self.name;
                return Err(TypeError::new(format!(
                    "__main__.{name}() got multiple values for keyword argument '{key}'"
                )));
            }
            if self.takes(text) {
                named.pairs.push((key, value));
            } else {
                named.others.push((key, value));
            }
        }
        Ok(named)
    }

    fn takes(&self, name: &str) -> bool {
        let by_place = self.places.get(self.unnamed..).unwrap_or_default();
        by_place.contains(&name) || self.required_keywords.contains(&name) || self.optional_keywords.contains(&name)
    }

    fn error(&self, text: String) -> PyErr {
        TypeError::new(format!("{}() {text}", self.name))
    }

    /// The order of the tests is CPython's.
    fn check<V>(&self, items: usize, pairs: &[(Str, V)], others: &[(Str, V)]) -> PyResult {
        let filled = self.given + items;
        let is_filled = |name: &str| self.places.iter().take(filled).any(|place| *place == name);
        let has = |name: &str| self.named.contains(&name) || pairs.iter().any(|(key, _)| **key == *name);
        let twice = self.named.iter().copied().chain(pairs.iter().map(|(key, _)| &**key)).find(|name| is_filled(name));
        if let Some(name) = twice {
            return Err(self.error(format!("got multiple values for argument '{name}'")));
        }
        if let (Some((name, _)), false) = (others.first(), self.others) {
            return Err(self.error(format!("got an unexpected keyword argument '{name}'")));
        }
        if filled > self.places.len() && !self.rest {
            return Err(self.too_many(filled, has));
        }
        let needed = self.places.len().saturating_sub(self.optional);
        let lacks = |name: &&&str| !is_filled(name) && !has(name);
        let missing: Vec<&str> = self.places.iter().take(needed).filter(lacks).copied().collect();
        self.missing("positional", &missing)?;
        let missing: Vec<&str> = self.required_keywords.iter().filter(|name| !has(name)).copied().collect();
        self.missing("keyword-only", &missing)
    }

    fn too_many(&self, filled: usize, has: impl Fn(&str) -> bool) -> PyErr {
        let most = self.places.len() + self.bound;
        let least = most - self.optional;
        let takes = if least < most { format!("from {least} to {most}") } else { most.to_string() };
        let plural = if most == 1 && least == most { "" } else { "s" };
        let given = filled + self.bound;
        let all = self.required_keywords.iter().chain(self.optional_keywords);
        let keywords = all.filter(|name| has(name)).count();
        let also = match keywords {
            0 => String::new(),
            1 => format!(" positional argument{} (and 1 keyword-only argument)", if given == 1 { "" } else { "s" }),
            n => format!(" positional argument{} (and {n} keyword-only arguments)", if given == 1 { "" } else { "s" }),
        };
        let were = if given == 1 && keywords == 0 { "was" } else { "were" };
        self.error(format!("takes {takes} positional argument{plural} but {given}{also} {were} given"))
    }

    fn missing(&self, what: &str, names: &[&str]) -> PyResult {
        let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
        let list = match names.as_slice() {
            [] => return Ok(()),
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        };
        let plural = if names.len() == 1 { "" } else { "s" };
        Err(self.error(format!("missing {} required {what} argument{plural}: {list}", names.len())))
    }
}

impl<T: Clone> Spread<T> {
    /// An item that is there: the parameters were checked.
    pub fn item(&self, at: usize) -> T {
        self.0[at].clone()
    }

    /// An item that may be there.
    pub fn get(&self, at: usize) -> Option<T> {
        self.0.get(at).cloned()
    }

    /// What is left from an item on.
    pub fn left(&self, from: usize) -> Vec<T> {
        self.0.get(from..).unwrap_or_default().to_vec()
    }

    /// What `*args` gets, from an item on.
    pub fn rest(&self, from: usize) -> VarTuple<T> {
        self.0.iter().skip(from).cloned().collect::<Vec<T>>().into()
    }
}

impl<V: Clone> Named<V> {
    /// What was given under a name, if it was.
    pub fn get(&self, name: &str) -> Option<V> {
        self.pairs.iter().find(|(key, _)| **key == *name).map(|(_, value)| value.clone())
    }

    /// What was given under a name: the parameters were checked.
    pub fn item(&self, name: &str) -> V {
        self.get(name).unwrap_or_else(|| unreachable!("`{name}` was checked"))
    }

    /// What `**kwargs` gets.
    pub fn rest(&self) -> Dict<Str, V>
    where
        V: Object + 'static,
    {
        self.others.to_vec().into()
    }
}
