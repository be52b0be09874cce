//! `argparse`: a parser is described by builder calls, and fills a struct of the program.
//!
//! What `add_argument` was given is checked when the parser is first used, not at the call.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::exception::builtin::class;
use crate::iter::Iterable;
use crate::prelude::*;

mod action;
mod help;
mod namespace;
mod parse;
mod pattern;
mod value;
mod wrap;

pub use action::{IntoNargs, Nargs};
pub use namespace::{FromNamespace, Namespace};
pub use value::{Type, bool, float, function, int, text};

/// The texts behind the constants.
const SUPPRESSED: &str = "==SUPPRESS==";
const BOOLEAN_OPTIONAL: &str = "BooleanOptionalAction";

use action::{Action, Default_, Effect, Help, Spec};
use value::{Several, Slot, Stored};

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

impl Default for ArgumentParser {
    fn default() -> ArgumentParser {
        ArgumentParser::new()
    }
}

impl ArgumentParser {
    /// `ArgumentParser()`; its keyword arguments are methods.
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

    fn with(self, change: impl FnOnce(&mut Settings)) -> ArgumentParser {
        change(&mut self.0.borrow_mut().settings);
        self
    }

    /// `prog=`
    #[must_use]
    pub fn prog(self, prog: &str) -> ArgumentParser {
        self.with(|settings| settings.prog = Str::copy_of(prog))
    }

    /// `usage=`
    #[must_use]
    pub fn usage(self, usage: &str) -> ArgumentParser {
        self.with(|settings| settings.usage = Some(Str::copy_of(usage)))
    }

    /// `description=`
    #[must_use]
    pub fn description(self, description: &str) -> ArgumentParser {
        self.with(|settings| settings.description = Some(Str::copy_of(description)))
    }

    /// `epilog=`
    #[must_use]
    pub fn epilog(self, epilog: &str) -> ArgumentParser {
        self.with(|settings| settings.epilog = Some(Str::copy_of(epilog)))
    }

    /// `formatter_class=`
    #[must_use]
    pub fn formatter_class(self, formatter: HelpFormatter) -> ArgumentParser {
        self.with(|settings| settings.formatter = formatter)
    }

    /// `prefix_chars=`
    #[must_use]
    pub fn prefix_chars(self, chars: &str) -> ArgumentParser {
        self.with(|settings| settings.prefix_chars = Str::copy_of(chars))
    }

    /// `argument_default=`
    #[must_use]
    pub fn argument_default(self, default: impl IntoDefault) -> ArgumentParser {
        self.with(|settings| settings.argument_default = default.into_default().0)
    }

    /// `add_help=`
    #[must_use]
    pub fn add_help(self, add_help: bool) -> ArgumentParser {
        self.with(|settings| settings.add_help = add_help)
    }

    /// `allow_abbrev=`
    #[must_use]
    pub fn allow_abbrev(self, allow: bool) -> ArgumentParser {
        self.with(|settings| settings.allow_abbrev = allow)
    }

    /// `exit_on_error=`
    #[must_use]
    pub fn exit_on_error(self, exit: bool) -> ArgumentParser {
        self.with(|settings| settings.exit_on_error = exit)
    }

    /// `add_argument("-n", "--name")`; its keyword arguments are methods of what this gives.
    pub fn add_argument<const N: usize>(&self, names: [&str; N]) -> Argument {
        let names: Vec<Str> = names.into_iter().map(Str::copy_of).collect();
        let prefixes = self.0.borrow().settings.prefix_chars.clone();
        let is_option = names.first().is_some_and(|name| name.chars().next().is_some_and(|c| prefixes.contains(c)));
        self.add(Spec { names, group: usize::from(is_option), ..Spec::default() })
    }

    fn add(&self, spec: Spec) -> Argument {
        let mut description = self.0.borrow_mut();
        description.specs.push(spec);
        Argument { parser: self.clone(), index: description.specs.len() - 1 }
    }

    /// `add_argument_group(title, description)`
    pub fn add_argument_group(&self, title: Option<Str>, description: Option<Str>) -> ArgumentGroup {
        let mut parser = self.0.borrow_mut();
        parser.groups.push(Group { title, description });
        ArgumentGroup { parser: self.clone(), group: parser.groups.len() - 1, exclusive: None }
    }

    /// `add_mutually_exclusive_group(required=…)`
    pub fn add_mutually_exclusive_group(&self, required: bool) -> ArgumentGroup {
        let mut parser = self.0.borrow_mut();
        parser.exclusive.push(required);
        ArgumentGroup { parser: self.clone(), group: 0, exclusive: Some(parser.exclusive.len() - 1) }
    }

