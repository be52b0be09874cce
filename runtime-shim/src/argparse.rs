//! `argparse`: a parser is described by builder calls, and fills a struct of the program.
//!
//! What `add_argument` was given is checked when the parser is first used, not at the call.

use std::cell::RefCell;
use std::rc::Rc;

use crate::exception::builtin::class;
use crate::iter::Iterable;
use crate::prelude::*;

mod action;
mod builders;
mod compiled;
mod help;
mod namespace;
mod parse;
mod pattern;
mod value;
mod wrap;

pub use action::{IntoNargs, Nargs};
pub use builders::{Argument, ArgumentGroup, DefaultValue, IntoDefault, SubParsers};
pub use namespace::{FromNamespace, Given, Namespace};
pub use value::{Type, bool, float, function, int, text};

/// The texts behind the constants.
const SUPPRESSED: &str = "==SUPPRESS==";
const BOOLEAN_OPTIONAL: &str = "BooleanOptionalAction";

use action::{Default_, Help, Spec};
use compiled::Compiled;
use value::Slot;

/// `argparse.SUPPRESS`
pub const SUPPRESS: Str = Str::literal("==SUPPRESS==");
/// `argparse.REMAINDER`
pub const REMAINDER: Str = Str::literal("...");
/// `argparse.OPTIONAL`
pub const OPTIONAL: Str = Str::literal("?");
/// `argparse.ZERO_OR_MORE`
pub const ZERO_OR_MORE: Str = Str::literal("*");
/// `argparse.ONE_OR_MORE`
pub const ONE_OR_MORE: Str = Str::literal("+");
/// `argparse.BooleanOptionalAction`, as an `action`.
pub const BOOLEAN_OPTIONAL_ACTION: Str = Str::literal("BooleanOptionalAction");

class! {
    @
    /// `argparse.ArgumentError`
    ArgumentError: Exception, "argparse";
}
class! {
    @
    /// `argparse.ArgumentTypeError`: a function given as `type=` raises it with a message for the user.
    ArgumentTypeError: Exception, "argparse";
}

/// `formatter_class=`
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum HelpFormatter {
    /// `HelpFormatter`
    #[default]
    Plain,
    /// `RawDescriptionHelpFormatter`
    RawDescription,
    /// `RawTextHelpFormatter`
    RawText,
    /// `ArgumentDefaultsHelpFormatter`
    ArgumentDefaults,
    /// `MetavarTypeHelpFormatter`
    MetavarType,
}

/// What `ArgumentParser(…)` was given.
#[derive(Clone)]
struct Settings {
    prog: Str,
    usage: Option<Str>,
    description: Option<Str>,
    epilog: Option<Str>,
    version: Option<Str>,
    formatter: HelpFormatter,
    prefix_chars: Str,
    argument_default: Slot,
    add_help: bool,
    allow_abbrev: bool,
    exit_on_error: bool,
}

struct Group {
    title: Option<Str>,
    description: Option<Str>,
}

struct Description {
    settings: Settings,
    /// The first two are the positional arguments and the options.
    groups: Vec<Group>,
    /// Whether each group of arguments that exclude each other is required.
    exclusive: Vec<bool>,
    specs: Vec<Spec>,
    defaults: Vec<(Str, Slot)>,
    commands: Vec<(Str, ArgumentParser, Help)>,
}

/// `argparse.ArgumentParser`; a clone is the same parser.
#[derive(Clone)]
pub struct ArgumentParser(Rc<RefCell<Description>>);

impl Default for ArgumentParser {
    #[inline]
    fn default() -> ArgumentParser {
        ArgumentParser::new()
    }
}

impl ArgumentParser {
    /// `ArgumentParser()`; its keyword arguments are methods.
    #[inline]
    pub fn new() -> ArgumentParser {
        let settings = Settings {
            prog: crate::sys::program_name(),
            usage: None,
            description: None,
            epilog: None,
            version: None,
            formatter: HelpFormatter::Plain,
            prefix_chars: Str::from("-"),
            argument_default: Slot::None,
            add_help: true,
            allow_abbrev: true,
            exit_on_error: true,
        };
        let title = |title| Group { title: Some(Str::from(title)), description: None };
        ArgumentParser(Rc::new(RefCell::new(Description {
            settings,
            groups: vec![title("positional arguments"), title("options")],
            exclusive: Vec::new(),
            specs: Vec::new(),
            defaults: Vec::new(),
            commands: Vec::new(),
        })))
    }

