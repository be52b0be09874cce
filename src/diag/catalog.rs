//! Every code, once.

use super::{Level, Rule};

macro_rules! rules {
    ($($constant:ident = $code:literal $name:literal $level:ident $summary:literal $text:literal;)*) => {
        $(#[doc = $summary] pub const $constant: &Rule = &Rule {
            code: $code, name: $name, level: Level::$level, summary: $summary, text: $text,
        };)*
        /// All of them, by code.
        pub const ALL: &[&Rule] = &[$($constant),*];
    };
}

rules! {
    SYNTAX_ERROR = "AIO001" "syntax-error" Error
        "The source is not Python: no CPython from 3.4 to 3.13, or not the one named, compiles it."
        "The title is CPython's own message where the error comes from its compiler, ours where it comes from its parser.";
    UNSUPPORTED_SYNTAX = "AIO500" "unsupported-syntax" Error
        "A construct of Python that is not translated yet."
        "Nothing is written. With `--on-unsupported=raise` the place raises `NotImplementedError` and the rest works.";
    UNSUPPORTED_PACKAGE = "AIO507" "unsupported-package" Error
        "A module that is neither in the project nor in the registry is imported."
        "Describe it in a stub (`--stubs DIR`), or put it behind a function of your own.";
    UNSUPPORTED_API = "AIO508" "unsupported-api" Error
        "A name of a known module, or a method of a known type, that has no translation."
        "The registry (`stubs/`) lists what there is; a stub line and a Rust function add a name.";
    DYNAMIC_PARAMETER = "AIO601" "untyped-parameter" Info
        "The type of a parameter is not known: it is a dynamic `Value`."
        "Nobody calls the function, and it has neither an annotation nor a default.";
    CONTRADICTED_ANNOTATION = "AIO602" "contradicted-annotation" Warning
        "The program contradicts an annotation; the translation follows the program."
        "Python does not enforce annotations.";
}
