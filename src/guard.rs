//! Where the translator is at work, so that a defect of its own names a line of Python.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::source::{FileId, Span};

thread_local! {
    static AT: Cell<Option<Span>> = const { Cell::new(None) };
    static ACTIVE: Cell<bool> = const { Cell::new(false) };
}

/// The translator turns to this piece of source.
pub fn at(span: Span) {
    AT.set(Some(span));
}

/// Whether a panic of this thread becomes a finding: nobody else needs to speak of it.
pub fn is_active() -> bool {
    ACTIVE.get()
}

/// Does the work of a stage; a panic becomes a finding at the source that the stage was at, and the stage has no result.
pub fn guarded<T>(diagnostics: &mut Diagnostics, work: impl FnOnce(&mut Diagnostics) -> T) -> Option<T> {
    AT.set(None);
    ACTIVE.set(true);
    // The stages' tables are dropped with the panic; what was found before it stays as it is.
    let result = catch_unwind(AssertUnwindSafe(|| work(diagnostics)));
    ACTIVE.set(false);
    match result {
        Ok(result) => Some(result),
        Err(panic) => {
            let span = AT.get().unwrap_or(Span::new(FileId(0), 0..0));
            diagnostics.push(
                Diagnostic::new(catalog::INTERNAL_ERROR, span, "the translator failed at this place")
                    .note(format!("it said: {}", text(&*panic)))
                    .help("this is a defect of aio2rust: please report it, with the program that shows it"),
            );
            None
        }
    }
}

fn text(panic: &(dyn Any + Send)) -> &str {
    match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
        (Some(text), _) => text,
        (None, Some(text)) => text,
        (None, None) => "nothing",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_finding_at_the_place_that_was_worked_on() {
        let mut diagnostics = Diagnostics::default();
        let span = Span::new(FileId(0), 3..5);
        let result: Option<u8> = guarded(&mut diagnostics, |_| {
            at(span);
            std::panic::panic_any("odd".to_string())
        });
        assert_eq!(result, None);
        let [finding] = diagnostics.sorted()[..] else { panic!("one finding") };
        assert_eq!((finding.rule.code, finding.span()), ("AIO900", Some(span)));
        assert_eq!(finding.notes, ["it said: odd"]);
        assert!(!is_active());
    }
}
