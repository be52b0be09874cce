//! Python's names as Rust's: kept, unless they are keywords or would hide what emitted text relies on.

use std::rc::Rc;
use std::sync::LazyLock;

use crate::hir::{Program, Storage};
use rustc_hash::FxHashSet as HashSet;

/// Rust's keywords, reserved ones among them.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Functions, types and variants that emitted text names without a path.
const PRELUDE: &[&str] = &[
    "AsyncGenerator",
    "Box",
    "AsyncYields",
    "Bytes",
    "Cell",
    "Compare",
    "Coroutine",
    "Dict",
    "EmptyTuple",
    "Err",
    "ExceptionArgs",
    "ExceptionClass",
    "ExceptionType",
    "ExitCode",
    "Field",
    "Flow",
    "FrozenSet",
    "Function",
    "Generator",
    "Global",
    "Infallible",
    "Int",
    "Iter",
    "Key",
    "Late",
    "LateGlobal",
    "List",
    "None",
    "Number",
    "Object",
    "Ok",
    "Option",
    "Outcome",
    "PyErr",
    "PyResult",
    "Range",
    "Rc",
    "Result",
    "Set",
    "Shared",
    "Some",
    "Str",
    "String",
    "Truth",
    "Type",
    "Value",
    "VarTuple",
    "Vec",
    "Yields",
    "async_generator",
    "async_generator_expression",
    "async_stepwise",
    "async_yields",
    "attempt",
    "drop",
    "exit_code",
    "format_spec",
    "generator",
    "generator_expression",
    "item_or_end",
    "i64",
    "f64",
    "bool",
    "lazy",
    "proven",
    "py",
    "recursion",
    "recursive",
    "repr",
    "stepwise",
    "str_",
    "try_",
    "try_lazy",
    "joined",
    "joined_after",
    "joined_before",
    "unpack",
    "unpack_star",
    "yields",
];

/// Python's built-in exceptions, which are in the prelude too.
const EXCEPTIONS: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "BaseExceptionGroup",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "BytesWarning",
    "CancelledError",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "DeprecationWarning",
    "EOFError",
    "EncodingWarning",
    "Exception",
    "ExceptionGroup",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning",
    "GeneratorExit",
    "ImportError",
    "ImportWarning",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotADirectoryError",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PendingDeprecationWarning",
    "PermissionError",
    "ProcessLookupError",
    "RecursionError",
    "ReferenceError",
    "ResourceWarning",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "SystemExit",
    "TabError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "UnicodeWarning",
    "UserWarning",
    "ValueError",
    "Warning",
    "ZeroDivisionError",
];

/// Every name that a Python name must not have as it is.
static TAKEN: LazyLock<HashSet<&str>> =
    LazyLock::new(|| KEYWORDS.iter().chain(PRELUDE).chain(EXCEPTIONS).copied().collect());

/// A Python name as a Rust identifier.
pub fn sanitize(name: &str) -> String {
    if name == "_" {
        return "_".into();
    }
    if TAKEN.contains(name) {
        return format!("{name}_");
    }
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_plain && syn::parse_str::<syn::Ident>(name).is_err() {
        // Python's identifiers are a little wider than Rust's.
        let text: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        return format!("n{text}");
    }
    name.to_string()
}

/// A Python name after a path, where only keywords are in the way.
pub fn escape(name: &str) -> String {
    match name {
        "_" => "underscore".into(),
        name if KEYWORDS.contains(&name) => format!("{name}_"),
        name => name.to_string(),
    }
}

/// The path of a module of the runtime: `os::path`, `struct_`.
pub fn module_path(module: &str) -> String {
    let parts: Vec<String> = module.split('.').map(escape).collect();
    parts.join("::")
}

/// The name of a definition: [`sanitize`], but `_` names nothing in Rust.
pub fn definition(name: &str) -> String {
    if name == "_" { "underscore".into() } else { sanitize(name) }
}

/// `UPPER_CASE`, for statics and constants.
pub fn upper(name: &str) -> String {
    if name == "_" {
        return "UNDERSCORE".into();
    }
    let mut out = String::new();
    let mut lower_before = false;
    for c in name.chars() {
        if c.is_uppercase() && lower_before {
            out.push('_');
        }
        lower_before = c.is_lowercase() || c.is_numeric();
        out.extend(c.to_uppercase());
    }
    if out.starts_with('_') && out.trim_matches('_').is_empty() { format!("GLOBAL{out}") } else { out }
}

/// `snake_case` of a type's name.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut lower_before = false;
    for c in name.chars() {
        if c.is_uppercase() && lower_before {
            out.push('_');
        }
        lower_before = c.is_lowercase() || c.is_numeric();
        out.extend(c.to_lowercase());
    }
    out
}

/// Names of one scope: no two alike.
#[derive(Debug, Clone, Default)]
pub struct Namer {
    taken: HashSet<String>,
    /// Names that many scopes keep from being given.
    common: Rc<HashSet<String>>,
}

impl Namer {
    /// A scope in which these names are taken.
    pub fn beside(common: Rc<HashSet<String>>) -> Namer {
        Namer { taken: HashSet::default(), common }
    }

    /// Keeps a name from being given.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_string());
    }

    /// Whether a name is given already.
    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name) || self.common.contains(name)
    }

    /// The name, sanitised; with `_`, then `_2`, `_3`, when it is taken.
    pub fn fresh(&mut self, name: &str) -> String {
        let name = definition(name);
        let name = if self.is_taken(&name) { self.suffixed(&name) } else { name };
        self.taken.insert(name.clone());
        name
    }

    fn suffixed(&self, name: &str) -> String {
        let first = if name.ends_with('_') { None } else { Some(format!("{name}_")) };
        if let Some(first) = first.filter(|first| !self.is_taken(first)) {
            return first;
        }
        let base = name.trim_end_matches('_');
        (2u32..).map(|n| format!("{base}_{n}")).find(|name| !self.is_taken(name)).unwrap_or_default()
    }
}

/// The lints that complain of the names of a program, which are kept.
pub fn lints(program: &Program) -> Vec<&'static str> {
    let vars = program.vars.iter().filter(|(_, var)| var.storage != Storage::Global).map(|(_, var)| &var.name);
    let functions = program.functions.iter().map(|(_, function)| &function.name);
    let classes: Vec<&String> = program.classes.iter().map(|(_, class)| &class.name).collect();
    let values: Vec<&String> = vars.chain(functions).filter(|name| *name != "<lambda>").collect();
    let mut lints = Vec::new();
    if values.iter().chain(&classes).any(|name| !name.is_ascii()) {
        lints.extend(["confusable_idents", "mixed_script_confusables"]);
    }
    if classes.iter().any(|name| name.contains('_') || name.starts_with(|c: char| c.is_lowercase())) {
        lints.push("non_camel_case_types");
    }
    if values.iter().any(|name| name.chars().any(char::is_uppercase) || name.trim_matches('_').contains("__")) {
        lints.push("non_snake_case");
    }
    if values.iter().any(|name| !name.is_ascii()) {
        lints.push("uncommon_codepoints");
    }
    lints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_unless_they_collide() {
        assert_eq!(sanitize("type"), "type_");
        assert_eq!(sanitize("ValueError"), "ValueError_");
        assert_eq!(sanitize("worker"), "worker");
        let mut namer = Namer::default();
        assert_eq!([namer.fresh("main"), namer.fresh("main"), namer.fresh("main")], ["main", "main_", "main_2"]);
        assert_eq!(upper("workerCount"), "WORKER_COUNT");
        assert_eq!(snake("LoudWorker"), "loud_worker");
    }
}
