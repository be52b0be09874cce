//! Dataclasses and named tuples: `asdict`, `astuple`, `replace`, `_asdict`, `_fields`, `_make`, as far as a file uses them.

use std::collections::{BTreeMap, BTreeSet};

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use super::rewrite::replacing;
use super::{Imports, MARK};
use crate::syntax::blocks::blocks;

/// A field: its name, its annotation, whether the constructor takes it.
type Field = (String, Option<ast::Expr>, bool);

/// The records of a file and their fields, those of bases first.
#[derive(Default)]
pub struct Records {
    classes: BTreeMap<String, Vec<Field>>,
    tuples: BTreeSet<String>,
}

impl Records {
    /// Finds them.
    pub fn of(suite: &[ast::Stmt], names: &Imports) -> Records {
        let mut records = Records::default();
        records.find(suite, names);
        records
    }

    fn find(&mut self, suite: &[ast::Stmt], names: &Imports) {
        for stmt in suite {
            if let ast::Stmt::ClassDef(class) = stmt {
                self.class(class, names);
            }
            blocks(stmt, &mut |body| self.find(body, names));
        }
    }

    fn class(&mut self, class: &ast::StmtClassDef, names: &Imports) {
        let is_dataclass = class.decorator_list.iter().any(|decorator| {
            let named = match decorator {
                ast::Expr::Call(it) => &it.func,
                other => other,
            };
            names.path(named).as_deref() == Some("dataclasses.dataclass")
        });
        let is_tuple = class.bases.iter().any(|base| names.path(base).as_deref() == Some("typing.NamedTuple"));
        if !is_dataclass && !is_tuple {
            return;
        }
        let mut fields: Vec<Field> = Vec::new();
        for base in class.bases.iter().rev() {
            if let ast::Expr::Name(base) = base
                && let Some(inherited) = self.classes.get(base.id.as_str())
            {
                fields.extend(inherited.iter().cloned());
            }
        }
        for stmt in &class.body {
            let ast::Stmt::AnnAssign(it) = stmt else { continue };
            let ast::Expr::Name(name) = &*it.target else { continue };
            if mentions(&it.annotation, "ClassVar") || mentions(&it.annotation, "InitVar") {
                continue;
            }
            let init = !it.value.as_deref().is_some_and(|value| match value {
                ast::Expr::Call(call) => call.keywords.iter().any(|keyword| {
                    keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == "init")
                        && matches!(&keyword.value, ast::Expr::Constant(it) if it.value == ast::Constant::Bool(false))
                }),
                _ => false,
            });
            let field = (name.id.to_string(), Some((*it.annotation).clone()), init);
            match fields.iter_mut().find(|(known, ..)| *known == field.0) {
                Some(known) => *known = field,
                None => fields.push(field),
            }
        }
        let name = class.name.to_string();
        if is_tuple {
            self.tuples.insert(name.clone());
        }
        self.classes.insert(name, fields);
    }

    /// Adds what the file asks for to a class.
    pub fn extend(
        &self,
        class: &mut ast::StmtClassDef,
        replaced: &BTreeSet<Vec<String>>,
        as_dicts: bool,
        as_tuples: bool,
    ) {
        let Some(fields) = self.classes.get(class.name.as_str()) else { return };
        let name = class.name.as_str();
        let is_tuple = self.tuples.contains(name);
        let mut text = String::new();
        let copies = |fields: &[Field], method: &str| -> Vec<String> {
            fields.iter().map(|(field, ty, _)| self.copied(&format!("self.{field}"), ty.as_ref(), method)).collect()
        };
        if as_dicts && !is_tuple {
            let values = copies(fields, "asdict");
            let pairs: Vec<String> =
                fields.iter().zip(values).map(|((field, ..), value)| format!("{field:?}: {value}")).collect();
            text.push_str(&format!("def asdict{MARK}(self):\n    return {{{}}}\n", pairs.join(", ")));
        }
        if as_tuples && !is_tuple {
            let values = copies(fields, "astuple");
            text.push_str(&format!("def astuple{MARK}(self):\n    return ({},)\n", values.join(", ")));
        }
        if is_tuple {
            let pairs: Vec<String> = fields.iter().map(|(field, ..)| format!("{field:?}: self.{field}")).collect();
            text.push_str(&format!("def _asdict(self):\n    return {{{}}}\n", pairs.join(", ")));
            let all: Vec<&str> = fields.iter().map(|(field, ..)| field.as_str()).collect();
            if !all.is_empty() {
                let all = all.join(", ");
                text.push_str(&format!(
                    "@staticmethod\ndef _make(iterable):\n    {all}, = iterable\n    return {name}({all})\n"
                ));
                let yields: Vec<String> =
                    fields.iter().map(|(field, ..)| format!("    yield self.{field}\n")).collect();
                text.push_str(&format!("def __len__(self):\n    return {}\n", fields.len()));
                text.push_str(&format!("def __iter__(self):\n{}", yields.concat()));
                let shown: Vec<String> = fields.iter().map(|(field, ..)| format!("{field:?}")).collect();
                text.push_str(&format!("_fields = ({},)\n", shown.join(", ")));
            }
        }
        for keywords in replaced {
            if !keywords.iter().all(|key| fields.iter().any(|(field, _, init)| field == key && *init)) {
                continue;
            }
            let values: Vec<String> = fields
                .iter()
                .filter(|(.., init)| *init)
                .map(|(field, ..)| match keywords.contains(field) {
                    true => format!("{field}={field}"),
                    false => format!("{field}=self.{field}"),
                })
                .collect();
            let params: Vec<String> = keywords.iter().map(|key| format!(", {key}")).collect();
            text.push_str(&format!(
                "def {}(self{}):\n    return {name}({})\n",
                replacing(keywords),
                params.concat(),
                values.join(", ")
            ));
        }
        let at = TextRange::empty(class.end());
        class.body.extend(crate::syntax::snippet(&text, at));
    }

    /// A value as `asdict` copies it, by its annotation.
    fn copied(&self, value: &str, ty: Option<&ast::Expr>, method: &str) -> String {
        let Some(ty) = ty else { return value.to_string() };
        let record = |ty: &ast::Expr| match ty {
            ast::Expr::Name(it) => self.classes.contains_key(it.id.as_str()) && !self.tuples.contains(it.id.as_str()),
            ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(text), .. }) => {
                self.classes.contains_key(text.trim_matches('"'))
            }
            _ => false,
        };
        if record(ty) {
            return format!("{value}.{method}{MARK}()");
        }
        match ty {
            ast::Expr::Name(it) if matches!(it.id.as_str(), "list" | "dict" | "List" | "Dict") => {
                format!("{}({value})", it.id.to_lowercase())
            }
            ast::Expr::BinOp(it) if matches!(it.op, ast::Operator::BitOr) => {
                let some = if is_none(&it.right) { &it.left } else { &it.right };
                let inner = self.copied(value, Some(some), method);
                if inner == value { inner } else { format!("(None if {value} is None else {inner})") }
            }
            ast::Expr::Subscript(it) => {
                let of = match &*it.value {
                    ast::Expr::Name(name) => name.id.to_string(),
                    ast::Expr::Attribute(name) => name.attr.to_string(),
                    _ => return value.to_string(),
                };
                match (of.to_lowercase().as_str(), &*it.slice) {
                    ("optional", some) => {
                        let inner = self.copied(value, Some(some), method);
                        if inner == value { inner } else { format!("(None if {value} is None else {inner})") }
                    }
                    ("list", item) => {
                        let inner = self.copied("item", Some(item), method);
                        if inner == "item" {
                            format!("list({value})")
                        } else {
                            format!("[{inner} for item in {value}]")
                        }
                    }
                    ("dict", ast::Expr::Tuple(pair)) if pair.elts.len() == 2 => {
                        let inner = self.copied("item", pair.elts.get(1), method);
                        if inner == "item" {
                            format!("dict({value})")
                        } else {
                            format!("{{key: {inner} for key, item in {value}.items()}}")
                        }
                    }
                    _ => value.to_string(),
                }
            }
            _ => value.to_string(),
        }
    }
}

fn is_none(expr: &ast::Expr) -> bool {
    matches!(expr, ast::Expr::Constant(it) if it.value == ast::Constant::None)
}

/// Whether an annotation names something.
pub fn mentions(expr: &ast::Expr, name: &str) -> bool {
    match expr {
        ast::Expr::Name(it) => it.id.as_str() == name,
        ast::Expr::Attribute(it) => it.attr.as_str() == name,
        ast::Expr::Subscript(it) => mentions(&it.value, name),
        _ => false,
    }
}
