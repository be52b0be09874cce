//! Constraints of asyncio's nodes.

use std::rc::Rc;

use super::Walker;
use crate::hir::*;
use crate::infer::shape::{Con, Slot};
use crate::infer::solver::Op;

impl Walker<'_, '_> {
    fn each(&mut self, list: &[Option<ExprId>]) {
        for value in list.iter().flatten() {
            self.expr(*value);
        }
    }

    fn result_of_awaiting(&mut self, value: ExprId, slot: Slot) -> Slot {
        let out = self.s.slots.fresh();
        self.s.slots.look_at(slot);
        self.s.op(Op::Await { value: slot, out, key: value });
        out
    }

    /// An asyncio node.
    pub fn aio(&mut self, id: ExprId, aio: &Aio) -> Slot {
        match aio {
            Aio::Spawn { coro, name, via } => {
                let value = self.expr(*coro);
                self.s.slots.look_at(value);
                self.each(&[*name]);
                let keeps_futures = match via {
                    SpawnVia::CreateTask => false,
                    SpawnVia::EnsureFuture => true,
                    SpawnVia::Task { owner } => {
                        self.each(&[*owner]);
                        false
                    }
                    SpawnVia::Loop { owner } => {
                        self.each(&[Some(*owner)]);
                        false
                    }
                };
                let out = self.s.slots.fresh();
                self.s.op(Op::Spawn { value, out, keeps_futures });
                out
            }
            Aio::Gather { args, return_exceptions, shape } => {
                self.each(&[*return_exceptions]);
                let mut results = Vec::new();
                for item in args {
                    match item {
                        Item::One(value) => {
                            let slot = self.expr(*value);
                            results.push(self.result_of_awaiting(*value, slot));
                        }
                        Item::Star(value) => {
                            let element = self.iterate(*value, false);
                            let out = self.s.slots.fresh();
                            self.s.op(Op::Await { value: element, out, key: id });
                            results.push(out);
                        }
                    }
                }
                let outcomes = match return_exceptions.map(|value| &self.program().exprs[value]) {
                    None | Some(Expr::Lit(Lit::Bool(false))) => false,
                    Some(_) => true,
                };
                let wrap = |walker: &mut Self, slot: Slot| {
                    if outcomes { walker.s.slots.of(Con::Outcome(slot)) } else { slot }
                };
                let starred = args.iter().any(|item| matches!(item, Item::Star(_)));
                let result = if *shape == Shape::Tuple && !starred {
                    let items: Vec<Slot> = results.into_iter().map(|slot| wrap(self, slot)).collect();
                    self.s.slots.of(Con::Tuple(items.into()))
                } else {
                    let joined = self.s.slots.fresh();
                    results.into_iter().for_each(|slot| self.s.slots.flow(slot, joined));
                    let element = wrap(self, joined);
                    self.s.slots.of(Con::List(element))
                };
                self.s.slots.of(Con::Future(result))
            }
            Aio::AsCompleted { tasks, timeout, is_async } => {
                self.each(&[*timeout]);
                let element = self.iterate(*tasks, false);
                let result = self.s.slots.fresh();
                self.s.op(Op::Await { value: element, out: result, key: id });
                if *is_async {
                    let (task, sent) = (self.s.slots.of(Con::Task(result)), self.s.slots.fresh());
                    return self.s.slots.of(Con::AsyncGen(task, sent));
                }
                let future = self.s.slots.of(Con::Coro(result));
                self.s.slots.of(Con::Iter(future))
            }
            Aio::Sleep { seconds, result } => {
                self.each(&[Some(*seconds)]);
                let value = match result {
                    Some(value) => self.expr(*value),
                    None => {
                        let slot = self.s.slots.fresh();
                        self.s.slots.add_none(slot);
                        slot
                    }
                };
                self.s.slots.of(Con::Coro(value))
            }
            Aio::Run { main, owner, debug } => {
                self.each(&[*owner]);
                let value = self.expr(*main);
                self.each(&[*debug]);
                self.result_of_awaiting(id, value)
            }
            Aio::Offload { owner, executor, function, args } => {
                self.each(&[*owner, *executor]);
                let callee = self.expr(*function);
                self.s.slots.look_at(callee);
                let args = self.args(args);
                let out = self.s.slots.fresh();
                let site = self.site((id, 0), args, out);
                self.s.op(Op::Call { site, callee });
                // `to_thread` gives a coroutine, `run_in_executor` a future.
                let con = if owner.is_some() { Con::Future(out) } else { Con::Coro(out) };
                self.s.slots.of(con)
            }
            Aio::NewFuture { owner } => {
                self.each(&[*owner]);
                let value = self.s.slots.fresh();
                self.s.slots.of(Con::Future(value))
            }
            Aio::EventLoop(_) => {
                let name = StubRef::new("asyncio", "AbstractEventLoop");
                self.s.slots.of(Con::Stub(Rc::new(name), Rc::from([])))
            }
        }
    }
}
