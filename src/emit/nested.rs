//! `def` inside a function: an `fn` of its own, what it captures being further parameters.

use super::Emitter;
use super::build::{block_expr, call_path, closure, method, name, pat, stmt, string, tail, tuple};
use crate::hir::{self, ExprId, FnId, Storage, VarId};
use crate::types::Ty;
use syn::{Expr, FnArg, parse_quote};

impl Emitter<'_> {
    /// What a nested function needs of the functions around it, the functions that it calls included.
    pub(super) fn all_captures(&self, function: FnId) -> Vec<VarId> {
        let mut seen = vec![function];
        let mut at = 0;
        let mut vars: Vec<VarId> = Vec::new();
        while let Some(next) = seen.get(at).copied() {
            at += 1;
            let inner = &self.program.functions[next];
            for var in &inner.captures {
                let own = self.program.vars[*var].owner == Some(function);
                if !own && !vars.contains(var) && self.program.vars[*var].storage != Storage::Global {
                    vars.push(*var);
                }
            }
            hir::walk::for_each_expr_in_block(self.program, &inner.body, &mut |expr| {
                let called = match &self.program.exprs[expr] {
                    hir::Expr::Call(call) => match call.callee {
                        hir::Callee::Function(id) => Some(id),
                        _ => None,
                    },
                    hir::Expr::Function(id) | hir::Expr::Lambda(id) => Some(*id),
                    _ => None,
                };
                if let Some(called) = called
                    && self.program.functions[called].parent.is_some()
                    && !seen.contains(&called)
                {
                    seen.push(called);
                }
            });
        }
        vars
    }

    /// A `def` inside a function: an `fn` of its own, what it captures being further parameters.
    pub(super) fn nested_def(&mut self, function: FnId, var: Option<VarId>) {
        let program = self.program;
        let inner = &program.functions[function];
        let decorators: Vec<ExprId> =
            inner.decorators.iter().copied().filter(|decorator| self.wrapped(*decorator).is_none()).collect();
        if !decorators.is_empty() && (inner.parent.is_some() || var.is_none()) {
            let refused = self.unsupported(decorators[0], "decorators of this kind are not translated yet");
            self.out.push(stmt(refused));
            return;
        }
        for param in &inner.params {
            if let Some(hir::Default::Once { value, var }) = param.default {
                self.out.retain(|_| true);
                let made = self.owned(value);
                self.assign_var(var, made, true);
            }
        }
        if inner.parent.is_some() {
            let item = self.function_item(function);
            self.out.push(syn::Stmt::Item(item));
        }
        if let Some(var) = var {
            let ty = self.var_ty(var);
            let plain = match decorators.first().map(|decorator| self.raw_ty(*decorator)) {
                Some(Ty::Fn(decorator)) => decorator.params.first().cloned().unwrap_or(Ty::Value),
                Some(_) => {
                    let refused = self.unsupported(decorators[0], "decorators of this kind are not translated yet");
                    self.out.push(stmt(refused));
                    return;
                }
                None => ty.clone(),
            };
            let Ty::Fn(function_ty) = &plain else {
                self.unsupported_at(inner.span, "a function that is bound to this name is not translated yet");
                return;
            };
            let names: Vec<String> = inner
                .params
                .iter()
                .take(function_ty.params.len())
                .map(|param| super::names::sanitize(&program.vars[param.var].name))
                .collect();
            let given = names.iter().map(|text| name(text)).collect();
            let mut before = Vec::new();
            let captures = self.all_captures(function);
            let around = self.enter_closure();
            self.clone_captures(&captures, &mut before);
            let args = self.filled(function, given, &function_ty.params);
            let call = self.call_of(function, args);
            let call = self.as_result(function, call);
            self.body = around;
            let params = self.closure_params(&names, &function_ty.params, true);
            let made = closure(false, !captures.is_empty(), params, None, call);
            let coroutine = matches!(function_ty.result, Ty::Coro(_));
            let path = if coroutine { "Function::coroutine" } else { "Function::new" };
            let made = call_path(path, vec![string(inner.shown_name()), made]);
            let made = self.of_kind_like(function, made);
            before.push(tail(made));
            let mut made = block_expr(before);
            let mut from = plain.clone();
            for decorator in decorators {
                let Ty::Fn(of) = self.raw_ty(decorator) else {
                    made = self.unsupported(decorator, "decorators of this kind are not translated yet");
                    break;
                };
                if let Some(to) = of.params.first() {
                    made = self.convert(made, &from, to);
                }
                from = of.result.clone();
                made = match program.exprs[decorator] {
                    hir::Expr::Function(of) => self.call_of(of, vec![made]),
                    _ => {
                        let of = self.owned(decorator);
                        let call = method(of, "call", vec![tuple(vec![made])]);
                        self.question(call)
                    }
                };
            }
            let made = self.convert(made, &from, &ty);
            let declares = self
                .plans
                .vars
                .get(var)
                .is_some_and(|plan| !matches!(plan.decl, super::plan::Decl::Hoisted | super::plan::Decl::Param));
            self.assign_var(var, made, declares && program.vars[var].storage != Storage::Global);
        }
    }

    /// The further parameters of a nested function.
    pub(super) fn capture_params(&mut self, function: FnId) -> Vec<FnArg> {
        if self.program.functions[function].parent.is_none() {
            return Vec::new();
        }
        self.all_captures(function)
            .into_iter()
            .map(|var| {
                let text = self.var_name(var);
                let ty = self.var_ty(var);
                let inner = self.ty(&ty);
                let ty: syn::Type = match self.program.vars[var].storage {
                    Storage::Cell if self.is_optional(var) => parse_quote!(Shared<Option<#inner>>),
                    Storage::Cell => parse_quote!(Shared<#inner>),
                    _ => inner,
                };
                let pattern = pat(&text);
                super::template::param(pattern, ty)
            })
            .collect()
    }

    /// The further arguments of a nested function's call.
    pub(super) fn capture_args(&mut self, function: FnId) -> Vec<Expr> {
        if self.program.functions[function].parent.is_none() {
            return Vec::new();
        }
        self.all_captures(function)
            .into_iter()
            .map(|var| {
                let place = self.var_expr(var);
                let copy = self.program.vars[var].storage == Storage::Local && self.var_ty(var).is_copy();
                if copy { place } else { method(place, "clone", Vec::new()) }
            })
            .collect()
    }
}
