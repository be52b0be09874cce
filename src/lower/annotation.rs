//! Annotations.

use rustpython_parser::Parse;
use rustpython_parser::ast;

use super::Lowerer;
use super::resolve::Meaning;
use super::scope::{BindingKind, ScopeId};
use crate::hir::{Annotation, AnnotationTy, StubRef};
use crate::stubs::names::canonical;

/// How many aliases and strings deep an annotation is followed.
const DEPTH: u32 = 8;

impl<'a> Lowerer<'a, '_> {
    /// Reads an annotation; it is never evaluated.
    pub(super) fn annotation(&mut self, expr: &'a ast::Expr) -> Annotation {
        let span = self.span(expr);
        let text = self.here().text.get(span.start as usize..span.end as usize).unwrap_or("").to_string();
        let ty = self.annotation_ty(self.cx.scope, expr, DEPTH);
        Annotation { text, span, ty }
    }

    fn annotation_ty(&self, scope: ScopeId, expr: &ast::Expr, depth: u32) -> AnnotationTy {
        let Some(depth) = depth.checked_sub(1) else { return AnnotationTy::Unknown };
        match expr {
            ast::Expr::Constant(it) => match &it.value {
                ast::Constant::None => AnnotationTy::None,
                ast::Constant::Str(text) => match ast::Expr::parse(text.trim(), "annotation") {
                    Ok(inner) => self.annotation_ty(scope, &inner, depth),
                    Err(_) => AnnotationTy::Unknown,
                },
                _ => AnnotationTy::Unknown,
            },
            ast::Expr::Name(_) | ast::Expr::Attribute(_) => self.named_ty(scope, expr, Vec::new(), depth),
            ast::Expr::BinOp(it) if matches!(it.op, ast::Operator::BitOr) => {
                // `int | str | None` leans to the left.
                let mut parts = vec![self.annotation_ty(scope, &it.right, depth)];
                let mut left = &*it.left;
                while let ast::Expr::BinOp(inner) = left
                    && matches!(inner.op, ast::Operator::BitOr)
                {
                    parts.push(self.annotation_ty(scope, &inner.right, depth));
                    left = &inner.left;
                }
                parts.push(self.annotation_ty(scope, left, depth));
                parts.reverse();
                union(parts)
            }
            ast::Expr::List(it) => {
                AnnotationTy::List(it.elts.iter().map(|part| self.annotation_ty(scope, part, depth)).collect())
            }
            ast::Expr::Tuple(it) if it.elts.is_empty() => AnnotationTy::List(Vec::new()),
            ast::Expr::Subscript(it) => {
                let parts = match &*it.slice {
                    ast::Expr::Tuple(tuple) => &*tuple.elts,
                    one => std::slice::from_ref(one),
                };
                let is_literal = self.stub_path(scope, &it.value).is_some_and(|of| is_typing(&of, "Literal"));
                if is_literal {
                    return union(parts.iter().map(literal_ty).collect());
                }
                let args = parts.iter().map(|part| self.annotation_ty(scope, part, depth)).collect();
                self.named_ty(scope, &it.value, args, depth)
            }
            _ => AnnotationTy::Unknown,
        }
    }

    fn named_ty(&self, scope: ScopeId, expr: &ast::Expr, mut args: Vec<AnnotationTy>, depth: u32) -> AnnotationTy {
        match self.path_in(scope, expr) {
            Some(Meaning::Class(class)) => AnnotationTy::Class(class),
            Some(Meaning::Stub(of)) => {
                let of = canonical(&of.module, &of.name);
                if of.module == "typing" || of.module == "typing_extensions" {
                    match &*of.name {
                        "Optional" => {
                            args.push(AnnotationTy::None);
                            return union(args);
                        }
                        "Union" => return union(args),
                        "Annotated" | "ClassVar" | "Final" | "Required" | "NotRequired" | "ReadOnly" => {
                            return args.into_iter().next().unwrap_or(AnnotationTy::Unknown);
                        }
                        "TypeVar" | "Generic" => return AnnotationTy::Unknown,
                        _ => {}
                    }
                }
                AnnotationTy::Stub(of, args)
            }
            // `Url = str`, at the top of a module.
            Some(Meaning::Var(home, name)) => {
                let symbol = self.scopes.get(home).symbols.get(&*name);
                match symbol.map(|symbol| &*symbol.bindings) {
                    Some([binding]) => match binding.kind {
                        BindingKind::Value(value) => match value {
                            // `UserId = NewType("UserId", int)`.
                            ast::Expr::Call(call) => {
                                let is_new =
                                    self.stub_path(home, &call.func).is_some_and(|of| is_typing(&of, "NewType"));
                                match call.args.get(1) {
                                    Some(of) if is_new => self.annotation_ty(home, of, depth),
                                    _ => AnnotationTy::Unknown,
                                }
                            }
                            other => self.annotation_ty(home, other, depth),
                        },
                        _ => AnnotationTy::Unknown,
                    },
                    _ => AnnotationTy::Unknown,
                }
            }
            _ => AnnotationTy::Unknown,
        }
    }
}

fn is_typing(of: &StubRef, name: &str) -> bool {
    matches!(&*of.module, "typing" | "typing_extensions") && of.name == name
}

fn union(parts: Vec<AnnotationTy>) -> AnnotationTy {
    let mut flat: Vec<AnnotationTy> = Vec::new();
    for part in parts {
        match part {
            AnnotationTy::Union(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    let mut unique: Vec<AnnotationTy> = Vec::new();
    for part in flat {
        if !unique.contains(&part) {
            unique.push(part);
        }
    }
    if unique.len() == 1 { unique.swap_remove(0) } else { AnnotationTy::Union(unique) }
}

/// The type of a value in `Literal[…]`.
fn literal_ty(expr: &ast::Expr) -> AnnotationTy {
    let ast::Expr::Constant(it) = expr else { return AnnotationTy::Unknown };
    let name = match it.value {
        ast::Constant::None => return AnnotationTy::None,
        ast::Constant::Bool(_) => "bool",
        ast::Constant::Int(_) => "int",
        ast::Constant::Str(_) => "str",
        ast::Constant::Bytes(_) => "bytes",
        _ => return AnnotationTy::Unknown,
    };
    AnnotationTy::Stub(StubRef::new("builtins", name), Vec::new())
}