    /// `add_subparsers()`; its keyword arguments are methods.
    pub fn add_subparsers(&self) -> SubParsers {
        let spec = Spec {
            action: Some(Str::from("parsers")),
            nargs: Some(Nargs::Parser),
            default: Some(Default_::Suppress),
            ..Spec::default()
        };
        let index = self.add(spec).index;
        SubParsers { parser: self.clone(), index }
    }

    /// `set_defaults(name=value)`, one name a call.
    pub fn set_default(&self, name: &str, value: impl IntoDefault) {
        self.0.borrow_mut().defaults.push((Str::copy_of(name), value.into_default().0));
    }

    /// `parse_args()`: the program's own command line.
    pub fn parse_args<T: FromNamespace>(&self) -> PyResult<T> {
        let args: Vec<Str> = crate::sys::argv().items().skip(1).collect::<PyResult<_>>()?;
        self.parse(&args)
    }

    /// `parse_args(args)`
    pub fn parse_args_of<T: FromNamespace>(&self, args: &impl Iterable<Item = Str>) -> PyResult<T> {
        self.parse(&args.items().collect::<PyResult<Vec<Str>>>()?)
    }

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
    pub fn parse_known_args<T: FromNamespace>(&self) -> PyResult<(T, List<Str>)> {
        let args: Vec<Str> = crate::sys::argv().items().skip(1).collect::<PyResult<_>>()?;
        let (namespace, extras) = self.parse_known(&args)?;
        Ok((T::from_namespace(&namespace)?, List::from(extras)))
    }

    /// `parse_known_args(args)`
    pub fn parse_known_args_of<T: FromNamespace>(&self, args: &impl Iterable<Item = Str>) -> PyResult<(T, List<Str>)> {
        let (namespace, extras) = self.parse_known(&args.items().collect::<PyResult<Vec<Str>>>()?)?;
        Ok((T::from_namespace(&namespace)?, List::from(extras)))
    }

    fn parse_known(&self, args: &[Str]) -> PyResult<(Namespace, Vec<Str>)> {
        let compiled = self.compiled()?;
        let mut namespace = Namespace::default();
        let mut extras = compiled.parse_into(args, &mut namespace)?;
        extras.append(&mut namespace.unrecognized);
        Ok((namespace, extras))
    }

    /// `error(message)`: usage and message to stderr, status 2.
    pub fn error(&self, message: &str) -> PyResult<Infallible> {
        Err(self.compiled()?.exit(message))
    }

    /// `exit(status, message)`
    pub fn exit(&self, status: i64, message: Option<Str>) -> PyResult<Infallible> {
        if let Some(message) = message {
            crate::sys::write_stderr(&message);
        }
        Err(SystemExit::new(status))
    }

    /// `format_help()`
    pub fn format_help(&self) -> PyResult<Str> {
        Ok(Str::from(help::help(&*self.compiled()?)))
    }

    /// `format_usage()`
    pub fn format_usage(&self) -> PyResult<Str> {
        Ok(Str::from(help::usage_line(&*self.compiled()?)))
    }

    /// `print_help()`
    pub fn print_help(&self) -> PyResult {
        crate::sys::write_stdout(&self.format_help()?);
        Ok(())
    }

    /// `print_usage()`
    pub fn print_usage(&self) -> PyResult {
        crate::sys::write_stdout(&self.format_usage()?);
        Ok(())
    }

    fn compiled(&self) -> PyResult<Rc<Compiled>> {
        Compiled::new(&self.0.borrow()).map(Rc::new)
    }
}

impl Argument {
    fn with(self, change: impl FnOnce(&mut Spec)) -> Argument {
        change(&mut self.parser.0.borrow_mut().specs[self.index]);
        self
    }

    /// `action=`
    pub fn action(self, action: &str) -> Argument {
        self.with(|spec| spec.action = Some(Str::copy_of(action)))
    }

    /// `nargs=`
    pub fn nargs(self, nargs: impl IntoNargs) -> Argument {
        self.with(|spec| spec.nargs = Some(nargs.into_nargs()))
    }

    /// `const=`
    pub fn const_(self, value: impl IntoDefault) -> Argument {
        self.with(|spec| spec.constant = Some(value.into_default().0))
    }

    /// `default=`
    pub fn default(self, value: impl IntoDefault) -> Argument {
        self.with(|spec| {
            let slot = value.into_default().0;
            let is_suppress =
                matches!(&slot, Slot::One(text) if text.get::<Str>().is_some_and(|text| *text == *SUPPRESSED));
            spec.default = Some(if is_suppress { Default_::Suppress } else { Default_::Is(slot) });
        })
    }

    /// `type=`
    pub fn type_(self, convert: Type) -> Argument {
        self.with(|spec| spec.convert = Some(convert))
    }

