//! One argument of a parser: what `add_argument` was given, checked and completed.

use std::rc::Rc;

use super::value::{Slot, Stored, Type, text};
use super::{ArgumentError, Settings};
use crate::prelude::*;

/// How many command-line arguments an action takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Nargs {
    /// Without `nargs`.
    One,
    /// `"?"`
    Optional,
    /// `"*"`
    ZeroOrMore,
    /// `"+"`
    OneOrMore,
    /// `argparse.REMAINDER`
    Remainder,
    /// A command and what follows it.
    Parser,
    /// A number; 0 for flags.
    Count(usize),
}

/// What `nargs=` takes: a number, or `"?"`, `"*"`, `"+"`, `"..."`.
pub trait IntoNargs {
    /// The number of arguments.
    fn into_nargs(self) -> Nargs;
}

impl IntoNargs for i64 {
    #[inline]
    fn into_nargs(self) -> Nargs {
        Nargs::Count(usize::try_from(self).unwrap_or_default())
    }
}

impl IntoNargs for &str {
    #[inline]
    fn into_nargs(self) -> Nargs {
        match self {
            "?" => Nargs::Optional,
            "*" => Nargs::ZeroOrMore,
            "+" => Nargs::OneOrMore,
            "A..." => Nargs::Parser,
            _ => Nargs::Remainder,
        }
    }
}

impl IntoNargs for Str {
    #[inline]
    fn into_nargs(self) -> Nargs {
        (&*self).into_nargs()
    }
}

/// What happens when the argument is met.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Effect {
    Store,
    StoreConst,
    Append,
    AppendConst,
    Extend,
    Count,
    Help,
    Version,
    /// `BooleanOptionalAction`
    Boolean,
    /// `add_subparsers`
    Parsers,
}

/// A default, or that there shall be none.
#[derive(Clone)]
pub(super) enum Default_ {
    Suppress,
    Is(Slot),
}

/// A help text, or that the argument is not shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Help {
    None,
    Suppress,
    Is(Str),
}

/// An argument, complete.
#[derive(Clone)]
pub(super) struct Action {
    pub(super) options: Vec<Str>,
    /// Empty: nothing is stored.
    pub(super) dest: Str,
    pub(super) effect: Effect,
    pub(super) nargs: Nargs,
    pub(super) constant: Slot,
    pub(super) default: Default_,
    pub(super) convert: Type,
    pub(super) has_type: bool,
    pub(super) choices: Option<Vec<Stored>>,
    pub(super) required: bool,
    pub(super) help: Help,
    pub(super) metavar: Vec<Str>,
    pub(super) version: Str,
    /// The place of its group in the parser's groups.
    pub(super) group: usize,
    /// The place of its group in the parser's mutually exclusive groups.
    pub(super) exclusive: Option<usize>,
}

impl Action {
    #[inline]
    pub(super) fn is_optional(&self) -> bool {
        !self.options.is_empty()
    }

    #[inline]
    pub(super) fn is_hidden(&self) -> bool {
        self.help == Help::Suppress
    }

    /// Its name in error messages.
    #[inline]
    pub(super) fn name(&self) -> Option<String> {
        if self.is_optional() {
            let options: Vec<&str> = self.options.iter().map(|option| &**option).collect();
            Some(options.join("/"))
        } else if let [metavar] = &*self.metavar {
            Some(metavar.to_string())
        } else if !self.dest.is_empty() {
            Some(self.dest.to_string())
        } else {
            self.choices_text().map(|choices| format!("{{{choices}}}"))
        }
    }

    /// The choices, joined by commas.
    #[inline]
    pub(super) fn choices_text(&self) -> Option<String> {
        let choices: Vec<String> = self.choices.as_ref()?.iter().map(|choice| choice.text()).collect();
        Some(choices.join(","))
    }

    /// `argument -n/--nprod: message`
    #[cold]
    pub(super) fn error(&self, message: impl AsRef<str>) -> PyErr {
        let message = message.as_ref();
        match self.name() {
            Some(name) => ArgumentError::new(format!("argument {name}: {message}")),
            None => ArgumentError::new(message.to_owned()),
        }
    }