    #[inline]
    fn with(self, change: impl FnOnce(&mut Settings)) -> ArgumentParser {
        change(&mut self.0.borrow_mut().settings);
        self
    }

    /// `prog=`
    #[must_use]
    #[inline]
    pub fn prog(self, prog: &str) -> ArgumentParser {
        self.with(|settings| settings.prog = Str::copy_of(prog))
    }

    /// `usage=`
    #[must_use]
    #[inline]
    pub fn usage(self, usage: &str) -> ArgumentParser {
        self.with(|settings| settings.usage = Some(Str::copy_of(usage)))
    }

    /// `description=`
    #[must_use]
    #[inline]
    pub fn description(self, description: &str) -> ArgumentParser {
        self.with(|settings| settings.description = Some(Str::copy_of(description)))
    }

    /// `epilog=`
    #[must_use]
    #[inline]
    pub fn epilog(self, epilog: &str) -> ArgumentParser {
        self.with(|settings| settings.epilog = Some(Str::copy_of(epilog)))
    }

    /// `formatter_class=`
    #[must_use]
    #[inline]
    pub fn formatter_class(self, formatter: HelpFormatter) -> ArgumentParser {
        self.with(|settings| settings.formatter = formatter)
    }

    /// `prefix_chars=`
    #[must_use]
    #[inline]
    pub fn prefix_chars(self, chars: &str) -> ArgumentParser {
        self.with(|settings| settings.prefix_chars = Str::copy_of(chars))
    }

    /// `argument_default=`
    #[must_use]
    #[inline]
    pub fn argument_default(self, default: impl IntoDefault) -> ArgumentParser {
        self.with(|settings| settings.argument_default = default.into_default().slot())
    }

    /// `add_help=`
    #[must_use]
    #[inline]
    pub fn add_help(self, add_help: bool) -> ArgumentParser {
        self.with(|settings| settings.add_help = add_help)
    }

    /// `allow_abbrev=`
    #[must_use]
    #[inline]
    pub fn allow_abbrev(self, allow: bool) -> ArgumentParser {
        self.with(|settings| settings.allow_abbrev = allow)
    }

    /// `exit_on_error=`
    #[must_use]
    #[inline]
    pub fn exit_on_error(self, exit: bool) -> ArgumentParser {
        self.with(|settings| settings.exit_on_error = exit)
    }

    /// `add_argument("-n", "--name")`; its keyword arguments are methods of what this gives.
    #[inline]
    pub fn add_argument<S: AsRef<str>, const N: usize>(&self, names: [S; N]) -> Argument {
        let names: Vec<Str> = names.iter().map(|name| Str::copy_of(name.as_ref())).collect();
        let prefixes = self.0.borrow().settings.prefix_chars.clone();
        let is_option = names.first().is_some_and(|name| name.chars().next().is_some_and(|c| prefixes.contains(c)));
        self.add(Spec { names, group: usize::from(is_option), ..Spec::default() })
    }

    #[inline]
    fn add(&self, spec: Spec) -> Argument {
        let mut description = self.0.borrow_mut();
        description.specs.push(spec);
        Argument::new(self.clone(), description.specs.len() - 1)
    }

    /// `add_argument_group(title, description)`
    #[inline]
    pub fn add_argument_group(&self, title: Option<Str>, description: Option<Str>) -> ArgumentGroup {
        let mut parser = self.0.borrow_mut();
        parser.groups.push(Group { title, description });
        ArgumentGroup::new(self.clone(), parser.groups.len() - 1, None)
    }

    /// `add_mutually_exclusive_group(required=…)`
    #[inline]
    pub fn add_mutually_exclusive_group(&self, required: bool) -> ArgumentGroup {
        let mut parser = self.0.borrow_mut();
        parser.exclusive.push(required);
        ArgumentGroup::new(self.clone(), 0, Some(parser.exclusive.len() - 1))
    }

