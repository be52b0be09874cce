//! Attributes: fields of objects, attributes of classes, properties.

use syn::{Expr, Item, parse_quote};

use super::super::Emitter;
use super::super::build::{self, block_expr, call_path, closure, field, ident, method, name, stmt, string};
use super::super::global::is_initial;
use super::super::layout::{ClassVar, FieldLayout, How, instance_of_type, named_class};
use super::super::place::{Want, as_reference};
use crate::hir::{self, BinOp, ClassId, ExprId, FnId};
use crate::infer::{Resolved, place};
use crate::types::Ty;

impl Emitter<'_> {
    /// The field that an attribute of an object is, and whether every object of the class has it.
    pub(super) fn field_layout(&self, class: ClassId, text: &str) -> Option<FieldLayout> {
        let layout = self.layouts.of(class);
        let above = self.program.above(class);
        let found =
            above.iter().find_map(|above| layout.fields.iter().find(|info| info.owner == *above && info.name == text));
        if let Some(found) = found {
            return Some(found.clone());
        }
        let under = self.layouts.below(class);
        let mut found = layout.fields.iter().filter(|info| under.contains(&info.owner) && info.name == text);
        match (found.next(), found.next()) {
            (Some(only), None) => {
                let how = match only.how {
                    How::Late => How::Unsure,
                    how => how,
                };
                Some(FieldLayout { how, ..only.clone() })
            }
            _ => None,
        }
    }

    /// The class attribute that a name means on a class.
    pub(super) fn class_var(&self, class: ClassId, text: &str) -> Option<ClassVar> {
        let layout = self.layouts.of(class);
        let above = self.program.above(class);
        above.iter().find_map(|above| layout.vars.iter().find(|var| var.owner == *above && var.name == text)).cloned()
    }

    /// Whether a class attribute has its value from its declaration on.
    pub(super) fn is_constant_var(&self, var: &ClassVar) -> bool {
        self.program.classes[var.owner].parent.is_none() && is_initial(self.program, self.types, var.value)
    }

    /// Whether anything may read it: what was added to a class is there for those who ask for it.
    fn is_asked_for(&self, var: &ClassVar) -> bool {
        let program = self.program;
        let span = program.span(var.value);
        if span.start < span.end && var.name != "__match_args__" {
            return true;
        }
        let lookups = program.classes[var.owner].methods.iter().any(|&method| {
            program.functions[method].made
                && program.functions[method].name.starts_with("of_")
                && self.types.function.get(method).is_none_or(|signature| signature.used)
        });
        lookups && (var.name.starts_with("members") || var.name.starts_with("all"))
            || program.exprs.iter().any(|(id, expr)| match expr {
                hir::Expr::Attr(of, name) if matches!(program.exprs[*of], hir::Expr::Class(class) if class != var.owner) => {
                    let _ = name;
                    false
                }
                hir::Expr::Attr(_, name) => *name == var.name && program.span(id).start < program.span(id).end,
                _ => false,
            })
    }

    /// `static WORKER_COUNT: Global<i64> = …;`, for each attribute of a class.
    pub(super) fn class_var_items(&mut self, class: ClassId) -> Vec<Item> {
        let vars: Vec<ClassVar> =
            self.layouts.of(class).vars.iter().filter(|var| var.owner == class).cloned().collect();
        let mut out = Vec::new();
        for var in vars {
            if !self.is_asked_for(&var) {
                continue;
            }
            let text = ident(&var.text);
            let ty = super::super::function::inhabited(&var.ty);
            let written = self.ty(&ty);
            let python = &var.name;
            if self.is_constant_var(&var) {
                let from = self.ty_of(var.value);
                let made = self.into(var.value);
                let made = self.convert(made, &from, &ty);
                let first = closure(false, false, Vec::new(), None, made);
                out.push(parse_quote!(static #text: Global<#written> = Global::new(#first);));
            } else {
                out.push(parse_quote!(static #text: LateGlobal<#written> = LateGlobal::new(#python);));
            }
        }
        out
    }

    /// The attributes of a class get their values where the class stands.
    pub(in crate::emit) fn class_values(&mut self, class: ClassId) {
        let vars: Vec<ClassVar> =
            self.layouts.of(class).vars.iter().filter(|var| var.owner == class).cloned().collect();
        for var in vars {
            if self.is_constant_var(&var) || !self.is_asked_for(&var) {
                continue;
            }
            let from = self.ty_of(var.value);
            let made = self.owned(var.value);
            let made = self.convert(made, &from, &var.ty);
            self.out.push(stmt(method(name(&var.text), "set", vec![made])));
        }
    }

    fn var_path(&self, var: &ClassVar) -> String {
        let module = self.program.classes[var.owner].module;
        if module == self.module { var.text.clone() } else { format!("{}::{}", self.module_path(module), var.text) }
    }

    pub(super) fn read_class_var(&mut self, var: &ClassVar) -> Expr {
        let read = method(name(&self.var_path(var)), "get", Vec::new());
        if self.is_constant_var(var) { read } else { self.question(read) }
    }

    /// A class attribute read through an object: that of the object's class.
    pub(super) fn read_var_of(&mut self, class: ClassId, recv: &Expr, text: &str) -> Option<Expr> {
        let classes = self.layouts.below(class).to_vec();
        if classes.iter().any(|&class| self.class_var(class, text).is_none()) {
            return None;
        }
        let text = text.to_string();
        Some(self.by_class(class, recv, &classes, |emitter, class| match emitter.class_var(class, &text) {
            Some(var) => emitter.read_class_var(&var),
            None => name("None"),
        }))
    }

    /// `object.name` of a field.
    pub(in crate::emit) fn field_read(&mut self, id: ExprId, object: ExprId, text: &str, want: Want) -> Expr {
        match self.ty_of(object) {
            Ty::Exc(_) => {
                let Some(info) = self.field_info(object, text) else {
                    return self.unsupported(id, "this attribute is not translated yet");
                };
                let place = self.exception_place(object, text, &info);
                let fresh = info.reassigned && self.constructed(object, text).is_none();
                if fresh || info.ty.is_copy() || want == Want::Place {
                    place
                } else {
                    method(place, "clone", Vec::new())
                }
            }
            Ty::Class(class) => {
                let recv = self.place(object);
                match self.read_attribute(class, recv, text, want) {
                    Some(read) => read,
                    None => self.unsupported(id, "this attribute is not translated yet"),
                }
            }
            Ty::Type => {
                if let Some((this, class)) = instance_of_type(self.program, object) {
                    let recv = self.place(this);
                    if let Some(read) = self.read_var_of(class, &recv, text) {
                        return read;
                    }
                }
                let Some(class) = named_class(self.program, object) else {
                    return self
                        .unsupported(id, "an attribute of a class that is held in a variable is not translated yet");
                };
                // `cls` is the class itself: classes below have a method of their own.
                match self.class_var(class, text) {
                    Some(var) => self.read_class_var(&var),
                    _ => self.unsupported(id, "this attribute of a class is not translated yet"),
                }
            }
            _ => self.unsupported(id, "this attribute is not translated yet"),
        }
    }

    /// A field of an exception as a place.
    fn exception_place(&mut self, object: ExprId, text: &str, info: &crate::infer::FieldInfo) -> Expr {
        if let Some(local) = self.constructed(object, text) {
            return name(&local);
        }
        let recv = self.place(object);
        let recv = self.fields_of(object, text, recv);
        let part = field(recv, &super::super::names::definition(text));
        if info.reassigned { method(part, "get", Vec::new()) } else { part }
    }

    pub(in crate::emit) fn read_attribute(
        &mut self,
        class: ClassId,
        recv: Expr,
        text: &str,
        want: Want,
    ) -> Option<Expr> {
        let Some(info) = self.field_layout(class, text) else { return self.read_var_of(class, &recv, text) };
        let part = field(recv.clone(), &info.text);
        Some(match info.how {
            How::Plain if info.ty.is_copy() || want == Want::Place => part,
            How::Plain => method(part, "clone", Vec::new()),
            How::Cell | How::Field | How::Late => method(part, "get", Vec::new()),
            How::Unsure => match self.read_var_of(class, &recv, text) {
                Some(of_class) => build::if_(
                    method(part.clone(), "is_set", Vec::new()),
                    vec![build::tail(method(part, "get", Vec::new()))],
                    Some(of_class),
                ),
                None => self.mixed_attribute(class, recv, part, text),
            },
        })
    }

    /// A field that some objects have, and some classes have an attribute of that name.
    fn mixed_attribute(&mut self, class: ClassId, recv: Expr, part: Expr, text: &str) -> Expr {
        let classes = self.layouts.below(class).to_vec();
        let whole = self.referenced(recv.clone());
        let getters = classes.iter().any(|&class| self.special_getter(class, text).is_some());
        if classes.iter().all(|&class| self.class_var(class, text).is_none()) && !getters {
            let read = method(part, "try_get", vec![whole, string(text)]);
            return self.question(read);
        }
        let text = text.to_string();
        let held = self.attribute_ty(class, &text);
        self.by_class(class, &recv, &classes, |emitter, class| match emitter.class_var(class, &text) {
            _ if emitter.special_getter(class, &text).is_some() => {
                let Some(getter) = emitter.special_getter(class, &text) else { return recv.clone() };
                let made = emitter.method_with(getter, recv.clone(), Some(class), Vec::new());
                let from = emitter.signature(getter).result;
                emitter.convert(made, &from, &held)
            }
            Some(var) => {
                let of_class = emitter.read_class_var(&var);
                let own = vec![build::tail(method(part.clone(), "get", Vec::new()))];
                build::if_(method(part.clone(), "is_set", Vec::new()), own, Some(of_class))
            }
            None => {
                let read = method(part.clone(), "try_get", vec![whole.clone(), string(&text)]);
                emitter.question(read)
            }
        })
    }

    /// A field as a place.
    pub(in crate::emit) fn field_place(&mut self, object: ExprId, text: &str) -> Expr {
        if let (Ty::Exc(_), Some(info)) = (self.ty_of(object), self.field_info(object, text)) {
            return self.exception_place(object, text, &info);
        }
        let recv = self.place(object);
        let read = match self.ty_of(object) {
            Ty::Class(class) => self.read_attribute(class, recv, text, Want::Place),
            _ => None,
        };
        match read {
            Some(read) => read,
            None => self.unsupported(object, "this attribute is not translated yet"),
        }
    }

    /// An attribute that inference said nothing of.
    pub(in crate::emit) fn plain_attribute(&mut self, id: ExprId, object: ExprId, text: &str) -> Expr {
        let ty = self.ty_of(object);
        match (&ty, text) {
            (Ty::Class(class), text) if self.field_layout(*class, text).is_some() => {
                return self.field_read(id, object, text, Want::Owned);
            }
            (Ty::Exc(_), text) if self.field_info(object, text).is_some() => {
                return self.field_read(id, object, text, Want::Owned);
            }
            (Ty::Type | Ty::ExcType, "__name__" | "__qualname__" | "__module__") => {
                let getter = if text == "__module__" { "module" } else { "name" };
                let place = self.place(object);
                let made = method(place, getter, Vec::new());
                // The name of a class of exceptions is a literal.
                return if ty == Ty::Type { made } else { call_path("Str::from", vec![made]) };
            }
            (Ty::Fn(_), "__name__" | "__qualname__") => {
                if let hir::Expr::Function(function) | hir::Expr::Lambda(function) = self.program.exprs[object] {
                    let function = &self.program.functions[function];
                    let shown = if text == "__name__" { function.shown_name() } else { function.shown() };
                    return call_path("Str::from", vec![string(shown)]);
                }
                let place = self.place(object);
                let call = if text == "__name__" { "name" } else { "qualname" };
                return call_path("Str::from", vec![method(place, call, Vec::new())]);
            }
            _ => {}
        }
        if let Ty::Fn(_) = self.raw_ty(id) {
            let ty = self.raw_ty(id);
            return self.function_value(id, &ty);
        }
        self.unsupported(id, "this attribute is not translated yet")
    }

    /// `object.name = value`.
    pub(in crate::emit) fn assign_attribute(&mut self, object: ExprId, text: &str, value: Expr, ty: &Ty) {
        if let Some(Resolved::Raises(class, text)) = self.resolved(object, place::SET_ATTR) {
            if class.contains("::") {
                self.import("dataclasses");
            }
            self.out.push(build::let_(build::pat("_"), None, Some(value)));
            let raise = self.raises_after(&[object], class, text);
            self.out.push(stmt(raise));
            return;
        }
        if let Some(Resolved::Function { function, .. }) = self.resolved(object, place::SET_ATTR) {
            let recv = self.place(object);
            let class = match self.ty_of(object) {
                Ty::Class(class) => Some(class),
                _ => None,
            };
            let call = self.set_property(*function, recv, class, value, ty);
            self.out.push(stmt(call));
            return;
        }
        if let Some(Resolved::Stub(call)) = self.resolved(object, place::SET_ATTR)
            && let Some(arg) = call.args.first()
        {
            let recv = self.place(object);
            let value = self.convert(value, ty, &arg.ty);
            let value = match arg.pass {
                crate::stubs::Pass::Value => value,
                _ => as_reference(value),
            };
            let call = self.stub_form(call, Some(recv), vec![value]);
            self.out.push(stmt(call));
            return;
        }
        let recv = match self.ty_of(object) {
            Ty::Class(_) | Ty::Exc(_) => self.place(object),
            _ => build::tuple(Vec::new()),
        };
        self.write_attribute(object, recv, text, value, ty);
    }

    fn set_property(&mut self, function: FnId, recv: Expr, class: Option<ClassId>, value: Expr, ty: &Ty) -> Expr {
        let to = self.program.functions[function].params.get(1).map(|param| self.var_ty(param.var));
        let value = match to {
            Some(to) => self.convert(value, ty, &to),
            None => value,
        };
        self.method_with(function, recv, class, vec![value])
    }

    fn write_attribute(&mut self, object: ExprId, recv: Expr, text: &str, value: Expr, ty: &Ty) {
        match self.ty_of(object) {
            Ty::Class(class) => {
                if let Some(info) = self.field_layout(class, text) {
                    let value = self.convert(value, ty, &info.ty);
                    let part = field(recv, &info.text);
                    self.out.push(stmt(method(part, "set", vec![value])));
                    return;
                }
            }
            Ty::Exc(_) => {
                if let Some(info) = self.field_info(object, text) {
                    let value = self.convert(value, ty, &info.ty);
                    let recv = self.fields_of(object, text, recv);
                    let part = field(recv, &super::super::names::definition(text));
                    self.out.push(stmt(method(part, "set", vec![value])));
                    return;
                }
            }
            Ty::Type => {
                let var = named_class(self.program, object).and_then(|class| self.class_var(class, text));
                // Through a subclass the attribute would become one of its own.
                let own = named_class(self.program, object)
                    .is_some_and(|class| var.as_ref().is_some_and(|var| var.owner == class));
                if let (Some(var), true) = (var, own) {
                    let value = self.convert(value, ty, &var.ty);
                    let path = self.var_path(&var);
                    self.out.push(stmt(method(name(&path), "set", vec![value])));
                    return;
                }
            }
            _ => {}
        }
        let refused = self.unsupported(object, "assigning to this attribute is not translated yet");
        self.out.push(stmt(refused));
    }

    /// `object.name op= value`.
    pub(in crate::emit) fn aug_attribute(&mut self, object: ExprId, text: &str, op: BinOp, value: ExprId) {
        let program = self.program;
        let ty = self.ty_of(object);
        let setter = match self.resolved(object, place::SET_ATTR) {
            Some(Resolved::Function { function, .. }) => Some(*function),
            _ => None,
        };
        let stmts = self.in_block(|emitter| {
            let recv = match ty {
                Ty::Class(_) | Ty::Exc(_) => emitter.held(object, "object"),
                _ => build::tuple(Vec::new()),
            };
            let (read, held) = match (&ty, setter) {
                (Ty::Class(class), Some(_)) => {
                    let getter = emitter.special_getter(*class, text);
                    let Some(getter) = getter else {
                        let refused = emitter.unsupported(object, "this property is not translated yet");
                        emitter.out.push(stmt(refused));
                        return;
                    };
                    let result =
                        emitter.types.function.get(getter).map_or(Ty::Value, |signature| signature.result.clone());
                    let read = emitter.method_with(getter, recv.clone(), Some(*class), Vec::new());
                    (Some(read), result)
                }
                (Ty::Class(class), None) => {
                    let held = emitter.attribute_ty(*class, text);
                    (emitter.read_attribute(*class, recv.clone(), text, Want::Owned), held)
                }
                (Ty::Exc(_), None) => match emitter.field_info(object, text) {
                    Some(info) => {
                        let fields = emitter.fields_of(object, text, recv.clone());
                        let part = field(fields, &super::super::names::definition(text));
                        let read = if info.reassigned { method(part, "get", Vec::new()) } else { part };
                        (Some(read), info.ty)
                    }
                    None => (None, Ty::Value),
                },
                (Ty::Type, _) => match named_class(program, object).and_then(|class| emitter.class_var(class, text)) {
                    Some(var) => (Some(emitter.read_class_var(&var)), var.ty.clone()),
                    None => (None, Ty::Value),
                },
                _ => (None, Ty::Value),
            };
            let Some(read) = read else {
                let refused = emitter.unsupported(object, "assigning to this attribute is not translated yet");
                emitter.out.push(stmt(refused));
                return;
            };
            if let Some(changed) = emitter.augmented_or_in_place(read, &held, op, value) {
                match setter {
                    Some(setter) => {
                        let class = match &ty {
                            Ty::Class(class) => Some(*class),
                            _ => None,
                        };
                        let call = emitter.set_property(setter, recv, class, changed, &held);
                        emitter.out.push(stmt(call));
                    }
                    None => emitter.write_attribute(object, recv, text, changed, &held),
                }
            }
        });
        if stmts.len() == 1 {
            self.out.extend(stmts);
        } else {
            self.out.push(super::super::iterate::tail_or_stmt(block_expr(stmts)));
        }
    }

    /// The type of an attribute.
    pub(in crate::emit) fn attribute_ty(&self, class: ClassId, text: &str) -> Ty {
        match self.field_layout(class, text) {
            Some(info) => info.ty,
            None => self.class_var(class, text).map_or(Ty::Value, |var| var.ty),
        }
    }

    /// The getter of a property.
    pub(super) fn special_getter(&self, class: ClassId, text: &str) -> Option<FnId> {
        self.program.above(class).into_iter().find_map(|class| {
            self.program.classes[class].methods.iter().copied().find(|&method| {
                let function = &self.program.functions[method];
                function.name == text && function.method.is_some_and(|method| method.binding == hir::Binding::Getter)
            })
        })
    }
}
