//! A class as a decorator: `__call__` is the wrapper, the object keeps the function.

use super::{Chain, Decorator};
use crate::hir::copy::Copier;
use crate::hir::{
    Arg, Block, Call, Callee, ClassId, Expr, ExprId, FnId, ParamKind, Stmt, StmtKind, Target, Trivia, VarId, walk,
};
use crate::source::Span;

impl Decorator<'_> {
    /// `Class(function, …)`: each function has a class of its own, whose methods call it by name. `None`: the class is of
    /// another form.
    pub(super) fn object(&mut self, class: ClassId, function: FnId, at: Span, out: &mut Vec<Stmt>) -> Option<ExprId> {
        let whole = self.used_classes.get(&class).copied().unwrap_or(class);
        let (init, call) = (self.own_method(whole, "__init__")?, self.own_method(whole, "__call__")?);
        let params = &self.program.functions[init].params;
        let [_, kept, ..] = &params[..] else { return None };
        if !matches!(kept.kind, ParamKind::Positional | ParamKind::PositionalOnly)
            || !self.program.classes[class].bases.is_empty()
            || self.program.classes[class].parent.is_some()
        {
            return None;
        }
        let star = |id: FnId| {
            let params = &self.program.functions[id].params;
            params.iter().any(|param| matches!(param.kind, ParamKind::Args | ParamKind::Kwargs))
        };
        if !star(call) || self.field_of(init, kept.var).is_none() {
            return None;
        }
        let class = match self.used_classes.get(&class) {
            None => {
                // What the next function gets is made of the class as it was.
                let template = Copier::new(self.program).class(class);
                self.used_classes.insert(class, template);
                class
            }
            Some(template) => {
                let copy = Copier::new(self.program).class(*template);
                let kind = StmtKind::Class { class: copy, var: None };
                out.push(Stmt { kind, span: at, trivia: Trivia::default() });
                copy
            }
        };
        let (init, call) = (self.own_method(class, "__init__")?, self.own_method(class, "__call__")?);
        let kept = self.program.functions[init].params.remove(1).var;
        let field = self.field_of(init, kept)?;
        self.name_function(
            init,
            function,
            |program, expr| matches!(program.exprs[expr], Expr::Var(var) if var == kept),
        );
        for method in self.program.classes[class].methods.clone() {
            let Some(this) = self.program.functions[method].params.first().map(|param| param.var) else { continue };
            for expr in self.exprs_of(method) {
                let is_this = |expr: ExprId| matches!(self.program.exprs[expr], Expr::Var(var) if var == this);
                match &self.program.exprs[expr] {
                    Expr::Attr(object, name) if *name == field && is_this(*object) => {
                        self.program.exprs[expr] = Expr::Function(function);
                    }
                    Expr::Call(Call { callee: Callee::Method { recv, name }, .. })
                        if *name == field && is_this(*recv) =>
                    {
                        if let Expr::Call(call) = &mut self.program.exprs[expr] {
                            call.callee = Callee::Function(function);
                        }
                    }
                    _ => {}
                }
            }
        }
        // Nobody else reads the field: it need not be there.
        let read = self.program.functions.iter().any(|(_, function)| {
            let template =
                function.method.is_some_and(|method| self.used_classes.values().any(|it| *it == method.class));
            let mut found = false;
            if !template {
                walk::for_each_expr_in_block(self.program, &function.body, &mut |expr| {
                    found |= self.reads_field(expr, &field);
                });
            }
            found
        }) || self.program.modules.iter().any(|(_, module)| {
            let mut found = false;
            walk::for_each_expr_in_block(self.program, &module.body, &mut |expr| {
                found |= self.reads_field(expr, &field);
            });
            found
        });
        if !read {
            let mut body = std::mem::take(&mut self.program.functions[init].body);
            self.drop_field(&mut body, &field);
            self.program.functions[init].body = body;
        }
        self.chains.push(Chain { wrapper: call, inner: function });
        let made = Call { callee: Callee::Class(class), args: Vec::<Arg>::new() };
        Some(self.made(Expr::Call(made), at))
    }

    /// `__call__` of an object, as a function: the object, which is the last argument, comes first.
    pub(super) fn object_first(&mut self, call: FnId, args: &mut Vec<Arg>) {
        self.program.functions[call].method = None;
        let Some(Arg::Keyword(name, object)) = args.pop() else { return };
        args.insert(0, Arg::Positional(object));
        if let Some(first) = self.program.functions[call].params.first() {
            self.program.vars[first.var].name = name;
        }
    }

    fn reads_field(&self, expr: ExprId, field: &str) -> bool {
        match &self.program.exprs[expr] {
            Expr::Attr(_, name) | Expr::Call(Call { callee: Callee::Method { name, .. }, .. }) => name == field,
            _ => false,
        }
    }

    /// What classes were copied from is not needed any more.
    pub(super) fn drop_templates(&mut self) {
        for template in self.used_classes.values() {
            self.program.classes[*template].methods.clear();
            self.program.classes[*template].attributes.clear();
        }
    }

    /// Functions of class bodies that only decorated are not needed: they were carried out.
    pub(super) fn unused_class_makers(&mut self) {
        for maker in std::mem::take(&mut self.class_makers) {
            let Some(method) = self.program.functions[maker].method else { continue };
            self.program.classes[method.class].methods.retain(|other| *other != maker);
            for inner in self.inside(maker).into_iter().chain([maker]) {
                self.empty(inner);
            }
        }
    }

    /// `__call__` of classes whose objects only decorate is not needed: it was carried out.
    pub(super) fn unused_calls(&mut self) {
        for (class, count) in std::mem::take(&mut self.decorating) {
            if super::uses::objects(self.program, class) != count {
                continue;
            }
            if let Some(call) = self.own_method(class, "__call__") {
                self.program.classes[class].methods.retain(|method| *method != call);
                for inner in self.inside(call).into_iter().chain([call]) {
                    self.empty(inner);
                }
            }
        }
    }

    pub(super) fn own_method(&self, class: ClassId, name: &str) -> Option<FnId> {
        let methods = self.program.classes[class].methods.iter().copied();
        methods.into_iter().find(|method| self.program.functions[*method].name == name)
    }

    /// The field that keeps a parameter of `__init__`.
    fn field_of(&self, init: FnId, param: VarId) -> Option<String> {
        let mut field = None;
        walk::for_each_stmt(&self.program.functions[init].body, &mut |stmt| {
            if let StmtKind::Assign { targets, value } = &stmt.kind
                && matches!(self.program.exprs[*value], Expr::Var(var) if var == param)
                && let [Target::Attr(_, name)] = &targets[..]
            {
                field = Some(name.clone());
            }
        });
        field
    }

    fn name_function(&mut self, of: FnId, function: FnId, is: impl Fn(&crate::hir::Program, ExprId) -> bool) {
        for expr in self.exprs_of(of) {
            if is(self.program, expr) {
                self.program.exprs[expr] = Expr::Function(function);
            }
        }
    }

    fn drop_field(&self, block: &mut Block, field: &str) {
        for stmt in &mut block.stmts {
            if let StmtKind::Assign { targets, value } = &stmt.kind
                && matches!(&targets[..], [Target::Attr(_, name)] if name == field)
                && matches!(self.program.exprs[*value], Expr::Function(_))
            {
                stmt.kind = StmtKind::Pass;
            }
        }
    }
}
