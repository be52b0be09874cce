//! The functions, methods and properties of a stub.

use rustpython_parser::ast;

use super::names::{Scope, rust_name};
use super::{AttributeStub, Pass, RustForm, Signature, StubDefault, StubParam, StubTy, Versions};
use crate::hir::{Lit, Name, ParamKind};

/// The class around a method.
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its Rust path.
    pub rust: &'a str,
    /// Its type parameters.
    pub params: &'a [Name],
}

/// What a `def` declares.
pub enum Member {
    /// A function or method.
    Function(String, Box<Signature>),
    /// `@property`.
    Property(String, AttributeStub),
    /// `@unsupported`.
    Unsupported(String, String),
}

/// The name of a decorator, and its string argument.
pub fn decorator(expr: &ast::Expr) -> Option<(&str, Option<&str>)> {
    match expr {
        ast::Expr::Name(name) => Some((name.id.as_str(), None)),
        ast::Expr::Attribute(attribute) => match &*attribute.value {
            ast::Expr::Name(of) if of.id.as_str() == "rust" => match attribute.attr.as_str() {
                "method" => Some(("rust.method", None)),
                "operator" => Some(("rust.operator", None)),
                _ => None,
            },
            _ => Some((attribute.attr.as_str(), None)),
        },
        ast::Expr::Call(call) => {
            let (name, _) = decorator(&call.func)?;
            let text = match call.args.first() {
                Some(ast::Expr::Constant(ast::ExprConstant { value: ast::Constant::Str(text), .. })) => Some(&**text),
                _ => None,
            };
            Some((name, text))
        }
        _ => None,
    }
}

#[derive(Default)]
struct Marks<'a> {
    rust: Option<&'a str>,
    method: bool,
    operator: Option<&'a str>,
    nothrow: bool,
    grows: bool,
    intrinsic: bool,
    is_property: bool,
    is_setter: bool,
    is_static: bool,
    is_class: bool,
    deprecated: Option<String>,
    unsupported: Option<String>,
}

fn marks(list: &[ast::Expr]) -> Result<Marks<'_>, String> {
    let mut marks = Marks::default();
    for expr in list {
        let text = |found: Option<&str>| found.unwrap_or_default().to_string();
        match decorator(expr) {
            Some(("rust", Some(path))) => marks.rust = Some(path),
            Some(("rust.method", name)) => {
                marks.method = true;
                marks.rust = name.or(marks.rust);
            }
            Some(("rust.operator", Some(operator))) => marks.operator = Some(operator),
            Some(("nothrow", _)) => marks.nothrow = true,
            Some(("grows", _)) => marks.grows = true,
            Some(("intrinsic", _)) => marks.intrinsic = true,
            Some(("property", _)) => marks.is_property = true,
            Some(("setter", _)) => marks.is_setter = true,
            Some(("staticmethod", _)) => marks.is_static = true,
            Some(("classmethod", _)) => marks.is_class = true,
            Some(("deprecated", why)) => marks.deprecated = Some(text(why)),
            Some(("unsupported", why)) => marks.unsupported = Some(text(why)),
            Some(("overload" | "final" | "abstractmethod" | "override", _)) => {}
            Some((name, _)) => return Err(format!("`@{name}` is no decorator of stubs")),
            None => return Err("no decorator of stubs".to_string()),
        }
    }
    Ok(marks)
}

