//! `__new__` that makes the object of its class once, or one for each key: calls of the class ask a function of it, which
//! begins an object by what `__new__` gives.

use std::collections::BTreeSet;
use std::convert::Infallible;

use rustpython_parser::ast::{self, Ranged, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::{MARK, attribute, call, read};
use crate::syntax::blocks::{blocks, blocks_mut};
use crate::syntax::places::{self, keep_places};

/// Writes such classes of a file out.
pub fn classes(suite: &mut Vec<ast::Stmt>) {
    let (mut bases, mut bound) = (BTreeSet::new(), Vec::new());
    names(suite, &mut bases, &mut bound);
    bound.retain(|name| !handed_around(suite, name));
    let mut made = BTreeSet::new();
    write_out(suite, &bases, &bound, &mut made);
    if made.is_empty() {
        return;
    }
    let mut calls = Calls { made: &made };
    places::change(&mut calls, suite);
}

/// The names of the bases of all classes.
pub fn bases(suite: &[ast::Stmt]) -> BTreeSet<String> {
    let (mut bases, mut bound) = (BTreeSet::new(), Vec::new());
    names(suite, &mut bases, &mut bound);
    bases
}

/// Whether a class is named but to be called, asked for an attribute or tested for.
fn handed_around(suite: &[ast::Stmt], name: &str) -> bool {
    let mut uses = Uses { name, all: 0, known: 0 };
    places::look(&mut uses, suite);
    uses.all > uses.known
}

/// Counts how a class is named.
struct Uses<'n> {
    name: &'n str,
    all: usize,
    known: usize,
}

impl Uses<'_> {
    fn is_it(&self, expr: &ast::Expr) -> bool {
        matches!(expr, ast::Expr::Name(it) if it.id.as_str() == self.name)
    }
}

impl Fold<TextRange> for Uses<'_> {
    keep_places!();

    fn fold_arg(&mut self, mut arg: ast::Arg) -> Result<ast::Arg, Infallible> {
        arg.annotation = None;
        fold::fold_arg(self, arg)
    }

    fn fold_stmt(&mut self, mut stmt: ast::Stmt) -> Result<ast::Stmt, Infallible> {
        match &mut stmt {
            ast::Stmt::FunctionDef(it) => it.returns = None,
            ast::Stmt::AsyncFunctionDef(it) => it.returns = None,
            ast::Stmt::AnnAssign(it) => *it.annotation = read("_", it.range),
            _ => {}
        }
        fold::fold_stmt(self, stmt)
    }

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        self.all += usize::from(self.is_it(&expr));
        match &expr {
            ast::Expr::Call(it) => {
                self.known += usize::from(self.is_it(&it.func));
                let tests = matches!(&*it.func, ast::Expr::Name(name)
                    if matches!(name.id.as_str(), "isinstance" | "issubclass" | "super"));
                if tests {
                    self.known += it.args.iter().filter(|arg| self.is_it(arg)).count();
                }
                // `cls()` of a class method.
                if matches!(&*it.func, ast::Expr::Name(name) if name.id.as_str() == "cls") {
                    self.all += 1;
                }
            }
            ast::Expr::Attribute(it) => self.known += usize::from(self.is_it(&it.value)),
            _ => {}
        }
        fold::fold_expr(self, expr)
    }
}

/// The names of all bases, and of all classes.
fn names(suite: &[ast::Stmt], bases: &mut BTreeSet<String>, bound: &mut Vec<String>) {
    for stmt in suite {
        if let ast::Stmt::ClassDef(class) = stmt {
            bound.push(class.name.to_string());
            for base in &class.bases {
                if let ast::Expr::Name(name) = base {
                    bases.insert(name.id.to_string());
                }
            }
        }
        blocks(stmt, &mut |body| names(body, bases, bound));
    }
}

fn write_out(suite: &mut Vec<ast::Stmt>, bases: &BTreeSet<String>, bound: &[String], made: &mut BTreeSet<String>) {
    for stmt in suite {
        if let ast::Stmt::ClassDef(class) = stmt {
            let name = class.name.to_string();
            let once = bound.iter().filter(|other| **other == name).count() == 1;
            let plain =
                class.bases.iter().all(|base| matches!(base, ast::Expr::Name(it) if it.id.as_str() == "object"))
                    && class.keywords.is_empty()
                    && class.decorator_list.is_empty();
            if once && plain && !bases.contains(&name) && class_of(class, &name).is_some() {
                made.insert(name);
            }
        }
        blocks_mut(stmt, &mut |body| write_out(body, bases, bound, made));
    }
}

