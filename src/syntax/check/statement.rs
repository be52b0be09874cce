//! Statements.

use rustpython_parser::ast::{self, ExceptHandler, Expr, ExprContext, Stmt};

use super::function::Function;
use super::scope::{ScopeKind, flag};
use super::{Block, Checker, MAX_BLOCKS, place};

impl<'a> Checker<'a> {
    pub(super) fn statements(&mut self, list: &'a [Stmt]) {
        for stmt in list {
            self.statement(stmt);
        }
    }

    fn statement(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => self.function(&Function {
                name: def.name.as_str(),
                at: place(def),
                args: &def.args,
                body: &def.body,
                decorators: &def.decorator_list,
                returns: def.returns.as_deref(),
                type_params: &def.type_params,
                kind: ScopeKind::Function,
            }),
            Stmt::AsyncFunctionDef(def) => self.function(&Function {
                name: def.name.as_str(),
                at: place(def),
                args: &def.args,
                body: &def.body,
                decorators: &def.decorator_list,
                returns: def.returns.as_deref(),
                type_params: &def.type_params,
                kind: ScopeKind::AsyncFunction,
            }),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::Return(ret) => self.return_(stmt, ret),
            Stmt::Delete(delete) => delete.targets.iter().for_each(|target| self.delete(target)),
            Stmt::Assign(assign) => {
                self.expression(&assign.value);
                assign.targets.iter().for_each(|target| self.target(target));
            }
            Stmt::TypeAlias(alias) => self.type_alias(alias),
            Stmt::AugAssign(assign) => {
                if let Expr::Name(name) = assign.target.as_ref() {
                    self.note(name.id.as_str(), flag::USED);
                }
                self.target(&assign.target);
                self.expression(&assign.value);
            }
            Stmt::AnnAssign(assign) => self.annotated(stmt, assign),
            Stmt::For(ast::StmtFor { target, iter, body, orelse, .. }) => self.for_(stmt, target, iter, body, orelse),
            Stmt::AsyncFor(ast::StmtAsyncFor { target, iter, body, orelse, .. }) => {
                self.only_async(stmt, "'async for' outside async function");
                self.for_(stmt, target, iter, body, orelse);
            }
            Stmt::While(while_) => {
                self.expression(&while_.test);
                self.block(stmt, Block::Loop, &while_.body);
                self.statements(&while_.orelse);
            }
            Stmt::If(first) => self.if_(first),
            Stmt::With(ast::StmtWith { items, body, .. }) => self.with(items, body),
            Stmt::AsyncWith(ast::StmtAsyncWith { items, body, .. }) => {
                self.only_async(stmt, "'async with' outside async function");
                self.with(items, body);
            }
            Stmt::Match(match_) => self.match_(match_),
            Stmt::Raise(raise) => {
                raise.exc.iter().for_each(|exc| self.expression(exc));
                raise.cause.iter().for_each(|cause| self.expression(cause));
            }
            Stmt::Try(ast::StmtTry { body, handlers, orelse, finalbody, .. }) => {
                self.try_(stmt, body, handlers, orelse, finalbody, Block::Other);
            }
            Stmt::TryStar(ast::StmtTryStar { body, handlers, orelse, finalbody, .. }) => {
                self.try_(stmt, body, handlers, orelse, finalbody, Block::ExceptStar);
            }
            Stmt::Assert(assert) => {
                self.expression(&assert.test);
                assert.msg.iter().for_each(|msg| self.expression(msg));
            }
            Stmt::Import(import) => import.names.iter().for_each(|alias| self.alias(alias, place(stmt))),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Global(global) => global.names.iter().for_each(|name| self.declare(name.as_str(), true, place(stmt))),
            Stmt::Nonlocal(nonlocal) => {
                nonlocal.names.iter().for_each(|name| self.declare(name.as_str(), false, place(stmt)))
            }
            Stmt::Expr(expr) => self.expression(&expr.value),
            Stmt::Pass(_) => {}
            Stmt::Break(_) => self.leave_loop(stmt, "'break' outside loop"),
            Stmt::Continue(_) => self.leave_loop(stmt, "'continue' not properly in loop"),
        }
    }

    /// Statements inside a block of the kind that CPython counts.
    fn block(&mut self, stmt: &'a Stmt, block: Block, body: &'a [Stmt]) {
        self.blocks.push(block);
        self.count_blocks(place(stmt));
        self.statements(body);
        self.blocks.pop();
    }

    /// CPython nests a limited number of blocks, and counts those of handlers twice from 3.9 on.
    fn count_blocks(&mut self, at: (u32, u32)) {
        let message = "too many statically nested blocks";
        let (now, before) = (self.blocks.len(), self.blocks.len() - self.handlers);
        if before >= MAX_BLOCKS && now > MAX_BLOCKS {
            self.code_error(at, message);
        } else if now > MAX_BLOCKS {
            self.until(8, at, message);
        } else if before >= MAX_BLOCKS {
            self.since(13, at, message);
        }
    }

    fn leave_loop(&mut self, stmt: &'a Stmt, outside: &str) {
        for block in self.blocks.iter().rev() {
            match block {
                Block::Loop => return,
                Block::ExceptStar => {
                    let message = "'break', 'continue' and 'return' cannot appear in an except* block";
                    return self.code_error(place(stmt), message);
                }
                Block::Other => {}
            }
        }
        self.code_error(place(stmt), outside);
    }

    fn return_(&mut self, stmt: &'a Stmt, ret: &'a ast::StmtReturn) {
        let at = place(stmt);
        if !self.kind().is_function() {
            self.code_error(at, "'return' outside function");
        } else if self.blocks.contains(&Block::ExceptStar) {
            self.code_error(at, "'break', 'continue' and 'return' cannot appear in an except* block");
        }
        if let Some(value) = &ret.value {
            self.scope().returns.push(at);
            self.expression(value);
        }
    }

    fn only_async(&mut self, stmt: &'a Stmt, message: &str) {
        if self.kind() != ScopeKind::AsyncFunction {
            self.code_error(place(stmt), message);
        }
    }

    fn delete(&mut self, target: &'a Expr) {
        match target {
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                elts.iter().for_each(|item| self.delete(item));
            }
            _ => self.target(target),
        }
    }

    fn annotated(&mut self, stmt: &'a Stmt, assign: &'a ast::StmtAnnAssign) {
        match assign.target.as_ref() {
            Expr::Name(name) => {
                self.forbid_debug(&name.id, place(name), ExprContext::Store);
                if assign.simple {
                    self.annotate(name.id.as_str(), place(stmt));
                } else if assign.value.is_some() {
                    self.bind(name.id.as_str(), place(name));
                }
            }
            target => self.target(target),
        }
        self.annotation(&assign.annotation);
        assign.value.iter().for_each(|value| self.expression(value));
    }

    fn type_alias(&mut self, alias: &'a ast::StmtTypeAlias) {
        self.target(&alias.name);
        let generic = self.type_params(&alias.type_params);
        self.enter(ScopeKind::Lazy("a type alias"));
        self.expression(&alias.value);
        self.leave();
        if generic {
            self.leave();
        }
    }

    fn for_(&mut self, stmt: &'a Stmt, target: &'a Expr, iter: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) {
        self.target(target);
        self.expression(iter);
        self.block(stmt, Block::Loop, body);
        self.statements(orelse);
    }

    /// A chain of `elif`, without recursion.
    fn if_(&mut self, first: &'a ast::StmtIf) {
        let mut clause = first;
        loop {
            self.expression(&clause.test);
            self.statements(&clause.body);
            match clause.orelse.as_slice() {
                [Stmt::If(next)] => clause = next,
                orelse => return self.statements(orelse),
            }
        }
    }

    fn with(&mut self, items: &'a [ast::WithItem], body: &'a [Stmt]) {
        for item in items {
            self.expression(&item.context_expr);
            item.optional_vars.iter().for_each(|target| self.target(target));
            self.blocks.push(Block::Other);
            self.count_blocks(place(&item.context_expr));
        }
        self.statements(body);
        self.blocks.truncate(self.blocks.len() - items.len());
    }

    fn match_(&mut self, match_: &'a ast::StmtMatch) {
        self.expression(&match_.subject);
        let last = match_.cases.len().saturating_sub(1);
        for (index, case) in match_.cases.iter().enumerate() {
            self.case_pattern(&case.pattern, index < last && case.guard.is_none());
            case.guard.iter().for_each(|guard| self.expression(guard));
            self.statements(&case.body);
        }
    }

    fn try_(
        &mut self,
        stmt: &'a Stmt,
        body: &'a [Stmt],
        handlers: &'a [ExceptHandler],
        orelse: &'a [Stmt],
        finalbody: &'a [Stmt],
        kind: Block,
    ) {
        let outer = if finalbody.is_empty() { 0 } else { 1 };
        self.blocks.extend((0..outer).map(|_| Block::Other));
        if handlers.is_empty() {
            self.count_blocks(place(stmt));
            self.statements(body);
        } else {
            self.block(stmt, Block::Other, body);
        }
        for (index, ExceptHandler::ExceptHandler(handler)) in handlers.iter().enumerate() {
            if handler.type_.is_none() && index + 1 < handlers.len() {
                self.code_error(place(handler), "default 'except:' must be last");
            }
            handler.type_.iter().for_each(|class| self.expression(class));
            if let Some(name) = &handler.name {
                self.forbid_debug(name, place(handler), ExprContext::Store);
                self.bind(name.as_str(), place(handler));
            }
            self.blocks.push(Block::Other);
            self.handlers += 1;
            self.block(stmt, kind, &handler.body);
            self.handlers -= 1;
            self.blocks.pop();
        }
        self.statements(orelse);
        self.blocks.truncate(self.blocks.len() - outer);
        if !finalbody.is_empty() {
            self.block(stmt, Block::Other, finalbody);
        }
    }

    fn alias(&mut self, alias: &'a ast::Alias, at: (u32, u32)) {
        let name = match &alias.asname {
            Some(name) => name.as_str(),
            None => alias.name.as_str().split('.').next().unwrap_or_default(),
        };
        self.forbid_debug(name, at, ExprContext::Store);
        self.bind(name, at);
    }

    fn import_from(&mut self, import: &'a ast::StmtImportFrom) {
        self.late_future(import);
        for alias in &import.names {
            if alias.name.as_str() != "*" {
                self.alias(alias, place(import));
            } else if self.kind() != ScopeKind::Module {
                self.name_error(place(alias), "import * only allowed at module level");
            }
        }
    }
}
