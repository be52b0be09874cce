//! Copies of functions: a decorator that is used several times has a body of its own for each use.

use rustc_hash::FxHashMap as HashMap;

use super::*;

/// A copy of a function under another name; its frames keep the name of the original.
pub fn named_copy(program: &mut Program, id: FnId, name: String) -> FnId {
    let copy = Copier::new(program).function(id);
    let code = program.functions[id].code_name().to_string();
    program.functions[copy].code = Some(code);
    program.functions[copy].name = name;
    copy
}

/// A copy of a function that is no method, defined behind it.
pub fn beside(program: &mut Program, id: FnId, name: String) -> FnId {
    let copy = named_copy(program, id, name);
    let (parent, module) = (program.functions[id].parent, program.functions[id].module);
    let mut body = match parent {
        Some(parent) => std::mem::take(&mut program.functions[parent].body),
        None => std::mem::take(&mut program.modules[module].body),
    };
    define_after(&mut body, id, copy);
    match parent {
        Some(parent) => program.functions[parent].body = body,
        None => program.modules[module].body = body,
    }
    copy
}

fn define_after(block: &mut Block, id: FnId, copy: FnId) -> bool {
    let place =
        block.stmts.iter().position(|stmt| matches!(stmt.kind, StmtKind::Def { function, .. } if function == id));
    if let Some(place) = place {
        let span = block.stmts[place].span;
        let kind = StmtKind::Def { function: copy, var: None };
        block.stmts.insert(place + 1, Stmt { kind, span, trivia: Trivia::default() });
        return true;
    }
    let mut found = false;
    for stmt in &mut block.stmts {
        walk::stmt_blocks_mut(stmt, &mut |inner| found = found || define_after(inner, id, copy));
    }
    found
}

/// Makes copies of functions with all that is inside them.
pub struct Copier<'p> {
    /// The program.
    pub program: &'p mut Program,
    vars: HashMap<VarId, VarId>,
    functions: HashMap<FnId, FnId>,
    classes: HashMap<ClassId, ClassId>,
    /// Functions that have a number already, and nothing else.
    reserved: HashMap<FnId, FnId>,
}

