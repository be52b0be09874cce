//! Expressions.

use rustc_hash::FxHashSet as HashSet;

use rustpython_parser::ast::{self, Expr, ExprContext, Keyword};

use super::scope::{ScopeKind, flag};
use super::{Checker, place};

impl<'a> Checker<'a> {
    pub(super) fn expressions(&mut self, list: &'a [Expr]) {
        for expr in list {
            self.expression(expr);
        }
    }

    fn maybe(&mut self, expr: Option<&'a Expr>) {
        if let Some(expr) = expr {
            self.expression(expr);
        }
    }

    /// Items of a display, which may be starred.
    fn items(&mut self, list: &'a [Expr]) {
        for item in list {
            match item {
                Expr::Starred(starred) => {
                    self.since(5, place(item), "can use starred expression only as assignment target");
                    self.expression(&starred.value);
                }
                _ => self.expression(item),
            }
        }
    }

    pub(super) fn expression(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Constant(_) => {}
            Expr::Name(name) => match name.ctx {
                ExprContext::Load => self.note(name.id.as_str(), flag::USED),
                ExprContext::Store | ExprContext::Del => self.target(expr),
            },
            Expr::Attribute(attribute) => {
                // A chain, without recursion for each link.
                let mut value = &attribute.value;
                while let Expr::Attribute(inner) = value.as_ref() {
                    value = &inner.value;
                }
                self.expression(value);
            }
            Expr::BoolOp(op) => self.expressions(&op.values),
            Expr::BinOp(op) => self.binary(op),
            Expr::UnaryOp(op) => self.expression(&op.operand),
            Expr::Compare(compare) => {
                self.expression(&compare.left);
                self.expressions(&compare.comparators);
            }
            Expr::IfExp(choice) => {
                self.expression(&choice.test);
                self.expression(&choice.body);
                self.expression(&choice.orelse);
            }
            Expr::Call(call) => {
                self.expression(&call.func);
                self.arguments(&call.args, &call.keywords);
            }
            Expr::Subscript(subscript) => {
                self.expression(&subscript.value);
                self.expression(&subscript.slice);
            }
            Expr::Slice(slice) => {
                self.maybe(slice.lower.as_deref());
                self.maybe(slice.upper.as_deref());
                self.maybe(slice.step.as_deref());
            }
            Expr::Tuple(tuple) => self.items(&tuple.elts),
            Expr::List(list) => self.items(&list.elts),
            Expr::Set(set) => self.items(&set.elts),
            Expr::Dict(dict) => {
                for (key, value) in dict.keys.iter().zip(&dict.values) {
                    self.maybe(key.as_ref());
                    self.expression(value);
                }
            }
            Expr::JoinedStr(joined) => self.expressions(&joined.values),
            Expr::FormattedValue(value) => {
                self.expression(&value.value);
                self.maybe(value.format_spec.as_deref());
            }
            Expr::NamedExpr(named) => self.walrus(named),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Starred(starred) => {
                self.code_error(place(expr), "can't use starred expression here");
                self.expression(&starred.value);
            }
            Expr::ListComp(comp) => self.comprehension(expr, &[&comp.elt], &comp.generators, "list comprehension"),
            Expr::SetComp(comp) => self.comprehension(expr, &[&comp.elt], &comp.generators, "set comprehension"),
            Expr::DictComp(comp) => {
                self.comprehension(expr, &[&comp.key, &comp.value], &comp.generators, "dict comprehension");
            }
            Expr::GeneratorExp(comp) => {
                self.comprehension(expr, &[&comp.elt], &comp.generators, "generator expression")
            }
            Expr::Await(awaited) => self.await_(expr, &awaited.value),
            Expr::Yield(ast::ExprYield { value, .. }) => {
                self.yield_(expr, false);
                self.maybe(value.as_deref());
            }
            Expr::YieldFrom(ast::ExprYieldFrom { value, .. }) => {
                self.yield_(expr, true);
                self.expression(value);
            }
        }
    }

    /// A chain of operators, without recursion on its left.
    fn binary(&mut self, op: &'a ast::ExprBinOp) {
        let mut rights = vec![op.right.as_ref()];
        let mut left = op.left.as_ref();
        while let Expr::BinOp(inner) = left {
            rights.push(&inner.right);
            left = &inner.left;
        }
        self.expression(left);
        for right in rights.into_iter().rev() {
            self.expression(right);
        }
    }

    /// The arguments of a call or a class.
    pub(super) fn arguments(&mut self, args: &'a [Expr], keywords: &'a [Keyword]) {
        for arg in args {
            match arg {
                Expr::Starred(starred) => self.expression(&starred.value),
                _ => self.expression(arg),
            }
        }
        let mut seen = HashSet::default();
        for keyword in keywords {
            if let Some(name) = &keyword.arg {
                self.forbid_debug(name, place(keyword), ExprContext::Store);
                if !seen.insert(name.as_str()) {
                    self.code_error(place(keyword), format!("keyword argument repeated: {name}"));
                }
            }
            self.expression(&keyword.value);
        }
    }

    fn walrus(&mut self, named: &'a ast::ExprNamedExpr) {
        if let ScopeKind::Lazy(what) = self.kind() {
            self.not_lazily(place(named), "named", what);
        }
        if self.kind() == ScopeKind::TypeParams {
            self.name_error(place(named), "named expression cannot be used within the definition of a generic");
        }
        if let Expr::Name(name) = named.target.as_ref() {
            let at = place(name);
            self.forbid_debug(&name.id, at, ExprContext::Store);
            self.bind_walrus(name.id.as_str(), at);
        }
        self.expression(&named.value);
    }

    /// An expression that an unevaluated annotation, a bound or a type alias cannot hold.
    fn not_lazily(&mut self, at: (u32, u32), expression: &str, what: &str) {
        let message = format!("{expression} expression cannot be used within {what}");
        if what == "an annotation" {
            self.until(9, at, message);
        } else {
            self.name_error(at, message);
        }
    }

    fn await_(&mut self, expr: &'a Expr, value: &'a Expr) {
        let at = place(expr);
        match self.kind() {
            ScopeKind::AsyncFunction => {}
            ScopeKind::Comprehension(_) => self.since(6, at, "'await' expressions in comprehensions are not supported"),
            ScopeKind::Module | ScopeKind::Class => self.code_error(at, "'await' outside function"),
            ScopeKind::Function | ScopeKind::Lambda => self.code_error(at, "'await' outside async function"),
            ScopeKind::TypeParams => {
                self.name_error(at, "await expression cannot be used within the definition of a generic");
            }
            ScopeKind::Lazy(what) => self.not_lazily(at, "await", what),
        }
        self.scope().is_coroutine = true;
        self.expression(value);
    }

    fn yield_(&mut self, expr: &'a Expr, from: bool) {
        let at = place(expr);
        match self.kind() {
            ScopeKind::AsyncFunction if from => self.code_error(at, "'yield from' inside async function"),
            ScopeKind::AsyncFunction => self.since(6, at, "'yield' inside async function"),
            ScopeKind::Function | ScopeKind::Lambda => {}
            ScopeKind::Comprehension(word) => self.until(7, at, format!("'yield' inside {word}")),
            ScopeKind::Module | ScopeKind::Class if from => self.code_error(at, "'yield from' outside function"),
            ScopeKind::Module | ScopeKind::Class => self.code_error(at, "'yield' outside function"),
            ScopeKind::TypeParams => {
                self.name_error(at, "yield expression cannot be used within the definition of a generic");
            }
            ScopeKind::Lazy(what) => self.not_lazily(at, "yield", what),
        }
        self.scope().is_generator = true;
    }

    /// The target of an assignment, a loop, a deletion.
    pub(super) fn target(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => {
                let at = place(name);
                self.forbid_debug(&name.id, at, name.ctx);
                self.bind(name.id.as_str(), at);
            }
            Expr::Attribute(attribute) => {
                self.forbid_debug(&attribute.attr, place(attribute), attribute.ctx);
                self.plain(&attribute.value);
            }
            Expr::Subscript(subscript) => {
                self.plain(&subscript.value);
                self.plain(&subscript.slice);
            }
            Expr::Starred(starred) => {
                self.code_error(place(target), "starred assignment target must be in a list or tuple");
                self.target(&starred.value);
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                self.unpacking(target, elts)
            }
            _ => self.expression(target),
        }
    }

    /// What is only read inside a target binds nothing.
    fn plain(&mut self, expr: &'a Expr) {
        let was = std::mem::replace(&mut self.scope().iteration_target, false);
        self.expression(expr);
        self.scope().iteration_target = was;
    }

    fn unpacking(&mut self, target: &'a Expr, elts: &'a [Expr]) {
        let mut starred = 0;
        for (index, item) in elts.iter().enumerate() {
            let Expr::Starred(inner) = item else {
                self.target(item);
                continue;
            };
            starred += 1;
            if starred == 2 {
                self.code_error(place(target), "multiple starred expressions in assignment");
            }
            if starred == 1 && (index >= 256 || elts.len() - index > 1 << 23) {
                self.code_error(place(target), "too many expressions in star-unpacking assignment");
            }
            self.target(&inner.value);
        }
    }
}
