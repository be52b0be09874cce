//! Visitors: the parts of expressions, targets, patterns and statements, in the order Python evaluates them.
//!
//! None of them goes into the body of another function: a `lambda` is a leaf, a `def` a statement without parts
//! (its defaults and decorators are reached by [`stmt_exprs`]).

use super::*;

/// The direct operands of an expression.
pub fn children(program: &Program, expr: ExprId, f: &mut dyn FnMut(ExprId)) {
    match &program.exprs[expr] {
        Expr::Lit(_)
        | Expr::Var(_)
        | Expr::Function(_)
        | Expr::Class(_)
        | Expr::Stub(_)
        | Expr::Module(_)
        | Expr::Unsupported(_) => {}
        Expr::Lambda(function) => default_exprs(&program.functions[*function], f),
        Expr::Walrus(_, value) | Expr::Unary(_, value) | Expr::Attr(value, _) => f(*value),
        Expr::Await(value) | Expr::YieldFrom(value) => f(*value),
        Expr::Yield(value) => value.iter().for_each(|value| f(*value)),
        Expr::Binary(_, left, right) | Expr::Index(left, right) => {
            f(*left);
            f(*right);
        }
        Expr::Compare(first, rest) => {
            f(*first);
            rest.iter().for_each(|(_, value)| f(*value));
        }
        Expr::BoolOp { operands, .. } => operands.iter().for_each(|value| f(*value)),
        Expr::IfExp { test, then, orelse } => {
            f(*test);
            f(*then);
            f(*orelse);
        }
        Expr::Call(call) => {
            match &call.callee {
                Callee::Function(_) | Callee::Class(_) | Callee::Stub(_) => {}
                Callee::Method { recv, .. } | Callee::Super { recv, .. } => f(*recv),
                Callee::Value(value) => f(*value),
            }
            call.args.iter().for_each(|arg| f(arg.value()));
        }
        Expr::Slice { value, lower, upper, step } => {
            f(*value);
            [lower, upper, step].into_iter().flatten().for_each(|part| f(*part));
        }
        Expr::List(items) | Expr::Tuple(items) | Expr::Set(items) => items.iter().for_each(|item| f(item.value())),
        Expr::Dict(items) => {
            for item in items {
                match item {
                    DictItem::Pair(key, value) => {
                        f(*key);
                        f(*value);
                    }
                    DictItem::Spread(value) => f(*value),
                }
            }
        }
        Expr::Comp(comp) => {
            for clause in &comp.clauses {
                f(clause.iter);
                target_exprs(&clause.target, f);
                clause.conditions.iter().for_each(|condition| f(*condition));
            }
            f(comp.element);
            comp.value.iter().for_each(|value| f(*value));
        }
        Expr::Format(pieces) => pieces.iter().for_each(|piece| piece_exprs(piece, f)),
        Expr::Aio(aio) => aio_exprs(aio, f),
    }
}

fn piece_exprs(piece: &Piece, f: &mut dyn FnMut(ExprId)) {
    if let Piece::Value { value, spec, .. } = piece {
        f(*value);
        spec.iter().for_each(|piece| piece_exprs(piece, f));
    }
}

/// The operands of an asyncio node.
pub fn aio_exprs(aio: &Aio, f: &mut dyn FnMut(ExprId)) {
    let mut all = |list: &[Option<ExprId>]| list.iter().flatten().for_each(|value| f(*value));
    match aio {
        Aio::Spawn { coro, name, via } => {
            let (before, after) = match via {
                SpawnVia::CreateTask | SpawnVia::EnsureFuture => (None, None),
                SpawnVia::Task { owner } => (None, *owner),
                SpawnVia::Loop { owner } => (Some(*owner), None),
            };
            all(&[before, Some(*coro), after, *name]);
        }
        Aio::Gather { args, return_exceptions, shape: _ } => {
            args.iter().for_each(|item| all(&[Some(item.value())]));
            all(&[*return_exceptions]);
        }
        Aio::AsCompleted { tasks, timeout, .. } => all(&[Some(*tasks), *timeout]),
        Aio::Sleep { seconds, result } => all(&[Some(*seconds), *result]),
        Aio::Run { main, owner, debug } => all(&[*owner, Some(*main), *debug]),
        Aio::Offload { owner, executor, function, args } => {
            all(&[*owner, *executor, Some(*function)]);
            args.iter().for_each(|arg| all(&[Some(arg.value())]));
        }
        Aio::NewFuture { owner } => all(&[*owner]),
        Aio::EventLoop(_) => {}
    }
}

