//! Built-in functions that signatures cannot type.

use super::Binder;
use crate::hir::*;
use crate::infer::shape::{ClassRef, Con};
use crate::infer::{BoundArg, Resolved, StubCall};
use crate::stubs::{Entry, RustForm};
use crate::types::{ExcClass, Ty};

impl Binder<'_, '_> {
    /// Intrinsics of the built-in functions that signatures cannot type.
    pub fn special_call(&mut self, key: (ExprId, u32), name: &StubRef, entry: &Entry, args: &[Arg]) -> Option<Ty> {
        let intrinsic = |rust: &str, args: Vec<crate::infer::StubArg>, nothrow: bool| {
            Resolved::Stub(StubCall {
                of: name.clone(),
                method: "".into(),
                rust: RustForm::Path(rust.into()),
                args,
                nothrow,
                is_async: false,
                intrinsic: true,
            })
        };
        let _ = entry;
        if let (Some(dunder), Some((first, rest))) = (crate::infer::special::dunder_of(name), args.split_first())
            && let slot = self.slot(first.value())
            && let Some(Con::Class(class)) = self.single(slot)
            && self.s.find_method(class, dunder).is_some()
        {
            return Some(self.call_method(key, first.value(), dunder, rest));
        }
        match (&*name.module, &*name.name) {
            ("builtins", "isinstance") if args.len() == 2 => {
                self.expr(args[0].value(), false);
                self.class_operand(args[1].value());
                let known = self.known_instance(args[0].value(), args[1].value());
                match known {
                    Some(known) => self.resolve(key, Resolved::Known(known)),
                    None => {
                        let list = vec![
                            self.positional(crate::stubs::Pass::Reference, "obj", args[0].value(), Ty::Value),
                            self.positional(crate::stubs::Pass::Reference, "class_or_tuple", args[1].value(), Ty::Type),
                        ];
                        self.resolve(key, intrinsic("builtins::isinstance", list, true));
                    }
                }
                Some(Ty::Bool)
            }
            ("builtins", "callable")
            | (
                "asyncio" | "inspect",
                "iscoroutine"
                | "iscoroutinefunction"
                | "isawaitable"
                | "isfuture"
                | "isgenerator"
                | "isgeneratorfunction"
                | "isasyncgen"
                | "isasyncgenfunction"
                | "isfunction"
                | "ismethod"
                | "isclass",
            ) if args.len() == 1 => {
                self.expr(args[0].value(), false);
                match self.known_kind(args[0].value(), name) {
                    Some(known) => self.resolve(key, Resolved::Known(known)),
                    None if matches!(self.natural(args[0].value()), Ty::Option(_) | Ty::Union(_)) => {
                        self.resolve(key, intrinsic("builtins::is_kind", Vec::new(), true));
                    }
                    None if name.name == "iscoroutinefunction"
                        && matches!(self.natural(args[0].value()), Ty::Fn(_)) =>
                    {
                        self.resolve(key, intrinsic("builtins::is_kind", Vec::new(), true));
                    }
                    None => {
                        let span = self.span(key.0);
                        self.refuse(span, "this test of a value of several kinds is not translated yet");
                        self.resolve(key, Resolved::Unsupported);
                    }
                }
                Some(Ty::Bool)
            }
            ("builtins", "issubclass") if args.len() == 2 => {
                self.class_operand(args[0].value());
                self.class_operand(args[1].value());
                let con = match &self.s.program.exprs[args[0].value()] {
                    Expr::Class(class) => self.s.class_value(&ClassRef::Program(*class)),
                    Expr::Stub(of) => {
                        let of = of.clone();
                        self.s.entry(&of).and_then(|(real, entry)| match &*entry {
                            Entry::Class(class) if class.is_exception => {
                                Some(Con::Exc(ExcClass::Stub((*real).clone())))
                            }
                            _ => None,
                        })
                    }
                    _ => None,
                };
                let tests = class_tests(self.s, args[1].value());
                match (con, tests) {
                    (Some(con), Some(tests)) => {
                        let known = self.s.must_be(&con, &tests);
                        self.resolve(key, Resolved::Known(known));
                        Some(Ty::Bool)
                    }
                    _ => {
                        let span = self.span(key.0);
                        Some(self.unsupported(
                            key,
                            span,
                            "`issubclass` of classes in variables is not translated yet",
                            None,
                        ))
                    }
                }
            }
            ("types", "bare_yield") if args.len() == 1 => {
                let (yields, _) = self.s.by_hand();
                let to = self.r.inner(self.s, yields);
                self.value_as(args[0].value(), &to);
                let list = vec![self.positional(crate::stubs::Pass::Value, "value", args[0].value(), to)];
                self.resolve(key, intrinsic("types::bare_yield", list, true));
                Some(self.natural(key.0))
            }
            ("struct", "Struct") if args.len() == 1 => {
                self.value_as(args[0].value(), &Ty::Str);
                let natural = self.natural(key.0);
                if !matches!(natural, Ty::Stub(..)) {
                    let span = self.span(key.0);
                    let title =
                        "a format of `struct` that is no literal, or of more than 12 values, is not translated yet";
                    return Some(self.unsupported(key, span, title, None));
                }
                let list = vec![self.positional(crate::stubs::Pass::Reference, "format", args[0].value(), Ty::Str)];
                self.resolve(key, intrinsic("struct_::Struct::new", list, false));
                Some(natural)
            }
            ("builtins", "_hasattr" | "_getattr") => Some(self.named_attribute(key, name, args)),
            ("builtins", "type") if args.len() == 1 => {
                self.value(args[0].value());
                let list = vec![self.positional(crate::stubs::Pass::Reference, "o", args[0].value(), Ty::Value)];
                self.resolve(key, intrinsic("builtins::type_", list, true));
                Some(self.natural(key.0))
            }
            ("builtins", "len") if args.len() == 1 => {
                let ty = self.value(args[0].value());
                let ty = self.unwrapped(args[0].value(), ty, "TypeError", |name| {
                    format!("object of type '{name}' has no len()")
                });
                let list = vec![self.positional(crate::stubs::Pass::Reference, "obj", args[0].value(), ty.clone())];
                match &ty {
                    Ty::Class(class) => match self.s.find_method(*class, "__len__") {
                        Some(function) => {
                            self.resolve(key, Resolved::Function { function, args: Vec::new() });
                            Some(Ty::Int)
                        }
                        None if !self.s.methods_through(*class, "__len__").is_empty() => {
                            let span = self.span(key.0);
                            let title = "`len` of objects of which only some have one is not translated yet";
                            Some(self.unsupported(key, span, title, None))
                        }
                        None => {
                            let name = self.python_name(&ty).unwrap_or_default();
                            Some(self.raises(key, "TypeError", format!("object of type '{name}' has no len()")))
                        }
                    },
                    Ty::None
                    | Ty::Bool
                    | Ty::Int
                    | Ty::BigInt
                    | Ty::Float
                    | Ty::Coro(_)
                    | Ty::Task(_)
                    | Ty::Future(_)
                    | Ty::Gen(..)
                    | Ty::Fn(_) => {
                        let name = self.python_name(&ty).unwrap_or_default();
                        Some(self.raises(key, "TypeError", format!("object of type '{name}' has no len()")))
                    }
                    _ => {
                        if let Ty::Union(_) = ty {
                            self.coerce(args[0].value(), &ty, &Ty::Value, None);
                        }
                        let fallible = matches!(ty, Ty::Value | Ty::Union(_));
                        self.resolve(key, intrinsic("builtins::len", list, !fallible));
                        Some(Ty::Int)
                    }
                }
            }
            ("builtins", "pow") if args.len() == 2 => {
                // Where it is handed to another thread, the expression is the future.
                let natural = match self.natural(key.0) {
                    Ty::Coro(inner) | Ty::Future(inner) => *inner,
                    natural => natural,
                };
                self.value_as(args[0].value(), &natural);
                self.value_as(args[1].value(), &natural);
                let list = vec![
                    self.positional(crate::stubs::Pass::Value, "base", args[0].value(), natural.clone()),
                    self.positional(crate::stubs::Pass::Value, "exp", args[1].value(), natural.clone()),
                ];
                self.resolve(key, intrinsic("builtins::pow", list, false));
                Some(natural)
            }
            ("builtins", "print") => {
                for arg in args {
                    match arg {
                        Arg::Star(value) => {
                            self.iterate(*value, false);
                        }
                        Arg::Keyword(name, value) if matches!(&**name, "file") => {
                            self.expr(*value, false);
                        }
                        arg => {
                            self.value(arg.value());
                        }
                    }
                }
                let mut list = vec![crate::infer::StubArg {
                    name: "values".into(),
                    builder: false,
                    closure: false,
                    value: BoundArg::Args(
                        args.iter().filter(|arg| matches!(arg, Arg::Positional(_) | Arg::Star(_))).cloned().collect(),
                    ),
                    pass: crate::stubs::Pass::Reference,
                    ty: Ty::Value,
                }];
                for arg in args {
                    if let Arg::Keyword(name, value) = arg {
                        list.push(self.positional(crate::stubs::Pass::Reference, name, *value, Ty::Value));
                    }
                }
                self.resolve(key, intrinsic("builtins::print", list, true));
                Some(Ty::None)
            }
            ("dataclasses", "field") => {
                for arg in args {
                    match arg {
                        Arg::Keyword(name, value) if name == "default_factory" => {
                            self.expr(*value, false);
                        }
                        arg => {
                            self.value(arg.value());
                        }
                    }
                }
                self.resolve(key, intrinsic("dataclasses::field", Vec::new(), true));
                Some(self.natural(key.0))
            }
            ("functools", "partial") => {
                if let Some((first, rest)) = args.split_first() {
                    self.expr(first.value(), false);
                    rest.iter().for_each(|arg| {
                        self.value(arg.value());
                    });
                }
                let list = vec![crate::infer::StubArg {
                    name: "args".into(),
                    builder: false,
                    closure: false,
                    value: BoundArg::Args(args.to_vec()),
                    pass: crate::stubs::Pass::Value,
                    ty: Ty::Value,
                }];
                self.resolve(key, intrinsic("functools::partial", list, true));
                Some(self.natural(key.0))
            }
            _ => None,
        }
    }

