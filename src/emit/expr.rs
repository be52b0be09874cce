//! Expressions: one arm for each kind of node.

use syn::Expr;

use super::Emitter;
use super::build::{self, array, block_expr, call_path, if_, int, method, name, stmt, string, tail, tuple};
use super::place::Want;
use crate::hir::{self, DictItem, ExprId, Item, Lit, StubRef, VarId};
use crate::infer::Resolved;
use crate::types::{ExcClass, Ty};

impl Emitter<'_> {
    /// An expression before its adjustments.
    pub(super) fn raw(&mut self, id: ExprId, want: Want) -> Expr {
        let program = self.program;
        match &program.exprs[id] {
            hir::Expr::Lit(lit) => self.literal(id, lit, want),
            // `cls` of a class method is its class.
            hir::Expr::Var(_) if super::layout::named_class(program, id).is_some() => {
                let class =
                    super::layout::named_class(program, id).map_or("", |class| &program.classes[class].qualname);
                call_path("Type::named", vec![string(&format!("__main__.{class}"))])
            }
            hir::Expr::Var(var) => match self.resolved(id, 0) {
                Some(Resolved::Raises(class, text)) => self.raises_after(&[], class, text),
                _ => self.read_var(*var, want, Some(id)),
            },
            hir::Expr::Function(function) => {
                let ty = self.raw_ty(id);
                let _ = function;
                self.function_value(id, &ty)
            }
            hir::Expr::Lambda(_) => {
                let ty = self.raw_ty(id);
                self.function_value(id, &ty)
            }
            hir::Expr::Class(class) => {
                let text = self.class_name(*class);
                if self.is_exception(*class) {
                    return name(&format!("{text}::CLASS"));
                }
                let of = build::generic(&text, Vec::new());
                let _ = of;
                let python = format!("__main__.{}", self.program.classes[*class].qualname);
                call_path("Type::named", vec![string(&python)])
            }
            hir::Expr::Stub(stub) => self.stub_value(id, stub),
            hir::Expr::Module(_) => tuple(Vec::new()),
            hir::Expr::Walrus(var, _) if super::held::is_held(program, id) => self.read_var(*var, want, None),
            hir::Expr::Walrus(var, value) => self.walrus(*var, *value),
            hir::Expr::Unary(op, value) => self.unary(id, *op, *value),
            hir::Expr::Binary(op, left, right) => self.binary(id, *op, *left, *right),
            hir::Expr::Compare(first, rest) => self.compare(id, *first, rest),
            hir::Expr::BoolOp { is_and, operands } => self.bool_op(id, *is_and, operands),
            hir::Expr::IfExp { test, then, orelse } => {
                if let Some((var, value)) = super::held::held(program, *test)
                    && !self.body.held_vars.contains(&var)
                {
                    return self.with_held(var, value, |emitter| emitter.raw(id, want));
                }
                let test = self.condition(*test);
                let then = self.value(*then, if want == Want::Into { Want::Into } else { Want::Owned });
                let orelse = self.value(*orelse, if want == Want::Into { Want::Into } else { Want::Owned });
                if_(test, vec![tail(then)], Some(orelse))
            }
            hir::Expr::Call(call) => self.call(id, call, want),
            hir::Expr::Attr(value, attribute) => self.attribute(id, *value, attribute, want),
            hir::Expr::Index(value, index) => self.index(id, *value, *index, want),
            hir::Expr::Slice { value, lower, upper, step } => self.slice(id, *value, [*lower, *upper, *step]),
            hir::Expr::List(items) => self.display(id, "List", items),
            hir::Expr::Set(items) => self.display(id, "Set", items),
            hir::Expr::Tuple(items) => self.tuple(id, items, want),
            hir::Expr::Dict(items) => self.dict(id, items),
            hir::Expr::Comp(comp) => self.comprehension(id, comp),
            hir::Expr::Format(_) => {
                let text = self.format_macro(id);
                match want {
                    Want::Into => method(text, "into", Vec::new()),
                    Want::Owned | Want::Place => call_path("Str::from", vec![text]),
                }
            }
            hir::Expr::Await(value) => self.await_(id, *value),
            hir::Expr::Yield(value) => self.yield_(*value),
            hir::Expr::YieldFrom(value) if self.in_place.calls.contains(value) => {
                let all = self.owned(*value);
                let yielder = name(&self.body.yielder.clone());
                self.await_question(method(yielder, "yield_all", vec![all]))
            }
            hir::Expr::YieldFrom(value) => {
                let of = self.yielded_from(*value);
                let yielder = name(&self.body.yielder.clone());
                let call = method(yielder, "yield_from", vec![of]);
                self.await_question(call)
            }
            hir::Expr::Aio(aio) => self.aio(id, aio),
            hir::Expr::Unsupported(what) => self.raise_text("NotImplementedError", what),
        }
    }

    /// A literal of the type that inference gave it.
    pub(super) fn literal(&mut self, id: ExprId, lit: &Lit, want: Want) -> Expr {
        let ty = self.raw_ty(id);
        match lit {
            Lit::Int(value) if ty == Ty::Float => build::float(*value as f64),
            Lit::Int(value) if ty == Ty::BigInt => call_path("Int::from", vec![int(*value)]),
            Lit::Str(text) if want == Want::Into => method(string(text), "into", Vec::new()),
            Lit::Imaginary(_) => self.unsupported(id, "complex numbers are not translated yet"),
            lit => self.plain_literal(lit),
        }
    }

    /// A literal of its own type.
    pub(super) fn plain_literal(&mut self, lit: &Lit) -> Expr {
        match lit {
            Lit::None => tuple(Vec::new()),
            Lit::Bool(value) => build::boolean(*value),
            Lit::Int(value) => int(*value),
            Lit::BigInt(digits) => call_path("Int::parse", vec![string(digits)]),
            Lit::Float(value) => build::float(*value),
            Lit::Str(text) => call_path("Str::from", vec![string(text)]),
            Lit::Bytes(text) => call_path("Bytes::literal", vec![build::bytes(text)]),
            Lit::Ellipsis | Lit::Imaginary(_) => name("Ellipsis"),
        }
    }

    /// `math.pi`, `ValueError` and `print` as values.
    fn stub_value(&mut self, id: ExprId, stub: &StubRef) -> Expr {
        match self.raw_ty(id) {
            Ty::ExcType => {
                let path = self.exception_path(&ExcClass::Stub(stub.clone()));
                return name(&format!("{path}::CLASS"));
            }
            Ty::Fn(function) => return self.function_value(id, &Ty::Fn(function)),
            Ty::Module => return tuple(Vec::new()),
            Ty::Type if self.resolved(id, 0).is_none() => {
                let of = if stub.module == "builtins" { String::new() } else { format!("{}.", stub.module) };
                return call_path("Type::named", vec![string(&format!("{of}{}", stub.name))]);
            }
            _ => {}
        }
        if stub.module == "builtins" && stub.name == "__file__" {
            let file = self.files.file(self.program.modules[self.module].file);
            return call_path("Str::from", vec![string(&file.path)]);
        }
        if stub.module == "builtins" && stub.name == "__name__" {
            return call_path("Str::from", vec![string(&self.program.modules[self.module].name)]);
        }
        if let Some(Resolved::Stub(call)) = self.resolved(id, 0) {
            return self.stub_constant(call);
        }
        let path = self.stub_path(stub);
        name(&path)
    }

    fn walrus(&mut self, var: VarId, value: ExprId) -> Expr {
        let stmts = self.in_block(|emitter| {
            let value = emitter.owned(value);
            emitter.assign_var(var, value, false);
            let read = emitter.read_var(var, Want::Owned, None);
            emitter.out.push(tail(read));
        });
        block_expr(stmts)
    }

    /// `[a, *b]`, `{a, *b}`.
    fn display(&mut self, id: ExprId, kind: &str, items: &[Item]) -> Expr {
        let ty = self.raw_ty(id);
        if items.is_empty() {
            return self.new_container(&ty, kind);
        }
        if items.iter().all(|item| matches!(item, Item::One(_))) {
            let items = items.iter().map(|item| self.owned(item.value())).collect();
            return call_path(&format!("{kind}::from"), vec![array(items)]);
        }
        let (add, extend) = if kind == "List" { ("append", "extend") } else { ("add", "update") };
        let items: Vec<Item> = items.to_vec();
        let stmts = self.in_block(|emitter| {
            let empty = emitter.new_container(&ty, kind);
            let all = emitter.temp_unique("items");
            emitter.push_let(&all, empty);
            for item in items {
                match item {
                    Item::One(value) => {
                        let value = emitter.owned(value);
                        emitter.out.push(stmt(method(name(&all), add, vec![value])));
                    }
                    Item::Star(value) => emitter.add_all(&all, &ty, (add, extend), value),
                }
            }
            emitter.out.push(tail(name(&all)));
        });
        block_expr(stmts)
    }

    /// `List::<T>::new()`: an empty container has its type written out where nothing else tells.
    pub(super) fn new_container(&mut self, ty: &Ty, kind: &str) -> Expr {
        let mut path = build::path(&format!("{kind}::new"));
        self.type_arguments(&mut path, ty);
        build::call(build::path_expr(path), Vec::new())
    }

    /// `List::new` with what is in it: `List::<i64>::new`.
    pub(super) fn type_arguments(&mut self, path: &mut syn::Path, ty: &Ty) {
        let args: Vec<syn::Type> = ty.children().into_iter().map(|ty| self.ty(ty)).collect();
        let class = path.segments.len().saturating_sub(2);
        if let Some(class) = path.segments.get_mut(class)
            && !args.is_empty()
        {
            class.arguments = syn::PathArguments::AngleBracketed(syn::AngleBracketedGenericArguments {
                colon2_token: Some(Default::default()),
                lt_token: Default::default(),
                args: args.into_iter().map(syn::GenericArgument::Type).collect(),
                gt_token: Default::default(),
            });
        }
    }

    fn tuple(&mut self, id: ExprId, items: &[Item], want: Want) -> Expr {
        let ty = self.raw_ty(id);
        if items.is_empty() {
            return match ty {
                Ty::VarTuple(_) => self.new_container(&ty, "VarTuple"),
                _ => name("EmptyTuple"),
            };
        }
        if items.iter().any(|item| matches!(item, Item::Star(_))) {
            if let Ty::VarTuple(item) = &ty {
                let list = Ty::List(item.clone());
                let stars = self.display_of(&list, items);
                return call_path("VarTuple::from", vec![stars]);
            }
            return self.unsupported(id, "`*` in a tuple of this kind is not translated yet");
        }
        let element = if want == Want::Into { Want::Into } else { Want::Owned };
        if let Ty::VarTuple(_) = ty {
            let items = items.iter().map(|item| self.owned(item.value())).collect();
            return call_path("VarTuple::from", vec![array(items)]);
        }
        tuple(items.iter().map(|item| self.value(item.value(), element)).collect())
    }

    fn display_of(&mut self, ty: &Ty, items: &[Item]) -> Expr {
        let items: Vec<Item> = items.to_vec();
        let ty = ty.clone();
        let stmts = self.in_block(|emitter| {
            let empty = emitter.new_container(&ty, "List");
            let all = emitter.temp_unique("items");
            emitter.push_let(&all, empty);
            for item in items {
                match item {
                    Item::One(value) => {
                        let value = emitter.owned(value);
                        emitter.out.push(stmt(method(name(&all), "append", vec![value])));
                    }
                    Item::Star(value) => emitter.add_all(&all, &ty, ("append", "extend"), value),
                }
            }
            emitter.out.push(tail(name(&all)));
        });
        block_expr(stmts)
    }

    fn dict(&mut self, id: ExprId, items: &[DictItem]) -> Expr {
        let ty = self.raw_ty(id);
        if let Ty::Record(record) = ty {
            return self.record_literal(record, items);
        }
        if items.is_empty() {
            return self.new_container(&ty, "Dict");
        }
        if items.iter().all(|item| matches!(item, DictItem::Pair(..))) {
            let pairs = items.iter().filter_map(|item| match item {
                DictItem::Pair(key, value) => Some((*key, *value)),
                DictItem::Spread(_) => None,
            });
            let pairs: Vec<(ExprId, ExprId)> = pairs.collect();
            let pairs = pairs.into_iter().map(|(key, value)| {
                let key = self.owned(key);
                let value = self.owned(value);
                tuple(vec![key, value])
            });
            let pairs = array(pairs.collect());
            return call_path("Dict::from", vec![pairs]);
        }
        let items: Vec<DictItem> = items.to_vec();
        let stmts = self.in_block(|emitter| {
            let empty = emitter.new_container(&ty, "Dict");
            let all = emitter.temp_unique("items");
            emitter.push_let(&all, empty);
            for item in items {
                match item {
                    DictItem::Pair(key, value) => {
                        let key = emitter.owned(key);
                        let value = emitter.owned(value);
                        emitter.out.push(stmt(method(name(&all), "set_item", vec![key, value])));
                    }
                    DictItem::Spread(value) => emitter.add_pairs(&all, &ty, value),
                }
            }
            emitter.out.push(tail(name(&all)));
        });
        block_expr(stmts)
    }

    /// What `yield from` passes on, its items of the generator's type.
    fn yielded_from(&mut self, value: ExprId) -> Expr {
        let signature = self.body.function.and_then(|function| self.types.function.get(function));
        let (to, sends) =
            signature.map_or((Ty::Value, Ty::None), |signature| (signature.yields.clone(), signature.sends.clone()));
        let from = self.item_ty(value).unwrap_or_else(|| to.clone());
        let lost = to == Ty::Value && !self.is_plain(&from) || from == Ty::Value && !self.is_plain(&to);
        let same = from == to || from == Ty::Never || to == Ty::Never;
        if lost && !same {
            let refused = self.unsupported(value, "`yield from` of items of another type is not translated yet");
            return super::place::as_reference(refused);
        }
        let generator = self.class_generator(value);
        let ty = generator.as_ref().map_or_else(|| self.ty_of(value), |(_, ty)| ty.clone());
        let made = generator.map(|(made, _)| made);
        match ty {
            Ty::Gen(_, sent, _) if !same || *sent != sends && *sent != Ty::None => {
                let item = match same {
                    true => name("item"),
                    false => self.convert(name("item"), &from, &to),
                };
                let from = self.ty(&from);
                let unsent = matches!(sends, Ty::None | Ty::Never) || matches!(*sent, Ty::None | Ty::Never);
                let on = match &*sent {
                    Ty::None | Ty::Never => tuple(Vec::new()),
                    _ => self.convert(name("sent"), &sends.option(), &sent.clone().option()),
                };
                let of = made.unwrap_or_else(|| self.place(value));
                let sent = build::pat(if unsent { "_" } else { "sent" });
                let made: Expr = syn::parse_quote!(#of.converted(|item: #from| Ok(#item), |#sent| #on));
                super::place::as_reference(made)
            }
            Ty::Gen(..) | Ty::List(_) | Ty::VarTuple(_) | Ty::Iter(_) | Ty::Str | Ty::Value if same => {
                let of = made.unwrap_or_else(|| self.place(value));
                super::place::as_reference(of)
            }
            _ => {
                self.import("builtins");
                let of = self.iterable(value);
                if from == Ty::Value {
                    let to = self.ty(&to);
                    return syn::parse_quote!(&builtins::map(|item: Value| <#to>::try_from_value(&item), #of));
                }
                let item = self.convert(name("item"), &from, &to);
                let from = self.ty(&from);
                syn::parse_quote!(&builtins::map(|item: #from| Ok(#item), #of))
            }
        }
    }

    /// `all.extend(&value)`, where the items of both are of one type; else one by one.
    pub(super) fn add_all(&mut self, all: &str, ty: &Ty, (add, extend): (&str, &str), value: ExprId) {
        // `()` is of no type that has items.
        if matches!(self.ty_of(value), Ty::Tuple(items) if items.is_empty()) {
            if !self.is_pure(value) {
                let value = self.owned(value);
                self.out.push(stmt(value));
            }
            return;
        }
        let to = super::source::item_of(ty).unwrap_or(Ty::Value);
        let Some(from) = self.item_ty(value).filter(|from| *from != to && *from != Ty::Never) else {
            let value = self.iterable(value);
            let call = method(name(all), extend, vec![value]);
            let call = self.question(call);
            self.out.push(stmt(call));
            return;
        };
        if to == Ty::Value && !self.is_plain(&from) {
            let refused = self.unsupported(value, "these values among others of any type are not translated yet");
            self.out.push(stmt(refused));
            return;
        }
        let source = self.source(value, true);
        let text = self.temp("item");
        let stmts = self.in_block(|emitter| {
            let item = if source.checked { emitter.question(name(&text)) } else { name(&text) };
            let item = emitter.convert(item, &from, &to);
            emitter.out.push(stmt(method(name(all), add, vec![item])));
        });
        self.out.push(tail(build::for_(None, build::pat(&text), source.iter, stmts)));
    }

    /// `all.update(&value)`, where the keys and values of both are of one type; else one by one.
    pub(super) fn add_pairs(&mut self, all: &str, ty: &Ty, value: ExprId) {
        let (Ty::Dict(to_key, to_value), Ty::Dict(from_key, from_value)) = (ty, self.ty_of(value)) else {
            let value = self.borrowed(value);
            self.out.push(stmt(method(name(all), "update", vec![value])));
            return;
        };
        if **to_key == *from_key && **to_value == *from_value {
            let value = self.borrowed(value);
            self.out.push(stmt(method(name(all), "update", vec![value])));
            return;
        }
        for (from, to) in [(&from_key, to_key), (&from_value, to_value)] {
            if **to == Ty::Value && !self.is_plain(from) {
                let refused = self.unsupported(value, "these values among others of any type are not translated yet");
                self.out.push(stmt(refused));
                return;
            }
        }
        let place = self.place(value);
        let pairs = method(method(place, "items", Vec::new()), "unchecked", Vec::new());
        let pattern = build::pat_tuple(vec![build::pat("key"), build::pat("value")]);
        let stmts = self.in_block(|emitter| {
            let key = emitter.convert(name("key"), &from_key, to_key);
            let value = emitter.convert(name("value"), &from_value, to_value);
            emitter.out.push(stmt(method(name(all), "set_item", vec![key, value])));
        });
        self.out.push(tail(build::for_(None, pattern, pairs, stmts)));
    }

    fn yield_(&mut self, value: Option<ExprId>) -> Expr {
        let value = match value {
            Some(value) => self.owned(value),
            None => {
                let yields = self.body.function.map_or(Ty::None, |function| self.signature(function).yields);
                self.convert(tuple(Vec::new()), &Ty::None, &yields)
            }
        };
        let yielder = name(&self.body.yielder.clone());
        let call = method(yielder, "yield_", vec![value]);
        self.await_question(call)
    }

    /// What CPython raises at a place: the operands are evaluated, then it is raised.
    pub(super) fn raises_after(&mut self, operands: &[ExprId], class: &str, text: &str) -> Expr {
        if let Some(raise) = self.raises_by_class(operands, class, text) {
            return raise;
        }
        let stmts = self.in_block(|emitter| {
            emitter.effects(operands);
            let raise = emitter.raise_text(class, text);
            emitter.out.push(tail(raise));
        });
        block_expr(stmts)
    }
}
