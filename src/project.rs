//! The Cargo package around emitted Rust: its manifest and its line map.

use crate::emit::EmittedFile;

/// What Python's authors write and Rust warns about; it is not ours to complain of. `clippy::` goes before the second list.
const RUSTC: [&str; 10] = [
    "confusable_idents",
    "dead_code",
    "mixed_script_confusables",
    "non_camel_case_types",
    "non_snake_case",
    "non_upper_case_globals",
    "uncommon_codepoints",
    "unreachable_code",
    "unused_assignments",
    "unused_variables",
];
const CLIPPY: [&str; 30] = [
    "absurd_extreme_comparisons",
    "approx_constant",
    "bool_comparison",
    "collapsible_else_if",
    "collapsible_if",
    "diverging_sub_expression",
    "enum_variant_names",
    "eq_op",
    "erasing_op",
    "identity_op",
    "if_same_then_else",
    "ifs_same_cond",
    "impossible_comparisons",
    "manual_find",
    "manual_range_contains",
    "needless_bool",
    "needless_borrows_for_generic_args",
    "needless_range_loop",
    "neg_cmp_op_on_partial_ord",
    "never_loop",
    "new_ret_no_self",
    "nonminimal_bool",
    "only_used_in_recursion",
    "overly_complex_bool_expr",
    "redundant_comparisons",
    "self_named_constructors",
    "too_many_arguments",
    "type_complexity",
    "upper_case_acronyms",
    "while_immutable_condition",
];

/// The lint tables of an emitted package.
pub fn lints() -> String {
    let allowed = |names: &[&str]| names.iter().map(|name| format!("{name} = \"allow\"\n")).collect::<String>();
    format!("[lints.rust]\n{}\n[lints.clippy]\n{}", allowed(&RUSTC), allowed(&CLIPPY))
}

/// The same as flags of rustc and of clippy-driver.
pub fn lint_flags() -> Vec<String> {
    let rustc = RUSTC.iter().map(|name| format!("-A{name}"));
    rustc.chain(CLIPPY.iter().map(|name| format!("-Aclippy::{name}"))).collect()
}

/// The text of `Cargo.toml`. `runtime` says where the runtime is from: `path = "aio2rust-runtime"`.
pub fn manifest(name: &str, runtime: &str, features: &[String]) -> String {
    let features = match features {
        [] => String::new(),
        _ => {
            format!(", features = [{}]", features.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", "))
        }
    };
    let lints = lints();
    format!(
        r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"
rust-version = "1.95"
publish = false

[dependencies]
aio2rust-runtime = {{ {runtime}{features} }}

# Python's integers never wrap, and tracebacks need the lines.
[profile.dev]
overflow-checks = true
debug = "line-tables-only"

[profile.release]
overflow-checks = true
debug = "line-tables-only"

# What is written like this in Python.
{lints}
[workspace]
"#
    )
}

/// The text of `main.map`: for each Rust file where its statements come from.
pub fn line_map(files: &[EmittedFile]) -> String {
    let mut text = String::new();
    for file in files {
        text.push_str(&format!("F\t{}\t{}\n", file.path, file.python));
        for definition in &file.definitions {
            let kind = if definition.is_generator { 'G' } else { 'D' };
            text.push_str(&format!("{kind}\t{}\t{}\n", definition.line, definition.name));
        }
        for line in &file.map {
            text.push_str(&format!("{}\t{}\t{}\t{}\n", line.rust, line.python, line.function, line.text));
        }
    }
    text
}
