//! Binding of asyncio's nodes.

use super::Binder;
use crate::hir::*;
use crate::infer::{Resolved, place};
use crate::types::Ty;

/// What `ensure_future` and all that calls it say.
pub const NOT_AWAITABLE: &str = "An asyncio.Future, a coroutine or an awaitable is required";

impl Binder<'_, '_> {
    fn each(&mut self, list: &[Option<ExprId>]) {
        for value in list.iter().flatten() {
            self.value(*value);
        }
    }

    fn seconds(&mut self, value: ExprId) {
        let ty = self.value(value);
        match &ty {
            Ty::Float | Ty::Never => {}
            Ty::Option(_) => {
                let failure =
                    Some(("TypeError", "unsupported operand type(s) for +: 'float' and 'NoneType'".to_string()));
                self.coerce(value, &ty, &Ty::Float, failure);
            }
            Ty::Bool | Ty::Int | Ty::BigInt | Ty::Number | Ty::Value | Ty::Union(_) => {
                self.coerce(value, &ty, &Ty::Float, None);
            }
            other => {
                let name = self.python_name(other).unwrap_or_default();
                self.raises(
                    (value, place::ITERATE),
                    "TypeError",
                    format!("'<=' not supported between instances of '{name}' and 'int'"),
                );
            }
        }
    }

    /// An object with `__await__` where a coroutine is wanted.
    fn await_object(&mut self, value: ExprId, class: ClassId) -> Option<Ty> {
        let function = self.s.find_method(class, "__await__")?;
        let slot = self.s.awaited(&crate::infer::shape::Con::Class(class))?;
        let result = match self.r.inner(self.s, slot) {
            Ty::Never => Ty::None,
            ty => ty,
        };
        let to = Ty::Coro(Box::new(result));
        self.adjust(value, crate::infer::Adjustment::AwaitObject { function, to: to.clone() });
        Some(to)
    }

    /// Something that is awaited, spawned or run: a coroutine called here stays the future that it is.
    pub fn awaitable(&mut self, value: ExprId, wanted: Option<Ty>) -> Ty {
        let ty = self.expr(value, false);
        let ty = self.unwrapped(value, ty, "TypeError", |_| NOT_AWAITABLE.to_string());
        let ty = self.only_awaitable(value, ty, NOT_AWAITABLE.to_string());
        match (&ty, wanted) {
            (Ty::Coro(result) | Ty::Task(result) | Ty::Future(result), Some(to)) => {
                if let (Ty::Coro(_), true) = (&ty, **result != to && **result != Ty::Never) {
                    self.coerce(value, &ty, &Ty::Coro(Box::new(to)), None);
                }
                ty
            }
            (Ty::Coro(_) | Ty::Task(_) | Ty::Future(_) | Ty::Value | Ty::Never, _) => ty,
            (Ty::Class(class), _) if self.s.find_method(*class, "__await__").is_some() => {
                self.await_object(value, *class).unwrap_or(ty)
            }
            _ => self.raises((value, place::AWAITED), "TypeError", NOT_AWAITABLE),
        }
    }

