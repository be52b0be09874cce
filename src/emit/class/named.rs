//! `hasattr(x, "name")` and `getattr(x, "name", default)`.

use syn::Expr;

use super::super::Emitter;
use super::super::build::{self, block_expr, boolean, method, name, tail};
use super::super::layout::How;
use super::super::place::Want;
use crate::hir::{self, ClassId, ExprId};
use crate::infer::{Resolved, StubCall};
use crate::types::Ty;

impl Emitter<'_> {
    /// `hasattr(x, "name")` of an object of which some have it.
    pub(in crate::emit) fn hasattr(&mut self, attribute: ExprId) -> Expr {
        let hir::Expr::Attr(object, text) = &self.program.exprs[attribute] else { return boolean(true) };
        let Ty::Class(class) = self.ty_of(*object) else { return boolean(true) };
        let recv = self.place(*object);
        let test = self.has_attribute(class, &recv, text);
        match test {
            Expr::Lit(_) if !self.is_pure(*object) => {
                block_expr(vec![build::let_(build::pat("_"), None, Some(recv)), tail(test)])
            }
            test => test,
        }
    }

    /// `getattr(x, "name", default)`.
    pub(in crate::emit) fn getattr(&mut self, id: ExprId, args: &[ExprId], stub: &StubCall) -> Expr {
        let [attribute, default] = *args else { return self.unsupported(id, "this `getattr` is not translated yet") };
        let object = match &self.program.exprs[attribute] {
            hir::Expr::Attr(object, _) => Some(*object),
            _ => None,
        };
        if stub.args.len() == 1 {
            let default = self.owned(default);
            return match object.filter(|object| !self.is_pure(*object)) {
                Some(object) => {
                    let object = self.place(object);
                    block_expr(vec![build::let_(build::pat("_"), None, Some(object)), tail(default)])
                }
                None => default,
            };
        }
        let test = self.hasattr(attribute);
        let always = matches!(&test, Expr::Lit(lit) if matches!(&lit.lit, syn::Lit::Bool(value) if value.value));
        let Some(object) = object.filter(|_| !always) else { return self.owned(attribute) };
        if !matches!(self.program.exprs[object], hir::Expr::Var(_)) && !self.is_pure(object) {
            return self.getattr_of_held(id, attribute, default);
        }
        let read = self.owned(attribute);
        let default = self.owned(default);
        build::if_(test, vec![tail(read)], Some(build::else_block(vec![tail(default)])))
    }

    /// Of what must be evaluated once.
    fn getattr_of_held(&mut self, id: ExprId, attribute: ExprId, default: ExprId) -> Expr {
        let refused = "`getattr` with a default of what is not a name is not translated yet";
        let (hir::Expr::Attr(object, text), Some(Resolved::Field)) =
            (&self.program.exprs[attribute], self.resolved(attribute, 0))
        else {
            return self.unsupported(id, refused);
        };
        let Ty::Class(class) = self.ty_of(*object) else { return self.unsupported(id, refused) };
        let (from, to) = (self.raw_ty(attribute), self.ty_of(attribute));
        let held = self.temp_unique("object");
        let stmts = self.in_block(|emitter| {
            let value = emitter.owned(*object);
            emitter.push_let(&held, value);
            let test = emitter.has_attribute(class, &name(&held), text);
            let read = emitter.read_attribute(class, name(&held), text, Want::Owned);
            let read = read.unwrap_or_else(|| emitter.unsupported(id, refused));
            let read = emitter.convert(read, &from, &to);
            let default = emitter.owned(default);
            let either = build::if_(test, vec![tail(read)], Some(build::else_block(vec![tail(default)])));
            emitter.out.push(tail(either));
        });
        block_expr(stmts)
    }

    fn has_attribute(&mut self, class: ClassId, recv: &Expr, text: &str) -> Expr {
        let has = |emitter: &Self, class: ClassId| {
            let above = emitter.program.above(class);
            let method = above.iter().any(|class| {
                let methods = &emitter.program.classes[*class].methods;
                methods.iter().any(|method| emitter.program.functions[*method].name == text)
            });
            method || emitter.class_var(class, text).is_some()
        };
        if has(self, class) {
            return boolean(true);
        }
        if let Some(info) = self.field_layout(class, text) {
            return match info.how {
                How::Unsure => method(build::field(recv.clone(), &info.text), "is_set", Vec::new()),
                _ => boolean(true),
            };
        }
        let classes = self.layouts.below(class).to_vec();
        self.by_class(class, recv, &classes, |emitter, class| boolean(has(emitter, class)))
    }
}
