//! Text of a `.pyi` to a [`Stub`].

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use rustpython_parser::Parse;
use rustpython_parser::ast::{self, Ranged};

use super::names::Scope;
use super::{ClassStub, Entry, Stub, StubTy, Versions};
use crate::hir::StubRef;
use crate::stubs::signature;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/stubs");

/// The stub of `module`: from `text` if given, else the built-in one.
pub fn load(module: &str, text: Option<&str>) -> Option<Stub> {
    if let Some(text) = text {
        return Some(read(module, &[text], Vec::new()));
    }
    if let Some(package) = parts_package(module) {
        return Some(part(package, module));
    }
    let texts = texts(module);
    let submodules = submodules(module);
    if texts.is_empty() && submodules.is_empty() {
        return None;
    }
    Some(read(module, &texts, submodules))
}

/// All modules of the built-in registry, by name.
pub fn embedded_modules() -> Vec<String> {
    let mut names: Vec<String> = file_names().filter(|name| !is_continuation(name)).map(str::to_string).collect();
    names.sort();
    names
}

fn file_names() -> impl Iterator<Item = &'static str> {
    EMBEDDED.files().filter_map(|file| file.path().to_str()?.strip_suffix(".pyi"))
}

fn embedded(name: &str) -> Option<&'static str> {
    EMBEDDED.get_file(format!("{name}.pyi"))?.contents_utf8()
}

/// `builtins_exceptions.pyi` continues `builtins.pyi`.
fn is_continuation(name: &str) -> bool {
    name.starts_with("builtins_")
}

/// The files that make up a module: `asyncio.tasks` is a part of `asyncio`, whose names live in `asyncio` itself.
fn texts(module: &str) -> Vec<&'static str> {
    let more = |name: &&str| match module {
        "builtins" => is_continuation(name),
        "asyncio" => name.starts_with("asyncio."),
        _ => false,
    };
    let mut names: Vec<&str> = file_names().filter(more).collect();
    names.sort_unstable();
    embedded(module).into_iter().chain(names.into_iter().filter_map(embedded)).collect()
}

/// `asyncio` for `asyncio.tasks`: the stub is a part of the package's.
fn parts_package(module: &str) -> Option<&'static str> {
    (module.starts_with("asyncio.") && embedded(module).is_some()).then_some("asyncio")
}

/// The names of one part, as aliases to the package's.
fn part(package: &str, module: &str) -> Stub {
    let texts: Vec<&str> = embedded(module).into_iter().collect();
    let mut stub = read(package, &texts, Vec::new());
    for (name, entry) in &mut stub.names {
        if !matches!(entry, Entry::Alias(_) | Entry::Module(_)) {
            *entry = Entry::Alias(StubRef::new(package, name.as_str()));
        }
    }
    stub
}

fn submodules(module: &str) -> Vec<String> {
    let below = |name: &str| Some(name.strip_prefix(module)?.strip_prefix('.')?.split('.').next()?.to_string());
    let mut names: Vec<String> = file_names().filter_map(below).collect();
    names.sort();
    names.dedup();
    names
}

fn read(module: &str, texts: &[&str], submodules: Vec<String>) -> Stub {
    let mut stub = Stub::default();
    let mut suites = Vec::new();
    for text in texts {
        match ast::Suite::parse(text, module) {
            Ok(suite) => suites.push((suite, *text)),
            Err(error) => {
                let line = text[..usize::from(error.offset).min(text.len())].lines().count();
                stub.problems.push(format!("stub of `{module}`, line {line}: {}", error.error));
            }
        }
    }
    let mut scope = Scope::new(module);
    for (suite, _) in &suites {
        scope.collect(suite);
    }
    for (suite, text) in &suites {
        let mut reader = Reader { stub: &mut stub, scope: &scope, text };
        reader.suite(suite, Versions::default());
    }
    for name in submodules {
        stub.names.entry(name.clone()).or_insert_with(|| Entry::Module(format!("{module}.{name}")));
    }
    mark_exceptions(&mut stub, module);
    stub
}

struct Reader<'a> {
    stub: &'a mut Stub,
    scope: &'a Scope,
    text: &'a str,
}

