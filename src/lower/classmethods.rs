//! A class method that uses its class has a copy for each class below: there `cls` is that class.

use crate::hir::copy::Copier;
use crate::hir::{Base, Binding, ClassId, Expr, FnId, Method, Program, walk};

/// Copies them.
pub fn copy(program: &mut Program) {
    let mut wanted: Vec<(FnId, ClassId)> = Vec::new();
    for (id, function) in program.functions.iter() {
        let Some(method) = function.method.filter(|method| method.binding == Binding::Class) else { continue };
        let Some(cls) = function.params.first().map(|param| param.var) else { continue };
        let mut uses = false;
        walk::for_each_expr_in_block(program, &function.body, &mut |expr| {
            uses |= matches!(program.exprs[expr], Expr::Var(var) if var == cls);
        });
        if !uses || !function.decorators.is_empty() {
            continue;
        }
        for below in program.classes.ids().filter(|&below| below != method.class) {
            if nearest(program, below, &function.name) == Some(id) {
                wanted.push((id, below));
            }
        }
    }
    for (id, below) in wanted {
        let copy = Copier::new(program).function(id);
        let function = &mut program.functions[copy];
        function.method = Some(Method { class: below, binding: Binding::Class });
        function.made = true;
        program.classes[below].methods.push(copy);
    }
}

/// The method that a name means on a class, its own or that of the first base that has it.
fn nearest(program: &Program, class: ClassId, name: &str) -> Option<FnId> {
    let inner = &program.classes[class];
    let own = inner.methods.iter().rev().copied().find(|&method| program.functions[method].name == name);
    own.or_else(|| {
        inner.bases.iter().find_map(|base| match base {
            Base::Class(base) => nearest(program, *base, name),
            Base::Stub(_) => None,
        })
    })
}
