//! `except*`: each clause takes its part of the exception; what is left, or raised by clauses, goes on.

use syn::{Arm, Expr, parse_quote};

use super::Emitter;
use super::body::{Frame, Handling};
use super::build::{
    self, arm, async_block, call_path, closure, let_, method, name, pat, pat_variant, stmt, tail, tuple,
};
use super::handling;
use super::plan;
use super::try_::value_of;
use super::words::{self, uses};
use crate::hir::{Handler, Storage};

impl Emitter<'_> {
    /// `Err(e) => { let mut star = e.star(); if let Some(eg) = star.matching::<ValueError>() { … } star.finish()? }`.
    pub(super) fn star_arm(&mut self, handlers: &[Handler]) -> Arm {
        let raised = self.temp("e");
        let star = self.temp_unique("star");
        let stmts = self.in_block(|emitter| {
            let made = method(name(&raised), "star", Vec::new());
            emitter.out.push(let_(build::pat_mut(&star, true), None, Some(made)));
            for handler in handlers {
                emitter.star_clause(handler, &star);
            }
            let finished = emitter.question(method(name(&star), "finish", Vec::new()));
            emitter.out.push(stmt(finished));
        });
        arm(pat_variant("Err", vec![pat(&raised)]), None, value_of(stmts))
    }

    fn star_clause(&mut self, handler: &Handler, star: &str) {
        let text = match handler.bind {
            Some(var) if self.program.vars[var].storage == Storage::Local && !self.is_optional(var) => {
                self.body.vars.remove(&var);
                self.var_name(var)
            }
            _ => self.temp_unique("group"),
        };
        let mut test = self.handler_guard(handler, star).unwrap_or_else(|| parse_quote!(star.is::<BaseException>()));
        if let Expr::MethodCall(call) = &mut test {
            call.method = build::ident(if call.method == "is" { "matching" } else { "matching_any" });
        }
        let bind = handler.bind.filter(|var| {
            let planned = self.plans.vars.get(*var).is_some_and(|plan| plan.decl == plan::Decl::Pattern);
            self.program.vars[*var].storage != Storage::Local || self.is_optional(*var) || !planned
        });
        let around = (self.body.fallible, self.raises.clone());
        self.body.frames.push(Frame::Unit);
        self.body.fallible = true;
        let frames = self.body.frames.len();
        self.body.handling.push(Handling { name: text.clone(), frames });
        let mut stmts = self.in_block(|emitter| {
            super::print::trivia(&handler.trivia, true, &mut emitter.out);
            if let Some(var) = bind {
                let held = method(name(&text), "clone", Vec::new());
                emitter.assign_var(var, held, false);
            }
            emitter.block(&handler.body);
        });
        self.body.handling.pop();
        self.body.fallible = around.0;
        self.body.frames.pop();
        if !around.0 {
            self.raises = around.1;
        }
        let is_async = self.body.is_async() && words::has(&stmts[..], &|part| matches!(part, Expr::Await(_)));
        let fails = handling::may_raise(&stmts, "");
        let body = if fails {
            let mut stmts = handling::in_handler(std::mem::take(&mut stmts), &text);
            stmts.push(tail(call_path("Ok", vec![tuple(Vec::new())])));
            let outcome = if is_async {
                build::awaited(call_path("attempt", vec![async_block(false, stmts)]))
            } else {
                let body = Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: build::block(stmts) });
                call_path("try_", vec![closure(false, false, Vec::new(), None, body)])
            };
            let held = self.temp_unique("body");
            vec![let_(pat(&held), None, Some(outcome)), stmt(method(name(star), "handled", vec![name(&held)]))]
        } else {
            stmts
        };
        let held = if uses(&body[..], &text) { pat(&text) } else { pat("_") };
        let made = build::if_(build::let_cond(pat_variant("Some", vec![held]), test), body, None);
        self.out.push(syn::Stmt::Expr(made, None));
        if is_async {
            self.body.awaits += 1;
        }
    }
}
