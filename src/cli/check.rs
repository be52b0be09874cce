//! `check`: findings and the typed share, written nowhere.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::args::{Check, Format};
use super::failure::Failure;
use super::inputs::{self, Translated};
use super::output;
use crate::Translation;
use crate::diag::{Level, render};
use crate::infer::TypedShare;
use crate::source::{FileId, SourceFile, Span};

/// So many names that are not known are shown to people.
const SHOWN: usize = 20;

/// Reports; status 1 when something keeps a program from being translated.
pub fn check(args: &Check) -> Result<u8, Failure> {
    let programs = inputs::translate(&args.paths, &args.translate.options()?)?;
    let text = match args.format {
        Format::Human => human(&programs),
        Format::Json => format!("{:#}\n", json(&programs)),
    };
    output::result(&text)?;
    match programs.iter().find(|program| program.translation.diagnostics.has_errors()) {
        Some(program) => Err(super::findings::refusal(&program.translation)),
        None => Ok(0),
    }
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
    let missing = missing(programs);
    if !missing.is_empty() {
        text.push_str("\nNot known, the most used first:\n");
    }
    for Missing { name, uses, files } in missing.iter().take(SHOWN) {
        text.push_str(&format!("{uses:>6}  {name} ({})\n", plural(*files, "file")));
    }
    if missing.len() > SHOWN {
        text.push_str(&format!("        and {} more: `--format json` has them all\n", missing.len() - SHOWN));
    }
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
        "missing": missing(programs)
            .iter()
            .map(|missing| json!({ "name": missing.name, "uses": missing.uses, "files": missing.files }))
            .collect::<Vec<_>>(),
        "programs": programs.iter().map(|program| one(&program.translation)).collect::<Vec<_>>(),
    })
}

fn one(translation: &Translation) -> Value {
    let shares = shares(translation);
    let files: Vec<Value> = translation.sources.files().iter().map(|file| file_json(file, &shares)).collect();
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

fn file_json(file: &SourceFile, shares: &[Part]) -> Value {
    let own: Vec<&Part> = shares.iter().filter(|part| part.file == file.id).collect();
    let whole = own.iter().fold(TypedShare::default(), |sum, part| sum.and(part.share));
    let functions: Vec<Value> = own
        .iter()
        .filter_map(|part| {
            let (name, span) = part.function?;
            Some(json!({ "name": name, "line": file.line(span.start), "typed": typed(&part.share) }))
        })
        .collect();
    json!({ "path": file.path, "lines": file.text.lines().count(), "typed": typed(&whole), "functions": functions })
}

/// The typed share of a function, or of what a module does outside its functions.
struct Part<'a> {
    file: FileId,
    function: Option<(&'a str, Span)>,
    share: TypedShare,
}

fn shares(translation: &Translation) -> Vec<Part<'_>> {
    let Translation { program, types, .. } = translation;
    let modules = program.modules.iter().map(|(_, module)| Part {
        file: module.file,
        function: None,
        share: types.share_of(program, &module.body),
    });
    let functions = program.functions.iter().map(|(_, function)| Part {
        file: function.span.file,
        function: Some((&function.qualname, function.span)),
        share: types.share_of(program, &function.body),
    });
    modules.chain(functions).collect()
}

/// A name that is not known, and what hangs on it.
struct Missing {
    name: String,
    uses: usize,
    files: usize,
}

/// Modules, functions and methods that are not known, the most used first.
fn missing(programs: &[Translated]) -> Vec<Missing> {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Translated { translation, .. } in programs {
        let mut see = |name: &str, span: Span| {
            places.entry(name.to_string()).or_default().insert(translation.sources.place(span));
        };
        for (name, span) in &translation.program.missing {
            see(name, *span);
        }
        for finding in translation.diagnostics.iter() {
            if let (Some((_, name)), Some(span)) = (finding.title.split_once("the module `"), finding.span()) {
                see(name.split('`').next().unwrap_or(name), span);
            }
            let rest = finding.title.strip_prefix('`').and_then(|rest| rest.split_once('`'));
            if let (Some((name, after)), Some(span)) = (rest, finding.span())
                && after.starts_with(" is not translated")
            {
                see(name, span);
            }
        }
    }
    let file_of = |place: &String| place.rsplitn(3, ':').last().unwrap_or_default().to_string();
    let mut missing: Vec<Missing> = places
        .into_iter()
        .map(|(name, places)| {
            let files: BTreeSet<String> = places.iter().map(file_of).collect();
            Missing { name, uses: places.len(), files: files.len() }
        })
        .collect();
    missing.sort_by(|a, b| b.uses.cmp(&a.uses).then_with(|| a.name.cmp(&b.name)));
    missing
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
    programs.iter().fold(TypedShare::default(), |sum, program| sum.and(program.translation.types.share))
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