impl Reader<'_> {
    fn problem(&mut self, at: &impl Ranged, what: &str) {
        let start = usize::from(at.start()).min(self.text.len());
        let line = self.text[..start].bytes().filter(|&byte| byte == b'\n').count() + 1;
        self.stub.problems.push(format!("stub of `{}`, line {line}: {what}", self.scope.module));
    }

    fn suite(&mut self, suite: &[ast::Stmt], versions: Versions) {
        for stmt in suite {
            self.stmt(stmt, versions);
        }
    }

    fn stmt(&mut self, stmt: &ast::Stmt, versions: Versions) {
        match stmt {
            ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) => self.function(stmt, versions),
            ast::Stmt::ClassDef(def) => self.class(def, versions),
            ast::Stmt::AnnAssign(assign) => self.constant(assign),
            ast::Stmt::Assign(assign) => self.alias(assign),
            ast::Stmt::ImportFrom(import) => self.import_from(import),
            ast::Stmt::If(guard) => match version_guard(&guard.test) {
                Some(then) => {
                    self.suite(&guard.body, both(versions, then));
                    self.suite(&guard.orelse, both(versions, negated(then)));
                }
                None => self.problem(stmt, "the test is not `sys.version_info >= (3, N)` or `<`"),
            },
            ast::Stmt::Import(_) | ast::Stmt::Pass(_) => {}
            ast::Stmt::Expr(_) => {}
            _ => self.problem(stmt, "a statement that has no meaning in a stub"),
        }
    }

    fn add(&mut self, name: &str, entry: Entry) {
        use Entry::{Alias, Function};
        match (self.stub.names.get_mut(name), entry) {
            (Some(Function(old)), Function(new)) => old.extend(new),
            // A part of a package re-exports what another part declares.
            (Some(old), Alias(_)) if !matches!(old, Alias(_)) => {}
            (_, entry) => {
                self.stub.names.insert(name.to_string(), entry);
            }
        }
    }

    fn function(&mut self, stmt: &ast::Stmt, versions: Versions) {
        match signature::read(self.scope, stmt, None, versions) {
            Ok(signature::Member::Function(name, found)) => self.add(&name, Entry::Function(vec![*found])),
            Ok(signature::Member::Unsupported(name, why)) => self.add(&name, Entry::Unsupported(why)),
            Ok(signature::Member::Property(..)) => self.problem(stmt, "a property outside a class"),
            Err(what) => self.problem(stmt, &what),
        }
    }

    fn class(&mut self, def: &ast::StmtClassDef, versions: Versions) {
        let name = def.name.as_str();
        let mut class = ClassStub { versions, rust: self.scope.rust_path(name), ..ClassStub::default() };
        for decorator in &def.decorator_list {
            match signature::decorator(decorator) {
                Some(("rust", Some(path))) => (class.rust, class.renamed) = (path.to_string(), true),
                Some(("unsupported", Some(why))) => {
                    let why = why.to_string();
                    return self.add(name, Entry::Unsupported(why));
                }
                Some(("final" | "runtime_checkable" | "deprecated", _)) => {}
                _ => self.problem(decorator, "a decorator that a stub's class cannot have"),
            }
        }
        for base in &def.bases {
            match self.scope.ty(base) {
                Ok(StubTy::Named(of, args)) if of.module == "typing" && matches!(&*of.name, "Generic" | "Protocol") => {
                    class.params.extend(args.into_iter().filter_map(|arg| match arg {
                        StubTy::Param(name) => Some(name),
                        _ => None,
                    }));
                }
                Ok(ty) => class.bases.push(ty),
                Err(what) => self.problem(base, &what),
            }
        }
        for ty in &class.bases {
            signature::params_of(ty, &mut class.params);
        }
        self.class_body(&def.body, name, &mut class, versions);
        self.add(name, Entry::Class(class));
    }

    fn class_body(&mut self, body: &[ast::Stmt], name: &str, class: &mut ClassStub, versions: Versions) {
        for stmt in body {
            match stmt {
                ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) => {
                    let of = signature::Owner { name, rust: &class.rust, params: &class.params };
                    match signature::read(self.scope, stmt, Some(of), versions) {
                        Ok(signature::Member::Function(name, found)) => {
                            class.methods.entry(name.into()).or_default().push(*found);
                        }
                        Ok(signature::Member::Property(name, attribute)) => {
                            class.attributes.insert(name, attribute);
                        }
                        Ok(signature::Member::Unsupported(name, why)) => {
                            class.unsupported.insert(name, why);
                        }
                        Err(what) => self.problem(stmt, &what),
                    }
                }
                ast::Stmt::AnnAssign(assign) => {
                    let ast::Expr::Name(target) = &*assign.target else { continue };
                    let of = signature::Owner { name, rust: &class.rust, params: &class.params };
                    match signature::attribute(self.scope, &of, target.id.as_str(), &assign.annotation) {
                        Ok(mut attribute) => {
                            if let Some(ast::Expr::Constant(constant)) = assign.value.as_deref()
                                && let ast::Constant::Str(path) = &constant.value
                            {
                                attribute.rust.clone_from(path);
                            }
                            class.attributes.insert(target.id.to_string(), attribute);
                        }
                        Err(what) => self.problem(stmt, &what),
                    }
                }
                // `__radd__ = __add__`: the same signatures under another name.
                ast::Stmt::Assign(assign) => {
                    let (Some(ast::Expr::Name(to)), ast::Expr::Name(from)) = (assign.targets.first(), &*assign.value)
                    else {
                        self.problem(stmt, "an assignment in a class must be `name = name`");
                        continue;
                    };
                    match class.methods.get(from.id.as_str()).cloned() {
                        Some(found) => {
                            class.methods.insert(to.id.as_str().into(), found);
                        }
                        None => self.problem(stmt, "the name on the right is no method above"),
                    }
                }
                ast::Stmt::If(guard) => match version_guard(&guard.test) {
                    Some(then) => {
                        self.class_body(&guard.body, name, class, both(versions, then));
                        self.class_body(&guard.orelse, name, class, both(versions, negated(then)));
                    }
                    None => self.problem(stmt, "the test is not `sys.version_info >= (3, N)` or `<`"),
                },
                ast::Stmt::Pass(_) | ast::Stmt::Expr(_) => {}
                _ => self.problem(stmt, "a statement that has no meaning in a stub's class"),
            }
        }
    }

    fn constant(&mut self, assign: &ast::StmtAnnAssign) {
        let ast::Expr::Name(target) = &*assign.target else {
            return self.problem(assign, "only names can be declared");
        };
        let name = target.id.as_str();
        let rust = match assign.value.as_deref() {
            Some(ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(path), .. })) => path.clone(),
            _ => self.scope.rust_path(name),
        };
        match self.scope.ty(&assign.annotation) {
            Ok(ty) => self.add(name, Entry::Constant { ty, rust }),
            Err(what) => self.problem(assign, &what),
        }
    }

    fn alias(&mut self, assign: &ast::StmtAssign) {
        let Some(ast::Expr::Name(target)) = assign.targets.first() else {
            return self.problem(assign, "only names can be assigned");
        };
        let name = target.id.as_str();
        if self.scope.is_type_variable(name) || name == "__all__" {
            return;
        }
        match self.scope.reference(&assign.value) {
            Some(to) => self.add(name, Entry::Alias(to)),
            None => self.problem(assign, "the right side is not a name of a module"),
        }
    }

    fn import_from(&mut self, import: &ast::StmtImportFrom) {
        let Some(module) = &import.module else { return self.problem(import, "a relative import") };
        for alias in &import.names {
            // `import x as x` is a re-export, `import x` is for the stub's own use.
            if let Some(name) = alias.asname.as_ref().filter(|name| **name == alias.name) {
                let to = StubRef::new(module.as_str(), alias.name.as_str());
                self.add(name.as_str(), Entry::Alias(to));
            }
        }
    }
}