    /// An asyncio node; its type.
    pub fn aio(&mut self, id: ExprId, aio: &Aio) -> Ty {
        let natural = self.natural(id);
        match aio {
            Aio::Spawn { coro, name, via } => {
                match via {
                    SpawnVia::Task { owner } => self.each(&[*owner]),
                    SpawnVia::Loop { owner } => self.each(&[Some(*owner)]),
                    SpawnVia::CreateTask | SpawnVia::EnsureFuture => {}
                }
                if let Some(name) = name {
                    self.text(*name);
                }
                let wanted = match &natural {
                    Ty::Task(result) => Some((**result).clone()),
                    _ => None,
                };
                let ty = self.expr(*coro, false);
                let ty = match (ty, via) {
                    (ty, SpawnVia::EnsureFuture) => self.only_awaitable(*coro, ty, NOT_AWAITABLE.to_string()),
                    (ty, _) => {
                        let words = |shown: &str| format!("a coroutine was expected, got {shown}");
                        let ty = match &ty {
                            Ty::Option(inner) if matches!(**inner, Ty::Coro(_) | Ty::Union(_)) => {
                                self.unwrapped(*coro, ty, "TypeError", |_| words("None"))
                            }
                            _ => ty,
                        };
                        self.only_awaitable(*coro, ty, words(&crate::infer::SHOWN.to_string()))
                    }
                };
                match (&ty, via) {
                    (Ty::Coro(result), _) => {
                        if let Some(to) = wanted
                            && **result != to
                        {
                            self.coerce(*coro, &ty, &Ty::Coro(Box::new(to)), None);
                        }
                    }
                    (Ty::Task(_) | Ty::Future(_), SpawnVia::EnsureFuture) | (Ty::Value | Ty::Never, _) => {}
                    (Ty::Option(inner), SpawnVia::EnsureFuture)
                        if matches!(**inner, Ty::Task(_) | Ty::Future(_) | Ty::Coro(_)) =>
                    {
                        let failure = Some(("TypeError", NOT_AWAITABLE.to_string()));
                        let inner = (**inner).clone();
                        self.coerce(*coro, &ty, &inner, failure);
                    }
                    (Ty::Class(class), SpawnVia::EnsureFuture) if self.s.find_method(*class, "__await__").is_some() => {
                        self.await_object(*coro, *class);
                    }
                    (
                        Ty::None | Ty::Option(_),
                        SpawnVia::CreateTask | SpawnVia::Task { .. } | SpawnVia::Loop { .. },
                    ) => {
                        return self.raises((id, 0), "TypeError", "a coroutine was expected, got None");
                    }
                    (_, SpawnVia::EnsureFuture) => {
                        return self.raises((id, 0), "TypeError", NOT_AWAITABLE);
                    }
                    (other, _) => {
                        let shown = self.show(other);
                        let span = self.span(id);
                        return self.unsupported((id, 0), span, format!("a task of `{shown}` is not translated"), None);
                    }
                }
                if ty == Ty::Value { Ty::Value } else { natural }
            }
            Aio::Gather { args, return_exceptions, shape } => {
                self.each(&[*return_exceptions]);
                let unwrap = |ty: &Ty| match ty {
                    Ty::Outcome(inner) => (**inner).clone(),
                    ty => ty.clone(),
                };
                let results: Vec<Option<Ty>> = match &natural {
                    Ty::Future(result) => match &**result {
                        Ty::List(item) => vec![Some(unwrap(item)); args.len()],
                        Ty::Tuple(items) if *shape == Shape::Tuple => {
                            items.iter().map(|item| Some(unwrap(item))).collect()
                        }
                        _ => vec![None; args.len()],
                    },
                    _ => vec![None; args.len()],
                };
                for (item, wanted) in args.iter().zip(results) {
                    match item {
                        Item::One(value) => {
                            // Emission joins the results of different awaitables; only an unboxed coroutine is converted.
                            self.awaitable(*value, None);
                            let _ = wanted;
                        }
                        Item::Star(value) => self.starred_awaitables(*value),
                    }
                }
                natural
            }
            Aio::AsCompleted { tasks, timeout, .. } => {
                if let Some(timeout) = timeout {
                    self.optional_seconds(*timeout);
                }
                self.starred_awaitables(*tasks);
                natural
            }
            Aio::Sleep { seconds, result } => {
                self.seconds(*seconds);
                if let (Some(value), Ty::Coro(to)) = (result, &natural) {
                    self.value_as(*value, to);
                }
                natural
            }
            Aio::Run { main, owner, debug } => {
                self.each(&[*owner]);
                let ty = self.awaitable(*main, None);
                self.each(&[*debug]);
                if owner.is_none() && !matches!(ty, Ty::Coro(_) | Ty::Value | Ty::Never) {
                    let shown = self.show(&ty);
                    let span = self.span(id);
                    return self.unsupported(
                        (id, 0),
                        span,
                        format!("`asyncio.run` of `{shown}` is not translated"),
                        Some("CPython raises ValueError: a coroutine was expected.".to_string()),
                    );
                }
                match ty {
                    Ty::Coro(result) | Ty::Task(result) | Ty::Future(result) => *result,
                    Ty::Value => Ty::Value,
                    _ => natural,
                }
            }
            Aio::Offload { owner, executor, function, args } => {
                self.each(&[*owner, *executor]);
                self.offload((id, 0), *function, args);
                natural
            }
            Aio::NewFuture { owner } => {
                self.each(&[*owner]);
                natural
            }
            Aio::EventLoop(_) => natural,
        }
    }

    fn optional_seconds(&mut self, value: ExprId) {
        let ty = self.value(value);
        if ty != Ty::None {
            self.coerce(value, &ty, &Ty::Float.option(), None);
        }
    }

    /// A `str` or `None`.
    fn text(&mut self, value: ExprId) {
        let ty = self.value(value);
        if !matches!(ty, Ty::Str | Ty::None | Ty::Option(_)) {
            self.coerce(value, &ty, &Ty::Str, None);
        }
    }

    /// `*coros`, or the list that `as_completed` takes: a comprehension of coroutines need not make objects of them.
    fn starred_awaitables(&mut self, value: ExprId) {
        let program = self.s.program;
        match &program.exprs[value] {
            Expr::List(items) | Expr::Tuple(items) | Expr::Set(items)
                if items.iter().all(|item| matches!(item, Item::One(_))) =>
            {
                for item in items {
                    self.awaitable(item.value(), None);
                }
                let ty = self.natural(value);
                self.types.expr.insert(value, ty);
            }
            Expr::Comp(comp) if matches!(comp.kind, CompKind::List | CompKind::Generator) => {
                let ty = self.value(value);
                if let Ty::List(item) = &ty
                    && let Ty::Option(inner) = &**item
                    && matches!(**inner, Ty::Task(_) | Ty::Future(_) | Ty::Coro(_))
                {
                    let failure = Some(("TypeError", NOT_AWAITABLE.to_string()));
                    self.coerce(comp.element, item, inner, failure);
                    self.types.expr.insert(value, Ty::List(inner.clone()));
                }
                if let Ty::List(item) | Ty::Iter(item) = &ty
                    && let (Ty::Coro(_), Expr::Call(_)) = (&**item, &program.exprs[comp.element])
                {
                    self.types.adjustments.remove(&comp.element);
                }
            }
            _ => {
                let ty = self.iterate(value, false);
                if let Ty::Value = ty {
                    self.resolve((value, place::ITERATE), Resolved::Dynamic);
                }
            }
        }
    }
}
