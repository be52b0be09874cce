//! Imports: the names they bind are known before the program runs; a module of the program runs at its first import.

use std::collections::{BTreeMap, BTreeSet};

use rustpython_parser::ast::{self, Ranged};

use super::Lowerer;
use super::fold::Folder;
use super::library;
use super::resolve::Meaning;
use crate::diag::{Diagnostic, catalog};
use crate::hir::{Expr, ModuleId, Stmt, StmtKind, Trivia};
use crate::source::Span;

impl<'a> Lowerer<'a, '_> {
    /// Collects the scopes of all modules: those from which others import `*` come first.
    pub(super) fn collect_scopes(&mut self) {
        let count = self.sources.len();
        let mut order: Vec<usize> = Vec::with_capacity(count);
        let mut open: Vec<usize> = (0..count).rev().collect();
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            if order.contains(&at) {
                continue;
            }
            let stars = self.star_imports(at);
            let first_time = seen.insert(at);
            let wanted: Vec<usize> = stars.into_iter().filter(|star| !seen.contains(star)).collect();
            if first_time && !wanted.is_empty() {
                open.push(at);
                open.extend(wanted);
                continue;
            }
            order.push(at);
        }
        let mut names: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut scopes = std::mem::take(&mut self.scopes);
        let mut roots = BTreeMap::new();
        for at in order {
            let source = &self.sources[at];
            let imports = |stmt: &ast::Stmt| self.finds(at, stmt);
            let mut folder = Folder { name: &source.name, minor: source.syntax.python.minor, imports: &imports };
            let stars = |import: &ast::StmtImportFrom| self.star_names(at, import, &names);
            let root = scopes.add_module(&source.syntax.suite, &mut folder, &stars);
            let module = scopes.get(root).module;
            roots.insert(at, (root, module));
            let public = scopes.get(root).symbols.iter().filter(|(_, symbol)| symbol.is_bound());
            let mut public: Vec<String> =
                public.map(|(name, _)| name.clone()).filter(|name| !name.starts_with('_')).collect();
            public.sort();
            names.insert(at, all_list(&source.syntax.suite).unwrap_or(public));
        }
        // Scopes were numbered in the order of collecting; give them the numbers of the sources.
        let by_module: BTreeMap<usize, usize> = roots.iter().map(|(at, (_, module))| (*module, *at)).collect();
        for scope in &mut scopes.list {
            scope.module = by_module.get(&scope.module).copied().unwrap_or(scope.module);
        }
        scopes.modules = roots.values().map(|(root, _)| *root).collect();
        scopes.finish();
        self.scopes = scopes;
    }

    fn star_imports(&self, at: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for stmt in &self.sources[at].syntax.suite {
            if let ast::Stmt::ImportFrom(it) = stmt
                && it.names.iter().any(|alias| alias.name.as_str() == "*")
                && let Some(source) = self.absolute(at, it).and_then(|name| self.source_of(&name))
            {
                found.push(source);
            }
        }
        found
    }

    fn star_names(&self, at: usize, import: &ast::StmtImportFrom, known: &BTreeMap<usize, Vec<String>>) -> Vec<String> {
        let Some(name) = self.absolute(at, import) else { return Vec::new() };
        if let Some(source) = self.source_of(&name) {
            return known.get(&source).cloned().unwrap_or_default();
        }
        let Some(stub) = self.stubs.module(&name) else { return Vec::new() };
        let public = stub
            .names
            .iter()
            .filter(|(name, entry)| !name.starts_with('_') && !matches!(entry, crate::stubs::Entry::Module(_)));
        public.map(|(name, _)| name.clone()).collect()
    }

    /// Whether an import finds all it asks for.
    fn finds(&self, at: usize, stmt: &ast::Stmt) -> bool {
        let is_there = |name: &str| self.module_meaning(name) != Meaning::Missing;
        match stmt {
            ast::Stmt::Import(it) => it.names.iter().all(|alias| is_there(alias.name.as_str())),
            ast::Stmt::ImportFrom(it) => {
                let Some(module) = self.absolute(at, it) else { return false };
                if self.source_of(&module).is_some() {
                    return true;
                }
                let stub = Meaning::Stub(crate::hir::StubRef::new(&module, ""));
                is_there(&module)
                    && it.names.iter().all(|alias| {
                        alias.name.as_str() == "*"
                            || !matches!(
                                self.member(&stub, alias.name.as_str()),
                                Meaning::Unknown(_) | Meaning::Missing
                            )
                    })
            }
            _ => true,
        }
    }

    /// Lowers an import statement.
    pub(super) fn import(&mut self, stmt: &'a ast::Stmt, trivia: Trivia, out: &mut Vec<Stmt>) {
        let span = self.span(stmt);
        if self.cx.types_only {
            return self.pass(trivia, span, out);
        }
        let mut kinds = Vec::new();
        match stmt {
            ast::Stmt::Import(it) => {
                for alias in &it.names {
                    self.import_one(alias, &mut kinds);
                }
            }
            ast::Stmt::ImportFrom(it) => self.import_from(it, span, &mut kinds),
            _ => {}
        }
        let mut trivia = Some(trivia);
        for kind in kinds {
            out.push(Stmt { kind, span, trivia: trivia.take().unwrap_or_default() });
        }
        if let Some(trivia) = trivia {
            self.pass(trivia, span, out);
        }
    }

    fn import_one(&mut self, alias: &'a ast::Alias, kinds: &mut Vec<StmtKind>) {
        let whole = alias.name.as_str();
        let span = self.span(alias);
        let at = Span::new(span.file, span.start..span.start + whole.len() as u32);
        if !self.runs(whole, kinds) && self.module_meaning(whole) == Meaning::Missing {
            let top = whole.split('.').next().unwrap_or(whole);
            let (name, path) = alias.asname.as_ref().map_or((top, top), |name| (name.as_str(), whole));
            self.absent.insert((self.cx.module, name.to_string()), path.to_string());
            if !self.is_unused(top, &[name]) {
                self.missing(whole, at);
            }
            return;
        }
        self.check_stub(whole, at);
        let name = alias.asname.as_ref().map_or_else(|| whole.split('.').next().unwrap_or(whole), |name| name.as_str());
        let bound = match &alias.asname {
            Some(_) => whole,
            None => name,
        };
        let meaning = self.module_meaning(bound);
        self.bind_import(name, meaning, span, kinds);
    }

    fn import_from(&mut self, it: &'a ast::StmtImportFrom, span: Span, kinds: &mut Vec<StmtKind>) {
        let at = self.module_span(it, span);
        let Some(module) = self.absolute(self.cx.module, it) else {
            self.missing(&relative(it), at);
            return;
        };
        if module == "__future__" {
            return;
        }
        let ran = self.runs(&module, kinds);
        if !ran && self.module_meaning(&module) == Meaning::Missing {
            let names = it.names.iter().map(|alias| format!("{module}.{}", alias.name.as_str()));
            let inner: Vec<String> = names.filter(|name| self.source_of(name).is_some()).collect();
            if inner.len() < it.names.len() {
                for alias in &it.names {
                    let bound = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    self.absent.insert((self.cx.module, bound), format!("{module}.{}", alias.name));
                }
                let bound: Vec<&str> =
                    it.names.iter().map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str()).collect();
                if !self.is_unused(module.split('.').next().unwrap_or(&module), &bound) {
                    self.missing(&module, at);
                }
                return;
            }
        }
        self.check_stub(&module, at);
        for alias in &it.names {
            let name = alias.name.as_str();
            if name == "*" {
                continue;
            }
            // A submodule that is imported by name runs too.
            let inner = format!("{module}.{name}");
            let meaning = self.imported_meaning(self.cx.scope, it, name);
            if matches!(meaning, Meaning::Module(_)) {
                self.runs(&inner, kinds);
            }
            let alias_span = self.span(alias);
            let name_span = Span::new(alias_span.file, alias_span.start..alias_span.start + name.len() as u32);
            if matches!(meaning, Meaning::Unknown(_) | Meaning::Refused(..)) {
                self.meaning_expr(meaning, name, name_span);
                continue;
            }
            let bound = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
            self.bind_import(bound, meaning, alias_span, kinds);
        }
    }

    /// Assigns an imported name, where it is a variable: it is bound in other ways too.
    fn bind_import(&mut self, name: &str, meaning: Meaning, span: Span, kinds: &mut Vec<StmtKind>) {
        let Some(home) = self.scopes.home(self.cx.scope, name) else { return };
        match self.symbol_meaning(home, name) {
            Meaning::Var(of, ref found) if of == home && found == name => {}
            _ => return,
        }
        let value = self.meaning_expr(meaning, name, span);
        let value = std::mem::replace(&mut self.program.exprs[value], Expr::Unsupported("moved"));
        if let Some(kind) = self.alias_stmt(name, value, span) {
            kinds.push(kind);
        }
    }

    /// Runs a module of the program, and the packages around it, where they are imported for the first time.
    fn runs(&mut self, name: &str, kinds: &mut Vec<StmtKind>) -> bool {
        let mut found = false;
        let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
        for end in ends {
            let Some(at) = self.source_of(&name[..end]) else { continue };
            found |= end == name.len();
            if self.imported.contains(&at) || at == self.cx.module {
                continue;
            }
            // Lowered here, so that what it imports itself comes in Python's order.
            if !self.cx.conditional {
                self.imported.insert(at);
            }
            self.module(at);
            let id = ModuleId::from_raw(at as u32);
            if let Some(module) = self.module_bodies.get_mut(&self.cx.module)
                && !module.imports.contains(&id)
            {
                module.imports.push(id);
            }
            kinds.push(StmtKind::Import(id));
        }
        found
    }

    /// Whether an import of Python's library binds names that stand nowhere else.
    fn is_unused(&self, top: &str, bound: &[&str]) -> bool {
        let text = self.here().text;
        library::is_of_library(top) && bound.iter().all(|name| *name != "*" && library::stands_once(text, name))
    }

    fn missing(&mut self, name: &str, at: Span) {
        self.reported_missing = true;
        let top = name.split('.').next().unwrap_or(name);
        let finding = Diagnostic::new(
            catalog::UNSUPPORTED_PACKAGE,
            at,
            format!("the module `{name}` is neither in the project nor known"),
        );
        let help = format!("describe `{top}` in a stub (`--stubs DIR`), or put it behind a function of your own");
        self.diags.push(finding.help(help));
    }

    /// Reports what is wrong in the text of a stub.
    fn check_stub(&mut self, name: &str, at: Span) {
        let Some(stub) = self.stubs.module(name) else { return };
        if let Some(problem) = stub.problems.first() {
            self.report(catalog::UNSUPPORTED_PACKAGE, at, problem.clone());
        }
    }

    /// The place of the module's name in `from m import x`.
    fn module_span(&self, it: &ast::StmtImportFrom, span: Span) -> Span {
        let text = self.here().text.get(span.start as usize..span.end as usize).unwrap_or("");
        let rest = text.strip_prefix("from").unwrap_or(text);
        let start = span.start + (text.len() - rest.trim_start().len()) as u32;
        Span::new(span.file, start..start + relative(it).len() as u32)
    }
}

/// `.m` as it is written.
fn relative(it: &ast::StmtImportFrom) -> String {
    let dots = it.level.map_or(0, |level| level.to_usize());
    let name = it.module.as_ref().map_or("", |name| name.as_str());
    ".".repeat(dots) + name
}

/// `__all__ = ["a", "b"]`.
fn all_list(suite: &[ast::Stmt]) -> Option<Vec<String>> {
    let mut found = None;
    for stmt in suite {
        let ast::Stmt::Assign(it) = stmt else { continue };
        let [ast::Expr::Name(name)] = &*it.targets else { continue };
        if name.id.as_str() != "__all__" {
            continue;
        }
        let elements = match &*it.value {
            ast::Expr::List(list) => &list.elts,
            ast::Expr::Tuple(tuple) => &tuple.elts,
            _ => return None,
        };
        let text = |expr: &ast::Expr| match expr {
            ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(text), .. }) => Some(text.clone()),
            _ => None,
        };
        found = elements.iter().map(text).collect::<Option<Vec<_>>>();
        let _ = stmt.start();
    }
    found
}
