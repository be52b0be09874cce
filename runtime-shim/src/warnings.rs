//! `warnings`: what is shown once for each place, and what filters say about it.
use std::cell::RefCell;

use crate::prelude::*;
use crate::{io, traceback};

/// A filter: what to do, and with which category.
type Filters = Rc<RefCell<Vec<(Str, ExceptionClass)>>>;

static FILTERS: Global<Filters> = Global::new(Rc::default);
static SEEN: Global<Rc<RefCell<Vec<String>>>> = Global::new(Rc::default);

/// `warnings.filterwarnings(action, category=…)`, `warnings.simplefilter(action, category)`
#[inline]
pub fn simplefilter(action: &str, category: ExceptionClass) -> PyResult {
    if !matches!(action, "default" | "error" | "ignore" | "always" | "all" | "module" | "once") {
        return Err(AssertionError::new(format!("invalid action: {}", repr(&Str::copy_of(action)))));
    }
    FILTERS.get().borrow_mut().insert(0, (Str::copy_of(action), category));
    Ok(())
}

/// `warnings.resetwarnings()`
#[inline]
pub fn resetwarnings() {
    let old = FILTERS.get().take();
    drop(old);
}

/// `warnings.simplefilter(action)`
#[inline]
pub fn filter_all(action: &str) -> PyResult {
    simplefilter(action, Warning::CLASS)
}

/// `warnings.warn(message)`
#[inline]
pub fn warn(message: &dyn Object, stacklevel: i64) -> PyResult {
    warn_as(message, UserWarning::CLASS, stacklevel)
}

/// `warnings.warn(message, category)`
#[inline]
pub fn warn_as(message: &dyn Object, category: ExceptionClass, stacklevel: i64) -> PyResult {
    let text = crate::object::try_str(message)?;
    let action = action_for(category);
    if action == "error" {
        return Err(category.call(text));
    }
    show(&action, category, &text, traceback::line_above(stacklevel).unwrap_or(("sys", 1, "")), "");
    Ok(())
}

/// What the runtime itself warns of, and what more it says below; it never raises.
pub(crate) fn warn_of(category: ExceptionClass, text: &str, place: (&str, u32, &str), below: &str) {
    show(&action_for(category), category, text, place, below);
}

fn action_for(category: ExceptionClass) -> String {
    let filters = FILTERS.get();
    let filters = filters.borrow();
    let found = filters.iter().find(|(_, of)| category.is_subclass(*of)).map(|(action, _)| action.to_string());
    found.unwrap_or_else(|| default_action(category).to_owned())
}

/// Once for each place, unless a filter wants otherwise.
fn show(action: &str, category: ExceptionClass, text: &str, place: (&str, u32, &str), below: &str) {
    if action == "ignore" {
        return;
    }
    let (path, line, source) = place;
    let name = category.name();
    if !matches!(action, "always" | "all") {
        let key = format!("{path}:{line}:{name}:{text}");
        let seen = SEEN.get();
        if seen.borrow().contains(&key) {
            return;
        }
        seen.borrow_mut().push(key);
    }
    let shown = if source.is_empty() { String::new() } else { format!("  {source}\n") };
    io::write_stderr(&format!("{path}:{line}: {name}: {text}\n{shown}{below}"));
}

/// Deprecations are shown in the program itself; those of libraries are not.
#[inline]
fn default_action(category: ExceptionClass) -> &'static str {
    let quiet = [PendingDeprecationWarning::CLASS, ImportWarning::CLASS, ResourceWarning::CLASS];
    let asked = std::env::var("PYTHONWARNINGS").unwrap_or_default();
    if asked == "ignore"
        || asked.contains("ignore::DeprecationWarning") && category.is_subclass(DeprecationWarning::CLASS)
    {
        return "ignore";
    }
    if quiet.iter().any(|class| category.is_subclass(*class)) { "ignore" } else { "default" }
}

/// `warnings.catch_warnings()`: the filters are afterwards what they were before.
#[derive(Clone, Default)]
pub struct CatchWarnings(Rc<RefCell<Vec<(Str, ExceptionClass)>>>);

crate::opaque::opaque! { CatchWarnings: "warnings", "catch_warnings"; }

impl CatchWarnings {
    /// `warnings.catch_warnings()`
    #[inline]
    pub fn new() -> CatchWarnings {
        CatchWarnings::default()
    }

    /// `with catch_warnings:`
    #[inline]
    pub fn enter(&self) -> PyResult {
        let now = FILTERS.get().borrow().clone();
        self.0.replace(now);
        Ok(())
    }

    /// The end of the `with`; the block's outcome is passed on.
    #[inline]
    pub fn exit<T>(&self, outcome: PyResult<T>) -> PyResult<T> {
        FILTERS.get().replace(self.0.take());
        outcome
    }
}
