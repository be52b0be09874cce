//! Binding of statements.

use super::Binder;

use crate::hir::*;
use crate::infer::{Resolved, place};
use crate::types::Ty;

impl Binder<'_, '_> {
    /// Binds a block.
    pub fn block(&mut self, block: &Block) {
        for stmt in &block.stmts {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Expr(value) => {
                self.expr(*value, false);
            }
            StmtKind::Assign { targets, value } => self.assign(targets, *value),
            StmtKind::AugAssign { target, op, value } => self.aug_assign(target, *op, *value),
            StmtKind::If { test, then, orelse } => {
                self.condition(*test);
                self.block(then);
                self.block(orelse);
            }
            StmtKind::While { test, body, orelse } => {
                self.condition(*test);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::For { target, iter, body, orelse, is_async } => {
                let element = self.iterate(*iter, *is_async);
                self.target(target, &element);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::Try(try_) => {
                self.block(&try_.body);
                for handler in &try_.handlers {
                    for &class in &handler.classes {
                        self.except_class(class);
                    }
                    self.block(&handler.body);
                }
                self.block(&try_.orelse);
                self.block(&try_.finally);
            }
            StmtKind::With { items, body, is_async, .. } => {
                for item in items {
                    let given = self.enter(item.context, *is_async);
                    if let Some(target) = &item.target {
                        self.target(target, &given);
                    }
                }
                self.block(body);
            }
            StmtKind::Return(value) => {
                let Some(value) = value else { return };
                match self.function {
                    Some(function) => {
                        let result = self.s.function(function).result;
                        let to = self.ty(result);
                        self.value_as(*value, &to);
                    }
                    None => {
                        self.value(*value);
                    }
                }
            }
            StmtKind::Raise { exc, cause } => [exc, cause].into_iter().flatten().for_each(|value| self.raised(*value)),
            StmtKind::Assert { test, message } => {
                self.condition(*test);
                message.iter().for_each(|message| {
                    self.value(*message);
                });
            }
            StmtKind::Delete(targets) => targets.iter().for_each(|target| self.delete(target)),
            StmtKind::Match { subject, cases } => {
                let ty = self.value(*subject);
                for case in cases {
                    self.pattern(&case.pattern, &ty);
                    case.guard.iter().for_each(|guard| self.condition(*guard));
                    self.block(&case.body);
                }
            }
            StmtKind::Break | StmtKind::Continue | StmtKind::Pass | StmtKind::Import(_) => {}
            StmtKind::Def { function, .. } => {
                self.defaults(*function);
                let program = self.s.program;
                for &decorator in &program.functions[*function].decorators {
                    if let Some(wrapped) = crate::infer::generate::wraps(program, decorator) {
                        self.expr(wrapped, false);
                        continue;
                    }
                    self.value(decorator);
                }
            }
            StmtKind::Class { class, .. } => {
                let program = self.s.program;
                for attribute in &program.classes[*class].attributes {
                    if let Some(value) = attribute.value {
                        match self.s.field(*class, &attribute.name) {
                            Some(slot) => {
                                let to = self.r.inner(self.s, slot);
                                self.value_as(value, &to);
                            }
                            None => {
                                self.value(value);
                            }
                        }
                    }
                }
                for &method in &program.classes[*class].methods {
                    self.defaults(method);
                }
                for &decorator in &program.classes[*class].decorators {
                    self.value(decorator);
                }
            }
        }
    }

    /// The defaults of a function have the types of their parameters.
    pub fn defaults(&mut self, function: FnId) {
        let program = self.s.program;
        for param in &program.functions[function].params {
            let to = self.var_ty(param.var);
            match param.default {
                Some(Default::Inline(value)) => self.default(value, &to),
                Some(Default::Once { value, var }) => {
                    let kept = self.var_ty(var);
                    self.default(value, &kept);
                }
                None => {}
            }
        }
    }

    fn default(&mut self, value: ExprId, to: &Ty) {
        // A default that every call overrides need not fit.
        let from = self.value(value);
        if from == *to || self.conversion(&from, to, None).is_some() {
            self.types.adjustments.remove(&value);
            self.value_as(value, to);
        }
    }

    fn except_class(&mut self, class: ExprId) {
        let program = self.s.program;
        if let Expr::Tuple(items) = &program.exprs[class] {
            items.iter().for_each(|item| self.except_class(item.value()));
            let types = items.iter().map(|_| Ty::ExcType).collect();
            self.types.expr.insert(class, Ty::Tuple(types));
            return;
        }
        self.expr(class, false);
    }

    /// The operand of `raise`: an exception, or the class of one.
    fn raised(&mut self, value: ExprId) {
        let ty = self.expr(value, false);
        match ty {
            Ty::Exc(_) | Ty::ExcType | Ty::Never | Ty::Value | Ty::None => {}
            Ty::Option(_) => {
                let failure = Some(("TypeError", "exceptions must derive from BaseException".to_string()));
                if let Ty::Option(inner) = &ty {
                    self.coerce(value, &ty, inner, failure);
                }
            }
            _ => {
                self.raises((value, place::ITERATE), "TypeError", "exceptions must derive from BaseException");
            }
        }
    }

    /// `with context`: what it gives.
    fn enter(&mut self, context: ExprId, is_async: bool) -> Ty {
        let ty = self.value(context);
        let (enter, exit, what) = if is_async {
            ("__aenter__", "__aexit__", "asynchronous context manager")
        } else {
            ("__enter__", "__exit__", "context manager")
        };
        let key = (context, place::ENTER);
        let ty = self.unwrapped(context, ty, "TypeError", |name| {
            format!("'{name}' object does not support the {what} protocol")
        });
        if ty == Ty::Never {
            return Ty::Never;
        }
        if ty == Ty::Value {
            self.resolve(key, Resolved::Dynamic);
            return Ty::Value;
        }
        if let Ty::Class(class) = ty {
            match (self.s.find_method(class, enter), self.s.find_method(class, exit)) {
                (Some(function), Some(leave)) => {
                    self.resolve(key, Resolved::Function { function, args: Vec::new() });
                    self.resolve((context, place::EXIT), Resolved::Function { function: leave, args: Vec::new() });
                    let result = self.s.function(function).result;
                    return self.r.inner(self.s, result);
                }
                (None, None) => {}
                _ => {
                    let name = self.python_name(&ty).unwrap_or_default();
                    return self.raises(
                        key,
                        "TypeError",
                        format!("'{name}' object does not support the {what} protocol"),
                    );
                }
            }
        }
        let result = self.stub_method(key, context, enter, (context, place::ENTER));
        match result {
            Some(ty) => match ty {
                Ty::Coro(inner) => *inner,
                ty => ty,
            },
            None => {
                let name = self.python_name(&ty);
                match name {
                    Some(name) if !matches!(ty, Ty::Stub(..)) => {
                        self.raises(key, "TypeError", format!("'{name}' object does not support the {what} protocol"))
                    }
                    _ => {
                        let span = self.span(context);
                        self.unsupported(key, span, "this context manager is not translated yet", None)
                    }
                }
            }
        }
    }

    fn pattern(&mut self, pattern: &Pattern, subject: &Ty) {
        match pattern {
            Pattern::Value(value) => {
                let ty = self.value(*value);
                if let Some(common) = self.common(&ty, subject)
                    && common != ty
                    && self.conversion(&ty, &common, None).is_some()
                    && common == *subject
                {
                    self.coerce(*value, &ty, &common, None);
                }
            }
            Pattern::Singleton(value) => {
                self.value(*value);
            }
            Pattern::Capture(_) | Pattern::Star(_) => {}
            Pattern::As(inner, _) => self.pattern(inner, subject),
            Pattern::Or(parts) => parts.iter().for_each(|part| self.pattern(part, subject)),
            Pattern::Sequence(parts) => {
                let types: Vec<Ty> = match subject {
                    Ty::Tuple(types) if types.len() == parts.len() => types.clone(),
                    ty => vec![ty.iterated().unwrap_or(Ty::Value); parts.len()],
                };
                parts.iter().zip(&types).for_each(|(part, ty)| self.pattern(part, ty));
            }
            Pattern::Mapping { items, .. } => {
                let value = match subject {
                    Ty::Dict(_, value) => (**value).clone(),
                    _ => Ty::Value,
                };
                for (key, part) in items {
                    self.value(*key);
                    self.pattern(part, &value);
                }
            }
            Pattern::Class { class, positional, keywords } => {
                self.expr(*class, false);
                let Expr::Class(of) = self.s.program.exprs[*class] else {
                    positional.iter().for_each(|part| self.pattern(part, subject));
                    return;
                };
                let names = self.s.program.match_args(&self.s.classes_above(of));
                let named = keywords.iter().map(|(name, part)| (Some(name), part));
                let placed = positional.iter().enumerate().map(|(at, part)| (names.get(at), part));
                for (name, part) in placed.chain(named) {
                    let slot = name.and_then(|name| self.s.field(of, name));
                    let ty = slot.map_or(Ty::Value, |slot| self.r.inner(self.s, slot));
                    self.pattern(part, &ty);
                }
            }
        }
    }

    /// The types of the parameters of a function.
    pub fn param_types(&mut self, function: FnId) -> Vec<Ty> {
        let program = self.s.program;
        program.functions[function].params.iter().map(|param| self.var_ty(param.var)).collect()
    }
}
