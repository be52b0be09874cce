//! `with` and `async with`: enter, the block as an operation, leave with its outcome.

use syn::Expr;

use super::Emitter;
use super::body::Frame;
use super::build::{self, call_path, method, name, stmt, tail};
use super::plan::{Decl, StmtKey};
use super::try_::Payload;
use crate::hir::{Block, Exits, ExprId, Target, WithItem, walk};
use crate::infer::{Resolved, place};
use crate::types::Ty;

impl Emitter<'_> {
    /// Whether the outcome of a `with` whose body leaves is what the function gives: no manager swallows exceptions.
    pub(super) fn with_is_tail(&self, items: &[WithItem], exits: &Exits) -> bool {
        self.payload(*exits, true) == Payload::Value && !items.iter().any(|item| self.may_swallow(item.context))
    }

    /// Whether leaving a context manager may swallow an exception.
    fn may_swallow(&self, context: ExprId) -> bool {
        match self.resolved(context, place::EXIT) {
            Some(Resolved::Function { function, .. }) => self.exit_swallows(*function),
            _ => match self.ty_of(context) {
                Ty::Stub(stub, _) => stub.module == "contextlib" && walk::swallows_by_name(&stub.name),
                _ => true,
            },
        }
    }

    /// Whether an `__exit__` of the program may say that the exception is done with.
    fn exit_swallows(&self, function: crate::hir::FnId) -> bool {
        let gives = self.types.function.get(function).is_none_or(|it| !matches!(it.result, Ty::None | Ty::Never));
        gives && walk::exits_swallow(self.program, &self.program.functions[function].name)
    }

    pub(super) fn with_stmt(
        &mut self,
        at: StmtKey,
        (items, body): (&[WithItem], &Block),
        exits: Exits,
        is_async: bool,
        is_tail: bool,
    ) {
        let payload = match self.payload(exits, is_tail) {
            Payload::Value if !is_tail => Payload::Flow,
            payload => payload,
        };
        self.with_items(at, (items, body), exits, is_async, payload);
    }

    fn with_items(
        &mut self,
        at: StmtKey,
        (items, body): (&[WithItem], &Block),
        exits: Exits,
        is_async: bool,
        payload: Payload,
    ) {
        let [item, rest @ ..] = items else {
            return match payload {
                Payload::Value => self.tail_block(body),
                Payload::Unit | Payload::Flow => self.block(body),
            };
        };
        let exits = Exits { awaits: exits.awaits || is_async && !rest.is_empty(), ..exits };
        let Some((manager, given, ty)) = self.enter(item.context, is_async) else { return };
        match &item.target {
            Some(target) => {
                let (target, declares) = (target.clone(), self.with_declares(target, at));
                self.assign_value(&target, given, &ty, declares);
            }
            None => self.out.push(match given {
                given @ (Expr::Try(_) | Expr::MethodCall(_) | Expr::Call(_) | Expr::Await(_)) => stmt(given),
                other => build::let_(build::pat("_"), None, Some(other)),
            }),
        }
        let outcome = self.operation_block(exits, payload, |emitter| {
            emitter.with_items(at, (rest, body), exits, is_async, payload);
        });
        self.mark(self.program.span(item.context));
        let left = self.leave(item.context, &manager, outcome, is_async, payload);
        match payload {
            Payload::Flow => self.use_flow(left, exits),
            Payload::Value => {
                self.note_if_needed();
                self.out.push(tail(left));
            }
            Payload::Unit => {
                let done = self.question(left);
                self.out.push(stmt(done));
            }
        }
        let _ = Frame::Unit;
    }

    /// Whether the variables of a target are declared here, by this statement.
    fn with_declares(&self, target: &Target, at: StmtKey) -> bool {
        let mut all = true;
        walk::target_vars(target, &mut |var| {
            all &=
                self.plans.vars.get(var).is_some_and(|plan| plan.decl == Decl::Pattern || plan.decl == Decl::Let(at));
        });
        all
    }

    /// The manager, held, and what entering it gives.
    fn enter(&mut self, context: ExprId, is_async: bool) -> Option<(Expr, Expr, Ty)> {
        let resolved = self.resolved(context, place::ENTER).cloned();
        let ty = self.ty_of(context);
        match resolved {
            Some(Resolved::Raises(class, text)) => {
                let raise = self.raises_after(&[context], class, &text);
                self.out.push(stmt(raise));
                None
            }
            Some(Resolved::Stub(call)) => {
                let manager = self.manager(context);
                let entered = self.stub_form(&call, Some(manager.clone()), Vec::new());
                let entered = if is_async { self.await_question(entered) } else { entered };
                let given = self.entered_ty(context, &ty);
                Some((manager, entered, given))
            }
            Some(Resolved::Function { function, .. }) => {
                let manager = self.manager(context);
                let entered = self.method_on(function, manager.clone(), &[], context);
                let entered = if is_async { self.await_question(entered) } else { entered };
                let given = self.types.function.get(function).map_or(Ty::Value, |signature| signature.result.clone());
                Some((manager, entered, given))
            }
            _ => {
                let refused = self.unsupported(context, "this context manager is not translated yet");
                self.out.push(stmt(refused));
                None
            }
        }
    }

    /// What a manager of the registry gives: itself, or nothing for locks.
    fn entered_ty(&self, context: ExprId, ty: &Ty) -> Ty {
        let _ = context;
        match ty {
            Ty::Stub(stub, _) if stub.module == "asyncio" => match stub.name.as_str() {
                "TaskGroup" | "Timeout" => ty.clone(),
                "Barrier" => Ty::Int,
                _ => Ty::None,
            },
            Ty::Stub(stub, args) if stub.module == "contextlib" => match (stub.name.as_str(), &args[..]) {
                ("aclosing", [yields, sends]) => Ty::AsyncGen(Box::new(yields.clone()), Box::new(sends.clone())),
                (_, [given]) => given.clone(),
                _ => Ty::None,
            },
            Ty::Stub(stub, _) if stub.module == "threading" => Ty::Bool,
            Ty::Stub(stub, _) if stub.name == "TemporaryDirectory" => Ty::Str,
            ty => ty.clone(),
        }
    }

    fn manager(&mut self, context: ExprId) -> Expr {
        let place = self.place(context);
        match &place {
            Expr::Path(_) => place,
            Expr::Field(_) => {
                let text = self.temp_unique("manager");
                self.push_let(&text, method(place, "clone", Vec::new()));
                name(&text)
            }
            _ => {
                let text = self.temp_unique("manager");
                self.push_let(&text, place);
                name(&text)
            }
        }
    }

    /// The outcome as the manager leaves it: `manager.aexit(body.await).await`.
    fn leave(&mut self, context: ExprId, manager: &Expr, outcome: Expr, is_async: bool, payload: Payload) -> Expr {
        if let Some(Resolved::Function { function, .. }) = self.resolved(context, place::EXIT) {
            return self.leave_class(*function, manager, outcome, is_async, payload);
        }
        let mut left = method(manager.clone(), if is_async { "aexit" } else { "exit" }, vec![outcome]);
        if let (Expr::MethodCall(call), true, Payload::Unit) = (&mut left, self.body.endless, payload) {
            // Nothing in the block tells what it gives.
            call.turbofish = Some(syn::parse_quote!(::<()>));
        }
        if is_async {
            self.body.awaits += 1;
            build::awaited(left)
        } else {
            left
        }
    }

    /// A class of the program: `__exit__` gets the exception, and says whether it is swallowed.
    fn leave_class(
        &mut self,
        function: crate::hir::FnId,
        manager: &Expr,
        outcome: Expr,
        is_async: bool,
        payload: Payload,
    ) -> Expr {
        if self.program.functions[function].params.len() != 4 {
            let span = self.program.functions[function].span;
            self.unsupported_at(
                span,
                "a method that leaves a `with` and does not take three arguments is not translated yet",
            );
            return outcome;
        }
        let held = self.temp_unique("outcome");
        self.push_let(&held, outcome);
        let signature = self.types.function.get(function);
        let params: Vec<Ty> = signature.map(|signature| signature.params.clone()).unwrap_or_default();
        let result = match signature {
            Some(signature) if self.exit_swallows(function) => signature.result.clone(),
            _ => Ty::None,
        };
        let text = self.temp("e");
        let argument = |at: usize, raised: bool| -> Expr {
            let value = match at {
                1 => method(name(&text), "class", Vec::new()),
                2 => method(name(&text), "clone", Vec::new()),
                _ => build::tuple(Vec::new()),
            };
            match params.get(at) {
                Some(Ty::None) | None => build::tuple(Vec::new()),
                Some(Ty::Option(_)) if !raised || at == 3 => name("None"),
                Some(Ty::Option(_)) => call_path("Some", vec![value]),
                Some(Ty::Value) if !raised || at == 3 => name("Value::None"),
                Some(Ty::Value) => call_path("Value::from", vec![value]),
                Some(_) => value,
            }
        };
        let call = |emitter: &mut Self, raised: bool| {
            let args = (1..=3).map(|at| argument(at, raised)).collect();
            let text = emitter.method_name(function);
            let recv = emitter.receiver_of(function, manager.clone());
            let call = method(recv, &text, args);
            let call = emitter.finish_call(function, call);
            if is_async { emitter.await_question(call) } else { call }
        };
        let fine = call(self, false);
        let raised = call(self, true);
        let swallows = match result {
            Ty::None | Ty::Never => None,
            ref ty => Some(self.truth(raised.clone(), ty)),
        };
        let on_error = match swallows {
            None => vec![stmt(raised), stmt(build::return_(None))],
            Some(test) => vec![tail(test)],
        };
        let error = match result {
            Ty::None | Ty::Never => {
                let first = on_error.into_iter().next();
                let mut stmts: Vec<syn::Stmt> = first.into_iter().collect();
                stmts.push(tail(call_path("Err", vec![name(&text)])));
                super::try_::value_of(stmts)
            }
            _ => {
                let test = match on_error.into_iter().next() {
                    Some(syn::Stmt::Expr(test, None)) => test,
                    _ => build::boolean(false),
                };
                let nothing = match payload {
                    Payload::Unit => build::tuple(Vec::new()),
                    Payload::Flow => name("Flow::Next"),
                    Payload::Value => call_path("Default::default", Vec::new()),
                };
                let swallowed = call_path("Ok", vec![nothing]);
                build::if_(test, vec![tail(swallowed)], Some(call_path("Err", vec![name(&text)])))
            }
        };
        let ok = super::try_::value_of(vec![stmt_of(fine), tail(call_path("Ok", vec![name("value")]))]);
        build::match_(
            name(&held),
            vec![
                build::arm(build::pat_variant("Ok", vec![build::pat("value")]), None, ok),
                build::arm(build::pat_variant("Err", vec![build::pat(&text)]), None, error),
            ],
        )
    }
}

fn stmt_of(expr: Expr) -> syn::Stmt {
    stmt(expr)
}
