//! Generated types: closed unions as enums, dicts with constant keys as structs.

use syn::{Expr, Item, parse_quote};

use super::Emitter;
use super::build::{self, arm, call_path, ident, match_, method, name, pat, pat_variant};
use super::macros;
use crate::hir::{DictItem, Expr as Hir, ExprId, Lit, ModuleId};
use crate::infer::{HOLE, SHOWN};
use crate::types::{RecordId, Ty, UnionId};

impl Emitter<'_> {
    /// The enums and structs that inference made; they stand in the entry, or are imported from it.
    pub(super) fn generated_items(&mut self, module: ModuleId) -> Vec<Item> {
        let mut out = Vec::new();
        if self.program.entry != Some(module) {
            return out;
        }
        let unions: Vec<UnionId> = self.types.unions.ids().collect();
        for id in unions {
            out.extend(self.union_items(id));
        }
        let records: Vec<RecordId> = self.types.records.ids().collect();
        for id in records {
            out.extend(self.record_items(id));
        }
        out
    }

    fn union_items(&mut self, id: UnionId) -> Vec<Item> {
        let def = &self.types.unions[id];
        let text = ident(&self.names.union(id));
        let mut variants: Vec<(syn::Ident, syn::Type)> = Vec::new();
        for variant in &def.alternatives {
            let ty = self.ty(&variant.ty);
            variants.push((ident(&super::names::escape(&variant.name)), ty));
        }
        let (names, types): (Vec<_>, Vec<_>) = variants.into_iter().unzip();
        // What is the same for every union is a macro of the runtime.
        let traits = ident(if self.is_plain(&Ty::Union(id)) { "closed_union" } else { "opaque_union" });
        self.import(&traits.to_string());
        vec![
            parse_quote!(#[derive(Clone)] enum #text { #(#names(#types)),* }),
            parse_quote!(#traits!(#text { #(#names(#types)),* });),
        ]
    }

    pub(super) fn union_variant(&self, union: UnionId, ty: &Ty) -> Option<String> {
        let def = &self.types.unions[union];
        let found = def.alternatives.iter().find(|variant| variant.ty == *ty)?;
        Some(format!("{}::{}", self.names.union(union), super::names::escape(&found.name)))
    }

    /// An alternative as its union.
    pub(super) fn as_union(&mut self, value: Expr, from: &Ty, to: &Ty) -> Expr {
        let Ty::Union(id) = to else { return self.convert(value, from, to) };
        if let Some(variant) = self.union_variant(*id, from) {
            return call_path(&variant, vec![value]);
        }
        // A number as the number that the union holds.
        let alternatives: Vec<Ty> =
            self.types.unions[*id].alternatives.iter().map(|variant| variant.ty.clone()).collect();
        let fits = alternatives.into_iter().find(|ty| {
            matches!(
                (from, ty),
                (Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float, Ty::Number)
                    | (Ty::Int | Ty::Bool | Ty::Number, Ty::Float)
                    | (Ty::Int, Ty::BigInt)
                    | (Ty::Bool, Ty::Int)
                    | (Ty::Tuple(_), Ty::VarTuple(_))
            ) || matches!((from, ty), (Ty::Exc(_), Ty::Exc(_)) | (Ty::Class(_), Ty::Class(_)))
        });
        match fits.and_then(|ty| Some((self.union_variant(*id, &ty)?, ty))) {
            Some((variant, ty)) => {
                let value = self.convert(value, from, &ty);
                call_path(&variant, vec![value])
            }
            None => method(value, "into", Vec::new()),
        }
    }

    /// A union as one of its alternatives.
    pub(super) fn union_as(&mut self, value: Expr, from: &Ty, to: &Ty, error: Option<&(&'static str, String)>) -> Expr {
        let (union, optional) = match from {
            Ty::Union(id) => (*id, false),
            Ty::Option(inner) => match **inner {
                Ty::Union(id) => (id, true),
                _ => return call_path("proven", vec![value]),
            },
            _ => return value,
        };
        let wrap = |pattern: syn::Pat| if optional { pat_variant("Some", vec![pattern]) } else { pattern };
        let mut arms = Vec::new();
        match to {
            Ty::Union(narrow) => {
                let alternatives: Vec<Ty> =
                    self.types.unions[*narrow].alternatives.iter().map(|variant| variant.ty.clone()).collect();
                for ty in alternatives {
                    let (Some(from), Some(to)) = (self.union_variant(union, &ty), self.union_variant(*narrow, &ty))
                    else {
                        continue;
                    };
                    let pattern = wrap(pat_variant(&from, vec![pat("value")]));
                    arms.push(arm(pattern, None, call_path(&to, vec![name("value")])));
                }
            }
            to => {
                if let Some(variant) = self.union_variant(union, to) {
                    arms.push(arm(wrap(pat_variant(&variant, vec![pat("value")])), None, name("value")));
                }
            }
        }
        if let Some((class, text)) = error
            && text.contains([HOLE, SHOWN])
        {
            let hole: Expr =
                if text.contains(SHOWN) { parse_quote!(repr(&other)) } else { parse_quote!(other.py_type()) };
            let text = build::string(&text.replace([HOLE, SHOWN], "{}"));
            let class = name(class);
            let error: Expr = parse_quote!(#class::new(Str::from(format!(#text, #hole))));
            let last = self.raise(error);
            arms.push(arm(pat("other"), None, last));
            return match_(value, arms);
        }
        let last: Expr = match error {
            Some((class, text)) => self.raise_text(class, text),
            None => macros::unreachable("the test before has told which it is"),
        };
        arms.push(arm(pat("_"), None, last));
        match_(value, arms)
    }

    /// A union as what several of its alternatives convert to.
    pub(super) fn each_alternative(
        &mut self,
        value: Expr,
        from: &Ty,
        to: &Ty,
        error: Option<&(&'static str, String)>,
    ) -> Expr {
        let Ty::Union(union) = from else { return value };
        let alternatives: Vec<Ty> =
            self.types.unions[*union].alternatives.iter().map(|variant| variant.ty.clone()).collect();
        let mut arms = Vec::new();
        let mut rest = false;
        for ty in alternatives {
            let fits = match to {
                Ty::Iter(_) => ty.iterated().is_some(),
                _ => true,
            };
            match self.union_variant(*union, &ty) {
                Some(variant) if fits => {
                    let inner = self.convert(name("value"), &ty, to);
                    let held = super::adjust::needed("value", &inner);
                    arms.push(arm(pat_variant(&variant, vec![held]), None, inner));
                }
                _ => rest = true,
            }
        }
        if rest {
            let last: Expr = match error {
                Some((class, text)) => self.raise_text(class, text),
                None => macros::unreachable("the test before has told which it is"),
            };
            arms.push(arm(pat("_"), None, last));
        }
        match_(value, arms)
    }

    /// A union or option as a wider one.
    pub(super) fn widen(&mut self, value: Expr, from: &Ty, to: &Ty) -> Expr {
        match (from, to) {
            (Ty::Union(narrow), Ty::Union(wide)) => {
                let alternatives: Vec<Ty> =
                    self.types.unions[*narrow].alternatives.iter().map(|variant| variant.ty.clone()).collect();
                let mut arms = Vec::new();
                for ty in alternatives {
                    let Some(variant) = self.union_variant(*narrow, &ty) else { continue };
                    let held = match &ty {
                        Ty::Class(class) => self.types.unions[*wide].alternatives.iter().any(|other| match &other.ty {
                            Ty::Class(other) => self.layouts.same(*class, *other),
                            other => *other == Ty::Value,
                        }),
                        _ => true,
                    };
                    if !held {
                        let text = "the test before has told which it is";
                        arms.push(arm(pat_variant(&variant, vec![pat("_")]), None, macros::unreachable(text)));
                        continue;
                    }
                    let inner = self.as_union(name("value"), &ty, &Ty::Union(*wide));
                    arms.push(arm(pat_variant(&variant, vec![pat("value")]), None, inner));
                }
                match_(value, arms)
            }
            (Ty::Option(from), Ty::Option(to)) if from != to => {
                let inner = self.convert(name("value"), from, to);
                parse_quote!(#value.map(|value| #inner))
            }
            _ => self.convert(value, from, to),
        }
    }

    /// Whether a type converts to `Value` and back.
    pub(super) fn is_plain(&self, ty: &Ty) -> bool {
        self.is_plain_inside(ty, &mut Vec::new())
    }

    fn is_plain_inside(&self, ty: &Ty, around: &mut Vec<UnionId>) -> bool {
        match ty {
            Ty::None | Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float | Ty::Number | Ty::Str | Ty::Bytes => true,
            Ty::Value | Ty::Range | Ty::ExcType | Ty::Exc(_) | Ty::Class(_) => true,
            Ty::Iter(item) => **item == Ty::Value,
            Ty::Gen(yields, sends, result) => [yields, sends, result]
                .into_iter()
                .all(|ty| matches!(**ty, Ty::Never) || self.is_plain_inside(ty, around)),
            Ty::Tuple(items) => items.len() <= 8 && items.iter().all(|item| self.is_plain_inside(item, around)),
            Ty::Option(item) | Ty::List(item) | Ty::Set(item) | Ty::FrozenSet(item) | Ty::VarTuple(item) => {
                self.is_plain_inside(item, around)
            }
            Ty::Dict(key, value) => self.is_plain_inside(key, around) && self.is_plain_inside(value, around),
            Ty::Union(id) => {
                if around.contains(id) {
                    return true;
                }
                around.push(*id);
                let plain =
                    self.types.unions[*id].alternatives.iter().all(|variant| self.is_plain_inside(&variant.ty, around));
                around.pop();
                plain
            }
            _ => false,
        }
    }

    fn record_items(&mut self, id: RecordId) -> Vec<Item> {
        let def = &self.types.records[id];
        let text = ident(&self.names.record(id));
        let mut fields: Vec<syn::Field> = Vec::new();
        for (key, ty) in &def.fields {
            let written = self.ty(ty);
            let key = ident(&field_name(key));
            fields.push(parse_quote!(#key: #written));
        }
        let mut out: Vec<Item> = vec![parse_quote!(#[derive(Clone)] struct #text { #(#fields),* })];
        if def.name.starts_with("Args") {
            out.push(self.namespace_impl(id));
            self.import("namespace");
            let shown: Vec<Expr> = def
                .fields
                .iter()
                .map(|(key, _)| {
                    let field = ident(&field_name(key));
                    parse_quote!(#field = #key)
                })
                .collect();
            out.push(parse_quote!(namespace!(#text #(, #shown)*);));
        }
        out
    }

    /// `{"a": 1}` as a struct.
    pub(super) fn record_literal(&mut self, record: RecordId, items: &[DictItem]) -> Expr {
        let text = ident(&self.names.record(record));
        let mut fields: Vec<syn::FieldValue> = Vec::new();
        for item in items {
            if let DictItem::Pair(key, value) = item
                && let Hir::Lit(Lit::Str(key)) = &self.program.exprs[*key]
            {
                let key = ident(&field_name(key));
                let value = self.into(*value);
                fields.push(parse_quote!(#key: #value));
            }
        }
        parse_quote!(#text { #(#fields),* })
    }

    pub(super) fn record_field(&mut self, id: ExprId, value: ExprId, at: usize) -> Expr {
        let Ty::Record(record) = self.ty_of(value) else {
            return self.unsupported(id, "this attribute is not translated yet");
        };
        let Some((key, ty)) = self.types.records[record].fields.get(at).cloned() else {
            return self.unsupported(id, "this attribute is not translated yet");
        };
        let place = self.place(value);
        let part = build::field(place, &field_name(&key));
        if ty.is_copy() { part } else { method(part, "clone", Vec::new()) }
    }
}

/// A key as a field's name.
pub fn field_name(key: &str) -> String {
    let text: String = key.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    let text =
        if text.starts_with(|c: char| c.is_ascii_digit()) || text.is_empty() { format!("_{text}") } else { text };
    super::names::definition(&text)
}
