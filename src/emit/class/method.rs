//! Methods: calls, and what an overridden one is called through.

use syn::{Expr, FnArg, parse_quote};

use super::super::Emitter;
use super::super::build::{awaited, method, name, pat, tail};
use super::super::layout::Layout;
use super::super::names::{sanitize, snake};
use crate::hir::{self, Binding, ClassId, Default, ExprId, FnId, FnKind, Lit, ParamKind};
use crate::infer::BoundArg;
use crate::types::Ty;

/// Methods that are called on every handle: a method of the program must not hide them.
const HANDLE: &[&str] = &[
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "drop",
    "eq",
    "fmt",
    "from",
    "ge",
    "gt",
    "hash",
    "into",
    "is",
    "le",
    "lt",
    "ne",
    "new",
    "to_string",
    "truthy",
    "type_id",
];

/// The Rust name of a method of a class, by its Python name.
pub fn method_text(text: &str) -> String {
    match text {
        "__init__" => "init".into(),
        text if text.len() > 4 && text.starts_with("__") && text.ends_with("__") => {
            let inner = &text[2..text.len() - 2];
            if HANDLE.contains(&inner) { format!("{inner}_") } else { sanitize(inner) }
        }
        text if HANDLE.contains(&text) => format!("{text}_"),
        text => sanitize(text),
    }
}

/// The name of a method in its struct: with its class before it where several classes have one of that name.
pub fn full_text(program: &hir::Program, layout: &Layout, function: FnId) -> String {
    let inner = &program.functions[function];
    let mut text = method_text(&inner.name);
    let Some(method) = inner.method else { return text };
    if method.binding == Binding::Setter {
        text = format!("set_{}", text.trim_start_matches("r#"));
    }
    let several = layout.members.iter().filter(|&&class| class != method.class).any(|&class| {
        program.classes[class].methods.iter().any(|&other| {
            let other = &program.functions[other];
            other.name == inner.name
                && (method.binding == Binding::Setter)
                    == other.method.is_some_and(|method| method.binding == Binding::Setter)
        })
    });
    if several { format!("{}_{text}", snake(&program.classes[method.class].name)) } else { text }
}