    /// The second argument of `isinstance`.
    pub fn class_operand(&mut self, id: ExprId) {
        let program = self.s.program;
        if let Expr::Tuple(items) = &program.exprs[id] {
            items.iter().for_each(|item| self.class_operand(item.value()));
            let types = items.iter().map(|_| Ty::Type).collect();
            self.types.expr.insert(id, Ty::Tuple(types));
            return;
        }
        self.expr(id, false);
    }

    /// Whether an instance test is known for all values that get there.
    pub fn known_instance(&mut self, value: ExprId, classes: ExprId) -> Option<bool> {
        let slot = self.s.expr(value)?;
        let tests = class_tests(self.s, classes)?;
        let shape = self.s.slots.shape(slot).clone();
        if shape.dynamic || shape.is_bottom() {
            return None;
        }
        let (mut all, mut any) = (!shape.none, false);
        for con in &shape.alts {
            let must = self.s.must_be(con, &tests);
            all &= must;
            any |= must || self.s.may_be(con, &tests);
        }
        match (all, any) {
            (true, _) => Some(true),
            (_, false) => Some(false),
            _ => None,
        }
    }
}

/// The classes of `isinstance(x, classes)`.
fn class_tests(s: &mut crate::infer::solver::Solver<'_>, expr: ExprId) -> Option<Vec<crate::infer::solver::ClassTest>> {
    use crate::infer::solver::ClassTest;
    match &s.program.exprs[expr] {
        Expr::Class(class) => Some(vec![ClassTest::Program(*class)]),
        Expr::Stub(name) => {
            let real = s.entry(name).map_or_else(|| name.clone(), |(real, _)| (*real).clone());
            Some(vec![ClassTest::Stub(real)])
        }
        Expr::Tuple(items) => {
            let mut tests = Vec::new();
            for item in items {
                tests.extend(class_tests(s, item.value())?);
            }
            Some(tests)
        }
        _ => None,
    }
}
