//! The first walk over the statements: what binds and reads which name.

use rustpython_parser::ast::{self, Ranged};

use super::{Binding, BindingKind, Scope, ScopeId, ScopeKind, Scopes, StarNames, key};
use crate::lower::fold::{Fold, Folder};

/// Walks the statements of a module.
pub(super) struct Builder<'s, 'a, 'f, 'g> {
    pub(super) scopes: &'s mut Scopes<'a>,
    pub(super) folder: &'f mut Folder<'g>,
    pub(super) stars: &'f StarNames<'f>,
    pub(super) scope: ScopeId,
    pub(super) block: Option<(u32, u32)>,
}

impl<'a> Builder<'_, 'a, '_, '_> {
    fn here(&mut self) -> &mut Scope<'a> {
        &mut self.scopes.list[self.scope.0]
    }

    fn bind_in(&mut self, scope: ScopeId, name: &str, kind: BindingKind<'a>, at: u32) {
        let block = self.block;
        let here = self.scope;
        let symbol = self.scopes.list[scope.0].symbols.entry(name.to_string()).or_default();
        symbol.bindings.push(Binding { kind, at, block, scope: here });
    }

    fn bind(&mut self, name: &str, kind: BindingKind<'a>, at: u32) {
        self.bind_in(self.scope, name, kind, at);
    }

    fn inner(&mut self, node: usize, kind: ScopeKind, body: impl FnOnce(&mut Self)) {
        let module = self.here().module;
        let id = self.scopes.open(kind, Some(self.scope), module, node);
        self.scopes.of_node.insert(node, id);
        let (scope, block) = (self.scope, self.block.take());
        self.scope = id;
        body(self);
        self.scope = scope;
        self.block = block;
    }

    /// Statements that may not run.
    fn branch(&mut self, stmts: &'a [ast::Stmt]) {
        let (Some(first), Some(last)) = (stmts.first(), stmts.last()) else { return };
        let block = self.block.replace((u32::from(first.start()), u32::from(last.end())));
        self.stmts(stmts);
        self.block = block;
    }

    pub(super) fn stmts(&mut self, stmts: &'a [ast::Stmt]) {
        for stmt in stmts {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &'a ast::Stmt) {
        let at = u32::from(stmt.start());
        match stmt {
            ast::Stmt::FunctionDef(def) => {
                self.function(stmt, &def.name, &def.args, &def.decorator_list, &def.body, at);
            }
            ast::Stmt::AsyncFunctionDef(def) => {
                self.function(stmt, &def.name, &def.args, &def.decorator_list, &def.body, at);
            }
            ast::Stmt::ClassDef(def) => {
                self.exprs(&def.decorator_list);
                self.exprs(&def.bases);
                def.keywords.iter().for_each(|keyword| self.expr(&keyword.value));
                self.scopes.classes.push((stmt, self.scope));
                self.bind(def.name.as_str(), BindingKind::Class(stmt), at);
                self.inner(key(stmt), ScopeKind::Class, |this| this.stmts(&def.body));
            }
            ast::Stmt::Return(it) => it.value.iter().for_each(|value| self.expr(value)),
            ast::Stmt::Delete(it) => it.targets.iter().for_each(|target| self.target(target, None)),
            ast::Stmt::Assign(it) => {
                self.expr(&it.value);
                it.targets.iter().for_each(|target| self.target(target, Some(&it.value)));
            }
            ast::Stmt::TypeAlias(it) => self.target(&it.name, Some(&it.value)),
            ast::Stmt::AugAssign(it) => {
                self.expr(&it.value);
                if let ast::Expr::Name(name) = &*it.target {
                    self.scopes.reads.push((self.scope, name.id.as_str(), u32::from(name.start())));
                }
                self.target(&it.target, None);
            }
            ast::Stmt::AnnAssign(it) => {
                it.value.iter().for_each(|value| self.expr(value));
                let is_field = matches!(self.here().kind, ScopeKind::Class);
                // `x: int` alone makes the name local, without a value.
                match (&*it.target, &it.value) {
                    (ast::Expr::Name(_), None) if is_field => {}
                    (target, value) => self.target(target, value.as_deref()),
                }
            }
            ast::Stmt::For(it) => self.for_(&it.target, &it.iter, &it.body, &it.orelse),
            ast::Stmt::AsyncFor(it) => self.for_(&it.target, &it.iter, &it.body, &it.orelse),
            ast::Stmt::While(it) => {
                self.expr(&it.test);
                self.branch(&it.body);
                self.branch(&it.orelse);
            }
            ast::Stmt::If(it) => match self.folder.if_(it) {
                Some(fold) => {
                    self.scopes.folds.insert(key(stmt), fold);
                    match fold {
                        Fold::Then | Fold::Types => self.stmts(&it.body),
                        Fold::Else => self.stmts(&it.orelse),
                        Fold::TryBody | Fold::Handler(_) => {}
                    }
                }
                None => {
                    self.expr(&it.test);
                    self.branch(&it.body);
                    self.branch(&it.orelse);
                }
            },
            ast::Stmt::With(it) => self.with(&it.items, &it.body),
            ast::Stmt::AsyncWith(it) => self.with(&it.items, &it.body),
            ast::Stmt::Match(it) => {
                self.expr(&it.subject);
                for case in &it.cases {
                    self.pattern(&case.pattern);
                    case.guard.iter().for_each(|guard| self.expr(guard));
                    self.branch(&case.body);
                }
            }
            ast::Stmt::Raise(it) => [&it.exc, &it.cause].into_iter().flatten().for_each(|value| self.expr(value)),
            ast::Stmt::Try(it) => self.try_(stmt, &it.body, &it.handlers, &it.orelse, &it.finalbody),
            ast::Stmt::TryStar(it) => self.try_(stmt, &it.body, &it.handlers, &it.orelse, &it.finalbody),
            ast::Stmt::Assert(it) => {
                self.expr(&it.test);
                it.msg.iter().for_each(|value| self.expr(value));
            }
            ast::Stmt::Import(it) => {
                for alias in &it.names {
                    let name = match &alias.asname {
                        Some(name) => name.as_str(),
                        None => alias.name.split('.').next().unwrap_or_default(),
                    };
                    self.bind(name, BindingKind::Import(alias), at);
                }
            }
            ast::Stmt::ImportFrom(it) => {
                for alias in &it.names {
                    if alias.name.as_str() == "*" {
                        for name in (self.stars)(it) {
                            self.bind(&name, BindingKind::Star(it), at);
                        }
                        continue;
                    }
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.bind(name.as_str(), BindingKind::From(it, alias), at);
                }
            }
            ast::Stmt::Global(it) => {
                for name in &it.names {
                    if self.here().kind != ScopeKind::Module {
                        self.here().symbols.entry(name.to_string()).or_default().global = true;
                    }
                    let root = self.scopes.modules[self.scopes.get(self.scope).module];
                    self.scopes.list[root.0].symbols.entry(name.to_string()).or_default();
                }
            }
            ast::Stmt::Nonlocal(it) => {
                for name in &it.names {
                    self.here().symbols.entry(name.to_string()).or_default().nonlocal = true;
                }
            }
            ast::Stmt::Expr(it) => self.expr(&it.value),
            ast::Stmt::Pass(_) | ast::Stmt::Break(_) | ast::Stmt::Continue(_) => {}
        }
    }

    fn function(
        &mut self,
        stmt: &'a ast::Stmt,
        name: &str,
        args: &'a ast::Arguments,
        decorators: &'a [ast::Expr],
        body: &'a [ast::Stmt],
        at: u32,
    ) {
        self.exprs(decorators);
        self.defaults(args);
        // The implementation below `@overload`s is the function.
        if !is_overload(decorators) {
            self.scopes.functions.push((stmt, self.scope));
            self.bind(name, BindingKind::Def(stmt), at);
            self.inner(key(stmt), ScopeKind::Function, |this| {
                this.params(args);
                this.stmts(body);
            });
        }
    }

    fn defaults(&mut self, args: &'a ast::Arguments) {
        let all = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
        all.filter_map(|arg| arg.default.as_deref()).for_each(|default| self.expr(default));
    }

    fn params(&mut self, args: &'a ast::Arguments) {
        let all = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs).map(|arg| &arg.def);
        for arg in all.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref()) {
            self.bind(arg.arg.as_str(), BindingKind::Param(arg.annotation.as_deref()), u32::from(arg.start()));
        }
    }

    fn for_(&mut self, target: &'a ast::Expr, iter: &'a ast::Expr, body: &'a [ast::Stmt], orelse: &'a [ast::Stmt]) {
        self.expr(iter);
        self.target(target, None);
        self.branch(body);
        self.branch(orelse);
    }

    fn with(&mut self, items: &'a [ast::WithItem], body: &'a [ast::Stmt]) {
        for item in items {
            self.expr(&item.context_expr);
            item.optional_vars.iter().for_each(|target| self.target(target, None));
        }
        self.stmts(body);
    }

    fn try_(
        &mut self,
        stmt: &'a ast::Stmt,
        body: &'a [ast::Stmt],
        handlers: &'a [ast::ExceptHandler],
        orelse: &'a [ast::Stmt],
        finalbody: &'a [ast::Stmt],
    ) {
        let fold = self.folder.try_(body, handlers);
        if let Some(fold) = fold {
            self.scopes.folds.insert(key(stmt), fold);
        }
        match fold {
            Some(Fold::Handler(at)) => {
                if let Some(ast::ExceptHandler::ExceptHandler(handler)) = handlers.get(at) {
                    self.handler(handler, false);
                }
            }
            Some(_) => {
                self.stmts(body);
                self.stmts(orelse);
            }
            None => {
                self.branch(body);
                for ast::ExceptHandler::ExceptHandler(handler) in handlers {
                    self.handler(handler, true);
                }
                self.branch(orelse);
            }
        }
        self.stmts(finalbody);
    }

    fn handler(&mut self, handler: &'a ast::ExceptHandlerExceptHandler, conditional: bool) {
        if conditional {
            handler.type_.iter().for_each(|class| self.expr(class));
        }
        if let Some(name) = &handler.name {
            self.bind(name.as_str(), BindingKind::Other, u32::from(handler.start()));
        }
        if conditional {
            self.branch(&handler.body);
        } else {
            self.stmts(&handler.body);
        }
    }

    fn target(&mut self, target: &'a ast::Expr, value: Option<&'a ast::Expr>) {
        match target {
            ast::Expr::Name(name) => {
                let kind = value.map_or(BindingKind::Other, BindingKind::Value);
                self.bind(name.id.as_str(), kind, u32::from(name.start()));
            }
            ast::Expr::Tuple(it) => it.elts.iter().for_each(|inner| self.target(inner, None)),
            ast::Expr::List(it) => it.elts.iter().for_each(|inner| self.target(inner, None)),
            ast::Expr::Starred(it) => self.target(&it.value, None),
            other => self.expr(other),
        }
    }

    fn pattern(&mut self, pattern: &'a ast::Pattern) {
        let at = u32::from(pattern.start());
        match pattern {
            ast::Pattern::MatchValue(it) => self.expr(&it.value),
            ast::Pattern::MatchSingleton(_) => {}
            ast::Pattern::MatchSequence(it) => it.patterns.iter().for_each(|inner| self.pattern(inner)),
            ast::Pattern::MatchMapping(it) => {
                self.exprs(&it.keys);
                it.patterns.iter().for_each(|inner| self.pattern(inner));
                it.rest.iter().for_each(|name| self.bind(name.as_str(), BindingKind::Other, at));
            }
            ast::Pattern::MatchClass(it) => {
                self.expr(&it.cls);
                it.patterns.iter().chain(&it.kwd_patterns).for_each(|inner| self.pattern(inner));
            }
            ast::Pattern::MatchStar(it) => {
                it.name.iter().for_each(|name| self.bind(name.as_str(), BindingKind::Other, at));
            }
            ast::Pattern::MatchAs(it) => {
                it.pattern.iter().for_each(|inner| self.pattern(inner));
                it.name.iter().for_each(|name| self.bind(name.as_str(), BindingKind::Other, at));
            }
            ast::Pattern::MatchOr(it) => it.patterns.iter().for_each(|inner| self.pattern(inner)),
        }
    }

    fn exprs(&mut self, exprs: &'a [ast::Expr]) {
        exprs.iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &'a ast::Expr) {
        match expr {
            ast::Expr::Name(name) => {
                self.scopes.reads.push((self.scope, name.id.as_str(), u32::from(name.start())));
            }
            ast::Expr::NamedExpr(it) => {
                self.expr(&it.value);
                if let ast::Expr::Name(name) = &*it.target {
                    let mut home = self.scope;
                    while let (ScopeKind::Comp, Some(parent)) =
                        (self.scopes.get(home).kind, self.scopes.get(home).parent)
                    {
                        home = parent;
                    }
                    self.bind_in(home, name.id.as_str(), BindingKind::Other, u32::from(name.start()));
                }
            }
            ast::Expr::Lambda(it) => {
                self.defaults(&it.args);
                self.inner(key(expr), ScopeKind::Function, |this| {
                    this.params(&it.args);
                    this.expr(&it.body);
                });
            }
            ast::Expr::ListComp(it) => self.comp(expr, &it.generators, &[&it.elt]),
            ast::Expr::SetComp(it) => self.comp(expr, &it.generators, &[&it.elt]),
            ast::Expr::GeneratorExp(it) => self.comp(expr, &it.generators, &[&it.elt]),
            ast::Expr::DictComp(it) => self.comp(expr, &it.generators, &[&it.key, &it.value]),
            ast::Expr::Yield(it) => {
                self.yields();
                it.value.iter().for_each(|value| self.expr(value));
            }
            ast::Expr::YieldFrom(it) => {
                self.yields();
                self.expr(&it.value);
            }
            other => super::super::children::each(other, &mut |child| self.expr(child)),
        }
    }

    fn yields(&mut self) {
        let mut at = Some(self.scope);
        while let Some(id) = at {
            if self.scopes.get(id).kind != ScopeKind::Comp {
                self.scopes.list[id.0].yields = true;
                return;
            }
            at = self.scopes.get(id).parent;
        }
    }

    fn comp(&mut self, node: &'a ast::Expr, clauses: &'a [ast::Comprehension], elements: &[&'a ast::Expr]) {
        if let Some(first) = clauses.first() {
            self.expr(&first.iter);
        }
        self.inner(key(node), ScopeKind::Comp, |this| {
            for (at, clause) in clauses.iter().enumerate() {
                this.target(&clause.target, None);
                if at > 0 {
                    this.expr(&clause.iter);
                }
                this.exprs(&clause.ifs);
            }
            elements.iter().for_each(|element| this.expr(element));
        });
    }
}

/// `@typing.overload`.
fn is_overload(decorators: &[ast::Expr]) -> bool {
    decorators.iter().any(|decorator| match decorator {
        ast::Expr::Name(name) => name.id.as_str() == "overload",
        ast::Expr::Attribute(it) => it.attr.as_str() == "overload",
        _ => false,
    })
}
