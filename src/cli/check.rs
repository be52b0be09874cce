//! `check`: findings and the typed share, written nowhere.

use serde_json::{Value, json};

use super::args::{Check, Format};
use super::failure::Failure;
use super::inputs::{self, Translated};
use super::output;
use crate::Translation;
use crate::diag::{Level, render};
use crate::infer::TypedShare;

/// Reports; status 1 when something keeps a program from being translated.
pub fn check(args: &Check) -> Result<u8, Failure> {
    let programs = inputs::translate(&args.paths, &args.translate.options()?)?;
    let text = match args.format {
        Format::Human => human(&programs),
        Format::Json => format!("{:#}\n", json(&programs)),
    };
    output::result(&text)?;
    Ok(u8::from(programs.iter().any(|program| program.translation.diagnostics.has_errors())))
}

fn human(programs: &[Translated]) -> String {
    let mut text = String::new();
    let colour = std::io::IsTerminal::is_terminal(&std::io::stdout()) && output::coloured();
    for Translated { translation, .. } in programs {
        for finding in translation.diagnostics.sorted() {
            text.push_str(render::human(finding, &translation.sources, colour).trim_end());
            text.push_str("\n\n");
        }
    }
    let count = |level| findings(programs).filter(|found| *found == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let files: usize = programs.iter().map(|program| program.translation.sources.files().len()).sum();
    text.push_str(&format!("{}, {}, {}", plural(files, "file"), plural(errors, "error"), plural(warnings, "warning")));
    if let Some(percent) = share(&total(programs)) {
        text.push_str(&format!("; {percent:.1}% typed"));
    }
    text.push('\n');
    text
}

fn findings(programs: &[Translated]) -> impl Iterator<Item = Level> {
    programs.iter().flat_map(|program| program.translation.diagnostics.iter().map(|finding| finding.level))
}

fn json(programs: &[Translated]) -> Value {
    let count = |level| findings(programs).filter(|found| *found == level).count();
    json!({
        "schema_version": 1,
        "tool": { "name": "aio2rust", "version": env!("CARGO_PKG_VERSION") },
        "summary": {
            "programs": programs.len(),
            "findings": { "error": count(Level::Error), "warning": count(Level::Warning), "info": count(Level::Info) },
            "typed": typed(&total(programs)),
        },
        "programs": programs.iter().map(|program| one(&program.translation)).collect::<Vec<_>>(),
    })
}

fn one(translation: &Translation) -> Value {
    let files: Vec<Value> = translation
        .sources
        .files()
        .iter()
        .map(|file| json!({ "path": file.path, "lines": file.text.lines().count() }))
        .collect();
    let findings: Vec<Value> = translation
        .diagnostics
        .sorted()
        .into_iter()
        .map(|finding| render::json(finding, &translation.sources))
        .collect();
    let blame: Vec<Value> = translation
        .types
        .blame
        .iter()
        .map(|blame| {
            let because: Vec<Value> = blame
                .because
                .iter()
                .map(|(span, text)| json!({ "place": translation.sources.place(*span), "what": text }))
                .collect();
            json!({ "place": translation.sources.place(blame.span), "name": blame.what, "because": because })
        })
        .collect();
    let (lines, values) = emitted(translation);
    json!({
        "files": files,
        "python": translation.python.to_string(),
        "typed": typed(&translation.types.share),
        "emitted": { "lines": lines, "values": values, "values_per_100_lines": per_100(values, lines) },
        "dynamic": blame,
        "findings": findings,
    })
}

/// The lines of Rust, and how often `Value` stands in them as a word of code.
fn emitted(translation: &Translation) -> (usize, usize) {
    let rust = || translation.files.iter().filter(|file| file.path.ends_with(".rs"));
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let code = rust().flat_map(|file| file.text.lines()).filter(|line| !line.trim_start().starts_with("//"));
    let values = code.flat_map(|line| line.split(|c| !is_word(c))).filter(|word| *word == "Value").count();
    (rust().map(|file| file.text.lines().count()).sum(), values)
}

fn per_100(count: usize, lines: usize) -> f64 {
    if lines == 0 { 0.0 } else { (count as f64 * 10_000.0 / lines as f64).round() / 100.0 }
}

fn total(programs: &[Translated]) -> TypedShare {
    programs.iter().fold(TypedShare::default(), |mut sum, program| {
        let share = program.translation.types.share;
        sum.total += share.total;
        sum.dynamic += share.dynamic;
        sum.tainted += share.tainted;
        sum
    })
}

fn typed(share: &TypedShare) -> Value {
    let untainted = TypedShare { dynamic: share.dynamic.saturating_sub(share.tainted), ..*share };
    json!({
        "expressions": share.total,
        "dynamic": share.dynamic,
        "tainted_by_dynamic_apis": share.tainted,
        "percent": self::share(share),
        "percent_without_dynamic_apis": self::share(&untainted),
    })
}

/// The typed share in percent; `None`: there is nothing to type.
fn share(share: &TypedShare) -> Option<f64> {
    let typed = share.total.saturating_sub(share.dynamic);
    (share.total > 0).then(|| (typed as f64 * 10_000.0 / share.total as f64).floor() / 100.0)
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
