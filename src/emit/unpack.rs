//! `a, b = value`: taking values apart.

use super::Emitter;
use super::build::{self, assign, call_path, let_, name, pat, pat_mut, pat_tuple, stmt};
use super::place::{Want, as_reference};
use super::plan::{Decl, StmtKey};
use crate::hir::{ClassId, ExprId, Flavour, Storage, Target, VarId, walk};
use crate::source::Span;
use crate::types::{Ty, UnionId};
use syn::{Expr, Pat, Type, parse_quote};

impl Emitter<'_> {
    /// The fields of a named tuple and their types.
    pub(super) fn named_tuple_fields(&self, class: ClassId) -> Option<Vec<(String, Ty)>> {
        let program = self.program;
        let chain = self.class_chain(class);
        let of = chain.into_iter().find(|class| program.classes[*class].flavour == Flavour::NamedTuple)?;
        let fields = program.classes[of].attributes.iter().filter(|field| field.is_field());
        Some(fields.map(|field| (field.name.clone(), self.attribute_ty(class, &field.name))).collect())
    }

    pub(super) fn assign_tuple(&mut self, parts: &[Target], value: ExprId, at: StmtKey) {
        if let Ty::Class(class) = self.ty_of(value) {
            if self.named_tuple_fields(class).is_some_and(|fields| fields.len() == parts.len()) {
                let made = self.owned(value);
                return self.unpack_at(parts, made, &Ty::Class(class), at);
            }
            if let Some((made, ty)) = self.class_iter(value)
                && !matches!(ty, Ty::Class(_))
            {
                return self.unpack_at(parts, made, &ty, at);
            }
            let refused = self.unsupported(value, "taking an object of a class apart is not translated yet");
            self.out.push(stmt(refused));
            return;
        }
        let target = Target::Tuple(parts.to_vec());
        let declares = self.declares(&target, at);
        let plain = parts.iter().all(|part| match part {
            Target::Var(var) => self.program.vars[*var].storage == Storage::Local && !self.is_optional(*var),
            _ => false,
        });
        let ty = self.ty_of(value);
        // `a, b = b, a + b`: one assignment of tuples, which is Rust's own.
        let fits = matches!(&ty, Ty::Tuple(items) if items.len() == parts.len());
        if plain && fits {
            let Ty::Tuple(items) = &ty else { return };
            let targets: Vec<VarId> = parts
                .iter()
                .filter_map(|part| match part {
                    Target::Var(var) => Some(*var),
                    _ => None,
                })
                .collect();
            let to: Vec<Ty> = targets.iter().map(|var| self.var_ty(*var)).collect();
            let written = self.needs_type(value) && declares;
            let made = self.value(value, if written { Want::Into } else { Want::Owned });
            let made = if *items == to { made } else { self.convert(made, &ty, &Ty::Tuple(to.clone())) };
            if declares {
                let pats: Vec<Pat> = targets
                    .iter()
                    .map(|var| {
                        self.body.vars.remove(var);
                        let mutable = self.plans.vars.get(*var).is_some_and(|plan| plan.mutable);
                        let text = self.var_name(*var);
                        pat_mut(&text, mutable)
                    })
                    .collect();
                let declared: Option<Type> = written.then(|| self.ty(&Ty::Tuple(to)));
                self.out.push(let_(pat_tuple(pats), declared, Some(made)));
                return;
            }
            let hoisted = targets.iter().all(|var| {
                self.plans.vars.get(*var).is_none_or(|plan| plan.decl != Decl::Let(at))
                    && self.program.vars[*var].name != "_"
            });
            if hoisted {
                let left = build::tuple(targets.iter().map(|var| self.var_expr(*var)).collect());
                self.out.push(stmt(assign(left, made)));
                return;
            }
            return self.unpack_at(parts, made, &ty, at);
        }
        let made = self.owned(value);
        self.unpack_at(parts, made, &ty, at);
    }

    pub(super) fn unpack_at(&mut self, parts: &[Target], value: Expr, ty: &Ty, at: StmtKey) {
        let declared: Vec<bool> = parts.iter().map(|part| self.declares(part, at)).collect();
        self.unpack_each(parts, value, ty, &declared);
    }

    pub(super) fn unpack(&mut self, parts: &[Target], value: Expr, ty: &Ty, declares: bool) {
        let declared = vec![declares; parts.len()];
        self.unpack_each(parts, value, ty, &declared);
    }

    /// Takes a value apart: names that are new stand in the pattern, the others are assigned from temporaries.
    pub(super) fn unpack_each(&mut self, parts: &[Target], value: Expr, ty: &Ty, declares: &[bool]) {
        if let Ty::Class(class) = ty
            && let Some(fields) = self.named_tuple_fields(*class)
        {
            let held = self.temp_unique("fields");
            self.push_let(&held, value);
            let mut values = Vec::new();
            for (field, _) in &fields {
                values.extend(self.read_attribute(*class, name(&held), field, Want::Owned));
            }
            let ty = Ty::Tuple(fields.into_iter().map(|(_, ty)| ty).collect());
            return self.unpack_each(parts, build::tuple(values), &ty, declares);
        }
        if let Ty::Union(union) = ty {
            return self.unpack_union(parts, value, *union, declares);
        }
        let star = parts.iter().position(|part| matches!(part, Target::Star(_)));
        let tys: Vec<Ty> = match (ty, star) {
            (Ty::Tuple(items), None) if items.len() == parts.len() => items.clone(),
            (Ty::Tuple(items), Some(at)) if items.len() + 1 >= parts.len() => {
                let after = parts.len() - at - 1;
                return self.unpack_fixed_star(parts, value, items, at, after, declares);
            }
            _ => {
                let item = super::source::item_of(ty).unwrap_or(Ty::Value);
                (0..parts.len())
                    .map(|at| if Some(at) == star { Ty::list(item.clone()) } else { item.clone() })
                    .collect()
            }
        };
        let mut pats = Vec::new();
        let mut later = Vec::new();
        for ((part, ty), declares) in parts.iter().zip(&tys).zip(declares) {
            let part = match part {
                Target::Star(inner) => inner,
                part => part,
            };
            match part {
                Target::Var(var)
                    if *declares
                        && self.program.vars[*var].storage == Storage::Local
                        && !self.is_optional(*var)
                        && self
                            .plans
                            .vars
                            .get(*var)
                            .is_some_and(|plan| !matches!(plan.decl, Decl::Hoisted | Decl::Param))
                        && self.var_ty(*var) == *ty =>
                {
                    self.body.vars.remove(var);
                    let mutable = self.plans.vars.get(*var).is_some_and(|plan| plan.mutable);
                    let text = self.var_name(*var);
                    pats.push(pat_mut(&text, mutable));
                }
                part => {
                    let text = self.temp_unique("part");
                    pats.push(pat(&text));
                    later.push((part.clone(), text, ty.clone(), *declares));
                }
            }
        }
        match (ty, star) {
            (Ty::Tuple(items), None) if items.len() == parts.len() => {
                self.out.push(let_(pat_tuple(pats), None, Some(value)));
            }
            (_, None) => {
                let made = call_path("unpack", vec![as_reference(value)]);
                let made = self.question(made);
                let elems: Vec<Pat> = pats;
                self.out.push(parse_quote!(let [#(#elems),*] = #made;));
            }
            (_, Some(at)) => {
                let made = call_path("unpack_star", vec![as_reference(value)]);
                let made = self.question(made);
                let after = pats.split_off(at + 1);
                let rest = pats.pop();
                self.out.push(parse_quote!(let ([#(#pats),*], #rest, [#(#after),*]) = #made;));
            }
        }
        for (part, text, ty, declares) in later {
            self.assign_value(&part, name(&text), &ty, declares);
        }
    }

    /// A value of several types: each alternative is taken apart in its way, into what the names are.
    fn unpack_union(&mut self, parts: &[Target], value: Expr, union: UnionId, declares: &[bool]) {
        let to: Option<Vec<Ty>> = parts
            .iter()
            .map(|part| match part {
                Target::Var(var) => Some(self.var_ty(*var)),
                _ => None,
            })
            .collect();
        let alternatives: Vec<Ty> =
            self.types.unions[union].alternatives.iter().map(|variant| variant.ty.clone()).collect();
        let objects = alternatives.iter().any(|ty| matches!(ty, Ty::Class(_) | Ty::Stub(..) | Ty::Record(_)));
        let Some(to) = to.filter(|_| !objects) else {
            let span = self.var_span(parts);
            self.unsupported_at(span, "taking apart a value of these types is not translated yet");
            return;
        };
        let mut arms = Vec::new();
        for ty in &alternatives {
            let Some(variant) = self.union_variant(union, ty) else { continue };
            let held = self.temp("whole");
            let taken = self.alternative_parts(&held, ty, &to);
            let bound = super::adjust::needed(&held, &taken);
            arms.push(build::arm(build::pat_variant(&variant, vec![bound]), None, taken));
        }
        let made = build::match_(value, arms);
        self.unpack_each(parts, made, &Ty::Tuple(to), declares);
    }

    /// Where the first of the names stands.
    fn var_span(&self, parts: &[Target]) -> Span {
        let mut found = None;
        for part in parts {
            walk::target_vars(part, &mut |var| found = found.or(Some(self.program.vars[var].span)));
            walk::target_exprs(part, &mut |expr| found = found.or(Some(self.program.span(expr))));
        }
        found.expect("a target has a name or an expression")
    }

    /// `(whole.0.into(), whole.1)` of a tuple; of what is iterated `{ let [a, b] = unpack(&whole)?; (a, b) }`.
    fn alternative_parts(&mut self, held: &str, ty: &Ty, to: &[Ty]) -> Expr {
        let count = to.len();
        match ty {
            Ty::Tuple(items) if items.len() == count => {
                let parts = items.iter().zip(to).enumerate().map(|(at, (item, to))| {
                    let part = build::tuple_field(name(held), at);
                    self.convert(part, item, to)
                });
                build::tuple(parts.collect())
            }
            Ty::Tuple(items) => {
                let text = match items.len() < count {
                    true => format!("not enough values to unpack (expected {count}, got {})", items.len()),
                    false => format!("too many values to unpack (expected {count})"),
                };
                self.raise_text("ValueError", &text)
            }
            ty => {
                let Some(item) = super::source::item_of(ty) else {
                    let held = name(held);
                    let text: Expr = parse_quote!(format!("cannot unpack non-iterable {} object", #held.py_type()));
                    return self.raise(call_path("TypeError::new", vec![text]));
                };
                let names: Vec<String> = (0..count).map(|_| self.temp_unique("part")).collect();
                let pats: Vec<Pat> = names.iter().map(|text| pat(text)).collect();
                let unpacked = self.question(call_path("unpack", vec![as_reference(name(held))]));
                let parts = names.iter().zip(to).map(|(part, to)| self.convert(name(part), &item, to)).collect();
                let parts = build::tuple(parts);
                parse_quote!({
                    let [#(#pats),*] = #unpacked;
                    #parts
                })
            }
        }
    }

    /// `a, *b = (1, 2, 3)` of a tuple whose length is known.
    pub(super) fn unpack_fixed_star(
        &mut self,
        parts: &[Target],
        value: Expr,
        items: &[Ty],
        at: usize,
        after: usize,
        declares: &[bool],
    ) {
        let names: Vec<String> = (0..items.len()).map(|_| self.temp_unique("part")).collect();
        let pats = names.iter().map(|text| pat(text)).collect();
        self.out.push(let_(pat_tuple(pats), None, Some(value)));
        let middle = items.len() - after;
        let element = items.get(at..middle).and_then(|items| items.first()).cloned().unwrap_or(Ty::None);
        for (number, part) in parts.iter().enumerate() {
            let declares = declares[number];
            if number < at {
                self.assign_value(part, name(&names[number]), &items[number], declares);
            } else if number == at {
                let rest = match part {
                    Target::Star(inner) => &**inner,
                    part => part,
                };
                let element = match rest {
                    Target::Var(var) => match self.var_ty(*var) {
                        Ty::List(item) => *item,
                        _ => element.clone(),
                    },
                    _ => element.clone(),
                };
                let parts = names[at..middle].iter().zip(&items[at..middle]);
                let list = parts.map(|(text, from)| self.convert(name(text), from, &element)).collect();
                let list = call_path("List::from", vec![build::array(list)]);
                self.assign_value(part, list, &Ty::list(element), declares);
            } else {
                let from = middle + (number - at - 1);
                self.assign_value(part, name(&names[from]), &items[from], declares);
            }
        }
    }
}
