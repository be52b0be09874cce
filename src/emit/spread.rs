//! `print` with `*` among its values.

use syn::Expr;

use super::Emitter;
use super::build::{array, call_path, method, name, string, tuple, tuple_field};
use super::format::{Show, Text};
use super::place::as_reference;
use crate::hir::{self, Arg, Call, ExprId, Lit};
use crate::types::Ty;

impl Emitter<'_> {
    /// `print(a, *xs, b)`: what is spread stands with its separators behind or before a value that is sure to be there.
    pub(super) fn print_spreads(&mut self, id: ExprId, call: &Call) -> Expr {
        let (mut sep, mut end) = (None, None);
        let mut values = Vec::new();
        for arg in &call.args {
            match arg {
                Arg::Keyword(key, given) if key == "sep" => sep = Some(*given),
                Arg::Keyword(key, given) if key == "end" => end = Some(*given),
                Arg::Positional(value) => values.push((*value, false)),
                Arg::Star(value) => values.push((*value, true)),
                Arg::Keyword(..) | Arg::DoubleStar(_) => {
                    return self.unsupported(id, "`print` with `*` and this argument is not translated yet");
                }
            }
        }
        let plain = |given: Option<ExprId>, default: &str| match given.map(|given| &self.program.exprs[given]) {
            None | Some(hir::Expr::Lit(Lit::None)) => Some(default.to_string()),
            Some(hir::Expr::Lit(Lit::Str(text))) => Some(text.clone()),
            Some(_) => None,
        };
        let (plain_sep, plain_end) = (plain(sep, " "), plain(end, "\n"));
        let filled = |value: ExprId| matches!(self.ty_of(value), Ty::Tuple(types) if !types.is_empty());
        let sure = values.iter().position(|(value, star)| !star || filled(*value));
        let (Some(sep), Some(end), Some(sure)) = (plain_sep, plain_end, sure) else {
            return self.print_joined(&values, sep, end);
        };
        let mut text = Text::default();
        for (at, (value, star)) in values.into_iter().enumerate() {
            if star && let Ty::Tuple(types) = self.ty_of(value) {
                let place = self.place(value);
                let place = match place {
                    Expr::Path(_) | Expr::Field(_) => place,
                    made => {
                        let held = self.temp_unique("items");
                        self.push_let(&held, made);
                        name(&held)
                    }
                };
                for (number, ty) in types.iter().enumerate() {
                    if at > sure || number > 0 {
                        text.push(&sep);
                    }
                    self.shown_place(tuple_field(place.clone(), number), ty, Show::Str, &mut text);
                }
                if at < sure && !types.is_empty() {
                    text.push(&sep);
                }
                continue;
            }
            if star {
                let items = self.iterable(value);
                let path = if at < sure { "joined_before" } else { "joined_after" };
                let joined = call_path(path, vec![items, string(&sep)]);
                let joined = self.question(joined);
                text.value(joined, "");
                continue;
            }
            if at > sure {
                text.push(&sep);
            }
            self.shown(value, Show::Str, &mut text);
        }
        let macro_name = match end.strip_suffix('\n') {
            Some(line) => {
                text.push(line);
                "println"
            }
            None => {
                text.push(&end);
                "print"
            }
        };
        self.import(macro_name);
        text.into_macro(macro_name)
    }

    /// The same where nothing is sure to be there, or the separator is computed: the texts of all, joined by the runtime.
    fn print_joined(&mut self, values: &[(ExprId, bool)], sep: Option<ExprId>, end: Option<ExprId>) -> Expr {
        let texts = values.iter().map(|&(value, star)| {
            if star {
                let items = self.iterable(value);
                let made = call_path("texts", vec![items]);
                self.question(made)
            } else {
                let value = self.borrowed(value);
                let text = call_path("str_", vec![value]);
                call_path("Vec::from", vec![array(vec![text])])
            }
        });
        let texts = array(texts.collect());
        let is_none = |emitter: &Self, given: ExprId| matches!(emitter.program.exprs[given], hir::Expr::Lit(Lit::None));
        let sep = match sep.filter(|sep| !is_none(self, *sep)) {
            Some(sep) => self.borrowed_text(sep),
            None => string(" "),
        };
        let joined = call_path("joined_texts", vec![texts, sep]);
        let mut text = Text::default();
        text.value(joined, "");
        let macro_name = match end.filter(|end| !is_none(self, *end)) {
            Some(end) => {
                self.shown(end, Show::Str, &mut text);
                "print"
            }
            None => "println",
        };
        self.import(macro_name);
        text.into_macro(macro_name)
    }

    /// `template.format(a, *xs, b=c, **d)`; `None`: there are values that the runtime cannot hold.
    pub(super) fn str_format_spread(&mut self, recv: ExprId, args: &[Arg]) -> Option<Expr> {
        let recv = self.place(recv);
        let (mut items, mut names) = (Vec::new(), Vec::new());
        for arg in args {
            let value = arg.value();
            let ty = self.ty_of(value);
            match arg {
                Arg::Positional(_) => {
                    let made = self.value_of(value)?;
                    items.push(call_path("Vec::from", vec![array(vec![made])]));
                }
                Arg::Keyword(key, _) => {
                    let made = self.value_of(value)?;
                    let key = call_path("Str::from", vec![string(key)]);
                    names.push(call_path("Vec::from", vec![array(vec![tuple(vec![key, made])])]));
                }
                Arg::Star(_) => items.push(match &ty {
                    Ty::Tuple(types) if self.is_pure(value) => {
                        let place = self.place(value);
                        let parts: Option<Vec<Expr>> = types
                            .iter()
                            .enumerate()
                            .map(|(at, ty)| {
                                let part = tuple_field(place.clone(), at);
                                let part = if ty.is_copy() { part } else { method(part, "clone", Vec::new()) };
                                self.is_plain(ty).then(|| self.convert(part, ty, &Ty::Value))
                            })
                            .collect();
                        call_path("Vec::from", vec![array(parts?)])
                    }
                    Ty::List(item) | Ty::VarTuple(item) if self.is_plain(item) => {
                        let place = self.place(value);
                        let made = self.convert(name("value"), item, &Ty::Value);
                        match super::open::alone(&made) {
                            Some(convert) => syn::parse_quote!(#place.iter().map(#convert).collect::<Vec<_>>()),
                            None => syn::parse_quote!(#place.iter().map(|value| #made).collect::<Vec<_>>()),
                        }
                    }
                    _ => return None,
                }),
                Arg::DoubleStar(_) => names.push(match &ty {
                    Ty::Dict(key, item) if **key == Ty::Str && self.is_plain(item) => {
                        let place = self.place(value);
                        let made = self.convert(name("value"), item, &Ty::Value);
                        syn::parse_quote!(#place.items().unchecked().map(|(key, value)| (key, #made)).collect::<Vec<_>>())
                    }
                    Ty::Record(record) if self.is_pure(value) => {
                        let place = self.place(value);
                        let fields = self.types.records[*record].fields.clone();
                        let mut pairs = Vec::new();
                        for (key, ty) in fields {
                            let part = super::build::field(place.clone(), &super::record::field_name(&key));
                            let part = if ty.is_copy() { part } else { method(part, "clone", Vec::new()) };
                            if !self.is_plain(&ty) {
                                return None;
                            }
                            let part = self.convert(part, &ty, &Ty::Value);
                            pairs.push(tuple(vec![call_path("Str::from", vec![string(&key)]), part]));
                        }
                        call_path("Vec::from", vec![array(pairs)])
                    }
                    _ => return None,
                }),
            }
        }
        let all = |mut parts: Vec<Expr>| match parts.len() {
            0 => as_reference(array(Vec::new())),
            1 => as_reference(parts.remove(0)),
            _ => as_reference(method(array(parts), "concat", Vec::new())),
        };
        let made = method(recv, "format_args", vec![all(items), all(names)]);
        Some(self.question(made))
    }

    fn value_of(&mut self, value: ExprId) -> Option<Expr> {
        let ty = self.ty_of(value);
        let made = self.owned(value);
        self.is_plain(&ty).then(|| self.convert(made, &ty, &Ty::Value))
    }
}
