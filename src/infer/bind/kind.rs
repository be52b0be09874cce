//! `callable(x)`, `inspect.isawaitable(x)` and their like: the type says it.

use super::Binder;
use crate::hir::*;
use crate::infer::shape::{Callable, Con};

impl Binder<'_, '_> {
    /// Whether a test of a value's kind is known for all values that get there.
    pub fn known_kind(&mut self, value: ExprId, test: &StubRef) -> Option<bool> {
        let slot = self.s.expr(value)?;
        let shape = self.s.slots.shape(slot).clone();
        if shape.dynamic || shape.is_bottom() {
            return None;
        }
        let (mut all, mut any) = (!shape.none, false);
        for con in &shape.alts {
            let is = self.is_kind(con, test);
            all &= is;
            any |= is;
        }
        match (all, any) {
            (true, _) => Some(true),
            (_, false) => Some(false),
            _ => None,
        }
    }

    fn is_kind(&self, con: &Con, test: &StubRef) -> bool {
        if let Con::Func(Callable::Partial(key)) = con
            && test.name.ends_with("function")
            && test.name != "isfunction"
            && let Some((callee, _)) = self.s.partials.get(key)
        {
            let of = self.s.slots.shape(*callee);
            return !of.alts.is_empty() && of.alts.iter().all(|con| self.is_kind(con, test));
        }
        let function = match con {
            Con::Func(Callable::Program(id, _)) => {
                let program = self.s.program;
                Some(program.functions[crate::infer::uniform::stands_for(program, *id)].kind)
            }
            _ => None,
        };
        let in_asyncio = test.module == "asyncio";
        match &*test.name {
            "callable" => match con {
                Con::Func(_) | Con::ClassObject(_) | Con::Type => true,
                Con::Class(class) => self.s.find_method(*class, "__call__").is_some(),
                _ => false,
            },
            // `asyncio.iscoroutine` took generators for coroutines as long as these could be.
            "iscoroutine" => match con {
                Con::Stub(class, _) => class.module == "asyncio" && class.name == "TaskCoroutine",
                con => matches!(con, Con::Coro(_)),
            },
            "isawaitable" => match con {
                Con::Coro(_) | Con::Task(_) | Con::Future(_) => true,
                Con::Class(class) => self.s.find_method(*class, "__await__").is_some(),
                _ => false,
            },
            "isfuture" => matches!(con, Con::Task(_) | Con::Future(_)),
            "isgenerator" => matches!(con, Con::Gen(..)),
            "isasyncgen" => matches!(con, Con::AsyncGen(..)),
            "iscoroutinefunction" => match function {
                Some(FnKind::Coroutine { legacy }) => in_asyncio || !legacy,
                _ => false,
            },
            "isgeneratorfunction" => {
                matches!(function, Some(FnKind::Generator | FnKind::Coroutine { legacy: true }))
            }
            "isasyncgenfunction" => function == Some(FnKind::AsyncGenerator),
            "isfunction" => matches!(con, Con::Func(Callable::Program(_, None))),
            "ismethod" => matches!(con, Con::Func(Callable::Program(_, Some(_)))),
            "isclass" => matches!(con, Con::ClassObject(_) | Con::Type),
            _ => false,
        }
    }
}
