//! Syntax to HIR: scopes and names, live ranges, both asyncio dialects in one form.
//!
//! Three passes. `scope` collects the names of every scope; the [`Lowerer`] walks the statements once, in the order of
//! the source, and gives every binding a variable of its own; `flow` finds out which bindings each read may see, and
//! `finish` joins those into live ranges, decides where they are stored, and renumbers.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap as HashMap;
use rustpython_parser::ast;

use crate::diag::{Diagnostic, Diagnostics, Rule, catalog};
use crate::hir::{
    Annotation, Block, ClassId, Comment, Exits, Expr, ExprId, FnId, Module, ModuleId, Origin, Program, Trivia, VarId,
};
use crate::source::{SourceMap, Span};
use crate::stubs::Stubs;
use crate::syntax::{Syntax, TriviaCursor, TriviaTable};

mod annotation;
mod asyncio;
mod attributes;
mod call;
mod children;
mod class;
mod class_decorator;
mod classmethods;
mod comp;
mod decorate;
mod defined;
mod enums;
mod expand;
mod expr;
mod finish;
mod flow;
mod fold;
mod format;
mod function;
mod handed;
mod imports;
mod library;
pub mod literal;
mod namedtuple;
mod names;
mod optional_key;
mod pattern;
mod promote;
mod python;
mod reads;
mod remap;
mod resolve;
mod scope;
mod stmt;
mod target;
mod thread;
mod trivia;
mod try_;
mod types_only;
mod wrap;

#[cfg(test)]
mod tests;

use scope::{ScopeId, Scopes};

/// Lowers a program: all its modules, of which the one called `__main__` (or else the first) is the entry.
pub fn lower(syntax: Vec<Syntax>, files: &SourceMap, stubs: &Stubs, diags: &mut Diagnostics) -> Program {
    let expanded = expand::expand(syntax, files);
    let Some(first) = expanded.first() else { return Program::default() };
    let modules: Vec<Source<'_>> = expanded.iter().map(|syntax| Source::new(syntax, files)).collect();
    let entry = modules.iter().position(|module| module.name == "__main__").unwrap_or(0);
    let trivia = &first.trivia;
    let mut lowerer = Lowerer::new(modules, stubs, diags, trivia);
    lowerer.collect();
    lowerer.module(entry);
    // Modules that were handed in and that nothing imports are lowered too, so that their diagnostics are seen.
    for at in 0..lowerer.sources.len() {
        lowerer.module(at);
    }
    lowerer.promote();
    let mut program = lowerer.finish(entry);
    defined::name_them(&mut program);
    wrap::wrap(&mut program);
    decorate::decorate(&mut program, diags);
    handed::handed(&mut program, stubs);
    optional_key::optional_keys(&mut program);
    classmethods::copy(&mut program);
    classmethods::own_attributes(&mut program);
    program
}

/// One file of the program.
struct Source<'a> {
    syntax: &'a Syntax,
    name: String,
    path: &'a str,
    text: &'a str,
    /// It is a package's `__init__.py`.
    is_package: bool,
}

impl<'a> Source<'a> {
    fn new(syntax: &'a Syntax, files: &'a SourceMap) -> Source<'a> {
        let file = files.file(syntax.file);
        let is_package = file.path.ends_with("__init__.py");
        Source { syntax, name: file.module.clone(), path: &file.path, text: &file.text, is_package }
    }
}

/// Names a [`Sym`].
type SymId = usize;

/// A Python variable, before it is split into live ranges.
struct Sym {
    name: String,
    /// The variable that reads name until live ranges are known.
    base: VarId,
    owner: Option<FnId>,
    module: usize,
    /// Of a comprehension.
    is_comp: bool,
    /// Another module uses it.
    shared: bool,
    /// Functions other than the owner that use it.
    users: BTreeSet<FnId>,
    /// It is assigned by a function other than the owner.
    foreign_write: bool,
    /// It keeps the value of a default argument.
    is_default: bool,
    /// A generator expression that is kept reads it later.
    read_late: bool,
    /// `x: int` without a value.
    annotation: Option<Box<Annotation>>,
}

