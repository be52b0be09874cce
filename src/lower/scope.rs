//! Which scope each name belongs to, as CPython's symbol table has it.
//!
//! Names are only collected here: every scope, its bindings and its reads. What a name means is said by `resolve`.

use rustc_hash::FxHashMap as HashMap;
use rustpython_parser::ast;

use super::fold::{Fold, Folder};

mod build;

/// Names a [`Scope`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScopeId(pub usize);

/// What opens a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// A file.
    Module,
    /// `def` or `lambda`.
    Function,
    /// A class body.
    Class,
    /// A comprehension or generator expression.
    Comp,
}

/// A scope.
#[derive(Debug)]
pub struct Scope<'a> {
    /// What opened it.
    pub kind: ScopeKind,
    /// The scope around it.
    pub parent: Option<ScopeId>,
    /// The module, by its place in the program.
    pub module: usize,
    /// Its names.
    pub symbols: HashMap<String, Symbol<'a>>,
    /// `yield` or `yield from` stands directly in it.
    pub yields: bool,
    /// The address of the node that opened it; 0 for a module.
    pub node: usize,
    /// Of a comprehension: the names that it reads.
    pub names: Vec<&'a str>,
}

/// A name of a scope.
#[derive(Debug, Default)]
pub struct Symbol<'a> {
    /// Where it is bound, in the order of the source; `global` and `nonlocal` bindings of other scopes come last.
    pub bindings: Vec<Binding<'a>>,
    /// Declared `global` here.
    pub global: bool,
    /// Declared `nonlocal` here.
    pub nonlocal: bool,
    /// Bound or deleted by another scope.
    pub external: bool,
    /// The reads, in this scope and in scopes inside it.
    pub reads: Vec<Read>,
}

/// A read of a name.
#[derive(Debug, Clone, Copy)]
pub struct Read {
    /// The offset.
    pub at: u32,
    /// The scope that reads.
    pub scope: ScopeId,
}

/// One binding of a name.
#[derive(Debug, Clone, Copy)]
pub struct Binding<'a> {
    /// What binds.
    pub kind: BindingKind<'a>,
    /// The offset.
    pub at: u32,
    /// The statement block that may not run to which it belongs, if any: the range of offsets.
    pub block: Option<(u32, u32)>,
    /// The scope in which it stands.
    pub scope: ScopeId,
}

