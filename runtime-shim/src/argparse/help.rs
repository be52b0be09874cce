//! Help and usage messages, laid out as argparse does.

use super::HelpFormatter;
use super::action::{Action, Effect, Help, Nargs};
use super::compiled::Compiled;
use super::wrap::wrap;
use crate::prelude::*;

const INDENT: usize = 2;

struct Layout<'a> {
    parser: &'a Compiled,
    width: usize,
    max_help_position: usize,
    /// The longest left column.
    longest: usize,
}

/// The whole help message.
#[inline]
pub(super) fn help(parser: &Compiled) -> String {
    let mut layout = Layout::new(parser);
    let mut text = usage(parser);
    layout.text(&mut text, parser.settings.description.as_deref(), 0);
    for group in &parser.groups {
        for action in group.members.iter().map(|index| &parser.actions[*index]).filter(|action| !action.is_hidden()) {
            layout.longest = layout.longest.max(chars(&invocation(parser, action)) + INDENT);
            if action.effect == Effect::Parsers {
                for (name, _) in parser.commands.iter().filter(|(_, command)| command.help != Help::None) {
                    layout.longest = layout.longest.max(chars(name) + 2 * INDENT);
                }
            }
        }
    }
    for group in &parser.groups {
        let mut section = String::new();
        layout.text(&mut section, group.description.as_deref(), INDENT);
        for index in &group.members {
            layout.action(&mut section, &parser.actions[*index]);
        }
        if !section.is_empty() {
            text.push('\n');
            if let Some(title) = &group.title {
                text.push_str(&format!("{title}:\n"));
            }
            text.push_str(&section);
            text.push('\n');
        }
    }
    layout.text(&mut text, parser.settings.epilog.as_deref(), 0);
    finish(text)
}

/// `usage: prog [-h] …`, with its line end.
#[inline]
pub(super) fn usage_line(parser: &Compiled) -> String {
    finish(usage(parser))
}

/// What `action="version"` prints.
#[inline]
pub(super) fn version(parser: &Compiled, version: &str) -> String {
    let version = match (version, &parser.settings.version) {
        ("", Some(version)) => version,
        (version, _) => version,
    };
    let mut text = String::new();
    Layout::new(parser).text(&mut text, Some(version), 0);
    finish(text)
}

