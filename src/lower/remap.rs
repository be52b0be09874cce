//! Puts final numbers in the place of provisional ones.

use crate::hir::*;

/// What each provisional number becomes.
pub struct Map<'m> {
    /// The live range of each binding.
    pub vars: &'m [Option<VarId>],
    /// The place of each module.
    pub modules: &'m [ModuleId],
}

impl Map<'_> {
    fn var(&self, var: &mut VarId) {
        if let Some(Some(new)) = self.vars.get(var.at()) {
            *var = *new;
        }
    }

    fn module(&self, id: &mut ModuleId) {
        *id = self.modules[id.at()];
    }

    /// A function: its parameters, body and module.
    pub fn function(&self, function: &mut Function) {
        for param in &mut function.params {
            self.var(&mut param.var);
            if let Some(Default::Once { var, .. }) = &mut param.default {
                self.var(var);
            }
        }
        self.block(&mut function.body);
        self.module(&mut function.module);
    }

    /// An expression. Variables that are read have their number already.
    pub fn expr(&self, expr: &mut Expr) {
        match expr {
            Expr::Walrus(var, _) => self.var(var),
            Expr::Comp(comp) => comp.clauses.iter_mut().for_each(|clause| self.target(&mut clause.target)),
            Expr::Module(id) => self.module(id),
            _ => {}
        }
    }

    fn target(&self, target: &mut Target) {
        match target {
            Target::Var(var) => self.var(var),
            Target::Tuple(targets) => targets.iter_mut().for_each(|target| self.target(target)),
            Target::Star(target) => self.target(target),
            Target::Attr(..) | Target::Index(..) | Target::Slice(..) | Target::Unsupported => {}
        }
    }

    fn pattern(&self, pattern: &mut Pattern) {
        match pattern {
            Pattern::Value(_) | Pattern::Singleton(_) => {}
            Pattern::Capture(var) | Pattern::Star(var) => var.iter_mut().for_each(|var| self.var(var)),
            Pattern::As(inner, var) => {
                self.pattern(inner);
                self.var(var);
            }
            Pattern::Or(parts) | Pattern::Sequence(parts) => parts.iter_mut().for_each(|part| self.pattern(part)),
            Pattern::Mapping { items, rest } => {
                items.iter_mut().for_each(|(_, part)| self.pattern(part));
                rest.iter_mut().for_each(|var| self.var(var));
            }
            Pattern::Class { positional, keywords, .. } => {
                positional.iter_mut().for_each(|part| self.pattern(part));
                keywords.iter_mut().for_each(|(_, part)| self.pattern(part));
            }
        }
    }

    /// A block, at any depth.
    pub fn block(&self, block: &mut Block) {
        block.stmts.iter_mut().for_each(|stmt| self.stmt(stmt));
    }

    fn stmt(&self, stmt: &mut Stmt) {
        match &mut stmt.kind {
            StmtKind::Assign { targets, .. } | StmtKind::Delete(targets) => {
                targets.iter_mut().for_each(|target| self.target(target));
            }
            StmtKind::AugAssign { target, .. } => self.target(target),
            StmtKind::If { then, orelse, .. } => {
                self.block(then);
                self.block(orelse);
            }
            StmtKind::While { body, orelse, .. } => {
                self.block(body);
                self.block(orelse);
            }
            StmtKind::For { target, body, orelse, .. } => {
                self.target(target);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::Try(try_) => {
                self.block(&mut try_.body);
                for handler in &mut try_.handlers {
                    handler.bind.iter_mut().for_each(|var| self.var(var));
                    self.block(&mut handler.body);
                }
                self.block(&mut try_.orelse);
                self.block(&mut try_.finally);
            }
            StmtKind::With { items, body, .. } => {
                items.iter_mut().filter_map(|item| item.target.as_mut()).for_each(|target| self.target(target));
                self.block(body);
            }
            StmtKind::Match { cases, .. } => {
                for case in cases {
                    self.pattern(&mut case.pattern);
                    self.block(&mut case.body);
                }
            }
            StmtKind::Def { var, .. } | StmtKind::Class { var, .. } => var.iter_mut().for_each(|var| self.var(var)),
            StmtKind::Import(id) => self.module(id),
            StmtKind::Expr(_)
            | StmtKind::Return(_)
            | StmtKind::Raise { .. }
            | StmtKind::Assert { .. }
            | StmtKind::Break
            | StmtKind::Continue
            | StmtKind::Pass => {}
        }
    }
}