/// A `def` or `async def`.
pub fn read(scope: &Scope, stmt: &ast::Stmt, owner: Option<Owner<'_>>, versions: Versions) -> Result<Member, String> {
    let (name, args, decorators, returns, is_async) = match stmt {
        ast::Stmt::FunctionDef(def) => (&def.name, &def.args, &def.decorator_list, &def.returns, false),
        ast::Stmt::AsyncFunctionDef(def) => (&def.name, &def.args, &def.decorator_list, &def.returns, true),
        _ => return Err("not a function".to_string()),
    };
    let name = name.as_str();
    let marks = marks(decorators)?;
    if let Some(why) = marks.unsupported {
        return Ok(Member::Unsupported(name.to_string(), why));
    }
    let result = match returns {
        Some(returns) => scope.ty(returns)?,
        None => return Err(format!("`{name}` does not say what it gives back")),
    };
    if marks.is_property {
        let rust = marks.rust.map_or_else(|| rust_name(name), str::to_string);
        return Ok(Member::Property(name.to_string(), AttributeStub { ty: result, rust, nothrow: marks.nothrow }));
    }
    let mut params = params(scope, args)?;
    let mut receiver = None;
    let bound = owner.is_some() && !marks.is_static;
    if bound {
        if params.first().is_none_or(|first| first.kind == ParamKind::Args) {
            return Err(format!("method `{name}` has no `self`"));
        }
        let first = params.remove(0);
        receiver = (first.ty != StubTy::SelfTy).then_some(first.ty);
    }
    let rust = match marks.rust {
        None if marks.is_setter => RustForm::Method(format!("set_{}", rust_name(name)).into()),
        _ => rust_form(scope, name, owner, &marks),
    };
    let signature = Signature {
        receiver,
        params,
        result,
        is_async,
        nothrow: marks.nothrow,
        grows: marks.grows,
        intrinsic: marks.intrinsic,
        deprecated: marks.deprecated,
        rust,
        versions,
    };
    let name = if marks.is_setter { setter(name) } else { name.to_string() };
    Ok(Member::Function(name, Box::new(signature)))
}

/// The method that assigns an attribute.
pub fn setter(name: &str) -> String {
    format!("{name}=")
}

/// `name: type` in a class: an attribute.
pub fn attribute(scope: &Scope, _of: &Owner<'_>, name: &str, ty: &ast::Expr) -> Result<AttributeStub, String> {
    Ok(AttributeStub { ty: scope.ty(ty)?, rust: rust_name(name), nothrow: true })
}

fn rust_form(scope: &Scope, name: &str, owner: Option<Owner<'_>>, marks: &Marks<'_>) -> RustForm {
    if let Some(operator) = marks.operator {
        return RustForm::Operator(operator.into());
    }
    match (owner, marks.rust) {
        (_, Some(path)) if path.contains("::") => RustForm::Path(path.into()),
        (Some(of), Some(name)) if name_is_associated(name, marks) => {
            RustForm::Path(format!("{}::{name}", of.rust).into())
        }
        (Some(_), Some(name)) => RustForm::Method(name.into()),
        (None, Some(name)) if marks.method => RustForm::Method(name.into()),
        (None, Some(name)) => RustForm::Path(scope.rust_path(name).into()),
        (None, None) if marks.method => RustForm::Method(rust_name(name).into()),
        (None, None) => RustForm::Path(scope.rust_path(name).into()),
        (Some(of), None) if name == "__init__" => RustForm::Path(format!("{}::new", of.rust).into()),
        (Some(of), None) if name_is_associated(name, marks) => {
            RustForm::Path(format!("{}::{}", of.rust, rust_name(name)).into())
        }
        (Some(_), None) => dunder(name),
    }
}

fn name_is_associated(name: &str, marks: &Marks<'_>) -> bool {
    marks.is_static || marks.is_class || name == "__init__"
}

/// The Rust method of a dunder, unless the stub names one.
fn dunder(name: &str) -> RustForm {
    let method = match name {
        "__getitem__" => "get_item",
        "__setitem__" => "set_item",
        "__delitem__" => "del_item",
        "__eq__" => return RustForm::Operator("==".into()),
        "__ne__" => return RustForm::Operator("!=".into()),
        _ => match name.strip_prefix("__").and_then(|name| name.strip_suffix("__")) {
            Some(inner) => inner,
            None => return RustForm::Method(rust_name(name).into()),
        },
    };
    RustForm::Method(rust_name(method).into())
}

fn params(scope: &Scope, args: &ast::Arguments) -> Result<Vec<StubParam>, String> {
    let mut params = Vec::new();
    let positional = args.posonlyargs.iter().map(|arg| (arg, ParamKind::PositionalOnly));
    for (arg, kind) in positional.chain(args.args.iter().map(|arg| (arg, ParamKind::Positional))) {
        params.push(param(scope, &arg.def, arg.default.as_deref(), kind)?);
    }
    if let Some(arg) = &args.vararg {
        params.push(param(scope, arg, None, ParamKind::Args)?);
    }
    for arg in &args.kwonlyargs {
        params.push(param(scope, &arg.def, arg.default.as_deref(), ParamKind::Keyword)?);
    }
    if let Some(arg) = &args.kwarg {
        params.push(param(scope, arg, None, ParamKind::Kwargs)?);
    }
    Ok(params)
}

