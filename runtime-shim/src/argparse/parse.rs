//! The command line to a namespace, by argparse's algorithm.

use std::collections::{BTreeMap, BTreeSet};

use super::ArgumentError;
use super::action::{Action, Default_, Effect, Help, Nargs};
use super::compiled::Compiled;
use super::namespace::Namespace;
use super::pattern;
use super::value::{Several, Slot, Stored};
use crate::prelude::*;

/// An argument that looks like an option.
#[derive(Clone)]
struct Found {
    /// Its action; `None`: unknown.
    action: Option<usize>,
    option: Str,
    /// `=` or nothing, when a value follows in the same argument.
    separator: Option<&'static str>,
    value: Option<Str>,
}

struct Run<'a> {
    parser: &'a Compiled,
    args: &'a [Str],
    pattern: Vec<u8>,
    options: BTreeMap<usize, Found>,
    namespace: &'a mut Namespace,
    seen: BTreeSet<usize>,
    /// Those whose value is not the default.
    changed: BTreeSet<usize>,
    extras: Vec<Str>,
    positionals: Vec<usize>,
}

/// Fills the namespace; gives back the arguments that nobody takes.
#[inline]
pub(super) fn parse(parser: &Compiled, args: &[Str], namespace: &mut Namespace) -> PyResult<Vec<Str>> {
    let (mut pattern, mut options) = (Vec::new(), BTreeMap::new());
    for (i, arg) in args.iter().enumerate() {
        if **arg == *"--" {
            pattern.push(b'-');
            pattern.resize(args.len(), b'A');
            break;
        }
        match find_option(parser, arg)? {
            Some(found) => {
                options.insert(i, found);
                pattern.push(b'O');
            }
            None => pattern.push(b'A'),
        }
    }
    let actions = &parser.actions;
    let positionals = (0..actions.len()).filter(|i| !actions[*i].is_optional()).collect();
    let (seen, changed, extras) = Default::default();
    let mut run = Run { parser, args, pattern, options, namespace, seen, changed, extras, positionals };
    run.all()?;
    run.finish()?;
    Ok(run.extras)
}

