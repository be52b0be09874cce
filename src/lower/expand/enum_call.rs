//! `Color = Enum("Color", "RED GREEN")`: the class that it makes, written as one.

use rustpython_parser::ast;
use rustpython_parser::text_size::{TextRange, TextSize};

use super::{Imports, replace};
use crate::syntax::literal::{elements, text};

/// Writes out those whose name is that of the variable.
pub fn classes(suite: &mut [ast::Stmt], names: &Imports) {
    replace(suite, &|stmt| class(stmt, names));
}

fn class(stmt: &ast::Stmt, names: &Imports) -> Option<ast::Stmt> {
    let ast::Stmt::Assign(it) = stmt else { return None };
    let ([ast::Expr::Name(target)], ast::Expr::Call(call)) = (&it.targets[..], &*it.value) else { return None };
    let path = names.path(&call.func)?;
    let kind = path.strip_prefix("enum.")?;
    if !matches!(kind, "Enum" | "IntEnum" | "StrEnum" | "Flag" | "IntFlag") {
        return None;
    }
    let (name, members) = match &call.args[..] {
        [name, members] => (text(name)?, members),
        _ => return None,
    };
    if name != target.id.as_str() {
        return None;
    }
    let mut start = None;
    for keyword in &call.keywords {
        match keyword.arg.as_ref()?.as_str() {
            "start" => start = Some(&keyword.value),
            "module" | "qualname" => {}
            _ => return None,
        }
    }
    let members: Vec<(String, Option<ast::Expr>)> = match members {
        ast::Expr::Dict(it) => it
            .keys
            .iter()
            .zip(&it.values)
            .map(|(key, value)| Some((text(key.as_ref()?)?.to_string(), Some(value.clone()))))
            .collect::<Option<_>>()?,
        all => match elements(all) {
            Some(all) => all.iter().map(member).collect::<Option<_>>()?,
            None => text(all)?.replace(',', " ").split_whitespace().map(|name| (name.to_string(), None)).collect(),
        },
    };
    let at = it.range;
    let mut body = Vec::new();
    for (place, (member, value)) in members.iter().enumerate() {
        let numbered = match (kind, value) {
            (_, Some(_)) => "0".to_string(),
            ("StrEnum", None) => format!("{:?}", member.to_lowercase()),
            ("Flag" | "IntFlag", None) => (1_u64.checked_shl(u32::try_from(place).ok()?)?).to_string(),
            (_, None) => place.to_string(),
        };
        // Each member has a place of its own, and one that is seen: it is not made for those who ask.
        let place = TextRange::at(at.start() + TextSize::try_from(place).ok()?, TextSize::from(1));
        body.extend(crate::syntax::snippet(&format!("{member} = {numbered}\n"), place));
    }
    let mut made = crate::syntax::snippet(&format!("class {name}:\n    pass\n"), TextRange::empty(at.start()))
        .into_iter()
        .next()?;
    let ast::Stmt::ClassDef(class) = &mut made else { return None };
    class.range = at;
    class.bases = vec![(*call.func).clone()];
    class.body = body;
    let first = match start {
        None => 1,
        Some(ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Int(value), .. })) => {
            i64::try_from(value).ok()?
        }
        Some(_) => return None,
    };
    for (stmt, (_, value)) in class.body.iter_mut().zip(members) {
        let ast::Stmt::Assign(it) = stmt else { return None };
        if let Some(value) = value {
            *it.value = value;
        } else if matches!(kind, "Enum" | "IntEnum")
            && let ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Int(number), .. }) = &mut *it.value
        {
            *number += first;
        }
    }
    (!class.body.is_empty()).then_some(made)
}

/// `"RED"`, `("RED", 1)`.
fn member(expr: &ast::Expr) -> Option<(String, Option<ast::Expr>)> {
    match expr {
        ast::Expr::Tuple(it) => match &it.elts[..] {
            [name, value] => Some((text(name)?.to_string(), Some(value.clone()))),
            _ => None,
        },
        name => Some((text(name)?.to_string(), None)),
    }
}
