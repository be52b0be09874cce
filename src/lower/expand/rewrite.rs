//! Expressions that mean something else once a class was written out: `x is STOP` of a sentinel, `asdict(x)`, `replace(x, …)`.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use rustpython_parser::ast::{self, Ranged, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, attribute, call, read};
use crate::syntax::places::keep_places;

/// What is looked for.
pub struct Rewriter<'n> {
    /// The imports of the file.
    pub names: &'n Imports,
    /// Sentinels and the class of each.
    pub sentinels: &'n BTreeMap<String, String>,
    /// Classes of dicts.
    pub dicts: &'n BTreeSet<String>,
    /// The keywords of each `replace`, sorted.
    pub replaced: BTreeSet<Vec<String>>,
    /// The file asks for dicts of records.
    pub as_dicts: bool,
    /// The file asks for tuples of records.
    pub as_tuples: bool,
}

/// The method that a `replace` with these keywords calls.
pub fn replacing(keywords: &[String]) -> String {
    format!("_replace{MARK}{}", keywords.join("_"))
}

impl Rewriter<'_> {
    /// The class of the sentinel that an expression names.
    fn sentinel(&self, expr: &ast::Expr) -> Option<&String> {
        match expr {
            ast::Expr::Name(it) => self.sentinels.get(it.id.as_str()),
            ast::Expr::Attribute(it) => self.sentinels.get(&format!(".{}", it.attr)),
            _ => None,
        }
    }

    fn compare(&self, it: &ast::ExprCompare) -> Option<ast::Expr> {
        let ([op @ (ast::CmpOp::Is | ast::CmpOp::IsNot)], [right]) = (&it.ops[..], &it.comparators[..]) else {
            return None;
        };
        let (class, value) = match (self.sentinel(right), self.sentinel(&it.left)) {
            (Some(class), _) => (class, (*it.left).clone()),
            (None, Some(class)) => (class, right.clone()),
            (None, None) => return None,
        };
        let at = it.range();
        let class = read(class, at);
        let test = call(read(&format!("builtins{MARK}isinstance"), at), vec![value, class], Vec::new(), at);
        Some(match op {
            ast::CmpOp::Is => test,
            _ => ast::Expr::UnaryOp(ast::ExprUnaryOp { range: at, op: ast::UnaryOp::Not, operand: Box::new(test) }),
        })
    }

    /// `User(name="x")` of a `TypedDict`.
    fn dict_call(&self, it: &ast::ExprCall) -> Option<ast::Expr> {
        let at = it.range();
        if !matches!(&*it.func, ast::Expr::Name(name) if name.id.as_str() == format!("builtins{MARK}dict")) {
            return None;
        }
        let keys = it.keywords.iter().map(|keyword| {
            let name = keyword.arg.as_ref()?.to_string();
            let value = ast::Constant::Str(name);
            Some(ast::Expr::Constant(ast::ExprConstant { range: at, value, kind: None }))
        });
        if !it.args.is_empty() || it.keywords.is_empty() {
            return None;
        }
        let values = it.keywords.iter().map(|keyword| keyword.value.clone()).collect();
        Some(ast::Expr::Dict(ast::ExprDict { range: at, keys: keys.collect(), values }))
    }

    /// `defaultdict(deque)`: a factory that is a class of the library, or of the program, is called by a lambda.
    fn factory(&self, it: &ast::ExprCall) -> Option<ast::Expr> {
        let at = it.range();
        let [factory] = &it.args[..] else { return None };
        let is_class = match self.names.path(factory)?.as_str() {
            "collections.deque" | "collections.Counter" | "collections.OrderedDict" => true,
            path => path.strip_prefix("asyncio.").is_some_and(|name| name.starts_with(char::is_uppercase)),
        };
        if !it.keywords.is_empty() || self.names.path(&it.func)? != "collections.defaultdict" || !is_class {
            return None;
        }
        let made = call(factory.clone(), Vec::new(), Vec::new(), at);
        let args = ast::Arguments::empty(ast::OptionalRange::from(at));
        let lambda = ast::ExprLambda { range: at, args: Box::new(args), body: Box::new(made) };
        Some(call((*it.func).clone(), vec![ast::Expr::Lambda(lambda)], Vec::new(), at))
    }

    fn record_call(&mut self, it: &ast::ExprCall) -> Option<ast::Expr> {
        let at = it.range();
        let keywords = || {
            let mut list: Vec<String> = Vec::new();
            for keyword in &it.keywords {
                list.push(keyword.arg.as_ref()?.to_string());
            }
            list.sort();
            Some(list)
        };
        if let (ast::Expr::Attribute(of), []) = (&*it.func, &it.args[..])
            && of.attr.as_str() == "_replace"
        {
            let list = keywords()?;
            let method = attribute((*of.value).clone(), &replacing(&list), at);
            self.replaced.insert(list);
            return Some(call(method, Vec::new(), it.keywords.clone(), at));
        }
        let [record] = &it.args[..] else { return None };
        let method = match self.names.path(&it.func)?.as_str() {
            "dataclasses.asdict" if it.keywords.is_empty() => {
                self.as_dicts = true;
                format!("asdict{MARK}")
            }
            "dataclasses.astuple" if it.keywords.is_empty() => {
                self.as_tuples = true;
                format!("astuple{MARK}")
            }
            "dataclasses.replace" | "copy.replace" => {
                let list = keywords()?;
                let method = replacing(&list);
                self.replaced.insert(list);
                method
            }
            _ => return None,
        };
        Some(call(attribute(record.clone(), &method, at), Vec::new(), it.keywords.clone(), at))
    }
}

impl Fold<TextRange> for Rewriter<'_> {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        let Ok(expr) = fold::fold_expr(self, expr);
        let made = match &expr {
            ast::Expr::Compare(it) => self.compare(it),
            ast::Expr::Call(it) => self.dict_call(it).or_else(|| self.factory(it)).or_else(|| self.record_call(it)),
            ast::Expr::Name(it) if self.dicts.contains(it.id.as_str()) => {
                Some(read(&format!("builtins{MARK}dict"), it.range))
            }
            _ => None,
        };
        Ok(made.unwrap_or(expr))
    }
}
