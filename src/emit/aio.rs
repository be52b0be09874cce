//! asyncio's nodes.

use syn::Expr;

use super::Emitter;
use super::build::{self, array, block_expr, call_path, closure, method, name, stmt, tail, tuple};
use super::place::as_reference;
use crate::hir::{self, Aio, Arg, CompKind, ExprId, Item, Lit, LoopKind, Shape, SpawnVia};
use crate::infer::Resolved;
use crate::types::Ty;

impl Emitter<'_> {
    pub(super) fn aio(&mut self, id: ExprId, aio: &Aio) -> Expr {
        match self.resolved(id, 0) {
            Some(Resolved::Raises(class, text)) => {
                let mut operands = Vec::new();
                hir::walk::aio_exprs(aio, &mut |operand| operands.push(operand));
                return self.raises_after(&operands, class, text);
            }
            Some(Resolved::Unsupported) => {
                return self.raise_text("NotImplementedError", "this call is not translated");
            }
            _ => {}
        }
        match aio {
            Aio::Spawn { coro, name, via } => self.spawn(*coro, *name, *via),
            Aio::Gather { args, return_exceptions, shape } => self.gather(id, args, *return_exceptions, *shape),
            Aio::AsCompleted { tasks, timeout, is_async } => {
                self.import("asyncio");
                let item = match self.raw_ty(id) {
                    Ty::Iter(item) | Ty::AsyncGen(item, _) => Some(awaited_ty(&item)),
                    _ => None,
                };
                let tasks = self.awaitables_of(*tasks, item.as_ref());
                let mut made = call_path("asyncio::as_completed", vec![tasks]);
                if let Some(timeout) = timeout {
                    let timeout = self.optional(*timeout);
                    made = method(made, "timeout", vec![timeout]);
                }
                if *is_async { method(made, "tasks", Vec::new()) } else { made }
            }
            Aio::Sleep { seconds, result } => {
                self.import("asyncio");
                let seconds = self.owned(*seconds);
                let made = call_path("asyncio::sleep", vec![seconds]);
                match result {
                    Some(result) => {
                        let result = self.owned(*result);
                        method(made, "result", vec![result])
                    }
                    None => made,
                }
            }
            Aio::Run { main, owner, debug } => self.run(*main, *owner, *debug),
            Aio::Offload { owner, executor, function, args } => self.offload(id, *owner, *executor, *function, args),
            Aio::NewFuture { owner } => {
                let item = match self.raw_ty(id) {
                    Ty::Future(item) => *item,
                    _ => Ty::None,
                };
                let item = self.ty(&item);
                match owner {
                    Some(owner) => {
                        let owner = self.place(*owner);
                        let mut made = method(owner, "create_future", Vec::new());
                        if let Expr::MethodCall(call) = &mut made {
                            call.turbofish = Some(syn::parse_quote!(::<#item>));
                        }
                        made
                    }
                    None => {
                        self.import("asyncio");
                        syn::parse_quote!(asyncio::Future::<#item>::new())
                    }
                }
            }
            Aio::EventLoop(kind) => {
                self.import("asyncio");
                match kind {
                    LoopKind::Current => {
                        let made = call_path("asyncio::get_event_loop", Vec::new());
                        self.question(made)
                    }
                    LoopKind::Running => {
                        let made = call_path("asyncio::get_running_loop", Vec::new());
                        self.question(made)
                    }
                    LoopKind::New => call_path("asyncio::new_event_loop", Vec::new()),
                }
            }
        }
    }

    pub(super) fn spawn(&mut self, coro: ExprId, named: Option<ExprId>, via: SpawnVia) -> Expr {
        self.import("asyncio");
        if via == SpawnVia::EnsureFuture && matches!(self.ty_of(coro), Ty::Task(_) | Ty::Future(_)) {
            return self.owned(coro);
        }
        let made = match via {
            SpawnVia::CreateTask => {
                let coro = self.spawned(coro);
                if self.body.is_async() {
                    call_path("asyncio::create_task", vec![coro])
                } else {
                    let made = call_path("asyncio::try_create_task", vec![coro]);
                    self.question(made)
                }
            }
            SpawnVia::EnsureFuture => {
                let coro = self.spawned(coro);
                call_path("asyncio::ensure_future", vec![coro])
            }
            SpawnVia::Task { owner: None } => {
                let coro = self.spawned(coro);
                call_path("asyncio::Task::new", vec![coro])
            }
            SpawnVia::Task { owner: Some(owner) } | SpawnVia::Loop { owner } => {
                let owner = self.place(owner);
                let coro = self.spawned(coro);
                method(owner, "create_task", vec![coro])
            }
        };
        match named {
            None => made,
            Some(named) => match self.ty_of(named) {
                Ty::None => made,
                _ => {
                    let named = self.borrowed_text(named);
                    method(made, "name", vec![named])
                }
            },
        }
    }

    /// The coroutine of a task. Its recursion, if any, needs no box and is not counted: a task is polled by the loop.
    fn spawned(&mut self, coro: ExprId) -> Expr {
        match self.owned(coro) {
            Expr::Call(mut call) if *call.func == name("recursive") && call.args.len() == 1 => {
                call.args.pop().unwrap_or(Expr::Call(call))
            }
            coro => coro,
        }
    }

    pub(super) fn run(&mut self, main: ExprId, owner: Option<ExprId>, debug: Option<ExprId>) -> Expr {
        self.import("asyncio");
        let made = match owner {
            None => {
                let main = self.owned(main);
                match debug {
                    Some(debug) => {
                        let debug = self.optional(debug);
                        call_path("asyncio::run_with", vec![main, debug])
                    }
                    None => call_path("asyncio::run", vec![main]),
                }
            }
            Some(owner) => {
                let owner = self.place(owner);
                let main = self.owned(main);
                method(owner, "run_until_complete", vec![main])
            }
        };
        self.question(made)
    }

    /// `gather(…)`: a tuple of what is written out, a collection of what is spread.
    fn gather(&mut self, id: ExprId, args: &[Item], return_exceptions: Option<ExprId>, shape: Shape) -> Expr {
        self.import("asyncio");
        let keeps = match return_exceptions.map(|value| &self.program.exprs[value]) {
            None | Some(hir::Expr::Lit(Lit::Bool(false))) => false,
            Some(hir::Expr::Lit(Lit::Bool(true))) => true,
            Some(_) => return self.unsupported(id, "`return_exceptions` that is no literal is not translated yet"),
        };
        let result = match self.raw_ty(id) {
            Ty::Future(result) => *result,
            other => other,
        };
        let dynamic = args.iter().any(|item| match item {
            Item::Star(value) => super::source::item_of(&self.ty_of(*value)) == Some(Ty::Value),
            Item::One(value) => self.ty_of(*value) == Ty::Value,
        });
        if dynamic {
            return self.unsupported(id, "`gather` of awaitables of unknown types is not translated yet");
        }
        let made = match args {
            [Item::Star(value)] => {
                let items = self.awaitables_of(*value, None);
                call_path("asyncio::gather", vec![items])
            }
            args if args.iter().all(|item| matches!(item, Item::One(_))) => {
                if args.is_empty() {
                    return self.gather_nothing(&result, keeps);
                }
                let values: Vec<ExprId> = args.iter().map(|item| item.value()).collect();
                self.gather_tuple(&values, &result, shape, keeps)
            }
            _ => match self.gather_several(args, &result, keeps) {
                Some(made) => made,
                None => return self.unsupported(id, "`gather` of a list and more is not translated yet"),
            },
        };
        if keeps { method(made, "return_exceptions", Vec::new()) } else { made }
    }

    /// `gather(*tasks, f(a))`: all of the same type.
    fn gather_several(&mut self, args: &[Item], result: &Ty, keeps: bool) -> Option<Expr> {
        let Ty::List(item) = result else { return None };
        let item = match (&**item, keeps) {
            (Ty::Outcome(inner), true) => (**inner).clone(),
            (item, _) => item.clone(),
        };
        let mut made: Expr = syn::parse_quote!(asyncio::Several::new());
        for arg in args {
            let of = match arg {
                Item::One(value) => awaited_ty(&self.ty_of(*value)),
                Item::Star(value) => awaited_ty(&super::source::item_of(&self.ty_of(*value))?),
            };
            let converts = of != item;
            if converts && !matches!(item, Ty::Union(_) | Ty::Option(_) | Ty::Float | Ty::Number) {
                return None;
            }
            made = match arg {
                Item::One(value) => {
                    let value = self.awaitable_as(*value, &of, &item);
                    method(made, "one", vec![value])
                }
                Item::Star(value) if converts => {
                    if !matches!(
                        super::source::item_of(&self.ty_of(*value))?,
                        Ty::Coro(_) | Ty::Task(_) | Ty::Future(_)
                    ) || matches!(self.ty_of(*value), Ty::Tuple(_))
                    {
                        return None;
                    }
                    let items = self.awaitables_of(*value, None);
                    let items = match items {
                        Expr::Tuple(items) => array(items.elems.into_iter().collect()),
                        items => items,
                    };
                    let convert = self.convert(name("value"), &of, &item);
                    let held = if of == Ty::None { "_" } else { "value" };
                    let convert = closure(false, false, vec![build::pat(held)], None, convert);
                    method(made, "all_as", vec![items, convert])
                }
                Item::Star(value) => {
                    let items = self.awaitables_of(*value, None);
                    let items = match (items, &self.ty_of(*value)) {
                        (Expr::Tuple(items), _) => array(items.elems.into_iter().collect()),
                        (items, _) => items,
                    };
                    method(made, "all", vec![items])
                }
            };
        }
        Some(call_path("asyncio::gather", vec![made]))
    }

    /// `gather()`: a list of what could have been in it.
    fn gather_nothing(&mut self, result: &Ty, keeps: bool) -> Expr {
        let item = match result {
            Ty::List(item) => super::function::inhabited(item),
            _ => Ty::None,
        };
        let item = match (item, keeps) {
            (Ty::Outcome(item), true) => *item,
            (item, _) => item,
        };
        let item = self.ty(&item);
        let made: Expr = syn::parse_quote!(asyncio::gather(Vec::<Coroutine<#item>>::new()));
        if keeps { method(made, "return_exceptions", Vec::new()) } else { made }
    }

    fn gather_tuple(&mut self, values: &[ExprId], result: &Ty, shape: Shape, keeps: bool) -> Expr {
        let item = match result {
            Ty::List(item) => match (&**item, keeps) {
                (Ty::Outcome(inner), true) => Some((**inner).clone()),
                (item, _) => Some(item.clone()),
            },
            _ => None,
        };
        let results: Vec<Ty> = values.iter().map(|value| awaited_ty(&self.ty_of(*value))).collect();
        let mixed = item
            .as_ref()
            .is_some_and(|item| matches!(item, Ty::Union(_)) && results.iter().any(|result| result != item));
        let args: Vec<Expr> = values
            .iter()
            .zip(&results)
            .map(|(value, from)| match &item {
                Some(item) if !mixed || *from == Ty::Never => self.awaitable_as(*value, from, item),
                _ => self.owned(*value),
            })
            .collect();
        let args = tuple(args);
        match (shape, result, &item) {
            (Shape::Tuple, Ty::Tuple(_), _) => call_path("asyncio::gather_tuple", vec![args]),
            (_, _, Some(item)) if mixed => {
                let item = self.ty(&item.clone());
                syn::parse_quote!(asyncio::gather_into::<#item, _>(#args))
            }
            _ => call_path("asyncio::gather", vec![args]),
        }
    }

    /// An awaitable of `from` as one of `item`.
    fn awaitable_as(&mut self, value: ExprId, from: &Ty, item: &Ty) -> Expr {
        let made = self.owned(value);
        // Nothing comes of it but an exception.
        if *from == Ty::Never && *item != Ty::Never {
            let body = build::match_(name("never"), Vec::new());
            let never = closure(false, false, vec![build::pat("never")], None, body);
            let item = self.ty(&super::function::inhabited(item));
            return syn::parse_quote!(asyncio::map::<_, #item>(#made, #never));
        }
        if from == item || !matches!(self.ty_of(value), Ty::Coro(_) | Ty::Task(_) | Ty::Future(_)) {
            return made;
        }
        let value = self.convert(name("value"), from, item);
        let held = if *from == Ty::None { "_" } else { "value" };
        let convert = closure(false, false, vec![build::pat(held)], None, value);
        call_path("asyncio::map", vec![made, convert])
    }

    /// What `gather(*xs)` and `as_completed(xs)` take: coroutines that are made on the spot stay unboxed.
    fn awaitables_of(&mut self, value: ExprId, item: Option<&Ty>) -> Expr {
        if !self.types.adjustments.contains_key(&value) {
            match &self.program.exprs[value] {
                hir::Expr::List(items) | hir::Expr::Tuple(items) | hir::Expr::Set(items)
                    if !items.is_empty() && items.iter().all(|item| matches!(item, Item::One(_))) =>
                {
                    let values: Vec<ExprId> = items.iter().map(|item| item.value()).collect();
                    let items = values.into_iter().map(|value| match item {
                        Some(item) => {
                            let from = awaited_ty(&self.ty_of(value));
                            self.awaitable_as(value, &from, item)
                        }
                        None => self.owned(value),
                    });
                    let items = items.collect();
                    return tuple(items);
                }
                hir::Expr::Comp(comp)
                    if matches!(comp.kind, CompKind::Generator | CompKind::List)
                        || comp.kind == CompKind::Set && matches!(self.ty_of(comp.element), Ty::Coro(_)) =>
                {
                    return self.awaitable_comp(value, comp);
                }
                _ => {}
            }
        }
        match self.ty_of(value) {
            Ty::List(_) => self.borrowed(value),
            Ty::VarTuple(_) => {
                let place = self.place(value);
                {
                    let items = method(place, "iter", Vec::new());
                    syn::parse_quote!(#items.collect::<Vec<_>>())
                }
            }
            Ty::Tuple(_) => self.owned(value),
            _ => {
                let items = self.iterable(value);
                self.import("builtins");
                let made = call_path("builtins::list", vec![items]);
                let made = self.question(made);
                as_reference(made)
            }
        }
    }

    fn awaitable_comp(&mut self, id: ExprId, comp: &hir::Comp) -> Expr {
        if !self.comp_loops.contains_key(&id)
            && let Some(chain) = self.chain(comp)
        {
            let mut made = method(chain, "collect", Vec::new());
            if let Expr::MethodCall(call) = &mut made {
                call.turbofish = Some(syn::parse_quote!(::<Vec<_>>));
            }
            return made;
        }
        self.comp_loops.insert(id, true);
        let stmts = self.in_block(|emitter| {
            let all = emitter.temp_unique("coroutines");
            emitter.out.push(build::let_(build::pat_mut(&all, true), None, Some(call_path("Vec::new", Vec::new()))));
            emitter.clauses(&comp.clauses, &mut |emitter| {
                let element = emitter.owned(comp.element);
                emitter.out.push(stmt(method(name(&all), "push", vec![element])));
            });
            emitter.out.push(tail(name(&all)));
        });
        block_expr(stmts)
    }

    /// A call as `PyResult<()>`, whatever it gives.
    pub(super) fn unit_result(&mut self, function: ExprId, call: Expr) -> Expr {
        let done = tail(call_path("Ok", vec![tuple(Vec::new())]));
        let is_unit = match &self.program.exprs[function] {
            hir::Expr::Function(inner) => self.signature(*inner).result == Ty::None,
            _ => matches!(self.ty_of(function), Ty::Fn(inner) if inner.result == Ty::None),
        };
        let first = match call {
            Expr::Call(mut inner) if matches!(&*inner.func, Expr::Path(path) if path.path.is_ident("Ok")) => {
                match inner.args.pop() {
                    Some(value) => stmt(value),
                    None => return call_path("Ok", vec![tuple(Vec::new())]),
                }
            }
            call if is_unit => return call,
            call => stmt(build::question(call)),
        };
        super::iterate::value_block(vec![first, done])
    }

    /// A value where an `Option` is taken.
    fn optional(&mut self, value: ExprId) -> Expr {
        match self.ty_of(value) {
            Ty::Option(_) => self.owned(value),
            Ty::None => name("None"),
            _ => {
                let value = self.owned(value);
                call_path("Some", vec![value])
            }
        }
    }

    /// `loop.run_in_executor(executor, f, a)`: the arguments are evaluated here, the call is made over there.
    pub(super) fn offload(
        &mut self,
        id: ExprId,
        owner: Option<ExprId>,
        executor: Option<ExprId>,
        function: ExprId,
        args: &[Arg],
    ) -> Expr {
        let recv = owner.map(|owner| self.place(owner));
        let executor = executor.map(|executor| match self.ty_of(executor) {
            Ty::None => name("None"),
            Ty::Option(_) => self.owned(executor),
            _ => {
                let executor = self.borrowed(executor);
                call_path("Some", vec![executor])
            }
        });
        let (mut before, call) = match self.call_later(id, function, args) {
            Ok(made) => made,
            Err(refused) => return refused,
        };
        let work = closure(false, true, Vec::new(), None, call);
        let recv = recv.map(|recv| self.apart(recv, &mut before));
        let made = match (recv, executor) {
            (Some(recv), executor) => {
                let executor = executor.unwrap_or_else(|| name("None"));
                method(recv, "run_in_executor", vec![executor, work])
            }
            (None, _) => {
                self.import("asyncio");
                call_path("asyncio::to_thread", vec![work])
            }
        };
        if before.is_empty() {
            return made;
        }
        before.push(tail(made));
        block_expr(before)
    }
}

impl Emitter<'_> {
    /// A call that is made later: its arguments are evaluated `before`.
    #[expect(clippy::result_large_err, reason = "both are expressions: the second is no call")]
    fn call_later(&mut self, id: ExprId, function: ExprId, args: &[Arg]) -> Result<(Vec<syn::Stmt>, Expr), Expr> {
        if args.iter().any(|arg| matches!(arg, Arg::Star(_) | Arg::DoubleStar(_))) {
            return Err(self.unsupported(id, "`*` and `**` in a call in a thread are not translated yet"));
        }
        let values: Vec<ExprId> = args.iter().map(Arg::value).collect();
        let mut before = Vec::new();
        let params: Vec<Ty> = values.iter().map(|value| self.ty_of(*value)).collect();
        let given = self.carried(&values, &mut before);
        let (given, params) = if let Some(bound) = self.bound_later(id, function, &values, &given) {
            bound
        } else if args.iter().any(|arg| matches!(arg, Arg::Keyword(..))) {
            let key = |arg: &Arg| match arg {
                Arg::Keyword(key, _) => Some(key.clone()),
                _ => None,
            };
            let held: Vec<_> = args
                .iter()
                .zip(given.into_iter().zip(params))
                .map(|(arg, (value, ty))| (key(arg), value, ty))
                .collect();
            match self.in_order(function, &held, Vec::new()) {
                Some(given) => given.into_iter().unzip(),
                None => {
                    return Err(
                        self.unsupported(id, "arguments by name of this call in a thread are not translated yet")
                    );
                }
            }
        } else {
            (given, params)
        };
        let call = self.called(function, given, &params, &mut before);
        Ok((before, call))
    }

    /// `submit(f, a, b)`: the closure that makes the call.
    pub(super) fn deferred(&mut self, function: ExprId, args: &[Arg], ignored: bool) -> Expr {
        let (mut before, call) = match self.call_later(function, function, args) {
            Ok(made) => made,
            Err(refused) => return refused,
        };
        let never = matches!(&self.program.exprs[function], hir::Expr::Function(inner) | hir::Expr::Lambda(inner)
            if self.signature(*inner).result == Ty::Never);
        let call = match (ignored, never) {
            // It gives nothing but an exception.
            (_, true) => syn::parse_quote!(#call.map::<(), _>(|never| match never {})),
            (true, false) => self.unit_result(function, call),
            (false, false) => call,
        };
        let work = closure(false, true, Vec::new(), None, call);
        if before.is_empty() {
            return work;
        }
        before.push(tail(work));
        block_expr(before)
    }
}

/// What awaiting a value of the type gives.
pub fn awaited_ty(ty: &Ty) -> Ty {
    match ty {
        Ty::Coro(item) | Ty::Task(item) | Ty::Future(item) => (**item).clone(),
        other => other.clone(),
    }
}