impl<'p> Copier<'p> {
    /// A copier that has made nothing yet.
    pub fn new(program: &'p mut Program) -> Copier<'p> {
        Copier {
            program,
            vars: HashMap::default(),
            functions: HashMap::default(),
            classes: HashMap::default(),
            reserved: HashMap::default(),
        }
    }

    /// A copy of a function and of the functions in it.
    pub fn function(&mut self, id: FnId) -> FnId {
        let old = &self.program.functions[id];
        let (parent, module, span, kind, method) = (old.parent, old.module, old.span, old.kind, old.method);
        let (name, qualname, docs, returns, exits) =
            (old.name.clone(), old.qualname.clone(), old.docs.clone(), old.returns.clone(), old.exits);
        let (body, locals, captures, decorators) =
            (old.body.clone(), old.locals.clone(), old.captures.clone(), old.decorators.clone());
        let params: Vec<(VarId, ParamKind, Option<Default>)> =
            old.params.iter().map(|param| (param.var, param.kind, param.default)).collect();
        let (code, shown, stands_for) = (old.code.clone(), old.shown.clone(), old.stands_for);
        let parent = parent.map(|parent| self.functions.get(&parent).copied().unwrap_or(parent));
        let made = Function {
            name,
            qualname,
            code,
            shown,
            kind,
            params: Vec::new(),
            body: Block::default(),
            locals: Vec::new(),
            captures: Vec::new(),
            parent,
            method,
            docs,
            returns,
            decorators: Vec::new(),
            exits,
            is_abstract: false,
            made: false,
            stands_for,
            module,
            span,
        };
        let new = match self.reserved.remove(&id) {
            Some(new) => {
                self.program.functions[new] = made;
                new
            }
            None => self.program.functions.alloc(made),
        };
        self.functions.insert(id, new);
        self.reserve(&body);
        for var in params.iter().map(|param| param.0).chain(locals.iter().copied()) {
            self.own(var, new);
        }
        let params = params
            .into_iter()
            .map(|(var, kind, default)| Param {
                var: self.var(var),
                kind,
                default: default.map(|default| self.default(default)),
            })
            .collect();
        let locals = locals.into_iter().map(|var| self.var(var)).collect();
        let captures = captures.into_iter().map(|var| self.var(var)).collect();
        let decorators = decorators.into_iter().map(|value| self.expr(value)).collect();
        let body = self.block(&body);
        let function = &mut self.program.functions[new];
        (function.params, function.locals, function.captures) = (params, locals, captures);
        (function.decorators, function.body) = (decorators, body);
        new
    }

    /// A copy of a class and of its methods.
    pub fn class(&mut self, id: ClassId) -> ClassId {
        let old = &self.program.classes[id];
        let methods = old.methods.clone();
        let attributes: Vec<_> = old
            .attributes
            .iter()
            .map(|one| (one.name.clone(), one.value, one.annotation.clone(), one.trivia.clone(), one.span))
            .collect();
        let new = self.program.classes.alloc(Class {
            name: old.name.clone(),
            qualname: old.qualname.clone(),
            bases: old.bases.clone(),
            methods: Vec::new(),
            attributes: Vec::new(),
            flavour: old.flavour,
            decorators: old.decorators.clone(),
            made: old.made,
            docs: old.docs.clone(),
            module: old.module,
            parent: old.parent,
            span: old.span,
        });
        self.classes.insert(id, new);
        for method in methods {
            let copy = self.function(method);
            if let Some(method) = &mut self.program.functions[copy].method {
                method.class = new;
            }
            self.program.classes[new].methods.push(copy);
        }
        for (name, value, annotation, trivia, span) in attributes {
            let value = self.some(value);
            let attribute = Attribute { name, value, annotation, trivia, span };
            self.program.classes[new].attributes.push(attribute);
        }
        new
    }

    fn of_class(&self, id: ClassId) -> ClassId {
        self.classes.get(&id).copied().unwrap_or(id)
    }

    /// Functions inside may be named before they are defined.
    fn reserve(&mut self, body: &Block) {
        let mut inner = Vec::new();
        walk::for_each_stmt(body, &mut |stmt| {
            if let StmtKind::Def { function, .. } = stmt.kind {
                inner.push(function);
            }
        });
        for id in inner {
            let old = &self.program.functions[id];
            let blank = Function::blank(old.module, old.span);
            let new = self.program.functions.alloc(blank);
            self.functions.insert(id, new);
            self.reserved.insert(id, new);
        }
    }

    /// A variable of a copied function gets a copy.
    fn own(&mut self, var: VarId, owner: FnId) {
        if self.vars.contains_key(&var) {
            return;
        }
        let new = self.copy_var(var, Some(owner));
        self.vars.insert(var, new);
    }

    /// Another variable like this one.
    pub fn copy_var(&mut self, var: VarId, owner: Option<FnId>) -> VarId {
        let old = &self.program.vars[var];
        let new = Var { owner, ..old.clone() };
        self.program.vars.alloc(new)
    }

    fn var(&self, var: VarId) -> VarId {
        self.vars.get(&var).copied().unwrap_or(var)
    }

    fn callee_fn(&mut self, function: FnId) -> FnId {
        self.functions.get(&function).copied().unwrap_or(function)
    }

    fn default(&mut self, default: Default) -> Default {
        match default {
            Default::Inline(value) => Default::Inline(self.expr(value)),
            Default::Once { value, var } => Default::Once { value: self.expr(value), var: self.var(var) },
        }
    }

    fn some(&mut self, value: Option<ExprId>) -> Option<ExprId> {
        value.map(|value| self.expr(value))
    }

    fn exprs(&mut self, values: &[ExprId]) -> Vec<ExprId> {
        values.iter().map(|value| self.expr(*value)).collect()
    }

    /// A copy of an expression.
    pub fn expr(&mut self, id: ExprId) -> ExprId {
        let made = self.node(id);
        let origin = self.program.origins[id];
        self.program.make(made, origin)
    }

    fn items(&mut self, items: &[Item]) -> Vec<Item> {
        items
            .iter()
            .map(|item| match item {
                Item::One(value) => Item::One(self.expr(*value)),
                Item::Star(value) => Item::Star(self.expr(*value)),
            })
            .collect()
    }

    /// Copies of arguments.
    pub fn args(&mut self, args: &[Arg]) -> Vec<Arg> {
        args.iter()
            .map(|arg| match arg {
                Arg::Positional(value) => Arg::Positional(self.expr(*value)),
                Arg::Keyword(name, value) => Arg::Keyword(name.clone(), self.expr(*value)),
                Arg::Star(value) => Arg::Star(self.expr(*value)),
                Arg::DoubleStar(value) => Arg::DoubleStar(self.expr(*value)),
            })
            .collect()
    }

    fn node(&mut self, id: ExprId) -> Expr {
        // What is inside is taken out first: the arena grows meanwhile.
        enum Parts {
            Done(Expr),
            Call(Callee, Vec<Arg>),
            Comp(CompKind, ExprId, Option<ExprId>, Vec<(Target, ExprId, Vec<ExprId>, bool)>),
            Items(u8, Vec<Item>),
            Dict(Vec<DictItem>),
            Format(ExprId),
            Aio(ExprId),
        }
        let parts = match &self.program.exprs[id] {
            Expr::Lit(lit) => Parts::Done(Expr::Lit(lit.clone())),
            Expr::Var(var) => Parts::Done(Expr::Var(self.var(*var))),
            Expr::Class(class) => Parts::Done(Expr::Class(self.of_class(*class))),
            Expr::Stub(stub) => Parts::Done(Expr::Stub(stub.clone())),
            Expr::Module(module) => Parts::Done(Expr::Module(*module)),
            Expr::Unsupported(what) => Parts::Done(Expr::Unsupported(what)),
            Expr::Call(call) => Parts::Call(call.callee.clone(), call.args.clone()),
            Expr::Comp(comp) => Parts::Comp(
                comp.kind,
                comp.element,
                comp.value,
                comp.clauses
                    .iter()
                    .map(|clause| (clause.target.clone(), clause.iter, clause.conditions.clone(), clause.is_async))
                    .collect(),
            ),
            Expr::List(items) => Parts::Items(0, items.clone()),
            Expr::Tuple(items) => Parts::Items(1, items.clone()),
            Expr::Set(items) => Parts::Items(2, items.clone()),
            Expr::Dict(items) => Parts::Dict(items.clone()),
            Expr::Format(_) => Parts::Format(id),
            Expr::Aio(_) => Parts::Aio(id),
            _ => Parts::Aio(id),
        };
        match parts {
            Parts::Done(made) => made,
            Parts::Call(callee, args) => {
                let callee = match callee {
                    Callee::Function(function) => Callee::Function(self.callee_fn(function)),
                    Callee::Method { recv, name } => Callee::Method { recv: self.expr(recv), name },
                    Callee::Super { class, recv, name } => {
                        Callee::Super { class: self.of_class(class), recv: self.expr(recv), name }
                    }
                    Callee::Value(value) => Callee::Value(self.expr(value)),
                    Callee::Class(class) => Callee::Class(self.of_class(class)),
                    callee @ Callee::Stub(_) => callee,
                };
                Expr::Call(Call { callee, args: self.args(&args) })
            }
            Parts::Comp(kind, element, value, clauses) => {
                let clauses = clauses
                    .into_iter()
                    .map(|(target, iter, conditions, is_async)| Clause {
                        iter: self.expr(iter),
                        target: self.target(&target),
                        conditions: self.exprs(&conditions),
                        is_async,
                    })
                    .collect();
                Expr::Comp(Comp { kind, element: self.expr(element), value: self.some(value), clauses })
            }
            Parts::Items(kind, items) => {
                let items = self.items(&items);
                match kind {
                    0 => Expr::List(items),
                    1 => Expr::Tuple(items),
                    _ => Expr::Set(items),
                }
            }
            Parts::Dict(items) => Expr::Dict(
                items
                    .iter()
                    .map(|item| match item {
                        DictItem::Pair(key, value) => DictItem::Pair(self.expr(*key), self.expr(*value)),
                        DictItem::Spread(value) => DictItem::Spread(self.expr(*value)),
                    })
                    .collect(),
            ),
            Parts::Format(id) => {
                let pieces = match &self.program.exprs[id] {
                    Expr::Format(pieces) => shape(pieces),
                    _ => Vec::new(),
                };
                Expr::Format(self.pieces(pieces))
            }
            Parts::Aio(id) => self.other(id),
        }
    }

    fn pieces(&mut self, pieces: Vec<Shape0>) -> Vec<Piece> {
        pieces
            .into_iter()
            .map(|piece| match piece {
                Shape0::Text(text) => Piece::Text(text),
                Shape0::Value(value, conversion, spec) => {
                    Piece::Value { value: self.expr(value), conversion, spec: self.pieces(spec) }
                }
            })
            .collect()
    }

    /// Nodes whose operands are few and plain.
    fn other(&mut self, id: ExprId) -> Expr {
        macro_rules! take {
            ($pattern:pat => $out:expr) => {
                match &self.program.exprs[id] {
                    $pattern => Some($out),
                    _ => None,
                }
            };
        }
        if let Some(function) = take!(Expr::Function(function) => *function) {
            return Expr::Function(self.callee_fn(function));
        }
        if let Some(function) = take!(Expr::Lambda(function) => *function) {
            return Expr::Lambda(self.function(function));
        }
        if let Some((var, value)) = take!(Expr::Walrus(var, value) => (*var, *value)) {
            return Expr::Walrus(self.var(var), self.expr(value));
        }
        if let Some((op, value)) = take!(Expr::Unary(op, value) => (*op, *value)) {
            return Expr::Unary(op, self.expr(value));
        }
        if let Some((op, a, b)) = take!(Expr::Binary(op, a, b) => (*op, *a, *b)) {
            return Expr::Binary(op, self.expr(a), self.expr(b));
        }
        if let Some((first, rest)) = take!(Expr::Compare(first, rest) => (*first, rest.clone())) {
            let first = self.expr(first);
            return Expr::Compare(first, rest.into_iter().map(|(op, value)| (op, self.expr(value))).collect());
        }
        if let Some((is_and, operands)) = take!(Expr::BoolOp { is_and, operands } => (*is_and, operands.clone())) {
            return Expr::BoolOp { is_and, operands: self.exprs(&operands) };
        }
        if let Some((test, then, orelse)) = take!(Expr::IfExp { test, then, orelse } => (*test, *then, *orelse)) {
            return Expr::IfExp { test: self.expr(test), then: self.expr(then), orelse: self.expr(orelse) };
        }
        if let Some((value, name)) = take!(Expr::Attr(value, name) => (*value, name.clone())) {
            return Expr::Attr(self.expr(value), name);
        }
        if let Some((value, index)) = take!(Expr::Index(value, index) => (*value, *index)) {
            return Expr::Index(self.expr(value), self.expr(index));
        }
        if let Some((value, lower, upper, step)) =
            take!(Expr::Slice { value, lower, upper, step } => (*value, *lower, *upper, *step))
        {
            return Expr::Slice {
                value: self.expr(value),
                lower: self.some(lower),
                upper: self.some(upper),
                step: self.some(step),
            };
        }
        if let Some(value) = take!(Expr::Await(value) => *value) {
            return Expr::Await(self.expr(value));
        }
        if let Some(value) = take!(Expr::Yield(value) => *value) {
            return Expr::Yield(self.some(value));
        }
        if let Some(value) = take!(Expr::YieldFrom(value) => *value) {
            return Expr::YieldFrom(self.expr(value));
        }
        if let Some((seconds, result)) = take!(Expr::Aio(Aio::Sleep { seconds, result }) => (*seconds, *result)) {
            return Expr::Aio(Aio::Sleep { seconds: self.expr(seconds), result: self.some(result) });
        }
        if let Some((coro, name, via)) = take!(Expr::Aio(Aio::Spawn { coro, name, via }) => (*coro, *name, *via)) {
            let via = match via {
                SpawnVia::Task { owner } => SpawnVia::Task { owner: self.some(owner) },
                SpawnVia::Loop { owner } => SpawnVia::Loop { owner: self.expr(owner) },
                via => via,
            };
            return Expr::Aio(Aio::Spawn { coro: self.expr(coro), name: self.some(name), via });
        }
        if let Some((main, owner, debug)) = take!(Expr::Aio(Aio::Run { main, owner, debug }) => (*main, *owner, *debug))
        {
            return Expr::Aio(Aio::Run { main: self.expr(main), owner: self.some(owner), debug: self.some(debug) });
        }
        if let Some(kind) = take!(Expr::Aio(Aio::EventLoop(kind)) => *kind) {
            return Expr::Aio(Aio::EventLoop(kind));
        }
        if let Some((args, return_exceptions, shape)) = take!(
            Expr::Aio(Aio::Gather { args, return_exceptions, shape }) => (args.clone(), *return_exceptions, *shape)
        ) {
            let args = self.items(&args);
            return Expr::Aio(Aio::Gather { args, return_exceptions: self.some(return_exceptions), shape });
        }
        if let Some((tasks, timeout, is_async)) =
            take!(Expr::Aio(Aio::AsCompleted { tasks, timeout, is_async }) => (*tasks, *timeout, *is_async))
        {
            return Expr::Aio(Aio::AsCompleted { tasks: self.expr(tasks), timeout: self.some(timeout), is_async });
        }
        if let Some((owner, executor, function, args)) = take!(
            Expr::Aio(Aio::Offload { owner, executor, function, args }) => (*owner, *executor, *function, args.clone())
        ) {
            return Expr::Aio(Aio::Offload {
                owner: self.some(owner),
                executor: self.some(executor),
                function: self.expr(function),
                args: self.args(&args),
            });
        }
        if let Some(owner) = take!(Expr::Aio(Aio::NewFuture { owner }) => *owner) {
            return Expr::Aio(Aio::NewFuture { owner: self.some(owner) });
        }
        Expr::Unsupported("this expression in a decorator that is used several times")
    }

    fn target(&mut self, target: &Target) -> Target {
        match target {
            Target::Var(var) => Target::Var(self.var(*var)),
            Target::Attr(object, name) => Target::Attr(self.expr(*object), name.clone()),
            Target::Index(object, index) => Target::Index(self.expr(*object), self.expr(*index)),
            Target::Slice(object, parts) => Target::Slice(self.expr(*object), parts.map(|part| self.some(part))),
            Target::Tuple(parts) => Target::Tuple(parts.iter().map(|part| self.target(part)).collect()),
            Target::Star(part) => Target::Star(Box::new(self.target(part))),
            Target::Unsupported => Target::Unsupported,
        }
    }

    fn pattern(&mut self, pattern: &Pattern) -> Pattern {
        let var = |this: &Self, var: &Option<VarId>| var.map(|var| this.var(var));
        match pattern {
            Pattern::Value(value) => Pattern::Value(self.expr(*value)),
            Pattern::Singleton(value) => Pattern::Singleton(self.expr(*value)),
            Pattern::Capture(name) => Pattern::Capture(var(self, name)),
            Pattern::Star(name) => Pattern::Star(var(self, name)),
            Pattern::As(inner, name) => Pattern::As(Box::new(self.pattern(inner)), self.var(*name)),
            Pattern::Or(parts) => Pattern::Or(parts.iter().map(|part| self.pattern(part)).collect()),
            Pattern::Sequence(parts) => Pattern::Sequence(parts.iter().map(|part| self.pattern(part)).collect()),
            Pattern::Mapping { items, rest } => Pattern::Mapping {
                items: items.iter().map(|(key, part)| (self.expr(*key), self.pattern(part))).collect(),
                rest: var(self, rest),
            },
            Pattern::Class { class, positional, keywords } => Pattern::Class {
                class: self.expr(*class),
                positional: positional.iter().map(|part| self.pattern(part)).collect(),
                keywords: keywords.iter().map(|(name, part)| (name.clone(), self.pattern(part))).collect(),
            },
        }
    }

    fn block(&mut self, block: &Block) -> Block {
        Block { stmts: block.stmts.iter().map(|stmt| self.stmt(stmt)).collect(), trailing: block.trailing.clone() }
    }

    fn stmt(&mut self, stmt: &Stmt) -> Stmt {
        let kind = match &stmt.kind {
            StmtKind::Expr(value) => StmtKind::Expr(self.expr(*value)),
            StmtKind::Assign { targets, value } => StmtKind::Assign {
                value: self.expr(*value),
                targets: targets.iter().map(|target| self.target(target)).collect(),
            },
            StmtKind::AugAssign { target, op, value } => {
                StmtKind::AugAssign { target: self.target(target), op: *op, value: self.expr(*value) }
            }
            StmtKind::If { test, then, orelse } => {
                StmtKind::If { test: self.expr(*test), then: self.block(then), orelse: self.block(orelse) }
            }
            StmtKind::While { test, body, orelse } => {
                StmtKind::While { test: self.expr(*test), body: self.block(body), orelse: self.block(orelse) }
            }
            StmtKind::For { target, iter, body, orelse, is_async } => StmtKind::For {
                iter: self.expr(*iter),
                target: self.target(target),
                body: self.block(body),
                orelse: self.block(orelse),
                is_async: *is_async,
            },
            StmtKind::Try(inner) => StmtKind::Try(Try {
                body: self.block(&inner.body),
                handlers: inner
                    .handlers
                    .iter()
                    .map(|handler| Handler {
                        classes: self.exprs(&handler.classes),
                        bind: handler.bind.map(|var| self.var(var)),
                        body: self.block(&handler.body),
                        span: handler.span,
                        trivia: handler.trivia.clone(),
                    })
                    .collect(),
                orelse: self.block(&inner.orelse),
                finally: self.block(&inner.finally),
                star: inner.star,
                exits: inner.exits,
                handler_exits: inner.handler_exits,
            }),
            StmtKind::With { items, body, exits, is_async } => StmtKind::With {
                items: items
                    .iter()
                    .map(|item| WithItem {
                        context: self.expr(item.context),
                        target: item.target.as_ref().map(|target| self.target(target)),
                    })
                    .collect(),
                body: self.block(body),
                exits: *exits,
                is_async: *is_async,
            },
            StmtKind::Return(value) => StmtKind::Return(self.some(*value)),
            StmtKind::Raise { exc, cause } => StmtKind::Raise { exc: self.some(*exc), cause: self.some(*cause) },
            StmtKind::Assert { test, message } => {
                StmtKind::Assert { test: self.expr(*test), message: self.some(*message) }
            }
            StmtKind::Delete(targets) => StmtKind::Delete(targets.iter().map(|target| self.target(target)).collect()),
            StmtKind::Def { function, var } => {
                let function = self.function(*function);
                StmtKind::Def { function, var: var.map(|var| self.var(var)) }
            }
            StmtKind::Match { subject, cases } => StmtKind::Match {
                subject: self.expr(*subject),
                cases: cases
                    .iter()
                    .map(|case| Case {
                        pattern: self.pattern(&case.pattern),
                        guard: self.some(case.guard),
                        body: self.block(&case.body),
                        trivia: case.trivia.clone(),
                    })
                    .collect(),
            },
            // What no decorator has, as far as is known.
            StmtKind::Class { .. } | StmtKind::Import(_) | StmtKind::Pass => StmtKind::Pass,
            StmtKind::Break => StmtKind::Break,
            StmtKind::Continue => StmtKind::Continue,
        };
        Stmt { kind, span: stmt.span, trivia: stmt.trivia.clone() }
    }
}

enum Shape0 {
    Text(String),
    Value(ExprId, Option<char>, Vec<Shape0>),
}

fn shape(pieces: &[Piece]) -> Vec<Shape0> {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => Shape0::Text(text.clone()),
            Piece::Value { value, conversion, spec } => Shape0::Value(*value, *conversion, shape(spec)),
        })
        .collect()
}