/// What is known of one binding.
struct Occurrence {
    sym: SymId,
    annotation: Option<Box<Annotation>>,
    is_exception: bool,
    span: Span,
}

/// Where lowering is.
#[derive(Clone)]
struct Context {
    module: usize,
    scope: ScopeId,
    function: Option<FnId>,
    /// The class whose body is being lowered.
    class_body: Option<ClassId>,
    /// The class that `super()` means, and the name of the first parameter.
    method: Option<(ClassId, String)>,
    /// `yield from` is `await`: the function is a generator-based coroutine.
    legacy: bool,
    /// Prefix of qualified names: `outer.<locals>.`.
    prefix: String,
    /// The code is below `if TYPE_CHECKING:`.
    types_only: bool,
    /// The code may run more than once or not at all: it is in a function, a loop or a branch.
    conditional: bool,
}

struct Lowerer<'a, 'd> {
    sources: Vec<Source<'a>>,
    stubs: &'a Stubs,
    diags: &'d mut Diagnostics,
    program: Program,
    scopes: Scopes<'a>,
    /// Functions and classes, by the address of their statement.
    fn_ids: HashMap<usize, FnId>,
    class_ids: HashMap<usize, ClassId>,
    /// Classes that stand in the body of another, by it and their name.
    nested: HashMap<(ClassId, String), ClassId>,
    /// Those in the body of the class that is being lowered.
    inner_classes: Vec<crate::hir::Stmt>,
    meanings: std::cell::RefCell<HashMap<ScopeId, HashMap<String, resolve::Meaning>>>,
    /// What names of modules of the registry mean.
    members: std::cell::RefCell<HashMap<String, HashMap<String, resolve::Meaning>>>,
    syms: Vec<Sym>,
    sym_ids: HashMap<ScopeId, HashMap<String, SymId>>,
    /// What each provisional variable is, by its raw number.
    occurrences: Vec<Occurrence>,
    scope_owners: HashMap<ScopeId, FnId>,
    captures: BTreeMap<FnId, BTreeSet<SymId>>,
    /// What each function reads of variables that are not its own.
    reads: BTreeMap<FnId, BTreeSet<SymId>>,
    cx: Context,
    exits: Exits,
    cursor: TriviaCursor<'a>,
    /// Comments of what was lowered away; they go above the next statement.
    pending: Vec<Comment>,
    /// Modules whose statements have certainly run.
    imported: BTreeSet<usize>,
    /// Modules of which lowering has begun.
    begun: BTreeSet<usize>,
    order: Vec<usize>,
    /// Classes that inherit from classes of the program, and those.
    related: BTreeSet<ClassId>,
    /// Attributes of exception classes that are read through the class.
    class_values: BTreeSet<(ClassId, String)>,
    /// Enumerations that were written out.
    enums: BTreeSet<ClassId>,
    /// A missing module was reported.
    reported_missing: bool,
    /// What the names of missing modules stand for, by module and name.
    absent: HashMap<(usize, String), String>,
    /// The modules, by the place of their source.
    module_bodies: BTreeMap<usize, Module>,
}

