//! Calls of the registry, as their stubs say they are written.

use super::Emitter;
use super::build::{self, array, call_path, method, name, string, tuple};
use super::place::as_reference;
use crate::hir::{self, Arg, ExprId, Lit};
use crate::infer::{BoundArg, StubArg, StubCall};
use crate::stubs::{Pass, RustForm, StubDefault};
use crate::types::Ty;
use syn::Expr;

impl Emitter<'_> {
    /// A call of the registry, its receiver at hand.
    pub(super) fn stub_call(&mut self, call: &StubCall, recv: Option<Expr>, id: ExprId) -> Expr {
        // An empty container that nothing is put into.
        if let RustForm::Path(path) = &call.rust
            && let Some(kind) = path.strip_suffix("::new")
            && call.args.iter().all(|arg| matches!(arg.value, BoundArg::Omitted))
            && let ty = self.raw_ty(id)
            && (matches!(kind, "List" | "Set" | "Dict" | "FrozenSet") || matches!(ty, Ty::Stub(..)))
        {
            let kind = &self.runtime_path(kind);
            if ty.children().into_iter().any(|item| matches!(item, Ty::None | Ty::Never)) {
                return self.new_container(&ty, kind);
            }
        }
        let args = self.stub_args(call);
        let mut made = self.stub_form(call, recv, args);
        if let (RustForm::Path(path), Ty::Stub(..)) = (&call.rust, self.raw_ty(id))
            && path.ends_with("::new")
            && !call.args.iter().any(|arg| arg.ty == Ty::None)
        {
            self.tell_items(&mut made, &self.raw_ty(id));
        }
        // Nothing there, or `None` there: the same in Python.
        if self.holds_none(call, id) { method(made, "flatten", Vec::new()) } else { made }
    }

    /// `Queue::<()>::new(3)` of a queue that nothing is put into.
    fn tell_items(&mut self, made: &mut Expr, ty: &Ty) {
        match made {
            Expr::Try(inner) => self.tell_items(&mut inner.expr, ty),
            Expr::MethodCall(inner) => self.tell_items(&mut inner.receiver, ty),
            Expr::Call(call) => {
                if ty.children().into_iter().any(|item| matches!(item, Ty::None | Ty::Never))
                    && let Expr::Path(path) = &mut *call.func
                {
                    self.type_arguments(&mut path.path, ty);
                }
            }
            _ => {}
        }
    }

    /// Whether what may be missing may be `None` as well: `d.get(k)` of a dict that holds `None`.
    fn holds_none(&self, call: &StubCall, id: ExprId) -> bool {
        let hir::Expr::Call(made) = &self.program.exprs[id] else { return false };
        let item = match (&call.rust, &made.callee) {
            (RustForm::Method(text), hir::Callee::Method { recv, .. })
                if matches!(text.as_str(), "get" | "pop_optional") && call.of.name == "dict" =>
            {
                match self.ty_of(*recv) {
                    Ty::Dict(_, item) => *item,
                    _ => return false,
                }
            }
            (RustForm::Path(path), _) if path.ends_with("_or_none") => {
                let Some(first) = made.args.first() else { return false };
                match self.ty_of(first.value()).children().first() {
                    Some(item) => (*item).clone(),
                    None => return false,
                }
            }
            _ => return false,
        };
        matches!(item, Ty::Option(_))
    }

    /// The positional arguments of a call of the registry.
    pub(super) fn stub_args(&mut self, call: &StubCall) -> Vec<Expr> {
        let positional: Vec<&StubArg> =
            // A parameter that is always `None` only picks the overload.
            call.args
                .iter()
                .filter(|arg| !arg.builder && !matches!(arg.value, BoundArg::Omitted) && !picks_overload(call, arg))
                .collect();
        positional.into_iter().map(|arg| self.stub_arg(call, arg)).collect()
    }

    pub(super) fn stub_arg(&mut self, call: &StubCall, arg: &StubArg) -> Expr {
        match &arg.value {
            BoundArg::Expr(id) => {
                if let (Ty::Fn(function), true) = (&arg.ty, arg.closure) {
                    let keeps = matches!(&*call.of.module, "builtins" | "itertools" | "functools" | "collections");
                    return self.callable_as(*id, function, keeps);
                }
                let arithmetic = matches!(&call.rust, RustForm::Method(text) if super::operator::by_value(text));
                match arg.pass {
                    Pass::Reference if arithmetic && matches!(arg.ty, Ty::BigInt | Ty::Number) => self.owned(*id),
                    Pass::Value => self.owned(*id),
                    Pass::Reference if takes_text(call, &arg.ty) => self.borrowed_text(*id),
                    Pass::Reference => self.borrowed_iterable(*id),
                    Pass::Object => self.borrowed(*id),
                }
            }
            BoundArg::Lit(StubDefault::Lit(lit)) => self.default_literal(lit, &arg.ty, arg.pass),
            BoundArg::Lit(StubDefault::Omitted) | BoundArg::Omitted | BoundArg::Default => name("None"),
            BoundArg::Item { .. } | BoundArg::Field { .. } => self.bound_arg(&arg.value),
            BoundArg::Open { default, .. } => {
                let default = default.as_ref().map(|default| match &**default {
                    BoundArg::Lit(StubDefault::Lit(lit)) => self.default_literal(lit, &arg.ty, Pass::Value),
                    _ => name("None"),
                });
                let made = self.open_arg(&arg.value, default);
                if arg.pass == Pass::Value { made } else { as_reference(made) }
            }
            BoundArg::OpenArgs { of, from } => {
                let element = match &arg.ty {
                    Ty::VarTuple(element) => (**element).clone(),
                    ty => ty.clone(),
                };
                self.open_left(*of, *from, &element)
            }
            BoundArg::OpenKwargs { .. } => self.bound_arg(&arg.value),
            BoundArg::Call { function, args, ignored } => self.deferred(*function, args, *ignored),
            BoundArg::Args(list) if arg.pass == Pass::Object => {
                let items = list
                    .iter()
                    .map(|item| match item {
                        Arg::Star(value) => self.unsupported(*value, "`*` in this call is not translated yet"),
                        item => self.borrowed(item.value()),
                    })
                    .collect();
                as_reference(array(items))
            }
            BoundArg::Args(list) if list.iter().any(|item| matches!(item, Arg::Star(_))) => {
                let element = match &arg.ty {
                    Ty::VarTuple(element) => (**element).clone(),
                    ty => ty.clone(),
                };
                let all = self.rest_args(list, &Ty::VarTuple(Box::new(element)));
                method(method(all, "as_slice", Vec::new()), "to_vec", Vec::new())
            }
            BoundArg::Args(list) => {
                let items = list
                    .iter()
                    .map(|item| match item {
                        Arg::Positional(value) | Arg::Keyword(_, value) | Arg::DoubleStar(value) => self.owned(*value),
                        Arg::Star(value) => self.unsupported(*value, "`*` in this call is not translated yet"),
                    })
                    .collect();
                array(items)
            }
            BoundArg::Kwargs(list) => {
                let items = list
                    .iter()
                    .map(|item| match item {
                        Arg::Keyword(key, value) => {
                            let value = self.owned(*value);
                            tuple(vec![string(key), value])
                        }
                        other => self.unsupported(other.value(), "`**` in this call is not translated yet"),
                    })
                    .collect();
                array(items)
            }
        }
    }

    pub(super) fn default_literal(&mut self, lit: &Lit, ty: &Ty, pass: Pass) -> Expr {
        match (lit, ty) {
            (Lit::None, Ty::Option(_)) => name("None"),
            (lit, Ty::Option(inner)) => {
                let inner = self.default_literal(lit, inner, Pass::Value);
                call_path("Some", vec![inner])
            }
            (Lit::Int(value), Ty::Float) => build::float(*value as f64),
            (Lit::Int(i64::MAX), _) => name("i64::MAX"),
            (Lit::Str(text), _) if pass == Pass::Reference => string(text),
            (Lit::Bytes(text), _) if pass == Pass::Reference => build::bytes(text),
            (lit, _) => {
                let value = self.plain_literal(lit);
                match pass {
                    Pass::Reference | Pass::Object => as_reference(value),
                    Pass::Value => value,
                }
            }
        }
    }

    /// A call of the registry as its stub says it is written.
    pub(super) fn stub_form(&mut self, call: &StubCall, recv: Option<Expr>, mut args: Vec<Expr>) -> Expr {
        let mut value = match (&call.rust, recv) {
            (RustForm::Operator(op), Some(recv)) if args.is_empty() => {
                let op = if op == "-" {
                    syn::UnOp::Neg(syn::token::Minus::default())
                } else {
                    syn::UnOp::Not(syn::token::Not::default())
                };
                build::unary(op, recv)
            }
            (RustForm::Operator(op), Some(recv)) => {
                let right = args.pop().unwrap_or_else(|| tuple(Vec::new()));
                let copies = call.args.first().is_some_and(|arg| arg.ty.is_copy());
                let right = match right {
                    Expr::Reference(inner)
                        if copies || matches!(op.as_str(), "==" | "!=" | "<" | "<=" | ">" | ">=") =>
                    {
                        *inner.expr
                    }
                    right => right,
                };
                return build::binary(recv, op, right);
            }
            (RustForm::Method(text), Some(recv)) => method(recv, text, args),
            (RustForm::Method(text) | RustForm::Operator(text), None) => {
                let module = super::names::module_path(&call.of.module);
                let path = self.runtime_path(&format!("{module}::{text}"));
                call_path(&path, args)
            }
            (RustForm::Path(path), recv) => {
                let path = self.runtime_path(path);
                args.splice(0..0, recv);
                call_path(&path, args)
            }
        };
        let builders: Vec<&StubArg> =
            call.args.iter().filter(|arg| arg.builder && !matches!(arg.value, BoundArg::Omitted)).collect();
        for arg in builders {
            let given = self.stub_arg(call, arg);
            value = method(value, &super::names::escape(&arg.name), vec![given]);
        }
        if call.nothrow || call.is_async { value } else { self.question(value) }
    }

    /// `math.pi`.
    pub(super) fn stub_constant(&mut self, call: &StubCall) -> Expr {
        match &call.rust {
            RustForm::Path(path) => {
                if let Some(path) = path.strip_suffix("()") {
                    let path = self.runtime_path(path);
                    return call_path(&path, Vec::new());
                }
                let path = self.runtime_path(path);
                name(&path)
            }
            RustForm::Method(_) | RustForm::Operator(_) => {
                let path = self.stub_path(&call.of);
                name(&path)
            }
        }
    }
}

