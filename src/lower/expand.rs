//! Classes and functions that Python's library makes of others, written out: what `@contextmanager`, `enum.Enum` and
//! `@functools.total_ordering` do is said in Python, beside the class or function, before names are resolved.
//!
//! Names that are made here have a [`MARK`] in them, which no program has: `tagǃgenerator`, `contextlibǃmanager` (a name of
//! the registry, whatever the program imports).

use std::collections::{BTreeMap, BTreeSet};

pub use enumeration::members_name;

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use crate::source::SourceMap;
use crate::syntax::Syntax;
use crate::syntax::blocks::{blocks, blocks_mut};
use crate::syntax::places;
use decorating::Decorating;
use records::Records;
use rewrite::Rewriter;

mod alias;
mod attributes;
mod closing;
mod constructed;
mod counted;
mod decorating;
mod dunder;
mod encoder;
mod enum_call;
mod enumeration;
mod error;
mod exit;
mod fields;
mod handled;
mod kept;
mod library;
mod manager;
mod namedtuple;
mod namespace;
mod ordering;
mod records;
mod registered;
mod rewrite;
mod sentinel;
mod singleton;
mod stack;

/// What sets made names apart.
pub const MARK: char = 'ǃ';

/// A made name as it is shown: `tag_generator`.
pub fn plain(name: &str) -> String {
    if name.contains(MARK) { name.replace(MARK, "_") } else { name.to_string() }
}

/// The name of the registry that a made name stands for: `contextlibǃmanager`.
pub fn registry(name: &str) -> Option<(String, &str)> {
    let (module, name) = name.split_once(MARK)?;
    Some((module.to_string(), name))
}

/// The files of a program with everything written out.
pub fn expand(mut syntax: Vec<Syntax>, files: &SourceMap) -> Vec<Syntax> {
    let mut errors = BTreeSet::new();
    for file in syntax.iter().rev() {
        error::classes(&file.suite, &mut errors);
    }
    let texts: Vec<&str> = syntax.iter().map(|file| &*files.file(file.file).text).collect();
    let suites: Vec<&[ast::Stmt]> = syntax.iter().map(|file| &file.suite[..]).collect();
    let stacks = stack::stacks(&texts, &suites);
    let alone = syntax.len() == 1;
    for file in &mut syntax {
        let text = &files.file(file.file).text;
        file.suite = expand_file(std::mem::take(&mut file.suite), text, &errors, stacks, alone);
    }
    syntax
}

/// What a whole file is asked for.
struct Whole<'w> {
    names: &'w Imports,
    decorating: Decorating,
    /// The names of all bases; nothing: there are other files.
    bases: Option<BTreeSet<String>>,
    records: Records,
    replaced: BTreeSet<Vec<String>>,
    as_dicts: bool,
    as_tuples: bool,
    errors: &'w BTreeSet<String>,
    /// Attributes that are assigned, whatever object has them.
    assigned: BTreeSet<String>,
    /// Methods of all classes, with the class of each.
    methods: BTreeSet<(String, String)>,
    /// A value is formatted with a spec somewhere.
    uses_spec: bool,
}

