//! Exception classes of the program: structs with the fields that they add, and functions that take the exception.

use syn::{Expr, ImplItem, Item, Stmt as RustStmt, parse_quote};

use super::Emitter;
use super::build::{self, call_path, ident, method, name, tail, tuple};
use super::function::docs;
use crate::hir::{self, Arg, Base, Callee, ClassId, ExprId, FnId, ParamKind, Stmt, StmtKind, VarId};
use crate::infer::{BoundArg, Resolved};
use crate::types::{ExcClass, Ty};

impl Emitter<'_> {
    /// The class of the program directly above.
    fn exception_parent(&self, class: ClassId) -> Option<ClassId> {
        match self.program.classes[class].bases.first() {
            Some(Base::Class(base)) => Some(*base),
            _ => None,
        }
    }

    /// Whether its struct has something in it or says something of its own: a class below holds it.
    fn is_held(&self, class: ClassId) -> bool {
        let own = !self.fields(class).is_empty()
            || ["__str__", "__repr__", "__init__"].iter().any(|text| self.own_special(class, text).is_some());
        own || self.exception_parent(class).is_some_and(|parent| self.is_held(parent))
    }

    /// The class whose `__init__` makes instances of this one.
    fn init_owner(&self, class: ClassId) -> Option<ClassId> {
        if self.own_special(class, "__init__").is_some() {
            return Some(class);
        }
        self.init_owner(self.exception_parent(class)?)
    }

    /// The `__init__` that makes instances of an exception class.
    pub(super) fn exception_init(&self, class: ClassId) -> Option<FnId> {
        if !self.is_exception(class) {
            return None;
        }
        self.own_special(self.init_owner(class)?, "__init__")
    }

    /// `super().__init__(…)` as a statement of its own.
    fn super_init(&self, inner: &Stmt) -> Option<ExprId> {
        let StmtKind::Expr(call) = inner.kind else { return None };
        match &self.program.exprs[call] {
            hir::Expr::Call(hir::Call { callee: Callee::Super { name, .. }, .. }) if name == "__init__" => Some(call),
            _ => None,
        }
    }

    /// Whether the class's own `__init__` sets the arguments; else they are those of the instantiation.
    fn sets_args(&self, class: ClassId) -> bool {
        let Some(init) = self.own_special(class, "__init__") else {
            return self.exception_parent(class).is_some_and(|parent| self.sets_args(parent));
        };
        let stmts = &self.program.functions[init].body.stmts;
        stmts.iter().filter_map(|inner| self.super_init(inner)).any(|call| match self.resolved(call, 0) {
            Some(Resolved::Function { function, .. }) => {
                self.program.functions[*function].method.is_some_and(|method| self.sets_args(method.class))
            }
            _ => true,
        })
    }

    /// `class NotFound(AppError)`: a struct and `impl ExceptionType`.
    pub(super) fn exception_items(&mut self, class: ClassId) -> Vec<Item> {
        let program = self.program;
        let inner = &program.classes[class];
        let Some(base) = self.exception_base(class) else { return Vec::new() };
        if let Some(attribute) = inner.attributes.first() {
            self.unsupported_at(attribute.span, "class attributes of exceptions are not translated yet");
            return Vec::new();
        }
        let text = ident(&self.class_name(class));
        let base_ty = build::generic(&self.exception_path(&base), Vec::new());
        let held = self.exception_parent(class).filter(|parent| self.is_held(*parent));
        let fields = self.fields(class);
        let mut written: Vec<syn::Field> = Vec::new();
        if held.is_some() {
            written.push(parse_quote!(base: #base_ty));
        }
        for info in &fields {
            let ty = self.ty(&super::function::inhabited(&info.ty));
            let key = ident(&super::names::definition(&info.name));
            written.push(match (info.reassigned, info.ty.is_copy()) {
                (false, _) => parse_quote!(#key: #ty),
                (true, true) => parse_quote!(#key: Cell<#ty>),
                (true, false) => parse_quote!(#key: Field<#ty>),
            });
        }
        let made = self.init_owner(class).is_some();
        let mut structure: syn::ItemStruct = match (written.is_empty(), made) {
            (true, true) => parse_quote!(struct #text;),
            (true, false) => parse_quote!(#[derive(Default)] struct #text;),
            (false, true) => parse_quote!(struct #text { #(#written),* }),
            (false, false) => parse_quote!(#[derive(Default)] struct #text { #(#written),* }),
        };
        let mut attrs = docs(inner.docs.as_deref());
        attrs.append(&mut structure.attrs);
        structure.attrs = attrs;
        if !made && !fields.is_empty() {
            self.unsupported_at(inner.span, "fields that `__init__` does not assign are not translated yet");
        }
        let mut items: Vec<ImplItem> = Vec::new();
        if made {
            items.extend(self.exception_constructors(class).into_iter().map(ImplItem::Fn));
        }
        for id in &inner.methods {
            let unused =
                program.functions[*id].made && self.types.function.get(*id).is_some_and(|signature| !signature.used);
            if program.functions[*id].name == "__init__" || unused {
                continue;
            }
            items.push(parse_quote!(__blank!();));
            if let Item::Fn(item) = self.function_item(*id) {
                items.push(ImplItem::Fn(build::method_item(item)));
            }
        }
        let mut out = vec![Item::Struct(structure)];
        if !items.is_empty() {
            out.push(build::inherent(&text, items));
        }
        out.push(self.exception_impl(class, &text, &base_ty, held.is_some()));
        out
    }

    fn exception_impl(&mut self, class: ClassId, text: &syn::Ident, base: &syn::Type, held: bool) -> Item {
        let program = self.program;
        let inner = &program.classes[class];
        let python = &inner.qualname;
        let mut items: Vec<ImplItem> =
            vec![parse_quote!(type Base = #base;), parse_quote!(const NAME: &'static str = #python;)];
        let more: Vec<Expr> = inner.bases[1..]
            .iter()
            .map(|base| match base {
                Base::Class(id) => ExcClass::Class(*id),
                Base::Stub(stub) => ExcClass::Stub(stub.clone()),
            })
            .map(|base| name(&format!("{}::CLASS", self.exception_path(&base))))
            .collect();
        if !more.is_empty() {
            items.push(parse_quote!(const MORE_BASES: &'static [ExceptionClass] = &[#(#more),*];));
        }
        if held {
            items.push(parse_quote!(fn base(&self) -> Option<&#base> { Some(&self.base) }));
        }
        for (special, hook) in [("__str__", "str_"), ("__repr__", "repr_")] {
            let Some(function) = self.own_special(class, special) else { continue };
            if self.signature(function).result != Ty::Str {
                self.unsupported_at(
                    program.functions[function].span,
                    format!("a `{special}` that may give something else than a text is not translated yet"),
                );
                continue;
            }
            let path: syn::Path = build::path(&format!("{text}::{}", self.names.function(function)));
            let hook = ident(hook);
            let mut call: Expr = parse_quote!(#path(error));
            if self.function_raises(function) {
                self.import("escape");
                call = parse_quote!(#call.unwrap_or_else(|e| escape::escape(e)));
            }
            items.push(parse_quote!(fn #hook(&self, error: &PyErr) -> String { #call.to_string() }));
        }
        parse_quote!(impl ExceptionType for #text { #(#items)* })
    }

    /// `fn new(…) -> PyErr`; where classes below need its fields also `fn init(…) -> (AppError, ExceptionArgs)`.
    fn exception_constructors(&mut self, class: ClassId) -> Vec<syn::ImplItemFn> {
        let below = self.program.classes.iter().any(|(_, other)| other.bases.first() == Some(&Base::Class(class)));
        if !below {
            return self.exception_constructor(class, false).into_iter().collect();
        }
        let Some(init) = self.exception_constructor(class, true) else { return Vec::new() };
        let mut new = init.clone();
        new.sig.ident = ident("new");
        new.attrs = Vec::new();
        let text = ident(&self.class_name(class));
        let given: Vec<Expr> = parameter_names(&new.sig.inputs);
        plain_inputs(&mut new.sig.inputs);
        let fallible = self.exception_init(class).is_some_and(|init| self.function_raises(init));
        let sets = self.sets_args(class);
        let mut stmts: Vec<RustStmt> = Vec::new();
        if !sets {
            let args = self.given_args(class, &given);
            stmts.push(build::let_(build::pat("args"), None, Some(args)));
        }
        let mut call: Expr = parse_quote!(#text::init(#(#given),*));
        if fallible {
            call = build::question(call);
        }
        let made: Expr = if sets {
            stmts.push(parse_quote!(let (fields, args) = #call;));
            parse_quote!(PyErr::new(fields, args))
        } else {
            parse_quote!(PyErr::new(#call, args))
        };
        stmts.push(tail(if fallible { call_path("Ok", vec![made]) } else { made }));
        new.sig.output = if fallible { parse_quote!(-> PyResult<PyErr>) } else { parse_quote!(-> PyErr) };
        new.block = build::block(stmts);
        vec![init, new]
    }

    /// The arguments of the instantiation, where no `super().__init__` sets others.
    fn given_args(&mut self, class: ClassId, given: &[Expr]) -> Expr {
        let Some(init) = self.exception_init(class) else { return name("args") };
        let params = &self.program.functions[init].params[1..];
        let mut args: Vec<Expr> = Vec::new();
        for (param, given) in params.iter().zip(given) {
            match param.kind {
                ParamKind::PositionalOnly | ParamKind::Positional => {
                    let copy = self.var_ty(param.var).is_copy();
                    args.push(if copy { given.clone() } else { method(given.clone(), "clone", Vec::new()) });
                }
                ParamKind::Keyword => {}
                ParamKind::Args | ParamKind::Kwargs => {
                    self.unsupported_at(
                        self.program.vars[param.var].span,
                        "`*` or `**` in the `__init__` of an exception that does not call `super().__init__` is not translated yet",
                    );
                }
            }
        }
        call_path("ExceptionArgs::new", vec![tuple(args)])
    }

    /// `new`, or `init`.
    fn exception_constructor(&mut self, class: ClassId, as_init: bool) -> Option<syn::ImplItemFn> {
        let program = self.program;
        let owner = self.init_owner(class)?;
        let init = self.own_special(owner, "__init__")?;
        let inner = &program.functions[init];
        let fallible = self.function_raises(init);
        let around = self.enter_body(Some(init), super::body::Kind::Plain, fallible, Ty::None);
        let (mut inputs, first) = self.params(inner);
        inputs.remove(0);
        let mut inputs: syn::punctuated::Punctuated<syn::FnArg, syn::Token![,]> = inputs.into_iter().collect();
        let given = parameter_names(&inputs);
        let sets = self.sets_args(class);
        let text = ident(&self.class_name(class));
        let stmts = self.in_block(|emitter| {
            if owner == class {
                emitter.own_init(class, init, first, &given, as_init);
                return;
            }
            if !sets && !as_init {
                let args = emitter.given_args(class, &given);
                emitter.push_let("args", args);
            }
            plain_inputs(&mut inputs);
            let Some(parent) = emitter.exception_parent(class) else { return };
            let path = emitter.exception_path(&ExcClass::Class(parent));
            let mut call = call_path(&format!("{path}::init"), given.clone());
            if fallible {
                call = emitter.question(call);
            }
            let pattern = if sets { "args" } else { "" };
            emitter.out.push(if pattern.is_empty() {
                parse_quote!(let base = #call;)
            } else {
                parse_quote!(let (base, args) = #call;)
            });
            let fields = emitter.fields(class);
            if let Some(field) = fields.first() {
                let title = format!("the field `{}` that `__init__` does not assign is not translated yet", field.name);
                emitter.unsupported_at(program.classes[class].span, title);
            }
            let made = emitter.exception_made(parse_quote!(#text { base }), as_init, sets);
            let made = emitter.ok(made);
            emitter.out.push(tail(made));
        });
        self.body = around;
        let output: syn::Type = match (as_init, sets) {
            (false, _) => parse_quote!(PyErr),
            (true, true) => parse_quote!((#text, ExceptionArgs)),
            (true, false) => parse_quote!(#text),
        };
        let output: syn::Type = if fallible { parse_quote!(PyResult<#output>) } else { output };
        let mut item = self.item_fn(if as_init { "init" } else { "new" }, Some(output), stmts);
        item.sig.inputs = inputs;
        if owner == class {
            item.attrs = docs(inner.docs.as_deref());
        }
        Some(build::method_item(item))
    }

    fn exception_made(&self, fields: Expr, as_init: bool, sets: bool) -> Expr {
        match (as_init, sets) {
            (false, _) => parse_quote!(PyErr::new(#fields, args)),
            (true, true) => parse_quote!((#fields, args)),
            (true, false) => fields,
        }
    }

    /// The statements of the class's own `__init__`.
    fn own_init(&mut self, class: ClassId, init: FnId, first: Vec<RustStmt>, given: &[Expr], as_init: bool) {
        let program = self.program;
        let inner = &program.functions[init];
        let this: Option<VarId> = inner.params.first().map(|param| param.var);
        let sets = self.sets_args(class);
        let text = ident(&self.class_name(class));
        let parent = self.exception_parent(class).filter(|parent| self.is_held(*parent));
        if !sets && !as_init {
            let args = self.given_args(class, given);
            self.push_let("args", args);
        }
        self.out.extend(first);
        self.body.constructing = this.map(|this| (this, Vec::new()));
        let stmts = &inner.body.stmts;
        let last = stmts
            .iter()
            .rposition(|inner| self.assigns_field(inner, this).is_some() || self.super_init(inner).is_some());
        let count = last.map_or(0, |last| last + 1);
        let mut based = false;
        for (at, statement) in stmts.iter().enumerate().take(count) {
            match self.super_init(statement) {
                Some(call) => {
                    if based || self.needs_super(call, this) {
                        self.unsupported_at(statement.span, "`super().__init__` is not translated yet here");
                    }
                    based = true;
                    self.head(statement, at == 0);
                    self.super_init_statement(call, parent);
                }
                None => self.field_statement(statement, &stmts[at + 1..], this, at == 0),
            }
        }
        let fields = self.fields(class);
        if let Some(missing) = fields.iter().find(|info| self.field_local(&info.name).is_none()) {
            let title = format!("the field `{}` that `__init__` does not assign is not translated yet", missing.name);
            self.unsupported_at(program.classes[class].span, title);
        }
        let mut values = self.built_fields(&fields);
        self.body.constructing = None;
        if let Some(parent) = parent {
            if !based {
                if self.init_owner(parent).is_some() {
                    self.unsupported_at(
                        inner.span,
                        "an `__init__` that does not call its base's is not translated yet here",
                    );
                }
                values.insert(0, parse_quote!(base: Default::default()));
            } else {
                values.insert(0, parse_quote!(base));
            }
        }
        let built: Expr = if values.is_empty() { parse_quote!(#text) } else { parse_quote!(#text { #(#values),* }) };
        let made = self.exception_made(built, as_init, sets);
        let rest = &stmts[count..];
        if rest.iter().all(|inner| matches!(inner.kind, StmtKind::Pass)) {
            let made = self.ok(made);
            self.out.push(tail(made));
            return;
        }
        if as_init {
            if let Some(statement) = rest.first() {
                self.unsupported_at(
                    statement.span,
                    "`self` in the `__init__` of a base class is not translated yet here",
                );
            }
            return;
        }
        self.push_let("this", made);
        if let Some(this) = this {
            self.body.vars.insert(this, "this".into());
            self.body.receiver = None;
        }
        for statement in rest {
            self.statement(statement, false);
        }
        let value = self.ok(name("this"));
        self.out.push(tail(value));
    }

    /// Whether the arguments of `super().__init__` need more of `self` than fields that are there.
    fn needs_super(&self, call: ExprId, this: Option<VarId>) -> bool {
        let hir::Expr::Call(call) = &self.program.exprs[call] else { return true };
        call.args.iter().any(|arg| {
            let kind = StmtKind::Expr(arg.value());
            let span = self.program.span(arg.value());
            self.needs_self(&Stmt { kind, span, trivia: hir::Trivia::default() }, this)
        })
    }

    /// `super().__init__(message)`: the arguments, or the fields of the base.
    fn super_init_statement(&mut self, id: ExprId, parent: Option<ClassId>) {
        let hir::Expr::Call(call) = &self.program.exprs[id] else { return };
        if let Some(Resolved::Function { function, args }) = self.resolved(id, 0) {
            let (function, args) = (*function, args.clone());
            let Some(parent) = parent else { return };
            let values = self.user_args(function, &args);
            let path = self.exception_path(&ExcClass::Class(parent));
            let mut made = call_path(&format!("{path}::init"), values);
            if self.function_raises(function) {
                made = self.question(made);
            }
            self.out.push(if self.sets_args(parent) {
                parse_quote!(let (base, args) = #made;)
            } else {
                parse_quote!(let base = #made;)
            });
            return;
        }
        if parent.is_some() {
            self.out.push(parse_quote!(
                let base = Default::default();
            ));
        }
        let args = self.args_value(id, &call.args);
        let spread = matches!(&args, Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.segments.len() == 2 && path.path.segments[0].ident == "ExceptionArgs"));
        let args = if spread { args } else { call_path("ExceptionArgs::new", vec![args]) };
        self.push_let("args", args);
    }

    /// The arguments of an exception as one value: one that is no tuple, or a tuple of them.
    pub(super) fn args_value(&mut self, id: ExprId, args: &[Arg]) -> Expr {
        if let [Arg::Star(value)] = args {
            return match self.ty_of(*value) {
                Ty::Tuple(_) => self.owned(*value),
                Ty::VarTuple(_) => {
                    let value = self.borrowed(*value);
                    call_path("ExceptionArgs::spread", vec![value])
                }
                _ => self.unsupported(id, "these arguments of an exception are not translated yet"),
            };
        }
        // `X(a, *rest)`
        if let [first @ .., Arg::Star(rest)] = args
            && let Ty::VarTuple(_) = self.ty_of(*rest)
            && first.iter().all(|arg| matches!(arg, Arg::Positional(_)))
        {
            let first: Vec<Expr> = first.iter().map(|arg| self.owned(arg.value())).collect();
            let rest = self.borrowed(*rest);
            return call_path("ExceptionArgs::after", vec![tuple(first), rest]);
        }
        let alone = args.len() == 1;
        let mut values: Vec<Expr> = Vec::new();
        for arg in args {
            let Arg::Positional(value) = arg else {
                return self.unsupported(id, "these arguments of an exception are not translated yet");
            };
            values.push(match (&self.program.exprs[*value], alone) {
                (hir::Expr::Lit(hir::Lit::Str(text)), true) => build::string(text),
                (hir::Expr::Format(_), true) => self.format_macro(*value),
                _ => self.owned(*value),
            });
        }
        let is_tuple = alone
            && args
                .first()
                .is_some_and(|arg| matches!(self.ty_of(arg.value()), Ty::Tuple(_) | Ty::VarTuple(_) | Ty::None));
        if alone && !is_tuple { values.remove(0) } else { tuple(values) }
    }

    /// `NotFound(a, b)`.
    pub(super) fn instantiate_exception(&mut self, class: ClassId, args: Vec<Expr>) -> Expr {
        let path = self.exception_path(&ExcClass::Class(class));
        if let Some(init) = self.exception_init(class) {
            let made = call_path(&format!("{path}::new"), args);
            return if self.function_raises(init) { self.question(made) } else { made };
        }
        let mut args = args;
        let plain = args.len() == 1 && !matches!(args[0], Expr::Tuple(_));
        let argument = if plain { args.remove(0) } else { tuple(args) };
        call_path(&format!("{path}::new"), vec![argument])
    }

    /// The same with what was written: arguments by name and defaults are not in `args`.
    pub(super) fn keep_given(&mut self, class: ClassId, args: &[Arg], made: Expr) -> Expr {
        let Some(init) = self.exception_init(class) else { return made };
        if self.sets_args(class) {
            return made;
        }
        let params = &self.program.functions[init].params[1..];
        let by_place = |kind: ParamKind| matches!(kind, ParamKind::PositionalOnly | ParamKind::Positional);
        let all = params.iter().filter(|param| by_place(param.kind)).count();
        let given = args.iter().filter(|arg| matches!(arg, Arg::Positional(_))).count();
        if given == all || args.iter().any(|arg| matches!(arg, Arg::Star(_))) {
            return made;
        }
        let kept = build::int(given as i64);
        method(made, "keep_args", vec![kept])
    }

    /// Where the fields of an exception's class are: `e.fields::<NotFound>()`.
    pub(super) fn fields_of(&mut self, object: ExprId, text: &str, recv: Expr) -> Expr {
        let Ty::Exc(ExcClass::Class(class)) = self.ty_of(object) else { return recv };
        let owner =
            self.class_chain(class).into_iter().find(|class| self.fields(*class).iter().any(|info| info.name == text));
        let path = self.exception_path(&ExcClass::Class(owner.unwrap_or(class)));
        let ty = build::generic(&path, Vec::new());
        parse_quote!(#recv.fields::<#ty>())
    }

    /// `e.describe()`: the method of the class that the exception is of.
    pub(super) fn exception_method(&mut self, function: FnId, class: ClassId, recv: Expr, args: &[BoundArg]) -> Expr {
        let text = self.program.functions[function].name.clone();
        let mut overriding: Vec<(ClassId, FnId)> = Vec::new();
        for (other, inner) in self.program.classes.iter() {
            if other != class
                && self.class_chain(other).contains(&class)
                && let Some(method) = inner.methods.iter().copied().find(|id| self.program.functions[*id].name == text)
            {
                overriding.push((other, method));
            }
        }
        // The class furthest below is asked first.
        overriding.sort_by_key(|(class, _)| std::cmp::Reverse(self.class_chain(*class).len()));
        let mut made = self.exception_method_of(function, recv.clone(), args);
        for (class, method) in overriding.into_iter().rev() {
            let ty = build::generic(&self.exception_path(&ExcClass::Class(class)), Vec::new());
            let call = self.exception_method_of(method, recv.clone(), args);
            made = build::if_(parse_quote!(#recv.is::<#ty>()), vec![tail(call)], Some(made));
        }
        made
    }

    /// The method of that class itself: `NotFound::describe(&e)`.
    pub(super) fn exception_method_of(&mut self, function: FnId, recv: Expr, args: &[BoundArg]) -> Expr {
        let mut values = self.user_args(function, args);
        let recv = match (&self.program.functions[function].kind, recv) {
            (hir::FnKind::Plain, recv) => match &recv {
                Expr::Path(path) if path.path.is_ident("this") && self.body.receiver.is_some() => recv,
                _ => super::place::as_reference(recv),
            },
            (_, recv) => method(recv, "clone", Vec::new()),
        };
        values.insert(0, recv);
        let path = self.function_path(function);
        let call = call_path(&path, values);
        self.finish_call(function, call)
    }

    /// `super().__str__()` where no class of the program above has it.
    pub(super) fn plain_text(&mut self, class: ClassId, recv: ExprId, text: &str) -> Option<Expr> {
        let hook = match text {
            "__str__" => "plain_str",
            "__repr__" => "plain_repr",
            _ => return None,
        };
        if !self.is_exception(class) {
            return None;
        }
        let path = self.exception_path(&ExcClass::Class(class));
        let recv = self.place(recv);
        Some(call_path("Str::from", vec![call_path(&format!("{path}::{hook}"), vec![recv])]))
    }
}

/// The names of parameters.
fn parameter_names(inputs: &syn::punctuated::Punctuated<syn::FnArg, syn::Token![,]>) -> Vec<Expr> {
    inputs
        .iter()
        .filter_map(|input| match input {
            syn::FnArg::Typed(typed) => match &*typed.pat {
                syn::Pat::Ident(pat) => Some(name(&pat.ident.to_string())),
                _ => None,
            },
            syn::FnArg::Receiver(_) => None,
        })
        .collect()
}

/// Parameters that are only handed on need no `mut`.
fn plain_inputs(inputs: &mut syn::punctuated::Punctuated<syn::FnArg, syn::Token![,]>) {
    for input in inputs {
        if let syn::FnArg::Typed(typed) = input
            && let syn::Pat::Ident(pat) = &mut *typed.pat
        {
            pat.mutability = None;
        }
    }
}
