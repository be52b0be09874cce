//! `match`: cases as a chain of tests, in order.

use syn::{Expr, Stmt};

use super::Emitter;
use super::build::{self, binary, call_path, if_, method, name, stmt};
use crate::hir::{self, Case, ExprId, Lit, Pattern, VarId};
use crate::types::Ty;

impl Emitter<'_> {
    /// Each case is an `if` in a labelled block that the first match leaves.
    pub(super) fn match_stmt(&mut self, subject: ExprId, cases: &[Case], is_tail: bool) {
        let ty = self.ty_of(subject);
        let place = self.owned(subject);
        let text = self.temp_unique("subject");
        self.push_let(&text, place);
        let chain = self.case_chain(&text, &ty, cases, is_tail);
        match chain {
            Some(chain) => self.out.push(Stmt::Expr(chain, None)),
            None => {
                let refused = self.unsupported(subject, "this pattern of `match` is not translated yet");
                self.out.push(stmt(refused));
            }
        }
    }

    fn case_chain(&mut self, subject: &str, ty: &Ty, cases: &[Case], is_tail: bool) -> Option<Expr> {
        let [case, rest @ ..] = cases else { return None };
        let mut binds = Vec::new();
        let test = self.pattern_test(&case.pattern, name(subject), ty, &mut binds)?;
        // A guard reads what the pattern binds: it must hold before the next case is tried.
        let guarded = case.guard.is_some() && !binds.is_empty();
        if guarded {
            return None;
        }
        let guard = case.guard.map(|guard| self.condition(guard));
        let stmts = self.in_block(|emitter| {
            super::print::trivia(&case.trivia, true, &mut emitter.out);
            for (var, value, ty) in binds {
                let declares =
                    emitter.plans.vars.get(var).is_some_and(|plan| {
                        !matches!(plan.decl, super::plan::Decl::Hoisted | super::plan::Decl::Param)
                    });
                let to = emitter.var_ty(var);
                let value = emitter.convert(value, &ty, &to);
                emitter.assign_var(var, value, declares);
            }
            if is_tail {
                emitter.tail_block(&case.body);
            } else {
                emitter.block(&case.body);
            }
        });
        let test = match (test, guard) {
            (None, None) => None,
            (Some(test), None) | (None, Some(test)) => Some(test),
            (Some(test), Some(guard)) => Some(binary(test, "&&", guard)),
        };
        let Some(test) = test else {
            return Some(Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: build::block(stmts) }));
        };
        let orelse = if rest.is_empty() { None } else { Some(self.case_chain(subject, ty, rest, is_tail)?) };
        Some(if_(test, stmts, orelse))
    }

    /// The test of a pattern (`None`: it always holds), and what it binds.
    #[allow(clippy::type_complexity, reason = "a test and whether there is one")]
    fn pattern_test(
        &mut self,
        pattern: &Pattern,
        subject: Expr,
        ty: &Ty,
        binds: &mut Vec<(VarId, Expr, Ty)>,
    ) -> Option<Option<Expr>> {
        match pattern {
            Pattern::Capture(None) => Some(None),
            Pattern::Capture(Some(var)) => {
                let value = if ty.is_copy() { subject } else { method(subject, "clone", Vec::new()) };
                binds.push((*var, value, ty.clone()));
                Some(None)
            }
            Pattern::As(inner, var) => {
                let test = self.pattern_test(inner, subject.clone(), ty, binds)?;
                let value = if ty.is_copy() { subject } else { method(subject, "clone", Vec::new()) };
                binds.push((*var, value, ty.clone()));
                Some(test)
            }
            Pattern::Value(value) => {
                let other = self.ty_of(*value);
                let value_expr = match &self.program.exprs[*value] {
                    hir::Expr::Lit(Lit::Str(text)) => build::string(text),
                    _ => self.owned(*value),
                };
                match (ty, &other) {
                    (a, b) if a == b => Some(Some(binary(subject, "==", value_expr))),
                    (Ty::Option(inner), b) if **inner == *b => {
                        let value_expr = match &self.program.exprs[*value] {
                            hir::Expr::Lit(Lit::Str(text)) => call_path("Str::from", vec![build::string(text)]),
                            _ => value_expr,
                        };
                        Some(Some(binary(subject, "==", call_path("Some", vec![value_expr]))))
                    }
                    _ => None,
                }
            }
            Pattern::Singleton(value) => match (&self.program.exprs[*value], ty) {
                (hir::Expr::Lit(Lit::None), Ty::Option(_) | Ty::Value) => {
                    Some(Some(method(subject, "is_none", Vec::new())))
                }
                (hir::Expr::Lit(Lit::None), Ty::None) => Some(None),
                (hir::Expr::Lit(Lit::None), _) => Some(Some(build::boolean(false))),
                (hir::Expr::Lit(Lit::Bool(value)), Ty::Bool) => {
                    Some(Some(if *value { subject } else { build::not(subject) }))
                }
                _ => None,
            },
            Pattern::Or(parts) => {
                let mut all: Option<Expr> = None;
                for part in parts {
                    let before = binds.len();
                    let test = self.pattern_test(part, subject.clone(), ty, binds)?;
                    if binds.len() != before {
                        return None;
                    }
                    let Some(test) = test else { return Some(None) };
                    all = Some(match all {
                        None => test,
                        Some(all) => binary(all, "||", test),
                    });
                }
                Some(all)
            }
            Pattern::Sequence(parts) => match ty {
                Ty::Tuple(items) if items.len() == parts.len() => {
                    let items = items.clone();
                    self.parts_test(parts, &items, binds, |at| build::tuple_field(subject.clone(), at))
                }
                _ => None,
            },
            Pattern::Star(_) | Pattern::Mapping { .. } | Pattern::Class { .. } => None,
        }
    }

    #[allow(clippy::type_complexity, reason = "a test and whether there is one")]
    fn parts_test(
        &mut self,
        parts: &[Pattern],
        items: &[Ty],
        binds: &mut Vec<(VarId, Expr, Ty)>,
        part_of: impl Fn(usize) -> Expr,
    ) -> Option<Option<Expr>> {
        let mut all: Option<Expr> = None;
        for (at, (part, ty)) in parts.iter().zip(items).enumerate() {
            if let Some(test) = self.pattern_test(part, part_of(at), ty, binds)? {
                all = Some(match all {
                    None => test,
                    Some(all) => binary(all, "&&", test),
                });
            }
        }
        Some(all)
    }
}
