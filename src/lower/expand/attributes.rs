//! `vars(x)`, `x.__dict__` that are only looked at: a dict of the attributes that `__init__` sets, in its order.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use rustpython_parser::ast::{self, Ranged, fold, fold::Fold};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, attribute, call};
use crate::syntax::blocks::{blocks, blocks_mut};
use crate::syntax::places::{self, keep_places};

/// Writes them out, if each class of the file always has the same attributes.
pub fn dicts(suite: &mut Vec<ast::Stmt>, names: &Imports) {
    let mut classes = BTreeMap::new();
    if !known(suite, names, &mut classes) || classes.is_empty() {
        return;
    }
    // From outside nothing is added either.
    let mut stores = Stores { names: &mut BTreeSet::new(), anywhere: true, deletes: false };
    places::look(&mut stores, suite);
    let all: BTreeSet<&String> = classes.values().flatten().collect();
    if stores.deletes || !stores.names.iter().all(|name| all.contains(name)) {
        return;
    }
    let mut reads = Reads { changed: 0 };
    let Ok(made) = reads.fold(suite.clone());
    if reads.changed == 0 {
        return;
    }
    *suite = made;
    add(suite, &classes);
}

fn add(suite: &mut [ast::Stmt], classes: &BTreeMap<String, Vec<String>>) {
    for stmt in suite {
        if let ast::Stmt::ClassDef(class) = stmt
            && let Some(fields) = classes.get(class.name.as_str())
        {
            let pairs: Vec<String> = fields.iter().map(|field| format!("{field:?}: self.{field}")).collect();
            let text = format!("def attributes{MARK}(self):\n    return {{{}}}\n", pairs.join(", "));
            let at = TextRange::empty(class.end());
            class.body.extend(crate::syntax::snippet(&text, at));
        }
        blocks_mut(stmt, &mut |body| add(body, classes));
    }
}

/// The attributes of each class; false: some class has others at times.
fn known(suite: &[ast::Stmt], names: &Imports, found: &mut BTreeMap<String, Vec<String>>) -> bool {
    suite.iter().all(|stmt| {
        if let ast::Stmt::ClassDef(class) = stmt {
            let Some(fields) = fields(class, names, found) else { return false };
            if found.insert(class.name.to_string(), fields).is_some() {
                return false;
            }
        }
        let mut fine = true;
        blocks(stmt, &mut |body| fine &= known(body, names, found));
        fine
    })
}

fn fields(class: &ast::StmtClassDef, names: &Imports, found: &BTreeMap<String, Vec<String>>) -> Option<Vec<String>> {
    let base = match &class.bases[..] {
        [] => None,
        [ast::Expr::Name(name)] if name.id.as_str() == "object" => None,
        [ast::Expr::Name(name)] => Some(found.get(name.id.as_str())?),
        // What the library's classes keep is not known.
        _ => return None,
    };
    let is_dataclass = class.decorator_list.iter().any(|decorator| {
        let named = match decorator {
            ast::Expr::Call(it) => &it.func,
            other => other,
        };
        names.path(named).as_deref() == Some("dataclasses.dataclass")
    });
    let mut own: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !own.contains(&name) {
            own.push(name);
        }
    };
    let init = class.body.iter().find_map(|stmt| match stmt {
        ast::Stmt::FunctionDef(it) if it.name.as_str() == "__init__" => Some(it),
        _ => None,
    });
    let inherits = init.is_none();
    if inherits {
        base.into_iter().flatten().for_each(|name| add(name.clone()));
    }
    if is_dataclass {
        for stmt in &class.body {
            if let ast::Stmt::AnnAssign(it) = stmt
                && let ast::Expr::Name(name) = &*it.target
            {
                add(name.id.to_string());
            }
        }
    }
    for stmt in init.iter().flat_map(|init| &init.body) {
        if let ast::Stmt::Expr(it) = stmt
            && is_super_init(&it.value)
        {
            base.into_iter().flatten().for_each(|name| add(name.clone()));
        }
        assigned(stmt, &mut add);
    }
    // Whatever is set elsewhere, or only at times, is there already.
    let mut all = BTreeSet::new();
    for stmt in &class.body {
        if matches!(stmt, ast::Stmt::Assign(it) if it.targets.iter().any(|target| matches!(target, ast::Expr::Name(name) if name.id.as_str() == "__slots__")))
        {
            return None;
        }
        let mut stores = Stores { names: &mut all, anywhere: false, deletes: false };
        let Ok(_) = stores.fold_stmt(stmt.clone());
        if stores.deletes {
            return None;
        }
    }
    let has = |name: &String| own.contains(name) || class_attribute_setter(class, name);
    all.iter().all(has).then_some(own)
}

/// Whether a property of the class takes what is assigned.
fn class_attribute_setter(class: &ast::StmtClassDef, name: &str) -> bool {
    class.body.iter().any(|stmt| matches!(stmt, ast::Stmt::FunctionDef(it) if it.name.as_str() == name))
}

fn is_super_init(value: &ast::Expr) -> bool {
    let ast::Expr::Call(it) = value else { return false };
    matches!(&*it.func, ast::Expr::Attribute(of) if of.attr.as_str() == "__init__")
}

