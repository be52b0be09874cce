//! What the translator has to say about a program, as plain data.
//!
//! `diag/catalog.rs` has each code once; `diag/render.rs` alone knows how they look.

use rustc_hash::FxHashSet as HashSet;

use crate::source::Span;

pub mod catalog;
pub mod render;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Advice.
    Info,
    /// Probably not what the author meant; translated all the same.
    Warning,
    /// Not translated, or not Python.
    Error,
}

/// An entry of the catalogue.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// `AIO501`.
    pub code: &'static str,
    /// `eval-exec`.
    pub name: &'static str,
    /// The level, unless the command line changes it.
    pub level: Level,
    /// One sentence: what the rule finds.
    pub summary: &'static str,
    /// Markdown: why it is so, what to write instead.
    pub text: &'static str,
}

/// A piece of source and why it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The piece of source.
    pub span: Span,
    /// Why it matters; lower case, no full stop.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub rule: &'static Rule,
    /// Its level; the rule's, unless changed.
    pub level: Level,
    /// At most 70 characters, no full stop, code in backticks.
    pub title: String,
    /// Where; the first label is the place that `file:line:column` names.
    pub labels: Vec<Label>,
    /// Facts, each a sentence.
    pub notes: Vec<String>,
    /// What to do, one sentence.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding at `span`.
    pub fn new(rule: &'static Rule, span: Span, title: impl Into<String>) -> Diagnostic {
        let labels = vec![Label { span, text: String::new() }];
        Diagnostic { rule, level: rule.level, title: title.into(), labels, notes: Vec::new(), help: None }
    }

    /// The same, with a word at the first place.
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// The same, with another place.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// The same, with a fact.
    pub fn note(mut self, text: impl Into<String>) -> Diagnostic {
        self.notes.push(text.into());
        self
    }

    /// The same, with advice.
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help = Some(text.into());
        self
    }

    /// The place it names.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// Everything found so far. One finding per rule and place is kept.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    seen: HashSet<(&'static str, Option<Span>)>,
}

impl Diagnostics {
    /// Adds a finding, unless the same rule already spoke of the same place.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.seen.insert((diagnostic.rule.code, diagnostic.span())) {
            self.list.push(diagnostic);
        }
    }

    /// Whether anything keeps the program from being translated.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }

    /// The findings, by place.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut list: Vec<&Diagnostic> = self.list.iter().collect();
        list.sort_by_key(|diagnostic| diagnostic.span());
        list
    }

    /// The findings, in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
}
