//! Reading variables, and what a read hands over: a value of one's own or a place to look at.

use syn::{Expr, parse_quote};

use super::Emitter;
use super::build::{self, method, name, reference, string};
use super::global::Static;
use crate::hir::{self, ExprId, Lit, Storage, VarId};
use crate::types::Ty;

/// What the place of an expression needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// A value of its own, its type evident from itself.
    Owned,
    /// A value of its own; the type is spelled out where it goes, so that `.into()` will do.
    Into,
    /// Anything to call a method on, to compare or to borrow.
    Place,
}

impl<'a> Emitter<'a> {
    /// A value of its own.
    pub(super) fn owned(&mut self, expr: ExprId) -> Expr {
        self.value(expr, Want::Owned)
    }

    /// A value of its own, for a place whose type is spelled out.
    pub(super) fn into(&mut self, expr: ExprId) -> Expr {
        self.value(expr, Want::Into)
    }

    /// A place: never moves.
    pub(super) fn place(&mut self, expr: ExprId) -> Expr {
        self.value(expr, Want::Place)
    }

    /// A place that is only looked at: the result of a task that was told to be no `Exception` may still be an
    /// exception (CancelledError), and looks like it.
    pub(super) fn looked_at(&mut self, expr: ExprId) -> Expr {
        if self.is_outcome(expr) { self.raw(expr, Want::Place) } else { self.place(expr) }
    }

    /// Whether an expression gives the value of an `Outcome`.
    pub(super) fn is_outcome(&self, expr: ExprId) -> bool {
        use crate::infer::Adjustment;
        let first = self.types.adjustments.get(&expr).and_then(|list| list.first());
        matches!(first, Some(Adjustment::FromOutcome(to)) if !matches!(to, Ty::Exc(_)))
    }

    /// `&x`.
    pub(super) fn borrowed(&mut self, expr: ExprId) -> Expr {
        let place = self.place(expr);
        as_reference(place)
    }

    /// `&str`: a literal is one already.
    pub(super) fn borrowed_text(&mut self, expr: ExprId) -> Expr {
        if !self.types.adjustments.contains_key(&expr) {
            match &self.program.exprs[expr] {
                hir::Expr::Lit(Lit::Str(text)) => return string(text),
                hir::Expr::Lit(Lit::Bytes(text)) => return build::bytes(text),
                hir::Expr::Format(_) => {
                    return match self.format_macro(expr) {
                        text @ Expr::Lit(_) => text,
                        text => reference(text),
                    };
                }
                _ => {}
            }
        }
        self.borrowed(expr)
    }

    /// Whether evaluating it has no effect, cannot fail and gives the same before and after anything else.
    pub(super) fn is_pure(&self, expr: ExprId) -> bool {
        match &self.program.exprs[expr] {
            hir::Expr::Lit(_) | hir::Expr::Function(_) | hir::Expr::Class(_) | hir::Expr::Stub(_) => true,
            hir::Expr::Var(var) => self.is_stable(*var),
            hir::Expr::Tuple(items) => items.iter().all(|item| self.is_pure(item.value())),
            hir::Expr::Unary(_, value) => self.is_pure(*value) && self.ty_of(*value).is_copy(),
            hir::Expr::Binary(op, left, right) => {
                use hir::BinOp::{Add, BitAnd, BitOr, BitXor, Mul, Sub};
                matches!(op, Add | Sub | Mul | BitAnd | BitOr | BitXor)
                    && [left, right].iter().all(|side| self.is_pure(**side) && self.ty_of(**side).is_copy())
            }
            _ => false,
        }
    }

    /// Whether nothing happens when an expression is evaluated: a pure one, or a variable that surely has a value.
    fn does_nothing(&self, expr: ExprId) -> bool {
        match &self.program.exprs[expr] {
            hir::Expr::Var(var) => match self.program.vars[*var].storage {
                Storage::Local | Storage::Cell => !self.program.vars[*var].maybe_unbound && !self.is_optional(*var),
                Storage::Global => matches!(self.names.static_of(*var), Some(Static { late: false, .. })),
            },
            _ => self.is_pure(expr),
        }
    }

    /// Operands whose values nothing uses: what evaluating them does.
    pub(super) fn effects(&mut self, operands: &[ExprId]) {
        for &operand in operands {
            if self.does_nothing(operand) {
                continue;
            }
            let value = self.place(operand);
            self.out.push(match self.ty_of(operand) {
                Ty::None => build::stmt(value),
                _ => build::let_(build::pat("_"), None, Some(value)),
            });
        }
    }

