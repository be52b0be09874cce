//! The forms in which a wrapper is called, and `args` and `kwargs` made again from its parameters.

use super::adopt::Adopted;
use super::{Decorator, assign};
use crate::hir::{
    Aio, Arg, Block, Call, Callee, CmpOp, DictItem, Expr, ExprId, FnId, Item, Lit, Param, ParamKind, Stmt, StmtKind,
    StubRef, Trivia, Var, VarId, walk,
};

/// How many arguments are given by place, and which by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    /// By place, the receiver among them.
    pub positional: usize,
    /// By name, in the order of the call.
    pub names: Vec<String>,
}

impl Decorator<'_> {
    /// Calls hand the parameters on; what is looked at is made again. Outer wrappers come first.
    pub(super) fn restore_arguments(&mut self, adopted: &[Adopted]) {
        let mut known: Vec<(FnId, Vec<Form>, Option<VarId>)> = Vec::new();
        for one in adopted {
            let from = adopted.iter().find(|outer| outer.inner == one.wrapper);
            let forms = match from {
                Some(outer) if self.only_handed(outer, one.wrapper) => known
                    .iter()
                    .find(|(wrapper, ..)| *wrapper == outer.wrapper)
                    .map(|(_, forms, form)| (forms.clone(), *form, Some(outer.clone()))),
                _ => None,
            };
            let (forms, outer_form, outer) = forms.unwrap_or_else(|| (self.forms(one.wrapper), None, None));
            self.hand_on(one);
            let looked_at = self.is_looked_at(one) || adopted.iter().any(|inner| inner.wrapper == one.inner);
            let mut form = None;
            if self.is_looked_at(one) && !self.caches.contains_key(&one.wrapper) && outer.is_none() {
                self.refuse_spread(one.wrapper);
            }
            if looked_at && forms.len() > 1 {
                let var = self.form_param(one.wrapper);
                form = Some(var);
                match (outer, outer_form) {
                    (Some(outer), Some(outer_form)) => {
                        for call in outer.handed {
                            let value = self.made(Expr::Var(outer_form), self.program.span(call));
                            self.push_arg(call, Arg::Keyword("form".into(), value));
                        }
                    }
                    _ => self.mark_calls(one.wrapper, &forms),
                }
            }
            self.make_again(one, &forms, form);
            known.push((one.wrapper, forms, form));
        }
    }

    fn push_arg(&mut self, call: ExprId, arg: Arg) {
        match &mut self.program.exprs[call] {
            Expr::Call(call) => call.args.push(arg),
            Expr::Aio(Aio::Offload { args, .. }) => args.push(arg),
            _ => {}
        }
    }

    /// Whether an inner wrapper is only called by what hands everything on.
    fn only_handed(&self, outer: &Adopted, wrapper: FnId) -> bool {
        self.calls_of(wrapper).into_iter().all(|call| outer.handed.contains(&call))
    }

    /// The calls of a function, by itself or (a method) by its name.
    fn calls_of(&self, id: FnId) -> Vec<ExprId> {
        let function = &self.program.functions[id];
        let is_method = function.method.is_some();
        let mut out = Vec::new();
        for (expr, node) in self.program.exprs.iter() {
            let found = match node {
                Expr::Call(Call { callee: Callee::Function(called), .. }) => *called == id,
                Expr::Call(Call { callee: Callee::Method { name, .. } | Callee::Super { name, .. }, .. }) => {
                    is_method && *name == function.name
                }
                Expr::Call(Call { callee: Callee::Value(value), .. }) => match self.program.exprs[*value] {
                    Expr::Var(var) => self.objects.get(&var) == Some(&id),
                    _ => false,
                },
                Expr::Aio(Aio::Offload { function: called, .. }) => {
                    matches!(self.program.exprs[*called], Expr::Function(called) if called == id)
                }
                _ => false,
            };
            if found {
                out.push(expr);
            }
        }
        out
    }

    fn forms(&self, id: FnId) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        for call in self.calls_of(id) {
            let form = self.form_of(id, call);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        // Kept as a value it is called by place; that is the form that a call says nothing of.
        if forms.is_empty() || self.is_kept(id) {
            let params = self.program.functions[id].params.iter();
            let needed = params.filter(|param| {
                param.default.is_none() && matches!(param.kind, ParamKind::Positional | ParamKind::PositionalOnly)
            });
            let by_place = Form { positional: needed.count(), names: Vec::new() };
            forms.retain(|form| *form != by_place);
            forms.insert(0, by_place);
        }
        forms
    }

    /// Whether a function is kept as a value somewhere.
    fn is_kept(&self, id: FnId) -> bool {
        let of = &self.program.functions[id];
        let mut found = false;
        for (_, block) in self.program.bodies() {
            walk::for_each_expr_in_block(self.program, block, &mut |expr| {
                found |= match &self.program.exprs[expr] {
                    Expr::Function(function) => *function == id,
                    Expr::Attr(_, name) => of.method.is_some() && *name == of.name,
                    _ => false,
                };
            });
        }
        found
    }

    /// Calls whose form is not known before the program runs.
    fn refuse_spread(&mut self, id: FnId) {
        for call in self.calls_of(id) {
            let unknown = self.args_of(call).iter().any(|arg| match arg {
                Arg::Star(value) => !matches!(self.program.exprs[*value], Expr::Tuple(_) | Expr::List(_)),
                Arg::DoubleStar(_) => true,
                _ => false,
            });
            if unknown {
                self.refused.push(self.program.span(call));
            }
        }
    }

    pub(super) fn form_of(&self, id: FnId, call: ExprId) -> Form {
        let bound = self.program.functions[id].method.is_some()
            && matches!(
                &self.program.exprs[call],
                Expr::Call(Call { callee: Callee::Method { .. } | Callee::Super { .. } | Callee::Value(_), .. })
            );
        let mut form = Form { positional: usize::from(bound), names: Vec::new() };
        for arg in self.args_of(call) {
            match arg {
                Arg::Positional(_) => form.positional += 1,
                Arg::Star(value) => {
                    form.positional += match &self.program.exprs[value] {
                        Expr::Tuple(items) | Expr::List(items) => items.len(),
                        _ => 0,
                    }
                }
                Arg::Keyword(name, _) => form.names.push(name),
                Arg::DoubleStar(_) => {}
            }
        }
        form
    }

    fn mark_calls(&mut self, id: FnId, forms: &[Form]) {
        for call in self.calls_of(id) {
            let form = self.form_of(id, call);
            let number = forms.iter().position(|other| *other == form).unwrap_or(0);
            if number > 0 {
                let value = self.made(Expr::Lit(Lit::Int(number as i64)), self.program.span(call));
                self.push_arg(call, Arg::Keyword("form".into(), value));
            }
        }
    }

    /// A further parameter, which says how the wrapper was called.
    fn form_param(&mut self, wrapper: FnId) -> VarId {
        let function = &self.program.functions[wrapper];
        let (module, span) = (function.module, function.span);
        let var = self.program.vars.alloc(Var::local("form", Some(wrapper), module, span));
        let value = self.made(Expr::Lit(Lit::Int(0)), span);
        let param = Param { var, kind: ParamKind::Keyword, default: Some(crate::hir::Default::Inline(value)) };
        let params = &mut self.program.functions[wrapper].params;
        let at = params.iter().position(|param| param.kind == ParamKind::Kwargs).unwrap_or(params.len());
        params.insert(at, param);
        var
    }

    /// `func(*args, **kwargs)` names the parameters.
    pub(super) fn hand_on(&mut self, one: &Adopted) {
        let is = |this: &Self, expr: ExprId, var: Option<VarId>| matches!((&this.program.exprs[expr], var), (Expr::Var(read), Some(var)) if *read == var);
        let keeps_kwargs = self.is_changed(one.wrapper, one.kwargs);
        for call in &one.handed {
            let span = self.program.span(*call);
            let mut list = Vec::new();
            let mut named = Vec::new();
            for arg in self.args_of(*call) {
                match arg {
                    Arg::Star(value) if is(self, value, one.args) => {
                        for (var, kind, _) in &one.params {
                            let value = self.made(Expr::Var(*var), span);
                            match kind {
                                ParamKind::Positional | ParamKind::PositionalOnly => list.push(Arg::Positional(value)),
                                ParamKind::Args => list.push(Arg::Star(value)),
                                _ => {}
                            }
                        }
                    }
                    Arg::DoubleStar(value) if is(self, value, one.kwargs) && !keeps_kwargs => {
                        for (var, kind, name) in &one.params {
                            let value = self.made(Expr::Var(*var), span);
                            match kind {
                                ParamKind::Keyword => named.push(Arg::Keyword(name.clone(), value)),
                                ParamKind::Kwargs => named.push(Arg::DoubleStar(value)),
                                _ => {}
                            }
                        }
                    }
                    other => list.push(other),
                }
            }
            list.append(&mut named);
            match &mut self.program.exprs[*call] {
                Expr::Call(call) => call.args = list,
                Expr::Aio(Aio::Offload { args, .. }) => *args = list,
                _ => {}
            }
        }
        // Functions inside the wrapper capture the parameters that they hand on.
        for inner in self.inside(one.wrapper) {
            let reads: Vec<ExprId> = self.exprs_of(inner);
            for (var, ..) in &one.params {
                if reads.iter().any(|expr| is(self, *expr, Some(*var)))
                    && !self.program.functions[inner].captures.contains(var)
                {
                    self.program.functions[inner].captures.push(*var);
                }
            }
            for gone in [one.args, one.kwargs].into_iter().flatten() {
                if !reads.iter().any(|expr| is(self, *expr, Some(gone))) {
                    self.program.functions[inner].captures.retain(|var| *var != gone);
                }
            }
        }
    }

    fn reads(&self, wrapper: FnId, var: Option<VarId>) -> bool {
        let Some(var) = var else { return false };
        self.exprs_of(wrapper)
            .into_iter()
            .any(|expr| matches!(self.program.exprs[expr], Expr::Var(read) if read == var))
            || self.is_changed(wrapper, Some(var))
    }

    fn is_looked_at(&self, one: &Adopted) -> bool {
        self.reads(one.wrapper, one.args) || self.reads(one.wrapper, one.kwargs)
    }

    /// Whether a wrapper goes through its arguments one by one, or takes a part of them.
    fn is_iterated(&self, wrapper: FnId, var: VarId) -> bool {
        let is = |expr: ExprId| matches!(self.program.exprs[expr], Expr::Var(read) if read == var);
        let mut found = false;
        for function in [wrapper].into_iter().chain(self.inside(wrapper)) {
            walk::for_each_stmt(&self.program.functions[function].body, &mut |stmt| {
                found |= matches!(stmt.kind, StmtKind::For { iter, .. } if is(iter));
            });
        }
        found
            || self.exprs_of(wrapper).into_iter().any(|expr| match &self.program.exprs[expr] {
                Expr::Comp(comp) => comp.clauses.iter().any(|clause| is(clause.iter)),
                Expr::Slice { value, .. } => is(*value),
                Expr::Index(value, index) => is(*value) && !matches!(self.program.exprs[*index], Expr::Lit(_)),
                Expr::Call(Call { callee: Callee::Stub(stub), args }) => {
                    let whole = matches!(&*stub.name, "len" | "print" | "str" | "repr" | "hash" | "type" | "bool");
                    !whole && args.iter().any(|arg| matches!(arg, Arg::Positional(value) if is(*value)))
                }
                Expr::Call(Call { callee: Callee::Method { name, .. }, args }) => {
                    name == "join" && args.iter().any(|arg| is(arg.value()))
                }
                _ => false,
            })
    }

    /// `args = (…)`, `kwargs = {…}` at the start of the wrapper.
    pub(super) fn make_again(&mut self, one: &Adopted, forms: &[Form], form: Option<VarId>) {
        let wrapper = one.wrapper;
        let at = self.program.functions[wrapper].span;
        let wanted = [one.args, one.kwargs].map(|var| var.filter(|_| self.reads(wrapper, var)));
        let mut stmts = Vec::new();
        match form {
            Some(form) if wanted.iter().any(Option::is_some) => {
                let mut rest: Option<Vec<Stmt>> = None;
                for (number, shape) in forms.iter().enumerate().rev() {
                    let made = self.assignments(one, forms, shape, wanted);
                    rest = Some(match rest {
                        None => made,
                        Some(rest) => {
                            let left = self.made(Expr::Var(form), at);
                            let right = self.made(Expr::Lit(Lit::Int(number as i64)), at);
                            let test = self.made(Expr::Compare(left, vec![(CmpOp::Eq, right)]), at);
                            let block = |stmts| Block { stmts, trailing: Trivia::default() };
                            let kind = StmtKind::If { test, then: block(made), orelse: block(rest) };
                            vec![Stmt { kind, span: at, trivia: Trivia::default() }]
                        }
                    });
                }
                stmts.extend(rest.unwrap_or_default());
            }
            _ => {
                if let Some(shape) = forms.first() {
                    stmts.extend(self.assignments(one, forms, shape, wanted));
                }
            }
        }
        for var in wanted.into_iter().flatten() {
            self.program.functions[wrapper].locals.push(var);
        }
        let body = &mut self.program.functions[wrapper].body.stmts;
        body.splice(0..0, stmts);
    }

    fn assignments(&mut self, one: &Adopted, forms: &[Form], form: &Form, wanted: [Option<VarId>; 2]) -> Vec<Stmt> {
        let at = self.program.functions[one.wrapper].span;
        let mut out = Vec::new();
        // A cache tells arguments by place from those by name, and goes by all of them.
        if let (Some(_), Some(key)) = (self.caches.get(&one.wrapper), wanted[0]) {
            let mut items: Vec<Item> = Vec::new();
            for (var, ..) in &one.params {
                items.push(Item::One(self.made(Expr::Var(*var), at)));
            }
            if forms.len() > 1 {
                let number = forms.iter().position(|other| other == form).unwrap_or(0);
                items.push(Item::One(self.made(Expr::Lit(Lit::Int(number as i64)), at)));
            }
            let value = self.made(Expr::Tuple(items), at);
            return vec![assign(key, value, at)];
        }
        let given = form.positional.saturating_sub(one.leading);
        let by_place =
            one.params.iter().filter(|(_, kind, _)| matches!(kind, ParamKind::Positional | ParamKind::PositionalOnly));
        let count = by_place.clone().count();
        if let Some(args) = wanted[0] {
            let vars: Vec<VarId> = by_place.take(given).map(|(var, ..)| *var).collect();
            let mut items: Vec<Item> = vars.into_iter().map(|var| Item::One(self.made(Expr::Var(var), at))).collect();
            if let Some((rest, ..)) = one.params.iter().find(|(_, kind, _)| *kind == ParamKind::Args)
                && given >= count
            {
                items.push(Item::Star(self.made(Expr::Var(*rest), at)));
            }
            let value = if self.is_iterated(one.wrapper, args) {
                // Items of several types are one type where they are iterated.
                let list = self.made(Expr::List(items), at);
                let of = StubRef::new("builtins", "tuple");
                let call = Call { callee: Callee::Stub(of), args: vec![Arg::Positional(list)] };
                self.made(Expr::Call(call), at)
            } else {
                self.made(Expr::Tuple(items), at)
            };
            out.push(assign(args, value, at));
        }
        if let Some(kwargs) = wanted[1] {
            let mut items = Vec::new();
            for name in &form.names {
                let Some((var, ..)) = one
                    .params
                    .iter()
                    .find(|(_, kind, known)| known == name && !matches!(kind, ParamKind::Args | ParamKind::Kwargs))
                else {
                    continue;
                };
                let key = self.made(Expr::Lit(Lit::Str(name.clone())), at);
                let value = self.made(Expr::Var(*var), at);
                items.push(DictItem::Pair(key, value));
            }
            if let Some((rest, ..)) = one.params.iter().find(|(_, kind, _)| *kind == ParamKind::Kwargs) {
                items.push(DictItem::Spread(self.made(Expr::Var(*rest), at)));
            }
            let value = self.made(Expr::Dict(items), at);
            out.push(assign(kwargs, value, at));
        }
        out
    }
}