/// `sys.version_info >= (3, 7)` or `<`.
fn version_guard(test: &ast::Expr) -> Option<Versions> {
    let ast::Expr::Compare(compare) = test else { return None };
    let ast::Expr::Attribute(left) = &*compare.left else { return None };
    let ([op], [ast::Expr::Tuple(right)]) = (&*compare.ops, &*compare.comparators) else { return None };
    let minor = match right.elts.get(1) {
        Some(ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Int(minor), .. })) => minor,
        _ => return None,
    };
    let minor = Some(u8::try_from(minor).ok()?);
    match (left.attr.as_str(), op) {
        ("version_info", ast::CmpOp::GtE) => Some(Versions { since: minor, until: None }),
        ("version_info", ast::CmpOp::Lt) => Some(Versions { since: None, until: minor }),
        _ => None,
    }
}

fn negated(versions: Versions) -> Versions {
    Versions { since: versions.until, until: versions.since }
}

fn both(a: Versions, b: Versions) -> Versions {
    let until = match (a.until, b.until) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    Versions { since: a.since.max(b.since), until }
}

/// Sets `is_exception` of every class below `BaseException`.
fn mark_exceptions(stub: &mut Stub, module: &str) {
    let bases = |class: &ClassStub| -> Vec<StubRef> {
        let named = class.bases.iter().filter_map(|base| match base {
            StubTy::Named(of, _) => Some(of.clone()),
            _ => None,
        });
        named.collect()
    };
    let classes: BTreeMap<String, Vec<StubRef>> = stub
        .names
        .iter()
        .filter_map(|(name, entry)| match entry {
            Entry::Class(class) => Some((name.clone(), bases(class))),
            _ => None,
        })
        .collect();
    let is_exception = |start: &str| {
        let mut open = vec![start.to_string()];
        let mut steps = 0;
        while let Some(name) = open.pop() {
            steps += 1;
            if steps > 64 || (module == "builtins" && name == "BaseException") {
                return steps <= 64;
            }
            for base in classes.get(&name).into_iter().flatten() {
                if base.module == module {
                    open.push(base.name.to_string());
                } else if is_exception_name(&base.name) {
                    return true;
                }
            }
        }
        false
    };
    let found: Vec<String> = classes.keys().filter(|name| is_exception(name)).cloned().collect();
    for name in found {
        if let Some(Entry::Class(class)) = stub.names.get_mut(&name) {
            class.is_exception = true;
        }
    }
}

/// How Python's library names its exceptions; a stub's base in another stub is judged by it.
fn is_exception_name(name: &str) -> bool {
    const ENDS: [&str; 4] = ["Error", "Exception", "Warning", "ExceptionGroup"];
    const WHOLE: [&str; 5] =
        ["StopIteration", "StopAsyncIteration", "GeneratorExit", "KeyboardInterrupt", "SystemExit"];
    ENDS.iter().any(|end| name.ends_with(end)) || WHOLE.contains(&name)
}

#[cfg(test)]
mod tests;
