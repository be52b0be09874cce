//! What a name means: a variable, or something that is known before the program runs.

use rustc_hash::FxHashMap as HashMap;
use rustpython_parser::ast;

use super::Lowerer;
use super::scope::{Binding, BindingKind, ScopeId, ScopeKind, Symbol, key};
use crate::hir::{ClassId, FnId, Name, StubRef};
use crate::stubs::Entry;

/// What a name or a dotted name means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A variable of that scope.
    Var(ScopeId, Name),
    /// A function that is bound once.
    Function(FnId),
    /// A class that is bound once.
    Class(ClassId),
    /// A name of the class whose body is being executed.
    ClassName(ClassId, Name),
    /// A name of the registry; with an empty name a module.
    Stub(StubRef),
    /// A module of the program, by its place.
    Module(usize),
    /// An import that failed; already reported.
    Missing,
    /// A known module that has no such name.
    Unknown(StubRef),
    /// A name of the registry that is refused, and why.
    Refused(StubRef, String),
    /// Nothing binds it.
    Unbound,
}

impl Meaning {
    fn module(name: &str) -> Meaning {
        Meaning::Stub(StubRef::new(name, ""))
    }

    /// The registry name, if it is one.
    pub fn stub(&self) -> Option<(&str, &str)> {
        match self {
            Meaning::Stub(of) => Some((&of.module, &of.name)),
            _ => None,
        }
    }
}