impl Item {
    /// The expression.
    pub fn value(self) -> ExprId {
        match self {
            Item::One(value) | Item::Star(value) => value,
        }
    }
}

/// The expressions inside a target.
pub fn target_exprs(target: &Target, f: &mut dyn FnMut(ExprId)) {
    match target {
        Target::Var(_) | Target::Unsupported => {}
        Target::Attr(value, _) => f(*value),
        Target::Index(value, index) => {
            f(*value);
            f(*index);
        }
        Target::Slice(value, parts) => {
            f(*value);
            parts.iter().flatten().for_each(|part| f(*part));
        }
        Target::Tuple(targets) => targets.iter().for_each(|target| target_exprs(target, f)),
        Target::Star(target) => target_exprs(target, f),
    }
}

/// The variables that a target binds.
pub fn target_vars(target: &Target, f: &mut dyn FnMut(VarId)) {
    match target {
        Target::Var(var) => f(*var),
        Target::Tuple(targets) => targets.iter().for_each(|target| target_vars(target, f)),
        Target::Star(target) => target_vars(target, f),
        Target::Attr(..) | Target::Index(..) | Target::Slice(..) | Target::Unsupported => {}
    }
}

/// The expressions inside a pattern.
pub fn pattern_exprs(pattern: &Pattern, f: &mut dyn FnMut(ExprId)) {
    match pattern {
        Pattern::Value(value) | Pattern::Singleton(value) => f(*value),
        Pattern::Capture(_) | Pattern::Star(_) => {}
        Pattern::As(inner, _) => pattern_exprs(inner, f),
        Pattern::Or(parts) | Pattern::Sequence(parts) => parts.iter().for_each(|part| pattern_exprs(part, f)),
        Pattern::Mapping { items, .. } => {
            for (key, part) in items {
                f(*key);
                pattern_exprs(part, f);
            }
        }
        Pattern::Class { class, positional, keywords } => {
            f(*class);
            positional.iter().for_each(|part| pattern_exprs(part, f));
            keywords.iter().for_each(|(_, part)| pattern_exprs(part, f));
        }
    }
}

/// The variables that a pattern binds.
pub fn pattern_vars(pattern: &Pattern, f: &mut dyn FnMut(VarId)) {
    match pattern {
        Pattern::Value(_) | Pattern::Singleton(_) => {}
        Pattern::Capture(var) | Pattern::Star(var) => var.iter().for_each(|var| f(*var)),
        Pattern::As(inner, var) => {
            pattern_vars(inner, f);
            f(*var);
        }
        Pattern::Or(parts) | Pattern::Sequence(parts) => parts.iter().for_each(|part| pattern_vars(part, f)),
        Pattern::Mapping { items, rest } => {
            items.iter().for_each(|(_, part)| pattern_vars(part, f));
            rest.iter().for_each(|var| f(*var));
        }
        Pattern::Class { positional, keywords, .. } => {
            positional.iter().for_each(|part| pattern_vars(part, f));
            keywords.iter().for_each(|(_, part)| pattern_vars(part, f));
        }
    }
}

fn default_exprs(function: &Function, f: &mut dyn FnMut(ExprId)) {
    for param in &function.params {
        match param.default {
            Some(Default::Once { value, .. } | Default::Inline(value)) => f(value),
            None => {}
        }
    }
}