    /// `choices=`
    pub fn choices<T: Object + Key + Clone + 'static>(self, choices: &impl Iterable<Item = T>) -> Argument {
        let choices = choices.items().flatten().map(|choice| Rc::new(choice) as Stored).collect();
        self.with(|spec| spec.choices = Some(choices))
    }

    /// `required=`
    pub fn required(self, required: bool) -> Argument {
        self.with(|spec| spec.required = Some(required))
    }

    /// `help=`
    pub fn help(self, help: &str) -> Argument {
        self.with(|spec| spec.help = Some(parse::help_of(Some(help))))
    }

    /// `metavar=`
    pub fn metavar(self, metavar: &str) -> Argument {
        self.with(|spec| spec.metavar = vec![Str::copy_of(metavar)])
    }

    /// `metavar=` with a name for each value.
    pub fn metavars<const N: usize>(self, metavars: [&str; N]) -> Argument {
        self.with(|spec| spec.metavar = metavars.into_iter().map(Str::copy_of).collect())
    }

    /// `dest=`
    pub fn dest(self, dest: &str) -> Argument {
        self.with(|spec| spec.dest = Some(Str::copy_of(dest)))
    }

    /// `version=`
    pub fn version(self, version: &str) -> Argument {
        self.with(|spec| spec.version = Some(Str::copy_of(version)))
    }
}

impl ArgumentGroup {
    /// `group.add_argument(…)`
    pub fn add_argument<const N: usize>(&self, names: [&str; N]) -> Argument {
        let argument = self.parser.add_argument(names);
        argument.with(|spec| {
            spec.exclusive = self.exclusive;
            if self.exclusive.is_none() || self.group > 1 {
                spec.group = self.group;
            }
        })
    }

    /// `group.add_mutually_exclusive_group(required=…)`
    pub fn add_mutually_exclusive_group(&self, required: bool) -> ArgumentGroup {
        ArgumentGroup { group: self.group, ..self.parser.add_mutually_exclusive_group(required) }
    }
}

impl SubParsers {
    fn with(self, change: impl FnOnce(&mut Spec)) -> SubParsers {
        change(&mut self.parser.0.borrow_mut().specs[self.index]);
        self
    }

    /// `dest=`
    #[must_use]
    pub fn dest(self, dest: &str) -> SubParsers {
        self.with(|spec| spec.dest = Some(Str::copy_of(dest)))
    }

    /// `required=`
    #[must_use]
    pub fn required(self, required: bool) -> SubParsers {
        // A command is a positional argument; only there `required` is allowed.
        self.with(|spec| spec.required = Some(required))
    }

    /// `help=`
    #[must_use]
    pub fn help(self, help: &str) -> SubParsers {
        self.with(|spec| spec.help = Some(parse::help_of(Some(help))))
    }

    /// `metavar=`
    #[must_use]
    pub fn metavar(self, metavar: &str) -> SubParsers {
        self.with(|spec| spec.metavar = vec![Str::copy_of(metavar)])
    }

    /// `title=`: the commands get a group of their own.
    #[must_use]
    pub fn title(self, title: &str) -> SubParsers {
        self.group(|group| group.title = Some(Str::copy_of(title)))
    }

    /// `description=`
    #[must_use]
    pub fn description(self, description: &str) -> SubParsers {
        self.group(|group| group.description = Some(Str::copy_of(description)))
    }

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
    fn into_default(self) -> DefaultValue {
        DefaultValue(Slot::None)
    }
}

impl IntoDefault for &str {
    fn into_default(self) -> DefaultValue {
        Str::copy_of(self).into_default()
    }
}

impl<T: IntoDefault> IntoDefault for Option<T> {
    fn into_default(self) -> DefaultValue {
        self.map_or(DefaultValue(Slot::None), T::into_default)
    }
}

impl<T: Object + Key + Clone + 'static> IntoDefault for List<T> {
    fn into_default(self) -> DefaultValue {
        DefaultValue(Slot::Many(Several(self.items().flatten().map(|item| Rc::new(item) as Stored).collect())))
    }
}

impl<T: Object + Key> IntoDefault for Rc<T> {
    fn into_default(self) -> DefaultValue {
        DefaultValue(action::one(self))
    }
}

/// A parser whose arguments were checked.
struct Compiled {
    settings: Settings,
    actions: Vec<Action>,
    groups: Vec<CompiledGroup>,
    exclusive: Vec<Exclusive>,
    options: BTreeMap<Str, usize>,
    /// The same, in the order they were added.
    option_order: Vec<(Str, usize)>,
    defaults: Vec<(Str, Slot)>,
    commands: Vec<(Str, Command)>,
}

struct Command {
    parser: ArgumentParser,
    help: Help,
}

struct CompiledGroup {
    title: Option<Str>,
    description: Option<Str>,
    members: Vec<usize>,
}

struct Exclusive {
    required: bool,
    members: Vec<usize>,
}

