//! Functions, lambdas, classes and type parameters: where each part of them is evaluated.

use rustpython_parser::ast::{self, Arguments, Expr, ExprContext, Stmt, TypeParam};

use super::scope::{ScopeKind, flag};
use super::{Checker, place};

/// The parts of a `def`.
pub(super) struct Function<'a> {
    pub name: &'a str,
    pub at: (u32, u32),
    pub args: &'a Arguments,
    pub body: &'a [Stmt],
    pub decorators: &'a [Expr],
    pub returns: Option<&'a Expr>,
    pub type_params: &'a [TypeParam],
    pub kind: ScopeKind,
}

impl<'a> Checker<'a> {
    pub(super) fn function(&mut self, function: &Function<'a>) {
        self.forbid_debug(function.name, function.at, ExprContext::Store);
        self.bind(function.name, function.at);
        self.expressions(function.decorators);
        self.defaults(function.args);
        let generic = self.type_params(function.type_params);
        self.annotations(function.args, function.returns);
        self.enter(function.kind);
        self.parameters(function.args);
        let outer = (std::mem::take(&mut self.blocks), std::mem::take(&mut self.handlers));
        self.statements(function.body);
        (self.blocks, self.handlers) = outer;
        let index = self.leave();
        let scope = &mut self.scopes[index];
        if function.kind == ScopeKind::AsyncFunction && scope.is_generator {
            for at in std::mem::take(&mut scope.returns) {
                self.code_error(at, "'return' with value in async generator");
            }
        }
        if generic {
            self.leave();
        }
    }

    pub(super) fn lambda(&mut self, lambda: &'a ast::ExprLambda) {
        self.defaults(&lambda.args);
        self.enter(ScopeKind::Lambda);
        self.parameters(&lambda.args);
        self.expression(&lambda.body);
        self.leave();
    }

    fn defaults(&mut self, args: &'a Arguments) {
        for arg in args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs) {
            if let Some(default) = &arg.default {
                self.expression(default);
            }
        }
    }

    fn annotations(&mut self, args: &'a Arguments, returns: Option<&'a Expr>) {
        let single = args.vararg.iter().chain(&args.kwarg).map(|arg| arg.as_ref());
        let all = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs).map(|arg| &arg.def);
        let notes: Vec<&'a Expr> =
            all.chain(single).filter_map(|arg| arg.annotation.as_deref()).chain(returns).collect();
        for note in notes {
            self.annotation(note);
        }
    }

    /// An annotation is a scope of its own once it is not evaluated.
    pub(super) fn annotation(&mut self, note: &'a Expr) {
        let inner = if let Expr::Starred(starred) = note { &starred.value } else { note };
        if self.future_annotations {
            self.enter(ScopeKind::Lazy("an annotation"));
            self.expression(inner);
            self.leave();
        } else {
            self.expression(inner);
        }
    }

    fn parameters(&mut self, args: &'a Arguments) {
        let all = args.posonlyargs.iter().chain(&args.args).map(|arg| &arg.def);
        let kwonly = args.kwonlyargs.iter().map(|arg| &arg.def);
        for arg in all.chain(kwonly).chain(args.vararg.as_deref()).chain(args.kwarg.as_deref()) {
            self.parameter(arg.arg.as_str(), place(arg));
        }
    }

    /// Opens the scope of type parameters, if there are any.
    pub(super) fn type_params(&mut self, params: &'a [TypeParam]) -> bool {
        if params.is_empty() {
            return false;
        }
        self.enter(ScopeKind::TypeParams);
        for param in params {
            let (name, bound) = match param {
                TypeParam::TypeVar(var) => (&var.name, var.bound.as_deref()),
                TypeParam::ParamSpec(spec) => (&spec.name, None),
                TypeParam::TypeVarTuple(tuple) => (&tuple.name, None),
            };
            let at = place(param);
            self.forbid_debug(name, at, ExprContext::Store);
            if self.scope().names.get(name.as_str()).is_some_and(|flags| flags & flag::TYPE_PARAM != 0) {
                self.name_error(at, format!("duplicate type parameter '{name}'"));
            }
            self.note(name.as_str(), flag::TYPE_PARAM | flag::LOCAL);
            if let Some(bound) = bound {
                let what = if bound.is_tuple_expr() { "a TypeVar constraint" } else { "a TypeVar bound" };
                self.enter(ScopeKind::Lazy(what));
                self.expression(bound);
                self.leave();
            }
        }
        true
    }

    pub(super) fn class(&mut self, class: &'a ast::StmtClassDef) {
        self.forbid_debug(&class.name, place(class), ExprContext::Store);
        self.bind(class.name.as_str(), place(class));
        self.expressions(&class.decorator_list);
        let generic = self.type_params(&class.type_params);
        self.arguments(&class.bases, &class.keywords);
        self.enter(ScopeKind::Class);
        let outer = (std::mem::take(&mut self.blocks), std::mem::take(&mut self.handlers));
        self.statements(&class.body);
        (self.blocks, self.handlers) = outer;
        self.leave();
        if generic {
            self.leave();
        }
    }
}
