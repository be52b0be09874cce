//! Classes of the library that the program derives from, written in Python: `class Worker(threading.Thread)` has a base that
//! holds a thread.

use std::collections::BTreeSet;
use std::convert::Infallible;

use rustpython_parser::ast::{self, Ranged, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, read};
use crate::syntax::blocks::blocks;
use crate::syntax::places::keep_places;

/// A class that may be a base.
struct Known {
    path: &'static str,
    text: &'static str,
    /// Methods that stand there unless every class below has its own.
    replaced: &'static str,
    /// Wherever the file names it, the one that is written here is meant; else only as a base.
    everywhere: bool,
}

const QUEUE: &str = include_str!("library/queue.py");

const CLASSES: &[Known] = &[
    Known { path: "threading.Thread", text: include_str!("library/thread.py"), replaced: "", everywhere: false },
    Known { path: "asyncio.Queue", text: QUEUE, replaced: include_str!("library/queue_fifo.py"), everywhere: true },
    Known {
        path: "asyncio.PriorityQueue",
        text: QUEUE,
        replaced: include_str!("library/queue_priority.py"),
        everywhere: true,
    },
    Known { path: "asyncio.LifoQueue", text: QUEUE, replaced: include_str!("library/queue_lifo.py"), everywhere: true },
];

/// Writes out the bases of a file's classes.
pub fn bases(suite: &mut Vec<ast::Stmt>, names: &Imports) {
    let mut text = String::new();
    for known in CLASSES {
        let mut below = Vec::new();
        derived(suite, names, known.path, &mut below);
        if below.is_empty() || hands_target(&below) {
            continue;
        }
        let name = format!("{}{MARK}", known.path.rsplit('.').next().unwrap_or(known.path));
        let has_all = |class: &&&ast::StmtClassDef| {
            let own: BTreeSet<&str> = class.body.iter().filter_map(name_of).collect();
            ["_init", "_put", "_get"].iter().all(|method| own.contains(method))
        };
        let replaced = !known.replaced.is_empty() && below.iter().filter(has_all).count() == below.len();
        let mut calls = Replaced { names, known, name: &name, calls: false };
        let Ok(made) = calls.fold(suite.clone());
        text.push_str(&known.text.replace("NAME", &name));
        if !replaced || calls.calls {
            text.push('\n');
            text.push_str(known.replaced);
        }
        *suite = made;
    }
    super::at_the_top(suite, &text);
}

fn name_of(stmt: &ast::Stmt) -> Option<&str> {
    match stmt {
        ast::Stmt::FunctionDef(it) => Some(it.name.as_str()),
        ast::Stmt::AsyncFunctionDef(it) => Some(it.name.as_str()),
        _ => None,
    }
}

/// The classes with that base.
fn derived<'s>(suite: &'s [ast::Stmt], names: &Imports, path: &str, found: &mut Vec<&'s ast::StmtClassDef>) {
    for stmt in suite {
        if let ast::Stmt::ClassDef(class) = stmt
            && class.bases.iter().any(|base| names.path(plain(base)).as_deref() == Some(path))
        {
            found.push(class);
        }
        blocks(stmt, &mut |body| derived(body, names, path, found));
    }
}

/// `asyncio.Queue[int]` is `asyncio.Queue`.
fn plain(base: &ast::Expr) -> &ast::Expr {
    match base {
        ast::Expr::Subscript(it) => &it.value,
        base => base,
    }
}

/// Whether a thread gets what it runs from its own constructor: that is not written here.
fn hands_target(below: &[&ast::StmtClassDef]) -> bool {
    struct Keywords(bool);
    impl Fold<TextRange> for Keywords {
        keep_places!();
        fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
            if let ast::Expr::Call(it) = &expr
                && matches!(&*it.func, ast::Expr::Attribute(of) if of.attr.as_str() == "__init__")
            {
                self.0 |= it.keywords.iter().any(|keyword| {
                    keyword.arg.as_ref().is_none_or(|arg| matches!(arg.as_str(), "target" | "args" | "kwargs"))
                });
            }
            fold::fold_expr(self, expr)
        }
    }
    let mut keywords = Keywords(false);
    for class in below {
        if class.bases.iter().any(|base| {
            matches!(base, ast::Expr::Name(it) if it.id.as_str() == "Thread")
                || matches!(base, ast::Expr::Attribute(it) if it.attr.as_str() == "Thread")
        }) {
            let Ok(_) = keywords.fold_stmt(ast::Stmt::ClassDef((*class).clone()));
            // The thread's own `run` is called.
            let has_run = class.body.iter().filter_map(name_of).any(|name| name == "run");
            if !has_run && class.bases.len() == 1 && !class.body.is_empty() {
                keywords.0 |= !class.body.iter().any(|stmt| matches!(stmt, ast::Stmt::FunctionDef(_)));
            }
        }
    }
    keywords.0
}

/// Names the class that is written here where the library's was named.
struct Replaced<'n> {
    names: &'n Imports,
    known: &'n Known,
    name: &'n str,
    /// The library's own is made somewhere, or its methods are called through `super()`.
    calls: bool,
}

impl Replaced<'_> {
    fn is_it(&self, expr: &ast::Expr) -> bool {
        self.names.path(expr).as_deref() == Some(self.known.path)
    }
}

impl Fold<TextRange> for Replaced<'_> {
    keep_places!();

    fn fold_stmt_class_def(&mut self, mut class: ast::StmtClassDef) -> Result<ast::StmtClassDef, Infallible> {
        for base in &mut class.bases {
            if self.is_it(plain(base)) {
                *base = read(self.name, base.range());
            }
        }
        fold::fold_stmt_class_def(self, class)
    }

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        match &expr {
            ast::Expr::Attribute(it) if matches!(it.attr.as_str(), "_init" | "_put" | "_get") => {
                let of_super = matches!(&*it.value, ast::Expr::Call(call)
                    if matches!(&*call.func, ast::Expr::Name(name) if name.id.as_str() == "super"));
                self.calls |= of_super || self.is_it(&it.value);
            }
            ast::Expr::Call(it) if self.is_it(&it.func) && self.known.everywhere => self.calls = true,
            // `threading.Thread.__init__(self)`
            ast::Expr::Attribute(it) if self.is_it(&it.value) => {
                let mut it = it.clone();
                *it.value = read(self.name, it.value.range());
                return Ok(ast::Expr::Attribute(it));
            }
            _ => {}
        }
        if self.known.everywhere && self.is_it(&expr) {
            return Ok(read(self.name, expr.range()));
        }
        fold::fold_expr(self, expr)
    }
}