fn expand_file(
    mut suite: Vec<ast::Stmt>,
    text: &str,
    errors: &BTreeSet<String>,
    stacks: stack::Stacks,
    alone: bool,
) -> Vec<ast::Stmt> {
    let names = Imports::of(&suite);
    let sentinels = sentinel::sentinels(&mut suite);
    namedtuple::classes(&mut suite, &names);
    if names.matter(&["enum"]) {
        enum_call::classes(&mut suite, &names);
    }
    if names.matter(&["sys"]) {
        handled::handled(&mut suite, &names);
    }
    if names.matter(&["json"]) {
        encoder::encoders(&mut suite, &names);
    }
    if names.matter(&["types.SimpleNamespace"]) {
        let assigned = sentinel::attributes_from_outside(&suite);
        namespace::namespaces(&mut suite, &names, &assigned);
    }
    if stacks != stack::Stacks::None && (text.contains("_context(") || text.contains("Stack")) {
        stack::entered(&mut suite, &names, stacks);
    }
    if names.matter(&["threading.Thread", "asyncio"]) && text.contains("class ") {
        library::bases(&mut suite, &names);
    }
    if alone && (text.contains("__dict__") || text.contains("vars(")) {
        attributes::dicts(&mut suite, &names);
    }
    if text.contains("__new__") && alone {
        singleton::classes(&mut suite);
    }
    if text.contains("range(") {
        counted::classes(&mut suite);
    }
    if fields::may_have(text) {
        fields::written_out(&mut suite);
    }
    let dicts = typed_dicts(&mut suite, &names);
    let mut rewriter = Rewriter {
        names: &names,
        dicts: &dicts,
        sentinels: &sentinels,
        replaced: BTreeSet::new(),
        as_dicts: false,
        as_tuples: false,
    };
    if !sentinels.is_empty()
        || !dicts.is_empty()
        || names.matter(&[
            "dataclasses",
            "collections.namedtuple",
            "collections.defaultdict",
            "typing.NamedTuple",
            "copy",
        ])
    {
        places::change(&mut rewriter, &mut suite);
    }
    let Rewriter { replaced, as_dicts, as_tuples, .. } = rewriter;
    let mut methods = BTreeSet::new();
    method_names(&suite, "", &mut methods);
    let assigned = if errors.is_empty() { BTreeSet::new() } else { sentinel::assigned_attributes(&suite) };
    let records = Records::of(&suite, &names);
    // The tree is walked where the text gives reason to.
    let may_use = names.matter(&["enum"]) || text.contains("object") || !text.is_ascii();
    let (uses_spec, objects) = if may_use { sentinel::uses(&suite) } else { (false, false) };
    if objects {
        sentinel::plain_objects(&mut suite);
    }
    let decorating = Decorating::of(&suite, &names);
    let bases = (alone && names.matter(&["dataclasses"])).then(|| singleton::bases(&suite));
    let whole = Whole {
        bases,
        names: &names,
        decorating,
        records,
        replaced,
        as_dicts,
        as_tuples,
        errors,
        assigned,
        methods,
        uses_spec,
    };
    block(&mut suite, &whole, None);
    if text.contains("InitVar") && !constructed::is_left(&suite) {
        constructed::forget_import(&mut suite);
    }
    suite
}

/// Takes classes of dicts away: they say something to type checkers alone.
fn typed_dicts(suite: &mut [ast::Stmt], names: &Imports) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for stmt in suite {
        let ast::Stmt::ClassDef(class) = stmt else { continue };
        let is_it = class.bases.iter().any(|base| {
            names.path(base).is_some_and(|path| path.ends_with(".TypedDict"))
                || matches!(base, ast::Expr::Name(it) if found.contains(it.id.as_str()))
        });
        if is_it {
            found.insert(class.name.to_string());
            let range = class.range;
            *stmt = ast::Stmt::Pass(ast::StmtPass { range });
        }
    }
    found
}

fn method_names(suite: &[ast::Stmt], class: &str, found: &mut BTreeSet<(String, String)>) {
    for stmt in suite {
        let inside = match stmt {
            ast::Stmt::FunctionDef(def) => {
                found.insert((def.name.to_string(), class.to_string()));
                class
            }
            ast::Stmt::ClassDef(it) => it.name.as_str(),
            _ => class,
        };
        blocks(stmt, &mut |body| method_names(body, inside, found));
    }
}

/// What the imports of a file bind, wherever they stand.
#[derive(Default)]
pub struct Imports {
    names: BTreeMap<String, String>,
}

impl Imports {
    fn of(suite: &[ast::Stmt]) -> Imports {
        let mut imports = Imports::default();
        imports.block(suite);
        imports
    }

    fn block(&mut self, suite: &[ast::Stmt]) {
        for stmt in suite {
            match stmt {
                ast::Stmt::Import(it) => {
                    for alias in &it.names {
                        let name = alias.asname.as_ref().unwrap_or(&alias.name);
                        self.names.insert(name.to_string(), alias.name.to_string());
                    }
                }
                ast::Stmt::ImportFrom(it) => {
                    let Some(module) = &it.module else { continue };
                    for alias in &it.names {
                        let name = alias.asname.as_ref().unwrap_or(&alias.name);
                        if alias.name.as_str() == "*" {
                            for name in KNOWN.iter().filter_map(|known| known.strip_prefix(module.as_str())) {
                                let name = name.trim_start_matches('.');
                                self.names.insert(name.to_string(), format!("{module}.{name}"));
                            }
                            continue;
                        }
                        self.names.insert(name.to_string(), format!("{module}.{}", alias.name));
                    }
                }
                other => blocks(other, &mut |inner| self.block(inner)),
            }
        }
    }

    /// Whether the file imports anything of these, or their module.
    fn matter(&self, paths: &[&str]) -> bool {
        self.names
            .values()
            .any(|path| paths.iter().any(|known| path.starts_with(known) || known.split('.').next() == Some(path)))
    }

    /// The dotted path that an expression names.
    pub fn path(&self, expr: &ast::Expr) -> Option<String> {
        match expr {
            ast::Expr::Name(it) => match registry(it.id.as_str()) {
                Some((module, name)) => Some(format!("{module}.{name}")),
                None => self.names.get(it.id.as_str()).cloned(),
            },
            ast::Expr::Attribute(it) => Some(format!("{}.{}", self.path(&it.value)?, it.attr)),
            _ => None,
        }
    }
}

