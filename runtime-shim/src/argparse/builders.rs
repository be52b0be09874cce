//! What a parser gives to describe it further: arguments, groups, commands. Their keyword arguments are methods.

use std::rc::Rc;

use super::action::{self, Default_, IntoNargs, Spec};
use super::value::{Several, Slot, Stored, Type};
use super::{ArgumentParser, Group, SUPPRESSED, parse};
use crate::iter::Iterable;
use crate::prelude::*;

/// What `add_argument` gives: its keyword arguments are methods.
#[derive(Clone)]
pub struct Argument {
    parser: ArgumentParser,
    index: usize,
}

/// `add_argument_group`, `add_mutually_exclusive_group`
#[derive(Clone)]
pub struct ArgumentGroup {
    parser: ArgumentParser,
    group: usize,
    exclusive: Option<usize>,
}

/// `add_subparsers`
#[derive(Clone)]
pub struct SubParsers {
    parser: ArgumentParser,
    index: usize,
}

impl Argument {
    #[inline]
    pub(super) fn new(parser: ArgumentParser, index: usize) -> Argument {
        Argument { parser, index }
    }

    #[inline]
    fn with(self, change: impl FnOnce(&mut Spec)) -> Argument {
        change(&mut self.parser.0.borrow_mut().specs[self.index]);
        self
    }

    /// `action=`
    #[inline]
    pub fn action(self, action: &str) -> Argument {
        self.with(|spec| spec.action = Some(Str::copy_of(action)))
    }

    /// `nargs=`
    #[inline]
    pub fn nargs(self, nargs: impl IntoNargs) -> Argument {
        self.with(|spec| spec.nargs = Some(nargs.into_nargs()))
    }

    /// `const=`
    #[inline]
    pub fn const_(self, value: impl IntoDefault) -> Argument {
        self.with(|spec| spec.constant = Some(value.into_default().0))
    }

    /// `default=`
    #[inline]
    pub fn default(self, value: impl IntoDefault) -> Argument {
        self.with(|spec| {
            let slot = value.into_default().0;
            let is_suppress =
                matches!(&slot, Slot::One(text) if text.get::<Str>().is_some_and(|text| *text == *SUPPRESSED));
            spec.default = Some(if is_suppress { Default_::Suppress } else { Default_::Is(slot) });
        })
    }

    /// `type=`
    #[inline]
    pub fn type_(self, convert: Type) -> Argument {
        self.with(|spec| spec.convert = Some(convert))
    }

    /// `choices=`
    #[inline]
    pub fn choices<T: Object + Key + Clone + 'static>(self, choices: &impl Iterable<Item = T>) -> Argument {
        let choices = choices.items().flatten().map(|choice| Rc::new(choice) as Stored).collect();
        self.with(|spec| spec.choices = Some(choices))
    }

    /// `required=`
    #[inline]
    pub fn required(self, required: bool) -> Argument {
        self.with(|spec| spec.required = Some(required))
    }

    /// `help=`
    #[inline]
    pub fn help(self, help: &str) -> Argument {
        self.with(|spec| spec.help = Some(parse::help_of(Some(help))))
    }

    /// `metavar=`
    #[inline]
    pub fn metavar(self, metavar: &str) -> Argument {
        self.with(|spec| spec.metavar = vec![Str::copy_of(metavar)])
    }

    /// `metavar=` with a name for each value.
    #[inline]
    pub fn metavars<S: AsRef<str>, const N: usize>(self, metavars: [S; N]) -> Argument {
        self.with(|spec| spec.metavar = metavars.iter().map(|metavar| Str::copy_of(metavar.as_ref())).collect())
    }

    /// `dest=`
    #[inline]
    pub fn dest(self, dest: &str) -> Argument {
        self.with(|spec| spec.dest = Some(Str::copy_of(dest)))
    }

    /// `version=`
    #[inline]
    pub fn version(self, version: &str) -> Argument {
        self.with(|spec| spec.version = Some(Str::copy_of(version)))
    }
}

impl ArgumentGroup {
    #[inline]
    pub(super) fn new(parser: ArgumentParser, group: usize, exclusive: Option<usize>) -> ArgumentGroup {
        ArgumentGroup { parser, group, exclusive }
    }

    /// `group.add_argument(…)`
    #[inline]
    pub fn add_argument<S: AsRef<str>, const N: usize>(&self, names: [S; N]) -> Argument {
        let argument = self.parser.add_argument(names);
        argument.with(|spec| {
            spec.exclusive = self.exclusive;
            if self.exclusive.is_none() || self.group > 1 {
                spec.group = self.group;
            }
        })
    }

