//! A dataclass with `field(init=False)` or `InitVar`: its constructor is written out, and does what
//! `__post_init__` does.

use std::collections::BTreeSet;

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use super::Imports;
use crate::syntax::blocks::blocks;

/// A field as its class declares it.
struct Declared {
    name: String,
    annotation: ast::Expr,
    default: Option<ast::Expr>,
    factory: Option<ast::Expr>,
    init: bool,
    /// No field: it goes to `__post_init__`.
    passed: bool,
}

/// Writes the constructor. `bases`: the names that other classes derive from.
pub fn dataclass(class: &mut ast::StmtClassDef, names: &Imports, bases: &BTreeSet<String>) {
    let Some(decorator) = class.decorator_list.iter().find_map(|decorator| match decorator {
        ast::Expr::Call(it) if is(names, &it.func, "dataclasses.dataclass") => Some(&it.keywords[..]),
        other if is(names, other, "dataclasses.dataclass") => Some(&[][..]),
        _ => None,
    }) else {
        return;
    };
    let told = |key: &str| decorator.iter().any(|keyword| keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == key));
    let has_init =
        class.body.iter().any(|stmt| matches!(stmt, ast::Stmt::FunctionDef(it) if it.name.as_str() == "__init__"));
    if told("frozen")
        || told("kw_only")
        || told("init")
        || has_init
        || !class.bases.is_empty()
        || bases.contains(class.name.as_str())
    {
        return;
    }
    let mut declared = Vec::new();
    for stmt in &class.body {
        let ast::Stmt::AnnAssign(it) = stmt else { continue };
        match field(it, names) {
            Some(Some(field)) => declared.push(field),
            Some(None) => {}
            None => return,
        }
    }
    if declared.iter().all(|field| field.init && !field.passed) {
        return;
    }
    let post = class.body.iter().find_map(|stmt| match stmt {
        ast::Stmt::FunctionDef(it) if it.name.as_str() == "__post_init__" => Some(it.clone()),
        _ => None,
    });
    if post.as_ref().is_some_and(|post| leaves(&post.body) || !post.decorator_list.is_empty()) {
        return;
    }
    let start = TextRange::empty(class.end());
    let mut params = vec!["self".to_string()];
    let mut body = String::new();
    for field in &declared {
        let name = &field.name;
        let default = if field.default.is_some() || field.factory.is_some() { "=None" } else { "" };
        if field.init {
            params.push(format!("{name}: int{default}"));
        }
        match (field.passed, field.init, &field.default, &field.factory) {
            (true, ..) | (_, false, None, None) => {}
            (_, true, _, None) => body.push_str(&format!("    self.{name} = {name}\n")),
            (_, true, _, Some(_)) => body.push_str(&format!("    self.{name} = 0 if {name} is None else {name}\n")),
            (_, false, ..) => body.push_str(&format!("    self.{name} = 0\n")),
        }
    }
    if body.is_empty() {
        body.push_str("    pass\n");
    }
    let text = format!("def __init__({}):\n{body}", params.join(", "));
    let Some(ast::Stmt::FunctionDef(mut made)) = crate::syntax::snippet(&text, start).into_iter().next() else {
        return;
    };
    let taken = declared.iter().filter(|field| field.init);
    for (arg, field) in made.args.args.iter_mut().skip(1).zip(taken) {
        let optional = field.factory.is_some();
        arg.def.annotation = (!optional).then(|| Box::new(field.annotation.clone()));
        if let Some(default) = &field.default {
            arg.default = Some(Box::new(default.clone()));
        }
    }
    let kept = declared
        .iter()
        .filter(|field| !field.passed && (field.init || field.default.is_some() || field.factory.is_some()));
    for (stmt, field) in made.body.iter_mut().zip(kept) {
        let ast::Stmt::Assign(it) = stmt else { return };
        let fresh = field.factory.as_ref().map(|factory| super::call(factory.clone(), Vec::new(), Vec::new(), start));
        match (&mut *it.value, field.init) {
            (ast::Expr::IfExp(choice), _) => {
                if let Some(fresh) = fresh {
                    *choice.body = fresh;
                }
            }
            (_, true) => {}
            (value, false) => {
                if let Some(default) = fresh.or_else(|| field.default.clone()) {
                    *value = default;
                }
            }
        }
    }
    if let Some(post) = post {
        let mut names = post.args.posonlyargs.iter().chain(&post.args.args).map(|arg| arg.def.arg.to_string());
        if names.next().as_deref() != Some("self") {
            return;
        }
        let names: Vec<String> = names.collect();
        let passed: Vec<&Declared> = declared.iter().filter(|field| field.passed).collect();
        if names.len() != passed.len() {
            return;
        }
        for (name, field) in names.into_iter().zip(passed) {
            if name != field.name {
                made.body.extend(crate::syntax::snippet(&format!("{name} = {}\n", field.name), start));
            }
        }
        if matches!(made.body.first(), Some(ast::Stmt::Pass(_))) {
            made.body.clear();
        }
        made.body.extend(post.body);
        class.body.retain(|stmt| !matches!(stmt, ast::Stmt::FunctionDef(it) if it.name.as_str() == "__post_init__"));
    }
    class.body.retain_mut(|stmt| {
        let ast::Stmt::AnnAssign(it) = stmt else { return true };
        let ast::Expr::Name(name) = &*it.target else { return true };
        let Some(field) = declared.iter().find(|field| field.name == name.id.as_str()) else { return true };
        if let Some(ast::Expr::Call(call)) = it.value.as_deref_mut() {
            call.keywords.retain(|keyword| keyword.arg.as_ref().is_none_or(|arg| arg.as_str() != "init"));
        }
        !field.passed
    });
    class.body.push(ast::Stmt::FunctionDef(made));
}

