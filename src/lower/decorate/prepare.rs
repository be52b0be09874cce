//! What each decorator is, and the order in which they are evaluated and applied.

use super::{Chain, Current, Decorator, Scope, is_plain};
use crate::hir::copy::Copier;
use crate::hir::{Arg, Call, Callee, Expr, ExprId, FnId, Origin, ParamKind, Stmt, StmtKind, Trivia, walk};

/// A decorator that was evaluated and not yet applied.
enum Prepared {
    /// A function of the program, and further arguments it has got already.
    Inline { decorator: FnId, fresh: bool, given: Vec<Arg> },
    /// `functools.lru_cache`, with its size.
    Cache(Option<ExprId>),
    /// Anything else, called as a value.
    Value(ExprId),
}

impl Decorator<'_> {
    /// Carries out decorators, innermost first; what runs before the `def`, what runs after it, what comes out.
    pub(super) fn apply(
        &mut self,
        function: FnId,
        decorators: &[ExprId],
        scope: Scope,
    ) -> Option<(Vec<Stmt>, Vec<Stmt>, Current)> {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut prepared = Vec::new();
        for decorator in decorators.iter().rev() {
            prepared.push(self.prepare(*decorator, scope, &mut before)?);
        }
        let mut current = Current::Function(function);
        for (decorator, written) in prepared.into_iter().rev().zip(decorators) {
            let at = self.program.span(*written);
            current = match decorator {
                Prepared::Cache(size) => match current {
                    Current::Function(function) => {
                        let wrapper = self.cached(function, size, scope, at, &mut after)?;
                        self.chains.push(Chain { wrapper, inner: function });
                        Current::Function(wrapper)
                    }
                    Current::Value(_) => return None,
                },
                Prepared::Inline { decorator, fresh, given } => {
                    let value = self.value_of(current, at);
                    let mut args = vec![Arg::Positional(value)];
                    args.extend(given);
                    let copy = if fresh { decorator } else { self.copy_for_use(decorator, scope, at) };
                    let in_class = self.program.functions[decorator].method.is_some();
                    if in_class && args.len() > 1 {
                        self.object_first(copy, &mut args);
                    } else if in_class {
                        self.program.functions[copy].method = None;
                        self.class_makers.insert(decorator);
                    }
                    match self.hoist(copy, &args, scope, &mut after) {
                        Some(result) => {
                            match self.program.functions[decorator].method {
                                None => {
                                    self.inlined.insert(decorator);
                                }
                                Some(_) if self.class_makers.contains(&decorator) => {}
                                Some(method) => *self.decorating.entry(method.class).or_default() += 1,
                            }
                            match (&self.program.exprs[result], current) {
                                (Expr::Function(wrapper), Current::Function(inner)) => {
                                    let wrapper = *wrapper;
                                    if wrapper != inner {
                                        self.chains.push(Chain { wrapper, inner });
                                    }
                                    Current::Function(wrapper)
                                }
                                _ => Current::Value(result),
                            }
                        }
                        None if fresh || args.len() > 1 => return None,
                        None => {
                            let value = self.value_of(current, at);
                            let call = Call { callee: Callee::Function(decorator), args: vec![Arg::Positional(value)] };
                            Current::Value(self.made(Expr::Call(call), at))
                        }
                    }
                }
                Prepared::Value(decorator)
                    if let (Expr::Class(class), Current::Function(function)) =
                        (&self.program.exprs[decorator], current)
                        && let Some(object) = self.object(*class, function, at, &mut after) =>
                {
                    Current::Value(object)
                }
                Prepared::Value(decorator) => {
                    let value = self.value_of(current, at);
                    let callee = match &self.program.exprs[decorator] {
                        Expr::Function(function) => Callee::Function(*function),
                        Expr::Class(class) => Callee::Class(*class),
                        Expr::Attr(recv, name) => Callee::Method { recv: *recv, name: name.clone() },
                        _ => Callee::Value(decorator),
                    };
                    let call = Call { callee, args: vec![Arg::Positional(value)] };
                    let call = self.made(Expr::Call(call), at);
                    if self.gives_its_argument(decorator) {
                        after.push(Stmt { kind: StmtKind::Expr(call), span: at, trivia: Trivia::default() });
                        current
                    } else {
                        Current::Value(call)
                    }
                }
            };
        }
        Some((before, after, current))
    }

    fn value_of(&mut self, current: Current, at: crate::source::Span) -> ExprId {
        match current {
            Current::Function(function) => self.made(Expr::Function(function), at),
            Current::Value(value) => value,
        }
    }

    fn prepare(&mut self, decorator: ExprId, scope: Scope, out: &mut Vec<Stmt>) -> Option<Prepared> {
        if self.is_stub(decorator, &[("functools", "lru_cache"), ("functools", "cache")]) {
            return self.cache_size(decorator).map(Prepared::Cache);
        }
        match &self.program.exprs[decorator] {
            Expr::Stub(_) | Expr::Unsupported(_) => None,
            Expr::Function(function) => {
                let function = *function;
                Some(if self.can_inline(function) {
                    Prepared::Inline { decorator: function, fresh: false, given: Vec::new() }
                } else {
                    Prepared::Value(decorator)
                })
            }
            Expr::Lambda(function) => Some(Prepared::Inline { decorator: *function, fresh: true, given: Vec::new() }),
            Expr::Call(Call { callee: Callee::Stub(stub), args }) => {
                if stub.module != "functools" || stub.name != "partial" {
                    return None;
                }
                let args = args.clone();
                self.partial(&args, false)
            }
            Expr::Call(Call { callee: Callee::Function(factory), args }) => {
                let (factory, args) = (*factory, args.clone());
                if !self.can_inline(factory) {
                    return Some(Prepared::Value(decorator));
                }
                let at = self.program.span(decorator);
                let copy = self.copy_for_use(factory, scope, at);
                let mut made = Vec::new();
                let Some(result) = self.hoist(copy, &args, scope, &mut made) else {
                    return Some(Prepared::Value(decorator));
                };
                let prepared = match &self.program.exprs[result] {
                    Expr::Function(inner) => {
                        let inner = *inner;
                        let fresh = made.iter().any(|stmt| is_def(stmt, inner));
                        made.retain(|stmt| !is_def(stmt, inner));
                        Prepared::Inline { decorator: inner, fresh, given: Vec::new() }
                    }
                    Expr::Lambda(inner) => Prepared::Inline { decorator: *inner, fresh: true, given: Vec::new() },
                    Expr::Call(Call { callee: Callee::Stub(stub), args })
                        if stub.module == "functools" && stub.name == "partial" =>
                    {
                        let args = args.clone();
                        self.partial(&args, false)?
                    }
                    _ => return Some(Prepared::Value(decorator)),
                };
                self.inlined.insert(factory);
                out.append(&mut made);
                Some(prepared)
            }
            // A function of the class body, above a method.
            Expr::Attr(class, name) if matches!(self.program.exprs[*class], Expr::Class(_)) => {
                let Expr::Class(class) = self.program.exprs[*class] else { return None };
                match self.own_method(class, name) {
                    Some(function) if self.makes_star_wrapper(function) || is_plain(self.program, function) => {
                        Some(Prepared::Inline { decorator: function, fresh: false, given: Vec::new() })
                    }
                    _ => Some(Prepared::Value(decorator)),
                }
            }
            // An object whose `__call__` makes the wrapper.
            Expr::Call(Call { callee: Callee::Class(class), .. }) => {
                let call = self.own_method(*class, "__call__");
                let call = call.filter(|call| {
                    self.makes_star_wrapper(*call)
                        && self.program.functions[*call].params.len() == 2
                        && is_plain(self.program, *call)
                });
                Some(match call {
                    Some(call) => {
                        let name = self.program.classes[*class].name.to_lowercase();
                        let given = vec![Arg::Keyword(name, decorator)];
                        Prepared::Inline { decorator: call, fresh: false, given }
                    }
                    None => Prepared::Value(decorator),
                })
            }
            _ => Some(Prepared::Value(decorator)),
        }
    }

    fn partial(&mut self, args: &[Arg], fresh: bool) -> Option<Prepared> {
        let [Arg::Positional(function), given @ ..] = args else { return None };
        let Expr::Function(decorator) = self.program.exprs[*function] else { return None };
        // Arguments by place would come before the function.
        let named = given.iter().all(|arg| matches!(arg, Arg::Keyword(..)));
        (named && self.can_inline(decorator)).then(|| Prepared::Inline { decorator, fresh, given: given.to_vec() })
    }

    /// Whether a function's statements can be carried out where it is called.
    fn can_inline(&self, id: FnId) -> bool {
        let function = &self.program.functions[id];
        if !is_plain(self.program, id) || !self.own_decorators(id).is_empty() {
            return false;
        }
        if function.method.is_some() || function.params.is_empty() && function.body.stmts.is_empty() {
            return false;
        }
        let mut fine = true;
        for inner in [id].into_iter().chain(self.inside(id)) {
            walk::for_each_stmt(&self.program.functions[inner].body, &mut |stmt| {
                fine &= !matches!(stmt.kind, StmtKind::Class { .. } | StmtKind::Import(_));
            });
        }
        fine
    }

    /// A copy of a function for one use.
    pub(super) fn copy_for_use(&mut self, id: FnId, scope: Scope, at: crate::source::Span) -> FnId {
        let away = self.program.functions[id].module != scope.module;
        let copy = Copier::new(self.program).function(id);
        for expr in self.exprs_of(copy) {
            match &mut self.program.exprs[expr] {
                Expr::Function(function) if *function == copy => *function = id,
                Expr::Call(Call { callee: Callee::Function(function), .. }) if *function == copy => *function = id,
                _ => {}
            }
            if away {
                self.program.origins.insert(expr, Origin::Made { at, why: "decorator" });
            }
        }
        for inner in [copy].into_iter().chain(self.inside(copy)) {
            let function = &mut self.program.functions[inner];
            function.module = scope.module;
            if away {
                function.span = at;
                move_to(&mut function.body, at);
            }
            let vars: Vec<_> =
                function.params.iter().map(|param| param.var).chain(function.locals.iter().copied()).collect();
            for var in vars {
                self.program.vars[var].module = scope.module;
            }
        }
        copy
    }

    /// A method that makes a decorator whose result is its argument, as `@app.route("/")`.
    fn gives_its_argument(&self, decorator: ExprId) -> bool {
        let name = match &self.program.exprs[decorator] {
            Expr::Call(Call { callee: Callee::Method { name, .. }, .. }) => name.clone(),
            Expr::Call(Call { callee: Callee::Function(factory), .. }) => return self.makes_same(*factory),
            Expr::Function(function) => return self.is_same(*function, 0),
            Expr::Attr(_, name) => {
                let methods = self.methods_named(name);
                return !methods.is_empty() && methods.iter().all(|method| self.is_same(*method, 1));
            }
            _ => return false,
        };
        self.method_makes_same(&name, 0)
    }

    fn method_makes_same(&self, name: &str, depth: u32) -> bool {
        let methods = self.methods_named(name);
        depth < 8
            && !methods.is_empty()
            && methods.iter().all(|method| {
                self.makes_same(*method)
                    || self.returns(*method, &|this, value| match &this.program.exprs[value] {
                        Expr::Call(Call { callee: Callee::Method { name, .. }, .. }) => {
                            this.method_makes_same(name, depth + 1)
                        }
                        _ => false,
                    })
            })
    }

    fn methods_named(&self, name: &str) -> Vec<FnId> {
        let functions = self.program.functions.iter();
        functions.filter(|(_, function)| function.method.is_some() && function.name == name).map(|(id, _)| id).collect()
    }

    /// Whether every `return` of a function gives a function inside it that gives its argument.
    fn makes_same(&self, id: FnId) -> bool {
        self.returns(id, &|this, value| match this.program.exprs[value] {
            Expr::Function(inner) => this.program.functions[inner].parent == Some(id) && this.is_same(inner, 0),
            _ => false,
        })
    }

    /// Whether every `return` of a function gives its parameter at this place.
    fn is_same(&self, id: FnId, at: usize) -> bool {
        let params = &self.program.functions[id].params;
        let Some(param) = params.get(at).filter(|param| param.kind != ParamKind::Args) else { return false };
        let var = param.var;
        is_plain(self.program, id)
            && self.returns(id, &|this, value| matches!(this.program.exprs[value], Expr::Var(other) if other == var))
    }

    fn returns(&self, id: FnId, test: &dyn Fn(&Self, ExprId) -> bool) -> bool {
        let (mut found, mut fine) = (false, true);
        walk::for_each_stmt(&self.program.functions[id].body, &mut |stmt| {
            if let StmtKind::Return(value) = stmt.kind {
                found = true;
                fine &= value.is_some_and(|value| test(self, value));
            }
        });
        found && fine
    }
}

fn is_def(stmt: &Stmt, id: FnId) -> bool {
    matches!(stmt.kind, StmtKind::Def { function, .. } if function == id)
}

fn move_to(block: &mut crate::hir::Block, at: crate::source::Span) {
    for stmt in &mut block.stmts {
        stmt.span = at;
        stmt.trivia = Trivia::default();
        walk::stmt_blocks_mut(stmt, &mut |inner| move_to(inner, at));
    }
}
