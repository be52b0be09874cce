//! Findings on stderr.

use super::failure::Failure;
use super::output;
use crate::Translation;
use crate::diag::{Level, catalog, render};

/// Prints what keeps the program from being translated.
pub fn print_errors(translation: &Translation) {
    print(translation, Level::Error);
}

/// How a command ends that was kept from translating.
pub fn refusal(translation: &Translation) -> Failure {
    match translation.diagnostics.iter().any(|finding| finding.rule == catalog::INTERNAL_ERROR) {
        true => Failure::Failed,
        false => Failure::Refused,
    }
}

/// Prints errors and warnings.
pub fn print_warnings(translation: &Translation) {
    print(translation, Level::Warning);
}

fn print(translation: &Translation, least: Level) {
    let shown = translation.diagnostics.sorted().into_iter().filter(|finding| finding.level >= least);
    let texts: Vec<String> =
        shown.map(|finding| render::human(finding, &translation.sources, output::coloured())).collect();
    if !texts.is_empty() {
        output::say(&texts.join("\n"));
    }
}

/// Prints why each dynamic value is dynamic.
pub fn print_blame(translation: &Translation) {
    for blame in &translation.types.blame {
        let because: Vec<String> = blame
            .because
            .iter()
            .map(|(span, text)| format!("{text} at {}", translation.sources.place(*span)))
            .collect();
        let place = translation.sources.place(blame.span);
        output::say(&format!("{place}: `{}` is dynamic: {}", blame.what, because.join(", and ")));
    }
}
