//! A parser whose description was checked, and what its errors become.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::action::{Action, Default_, Effect, Help, Nargs, Spec};
use super::namespace::Namespace;
use super::value::{Slot, Stored};
use super::{ArgumentError, ArgumentParser, Description, Group, Settings, help, parse};
use crate::prelude::*;

/// A parser whose arguments were checked.
pub(super) struct Compiled {
    pub(super) settings: Settings,
    pub(super) actions: Vec<Action>,
    pub(super) groups: Vec<CompiledGroup>,
    pub(super) exclusive: Vec<Exclusive>,
    pub(super) options: BTreeMap<Str, usize>,
    /// The same, in the order they were added.
    pub(super) option_order: Vec<(Str, usize)>,
    pub(super) defaults: Vec<(Str, Slot)>,
    pub(super) commands: Vec<(Str, Command)>,
}

pub(super) struct Command {
    pub(super) parser: ArgumentParser,
    pub(super) help: Help,
}

pub(super) struct CompiledGroup {
    pub(super) title: Option<Str>,
    pub(super) description: Option<Str>,
    pub(super) members: Vec<usize>,
}

pub(super) struct Exclusive {
    pub(super) required: bool,
    pub(super) members: Vec<usize>,
}

impl Compiled {
    #[inline]
    pub(super) fn new(from: &Description) -> PyResult<Compiled> {
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

    #[inline]
    pub(super) fn add(&mut self, spec: &Spec) -> PyResult {
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

    #[inline]
    pub(super) fn has_negative_options(&self) -> bool {
        self.options.keys().any(|option| parse::is_negative_number(option))
    }

    #[inline]
    pub(super) fn command(&self, name: &str) -> Option<Rc<Compiled>> {
        let (_, command) = self.commands.iter().find(|(known, _)| **known == *name)?;
        command.parser.compiled().ok()
    }

    /// What the usage of a command begins with: the program and its positional arguments.
    #[inline]
    pub(super) fn prog_for_commands(&self) -> String {
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
    #[inline]
    pub(super) fn parse_into(&self, args: &[Str], namespace: &mut Namespace) -> PyResult<Vec<Str>> {
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
    pub(super) fn refuse(&self, error: PyErr) -> PyErr {
        if error.is::<ArgumentError>() && self.settings.exit_on_error { self.exit(&error.to_string()) } else { error }
    }

    #[cold]
    pub(super) fn exit(&self, message: &str) -> PyErr {
        crate::sys::write_stderr(&help::usage_line(self));
        crate::sys::write_stderr(&format!("{}: error: {message}\n", self.settings.prog));
        SystemExit::new(2)
    }
}
