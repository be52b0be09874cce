//! HIR and types to Rust: `syn` trees, then text.
//!
//! One function per construct, in one file per family: reading `emit/flow`, `emit/call` or `emit/format` is reading
//! the table of translation. What must be known before a `let` is written is decided by `emit/plan`.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::hir::{ClassId, ExprId, FnId, Module, ModuleId, Program, VarId, walk};
use crate::infer::{Resolved, Types};
use crate::source::{SourceMap, Span};
use crate::types::Ty;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

mod adjust;
mod aio;
mod argparse;
mod assign;
mod augment;
mod body;
mod build;
mod call;
mod class;
mod closure;
mod comp;
mod compare;
mod constant;
mod dead;
mod diverge;
mod ends;
mod exception;
mod expr;
mod fallback;
mod fields;
mod flow;
mod format;
mod function;
mod gives;
mod global;
mod guard;
mod handler;
mod handling;
mod held;
mod idiom;
mod init;
mod initialise;
mod inplace;
mod instance;
mod intrinsic;
mod item;
mod iterate;
mod lambda;
mod layout;
mod liveness;
mod logging;
mod loop_call;
mod macros;
mod match_value;
mod matching;
mod mutability;
mod names;
mod nested;
mod open;
mod operator;
mod percent;
mod place;
mod plan;
mod print;
mod receiver;
mod record;
mod same;
mod source;
mod spread;
mod star;
mod steps;
mod stmt;
mod stub_call;
mod template;
mod test;
mod try_;
mod ty;
mod union_text;
mod unpack;
mod with;
mod words;

#[cfg(test)]
mod tests;

use body::Body;

/// What is made of a construct that is not translated yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnUnsupported {
    /// A diagnostic; nothing is written.
    #[default]
    Error,
    /// The place raises NotImplementedError, the rest works.
    Raise,
}

/// What the caller chooses.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What is made of a construct that is not translated yet.
    pub on_unsupported: OnUnsupported,
    /// The file stands alone: `main` hands no line map to the runtime.
    pub standalone: bool,
}

/// A file of the written package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmittedFile {
    /// `src/main.rs`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The Python file it was made of.
    pub python: String,
    /// Where its statements come from.
    pub map: Vec<MapLine>,
    /// Its functions.
    pub definitions: Vec<Definition>,
    /// Modules of the runtime that it imports.
    pub uses: BTreeSet<String>,
}

/// Where a function of the program begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The line of its first decorator, or of its `def`.
    pub line: u32,
    /// `Worker.run`.
    pub name: String,
    /// It makes a coroutine that is a generator in Python: nobody warns when it is never awaited.
    pub is_generator: bool,
}

/// A line of the line map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapLine {
    /// The line in the emitted file.
    pub rust: u32,
    /// The line in the Python file.
    pub python: u32,
    /// The Python function: `<module>`, `Worker.run`.
    pub function: String,
    /// The text of the Python line, stripped.
    pub text: String,
}

/// Rust for a program.
pub fn emit(
    program: &Program,
    types: &Types,
    files: &SourceMap,
    options: &Options,
    diags: &mut Diagnostics,
) -> Vec<EmittedFile> {
    let mut raises: Vec<bool> =
        program.functions.ids().map(|id| types.function.get(id).is_none_or(|signature| signature.raises)).collect();
    let plans = plan_all(program, types);
    let dead = std::rc::Rc::new(dead::dead(program, types));
    let in_place = std::rc::Rc::new(inplace::find(program, types, &plans));
    let is_exception = |class| class::exception_base(program, class).is_some();
    let layouts = std::rc::Rc::new(layout::Layouts::new(program, types, &is_exception));
    // `infer` says which functions can raise. Where the emitted form of one has a `?` all the same, its callers are
    // emitted anew; the set only grows.
    for _ in 0..64 {
        let mut emitter =
            Emitter::new(program, types, files, options, plans.clone(), layouts.clone(), raises.clone(), dead.clone());
        emitter.in_place = in_place.clone();
        let out: Vec<EmittedFile> = program.modules.iter().map(|(id, module)| emitter.module(id, module)).collect();
        let settled = emitter.raises == raises;
        raises.clone_from(&emitter.raises);
        if settled {
            emitter.diagnostics.into_iter().for_each(|diagnostic| diags.push(diagnostic));
            return out;
        }
    }
    Vec::new()
}

