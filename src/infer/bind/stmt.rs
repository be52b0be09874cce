//! Binding of statements.

use super::Binder;
use super::coerce::iterated;
use crate::hir::*;
use crate::infer::solver::Given;
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

    fn assign(&mut self, targets: &[Target], value: ExprId) {
        match targets {
            [Target::Var(var)] => {
                let to = self.var_ty(*var);
                self.value_as(value, &to);
            }
            [Target::Attr(..)] | [Target::Index(..)] => {
                let to = self.target_ty(&targets[0]);
                let ty = match to {
                    Some(to) => self.value_as(value, &to),
                    None => self.value(value),
                };
                self.target(&targets[0], &ty);
            }
            [Target::Tuple(items)] => {
                let program = self.s.program;
                // `a, b = b, a`: element by element.
                if let Expr::Tuple(values) = &program.exprs[value] {
                    let plain = values.iter().all(|item| matches!(item, Item::One(_)))
                        && !items.iter().any(|item| matches!(item, Target::Star(_)))
                        && values.len() == items.len();
                    if plain {
                        let mut types = Vec::new();
                        for (item, target) in values.iter().zip(items) {
                            let ty = match self.target_ty(target) {
                                Some(to) => self.value_as(item.value(), &to),
                                None => self.value(item.value()),
                            };
                            types.push(ty);
                        }
                        for (target, ty) in items.iter().zip(&types) {
                            self.target(target, ty);
                        }
                        self.types.expr.insert(value, Ty::Tuple(types));
                        return;
                    }
                }
                let ty = self.value(value);
                self.target(&targets[0], &ty);
            }
            _ => {
                // One value for many places: the widest of them, or its own.
                let mut wanted: Option<Ty> = None;
                for target in targets {
                    let Some(ty) = self.target_ty(target) else { continue };
                    wanted = Some(match wanted {
                        None => ty,
                        Some(old) => self.common(&old, &ty).unwrap_or(old),
                    });
                }
                let natural = self.natural(value);
                let ty = match wanted {
                    Some(to) if targets.iter().all(|target| self.target_ty(target).is_none_or(|ty| ty == to)) => {
                        self.value_as(value, &to)
                    }
                    _ => {
                        let _ = natural;
                        self.value(value)
                    }
                };
                targets.iter().for_each(|target| self.target(target, &ty));
            }
        }
    }

    /// The type that a target wants; `None`: it takes what comes.
    fn target_ty(&mut self, target: &Target) -> Option<Ty> {
        match target {
            Target::Var(var) => Some(self.var_ty(*var)),
            Target::Attr(object, name) => {
                let slot = self.s.expr(*object)?;
                let con = self.single(slot)?;
                self.field_ty(&con, name)
            }
            Target::Index(object, _) => {
                let slot = self.s.expr(*object)?;
                match self.ty(slot) {
                    Ty::List(item) => Some(*item),
                    Ty::Dict(_, value) => Some(*value),
                    Ty::Value => Some(Ty::Value),
                    _ => None,
                }
            }
            Target::Tuple(items) => {
                if items.iter().any(|item| matches!(item, Target::Star(_))) {
                    return None;
                }
                let types: Option<Vec<Ty>> = items.iter().map(|item| self.target_ty(item)).collect();
                types.map(Ty::Tuple)
            }
            Target::Slice(..) | Target::Star(_) | Target::Unsupported => None,
        }
    }

    /// Binds a target that gets a value of a type.
    pub fn target(&mut self, target: &Target, ty: &Ty) {
        match target {
            Target::Var(_) | Target::Unsupported => {}
            Target::Attr(object, name) => {
                let to = self.receiver(*object, name, (*object, place::SET_ATTR));
                match to {
                    Some(con) => self.bind_set_attribute(*object, &con, name, ty),
                    None => {
                        self.resolve((*object, place::SET_ATTR), Resolved::Dynamic);
                    }
                }
            }
            Target::Index(object, index) => self.set_item(*object, *index, ty),
            Target::Slice(object, parts) => {
                self.value(*object);
                parts.iter().flatten().for_each(|part| self.slice_end(*part));
            }
            Target::Tuple(items) => {
                let types: Vec<Ty> = match ty {
                    Ty::Tuple(types) if types.len() == items.len() => types.clone(),
                    ty => {
                        let element = iterated(ty).unwrap_or(Ty::Value);
                        vec![element; items.len()]
                    }
                };
                for (item, ty) in items.iter().zip(&types) {
                    self.target(item, ty);
                }
            }
            Target::Star(item) => self.target(item, ty),
        }
    }

    fn set_item(&mut self, object: ExprId, index: ExprId, ty: &Ty) {
        let key = (index, place::SET_ITEM);
        let recv = self.value(object);
        match self
            .unwrapped(object, recv, "TypeError", |name| format!("'{name}' object does not support item assignment"))
        {
            Ty::List(_) => {
                self.index_value(index);
                self.stub_method(key, object, "__setitem__", (object, place::SET_ITEM));
            }
            Ty::Dict(wanted, _) => {
                self.value_as(index, &wanted);
                self.stub_method(key, object, "__setitem__", (object, place::SET_ITEM));
            }
            Ty::Class(class) => match self.s.find_method(class, "__setitem__") {
                Some(function) => {
                    let params = self.param_types(function);
                    match params.get(1).cloned() {
                        Some(to) => self.value_as(index, &to),
                        None => self.value(index),
                    };
                    let args = vec![crate::infer::BoundArg::Expr(index)];
                    self.resolve(key, Resolved::Function { function, args });
                }
                None => {
                    self.value(index);
                    let name = self.python_name(&Ty::Class(class)).unwrap_or_default();
                    self.raises(key, "TypeError", format!("'{name}' object does not support item assignment"));
                }
            },
            Ty::Value => {
                self.value_as(index, &Ty::Value);
                self.resolve(key, Resolved::Dynamic);
            }
            Ty::Never => {
                self.value(index);
            }
            recv @ Ty::Stub(..) => {
                self.value(index);
                let _ = recv;
                self.stub_method(key, object, "__setitem__", (object, place::SET_ITEM));
            }
            other => {
                self.value(index);
                match self.python_name(&other) {
                    Some(name) => {
                        self.raises(key, "TypeError", format!("'{name}' object does not support item assignment"));
                    }
                    None => {
                        let span = self.span(object);
                        self.unsupported(key, span, "assignment to an item of this type is not translated", None);
                    }
                }
            }
        }
        let _ = ty;
    }

    fn delete(&mut self, target: &Target) {
        match target {
            Target::Var(_) | Target::Unsupported => {}
            Target::Attr(object, _) => {
                self.value(*object);
                let span = self.span(*object);
                self.unsupported((*object, place::SET_ATTR), span, "`del` of an attribute is not translated yet", None);
            }
            Target::Index(object, index) => {
                let key = (*index, place::DEL_ITEM);
                let recv = self.value(*object);
                match self.unwrapped(*object, recv, "TypeError", |name| {
                    format!("'{name}' object doesn't support item deletion")
                }) {
                    Ty::List(_) => {
                        self.index_value(*index);
                        self.stub_method(key, *object, "__delitem__", (*object, place::DEL_ITEM));
                    }
                    Ty::Dict(wanted, _) => {
                        self.value_as(*index, &wanted);
                        self.stub_method(key, *object, "__delitem__", (*object, place::DEL_ITEM));
                    }
                    Ty::Class(class) => {
                        self.value(*index);
                        if let Some(function) = self.s.find_method(class, "__delitem__") {
                            let args = vec![crate::infer::BoundArg::Expr(*index)];
                            self.resolve(key, Resolved::Function { function, args });
                        }
                    }
                    Ty::Value => {
                        self.value_as(*index, &Ty::Value);
                        self.resolve(key, Resolved::Dynamic);
                    }
                    _ => {
                        self.value(*index);
                        self.stub_method(key, *object, "__delitem__", (*object, place::DEL_ITEM));
                    }
                }
            }
            Target::Slice(object, parts) => {
                self.value(*object);
                parts.iter().flatten().for_each(|part| self.slice_end(*part));
            }
            Target::Tuple(items) => items.iter().for_each(|item| self.delete(item)),
            Target::Star(item) => self.delete(item),
        }
    }

    fn aug_assign(&mut self, target: &Target, op: BinOp, value: ExprId) {
        let left = match target {
            Target::Var(var) => self.var_ty(*var),
            Target::Attr(object, name) => match self.receiver(*object, name, (*object, place::GET_ATTR)) {
                Some(con) => {
                    let ty = self.field_ty(&con, name).unwrap_or(Ty::Value);
                    self.bind_set_attribute(*object, &con, name, &ty);
                    ty
                }
                None => Ty::Value,
            },
            Target::Index(object, index) => {
                let recv = self.value(*object);
                let ty = match recv {
                    Ty::List(item) => {
                        self.index_value(*index);
                        *item
                    }
                    Ty::Dict(key, item) => {
                        self.value_as(*index, &key);
                        *item
                    }
                    Ty::Value => {
                        self.value_as(*index, &Ty::Value);
                        Ty::Value
                    }
                    Ty::Stub(..) | Ty::Class(_) => {
                        self.value(*index);
                        match self.s.op_of.get(&(*object, 1)).copied() {
                            Some(op) => match &*self.s.ops[op as usize].clone() {
                                crate::infer::solver::Op::Index { site, .. } => self.r.inner(self.s, site.out),
                                _ => Ty::Value,
                            },
                            None => Ty::Value,
                        }
                    }
                    _ => {
                        self.value(*index);
                        Ty::Value
                    }
                };
                if matches!(ty, Ty::Value) {
                    self.resolve((*index, place::GET_ITEM), Resolved::Dynamic);
                    self.resolve((*index, place::SET_ITEM), Resolved::Dynamic);
                } else {
                    self.stub_method((*index, place::GET_ITEM), *object, "__getitem__", (*object, 1));
                    self.stub_method((*index, place::SET_ITEM), *object, "__setitem__", (*object, place::SET_ITEM));
                }
                ty
            }
            _ => Ty::Value,
        };
        self.augmented(target, op, value, &left);
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
                if let Some(common) = self.common(&ty, subject) {
                    if common != ty && self.conversion(&ty, &common, None).is_some() && common == *subject {
                        self.coerce(*value, &ty, &common, None);
                    }
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
                    ty => vec![iterated(ty).unwrap_or(Ty::Value); parts.len()],
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
                positional.iter().for_each(|part| self.pattern(part, subject));
                keywords.iter().for_each(|(_, part)| self.pattern(part, subject));
            }
        }
    }

    /// The types of the parameters of a function.
    pub fn param_types(&mut self, function: FnId) -> Vec<Ty> {
        let program = self.s.program;
        program.functions[function].params.iter().map(|param| self.var_ty(param.var)).collect()
    }

    /// Whether an argument is spread.
    pub fn is_spread(given: &Given) -> bool {
        matches!(given, Given::Star | Given::DoubleStar)
    }
}