/// A parameter that is declared as `None`: it tells overloads apart, and the Rust function has none.
fn picks_overload(call: &StubCall, arg: &StubArg) -> bool {
    arg.ty == Ty::None
        && call.of.module == "builtins"
        && matches!(arg.name.as_str(), "key" | "default" | "sep" | "ndigits" | "function" | "chars")
}

/// Whether a parameter that is taken by reference is a `&str` or `&[u8]`: everywhere but in containers and generic
/// functions, whose parameter is a reference to the value.
fn takes_text(call: &StubCall, ty: &Ty) -> bool {
    ty.is_path_text()
        || matches!(ty, Ty::Str | Ty::Bytes)
            && (!matches!(
                call.of.module.as_str(),
                "builtins" | "collections" | "copy" | "heapq" | "bisect" | "itertools" | "functools" | "queue"
            ) || matches!(call.of.name.as_str(), "str" | "bytes" | "int" | "float" | "ord" | "format")
                && !call.method.contains("__init__")
                || matches!(call.of.name.as_str(), "int" | "float" | "bytes")
                || matches!(call.of.name.as_str(), "dict" | "set" | "frozenset" | "dict_keys")
                    && matches!(
                        call.method.as_str(),
                        "__contains__" | "__getitem__" | "__delitem__" | "get" | "pop" | "remove" | "discard"
                    ))
}
