//! `class Color(Enum)`: a class whose members are its only objects, made where the class stands; what `enum` adds to it is
//! said in Python.

use rustpython_parser::ast::{self, Ranged};
use rustpython_parser::text_size::TextRange;

use super::{Imports, MARK, call, read};

/// Which class of `enum` it derives from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `Enum`.
    Plain,
    /// `IntEnum`.
    Int,
    /// `(int, Enum)`.
    MixedInt,
    /// `StrEnum`.
    Str,
    /// `(str, Enum)`.
    MixedStr,
    /// `Flag`.
    Flag,
    /// `IntFlag`.
    IntFlag,
}

/// A member: its name, its value, and the member that it is another name of.
struct Member {
    name: String,
    value: ast::Expr,
    alias: Option<String>,
}

/// The list of a class's members.
pub fn members_name() -> String {
    format!("members{MARK}")
}

/// Writes an enumeration out; what is no plain one is left alone.
pub fn enumeration(class: &mut ast::StmtClassDef, names: &Imports, uses_spec: bool) {
    let Some(kind) = kind(class, names) else { return };
    let Some(members) = members(class, names, kind) else { return };
    if members.is_empty() || !class.keywords.is_empty() {
        return;
    }
    class.decorator_list.retain(|decorator| names.path(decorator).as_deref() != Some("enum.unique"));
    class.bases.retain(|base| {
        let mixed = matches!(base, ast::Expr::Name(it) if matches!(it.id.as_str(), "int" | "str"));
        !mixed && names.path(base).is_none_or(|path| !path.starts_with("enum."))
    });
    let at = TextRange::empty(class.end());
    let own_init = class.body.iter_mut().find_map(|stmt| match stmt {
        ast::Stmt::FunctionDef(it) if it.name.as_str() == "__init__" => Some(it),
        _ => None,
    });
    let has_init = own_init.is_some();
    if let Some(init) = own_init {
        let start = TextRange::empty(init.body.first().map_or(init.start(), Ranged::start));
        let Some(this) = init.args.args.first().map(|arg| arg.def.arg.to_string()) else { return };
        let params = ["name", "value"].map(|name| ast::ArgWithDefault {
            range: Default::default(),
            def: ast::Arg { range: start, arg: made(name).as_str().into(), annotation: None, type_comment: None },
            default: None,
        });
        init.args.args.splice(1..1, params);
        let text = ["name", "value"].map(|name| format!("{this}.{name} = {}\n", made(name))).concat();
        init.body.splice(0..0, crate::syntax::snippet(&text, start));
    }
    let name = class.name.to_string();
    for stmt in &mut class.body {
        let Some((target, value)) = assignment(stmt) else { continue };
        let Some(member) = members.iter().find(|member| member.name == target) else { continue };
        let at = value.range();
        *value = match &member.alias {
            Some(other) => ast::Expr::Attribute(ast::ExprAttribute {
                range: at,
                value: Box::new(read(&name, at)),
                attr: other.as_str().into(),
                ctx: ast::ExprContext::Load,
            }),
            None => {
                let mut args = vec![text(&member.name, at), member.value.clone()];
                match &member.value {
                    ast::Expr::Tuple(it) if has_init => args.extend(it.elts.clone()),
                    one if has_init => args.push(one.clone()),
                    _ => {}
                }
                call(read(&name, at), args, Vec::new(), at)
            }
        };
    }
    let defined: Vec<String> = class
        .body
        .iter()
        .filter_map(|stmt| match stmt {
            ast::Stmt::FunctionDef(it) => Some(it.name.to_string()),
            ast::Stmt::Assign(it) => match &it.targets[..] {
                [ast::Expr::Name(name)] => Some(name.id.to_string()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let source = methods(&name, kind, &members, has_init, &defined, uses_spec);
    class.body.extend(crate::syntax::snippet(&source, at));
}

fn made(name: &str) -> String {
    format!("{name}{MARK}")
}

fn kind(class: &ast::StmtClassDef, names: &Imports) -> Option<Kind> {
    let mixed = |what: &str| matches!(class.bases.first(), Some(ast::Expr::Name(it)) if it.id.as_str() == what);
    let of = class.bases.iter().find_map(|base| names.path(base)?.strip_prefix("enum.").map(str::to_string))?;
    Some(match of.as_str() {
        "Enum" if class.bases.len() == 1 => Kind::Plain,
        "Enum" if mixed("int") && class.bases.len() == 2 => Kind::MixedInt,
        "Enum" if mixed("str") && class.bases.len() == 2 => Kind::MixedStr,
        // A class beside it has methods.
        "Enum" if !mixed("int") && !mixed("str") && !mixed("float") && !mixed("bytes") => Kind::Plain,
        "IntEnum" => Kind::Int,
        "StrEnum" => Kind::Str,
        "Flag" => Kind::Flag,
        "IntFlag" => Kind::IntFlag,
        _ => return None,
    })
}

/// `NAME = value` of a class body.
fn assignment(stmt: &mut ast::Stmt) -> Option<(String, &mut ast::Expr)> {
    match stmt {
        ast::Stmt::Assign(it) => match &it.targets[..] {
            [ast::Expr::Name(name)] => Some((name.id.to_string(), &mut it.value)),
            _ => None,
        },
        ast::Stmt::AnnAssign(it) => match (&*it.target, &mut it.value) {
            (ast::Expr::Name(name), Some(value)) => Some((name.id.to_string(), value)),
            _ => None,
        },
        _ => None,
    }
}

fn members(class: &mut ast::StmtClassDef, names: &Imports, kind: Kind) -> Option<Vec<Member>> {
    let mut list: Vec<Member> = Vec::new();
    for stmt in &mut class.body {
        match stmt {
            ast::Stmt::FunctionDef(it) if matches!(it.name.as_str(), "_generate_next_value_" | "__new__") => {
                return None;
            }
            ast::Stmt::Assign(it) if !matches!(&it.targets[..], [ast::Expr::Name(_)]) => return None,
            _ => {}
        }
        let Some((name, value)) = assignment(stmt) else { continue };
        if name.starts_with("__") || matches!(value, ast::Expr::Lambda(_)) {
            continue;
        }
        if name.starts_with('_') {
            return None;
        }
        let at = value.range();
        let value = match &*value {
            ast::Expr::Call(it) if names.path(&it.func).as_deref() == Some("enum.auto") => match kind {
                Kind::Str | Kind::MixedStr => text(&name.to_lowercase(), at),
                Kind::Flag | Kind::IntFlag => {
                    let most = list.iter().map(|member| integer(&member.value)).try_fold(0, |a, b| Some(a.max(b?)))?;
                    number(if most == 0 { 1 } else { 1 << (64 - most.leading_zeros()) }, at)
                }
                _ => {
                    let most = list.iter().map(|member| integer(&member.value)).try_fold(0, |a, b| Some(a.max(b?)))?;
                    number(most + 1, at)
                }
            },
            value => match computed(value, &list) {
                Some(value) => number(value, at),
                None => value.clone(),
            },
        };
        let same = |member: &&Member| equal(&member.value, &value) && member.alias.is_none();
        let alias = list.iter().find(same).map(|member| member.name.clone());
        list.push(Member { name, value, alias });
    }
    Some(list)
}

fn integer(value: &ast::Expr) -> Option<i64> {
    match value {
        ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Int(value), .. }) => value.try_into().ok(),
        _ => None,
    }
}

/// `READ | WRITE`, `1 << 3`: a number made of numbers and members above.
fn computed(value: &ast::Expr, members: &[Member]) -> Option<i64> {
    match value {
        ast::Expr::Name(it) => integer(&members.iter().find(|member| member.name == it.id.as_str())?.value),
        ast::Expr::BinOp(it) => {
            let (a, b) = (computed(&it.left, members)?, computed(&it.right, members)?);
            match it.op {
                ast::Operator::BitOr => Some(a | b),
                ast::Operator::BitAnd => Some(a & b),
                ast::Operator::BitXor => Some(a ^ b),
                ast::Operator::Add => a.checked_add(b),
                ast::Operator::Sub => a.checked_sub(b),
                ast::Operator::Mult => a.checked_mul(b),
                ast::Operator::LShift => 1_i64.checked_shl(b.try_into().ok()?)?.checked_mul(a),
                _ => None,
            }
        }
        value => integer(value),
    }
}

pub(super) fn number(value: i64, at: TextRange) -> ast::Expr {
    ast::Expr::Constant(ast::ExprConstant { range: at, value: ast::Constant::Int(value.into()), kind: None })
}

fn text(value: &str, at: TextRange) -> ast::Expr {
    ast::Expr::Constant(ast::ExprConstant { range: at, value: ast::Constant::Str(value.into()), kind: None })
}

fn equal(a: &ast::Expr, b: &ast::Expr) -> bool {
    match (a, b) {
        (ast::Expr::Constant(a), ast::Expr::Constant(b)) => a.value == b.value,
        (ast::Expr::Tuple(a), ast::Expr::Tuple(b)) => {
            a.elts.len() == b.elts.len() && a.elts.iter().zip(&b.elts).all(|(a, b)| equal(a, b))
        }
        _ => false,
    }
}

/// What `enum` adds, but for what the class has itself.
fn methods(class: &str, kind: Kind, members: &[Member], has_init: bool, defined: &[String], uses_spec: bool) -> String {
    let mut out = String::new();
    let mut add = |name: &str, text: String| {
        if !defined.iter().any(|known| known == name) {
            out.push_str(&text);
        }
    };
    if !has_init {
        let (name, value) = (made("name"), made("value"));
        add("", format!("def __init__(self, {name}, {value}):\n    self.name = {name}\n    self.value = {value}\n"));
    }
    let own: Vec<String> =
        members.iter().filter(|m| m.alias.is_none()).map(|member| format!("{class}.{}", member.name)).collect();
    let list = members_name();
    add("", format!("{list} = [{}]\n", own.join(", ")));
    let named: Vec<String> =
        members.iter().map(|member| format!("{:?}: {class}.{}", member.name, member.name)).collect();
    add("", format!("{} = {{{}}}\n", made("by_name"), named.join(", ")));
    let flag = matches!(kind, Kind::Flag | Kind::IntFlag);
    let all = if flag { format!("all{MARK}") } else { list.clone() };
    if flag {
        add("", format!("{all} = [{}]\n", own.join(", ")));
    }
    let shown = match kind {
        Kind::Int | Kind::IntFlag => "str(self.value)".to_string(),
        Kind::Str => "self.value".to_string(),
        Kind::Flag => format!("f\"{class}.{{self.name}}\" if self.value else \"{class}(0)\""),
        _ => format!("f\"{class}.{{self.name}}\""),
    };
    add("__str__", format!("def __str__(self):\n    return {shown}\n"));
    let formatted = match kind {
        Kind::Int | Kind::IntFlag | Kind::Str => "self.value",
        _ => "str(self)",
    };
    if uses_spec {
        add("__format__", format!("def __format__(self, spec):\n    return format({formatted}, spec)\n"));
    }
    let repr = match flag {
        true => format!("f\"<{class}.{{self.name}}: {{self.value!r}}>\" if self.value else \"<{class}: 0>\""),
        false => format!("f\"<{class}.{{self.name}}: {{self.value!r}}>\""),
    };
    add("__repr__", format!("def __repr__(self):\n    return {repr}\n"));
    let missing = match defined.iter().any(|name| name == "_missing_") {
        true => format!("    found = {class}._missing_(value)\n    if found is not None:\n        return found\n"),
        false => String::new(),
    };
    let (of_value, of_name) = (made("of_value"), made("of_name"));
    if flag {
        let least = members.iter().filter_map(|member| integer(&member.value)).fold(0, |a, b| a | b);
        add(
            "",
            format!(
                "@staticmethod\ndef {of_value}(value):\n    for member in {class}.{all}:\n        if member.value == value:\n            return member\n    if value & ~{least}:\n        raise ValueError(f\"{{value!r}} is not a valid {class}\")\n    names = \"|\".join([member.name for member in {class}.{list} if member.value & value])\n    made = {class}(names, value)\n    {class}.{all}.append(made)\n    return made\n"
            ),
        );
        for (dunder, op) in [("or", "|"), ("and", "&"), ("xor", "^")] {
            add(
                &format!("__{dunder}__"),
                format!("def __{dunder}__(self, other):\n    return {class}.{of_value}(self.value {op} other.value)\n"),
            );
        }
        add("__invert__", format!("def __invert__(self):\n    return {class}.{of_value}({least} & ~self.value)\n"));
        add("__bool__", "def __bool__(self):\n    return self.value != 0\n".to_string());
        add(
            "__contains__",
            "def __contains__(self, other):\n    return self.value & other.value == other.value\n".to_string(),
        );
    } else {
        add(
            "",
            format!(
                "@staticmethod\ndef {of_value}(value):\n    for member in {class}.{list}:\n        if member.value == value:\n            return member\n{missing}    raise ValueError(f\"{{value!r}} is not a valid {class}\")\n"
            ),
        );
    }
    add(
        "",
        format!(
            "@staticmethod\ndef {of_name}(name):\n    for member in {class}.{list}:\n        if member.name == name:\n            return member\n    raise KeyError(name)\n"
        ),
    );
    let number = matches!(kind, Kind::Int | Kind::MixedInt | Kind::IntFlag);
    let other = format!("other.value if isinstance(other, {class}) else other");
    if number || matches!(kind, Kind::Str | Kind::MixedStr) {
        for (dunder, op) in [("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">="), ("eq", "==")] {
            let text = format!("def __{dunder}__(self, other):\n    return self.value {op} ({other})\n");
            add(&format!("__{dunder}__"), text);
        }
        add("__hash__", "def __hash__(self):\n    return hash(self.value)\n".to_string());
    }
    if matches!(kind, Kind::Str | Kind::MixedStr) {
        for name in ["upper", "lower", "title", "capitalize", "strip"] {
            add(name, format!("def {name}(self):\n    return self.value.{name}()\n"));
        }
        for name in ["startswith", "endswith", "split", "index", "count", "find"] {
            add(name, format!("def {name}(self, other):\n    return self.value.{name}({other})\n"));
        }
        add("replace", "def replace(self, old, new):\n    return self.value.replace(old, new)\n".to_string());
        add("__bool__", "def __bool__(self):\n    return self.value != \"\"\n".to_string());
        add("__getitem__", "def __getitem__(self, index):\n    return self.value[index]\n".to_string());
        add("__contains__", format!("def __contains__(self, other):\n    return ({other}) in self.value\n"));
        add("__add__", format!("def __add__(self, other):\n    return self.value + ({other})\n"));
        add("__radd__", "def __radd__(self, other):\n    return other + self.value\n".to_string());
    }
    if number {
        for (dunder, op) in [
            ("add", "+"),
            ("sub", "-"),
            ("mul", "*"),
            ("floordiv", "//"),
            ("mod", "%"),
            ("truediv", "/"),
            ("pow", "**"),
        ] {
            add("", format!("def __{dunder}__(self, other):\n    return self.value {op} ({other})\n"));
            add("", format!("def __r{dunder}__(self, other):\n    return other {op} self.value\n"));
        }
        if kind != Kind::IntFlag {
            for (dunder, op) in [("and", "&"), ("or", "|"), ("xor", "^"), ("lshift", "<<"), ("rshift", ">>")] {
                add("", format!("def __{dunder}__(self, other):\n    return self.value {op} ({other})\n"));
                add("", format!("def __r{dunder}__(self, other):\n    return other {op} self.value\n"));
            }
            add("__invert__", "def __invert__(self):\n    return ~self.value\n".to_string());
        }
        add("__neg__", "def __neg__(self):\n    return -self.value\n".to_string());
        add("__pos__", "def __pos__(self):\n    return self.value\n".to_string());
        add("__abs__", "def __abs__(self):\n    return abs(self.value)\n".to_string());
        add("__float__", "def __float__(self):\n    return float(self.value)\n".to_string());
        add("__int__", "def __int__(self):\n    return self.value\n".to_string());
        add("__index__", "def __index__(self):\n    return self.value\n".to_string());
        add("__bool__", "def __bool__(self):\n    return self.value != 0\n".to_string());
    }
    out
}
