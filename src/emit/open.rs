//! Calls with `*xs` of unknown length and `**d` of unknown keys: `let args = Parameters::of("area", &["w", "h"]).spread(&xs)?;`.

use syn::Expr;

use super::Emitter;
use super::build::{self, array, block_expr, call_path, int, method, name, string, tail, tuple};
use super::place::as_reference;
use crate::hir::{Arg, Call, ExprId};
use crate::infer::{BoundArg, SpreadCall};
use crate::types::Ty;

/// The variables that hold what was spread.
#[derive(Debug, Clone, Default)]
pub(super) struct Opened {
    /// `*xs`.
    items: String,
    /// `**d`.
    names: String,
}

impl Emitter<'_> {
    /// A call whose arguments are checked when the program runs; `made` is the call itself then.
    pub(super) fn opened(
        &mut self,
        id: ExprId,
        call: &Call,
        spread: &SpreadCall,
        made: impl FnOnce(&mut Self) -> Expr,
    ) -> Expr {
        let stmts = self.in_block(|emitter| {
            let spread_values: Vec<ExprId> = {
                let tail = spread.tail.iter().flat_map(|(tail, _)| tail.iter().map(Arg::value));
                tail.chain(spread.double.iter().map(|(value, _)| *value)).collect()
            };
            let mut held = Vec::new();
            for arg in &call.args {
                let value = arg.value();
                if !spread_values.contains(&value) && !emitter.is_pure(value) {
                    let text = emitter.temp_unique("value");
                    let given = emitter.into(value);
                    emitter.push_let(&text, given);
                    emitter.body.held.insert(value, name(&text));
                    held.push(value);
                }
            }
            let opened = Opened { items: emitter.temp_unique("args"), names: emitter.temp_unique("kwargs") };
            let parameters = emitter.parameters(spread);
            let items = spread.tail.as_ref().map(|(tail, ty)| emitter.spread_items(tail, ty));
            let names = spread.double.as_ref().map(|(value, _)| as_reference(emitter.place(*value)));
            let (path, args, pat) = match (items, names) {
                (Some(items), None) => ("spread", vec![items], build::pat(&opened.items)),
                (None, Some(names)) => ("unpack", vec![names], build::pat(&opened.names)),
                (Some(items), Some(names)) => {
                    let (one, other) = (build::pat(&opened.items), build::pat(&opened.names));
                    ("both", vec![items, names], syn::parse_quote!((#one, #other)))
                }
                (None, None) => ("rest", Vec::new(), build::pat("_")),
            };
            let checked = method(parameters, path, args);
            let checked = emitter.question(checked);
            // What no parameter takes was checked to be nothing.
            let before = emitter.body.opened.insert(id, opened.clone());
            let call = made(emitter);
            emitter.body.opened.remove(&id);
            // The call may be written again, where its arguments are not held.
            for value in held {
                emitter.body.held.remove(&value);
            }
            if let Some(before) = before {
                emitter.body.opened.insert(id, before);
            }
            let text = quote::ToTokens::to_token_stream(&call).to_string();
            let is_named = |text: &str, name: &str| {
                text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
            };
            if is_named(&text, &opened.items) || is_named(&text, &opened.names) {
                emitter.out.push(build::let_(pat, None, Some(checked)));
            } else {
                emitter.out.push(build::stmt(checked));
            }
            emitter.out.push(tail(call));
        });
        block_expr(stmts)
    }

    fn spread_items(&mut self, tail: &[Arg], ty: &Ty) -> Expr {
        match tail {
            [Arg::Star(value)] => self.iterable(*value),
            _ => {
                let items = self.rest_args(tail, &Ty::VarTuple(Box::new(ty.clone())));
                as_reference(items)
            }
        }
    }

    /// `Parameters::of("area", &["w", "h"])`
    fn parameters(&mut self, spread: &SpreadCall) -> Expr {
        let texts = |list: &[String]| as_reference(array(list.iter().map(|text| string(text)).collect()));
        let count = |number: usize| int(number as i64);
        let mut made = call_path("Parameters::of", vec![string(&spread.name), texts(&spread.places)]);
        for (text, number) in [("optional", spread.optional), ("unnamed", spread.unnamed), ("given", spread.given)] {
            if number > 0 {
                made = method(made, text, vec![count(number)]);
            }
        }
        if spread.bound {
            made = method(made, "method", Vec::new());
        }
        if !spread.named.is_empty() {
            made = method(made, "named", vec![texts(&spread.named)]);
        }
        let (required, optional) = &spread.keywords;
        if !required.is_empty() || !optional.is_empty() {
            made = method(made, "keywords", vec![texts(required), texts(optional)]);
        }
        if spread.rest {
            made = method(made, "rest", Vec::new());
        }
        if spread.others {
            made = method(made, "others", Vec::new());
        }
        made
    }

    /// What a parameter gets then; `default` is given where there is nothing.
    pub(super) fn open_arg(&mut self, arg: &BoundArg, default: Option<Expr>) -> Expr {
        let BoundArg::Open { of, item, key, ty, .. } = arg else { return tuple(Vec::new()) };
        let Some(opened) = self.body.opened.get(of).cloned() else {
            // `**{}` gives nothing.
            return default.unwrap_or_else(|| tuple(Vec::new()));
        };
        let (item_ty, key_ty) = match self.types.spread.get(&(*of, 0)) {
            Some(spread) => {
                (spread.tail.as_ref().map(|(_, ty)| ty.clone()), spread.double.as_ref().map(|(_, ty)| ty.clone()))
            }
            None => (None, None),
        };
        let mut ways: Vec<(Expr, &str, Expr, Ty)> = Vec::new();
        if let (Some(at), Some(from)) = (item, item_ty) {
            ways.push((name(&opened.items), "item", int(*at as i64), from));
        }
        if let (Some(key), Some(from)) = (key, key_ty) {
            ways.push((name(&opened.names), "item", string(key), from));
        }
        let mut made = default;
        for (held, sure, place, from) in ways.into_iter().rev() {
            made = Some(match made {
                None => {
                    let value = method(held, sure, vec![place]);
                    self.convert(value, &from, ty)
                }
                Some(orelse) => {
                    let value = method(held, "get", vec![place]);
                    if matches!(ty, Ty::Option(inner) if **inner == from) && is_none(&orelse) {
                        made = Some(value);
                        continue;
                    }
                    let value = if from == *ty {
                        value
                    } else {
                        let inner = self.convert(name("value"), &from, ty);
                        match alone(&inner) {
                            Some(function) => method(value, "map", vec![function]),
                            None => syn::parse_quote!(#value.map(|value| #inner)),
                        }
                    };
                    let plain = matches!(orelse, Expr::Lit(_)) || is_unit_path(&orelse);
                    if plain {
                        method(value, "unwrap_or", vec![orelse])
                    } else if super::ends::questions(&orelse) {
                        let found: Expr = syn::parse_quote!(match #value { Some(value) => value, None => #orelse });
                        found
                    } else {
                        let orelse: Expr = syn::parse_quote!(|| #orelse);
                        method(value, "unwrap_or_else", vec![orelse])
                    }
                }
            });
        }
        made.unwrap_or_else(|| tuple(Vec::new()))
    }

    /// What `*args` of a function of the runtime gets.
    pub(super) fn open_left(&mut self, of: ExprId, from: usize, element: &Ty) -> Expr {
        let Some(opened) = self.body.opened.get(&of).cloned() else { return tuple(Vec::new()) };
        let made = method(name(&opened.items), "left", vec![int(from as i64)]);
        match self.types.spread.get(&(of, 0)).and_then(|spread| spread.tail.as_ref()).map(|(_, ty)| ty.clone()) {
            Some(item) if item != *element => {
                let inner = self.convert(name("value"), &item, element);
                syn::parse_quote!(#made.into_iter().map(|value| #inner).collect::<Vec<_>>())
            }
            _ => made,
        }
    }

    /// What `*args` of the callee gets.
    pub(super) fn open_rest(&mut self, of: ExprId, from: usize, element: &Ty) -> Expr {
        let Some(opened) = self.body.opened.get(&of).cloned() else { return tuple(Vec::new()) };
        let made = method(name(&opened.items), "rest", vec![int(from as i64)]);
        let item = self.types.spread.get(&(of, 0)).and_then(|spread| spread.tail.as_ref()).map(|(_, ty)| ty.clone());
        match item {
            Some(item) if item != *element => {
                let inner = self.convert(name("value"), &item, element);
                syn::parse_quote!(#made.iter().map(|value| #inner).collect::<Vec<_>>().into())
            }
            _ => made,
        }
    }

    /// What `**kwargs` of the callee gets.
    pub(super) fn open_others(&mut self, of: ExprId, also: &[Arg], ty: &Ty) -> Expr {
        let Some(opened) = self.body.opened.get(&of).cloned() else { return tuple(Vec::new()) };
        let value = self.types.spread.get(&(of, 0)).and_then(|spread| spread.double.as_ref()).map(|(_, ty)| ty.clone());
        if let (Some(value), Ty::Dict(_, element)) = (&value, ty)
            && *value != **element
        {
            return self.unsupported(of, "`**` of these values is not translated yet here");
        }
        let rest = method(name(&opened.names), "rest", Vec::new());
        if also.is_empty() {
            return rest;
        }
        let also = also.to_vec();
        let stmts = self.in_block(|emitter| {
            let all = emitter.temp_unique("others");
            emitter.push_let(&all, rest);
            for arg in also {
                if let Arg::Keyword(key, value) = arg {
                    let value = emitter.owned(value);
                    let key = call_path("Str::from", vec![string(&key)]);
                    emitter.out.push(build::stmt(method(name(&all), "set_item", vec![key, value])));
                }
            }
            emitter.out.push(tail(name(&all)));
        });
        block_expr(stmts)
    }
}

fn is_unit_path(value: &Expr) -> bool {
    matches!(value, Expr::Path(_))
}

/// `f` of `f(value)`.
pub(super) fn alone(made: &Expr) -> Option<Expr> {
    let Expr::Call(call) = made else { return None };
    let is_value = |arg: &Expr| matches!(arg, Expr::Path(path) if path.path.is_ident("value"));
    (call.args.len() == 1 && call.args.first().is_some_and(is_value)).then(|| (*call.func).clone())
}

fn is_none(made: &Expr) -> bool {
    matches!(made, Expr::Path(path) if path.path.is_ident("None"))
}
