//! Classes of the program: structs behind `Rc`, and exceptions as types.

use syn::{Expr, ImplItem, Item, parse_quote};

use super::Emitter;
use super::build::{self, block_expr, call_path, field, ident, method, name, stmt, tail};
use super::function::docs;
use super::print;
use crate::hir::{self, Base, BinOp, Callee, ClassId, ExprId, Flavour, FnId, FnKind, Stmt, StmtKind, Target, VarId};
use crate::infer::{BoundArg, FieldInfo, Resolved};
use crate::types::{ExcClass, Ty};

impl Emitter<'_> {
    /// Whether a class is an exception.
    pub(super) fn is_exception(&self, class: ClassId) -> bool {
        self.exception_base(class).is_some()
    }

    /// The class that an exception derives from.
    pub(super) fn exception_base(&self, class: ClassId) -> Option<ExcClass> {
        let mut seen = 0;
        let direct = self.program.classes[class].bases.first()?.clone();
        let mut base = direct.clone();
        loop {
            seen += 1;
            match base {
                Base::Class(id) if seen < 64 => base = self.program.classes[id].bases.first()?.clone(),
                Base::Class(_) => return None,
                Base::Stub(stub) => {
                    let known = matches!(
                        stub.name.as_str(),
                        "BaseException"
                            | "Exception"
                            | "Warning"
                            | "StopIteration"
                            | "StopAsyncIteration"
                            | "KeyboardInterrupt"
                            | "SystemExit"
                            | "GeneratorExit"
                    ) || stub.name.ends_with("Error")
                        || stub.name.ends_with("Warning")
                        || stub.module == "asyncio";
                    if !known {
                        return None;
                    }
                    return Some(match direct {
                        Base::Class(id) => ExcClass::Class(id),
                        Base::Stub(stub) => ExcClass::Stub(stub),
                    });
                }
            }
        }
    }

    /// The class and the program's classes that it derives from.
    pub(super) fn class_chain(&self, class: ClassId) -> Vec<ClassId> {
        let mut out = vec![class];
        let mut at = 0;
        while let Some(next) = out.get(at).copied() {
            at += 1;
            for base in &self.program.classes[next].bases {
                if let Base::Class(id) = base
                    && !out.contains(id)
                {
                    out.push(*id);
                }
            }
        }
        out
    }

    /// Whether a `class` statement leaves nothing to do where it stands.
    pub(super) fn class_is_silent(&self, class: ClassId, var: Option<VarId>) -> bool {
        self.program.classes[class].parent.is_none() && var.is_none()
    }

    /// A class inside a function.
    pub(super) fn class_stmt(&mut self, class: ClassId, _var: Option<VarId>) {
        let items = self.class_items(class);
        self.out.extend(items.into_iter().map(syn::Stmt::Item));
    }

    /// The struct of a class and what is implemented for it.
    pub(super) fn class_items(&mut self, class: ClassId) -> Vec<Item> {
        if self.is_exception(class) {
            return self.exception_items(class);
        }
        let program = self.program;
        let inner = &program.classes[class];
        let derived = program.classes.iter().any(|(_, other)| other.bases.contains(&Base::Class(class)));
        let based = inner.bases.iter().any(|base| !matches!(base, Base::Stub(stub) if stub.name == "object"));
        if derived || based || !inner.decorators.is_empty() || inner.flavour != Flavour::Plain {
            self.unsupported_at(inner.span, "classes of this kind are not translated yet");
            return Vec::new();
        }
        if !inner.attributes.is_empty() {
            self.unsupported_at(inner.attributes[0].span, "class attributes are not translated yet");
            return Vec::new();
        }
        let fields = self.fields(class);
        let text = ident(&self.class_name(class));
        let mut written: Vec<syn::Field> = Vec::new();
        for info in &fields {
            let ty = self.ty(&super::function::inhabited(&info.ty));
            let key = ident(&super::names::sanitize(&info.name));
            written.push(match (info.reassigned, info.ty.is_copy()) {
                (false, _) => parse_quote!(#key: #ty),
                (true, true) => parse_quote!(#key: Cell<#ty>),
                (true, false) => parse_quote!(#key: Field<#ty>),
            });
        }
        let mut out: Vec<Item> = Vec::new();
        let mut structure: syn::ItemStruct = parse_quote!(struct #text { #(#written),* });
        structure.attrs = docs(inner.docs.as_deref());
        out.push(Item::Struct(structure));
        let mut methods: Vec<ImplItem> = vec![ImplItem::Fn(self.constructor(class))];
        for (at, id) in inner.methods.iter().enumerate() {
            if program.functions[*id].name == "__init__" {
                continue;
            }
            let _ = at;
            methods.push(parse_quote!(__blank!();));
            let item = self.function_item(*id);
            if let Item::Fn(item) = item {
                methods.push(ImplItem::Fn(syn::parse_quote!(#item)));
            }
        }
        out.push(parse_quote!(impl #text { #(#methods)* }));
        let python = &inner.name;
        out.push(self.object_impl(class, &text, python));
        out.push(self.key_impl(class, &text));
        out.push(parse_quote!(impl Compare for #text {}));
        out
    }

    pub(super) fn fields(&self, class: ClassId) -> Vec<FieldInfo> {
        self.types.class.get(class).map(|info| info.fields.clone()).unwrap_or_default()
    }

    pub(super) fn special(&self, class: ClassId, text: &str) -> Option<FnId> {
        self.program.classes[class].methods.iter().copied().find(|id| self.program.functions[*id].name == text)
    }

    /// `impl Object`: the class's own `__repr__`, `__str__` and `__bool__`.
    fn object_impl(&mut self, class: ClassId, text: &syn::Ident, python: &str) -> Item {
        let mut methods: Vec<ImplItem> = vec![parse_quote!(fn py_type(&self) -> &'static str { #python })];
        for special in ["__repr__", "__str__"] {
            if let Some(function) = self.special(class, special) {
                self.unsupported_at(
                    self.program.functions[function].span,
                    format!("`{special}` of a class is not translated yet"),
                );
            }
        }
        let _ = &mut methods;
        parse_quote!(impl Object for #text { #(#methods)* })
    }

    fn key_impl(&mut self, class: ClassId, text: &syn::Ident) -> Item {
        for special in ["__eq__", "__hash__", "__lt__", "__bool__", "__len__"] {
            if let Some(function) = self.special(class, special) {
                self.unsupported_at(
                    self.program.functions[function].span,
                    format!("`{special}` of a class is not translated yet"),
                );
            }
        }
        parse_quote!(impl Key for #text {})
    }

    /// `fn new(…) -> Rc<Worker>`: the fields as variables, the struct once all of them are there.
    fn constructor(&mut self, class: ClassId) -> syn::ImplItemFn {
        let program = self.program;
        let text = ident(&self.class_name(class));
        let fields = self.fields(class);
        let Some(init) = self.special(class, "__init__") else {
            if !fields.is_empty() {
                self.unsupported_at(
                    program.classes[class].span,
                    "fields that `__init__` does not assign are not translated yet",
                );
            }
            return parse_quote!(fn new() -> Rc<#text> { Rc::new(#text {}) });
        };
        let inner = &program.functions[init];
        let fallible = self.function_raises(init);
        let around = self.enter_body(Some(init), super::body::Kind::Plain, fallible, Ty::None);
        let (mut inputs, first) = self.params(inner);
        inputs.retain(|input| !matches!(input, syn::FnArg::Receiver(_)));
        let this = inner.params.first().map(|param| param.var);
        let last = inner.body.stmts.iter().rposition(|inner| self.assigns_field(inner, this).is_some());
        self.body.constructing = this.map(|this| (this, Vec::new()));
        let stmts = self.in_block(|emitter| {
            emitter.out.extend(first);
            let count = last.map_or(0, |last| last + 1);
            for (at, statement) in inner.body.stmts.iter().enumerate().take(count) {
                emitter.field_statement(statement, &inner.body.stmts[at + 1..], this, at == 0);
            }
            if let Some(missing) = fields.iter().find(|info| emitter.field_local(&info.name).is_none()) {
                let title =
                    format!("the field `{}` that `__init__` does not assign is not translated yet", missing.name);
                emitter.unsupported_at(program.classes[class].span, title);
            }
            let rest = &inner.body.stmts[count..];
            let values = emitter.built(&fields);
            let built: Expr = parse_quote!(Rc::new(#text { #(#values),* }));
            emitter.body.constructing = None;
            let uses = rest.iter().any(|inner| !matches!(inner.kind, StmtKind::Pass));
            if uses {
                let held = emitter.temp_unique("this");
                emitter.push_let(&held, built);
                if let Some(this) = this {
                    emitter.body.vars.insert(this, held.clone());
                    emitter.body.receiver = None;
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
        let output: syn::Type = if fallible { parse_quote!(PyResult<Rc<#text>>) } else { parse_quote!(Rc<#text>) };
        let mut item = self.item_fn("new", Some(output), stmts);
        item.sig.inputs = inputs.into_iter().collect();
        item.attrs = docs(inner.docs.as_deref());
        let _ = print::blank as fn() -> syn::Stmt;
        parse_quote!(#item)
    }

    /// `name, count: Cell::new(count)`.
    pub(super) fn built(&mut self, fields: &[FieldInfo]) -> Vec<syn::FieldValue> {
        fields
            .iter()
            .map(|info| {
                let text = super::names::sanitize(&info.name);
                let key = ident(&text);
                let held = self.field_local(&info.name).unwrap_or_else(|| text.clone());
                let local = name(&held);
                match (info.reassigned, info.ty.is_copy()) {
                    (false, _) if held == text => parse_quote!(#key),
                    (false, _) => parse_quote!(#key: #local),
                    (true, true) => parse_quote!(#key: Cell::new(#local)),
                    (true, false) => parse_quote!(#key: Field::new(#local)),
                }
            })
            .collect()
    }

    /// The variable that holds a field while its object is not made yet.
    pub(super) fn field_local(&self, text: &str) -> Option<String> {
        let (_, made) = self.body.constructing.as_ref()?;
        made.iter().find(|(key, _)| key == text).map(|(_, local)| local.clone())
    }

    /// The same for `object.text`.
    fn constructed(&self, object: ExprId, text: &str) -> Option<String> {
        let (this, _) = self.body.constructing.as_ref()?;
        match self.program.exprs[object] {
            hir::Expr::Var(var) if var == *this => self.field_local(text),
            _ => None,
        }
    }

    /// `self.name = value`.
    pub(super) fn assigns_field(&self, inner: &Stmt, this: Option<VarId>) -> Option<(String, ExprId)> {
        let StmtKind::Assign { targets, value } = &inner.kind else { return None };
        let [Target::Attr(object, text)] = &targets[..] else { return None };
        match self.program.exprs[*object] {
            hir::Expr::Var(var) if Some(var) == this => Some((text.clone(), *value)),
            _ => None,
        }
    }

    /// Whether a statement of a constructor needs more of `self` than fields that are there.
    pub(super) fn needs_self(&self, inner: &Stmt, this: Option<VarId>) -> bool {
        let single = hir::Block { stmts: vec![inner.clone()], trailing: hir::Trivia::default() };
        let mut reads = 0_i64;
        let mut look = |expr: ExprId| match &self.program.exprs[expr] {
            hir::Expr::Var(var) if Some(*var) == this => reads += 1,
            hir::Expr::Attr(object, text) if self.constructed(*object, text).is_some() => reads -= 1,
            hir::Expr::Call(hir::Call { callee: Callee::Method { recv, name }, .. })
                if self.constructed(*recv, name).is_some() =>
            {
                reads -= 1
            }
            hir::Expr::Lambda(function) if this.is_some_and(|this| self.captures(*function, this)) => reads += 1000,
            _ => {}
        };
        match self.assigns_field(inner, this) {
            Some((_, value)) => hir::walk::for_each_expr(self.program, value, &mut look),
            None => hir::walk::for_each_expr_in_block(self.program, &single, &mut look),
        }
        hir::walk::for_each_stmt(&single, &mut |inner| {
            if let StmtKind::Def { function, .. } = inner.kind
                && this.is_some_and(|this| self.captures(function, this))
            {
                reads += 1000;
            }
        });
        reads > 0
    }

    fn captures(&self, function: FnId, var: VarId) -> bool {
        self.program.functions[function].captures.contains(&var)
    }

    /// A statement of a constructor before the object is made; `rest` are those behind it.
    pub(super) fn field_statement(&mut self, inner: &Stmt, rest: &[Stmt], this: Option<VarId>, first: bool) {
        let assigned = self.assigns_field(inner, this);
        let again = assigned.as_ref().is_some_and(|(text, _)| self.field_local(text).is_some());
        if again || self.needs_self(inner, this) {
            self.unsupported_at(inner.span, "`self` before all fields are assigned is not translated yet");
            return;
        }
        let Some((text, value)) = assigned else {
            self.statement(inner, first);
            return;
        };
        self.head(inner, first);
        let ty = self.ty_of(value);
        let to = this
            .map(|this| self.var_ty(this))
            .and_then(|ty| match ty {
                Ty::Class(class) | Ty::Exc(ExcClass::Class(class)) => Some(class),
                _ => None,
            })
            .and_then(|class| {
                self.class_chain(class).into_iter().flat_map(|class| self.fields(class)).find(|info| info.name == text)
            })
            .map_or(ty.clone(), |info| info.ty);
        let value = self.into(value);
        let value = self.convert(value, &ty, &to);
        let key = super::names::sanitize(&text);
        let same = matches!(&value, Expr::Path(path) if path.path.is_ident(&key));
        let mut local = key.clone();
        if !same {
            // A variable of the field's name that is read further on keeps its name.
            if self.reads_name(rest, &key, this) {
                local = self.temp_unique(&key);
            }
            let written = self.ty(&to);
            self.out.push(build::let_(build::pat(&local), Some(written), Some(value)));
        }
        if let Some((_, made)) = &mut self.body.constructing {
            made.push((text, local));
        }
    }

    fn reads_name(&self, rest: &[Stmt], text: &str, this: Option<VarId>) -> bool {
        let block = hir::Block { stmts: rest.to_vec(), trailing: hir::Trivia::default() };
        let mut found = false;
        let named = |var: VarId| Some(var) != this && super::names::sanitize(&self.program.vars[var].name) == text;
        hir::walk::for_each_expr_in_block(self.program, &block, &mut |expr| match &self.program.exprs[expr] {
            hir::Expr::Var(var) => found |= named(*var),
            hir::Expr::Lambda(function) | hir::Expr::Function(function) => {
                found |= self.program.functions[*function].captures.iter().any(|var| named(*var));
            }
            _ => {}
        });
        hir::walk::for_each_stmt(&block, &mut |inner| hir::walk::stmt_vars(inner, &mut |var| found |= named(var)));
        found
    }

    /// `Worker(a, b)`.
    pub(super) fn instantiate(&mut self, class: ClassId, args: Vec<Expr>) -> Expr {
        if self.is_exception(class) {
            return self.instantiate_exception(class, args);
        }
        let path = self.class_name(class);
        let made = call_path(&format!("{path}::new"), args);
        match self.special(class, "__init__") {
            Some(init) if self.function_raises(init) => self.question(made),
            _ => made,
        }
    }

    /// `raise Worker` of a class without arguments.
    pub(super) fn instantiate_plain(&mut self, class: ClassId) -> Expr {
        self.instantiate(class, Vec::new())
    }

    /// The arguments of an instantiation.
    pub(super) fn new_args(&mut self, class: ClassId, args: &[BoundArg]) -> Vec<Expr> {
        if let Some(init) = self.exception_init(class) {
            return self.user_args(init, args);
        }
        if self.is_exception(class) {
            return args
                .iter()
                .flat_map(|arg| match arg {
                    BoundArg::Args(list) => list.iter().map(|arg| arg.value()).collect::<Vec<_>>(),
                    BoundArg::Expr(id) => vec![*id],
                    _ => Vec::new(),
                })
                .collect::<Vec<_>>()
                .into_iter()
                .map(|id| self.owned(id))
                .collect();
        }
        match self.special(class, "__init__") {
            Some(init) => self.user_args(init, args),
            None => Vec::new(),
        }
    }

    /// The name of a method.
    pub(super) fn method_name(&self, function: FnId) -> String {
        self.names.function(function)
    }

    /// What a method is called on: coroutines and generators keep their receiver.
    pub(super) fn receiver_of(&mut self, function: FnId, recv: Expr) -> Expr {
        match self.program.functions[function].kind {
            FnKind::Plain => recv,
            _ => match recv {
                Expr::MethodCall(ref call) if call.method == "clone" || call.method == "get" => recv,
                Expr::Path(_) | Expr::Field(_) => method(recv, "clone", Vec::new()),
                recv => recv,
            },
        }
    }

    /// `recv.name(args)`.
    pub(super) fn method_call(&mut self, function: FnId, recv: ExprId, args: &[BoundArg], _id: ExprId) -> Expr {
        let program = self.program;
        let bound = program.functions[function].method.is_none_or(|method| {
            matches!(method.binding, hir::Binding::Instance | hir::Binding::Getter | hir::Binding::Setter)
        });
        if !bound {
            let args = self.user_args(function, args);
            return self.call_of(function, args);
        }
        let recv = self.place(recv);
        self.method_on(function, recv, args, _id)
    }

    /// The same, with the receiver at hand.
    pub(super) fn method_on(&mut self, function: FnId, recv: Expr, args: &[BoundArg], _id: ExprId) -> Expr {
        if let Some(method) = self.program.functions[function].method
            && self.is_exception(method.class)
        {
            return self.exception_method(function, method.class, recv, args);
        }
        let args = self.user_args(function, args);
        let recv = self.receiver_of(function, recv);
        let text = self.method_name(function);
        let call = method(recv, &text, args);
        self.finish_call(function, call)
    }

    /// `super().name(args)`.
    pub(super) fn super_call(&mut self, function: FnId, recv: ExprId, args: &[BoundArg]) -> Expr {
        if let Some(method) = self.program.functions[function].method
            && self.is_exception(method.class)
        {
            let recv = self.place(recv);
            return self.exception_method_of(function, recv, args);
        }
        self.unsupported(recv, "`super()` is not translated yet")
    }

    fn field_info(&self, object: ExprId, text: &str) -> Option<FieldInfo> {
        let (Ty::Class(class) | Ty::Exc(ExcClass::Class(class))) = self.ty_of(object) else { return None };
        self.class_chain(class)
            .into_iter()
            .find_map(|class| self.fields(class).into_iter().find(|info| info.name == text))
    }

    /// `object.name` of a field.
    pub(super) fn field_read(&mut self, id: ExprId, object: ExprId, text: &str, want: super::place::Want) -> Expr {
        let Some(info) = self.field_info(object, text) else {
            return self.unsupported(id, "this attribute is not translated yet");
        };
        let place = self.field_place(object, text);
        let fresh = info.reassigned && self.constructed(object, text).is_none();
        if fresh || info.ty.is_copy() || want == super::place::Want::Place {
            return place;
        }
        method(place, "clone", Vec::new())
    }

    /// A field as a place.
    pub(super) fn field_place(&mut self, object: ExprId, text: &str) -> Expr {
        if let Some(local) = self.constructed(object, text) {
            return name(&local);
        }
        let reassigned = self.field_info(object, text).is_some_and(|info| info.reassigned);
        let recv = self.place(object);
        let recv = self.fields_of(object, text, recv);
        let part = field(recv, &super::names::sanitize(text));
        if reassigned { method(part, "get", Vec::new()) } else { part }
    }

    /// An attribute that inference said nothing of.
    pub(super) fn plain_attribute(&mut self, id: ExprId, object: ExprId, text: &str) -> Expr {
        if matches!(self.ty_of(object), Ty::Type | Ty::ExcType) {
            let getter = match text {
                "__name__" | "__qualname__" => Some("name"),
                "__module__" => Some("module"),
                _ => None,
            };
            if let Some(getter) = getter {
                let place = self.place(object);
                return call_path("Str::from", vec![method(place, getter, Vec::new())]);
            }
        }
        if self.field_info(object, text).is_some() {
            return self.field_read(id, object, text, super::place::Want::Owned);
        }
        self.unsupported(id, "this attribute is not translated yet")
    }

    /// `object.name = value`.
    pub(super) fn assign_attribute(&mut self, object: ExprId, text: &str, value: Expr, ty: &Ty) {
        let Some(info) = self.field_info(object, text) else {
            let refused = self.unsupported(object, "assigning to this attribute is not translated yet");
            self.out.push(stmt(refused));
            return;
        };
        let value = self.convert(value, ty, &info.ty);
        let recv = self.place(object);
        let recv = self.fields_of(object, text, recv);
        let part = field(recv, &super::names::sanitize(text));
        self.out.push(stmt(method(part, "set", vec![value])));
    }

    /// `object.name op= value`.
    pub(super) fn aug_attribute(&mut self, object: ExprId, text: &str, op: BinOp, value: ExprId) {
        let Some(info) = self.field_info(object, text) else {
            let refused = self.unsupported(object, "assigning to this attribute is not translated yet");
            self.out.push(stmt(refused));
            return;
        };
        let stmts = self.in_block(|emitter| {
            let recv = emitter.held(object, "object");
            let recv = emitter.fields_of(object, text, recv);
            let part = field(recv, &super::names::sanitize(text));
            let read = if info.reassigned { method(part.clone(), "get", Vec::new()) } else { part.clone() };
            if let Some(changed) = emitter.augmented_or_in_place(read, &info.ty, op, value) {
                emitter.out.push(stmt(method(part, "set", vec![changed])));
            }
        });
        if stmts.len() == 1 {
            self.out.extend(stmts);
        } else {
            self.out.push(super::iterate::tail_or_stmt(block_expr(stmts)));
        }
        let _ = Callee::Class;
        let _: Option<&Resolved> = None;
    }
}