impl<'a, 'd> Lowerer<'a, 'd> {
    fn new(
        sources: Vec<Source<'a>>,
        stubs: &'a Stubs,
        diags: &'d mut Diagnostics,
        trivia: &'a TriviaTable,
    ) -> Lowerer<'a, 'd> {
        let cx = Context {
            module: 0,
            scope: ScopeId(0),
            function: None,
            class_body: None,
            method: None,
            legacy: false,
            prefix: String::new(),
            types_only: false,
            conditional: false,
        };
        Lowerer {
            sources,
            stubs,
            diags,
            program: Program::default(),
            scopes: Scopes::default(),
            fn_ids: HashMap::default(),
            class_ids: HashMap::default(),
            nested: HashMap::default(),
            inner_classes: Vec::new(),
            meanings: std::cell::RefCell::default(),
            members: std::cell::RefCell::default(),
            syms: Vec::new(),
            sym_ids: HashMap::default(),
            occurrences: Vec::new(),
            scope_owners: HashMap::default(),
            captures: BTreeMap::new(),
            reads: BTreeMap::new(),
            cx,
            exits: Exits::default(),
            cursor: trivia.cursor(),
            pending: Vec::new(),
            imported: BTreeSet::new(),
            begun: BTreeSet::new(),
            order: Vec::new(),
            related: BTreeSet::new(),
            class_values: BTreeSet::new(),
            enums: BTreeSet::new(),
            reported_missing: false,
            absent: HashMap::default(),
            module_bodies: BTreeMap::new(),
        }
    }

    /// The first pass: scopes, and an id for every function and class.
    fn collect(&mut self) {
        // Source has an expression for some fifteen bytes; what is not used of this is never touched.
        let exprs = self.sources.iter().map(|source| source.text.len() / 12).sum();
        self.program.exprs.reserve(exprs);
        self.program.origins.reserve(exprs);
        for at in 0..self.sources.len() {
            let placeholder = Module {
                name: self.sources[at].name.clone(),
                file: self.sources[at].syntax.file,
                docs: None,
                body: Block::default(),
                vars: Vec::new(),
                imports: Vec::new(),
                trailing: Trivia::default(),
            };
            self.module_bodies.insert(at, placeholder);
        }
        self.collect_scopes();
        self.program.functions.reserve(self.scopes.functions.len());
        self.program.classes.reserve(self.scopes.classes.len());
        let names = self.scopes.list.iter().map(|scope| scope.symbols.len()).sum();
        self.syms.reserve(names);
        self.occurrences.reserve(2 * names);
        for (stmt, scope) in self.scopes.functions.clone() {
            let module = ModuleId::from_raw(self.scopes.get(scope).module as u32);
            let span = self.span_in(self.scopes.get(scope).module, stmt);
            let id = self.program.functions.alloc(crate::hir::Function::blank(module, span));
            self.fn_ids.insert(scope::key(stmt), id);
            if let Some(inner) = self.scopes.of_node.get(&scope::key(stmt)) {
                self.scope_owners.insert(*inner, id);
            }
        }
        for (stmt, scope) in self.scopes.classes.clone() {
            let module = ModuleId::from_raw(self.scopes.get(scope).module as u32);
            let span = self.span_in(self.scopes.get(scope).module, stmt);
            let id = self.program.classes.alloc(class::placeholder(module, span));
            self.class_ids.insert(scope::key(stmt), id);
            for name in enums::class_values(stmt) {
                self.class_values.insert((id, name));
            }
            if enums::is_written_out(stmt) {
                self.enums.insert(id);
            }
        }
        self.nested = self.nested_classes();
        self.collect_namedtuples();
        self.collect_relations();
    }

    /// Lowers a module where it is first imported; its place among the modules is that of the end of its statements.
    fn module(&mut self, at: usize) {
        if !self.begun.insert(at) {
            return;
        }
        let syntax = self.sources[at].syntax;
        let cx = Context {
            module: at,
            scope: self.scopes.modules[at],
            function: None,
            class_body: None,
            method: None,
            legacy: false,
            prefix: String::new(),
            types_only: false,
            conditional: false,
        };
        let outer = std::mem::replace(&mut self.cx, cx);
        let cursor = std::mem::replace(&mut self.cursor, syntax.trivia.cursor());
        let pending = std::mem::take(&mut self.pending);
        let exits = std::mem::take(&mut self.exits);
        let (docs, rest) = self.docstring(&syntax.suite);
        let body = self.stmts(rest);
        let mut trailing = self.rest_of_file();
        trailing.comments.splice(0..0, std::mem::take(&mut self.pending));
        self.exits = exits;
        self.pending = pending;
        self.cursor = cursor;
        self.cx = outer;
        if let Some(module) = self.module_bodies.get_mut(&at) {
            module.docs = docs;
            module.body = body;
            module.trailing = trailing;
        }
        self.order.push(at);
    }