impl Run<'_> {
    #[inline]
    fn all(&mut self) -> PyResult {
        let mut at = 0;
        let last = self.options.keys().next_back().copied();
        while last.is_some_and(|last| at <= last) {
            let next = self.options.range(at..).next().map_or(at, |(next, _)| *next);
            if at != next {
                let end = self.positionals_from(at)?;
                if end > at {
                    at = end;
                    continue;
                }
            }
            if !self.options.contains_key(&at) {
                self.extras.extend_from_slice(&self.args[at..next]);
                at = next;
            }
            at = self.option_at(at)?;
        }
        let end = self.positionals_from(at)?;
        self.extras.extend_from_slice(&self.args[end..]);
        Ok(())
    }

    /// Takes as many positional arguments as fit; gives back where they end.
    #[inline]
    fn positionals_from(&mut self, start: usize) -> PyResult<usize> {
        let mut at = start;
        let mut counts = Vec::new();
        for taken in (1..=self.positionals.len()).rev() {
            let actions: Vec<&Action> = self.positionals[..taken].iter().map(|i| &self.parser.actions[*i]).collect();
            if let Some(found) = pattern::counts(&actions, &self.pattern[at..]) {
                counts = found;
                break;
            }
        }
        let taken: Vec<usize> = self.positionals.drain(..counts.len()).collect();
        for (action, count) in taken.into_iter().zip(counts) {
            let args = self.args[at..at + count].to_vec();
            at += count;
            self.take(action, args, None)?;
        }
        Ok(at)
    }

    /// Takes the option at a place and its values; gives back where they end.
    #[inline]
    fn option_at(&mut self, start: usize) -> PyResult<usize> {
        let Found { action, mut option, mut separator, mut value } = self.options[&start].clone();
        let Some(mut action) = action else {
            self.extras.push(self.args[start].clone());
            return Ok(start + 1);
        };
        let mut taken = Vec::new();
        let stop = loop {
            let spec = &self.parser.actions[action];
            let Some(given) = value.clone() else {
                let count = self.count(action, &self.pattern[start + 1..])?;
                taken.push((action, self.args[start + 1..start + 1 + count].to_vec(), option));
                break start + 1 + count;
            };
            let count = self.count(action, b"A")?;
            let is_prefix = |c: char| self.parser.settings.prefix_chars.contains(c);
            let is_short = option.chars().nth(1).is_some_and(|c| !is_prefix(c));
            let (first, rest) = split_first(&given);
            match first {
                Some(first) if count == 0 && is_short => {
                    if separator.is_some_and(|separator| !separator.is_empty()) || is_prefix(first) {
                        return Err(spec.error(format!("ignored explicit argument {}", repr(&given))));
                    }
                    taken.push((action, Vec::new(), option.clone()));
                    let dash = option.chars().next().unwrap_or('-');
                    option = Str::from(format!("{dash}{first}"));
                    let Some(next) = self.parser.options.get(&*option) else {
                        self.extras.push(Str::from(format!("{dash}{given}")));
                        break start + 1;
                    };
                    action = *next;
                    (separator, value) = match split_first(rest) {
                        (None, _) => (None, None),
                        (Some('='), after) => (Some("="), Some(Str::copy_of(after))),
                        _ => (Some(""), Some(Str::copy_of(rest))),
                    };
                }
                _ if count == 1 => {
                    taken.push((action, vec![given], option));
                    break start + 1;
                }
                _ => return Err(spec.error(format!("ignored explicit argument {}", repr(&given)))),
            }
        };
        for (action, args, option) in taken {
            self.take(action, args, Some(option))?;
        }
        Ok(stop)
    }

    /// How many arguments the action takes of those at the front of the pattern.
    #[inline]
    fn count(&self, action: usize, pattern: &[u8]) -> PyResult<usize> {
        let action = &self.parser.actions[action];
        if let Some(counts) = pattern::counts(&[action], pattern) {
            return Ok(counts[0]);
        }
        Err(action.error(match action.nargs {
            Nargs::One => "expected one argument".to_owned(),
            Nargs::Optional => "expected at most one argument".to_owned(),
            Nargs::OneOrMore => "expected at least one argument".to_owned(),
            Nargs::Count(1) => "expected 1 argument".to_owned(),
            Nargs::Count(count) => format!("expected {count} arguments"),
            Nargs::ZeroOrMore | Nargs::Remainder | Nargs::Parser => "expected arguments".to_owned(),
        }))
    }

    #[inline]
    fn take(&mut self, index: usize, args: Vec<Str>, option: Option<Str>) -> PyResult {
        let parser = self.parser;
        let action = &parser.actions[index];
        self.seen.insert(index);
        let value = values(action, args)?;
        let is_default = matches!(&action.default, Default_::Is(default) if default.is_same_object(&value));
        if !is_default {
            self.changed.insert(index);
            if let Some(group) = action.exclusive {
                let others = parser.exclusive[group].members.iter().filter(|other| **other != index);
                if let Some(other) = others.copied().find(|other| self.changed.contains(other)) {
                    let name = parser.actions[other].name().unwrap_or_default();
                    return Err(action.error(format!("not allowed with argument {name}")));
                }
            }
        }
        self.apply(action, value, option)
    }

    #[inline]
    fn apply(&mut self, action: &Action, value: Slot, option: Option<Str>) -> PyResult {
        let namespace = &mut *self.namespace;
        match action.effect {
            Effect::Store => namespace.set(&action.dest, value),
            Effect::StoreConst => namespace.set(&action.dest, action.constant.clone()),
            Effect::Append => namespace.append(&action.dest, value),
            Effect::AppendConst => namespace.append(&action.dest, action.constant.clone()),
            Effect::Extend => namespace.extend(&action.dest, value),
            Effect::Count => {
                let count = match namespace.slot(&action.dest) {
                    Some(Slot::One(count)) => count.get::<i64>().unwrap_or(0),
                    _ => 0,
                };
                namespace.set(&action.dest, super::action::one(count + 1));
            }
            Effect::Boolean => {
                let on = option.is_some_and(|option| !option.starts_with("--no-"));
                namespace.set(&action.dest, super::action::one(on));
            }
            Effect::Help => {
                crate::sys::write_stdout(&super::help::help(self.parser));
                return Err(SystemExit::new(0));
            }
            Effect::Version => {
                crate::sys::write_stdout(&super::help::version(self.parser, &action.version));
                return Err(SystemExit::new(0));
            }
            Effect::Parsers => return self.command(action, value),
        }
        Ok(())
    }

    /// Hands what follows a command over to the command's own parser.
    #[inline]
    fn command(&mut self, action: &Action, value: Slot) -> PyResult {
        let Slot::Many(Several(values)) = value else { return Ok(()) };
        let words: Vec<Str> = values.iter().filter_map(|value| value.get::<Str>()).collect();
        let Some((name, rest)) = words.split_first() else { return Ok(()) };
        if !action.dest.is_empty() {
            self.namespace.set(&action.dest, super::action::one(name.clone()));
        }
        let Some(parser) = self.parser.command(name) else {
            let names: Vec<Str> = self.parser.commands.iter().map(|(name, _)| name.clone()).collect();
            return Err(action.error(format!("unknown parser {} (choices: {})", repr(name), names.join(", "))));
        };
        let extras = parser.parse_into(rest, self.namespace)?;
        self.namespace.unrecognized.extend(extras);
        Ok(())
    }

    /// Defaults that are texts are converted; what is required and missing is reported.
    #[inline]
    fn finish(&mut self) -> PyResult {
        let mut missing = Vec::new();
        for (index, action) in self.parser.actions.iter().enumerate() {
            if self.seen.contains(&index) {
                continue;
            }
            if action.required {
                missing.extend(action.name());
                continue;
            }
            let Default_::Is(Slot::One(default)) = &action.default else { continue };
            let Some(text) = default.get::<Str>() else { continue };
            let untouched =
                matches!(self.namespace.slot(&action.dest), Some(Slot::One(now)) if Rc::ptr_eq(now, default));
            if untouched {
                let value = action.convert(&text)?;
                self.namespace.set(&action.dest, Slot::One(value));
            }
        }
        if !missing.is_empty() {
            let missing = missing.join(", ");
            return Err(ArgumentError::new(format!("the following arguments are required: {missing}")));
        }
        for group in &self.parser.exclusive {
            if group.required && !group.members.iter().any(|member| self.changed.contains(member)) {
                let members = group.members.iter().map(|member| &self.parser.actions[*member]);
                let names: Vec<String> =
                    members.filter(|action| !action.is_hidden()).filter_map(Action::name).collect();
                return Err(ArgumentError::new(format!("one of the arguments {} is required", names.join(" "))));
            }
        }
        Ok(())
    }
}