    /// The value of one argument's text.
    #[inline]
    pub(super) fn convert(&self, text: &Str) -> PyResult<Stored> {
        (self.convert.convert)(text.clone()).map_err(|error| {
            if error.is::<super::ArgumentTypeError>() {
                self.error(error.to_string())
            } else if error.is::<(TypeError, ValueError)>() {
                self.error(format!("invalid {} value: {}", self.convert.name, repr(text)))
            } else {
                error
            }
        })
    }

    /// Refuses a value that is not among the choices.
    #[inline]
    pub(super) fn check(&self, value: &Stored) -> PyResult {
        let Some(choices) = &self.choices else { return Ok(()) };
        if choices.iter().any(|choice| choice.same(&**value)) {
            return Ok(());
        }
        let listed: Vec<String> = choices.iter().map(|choice| choice.repr()).collect();
        Err(self.error(format!("invalid choice: {} (choose from {})", value.repr(), listed.join(", "))))
    }
}

/// What `add_argument` was given, not yet checked.
#[derive(Clone, Default)]
pub(super) struct Spec {
    pub(super) names: Vec<Str>,
    pub(super) action: Option<Str>,
    pub(super) nargs: Option<Nargs>,
    pub(super) constant: Option<Slot>,
    pub(super) default: Option<Default_>,
    pub(super) convert: Option<Type>,
    pub(super) choices: Option<Vec<Stored>>,
    pub(super) required: Option<bool>,
    pub(super) help: Option<Help>,
    pub(super) metavar: Vec<Str>,
    pub(super) dest: Option<Str>,
    pub(super) version: Option<Str>,
    pub(super) group: usize,
    pub(super) exclusive: Option<usize>,
}

impl Spec {
    /// The action, or what CPython raises for arguments that do not fit together.
    #[inline]
    pub(super) fn action(&self, parser: &Settings) -> PyResult<Action> {
        let prefix = |text: &str| text.chars().next().is_some_and(|c| parser.prefix_chars.contains(c));
        let positional = self.names.is_empty() || (self.names.len() == 1 && !prefix(&self.names[0]));
        let (options, dest) =
            if positional { (Vec::new(), self.positional_dest()?) } else { self.optional_dest(&prefix, parser)? };
        let effect = self.effect()?;
        let flag = matches!(
            effect,
            Effect::StoreConst | Effect::AppendConst | Effect::Count | Effect::Help | Effect::Version | Effect::Boolean
        );
        if flag && self.nargs.is_some() {
            let class = "__init__() got an unexpected keyword argument 'nargs'";
            return Err(TypeError::new(format!("{}.{class}", effect.class_name(self.action.as_deref()))));
        }
        if self.nargs == Some(Nargs::Count(0)) && effect == Effect::Store {
            return Err(ValueError::new(
                "nargs for store actions must be != 0; if you have nothing to store, actions such as store true or \
                 store const may be more appropriate",
            ));
        }
        let nargs = if flag { Nargs::Count(0) } else { self.nargs.unwrap_or(Nargs::One) };
        let required = match (positional, self.required) {
            (true, Some(_)) => return Err(TypeError::new("'required' is an invalid argument for positionals")),
            (true, None) => match nargs {
                Nargs::Optional => false,
                Nargs::ZeroOrMore => self.default.is_none(),
                _ => effect != Effect::Parsers,
            },
            (false, required) => required.unwrap_or(false),
        };
        if self.exclusive.is_some() && required {
            return Err(ValueError::new("mutually exclusive arguments must be optional"));
        }
        let word = self.action.as_deref();
        let default = match (&self.default, &effect) {
            (Some(default), _) => default.clone(),
            (None, Effect::Help | Effect::Version | Effect::Parsers) => Default_::Suppress,
            (None, Effect::StoreConst) if word == Some("store_true") => Default_::Is(one(false)),
            (None, Effect::StoreConst) if word == Some("store_false") => Default_::Is(one(true)),
            (None, _) => Default_::Is(parser.argument_default.clone()),
        };
        let constant = match word {
            Some("store_true") => one(true),
            Some("store_false") => one(false),
            _ => self.constant.clone().unwrap_or(Slot::None),
        };
        let help = match (&self.help, &effect) {
            (Some(help), _) => help.clone(),
            (None, Effect::Version) => Help::Is(Str::from("show program's version number and exit")),
            (None, Effect::Help) => Help::Is(Str::from("show this help message and exit")),
            (None, _) => Help::None,
        };
        let options = if effect == Effect::Boolean { with_no(&options) } else { options };
        Ok(Action {
            options,
            dest: if matches!(effect, Effect::Help | Effect::Version) { Str::default() } else { dest },
            nargs,
            constant,
            default,
            convert: self.convert.clone().unwrap_or_else(text),
            has_type: self.convert.is_some(),
            choices: self.choices.clone(),
            required,
            help,
            metavar: self.metavar.clone(),
            version: self.version.clone().unwrap_or_default(),
            group: self.group,
            exclusive: self.exclusive,
            effect,
        })
    }

