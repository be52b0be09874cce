//! `match` of a value whose type is known at run time only.

use syn::{Expr, parse_quote};

use super::Emitter;
use super::build::{self, binary, block_expr, boolean, call_path, int, method, name, stmt, string, tail};
use super::fallback;
use super::matching::{Binds, Test, both};
use crate::hir::{self, ExprId, Lit, Pattern, VarId};
use crate::types::Ty;

impl Emitter<'_> {
    /// A value as the type that a test has found.
    pub(super) fn taken_from_value(&mut self, value: Expr, to: &Ty) -> Option<Expr> {
        if !self.is_plain(to) && !matches!(to, Ty::Class(_)) {
            return None;
        }
        let to = self.ty(to);
        Some(self.question(parse_quote!(<#to>::try_from_value(&#value))))
    }

    /// `True`, `False`.
    pub(super) fn value_is_bool(&self, subject: Expr, value: bool) -> Expr {
        let truth = method(subject.clone(), "truthy", Vec::new());
        let truth = if value { truth } else { build::not(truth) };
        binary(method(subject, "is_a", vec![string("bool")]), "&&", truth)
    }

    /// Whether it is an instance of a class, and the subject as one of the program's.
    pub(super) fn value_is_of(&mut self, class: ExprId, subject: Expr) -> Option<(Expr, Expr, Ty)> {
        match &self.program.exprs[class] {
            hir::Expr::Class(class) if !self.is_exception(*class) => {
                let ty = self.ty(&Ty::Class(*class));
                let test: Expr = parse_quote!(<#ty>::from_value(&#subject).is_some());
                let object: Expr = parse_quote!(proven(<#ty>::from_value(&#subject)));
                Some((test, object, Ty::Class(*class)))
            }
            hir::Expr::Stub(stub)
                if stub.module == "builtins"
                    && matches!(
                        &*stub.name,
                        "bool" | "int" | "float" | "str" | "bytes" | "list" | "tuple" | "dict" | "set" | "frozenset"
                    ) =>
            {
                let test = method(subject.clone(), "is_a", vec![string(&stub.name)]);
                Some((test, subject, Ty::Value))
            }
            _ => None,
        }
    }

    /// `[a, *rest]`.
    pub(super) fn value_sequence_test(&mut self, parts: &[Pattern], subject: &Expr, binds: &mut Binds) -> Test {
        let star = parts.iter().position(|part| matches!(part, Pattern::Star(_)));
        let fixed = parts.len() - usize::from(star.is_some());
        let is = |class: &str| method(subject.clone(), "is_a", vec![string(class)]);
        let is_sequence: Expr = {
            let (list, tuple) = (is("list"), is("tuple"));
            parse_quote!((#list || #tuple))
        };
        let length = method(subject.clone(), "len", Vec::new());
        let length = self.question(length);
        let long_enough = binary(length, if star.is_some() { ">=" } else { "==" }, int(fixed as i64));
        let mut all = both(Some(is_sequence), Some(long_enough));
        let after = star.map_or(0, |star| (parts.len() - star - 1) as i64);
        for (at, part) in parts.iter().enumerate() {
            let index = match star {
                Some(star) if at > star => at as i64 - parts.len() as i64,
                _ => at as i64,
            };
            match part {
                Pattern::Star(None) | Pattern::Capture(None) => {}
                Pattern::Star(Some(var)) => {
                    let end = if after == 0 { name("None") } else { call_path("Some", vec![int(-after)]) };
                    let start = if at == 0 { name("None") } else { call_path("Some", vec![int(index)]) };
                    let rest = method(subject.clone(), "slice", vec![start, end]);
                    let rest = self.question(rest);
                    let to = self.var_ty(*var);
                    self.import("builtins");
                    if to == Ty::Value {
                        let made = self.question(parse_quote!(builtins::list(&#rest)));
                        binds.push((*var, call_path("Value::from", vec![made]), to));
                        continue;
                    }
                    let Ty::List(item) = &to else { return None };
                    let item_ty = self.ty(item);
                    let made: Expr = match **item {
                        Ty::Value => parse_quote!(builtins::list(&#rest)),
                        _ if self.is_plain(item) => {
                            parse_quote!(builtins::list(&builtins::map(|item: Value| <#item_ty>::try_from_value(&item), &#rest)))
                        }
                        _ => return None,
                    };
                    let made = self.question(made);
                    binds.push((*var, made, to.clone()));
                }
                part => {
                    let at = call_path("Value::from", vec![fallback::typed(int(index))]);
                    let value = method(subject.clone(), "get_item", vec![build::reference(at)]);
                    let value = self.question(value);
                    let test = self.pattern_test(part, value, &Ty::Value, binds)?;
                    all = both(all, test);
                }
            }
        }
        Some(all)
    }

    /// `{"kind": kind, **rest}`.
    pub(super) fn value_mapping_test(
        &mut self,
        items: &[(ExprId, Pattern)],
        rest: Option<VarId>,
        subject: &Expr,
        binds: &mut Binds,
    ) -> Test {
        let mut all = Some(method(subject.clone(), "is_a", vec![string("dict")]));
        let mut keys = Vec::new();
        for (key, part) in items {
            let hir::Expr::Lit(lit @ (Lit::Str(_) | Lit::Int(_) | Lit::Bool(_))) = &self.program.exprs[*key] else {
                return None;
            };
            let key = match lit {
                Lit::Str(text) => string(text),
                Lit::Int(value) => fallback::typed(int(*value)),
                Lit::Bool(value) => boolean(*value),
                _ => return None,
            };
            let key = build::reference(call_path("Value::from", vec![key]));
            keys.push(key.clone());
            let test = method(subject.clone(), "contains", vec![key.clone()]);
            all = both(all, Some(self.question(test)));
            if matches!(part, Pattern::Capture(None)) {
                continue;
            }
            let value = method(subject.clone(), "get_item", vec![key]);
            let value = self.question(value);
            let test = self.pattern_test(part, value, &Ty::Value, binds)?;
            all = both(all, test);
        }
        if let Some(rest) = rest {
            if self.var_ty(rest) != Ty::Value {
                return None;
            }
            let copy = method(subject.clone(), "call_method", vec![string("copy"), parse_quote!(&[])]);
            let copy = self.question(copy);
            let mut stmts: Vec<syn::Stmt> = vec![parse_quote!(let rest = #copy;)];
            for key in keys {
                let call = self.question(method(name("rest"), "del_item", vec![key]));
                stmts.push(stmt(call));
            }
            stmts.push(tail(name("rest")));
            binds.push((rest, block_expr(stmts), Ty::Value));
        }
        Some(all)
    }
}
