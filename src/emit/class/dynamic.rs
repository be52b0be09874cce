//! What the program asks of objects where any value may be: `value.name`, `value.name(…)`.

use std::collections::BTreeSet;

use syn::{Arm, Expr, ImplItem, parse_quote};

use super::super::Emitter;
use super::super::build::{self, call_path, name, string};
use super::super::place::Want;
use crate::hir::{self, Binding, Callee, ClassId, Default, FnId, FnKind, ParamKind, Program};
use crate::infer::{Adjustment, Resolved, Types};
use crate::types::Ty;

/// What is asked of values whose type is not known, and which classes have objects among them.
#[derive(Debug, Default)]
pub struct Asked {
    reads: BTreeSet<String>,
    calls: BTreeSet<String>,
    classes: BTreeSet<ClassId>,
}

impl Asked {
    /// Reads what the program asks.
    pub fn of(program: &Program, types: &Types) -> Asked {
        let mut asked = Asked::default();
        for ((expr, place), resolved) in &types.resolved {
            if !matches!(resolved, Resolved::Dynamic) {
                continue;
            }
            match (&program.exprs[*expr], *place) {
                (hir::Expr::Attr(_, name), 0) => drop(asked.reads.insert(name.clone())),
                (hir::Expr::Call(hir::Call { callee: Callee::Method { name, .. }, .. }), 0) => {
                    asked.calls.insert(name.clone());
                }
                _ => {}
            }
        }
        if asked.reads.is_empty() && asked.calls.is_empty() {
            return asked;
        }
        for (expr, list) in types.adjustments.iter() {
            let Some(mut ty) = types.expr.get(*expr).cloned() else { continue };
            for adjustment in list {
                if matches!(adjustment, Adjustment::IntoValue) {
                    classes_in(types, &ty, &mut asked.classes);
                }
                ty = adjustment.result(ty);
            }
        }
        asked
    }
}

fn classes_in(types: &Types, ty: &Ty, found: &mut BTreeSet<ClassId>) {
    match ty {
        Ty::Class(class) => {
            found.insert(*class);
        }
        Ty::Union(id) => {
            for variant in &types.unions[*id].alternatives {
                if variant.ty != *ty {
                    classes_in(types, &variant.ty, found);
                }
            }
        }
        ty => ty.children().into_iter().for_each(|ty| classes_in(types, ty, found)),
    }
}