impl Compiled {
    fn new(from: &Description) -> PyResult<Compiled> {
        let settings = from.settings.clone();
        let mut specs = Vec::new();
        if settings.add_help {
            let dash =
                if settings.prefix_chars.contains('-') { "-" } else { settings.prefix_chars.get(..1).unwrap_or("-") };
            specs.push(Spec {
                names: vec![Str::from(format!("{dash}h")), Str::from(format!("{dash}{dash}help"))],
                action: Some(Str::from("help")),
                group: 1,
                ..Spec::default()
            });
        }
        specs.extend(from.specs.iter().cloned());
        let group = |group: &Group| CompiledGroup {
            title: group.title.clone(),
            description: group.description.clone(),
            members: Vec::new(),
        };
        let mut compiled = Compiled {
            settings,
            actions: Vec::new(),
            groups: from.groups.iter().map(group).collect(),
            exclusive: from.exclusive.iter().map(|&required| Exclusive { required, members: Vec::new() }).collect(),
            options: BTreeMap::new(),
            option_order: Vec::new(),
            defaults: from.defaults.clone(),
            commands: Vec::new(),
        };
        for (name, parser, help) in &from.commands {
            compiled.commands.push((name.clone(), Command { parser: parser.clone(), help: help.clone() }));
        }
        for spec in &specs {
            compiled.add(spec)?;
        }
        Ok(compiled)
    }

    fn add(&mut self, spec: &Spec) -> PyResult {
        let mut spec = spec.clone();
        let command_required = if spec.nargs == Some(Nargs::Parser) { spec.required.take() } else { None };
        let mut action = spec.action(&self.settings)?;
        if action.effect == Effect::Parsers {
            action.required = command_required.unwrap_or(false);
            let names = self.commands.iter().map(|(name, _)| Rc::new(name.clone()) as Stored);
            action.choices = Some(names.collect());
        }
        let index = self.actions.len();
        let conflicts: Vec<&str> =
            action.options.iter().filter(|option| self.options.contains_key(*option)).map(|option| &**option).collect();
        if !conflicts.is_empty() {
            let plural = if conflicts.len() > 1 { "s" } else { "" };
            return Err(action.error(format!("conflicting option string{plural}: {}", conflicts.join(", "))));
        }
        for option in &action.options {
            self.options.insert(option.clone(), index);
            self.option_order.push((option.clone(), index));
        }
        self.groups[action.group].members.push(index);
        if let Some(group) = action.exclusive {
            self.exclusive[group].members.push(index);
        }
        self.actions.push(action);
        Ok(())
    }

    fn has_negative_options(&self) -> bool {
        self.options.keys().any(|option| parse::is_negative_number(option))
    }

    fn command(&self, name: &str) -> Option<Rc<Compiled>> {
        let (_, command) = self.commands.iter().find(|(known, _)| **known == *name)?;
        command.parser.compiled().ok()
    }

    /// What the usage of a command begins with: the program and its positional arguments.
    fn prog_for_commands(&self) -> String {
        let mut bare = Compiled {
            settings: Settings { usage: None, ..self.settings.clone() },
            actions: self.actions.iter().filter(|action| !action.is_optional()).cloned().collect(),
            groups: Vec::new(),
            exclusive: Vec::new(),
            options: BTreeMap::new(),
            option_order: Vec::new(),
            defaults: Vec::new(),
            commands: Vec::new(),
        };
        bare.actions.retain(|action| action.effect != Effect::Parsers);
        help::usage_line(&bare).trim_start_matches("usage: ").trim().to_owned()
    }

    /// Parses; an error ends the program with a usage message and status 2.
    fn parse_into(&self, args: &[Str], namespace: &mut Namespace) -> PyResult<Vec<Str>> {
        // A command fills a namespace of its own, which then goes into the outer one: its defaults win.
        let mut own = Namespace::default();
        for action in &self.actions {
            if let Default_::Is(default) = &action.default
                && !action.dest.is_empty()
                && own.slot(&action.dest).is_none()
            {
                own.set(&action.dest, default.clone());
            }
        }
        for (name, value) in &self.defaults {
            own.set(name, value.clone());
        }
        let result = parse::parse(self, args, &mut own);
        match result {
            Ok(extras) => {
                namespace.merge(own);
                Ok(extras)
            }
            Err(error) => Err(self.refuse(error)),
        }
    }

    /// What an ArgumentError becomes.
    #[cold]
    fn refuse(&self, error: PyErr) -> PyErr {
        if error.is::<ArgumentError>() && self.settings.exit_on_error { self.exit(&error.to_string()) } else { error }
    }

    #[cold]
    fn exit(&self, message: &str) -> PyErr {
        crate::sys::write_stderr(&help::usage_line(self));
        crate::sys::write_stderr(&format!("{}: error: {message}\n", self.settings.prog));
        SystemExit::new(2)
    }
}

#[cfg(test)]
mod tests;
