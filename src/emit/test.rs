//! Tests: what `if`, `while`, `and` and `not` ask of a value.

use syn::Expr;

use super::Emitter;
use super::build::{self, binary, int, method, not};
use crate::hir::{self, Block, CmpOp, ExprId, Lit, Storage, UnOp, VarId};
use crate::infer::Adjustment;
use crate::types::Ty;

impl Emitter<'_> {
    /// An expression as a `bool`.
    pub(super) fn condition(&mut self, id: ExprId) -> Expr {
        if self.is_dead(id) {
            return self.unreachable();
        }
        if !self.types.adjustments.contains_key(&id) {
            match &self.program.exprs[id] {
                hir::Expr::Unary(UnOp::Not, value) => {
                    let test = self.condition(*value);
                    return not(test);
                }
                hir::Expr::BoolOp { is_and, operands } => return self.bool_join(*is_and, operands),
                hir::Expr::Lit(Lit::Bool(value)) => return build::boolean(*value),
                hir::Expr::Lit(Lit::Int(value)) => return build::boolean(*value != 0),
                hir::Expr::Lit(Lit::Str(text)) => return build::boolean(!text.is_empty()),
                hir::Expr::Lit(Lit::None) => return build::boolean(false),
                _ => {}
            }
        }
        let ty = self.ty_of(id);
        let place = self.place(id);
        if ty == Ty::None {
            let is_read = matches!(self.program.exprs[id], hir::Expr::Var(_)) && !super::ends::questions(&place);
            return if is_read {
                build::boolean(false)
            } else {
                build::block_expr(vec![build::stmt(place), build::tail(build::boolean(false))])
            };
        }
        self.truth(place, &ty)
    }

    /// The truth of a value at hand.
    pub(super) fn truth(&mut self, place: Expr, ty: &Ty) -> Expr {
        match ty {
            Ty::Bool => place,
            Ty::Int => binary(place, "!=", int(0)),
            Ty::Float => binary(place, "!=", build::float(0.0)),
            Ty::Option(inner) if self.always_true(inner) => method(place, "is_some", Vec::new()),
            _ => method(place, "truthy", Vec::new()),
        }
    }

    /// Whether every value of the type is true.
    pub(super) fn always_true(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Task(_) | Ty::Future(_) | Ty::Coro(_) | Ty::Exc(_) | Ty::ExcType | Ty::Fn(_) | Ty::Gen(..) => true,
            Ty::Class(class) => {
                self.is_exception(*class)
                    || !self.class_chain(*class).iter().any(|class| {
                        self.program.classes[*class].methods.iter().any(|method| {
                            matches!(self.program.functions[*method].name.as_str(), "__bool__" | "__len__")
                        })
                    })
            }
            _ => false,
        }
    }
}

/// A test that proves variables not to be `None` where its block begins.
pub struct Narrowing {
    parts: Vec<Part>,
}

enum Part {
    /// `x is not None`, or `x` alone.
    Some { var: VarId, inner: Ty, truth: bool },
    /// Anything else.
    Plain(ExprId),
}

