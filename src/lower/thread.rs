//! `threading.Thread(target=f, args=(a,))` and `Timer`: calls of what a thread runs, with its arguments written out.

use rustpython_parser::ast;

use super::Lowerer;
use super::resolve::Meaning;
use crate::hir::{Arg, Call, Callee, Expr, ExprId, Lit, StubRef};
use crate::source::Span;

impl<'a> Lowerer<'a, '_> {
    /// A thread or timer; `None`: another name, or arguments that are not written out.
    pub(super) fn thread(&mut self, name: &str, call: &'a ast::ExprCall, span: Span) -> Option<ExprId> {
        let places: &[&str] = match name {
            "Thread" => &["group", "target", "name", "args", "kwargs"],
            "Timer" => &["interval", "function", "args", "kwargs"],
            _ => return None,
        };
        let positional = call.args.iter().enumerate().map(|(at, value)| Some((*places.get(at)?, value)));
        let named = call.keywords.iter().map(|keyword| Some((keyword.arg.as_ref()?.as_str(), &keyword.value)));
        let given: Vec<(&str, &'a ast::Expr)> = positional.chain(named).collect::<Option<_>>()?;
        let find = |wanted: &str| given.iter().find(|(key, _)| *key == wanted).map(|(_, value)| *value);
        let function = find(if name == "Thread" { "target" } else { "function" }).filter(|value| !is_none(value));
        let args = match find("args").filter(|value| !is_none(value)) {
            None => &[][..],
            Some(ast::Expr::Tuple(it)) => &it.elts[..],
            Some(ast::Expr::List(it)) => &it.elts[..],
            Some(other) => std::slice::from_ref(other),
        };
        let starred = find("args").is_some_and(|args| !matches!(args, ast::Expr::Tuple(_) | ast::Expr::List(_)));
        let kwargs: Vec<(&'a ast::Expr, &'a ast::Expr)> = match find("kwargs").filter(|value| !is_none(value)) {
            None => Vec::new(),
            Some(ast::Expr::Dict(it)) => it
                .keys
                .iter()
                .zip(&it.values)
                .map(|(key, value)| Some((key.as_ref()?, value)))
                .collect::<Option<_>>()?,
            Some(_) => return None,
        };
        let mut all = Vec::new();
        match (name, function) {
            ("Thread", Some(function)) => {
                let shown = self.thread_name(function);
                all.push(Arg::Positional(self.alloc(Expr::Lit(Lit::Str(shown)), span)));
                all.push(Arg::Positional(self.expr(function)));
            }
            ("Timer", Some(function)) => {
                all.push(Arg::Positional(self.expr(find("interval")?)));
                all.push(Arg::Positional(self.expr(function)));
            }
            ("Thread", None) => {}
            _ => return None,
        }
        for arg in args {
            all.push(match arg {
                ast::Expr::Starred(it) => Arg::Star(self.expr(&it.value)),
                arg if starred => Arg::Star(self.expr(arg)),
                arg => Arg::Positional(self.expr(arg)),
            });
        }
        for (key, value) in kwargs {
            let ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(key), .. }) = key else {
                return None;
            };
            all.push(Arg::Keyword(key.clone(), self.expr(value)));
        }
        let made = match (name, function) {
            ("Thread", Some(_)) => "_thread",
            ("Thread", None) => "_idle",
            _ => "_timer",
        };
        let of = StubRef::new("threading", made);
        let mut made = self.alloc(Expr::Call(Call { callee: Callee::Stub(of), args: all }), span);
        for (key, method) in [("name", "_named"), ("daemon", "_daemonic")] {
            if let Some(value) = find(key) {
                let args = vec![Arg::Positional(self.expr(value))];
                let callee = Callee::Method { recv: made, name: method.to_string() };
                made = self.alloc(Expr::Call(Call { callee, args }), span);
            }
        }
        Some(made)
    }

    /// What a thread's name says of its function.
    fn thread_name(&mut self, function: &'a ast::Expr) -> String {
        match (self.path(function), function) {
            (Some(Meaning::Function(id)), _) => self.program.functions[id].name.clone(),
            (_, ast::Expr::Lambda(_)) => "<lambda>".to_string(),
            (_, ast::Expr::Attribute(it)) => it.attr.to_string(),
            (_, ast::Expr::Name(it)) => it.id.to_string(),
            _ => String::new(),
        }
    }
}

fn is_none(value: &ast::Expr) -> bool {
    matches!(value, ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::None, .. }))
}
