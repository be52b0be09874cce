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
    EVAL_EXEC = "AIO501" "eval-exec" Error
        "`eval`, `exec` and `compile` run text that is made while the program runs."
        "There is no Python in the translated program. Write the code out, or dispatch on data.";
    DYNAMIC_IMPORT = "AIO502" "dynamic-import" Error
        "The name of an imported module is computed while the program runs."
        "Keep a table from names to modules that are imported by name.";
    MONKEY_PATCHING = "AIO503" "monkey-patching" Error
        "An attribute of a module, of a library class or of a function is replaced."
        "Hand the other behaviour over as an argument.";
    METACLASS = "AIO505" "metaclass" Error
        "A metaclass, `__init_subclass__`, `__set_name__` or `type(…)` makes or rewrites classes."
        "Write the classes out, or register them explicitly. `ABCMeta` is known and needs nothing.";
    ATTRIBUTE_HOOKS = "AIO506" "attribute-hooks" Error
        "A class computes its attributes: `__getattr__`, `__setattr__` and their like."
        "Write methods or properties with names.";
    UNSUPPORTED_PACKAGE = "AIO507" "unsupported-package" Error
        "A module that is neither in the project nor in the registry is imported."
        "Describe it in a stub (`--stubs DIR`), or put it behind a function of your own.";
    UNSUPPORTED_API = "AIO508" "unsupported-api" Error
        "A name of a known module, or a method of a known type, that has no translation."
        "The registry (`stubs/`) lists what there is; a stub line and a Rust function add a name.";
    INTROSPECTION = "AIO511" "introspection" Error
        "Frames or the interpreter are looked into."
        "Pass what is looked for as an argument.";
    NAMESPACE = "AIO515" "namespace-writes" Error
        "A namespace is used as a dict: `globals()`, `locals()`."
        "Keep a dict of your own.";
    DYNAMIC_PARAMETER = "AIO601" "untyped-parameter" Info
        "The type of a parameter is not known: it is a dynamic `Value`."
        "Nobody calls the function, and it has neither an annotation nor a default.";
    CONTRADICTED_ANNOTATION = "AIO602" "contradicted-annotation" Warning
        "The program contradicts an annotation; the translation follows the program."
        "Python does not enforce annotations.";
    INTERNAL_ERROR = "AIO900" "internal-error" Error
        "A defect of the translator: it failed while it was at this place."
        "Nothing is written. The place is right, the program probably too: please report it, with the program that shows it.";
}
