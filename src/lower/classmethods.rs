//! A class method that uses its class has a copy for each class below: there `cls` is that class. Attributes that are set through
//! it belong to that class.

use crate::hir::copy::Copier;
use crate::hir::{
    Attribute, Base, Binding, Block, Call, Callee, ClassId, Expr, ExprId, FnId, Lit, Method, Origin, Program, StmtKind,
    Target, Trivia, VarId, walk,
};
use crate::source::Span;

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
    // What is called for the classes below is never called for the class itself.
    let classes: Vec<ClassId> = program.classes.ids().collect();
    for class in classes {
        let is_hook = |id: &FnId| program.functions[*id].name == "__init_subclass__";
        let has_base = program.classes[class].bases.iter().any(|base| matches!(base, Base::Class(_)));
        let Some(hook) = program.classes[class].methods.iter().copied().find(is_hook).filter(|_| !has_base) else {
            continue;
        };
        program.classes[class].methods.retain(|method| *method != hook);
        let (module, span) = (program.functions[hook].module, program.functions[hook].span);
        program.functions[hook] = crate::hir::Function::blank(module, span);
    }
}

/// An attribute that is assigned on a class below the one that has it is its own from then on: it is there from the start, with the
/// value of the one above.
pub fn own_attributes(program: &mut Program) {
    let mut found: Vec<(ClassId, String, Span, bool)> = Vec::new();
    {
        let mut look = |of: Option<(VarId, ClassId)>, block: &Block| {
            walk::for_each_stmt(block, &mut |stmt| {
                let targets = match &stmt.kind {
                    StmtKind::Assign { targets, .. } => &targets[..],
                    StmtKind::AugAssign { target, .. } => std::slice::from_ref(target),
                    _ => return,
                };
                for target in targets {
                    let Target::Attr(object, name) = target else { continue };
                    let (class, by_cls) = match (&program.exprs[*object], of) {
                        (Expr::Class(class), _) => (*class, false),
                        (Expr::Var(var), Some((cls, class))) if *var == cls => (class, true),
                        _ => continue,
                    };
                    found.push((class, name.clone(), stmt.span, by_cls));
                }
            });
        };
        for (id, body) in program.bodies() {
            let function = id.map(|id| &program.functions[id]);
            let cls = function.and_then(|function| {
                let of = function.method.filter(|method| method.binding == Binding::Class)?;
                Some((function.params.first()?.var, of.class))
            });
            look(cls, body);
        }
    }
    found.sort_by_key(|(class, ..)| program.above(*class).len());
    for (class, name, span, by_cls) in &found {
        let has = |of: ClassId| program.classes[of].attributes.iter().any(|one| one.name == *name);
        let above = program.above(*class);
        // Where the one above changes as well, it would have to be looked up each time.
        let base = above.iter().copied().skip(1).find(|&of| has(of));
        let changes = |of: ClassId| {
            let by_name = found.iter().any(|(other, attribute, ..)| *other == of && attribute == name);
            by_name && program.exprs.iter().any(|(_, expr)| uses_class(program, expr, of, name))
        };
        if has(*class) || above.iter().skip(1).any(|&of| changes(of)) {
            continue;
        }
        let value = match base {
            Some(base) => {
                let of = made(program, Expr::Class(base), *span);
                made(program, Expr::Attr(of, name.clone()), *span)
            }
            None if program.classes[*class].bases.is_empty() && !by_cls => continue,
            None => made(program, Expr::Lit(Lit::None), *span),
        };
        let (annotation, trivia) = (None, Trivia::default());
        let attribute = Attribute { name: name.clone(), value: Some(value), annotation, trivia, span: *span };
        program.classes[*class].attributes.push(attribute);
    }
}

/// Whether an expression names a class, other than to read that attribute: what sets it may be called there.
fn uses_class(program: &Program, expr: &Expr, class: ClassId, attribute: &str) -> bool {
    let is_class = |value: ExprId| matches!(program.exprs[value], Expr::Class(of) if of == class);
    match expr {
        Expr::Call(Call { callee: Callee::Method { recv, name }, .. }) => {
            let method = program.classes[class].methods.iter().find(|id| program.functions[**id].name == *name);
            let sets = |id: &FnId| {
                let mut found = false;
                walk::for_each_stmt(&program.functions[*id].body, &mut |stmt| {
                    if let StmtKind::Assign { targets, .. } = &stmt.kind {
                        found |= targets.iter().any(|it| matches!(it, Target::Attr(_, name) if name == attribute));
                    }
                    if let StmtKind::AugAssign { target: Target::Attr(_, name), .. } = &stmt.kind {
                        found |= name == attribute;
                    }
                });
                found
            };
            is_class(*recv) && method.is_some_and(sets)
        }
        _ => false,
    }
}

fn made(program: &mut Program, expr: Expr, at: Span) -> ExprId {
    program.make(expr, Origin::Made { at, why: "attribute of a class above" })
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
