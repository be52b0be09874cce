//! What only concerns types: type variables, aliases that only annotations read, `typing.cast`.

use rustpython_parser::ast::{self, Ranged};

use super::Lowerer;
use super::resolve::Meaning;
use super::scope::{BindingKind, ScopeId};

/// Modules whose names only describe types.
pub fn is_typing_module(name: &str) -> bool {
    matches!(name, "typing" | "typing_extensions" | "collections.abc" | "_typeshed")
}

impl Lowerer<'_, '_> {
    /// Whether an assignment only makes a name for annotations: `T = TypeVar("T")`, `Json = Dict[str, Any]`.
    pub(super) fn is_type_assignment(&self, it: &ast::StmtAssign) -> bool {
        let [ast::Expr::Name(name)] = &*it.targets else { return false };
        if let ast::Expr::Call(call) = &*it.value {
            return self.typing_call(self.cx.scope, call, &["TypeVar", "ParamSpec", "TypeVarTuple", "NewType"]);
        }
        let Some(home) = self.scopes.home(self.cx.scope, name.id.as_str()) else { return false };
        self.is_type(&it.value)
            && self.only_types_read(home, name.id.as_str(), 8)
            && !self.is_imported(name.id.as_str())
    }

    /// Whether a name that is bound once is read by nothing but what makes types: `Handler = Callable[[Request], Response]`.
    fn only_types_read(&self, home: ScopeId, name: &str, depth: u32) -> bool {
        let symbols = &self.scopes.get(home).symbols;
        let Some(symbol) = symbols.get(name).filter(|symbol| symbol.bindings.len() == 1) else { return false };
        symbol.reads.iter().all(|read| {
            depth > 0
                && read.scope == home
                && symbols.iter().any(|(other, symbol)| match &*symbol.bindings {
                    [one] => match one.kind {
                        BindingKind::Value(value) => {
                            let range = value.range();
                            (u32::from(range.start())..u32::from(range.end())).contains(&read.at)
                                && self.is_type(value)
                                && self.only_types_read(home, other, depth - 1)
                        }
                        _ => false,
                    },
                    _ => false,
                })
        })
    }

    /// Whether other modules may read a name of this one.
    fn is_imported(&self, name: &str) -> bool {
        self.sources.len() > 1 && self.cx.function.is_none() && {
            let mut symbols = self.scopes.list.iter().filter_map(|scope| scope.symbols.get(name));
            symbols.any(|symbol| {
                symbol.bindings.iter().any(|one| matches!(one.kind, BindingKind::From(..) | BindingKind::Star(_)))
            })
        }
    }

    fn typing_call(&self, scope: ScopeId, call: &ast::ExprCall, names: &[&str]) -> bool {
        self.stub_path(scope, &call.func).is_some_and(|of| is_typing_module(&of.module) && names.contains(&&*of.name))
    }

    /// Whether an expression is a type with arguments, or a union of types.
    fn is_type(&self, expr: &ast::Expr) -> bool {
        match expr {
            ast::Expr::Subscript(it) => matches!(self.path(&it.value), Some(Meaning::Stub(_) | Meaning::Class(_))),
            ast::Expr::BinOp(it) if matches!(it.op, ast::Operator::BitOr) => {
                self.names_type(&it.left) && self.names_type(&it.right)
            }
            _ => self.path(expr).is_some_and(|of| of.stub().is_some_and(|(module, _)| is_typing_module(module))),
        }
    }

    fn names_type(&self, expr: &ast::Expr) -> bool {
        match expr {
            ast::Expr::Constant(it) => matches!(it.value, ast::Constant::None | ast::Constant::Str(_)),
            ast::Expr::Name(_) | ast::Expr::Attribute(_) => {
                matches!(self.path(expr), Some(Meaning::Stub(_) | Meaning::Class(_) | Meaning::Var(..)))
            }
            other => self.is_type(other),
        }
    }

    /// The value of `cast(T, value)`, `assert_type(value, T)` and of a call of a `NewType`.
    pub(super) fn value_of_cast<'e>(&self, call: &'e ast::ExprCall) -> Option<&'e ast::Expr> {
        if !call.keywords.is_empty() || call.args.iter().any(|arg| matches!(arg, ast::Expr::Starred(_))) {
            return None;
        }
        let (home, name) = match self.path(&call.func)? {
            Meaning::Stub(of) | Meaning::Refused(of, _) | Meaning::Unknown(of) if is_typing_module(&of.module) => {
                return match &*of.name {
                    "cast" => call.args.get(1),
                    "assert_type" | "reveal_type" => call.args.first(),
                    _ => None,
                };
            }
            Meaning::Var(home, name) => (home, name),
            _ => return None,
        };
        let symbol = self.scopes.get(home).symbols.get(&*name)?;
        match &*symbol.bindings {
            [one] => match one.kind {
                BindingKind::Value(ast::Expr::Call(made)) if self.typing_call(home, made, &["NewType"]) => {
                    match &*call.args {
                        [value] => Some(value),
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// `sys.path.insert(0, …)`: it matters to imports alone, and those are followed beside the program.
    pub(super) fn is_path_change(&self, value: &ast::Expr) -> bool {
        let ast::Expr::Call(call) = value else { return false };
        let ast::Expr::Attribute(method) = &*call.func else { return false };
        let ast::Expr::Attribute(of) = &*method.value else { return false };
        let is_sys = matches!(&*of.value, ast::Expr::Name(name) if self.names_module(name.id.as_str(), "sys"));
        is_sys && of.attr.as_str() == "path" && matches!(method.attr.as_str(), "insert" | "append" | "extend")
    }

    /// Whether a name is bound to a module of the library by imports.
    fn names_module(&self, name: &str, module: &str) -> bool {
        let Some(home) = self.scopes.home(self.cx.scope, name) else { return false };
        self.scopes.get(home).symbols.get(name).is_some_and(|symbol| {
            symbol.bindings.iter().all(|one| match one.kind {
                BindingKind::Import(alias) => alias.name.split('.').next() == Some(module),
                _ => false,
            })
        })
    }
}