impl Emitter<'_> {
    /// The name of a method.
    pub(in crate::emit) fn method_name(&self, function: FnId) -> String {
        self.names.function(function)
    }

    /// The methods that a call of one may reach on an object of a class.
    fn reached(&self, function: FnId, class: ClassId) -> Vec<FnId> {
        let mut found: Vec<FnId> = Vec::new();
        for &class in self.layouts.below(class) {
            if let Some(method) = self.reached_exactly(function, class)
                && !found.contains(&method)
            {
                found.push(method);
            }
        }
        found
    }

    /// The method that a call of one reaches on an object of exactly this class.
    fn reached_exactly(&self, function: FnId, class: ClassId) -> Option<FnId> {
        let inner = &self.program.functions[function];
        let setter = inner.method.is_some_and(|method| method.binding == Binding::Setter);
        self.program.above(class).into_iter().find_map(|class| {
            self.program.classes[class].methods.iter().rev().copied().find(|&method| {
                let other = &self.program.functions[method];
                other.name == inner.name
                    && setter == other.method.is_some_and(|method| method.binding == Binding::Setter)
            })
        })
    }

    /// What a method is called as on an object of a class (by default: that whose method it is), and whether the class of
    /// the object decides.
    pub(super) fn virtual_name(&self, function: FnId, class: Option<ClassId>) -> (String, bool) {
        let inner = &self.program.functions[function];
        let Some(class) = class.or_else(|| inner.method.map(|method| method.class)) else {
            return (self.method_name(function), false);
        };
        match self.reached(function, class)[..] {
            [] => (self.method_name(function), false),
            [only] => (self.method_name(only), false),
            _ => {
                let text = method_text(&inner.name);
                let setter = inner.method.is_some_and(|method| method.binding == Binding::Setter);
                (if setter { format!("set_{text}") } else { text }, true)
            }
        }
    }

    /// What a method is called on: coroutines and generators keep their receiver.
    pub(in crate::emit) fn receiver_of(&mut self, function: FnId, recv: Expr) -> Expr {
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
    pub(in crate::emit) fn method_call(&mut self, function: FnId, recv: ExprId, args: &[BoundArg], id: ExprId) -> Expr {
        let program = self.program;
        let binding = program.functions[function].method.map(|method| method.binding);
        let bound = matches!(binding, None | Some(Binding::Instance | Binding::Getter | Binding::Setter));
        if !bound {
            if program.functions[function].method.is_some_and(|method| {
                binding == Some(Binding::Class)
                    && matches!(self.ty_of(recv), Ty::Class(_))
                    && self.class_param_used(function)
                    && self.layouts.below(method.class).len() > 1
            }) {
                return self.unsupported(
                    id,
                    "a class method that uses its class, which has subclasses, is not translated yet",
                );
            }
            let args = self.user_args(function, args);
            return self.call_of(function, args);
        }
        // `Base.method(self, …)`.
        if let (Ty::Type | Ty::ExcType, Some((BoundArg::Expr(this), rest))) = (self.ty_of(recv), args.split_first()) {
            let recv = self.place(*this);
            if self.program.functions[function].method.is_some_and(|method| self.is_exception(method.class)) {
                return self.exception_method_of(function, recv, rest);
            }
            let args = self.method_args(function, rest);
            let recv = self.receiver_of(function, recv);
            let call = method(recv, &self.method_name(function), args);
            return self.finish_call(function, call);
        }
        let class = match self.ty_of(recv) {
            Ty::Class(class) => Some(class),
            _ => None,
        };
        if let Ty::Exc(crate::types::ExcClass::Class(class)) = self.ty_of(recv) {
            let place = self.place(recv);
            return self.exception_method(function, class, place, args);
        }
        let place = self.place(recv);
        self.method_of(function, place, class, args)
    }

    fn class_param_used(&self, function: FnId) -> bool {
        let inner = &self.program.functions[function];
        let Some(var) = inner.params.first().map(|param| param.var) else { return false };
        let mut used = false;
        hir::walk::for_each_expr_in_block(self.program, &inner.body, &mut |expr| {
            used |= matches!(self.program.exprs[expr], hir::Expr::Var(other) if other == var);
        });
        used
    }

    fn method_args(&mut self, function: FnId, args: &[BoundArg]) -> Vec<Expr> {
        self.user_args(function, args)
    }

    /// The same, with the receiver at hand.
    pub(in crate::emit) fn method_on(&mut self, function: FnId, recv: Expr, args: &[BoundArg], _id: ExprId) -> Expr {
        if let Some(method) = self.program.functions[function].method
            && self.is_exception(method.class)
        {
            return self.exception_method(function, method.class, recv, args);
        }
        self.method_of(function, recv, None, args)
    }

    fn method_of(&mut self, function: FnId, recv: Expr, class: Option<ClassId>, args: &[BoundArg]) -> Expr {
        let args = self.user_args(function, args);
        self.method_with(function, recv, class, args)
    }

    /// `recv.name(args)` with everything at hand.
    pub(in crate::emit) fn method_with(
        &mut self,
        function: FnId,
        recv: Expr,
        class: Option<ClassId>,
        args: Vec<Expr>,
    ) -> Expr {
        let recv = self.having(function, recv, class);
        let (text, _) = self.virtual_name(function, class);
        let call = method(recv, &text, args);
        self.finish_call(function, call)
    }

    /// What a method is called on as an object of a class: AttributeError where the class of the object does not have it.
    pub(super) fn having(&mut self, function: FnId, recv: Expr, class: Option<ClassId>) -> Expr {
        let Some(class) = class else { return self.receiver_of(function, recv) };
        let classes = self.layouts.below(class).to_vec();
        let (having, lacking): (Vec<ClassId>, Vec<ClassId>) =
            classes.into_iter().partition(|&of| self.reached_exactly(function, of).is_some());
        let decided = self.reached(function, class).len() > 1;
        if decided || having.is_empty() || !lacking.into_iter().any(|of| self.layouts.is_made(of)) {
            return self.receiver_of(function, recv);
        }
        let kinds: Vec<Expr> = having.into_iter().map(|class| self.kind_of(class)).collect();
        let text = self.program.functions[function].name.clone();
        let found = self.question(parse_quote!(#recv.py_having(#text, |of| matches!(of.kind, #(#kinds)|*))));
        match self.program.functions[function].kind {
            FnKind::Plain => found,
            _ => method(found, "clone", Vec::new()),
        }
    }

    /// `super().name(args)`.
    pub(in crate::emit) fn super_call(
        &mut self,
        function: FnId,
        class: ClassId,
        recv: ExprId,
        args: &[BoundArg],
        id: ExprId,
    ) -> Expr {
        let classes = self.layouts.below(class).to_vec();
        let differs = classes.iter().any(|&below| self.next_method(function, class, below) != Some(function));
        if differs {
            return self.super_by_class(function, class, recv, args, id);
        }
        let binding = self.program.functions[function].method.map(|method| method.binding);
        if matches!(binding, Some(Binding::Static | Binding::Class)) {
            let args = self.user_args(function, args);
            return self.call_of(function, args);
        }
        let place = self.place(recv);
        if self.is_exception(class) {
            return self.exception_method_of(function, place, args);
        }
        let args = self.user_args(function, args);
        let recv = self.receiver_of(function, place);
        let call = method(recv, &self.method_name(function), args);
        self.finish_call(function, call)
    }

    /// What `super().name` means behind a class, on objects of another one.
    fn next_method(&self, function: FnId, class: ClassId, of: ClassId) -> Option<FnId> {
        let name = &self.program.functions[function].name;
        let all = self.program.above(of);
        let after = all.iter().position(|other| *other == class).map_or(0, |at| at + 1);
        all[after..].iter().find_map(|other| {
            let methods = self.program.classes[*other].methods.iter().rev().copied();
            methods.into_iter().find(|&method| self.program.functions[method].name == *name)
        })
    }

    /// `super().name(args)` that means another method on objects of a class with several bases.
    fn super_by_class(&mut self, function: FnId, class: ClassId, recv: ExprId, args: &[BoundArg], id: ExprId) -> Expr {
        let classes = self.layouts.below(class).to_vec();
        let inner = &self.program.functions[function];
        let fits = classes.iter().all(|&of| {
            self.next_method(function, class, of).is_none_or(|next| {
                let other = &self.program.functions[next];
                other.kind == inner.kind
                    && other.params.len() == inner.params.len()
                    && self.signature(next).result == self.signature(function).result
                    && other.method.is_some_and(|method| method.binding == Binding::Instance)
                    && other
                        .params
                        .iter()
                        .zip(&inner.params)
                        .skip(1)
                        .all(|(a, b)| a.kind == b.kind && self.var_ty(a.var) == self.var_ty(b.var))
            })
        });
        let plain = args.iter().all(|arg| match arg {
            BoundArg::Expr(value) => self.is_pure(*value),
            BoundArg::Args(list) => list.iter().all(|arg| self.is_pure(arg.value())),
            BoundArg::Kwargs(list) => list.iter().all(|arg| self.is_pure(arg.value())),
            _ => true,
        });
        if !fits || !plain || self.is_exception(class) {
            return self
                .unsupported(id, "`super()` that depends on a subclass with several bases is not translated yet");
        }
        let place = self.place(recv);
        let args = args.to_vec();
        let is_async = matches!(self.program.functions[function].kind, FnKind::Coroutine { .. });
        self.by_class(class, &place.clone(), &classes, |emitter, of| {
            let Some(next) = emitter.next_method(function, class, of) else {
                let name = emitter.program.functions[function].name.clone();
                if name == "__init__" {
                    return super::super::build::tuple(Vec::new());
                }
                return emitter.raise_text("AttributeError", &format!("'super' object has no attribute '{name}'"));
            };
            let args = emitter.user_args(next, &args);
            let recv = emitter.receiver_of(next, place.clone());
            let call = method(recv, &emitter.method_name(next), args);
            let call = emitter.finish_call(next, call);
            if is_async { super::super::build::call_path("Coroutine::new", vec![call]) } else { call }
        })
    }

    /// What overridden methods are called through: one `match` on the class of the object.
    pub(super) fn dispatchers(&mut self, layout: &Layout) -> Vec<syn::ItemFn> {
        let program = self.program;
        let mut out = Vec::new();
        let mut done: Vec<(String, bool)> = Vec::new();
        for &class in &layout.members {
            for &base in &program.classes[class].methods {
                let inner = &program.functions[base];
                let Some(of) = inner.method else { continue };
                let setter = of.binding == Binding::Setter;
                if inner.name == "__init__"
                    || matches!(of.binding, Binding::Static | Binding::Class)
                    || done.contains(&(inner.name.clone(), setter))
                {
                    continue;
                }
                done.push((inner.name.clone(), setter));
                let mut all: Vec<(ClassId, FnId)> = Vec::new();
                for &member in &layout.members {
                    let own =
                        self.reached(base, member).into_iter().find(|&function| find_member(program, member, function));
                    if let Some(function) = own {
                        all.push((member, function));
                    }
                }
                let mut functions: Vec<FnId> = all.iter().map(|(_, function)| *function).collect();
                functions.dedup();
                if functions.len() < 2 || !self.is_called_through(layout, base) {
                    continue;
                }
                if let Some(item) = self.dispatcher(layout, base, &all) {
                    out.push(item);
                }
            }
        }
        out
    }

    /// Whether some class has two of the methods at or below it: only then may a call reach either.
    fn is_called_through(&self, layout: &Layout, function: FnId) -> bool {
        layout.members.iter().chain(&layout.named).any(|&class| self.reached(function, class).len() > 1)
    }

    /// Whether the method is still called on objects that may have one of several: some calls were written out for each class.
    fn is_called_on_objects(&self, base: FnId) -> bool {
        let name = &self.program.functions[base].name;
        let is_dunder = name.len() > 4 && name.starts_with("__") && name.ends_with("__");
        is_dunder
            || self.program.exprs.iter().any(|(_, expr)| {
                let (recv, called) = match expr {
                    hir::Expr::Call(hir::Call { callee: hir::Callee::Method { recv, name }, .. }) => (*recv, name),
                    hir::Expr::Attr(recv, name) => (*recv, name),
                    _ => return false,
                };
                called == name
                    && match self.types.expr.get(recv) {
                        None | Some(Ty::Type | Ty::ExcType) => false,
                        Some(Ty::Class(class)) => self.reached(base, *class).len() > 1,
                        Some(_) => true,
                    }
            })
    }

    fn dispatcher(&mut self, layout: &Layout, base: FnId, all: &[(ClassId, FnId)]) -> Option<syn::ItemFn> {
        let program = self.program;
        let inner = &program.functions[base];
        let signature = self.signature(base);
        let complete = all.len() == layout.members.len();
        let mut raises = !complete;
        for &(_, function) in all {
            raises |= inner.kind == FnKind::Plain && self.function_raises(function);
        }
        if raises && inner.kind == FnKind::Plain {
            // All of them are called alike.
            for &(_, function) in all {
                if let Some(flag) = self.raises.get_mut(function.raw() as usize) {
                    *flag = true;
                }
            }
        }
        for &(_, function) in all {
            let other = &program.functions[function];
            let theirs = self.signature(function);
            let count = inner.params.len();
            let fits = other.kind == inner.kind
                && other.params.len() >= count
                && theirs.result == signature.result
                && theirs.yields == signature.yields
                && inner.params.iter().zip(&other.params).skip(1).all(|(a, b)| {
                    a.kind == b.kind
                        && self.var_ty(a.var) == self.var_ty(b.var)
                        && self.same_default(a.default, b.default)
                })
                && other.params[count..]
                    .iter()
                    .all(|param| matches!(param.default, Some(Default::Inline(_))) || param.kind == ParamKind::Kwargs);
            if !fits {
                if !self.is_called_on_objects(base) {
                    return None;
                }
                self.unsupported_at(
                    other.span,
                    "a method that overrides one with other parameters, or gives another type, is not translated yet",
                );
                return None;
            }
        }
        let mut inputs: Vec<FnArg> = Vec::new();
        let mut args: Vec<Expr> = Vec::new();
        let owned = inner.kind != FnKind::Plain;
        inputs.push(if owned { parse_quote!(self: Rc<Self>) } else { parse_quote!(self: &Rc<Self>) });
        for (at, param) in inner.params.iter().enumerate().skip(1) {
            let mut text = sanitize(&program.vars[param.var].name);
            if text == "_" {
                text = format!("arg{at}");
            }
            let ty = self.var_ty(param.var);
            let ty = match param.kind {
                ParamKind::Args | ParamKind::Kwargs => ty,
                _ => super::super::function::inhabited(&ty),
            };
            let ty = self.ty(&ty);
            let pattern = pat(&text);
            inputs.push(parse_quote!(#pattern: #ty));
            args.push(name(&text));
        }
        let is_async = matches!(inner.kind, FnKind::Coroutine { .. });
        let top = layout.top()?;
        let count = inner.params.len();
        let around = self.enter_body(Some(base), super::super::body::Kind::Plain, true, Ty::None);
        let mut body = {
            let classes: Vec<ClassId> = all.iter().map(|(class, _)| *class).collect();
            self.by_class(top, &name("self"), &classes, |emitter, class| {
                let function = all.iter().find(|(of, _)| *of == class).map_or(base, |(_, function)| *function);
                let mut args = args.clone();
                for param in &program.functions[function].params[count..] {
                    let ty = emitter.var_ty(param.var);
                    match param.default {
                        Some(Default::Inline(value)) => args.push(emitter.into(value)),
                        _ => args.push(emitter.new_container(&ty, "Dict")),
                    }
                }
                let call = method(name("self"), &emitter.method_name(function), args);
                if is_async { awaited(call) } else { call }
            })
        };
        self.body = around;
        if !complete {
            let text = inner.name.clone();
            if inner.kind != FnKind::Plain && !is_async {
                self.unsupported_at(
                    inner.span,
                    "a generator method that only some subclasses have is not translated yet",
                );
                return None;
            }
            let kinds: Vec<Expr> = all.iter().map(|(class, _)| self.kind_of(*class)).collect();
            let title = format!("'{{}}' object has no attribute '{text}'");
            let error: Expr = parse_quote!(Err(AttributeError::new(format!(#title, self.py_type()))));
            body = parse_quote!(if matches!(self.kind, #(#kinds)|*) { #body } else { #error });
        }
        let output = match inner.kind {
            FnKind::Generator => Some(Ty::Gen(
                Box::new(super::super::function::inhabited(&signature.yields)),
                Box::new(super::super::function::inhabited(&signature.sends)),
                Box::new(super::super::function::inhabited(&signature.result)),
            )),
            FnKind::AsyncGenerator => Some(Ty::AsyncGen(
                Box::new(super::super::function::inhabited(&signature.yields)),
                Box::new(super::super::function::inhabited(&signature.sends)),
            )),
            _ => None,
        };
        let output = match output {
            Some(ty) => Some(self.ty(&ty)),
            None => self.return_ty(inner.kind, &signature.result, raises),
        };
        let (text, _) = {
            let text = method_text(&inner.name);
            let setter = inner.method.is_some_and(|method| method.binding == Binding::Setter);
            (if setter { format!("set_{text}") } else { text }, true)
        };
        let mut item = self.item_fn(&text, output, vec![tail(body)]);
        if is_async {
            item.sig.asyncness = Some(std::default::Default::default());
        }
        item.sig.inputs = inputs.into_iter().collect();
        Some(item)
    }

    /// Whether two defaults are the same.
    fn same_default(&self, a: Option<Default>, b: Option<Default>) -> bool {
        match (a, b) {
            (None, None) => true,
            (Some(Default::Inline(a)), Some(Default::Inline(b))) => self.same_literal(a, b),
            _ => false,
        }
    }

    fn same_literal(&self, a: ExprId, b: ExprId) -> bool {
        match (&self.program.exprs[a], &self.program.exprs[b]) {
            (hir::Expr::Lit(Lit::Float(a)), hir::Expr::Lit(Lit::Float(b))) => a.to_bits() == b.to_bits(),
            (hir::Expr::Lit(a), hir::Expr::Lit(b)) => a == b,
            (hir::Expr::Unary(x, a), hir::Expr::Unary(y, b)) => x == y && self.same_literal(*a, *b),
            (hir::Expr::Tuple(a), hir::Expr::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same_literal(a.value(), b.value()))
            }
            (hir::Expr::Stub(a), hir::Expr::Stub(b)) => a == b,
            _ => false,
        }
    }
}

/// Whether a class or one above it has the method.
fn find_member(program: &hir::Program, class: ClassId, function: FnId) -> bool {
    let of = program.functions[function].method.map(|method| method.class);
    of.is_some_and(|of| program.above(class).contains(&of))
}
