//! aio2rust: asyncio Python to async Rust.
pub mod arena;
pub mod cli;
pub mod diag;
pub mod hir;
pub mod infer;
pub mod pending;
pub mod source;
pub mod stubs;
pub mod syntax;
pub mod types;
pub mod version;

use std::collections::BTreeMap;

use diag::{Diagnostics, catalog};
use hir::Program;
use infer::Types;
use source::SourceMap;
pub use syntax::PythonVersion;

/// How to translate.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub python: Option<PythonVersion>,
    pub on_unsupported: OnUnsupported,
    pub int: IntMode,
    /// Stubs of the user: module name to text of the `.pyi`.
    pub stubs: BTreeMap<String, String>,
}
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnUnsupported {
    #[default]
    Error,
    Raise,
}
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IntMode {
    #[default]
    Auto,
    Big,
    I64,
}
#[derive(Debug, Clone)]
pub struct EmittedFile {
    pub path: String,
    pub text: String,
}
#[derive(Debug)]
pub struct Translation {
    pub sources: SourceMap,
    pub diagnostics: Diagnostics,
    pub program: Program,
    pub types: Types,
    pub files: Vec<EmittedFile>,
    pub features: Vec<String>,
    pub python: PythonVersion,
}
pub trait Sources {}

pub fn analyse(path: &str, bytes: Vec<u8>, _sources: &dyn Sources, options: &Options) -> Translation {
    let mut sources = SourceMap::default();
    let id = sources.add(path, "__main__", String::from_utf8_lossy(&bytes));
    let mut diagnostics = Diagnostics::default();
    let parse = syntax::ParseOptions { python: options.python };
    let syntax = syntax::parse(sources.file(id), &parse, &mut diagnostics);
    let _ = catalog::ALL;
    Translation {
        sources,
        diagnostics,
        program: Program::default(),
        types: Types::default(),
        files: Vec::new(),
        features: Vec::new(),
        python: syntax.python,
    }
}
pub fn translate(path: &str, bytes: Vec<u8>, sources: &dyn Sources, options: &Options) -> Translation {
    let mut translation = analyse(path, bytes, sources, options);
    if let Some(file) = translation.sources.files().first() {
        let span = source::Span::new(file.id, 0..0);
        let finding = diag::Diagnostic::new(catalog::UNSUPPORTED_SYNTAX, span, "nothing is translated yet");
        translation.diagnostics.push(finding);
    }
    translation
}