/// The expressions that a statement evaluates itself, not those of its blocks. Of a `def` its decorators and defaults,
/// of a `class` its decorators and the values of its attributes and of its methods' defaults.
pub fn stmt_exprs(program: &Program, stmt: &Stmt, f: &mut dyn FnMut(ExprId)) {
    match &stmt.kind {
        StmtKind::Expr(value) => f(*value),
        StmtKind::Assign { targets, value } => {
            f(*value);
            targets.iter().for_each(|target| target_exprs(target, f));
        }
        StmtKind::AugAssign { target, value, .. } => {
            target_exprs(target, f);
            f(*value);
        }
        StmtKind::If { test, .. } | StmtKind::While { test, .. } => f(*test),
        StmtKind::For { target, iter, .. } => {
            f(*iter);
            target_exprs(target, f);
        }
        StmtKind::Try(try_) => {
            for handler in &try_.handlers {
                handler.classes.iter().for_each(|class| f(*class));
            }
        }
        StmtKind::With { items, .. } => {
            for item in items {
                f(item.context);
                item.target.iter().for_each(|target| target_exprs(target, f));
            }
        }
        StmtKind::Return(value) => value.iter().for_each(|value| f(*value)),
        StmtKind::Raise { exc, cause } => [exc, cause].into_iter().flatten().for_each(|value| f(*value)),
        StmtKind::Assert { test, message } => {
            f(*test);
            message.iter().for_each(|value| f(*value));
        }
        StmtKind::Delete(targets) => targets.iter().for_each(|target| target_exprs(target, f)),
        StmtKind::Match { subject, cases } => {
            f(*subject);
            for case in cases {
                pattern_exprs(&case.pattern, f);
                case.guard.iter().for_each(|guard| f(*guard));
            }
        }
        StmtKind::Def { function, .. } => def_exprs(&program.functions[*function], f),
        StmtKind::Class { class, .. } => {
            let class = &program.classes[*class];
            class.decorators.iter().for_each(|value| f(*value));
            for attribute in &class.attributes {
                attribute.value.iter().for_each(|value| f(*value));
            }
            for method in &class.methods {
                def_exprs(&program.functions[*method], f);
            }
        }
        StmtKind::Break | StmtKind::Continue | StmtKind::Pass | StmtKind::Import(_) => {}
    }
}

fn def_exprs(function: &Function, f: &mut dyn FnMut(ExprId)) {
    function.decorators.iter().rev().for_each(|value| f(*value));
    default_exprs(function, f);
}

/// The blocks directly inside a statement.
pub fn stmt_blocks<'a>(stmt: &'a Stmt, f: &mut dyn FnMut(&'a Block)) {
    match &stmt.kind {
        StmtKind::If { then, orelse, .. } => {
            f(then);
            f(orelse);
        }
        StmtKind::While { body, orelse, .. } | StmtKind::For { body, orelse, .. } => {
            f(body);
            f(orelse);
        }
        StmtKind::Try(try_) => {
            f(&try_.body);
            try_.handlers.iter().for_each(|handler| f(&handler.body));
            f(&try_.orelse);
            f(&try_.finally);
        }
        StmtKind::With { body, .. } => f(body),
        StmtKind::Match { cases, .. } => cases.iter().for_each(|case| f(&case.body)),
        _ => {}
    }
}

/// The blocks directly inside a statement, to be changed.
pub fn stmt_blocks_mut(stmt: &mut Stmt, f: &mut dyn FnMut(&mut Block)) {
    match &mut stmt.kind {
        StmtKind::If { then, orelse, .. } => {
            f(then);
            f(orelse);
        }
        StmtKind::While { body, orelse, .. } | StmtKind::For { body, orelse, .. } => {
            f(body);
            f(orelse);
        }
        StmtKind::Try(try_) => {
            f(&mut try_.body);
            try_.handlers.iter_mut().for_each(|handler| f(&mut handler.body));
            f(&mut try_.orelse);
            f(&mut try_.finally);
        }
        StmtKind::With { body, .. } => f(body),
        StmtKind::Match { cases, .. } => cases.iter_mut().for_each(|case| f(&mut case.body)),
        _ => {}
    }
}

/// The variables that a statement binds itself (not inside its blocks or expressions).
pub fn stmt_vars(stmt: &Stmt, f: &mut dyn FnMut(VarId)) {
    match &stmt.kind {
        StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => {
            targets.iter().for_each(|target| target_vars(target, f));
        }
        StmtKind::AugAssign { target, .. } | StmtKind::For { target, .. } => target_vars(target, f),
        StmtKind::Try(try_) => try_.handlers.iter().filter_map(|handler| handler.bind).for_each(f),
        StmtKind::With { items, .. } => {
            items.iter().filter_map(|item| item.target.as_ref()).for_each(|target| target_vars(target, f));
        }
        StmtKind::Match { cases, .. } => cases.iter().for_each(|case| pattern_vars(&case.pattern, f)),
        StmtKind::Def { var, .. } | StmtKind::Class { var, .. } => var.iter().for_each(|var| f(*var)),
        _ => {}
    }
}

