//! Conversions of values: one arm for each [`Adjustment`].

use syn::{Expr, parse_quote};

use super::Emitter;
use super::build::{arm, call_path, cast, float, match_, method, name, pat, pat_variant, reference};
use super::macros;
use super::place::Want;
use super::words::occurrences;
use crate::hir::{self, ExprId, Lit};
use crate::infer::Adjustment;
use crate::types::Ty;

impl Emitter<'_> {
    /// The value of an expression, converted as inference says.
    pub(super) fn value(&mut self, expr: ExprId, want: Want) -> Expr {
        if self.is_dead(expr) {
            return self.unreachable();
        }
        if let Some(held) = self.body.held.get(&expr) {
            return held.clone();
        }
        let types = self.types;
        let Some(adjustments) = types.adjustments.get(&expr).filter(|list| !list.is_empty()) else {
            return self.raw(expr, want);
        };
        if let Some(literal) = self.adjusted_literal(expr, adjustments) {
            return literal;
        }
        let mut rest = &adjustments[..];
        let mut ty = self.raw_ty(expr);
        // A variable that a test has unwrapped already.
        let narrowed = match (&self.program.exprs[expr], rest.first()) {
            (hir::Expr::Var(var), Some(Adjustment::UnwrapOption { .. })) => self.body.narrowed.contains_key(var),
            _ => false,
        };
        if narrowed {
            ty = rest[0].result(ty);
            rest = &rest[1..];
        }
        let first = rest.first();
        let inner = match first {
            None => want,
            // By value, and not `Copy`.
            Some(Adjustment::ToNumber) if ty == Ty::BigInt => Want::Owned,
            Some(
                Adjustment::ToFloat
                | Adjustment::BoolToInt
                | Adjustment::ToBigInt
                | Adjustment::ToNumber
                | Adjustment::ToInt
                | Adjustment::IntoIter
                | Adjustment::IntoFunction(_)
                | Adjustment::NoneToOption(_),
            ) => Want::Place,
            Some(Adjustment::WrapSome) if want == Want::Into => Want::Into,
            Some(_) => Want::Owned,
        };
        let mut value = match first {
            Some(Adjustment::IntoFunction(_)) => {
                // As what it is needed for in the end.
                let mut function = ty.clone();
                while let [Adjustment::IntoFunction(to), others @ ..] = rest {
                    function = to.clone();
                    rest = others;
                }
                let made = self.function_value(expr, &function);
                ty = function;
                made
            }
            _ => self.raw_as(expr, inner, narrowed),
        };
        for adjustment in rest {
            value = self.adjust(value, &ty, adjustment, expr);
            ty = adjustment.result(ty);
        }
        value
    }

    fn raw_as(&mut self, expr: ExprId, want: Want, narrowed: bool) -> Expr {
        if let hir::Expr::Var(var) = self.program.exprs[expr]
            && narrowed
        {
            let place = self.var_expr(var);
            let ty = self.body.narrowed.get(&var).cloned().unwrap_or(Ty::Value);
            let owned = want != Want::Place && !ty.is_copy();
            return if owned { method(place, "clone", Vec::new()) } else { place };
        }
        self.raw(expr, want)
    }

    /// `1` as a float is `1.0`.
    fn adjusted_literal(&self, expr: ExprId, adjustments: &[Adjustment]) -> Option<Expr> {
        let (negative, lit) = match &self.program.exprs[expr] {
            hir::Expr::Lit(lit) => (false, lit),
            hir::Expr::Unary(hir::UnOp::Neg, inner) if !self.types.adjustments.contains_key(inner) => {
                match &self.program.exprs[*inner] {
                    hir::Expr::Lit(lit) => (true, lit),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let Lit::Int(value) = lit else { return None };
        let value = if negative { -*value } else { *value };
        let plain = match adjustments.first()? {
            Adjustment::ToFloat if value.unsigned_abs() <= 1 << 53 => float(value as f64),
            Adjustment::ToBigInt => call_path("Int::from", vec![super::build::int(value)]),
            _ => return None,
        };
        match &adjustments[1..] {
            [] => Some(plain),
            [Adjustment::WrapSome] => Some(call_path("Some", vec![plain])),
            _ => None,
        }
    }

    pub(super) fn adjust(&mut self, value: Expr, from: &Ty, adjustment: &Adjustment, expr: ExprId) -> Expr {
        match adjustment {
            Adjustment::ToFloat => match from {
                Ty::Bool => {
                    let int = call_path("i64::from", vec![value]);
                    cast(int, "f64")
                }
                Ty::BigInt => {
                    self.import("builtins");
                    let converted = call_path("builtins::float", vec![super::place::as_reference(value)]);
                    self.question(converted)
                }
                Ty::Number => method(value, "to_f64", Vec::new()),
                _ if matches!(value, Expr::Lit(_)) => cast(super::fallback::typed(value), "f64"),
                _ => cast(value, "f64"),
            },
            Adjustment::BoolToInt => call_path("i64::from", vec![value]),
            Adjustment::ToBigInt => match read_unbounded(&value) {
                Some(made) => made,
                None => call_path("Int::from", vec![value]),
            },
            Adjustment::ToNumber => {
                // An integer without bound is read, not taken.
                let read = *from == Ty::BigInt && matches!(value, Expr::Path(_) | Expr::Field(_));
                call_path("Number::from", vec![if read { reference(value) } else { value }])
            }
            Adjustment::ToInt => {
                let text = super::build::string("Python int too large to convert to C ssize_t");
                let value = super::build::operand(value);
                let checked: Expr = parse_quote!(#value.to_i64().ok_or_else(|| OverflowError::new(#text)));
                self.question(checked)
            }
            Adjustment::WrapSome => call_path("Some", vec![value]),
            Adjustment::NoneToOption(_) => {
                if self.is_pure(expr) {
                    return name("None");
                }
                parse_quote!({
                    #value;
                    None
                })
            }
            Adjustment::UnwrapOption { error: None } => call_path("proven", vec![value]),
            Adjustment::UnwrapOption { error: Some((class, text)) } => {
                let class = name(class);
                let text = super::build::string(text);
                let value = super::build::operand(value);
                let checked: Expr = parse_quote!(#value.ok_or_else(|| #class::new(#text)));
                self.question(checked)
            }
            Adjustment::IntoUnion(to) => self.as_union(value, from, to),
            Adjustment::FromUnion { to, error } => self.union_as(value, from, to, error.as_ref()),
            Adjustment::EachAlternative { to, error } => self.each_alternative(value, from, to, error.as_ref()),
            Adjustment::Widen(to) => self.widen(value, from, to),
            Adjustment::FromOutcome(to) => self.outcome_as(value, to),
            Adjustment::DownException { to, attribute } => {
                let class = match to {
                    Ty::Exc(class) => self.exception_path(class),
                    _ => return value,
                };
                let class = super::build::generic(&class, Vec::new());
                let text = super::build::string(attribute);
                let value = super::build::operand(value);
                self.question(parse_quote!(#value.having::<#class>(#text)))
            }
            Adjustment::IntoIter => self.as_iter(value, from),
            Adjustment::IntoCoroutine => call_path("Coroutine::new", vec![value]),
            Adjustment::AwaitObject { function, .. } => {
                let call = method(value, &self.names.function(*function), Vec::new());
                let call = self.finish_call(*function, call);
                call_path("Coroutine::new", vec![call])
            }
            Adjustment::IntoFunction(_) => value,
            Adjustment::IntoValue => match from {
                Ty::Value => value,
                Ty::None => in_place_of(value, name("Value::None")),
                Ty::Set(item) | Ty::FrozenSet(item) | Ty::List(item)
                    if matches!(**item, Ty::Never | Ty::None | Ty::Value) && is_new(&value) =>
                {
                    let (kind, ty) = match from {
                        Ty::Set(_) => ("Set", Ty::Set(Box::new(Ty::Value))),
                        Ty::List(_) => ("List", Ty::list(Ty::Value)),
                        _ => ("FrozenSet", Ty::FrozenSet(Box::new(Ty::Value))),
                    };
                    let made = self.new_container(&ty, kind);
                    call_path("Value::from", vec![made])
                }
                from if !self.is_plain(from) => {
                    self.unsupported(expr, "a value of this type where any value may be is not translated yet")
                }
                _ => call_path("Value::from", vec![value]),
            },
            Adjustment::FromValue(to) => {
                let held = match to {
                    Ty::Iter(item) => item,
                    to => to,
                };
                if !self.is_plain(held) {
                    return self.unsupported(expr, "this type of what is known at run time only is not translated yet");
                }
                let to = self.ty(to);
                let converted: Expr = parse_quote!(<#to>::try_from_value(&#value));
                self.question(converted)
            }
            Adjustment::TupleToVarTuple(to) => match from {
                Ty::Tuple(items) => {
                    let count = items.len();
                    let item = match to {
                        Ty::VarTuple(item) => (**item).clone(),
                        other => other.clone(),
                    };
                    let _ = count;
                    self.convert_tuple(value, items, &item)
                }
                _ => value,
            },
            Adjustment::Map(to) => self.convert(value, from, to),
        }
    }

    /// A tuple as one of any length.
    pub(super) fn convert_tuple(&mut self, value: Expr, items: &[Ty], item: &Ty) -> Expr {
        if items.iter().all(|part| part == item) && items.len() <= 8 && !items.is_empty() {
            return match value {
                Expr::Tuple(tuple) => {
                    call_path("VarTuple::from", vec![super::build::array(tuple.elems.into_iter().collect())])
                }
                value => call_path("VarTuple::from", vec![value]),
            };
        }
        let items = items.to_vec();
        let item = item.clone();
        self.spread_tuple(value, items.len(), |emitter, part, at| {
            let part_ty = items[at].clone();
            emitter.convert(part, &part_ty, &item)
        })
    }

    /// `VarTuple::from([t.0, t.1])`; of a tuple that is written out, its elements.
    fn spread_tuple(
        &mut self,
        value: Expr,
        count: usize,
        mut element: impl FnMut(&mut Self, Expr, usize) -> Expr,
    ) -> Expr {
        if let Expr::Tuple(tuple) = value {
            let items = tuple.elems.into_iter().enumerate().map(|(at, item)| element(self, item, at)).collect();
            return call_path("VarTuple::from", vec![super::build::array(items)]);
        }
        if count == 0 {
            return call_path("VarTuple::new", Vec::new());
        }
        let names: Vec<String> = (0..count).map(|at| self.temp(&format!("item{at}"))).collect();
        let pattern = super::build::pat_tuple(names.iter().map(|name| pat(name)).collect());
        let items = names.iter().enumerate().map(|(at, text)| element(self, name(text), at)).collect();
        let items = super::build::array(items);
        parse_quote!({
            let #pattern = #value;
            VarTuple::from(#items)
        })
    }

    /// A conversion that inference left to the types: alternatives to unions, elements of tuples.
    pub(super) fn convert(&mut self, value: Expr, from: &Ty, to: &Ty) -> Expr {
        if from == to {
            return value;
        }
        match (from, to) {
            (Ty::Never, _) => match_(value, Vec::new()),
            (Ty::Bool, Ty::Int) => call_path("i64::from", vec![value]),
            (Ty::Int, Ty::Float) => cast(value, "f64"),
            (Ty::Int, Ty::BigInt) => call_path("Int::from", vec![value]),
            (Ty::Bool | Ty::Int | Ty::Float | Ty::BigInt, Ty::Number) => call_path("Number::from", vec![value]),
            (Ty::Number, Ty::Float) => method(value, "to_f64", Vec::new()),
            (Ty::ExcType, Ty::Type) => call_path("Type::from", vec![value]),
            (Ty::None, Ty::Option(_)) => in_place_of(value, name("None")),
            (Ty::None, Ty::Value) => in_place_of(value, name("Value::None")),
            (Ty::Option(from), Ty::Option(to)) => {
                let inner = self.convert(name("value"), from, to);
                let held = needed("value", &inner);
                parse_quote!(#value.map(|#held| #inner))
            }
            (from, Ty::Option(to)) => {
                let value = self.convert(value, from, to);
                call_path("Some", vec![value])
            }
            (Ty::Union(_), Ty::Union(_)) => self.widen(value, from, to),
            (_, Ty::Union(_)) => self.as_union(value, from, to),
            (_, Ty::Value) => call_path("Value::from", vec![value]),
            (Ty::Tuple(from), Ty::Tuple(to)) if from.len() == to.len() => {
                if let Expr::Tuple(tuple) = value {
                    let items = tuple.elems.into_iter().zip(from.iter().zip(to));
                    let items = items.map(|(item, (from, to))| self.convert(item, from, to)).collect();
                    return super::build::tuple(items);
                }
                let names: Vec<String> = (0..from.len()).map(|at| self.temp(&format!("item{at}"))).collect();
                let pattern = super::build::pat_tuple(names.iter().map(|name| pat(name)).collect());
                let items = names.iter().zip(from.iter().zip(to));
                let items = items.map(|(text, (from, to))| self.convert(name(text), from, to)).collect();
                let items = super::build::tuple(items);
                parse_quote!({
                    let #pattern = #value;
                    #items
                })
            }
            (Ty::Tuple(items), Ty::VarTuple(item)) => self.convert_tuple(value, items, item),
            (Ty::List(from), Ty::List(to)) => {
                let inner = self.convert(name("item"), from, to);
                parse_quote!(#value.iter().map(|item| #inner).collect::<List<_>>())
            }
            (Ty::Set(from), Ty::Set(to)) => {
                let inner = self.convert(name("item"), from, to);
                parse_quote!(#value.unchecked().map(|item| #inner).collect::<Set<_>>())
            }
            (Ty::Dict(key, item), Ty::Dict(to_key, to_item)) => {
                let key = self.convert(name("key"), key, to_key);
                let item = self.convert(name("value"), item, to_item);
                parse_quote!(#value.items().unchecked().map(|(key, value)| (#key, #item)).collect::<Dict<_, _>>())
            }
            (Ty::Stub(..), Ty::Bytes) => method(value, "to_bytes", Vec::new()),
            (Ty::Stub(..), to) if to.is_path_text() => method(value, "text", Vec::new()),
            (Ty::Tuple(items), Ty::Iter(_)) if items.is_empty() => {
                let made = call_path("VarTuple::new", Vec::new());
                call_path("builtins::iter", vec![reference(made)])
            }
            (from, Ty::Iter(to)) if !matches!(from, Ty::Iter(_)) => {
                let made = self.as_iter(value, from);
                match from.iterated() {
                    Some(item) => self.convert(made, &Ty::Iter(Box::new(item)), &Ty::Iter(to.clone())),
                    None => made,
                }
            }
            (Ty::Iter(from), Ty::Iter(to)) => {
                self.import("builtins");
                let mapping: Expr = if **from == Ty::Value && self.is_plain(to) {
                    let to = self.ty(to);
                    parse_quote!(|item: Value| <#to>::try_from_value(&item))
                } else {
                    let inner = self.convert(name("item"), from, to);
                    let held = pat(if **from == Ty::None { "_" } else { "item" });
                    let from = self.ty(from);
                    parse_quote!(|#held: #from| Ok(#inner))
                };
                call_path("builtins::map", vec![mapping, reference(value)])
            }
            (Ty::VarTuple(from), Ty::VarTuple(to)) => {
                let inner = self.convert(name("item"), from, to);
                parse_quote!(#value.iter().map(|item| #inner).collect::<VarTuple<_>>())
            }
            (Ty::Coro(from), Ty::Coro(_)) if **from == Ty::Never => match &value {
                // A call that is no handle yet.
                Expr::Call(_) if !is_coroutine(&value) => {
                    parse_quote!(async move { match #value.await? {} })
                }
                _ => parse_quote!(#value.map(|never| match never {})),
            },
            (Ty::Coro(from), Ty::Coro(to)) => {
                let inner = self.convert(name("value"), from, to);
                let held = needed("value", &inner);
                let kept = if is_coroutine(&value) { value } else { call_path("Coroutine::new", vec![value]) };
                parse_quote!(#kept.map(|#held| #inner))
            }
            (Ty::Bool, Ty::Float) => {
                let int = call_path("i64::from", vec![value]);
                cast(int, "f64")
            }
            (Ty::Bool, Ty::BigInt) => {
                let int = call_path("i64::from", vec![value]);
                call_path("Int::from", vec![int])
            }
            _ => value,
        }
    }

    fn outcome_as(&mut self, value: Expr, to: &Ty) -> Expr {
        let (variant, text) = match to {
            Ty::Exc(_) => ("Outcome::Exception", "exception"),
            _ => ("Outcome::Value", "value"),
        };
        let taken = arm(pat_variant(variant, vec![pat(text)]), None, name(text));
        let other: Expr = macros::unreachable("the test before has told which it is");
        match_(value, vec![taken, arm(pat("_"), None, other)])
    }

    /// Anything iterable as `Iter<T>`.
    fn as_iter(&mut self, value: Expr, from: &Ty) -> Expr {
        match from {
            Ty::Iter(_) => value,
            Ty::Tuple(items) => {
                let count = items.len();
                let list = self.spread_tuple(value, count, |_, part, _| part);
                {
                    self.import("builtins");
                    call_path("builtins::iter", vec![reference(list)])
                }
            }
            _ => {
                self.import("builtins");
                call_path("builtins::iter", vec![super::place::as_reference(value)])
            }
        }
    }
}

/// `Coroutine::new(…)`.
fn is_coroutine(value: &Expr) -> bool {
    matches!(value, Expr::Call(call)
        if matches!(&*call.func, Expr::Path(path) if path.path.segments.first().is_some_and(|first| first.ident == "Coroutine")))
}

/// What stands for a `()`; what gives that runs all the same.
fn in_place_of(unit: Expr, made: Expr) -> Expr {
    let nothing = match &unit {
        Expr::Tuple(inner) => inner.elems.is_empty(),
        inner => matches!(inner, Expr::Path(_) | Expr::Lit(_)),
    };
    if nothing {
        return made;
    }
    parse_quote!({
        #unit;
        #made
    })
}

/// The pattern of a value that an expression may use, and may not.
pub(super) fn needed(text: &str, user: &Expr) -> syn::Pat {
    pat(if occurrences(user, text) > 0 { text } else { "_" })
}

/// Whether an expression makes an empty container.
fn is_new(value: &Expr) -> bool {
    match value {
        Expr::Call(call) => {
            call.args.is_empty()
                && matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "new"))
        }
        _ => false,
    }
}

/// `int(text)` where any integer is wanted: it is read as one.
fn read_unbounded(value: &Expr) -> Option<Expr> {
    let Expr::Try(tried) = value else { return None };
    let Expr::Call(call) = &*tried.expr else { return None };
    let Expr::Path(path) = &*call.func else { return None };
    let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    if names != ["builtins", "int"] {
        return None;
    }
    let args = &call.args;
    Some(parse_quote!(builtins::big_int(#args)?))
}