/// What `from module import *` binds of what is written out.
const KNOWN: &[&str] = &[
    "contextlib.AsyncExitStack",
    "contextlib.ExitStack",
    "contextlib.aclosing",
    "contextlib.asynccontextmanager",
    "contextlib.closing",
    "collections.namedtuple",
    "contextlib.contextmanager",
    "dataclasses.asdict",
    "dataclasses.astuple",
    "dataclasses.dataclass",
    "dataclasses.replace",
    "enum.Enum",
    "enum.Flag",
    "enum.IntEnum",
    "enum.IntFlag",
    "enum.StrEnum",
    "functools.total_ordering",
];

fn block(suite: &mut Vec<ast::Stmt>, whole: &Whole<'_>, class: Option<&str>) {
    let names = whole.names;
    let mut at = 0;
    while at < suite.len() {
        let stmt = &mut suite[at];
        let inside = match stmt {
            ast::Stmt::ClassDef(it) => Some(it.name.to_string()),
            _ => None,
        };
        let is_def =
            matches!(stmt, ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) | ast::Stmt::ClassDef(_));
        let inner = if is_def { inside.as_deref() } else { class };
        blocks_mut(stmt, &mut |body| block(body, whole, inner));
        if let ast::Stmt::ClassDef(it) = stmt {
            alias::methods(it);
            kept::properties(it, names);
            if let Some(bases) = &whole.bases {
                constructed::dataclass(it, names, bases);
            }
            exit::arguments(it);
            decorating::entering(it, names);
            let own = it.name.to_string();
            let of_others = |name: &str| whole.methods.iter().any(|(method, class)| method == name && *class != own);
            dunder::not_implemented(it, &of_others);
            ordering::total_ordering(it, names);
            enumeration::enumeration(it, names, whole.uses_spec);
            whole.records.extend(it, &whole.replaced, whole.as_dicts, whole.as_tuples);
            if whole.errors.contains(it.name.as_str()) {
                error::attributes(it, &whole.assigned);
            }
        }
        if let Some(made) = closing::closing(stmt, names) {
            // Whatever is left of it is looked at again.
            suite.splice(at..=at, made);
            continue;
        }
        let before = whole.decorating.written_out(stmt);
        let mut made = registered::registered(stmt, names);
        made.extend(manager::manager(stmt, names, class));
        let (ahead, behind) = (before.len(), made.len());
        if ahead + behind > 0 {
            suite.splice(at + 1..at + 1, made);
            suite.splice(at..at, before);
        }
        at += 1 + ahead + behind;
    }
}

/// Puts what is made of statements into their places, wherever they stand.
fn replace(suite: &mut [ast::Stmt], made: &dyn Fn(&ast::Stmt) -> Option<ast::Stmt>) {
    for stmt in suite {
        if let Some(made) = made(stmt) {
            *stmt = made;
        }
        blocks_mut(stmt, &mut |body| replace(body, made));
    }
}

/// Adds statements behind the imports that a file begins with.
fn at_the_top(suite: &mut Vec<ast::Stmt>, text: &str) {
    let first = suite.iter().position(|stmt| {
        !matches!(stmt, ast::Stmt::Import(_) | ast::Stmt::ImportFrom(_))
            && !matches!(stmt, ast::Stmt::Expr(it) if matches!(*it.value, ast::Expr::Constant(_)))
    });
    let first = first.unwrap_or(suite.len());
    let at = TextRange::empty(suite.get(first).map_or_else(Default::default, Ranged::start));
    suite.splice(first..first, crate::syntax::snippet(text, at));
}

/// A name that is read.
fn read(name: &str, at: TextRange) -> ast::Expr {
    ast::Expr::Name(ast::ExprName { range: at, id: name.into(), ctx: ast::ExprContext::Load })
}

/// `function(args)`.
fn call(function: ast::Expr, args: Vec<ast::Expr>, keywords: Vec<ast::Keyword>, at: TextRange) -> ast::Expr {
    ast::Expr::Call(ast::ExprCall { range: at, func: Box::new(function), args, keywords })
}

/// `value.name`.
fn attribute(value: ast::Expr, name: &str, at: TextRange) -> ast::Expr {
    ast::Expr::Attribute(ast::ExprAttribute {
        range: at,
        value: Box::new(value),
        attr: ast::Identifier::new(name),
        ctx: ast::ExprContext::Load,
    })
}

/// The place behind a statement: what is made of it stands there.
fn behind(stmt: &impl Ranged) -> TextRange {
    TextRange::empty(stmt.end())
}
