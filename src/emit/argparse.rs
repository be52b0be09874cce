//! `argparse`: a parser described by builder calls, and the struct that it fills.

use syn::{Expr, Item, parse_quote};

use super::Emitter;
use super::build::{self, array, call_path, ident, method, name, string};
use super::record::field_name;
use crate::hir::{self, Arg, Call, Callee, ExprId, Lit};
use crate::types::{RecordId, Ty};

impl Emitter<'_> {
    /// The methods of parsers that take any value, and those that fill the struct.
    pub(super) fn argparse(&mut self, id: ExprId, call: &Call, text: &str) -> Option<Expr> {
        let Callee::Method { recv, .. } = &call.callee else { return None };
        let recv = self.place(*recv);
        match text {
            "add_argument" => {
                let names = call.args.iter().filter_map(|arg| match arg {
                    Arg::Positional(value) => Some(*value),
                    _ => None,
                });
                let names: Vec<ExprId> = names.collect();
                let names = names.into_iter().map(|value| self.borrowed_text(value)).collect();
                let made = method(recv, "add_argument", vec![array(names)]);
                Some(self.options(id, call, made))
            }
            "add_subparsers" => {
                let made = method(recv, "add_subparsers", Vec::new());
                Some(self.options(id, call, made))
            }
            "add_parser" => {
                let (mut named, mut help) = (None, name("None"));
                for arg in &call.args {
                    match arg {
                        Arg::Positional(value) => named = Some(*value),
                        Arg::Keyword(key, value) if key == "help" => {
                            let value = self.into(*value);
                            help = call_path("Some", vec![value]);
                        }
                        _ => {}
                    }
                }
                let named = self.borrowed_text(named?);
                let made = method(recv, "add_parser", vec![named, help]);
                Some(self.options_but(id, call, made, &["help"]))
            }
            "set_defaults" => {
                let mut stmts = Vec::new();
                for arg in &call.args {
                    let Arg::Keyword(key, value) = arg else {
                        return Some(self.unsupported(id, "`**` of `set_defaults` is not translated yet"));
                    };
                    let value = self.owned(*value);
                    stmts.push(build::stmt(method(recv.clone(), "set_default", vec![string(key), value])));
                }
                Some(super::iterate::value_block(stmts))
            }
            "parse_args" | "parse_known_args" => {
                let made = match call.args.first() {
                    None => method(recv, text, Vec::new()),
                    Some(arg) if self.raw_ty(arg.value()) == Ty::None && self.is_pure(arg.value()) => {
                        method(recv, text, Vec::new())
                    }
                    Some(arg) => {
                        let args = self.borrowed(arg.value());
                        method(recv, &format!("{text}_of"), vec![args])
                    }
                };
                let mut made = made;
                let record = match self.raw_ty(id) {
                    Ty::Record(record) => Some(record),
                    Ty::Tuple(items) => items.iter().find_map(|item| match item {
                        Ty::Record(record) => Some(*record),
                        _ => None,
                    }),
                    _ => None,
                };
                if let (Some(record), Expr::MethodCall(inner)) = (record, &mut made) {
                    let text = ident(&self.names.record(record));
                    inner.turbofish = Some(parse_quote!(::<#text>));
                }
                Some(self.question(made))
            }
            _ => None,
        }
    }

    fn options(&mut self, id: ExprId, call: &Call, made: Expr) -> Expr {
        self.options_but(id, call, made, &[])
    }

    /// The keywords as builder calls.
    fn options_but(&mut self, id: ExprId, call: &Call, made: Expr, but: &[&str]) -> Expr {
        let mut made = made;
        for arg in &call.args {
            let Arg::Keyword(key, value) = arg else { continue };
            if but.contains(&key.as_str()) {
                continue;
            }
            let value = *value;
            let none = matches!(self.program.exprs[value], hir::Expr::Lit(Lit::None));
            made = match key.as_str() {
                "type" => {
                    let Some(convert) = self.converter(value) else {
                        return self.unsupported(id, "this `type=` is not translated yet");
                    };
                    method(made, "type_", vec![convert])
                }
                "default" | "const" => {
                    let value = self.owned(value);
                    method(made, &super::names::escape(key), vec![value])
                }
                "choices" => {
                    let value = self.borrowed_iterable(value);
                    method(made, "choices", vec![value])
                }
                "nargs" => {
                    let value = match self.ty_of(value) {
                        Ty::Str => self.borrowed_text(value),
                        _ => self.owned(value),
                    };
                    method(made, "nargs", vec![value])
                }
                "metavar" => match &self.program.exprs[value] {
                    hir::Expr::Tuple(items) => {
                        let items: Vec<ExprId> = items.iter().map(|item| item.value()).collect();
                        let items = items.into_iter().map(|item| self.borrowed_text(item)).collect();
                        method(made, "metavars", vec![array(items)])
                    }
                    _ => {
                        let value = self.borrowed_text(value);
                        method(made, "metavar", vec![value])
                    }
                },
                "required" | "add_help" => {
                    let value = self.owned(value);
                    method(made, key, vec![value])
                }
                _ if none => made,
                _ => {
                    let value = match self.ty_of(value) {
                        Ty::Str => self.borrowed_text(value),
                        _ => self.owned(value),
                    };
                    method(made, &super::names::escape(key), vec![value])
                }
            };
        }
        made
    }

    /// `type=int`.
    fn converter(&mut self, value: ExprId) -> Option<Expr> {
        self.import("argparse");
        if let hir::Expr::Stub(stub) = &self.program.exprs[value]
            && stub.module == "builtins"
        {
            let text = match stub.name.as_str() {
                "int" => "argparse::int",
                "float" => "argparse::float",
                "str" => "argparse::text",
                "bool" => "argparse::bool",
                _ => return None,
            };
            return Some(call_path(text, Vec::new()));
        }
        let text = match &self.program.exprs[value] {
            hir::Expr::Function(function) | hir::Expr::Lambda(function) => {
                self.program.functions[*function].name.clone()
            }
            _ => return None,
        };
        let function = match self.types.expr.get(value) {
            Some(Ty::Fn(function)) => (**function).clone(),
            _ => return None,
        };
        let made = self.callable(value, &function);
        Some(call_path("argparse::function", vec![string(&text), made]))
    }

    /// `impl argparse::FromNamespace for Args`.
    pub(super) fn namespace_impl(&mut self, id: RecordId) -> Item {
        self.import("argparse");
        let def = &self.types.records[id];
        let text = ident(&self.names.record(id));
        let mut fields: Vec<syn::FieldValue> = Vec::new();
        for (key, ty) in &def.fields {
            let getter = ident(match ty {
                Ty::Option(inner) => match &**inner {
                    Ty::List(item) if matches!(**item, Ty::List(_)) => "lists",
                    Ty::List(_) => "optional_list",
                    _ => "optional",
                },
                Ty::List(_) => "list",
                _ => "get",
            });
            let field = ident(&field_name(key));
            fields.push(parse_quote!(#field: ns.#getter(#key)?));
        }
        parse_quote!(impl argparse::FromNamespace for #text {
            fn from_namespace(ns: &argparse::Namespace) -> PyResult<#text> {
                Ok(#text { #(#fields),* })
            }
        })
    }
}