#[inline]
fn split_first(text: &str) -> (Option<char>, &str) {
    let mut chars = text.chars();
    (chars.next(), chars.as_str())
}

/// The value of an action for the arguments it takes.
#[inline]
fn values(action: &Action, mut args: Vec<Str>) -> PyResult<Slot> {
    if !action.is_optional()
        && !matches!(action.nargs, Nargs::Parser | Nargs::Remainder)
        && let Some(dashes) = args.iter().position(|arg| **arg == *"--")
    {
        args.remove(dashes);
    }
    let all = |check: bool| -> PyResult<Vec<Stored>> {
        let mut values = Vec::new();
        for arg in &args {
            values.push(action.convert(arg)?);
        }
        if check {
            values.iter().try_for_each(|value| action.check(value))?;
        }
        Ok(values)
    };
    let default = match &action.default {
        Default_::Is(default) => default.clone(),
        Default_::Suppress => Slot::None,
    };
    Ok(match (action.nargs, &*args) {
        (Nargs::Optional, []) => {
            let value = if action.is_optional() { action.constant.clone() } else { default };
            match &value {
                Slot::One(text) if let Some(text) = text.get::<Str>() => {
                    let value = action.convert(&text)?;
                    action.check(&value)?;
                    Slot::One(value)
                }
                _ => value,
            }
        }
        (Nargs::ZeroOrMore, []) if !action.is_optional() => match default {
            Slot::None => Slot::Many(Several(Vec::new())),
            default => {
                if let Slot::One(value) = &default {
                    action.check(value)?;
                }
                default
            }
        },
        (Nargs::One | Nargs::Optional, [arg]) => {
            let value = action.convert(arg)?;
            action.check(&value)?;
            Slot::One(value)
        }
        (Nargs::Remainder, _) => Slot::Many(Several(all(false)?)),
        (Nargs::Parser, _) => {
            let values = all(false)?;
            values.first().map_or(Ok(()), |first| action.check(first))?;
            Slot::Many(Several(values))
        }
        _ => Slot::Many(Several(all(true)?)),
    })
}

