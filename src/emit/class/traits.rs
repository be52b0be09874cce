//! What every value can do, for a class of the program: its texts, truth, equality, hash and order.

use syn::{Expr, ImplItem, Item, parse_quote};

use super::super::Emitter;
use super::super::build::{self, field, ident, method, name, string, tuple};
use super::super::layout::{Layout, dataclass_fields};
use super::super::template::{self, once};
use crate::hir::{Arg, Callee, ClassId, Expr as Hir, Flavour, FnId, Lit};
use crate::types::Ty;

/// Whether an `impl` adds nothing to what its trait does.
fn is_empty_impl(item: &Item) -> bool {
    matches!(item, Item::Impl(item) if item.items.is_empty())
}

/// The name in an `impl Object` that says no more than `py_type`, the same for every object.
fn only_type_name(item: &Item) -> Option<&syn::Lit> {
    let Item::Impl(item) = item else { return None };
    let [ImplItem::Fn(only)] = item.items.as_slice() else { return None };
    match only.block.stmts.as_slice() {
        [syn::Stmt::Expr(Expr::Lit(text), None)] => Some(&text.lit),
        _ => None,
    }
}

impl Emitter<'_> {
    /// What every value can do: a line of the runtime where the class adds nothing to it.
    pub(super) fn trait_items(&mut self, top: ClassId, layout: &Layout) -> Vec<Item> {
        let text = ident(&self.names.class(top));
        let object = self.object_impl(top, layout, &text);
        let own =
            layout.members.iter().any(|&class| self.has_own_equality(&Ty::Class(class)) || self.compares_fields(class));
        let key = self.key_impl(top, layout, &text);
        let compare = self.compare_impl(top, layout, &text);
        let plain = !own && is_empty_impl(&key) && is_empty_impl(&compare);
        if plain && let Some(python) = only_type_name(&object) {
            self.import("object");
            return vec![parse_quote!(object!(#text, #python);)];
        }
        if plain {
            self.import("identity");
            return vec![object, parse_quote!(identity!(#text);)];
        }
        let mut out = vec![object, key, compare];
        if !own {
            let template = once!(syn::ItemImpl: impl PartialEq for X {});
            let same = once!(ImplItem: fn eq(&self, other: &Self) -> bool { std::ptr::eq(self, other) });
            out.push(template::impl_of(template, &text, vec![same]));
        }
        out
    }

    fn has_any(&self, layout: &Layout, text: &str) -> bool {
        layout.members.iter().any(|&class| self.special(class, text).is_some())
    }

    /// A call of a special method, checked to give what the trait wants; `None`: it was reported.
    fn special_call(&mut self, function: FnId, args: Vec<Expr>, wanted: &Ty) -> Option<(Expr, bool)> {
        let signature = self.signature(function);
        let plain = self.program.functions[function].kind == crate::hir::FnKind::Plain;
        if !plain || signature.result != *wanted && signature.result != Ty::Never {
            let title =
                format!("`{}` that gives another type is not translated yet", self.program.functions[function].name);
            self.unsupported_at(self.program.functions[function].span, title);
            return None;
        }
        let call = method(name("self"), &self.method_name(function), args);
        Some((call, self.function_raises(function)))
    }

    fn text_of(&mut self, function: FnId) -> Expr {
        match self.special_call(function, Vec::new(), &Ty::Str) {
            Some((call, false)) => parse_quote!(out.write_str(&#call)),
            Some((call, true)) => parse_quote!(match #call {
                Ok(text) => out.write_str(&text),
                Err(e) => Err(raised(e)),
            }),
            None => parse_quote!(Ok(())),
        }
    }

    fn object_impl(&mut self, top: ClassId, layout: &Layout, text: &syn::Ident) -> Item {
        let members = layout.members.clone();
        let this = name("self");
        let python = self.by_class(top, &this, &members, |emitter, class| string(&emitter.program.classes[class].name));
        let mut named = once!(syn::ImplItemFn: fn py_type(&self) -> &'static str {});
        named.block = build::block(vec![build::tail(python)]);
        let mut methods = vec![ImplItem::Fn(named)];
        let nested = members.iter().any(|&class| {
            let class = &self.program.classes[class];
            class.qualname != class.name
        });
        if nested {
            let shown = self.by_class(top, &this, &members, |emitter, class| {
                string(&format!("<__main__.{} object at {{:#x}}>", emitter.program.classes[class].qualname))
            });
            let shown = match shown {
                Expr::Lit(_) => Some(shown),
                _ => None,
            };
            if let Some(shown) = shown {
                methods.push(parse_quote!(
                    fn py_repr(&self, out: &mut dyn std::fmt::Write) -> std::fmt::Result {
                        write!(out, #shown, self.py_id())
                    }
                ));
            }
        }
        let records = members.iter().any(|&class| self.is_shown_record(class));
        let has_repr = self.has_any(layout, "__repr__") || records;
        if has_repr {
            let body = self.by_class(top, &this, &members, |emitter, class| match emitter.special(class, "__repr__") {
                Some(function) => emitter.text_of(function),
                None if emitter.is_shown_record(class) => emitter.record_text(class),
                None => parse_quote!((**self).py_repr(out)),
            });
            methods.push(parse_quote!(
                fn handle_repr(self: &Rc<Self>, out: &mut dyn std::fmt::Write) -> std::fmt::Result { #body }
            ));
        }
        if self.has_any(layout, "__str__") {
            let body = self.by_class(top, &this, &members, |emitter, class| match emitter.special(class, "__str__") {
                Some(function) => emitter.text_of(function),
                None => parse_quote!(self.handle_repr(out)),
            });
            methods.push(parse_quote!(
                fn handle_str(self: &Rc<Self>, out: &mut dyn std::fmt::Write) -> std::fmt::Result { #body }
            ));
        }
        if self.has_any(layout, "__bool__") || self.has_any(layout, "__len__") {
            let body = self.by_class(top, &this, &members, |emitter, class| {
                let (function, wanted) = match (emitter.special(class, "__bool__"), emitter.special(class, "__len__")) {
                    (Some(function), _) => (function, Ty::Bool),
                    (None, Some(function)) => (function, Ty::Int),
                    (None, None) => return build::boolean(true),
                };
                match emitter.special_call(function, Vec::new(), &wanted) {
                    Some((call, raises)) => {
                        let call = if raises { method(call, "or_escape", Vec::new()) } else { call };
                        if wanted == Ty::Bool { call } else { build::binary(call, "!=", build::int(0)) }
                    }
                    None => build::boolean(true),
                }
            });
            methods.push(parse_quote!(fn handle_bool(self: &Rc<Self>) -> bool { #body }));
        }
        if self.has_any(layout, "__format__") {
            let body =
                self.by_class(top, &this, &members, |emitter, class| match emitter.special(class, "__format__") {
                    Some(function) => {
                        let given: Expr = parse_quote!(Str::from(spec.to_string()));
                        match emitter.special_call(function, vec![given], &Ty::Str) {
                            Some((call, true)) => call,
                            Some((call, false)) => build::call_path("Ok", vec![call]),
                            None => parse_quote!((**self).py_format(spec)),
                        }
                    }
                    None => parse_quote!((**self).py_format(spec)),
                });
            methods.push(parse_quote!(fn handle_format(self: &Rc<Self>, spec: &str) -> PyResult<Str> { #body }));
        }
        if self.layouts.copies && !members.iter().any(|&class| self.program.classes[class].flavour == Flavour::Enum) {
            methods.push(self.copied(layout, text));
        }
        methods.extend(self.asked_items(top, &members));
        template::impl_of(once!(syn::ItemImpl: impl Object for X {}), text, methods)
    }

    /// What `copy.copy` and `copy.deepcopy` make of an object.
    fn copied(&mut self, layout: &Layout, text: &syn::Ident) -> ImplItem {
        use crate::emit::layout::How;
        for own in ["__copy__", "__deepcopy__"] {
            let found = layout.members.iter().find_map(|&class| self.special(class, own));
            if let Some(function) = found {
                let span = self.program.functions[function].span;
                self.unsupported_at(span, format!("`{own}` is not translated yet"));
            }
        }
        self.import("copy");
        let mut values: Vec<syn::FieldValue> = Vec::new();
        if layout.has_kind() {
            values.push(parse_quote!(kind: self.kind));
        }
        let mut later: Vec<syn::Stmt> = Vec::new();
        for info in &layout.fields {
            let key = ident(&info.text);
            match info.how {
                How::Plain => values.push(parse_quote!(#key: copier.of(&self.#key))),
                How::Cell => values.push(parse_quote!(#key: copy::CopiedField::shallow(&self.#key))),
                How::Field | How::Late | How::Unsure => {
                    values.push(parse_quote!(#key: copy::CopiedField::shallow(&self.#key)));
                    later.push(parse_quote!(copy::CopiedField::deepen(&copied.#key, copier);));
                }
            }
        }
        parse_quote!(
            fn handle_copied(self: &Rc<Self>, copier: &mut copy::Copier) -> Rc<Self> {
                if let Some(known) = copier.known(self.py_id()) {
                    return known;
                }
                let copied = Rc::new(#text { #(#values),* });
                copier.remember(self.py_id(), &copied);
                #(#later)*
                copied
            }
        )
    }

    /// Whether a class has the `repr` of a dataclass.
    fn is_shown_record(&self, class: ClassId) -> bool {
        self.class_chain(class).iter().any(|&class| {
            matches!(self.program.classes[class].flavour, Flavour::Dataclass { .. } | Flavour::NamedTuple)
        })
    }

    /// An option of `field(…)`.
    fn field_flag(&self, value: Option<crate::hir::ExprId>, flag: &str) -> bool {
        let Some(value) = value else { return true };
        let Hir::Call(call) = &self.program.exprs[value] else { return true };
        if !matches!(&call.callee, Callee::Stub(stub) if stub.module == "dataclasses") {
            return true;
        }
        !call.args.iter().any(|arg| {
            matches!(arg, Arg::Keyword(key, value)
                if key == flag && matches!(self.program.exprs[*value], Hir::Lit(Lit::Bool(false))))
        })
    }

    /// The fields of a dataclass that take part, read from `this`.
    fn record_parts(&mut self, class: ClassId, this: &Expr, flag: &str) -> Vec<(String, Expr, Ty)> {
        let layout = self.layout(class);
        let chain = self.class_chain(class);
        let mut out = Vec::new();
        for (_, text, value) in dataclass_fields(self.program, class) {
            if !self.field_flag(value, flag) {
                continue;
            }
            let found = layout.fields.iter().find(|info| info.name == text && chain.contains(&info.owner));
            let Some(info) = found.cloned() else { continue };
            let part = field(this.clone(), &info.text);
            let read = match info.how {
                super::super::layout::How::Plain => part,
                _ => method(part, "get", Vec::new()),
            };
            out.push((text, read, info.ty));
        }
        out
    }

    fn record_text(&mut self, class: ClassId) -> Expr {
        let parts = self.record_parts(class, &name("self"), "repr");
        let parts = parts.into_iter().map(|(text, read, _)| -> Expr {
            let text = string(&text);
            parse_quote!((#text, &#read))
        });
        let class = &self.program.classes[class];
        // A named tuple shows its `__name__`, a dataclass its `__qualname__`.
        let shown = if class.flavour == Flavour::NamedTuple { &class.name } else { &class.qualname };
        let shown = string(shown);
        parse_quote!(repr_fields(out, #shown, &[#(#parts),*]))
    }

    /// Whether objects of a class are equal when their fields are.
    pub(in crate::emit) fn compares_fields(&self, class: ClassId) -> bool {
        self.special(class, "__eq__").is_none()
            && self.class_chain(class).iter().any(|&class| {
                matches!(self.program.classes[class].flavour, Flavour::Dataclass { eq: true, .. } | Flavour::NamedTuple)
            })
    }

    fn key_impl(&mut self, top: ClassId, layout: &Layout, text: &syn::Ident) -> Item {
        let members = layout.members.clone();
        let this = name("self");
        let own = members.iter().any(|&class| self.special(class, "__eq__").is_some() || self.compares_fields(class));
        let hashes = self.has_any(layout, "__hash__");
        let mut methods: Vec<ImplItem> = Vec::new();
        if own {
            let body = self.by_class(top, &this, &members, |emitter, class| {
                if let Some(function) = emitter.special(class, "__eq__") {
                    let other = emitter.other_argument(function, class);
                    return match emitter.special_call(function, vec![other], &Ty::Bool) {
                        Some((call, true)) => call,
                        Some((call, false)) => build::call_path("Ok", vec![call]),
                        None => parse_quote!(Ok(false)),
                    };
                }
                if emitter.compares_fields(class) {
                    return emitter.record_equality(class);
                }
                parse_quote!(Ok(Rc::ptr_eq(self, other)))
            });
            methods.push(parse_quote!(fn handle_eq(self: &Rc<Self>, other: &Rc<Self>) -> PyResult<bool> { #body }));
        }
        if own || hashes {
            let body = self.by_class(top, &this, &members, |emitter, class| {
                let frozen = emitter.class_chain(class).iter().any(|&class| {
                    matches!(
                        emitter.program.classes[class].flavour,
                        Flavour::Dataclass { frozen: true, .. } | Flavour::NamedTuple
                    )
                });
                let hash = emitter.special(class, "__hash__");
                let eq = emitter.special(class, "__eq__");
                // An `__eq__` below a `__hash__` takes it away.
                let depth = |function: Option<FnId>| {
                    let of = function.and_then(|function| emitter.program.functions[function].method)?.class;
                    emitter.class_chain(class).iter().position(|class| *class == of)
                };
                let hidden = match (depth(hash), depth(eq)) {
                    (Some(hash), Some(eq)) => eq < hash,
                    _ => false,
                };
                if let (Some(function), false) = (hash, hidden) {
                    return match emitter.special_call(function, Vec::new(), &Ty::Int) {
                        Some((call, true)) => call,
                        Some((call, false)) => build::call_path("Ok", vec![call]),
                        None => parse_quote!(Ok(0)),
                    };
                }
                if emitter.compares_fields(class) && frozen {
                    let parts = emitter.record_parts(class, &name("self"), "compare");
                    let parts = parts.into_iter().map(|(_, read, ty)| {
                        if ty.is_copy() || matches!(read, Expr::MethodCall(_)) {
                            read
                        } else {
                            method(read, "clone", Vec::new())
                        }
                    });
                    let parts = tuple(parts.collect());
                    return parse_quote!(#parts.py_hash());
                }
                if eq.is_some() || emitter.compares_fields(class) {
                    let shown = string(&format!("unhashable type: '{}'", emitter.program.classes[class].name));
                    return parse_quote!(Err(TypeError::new(#shown)));
                }
                parse_quote!((**self).py_hash())
            });
            methods.push(parse_quote!(fn handle_hash(self: &Rc<Self>) -> PyResult<i64> { #body }));
        }
        template::impl_of(once!(syn::ItemImpl: impl Key for X {}), text, methods)
    }

    /// `other` as the second parameter of a comparison.
    fn other_argument(&mut self, function: FnId, class: ClassId) -> Expr {
        let to = self.program.functions[function].params.get(1).map(|param| self.var_ty(param.var));
        let other = method(name("other"), "clone", Vec::new());
        match to {
            Some(Ty::Class(of)) if self.layouts.same(of, class) => other,
            Some(to) => self.convert(other, &Ty::Class(class), &to),
            None => other,
        }
    }

    fn record_equality(&mut self, class: ClassId) -> Expr {
        let mine = self.record_parts(class, &name("self"), "compare");
        let theirs = self.record_parts(class, &name("other"), "compare");
        let mut test: Option<Expr> =
            if self.layouts.of(class).has_kind() { Some(parse_quote!(self.kind == other.kind)) } else { None };
        for ((_, a, _), (_, b, _)) in mine.into_iter().zip(theirs) {
            let one: Expr = parse_quote!(#a.py_eq(&#b)?);
            test = Some(match test {
                None => one,
                Some(test) => build::binary(test, "&&", one),
            });
        }
        let test = test.unwrap_or_else(|| build::boolean(true));
        parse_quote!(Ok(#test))
    }

    fn compare_impl(&mut self, top: ClassId, layout: &Layout, text: &syn::Ident) -> Item {
        let members = layout.members.clone();
        let this = name("self");
        let mut methods: Vec<ImplItem> = Vec::new();
        for (dunder, key) in [("__lt__", "lt"), ("__le__", "le"), ("__gt__", "gt"), ("__ge__", "ge")] {
            let ordered = |emitter: &Self, class: ClassId| {
                matches!(
                    emitter.program.classes[class].flavour,
                    Flavour::Dataclass { order: true, .. } | Flavour::NamedTuple
                )
            };
            if !self.has_any(layout, dunder) && !members.iter().any(|&class| ordered(self, class)) {
                continue;
            }
            let handle = ident(&format!("handle_{key}"));
            let plain = ident(&format!("py_{key}"));
            let body = self.by_class(top, &this, &members, |emitter, class| {
                if let Some(function) = emitter.special(class, dunder) {
                    let other = emitter.other_argument(function, class);
                    return match emitter.special_call(function, vec![other], &Ty::Bool) {
                        Some((call, true)) => call,
                        Some((call, false)) => build::call_path("Ok", vec![call]),
                        None => parse_quote!(Ok(false)),
                    };
                }
                if ordered(emitter, class) {
                    let owned = |parts: Vec<(String, Expr, Ty)>| {
                        let parts = parts.into_iter().map(|(_, read, ty)| {
                            if ty.is_copy() || matches!(read, Expr::MethodCall(_)) {
                                read
                            } else {
                                method(read, "clone", Vec::new())
                            }
                        });
                        tuple(parts.collect())
                    };
                    let mine = owned(emitter.record_parts(class, &name("self"), "compare"));
                    let theirs = owned(emitter.record_parts(class, &name("other"), "compare"));
                    return parse_quote!(#mine.#plain(&#theirs));
                }
                parse_quote!((**self).#plain(other))
            });
            methods.push(parse_quote!(fn #handle(self: &Rc<Self>, other: &Rc<Self>) -> PyResult<bool> { #body }));
        }
        template::impl_of(once!(syn::ItemImpl: impl Compare for X {}), text, methods)
    }
}
