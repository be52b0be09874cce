//! A context manager as a decorator: the body of the function in a `with`.

use std::collections::BTreeMap;

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, blocks, read};

/// What a name of the file makes a manager of.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// `@contextmanager`: a new manager for each call.
    Generator { is_async: bool },
    /// A class derived from `ContextDecorator`: the one that was made where the function is defined.
    Class { is_async: bool },
}

/// The names of a file that give managers which decorate.
#[derive(Default)]
pub struct Decorating(BTreeMap<String, Kind>);

impl Decorating {
    /// Finds them.
    pub fn of(suite: &[ast::Stmt], names: &Imports) -> Decorating {
        let mut found = Decorating::default();
        if names.matter(&["contextlib"]) {
            found.find(suite, names);
        }
        found
    }

    fn find(&mut self, suite: &[ast::Stmt], names: &Imports) {
        let named = |decorators: &[ast::Expr], path: &str| {
            decorators.iter().any(|decorator| names.path(decorator).as_deref() == Some(path))
        };
        for stmt in suite {
            match stmt {
                ast::Stmt::FunctionDef(it) if named(&it.decorator_list, "contextlib.contextmanager") => {
                    self.0.insert(it.name.to_string(), Kind::Generator { is_async: false });
                }
                ast::Stmt::AsyncFunctionDef(it) if named(&it.decorator_list, "contextlib.asynccontextmanager") => {
                    self.0.insert(it.name.to_string(), Kind::Generator { is_async: true });
                }
                ast::Stmt::ClassDef(it) => {
                    for (path, is_async) in
                        [("contextlib.ContextDecorator", false), ("contextlib.AsyncContextDecorator", true)]
                    {
                        if named(&it.bases, path) {
                            self.0.insert(it.name.to_string(), Kind::Class { is_async });
                        }
                    }
                }
                _ => {}
            }
            blocks(stmt, &mut |body| self.find(body, names));
        }
    }

    /// Writes a function's decorators out; gives what stands before it.
    pub fn written_out(&self, stmt: &mut ast::Stmt) -> Vec<ast::Stmt> {
        let mut before = Vec::new();
        if self.0.is_empty() {
            return before;
        }
        let (decorators, body, awaits) = match stmt {
            ast::Stmt::FunctionDef(it) => (&mut it.decorator_list, &mut it.body, false),
            ast::Stmt::AsyncFunctionDef(it) => (&mut it.decorator_list, &mut it.body, true),
            _ => return before,
        };
        if body.iter().any(super::manager::yields) {
            return before;
        }
        while let Some(decorator) = decorators.last() {
            let ast::Expr::Call(call) = decorator else { break };
            let ast::Expr::Name(name) = &*call.func else { break };
            let Some(kind) = self.0.get(name.id.as_str()).copied() else { break };
            let (Kind::Generator { is_async } | Kind::Class { is_async }) = kind;
            if is_async != awaits {
                break;
            }
            let at = TextRange::empty(call.range.start());
            let mut made = call.clone();
            decorators.pop();
            let mut hold = |value: ast::Expr| -> ast::Expr {
                let text = format!("{}{MARK}{}", name_of(&value), u32::from(value.start()));
                before.push(ast::Stmt::Assign(ast::StmtAssign {
                    range: at,
                    targets: vec![ast::Expr::Name(ast::ExprName {
                        range: at,
                        id: text.as_str().into(),
                        ctx: ast::ExprContext::Store,
                    })],
                    value: Box::new(value),
                    type_comment: None,
                }));
                read(&text, at)
            };
            let manager = match kind {
                Kind::Class { .. } => hold(ast::Expr::Call(made)),
                Kind::Generator { .. } => {
                    let args = made.args.iter_mut().chain(made.keywords.iter_mut().map(|keyword| &mut keyword.value));
                    for arg in args {
                        if !matches!(arg, ast::Expr::Constant(_)) {
                            *arg = hold(arg.clone());
                        }
                    }
                    ast::Expr::Call(made)
                }
            };
            let inner = std::mem::take(body);
            let docs = usize::from(super::exit::is_docstring(inner.first()));
            let mut inner = inner;
            let rest = inner.split_off(docs);
            let end = rest.last().map_or(at.end(), Ranged::end);
            let range = TextRange::new(rest.first().map_or(at.start(), Ranged::start), end);
            let items = vec![ast::WithItem { range: Default::default(), context_expr: manager, optional_vars: None }];
            inner.push(if is_async {
                ast::Stmt::AsyncWith(ast::StmtAsyncWith { range, items, body: rest, type_comment: None })
            } else {
                ast::Stmt::With(ast::StmtWith { range, items, body: rest, type_comment: None })
            });
            *body = inner;
        }
        before
    }
}

fn name_of(value: &ast::Expr) -> String {
    match value {
        ast::Expr::Call(it) => name_of(&it.func).to_lowercase(),
        ast::Expr::Name(it) => it.id.to_string(),
        _ => "value".to_string(),
    }
}

/// Adds what the abstract managers of `contextlib` have: entering gives the object.
pub fn entering(class: &mut ast::StmtClassDef, names: &Imports) {
    let at = TextRange::empty(class.end());
    for (path, name, keyword) in [
        ("contextlib.AbstractContextManager", "__enter__", "def"),
        ("contextlib.AbstractAsyncContextManager", "__aenter__", "async def"),
    ] {
        let of = |base: &ast::Expr| match base {
            ast::Expr::Subscript(it) => names.path(&it.value),
            base => names.path(base),
        };
        let has = class.body.iter().any(|stmt| match stmt {
            ast::Stmt::FunctionDef(it) => it.name.as_str() == name,
            ast::Stmt::AsyncFunctionDef(it) => it.name.as_str() == name,
            _ => false,
        });
        if !has && class.bases.iter().any(|base| of(base).as_deref() == Some(path)) {
            let text = format!("{keyword} {name}(self):\n    return self\n");
            class.body.extend(crate::syntax::snippet(&text, at));
        }
    }
}
