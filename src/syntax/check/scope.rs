//! The names of each scope, and what may not be done with them together.

use rustc_hash::FxHashMap as HashMap;

use super::Checker;

/// What a scope is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    /// The scope of a comprehension; the word CPython has for it.
    Comprehension(&'static str),
    /// Around something with type parameters.
    TypeParams,
    /// The bound of a type parameter, or the value of a `type` statement: CPython's word.
    Lazy(&'static str),
}

impl ScopeKind {
    /// Whether names bound in it are seen from scopes inside.
    fn binds_for_inner(self) -> bool {
        !matches!(self, ScopeKind::Module | ScopeKind::Class)
    }

    pub(super) fn is_function(self) -> bool {
        matches!(self, ScopeKind::Function | ScopeKind::AsyncFunction | ScopeKind::Lambda)
    }
}

/// What is known of a name in a scope.
pub(super) mod flag {
    pub const GLOBAL: u8 = 1;
    pub const LOCAL: u8 = 2;
    pub const PARAM: u8 = 4;
    pub const NONLOCAL: u8 = 8;
    pub const USED: u8 = 16;
    pub const ANNOTATED: u8 = 32;
    pub const ITERATION: u8 = 64;
    pub const TYPE_PARAM: u8 = 128;
    pub const BOUND: u8 = LOCAL | PARAM | ITERATION | TYPE_PARAM;
}

/// A scope.
pub(super) struct Scope<'a> {
    pub kind: ScopeKind,
    pub parent: Option<usize>,
    pub names: HashMap<&'a str, u8>,
    /// `global` and `nonlocal` names and where.
    directives: Vec<(&'a str, (u32, u32))>,
    /// `nonlocal` names and where.
    nonlocals: Vec<(&'a str, (u32, u32))>,
    /// Depth of iterables of comprehensions around the current node.
    pub iterable: u32,
    /// The target of a comprehension is being visited.
    pub iteration_target: bool,
    pub is_generator: bool,
    /// An `await` or `async for` stands in it.
    pub is_coroutine: bool,
    /// `return value` statements.
    pub returns: Vec<(u32, u32)>,
}

impl<'a> Checker<'a> {
    pub(super) fn enter(&mut self, kind: ScopeKind) {
        let parent = self.open.last().copied();
        let iterable = parent.map_or(0, |parent| self.scopes[parent].iterable);
        self.open.push(self.scopes.len());
        self.scopes.push(Scope {
            kind,
            parent,
            names: HashMap::default(),
            directives: Vec::new(),
            nonlocals: Vec::new(),
            iterable,
            iteration_target: false,
            is_generator: false,
            is_coroutine: false,
            returns: Vec::new(),
        });
    }

    pub(super) fn leave(&mut self) -> usize {
        self.open.pop().unwrap_or(0)
    }

    pub(super) fn scope(&mut self) -> &mut Scope<'a> {
        let index = self.open.last().copied().unwrap_or(0);
        &mut self.scopes[index]
    }

    pub(super) fn kind(&self) -> ScopeKind {
        self.open.last().map_or(ScopeKind::Module, |&index| self.scopes[index].kind)
    }

    /// Notes a fact of a name in the current scope.
    pub(super) fn note(&mut self, name: &'a str, fact: u8) {
        *self.scope().names.entry(name).or_default() |= fact;
    }

    fn flags(&mut self, name: &str) -> u8 {
        self.scope().names.get(name).copied().unwrap_or(0)
    }

    /// A name is bound here, or is the target of a comprehension.
    pub(super) fn bind(&mut self, name: &'a str, at: (u32, u32)) {
        if self.scope().iteration_target {
            if self.flags(name) & (flag::GLOBAL | flag::NONLOCAL) != 0 {
                let message = format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
                self.name_error(at, message);
            }
            self.note(name, flag::ITERATION);
        }
        self.note(name, flag::LOCAL);
    }

    pub(super) fn parameter(&mut self, name: &'a str, at: (u32, u32)) {
        self.forbid_debug(name, at, rustpython_parser::ast::ExprContext::Store);
        if self.flags(name) & flag::PARAM != 0 {
            self.name_error(at, format!("duplicate argument '{name}' in function definition"));
        }
        self.note(name, flag::PARAM);
    }

    /// `global name` or `nonlocal name`.
    pub(super) fn declare(&mut self, name: &'a str, is_global: bool, at: (u32, u32)) {
        let word = if is_global { "global" } else { "nonlocal" };
        let flags = self.flags(name);
        let other = if is_global { flag::NONLOCAL } else { flag::GLOBAL };
        if flags & flag::PARAM != 0 {
            self.name_error(at, format!("name '{name}' is parameter and {word}"));
        } else if flags & flag::USED != 0 {
            self.name_error(at, format!("name '{name}' is used prior to {word} declaration"));
        } else if flags & flag::ANNOTATED != 0 {
            self.name_error(at, format!("annotated name '{name}' can't be {word}"));
        } else if flags & flag::LOCAL != 0 {
            self.name_error(at, format!("name '{name}' is assigned to before {word} declaration"));
        } else if flags & other != 0 {
            let first = self.scope().directives.iter().find(|(before, _)| *before == name).map_or(at, |&(_, at)| at);
            self.name_error(first, format!("name '{name}' is nonlocal and global"));
        }
        self.scope().directives.push((name, at));
        if is_global {
            self.note(name, flag::GLOBAL);
        } else {
            self.note(name, flag::NONLOCAL);
            self.scope().nonlocals.push((name, at));
        }
    }

    /// `name: annotation`.
    pub(super) fn annotate(&mut self, name: &'a str, at: (u32, u32)) {
        let flags = self.flags(name);
        if flags & (flag::GLOBAL | flag::NONLOCAL) != 0 && self.kind() != ScopeKind::Module {
            let word = if flags & flag::GLOBAL != 0 { "global" } else { "nonlocal" };
            self.name_error(at, format!("annotated name '{name}' can't be {word}"));
        }
        self.note(name, flag::ANNOTATED | flag::LOCAL);
    }

    /// `name := value`, in a comprehension or out of it.
    pub(super) fn bind_walrus(&mut self, name: &'a str, at: (u32, u32)) {
        if self.scope().iterable > 0 {
            self.name_error(at, "assignment expression cannot be used in a comprehension iterable expression");
            return;
        }
        if !matches!(self.kind(), ScopeKind::Comprehension(_)) {
            self.bind(name, at);
            return;
        }
        for level in (0..self.open.len()).rev() {
            let index = self.open[level];
            let scope = &mut self.scopes[index];
            let flags = scope.names.get(name).copied().unwrap_or(0);
            match scope.kind {
                ScopeKind::Comprehension(_) => {
                    if flags & flag::ITERATION != 0 {
                        let message =
                            format!("assignment expression cannot rebind comprehension iteration variable '{name}'");
                        self.name_error(at, message);
                        return;
                    }
                    *scope.names.entry(name).or_default() |= flag::NONLOCAL;
                }
                ScopeKind::Class => {
                    self.name_error(at, "assignment expression within a comprehension cannot be used in a class body");
                    return;
                }
                _ => {
                    if flags & (flag::GLOBAL | flag::NONLOCAL) == 0 {
                        *scope.names.entry(name).or_default() |= flag::LOCAL;
                    }
                    return;
                }
            }
        }
    }

    /// Whether each `nonlocal` name is bound in a function around.
    pub(super) fn resolve(&mut self) {
        let mut failures = Vec::new();
        for scope in &self.scopes {
            for &(name, at) in &scope.nonlocals {
                if scope.kind == ScopeKind::Module {
                    failures.push((at, "nonlocal declaration not allowed at module level".to_owned()));
                } else if !self.bound_around(scope.parent, name) {
                    failures.push((at, format!("no binding for nonlocal '{name}' found")));
                }
            }
        }
        for (at, message) in failures {
            self.name_error(at, message);
        }
    }

    fn bound_around(&self, mut parent: Option<usize>, name: &str) -> bool {
        while let Some(index) = parent {
            let scope = &self.scopes[index];
            let flags = scope.names.get(name).copied().unwrap_or(0);
            if scope.kind.binds_for_inner() && flags != 0 {
                if flags & flag::GLOBAL != 0 {
                    return false;
                }
                if flags & flag::BOUND != 0 && flags & flag::NONLOCAL == 0 {
                    return true;
                }
            }
            // A class's own name for itself.
            if scope.kind == ScopeKind::Class && name == "__class__" {
                return true;
            }
            parent = scope.parent;
        }
        false
    }
}
