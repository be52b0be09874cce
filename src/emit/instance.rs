//! `isinstance`: a pattern where the type tells, a test of the value where it does not.

use syn::{Expr, parse_quote};

use super::Emitter;
use super::build::{self, closure, method, name, string};
use crate::hir::{self, ExprId};
use crate::types::Ty;

/// `matches!(&place, A(_) | B(_))`; `place.is_some()`.
pub fn holds(place: Expr, pats: &[syn::Pat]) -> Expr {
    if is_some(pats) { method(place, "is_some", Vec::new()) } else { parse_quote!(matches!(&#place, #(#pats)|*)) }
}

/// `Some(_)`.
fn is_some(pats: &[syn::Pat]) -> bool {
    let [syn::Pat::TupleStruct(some)] = pats else { return false };
    some.path.is_ident("Some") && matches!(some.elems.first(), Some(syn::Pat::Wild(_)))
}

impl Emitter<'_> {
    pub(super) fn isinstance(&mut self, id: ExprId, args: &[ExprId]) -> Option<Expr> {
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
            if is_some(&pats) {
                return Some(method(place, "is_some", Vec::new()));
            }
            return Some(parse_quote!(matches!(#place, #(#pats)|*)));
        }
        let place = if matches!(ty, Ty::Outcome(_)) { self.looked_at(value) } else { self.place(value) };
        self.instance_test(id, place, &ty, &classes)
    }

    /// Whether a value is of some classes, where only it can tell.
    pub(super) fn instance_test(&mut self, id: ExprId, place: Expr, ty: &Ty, classes: &[ExprId]) -> Option<Expr> {
        match ty {
            Ty::Exc(_) => {
                let mut test: Option<Expr> = None;
                for &class in classes {
                    let path = match &self.program.exprs[class] {
                        hir::Expr::Stub(stub) if stub.name == "object" => return Some(build::boolean(true)),
                        hir::Expr::Stub(stub) if is_exception_stub(stub) => {
                            self.exception_path(&crate::types::ExcClass::Stub(stub.clone()))
                        }
                        hir::Expr::Class(class) if self.is_exception(*class) => self.class_name(*class),
                        hir::Expr::Stub(_) | hir::Expr::Class(_) => continue,
                        _ => return Some(self.unsupported(id, "this `isinstance` is not translated yet")),
                    };
                    let ty = build::generic(&path, Vec::new());
                    let one: Expr = parse_quote!(#place.is::<#ty>());
                    test = Some(match test {
                        None => one,
                        Some(test) => build::binary(test, "||", one),
                    });
                }
                Some(test.unwrap_or_else(|| build::boolean(false)))
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
                for other in classes {
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
                Some(parse_quote!(matches!(#place.kind, #(#kinds)|*)))
            }
            Ty::Outcome(inner) => {
                let mut tests: Option<Expr> = None;
                let mut values = Vec::new();
                for &class in classes {
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
                for &class in classes {
                    let place = place.clone();
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
            Ty::Option(inner) => {
                let test = self.instance_test(id, name("value"), inner, classes)?;
                if matches!(test, Expr::Lit(_)) {
                    return Some(test);
                }
                let test = closure(false, false, vec![build::pat("value")], None, test);
                Some(method(method(place, "as_ref", Vec::new()), "is_some_and", vec![test]))
            }
            Ty::Union(union) => {
                let text = self.names.union(*union);
                let mut arms: Vec<syn::Arm> = Vec::new();
                for variant in self.types.unions[*union].alternatives.clone() {
                    let path = format!("{text}::{}", super::names::escape(&variant.name));
                    let (pattern, test) = match self.instance_pats(&variant.ty, classes) {
                        Some(pats) if pats.is_empty() => (build::pat("_"), build::boolean(false)),
                        Some(pats) => {
                            let inner = name("value");
                            (build::pat("value"), parse_quote!(matches!(#inner, #(#pats)|*)))
                        }
                        None => {
                            let test = self.instance_test(id, name("value"), &variant.ty, classes)?;
                            (build::pat(if matches!(test, Expr::Lit(_)) { "_" } else { "value" }), test)
                        }
                    };
                    let pattern = build::pat_variant(&path, vec![pattern]);
                    arms.push(parse_quote!(#pattern => #test,));
                }
                Some(parse_quote!(match &#place { #(#arms)* }))
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

    /// The patterns of the values of which `iscoroutine` and its like hold; `None`: there are none, or it is not known.
    pub(super) fn kind_pats(&self, ty: &Ty, kind: &str) -> Option<Vec<syn::Pat>> {
        let is = |ty: &Ty| match kind {
            "iscoroutine" => matches!(ty, Ty::Coro(_)),
            "isawaitable" => match ty {
                Ty::Class(class) => self.special(*class, "__await__").is_some(),
                ty => matches!(ty, Ty::Coro(_) | Ty::Task(_) | Ty::Future(_)),
            },
            "isfuture" => matches!(ty, Ty::Task(_) | Ty::Future(_)),
            "isgenerator" => matches!(ty, Ty::Gen(..)),
            "isasyncgen" => matches!(ty, Ty::AsyncGen(..)),
            "callable" => match ty {
                Ty::Class(class) => self.special(*class, "__call__").is_some(),
                ty => matches!(ty, Ty::Fn(_) | Ty::Type | Ty::ExcType),
            },
            _ => false,
        };
        let wild = || vec![build::pat("_")];
        let pats: Vec<syn::Pat> = match ty {
            Ty::Option(inner) => {
                let inner = self.kind_pats(inner, kind).or_else(|| is(inner).then(wild))?;
                inner.into_iter().map(|pat| build::pat_variant("Some", vec![pat])).collect()
            }
            Ty::Union(union) => {
                let text = self.names.union(*union);
                let fits = self.types.unions[*union].alternatives.iter().filter(|variant| is(&variant.ty));
                let path = |name: &str| format!("{text}::{}", super::names::escape(name));
                fits.map(|variant| build::pat_variant(&path(&variant.name), wild())).collect()
            }
            _ => return None,
        };
        (!pats.is_empty()
            && !matches!(
                kind,
                "iscoroutinefunction"
                    | "isgeneratorfunction"
                    | "isasyncgenfunction"
                    | "isfunction"
                    | "ismethod"
                    | "isclass"
            ))
        .then_some(pats)
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
            hir::Expr::Stub(stub) if is_concrete(stub) => is_of_library(ty, stub),
            hir::Expr::Stub(stub) if matches!(ty, Ty::Stub(of, _) if stub.module == "builtins" && is_concrete(of)) => {
                let Ty::Stub(of, _) = ty else { return None };
                let is_dict = matches!(of.name.as_str(), "Counter" | "OrderedDict" | "defaultdict");
                match stub.name.as_str() {
                    "object" => Some(true),
                    "dict" => Some(is_dict),
                    "bool" | "bytes" | "float" | "frozenset" | "int" | "list" | "range" | "set" | "str" | "tuple" => {
                        Some(false)
                    }
                    _ => None,
                }
            }
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

fn is_exception_name(name: &str) -> bool {
    name.ends_with("Error") || name.ends_with("Exception") || name.ends_with("Warning") || name == "KeyboardInterrupt"
}

/// Whether a class of the registry is an exception, by its name.
fn is_exception_stub(stub: &hir::StubRef) -> bool {
    const ENDS: [&str; 7] = ["Error", "Exception", "ExceptionGroup", "Warning", "Exit", "Interrupt", "Iteration"];
    ENDS.iter().any(|end| stub.name.ends_with(end))
        || matches!((&*stub.module, &*stub.name), ("asyncio", "QueueEmpty" | "QueueFull" | "QueueShutDown"))
        || matches!((&*stub.module, &*stub.name), ("queue", "Empty" | "Full" | "ShutDown"))
}

/// Classes of the library whose objects are of no other class but those that are said here.
fn is_concrete(class: &hir::StubRef) -> bool {
    matches!(
        (class.module.as_str(), class.name.as_str()),
        ("builtins", "bytearray" | "memoryview")
            | ("collections", "Counter" | "OrderedDict" | "defaultdict" | "deque")
            | ("datetime", "date" | "datetime" | "time" | "timedelta")
            | ("pathlib", "Path")
            | ("uuid", "UUID")
    )
}

/// Whether values of a type are of a class of the library.
fn is_of_library(ty: &Ty, class: &hir::StubRef) -> Option<bool> {
    match ty {
        Ty::Stub(of, _) if of == class => Some(true),
        // The only one that derives from another.
        Ty::Stub(of, _) if is_concrete(of) => Some(of.name == "datetime" && class.name == "date"),
        Ty::None | Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float | Ty::Str | Ty::Bytes => Some(false),
        Ty::List(_) | Ty::Dict(..) | Ty::Set(_) | Ty::FrozenSet(_) | Ty::Tuple(_) | Ty::VarTuple(_) => Some(false),
        _ => None,
    }
}
