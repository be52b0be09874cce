//! Pieces of Rust that are read from text once and then copied: reading is what takes the time.

use syn::{Expr, FieldValue, FnArg, Ident, ImplItem, Item, Pat, Type};

use super::build::{self, generic};

/// A piece of Rust, read at its first use.
macro_rules! once {
    ($kind:ty: $($text:tt)*) => {{
        thread_local! {
            static READ: $kind = syn::parse_quote!($($text)*);
        }
        READ.with(Clone::clone)
    }};
}
pub(super) use once;

/// `pat: Type` of a parameter.
pub fn param(pat: Pat, ty: Type) -> FnArg {
    FnArg::Typed(syn::PatType {
        attrs: Vec::new(),
        pat: Box::new(pat),
        colon_token: Default::default(),
        ty: Box::new(ty),
    })
}

/// `name: Type` of a struct.
pub fn struct_field(name: Ident, ty: Type) -> syn::Field {
    let mut field = once!(syn::Field: x: ());
    field.ident = Some(name);
    field.ty = ty;
    field
}

/// `struct Name { … }`.
pub fn structure(name: Ident, fields: Vec<syn::Field>) -> syn::ItemStruct {
    let mut made = once!(syn::ItemStruct: struct X {});
    made.ident = name;
    if let syn::Fields::Named(named) = &mut made.fields {
        named.named = fields.into_iter().collect();
    }
    made
}

/// `name: value` of a struct that is made; `None`: `name`.
pub fn field_value(name: Ident, value: Option<Expr>) -> FieldValue {
    let mut made = once!(FieldValue: x: ());
    match value {
        Some(value) => made.expr = value,
        None => {
            made.colon_token = None;
            made.expr = build::path_expr(name.clone().into());
        }
    }
    made.member = syn::Member::Named(name);
    made
}

/// `Name { … }`.
pub fn struct_value(path: syn::Path, fields: Vec<FieldValue>) -> Expr {
    let mut made = once!(syn::ExprStruct: X {});
    made.path = path;
    made.fields = fields.into_iter().collect();
    Expr::Struct(made)
}

/// `impl Trait for Name { … }`, of a template without items.
pub fn impl_of(mut template: syn::ItemImpl, name: &Ident, items: Vec<ImplItem>) -> Item {
    template.self_ty = Box::new(generic(&name.to_string(), Vec::new()));
    template.items = items;
    Item::Impl(template)
}

/// `fn name() {}`.
pub fn function(name: Ident) -> syn::ItemFn {
    let mut made = once!(syn::ItemFn: fn x() {});
    made.sig.ident = name;
    made
}
