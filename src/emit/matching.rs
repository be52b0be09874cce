//! `match`: cases as a chain of tests, in order.

use syn::{Expr, Stmt, parse_quote};

use super::Emitter;
use super::build::{self, binary, block_expr, boolean, call_path, if_, int, method, name, not, stmt, tail};
use super::plan::Decl;
use crate::hir::{self, Case, ExprId, Lit, Pattern, VarId};
use crate::types::Ty;

/// What a pattern binds: the variable, its value, the value's type.
pub(super) type Binds = Vec<(VarId, Expr, Ty)>;

/// A pattern's test; `None` inside: it always holds. `None` outside: it is not translated.
pub(super) type Test = Option<Option<Expr>>;

impl Emitter<'_> {
    /// Each case is an `if`, the next one its `else`.
    pub(super) fn match_stmt(&mut self, subject: ExprId, cases: &[Case], is_tail: bool) {
        let ty = self.ty_of(subject);
        let place = self.owned(subject);
        let text = self.temp_unique("subject");
        self.push_let(&text, place);
        match self.case_chain(&text, &ty, cases, is_tail) {
            Ok(Some(chain)) => self.out.push(Stmt::Expr(chain, None)),
            Ok(None) => {}
            Err(at) => {
                let at = at.unwrap_or(self.program.span(subject));
                self.unsupported_at(at, "this pattern of `match` is not translated yet");
                let refused = self.raise_text("NotImplementedError", "this pattern of `match` is not translated yet");
                self.out.push(stmt(refused));
            }
        }
    }

    fn case_chain(
        &mut self,
        subject: &str,
        ty: &Ty,
        cases: &[Case],
        is_tail: bool,
    ) -> Result<Option<Expr>, Option<crate::source::Span>> {
        let [case, rest @ ..] = cases else {
            // What follows a `match` at the end of a function: it falls off.
            if !is_tail {
                return Ok(None);
            }
            let stmts = self.in_block(|emitter| emitter.fall_off());
            return Ok((!stmts.is_empty()).then(|| block_expr(stmts)));
        };
        let at = case.body.stmts.first().map(|inner| inner.span);
        let mut binds = Vec::new();
        let Some(test) = self.pattern_test(&case.pattern, name(subject), ty, &mut binds) else { return Err(at) };
        // No value of this type is like that: what the pattern binds has no value to be made of.
        if test.as_ref().is_some_and(is_false) {
            return self.case_chain(subject, ty, rest, is_tail);
        }
        // A guard reads what the pattern binds.
        let guard = case.guard.map(|guard| {
            let stmts = self.in_block(|emitter| {
                emitter.bind_all(&binds, false);
                let test = emitter.condition(guard);
                emitter.out.push(tail(test));
            });
            match <[Stmt; 1]>::try_from(stmts) {
                Ok([Stmt::Expr(only, None)]) => only,
                Ok([other]) => block_expr(vec![other]),
                Err(stmts) => block_expr(stmts),
            }
        });
        let stmts = self.in_block(|emitter| {
            super::print::trivia(&case.trivia, true, &mut emitter.out);
            emitter.bind_all(&binds, case.guard.is_some());
            if is_tail {
                emitter.tail_block(&case.body);
            } else {
                emitter.block(&case.body);
            }
        });
        let test = match (test, guard) {
            (None, None) => None,
            (Some(test), None) | (None, Some(test)) => Some(test),
            (Some(test), Some(guard)) => Some(binary(test, "&&", guard)),
        };
        let Some(test) = test else {
            let block = build::block(stmts);
            return Ok(Some(Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block })));
        };
        let orelse = self.case_chain(subject, ty, rest, is_tail)?;
        Ok(Some(if_(test, stmts, orelse)))
    }

    /// Binds the names; behind a guard those that live on are bound already.
    fn bind_all(&mut self, binds: &Binds, guarded: bool) {
        for (var, value, ty) in binds {
            let declares = self.plans.vars.get(*var).is_some_and(|plan| plan.decl == Decl::Pattern);
            if guarded && !declares {
                continue;
            }
            let to = self.var_ty(*var);
            let value = self.convert(value.clone(), ty, &to);
            self.assign_var(*var, value, declares);
        }
    }

    /// The test of a pattern, and what it binds.
    pub(super) fn pattern_test(&mut self, pattern: &Pattern, subject: Expr, ty: &Ty, binds: &mut Binds) -> Test {
        match pattern {
            Pattern::Capture(None) => Some(None),
            Pattern::Capture(Some(var)) => {
                self.capture(*var, subject, ty, binds)?;
                Some(None)
            }
            Pattern::As(inner, var) => {
                let test = self.pattern_test(inner, subject.clone(), ty, binds)?;
                if test.as_ref().is_some_and(is_false) {
                    return Some(test);
                }
                self.capture(*var, subject, ty, binds)?;
                Some(test)
            }
            Pattern::Or(parts) => {
                let mut all: Option<Expr> = None;
                for part in parts {
                    let before = binds.len();
                    let test = self.pattern_test(part, subject.clone(), ty, binds)?;
                    if binds.len() != before {
                        return None;
                    }
                    let Some(test) = test else { return Some(None) };
                    all = Some(match all {
                        None => test,
                        Some(all) => binary(all, "||", test),
                    });
                }
                Some(all)
            }
            Pattern::Singleton(value) => self.singleton_test(*value, subject, ty),
            Pattern::Class { class, positional, keywords } => {
                self.class_test(*class, positional, keywords, subject, ty, binds)
            }
            Pattern::Value(value) => self.value_test(*value, subject, ty),
            Pattern::Sequence(_) | Pattern::Mapping { .. } => match ty {
                Ty::Option(inner) => {
                    let test = method(subject.clone(), "is_some", Vec::new());
                    let inner_value = call_path("proven", vec![shared(subject, ty)]);
                    let more = self.pattern_test(pattern, inner_value, inner, binds)?;
                    Some(Some(join(test, more)))
                }
                Ty::Union(union) => {
                    let parts: Vec<Ty> =
                        self.types.unions[*union].alternatives.iter().map(|variant| variant.ty.clone()).collect();
                    let fits: Vec<Ty> = parts.into_iter().filter(|part| may_fit(pattern, part)).collect();
                    match &fits[..] {
                        [] => Some(Some(boolean(false))),
                        [one] => {
                            let variant = self.union_variant(*union, one)?;
                            let path = build::pat_variant(&variant, vec![build::pat("_")]);
                            let test: Expr = parse_quote!(matches!(#subject, #path));
                            let inner = self.union_as(shared(subject, ty), ty, one, None);
                            let more = self.pattern_test(pattern, inner, one, binds)?;
                            Some(Some(join(test, more)))
                        }
                        _ => None,
                    }
                }
                Ty::Value => match pattern {
                    Pattern::Sequence(parts) => self.value_sequence_test(parts, &subject, binds),
                    Pattern::Mapping { items, rest } => self.value_mapping_test(items, *rest, &subject, binds),
                    _ => None,
                },
                _ => match pattern {
                    Pattern::Sequence(parts) => self.sequence_test(parts, subject, ty, binds),
                    Pattern::Mapping { items, rest } => self.mapping_test(items, *rest, subject, ty, binds),
                    _ => None,
                },
            },
            Pattern::Star(_) => None,
        }
    }

    /// What a name is bound to: the tests before have told which alternatives are left.
    fn capture(&mut self, var: VarId, subject: Expr, ty: &Ty, binds: &mut Binds) -> Option<()> {
        let to = self.var_ty(var);
        let value = shared(subject, ty);
        match self.narrowed_value(value.clone(), ty, &to) {
            Some(value) => binds.push((var, value, to)),
            // `bind_all` widens it.
            None if matches!(ty, Ty::Option(_) | Ty::Number | Ty::Value)
                && !matches!(to, Ty::Option(_) | Ty::Value) =>
            {
                return None;
            }
            None => binds.push((var, value, ty.clone())),
        }
        Some(())
    }

    /// A value of which it is known that it is of a narrower type, as one of that.
    fn narrowed_value(&mut self, value: Expr, from: &Ty, to: &Ty) -> Option<Expr> {
        Some(match (from, to) {
            (from, to) if from == to => value,
            (Ty::Option(_), Ty::Option(_)) => return None,
            (Ty::Option(inner), to) => {
                let value = call_path("proven", vec![value]);
                self.narrowed_value(value, inner, to)?
            }
            (Ty::Union(_), Ty::Union(_)) => self.union_as(value, from, to, None),
            (Ty::Union(union), to) if self.union_variant(*union, to).is_some() => self.union_as(value, from, to, None),
            (Ty::Union(union), Ty::Bool | Ty::Int | Ty::Float) => {
                self.union_variant(*union, &Ty::Number)?;
                let number = self.union_as(value, from, &Ty::Number, None);
                self.narrowed_value(number, &Ty::Number, to)?
            }
            (Ty::Value, to) => self.taken_from_value(value, to)?,
            (Ty::Number, Ty::Int) => call_path("proven", vec![method(value, "to_i64", Vec::new())]),
            (Ty::Number, Ty::Float) => method(value, "to_f64", Vec::new()),
            (Ty::Number, Ty::Bool) => method(value, "truthy", Vec::new()),
            _ => return None,
        })
    }

    fn singleton_test(&mut self, value: ExprId, subject: Expr, ty: &Ty) -> Test {
        match (&self.program.exprs[value], ty) {
            (hir::Expr::Lit(Lit::None), Ty::Option(_) | Ty::Value) => {
                Some(Some(method(subject, "is_none", Vec::new())))
            }
            (hir::Expr::Lit(Lit::None), Ty::None) => Some(None),
            (hir::Expr::Lit(Lit::Bool(value)), Ty::Bool) => Some(Some(if *value { subject } else { not(subject) })),
            (hir::Expr::Lit(Lit::Bool(value)), Ty::Option(inner)) if **inner == Ty::Bool => {
                Some(Some(binary(subject, "==", call_path("Some", vec![boolean(*value)]))))
            }
            (hir::Expr::Lit(Lit::Bool(value)), Ty::Number) => {
                let value = boolean(*value);
                Some(Some(parse_quote!(matches!(#subject, Number::Bool(#value)))))
            }
            (hir::Expr::Lit(Lit::Bool(value)), Ty::Union(union)) => {
                let Some(variant) = self.union_variant(*union, &Ty::Bool) else {
                    let number = self.union_variant(*union, &Ty::Number).is_some();
                    return if number { None } else { Some(Some(boolean(false))) };
                };
                let path = build::path(&variant);
                let value = boolean(*value);
                Some(Some(parse_quote!(matches!(#subject, #path(#value)))))
            }
            (hir::Expr::Lit(Lit::Bool(value)), Ty::Value) => Some(Some(self.value_is_bool(subject, *value))),
            (hir::Expr::Lit(Lit::Bool(_)), Ty::Option(_)) => None,
            _ => Some(Some(boolean(false))),
        }
    }

    /// `a == b` of values of one type, through the classes in it where they say what is equal.
    fn equals(&mut self, a: Expr, b: Expr, ty: &Ty) -> Expr {
        if !self.compares_by_key(ty) {
            return binary(a, "==", b);
        }
        let test = method(a, "py_eq", vec![super::place::as_reference(b)]);
        self.question(test)
    }

    fn value_test(&mut self, value: ExprId, subject: Expr, ty: &Ty) -> Test {
        let other = self.ty_of(value);
        let literal = match &self.program.exprs[value] {
            hir::Expr::Lit(Lit::Str(text)) => Some(build::string(text)),
            _ => None,
        };
        let (ty, optional) = match ty {
            // Unless the literal was made one of the same type already.
            Ty::Option(inner) if matches!(**inner, Ty::Union(_)) && *ty != other => (&**inner, true),
            ty => (ty, false),
        };
        match (ty, &other) {
            (a, b) if a == b => {
                let value = match literal {
                    Some(literal) if *ty == Ty::Str => literal,
                    _ => self.owned(value),
                };
                Some(Some(build::emptiness(self.equals(subject, value, ty))))
            }
            (Ty::Option(inner), other) => {
                let value = self.owned(value);
                if !converts(other, inner) {
                    let test = self.differ(other, inner)?;
                    return Some(Some(test));
                }
                let value = self.convert(value, other, inner);
                Some(Some(self.equals(subject, call_path("Some", vec![value]), ty)))
            }
            (Ty::Union(union), other) => {
                let parts: Vec<Ty> =
                    self.types.unions[*union].alternatives.iter().map(|variant| variant.ty.clone()).collect();
                let Some(part) = parts.iter().find(|part| converts(other, part)) else {
                    return Some(Some(boolean(false)));
                };
                let value = match literal {
                    Some(literal) => literal,
                    None => {
                        let owned = self.owned(value);
                        self.convert(owned, other, part)
                    }
                };
                let variant = build::path(&self.union_variant(*union, part)?);
                let pat: syn::Pat = match optional {
                    true => parse_quote!(Some(#variant(value))),
                    false => parse_quote!(#variant(value)),
                };
                Some(Some(parse_quote!(matches!(&#subject, #pat if *value == #value))))
            }
            (ty, other) if converts(other, ty) => {
                let value = self.owned(value);
                let value = self.convert(value, other, ty);
                Some(Some(self.equals(subject, value, ty)))
            }
            (Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float, Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float) => {
                let value = self.owned(value);
                let value = self.convert(value, &other, &Ty::Number);
                let subject = self.convert(subject, ty, &Ty::Number);
                Some(Some(binary(subject, "==", value)))
            }
            (ty, other) => Some(Some(self.differ(other, ty)?)),
        }
    }

    /// `false`, where values of two types are never equal.
    fn differ(&self, a: &Ty, b: &Ty) -> Option<Expr> {
        let plain = |ty: &Ty| {
            matches!(
                ty,
                Ty::None
                    | Ty::Bool
                    | Ty::Int
                    | Ty::BigInt
                    | Ty::Float
                    | Ty::Number
                    | Ty::Str
                    | Ty::Bytes
                    | Ty::List(_)
                    | Ty::Dict(..)
                    | Ty::Set(_)
                    | Ty::Tuple(_)
                    | Ty::VarTuple(_)
            )
        };
        let number = |ty: &Ty| matches!(ty, Ty::Bool | Ty::Int | Ty::BigInt | Ty::Float | Ty::Number);
        (plain(a) && plain(b) && !(number(a) && number(b)) && a != b).then(|| boolean(false))
    }

    fn sequence_test(&mut self, parts: &[Pattern], subject: Expr, ty: &Ty, binds: &mut Binds) -> Test {
        let star = parts.iter().position(|part| matches!(part, Pattern::Star(_)));
        let fixed = parts.len() - usize::from(star.is_some());
        match ty {
            Ty::Tuple(items) => {
                let fits = if star.is_some() { items.len() >= fixed } else { items.len() == fixed };
                if !fits {
                    return Some(Some(boolean(false)));
                }
                let more = items.len() - fixed;
                let mut all: Option<Expr> = None;
                let mut at = 0;
                for part in parts {
                    if let Pattern::Star(var) = part {
                        if let Some(var) = var {
                            let to = self.var_ty(*var);
                            let Ty::List(item) = &to else { return None };
                            let mut values = Vec::new();
                            for (index, ty) in items.iter().enumerate().skip(at).take(more) {
                                let value = shared(build::tuple_field(subject.clone(), index), ty);
                                values.push(self.convert(value, ty, item));
                            }
                            let list = if values.is_empty() {
                                self.new_container(&to, "List")
                            } else {
                                call_path("List::from", vec![build::array(values)])
                            };
                            binds.push((*var, list, to));
                        }
                        at += more;
                        continue;
                    }
                    let value = build::tuple_field(subject.clone(), at);
                    let test = self.pattern_test(part, value, &items[at], binds)?;
                    all = both(all, test);
                    at += 1;
                }
                Some(all)
            }
            Ty::List(item) | Ty::VarTuple(item) => {
                let length = method(subject.clone(), "len", Vec::new());
                let symbol = if star.is_some() { ">=" } else { "==" };
                let mut all =
                    (star.is_none() || fixed > 0).then(|| build::emptiness(binary(length, symbol, int(fixed as i64))));
                let after = star.map_or(0, |star| (parts.len() - star - 1) as i64);
                for (at, part) in parts.iter().enumerate() {
                    let index = match star {
                        Some(star) if at > star => at as i64 - parts.len() as i64,
                        _ => at as i64,
                    };
                    match part {
                        Pattern::Star(None) | Pattern::Capture(None) => {}
                        Pattern::Star(Some(var)) => {
                            let end = if after == 0 { name("None") } else { call_path("Some", vec![int(-after)]) };
                            let start = if at == 0 { name("None") } else { call_path("Some", vec![int(index)]) };
                            let rest = method(subject.clone(), "slice", vec![start, end]);
                            let rest = match ty {
                                Ty::VarTuple(_) => call_path("List::from", vec![method(rest, "as_slice", Vec::new())]),
                                _ => rest,
                            };
                            binds.push((*var, rest, Ty::List(item.clone())));
                        }
                        part => {
                            let value = method(subject.clone(), "get_item", vec![int(index)]);
                            let value = self.question(value);
                            let test = self.pattern_test(part, value, item, binds)?;
                            all = both(all, test);
                        }
                    }
                }
                Some(all)
            }
            Ty::Value | Ty::Iter(_) | Ty::Stub(..) | Ty::Param(_) | Ty::Range => None,
            _ => Some(Some(boolean(false))),
        }
    }

    fn mapping_test(
        &mut self,
        items: &[(ExprId, Pattern)],
        rest: Option<VarId>,
        subject: Expr,
        ty: &Ty,
        binds: &mut Binds,
    ) -> Test {
        match ty {
            Ty::Dict(key_ty, value_ty) => {
                let mut all: Option<Expr> = None;
                let mut keys = Vec::new();
                for (key, part) in items {
                    if self.ty_of(*key) != **key_ty {
                        self.differ(&self.ty_of(*key), key_ty)?;
                        return Some(Some(boolean(false)));
                    }
                    let key = self.borrowed_text(*key);
                    keys.push(key.clone());
                    let test = method(subject.clone(), "contains", vec![key.clone()]);
                    all = both(all, Some(test));
                    if matches!(part, Pattern::Capture(None)) {
                        continue;
                    }
                    let value = method(subject.clone(), "get_item", vec![key]);
                    let value = self.question(value);
                    let test = self.pattern_test(part, value, value_ty, binds)?;
                    all = both(all, test);
                }
                if let Some(rest) = rest {
                    let mut stmts: Vec<Stmt> = vec![parse_quote!(let rest = #subject.copy();)];
                    for key in keys {
                        let call = self.question(method(name("rest"), "del_item", vec![key]));
                        stmts.push(stmt(call));
                    }
                    stmts.push(tail(name("rest")));
                    binds.push((rest, block_expr(stmts), ty.clone()));
                }
                Some(all)
            }
            Ty::Record(record) => {
                if rest.is_some() {
                    return None;
                }
                let fields = self.types.records[*record].fields.clone();
                let mut all: Option<Expr> = None;
                for (key, part) in items {
                    let hir::Expr::Lit(Lit::Str(text)) = &self.program.exprs[*key] else { return None };
                    let Some((key, field_ty)) = fields.iter().find(|(field, _)| field == text) else {
                        return Some(Some(boolean(false)));
                    };
                    let value = build::field(subject.clone(), &super::record::field_name(key));
                    let test = self.pattern_test(part, value, field_ty, binds)?;
                    all = both(all, test);
                }
                Some(all)
            }
            Ty::Value | Ty::Stub(..) | Ty::Param(_) | Ty::Class(_) => None,
            _ => Some(Some(boolean(false))),
        }
    }

    fn class_test(
        &mut self,
        class: ExprId,
        positional: &[Pattern],
        keywords: &[(String, Pattern)],
        subject: Expr,
        ty: &Ty,
        binds: &mut Binds,
    ) -> Test {
        if *ty == Ty::Value {
            let (test, object, of) = self.value_is_of(class, subject)?;
            if of == Ty::Value {
                return match (positional, keywords) {
                    ([], []) => Some(Some(test)),
                    ([part], []) => {
                        let more = self.pattern_test(part, object, &of, binds)?;
                        Some(both(Some(test), more))
                    }
                    _ => None,
                };
            }
            let more = self.class_test(class, positional, keywords, object, &of, binds)?;
            return Some(both(Some(test), more));
        }
        if let (Ty::Exc(_), [], []) = (ty, positional, keywords) {
            return self.instance_test(class, subject, ty, &[class]).map(Some);
        }
        let (test, always): (Option<Expr>, bool) = match self.instance_pats(ty, &[class]) {
            Some(pats) if pats.is_empty() => return Some(Some(boolean(false))),
            Some(pats) => {
                let always = pats.iter().any(|pat| matches!(pat, syn::Pat::Wild(_)));
                ((!always).then(|| parse_quote!(matches!(#subject, #(#pats)|*))), always)
            }
            // Only the object can tell.
            None => match ty {
                Ty::Class(_) => (Some(self.instance_test(class, subject.clone(), ty, &[class])?), false),
                Ty::Option(inner) if matches!(**inner, Ty::Class(_)) => {
                    let some = method(subject.clone(), "is_some", Vec::new());
                    let object = call_path("proven", vec![shared(subject.clone(), ty)]);
                    (Some(binary(some, "&&", self.instance_test(class, object, inner, &[class])?)), false)
                }
                _ => return None,
            },
        };
        if positional.is_empty() && keywords.is_empty() {
            return Some(test);
        }
        if let hir::Expr::Stub(_) = self.program.exprs[class] {
            return match (positional, keywords) {
                ([Pattern::Capture(Some(var))], []) => {
                    self.capture(*var, subject, ty, binds)?;
                    Some(test)
                }
                ([Pattern::Capture(None)], []) => Some(test),
                ([part], []) if always => {
                    let more = self.pattern_test(part, subject, ty, binds)?;
                    Some(both(test, more))
                }
                _ => None,
            };
        }
        // The fields of an instance of a class of the program.
        let hir::Expr::Class(wanted) = self.program.exprs[class] else { return None };
        let (subject, ty) = match ty {
            Ty::Option(inner) => (call_path("proven", vec![shared(subject, ty)]), &**inner),
            ty => (subject, ty),
        };
        let (subject, of) = match ty {
            Ty::Class(of) => (subject, *of),
            Ty::Union(union) => {
                let one = self.types.unions[*union].alternatives.iter().find(|variant| match &variant.ty {
                    Ty::Class(of) => self.class_chain(*of).contains(&wanted),
                    _ => false,
                })?;
                let Ty::Class(of) = one.ty else { return None };
                let part = one.ty.clone();
                (self.union_as(shared(subject, ty), ty, &part, None), of)
            }
            _ => return None,
        };
        let mut named: Vec<(String, &Pattern)> = Vec::new();
        let names = self.program.match_args(&self.class_chain(wanted));
        for (at, part) in positional.iter().enumerate() {
            named.push((names.get(at)?.clone(), part));
        }
        named.extend(keywords.iter().map(|(text, part)| (text.clone(), part)));
        let mut all = test;
        // Of a class below, where it has the attribute and the subject's own has not.
        let of = if self.class_chain(wanted).contains(&of) { wanted } else { of };
        for (text, part) in named {
            let place = self.read_attribute(of, subject.clone(), &text, super::place::Want::Place)?;
            let held = self.attribute_ty(of, &text);
            let test = self.pattern_test(part, place, &held, binds)?;
            all = both(all, test);
        }
        Some(all)
    }
}

/// A value of one's own, of a place that is looked at again.
fn shared(place: Expr, ty: &Ty) -> Expr {
    match &place {
        Expr::Path(_) | Expr::Field(_) if !ty.is_copy() => method(place, "clone", Vec::new()),
        _ => place,
    }
}

/// Two tests, of which either may be missing.
pub(super) fn both(all: Option<Expr>, test: Option<Expr>) -> Option<Expr> {
    match (all, test) {
        (Some(all), Some(test)) => Some(binary(all, "&&", test)),
        (all, test) => all.or(test),
    }
}

fn join(all: Expr, test: Option<Expr>) -> Expr {
    match test {
        Some(test) => binary(all, "&&", test),
        None => all,
    }
}

/// Whether a literal of one type is compared as a value of the other.
fn converts(from: &Ty, to: &Ty) -> bool {
    from == to
        || matches!(
            (from, to),
            (Ty::Int, Ty::Float | Ty::BigInt | Ty::Number | Ty::Value)
                | (Ty::Float | Ty::Bool | Ty::BigInt, Ty::Number | Ty::Value)
                | (Ty::Str | Ty::Bytes, Ty::Value)
        )
}

/// Whether a pattern may match a value of the type.
fn may_fit(pattern: &Pattern, ty: &Ty) -> bool {
    match pattern {
        Pattern::Sequence(parts) => match ty {
            Ty::Tuple(items) => parts.len() == items.len() || parts.iter().any(|part| matches!(part, Pattern::Star(_))),
            ty => matches!(ty, Ty::List(_) | Ty::VarTuple(_) | Ty::Value | Ty::Range | Ty::Stub(..)),
        },
        Pattern::Mapping { .. } => matches!(ty, Ty::Dict(..) | Ty::Record(_) | Ty::Value | Ty::Stub(..)),
        _ => true,
    }
}

/// Whether a test is written as `false`, with or without more that must be true.
fn is_false(test: &Expr) -> bool {
    match test {
        Expr::Lit(lit) => matches!(&lit.lit, syn::Lit::Bool(value) if !value.value),
        Expr::Binary(both) => matches!(both.op, syn::BinOp::And(_)) && (is_false(&both.left) || is_false(&both.right)),
        Expr::Paren(inner) => is_false(&inner.expr),
        _ => false,
    }
}