/// At most one empty line, none at the ends.
#[inline]
fn finish(text: String) -> String {
    let mut text = text;
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    let text = text.trim_matches('\n');
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

impl<'a> Layout<'a> {
    #[inline]
    fn new(parser: &'a Compiled) -> Layout<'a> {
        let width = (crate::os::terminal_columns() as usize).saturating_sub(2);
        let max_help_position = 24.min(width.saturating_sub(20).max(INDENT * 2));
        Layout { parser, width, max_help_position, longest: 0 }
    }

    #[inline]
    fn formatter(&self) -> HelpFormatter {
        self.parser.settings.formatter
    }

    /// A paragraph.
    #[inline]
    fn text(&self, out: &mut String, text: Option<&str>, indent: usize) {
        let Some(text) = text.filter(|text| *text != super::SUPPRESSED) else { return };
        let text = if text.contains("%(prog)") {
            text.replace("%(prog)s", &self.parser.settings.prog)
        } else {
            text.to_owned()
        };
        let pad = " ".repeat(indent);
        let raw = matches!(self.formatter(), HelpFormatter::RawDescription | HelpFormatter::RawText);
        if raw {
            for line in text.split_inclusive('\n') {
                out.push_str(&format!("{pad}{line}"));
            }
        } else {
            let width = self.width.saturating_sub(indent).max(11).saturating_sub(indent).max(1);
            let lines: Vec<String> =
                wrap(&single_spaced(&text), width).into_iter().map(|line| pad.clone() + &line).collect();
            out.push_str(&lines.join("\n"));
        }
        out.push_str("\n\n");
    }

    /// One argument: its left column and its help.
    #[inline]
    fn action(&self, out: &mut String, action: &Action) {
        if action.is_hidden() {
            return;
        }
        self.row(out, &invocation(self.parser, action), &self.help_text(action), INDENT);
        if action.effect == Effect::Parsers {
            for (name, command) in &self.parser.commands {
                if let Help::Is(help) = &command.help {
                    self.row(out, name, help, 2 * INDENT);
                }
            }
        }
    }

    #[inline]
    fn row(&self, out: &mut String, header: &str, help: &str, indent: usize) {
        let position = (self.longest + 2).min(self.max_help_position);
        let help_width = self.width.saturating_sub(position).max(11);
        let column = position.saturating_sub(indent + 2);
        let pad = " ".repeat(indent);
        if help.is_empty() {
            out.push_str(&format!("{pad}{header}\n"));
            return;
        }
        let mut first = position;
        if chars(header) <= column {
            out.push_str(&format!("{pad}{header:column$}  "));
            first = 0;
        } else {
            out.push_str(&format!("{pad}{header}\n"));
        }
        let lines = match self.formatter() {
            HelpFormatter::RawText => help.lines().map(str::to_owned).collect(),
            _ => wrap(&single_spaced(help), help_width),
        };
        if lines.is_empty() {
            out.push('\n');
        }
        for line in lines {
            out.push_str(&format!("{}{line}\n", " ".repeat(first)));
            first = position;
        }
    }

    /// The help with `%(default)s` and the like filled in.
    #[inline]
    fn help_text(&self, action: &Action) -> String {
        let mut help = match &action.help {
            Help::Is(help) => help.to_string(),
            Help::None | Help::Suppress => String::new(),
        };
        let is_shown = match &action.default {
            super::action::Default_::Suppress => false,
            super::action::Default_::Is(_) => {
                action.is_optional() || matches!(action.nargs, Nargs::Optional | Nargs::ZeroOrMore)
            }
        };
        // Without a help, the default is shown only by the formatter that adds it to every argument.
        if self.formatter() == HelpFormatter::ArgumentDefaults && is_shown && !help.contains("%(default)") {
            help.push_str(" (default: %(default)s)");
            if action.help == Help::None {
                return String::new();
            }
        }
        self.fill(&help, action)
    }

    #[inline]
    fn fill(&self, help: &str, action: &Action) -> String {
        let mut out = String::new();
        let mut rest = help;
        while let Some((before, after)) = rest.split_once('%') {
            out.push_str(before);
            if let Some(after) = after.strip_prefix('%') {
                out.push('%');
                rest = after;
                continue;
            }
            let named = after.strip_prefix('(').and_then(|after| after.split_once(')'));
            let (value, after) = match named {
                Some((name, after)) => (self.parameter(name, action), after),
                None => (None, after),
            };
            match (value, after.strip_prefix(['s', 'd', 'r'])) {
                (Some(value), Some(after)) => {
                    out.push_str(&value);
                    rest = after;
                }
                _ => {
                    out.push('%');
                    rest = named.map_or(after, |_| &rest[before.len() + 1..]);
                }
            }
        }
        out + rest
    }

    #[inline]
    fn parameter(&self, name: &str, action: &Action) -> Option<String> {
        Some(match name {
            "prog" => self.parser.settings.prog.to_string(),
            "default" => match &action.default {
                super::action::Default_::Is(default) => default.text(),
                super::action::Default_::Suppress => return None,
            },
            "choices" => {
                let choices: Vec<String> = action.choices.as_ref()?.iter().map(|choice| choice.text()).collect();
                choices.join(", ")
            }
            "type" if action.has_type => action.convert.name.to_string(),
            "type" => "None".to_owned(),
            "dest" => action.dest.to_string(),
            "metavar" => action.metavar.first().map_or("None".to_owned(), Str::to_string),
            "const" => action.constant.text(),
            "required" => if action.required { "True" } else { "False" }.to_owned(),
            _ => return None,
        })
    }
}

#[inline]
fn chars(text: &str) -> usize {
    text.chars().count()
}

#[inline]
fn single_spaced(text: &str) -> String {
    let words: Vec<&str> =
        text.split([' ', '\t', '\n', '\r', '\x0b', '\x0c']).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The left column of an argument.
#[inline]
fn invocation(parser: &Compiled, action: &Action) -> String {
    if !action.is_optional() {
        return metavars(parser, action, 1).join(" ");
    }
    let options: Vec<&str> = action.options.iter().map(|option| &**option).collect();
    let options = options.join(", ");
    if action.nargs == Nargs::Count(0) { options } else { format!("{options} {}", arguments(parser, action)) }
}

#[inline]
fn metavars(parser: &Compiled, action: &Action, count: usize) -> Vec<String> {
    let one = match &*action.metavar {
        [metavar] => metavar.to_string(),
        [] if action.effect == Effect::Parsers => {
            let names: Vec<&str> = parser.commands.iter().map(|(name, _)| &**name).collect();
            format!("{{{}}}", names.join(","))
        }
        [] => match action.choices_text() {
            Some(choices) => format!("{{{choices}}}"),
            None if parser.settings.formatter == HelpFormatter::MetavarType && action.has_type => {
                action.convert.name.to_string()
            }
            None if action.is_optional() => action.dest.to_uppercase(),
            None => action.dest.to_string(),
        },
        several => return several.iter().map(Str::to_string).collect(),
    };
    vec![one; count]
}

/// `N`, `[N]`, `N [N ...]`: how the arguments of an action are shown.
#[inline]
fn arguments(parser: &Compiled, action: &Action) -> String {
    let metavars = |count| metavars(parser, action, count);
    match action.nargs {
        Nargs::One => metavars(1).join(" "),
        Nargs::Optional => format!("[{}]", metavars(1).join(" ")),
        Nargs::ZeroOrMore => match &*metavars(1) {
            [first, second] => format!("[{first} [{second} ...]]"),
            several => format!("[{} ...]", several.join(" ")),
        },
        Nargs::OneOrMore => {
            let two = metavars(2);
            format!("{} [{} ...]", two[0], two.get(1).unwrap_or(&two[0]))
        }
        Nargs::Remainder => "...".to_owned(),
        Nargs::Parser => format!("{} ...", metavars(1).join(" ")),
        Nargs::Count(count) => metavars(count).join(" "),
    }
}

#[inline]
fn usage(parser: &Compiled) -> String {
    let settings = &parser.settings;
    let prefix = "usage: ";
    if let Some(usage) = &settings.usage {
        if **usage == *super::SUPPRESSED {
            return String::new();
        }
        return format!("{prefix}{}\n\n", usage.replace("%(prog)s", &settings.prog).replace("%%", "%"));
    }
    let (optional, positional): (Vec<usize>, Vec<usize>) =
        (0..parser.actions.len()).partition(|index| parser.actions[*index].is_optional());
    let prog = settings.prog.to_string();
    let options = usage_parts(parser, &optional);
    let positionals = usage_parts(parser, &positional);
    let all: Vec<&str> = [&prog].into_iter().chain(&options).chain(&positionals).map(String::as_str).collect();
    let line = all.join(" ");
    let width = (crate::os::terminal_columns() as usize).saturating_sub(2);
    if prefix.len() + chars(&line) <= width {
        return format!("{prefix}{line}\n\n");
    }
    let with_prog = |parts: &[String]| [std::slice::from_ref(&prog), parts].concat();
    let mut lines;
    if (prefix.len() + chars(&prog)) as f64 <= 0.75 * width as f64 {
        let indent = prefix.len() + chars(&prog) + 1;
        if !options.is_empty() {
            lines = usage_lines(&with_prog(&options), indent, prefix.len() - 1, width);
            lines.extend(usage_lines(&positionals, indent, indent - 1, width));
        } else if !positionals.is_empty() {
            lines = usage_lines(&with_prog(&positionals), indent, prefix.len() - 1, width);
        } else {
            lines = vec![prog];
        }
        lines[0] = lines[0].trim_start().to_owned();
    } else {
        let indent = prefix.len();
        lines = usage_lines(&[options.clone(), positionals.clone()].concat(), indent, indent - 1, width);
        if lines.len() > 1 {
            lines = usage_lines(&options, indent, indent - 1, width);
            lines.extend(usage_lines(&positionals, indent, indent - 1, width));
        }
        lines.insert(0, prog);
    }
    format!("{prefix}{}\n\n", lines.join("\n"))
}

/// Breaks parts into lines; the first one starts at `start`.
#[inline]
fn usage_lines(parts: &[String], indent: usize, start: usize, width: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    let (mut lines, mut line) = (Vec::new(), Vec::new());
    let mut length = start;
    for part in parts {
        if length + 1 + chars(part) > width && !line.is_empty() {
            lines.push(pad.clone() + &line.join(" "));
            line.clear();
            length = indent - 1;
        }
        line.push(part.as_str());
        length += chars(part) + 1;
    }
    if !line.is_empty() {
        lines.push(pad + &line.join(" "));
    }
    lines
}

/// `[-h]`, `[-n N]`, `(-a | -b)`, `file`.
#[inline]
fn usage_parts(parser: &Compiled, indices: &[usize]) -> Vec<String> {
    let mut inserts = Vec::new();
    let mut grouped = Vec::new();
    for group in &parser.exclusive {
        if group.members.iter().all(|member| parser.actions[*member].is_hidden()) {
            continue;
        }
        let Some(start) = group.members.first().and_then(|first| indices.iter().position(|index| index == first))
        else {
            continue;
        };
        let end = start + group.members.len();
        if indices.get(start..end) == Some(&*group.members) {
            grouped.extend(group.members.iter().copied());
            inserts.push((start, end, group.required));
        }
    }
    let mut parts: Vec<Option<String>> =
        indices.iter().map(|index| usage_part(parser, &parser.actions[*index], grouped.contains(index))).collect();
    inserts.sort_unstable();
    for (start, end, required) in inserts.into_iter().rev() {
        let mut members: Vec<String> = parts[start..end].iter().flatten().cloned().collect();
        let size = members.len();
        let (open, close) = match required {
            true if size > 1 => ("(", ")"),
            true => ("", ""),
            false => ("[", "]"),
        };
        members[0].insert_str(0, open);
        members[size - 1].push_str(close);
        for (i, member) in members.into_iter().enumerate() {
            parts[start + i] = Some(if i + 1 < size { member + " |" } else { member });
        }
        parts[start + size..end].fill(None);
    }
    parts.into_iter().flatten().collect()
}

#[inline]
fn usage_part(parser: &Compiled, action: &Action, is_grouped: bool) -> Option<String> {
    if action.is_hidden() {
        return None;
    }
    let Some(option) = action.options.first() else {
        let part = arguments(parser, action);
        let bare = part.strip_prefix('[').and_then(|part| part.strip_suffix(']'));
        return Some(match bare {
            Some(bare) if is_grouped => bare.to_owned(),
            _ => part,
        });
    };
    let part = match (action.nargs, &action.effect) {
        (_, Effect::Boolean) => {
            let options: Vec<&str> = action.options.iter().map(|option| &**option).collect();
            options.join(" | ")
        }
        (Nargs::Count(0), _) => option.to_string(),
        _ => format!("{option} {}", arguments(parser, action)),
    };
    Some(if action.required || is_grouped { part } else { format!("[{part}]") })
}
