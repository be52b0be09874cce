//! `lambda`, and the defaults that one closes over.

use syn::Expr;

use super::Emitter;
use super::body::{Kind, Ty0};
use super::build::{block_expr, closure, let_, method, name, pat, tail};
use super::fallback;
use super::print::is_line;
use crate::hir::{self, FnId};
use crate::types::Ty;

impl Emitter<'_> {
    /// `lambda`: a closure over clones of what it captures, called with `given` arguments: the other parameters have
    /// their defaults.
    pub(super) fn lambda(&mut self, function: FnId, given: usize, tupled: bool) -> Expr {
        let program = self.program;
        let inner = &program.functions[function];
        let mut before = Vec::new();
        let outside = self.body.clone();
        let required = inner.params.iter().filter(|param| param.default.is_none()).count();
        let mut spare = given.saturating_sub(required);
        let mut captures = inner.captures.clone();
        let mut kept = Vec::new();
        let mut copies = Vec::new();
        for param in &inner.params {
            let value = match param.default {
                None => None,
                Some(hir::Default::Inline(value)) => Some(value),
                Some(hir::Default::Once { value, var }) => {
                    captures.retain(|captured| *captured != var);
                    Some(value)
                }
            };
            let value = value.filter(|_| match spare {
                0 => true,
                _ => {
                    spare -= 1;
                    false
                }
            });
            let Some(value) = value else {
                kept.push(param.var);
                continue;
            };
            let made = self.owned(value);
            let ty = self.var_ty(param.var);
            let made = self.convert(made, &self.ty_of(value), &ty);
            let text = self.var_name(param.var);
            let same = matches!(&made, Expr::Path(path) if path.path.is_ident(&text));
            if !same || !ty.is_copy() {
                before.push(let_(pat(&text), None, Some(fallback::typed(made))));
            }
            if !ty.is_copy() {
                copies.push(let_(pat(&text), None, Some(method(name(&text), "clone", Vec::new()))));
            }
        }
        let holds = kept.len() < inner.params.len();
        self.clone_captures(&captures, &mut before);
        let names: Vec<String> = kept.iter().map(|var| self.var_name(*var)).collect();
        let types: Vec<Ty> = kept.iter().map(|var| self.var_ty(*var)).collect();
        let params = self.closure_params(&names, &types, tupled);
        let around = self.body.clone();
        let result = self.types.function.get(function).map_or(Ty::Value, |signature| signature.result.clone());
        self.body.kind = Kind::Plain;
        self.body.function = Some(function);
        self.body.fallible = true;
        self.body.result = Ty0(result);
        self.body.untold = true;
        self.body.frames.clear();
        self.body.loops.clear();
        self.body.closed = 0;
        let stmts = self.in_block(|emitter| emitter.tail_block(&inner.body));
        let number = self.body.number;
        self.body = around;
        self.body.vars = outside.vars;
        self.body.number = number;
        let mut stmts: Vec<syn::Stmt> = stmts.into_iter().filter(|inner| !is_line(inner)).collect();
        stmts.splice(0..0, copies);
        let body = block_expr(stmts);
        let is_move = !captures.is_empty() || holds;
        let made = closure(false, is_move, params, None, body);
        if before.is_empty() {
            return made;
        }
        before.push(tail(made));
        block_expr(before)
    }
}
