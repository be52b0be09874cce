//! Classes of the program: structs behind `Rc`. Classes that inherit from one another are one struct, which says of each
//! object which class it is of.

use syn::{Expr, ImplItem, Item, parse_quote};

use super::Emitter;
use super::build::{self, field, ident, name};
use super::function::docs;
use super::layout::{How, Layout, find_method};
use super::print::Piece;
use super::template::{self, once};
use crate::hir::{Base, ClassId, ExprId, Flavour, FnId, Program, VarId};
use crate::types::{ExcClass, Ty};

mod attribute;
mod construct;
pub mod dynamic;
mod inline;
mod method;
mod named;
mod traits;

pub use method::full_text;

/// The class that an exception class derives from.
pub fn exception_base(program: &Program, class: ClassId) -> Option<ExcClass> {
    let mut seen = 0;
    let direct = program.classes[class].bases.first()?.clone();
    let mut base = direct.clone();
    loop {
        seen += 1;
        match base {
            Base::Class(id) if seen < 64 => base = program.classes[id].bases.first()?.clone(),
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
                    || stub.module == "asyncio" && matches!(stub.name.as_str(), "QueueEmpty" | "QueueFull");
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

impl Emitter<'_> {
    /// Whether a class is an exception.
    pub(super) fn is_exception(&self, class: ClassId) -> bool {
        self.exception_base(class).is_some()
    }

    /// The class that an exception derives from.
    pub(super) fn exception_base(&self, class: ClassId) -> Option<ExcClass> {
        exception_base(self.program, class)
    }

    /// The class and the program's classes that it derives from.
    pub(super) fn class_chain(&self, class: ClassId) -> Vec<ClassId> {
        self.program.above(class)
    }

    /// The struct that a class is.
    pub(super) fn layout(&self, class: ClassId) -> Layout {
        self.layouts.of(class).clone()
    }

    /// The name of the struct that a class is.
    pub(super) fn struct_name(&self, class: ClassId) -> String {
        let top = self.layouts.of(class).top().unwrap_or(class);
        self.class_path(top)
    }

    /// The path of a class from the module at hand.
    fn class_path(&self, class: ClassId) -> String {
        let text = self.names.class(class);
        let module = self.program.classes[class].module;
        if module == self.module { text } else { format!("{}::{text}", self.module_path(module)) }
    }

    /// `WorkerKind`.
    pub(super) fn kind_name(&self, class: ClassId) -> String {
        format!("{}Kind", self.struct_name(class))
    }

    /// `WorkerKind::LoudWorker`.
    pub(super) fn kind_of(&self, class: ClassId) -> Expr {
        name(&format!("{}::{}", self.kind_name(class), self.names.class(class)))
    }

    /// What depends on the class of an object: one value for all of them, or a `match` on its class.
    pub(super) fn by_class(
        &mut self,
        of: ClassId,
        recv: &Expr,
        classes: &[ClassId],
        mut value: impl FnMut(&mut Self, ClassId) -> Expr,
    ) -> Expr {
        let mut groups: Vec<(String, Expr, Vec<ClassId>)> = Vec::new();
        for &class in classes {
            let made = value(self, class);
            let key = quote::quote!(#made).to_string();
            match groups.iter_mut().find(|(known, ..)| *known == key) {
                Some((_, _, classes)) => classes.push(class),
                None => groups.push((key, made, vec![class])),
            }
        }
        if groups.len() == 1
            && let Some((_, made, _)) = groups.pop()
        {
            return made;
        }
        let complete = classes.len() == self.layouts.of(of).members.len();
        let mut arms: Vec<syn::Arm> = Vec::new();
        let last = groups.len() - 1;
        for (at, (_, made, classes)) in groups.into_iter().enumerate() {
            if at == last && !complete {
                arms.push(parse_quote!(_ => #made,));
                break;
            }
            let kinds: Vec<Expr> = classes.into_iter().map(|class| self.kind_of(class)).collect();
            arms.push(parse_quote!(#(#kinds)|* => #made,));
        }
        build::match_(field(recv.clone(), "kind"), arms)
    }

    /// What is raised with the name of an operand's class in its text, where only the object knows its class.
    pub(super) fn raises_by_class(&mut self, operands: &[ExprId], class: &str, text: &str) -> Option<Expr> {
        let mut rest = text.replace('{', "{{").replace('}', "}}");
        let mut title = String::new();
        let mut named: Vec<Option<ExprId>> = vec![None; operands.len()];
        for (at, &operand) in operands.iter().enumerate() {
            let Ty::Class(of) = self.ty_of(operand) else { continue };
            let below = self.layouts.below(of).iter().filter(|&&below| below != of && self.layouts.is_made(below));
            if below.count() == 0 {
                continue;
            }
            let shown = format!("'{}'", self.program.classes[of].name);
            if let Some((before, after)) = rest.clone().split_once(&shown) {
                title.push_str(before);
                title.push_str("'{}'");
                rest = after.to_string();
                named[at] = Some(operand);
            }
        }
        if named.iter().all(Option::is_none) {
            return None;
        }
        title.push_str(&rest);
        let stmts = self.in_block(|emitter| {
            let mut names: Vec<Expr> = Vec::new();
            for (&operand, named) in operands.iter().zip(&named) {
                if named.is_some() {
                    let held = emitter.held(operand, "object");
                    names.push(parse_quote!(#held.py_type()));
                } else if !emitter.is_pure(operand) {
                    let value = emitter.place(operand);
                    emitter.out.push(build::let_(build::pat("_"), None, Some(value)));
                }
            }
            let class = name(class);
            let raise = emitter.raise(parse_quote!(#class::new(format!(#title, #(#names),*))));
            emitter.out.push(build::tail(raise));
        });
        Some(build::block_expr(stmts))
    }

    /// Whether a `class` statement leaves nothing to do where it stands.
    pub(super) fn class_is_silent(&self, class: ClassId, var: Option<VarId>) -> bool {
        self.program.classes[class].parent.is_none()
            && var.is_none()
            && !self.program.classes[class].methods.iter().any(|method| self.has_once_defaults(*method))
            && !self.layouts.of(class).vars.iter().any(|var| var.owner == class && !self.is_constant_var(var))
    }

    /// A `class` where it stands: its items go beside the function, its attributes get their values.
    pub(super) fn class_stmt(&mut self, class: ClassId, var: Option<VarId>) {
        if self.program.classes[class].parent.is_some() {
            let items = self.class_items(class);
            self.extra.extend(items.into_iter().map(Piece::item));
        }
        self.class_values(class);
        let program = self.program;
        for &method in &program.classes[class].methods {
            for param in &program.functions[method].params {
                if let Some(crate::hir::Default::Once { value, var }) = param.default {
                    let made = self.owned(value);
                    self.assign_var(var, made, true);
                }
            }
        }
        if var.is_some() {
            self.unsupported_at(
                self.program.classes[class].span,
                "a class whose name is bound again is not translated yet",
            );
        }
    }

    /// The struct of a class and what is implemented for it.
    pub(super) fn class_items(&mut self, class: ClassId) -> Vec<Item> {
        let program = self.program;
        let inner = &program.classes[class];
        if !self.is_fit(class) {
            return Vec::new();
        }
        if self.is_exception(class) {
            return self.exception_items(class);
        }
        let layout = self.layout(class);
        let mut out = self.class_var_items(class);
        if layout.top() == Some(class) {
            out.extend(self.struct_items(class, &layout));
        }
        let text = ident(&self.names.class(layout.top().unwrap_or(class)));
        let mut methods: Vec<ImplItem> = self
            .constructor(class)
            .filter(|_| !inner.made)
            .into_iter()
            .map(|item| ImplItem::Fn(build::method_item(item)))
            .collect();
        for id in inner.methods.clone() {
            if program.functions[id].name == "__init__" && layout.direct {
                continue;
            }
            if program.functions[id].made && self.types.function.get(id).is_some_and(|signature| !signature.used) {
                continue;
            }
            if !methods.is_empty() {
                methods.push(once!(ImplItem: __blank!();));
            }
            if let Item::Fn(item) = self.function_item(id) {
                methods.push(ImplItem::Fn(build::method_item(item)));
            }
            for param in &program.functions[id].params {
                if let Some(crate::hir::Default::Once { .. }) = param.default
                    && inner.parent.is_some()
                {
                    let span = program.functions[id].span;
                    self.unsupported_at(
                        span,
                        "a default that is computed in a class inside a function is not translated yet",
                    );
                }
            }
        }
        if layout.top() == Some(class) {
            for item in self.dispatchers(&layout) {
                methods.push(once!(ImplItem: __blank!();));
                methods.push(ImplItem::Fn(build::method_item(item)));
            }
        }
        if !methods.is_empty() {
            out.push(build::inherent(&text, methods));
        }
        if layout.top() == Some(class) {
            out.extend(self.trait_items(class, &layout));
        }
        out
    }

    /// Reports what no class can have yet.
    fn is_fit(&mut self, class: ClassId) -> bool {
        let program = self.program;
        let inner = &program.classes[class];
        let exception = self.is_exception(class);
        let known = |base: &Base| match base {
            Base::Class(_) => true,
            Base::Stub(stub) => {
                exception
                    || matches!(
                        (stub.module.as_str(), stub.name.as_str()),
                        ("builtins", "object")
                            | ("abc", "ABC")
                            | ("typing", "NamedTuple" | "Generic" | "Protocol")
                            | (
                                "collections.abc" | "typing",
                                "AsyncIterator" | "AsyncIterable" | "Iterator" | "Iterable" | "Awaitable"
                            )
                            | (
                                "contextlib",
                                "AbstractContextManager"
                                    | "AbstractAsyncContextManager"
                                    | "ContextDecorator"
                                    | "AsyncContextDecorator"
                            )
                    )
            }
        };
        if let Some(base) = inner.bases.iter().find(|base| !known(base)) {
            let title = match base {
                Base::Stub(stub) => format!("a subclass of `{}` is not translated yet", stub.name),
                Base::Class(_) => "a subclass of this class is not translated yet".to_string(),
            };
            self.unsupported_at(inner.span, title);
            return false;
        }
        if inner.flavour == Flavour::Enum {
            self.unsupported_at(inner.span, "enumerations are not translated yet");
            return false;
        }
        if let Some(&decorator) = inner.decorators.first() {
            let span = program.span(decorator);
            self.unsupported_at(span, "decorators of classes are not translated yet");
            return false;
        }
        for &method in &inner.methods {
            let function = &program.functions[method];
            if !function.decorators.is_empty() {
                let span = program.span(function.decorators[0]);
                self.unsupported_at(span, "decorators of methods are not translated yet");
                return false;
            }
            if inner.parent.is_some() && !self.all_captures(method).is_empty() {
                self.unsupported_at(
                    function.span,
                    "a method that uses variables of a function around its class is not translated yet",
                );
                return false;
            }
            if matches!(
                function.name.as_str(),
                "__new__" | "__del__" | "__getattr__" | "__getattribute__" | "__setattr__" | "__call__"
            ) && exception
                || matches!(function.name.as_str(), "__new__" | "__del__")
            {
                self.unsupported_at(function.span, format!("`{}` is not translated yet", function.name));
                return false;
            }
        }
        true
    }

    fn struct_items(&mut self, class: ClassId, layout: &Layout) -> Vec<Item> {
        let program = self.program;
        let text = ident(&self.names.class(class));
        let mut out = Vec::new();
        let mut written: Vec<syn::Field> = Vec::new();
        if layout.has_kind() {
            let kind = ident(&self.kind_name(class));
            let variants: Vec<syn::Ident> = layout.members.iter().map(|id| ident(&self.names.class(*id))).collect();
            out.push(parse_quote!(
                #[derive(Clone, Copy, PartialEq)]
                enum #kind { #(#variants),* }
            ));
            written.push(template::struct_field(ident("kind"), build::generic(&self.kind_name(class), Vec::new())));
        }
        for info in &layout.fields {
            let ty = self.ty(&super::function::inhabited(&info.ty));
            let key = ident(&info.text);
            let ty = match info.how {
                How::Plain => ty,
                How::Cell => build::generic("Cell", vec![ty]),
                How::Field => build::generic("Field", vec![ty]),
                How::Late | How::Unsure => build::generic("Late", vec![ty]),
            };
            written.push(template::struct_field(key, ty));
        }
        let mut structure = template::structure(text, written);
        structure.attrs = docs(program.classes[class].docs.as_deref());
        out.push(Item::Struct(structure));
        out
    }

    /// The method that a name means on instances of a class.
    pub(super) fn special(&self, class: ClassId, text: &str) -> Option<FnId> {
        find_method(self.program, class, text)
    }

    /// Whether comparing or hashing values of a type runs code of a class.
    pub(super) fn has_own_equality(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Class(class) => {
                !self.is_exception(*class)
                    && self.layouts.of(*class).members.iter().any(|class| self.special(*class, "__eq__").is_some())
            }
            Ty::Union(id) => self.types.unions[*id].alternatives.iter().any(|part| self.has_own_equality(&part.ty)),
            Ty::Option(inner) => self.has_own_equality(inner),
            Ty::Tuple(items) => items.iter().any(|item| self.has_own_equality(item)),
            _ => false,
        }
    }

    /// Whether `==` of values of a type goes through the classes in it, and may raise.
    pub(super) fn compares_by_key(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Class(class) => self.has_own_equality(ty) || self.compares_fields(*class),
            Ty::Union(id) => self.types.unions[*id].alternatives.iter().any(|part| self.compares_by_key(&part.ty)),
            Ty::Option(inner) => self.compares_by_key(inner),
            Ty::Tuple(items) => items.iter().any(|item| self.compares_by_key(item)),
            _ => false,
        }
    }

    /// Whether a function is called on an object.
    pub(super) fn is_bound_method(&self, function: FnId) -> bool {
        self.program.functions[function].method.is_some_and(|method| {
            use crate::hir::Binding;
            matches!(method.binding, Binding::Instance | Binding::Getter | Binding::Setter)
        })
    }

    /// `type(x)` of an object.
    pub(super) fn type_of(&mut self, class: ClassId, recv: &Expr) -> Expr {
        let classes = self.layouts.below(class).to_vec();
        self.by_class(class, recv, &classes, |emitter, class| {
            let python = format!("__main__.{}", emitter.program.classes[class].qualname);
            build::call_path("Type::named", vec![build::string(&python)])
        })
    }
}