/// Whether a block returns.
fn leaves(body: &[ast::Stmt]) -> bool {
    body.iter().any(|stmt| {
        let mut found = matches!(stmt, ast::Stmt::Return(_));
        blocks(stmt, &mut |inner| found |= leaves(inner));
        found
    })
}

/// Whether some class still has what only its constructor takes.
pub fn is_left(suite: &[ast::Stmt]) -> bool {
    suite.iter().any(|stmt| {
        let mut found = matches!(stmt, ast::Stmt::AnnAssign(it) if super::records::mentions(&it.annotation, "InitVar"));
        blocks(stmt, &mut |body| found |= is_left(body));
        found
    })
}

/// Takes the name out of the imports: nothing asks for it any more.
pub fn forget_import(suite: &mut Vec<ast::Stmt>) {
    for stmt in suite.iter_mut() {
        if let ast::Stmt::ImportFrom(it) = stmt {
            it.names.retain(|alias| alias.name.as_str() != "InitVar");
        }
    }
    suite.retain(|stmt| !matches!(stmt, ast::Stmt::ImportFrom(it) if it.names.is_empty()));
}

fn is(names: &Imports, expr: &ast::Expr, path: &str) -> bool {
    names.path(expr).as_deref() == Some(path)
}

/// A declaration; `None`: it is not understood, `Some(None)`: no field.
fn field(it: &ast::StmtAnnAssign, names: &Imports) -> Option<Option<Declared>> {
    let ast::Expr::Name(name) = &*it.target else { return None };
    let subscripted = match &*it.annotation {
        ast::Expr::Subscript(of) => names.path(&of.value),
        other => names.path(other),
    };
    if subscripted.as_deref() == Some("typing.ClassVar") {
        return Some(None);
    }
    let passed = subscripted.as_deref() == Some("dataclasses.InitVar");
    let annotation = match (&*it.annotation, passed) {
        (ast::Expr::Subscript(of), true) => (*of.slice).clone(),
        (ast::Expr::Constant(_), _) => return None,
        (other, _) => other.clone(),
    };
    let mut declared =
        Declared { name: name.id.to_string(), annotation, default: None, factory: None, init: true, passed };
    match it.value.as_deref() {
        None => {}
        Some(ast::Expr::Call(call)) if is(names, &call.func, "dataclasses.field") => {
            for keyword in &call.keywords {
                match keyword.arg.as_ref()?.as_str() {
                    "default" => declared.default = Some(keyword.value.clone()),
                    "default_factory" => declared.factory = Some(keyword.value.clone()),
                    "init" => {
                        declared.init = !matches!(&keyword.value, ast::Expr::Constant(it)
                            if it.value == ast::Constant::Bool(false));
                    }
                    "kw_only" => return None,
                    _ => {}
                }
            }
        }
        Some(value) => declared.default = Some(value.clone()),
    }
    Some(Some(declared))
}