    /// `add_subparsers()`; its keyword arguments are methods.
    #[inline]
    pub fn add_subparsers(&self) -> SubParsers {
        let spec = Spec {
            action: Some(Str::from("parsers")),
            nargs: Some(Nargs::Parser),
            default: Some(Default_::Suppress),
            ..Spec::default()
        };
        SubParsers::new(self.add(spec))
    }

    /// `set_defaults(name=value)`, one name a call.
    #[inline]
    pub fn set_default(&self, name: &str, value: impl IntoDefault) {
        self.0.borrow_mut().defaults.push((Str::copy_of(name), value.into_default().slot()));
    }

    /// `parse_args()`: the program's own command line.
    #[inline]
    pub fn parse_args<T: FromNamespace>(&self) -> PyResult<T> {
        let args: Vec<Str> = crate::sys::argv().items().skip(1).collect::<PyResult<_>>()?;
        self.parse(&args)
    }

    /// `parse_args(args)`
    #[inline]
    pub fn parse_args_of<T: FromNamespace>(&self, args: &impl Given) -> PyResult<T> {
        self.parse(&args.given()?)
    }

    #[inline]
    fn parse<T: FromNamespace>(&self, args: &[Str]) -> PyResult<T> {
        let (namespace, extras) = self.parse_known(args)?;
        if !extras.is_empty() {
            let message = format!(
                "unrecognized arguments: {}",
                extras.iter().map(|extra| &**extra).collect::<Vec<&str>>().join(" ")
            );
            return Err(self.compiled()?.refuse(ArgumentError::new(message)));
        }
        T::from_namespace(&namespace)
    }

    /// `parse_known_args()`
    #[inline]
    pub fn parse_known_args<T: FromNamespace>(&self) -> PyResult<(T, List<Str>)> {
        let args: Vec<Str> = crate::sys::argv().items().skip(1).collect::<PyResult<_>>()?;
        let (namespace, extras) = self.parse_known(&args)?;
        Ok((T::from_namespace(&namespace)?, List::from(extras)))
    }

    /// `parse_known_args(args)`
    #[inline]
    pub fn parse_known_args_of<T: FromNamespace>(&self, args: &impl Iterable<Item = Str>) -> PyResult<(T, List<Str>)> {
        let (namespace, extras) = self.parse_known(&args.items().collect::<PyResult<Vec<Str>>>()?)?;
        Ok((T::from_namespace(&namespace)?, List::from(extras)))
    }

    #[inline]
    fn parse_known(&self, args: &[Str]) -> PyResult<(Namespace, Vec<Str>)> {
        let compiled = self.compiled()?;
        let mut namespace = Namespace::default();
        let mut extras = compiled.parse_into(args, &mut namespace)?;
        extras.append(&mut namespace.unrecognized);
        Ok((namespace, extras))
    }

    /// `error(message)`: usage and message to stderr, status 2.
    #[inline]
    pub fn error(&self, message: &str) -> PyResult<Infallible> {
        Err(self.compiled()?.exit(message))
    }

    /// `exit(status, message)`
    #[inline]
    pub fn exit(&self, status: i64, message: Option<Str>) -> PyResult<Infallible> {
        if let Some(message) = message {
            crate::sys::write_stderr(&message);
        }
        Err(SystemExit::new(status))
    }

    /// `format_help()`
    #[inline]
    pub fn format_help(&self) -> PyResult<Str> {
        Ok(Str::from(help::help(&*self.compiled()?)))
    }

    /// `format_usage()`
    #[inline]
    pub fn format_usage(&self) -> PyResult<Str> {
        Ok(Str::from(help::usage_line(&*self.compiled()?)))
    }

    /// `print_help()`
    #[inline]
    pub fn print_help(&self) -> PyResult {
        crate::sys::write_stdout(&self.format_help()?);
        Ok(())
    }

    /// `print_usage()`
    #[inline]
    pub fn print_usage(&self) -> PyResult {
        crate::sys::write_stdout(&self.format_usage()?);
        Ok(())
    }

    #[inline]
    fn compiled(&self) -> PyResult<Rc<Compiled>> {
        Compiled::new(&self.0.borrow()).map(Rc::new)
    }
}

crate::opaque::opaque! {
    ArgumentParser: "argparse", "ArgumentParser";
}

#[cfg(test)]
mod tests;
