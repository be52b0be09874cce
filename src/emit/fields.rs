//! The fields of an object that is being made: variables, until all of them are there.

use syn::{Expr, parse_quote};

use super::Emitter;
use super::build::{self, ident, name};
use crate::hir::{self, Callee, ClassId, ExprId, FnId, Stmt, StmtKind, Target, VarId};
use crate::infer::FieldInfo;
use crate::types::{ExcClass, Ty};

impl Emitter<'_> {
    /// The fields that a class adds.
    pub(super) fn fields(&self, class: ClassId) -> Vec<FieldInfo> {
        self.types.class.get(class).map(|info| info.fields.clone()).unwrap_or_default()
    }

    /// A method of the class itself.
    pub(super) fn own_special(&self, class: ClassId, text: &str) -> Option<FnId> {
        self.program.classes[class].methods.iter().copied().find(|id| self.program.functions[*id].name == text)
    }

    /// The field of an exception that an attribute is.
    pub(super) fn field_info(&self, object: ExprId, text: &str) -> Option<FieldInfo> {
        let (Ty::Class(class) | Ty::Exc(ExcClass::Class(class))) = self.ty_of(object) else { return None };
        self.class_chain(class)
            .into_iter()
            .find_map(|class| self.fields(class).into_iter().find(|info| info.name == text))
    }

    /// `name, count: Cell::new(count)`.
    pub(super) fn built_fields(&mut self, fields: &[FieldInfo]) -> Vec<syn::FieldValue> {
        fields
            .iter()
            .map(|info| {
                let text = super::names::definition(&info.name);
                let key = ident(&text);
                let held = self.field_local(&info.name).unwrap_or_else(|| text.clone());
                let local = name(&held);
                match (info.reassigned, info.ty.is_copy()) {
                    (false, _) if held == text => parse_quote!(#key),
                    (false, _) => parse_quote!(#key: #local),
                    (true, true) => parse_quote!(#key: Cell::new(#local)),
                    (true, false) => parse_quote!(#key: Field::new(#local)),
                }
            })
            .collect()
    }

    /// The variable that holds a field while its object is not made yet.
    pub(super) fn field_local(&self, text: &str) -> Option<String> {
        let (_, made) = self.body.constructing.as_ref()?;
        made.iter().find(|(key, _)| key == text).map(|(_, local)| local.clone())
    }

    /// The same for `object.text`.
    pub(super) fn constructed(&self, object: ExprId, text: &str) -> Option<String> {
        let (this, _) = self.body.constructing.as_ref()?;
        match self.program.exprs[object] {
            hir::Expr::Var(var) if var == *this => self.field_local(text),
            _ => None,
        }
    }

    /// `self.name = value`.
    pub(super) fn assigns_field(&self, inner: &Stmt, this: Option<VarId>) -> Option<(String, ExprId)> {
        let StmtKind::Assign { targets, value } = &inner.kind else { return None };
        let [Target::Attr(object, text)] = &targets[..] else { return None };
        match self.program.exprs[*object] {
            hir::Expr::Var(var) if Some(var) == this => Some((text.clone(), *value)),
            _ => None,
        }
    }

    /// Whether a statement of a constructor needs more of `self` than fields that are there.
    pub(super) fn needs_self(&self, inner: &Stmt, this: Option<VarId>) -> bool {
        let single = hir::Block { stmts: vec![inner.clone()], trailing: hir::Trivia::default() };
        let mut reads = 0_i64;
        let mut look = |expr: ExprId| match &self.program.exprs[expr] {
            hir::Expr::Var(var) if Some(*var) == this => reads += 1,
            hir::Expr::Attr(object, text) if self.constructed(*object, text).is_some() => reads -= 1,
            hir::Expr::Call(hir::Call { callee: Callee::Method { recv, name }, .. })
                if self.constructed(*recv, name).is_some() =>
            {
                reads -= 1
            }
            hir::Expr::Lambda(function) if this.is_some_and(|this| self.captures(*function, this)) => reads += 1000,
            _ => {}
        };
        match self.assigns_field(inner, this) {
            Some((_, value)) => hir::walk::for_each_expr(self.program, value, &mut look),
            None => hir::walk::for_each_expr_in_block(self.program, &single, &mut look),
        }
        hir::walk::for_each_stmt(&single, &mut |inner| {
            if let StmtKind::Def { function, .. } = inner.kind
                && this.is_some_and(|this| self.captures(function, this))
            {
                reads += 1000;
            }
        });
        reads > 0
    }

    fn captures(&self, function: FnId, var: VarId) -> bool {
        self.program.functions[function].captures.contains(&var)
    }

    /// A statement of a constructor before the object is made; `rest` are those behind it.
    pub(super) fn field_statement(&mut self, inner: &Stmt, rest: &[Stmt], this: Option<VarId>, first: bool) {
        let assigned = self.assigns_field(inner, this);
        let again = assigned.as_ref().is_some_and(|(text, _)| self.field_local(text).is_some());
        if again || self.needs_self(inner, this) {
            self.unsupported_at(inner.span, "`self` before all fields are assigned is not translated yet");
            return;
        }
        let Some((text, value)) = assigned else {
            self.statement(inner, first);
            return;
        };
        self.head(inner, first);
        let ty = self.ty_of(value);
        let to = this
            .map(|this| self.var_ty(this))
            .and_then(|ty| match ty {
                Ty::Class(class) | Ty::Exc(ExcClass::Class(class)) => Some(class),
                _ => None,
            })
            .and_then(|class| {
                self.class_chain(class).into_iter().flat_map(|class| self.fields(class)).find(|info| info.name == text)
            })
            .map_or(ty.clone(), |info| info.ty);
        let value = self.into(value);
        let value = self.convert(value, &ty, &to);
        let key = super::names::definition(&text);
        let same = matches!(&value, Expr::Path(path) if path.path.is_ident(&key));
        let mut local = key.clone();
        if !same {
            // A variable of the field's name that is read further on keeps its name.
            if self.reads_name(rest, &key, this) {
                local = self.temp_unique(&key);
            }
            let written = self.ty(&to);
            self.out.push(build::let_(build::pat(&local), Some(written), Some(value)));
        }
        if let Some((_, made)) = &mut self.body.constructing {
            made.push((text, local));
        }
    }

    fn reads_name(&self, rest: &[Stmt], text: &str, this: Option<VarId>) -> bool {
        let block = hir::Block { stmts: rest.to_vec(), trailing: hir::Trivia::default() };
        let mut found = false;
        let named = |var: VarId| Some(var) != this && super::names::definition(&self.program.vars[var].name) == text;
        hir::walk::for_each_expr_in_block(self.program, &block, &mut |expr| match &self.program.exprs[expr] {
            hir::Expr::Var(var) => found |= named(*var),
            hir::Expr::Lambda(function) | hir::Expr::Function(function) => {
                found |= self.program.functions[*function].captures.iter().any(|var| named(*var));
            }
            _ => {}
        });
        hir::walk::for_each_stmt(&block, &mut |inner| hir::walk::stmt_vars(inner, &mut |var| found |= named(var)));
        found
    }
}
