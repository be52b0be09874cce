//! Functions of the registry that have rules of their own: `print`, `len`, `isinstance` …

use syn::{Expr, parse_quote};

use super::Emitter;
use super::build::{self, block_expr, call_path, method, string, tail};
use super::place::{Want, as_reference};
use crate::hir::{self, Arg, Call, ExprId};
use crate::infer::StubCall;
use crate::stubs::RustForm;
use crate::types::Ty;

impl Emitter<'_> {
    /// What an intrinsic is written as; `None`: as any other call.
    pub(super) fn intrinsic(&mut self, id: ExprId, call: &Call, stub: &StubCall) -> Option<Expr> {
        let args: Vec<ExprId> = call.args.iter().map(Arg::value).collect();
        match (stub.of.module.as_str(), stub.of.name.as_str(), stub.method.as_str()) {
            ("builtins", "print", "") => self.print(id, call),
            _ if matches!(self.raw_ty(id), Ty::Exc(_)) && stub.method == "__init__" => {
                let path = self.stub_path(&stub.of);
                let argument = self.args_value(id, &call.args);
                Some(call_path(&format!("{path}::new"), vec![argument]))
            }
            ("collections", "defaultdict", "__init__") => {
                let [factory] = args[..] else { return None };
                self.import("collections");
                let ty = match self.raw_ty(id) {
                    Ty::Stub(_, args) => args.get(1).cloned(),
                    _ => None,
                };
                let shown = match &self.program.exprs[factory] {
                    hir::Expr::Stub(stub) => format!("<class '{}'>", stub.name),
                    hir::Expr::Lambda(_) => "<function <lambda>>".to_string(),
                    hir::Expr::Function(function) => {
                        format!("<function {}>", self.program.functions[*function].qualname)
                    }
                    _ => "<factory>".to_string(),
                };
                let empty = match (&self.program.exprs[factory], ty) {
                    (hir::Expr::Stub(_), Some(ty)) => match ty {
                        Ty::List(_) => Some(self.new_container(&ty, "List")),
                        Ty::Dict(..) => Some(self.new_container(&ty, "Dict")),
                        Ty::Set(_) => Some(self.new_container(&ty, "Set")),
                        Ty::Int => Some(parse_quote!(0_i64)),
                        Ty::Float => Some(build::float(0.0)),
                        Ty::Str => Some(call_path("Str::new", Vec::new())),
                        Ty::Bool => Some(build::boolean(false)),
                        Ty::BigInt => Some(call_path("Int::from", vec![build::int(0)])),
                        Ty::Number => Some(call_path("Number::from", vec![parse_quote!(0_i64)])),
                        _ => None,
                    },
                    _ => None,
                };
                let made = match empty {
                    Some(empty) => build::closure(false, false, Vec::new(), None, call_path("Ok", vec![empty])),
                    None => match self.raw_ty(factory) {
                        Ty::Fn(function) => self.callable(factory, &function),
                        _ => return Some(self.unsupported(id, "this factory is not translated yet")),
                    },
                };
                Some(call_path("collections::DefaultDict::new", vec![string(&shown), made]))
            }
            ("struct", "Struct", _) => {
                let [format] = args[..] else { return None };
                let ty = self.raw_ty(id);
                let ty = self.ty(&ty);
                let format = self.borrowed_text(format);
                let made: Expr = parse_quote!(<#ty>::new(#format));
                Some(self.question(made))
            }
            ("contextvars", "Context", "run") => self.context_run(call),
            ("asyncio", "AbstractEventLoop", text) => self.loop_method(id, call, text),
            ("argparse", _, text) => self.argparse(id, call, text),
            ("traceback", text @ ("print_exc" | "format_exc"), "") => {
                let Some(Some(error)) = self.handled_error() else {
                    return Some(
                        self.unsupported(id, "`traceback` is translated where the exception is caught: in `except`"),
                    );
                };
                self.import("traceback");
                let file = call.args.iter().find_map(|arg| match arg {
                    Arg::Keyword(key, value) if key == "file" => Some(*value),
                    _ => None,
                });
                Some(match (text, file) {
                    ("print_exc", Some(file)) => {
                        let file = self.borrowed(file);
                        let made = call_path("traceback::print_exc_to", vec![error, file]);
                        self.question(made)
                    }
                    (text, _) => call_path(&format!("traceback::{text}"), vec![error]),
                })
            }
            ("logging", _, "") => self.logging(id, call, &stub.of.name),
            ("logging", _, text) => self.logging(id, call, text),
            ("builtins", "len", "") => {
                let [value] = args[..] else { return None };
                if let Ty::Tuple(items) = self.ty_of(value) {
                    let count = build::int(items.len() as i64);
                    if self.is_pure(value) {
                        return Some(count);
                    }
                    let place = self.place(value);
                    let binding = build::let_(build::pat("_"), None, Some(place));
                    return Some(block_expr(vec![binding, tail(count)]));
                }
                let place = self.place(value);
                let made = method(place, "len", Vec::new());
                Some(if stub.nothrow || self.ty_of(value) != Ty::Value { made } else { self.question(made) })
            }
            ("builtins", "dict", "update") => {
                let hir::Callee::Method { recv, .. } = &call.callee else { return None };
                let pairs: Option<Vec<Expr>> = call
                    .args
                    .iter()
                    .map(|arg| match arg {
                        Arg::Keyword(key, value) => {
                            let value = self.owned(*value);
                            Some(build::tuple(vec![call_path("Str::from", vec![string(key)]), value]))
                        }
                        _ => None,
                    })
                    .collect();
                let Some(pairs) = pairs else {
                    return Some(self.unsupported(id, "`update` with `**` is not translated yet"));
                };
                let place = self.place(*recv);
                let given = call_path("Dict::from", vec![build::array(pairs)]);
                Some(method(place, "update", vec![as_reference(given)]))
            }
            ("builtins", "str", "format") => {
                let made = self.str_format(call);
                Some(made.unwrap_or_else(|| self.unsupported(id, "`format` with `*` or `**` is not translated yet")))
            }
            ("builtins", "type", "") => {
                let [value] = args[..] else { return None };
                match self.ty_of(value) {
                    Ty::Exc(_) if self.raw_ty(id) == Ty::ExcType => {
                        let place = self.place(value);
                        Some(method(place, "class", Vec::new()))
                    }
                    Ty::Class(class) => {
                        let place = self.place(value);
                        Some(self.type_of(class, &place))
                    }
                    ty => {
                        if let Some(python) = self.class_of(&ty)
                            && self.is_pure(value)
                            && !self.is_outcome(value)
                        {
                            return Some(call_path("Type::named", vec![string(&python)]));
                        }
                        let value = as_reference(self.looked_at(value));
                        Some(call_path("Type::of", vec![value]))
                    }
                }
            }
            ("types", "bare_yield", "") => {
                let [value] = args[..] else { return None };
                let yields = self.ty_of(value);
                let sends = match self.raw_ty(id) {
                    Ty::Coro(sends) => *sends,
                    _ => Ty::None,
                };
                let types = [yields, sends].map(|ty| self.ty(&ty));
                let value = self.owned(value);
                self.import("types");
                let [yields, sends] = types;
                Some(parse_quote!(types::bare_yield::<#yields, #sends>(#value)))
            }
            (_, kind, "") if matches!(&stub.rust, RustForm::Path(path) if path == "builtins::is_kind") => {
                let value = *args.first()?;
                let kind = kind.to_string();
                let ty = self.raw_ty(value);
                if let (Ty::Fn(_), "iscoroutinefunction") = (&ty, kind.as_str()) {
                    let place = self.raw(value, Want::Place);
                    return Some(method(place, "is_coroutine_function", Vec::new()));
                }
                match self.kind_pats(&ty, &kind) {
                    Some(pats) => {
                        let place = self.raw(value, Want::Place);
                        Some(super::instance::holds(place, &pats))
                    }
                    None => Some(self.unsupported(id, "this test of a value of several kinds is not translated yet")),
                }
            }
            ("builtins", "_hasattr", "") => args.first().map(|attribute| self.hasattr(*attribute)),
            ("builtins", "_getattr", "") => Some(self.getattr(id, &args, stub)),
            ("builtins", "isinstance", "") => self.isinstance(id, &args),
            ("builtins", "callable", "") => {
                let [value] = args[..] else { return None };
                Some(build::boolean(matches!(self.ty_of(value), Ty::Fn(_) | Ty::Type | Ty::ExcType)))
            }
            ("builtins", "anext", "") => {
                let [value, default] = args[..] else {
                    return Some(self.unsupported(id, "`anext` of these arguments is not translated yet"));
                };
                Some(self.anext_or(id, value, default))
            }
            ("functools", "partial", _) => Some(match self.partial(id, &call.args) {
                Some(made) => made,
                None => self.unsupported(id, "this use of `functools.partial` is not translated yet"),
            }),
            ("builtins", "aiter", "") => {
                let [value] = args[..] else { return None };
                Some(self.owned(value))
            }
            _ => Some(self.unsupported(id, format!("`{}` is not translated yet", shown(stub)))),
        }
    }

    /// The class of values of a type, when the type tells it.
    fn class_of(&self, ty: &Ty) -> Option<String> {
        Some(match ty {
            Ty::None => "NoneType".into(),
            Ty::Bool => "bool".into(),
            Ty::Int | Ty::BigInt => "int".into(),
            Ty::Float => "float".into(),
            Ty::Str => "str".into(),
            Ty::Bytes => "bytes".into(),
            Ty::List(_) => "list".into(),
            Ty::Dict(..) => "dict".into(),
            Ty::Set(_) => "set".into(),
            Ty::FrozenSet(_) => "frozenset".into(),
            Ty::Tuple(_) | Ty::VarTuple(_) => "tuple".into(),
            Ty::Range => "range".into(),
            Ty::Coro(_) => "coroutine".into(),
            Ty::Task(_) => "_asyncio.Task".into(),
            Ty::Future(_) => "_asyncio.Future".into(),
            Ty::Gen(..) => "generator".into(),
            Ty::AsyncGen(..) => "async_generator".into(),
            Ty::Fn(_) => "function".into(),
            Ty::Class(class) => format!("__main__.{}", self.program.classes[*class].qualname),
            _ => return None,
        })
    }
}

fn shown(stub: &StubCall) -> String {
    let module = if stub.of.module == "builtins" { String::new() } else { format!("{}.", stub.of.module) };
    let method =
        if stub.method.is_empty() || stub.method == "__init__" { String::new() } else { format!(".{}", stub.method) };
    format!("{module}{}{method}", stub.of.name)
}
