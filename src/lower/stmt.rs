//! Statements.

use rustpython_parser::ast::{self, Ranged};

use super::Lowerer;
use super::fold::Fold;
use super::literal::operator;
use super::scope::key;
use crate::guard;
use crate::hir::{Block, Case, Exits, Expr, Stmt, StmtKind, Target, Trivia, WithItem};
use crate::source::Span;

impl<'a> Lowerer<'a, '_> {
    /// Lowers statements in a row.
    pub(super) fn stmts(&mut self, list: &'a [ast::Stmt]) -> Block {
        let mut block = Block { stmts: Vec::with_capacity(list.len()), ..Block::default() };
        for stmt in list {
            self.stmt(stmt, &mut block.stmts);
        }
        block
    }

    /// Lowers a block of a compound statement, with the comments below its last statement.
    pub(super) fn block(&mut self, list: &'a [ast::Stmt]) -> Block {
        let mut block = self.stmts(list);
        block.trailing = self.below(list);
        block
    }

    /// Lowers a block that may not run, or run more than once.
    pub(super) fn branch(&mut self, list: &'a [ast::Stmt]) -> Block {
        let outer = std::mem::replace(&mut self.cx.conditional, true);
        let block = self.block(list);
        self.cx.conditional = outer;
        block
    }

    /// Runs `lower` and says how control may leave what it lowered.
    pub(super) fn exits_of<T>(&mut self, lower: impl FnOnce(&mut Self) -> T) -> (T, Exits) {
        let outer = std::mem::take(&mut self.exits);
        let value = lower(self);
        let inner = std::mem::replace(&mut self.exits, outer);
        self.exits.returns |= inner.returns;
        self.exits.breaks |= inner.breaks;
        self.exits.continues |= inner.continues;
        self.exits.awaits |= inner.awaits;
        self.exits.yields |= inner.yields;
        (value, inner)
    }

    /// The body of a loop: its `break`s and `continue`s are its own.
    fn loop_body(&mut self, list: &'a [ast::Stmt]) -> Block {
        let (breaks, continues) = (self.exits.breaks, self.exits.continues);
        let body = self.branch(list);
        self.exits.breaks = breaks;
        self.exits.continues = continues;
        body
    }

    fn stmt(&mut self, stmt: &'a ast::Stmt, out: &mut Vec<Stmt>) {
        let span = self.span(stmt);
        guard::at(span);
        if let Some(fold) = self.scopes.folds.get(&key(stmt)).copied() {
            return self.folded(stmt, fold, out);
        }
        let trivia = self.above(self.first(stmt), self.head_end(stmt));
        let kind = match stmt {
            ast::Stmt::FunctionDef(_) | ast::Stmt::AsyncFunctionDef(_) => match self.function_def(stmt) {
                Some(kind) => kind,
                None => {
                    self.keep(trivia);
                    return self.keep_before(span.end);
                }
            },
            ast::Stmt::ClassDef(def) => {
                let around = std::mem::take(&mut self.inner_classes);
                let kind = self.class_def(stmt, def);
                // They stand before the class in whose body they were.
                out.extend(std::mem::replace(&mut self.inner_classes, around));
                kind
            }
            ast::Stmt::Import(_) | ast::Stmt::ImportFrom(_) => return self.import(stmt, trivia, out),
            ast::Stmt::Assign(it) if self.is_type_assignment(it) => return self.pass(trivia, span, out),
            ast::Stmt::Assign(it) => match self.namedtuple(it) {
                Some(kind) => kind,
                None => self.assign(it),
            },
            ast::Stmt::AnnAssign(it) => match self.annotated(it) {
                Some(kind) => kind,
                // A declaration without a value does nothing.
                None => return self.pass(trivia, span, out),
            },
            ast::Stmt::AugAssign(it) => {
                let target = self.target(&it.target);
                let value = self.expr(&it.value);
                if let Target::Var(_) = target
                    && let ast::Expr::Name(name) = &*it.target
                    && let Some(home) = self.binding_home(name.id.as_str())
                {
                    self.read(home, name.id.as_str());
                }
                StmtKind::AugAssign { target, op: operator(it.op), value }
            }
            ast::Stmt::Expr(it) if self.is_path_change(&it.value) => return self.pass(trivia, span, out),
            ast::Stmt::Expr(it) => match self.attribute_assignment(&it.value) {
                Some(assignment) => assignment,
                None => StmtKind::Expr(self.expr(&it.value)),
            },
            ast::Stmt::Return(it) => {
                let value = it.value.as_ref().map(|value| self.expr(value));
                self.exits.returns = true;
                StmtKind::Return(value)
            }
            ast::Stmt::Delete(it) => StmtKind::Delete(it.targets.iter().map(|target| self.target(target)).collect()),
            ast::Stmt::Raise(it) => {
                let exc = it.exc.as_ref().map(|exc| self.expr(exc));
                StmtKind::Raise { exc, cause: it.cause.as_ref().map(|cause| self.expr(cause)) }
            }
            ast::Stmt::Assert(it) => {
                let test = self.expr(&it.test);
                StmtKind::Assert { test, message: it.msg.as_ref().map(|message| self.expr(message)) }
            }
            ast::Stmt::If(it) => {
                let test = self.expr(&it.test);
                let then = self.branch(&it.body);
                let orelse = self.branch(&it.orelse);
                StmtKind::If { test, then, orelse }
            }
            ast::Stmt::While(it) => {
                let test = self.expr(&it.test);
                let body = self.loop_body(&it.body);
                let orelse = self.branch(&it.orelse);
                StmtKind::While { test, body, orelse }
            }
            ast::Stmt::For(it) => self.for_(&it.target, &it.iter, &it.body, &it.orelse, false),
            ast::Stmt::AsyncFor(it) => self.for_(&it.target, &it.iter, &it.body, &it.orelse, true),
            ast::Stmt::With(it) => self.with(&it.items, &it.body, false),
            ast::Stmt::AsyncWith(it) => self.with(&it.items, &it.body, true),
            ast::Stmt::Try(it) => self.try_(&it.body, &it.handlers, &it.orelse, &it.finalbody, false),
            ast::Stmt::TryStar(it) => self.try_(&it.body, &it.handlers, &it.orelse, &it.finalbody, true),
            ast::Stmt::Match(it) => self.match_(it),
            ast::Stmt::Break(_) => {
                self.exits.breaks = true;
                StmtKind::Break
            }
            ast::Stmt::Continue(_) => {
                self.exits.continues = true;
                StmtKind::Continue
            }
            ast::Stmt::Pass(_) => StmtKind::Pass,
            ast::Stmt::Global(_) | ast::Stmt::Nonlocal(_) | ast::Stmt::TypeAlias(_) => {
                return self.pass(trivia, span, out);
            }
        };
        out.push(Stmt { kind, span, trivia });
    }

    /// A statement that does nothing: only its comments count.
    pub(super) fn pass(&mut self, trivia: Trivia, span: Span, out: &mut Vec<Stmt>) {
        if !trivia.comments.is_empty() {
            out.push(Stmt { kind: StmtKind::Pass, span, trivia });
        }
    }

    fn folded(&mut self, stmt: &'a ast::Stmt, fold: Fold, out: &mut Vec<Stmt>) {
        let trivia = self.above(self.first(stmt), self.head_end(stmt));
        self.keep(trivia);
        match (stmt, fold) {
            (ast::Stmt::If(it), Fold::Then | Fold::Types) => {
                let outer = self.cx.types_only;
                self.cx.types_only |= fold == Fold::Types;
                self.inline(&it.body, out);
                self.cx.types_only = outer;
                self.keep_before(u32::from(stmt.end()));
            }
            (ast::Stmt::If(it), _) => {
                let start = it.orelse.first().map_or(u32::from(stmt.end()), |first| self.first(first));
                self.keep_before(start);
                self.inline(&it.orelse, out);
            }
            (ast::Stmt::Try(ast::StmtTry { body, handlers, orelse, finalbody, .. }), fold)
            | (ast::Stmt::TryStar(ast::StmtTryStar { body, handlers, orelse, finalbody, .. }), fold) => {
                if let Fold::Handler(at) = fold {
                    if let Some(ast::ExceptHandler::ExceptHandler(handler)) = handlers.get(at) {
                        self.keep_before(u32::from(handler.start()));
                        self.inline(&handler.body, out);
                    }
                } else {
                    self.inline(body, out);
                    self.inline(orelse, out);
                }
                if let Some(first) = finalbody.first() {
                    self.keep_before(self.first(first));
                    self.inline(finalbody, out);
                }
                self.keep_before(u32::from(stmt.end()));
            }
            _ => {}
        }
    }

    fn inline(&mut self, list: &'a [ast::Stmt], out: &mut Vec<Stmt>) {
        for stmt in list {
            self.stmt(stmt, out);
        }
        let below = self.below(list);
        self.keep(below);
    }

    fn assign(&mut self, it: &'a ast::StmtAssign) -> StmtKind {
        let value = self.expr(&it.value);
        let targets: Vec<Target> = it.targets.iter().map(|target| self.target(target)).collect();
        if let [Target::Tuple(inner)] = &*targets
            && !inner.iter().any(|target| matches!(target, Target::Star(_)))
        {
            let count = inner.len();
            self.unpack_gather(value, count);
        }
        StmtKind::Assign { targets, value }
    }

    fn annotated(&mut self, it: &'a ast::StmtAnnAssign) -> Option<StmtKind> {
        let annotation = self.annotation(&it.annotation);
        let value = it.value.as_ref().map(|value| self.expr(value));
        let Some(value) = value else {
            if let ast::Expr::Name(name) = &*it.target
                && let Some(home) = self.binding_home(name.id.as_str())
            {
                let sym = self.sym(home, name.id.as_str());
                self.syms[sym].annotation.get_or_insert(Box::new(annotation));
            }
            return None;
        };
        let target = self.target(&it.target);
        if let Target::Var(var) = &target {
            self.occurrences[var.at()].annotation = Some(Box::new(annotation));
        }
        Some(StmtKind::Assign { targets: vec![target], value })
    }

    /// `async for task in as_completed(…)` gives something else than `for`.
    pub(super) fn mark_async(&mut self, iter: crate::hir::ExprId, over: bool) {
        if let Expr::Aio(crate::hir::Aio::AsCompleted { is_async, .. }) = &mut self.program.exprs[iter] {
            *is_async = over;
        }
    }

    fn for_(
        &mut self,
        target: &'a ast::Expr,
        iter: &'a ast::Expr,
        body: &'a [ast::Stmt],
        orelse: &'a [ast::Stmt],
        is_async: bool,
    ) -> StmtKind {
        let iter = self.iterable(iter);
        self.mark_async(iter, is_async);
        let target = self.target(target);
        self.exits.awaits |= is_async;
        let body = self.loop_body(body);
        let orelse = self.branch(orelse);
        StmtKind::For { target, iter, body, orelse, is_async }
    }

    fn with(&mut self, items: &'a [ast::WithItem], body: &'a [ast::Stmt], mut is_async: bool) -> StmtKind {
        let mut lowered = Vec::with_capacity(items.len());
        for item in items {
            // `with (yield from lock):` of old asyncio is `async with lock:`.
            let old_lock = match &item.context_expr {
                ast::Expr::YieldFrom(it) if self.cx.legacy && items.len() == 1 => match &*it.value {
                    lock @ (ast::Expr::Name(_) | ast::Expr::Attribute(_) | ast::Expr::Subscript(_)) => Some(lock),
                    _ => None,
                },
                _ => None,
            };
            is_async |= old_lock.is_some();
            let context = self.expr(old_lock.unwrap_or(&item.context_expr));
            let target = item.optional_vars.as_ref().map(|target| self.target(target));
            lowered.push(WithItem { context, target });
        }
        self.exits.awaits |= is_async;
        let (body, exits) = self.exits_of(|this| this.block(body));
        StmtKind::With { items: lowered, body, exits, is_async }
    }

    fn match_(&mut self, it: &'a ast::StmtMatch) -> StmtKind {
        let subject = self.expr(&it.subject);
        let mut cases = Vec::with_capacity(it.cases.len());
        for case in &it.cases {
            let head = case.guard.as_ref().map_or(u32::from(case.pattern.end()), |guard| u32::from(guard.end()));
            let trivia = self.above(u32::from(case.pattern.start()), self.colon(head));
            let pattern = self.pattern(&case.pattern);
            let guard = case.guard.as_ref().map(|guard| self.expr(guard));
            let body = self.branch(&case.body);
            cases.push(Case { pattern, guard, body, trivia });
        }
        StmtKind::Match { subject, cases }
    }

    /// The offset where a statement starts, decorators among it.
    pub(super) fn first(&self, stmt: &ast::Stmt) -> u32 {
        let decorators = match stmt {
            ast::Stmt::FunctionDef(def) => &def.decorator_list,
            ast::Stmt::AsyncFunctionDef(def) => &def.decorator_list,
            ast::Stmt::ClassDef(def) => &def.decorator_list,
            _ => return u32::from(stmt.start()),
        };
        let first = decorators.first().map_or(stmt.start(), |first| first.start());
        let start = u32::from(first.min(stmt.start()));
        // Back to the `@`.
        let before = self.here().text.get(..start as usize).unwrap_or("");
        let trimmed = before.trim_end_matches([' ', '\t']);
        if !decorators.is_empty() && trimmed.ends_with('@') { trimmed.len() as u32 - 1 } else { start }
    }

    /// The end of a simple statement; the colon of a compound one.
    fn head_end(&self, stmt: &ast::Stmt) -> u32 {
        let from = match stmt {
            ast::Stmt::FunctionDef(def) => self.def_head(stmt, &def.args, def.returns.as_deref()),
            ast::Stmt::AsyncFunctionDef(def) => self.def_head(stmt, &def.args, def.returns.as_deref()),
            ast::Stmt::ClassDef(def) => {
                let bases = def.bases.iter().map(Ranged::end);
                bases.chain(def.keywords.iter().map(Ranged::end)).max().unwrap_or(stmt.start()).into()
            }
            ast::Stmt::For(it) => it.iter.end().into(),
            ast::Stmt::AsyncFor(it) => it.iter.end().into(),
            ast::Stmt::While(it) => it.test.end().into(),
            ast::Stmt::If(it) => it.test.end().into(),
            ast::Stmt::With(it) => with_end(&it.items, stmt),
            ast::Stmt::AsyncWith(it) => with_end(&it.items, stmt),
            ast::Stmt::Match(it) => it.subject.end().into(),
            ast::Stmt::Try(_) | ast::Stmt::TryStar(_) => stmt.start().into(),
            simple => return simple.end().into(),
        };
        self.colon(from)
    }

    fn def_head(&self, stmt: &ast::Stmt, args: &ast::Arguments, returns: Option<&ast::Expr>) -> u32 {
        if let Some(returns) = returns {
            return returns.end().into();
        }
        let plain = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
        let ends = plain.map(|arg| arg.default.as_ref().map_or(arg.def.end(), |default| default.end()));
        let stars = args.vararg.iter().chain(&args.kwarg).map(|arg| arg.end());
        ends.chain(stars).max().unwrap_or(stmt.start()).into()
    }

    /// The place of the name in a `def` or `class` line.
    pub(super) fn name_span(&self, stmt: &ast::Stmt, name: &str) -> Span {
        let span = self.span(stmt);
        let text = self.here().text.get(span.start as usize..span.end as usize).unwrap_or("");
        let words = ["async", "def", "class"];
        let mut at = 0;
        for word in words {
            let rest = text[at..].trim_start_matches([' ', '\t']);
            let skipped = text.len() - at - rest.len();
            if rest.starts_with(word) && rest[word.len()..].starts_with([' ', '\t', '\\']) {
                at += skipped + word.len();
            }
        }
        let rest = &text[at..];
        let start = span.start + (at + rest.len() - rest.trim_start_matches([' ', '\t', '\\', '\n']).len()) as u32;
        Span::new(span.file, start..start + name.len() as u32)
    }

    /// A module or library name as a value that a variable is bound to.
    pub(super) fn alias_stmt(&mut self, name: &str, value: Expr, span: Span) -> Option<StmtKind> {
        let var = self.bind(name, span)?;
        let value = self.made(value, span, "import");
        Some(StmtKind::Assign { targets: vec![Target::Var(var)], value })
    }
}

fn with_end(items: &[ast::WithItem], stmt: &ast::Stmt) -> u32 {
    let ends = items.iter().map(|item| item.optional_vars.as_ref().map_or(item.context_expr.end(), |vars| vars.end()));
    ends.max().unwrap_or(stmt.start()).into()
}
