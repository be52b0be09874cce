//! What a name means inside a stub, and the types written there.

use std::collections::{BTreeMap, BTreeSet};

use rustpython_parser::ast;

use super::StubTy;
use crate::hir::StubRef;

/// The names that a stub declares and imports.
pub struct Scope {
    /// The module.
    pub module: String,
    own: BTreeSet<String>,
    imported: BTreeMap<String, StubRef>,
    variables: BTreeSet<String>,
}

impl Scope {
    /// A scope without names.
    pub fn new(module: &str) -> Scope {
        Scope {
            module: module.to_string(),
            own: BTreeSet::new(),
            imported: BTreeMap::new(),
            variables: BTreeSet::new(),
        }
    }

    /// Adds the names of a suite.
    pub fn collect(&mut self, suite: &[ast::Stmt]) {
        for stmt in suite {
            match stmt {
                ast::Stmt::FunctionDef(def) => self.declare(def.name.as_str()),
                ast::Stmt::AsyncFunctionDef(def) => self.declare(def.name.as_str()),
                ast::Stmt::ClassDef(def) => self.declare(def.name.as_str()),
                ast::Stmt::AnnAssign(assign) => {
                    if let ast::Expr::Name(name) = &*assign.target {
                        self.declare(name.id.as_str());
                    }
                }
                ast::Stmt::Assign(assign) => {
                    let Some(ast::Expr::Name(name)) = assign.targets.first() else { continue };
                    let name = name.id.as_str();
                    if is_type_var(&assign.value) {
                        self.variables.insert(name.to_string());
                    } else {
                        self.declare(name);
                    }
                }
                ast::Stmt::Import(import) => {
                    for alias in &import.names {
                        let whole = alias.name.as_str();
                        let first = whole.split('.').next().unwrap_or(whole);
                        let (name, module) = match &alias.asname {
                            Some(name) => (name.as_str(), whole),
                            None => (first, first),
                        };
                        let to = StubRef::new(module, "");
                        self.imported.insert(name.to_string(), to);
                    }
                }
                ast::Stmt::ImportFrom(import) => {
                    let Some(module) = &import.module else { continue };
                    for alias in &import.names {
                        let name = alias.asname.as_ref().unwrap_or(&alias.name);
                        self.imported.insert(name.to_string(), canonical(module.as_str(), alias.name.as_str()));
                    }
                }
                ast::Stmt::If(guard) => {
                    self.collect(&guard.body);
                    self.collect(&guard.orelse);
                }
                _ => {}
            }
        }
    }

    fn declare(&mut self, name: &str) {
        self.own.insert(name.to_string());
    }

    /// Whether `name` is a `TypeVar`: declared, or a capital letter that nothing else is called.
    pub fn is_type_variable(&self, name: &str) -> bool {
        let short = || {
            let mut chars = name.chars();
            let letter = chars.next().is_some_and(|first| first.is_ascii_uppercase());
            letter && chars.all(|rest| rest.is_ascii_digit())
        };
        self.variables.contains(name) || (!self.own.contains(name) && !self.imported.contains_key(name) && short())
    }

    /// The Rust path of a name of this module, relative to the runtime: `asyncio::sleep`.
    pub fn rust_path(&self, name: &str) -> String {
        let mut path = String::new();
        for part in self.module.split('.') {
            path.push_str(&rust_name(part));
            path.push_str("::");
        }
        path + &rust_name(name)
    }

    /// The name that an expression stands for: `Queue`, `asyncio.Queue`, `os.path.join`.
    pub fn reference(&self, expr: &ast::Expr) -> Option<StubRef> {
        match expr {
            ast::Expr::Name(name) => Some(self.name(name.id.as_str())),
            ast::Expr::Attribute(attribute) => {
                let of = self.reference(&attribute.value)?;
                let name = attribute.attr.as_str();
                if of.name.is_empty() {
                    Some(canonical(&of.module, name))
                } else {
                    // `concurrent.futures` in `concurrent.futures.Executor` is a module.
                    Some(StubRef::new(format!("{}.{}", of.module, of.name), name))
                }
            }
            _ => None,
        }
    }

    fn name(&self, name: &str) -> StubRef {
        if let Some(to) = self.imported.get(name) {
            return to.clone();
        }
        if self.own.contains(name) {
            return StubRef::new(&self.module, name);
        }
        if name == "builtins" {
            return StubRef::new(name, "");
        }
        let module = if is_typing(name) { "typing" } else { "builtins" };
        canonical(module, name)
    }

    /// The type that an annotation says.
    pub fn ty(&self, expr: &ast::Expr) -> Result<StubTy, String> {
        match expr {
            ast::Expr::Constant(constant) => match &constant.value {
                ast::Constant::None => Ok(StubTy::None),
                ast::Constant::Ellipsis => Ok(StubTy::Ellipsis),
                ast::Constant::Str(text) => {
                    use rustpython_parser::Parse;
                    let inner = ast::Expr::parse(text, &self.module).map_err(|error| error.error.to_string())?;
                    self.ty(&inner)
                }
                _ => Err("a literal is not a type".to_string()),
            },
            ast::Expr::Name(name) if self.is_type_variable(name.id.as_str()) => {
                Ok(StubTy::Param(name.id.as_str().into()))
            }
            ast::Expr::Name(_) | ast::Expr::Attribute(_) => {
                let Some(of) = self.reference(expr) else { return Err("not the name of a type".to_string()) };
                Ok(named(of, Vec::new()))
            }
            ast::Expr::List(list) => Ok(StubTy::List(self.all(&list.elts)?)),
            ast::Expr::Tuple(tuple) => Ok(StubTy::List(self.all(&tuple.elts)?)),
            ast::Expr::BinOp(op) if matches!(op.op, ast::Operator::BitOr) => {
                Ok(union(vec![self.ty(&op.left)?, self.ty(&op.right)?]))
            }
            ast::Expr::Subscript(subscript) => {
                let Some(of) = self.reference(&subscript.value) else {
                    return Err("not the name of a type".to_string());
                };
                if of.module == "typing" && of.name == "Literal" {
                    return self.literal(&subscript.slice);
                }
                let args = match &*subscript.slice {
                    ast::Expr::Tuple(tuple) => self.all(&tuple.elts)?,
                    one => vec![self.ty(one)?],
                };
                Ok(named(of, args))
            }
            _ => Err("not a type".to_string()),
        }
    }