impl<'a> Lowerer<'a, '_> {
    /// What `name` means in the scope being lowered.
    pub(super) fn meaning(&self, name: &str) -> Meaning {
        self.meaning_in(self.cx.scope, name)
    }

    /// What `name` means in `scope`.
    pub(super) fn meaning_in(&self, scope: ScopeId, name: &str) -> Meaning {
        match self.scopes.home(scope, name) {
            Some(home) => self.symbol_meaning(home, name),
            None => match self.builtin(name) {
                Meaning::Unbound => self.written_out_around(scope, name).map_or(Meaning::Unbound, Meaning::Class),
                found => found,
            },
        }
    }

    /// A nested class around a scope, by its own name: what is written out for it (members, copies) names it so.
    fn written_out_around(&self, scope: ScopeId, name: &str) -> Option<ClassId> {
        let mut at = Some(scope);
        while let Some(scope) = at {
            let class = self.class_of_scope(scope);
            let found = self.nested.iter().find(|((_, known), inner)| known == name && Some(**inner) == class);
            if let Some((_, inner)) = found {
                return Some(*inner);
            }
            at = self.scopes.get(scope).parent;
        }
        None
    }

    fn builtin(&self, name: &str) -> Meaning {
        if let Some((module, name)) = super::expand::registry(name) {
            return self.stub_member(&module, name);
        }
        match self.stub_member("builtins", name) {
            Meaning::Unknown(of) if !super::names::is_builtin(name) => {
                let _ = of;
                Meaning::Unbound
            }
            found => found,
        }
    }

    /// What a symbol of a scope means.
    pub(super) fn symbol_meaning(&self, home: ScopeId, name: &str) -> Meaning {
        if let Some(found) = self.meanings.borrow().get(&home).and_then(|known| known.get(name)) {
            return found.clone();
        }
        // A name that is asked for while it is being resolved is a variable.
        let note = |meaning: Meaning| {
            self.meanings.borrow_mut().entry(home).or_default().insert(name.to_string(), meaning);
        };
        let variable = Meaning::Var(home, name.into());
        note(variable.clone());
        let found = self.find_meaning(home, name, variable);
        note(found.clone());
        found
    }

    fn find_meaning(&self, home: ScopeId, name: &str, variable: Meaning) -> Meaning {
        let scope = self.scopes.get(home);
        let Some(symbol) = scope.symbols.get(name) else { return Meaning::Unbound };
        if let Some(imported) = self.only_imports(home, symbol) {
            return imported;
        }
        if scope.kind == ScopeKind::Class {
            return match self.class_of_scope(home) {
                Some(class) => match self.nested.get(&(class, name.to_string())) {
                    Some(inner) => Meaning::Class(*inner),
                    None => Meaning::ClassName(class, name.into()),
                },
                None => variable,
            };
        }
        let [binding] = &*symbol.bindings else { return variable };
        if symbol.external || !dominates(binding, home, symbol) {
            return variable;
        }
        match binding.kind {
            BindingKind::Def(stmt) if !self.is_decorated(home, stmt) => {
                self.fn_ids.get(&key(stmt)).map_or(variable, |id| Meaning::Function(*id))
            }
            BindingKind::Class(stmt) if !self.is_decorated(home, stmt) => {
                self.class_ids.get(&key(stmt)).map_or(variable, |id| Meaning::Class(*id))
            }
            BindingKind::Value(value) => self.class_ids.get(&key(value)).map_or(variable, |id| Meaning::Class(*id)),
            _ => variable,
        }
    }

    /// The class whose body a scope is.
    pub(super) fn class_of_scope(&self, scope: ScopeId) -> Option<ClassId> {
        self.class_ids.get(&self.scopes.get(scope).node).copied()
    }

    /// A decorator that replaces the function or class by something else.
    fn is_decorated(&self, home: ScopeId, stmt: &ast::Stmt) -> bool {
        match stmt {
            ast::Stmt::FunctionDef(def) => !def.decorator_list.iter().all(|expr| self.is_known_decorator(home, expr)),
            ast::Stmt::AsyncFunctionDef(def) => {
                !def.decorator_list.iter().all(|expr| self.is_known_decorator(home, expr))
            }
            ast::Stmt::ClassDef(def) => {
                !def.decorator_list.iter().all(|expr| self.is_known_class_decorator(home, expr))
            }
            _ => false,
        }
    }

    /// What imports bind a name to, when nothing else binds it and they agree.
    fn only_imports(&self, home: ScopeId, symbol: &Symbol<'a>) -> Option<Meaning> {
        let mut found: Option<Meaning> = None;
        for binding in &symbol.bindings {
            let one = match binding.kind {
                BindingKind::Import(alias) => self.import_meaning(home, alias),
                BindingKind::From(import, alias) => self.imported_meaning(home, import, alias.name.as_str()),
                BindingKind::Star(import) => {
                    let name = self.scopes.get(home).symbols.iter().find(|(_, it)| std::ptr::eq(*it, symbol))?.0;
                    self.imported_meaning(home, import, name)
                }
                _ => return None,
            };
            // A variable of another module that is assigned again there is copied when it is imported.
            if let Meaning::Var(of, name) = &one
                && !self.is_constant(*of, name)
            {
                return None;
            }
            match &found {
                // Of two ways to get a name, one of which is missing, the other is meant.
                Some(Meaning::Missing | Meaning::Unknown(_)) | None => found = Some(one),
                Some(before) if *before == one || matches!(one, Meaning::Missing | Meaning::Unknown(_)) => {}
                Some(_) => return None,
            }
        }
        found
    }

    /// Whether a module variable is bound once, by its own module.
    fn is_constant(&self, home: ScopeId, name: &str) -> bool {
        self.scopes
            .get(home)
            .symbols
            .get(name)
            .is_some_and(|symbol| matches!(&*symbol.bindings, [one] if one.block.is_none()) && !symbol.external)
    }

    fn import_meaning(&self, scope: ScopeId, alias: &ast::Alias) -> Meaning {
        let _ = scope;
        let whole = alias.name.as_str();
        let name = match &alias.asname {
            Some(_) => whole,
            None => whole.split('.').next().unwrap_or(whole),
        };
        self.module_meaning(name)
    }

    /// What a module's name means.
    pub(super) fn module_meaning(&self, name: &str) -> Meaning {
        if let Some(at) = self.source_of(name) {
            return Meaning::Module(at);
        }
        match self.stubs.module(name) {
            Some(_) => Meaning::module(name),
            None if super::types_only::is_typing_module(name) => Meaning::module(name),
            None if self.is_namespace(name) => Meaning::module(name),
            None => Meaning::Missing,
        }
    }

    /// A folder of modules of the program, without an `__init__.py`.
    fn is_namespace(&self, name: &str) -> bool {
        self.sources.iter().any(|source| source.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
    }

    /// The module of the program with that name.
    pub(super) fn source_of(&self, name: &str) -> Option<usize> {
        self.sources.iter().position(|source| source.name == name && source.name != "__main__")
    }

    /// What `from import.module import name` gives.
    pub(super) fn imported_meaning(&self, scope: ScopeId, import: &ast::StmtImportFrom, name: &str) -> Meaning {
        let Some(module) = self.absolute(self.scopes.get(scope).module, import) else { return Meaning::Missing };
        match self.module_meaning(&module) {
            Meaning::Missing => match self.source_of(&format!("{module}.{name}")) {
                Some(at) => Meaning::Module(at),
                None => Meaning::Missing,
            },
            found => self.member(&found, name),
        }
    }

    /// The absolute name of the module of a `from` import.
    pub(super) fn absolute(&self, module: usize, import: &ast::StmtImportFrom) -> Option<String> {
        let named = import.module.as_ref().map(|name| name.as_str());
        let level = import.level.map_or(0, |level| level.to_usize());
        if level == 0 {
            return named.map(str::to_string);
        }
        let source = &self.sources[module];
        let mut parts: Vec<&str> = source.name.split('.').collect();
        let drop = if source.is_package { level - 1 } else { level };
        if drop > parts.len() {
            return None;
        }
        parts.truncate(parts.len() - drop);
        parts.extend(named);
        (!parts.is_empty()).then(|| parts.join("."))
    }

    /// What an attribute of a module means.
    pub(super) fn member(&self, of: &Meaning, name: &str) -> Meaning {
        match of {
            Meaning::Module(at) => {
                let home = self.scopes.modules[*at];
                if self.scopes.get(home).symbols.get(name).is_some_and(Symbol::is_bound) {
                    return self.symbol_meaning(home, name);
                }
                match self.source_of(&format!("{}.{name}", self.sources[*at].name)) {
                    Some(inner) => Meaning::Module(inner),
                    None => Meaning::Unknown(StubRef::new(&self.sources[*at].name, name)),
                }
            }
            Meaning::Stub(of) if of.name.is_empty() => self.stub_member(&of.module, name),
            _ => Meaning::Missing,
        }
    }

    fn stub_member(&self, module: &str, name: &str) -> Meaning {
        if let Some(found) = self.members.borrow().get(module).and_then(|known| known.get(name)) {
            return found.clone();
        }
        let found = self.find_member(module, name);
        let mut members = self.members.borrow_mut();
        members.entry(module.to_string()).or_default().insert(name.to_string(), found.clone());
        found
    }

    fn find_member(&self, module: &str, name: &str) -> Meaning {
        if self.is_namespace(module) && self.stubs.module(module).is_none() {
            let inner = format!("{module}.{name}");
            return match self.source_of(&inner) {
                Some(at) => Meaning::Module(at),
                None if self.is_namespace(&inner) => Meaning::module(&inner),
                None => Meaning::Missing,
            };
        }
        let of = super::asyncio::intrinsic_name(module, name);
        if let Some(of) = of {
            return Meaning::Stub(of);
        }
        let found = self.stubs.read(module, name, |of, entry| match entry {
            Entry::Module(inner) => Meaning::module(inner),
            Entry::Unsupported(why) => Meaning::Refused(of, why.clone()),
            _ => Meaning::Stub(crate::stubs::names::canonical(&of.module, &of.name)),
        });
        match found {
            Some(found) => found,
            None => {
                let inner = format!("{module}.{name}");
                if self.stubs.module(&inner).is_some() {
                    return Meaning::module(&inner);
                }
                if super::types_only::is_typing_module(module) {
                    return Meaning::Stub(crate::stubs::names::canonical(module, name));
                }
                Meaning::Unknown(StubRef::new(module, name))
            }
        }
    }

    /// What a name or dotted name means in `scope`, without reporting anything; `None`: it is another expression, or an
    /// attribute of a value.
    pub(super) fn path_in(&self, scope: ScopeId, expr: &ast::Expr) -> Option<Meaning> {
        match expr {
            ast::Expr::Name(name) => Some(self.meaning_in(scope, name.id.as_str())),
            ast::Expr::Attribute(it) => match self.path_in(scope, &it.value)? {
                of @ Meaning::Module(_) => Some(self.member(&of, it.attr.as_str())),
                Meaning::Stub(of) if of.name.is_empty() => Some(self.stub_member(&of.module, it.attr.as_str())),
                Meaning::Missing => Some(Meaning::Missing),
                Meaning::Refused(of, why) => Some(Meaning::Refused(of, why)),
                Meaning::Class(class) => {
                    self.nested.get(&(class, it.attr.to_string())).map(|inner| Meaning::Class(*inner))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The same, in the scope being lowered; `self.Empty` is the class that stands in that of the method.
    pub(super) fn path(&self, expr: &ast::Expr) -> Option<Meaning> {
        if let (ast::Expr::Attribute(it), Some((class, first))) = (expr, &self.cx.method)
            && matches!(&*it.value, ast::Expr::Name(name) if name.id.as_str() == first)
            && let Some(inner) = self.nested.get(&(*class, it.attr.to_string()))
        {
            return Some(Meaning::Class(*inner));
        }
        self.path_in(self.cx.scope, expr)
    }

    /// Classes that stand in the body of another, whose name there means nothing else, and which no other class has.
    pub(super) fn nested_classes(&self) -> HashMap<(ClassId, String), ClassId> {
        let mut found = HashMap::default();
        let mut names: Vec<&str> = Vec::new();
        for (stmt, scope) in &self.scopes.classes {
            let (ast::Stmt::ClassDef(def), Some(outer)) = (stmt, self.class_of_scope(*scope)) else { continue };
            let name = def.name.as_str();
            let bindings = self.scopes.get(*scope).symbols.get(name).map_or(0, |symbol| symbol.bindings.len());
            let module = self.scopes.get(*scope).module;
            let outside = self.scopes.get(self.scopes.modules[module]).symbols.get(name);
            let is_plain = bindings == 1 && !outside.is_some_and(Symbol::is_bound) && !self.is_decorated(*scope, stmt);
            if let Some(inner) = self.class_ids.get(&key(*stmt)).filter(|_| is_plain) {
                names.push(name);
                found.insert((outer, name.to_string()), *inner);
            }
        }
        let twice = |name: &str| names.iter().filter(|other| **other == name).count() > 1;
        found.retain(|(_, name), _| !twice(name));
        found
    }

    /// The registry name that an expression names.
    pub(super) fn stub_path(&self, scope: ScopeId, expr: &ast::Expr) -> Option<StubRef> {
        match self.path_in(scope, expr)? {
            Meaning::Stub(of) | Meaning::Refused(of, _) | Meaning::Unknown(of) => Some(of),
            _ => None,
        }
    }
}

/// Whether a single `def` or `class` has certainly run wherever its name is read: no read of its own scope stands above
/// it, and when it stands in a block that may not run, all reads stand in that block.
fn dominates(binding: &Binding<'_>, home: ScopeId, symbol: &Symbol<'_>) -> bool {
    symbol.reads.iter().all(|read| {
        let above = read.scope == home && read.at < binding.at;
        let outside = binding.block.is_some_and(|(start, end)| read.at < start || read.at > end);
        !above && !outside
    })
}
