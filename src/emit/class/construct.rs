//! Constructors: `fn new(…) -> Rc<Worker>`.

use syn::{Expr, FnArg};

use super::super::Emitter;
use super::super::body::Kind;
use super::super::build::{self, call_path, generic, ident, let_, method, name, pat, stmt, tail, tuple};
use super::super::constant::is_constant;
use super::super::function::docs;
use super::super::init::assigned_field;
use super::super::layout::{How, Layout, dataclass_fields, is_record};
use super::super::names::snake;
use super::super::place::Want;
use super::super::template;
use super::inline;
use crate::hir::{ClassId, ExprId, FnId, StmtKind};
use crate::infer::BoundArg;
use crate::types::Ty;

impl Emitter<'_> {
    /// The name of the constructor of a class.
    fn constructor_name(&self, class: ClassId) -> String {
        let layout = self.layouts.of(class);
        if layout.top() == Some(class) { "new".into() } else { format!("new_{}", snake(&self.names.class(class))) }
    }

    /// The constructor of a class.
    pub(super) fn constructor(&mut self, class: ClassId) -> Option<syn::ItemFn> {
        let layout = self.layout(class);
        Some(match (self.special(class, "__init__"), layout.direct) {
            (Some(init), true) => self.direct_constructor(class, init, &layout),
            (init, _) => self.two_step_constructor(class, init, &layout),
        })
    }

    fn finished(&mut self, class: ClassId, fallible: bool, inputs: Vec<FnArg>, stmts: Vec<syn::Stmt>) -> syn::ItemFn {
        let handle = generic("Rc", vec![generic(&self.struct_name(class), Vec::new())]);
        let output: syn::Type = if fallible { generic("PyResult", vec![handle]) } else { handle };
        let mut item = self.item_fn(&self.constructor_name(class), Some(output), stmts);
        item.sig.inputs = inputs.into_iter().collect();
        item
    }

    /// The fields as variables, the struct once all of them are there.
    fn direct_constructor(&mut self, class: ClassId, init: FnId, layout: &Layout) -> syn::ItemFn {
        let program = self.program;
        let inner = &program.functions[init];
        let fallible = self.function_raises(init);
        let around = self.enter_body(Some(init), Kind::Plain, fallible, Ty::None);
        let (mut inputs, first) = self.params(inner);
        inputs.retain(|input| !matches!(input, FnArg::Receiver(_)));
        let this = inner.params.first().map(|param| param.var);
        let last = this
            .and_then(|this| inner.body.stmts.iter().rposition(|stmt| assigned_field(program, stmt, this).is_some()));
        let mut made: Vec<(String, Expr)> = Vec::new();
        let mut stmts = self.in_block(|emitter| {
            emitter.out.extend(first);
            let count = last.map_or(0, |last| last + 1);
            for (at, inner) in inner.body.stmts.iter().enumerate().take(count) {
                match this.and_then(|this| assigned_field(program, inner, this)) {
                    Some((text, value)) => {
                        emitter.head(inner, at == 0);
                        let remarked = !inner.trivia.comments.is_empty();
                        let value = emitter.field_variable(layout, text, value, remarked);
                        made.push((text.to_string(), value));
                    }
                    None => emitter.statement(inner, at == 0),
                }
            }
            let built = emitter.built(class, layout, &made);
            let rest = &inner.body.stmts[count..];
            if rest.iter().any(|inner| !matches!(inner.kind, StmtKind::Pass)) {
                let held = emitter.temp_unique("this");
                emitter.push_let(&held, built);
                if let Some(this) = this {
                    emitter.body.vars.insert(this, held.clone());
                    // It is given back: nothing before may move it.
                    emitter.body.receiver = Some(this);
                }
                for inner in rest {
                    emitter.statement(inner, false);
                }
                let value = emitter.ok(name(&held));
                emitter.out.push(tail(value));
            } else {
                let value = emitter.ok(built);
                emitter.out.push(tail(value));
            }
        });
        self.body = around;
        inline::fields(&mut stmts);
        let mut item = self.finished(class, fallible, inputs, stmts);
        item.attrs = docs(inner.docs.as_deref());
        item
    }

    /// A field's first value as a variable, or as it is where that is the same and no comment wants a line to stand on.
    fn field_variable(&mut self, layout: &Layout, text: &str, value: ExprId, remarked: bool) -> Expr {
        let ty = self.ty_of(value);
        let to = layout.fields.iter().find(|info| info.name == text).map_or(ty.clone(), |info| info.ty.clone());
        let into = self.value(value, if ty == to { Want::Into } else { Want::Owned });
        let made = self.convert(into, &ty, &to);
        let key = super::super::names::sanitize(text);
        if let Expr::Path(path) = &made
            && path.path.is_ident(&key)
        {
            return made;
        }
        if !remarked && (is_constant(&made) || self.is_unchanging(value)) {
            return made;
        }
        let key = self.temp_unique(&key);
        let written = self.ty(&super::super::function::inhabited(&to));
        self.out.push(let_(pat(&key), Some(written), Some(made)));
        name(&key)
    }

    /// Whether an expression is the same wherever it stands: a variable that is assigned once.
    fn is_unchanging(&self, value: ExprId) -> bool {
        let crate::hir::Expr::Var(var) = self.program.exprs[value] else { return false };
        self.program.vars[var].storage == crate::hir::Storage::Local
            && self.plans.vars.get(var).is_some_and(|plan| !plan.mutable && !plan.optional)
    }

    /// `Rc::new(Worker { name, count: Cell::new(count) })`.
    fn built(&mut self, class: ClassId, layout: &Layout, made: &[(String, Expr)]) -> Expr {
        let text = build::path(&self.struct_name(class));
        let mut values: Vec<syn::FieldValue> = Vec::new();
        if layout.has_kind() {
            let kind = self.kind_of(class);
            values.push(template::field_value(ident("kind"), Some(kind)));
        }
        // In the order in which they were assigned: the last use of a variable moves it.
        let mut fields: Vec<_> = layout.fields.iter().collect();
        fields.sort_by_key(|info| made.iter().position(|(text, _)| *text == info.name).unwrap_or(made.len()));
        let own = self.program.above(class);
        for info in fields {
            let key = ident(&info.text);
            // A class beside it may have a field of the same name.
            let value = made.iter().find(|(text, _)| *text == info.name && own.contains(&info.owner));
            let value = value.map(|(_, value)| value.clone());
            let value = match (info.how, value) {
                (How::Plain, Some(Expr::Path(path))) if path.path.is_ident(&info.text) => None,
                (How::Plain, Some(value)) => Some(value),
                (How::Cell, Some(value)) => Some(call_path("Cell::new", vec![value])),
                (How::Field, Some(value)) => Some(call_path("Field::new", vec![value])),
                (_, Some(value)) => Some(call_path("Late::with", vec![value])),
                (_, None) => Some(call_path("Late::new", Vec::new())),
            };
            values.push(template::field_value(key, value));
        }
        call_path("Rc::new", vec![template::struct_value(text, values)])
    }

    /// The struct without values, then what `__init__` does to it.
    fn two_step_constructor(&mut self, class: ClassId, init: Option<FnId>, layout: &Layout) -> syn::ItemFn {
        let program = self.program;
        let record = init.is_none() && self.class_chain(class).iter().any(|&class| is_record(program, class));
        if record {
            return self.record_constructor(class, layout);
        }
        let Some(init) = init else {
            let built = self.built(class, layout, &[]);
            return self.finished(class, false, Vec::new(), vec![tail(built)]);
        };
        let fallible = self.function_raises(init);
        let params = program.functions[init].params.iter().skip(1);
        let mut inputs: Vec<FnArg> = Vec::new();
        let mut args: Vec<Expr> = Vec::new();
        for (at, param) in params.enumerate() {
            let mut text = super::super::names::sanitize(&program.vars[param.var].name);
            if text == "_" || text == "this" {
                text = format!("arg{at}");
            }
            let ty = super::super::function::inhabited(&self.var_ty(param.var));
            let ty = self.ty(&ty);
            let pattern = pat(&text);
            inputs.push(template::param(pattern, ty));
            args.push(name(&text));
        }
        let built = self.built(class, layout, &[]);
        let call = method(name("this"), &self.method_name(init), args);
        let call = if fallible { build::question(call) } else { call };
        let value = if fallible { call_path("Ok", vec![name("this")]) } else { name("this") };
        let stmts = vec![let_(pat("this"), None, Some(built)), stmt(call), tail(value)];
        self.finished(class, fallible, inputs, stmts)
    }

    /// The constructor of a dataclass.
    fn record_constructor(&mut self, class: ClassId, layout: &Layout) -> syn::ItemFn {
        let fields = dataclass_fields(self.program, class);
        let mut inputs: Vec<FnArg> = Vec::new();
        let mut made: Vec<(String, Expr)> = Vec::new();
        for (_, text, _) in fields {
            let found =
                layout.fields.iter().find(|info| info.name == text && self.class_chain(class).contains(&info.owner));
            let Some(info) = found else { continue };
            let ty = self.ty(&super::super::function::inhabited(&info.ty));
            let key = super::super::names::sanitize(&text);
            let pattern = pat(&key);
            inputs.push(template::param(pattern, ty));
            made.push((text, name(&key)));
        }
        let built = self.built(class, layout, &made);
        let after = self.special(class, "__post_init__");
        let Some(after) = after else { return self.finished(class, false, inputs, vec![tail(built)]) };
        let fallible = self.function_raises(after);
        let call = method(name("this"), &self.method_name(after), Vec::new());
        let call = if fallible { build::question(call) } else { call };
        let value = if fallible { call_path("Ok", vec![name("this")]) } else { name("this") };
        let stmts = vec![let_(pat("this"), None, Some(built)), stmt(call), tail(value)];
        self.finished(class, fallible, inputs, stmts)
    }

    /// `Worker(a, b)`.
    pub(in crate::emit) fn instantiate(&mut self, class: ClassId, args: Vec<Expr>) -> Expr {
        if self.is_exception(class) {
            return self.instantiate_exception(class, args);
        }
        let path = format!("{}::{}", self.struct_name(class), self.constructor_name(class));
        let made = call_path(&path, args);
        let runs = self.special(class, "__init__").or_else(|| self.special(class, "__post_init__"));
        match runs {
            Some(init) if self.function_raises(init) => self.question(made),
            _ => made,
        }
    }

    /// `raise Worker` of a class without arguments.
    pub(in crate::emit) fn instantiate_plain(&mut self, class: ClassId) -> Expr {
        let args = match self.special(class, "__init__") {
            Some(init) => {
                let count = self.program.functions[init].params.len().saturating_sub(1);
                self.new_args(class, &vec![BoundArg::Default; count])
            }
            None => Vec::new(),
        };
        self.instantiate(class, args)
    }

    /// The arguments of an instantiation.
    pub(in crate::emit) fn new_args(&mut self, class: ClassId, args: &[BoundArg]) -> Vec<Expr> {
        if let Some(init) = self.exception_init(class) {
            return self.user_args(init, args);
        }
        if let (Some(init), false) = (self.special(class, "__init__"), self.is_exception(class)) {
            return self.user_args(init, args);
        }
        if self.is_exception(class) {
            let list = args.iter().flat_map(|arg| match arg {
                BoundArg::Args(list) => list.iter().map(|arg| arg.value()).collect::<Vec<_>>(),
                BoundArg::Expr(id) => vec![*id],
                _ => Vec::new(),
            });
            let list: Vec<ExprId> = list.collect();
            return list.into_iter().map(|id| self.owned(id)).collect();
        }
        let fields = dataclass_fields(self.program, class);
        let mut out = Vec::new();
        for ((owner, text, default), arg) in fields.into_iter().zip(args) {
            let _ = owner;
            let layout = self.layout(class);
            let to = layout.fields.iter().find(|info| info.name == text).map_or(Ty::Value, |info| info.ty.clone());
            out.push(match (arg, default) {
                (BoundArg::Default, Some(value)) => self.field_default(class, value, &to),
                (BoundArg::Open { default: Some(_), .. }, Some(value)) => {
                    let default = self.field_default(class, value, &to);
                    self.open_arg(arg, Some(default))
                }
                (arg, _) => self.bound_arg(arg),
            });
        }
        out
    }

    /// The default of a dataclass's field.
    fn field_default(&mut self, class: ClassId, value: ExprId, to: &Ty) -> Expr {
        if let crate::hir::Expr::Call(call) = &self.program.exprs[value]
            && let crate::hir::Callee::Stub(stub) = &call.callee
            && stub.module == "dataclasses"
            && stub.name == "field"
        {
            for arg in &call.args {
                if let crate::hir::Arg::Keyword(key, given) = arg {
                    match key.as_str() {
                        "default" => {
                            let from = self.ty_of(*given);
                            let made = self.owned(*given);
                            return self.convert(made, &from, to);
                        }
                        "default_factory" => return self.factory(*given, to),
                        _ => {}
                    }
                }
            }
            let span = self.program.classes[class].span;
            self.unsupported_at(span, "a field of this kind is not translated yet");
        }
        let from = self.ty_of(value);
        let made = self.into(value);
        self.convert(made, &from, to)
    }

    /// `default_factory=list`: what calling it gives.
    fn factory(&mut self, factory: ExprId, to: &Ty) -> Expr {
        if let crate::hir::Expr::Stub(stub) = &self.program.exprs[factory] {
            let kind = match (stub.module.as_str(), stub.name.as_str(), to) {
                ("builtins", "list", Ty::List(_)) => Some("List"),
                ("builtins", "dict", Ty::Dict(..)) => Some("Dict"),
                ("builtins", "set", Ty::Set(_)) => Some("Set"),
                _ => None,
            };
            if let Some(kind) = kind {
                return self.new_container(to, kind);
            }
            if !matches!(to, Ty::Stub(..)) {
                return self.unsupported(factory, "this `default_factory` is not translated yet");
            }
            let path = self.stub_path(stub);
            return call_path(&format!("{path}::new"), Vec::new());
        }
        // `lambda: value`: the value itself.
        if let crate::hir::Expr::Lambda(function) = self.program.exprs[factory]
            && self.program.functions[function].params.is_empty()
            && let [only] = &self.program.functions[function].body.stmts[..]
            && let StmtKind::Return(Some(value)) = only.kind
        {
            let from = self.ty_of(value);
            let made = self.owned(value);
            return self.convert(made, &from, to);
        }
        let mut before = Vec::new();
        let from = match &self.program.exprs[factory] {
            crate::hir::Expr::Class(class) => Ty::Class(*class),
            crate::hir::Expr::Lambda(function) | crate::hir::Expr::Function(function) => {
                self.types.function.get(*function).map_or(Ty::Value, |signature| signature.result.clone())
            }
            _ => return self.unsupported(factory, "this `default_factory` is not translated yet"),
        };
        let made = self.called(factory, Vec::new(), &[], &mut before);
        let made = match made {
            Expr::Call(inner) if matches!(&*inner.func, Expr::Path(path) if path.path.is_ident("Ok")) => {
                inner.args.into_iter().next().unwrap_or_else(|| tuple(Vec::new()))
            }
            made => self.question(made),
        };
        let made = self.convert(made, &from, to);
        before.push(tail(made));
        build::block_expr(before)
    }
}