    fn all(&self, exprs: &[ast::Expr]) -> Result<Vec<StubTy>, String> {
        exprs.iter().map(|expr| self.ty(expr)).collect()
    }

    /// `Literal["r", "w"]` is `str`.
    fn literal(&self, expr: &ast::Expr) -> Result<StubTy, String> {
        let first = match expr {
            ast::Expr::Tuple(tuple) => tuple.elts.first(),
            one => Some(one),
        };
        let Some(ast::Expr::Constant(constant)) = first else { return Err("not a literal".to_string()) };
        let name = match constant.value {
            ast::Constant::None => return Ok(StubTy::None),
            ast::Constant::Bool(_) => "bool",
            ast::Constant::Str(_) => "str",
            ast::Constant::Bytes(_) => "bytes",
            ast::Constant::Int(_) => "int",
            _ => return Err("not a literal type".to_string()),
        };
        Ok(StubTy::Named(StubRef::new("builtins", name), Vec::new()))
    }
}

fn named(of: StubRef, mut args: Vec<StubTy>) -> StubTy {
    if of.module != "typing" {
        return StubTy::Named(of, args);
    }
    match &*of.name {
        "Any" => StubTy::Any,
        "NoReturn" | "Never" => StubTy::Never,
        "Self" => StubTy::SelfTy,
        "Optional" => {
            args.push(StubTy::None);
            union(args)
        }
        "Union" => union(args),
        "Annotated" | "ClassVar" | "Final" if !args.is_empty() => args.swap_remove(0),
        _ => StubTy::Named(of, args),
    }
}

fn union(parts: Vec<StubTy>) -> StubTy {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            StubTy::Union(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    StubTy::Union(flat)
}

fn is_type_var(value: &ast::Expr) -> bool {
    let ast::Expr::Call(call) = value else { return false };
    match &*call.func {
        ast::Expr::Name(name) => matches!(name.id.as_str(), "TypeVar" | "ParamSpec"),
        ast::Expr::Attribute(attribute) => matches!(attribute.attr.as_str(), "TypeVar" | "ParamSpec"),
        _ => false,
    }
}

/// One name for each type: `typing.List` is `builtins.list`, `collections.abc.Iterable` is `typing.Iterable`.
pub fn canonical(module: &str, name: &str) -> StubRef {
    let to = |module: &str, name: &str| StubRef::new(module, name);
    match module {
        "typing" | "typing_extensions" => match name {
            "List" => to("builtins", "list"),
            "Dict" => to("builtins", "dict"),
            "Set" => to("builtins", "set"),
            "FrozenSet" => to("builtins", "frozenset"),
            "Tuple" => to("builtins", "tuple"),
            "Type" => to("builtins", "type"),
            "Text" => to("builtins", "str"),
            "DefaultDict" => to("collections", "defaultdict"),
            "Deque" => to("collections", "deque"),
            "Counter" => to("collections", "Counter"),
            "OrderedDict" => to("collections", "OrderedDict"),
            "Pattern" | "Match" => to("re", name),
            "AbstractSet" => to("typing", "Set"),
            _ => to("typing", name),
        },
        "collections.abc" => to("typing", name),
        _ => to(module, name),
    }
}

/// The names of `typing` that a stub may use without an import.
pub fn is_typing(name: &str) -> bool {
    const NAMES: [&str; 46] = [
        "Any",
        "NoReturn",
        "Never",
        "Self",
        "Optional",
        "Union",
        "Literal",
        "Annotated",
        "ClassVar",
        "Final",
        "Callable",
        "Awaitable",
        "Coroutine",
        "Generator",
        "AsyncGenerator",
        "Iterable",
        "Iterator",
        "AsyncIterable",
        "AsyncIterator",
        "Sequence",
        "MutableSequence",
        "Mapping",
        "MutableMapping",
        "Collection",
        "Container",
        "Reversible",
        "Sized",
        "Hashable",
        "Generic",
        "Protocol",
        "SupportsInt",
        "SupportsFloat",
        "SupportsIndex",
        "SupportsAbs",
        "SupportsRound",
        "IO",
        "TextIO",
        "BinaryIO",
        "NamedTuple",
        "TypedDict",
        "Owned",
        "Ref",
        "KeysView",
        "ValuesView",
        "ItemsView",
        "StrPath",
    ];
    NAMES.contains(&name)
}

/// The Rust spelling of a Python name: keywords and names with another meaning get a `_`.
pub fn rust_name(name: &str) -> String {
    const WORDS: [&str; 46] = [
        "as", "async", "await", "box", "break", "const", "continue", "crate", "do", "dyn", "else", "enum", "extern",
        "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
        "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try",
        "type", "typeof", "unsafe", "use", "where", "yield",
    ];
    if WORDS.contains(&name) { format!("{name}_") } else { name.to_string() }
}