impl Emitter<'_> {
    /// `py_get_attr` and `py_call_method` of a class whose objects may be anywhere.
    pub(super) fn asked_items(&mut self, top: ClassId, members: &[ClassId]) -> Vec<ImplItem> {
        let related = |class: &ClassId| self.layouts.asked.classes.contains(class);
        if !members.iter().any(related) {
            return Vec::new();
        }
        let of = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<String>>();
        let (reads, calls) = (of(&self.layouts.asked.reads), of(&self.layouts.asked.calls));
        let mut out = Vec::new();
        let mut arms: Vec<Arm> = Vec::new();
        for text in reads {
            if let Some(read) = self.asked(top, members, |emitter, class| emitter.asked_read(class, &text)) {
                arms.push(parse_quote!(#text => #read,));
            }
        }
        if !arms.is_empty() {
            out.push(parse_quote!(
                fn py_get_attr(self: Rc<Self>, name: &str) -> PyResult<Value> {
                    match name {
                        #(#arms)*
                        _ => Err(self.no_attribute(name)),
                    }
                }
            ));
        }
        let mut arms: Vec<Arm> = Vec::new();
        for text in calls {
            if let Some(call) = self.asked(top, members, |emitter, class| emitter.asked_call(class, &text)) {
                arms.push(parse_quote!(#text => #call,));
            }
        }
        if !arms.is_empty() {
            let takes = arms.iter().any(|arm| quote::quote!(#arm).to_string().contains("named"));
            let (args, named) = if takes {
                (build::pat("args"), build::pat("named"))
            } else {
                (build::pat("_args"), build::pat("_named"))
            };
            out.push(parse_quote!(
                fn py_call_method(self: Rc<Self>, name: &str, #args: &[Value], #named: &[(Str, Value)]) -> PyResult<Value> {
                    match name {
                        #(#arms)*
                        _ => Err(self.no_attribute(name)),
                    }
                }
            ));
        }
        out
    }

    /// One answer for all classes of a struct; `None`: no class has that.
    fn asked(
        &mut self,
        top: ClassId,
        members: &[ClassId],
        mut answer: impl FnMut(&mut Self, ClassId) -> Option<Expr>,
    ) -> Option<Expr> {
        let around = self.enter_closure();
        let mut any = false;
        let made = self.by_class(top, &name("self"), members, |emitter, class| match answer(emitter, class) {
            Some(made) => {
                any = true;
                made
            }
            None => parse_quote!(Err(self.no_attribute(name))),
        });
        self.body = around;
        any.then_some(made)
    }

    /// What is there and cannot be said as any value.
    fn not_any_value(text: &str) -> Expr {
        let text = string(&format!("`{text}` of a value whose type is not known is not translated yet"));
        parse_quote!(Err(NotImplementedError::new(#text)))
    }

    fn asked_read(&mut self, class: ClassId, text: &str) -> Option<Expr> {
        let getter = self.special_getter(class, text);
        let own = self.field_layout(class, text).filter(|info| self.program.above(class).contains(&info.owner));
        let (value, ty) = match (getter, own) {
            (Some(getter), _) => {
                let value = self.method_with(getter, name("self"), Some(class), Vec::new());
                (value, self.signature(getter).result)
            }
            (None, Some(info)) => (self.read_attribute(class, name("self"), text, Want::Owned)?, info.ty),
            (None, None) => match self.class_var(class, text) {
                Some(var) => (self.read_var_of(class, &name("self"), text)?, var.ty),
                None => {
                    self.special(class, text)?;
                    return Some(Self::not_any_value(text));
                }
            },
        };
        if !self.is_plain(&ty) {
            return Some(Self::not_any_value(text));
        }
        let value = self.convert(value, &ty, &Ty::Value);
        Some(call_path("Ok", vec![value]))
    }

    fn asked_call(&mut self, class: ClassId, text: &str) -> Option<Expr> {
        let Some(function) = self.special(class, text) else {
            self.field_layout(class, text)?;
            return Some(Self::not_any_value(text));
        };
        let inner = &self.program.functions[function];
        let plain = inner.kind == FnKind::Plain
            && inner.method.is_some_and(|method| method.binding == Binding::Instance)
            && self.is_plain(&self.signature(function).result);
        match self.asked_args(function).filter(|_| plain) {
            Some(args) => {
                let call = self.method_with(function, name("self"), Some(class), args);
                let result = self.signature(function).result;
                if result == Ty::None {
                    return Some(parse_quote!({
                        #call;
                        Ok(Value::None)
                    }));
                }
                let value = self.convert(call, &result, &Ty::Value);
                Some(call_path("Ok", vec![value]))
            }
            None => Some(Self::not_any_value(text)),
        }
    }

    /// The arguments of a method out of those that were given; `None`: not of these types.
    fn asked_args(&mut self, function: FnId) -> Option<Vec<Expr>> {
        let program = self.program;
        let mut out = Vec::new();
        for (at, param) in program.functions[function].params.iter().skip(1).enumerate() {
            let ty = self.var_ty(param.var);
            if !matches!(param.kind, ParamKind::Positional | ParamKind::PositionalOnly) || !self.is_plain(&ty) {
                return None;
            }
            let text = program.vars[param.var].name.clone();
            let missing: Expr = match param.default {
                Some(Default::Inline(value)) => self.into(value),
                Some(Default::Once { .. }) => return None,
                None => {
                    let words = string(&format!(
                        "{}() missing 1 required positional argument: '{text}'",
                        program.functions[function].qualname
                    ));
                    parse_quote!(return Err(TypeError::new(#words)))
                }
            };
            let given: Expr = match ty {
                Ty::Value => parse_quote!(value.clone()),
                ref ty => {
                    let ty = self.ty(ty);
                    parse_quote!(<#ty>::try_from_value(value)?)
                }
            };
            let by_place: Expr = match i64::try_from(at) {
                Ok(0) | Err(_) => parse_quote!(args.first()),
                Ok(at) => {
                    let at = build::int(at);
                    parse_quote!(args.get(#at))
                }
            };
            out.push(parse_quote!(
                match #by_place.or_else(|| named.iter().find(|(key, _)| key == #text).map(|(_, value)| value)) {
                    Some(value) => #given,
                    None => #missing,
                }
            ));
        }
        Some(out)
    }
}
