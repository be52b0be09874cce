//! Expressions.

use rustpython_parser::ast;

use super::resolve::Meaning;
use super::{Lowerer, literal};
use crate::diag::catalog;
use crate::hir::{Arg, Call, Callee, DictItem, Expr, ExprId, Item, Lit, StubRef};
use crate::source::Span;

impl<'a> Lowerer<'a, '_> {
    /// Lowers an expression.
    pub(super) fn expr(&mut self, expr: &'a ast::Expr) -> ExprId {
        let span = self.span(expr);
        match expr {
            ast::Expr::Constant(it) => self.constant(&it.value, span),
            ast::Expr::Name(it) => self.name(it.id.as_str(), span),
            ast::Expr::Attribute(it) => self.attribute(expr, it, span),
            ast::Expr::Call(it) => self.call(it, span),
            ast::Expr::BinOp(it) => self.binary(it, span),
            ast::Expr::Await(it) => {
                let value = self.expr(&it.value);
                self.exits.awaits = true;
                self.alloc(Expr::Await(value), span)
            }
            ast::Expr::Compare(_) | ast::Expr::BoolOp(_) | ast::Expr::UnaryOp(_) | ast::Expr::IfExp(_) => {
                self.logic(expr, span)
            }
            ast::Expr::JoinedStr(it) => self.joined(&it.values, span),
            ast::Expr::FormattedValue(_) => self.joined(std::slice::from_ref(expr), span),
            ast::Expr::Subscript(it) => self.subscript(it, span),
            ast::Expr::List(it) => {
                let items = self.items(&it.elts);
                self.alloc(Expr::List(items), span)
            }
            ast::Expr::Tuple(it) => {
                let items = self.items(&it.elts);
                self.alloc(Expr::Tuple(items), span)
            }
            ast::Expr::Set(it) => {
                let items = self.items(&it.elts);
                self.alloc(Expr::Set(items), span)
            }
            ast::Expr::Dict(it) => self.dict(it, span),
            ast::Expr::ListComp(_) | ast::Expr::SetComp(_) | ast::Expr::DictComp(_) => self.comp(expr, false),
            ast::Expr::GeneratorExp(_) => self.comp(expr, true),
            ast::Expr::Lambda(it) => self.lambda(expr, it, span),
            ast::Expr::NamedExpr(it) => self.walrus(it, span),
            ast::Expr::Yield(it) => self.yield_(it, span),
            ast::Expr::YieldFrom(it) => self.yield_from(it, span),
            ast::Expr::Starred(it) => {
                self.unsupported(span, "a starred expression here");
                self.expr(&it.value)
            }
            ast::Expr::Slice(it) => {
                // A slice inside a tuple index: `a[1:2, 3]`.
                let parts = [&it.lower, &it.upper, &it.step].map(|part| part.as_ref().map(|part| self.expr(part)));
                let _ = parts;
                self.refuse(span, "slice in a tuple index", "a slice inside an index with several parts")
            }
        }
    }

    /// A place that is reported and raises.
    pub(super) fn refuse(&mut self, span: Span, what: &'static str, title: &str) -> ExprId {
        self.unsupported(span, title);
        self.alloc(Expr::Unsupported(what), span)
    }

    fn constant(&mut self, value: &ast::Constant, span: Span) -> ExprId {
        match literal::literal(value) {
            Some(lit) => self.alloc(Expr::Lit(lit), span),
            None => self.alloc(Expr::Tuple(Vec::new()), span),
        }
    }

    /// A name that is read.
    pub(super) fn name(&mut self, name: &str, span: Span) -> ExprId {
        let meaning = self.meaning(name);
        if let (Meaning::Unbound, Some(lit)) = (&meaning, self.module_attribute(name)) {
            return self.alloc(Expr::Lit(lit), span);
        }
        self.meaning_expr(meaning, name, span)
    }

    /// `__name__`, `__file__` and such.
    fn module_attribute(&self, name: &str) -> Option<Lit> {
        let here = self.here();
        match name {
            "__name__" => Some(Lit::Str(here.name.clone())),
            "__file__" => Some(Lit::Str(here.path.to_string())),
            "__debug__" => Some(Lit::Bool(true)),
            "__package__" if here.name == "__main__" => Some(Lit::None),
            "__doc__" => Some(match self.docstring_text(&here.syntax.suite) {
                Some(text) => Lit::Str(text.to_string()),
                None => Lit::None,
            }),
            _ => None,
        }
    }

    /// Counts a use of a missing module: `aiohttp.ClientSession`.
    fn miss(&mut self, span: Span) {
        let text = self.here().text.get(span.start as usize..span.end as usize).unwrap_or("");
        let (first, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
        if let Some(path) = self.absent.get(&(self.cx.module, first.to_string())) {
            self.program.missing.push((format!("{path}{rest}"), span));
        }
    }

    /// The expression for what a name means.
    pub(super) fn meaning_expr(&mut self, meaning: Meaning, name: &str, span: Span) -> ExprId {
        let expr = match meaning {
            Meaning::Var(home, name) => Expr::Var(self.read(home, &name)),
            Meaning::Function(id) => Expr::Function(id),
            Meaning::Class(id) => Expr::Class(id),
            Meaning::ClassName(class, name) => {
                let of = self.made(Expr::Class(class), span, "name of a class body");
                Expr::Attr(of, self.private(&name))
            }
            Meaning::Stub(of) => Expr::Stub(of),
            Meaning::Module(at) => Expr::Module(crate::hir::ModuleId::from_raw(at as u32)),
            Meaning::Missing => {
                self.miss(span);
                // Reported at the import, unless that is for type checkers alone.
                if !self.reported_missing {
                    let title = format!("`{name}` is imported for type checkers alone");
                    self.report(catalog::UNSUPPORTED_PACKAGE, span, title);
                }
                Expr::Unsupported("a name of a module that is not there")
            }
            Meaning::Unknown(of) => {
                let title = if of.module == "builtins" {
                    format!("the built-in `{}` is not translated", of.name)
                } else {
                    format!("`{}.{}` is not translated", of.module, of.name)
                };
                self.report(catalog::UNSUPPORTED_API, span, title);
                Expr::Unsupported("a name that has no translation")
            }
            Meaning::Refused(of, why) => {
                self.report(catalog::UNSUPPORTED_API, span, why);
                let _ = of;
                Expr::Unsupported("a name that has no translation")
            }
            Meaning::Unbound => {
                // Nothing binds it: reading it raises NameError.
                let root = self.scopes.modules[self.cx.module];
                Expr::Var(self.read(root, name))
            }
        };
        self.alloc(expr, span)
    }

    fn attribute(&mut self, expr: &'a ast::Expr, it: &'a ast::ExprAttribute, span: Span) -> ExprId {
        if let Some(meaning) = self.path(expr) {
            let name_at = Span::new(span.file, span.end - it.attr.len().min(span.end as usize) as u32..span.end);
            if matches!(meaning, Meaning::Unknown(_) | Meaning::Refused(..)) {
                return self.meaning_expr(meaning, it.attr.as_str(), name_at);
            }
            return self.meaning_expr(meaning, it.attr.as_str(), span);
        }
        if let Some(part) = self.version_part(&it.value, it.attr.as_str()) {
            return self.alloc(Expr::Lit(part), span);
        }
        if let Some(value) = self.class_value(it, span) {
            return value;
        }
        if let Some(value) = self.super_attribute(it, span) {
            return value;
        }
        let members = it.attr.as_str() == "__members__" && self.named_enum(&it.value).is_some();
        let value = self.expr(&it.value);
        if it.attr.as_str() == "__class__" && it.ctx.is_load() {
            return self.class_of(value, span);
        }
        let name = if members { "by_name_".to_string() } else { self.private(it.attr.as_str()) };
        self.alloc(Expr::Attr(value, name), span)
    }

    /// A name as it is stored. Inside a class `__x` is `_Class__x`: it matters only where classes inherit from each other,
    /// and is left as written elsewhere.
    pub(super) fn private(&self, name: &str) -> String {
        let class = self.cx.class_body.or(self.cx.method.as_ref().map(|(class, _)| *class));
        match class {
            Some(class) if is_private(name) && self.related.contains(&class) => {
                let of = self.program.classes[class].name.trim_start_matches('_');
                if of.is_empty() { name.to_string() } else { format!("_{of}{name}") }
            }
            _ => super::expand::plain(name),
        }
    }

    fn subscript(&mut self, it: &'a ast::ExprSubscript, span: Span) -> ExprId {
        if let Some(found) = self.enum_lookup(&it.value, &it.slice, "of_name", span) {
            return found;
        }
        if let Some(parts) = self.version_parts(&it.value, &it.slice) {
            return match parts {
                Ok(part) => self.alloc(Expr::Lit(part), span),
                Err(parts) => {
                    let parts = parts.into_iter().map(|part| Item::One(self.alloc(Expr::Lit(part), span)));
                    let parts = parts.collect();
                    self.alloc(Expr::Tuple(parts), span)
                }
            };
        }
        let value = self.expr(&it.value);
        if let ast::Expr::Slice(slice) = &*it.slice {
            let [lower, upper, step] =
                [&slice.lower, &slice.upper, &slice.step].map(|part| part.as_ref().map(|part| self.expr(part)));
            return self.alloc(Expr::Slice { value, lower, upper, step }, span);
        }
        let index = self.expr(&it.slice);
        self.alloc(Expr::Index(value, index), span)
    }

    fn dict(&mut self, it: &'a ast::ExprDict, span: Span) -> ExprId {
        let mut items = Vec::with_capacity(it.values.len());
        for (key, value) in it.keys.iter().zip(&it.values) {
            items.push(match key {
                Some(key) => {
                    let key = self.expr(key);
                    DictItem::Pair(key, self.expr(value))
                }
                None => DictItem::Spread(self.expr(value)),
            });
        }
        self.alloc(Expr::Dict(items), span)
    }

    /// Elements of a display, or arguments of `gather`.
    pub(super) fn items(&mut self, exprs: &'a [ast::Expr]) -> Vec<Item> {
        let item = |expr: &'a ast::Expr, this: &mut Self| match expr {
            ast::Expr::Starred(it) => Item::Star(this.iterable(&it.value)),
            one => Item::One(this.expr(one)),
        };
        exprs.iter().map(|expr| item(expr, self)).collect()
    }

    /// A chain of operators is lowered from its left end: it may be a thousand long.
    fn binary(&mut self, it: &'a ast::ExprBinOp, span: Span) -> ExprId {
        let mut chain = vec![(it, span)];
        let mut left = &*it.left;
        while let ast::Expr::BinOp(inner) = left {
            chain.push((inner, self.span(left)));
            left = &inner.left;
        }
        let mut value = self.expr(left);
        for (op, span) in chain.into_iter().rev() {
            let right = self.expr(&op.right);
            value = self.alloc(Expr::Binary(literal::operator(op.op), value, right), span);
        }
        value
    }

    fn logic(&mut self, expr: &'a ast::Expr, span: Span) -> ExprId {
        if let Some(truth) = self.folder_truth(expr) {
            return self.alloc(Expr::Lit(Lit::Bool(truth)), span);
        }
        match expr {
            ast::Expr::Compare(it) => {
                let first = self.expr(&it.left);
                let mut rest = Vec::with_capacity(it.ops.len());
                for (op, right) in it.ops.iter().zip(&it.comparators) {
                    let members = match op {
                        ast::CmpOp::In | ast::CmpOp::NotIn => self.enum_members(right),
                        _ => None,
                    };
                    let right = members.unwrap_or_else(|| self.expr(right));
                    rest.push((literal::comparison(*op), right));
                }
                self.alloc(Expr::Compare(first, rest), span)
            }
            ast::Expr::BoolOp(it) => {
                let is_and = matches!(it.op, ast::BoolOp::And);
                let operands = it.values.iter().map(|value| self.expr(value)).collect();
                self.alloc(Expr::BoolOp { is_and, operands }, span)
            }
            ast::Expr::UnaryOp(it) => {
                let value = self.expr(&it.operand);
                // `-9223372036854775808` is an integer of 64 bits, though its operand is none.
                if let (ast::UnaryOp::USub, Expr::Lit(Lit::BigInt(digits))) = (it.op, &self.program.exprs[value])
                    && let Ok(least) = format!("-{digits}").parse::<i64>()
                {
                    return self.alloc(Expr::Lit(Lit::Int(least)), span);
                }
                self.alloc(Expr::Unary(literal::unary(it.op), value), span)
            }
            ast::Expr::IfExp(it) => {
                match self.folder_truth(&it.test) {
                    Some(true) => return self.expr(&it.body),
                    Some(false) => return self.expr(&it.orelse),
                    None => {}
                }
                let test = self.expr(&it.test);
                let then = self.expr(&it.body);
                let orelse = self.expr(&it.orelse);
                self.alloc(Expr::IfExp { test, then, orelse }, span)
            }
            _ => self.refuse(span, "expression", "an expression of this kind"),
        }
    }

    fn walrus(&mut self, it: &'a ast::ExprNamedExpr, span: Span) -> ExprId {
        let value = self.expr(&it.value);
        let ast::Expr::Name(name) = &*it.target else {
            return self.refuse(span, "walrus", "an assignment expression to this target");
        };
        let Some(home) = self.binding_home(name.id.as_str()) else {
            return self.refuse(span, "walrus", "an assignment expression in a class body");
        };
        let at = self.span(&*it.target);
        let var = self.write(home, name.id.as_str(), at);
        self.alloc(Expr::Walrus(var, value), span)
    }

    fn yield_(&mut self, it: &'a ast::ExprYield, span: Span) -> ExprId {
        if self.in_comprehension() {
            return self.refuse(span, "yield", "`yield` inside a comprehension");
        }
        if self.cx.legacy {
            return match it.value.as_deref() {
                value if self.drives_by_hand() => self.yield_by_hand(value, span),
                None => self.bare_yield(span),
                Some(ast::Expr::Constant(none)) if matches!(none.value, ast::Constant::None) => self.bare_yield(span),
                value => self.yield_by_hand(value, span),
            };
        }
        let value = it.value.as_ref().map(|value| self.expr(value));
        self.exits.yields = true;
        self.alloc(Expr::Yield(value), span)
    }

    /// Whether the program has coroutines that are driven by `send`.
    fn drives_by_hand(&self) -> bool {
        self.sources.iter().any(|source| source.text.contains(".send("))
    }

    /// `yield value` of a generator-based coroutine: what drives it gets the value.
    fn yield_by_hand(&mut self, value: Option<&'a ast::Expr>, span: Span) -> ExprId {
        let value = match value {
            Some(value) => self.expr(value),
            None => self.made(Expr::Lit(Lit::None), span, "`yield`"),
        };
        let of = StubRef::new("types", "bare_yield");
        let call = Call { callee: Callee::Stub(of), args: vec![Arg::Positional(value)] };
        let call = self.made(Expr::Call(call), span, "`yield`");
        self.exits.awaits = true;
        self.made(Expr::Await(call), span, "`yield`")
    }

    fn yield_from(&mut self, it: &'a ast::ExprYieldFrom, span: Span) -> ExprId {
        if self.in_comprehension() {
            return self.refuse(span, "yield", "`yield from` inside a comprehension");
        }
        let awaited = match &*it.value {
            // `yield from x.__await__()` awaits `x`.
            ast::Expr::Call(call) if self.cx.legacy && call.args.is_empty() && call.keywords.is_empty() => {
                match &*call.func {
                    ast::Expr::Attribute(of) if of.attr.as_str() == "__await__" => &of.value,
                    _ => &it.value,
                }
            }
            _ => &it.value,
        };
        let value = self.expr(awaited);
        if self.cx.legacy {
            self.exits.awaits = true;
            return self.made(Expr::Await(value), span, "yield from");
        }
        self.exits.yields = true;
        self.alloc(Expr::YieldFrom(value), span)
    }

    /// The truth of a test that is known before the program runs.
    pub(super) fn folder_truth(&self, test: &ast::Expr) -> Option<bool> {
        let here = self.here();
        let folder = super::fold::Folder { name: &here.name, minor: here.syntax.python.minor, imports: &|_| false };
        folder.truth(test)
    }

    fn in_comprehension(&self) -> bool {
        self.scopes.get(self.cx.scope).kind == super::scope::ScopeKind::Comp
    }
}

/// `__x`, but not `__x__`.
fn is_private(name: &str) -> bool {
    name.starts_with("__") && !name.ends_with("__")
}
