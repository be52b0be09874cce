//! How findings look: rustc's way for people, one JSON object each for programs.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Severity, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Label, Level};
use crate::source::{FileId, SourceFile, SourceMap, Span};

/// A longer piece of source is not shown.
const MAX_EXCERPT: usize = 10_000;

/// All findings, by place, each followed by an empty line.
pub fn render(diags: &Diagnostics, files: &SourceMap, color: bool) -> String {
    diags.sorted().into_iter().map(|finding| human(finding, files, color) + "\n").collect()
}

/// A finding for people; ends with a line end.
pub fn human(finding: &Diagnostic, files: &SourceMap, color: bool) -> String {
    let severity = match finding.level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
        Level::Info => Severity::INFO,
    };
    let mut group = Group::with_title(severity.primary_title(finding.title.as_str()).id(finding.rule.code));
    for file in files_of(&finding.labels) {
        group = match excerpt(files.file(file), &finding.labels) {
            Some(snippet) => group.element(snippet),
            None => {
                let first = finding.labels.iter().find(|label| label.span.file == file);
                let (line, column) = first.map_or((1, 1), |label| files.file(file).line_column(label.span.start));
                group.element(Origin::path(files.file(file).path.as_str()).line(line).char_column(column))
            }
        };
    }
    group = group.elements(finding.notes.iter().map(|note| Severity::NOTE.message(note.as_str())));
    group = group.elements(finding.help.iter().map(|help| Severity::HELP.message(help.as_str())));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&[group]);
    text.push('\n');
    text
}

/// The files that labels are in, each once, the first label's first.
fn files_of(labels: &[Label]) -> Vec<FileId> {
    let mut files = Vec::new();
    for label in labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

/// The lines of `file` with labels, and those between; none if they are too long to show.
fn excerpt<'a>(file: &'a SourceFile, labels: &'a [Label]) -> Option<Snippet<'a, Annotation<'a>>> {
    let here = || labels.iter().filter(|label| label.span.file == file.id);
    let length = file.text.len();
    let first = here().map(|label| label.span.start as usize).min()?.min(length);
    let last = here().map(|label| label.span.end as usize).max()?.clamp(first, length);
    let start = file.text.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
    let end = file.text.get(last..)?.find('\n').map_or(length, |at| last + at);
    let source = file.text.get(start..end).filter(|source| source.len() <= MAX_EXCERPT)?;
    let annotations = labels.iter().enumerate().filter(|(_, label)| label.span.file == file.id);
    let annotations = annotations.map(|(index, label)| {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let (from, to) = (label.span.start as usize, label.span.end as usize);
        let span = from.min(end) - start..to.clamp(from, end.max(from)).min(end) - start;
        let text = Some(label.text.as_str()).filter(|text| !text.is_empty());
        kind.span(span).label(text)
    });
    let line = file.line(start as u32);
    Some(Snippet::source(source).path(file.path.as_str()).line_start(line).annotations(annotations))
}

/// A finding for programs.
pub fn json(finding: &Diagnostic, files: &SourceMap) -> Value {
    let mut object = json!({
        "code": finding.rule.code,
        "name": finding.rule.name,
        "level": level_name(finding.level),
        "message": finding.title,
        "labels": finding.labels.iter().map(|label| {
            let mut object = place(label.span, files);
            object["text"] = json!(label.text);
            object
        }).collect::<Vec<_>>(),
        "notes": finding.notes,
        "help": finding.help,
    });
    let at = finding.span().map(|span| place(span, files));
    for key in ["file", "line", "column", "end_line", "end_column"] {
        object[key] = at.as_ref().map_or(Value::Null, |at| at[key].clone());
    }
    object
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "info",
    }
}

fn place(span: Span, files: &SourceMap) -> Value {
    let file = files.file(span.file);
    let (line, column) = file.line_column(span.start);
    let (end_line, end_column) = file.line_column(span.end);
    json!({ "file": file.path, "line": line, "column": column, "end_line": end_line, "end_column": end_column })
}

#[cfg(test)]
mod tests {
    use super::{json, render};
    use crate::diag::{Diagnostic, Diagnostics, catalog};
    use crate::source::{SourceMap, Span};

    fn finding(files: &mut SourceMap) -> Diagnostic {
        let file = files.add("a.py", "__main__", "def f():\n    é = time.sleep(1)\n    yield from é\n");
        Diagnostic::new(catalog::SYNTAX_ERROR, Span::new(file, 18..31), "`time.sleep` blocks the event loop")
            .label("returns None")
            .also(Span::new(file, 36..46), "read as `await`")
            .note("CPython raises TypeError here.")
            .help("await `asyncio.sleep(1)` instead")
    }

    #[test]
    fn for_people() {
        let mut files = SourceMap::default();
        let mut diags = Diagnostics::default();
        diags.push(finding(&mut files));
        let expected = "\
error[AIO001]: `time.sleep` blocks the event loop
 --> a.py:2:9
  |
2 |     é = time.sleep(1)
  |         ^^^^^^^^^^^^^ returns None
3 |     yield from é
  |     ---------- read as `await`
  |
  = note: CPython raises TypeError here.
  = help: await `asyncio.sleep(1)` instead

";
        assert_eq!(render(&diags, &files, false), expected);
    }

    #[test]
    fn for_programs() {
        let mut files = SourceMap::default();
        let object = json(&finding(&mut files), &files);
        assert_eq!((&object["line"], &object["column"]), (&2.into(), &9.into()));
        assert_eq!((&object["end_line"], &object["end_column"]), (&2.into(), &22.into()));
        assert_eq!(object["labels"][1]["text"], "read as `await`");
        assert_eq!(object["code"], "AIO001");
    }

    #[test]
    fn places_at_the_edges() {
        let mut files = SourceMap::default();
        let file = files.add("a.py", "__main__", "x = (\n");
        let empty = files.add("b.py", "b", "");
        for span in [Span::new(file, 0..6), Span::new(file, 6..6), Span::new(file, 5..6), Span::new(empty, 0..0)] {
            let mut diags = Diagnostics::default();
            diags.push(Diagnostic::new(catalog::SYNTAX_ERROR, span, "t"));
            assert!(render(&diags, &files, true).contains("AIO001"));
        }
    }
}