/// The attributes of `self` that a statement of `__init__` sets whatever happens.
fn assigned(stmt: &ast::Stmt, add: &mut dyn FnMut(String)) {
    let mut target = |target: &ast::Expr| {
        if let ast::Expr::Attribute(it) = target
            && matches!(&*it.value, ast::Expr::Name(name) if name.id.as_str() == "self")
        {
            add(it.attr.to_string());
        }
    };
    match stmt {
        ast::Stmt::Assign(it) => {
            for one in &it.targets {
                match one {
                    ast::Expr::Tuple(all) => all.elts.iter().for_each(&mut target),
                    one => target(one),
                }
            }
        }
        ast::Stmt::AnnAssign(it) if it.value.is_some() => target(&it.target),
        _ => {}
    }
}

/// The attributes that are set on `self`, or on anything.
struct Stores<'n> {
    names: &'n mut BTreeSet<String>,
    anywhere: bool,
    deletes: bool,
}

impl Fold<TextRange> for Stores<'_> {
    keep_places!();

    fn fold_expr(&mut self, expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        match &expr {
            ast::Expr::Attribute(it)
                if self.anywhere || matches!(&*it.value, ast::Expr::Name(name) if name.id.as_str() == "self") =>
            {
                match it.ctx {
                    ast::ExprContext::Store => drop(self.names.insert(it.attr.to_string())),
                    ast::ExprContext::Del => self.deletes = true,
                    ast::ExprContext::Load => {}
                }
            }
            ast::Expr::Call(it) if matches!(&*it.func, ast::Expr::Name(name) if matches!(name.id.as_str(), "setattr" | "delattr")) =>
            {
                self.deletes = true;
            }
            _ => {}
        }
        fold::fold_expr(self, expr)
    }
}

/// Where the dicts are looked at.
struct Reads {
    changed: usize,
}

/// `x` of `vars(x)` and `x.__dict__`.
fn object(expr: &ast::Expr) -> Option<&ast::Expr> {
    match expr {
        ast::Expr::Attribute(it) if it.attr.as_str() == "__dict__" && it.ctx == ast::ExprContext::Load => {
            Some(&it.value)
        }
        ast::Expr::Call(it) if matches!(&*it.func, ast::Expr::Name(name) if name.id.as_str() == "vars") => {
            match (&it.args[..], &it.keywords[..]) {
                ([object], []) => Some(object),
                _ => None,
            }
        }
        _ => None,
    }
}

impl Reads {
    /// The dict of an expression that is only looked at.
    fn looked_at(&mut self, expr: &mut ast::Expr) {
        let Some(of) = object(expr).filter(|of| !names_class(of)) else { return };
        let at = expr.range();
        *expr = call(attribute(of.clone(), &format!("attributes{MARK}"), at), Vec::new(), Vec::new(), at);
        self.changed += 1;
    }
}

/// Whether a name is a class's, as far as its first letter tells.
fn names_class(of: &ast::Expr) -> bool {
    match of {
        ast::Expr::Name(name) => name.id.as_str() == "cls" || name.id.as_str().starts_with(char::is_uppercase),
        ast::Expr::Call(it) => matches!(&*it.func, ast::Expr::Name(name) if name.id.as_str() == "type"),
        ast::Expr::Attribute(it) => it.attr.as_str() == "__class__",
        _ => false,
    }
}

impl Fold<TextRange> for Reads {
    keep_places!();

    fn fold_stmt(&mut self, mut stmt: ast::Stmt) -> Result<ast::Stmt, Infallible> {
        match &mut stmt {
            ast::Stmt::For(it) => self.looked_at(&mut it.iter),
            ast::Stmt::AugAssign(_) | ast::Stmt::Delete(_) => return Ok(stmt),
            _ => {}
        }
        fold::fold_stmt(self, stmt)
    }

    fn fold_expr(&mut self, mut expr: ast::Expr) -> Result<ast::Expr, Infallible> {
        const READERS: &[&str] = &[
            "print", "dict", "str", "repr", "len", "list", "sorted", "set", "tuple", "dumps", "pprint", "pformat",
            "iter",
        ];
        match &mut expr {
            ast::Expr::Call(it) => match &mut *it.func {
                ast::Expr::Attribute(of)
                    if matches!(of.attr.as_str(), "items" | "keys" | "values" | "get" | "copy") =>
                {
                    self.looked_at(&mut of.value);
                }
                func => {
                    let name = match func {
                        ast::Expr::Name(name) => name.id.as_str(),
                        ast::Expr::Attribute(of) => of.attr.as_str(),
                        _ => "",
                    };
                    if READERS.contains(&name) {
                        it.args.iter_mut().for_each(|arg| self.looked_at(arg));
                    }
                }
            },
            ast::Expr::FormattedValue(it) => self.looked_at(&mut it.value),
            ast::Expr::Compare(it) => {
                self.looked_at(&mut it.left);
                it.comparators.iter_mut().for_each(|side| self.looked_at(side));
            }
            ast::Expr::Subscript(it) if it.ctx == ast::ExprContext::Load => self.looked_at(&mut it.value),
            ast::Expr::ListComp(it) => it.generators.iter_mut().for_each(|clause| self.looked_at(&mut clause.iter)),
            ast::Expr::GeneratorExp(it) => it.generators.iter_mut().for_each(|clause| self.looked_at(&mut clause.iter)),
            ast::Expr::DictComp(it) => it.generators.iter_mut().for_each(|clause| self.looked_at(&mut clause.iter)),
            _ => {}
        }
        fold::fold_expr(self, expr)
    }
}