    /// A variable that no call can change and whose read cannot fail.
    pub(super) fn is_stable(&self, var: VarId) -> bool {
        let info = &self.program.vars[var];
        match info.storage {
            Storage::Local => !info.maybe_unbound,
            Storage::Cell => false,
            Storage::Global => matches!(self.names.static_of(var), Some(Static { constant: true, .. })),
        }
    }

    /// The value of a variable.
    pub(super) fn read_var(&mut self, var: VarId, want: Want, expr: Option<ExprId>) -> Expr {
        let info = &self.program.vars[var];
        let ty = self.var_ty(var);
        match info.storage {
            Storage::Global => return self.read_global(var),
            Storage::Cell => {
                let cell = self.var_expr(var);
                let value = method(cell, "get", Vec::new());
                return if self.is_optional(var) { self.bound(var, value) } else { value };
            }
            Storage::Local => {}
        }
        let place = self.var_expr(var);
        if self.is_optional(var) && !self.body.narrowed.contains_key(&var) {
            let value = if ty.is_copy() { place } else { method(place, "clone", Vec::new()) };
            return self.bound(var, value);
        }
        if ty.is_copy() || want == Want::Place {
            return place;
        }
        if expr.is_some_and(|expr| self.may_move(var, expr)) {
            return place;
        }
        method(place, "clone", Vec::new())
    }

    /// Whether the variable is held as an `Option`, because it may be unbound.
    pub(super) fn is_optional(&self, var: VarId) -> bool {
        match self.program.vars[var].storage {
            Storage::Local => self.plans.vars.get(var).is_some_and(|plan| plan.optional),
            Storage::Cell => {
                self.program.vars[var].maybe_unbound
                    || self.plans.vars.get(var).is_some_and(|plan| plan.decl == super::plan::Decl::Hoisted)
            }
            Storage::Global => false,
        }
    }

    /// Whether this read may move the variable.
    pub(super) fn may_move(&self, var: VarId, expr: ExprId) -> bool {
        let own = self.program.vars[var].owner == self.body.function;
        let inside = self.plans.vars.get(var).is_some_and(|plan| plan.boundary as usize >= self.body.frames.len());
        own && inside
            && (self.body.closed == 0 || self.body.closure_vars.contains(&var))
            && self.body.receiver != Some(var)
            && self.plans.is_last_use(expr)
            && !self.body.narrowed.contains_key(&var)
    }

    /// The value in the `Option` of a variable that may be unbound.
    fn bound(&mut self, var: VarId, value: Expr) -> Expr {
        let info = &self.program.vars[var];
        if !info.maybe_unbound {
            return build::call_path("proven", vec![value]);
        }
        let python = &info.name;
        let (class, text) = match (info.owner, info.owner == self.body.function) {
            (None, _) => ("NameError", format!("name '{python}' is not defined")),
            (Some(_), true) => (
                "UnboundLocalError",
                format!("cannot access local variable '{python}' where it is not associated with a value"),
            ),
            (Some(_), false) => (
                "NameError",
                format!(
                    "cannot access free variable '{python}' where it is not associated with a value in enclosing scope"
                ),
            ),
        };
        let class = name(class);
        let text = string(&text);
        let checked: Expr = parse_quote!(#value.ok_or_else(|| #class::new(#text)));
        self.question(checked)
    }

    /// The type of an expression before its adjustments.
    pub(super) fn raw_ty(&self, expr: ExprId) -> Ty {
        self.types.expr.get(expr).cloned().unwrap_or(Ty::Value)
    }

    /// The type of an expression as it is used.
    pub(super) fn ty_of(&self, expr: ExprId) -> Ty {
        let ty = self.types.final_ty(expr);
        // A class of the registry whose type arguments nobody knew.
        if ty == Ty::Never
            && let Some(crate::infer::Resolved::Stub(call)) = self.resolved(expr, 0)
            && call.method == "__init__"
        {
            return Ty::Stub(call.of.clone(), Vec::new());
        }
        ty
    }

    /// What an operation does.
    pub(super) fn resolved(&self, expr: ExprId, at: u32) -> Option<&'a crate::infer::Resolved> {
        self.types.resolved.get(&(expr, at))
    }
}

/// `&x`, unless it is a reference already.
pub fn as_reference(expr: Expr) -> Expr {
    match &expr {
        Expr::Reference(_) => expr,
        Expr::Path(path) if path.path.is_ident("self") => expr,
        _ => reference(expr),
    }
}

impl Emitter<'_> {
    /// As [`as_reference`], where `self` may stand: in a coroutine or generator it is no reference.
    pub(super) fn referenced(&self, expr: Expr) -> Expr {
        match &expr {
            Expr::Path(path) if path.path.is_ident("self") && self.body.kind != super::body::Kind::Plain => {
                reference(expr)
            }
            _ => as_reference(expr),
        }
    }
}