impl Emitter<'_> {
    /// `if let Some(x) = x` of an `if x is not None:`, where all reads in the block rely on it.
    pub(super) fn narrowing(&self, test: ExprId, then: &Block) -> Option<Narrowing> {
        let parts: Vec<ExprId> = match &self.program.exprs[test] {
            hir::Expr::BoolOp { is_and: true, operands } => operands.clone(),
            _ => vec![test],
        };
        let mut out = Vec::new();
        let mut any = false;
        for (at, part) in parts.iter().enumerate() {
            match self.narrowed_var(*part) {
                Some((var, inner, truth)) if self.relies(var, then, &parts[at + 1..]) => {
                    any = true;
                    out.push(Part::Some { var, inner, truth });
                }
                _ => out.push(Part::Plain(*part)),
            }
        }
        any.then_some(Narrowing { parts: out })
    }

    fn narrowed_var(&self, part: ExprId) -> Option<(VarId, Ty, bool)> {
        let (value, truth) = match &self.program.exprs[part] {
            hir::Expr::Compare(first, rest) => match rest[..] {
                [(CmpOp::IsNot | CmpOp::NotEq, other)]
                    if matches!(self.program.exprs[other], hir::Expr::Lit(Lit::None)) =>
                {
                    (*first, false)
                }
                _ => return None,
            },
            hir::Expr::Var(_) => (part, true),
            _ => return None,
        };
        let hir::Expr::Var(var) = self.program.exprs[value] else { return None };
        if self.types.adjustments.contains_key(&value) || self.body.narrowed.contains_key(&var) {
            return None;
        }
        let Ty::Option(inner) = self.raw_ty(value) else { return None };
        let info = &self.program.vars[var];
        let local = info.storage == Storage::Local && !self.is_optional(var) && self.var_name_known(var);
        (local && self.var_ty(var) == Ty::Option(inner.clone())).then_some((var, *inner, truth))
    }

    pub(super) fn var_name_known(&self, var: VarId) -> bool {
        self.body.vars.get(&var).is_none_or(|text| text != "_" && text != "self")
    }

    /// Whether the block reads the variable, always as what is inside the `Option`, and never assigns it.
    pub(super) fn relies(&self, var: VarId, then: &Block, after: &[ExprId]) -> bool {
        let mut reads = 0;
        let mut fine = true;
        let mut look = |expr: ExprId| match &self.program.exprs[expr] {
            hir::Expr::Var(other) if *other == var => {
                reads += 1;
                let first = self.types.adjustments.get(&expr).and_then(|list| list.first());
                fine &= matches!(first, Some(Adjustment::UnwrapOption { error: None }));
            }
            hir::Expr::Walrus(other, _) => fine &= *other != var,
            hir::Expr::Lambda(function) => {
                fine &= !self.program.functions[*function].captures.contains(&var);
            }
            _ => {}
        };
        hir::walk::for_each_expr_in_block(self.program, then, &mut look);
        for part in after {
            hir::walk::for_each_expr(self.program, *part, &mut look);
        }
        hir::walk::for_each_stmt(then, &mut |inner| {
            hir::walk::stmt_vars(inner, &mut |other| fine &= other != var);
            if let hir::StmtKind::Def { function, .. } = &inner.kind {
                fine &= !self.program.functions[*function].captures.contains(&var);
            }
        });
        reads > 0 && fine
    }

    /// The block behind the test is done: the variables are `Option`s again.
    pub(super) fn leave_narrowed(&mut self, held: &[VarId]) {
        for var in held {
            self.body.narrowed.remove(var);
        }
    }
}

impl Narrowing {
    /// The condition; the variables are held without their `Option` from here on.
    pub(super) fn enter(self, emitter: &mut Emitter<'_>) -> (Expr, Vec<VarId>) {
        let mut all: Option<Expr> = None;
        let mut held = Vec::new();
        for part in self.parts {
            let test = match part {
                Part::Plain(id) => emitter.condition(id),
                Part::Some { var, inner, truth } => {
                    let text = emitter.var_name(var);
                    let from = if inner.is_copy() {
                        build::name(&text)
                    } else {
                        method(build::name(&text), "clone", Vec::new())
                    };
                    let test = build::let_cond(build::pat_variant("Some", vec![build::pat(&text)]), from);
                    let truth = truth && !emitter.always_true(&inner);
                    emitter.body.narrowed.insert(var, inner.clone());
                    held.push(var);
                    if truth {
                        let truth = emitter.truth(build::name(&text), &inner);
                        binary(test, "&&", truth)
                    } else {
                        test
                    }
                }
            };
            all = Some(match all {
                None => test,
                Some(all) => binary(all, "&&", test),
            });
        }
        (all.unwrap_or_else(|| build::boolean(true)), held)
    }
}
