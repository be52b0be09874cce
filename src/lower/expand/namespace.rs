//! `types.SimpleNamespace(a=1, b=2)`: an object of a class with these attributes, one class for each set of names.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use rustpython_parser::ast::{self, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, call, read};
use crate::syntax::places::{self, keep_places};

/// Makes a class of each set of names, if no attribute is assigned that none of them has.
pub fn namespaces(suite: &mut Vec<ast::Stmt>, names: &Imports, assigned: &BTreeSet<String>) {
    let mut calls = Calls { names, found: BTreeMap::new(), known: None };
    places::look(&mut calls, suite);
    let found = calls.found;
    if found.is_empty() || assigned.iter().any(|name| !found.values().any(|keys| keys.contains(name))) {
        return;
    }
    let mut calls = Calls { names, found: BTreeMap::new(), known: Some(&found) };
    places::change(&mut calls, suite);
    let text: String = found.iter().map(|(name, keys)| class(name, keys)).collect();
    super::at_the_top(suite, &text);
}

fn class(name: &str, keys: &[String]) -> String {
    let params: String = keys.iter().map(|key| format!(", {key}")).collect();
    let stores: String = keys.iter().map(|key| format!("        self.{key} = {key}\n")).collect();
    let shown: Vec<String> = keys.iter().map(|key| format!("{key}={{self.{key}!r}}")).collect();
    let equal: Vec<String> = keys.iter().map(|key| format!("self.{key} == other.{key}")).collect();
    format!(
        "class {name}:\n    def __init__(self{params}):\n{stores}    def __repr__(self):\n        return f\"namespace({})\"\n    def __eq__(self, other):\n        return {}\n",
        shown.join(", "),
        equal.join(" and ")
    )
}

/// The calls, looked for (`known` is `None`) or rewritten.
struct Calls<'n> {
    names: &'n Imports,
    found: BTreeMap<String, Vec<String>>,
    known: Option<&'n BTreeMap<String, Vec<String>>>,
}

impl Fold<TextRange> for Calls<'_> {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        let Ok(expr) = fold::fold_expr(self, expr);
        let ast::Expr::Call(it) = &expr else { return Ok(expr) };
        if !it.args.is_empty()
            || it.keywords.is_empty()
            || self.names.path(&it.func).as_deref() != Some("types.SimpleNamespace")
        {
            return Ok(expr);
        }
        let keys: Option<Vec<String>> =
            it.keywords.iter().map(|keyword| keyword.arg.as_ref().map(ToString::to_string)).collect();
        let Some(keys) = keys else { return Ok(expr) };
        let name = format!("{}Namespace{MARK}", super::sentinel::camel(&keys.join("_")));
        self.found.insert(name.clone(), keys);
        if self.known.is_none() {
            return Ok(expr);
        }
        let at = it.range;
        Ok(call(read(&name, at), Vec::new(), it.keywords.clone(), at))
    }
}