    fn report(&mut self, rule: &'static Rule, span: Span, title: impl Into<String>) {
        self.diags.push(Diagnostic::new(rule, span, title));
    }

    /// Reports a construct that is not translated.
    fn unsupported(&mut self, span: Span, title: impl Into<String>) {
        self.report(catalog::UNSUPPORTED_SYNTAX, span, title);
    }

    /// Adds an expression that stands in the source like this.
    fn alloc(&mut self, expr: Expr, span: Span) -> ExprId {
        self.program.make(expr, Origin::Source(span))
    }

    /// Adds an expression that a construct is made of.
    fn made(&mut self, expr: Expr, at: Span, why: &'static str) -> ExprId {
        self.program.make(expr, Origin::Made { at, why })
    }

    /// The variable of a name of a scope.
    fn sym(&mut self, home: ScopeId, name: &str) -> SymId {
        if let Some(id) = self.sym_ids.get(&home).and_then(|known| known.get(name)) {
            return *id;
        }
        let id = self.syms.len();
        let module = self.scopes.get(home).module;
        let span = Span::new(self.sources[module].syntax.file, 0..0);
        let base = self.provisional(id, span);
        self.syms.push(Sym {
            name: expand::plain(name),
            base,
            owner: self.owner(home),
            module,
            is_comp: self.scopes.get(home).kind == scope::ScopeKind::Comp,
            shared: false,
            users: BTreeSet::new(),
            foreign_write: false,
            is_default: false,
            read_late: false,
            annotation: None,
        });
        self.sym_ids.entry(home).or_default().insert(name.to_string(), id);
        id
    }

    /// A variable for one binding; `finish` replaces it by its live range.
    fn provisional(&mut self, sym: SymId, span: Span) -> VarId {
        self.occurrences.push(Occurrence { sym, annotation: None, is_exception: false, span });
        VarId::from_raw(self.occurrences.len() as u32 - 1)
    }

    /// The function to which the variables of a scope belong.
    fn owner(&self, scope: ScopeId) -> Option<FnId> {
        let mut at = Some(scope);
        while let Some(id) = at {
            if let Some(owner) = self.scope_owners.get(&id) {
                return Some(*owner);
            }
            at = self.scopes.get(id).parent;
        }
        None
    }

    /// Notes that the function being lowered uses a variable.
    fn note_use(&mut self, sym: SymId, is_write: bool) {
        let owner = self.syms[sym].owner;
        let mut at = self.cx.function;
        self.syms[sym].foreign_write |= at != owner && is_write;
        self.syms[sym].shared |= self.cx.module != self.syms[sym].module;
        while let Some(function) = at
            && Some(function) != owner
        {
            self.syms[sym].users.insert(function);
            self.captures.entry(function).or_default().insert(sym);
            if !is_write {
                self.reads.entry(function).or_default().insert(sym);
            }
            at = self.program.functions[function].parent;
        }
    }

    /// The variable for a read.
    fn read(&mut self, home: ScopeId, name: &str) -> VarId {
        let sym = self.sym(home, name);
        self.note_use(sym, false);
        self.syms[sym].base
    }

    /// The variable for a binding at `span`.
    fn write(&mut self, home: ScopeId, name: &str, span: Span) -> VarId {
        let sym = self.sym(home, name);
        self.note_use(sym, true);
        self.provisional(sym, span)
    }

    fn here(&self) -> &Source<'a> {
        &self.sources[self.cx.module]
    }

    fn span(&self, node: &impl ast::Ranged) -> Span {
        self.span_in(self.cx.module, node)
    }

    fn span_in(&self, module: usize, node: &impl ast::Ranged) -> Span {
        Span::new(self.sources[module].syntax.file, u32::from(node.start())..u32::from(node.end()))
    }
}
