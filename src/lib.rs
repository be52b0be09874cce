//! Translates asyncio Python, in both its dialects, to readable async Rust.
//!
//! A program goes through five stages; each is one function, and each later one uses the earlier ones' results only.
//!
//! 1. [`load`] decodes the entry and the files beside it that it imports, and has [`syntax`] parse them: trees, with
//!    comments and blank lines beside them. What CPython's compiler refuses is refused here, at CPython's place.
//! 2. [`lower`] makes one tree of all of it, the [`hir`]: names are resolved, a variable is one live range of a Python
//!    name, and `yield from` in an `@asyncio.coroutine` is the same as `await` in an `async def`.
//! 3. [`infer`] finds a representation type for every expression, in tables beside the tree: an `i64`, a `List<Str>`, a
//!    `Task<f64>`; a dynamic `Value` only where nothing better is known, and it says why. What Python's library is, it
//!    reads from the registry, [`stubs`].
//! 4. [`emit`] prints Rust that reads beside its Python line by line.
//! 5. [`project`] makes a Cargo package of the files.
//!
//! Stages 1 to 3 never fail: they return a whole tree and report into [`diag::Diagnostics`], so that one bad line does
//! not hide the rest. The library never prints and never touches the file system: files come through [`Sources`];
//! [`cli`] has the disk, and alone reads arguments, writes files and runs programs.
//!
//! ```
//! struct Nothing;
//!
//! impl aio2rust::Sources for Nothing {
//!     fn read(&self, _: &str) -> Option<Vec<u8>> {
//!         None
//!     }
//! }
//!
//! let translation = aio2rust::translate("hello.py", b"x = = 1", &Nothing, &aio2rust::Options::default());
//! let finding = translation.diagnostics.sorted()[0];
//! assert_eq!(translation.sources.place(finding.span().unwrap()), "hello.py:1:5");
//! ```
pub mod arena;
pub mod cli;
pub mod diag;
pub mod emit;
mod guard;
pub mod hir;
pub mod infer;
pub mod load;
pub mod lower;
pub mod project;
pub mod source;
mod split;
pub mod stubs;
pub mod syntax;
pub mod types;
pub mod version;

use std::collections::BTreeMap;

use diag::Diagnostics;
use hir::Program;
use infer::Types;
use load::Loaded;
pub use load::Sources;
use source::SourceMap;
use stubs::Stubs;
pub use syntax::PythonVersion;
pub use types::IntMode;

/// How to translate.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The Python that the source is written for; `None`: the newest that accepts it.
    pub python: Option<PythonVersion>,
    /// What becomes of a place that has no translation.
    pub on_unsupported: OnUnsupported,
    /// How integers are kept.
    pub int: IntMode,
    /// Stubs of the user: module name to text of the `.pyi`.
    pub stubs: BTreeMap<String, String>,
    /// The Rust file stands alone, without the line map beside it.
    pub standalone: bool,
}

/// What becomes of a place that has no translation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnUnsupported {
    /// A diagnostic; nothing is translated.
    #[default]
    Error,
    /// It raises `NotImplementedError`, and all the rest works.
    Raise,
}

/// A file of the package, below `src/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmittedFile {
    /// `main.rs`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What became of a program.
#[derive(Debug)]
pub struct Translation {
    /// The Python files, the entry first.
    pub sources: SourceMap,
    /// Everything there is to say.
    pub diagnostics: Diagnostics,
    /// The tree.
    pub program: Program,
    /// The types of the tree.
    pub types: Types,
    /// The Rust files and the line map; none when there are errors.
    pub files: Vec<EmittedFile>,
    /// The features of the runtime that the program needs.
    pub features: Vec<String>,
    /// The Python that the program is written for.
    pub python: PythonVersion,
}

/// Translates a program: `bytes` is its entry, which is called `path`.
pub fn translate(path: &str, bytes: &[u8], sources: &dyn Sources, options: &Options) -> Translation {
    let mut translation = analyse(path, bytes, sources, options);
    if translation.diagnostics.has_errors() {
        return translation;
    }
    let on_unsupported = match options.on_unsupported {
        OnUnsupported::Error => emit::OnUnsupported::Error,
        OnUnsupported::Raise => emit::OnUnsupported::Raise,
    };
    let emission = emit::Options { on_unsupported, standalone: options.standalone };
    let Translation { sources, program, types, diagnostics, .. } = &mut translation;
    let emitted =
        guard::guarded(diagnostics, |diagnostics| emit::emit(program, types, sources, &emission, diagnostics));
    let emitted = emitted.unwrap_or_default();
    if !translation.diagnostics.has_errors() {
        if !options.standalone {
            translation.files.push(EmittedFile { path: "main.map".into(), text: project::line_map(&emitted) });
        }
        let files = emitted.into_iter().map(|file| EmittedFile { path: file.path, text: file.text });
        translation.files.extend(files);
    }
    translation
}

/// The stages before emission: the tree and its types.
pub fn analyse(path: &str, bytes: &[u8], sources: &dyn Sources, options: &Options) -> Translation {
    let mut diagnostics = Diagnostics::default();
    let parse = syntax::ParseOptions { python: options.python };
    let Loaded { files, syntax } = load::load(path, bytes, sources, &parse, &mut diagnostics);
    let stubs = Stubs::new(options.stubs.clone());
    let read_as: Vec<PythonVersion> = syntax.iter().map(|syntax| syntax.python).collect();
    let mut program = Program::default();
    // Where a file is missing from the tree, what the others import from it would be reported too.
    if !diagnostics.has_errors() {
        let lower = |diagnostics: &mut Diagnostics| lower::lower(syntax, &files, &stubs, diagnostics);
        program = guard::guarded(&mut diagnostics, lower).unwrap_or_default();
    }
    let mut python = version::called_for(&read_as, &program, &stubs);
    // A generator under `yield from` may look like an old coroutine: what was removed since is written out.
    let removed = ["asyncio.coroutine", "import coroutine", "asyncio.async("];
    let is_old = files.files().iter().any(|file| removed.iter().any(|name| file.text.contains(name)));
    if is_old || options.python.is_some() {
        version::apply(python, &mut program);
    }
    let mut types = Types::default();
    if program.entry.is_some() {
        let lowered = diagnostics.clone();
        let infer = |mut program: Program| {
            let mut diagnostics = lowered.clone();
            let types = infer::infer(&mut program, &stubs, options.int, &mut diagnostics);
            split::Inferred { program, types, diagnostics }
        };
        let inferred = guard::guarded(&mut diagnostics, |_| split::split(infer(program), &infer));
        (program, types, diagnostics) = match inferred {
            Some(inferred) => (inferred.program, inferred.types, inferred.diagnostics),
            None => (Program::default(), Types::default(), diagnostics),
        };
    }
    // Which of the registry's functions is meant may depend on types.
    python = python.older(types.last_python);
    Translation { sources: files, diagnostics, program, types, files: Vec::new(), features: Vec::new(), python }
}
