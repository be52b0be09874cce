//! `STOP = object()`: a class with one object, so that `x is STOP` tells what `x` is.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use rustpython_parser::ast::{self, Ranged, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::{MARK, call, read};
use crate::syntax::places::{self, keep_places};

/// Makes a class of each sentinel of a file; gives the names and their classes, attributes of classes with a dot before them.
pub fn sentinels(suite: &mut Vec<ast::Stmt>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    if !suite.iter().any(makes_object) {
        return found;
    }
    let stores = Stores::of(suite);
    let once = |name: &str| stores.counts.get(name) == Some(&1);
    let mut out = Vec::new();
    for mut stmt in std::mem::take(suite) {
        // The members of an enumeration are no sentinels.
        if let ast::Stmt::ClassDef(class) = &mut stmt
            && !class.bases.iter().any(is_enum)
        {
            let name = class.name.to_string();
            for inner in &mut class.body {
                let Some((target, value)) = object(inner) else { continue };
                if once(&target) {
                    let made = format!("{name}{}{MARK}", camel(&target));
                    out.push(class_of(&made, value));
                    found.insert(format!(".{target}"), made);
                }
            }
        }
        if let Some((target, value)) = object(&mut stmt)
            && once(&target)
        {
            let made = format!("{}{MARK}", camel(&target));
            out.push(class_of(&made, value));
            found.insert(target, made);
        }
        out.push(stmt);
    }
    *suite = out;
    found
}

fn is_enum(base: &ast::Expr) -> bool {
    let name = match base {
        ast::Expr::Name(it) => it.id.as_str(),
        ast::Expr::Attribute(it) => it.attr.as_str(),
        _ => return false,
    };
    name.ends_with("Enum") || name.ends_with("Flag")
}

fn makes_object(stmt: &ast::Stmt) -> bool {
    match stmt {
        ast::Stmt::ClassDef(class) => class.body.iter().any(|inner| target(inner).is_some()),
        stmt => target(stmt).is_some(),
    }
}

/// `NAME = object()`: the name.
fn target(stmt: &ast::Stmt) -> Option<&str> {
    let (target, value) = match stmt {
        ast::Stmt::Assign(it) => match &it.targets[..] {
            [target] => (target, &*it.value),
            _ => return None,
        },
        ast::Stmt::AnnAssign(it) => (&*it.target, it.value.as_deref()?),
        _ => return None,
    };
    match target {
        ast::Expr::Name(name) if is_object(value) => Some(name.id.as_str()),
        _ => None,
    }
}

/// `NAME = object()`: the name and the value.
fn object(stmt: &mut ast::Stmt) -> Option<(String, &mut ast::Expr)> {
    let name = target(stmt)?.to_string();
    match stmt {
        ast::Stmt::Assign(it) => Some((name, &mut it.value)),
        ast::Stmt::AnnAssign(it) => Some((name, it.value.as_mut()?)),
        _ => None,
    }
}

/// `NOT_FOUND` as the name of a class: `NotFound`.
pub fn camel(name: &str) -> String {
    let words = name.split('_').filter(|word| !word.is_empty());
    let made: String = words
        .map(|word| {
            let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            format!("{}{}", first.to_uppercase(), rest.to_lowercase())
        })
        .collect();
    if made.is_empty() { "Sentinel".to_string() } else { made }
}

/// The class; the value becomes its object.
fn class_of(name: &str, value: &mut ast::Expr) -> ast::Stmt {
    let at = TextRange::empty(value.start());
    *value = call(read(name, value.range()), Vec::new(), Vec::new(), value.range());
    empty_class(name, at)
}

fn empty_class(name: &str, at: TextRange) -> ast::Stmt {
    ast::Stmt::ClassDef(ast::StmtClassDef {
        range: at,
        name: ast::Identifier::new(name),
        bases: Vec::new(),
        keywords: Vec::new(),
        body: vec![ast::Stmt::Pass(ast::StmtPass { range: at })],
        decorator_list: Vec::new(),
        type_params: Vec::new(),
    })
}

/// Whether a file formats a value with a spec, and whether it makes plain objects.
pub fn uses(suite: &[ast::Stmt]) -> (bool, bool) {
    let stores = Stores::of(suite);
    (stores.spec, stores.objects)
}

/// `object()` anywhere else: an object of a class without anything.
pub fn plain_objects(suite: &mut Vec<ast::Stmt>) {
    let name = format!("Object{MARK}");
    let mut objects = Objects { name: &name };
    places::change(&mut objects, suite);
    let first = suite.iter().position(|stmt| match stmt {
        ast::Stmt::Expr(it) => !matches!(*it.value, ast::Expr::Constant(_)),
        ast::Stmt::ImportFrom(it) => it.module.as_deref() != Some("__future__"),
        _ => true,
    });
    let first = first.unwrap_or(suite.len());
    let at = TextRange::empty(suite.get(first).map_or_else(Default::default, Ranged::start));
    suite.insert(first, empty_class(&name, at));
}

/// `object()`.
fn is_object(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::Call(it) => {
            it.args.is_empty()
                && it.keywords.is_empty()
                && matches!(&*it.func, ast::Expr::Name(name) if name.id.as_str() == "object")
        }
        _ => false,
    }
}

/// Makes the calls.
struct Objects<'n> {
    name: &'n str,
}

impl Fold<TextRange> for Objects<'_> {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        if is_object(&expr) {
            let range = expr.range();
            return Ok(call(read(self.name, range), Vec::new(), Vec::new(), range));
        }
        fold::fold_expr(self, expr)
    }
}

/// The attributes that a file assigns, and the names.
pub fn assigned_attributes(suite: &[ast::Stmt]) -> BTreeSet<String> {
    let stores = Stores::of(suite);
    stores.attributes
}

/// The attributes that are assigned to anything but `self`.
pub fn attributes_from_outside(suite: &[ast::Stmt]) -> BTreeSet<String> {
    let stores = Stores::of(suite);
    stores.outside
}

/// How often each name or attribute is assigned.
#[derive(Default)]
struct Stores {
    outside: BTreeSet<String>,
    counts: BTreeMap<String, u32>,
    attributes: BTreeSet<String>,
    spec: bool,
    objects: bool,
}

impl Stores {
    fn of(suite: &[ast::Stmt]) -> Stores {
        let mut stores = Stores::default();
        places::look(&mut stores, suite);
        stores
    }
}

impl Fold<TextRange> for Stores {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        let name = match &expr {
            ast::Expr::Name(it) if matches!(it.ctx, ast::ExprContext::Store) => Some(it.id.to_string()),
            ast::Expr::Attribute(it) if matches!(it.ctx, ast::ExprContext::Store) => Some(it.attr.to_string()),
            _ => None,
        };
        self.objects |= is_object(&expr);
        self.spec |= match &expr {
            ast::Expr::FormattedValue(it) => it.format_spec.is_some(),
            ast::Expr::Attribute(it) => it.attr.as_str() == "format",
            ast::Expr::Name(it) => it.id.as_str() == "format",
            _ => false,
        };
        if let (Some(name), ast::Expr::Attribute(it)) = (&name, &expr) {
            self.attributes.insert(name.clone());
            if !matches!(&*it.value, ast::Expr::Name(of) if of.id.as_str() == "self") {
                self.outside.insert(name.clone());
            }
        }
        if let Some(name) = name {
            *self.counts.entry(name).or_default() += 1;
        }
        fold::fold_expr(self, expr)
    }
}
