//! `except`: arms of the `match` on an outcome.

use super::Emitter;
use super::body::Handling;
use super::build::{self, arm, method, name, pat, pat_variant};
use super::handling;
use super::plan::{self};
use crate::hir::{self, ExprId, Handler, Storage};
use crate::types::ExcClass;
use syn::{Arm, Expr};

use super::try_::{Parts, value_of};
use super::words::uses;

impl Emitter<'_> {
    /// `Err(e) if e.is::<ValueError>() => …` of each handler.
    pub(super) fn handler_arms(&mut self, try_: &Parts<'_>, is_tail: bool) -> Vec<Arm> {
        if try_.star {
            return vec![self.star_arm(try_.handlers)];
        }
        let mut arms = Vec::new();
        for handler in try_.handlers {
            let text = match handler.bind {
                Some(var) => {
                    self.body.vars.remove(&var);
                    let plain = self.plans.vars.get(var).is_some_and(|plan| plan.decl == plan::Decl::Pattern);
                    let cell = self.program.vars[var].storage != Storage::Local || self.is_optional(var) || !plain;
                    if cell { self.temp_unique("error") } else { self.var_name(var) }
                }
                None => self.temp("e"),
            };
            let guard = self.handler_guard(handler, &text);
            let frames = self.body.frames.len();
            self.body.handling.push(Handling { name: text.clone(), frames });
            let bind = handler.bind.filter(|var| {
                let plan = self.plans.vars.get(*var);
                self.program.vars[*var].storage != Storage::Local
                    || self.is_optional(*var)
                    || plan.is_none_or(|plan| plan.decl != plan::Decl::Pattern)
            });
            let loops = std::mem::take(&mut self.body.loops);
            self.body.loops.clone_from(&loops);
            let stmts = self.in_block(|emitter| {
                super::print::trivia(&handler.trivia, true, &mut emitter.out);
                if let Some(var) = bind {
                    let held = method(name(&text), "clone", Vec::new());
                    let declares = emitter.program.vars[var].storage == Storage::Cell
                        && emitter.plans.vars.get(var).is_some_and(|plan| plan.decl == plan::Decl::Pattern);
                    emitter.assign_var(var, held, declares);
                }
                if is_tail {
                    emitter.tail_block(&handler.body);
                } else {
                    emitter.block(&handler.body);
                }
            });
            self.body.handling.pop();
            let stmts = handling::in_handler(stmts, &text);
            let used = guard.is_some() || uses(&stmts[..], &text);
            let pattern = if used { pat(&text) } else { pat("_") };
            arms.push(arm(pat_variant("Err", vec![pattern]), guard, value_of(stmts)));
            if self.is_catch_all(handler) {
                break;
            }
        }
        arms
    }

    pub(super) fn handler_guard(&mut self, handler: &Handler, text: &str) -> Option<Expr> {
        if self.is_catch_all(handler) {
            return None;
        }
        let classes: Vec<ExprId> = handler
            .classes
            .iter()
            .flat_map(|class| match &self.program.exprs[*class] {
                hir::Expr::Tuple(items) => items.iter().map(|item| item.value()).collect(),
                _ => vec![*class],
            })
            .collect();
        let named: Option<Vec<ExcClass>> = classes
            .iter()
            .map(|class| match &self.program.exprs[*class] {
                hir::Expr::Stub(stub) => Some(ExcClass::Stub(stub.clone())),
                hir::Expr::Class(class) => Some(ExcClass::Class(*class)),
                _ => None,
            })
            .collect();
        match named {
            Some(named) => {
                let paths: Vec<String> = named.iter().map(|class| self.exception_path(class)).collect();
                let mut types: Vec<syn::Type> = paths.iter().map(|path| build::generic(path, Vec::new())).collect();
                let wanted = if types.len() == 1 {
                    types.remove(0)
                } else {
                    syn::Type::Tuple(syn::TypeTuple {
                        attrs: Vec::new(),
                        paren_token: Default::default(),
                        elems: build::trailing(types),
                    })
                };
                let mut test = method(name(text), "is", Vec::new());
                if let Expr::MethodCall(call) = &mut test {
                    call.turbofish = Some(build::turbofish(wanted));
                }
                Some(test)
            }
            None => {
                let classes = match handler.classes[..] {
                    [only] if !matches!(self.program.exprs[only], hir::Expr::Tuple(_)) => self.borrowed(only),
                    _ => {
                        let list = classes.into_iter().map(|class| self.owned(class)).collect();
                        build::reference(build::array(list))
                    }
                };
                Some(method(name(text), "is_any", vec![classes]))
            }
        }
    }

    pub(super) fn is_catch_all(&self, handler: &Handler) -> bool {
        match handler.classes[..] {
            [] => true,
            [only] => matches!(
                &self.program.exprs[only],
                hir::Expr::Stub(stub) if stub.module == "builtins" && stub.name == "BaseException"
            ),
            _ => false,
        }
    }
}
