//! Methods that call what they are given: those of the loop, and `context.run`. What runs later is a closure over its arguments.

use syn::Expr;

use super::Emitter;
use super::build::{self, block_expr, closure, method, name, tail};
use crate::hir::{self, Aio, Arg, ExprId, SpawnVia};
use crate::infer::{Resolved, place};
use crate::types::Ty;

impl Emitter<'_> {
    /// A method of a loop whose name `lower` could not tell.
    pub(super) fn loop_method(&mut self, id: ExprId, call: &hir::Call, text: &str) -> Option<Expr> {
        let hir::Callee::Method { recv, .. } = &call.callee else { return None };
        let recv = *recv;
        let positional: Vec<ExprId> = call
            .args
            .iter()
            .filter_map(|arg| match arg {
                Arg::Positional(value) => Some(*value),
                _ => None,
            })
            .collect();
        let keyword = |wanted: &str| {
            call.args.iter().find_map(|arg| match arg {
                Arg::Keyword(key, value) if key == wanted => Some(*value),
                _ => None,
            })
        };
        match (text, &positional[..]) {
            ("run_in_executor", [executor, function, rest @ ..]) => {
                let rest: Vec<Arg> = rest.iter().map(|value| Arg::Positional(*value)).collect();
                Some(self.offload(id, Some(recv), Some(*executor), *function, &rest))
            }
            ("create_task", [coro]) => Some(self.spawn(*coro, keyword("name"), SpawnVia::Loop { owner: recv })),
            ("run_until_complete", [main]) => Some(self.run(*main, Some(recv), None)),
            ("create_future", []) => Some(self.aio(id, &Aio::NewFuture { owner: Some(recv) })),
            ("call_soon" | "call_soon_threadsafe", [function, rest @ ..]) => {
                Some(self.callback(id, recv, text, None, *function, rest))
            }
            ("call_later" | "call_at" | "add_signal_handler", [when, function, rest @ ..]) => {
                Some(self.callback(id, recv, text, Some(*when), *function, rest))
            }
            _ => None,
        }
    }

    /// `loop.call_later(1.0, f, a)`: a closure over its arguments.
    pub(super) fn callback(
        &mut self,
        _id: ExprId,
        recv: ExprId,
        text: &str,
        when: Option<ExprId>,
        function: ExprId,
        values: &[ExprId],
    ) -> Expr {
        let recv = self.place(recv);
        let mut before = Vec::new();
        let mut args = Vec::new();
        if let Some(when) = when {
            args.push(self.owned(when));
        }
        let params: Vec<Ty> = values.iter().map(|value| self.ty_of(*value)).collect();
        let given = self.carried(values, &mut before);
        // A signal may come more than once: what the closure holds stays its own.
        let again = text == "add_signal_handler";
        let given: Vec<Expr> = given.into_iter().map(|value| if again { own_copy(value) } else { value }).collect();
        let (given, params) = self.bound_later(function, function, values, &given).unwrap_or((given, params));
        let call = self.called(function, given, &params, &mut before);
        let body = self.unit_result(function, call);
        args.push(closure(false, true, Vec::new(), None, body));
        let recv = self.apart(recv, &mut before);
        let made = self.question(method(recv, text, args));
        if before.is_empty() {
            return made;
        }
        before.push(tail(made));
        block_expr(before)
    }

    /// `context.run(f, a)`: a closure that is called at once.
    pub(super) fn context_run(&mut self, call: &hir::Call) -> Option<Expr> {
        let hir::Callee::Method { recv, .. } = &call.callee else { return None };
        let all = |arg: &Arg| match arg {
            Arg::Positional(value) => Some(*value),
            _ => None,
        };
        let values: Vec<ExprId> = call.args.iter().map(all).collect::<Option<_>>()?;
        let (function, rest) = values.split_first()?;
        let recv = self.place(*recv);
        let mut before = Vec::new();
        let types: Vec<Ty> = rest.iter().map(|value| self.ty_of(*value)).collect();
        let given = self.carried(rest, &mut before);
        let (given, types) = self.bound_later(*function, *function, rest, &given).unwrap_or((given, types));
        let called = self.called(*function, given, &types, &mut before);
        let recv = self.apart(recv, &mut before);
        let made = self.question(method(recv, "run", vec![closure(false, true, Vec::new(), None, called)]));
        if before.is_empty() {
            return Some(made);
        }
        before.push(tail(made));
        Some(block_expr(before))
    }

    /// What the parameters of a function of the program get of values at hand, where there are more of the one than of the
    /// other: `*args`, names, defaults.
    pub(super) fn bound_later(
        &mut self,
        id: ExprId,
        function: ExprId,
        values: &[ExprId],
        given: &[Expr],
    ) -> Option<(Vec<Expr>, Vec<Ty>)> {
        let bound = self.resolved(function, place::CALLED).or_else(|| self.resolved(id, 0));
        let Some(Resolved::Function { function: target, args }) = bound else { return None };
        let program = self.program;
        let params = &program.functions[*target].params;
        let params = &params[params.len().saturating_sub(args.len())..];
        let plain = |param: &hir::Param| !matches!(param.kind, hir::ParamKind::Args | hir::ParamKind::Kwargs);
        if params.len() != args.len() || params.iter().all(plain) {
            return None;
        }
        for (value, given) in values.iter().zip(given) {
            self.body.held.insert(*value, given.clone());
        }
        let types = params.iter().map(|param| self.var_ty(param.var)).collect();
        Some((self.user_args(*target, args), types))
    }

    /// The receiver, where the closure takes a copy of the same name along.
    pub(super) fn apart(&mut self, recv: Expr, before: &mut Vec<syn::Stmt>) -> Expr {
        let Expr::Path(path) = &recv else { return recv };
        let taken = before.iter().any(|stmt| matches!(stmt, syn::Stmt::Local(local) if matches!(&local.pat, syn::Pat::Ident(bound) if path.path.is_ident(&bound.ident))));
        if !taken {
            return recv;
        }
        let text = self.temp_unique("owner");
        before.insert(0, build::let_(build::pat(&text), None, Some(method(recv, "clone", Vec::new()))));
        name(&text)
    }

    /// Arguments that a closure takes along: what is not as good later is evaluated `before`.
    pub(super) fn carried(&mut self, values: &[ExprId], before: &mut Vec<syn::Stmt>) -> Vec<Expr> {
        let mut given = Vec::new();
        for value in values {
            let still = match &self.program.exprs[*value] {
                hir::Expr::Lit(_) => true,
                hir::Expr::Var(var) => {
                    self.program.vars[*var].storage == hir::Storage::Local
                        && !self.is_optional(*var)
                        && self.ty_of(*value).is_copy()
                }
                _ => false,
            };
            if still {
                given.push(self.owned(*value));
                continue;
            }
            let text = self.temp_unique("argument");
            let made = self.owned(*value);
            before.push(build::let_(build::pat(&text), None, Some(made)));
            given.push(name(&text));
        }
        given
    }
}

/// `argument.clone()` of a name; literals are as good as they are.
fn own_copy(value: Expr) -> Expr {
    match value {
        value @ Expr::Path(_) => method(value, "clone", Vec::new()),
        value => value,
    }
}