/// The option that an argument is, if it is one.
#[inline]
fn find_option(parser: &Compiled, arg: &Str) -> PyResult<Option<Found>> {
    let is_prefix = |c: char| parser.settings.prefix_chars.contains(c);
    let (Some(first), rest) = split_first(arg) else { return Ok(None) };
    if !is_prefix(first) {
        return Ok(None);
    }
    if let Some(action) = parser.options.get(&**arg) {
        return Ok(Some(Found { action: Some(*action), option: arg.clone(), separator: None, value: None }));
    }
    let Some(second) = rest.chars().next() else { return Ok(None) };
    let parts = arg.split_once('=');
    if let Some((option, value)) = parts
        && let Some(action) = parser.options.get(option)
    {
        let (option, value) = (Str::copy_of(option), Str::copy_of(value));
        return Ok(Some(Found { action: Some(*action), option, separator: Some("="), value: Some(value) }));
    }
    let mut found = if is_prefix(second) { long(parser, arg, parts) } else { short(parser, arg) };
    if found.len() > 1 {
        let options: Vec<&str> = found.iter().map(|found| &*found.option).collect();
        let options = options.join(", ");
        return Err(ArgumentError::new(format!("ambiguous option: {arg} could match {options}")));
    }
    if let Some(found) = found.pop() {
        return Ok(Some(found));
    }
    if (is_negative_number(arg) && !parser.has_negative_options()) || arg.contains(' ') {
        return Ok(None);
    }
    Ok(Some(Found { action: None, option: arg.clone(), separator: None, value: None }))
}

/// The long options that begin like the argument.
#[inline]
fn long(parser: &Compiled, arg: &Str, parts: Option<(&str, &str)>) -> Vec<Found> {
    if !parser.settings.allow_abbrev {
        return Vec::new();
    }
    let (prefix, value) = match parts {
        Some((prefix, value)) => (prefix, Some(Str::copy_of(value))),
        None => (&**arg, None),
    };
    let separator = value.as_ref().map(|_| "=");
    let known = parser.option_order.iter().filter(|(option, _)| option.starts_with(prefix));
    known
        .map(|(option, action)| Found {
            action: Some(*action),
            option: option.clone(),
            separator,
            value: value.clone(),
        })
        .collect()
}

/// `-n5` as `-n` and `5`, and the options that begin like the whole argument.
#[inline]
fn short(parser: &Compiled, arg: &Str) -> Vec<Found> {
    let end = arg.char_indices().nth(2).map_or(arg.as_str().len(), |(end, _)| end);
    let (prefix, value) = arg.split_at(end);
    let mut found = Vec::new();
    for (option, action) in &parser.option_order {
        let (action, option_) = (Some(*action), option.clone());
        if **option == *prefix {
            let value = Some(Str::copy_of(value));
            found.push(Found { action, option: option_, separator: Some(""), value });
        } else if option.starts_with(&**arg) {
            found.push(Found { action, option: option_, separator: None, value: None });
        }
    }
    found
}

/// `-1`, `-1.5`, `-.5`: arguments, unless an option looks like that.
#[inline]
pub(super) fn is_negative_number(text: &str) -> bool {
    let Some(number) = text.strip_prefix('-') else { return false };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    match number.split_once('.') {
        None => is_digits(number),
        Some((whole, fraction)) => (whole.is_empty() || is_digits(whole)) && is_digits(fraction),
    }
}

/// What `add_help=False`, `help=argparse.SUPPRESS` and the like need of a text.
#[inline]
pub(super) fn help_of(text: Option<&str>) -> Help {
    match text {
        None => Help::None,
        Some(super::SUPPRESSED) => Help::Suppress,
        Some(text) => Help::Is(Str::copy_of(text)),
    }
}
