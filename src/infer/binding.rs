//! Arguments meet parameters, as CPython's call does it, with its words when they do not fit.

use std::rc::Rc;

use super::solver::Given;
use crate::hir::ParamKind;

/// A parameter, as far as binding looks at it.
#[derive(Debug, Clone)]
pub struct Formal<'a> {
    /// Its name.
    pub name: &'a str,
    /// How arguments reach it.
    pub kind: ParamKind,
    /// It has a default.
    pub has_default: bool,
}

/// An argument, as far as binding looks at it.
#[derive(Debug, Clone)]
pub struct Actual {
    /// How it is given.
    pub given: Given,
    /// Of `*x`: how many elements it has, when that is known.
    pub count: Option<usize>,
    /// Of `**x`: its keys, when they are known.
    pub keys: Option<Vec<String>>,
}

/// What a parameter gets; numbers are places in the list of arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Fill {
    /// This argument.
    Arg(usize),
    /// Element `index` of the starred argument.
    Item(usize, usize),
    /// The value of this key of the double-starred argument.
    Key(usize, String),
    /// Its default.
    Default,
    /// `*args`: these.
    Args(Vec<usize>),
    /// `**kwargs`: these.
    Kwargs(Vec<usize>),
    /// What only the running program knows: an item of a spread argument, or what a spread dict has under a name.
    Open(Open),
    /// `*args`: what is left of the spread arguments from this item on.
    OpenArgs(Rc<[usize]>, usize),
    /// `**kwargs`: what is left of the spread dicts, and these.
    OpenKwargs(Rc<[usize]>, Vec<usize>),
}

/// Where the running program finds an argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// `*xs` and all arguments by place behind it, with the item of them all.
    pub item: Option<(Rc<[usize]>, usize)>,
    /// The dicts that are spread, with the name.
    pub key: Option<(Rc<[usize]>, String)>,
}