fn method<'c>(class: &'c mut ast::StmtClassDef, name: &str) -> Option<&'c mut ast::StmtFunctionDef> {
    class.body.iter_mut().find_map(|stmt| match stmt {
        ast::Stmt::FunctionDef(it) if it.name.as_str() == name => Some(it),
        _ => None,
    })
}

/// Parameters without the first, as they are written and as they are handed on.
fn handed_on(args: &ast::Arguments) -> (ast::Arguments, Vec<ast::Expr>, Vec<ast::Keyword>) {
    let mut params = args.clone();
    if params.posonlyargs.is_empty() {
        drop(params.args.remove(0))
    } else {
        drop(params.posonlyargs.remove(0))
    }
    let at = TextRange::default();
    let mut given: Vec<ast::Expr> =
        params.posonlyargs.iter().chain(&params.args).map(|arg| read(arg.def.arg.as_str(), at)).collect();
    if let Some(rest) = &params.vararg {
        let value = Box::new(read(rest.arg.as_str(), at));
        given.push(ast::Expr::Starred(ast::ExprStarred { range: at, value, ctx: ast::ExprContext::Load }));
    }
    let mut named: Vec<ast::Keyword> = params
        .kwonlyargs
        .iter()
        .map(|arg| ast::Keyword { range: at, arg: Some(arg.def.arg.clone()), value: read(arg.def.arg.as_str(), at) })
        .collect();
    if let Some(rest) = &params.kwarg {
        named.push(ast::Keyword { range: at, arg: None, value: read(rest.arg.as_str(), at) });
    }
    (params, given, named)
}

/// The names of parameters.
fn names_of(args: &ast::Arguments) -> impl Iterator<Item = String> + '_ {
    args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs).map(|arg| arg.def.arg.to_string())
}

/// Gives a class its function; `None`: its `__new__` does something else.
fn class_of(class: &mut ast::StmtClassDef, name: &str) -> Option<()> {
    let at = TextRange::empty(class.end());
    let new = method(class, "__new__")?;
    let this = new.args.posonlyargs.iter().chain(&new.args.args).next()?.def.arg.to_string();
    let mut body =
        Body { this: &this, class: name, raw: 0, other: false, tested: BTreeSet::new(), read: BTreeSet::new() };
    let Ok(statements) = body.fold(new.body.clone());
    if body.raw == 0 || body.other {
        return None;
    }
    let (raw_args, tested) = (new.args.clone(), body.tested.clone());
    // `*args, **kwargs` that nothing looks at stand for what `__init__` takes.
    let mut args = raw_args;
    let takes_any = args.vararg.is_some() || args.kwarg.is_some();
    for rest in [&mut args.vararg, &mut args.kwarg] {
        if let Some(param) = rest {
            if body.read.contains(param.arg.as_str()) {
                return None;
            }
            *rest = None;
        }
    }
    let mut begin = new.clone();
    let (params, given, named) = handed_on(&args);
    begin.args = Box::new(params.clone());
    begin.body = statements;
    begin.name = ast::Identifier::new(format!("begun{MARK}"));
    begin.decorator_list = vec![read("staticmethod", at)];
    begin.returns = None;
    let begun = call(attribute(read(name, at), &format!("begun{MARK}"), at), given.clone(), named.clone(), at);
    let taken: Vec<String> = names_of(&params).collect();
    let mut asked = begin.clone();
    asked.name = ast::Identifier::new(format!("asked{MARK}"));
    let mut stmts = crate::syntax::snippet("self = begun\nreturn self\n", at);
    if let Some(ast::Stmt::Assign(it)) = stmts.first_mut() {
        *it.value = begun;
    }
    if let Some(init) = method(class, "__init__") {
        let (params, given, named) = if takes_any { handed_on(&init.args) } else { (params, given, named) };
        let known: BTreeSet<String> = names_of(&params).collect();
        if !taken.iter().all(|name| known.contains(name)) {
            return None;
        }
        init.name = ast::Identifier::new(format!("set_up{MARK}"));
        let set_up = call(attribute(read("self", at), &format!("set_up{MARK}"), at), given, named, at);
        stmts.insert(1, ast::Stmt::Expr(ast::StmtExpr { range: at, value: Box::new(set_up) }));
        asked.args = Box::new(params);
    }
    asked.body = stmts;
    class.body.retain(|stmt| !matches!(stmt, ast::Stmt::FunctionDef(it) if it.name.as_str() == "__new__"));
    for attribute in tested {
        let is_there = class.body.iter().any(|stmt| match stmt {
            ast::Stmt::Assign(it) => {
                it.targets.iter().any(|target| matches!(target, ast::Expr::Name(of) if of.id.as_str() == attribute))
            }
            _ => false,
        });
        if !is_there {
            let start = TextRange::empty(class.body.first().map_or(at.start(), Ranged::start));
            class.body.splice(0..0, crate::syntax::snippet(&format!("{attribute} = None\n"), start));
        }
    }
    class.body.push(ast::Stmt::FunctionDef(begin));
    class.body.push(ast::Stmt::FunctionDef(asked));
    Some(())
}

