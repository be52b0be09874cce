//! `logging`: calls that log, filters, and `basicConfig`.

use syn::Expr;

use super::Emitter;
use super::build::{array, call_path, method, name};
use super::place::{Want, as_reference};
use crate::hir::{self, Arg, Call, Callee, ExprId, Lit};
use crate::infer::Adjustment;
use crate::types::Ty;

impl Emitter<'_> {
    /// A function or method of `logging`; `None`: as any other call.
    pub(super) fn logging(&mut self, id: ExprId, call: &Call, text: &str) -> Option<Expr> {
        let recv = match &call.callee {
            Callee::Method { recv, .. } if self.ty_of(*recv) != Ty::Module => Some(*recv),
            _ => None,
        };
        match text {
            "basicConfig" => Some(self.basic_config(id, call)),
            "addFilter" => self.add_filter(id, recv?, call),
            _ => Some(self.log_call(id, call, text, recv)),
        }
    }

    /// `log.info("%s", x)`: `log.info("%s", &[&x])`.
    fn log_call(&mut self, id: ExprId, call: &Call, text: &str, recv: Option<ExprId>) -> Expr {
        self.import("logging");
        let mut values = Vec::new();
        let (mut exc_info, mut extra) = (None, None);
        for arg in &call.args {
            match arg {
                Arg::Positional(value) => values.push(*value),
                Arg::Keyword(key, value) => match key.as_str() {
                    "exc_info" => exc_info = Some(*value),
                    "extra" => extra = Some(*value),
                    "msg" if values.is_empty() => values.push(*value),
                    "stacklevel" => {}
                    _ => return self.unsupported(id, format!("`{key}` of a message is not translated yet")),
                },
                Arg::Star(_) | Arg::DoubleStar(_) => {
                    return self.unsupported(id, "`*` and `**` in a call that logs are not translated yet");
                }
            }
        }
        let error = match exc_info {
            None if text == "exception" => self.handled_error(),
            None => Some(None),
            Some(given) => self.exc_info(given),
        };
        let Some(error) = error else {
            return self.unsupported(id, "`exc_info` is translated where the exception is caught: in `except`");
        };
        let (rust, level) = match text {
            "exception" => ("error", None),
            "warn" => ("warning", None),
            "fatal" => ("critical", None),
            "log" if !values.is_empty() => ("log", Some(self.owned(values.remove(0)))),
            text => (text, None),
        };
        let Some((message, rest)) = values.split_first() else {
            return self.unsupported(id, "a message is missing");
        };
        let message =
            if self.ty_of(*message) == Ty::Str { self.borrowed_text(*message) } else { self.borrowed(*message) };
        let rest = rest.iter().map(|value| self.borrowed(*value)).collect();
        let mut args: Vec<Expr> = level.into_iter().collect();
        args.push(message);
        args.push(as_reference(array(rest)));
        let recv = recv.map(|recv| self.place(recv));
        if error.is_none() && extra.is_none() {
            return match recv {
                Some(recv) => method(recv, rust, args),
                None => call_path(&format!("logging::{rust}"), args),
            };
        }
        let mut with = match recv {
            Some(recv) => method(recv, "with", Vec::new()),
            None => call_path("logging::with", Vec::new()),
        };
        if let Some(error) = error {
            with = method(with, "exc_info", vec![error]);
        }
        if let Some(extra) = extra {
            match self.ty_of(extra) {
                Ty::None => {}
                Ty::Dict(..) => {
                    let extra = self.borrowed(extra);
                    with = method(with, "extra", vec![extra]);
                }
                _ => return self.unsupported(id, "`extra` that is no dict is not translated yet"),
            }
        }
        method(with, rust, args)
    }

    /// The exception that is being handled here, borrowed; `None`: the text does not tell.
    pub(super) fn handled_error(&mut self) -> Option<Option<Expr>> {
        let handling = self.body.handling.last()?.name.clone();
        Some(Some(as_reference(name(&handling))))
    }

    /// What `exc_info=` gives; `Some(None)`: nothing is shown.
    fn exc_info(&mut self, given: ExprId) -> Option<Option<Expr>> {
        match (&self.program.exprs[given], self.ty_of(given)) {
            (hir::Expr::Lit(Lit::Bool(true)) | hir::Expr::Lit(Lit::Int(1)), _) => self.handled_error(),
            (hir::Expr::Lit(Lit::Bool(false) | Lit::None | Lit::Int(0)), _) | (_, Ty::None) => Some(None),
            (_, Ty::Exc(_)) => Some(Some(self.borrowed(given))),
            (_, Ty::Option(inner)) if matches!(*inner, Ty::Exc(_)) => Some(Some(self.owned(given))),
            _ => None,
        }
    }

    /// A filter is a function, an object with `filter`, or `logging.Filter`.
    fn add_filter(&mut self, id: ExprId, recv: ExprId, call: &Call) -> Option<Expr> {
        let [Arg::Positional(filter)] = call.args[..] else { return None };
        let filter = match self.ty_of(filter) {
            Ty::Stub(stub, _) if stub.name == "Filter" => self.owned(filter),
            Ty::Fn(function) => {
                self.import("logging");
                let closure = self.callable(filter, &function);
                call_path("logging::Filter::function", vec![closure])
            }
            _ => return Some(self.unsupported(id, "this filter is not translated yet")),
        };
        let recv = self.place(recv);
        Some(method(recv, "add_filter", vec![filter]))
    }

    /// `logging.basicConfig(level=…)`: a builder.
    fn basic_config(&mut self, id: ExprId, call: &Call) -> Expr {
        self.import("logging");
        let mut made = call_path("logging::BasicConfig::new", Vec::new());
        for arg in &call.args {
            let Arg::Keyword(key, value) = arg else {
                return self.unsupported(id, "`basicConfig` takes its options by name");
            };
            let ty = self.ty_of(*value);
            let given = match (key.as_str(), &ty) {
                ("errors", _) => continue,
                (_, Ty::None) => continue,
                ("level", Ty::Int | Ty::Value) => self.owned(*value),
                ("level", Ty::Str) => self.borrowed_text(*value),
                ("level", Ty::Bool) => return self.unsupported(id, "a level that is a bool"),
                ("stream" | "handlers", Ty::Stub(..) | Ty::List(_)) => self.borrowed(*value),
                ("stream", Ty::Option(_))
                    if self
                        .types
                        .adjustments
                        .get(value)
                        .is_some_and(|list| matches!(list[..], [Adjustment::WrapSome])) =>
                {
                    let stream = self.raw(*value, Want::Place);
                    as_reference(stream)
                }
                ("force", Ty::Bool) => self.owned(*value),
                ("filename" | "filemode" | "format" | "datefmt" | "style" | "encoding", Ty::Str) => {
                    let text = self.owned(*value);
                    call_path("Some", vec![text])
                }
                ("filename" | "filemode" | "format" | "datefmt" | "style" | "encoding", Ty::Option(inner))
                    if **inner == Ty::Str =>
                {
                    self.owned(*value)
                }
                _ => return self.unsupported(id, format!("this `{key}` of `basicConfig` is not translated yet")),
            };
            made = method(made, key, vec![given]);
        }
        let made = method(made, "apply", Vec::new());
        self.question(made)
    }
}