    /// `group.add_mutually_exclusive_group(required=…)`
    #[inline]
    pub fn add_mutually_exclusive_group(&self, required: bool) -> ArgumentGroup {
        ArgumentGroup { group: self.group, ..self.parser.add_mutually_exclusive_group(required) }
    }
}

impl SubParsers {
    #[inline]
    pub(super) fn new(argument: Argument) -> SubParsers {
        SubParsers { parser: argument.parser, index: argument.index }
    }

    #[inline]
    fn with(self, change: impl FnOnce(&mut Spec)) -> SubParsers {
        change(&mut self.parser.0.borrow_mut().specs[self.index]);
        self
    }

    /// `dest=`
    #[must_use]
    #[inline]
    pub fn dest(self, dest: &str) -> SubParsers {
        self.with(|spec| spec.dest = Some(Str::copy_of(dest)))
    }

    /// `required=`
    #[must_use]
    #[inline]
    pub fn required(self, required: bool) -> SubParsers {
        // A command is a positional argument; only there `required` is allowed.
        self.with(|spec| spec.required = Some(required))
    }

    /// `help=`
    #[must_use]
    #[inline]
    pub fn help(self, help: &str) -> SubParsers {
        self.with(|spec| spec.help = Some(parse::help_of(Some(help))))
    }

    /// `metavar=`
    #[must_use]
    #[inline]
    pub fn metavar(self, metavar: &str) -> SubParsers {
        self.with(|spec| spec.metavar = vec![Str::copy_of(metavar)])
    }

    /// `title=`: the commands get a group of their own.
    #[must_use]
    #[inline]
    pub fn title(self, title: &str) -> SubParsers {
        self.group(|group| group.title = Some(Str::copy_of(title)))
    }

    /// `description=`
    #[must_use]
    #[inline]
    pub fn description(self, description: &str) -> SubParsers {
        self.group(|group| group.description = Some(Str::copy_of(description)))
    }

    #[inline]
    fn group(self, change: impl FnOnce(&mut Group)) -> SubParsers {
        let mut parser = self.parser.0.borrow_mut();
        let mut group = parser.specs[self.index].group;
        if group == 0 {
            parser.groups.push(Group { title: Some(Str::from("subcommands")), description: None });
            group = parser.groups.len() - 1;
            parser.specs[self.index].group = group;
        }
        change(&mut parser.groups[group]);
        drop(parser);
        self
    }

    /// `add_parser(name)`; its keyword arguments are methods of the new parser, but for `help`.
    #[inline]
    pub fn add_parser(&self, name: &str, help: Option<Str>) -> ArgumentParser {
        let prog = match self.parser.compiled() {
            Ok(parser) => parser.prog_for_commands(),
            Err(_) => self.parser.0.borrow().settings.prog.to_string(),
        };
        let parser = ArgumentParser::new().prog(&format!("{prog} {name}"));
        let help = parse::help_of(help.as_deref());
        self.parser.0.borrow_mut().commands.push((Str::copy_of(name), parser.clone(), help));
        parser
    }
}

/// What `default=`, `const=` and `set_defaults` take.
pub trait IntoDefault {
    /// The value as a namespace holds it.
    fn into_default(self) -> DefaultValue;
}

/// A default.
pub struct DefaultValue(Slot);

impl DefaultValue {
    #[inline]
    pub(super) fn slot(self) -> Slot {
        self.0
    }
}

macro_rules! defaults {
    ($($type:ty),*) => { $(
        impl IntoDefault for $type {
            fn into_default(self) -> DefaultValue {
                DefaultValue(action::one(self))
            }
        }
    )* };
}
defaults!(bool, i64, f64, Str, Int, Number);

impl IntoDefault for () {
    #[inline]
    fn into_default(self) -> DefaultValue {
        DefaultValue(Slot::None)
    }
}

impl IntoDefault for &str {
    #[inline]
    fn into_default(self) -> DefaultValue {
        Str::copy_of(self).into_default()
    }
}

impl<T: IntoDefault> IntoDefault for Option<T> {
    #[inline]
    fn into_default(self) -> DefaultValue {
        self.map_or(DefaultValue(Slot::None), T::into_default)
    }
}

impl<T: Object + Key + Clone + 'static> IntoDefault for List<T> {
    #[inline]
    fn into_default(self) -> DefaultValue {
        DefaultValue(Slot::Many(Several(self.items().flatten().map(|item| Rc::new(item) as Stored).collect())))
    }
}

impl<T: Object + Key> IntoDefault for Rc<T> {
    #[inline]
    fn into_default(self) -> DefaultValue {
        DefaultValue(action::one(self))
    }
}