/// How often each variable is bound.
pub fn bindings(program: &Program) -> Vec<u32> {
    let mut counts = vec![0_u32; program.vars.len()];
    for (_, block) in program.bodies() {
        for_each_stmt(block, &mut |stmt| {
            stmt_vars(stmt, &mut |var| counts[var.at()] += 1);
        });
    }
    for (_, expr) in program.exprs.iter() {
        match expr {
            Expr::Walrus(var, _) => counts[var.at()] += 1,
            Expr::Comp(comp) => comp.clauses.iter().for_each(|clause| {
                target_vars(&clause.target, &mut |var| counts[var.at()] += 1);
            }),
            _ => {}
        }
    }
    for (_, function) in program.functions.iter() {
        for param in &function.params {
            counts[param.var.at()] += 1;
        }
    }
    counts
}

/// The targets of a statement, those inside tuples too.
pub fn stmt_targets(stmt: &Stmt, see: &mut dyn FnMut(&Target)) {
    fn one(target: &Target, see: &mut dyn FnMut(&Target)) {
        match target {
            Target::Tuple(parts) => parts.iter().for_each(|part| one(part, see)),
            Target::Star(part) => one(part, see),
            target => see(target),
        }
    }
    match &stmt.kind {
        StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => {
            targets.iter().for_each(|target| one(target, see));
        }
        StmtKind::AugAssign { target, .. } | StmtKind::For { target, .. } => one(target, see),
        StmtKind::With { items, .. } => {
            items.iter().filter_map(|item| item.target.as_ref()).for_each(|target| one(target, see))
        }
        _ => {}
    }
}

/// Every statement of a block, at any depth, the outer before the inner.
pub fn for_each_stmt<'a>(block: &'a Block, f: &mut dyn FnMut(&'a Stmt)) {
    let mut open: Vec<&'a Stmt> = block.stmts.iter().rev().collect();
    while let Some(stmt) = open.pop() {
        f(stmt);
        let at = open.len();
        stmt_blocks(stmt, &mut |inner| open.extend(&inner.stmts));
        open[at..].reverse();
    }
}

/// An expression and all its operands, at any depth, the outer before the inner.
pub fn for_each_expr(program: &Program, root: ExprId, f: &mut dyn FnMut(ExprId)) {
    let mut open = vec![root];
    while let Some(expr) = open.pop() {
        f(expr);
        let at = open.len();
        children(program, expr, &mut |child| open.push(child));
        open[at..].reverse();
    }
}

/// Every expression of a block, at any depth, in the order of the statements.
pub fn for_each_expr_in_block(program: &Program, block: &Block, f: &mut dyn FnMut(ExprId)) {
    for_each_stmt(block, &mut |stmt| stmt_exprs(program, stmt, &mut |root| for_each_expr(program, root, f)));
}

/// Whether a manager of `contextlib` may swallow exceptions, by the name of its class or of the function that makes it.
pub fn swallows_by_name(name: &str) -> bool {
    matches!(
        name,
        "suppress"
            | "swallowing_manager"
            | "async_swallowing_manager"
            | "SwallowingContextManager"
            | "AsyncSwallowingContextManager"
            | "SwallowingExitStack"
            | "AsyncSwallowingExitStack"
    )
}

/// Whether a class of the program may swallow exceptions in its `__exit__` or `__aexit__`: one that gives back anything
/// but `None` and `False`.
pub fn exits_swallow(program: &Program, name: &str) -> bool {
    program.functions.iter().any(|(_, function)| {
        let mut found = false;
        if function.method.is_some() && function.name == name {
            for_each_stmt(&function.body, &mut |stmt| {
                if let StmtKind::Return(Some(value)) = &stmt.kind {
                    found |= !matches!(program.exprs[*value], Expr::Lit(Lit::None | Lit::Bool(false)));
                }
            });
        }
        found
    })
}

/// Whether the manager that a function gives may swallow exceptions. What gives no manager of `contextlib` may.
pub fn gives_swallowing_manager(program: &Program, function: FnId) -> bool {
    match program.functions[function].body.stmts.last().map(|stmt| &stmt.kind) {
        Some(StmtKind::Return(Some(value))) => match &program.exprs[*value] {
            Expr::Call(Call { callee: Callee::Stub(of), .. }) => {
                of.module != "contextlib" || swallows_by_name(&of.name)
            }
            _ => true,
        },
        _ => true,
    }
}