fn plan_all(program: &Program, types: &Types) -> std::rc::Rc<plan::Plans> {
    let mut plans = plan::Plans::default();
    for (_, module) in program.modules.iter() {
        plan::plan(program, types, &[], &module.body, &mut plans);
    }
    // The outer before the inner: a captured variable is planned by the function that owns it.
    for (_, function) in program.functions.iter() {
        plan::plan(program, types, &function.params, &function.body, &mut plans);
    }
    std::rc::Rc::new(plans)
}

/// Everything emission knows and keeps.
struct Emitter<'a> {
    program: &'a Program,
    types: &'a Types,
    files: &'a SourceMap,
    options: &'a Options,
    plans: std::rc::Rc<plan::Plans>,
    layouts: std::rc::Rc<layout::Layouts>,
    raises: Vec<bool>,
    diagnostics: Vec<Diagnostic>,
    names: item::ItemNames,
    /// What is imported into the file at hand.
    imports: BTreeSet<String>,
    module: ModuleId,
    /// The function at hand.
    body: Body,
    /// Statements of the block at hand.
    out: Vec<syn::Stmt>,
    /// Names of functions, for the line map.
    functions: Vec<String>,
    /// Items that nested definitions add to the file.
    extra: Vec<print::Piece>,
    comp_loops: HashMap<ExprId, bool>,
    /// Generators that are iterated where they are made.
    in_place: std::rc::Rc<inplace::InPlace>,
    /// What is never reached.
    dead: std::rc::Rc<HashSet<ExprId>>,
    /// The uses of the number that a `for` is being made for tell its type.
    pinned: bool,
}

impl<'a> Emitter<'a> {
    #[allow(clippy::too_many_arguments, reason = "everything that emission knows")]
    fn new(
        program: &'a Program,
        types: &'a Types,
        files: &'a SourceMap,
        options: &'a Options,
        plans: std::rc::Rc<plan::Plans>,
        layouts: std::rc::Rc<layout::Layouts>,
        raises: Vec<bool>,
        dead: std::rc::Rc<HashSet<ExprId>>,
    ) -> Emitter<'a> {
        Emitter {
            names: item::ItemNames::new(program, types, &layouts),
            layouts,
            program,
            types,
            files,
            options,
            plans,
            raises,
            diagnostics: Vec::new(),
            imports: BTreeSet::new(),
            module: ModuleId::from_raw(0),
            body: Body::default(),
            out: Vec::new(),
            functions: Vec::new(),
            extra: Vec::new(),
            comp_loops: HashMap::default(),
            in_place: std::rc::Rc::default(),
            dead,
            pinned: false,
        }
    }

    /// Imports a module or macro of the runtime.
    fn import(&mut self, name: &str) {
        if !self.imports.contains(name) {
            self.imports.insert(name.to_string());
        }
    }

    /// A path of the runtime as it is written in the file: its first module is imported.
    fn runtime_path(&mut self, path: &str) -> String {
        let path = path.strip_prefix("aio2rust_runtime::").unwrap_or(path);
        let path = path.strip_prefix("prelude::").unwrap_or(path);
        if let Some((first, _)) = path.split_once("::")
            && first.starts_with(|c: char| c.is_ascii_lowercase())
            && !matches!(first, "i64" | "f64" | "bool" | "std" | "recursion")
        {
            self.import(first);
        }
        path.to_string()
    }

    fn unsupported_at(&mut self, span: Span, title: impl Into<String>) {
        if self.options.on_unsupported == OnUnsupported::Error {
            self.diagnostics.push(Diagnostic::new(catalog::UNSUPPORTED_SYNTAX, span, title));
        }
    }

    /// A construct that is not translated yet: reported, and in its place what raises NotImplementedError.
    fn unsupported(&mut self, expr: ExprId, title: impl Into<String>) -> syn::Expr {
        // What never gets so far is nothing to refuse.
        let mut operands = Vec::new();
        walk::children(self.program, expr, &mut |child| operands.push(child));
        if matches!(self.types.resolved.get(&(expr, 0)), Some(Resolved::Raises(..))) {
            operands.push(expr);
        }
        if let Some(raised) = self.up_to_never(&operands) {
            return raised;
        }
        let title = title.into();
        self.unsupported_at(self.program.span(expr), title.clone());
        self.raise_text("NotImplementedError", &title)
    }

    fn var_ty(&self, var: VarId) -> Ty {
        self.types.var.get(var).cloned().unwrap_or(Ty::Value)
    }

    fn function_raises(&self, function: FnId) -> bool {
        self.raises.get(function.raw() as usize).copied().unwrap_or(true)
    }

    fn class_name(&self, class: ClassId) -> String {
        self.names.class(class)
    }

    fn module(&mut self, id: ModuleId, module: &'a Module) -> EmittedFile {
        item::module(self, id, module)
    }
}
