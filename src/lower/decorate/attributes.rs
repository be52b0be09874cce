//! Attributes of functions (`f.calls = 0`): variables beside the function.

use std::collections::BTreeMap;

use super::Decorator;
use crate::diag::{Diagnostic, Diagnostics, catalog};
use crate::hir::{Block, Call, Callee, Expr, ExprId, FnId, Lit, StmtKind, Storage, Target, Var, VarId, walk};

type Attributes = BTreeMap<(FnId, String), VarId>;

impl Decorator<'_> {
    /// Attributes that are assigned to functions become variables.
    pub(super) fn function_attributes(&mut self, diags: &mut Diagnostics) {
        let mut found: Vec<(FnId, String)> = Vec::new();
        let program = &*self.program;
        for (_, block) in program.bodies() {
            walk::for_each_stmt(block, &mut |stmt| {
                let targets = match &stmt.kind {
                    StmtKind::Assign { targets, .. } => &targets[..],
                    StmtKind::AugAssign { target, .. } => std::slice::from_ref(target),
                    _ => return,
                };
                for target in targets {
                    if let Target::Attr(object, name) = target
                        && let Expr::Function(function) = program.exprs[*object]
                        && !name.starts_with("__")
                        && !found.contains(&(function, name.clone()))
                    {
                        found.push((function, name.clone()));
                    }
                }
            });
        }
        if found.is_empty() {
            return;
        }
        let mut vars = Attributes::new();
        for (function, name) in found {
            let of = &self.program.functions[function];
            if of.method.is_some() {
                let title = "an attribute of a method is set";
                diags.push(Diagnostic::new(catalog::MONKEY_PATCHING, of.span, title));
                continue;
            }
            let (owner, module, span) = (of.parent, of.module, of.span);
            let text = format!("{}_{name}", of.name);
            let storage = if owner.is_none() { Storage::Global } else { Storage::Cell };
            let var = Var { storage, maybe_unbound: true, ..Var::local(text, owner, module, span) };
            let var = self.program.vars.alloc(var);
            match owner {
                Some(owner) => self.program.functions[owner].locals.push(var),
                None => self.program.modules[module].vars.push(var),
            }
            vars.insert((function, name), var);
        }
        let all: Vec<ExprId> = self.program.exprs.ids().collect();
        for expr in all {
            if let Expr::Attr(object, name) = &self.program.exprs[expr]
                && let Expr::Function(function) = self.program.exprs[*object]
                && let Some(var) = vars.get(&(function, name.clone()))
            {
                self.program.exprs[expr] = Expr::Var(*var);
            }
        }
        for id in self.program.modules.ids().collect::<Vec<_>>() {
            let mut body = std::mem::take(&mut self.program.modules[id].body);
            self.assign_vars(&mut body, &vars);
            self.program.modules[id].body = body;
        }
        for id in self.program.functions.ids().collect::<Vec<_>>() {
            let mut body = std::mem::take(&mut self.program.functions[id].body);
            self.assign_vars(&mut body, &vars);
            self.program.functions[id].body = body;
        }
        self.capture_attributes(&vars);
    }

    /// `wrapper.__name__ = func.__name__`: what `functools.wraps` does, by hand.
    pub(super) fn names_by_hand(&mut self, block: &mut Block) {
        for stmt in &mut block.stmts {
            if let StmtKind::Expr(value) = stmt.kind
                && let Expr::Call(Call { callee: Callee::Stub(stub), args }) = &self.program.exprs[value]
                && stub.module == "functools"
                && stub.name == "update_wrapper"
                && let [wrapper, wrapped, ..] = &args[..]
            {
                let pair = (&self.program.exprs[wrapper.value()], &self.program.exprs[wrapped.value()]);
                if let (Expr::Function(wrapper), Expr::Function(wrapped)) = pair {
                    let shown = self.program.functions[*wrapped].shown().to_string();
                    self.program.functions[*wrapper].shown = Some(shown);
                    stmt.kind = StmtKind::Pass;
                } else if let (Expr::Var(_), Expr::Function(_)) = pair {
                    // An object that wraps: what it says of itself is not looked at.
                    stmt.kind = StmtKind::Pass;
                }
            }
            if let StmtKind::Assign { targets, value } = &stmt.kind
                && let [Target::Attr(object, name)] = &targets[..]
                && let Expr::Function(function) = self.program.exprs[*object]
                && name.starts_with("__")
            {
                self.say(*value);
                let text = match &self.program.exprs[*value] {
                    Expr::Lit(Lit::Str(text)) => Some(text.clone()),
                    _ => None,
                };
                let known = matches!(name.as_str(), "__doc__" | "__module__" | "__dict__" | "__wrapped__");
                match (name.as_str(), text) {
                    ("__name__" | "__qualname__", Some(text)) => {
                        self.program.functions[function].shown = Some(text);
                        stmt.kind = StmtKind::Pass;
                    }
                    _ if known => stmt.kind = StmtKind::Pass,
                    _ => {}
                }
            }
            walk::stmt_blocks_mut(stmt, &mut |inner| self.names_by_hand(inner));
        }
    }

    fn assign_vars(&mut self, block: &mut Block, vars: &Attributes) {
        for stmt in &mut block.stmts {
            let targets = match &mut stmt.kind {
                StmtKind::Assign { targets, .. } => &mut targets[..],
                StmtKind::AugAssign { target, .. } => std::slice::from_mut(target),
                _ => &mut [],
            };
            for target in targets {
                if let Target::Attr(object, name) = target
                    && let Expr::Function(function) = self.program.exprs[*object]
                    && let Some(var) = vars.get(&(function, name.clone()))
                {
                    *target = Target::Var(*var);
                }
            }
            walk::stmt_blocks_mut(stmt, &mut |inner| self.assign_vars(inner, vars));
        }
    }

    /// Functions inside the one that has the variable capture it.
    fn capture_attributes(&mut self, vars: &Attributes) {
        for var in vars.values() {
            let Some(owner) = self.program.vars[*var].owner else { continue };
            for inner in self.inside(owner) {
                let mut used = self
                    .exprs_of(inner)
                    .into_iter()
                    .any(|expr| matches!(self.program.exprs[expr], Expr::Var(read) if read == *var));
                for id in [inner].into_iter().chain(self.inside(inner)) {
                    walk::for_each_stmt(&self.program.functions[id].body, &mut |stmt| {
                        walk::stmt_vars(stmt, &mut |bound| used |= bound == *var);
                    });
                }
                if used && !self.program.functions[inner].captures.contains(var) {
                    self.program.functions[inner].captures.push(*var);
                }
            }
        }
    }
}
