//! `namedtuple("Point", "x y")` is the class that it makes.

use rustpython_parser::ast;

use super::Lowerer;
use super::class::placeholder;
use super::resolve::Meaning;
use super::scope::{BindingKind, ScopeId, ScopeKind, key};
use crate::hir::{Annotation, AnnotationTy, Attribute, ClassId, Flavour, ModuleId, StmtKind, Trivia};
use crate::syntax::literal::{elements, text, words};

/// A field: its name, its type, its default.
type Field<'a> = (String, Option<&'a ast::Expr>, Option<&'a ast::Expr>);

impl<'a> Lowerer<'a, '_> {
    /// Gives an id to every class that a call makes and that a name is bound to once.
    pub(super) fn collect_namedtuples(&mut self) {
        let mut found = Vec::new();
        for (at, scope) in self.scopes.list.iter().enumerate() {
            if !matches!(scope.kind, ScopeKind::Module | ScopeKind::Function) {
                continue;
            }
            let mut own = Vec::new();
            for (name, symbol) in scope.symbols.iter().filter(|(_, symbol)| !symbol.external) {
                if let [one] = &*symbol.bindings
                    && let BindingKind::Value(value) = one.kind
                    && self.namedtuple_fields(ScopeId(at), value).is_some()
                {
                    own.push((name, value));
                }
            }
            own.sort_by_key(|(name, _)| *name);
            found.extend(own.into_iter().map(|(_, value)| (scope.module, value)));
        }
        for (module, value) in found {
            let span = self.span_in(module, value);
            let id = self.program.classes.alloc(placeholder(ModuleId::from_raw(module as u32), span));
            self.class_ids.insert(key(value), id);
        }
        self.meanings.borrow_mut().clear();
    }

    /// The fields of a call that makes a class of named fields.
    pub(super) fn namedtuple_fields(&self, scope: ScopeId, value: &'a ast::Expr) -> Option<(String, Vec<Field<'a>>)> {
        let ast::Expr::Call(call) = value else { return None };
        let of = match (call.args.len(), &*call.func) {
            (2, ast::Expr::Name(_) | ast::Expr::Attribute(_)) => self.stub_path(scope, &call.func)?,
            _ => return None,
        };
        let [name, fields] = &*call.args else { return None };
        let name = text(name)?.to_string();
        let mut list: Vec<Field<'a>> = match (&*of.module, &*of.name) {
            ("collections", "namedtuple") => words(fields)?.into_iter().map(|name| (name, None, None)).collect(),
            ("typing", "NamedTuple") => typed(fields)?,
            _ => return None,
        };
        if list.iter().any(|(name, _, _)| name.starts_with('_')) {
            return None;
        }
        match &*call.keywords {
            [] => {}
            [defaults] if defaults.arg.as_ref().is_some_and(|arg| arg.as_str() == "defaults") => {
                let values = elements(&defaults.value)?;
                let skip = list.len().checked_sub(values.len())?;
                for (field, value) in list[skip..].iter_mut().zip(values) {
                    field.2 = Some(value);
                }
            }
            _ => return None,
        }
        Some((name, list))
    }

    /// The statement of such a class.
    pub(super) fn namedtuple(&mut self, it: &'a ast::StmtAssign) -> Option<StmtKind> {
        let value = &*it.value;
        let id = *self.class_ids.get(&key(value))?;
        let [ast::Expr::Name(bound)] = &*it.targets else { return None };
        if self.meaning(bound.id.as_str()) != Meaning::Class(id) {
            return None;
        }
        let (name, fields) = self.namedtuple_fields(self.cx.scope, value)?;
        self.add_fields(id, fields, value);
        let qualname = format!("{}{name}", self.cx.prefix);
        let parent = self.cx.function;
        let class = &mut self.program.classes[id];
        class.name = name;
        class.qualname = qualname;
        class.parent = parent;
        Some(StmtKind::Class { class: id, var: None })
    }

    /// Adds fields to a class.
    pub(super) fn add_fields(&mut self, id: ClassId, fields: Vec<Field<'a>>, at: &'a ast::Expr) {
        let span = self.span(at);
        for (name, ty, default) in fields {
            let annotation = match ty {
                Some(ty) => self.annotation(ty),
                None => Annotation { text: String::new(), span, ty: AnnotationTy::Unknown },
            };
            let value = default.map(|default| self.expr(default));
            let (annotation, trivia) = (Some(annotation), Trivia::default());
            self.program.classes[id].attributes.push(Attribute { name, value, annotation, trivia, span });
        }
        self.program.classes[id].flavour = Flavour::NamedTuple;
    }
}

/// `[("x", int), ("y", str)]`.
fn typed(expr: &ast::Expr) -> Option<Vec<Field<'_>>> {
    let one = |pair: &'_ ast::Expr| elements(pair).map(<[_]>::len) == Some(2);
    let pairs = elements(expr)?;
    if !pairs.iter().all(one) {
        return None;
    }
    pairs
        .iter()
        .map(|pair| match elements(pair) {
            Some([name, ty]) => Some((text(name)?.to_string(), Some(ty), None)),
            _ => None,
        })
        .collect()
}
