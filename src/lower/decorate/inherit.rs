//! Methods that hand `*args, **kwargs` on to `super()`: they have the parameters of the method that they extend.

use super::{Chain, Decorator};
use crate::hir::{Base, Call, Callee, ClassId, Expr, FnId, ParamKind};

impl Decorator<'_> {
    /// Methods that extend another, base classes first.
    pub(super) fn extended_methods(&mut self) {
        let classes: Vec<ClassId> = self.program.classes.ids().collect();
        for class in classes {
            for method in self.program.classes[class].methods.clone() {
                let function = &self.program.functions[method];
                let star =
                    function.params.iter().any(|param| matches!(param.kind, ParamKind::Args | ParamKind::Kwargs));
                if !star || function.method.is_none() {
                    continue;
                }
                let name = function.name.clone();
                if let Some(inner) = self.method_above(class, &name)
                    && self.hands_all_on(method, &name)
                {
                    self.chains.push(Chain { wrapper: method, inner });
                }
            }
        }
    }

    /// The method of that name in the bases of a class.
    fn method_above(&self, class: ClassId, name: &str) -> Option<FnId> {
        let mut at = class;
        for _ in 0..64 {
            let [Base::Class(base), ..] = &self.program.classes[at].bases[..] else { return None };
            if let Some(found) = self.own_method(*base, name) {
                return Some(found);
            }
            at = *base;
        }
        None
    }

    /// Whether `*args` and `**kwargs` go to `super()` and nowhere else.
    fn hands_all_on(&self, method: FnId, name: &str) -> bool {
        let params = &self.program.functions[method].params;
        let stars: Vec<_> = params
            .iter()
            .filter(|param| matches!(param.kind, ParamKind::Args | ParamKind::Kwargs))
            .map(|param| param.var)
            .collect();
        let (mut reads, mut handed) = (0, 0);
        for expr in self.exprs_of(method) {
            match &self.program.exprs[expr] {
                Expr::Var(var) if stars.contains(var) => reads += 1,
                Expr::Call(Call { callee: Callee::Super { name: called, .. }, args }) if called == name => {
                    handed += args
                        .iter()
                        .filter(|arg| {
                            matches!(arg, crate::hir::Arg::Star(value) | crate::hir::Arg::DoubleStar(value)
                                if matches!(self.program.exprs[*value], Expr::Var(var) if stars.contains(&var)))
                        })
                        .count();
                }
                _ => {}
            }
        }
        reads == handed && handed > 0 && stars.iter().all(|var| !self.is_changed(method, Some(*var)))
    }
}