fn param(scope: &Scope, arg: &ast::Arg, default: Option<&ast::Expr>, kind: ParamKind) -> Result<StubParam, String> {
    let name = arg.arg.to_string();
    let ty = match &arg.annotation {
        Some(annotation) => scope.ty(annotation).map_err(|what| format!("parameter `{name}`: {what}"))?,
        None if matches!(&*name, "self" | "cls") => StubTy::SelfTy,
        None => return Err(format!("parameter `{name}` has no type")),
    };
    let (ty, pass) = passing(ty);
    let default = match default {
        Some(expr) => Some(literal(expr).ok_or_else(|| format!("the default of `{name}` is no literal"))?),
        None => None,
    };
    Ok(StubParam { name: name.into(), kind, ty, default, pass })
}

/// How a parameter of a type is handed over; takes `Owned` and `Ref` off.
fn passing(ty: StubTy) -> (StubTy, Pass) {
    if let StubTy::Named(of, args) = &ty
        && of.module == "typing"
        && let [inner] = &**args
    {
        match &*of.name {
            "Owned" => return (inner.clone(), Pass::Value),
            "Ref" => return (inner.clone(), Pass::Reference),
            _ => {}
        }
    }
    let pass = match &ty {
        StubTy::Named(of, _) if of.module == "builtins" && of.name == "object" => Pass::Object,
        ty if by_value(ty) => Pass::Value,
        _ => Pass::Reference,
    };
    // `Optional[Owned[str]]`: an optional is taken by value as it is.
    if let StubTy::Union(parts) = ty {
        return (StubTy::Union(parts.into_iter().map(|part| passing(part).0).collect()), pass);
    }
    (ty, pass)
}

fn by_value(ty: &StubTy) -> bool {
    match ty {
        StubTy::None | StubTy::Never | StubTy::Param(_) | StubTy::Ellipsis => true,
        StubTy::Any | StubTy::SelfTy | StubTy::List(_) => false,
        StubTy::Union(parts) => parts.contains(&StubTy::None) || parts.iter().all(by_value),
        StubTy::Named(of, _) => match (&*of.module, &*of.name) {
            ("builtins", name) => matches!(name, "int" | "bool" | "float" | "Number" | "range" | "type"),
            ("typing", name) => matches!(name, "Callable" | "Awaitable" | "Coroutine"),
            _ => false,
        },
    }
}

fn literal(expr: &ast::Expr) -> Option<StubDefault> {
    let lit = match expr {
        ast::Expr::Constant(constant) => match &constant.value {
            ast::Constant::Ellipsis => return Some(StubDefault::Omitted),
            ast::Constant::None => Lit::None,
            ast::Constant::Bool(value) => Lit::Bool(*value),
            ast::Constant::Str(value) => Lit::Str(value.clone()),
            ast::Constant::Bytes(value) => Lit::Bytes(value.clone()),
            ast::Constant::Int(value) => Lit::Int(i64::try_from(value).ok()?),
            ast::Constant::Float(value) => Lit::Float(*value),
            ast::Constant::Tuple(_) | ast::Constant::Complex { .. } => return None,
        },
        ast::Expr::UnaryOp(ast::ExprUnaryOp { op: ast::UnaryOp::USub, operand, .. }) => match literal(operand)? {
            StubDefault::Lit(Lit::Int(value)) => Lit::Int(-value),
            StubDefault::Lit(Lit::Float(value)) => Lit::Float(-value),
            _ => return None,
        },
        _ => return None,
    };
    Some(StubDefault::Lit(lit))
}

/// Adds the type parameters that a type mentions.
pub fn params_of(ty: &StubTy, into: &mut Vec<Name>) {
    match ty {
        StubTy::Param(name) if !into.contains(name) => into.push(name.clone()),
        StubTy::Named(_, parts) | StubTy::Union(parts) | StubTy::List(parts) => {
            parts.iter().for_each(|part| params_of(part, into));
        }
        _ => {}
    }
}