/// What binds a name.
#[derive(Debug, Clone, Copy)]
pub enum BindingKind<'a> {
    /// `def`.
    Def(&'a ast::Stmt),
    /// `class`.
    Class(&'a ast::Stmt),
    /// `import a.b`, `import a.b as c`.
    Import(&'a ast::Alias),
    /// `from m import a as b`.
    From(&'a ast::StmtImportFrom, &'a ast::Alias),
    /// `from m import *`: the name comes from there.
    Star(&'a ast::StmtImportFrom),
    /// `name = value`.
    Value(&'a ast::Expr),
    /// A parameter and its annotation.
    Param(Option<&'a ast::Expr>),
    /// Everything else.
    Other,
}

/// The address of a node, which names it as long as the trees live.
pub fn key<T>(node: &T) -> usize {
    std::ptr::from_ref(node) as usize
}

/// All scopes of a program.
#[derive(Debug, Default)]
pub struct Scopes<'a> {
    /// The scopes.
    pub list: Vec<Scope<'a>>,
    /// The scope that a `def`, `class`, `lambda` or comprehension opens, by the address of the node.
    pub of_node: HashMap<usize, ScopeId>,
    /// How statements are folded, by address.
    pub folds: HashMap<usize, Fold>,
    /// Every `def`, in order, with the scope it stands in.
    pub functions: Vec<(&'a ast::Stmt, ScopeId)>,
    /// Every `class`, in order, with the scope it stands in.
    pub classes: Vec<(&'a ast::Stmt, ScopeId)>,
    /// The scope of each module.
    pub modules: Vec<ScopeId>,
    reads: Vec<(ScopeId, &'a str, u32)>,
}

/// What `from m import *` binds: asked for while scopes are built.
pub type StarNames<'f> = dyn Fn(&ast::StmtImportFrom) -> Vec<String> + 'f;

impl<'a> Scopes<'a> {
    /// The scope of that name.
    pub fn get(&self, id: ScopeId) -> &Scope<'a> {
        &self.list[id.0]
    }

    /// Adds a module.
    pub fn add_module(&mut self, suite: &'a [ast::Stmt], folder: &mut Folder<'_>, stars: &StarNames<'_>) -> ScopeId {
        let module = self.modules.len();
        let root = self.open(ScopeKind::Module, None, module, 0);
        self.modules.push(root);
        build::Builder { scopes: self, folder, stars, scope: root, block: None }.stmts(suite);
        root
    }

    /// Moves `global` and `nonlocal` bindings to where they belong, and reads to the symbols they see.
    pub fn finish(&mut self) {
        for at in 0..self.list.len() {
            let id = ScopeId(at);
            let moved: Vec<(String, bool)> = self.list[at]
                .symbols
                .iter()
                .filter(|(_, symbol)| symbol.global || symbol.nonlocal)
                .map(|(name, symbol)| (name.clone(), symbol.global))
                .collect();
            for (name, is_global) in moved {
                let root = self.modules[self.list[at].module];
                let home = if is_global { Some(root) } else { self.enclosing(id, &name) };
                let Some(home) = home.filter(|home| *home != id) else { continue };
                let bindings = match self.list[at].symbols.get_mut(&name) {
                    Some(symbol) => std::mem::take(&mut symbol.bindings),
                    None => continue,
                };
                let target = self.list[home.0].symbols.entry(name).or_default();
                target.external |= !bindings.is_empty();
                target.bindings.extend(bindings);
            }
        }
        for (scope, name, at) in std::mem::take(&mut self.reads) {
            if self.list[scope.0].kind == ScopeKind::Comp {
                self.list[scope.0].names.push(name);
            }
            if let Some(home) = self.home(scope, name)
                && let Some(symbol) = self.list[home.0].symbols.get_mut(name)
            {
                symbol.reads.push(Read { at, scope });
            }
        }
    }

    /// The scope whose variable a name in `scope` is; `None`: a built-in, or nothing.
    pub fn home(&self, scope: ScopeId, name: &str) -> Option<ScopeId> {
        let here = self.get(scope);
        let root = self.modules[here.module];
        let in_module = || self.get(root).symbols.get(name).is_some_and(|found| found.is_bound()).then_some(root);
        match here.symbols.get(name) {
            Some(symbol) if symbol.global => return Some(root),
            Some(symbol) if symbol.nonlocal => return self.enclosing(scope, name),
            Some(symbol) if symbol.is_bound() => return Some(scope),
            _ => {}
        }
        match self.enclosing(scope, name) {
            Some(found) => Some(found),
            None => in_module(),
        }
    }

    /// The function or comprehension around `scope` that binds `name`; a `global` declaration on the way ends the search.
    fn enclosing(&self, scope: ScopeId, name: &str) -> Option<ScopeId> {
        let mut at = self.get(scope).parent;
        while let Some(id) = at {
            let outer = self.get(id);
            if matches!(outer.kind, ScopeKind::Function | ScopeKind::Comp)
                && let Some(symbol) = outer.symbols.get(name)
            {
                if symbol.global {
                    return Some(self.modules[outer.module]);
                }
                if symbol.is_bound() && !symbol.nonlocal {
                    return Some(id);
                }
            }
            at = outer.parent;
        }
        None
    }

    fn open(&mut self, kind: ScopeKind, parent: Option<ScopeId>, module: usize, node: usize) -> ScopeId {
        let id = ScopeId(self.list.len());
        let (symbols, names) = (HashMap::default(), Vec::new());
        self.list.push(Scope { kind, parent, module, symbols, yields: false, node, names });
        id
    }
}

impl Symbol<'_> {
    /// Whether anything binds it.
    pub fn is_bound(&self) -> bool {
        !self.bindings.is_empty()
    }
}