/// What each parameter gets, or the text of CPython's TypeError. `name` is the callee as CPython calls it; of a method the
/// receiver counts among the given arguments.
pub fn bind(name: &str, formals: &[Formal<'_>], actuals: &[Actual], receiver: usize) -> Result<Vec<Fill>, String> {
    if let Some(fills) = by_place(formals, actuals) {
        return Ok(fills);
    }
    let mut fills: Vec<Option<Fill>> = vec![None; formals.len()];
    let places: Vec<usize> = (0..formals.len())
        .filter(|&at| matches!(formals[at].kind, ParamKind::Positional | ParamKind::PositionalOnly))
        .collect();
    let rest = formals.iter().position(|formal| formal.kind == ParamKind::Args);
    let kwargs = formals.iter().position(|formal| formal.kind == ParamKind::Kwargs);
    let (mut next, mut extra, mut given, mut keywords) = (0, Vec::new(), 0, Vec::new());
    // From the first `*xs` of unknown length on, arguments by place are one sequence.
    let mut tail: Vec<usize> = Vec::new();
    for (at, actual) in actuals.iter().enumerate() {
        match (&actual.given, actual.count) {
            (Given::Positional | Given::Star, _) if !tail.is_empty() => tail.push(at),
            (Given::Positional, _) => {
                given += 1;
                match places.get(next) {
                    Some(&place) => fills[place] = Some(Fill::Arg(at)),
                    None => extra.push(at),
                }
                next += 1;
            }
            (Given::Star, Some(count)) => {
                given += count;
                // A tuple goes to `*args` as a whole, so it must begin there.
                if next >= places.len() {
                    extra.push(at);
                } else {
                    for index in 0..count {
                        match places.get(next) {
                            Some(&place) => fills[place] = Some(Fill::Item(at, index)),
                            None => extra.push(at),
                        }
                        next += 1;
                    }
                }
            }
            (Given::Star, None) if next >= places.len() && rest.is_some() => extra.push(at),
            (Given::Star, None) => tail.push(at),
            (Given::Keyword(_) | Given::DoubleStar, _) => keywords.push(at),
        }
    }
    let tail: Rc<[usize]> = tail.into();
    let open = places.get(next..).unwrap_or_default();
    if !tail.is_empty() {
        for (item, &place) in open.iter().enumerate() {
            fills[place] = Some(Fill::Open(Open { item: Some((Rc::clone(&tail), item)), key: None }));
        }
    }
    let left = open.len();
    let mut doubles: Vec<usize> = Vec::new();
    let mut named_extra = Vec::new();
    for at in keywords {
        let names: Vec<String> = match &actuals[at].given {
            Given::Keyword(name) => vec![name.to_string()],
            _ => match &actuals[at].keys {
                Some(keys) => keys.clone(),
                None => {
                    doubles.push(at);
                    named_extra.push(at);
                    continue;
                }
            },
        };
        for key in names {
            let place = formals.iter().position(|formal| {
                formal.name == key && matches!(formal.kind, ParamKind::Positional | ParamKind::Keyword)
            });
            let fill = match &actuals[at].given {
                Given::Keyword(_) => Fill::Arg(at),
                _ => Fill::Key(at, key.clone()),
            };
            match place {
                Some(place) if matches!(fills[place], None | Some(Fill::Open(_))) => fills[place] = Some(fill),
                Some(_) => return Err(format!("{name}() got multiple values for argument '{key}'")),
                None if kwargs.is_some() => {
                    if !named_extra.contains(&at) {
                        named_extra.push(at);
                    }
                }
                None => {
                    let only =
                        formals.iter().any(|formal| formal.name == key && formal.kind == ParamKind::PositionalOnly);
                    return Err(if only {
                        format!("{name}() got some positional-only arguments passed as keyword arguments: '{key}'")
                    } else {
                        format!("{name}() got an unexpected keyword argument '{key}'")
                    });
                }
            }
        }
    }
    if rest.is_none() && !extra.is_empty() {
        let defaults = places.iter().filter(|&&place| formals[place].has_default).count();
        let (most, least) = (places.len() + receiver, places.len() - defaults + receiver);
        let takes = if least < most { format!("from {least} to {most}") } else { most.to_string() };
        let plural = if most == 1 && least == most { "" } else { "s" };
        let given = given + receiver;
        let were = if given == 1 { "was" } else { "were" };
        return Err(format!("{name}() takes {takes} positional argument{plural} but {given} {were} given"));
    }
    let missing = |kind: &dyn Fn(ParamKind) -> bool, fills: &[Option<Fill>]| -> Vec<String> {
        let unfilled = formals
            .iter()
            .zip(fills)
            .filter(|(formal, fill)| fill.is_none() && !formal.has_default && kind(formal.kind));
        unfilled.map(|(formal, _)| format!("'{}'", formal.name)).collect()
    };
    let lacks = [
        ("positional", missing(&|kind| matches!(kind, ParamKind::Positional | ParamKind::PositionalOnly), &fills)),
        ("keyword-only", missing(&|kind| kind == ParamKind::Keyword, &fills)),
    ];
    for (what, names) in lacks {
        if !names.is_empty() && doubles.is_empty() {
            let plural = if names.len() == 1 { "" } else { "s" };
            let list = match names.as_slice() {
                [one] => one.clone(),
                [one, two] => format!("{one} and {two}"),
                [most @ .., last] => format!("{}, and {last}", most.join(", ")),
                [] => String::new(),
            };
            return Err(format!("{name}() missing {} required {what} argument{plural}: {list}", names.len()));
        }
    }
    if let Some(rest) = rest {
        extra.dedup();
        fills[rest] = Some(if tail.is_empty() { Fill::Args(extra) } else { Fill::OpenArgs(tail, left) });
    }
    let doubles: Rc<[usize]> = doubles.into();
    let mut by_key = false;
    if !doubles.is_empty() {
        for (fill, formal) in fills.iter_mut().zip(formals) {
            if !matches!(formal.kind, ParamKind::Positional | ParamKind::Keyword) {
                continue;
            }
            let key = Some((Rc::clone(&doubles), formal.name.to_string()));
            match fill {
                None => *fill = Some(Fill::Open(Open { item: None, key })),
                Some(Fill::Open(open)) => open.key = key,
                Some(_) => continue,
            }
            by_key = true;
        }
    }
    if let Some(kwargs) = kwargs {
        fills[kwargs] = Some(if by_key {
            named_extra.retain(|at| !doubles.contains(at));
            Fill::OpenKwargs(doubles, named_extra)
        } else {
            Fill::Kwargs(named_extra)
        });
    }
    Ok(fills.into_iter().map(|fill| fill.unwrap_or(Fill::Default)).collect())
}

/// What each parameter gets where all is by place and enough is given, as in most calls.
fn by_place(formals: &[Formal<'_>], actuals: &[Actual]) -> Option<Vec<Fill>> {
    let is_place = |formal: &Formal<'_>| matches!(formal.kind, ParamKind::Positional | ParamKind::PositionalOnly);
    let fits = actuals.len() <= formals.len()
        && actuals.iter().all(|actual| actual.given == Given::Positional)
        && formals.iter().all(is_place)
        && formals[actuals.len()..].iter().all(|formal| formal.has_default);
    let fill = |at| if at < actuals.len() { Fill::Arg(at) } else { Fill::Default };
    fits.then(|| (0..formals.len()).map(fill).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formal(name: &str, kind: ParamKind, has_default: bool) -> Formal<'_> {
        Formal { name, kind, has_default }
    }

    fn given(given: Given) -> Actual {
        Actual { given, count: None, keys: None }
    }

    #[test]
    fn wrong_calls_have_the_words_of_cpython() {
        let ab = [formal("a", ParamKind::Positional, false), formal("b", ParamKind::Positional, true)];
        let error = |actuals: &[Actual]| bind("f", &ab, actuals, 0).err();
        assert_eq!(error(&[]), Some("f() missing 1 required positional argument: 'a'".into()));
        let three = vec![given(Given::Positional); 3];
        assert_eq!(error(&three), Some("f() takes from 1 to 2 positional arguments but 3 were given".into()));
        let unknown = [given(Given::Positional), given(Given::Keyword("c".into()))];
        assert_eq!(error(&unknown), Some("f() got an unexpected keyword argument 'c'".into()));
        let twice = [given(Given::Positional), given(Given::Keyword("a".into()))];
        assert_eq!(error(&twice), Some("f() got multiple values for argument 'a'".into()));
    }
}
