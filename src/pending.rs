//! Stands in for stages that have not landed yet.

use crate::diag::Diagnostic;
use crate::hir::Program;
use crate::infer::Types;
use crate::source::SourceMap;

pub fn human(finding: &Diagnostic, files: &SourceMap, _colour: bool) -> String {
    let place = finding.span().map_or(String::new(), |span| files.place(span));
    format!("{place}: {:?} {}: {}\n", finding.level, finding.rule.code, finding.title)
}
pub fn json(finding: &Diagnostic, files: &SourceMap) -> serde_json::Value {
    serde_json::json!({ "code": finding.rule.code, "place": finding.span().map(|span| files.place(span)), "message": finding.title })
}
pub fn dump_hir(_: &Program) -> String {
    String::new()
}
pub fn dump_types(_: &Program, _: &Types) -> String {
    String::new()
}
pub fn manifest(name: &str, runtime: &str, features: &[String]) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\naio2rust-runtime = {{ {runtime}, features = {features:?} }}\n\n[workspace]\n"
    )
}