    #[inline]
    fn effect(&self) -> PyResult<Effect> {
        Ok(match self.action.as_deref() {
            None | Some("store") => Effect::Store,
            Some("store_const" | "store_true" | "store_false") => Effect::StoreConst,
            Some("append") => Effect::Append,
            Some("append_const") => Effect::AppendConst,
            Some("extend") => Effect::Extend,
            Some("count") => Effect::Count,
            Some("help") => Effect::Help,
            Some("version") => Effect::Version,
            Some("parsers") => Effect::Parsers,
            Some(super::BOOLEAN_OPTIONAL) => Effect::Boolean,
            Some(other) => return Err(ValueError::new(format!("unknown action \"{other}\""))),
        })
    }

    #[inline]
    fn positional_dest(&self) -> PyResult<Str> {
        match (&self.dest, self.names.first()) {
            (Some(_), Some(_)) => Err(ValueError::new("dest supplied twice for positional argument")),
            (Some(dest), None) | (None, Some(dest)) => Ok(dest.clone()),
            (None, None) => Ok(Str::default()),
        }
    }

    #[inline]
    fn optional_dest(&self, prefix: &impl Fn(&str) -> bool, parser: &Settings) -> PyResult<(Vec<Str>, Str)> {
        for name in &self.names {
            if !prefix(name) {
                let (name, chars) = (repr(name), repr(&parser.prefix_chars));
                let message = format!("invalid option string {name}: must start with a character {chars}");
                return Err(ValueError::new(message));
            }
        }
        let dest = match &self.dest {
            Some(dest) => dest.clone(),
            None => {
                let is_prefix = |c: char| parser.prefix_chars.contains(c);
                let long = |name: &&Str| name.chars().nth(1).is_some_and(is_prefix);
                let named = self.names.iter().find(long).or(self.names.first());
                let dest = named.map(|name| name.trim_start_matches(is_prefix).replace('-', "_")).unwrap_or_default();
                if dest.is_empty() {
                    let last = self.names.last().map(repr).unwrap_or_default();
                    return Err(ValueError::new(format!("dest= is required for options like {last}")));
                }
                Str::from(dest)
            }
        };
        Ok((self.names.clone(), dest))
    }
}

impl Effect {
    #[inline]
    fn class_name(&self, word: Option<&str>) -> &'static str {
        match (self, word) {
            (_, Some("store_true")) => "_StoreTrueAction",
            (_, Some("store_false")) => "_StoreFalseAction",
            (Effect::StoreConst, _) => "_StoreConstAction",
            (Effect::AppendConst, _) => "_AppendConstAction",
            (Effect::Count, _) => "_CountAction",
            (Effect::Help, _) => "_HelpAction",
            (Effect::Version, _) => "_VersionAction",
            (Effect::Boolean, _) => "BooleanOptionalAction",
            (Effect::Store | Effect::Append | Effect::Extend | Effect::Parsers, _) => "Action",
        }
    }
}

/// `--flag` also has `--no-flag`.
#[inline]
fn with_no(options: &[Str]) -> Vec<Str> {
    let mut all = Vec::new();
    for option in options {
        all.push(option.clone());
        if let Some(name) = option.strip_prefix("--") {
            all.push(Str::from(format!("--no-{name}")));
        }
    }
    all
}

/// One value as a slot.
#[inline]
pub(super) fn one<T: Object + Key + Clone + 'static>(value: T) -> Slot {
    Slot::One(Rc::new(value))
}
