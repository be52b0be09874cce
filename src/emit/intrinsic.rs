//! Functions of the registry that have rules of their own: `print`, `len`, `isinstance` …

use syn::{Expr, parse_quote};

use super::Emitter;
use super::build::{self, block_expr, call_path, method, string, tail};
use super::place::as_reference;
use crate::hir::{self, Arg, Call, ExprId};
use crate::infer::StubCall;
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
                    Ty::Exc(_) => {
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
            ("builtins", "_hasattr", "") => args.first().map(|attribute| self.hasattr(*attribute)),
            ("builtins", "_getattr", "") => Some(self.getattr(id, &args, stub)),
            ("builtins", "isinstance", "") => self.isinstance(id, &args),
            ("builtins", "callable", "") => {
                let [value] = args[..] else { return None };
                Some(build::boolean(matches!(self.ty_of(value), Ty::Fn(_) | Ty::Type | Ty::ExcType)))
            }
            ("builtins", "pow", "") => {
                let [base, exponent] = args[..] else { return None };
                let base = self.owned(base);
                let exponent = self.owned(exponent);
                let made = method(base, "py_pow", vec![exponent]);
                Some(self.question(made))
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

    fn isinstance(&mut self, id: ExprId, args: &[ExprId]) -> Option<Expr> {
        let [value, classes] = args[..] else { return None };
        let classes: Vec<ExprId> = match &self.program.exprs[classes] {
            hir::Expr::Tuple(items) => items.iter().map(|item| item.value()).collect(),
            _ => vec![classes],
        };
        let narrowed = match self.program.exprs[value] {
            hir::Expr::Var(var) => self.body.narrowed.get(&var).cloned(),
            _ => None,
        };
        let ty = narrowed.unwrap_or_else(|| self.raw_ty(value));
        if let Some(pats) = self.instance_pats(&ty, &classes) {
            let wild = pats.iter().any(|pat| matches!(pat, syn::Pat::Wild(_)));
            if pats.is_empty() || wild {
                return Some(self.known(&[value], wild));
            }
            // The test looks at what the variable holds, not at what is known of it.
            let held =
                matches!(&self.program.exprs[value], hir::Expr::Var(var) if !self.body.narrowed.contains_key(var));
            let place = if held && self.types.adjustments.contains_key(&value) {
                self.raw(value, super::place::Want::Place)
            } else {
                self.place(value)
            };
            if pats.len() == 1
                && matches!(&pats[0], syn::Pat::TupleStruct(some) if some.path.is_ident("Some") && matches!(some.elems.first(), Some(syn::Pat::Wild(_))))
            {
                return Some(method(place, "is_some", Vec::new()));
            }
            return Some(parse_quote!(matches!(#place, #(#pats)|*)));
        }
        match &ty {
            Ty::Exc(_) => {
                let mut test: Option<Expr> = None;
                for class in classes {
                    let path = match &self.program.exprs[class] {
                        hir::Expr::Stub(stub) => self.exception_path(&crate::types::ExcClass::Stub(stub.clone())),
                        hir::Expr::Class(class) => self.class_name(*class),
                        _ => return Some(self.unsupported(id, "this `isinstance` is not translated yet")),
                    };
                    let ty = build::generic(&path, Vec::new());
                    let place = self.place(value);
                    let one: Expr = parse_quote!(#place.is::<#ty>());
                    test = Some(match test {
                        None => one,
                        Some(test) => build::binary(test, "||", one),
                    });
                }
                test
            }
            Ty::Class(class) => {
                let all = classes.iter().all(|other| match &self.program.exprs[*other] {
                    hir::Expr::Class(other) => self.class_chain(*class).contains(other),
                    _ => false,
                });
                if all {
                    return Some(build::boolean(true));
                }
                let mut wanted: Vec<hir::ClassId> = Vec::new();
                for other in &classes {
                    match &self.program.exprs[*other] {
                        hir::Expr::Class(other) => wanted.push(*other),
                        hir::Expr::Stub(stub) if stub.name == "object" => return Some(build::boolean(true)),
                        hir::Expr::Stub(_) => {}
                        _ => return Some(self.unsupported(id, "this `isinstance` is not translated yet")),
                    }
                }
                let members = self.layouts.of(*class).members.clone();
                let mut kinds: Vec<Expr> = Vec::new();
                for member in members {
                    let chain = self.class_chain(member);
                    if chain.contains(class) && wanted.iter().any(|wanted| chain.contains(wanted)) {
                        kinds.push(self.kind_of(member));
                    }
                }
                if kinds.is_empty() {
                    return Some(build::boolean(false));
                }
                let place = self.place(value);
                Some(parse_quote!(matches!(#place.kind, #(#kinds)|*)))
            }
            Ty::Outcome(inner) => {
                let place = self.looked_at(value);
                let mut tests: Option<Expr> = None;
                let mut values = Vec::new();
                for class in classes {
                    let path = match &self.program.exprs[class] {
                        hir::Expr::Stub(stub) if is_exception_stub(stub) => {
                            self.exception_path(&crate::types::ExcClass::Stub(stub.clone()))
                        }
                        hir::Expr::Class(class) if self.is_exception(*class) => {
                            self.exception_path(&crate::types::ExcClass::Class(*class))
                        }
                        _ => match self.instance_pats(inner, &[class]) {
                            Some(pats) => {
                                values.extend(pats);
                                continue;
                            }
                            None => return Some(self.unsupported(id, "this `isinstance` is not translated yet")),
                        },
                    };
                    let ty = build::generic(&path, Vec::new());
                    let one: Expr = parse_quote!(e.is::<#ty>());
                    tests = Some(match tests {
                        None => one,
                        Some(tests) => build::binary(tests, "||", one),
                    });
                }
                let values = values.into_iter().map(|pat| build::pat_variant("Outcome::Value", vec![pat]));
                let values: Vec<syn::Pat> = values.collect();
                let of_value: Option<Expr> =
                    (!values.is_empty()).then(|| parse_quote!(matches!(&#place, #(#values)|*)));
                let of_exception: Option<Expr> =
                    tests.map(|tests| parse_quote!(matches!(&#place, Outcome::Exception(e) if #tests)));
                Some(match (of_value, of_exception) {
                    (Some(value), Some(exception)) => build::binary(value, "||", exception),
                    (Some(test), None) | (None, Some(test)) => test,
                    (None, None) => build::boolean(false),
                })
            }
            Ty::Value => {
                let mut test: Option<Expr> = None;
                for class in classes {
                    let place = self.place(value);
                    let one: Expr = match &self.program.exprs[class] {
                        hir::Expr::Class(class) if self.is_exception(*class) => {
                            let ty = build::generic(&self.class_name(*class), Vec::new());
                            parse_quote!(PyErr::from_value(&#place).is_some_and(|e| e.is::<#ty>()))
                        }
                        hir::Expr::Class(class) => {
                            let ty = self.ty(&Ty::Class(*class));
                            parse_quote!(<#ty>::from_value(&#place).is_some())
                        }
                        hir::Expr::Stub(stub) if stub.module == "builtins" && !is_exception_name(&stub.name) => {
                            method(place, "is_a", vec![string(&stub.name)])
                        }
                        hir::Expr::Stub(stub) if stub.module == "builtins" => {
                            let path = self.exception_path(&crate::types::ExcClass::Stub(stub.clone()));
                            let ty = build::generic(&path, Vec::new());
                            parse_quote!(PyErr::from_value(&#place).is_some_and(|e| e.is::<#ty>()))
                        }
                        _ => return Some(self.unsupported(id, "this `isinstance` is not translated yet")),
                    };
                    test = Some(match test {
                        None => one,
                        Some(test) => build::binary(test, "||", one),
                    });
                }
                test
            }
            _ => Some(self.unsupported(id, "`isinstance` of this value is not translated yet")),
        }
    }

    /// The patterns of the instances of some classes; `None`: the type does not tell.
    pub(super) fn instance_pats(&self, ty: &Ty, classes: &[ExprId]) -> Option<Vec<syn::Pat>> {
        match ty {
            Ty::Option(inner) => {
                let pats = self.instance_pats(inner, classes)?;
                Some(pats.into_iter().map(|pat| build::pat_variant("Some", vec![pat])).collect())
            }
            Ty::Union(union) => {
                let text = self.names.union(*union);
                let mut out = Vec::new();
                for variant in &self.types.unions[*union].alternatives {
                    let path = format!("{text}::{}", super::names::escape(&variant.name));
                    let pats = self.instance_pats(&variant.ty, classes)?;
                    out.extend(pats.into_iter().map(|pat| build::pat_variant(&path, vec![pat])));
                }
                Some(out)
            }
            Ty::Number => {
                let named = |wanted: &str| {
                    classes.iter().any(|class| {
                        matches!(&self.program.exprs[*class], hir::Expr::Stub(stub)
                            if stub.module == "builtins" && stub.name == wanted)
                    })
                };
                let (object, int, bool, float) = (named("object"), named("int"), named("bool"), named("float"));
                if object || int && float {
                    return Some(vec![build::pat("_")]);
                }
                let mut out = Vec::new();
                for (test, path) in [(int, "Number::Int"), (int || bool, "Number::Bool"), (float, "Number::Float")] {
                    if test {
                        out.push(build::pat_variant(path, vec![build::pat("_")]));
                    }
                }
                Some(out)
            }
            ty => {
                let mut any = false;
                for class in classes {
                    any |= self.is_of(ty, *class)?;
                }
                Some(if any { vec![build::pat("_")] } else { Vec::new() })
            }
        }
    }

    /// Whether no class of a hierarchy derives from one of the registry.
    fn has_plain_bases(&self, class: hir::ClassId) -> bool {
        self.layouts.of(class).members.iter().all(|member| {
            let bases = self.class_chain(*member).into_iter().flat_map(|class| &self.program.classes[class].bases);
            bases.into_iter().all(|base| match base {
                hir::Base::Class(_) => true,
                hir::Base::Stub(stub) => stub.module != "builtins" && stub.module != "enum" || stub.name == "object",
            })
        })
    }

    /// Whether values of a type are instances of a class; `None`: not known here.
    fn is_of(&self, ty: &Ty, class: ExprId) -> Option<bool> {
        match &self.program.exprs[class] {
            hir::Expr::Stub(stub) if stub.module == "builtins" => Some(match (stub.name.as_str(), ty) {
                ("object", _) => true,
                ("int", Ty::Int | Ty::BigInt | Ty::Bool)
                | ("bool", Ty::Bool)
                | ("float", Ty::Float)
                | ("str", Ty::Str)
                | ("bytes", Ty::Bytes)
                | ("list", Ty::List(_))
                | ("dict", Ty::Dict(..))
                | ("set", Ty::Set(_))
                | ("frozenset", Ty::FrozenSet(_))
                | ("tuple", Ty::Tuple(_) | Ty::VarTuple(_))
                | ("range", Ty::Range) => true,
                (_, Ty::Class(class)) if self.has_plain_bases(*class) => false,
                (
                    _,
                    Ty::Exc(_)
                    | Ty::Class(_)
                    | Ty::Value
                    | Ty::Stub(..)
                    | Ty::Outcome(_)
                    | Ty::Number
                    | Ty::Union(_)
                    | Ty::Option(_)
                    | Ty::Iter(_)
                    | Ty::Record(_)
                    | Ty::Param(_)
                    | Ty::Never
                    | Ty::Type
                    | Ty::ExcType,
                ) => return None,
                (
                    "bool" | "bytes" | "dict" | "float" | "frozenset" | "int" | "list" | "range" | "set" | "str"
                    | "tuple" | "BaseException" | "Exception",
                    _,
                ) => false,
                _ => return None,
            }),
            hir::Expr::Class(wanted) => match ty {
                Ty::Class(class) => {
                    if self.class_chain(*class).contains(wanted) {
                        Some(true)
                    } else if self.layouts.below(*class).iter().any(|below| self.class_chain(*below).contains(wanted)) {
                        None
                    } else {
                        Some(false)
                    }
                }
                Ty::Exc(_) | Ty::Value | Ty::Outcome(_) | Ty::Union(_) | Ty::Option(_) | Ty::Param(_) => None,
                _ => Some(false),
            },
            _ => None,
        }
    }
}

fn shown(stub: &StubCall) -> String {
    let module = if stub.of.module == "builtins" { String::new() } else { format!("{}.", stub.of.module) };
    let method =
        if stub.method.is_empty() || stub.method == "__init__" { String::new() } else { format!(".{}", stub.method) };
    format!("{module}{}{method}", stub.of.name)
}

fn is_exception_name(name: &str) -> bool {
    name.ends_with("Error") || name.ends_with("Exception") || name.ends_with("Warning") || name == "KeyboardInterrupt"
}

/// Whether a class of the registry is an exception, by its name.
fn is_exception_stub(stub: &hir::StubRef) -> bool {
    stub.name.ends_with("Error")
        || stub.name.ends_with("Exception")
        || matches!(stub.name.as_str(), "StopIteration" | "StopAsyncIteration" | "KeyboardInterrupt" | "SystemExit")
        || stub.module == "asyncio" && matches!(stub.name.as_str(), "QueueEmpty" | "QueueFull")
}