/// What `__new__` does, without its first parameter: `super().__new__(cls)` is an object of which nothing is set.
struct Body<'n> {
    this: &'n str,
    class: &'n str,
    raw: usize,
    other: bool,
    /// Attributes asked for by `hasattr(cls, "name")`.
    tested: BTreeSet<String>,
    read: BTreeSet<String>,
}

impl Body<'_> {
    fn is_raw(&self, it: &ast::ExprCall) -> bool {
        let ast::Expr::Attribute(of) = &*it.func else { return false };
        let base = match &*of.value {
            ast::Expr::Call(base) => matches!(&*base.func, ast::Expr::Name(name) if name.id.as_str() == "super"),
            ast::Expr::Name(name) => name.id.as_str() == "object",
            _ => false,
        };
        of.attr.as_str() == "__new__"
            && base
            && matches!(it.args.first(), Some(ast::Expr::Name(name)) if name.id.as_str() == self.this)
    }
}

impl Fold<TextRange> for Body<'_> {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        match &expr {
            ast::Expr::Call(it) if self.is_raw(it) => {
                self.raw += 1;
                self.other |= it.args.len() > 1;
                return Ok(call(read(&format!("{}{MARK}", self.class), it.range), Vec::new(), Vec::new(), it.range));
            }
            ast::Expr::Call(it) if matches!(&*it.func, ast::Expr::Name(name) if name.id.as_str() == "hasattr") => {
                if let [ast::Expr::Name(of), ast::Expr::Constant(text)] = &it.args[..]
                    && of.id.as_str() == self.this
                    && let ast::Constant::Str(text) = &text.value
                {
                    self.tested.insert(text.clone());
                    let test = crate::syntax::snippet(&format!("{}.{text} is not None\n", self.class), it.range);
                    if let Some(ast::Stmt::Expr(test)) = test.into_iter().next() {
                        return Ok(*test.value);
                    }
                }
            }
            ast::Expr::Call(it) if matches!(&*it.func, ast::Expr::Name(name) if name.id.as_str() == "super") => {
                self.other = true;
            }
            ast::Expr::Name(it) if it.id.as_str() == self.this => return Ok(read(self.class, it.range)),
            ast::Expr::Name(it) => {
                self.read.insert(it.id.to_string());
            }
            _ => {}
        }
        fold::fold_expr(self, expr)
    }
}

/// Calls of the classes.
struct Calls<'n> {
    made: &'n BTreeSet<String>,
}

impl Fold<TextRange> for Calls<'_> {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        let Ok(mut expr) = fold::fold_expr(self, expr);
        let ast::Expr::Call(it) = &mut expr else { return Ok(expr) };
        let ast::Expr::Name(name) = &*it.func else { return Ok(expr) };
        if let Some(plain) = name.id.as_str().strip_suffix(MARK).filter(|plain| self.made.contains(*plain)) {
            // An object of which nothing is set yet.
            *it.func = read(plain, name.range);
        } else if self.made.contains(name.id.as_str()) {
            *it.func = attribute(read(name.id.as_str(), name.range), &format!("asked{MARK}"), name.range);
        }
        Ok(expr)
    }
}
