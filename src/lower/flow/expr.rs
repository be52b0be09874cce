//! The reads and bindings inside expressions.

use super::{Flow, Heads, Kind, Node, State};
use crate::hir::walk;
use crate::hir::*;

impl Flow<'_> {
    /// Evaluates an expression.
    pub(super) fn expr(&mut self, id: ExprId, state: &mut State) {
        let program = self.facts.program;
        match &program.exprs[id] {
            Expr::Var(var) => self.read(*var, Some(id), state),
            Expr::Walrus(var, value) => {
                self.expr(*value, state);
                self.write(*var, state);
            }
            Expr::BoolOp { .. } => {
                let (yes, no) = self.condition(id, std::mem::take(state));
                *state = self.join(yes, no);
            }
            Expr::IfExp { test, then, orelse } => {
                let (mut yes, mut no) = self.condition(*test, std::mem::take(state));
                self.expr(*then, &mut yes);
                self.expr(*orelse, &mut no);
                *state = self.join(yes, no);
            }
            Expr::Comp(comp) => self.comp(comp, state),
            Expr::Lambda(function) => {
                self.defaults(*function, state);
                self.capture(*function);
                self.mention(*function, state);
            }
            Expr::Function(function) => self.mention(*function, state),
            Expr::Class(class) => self.mention_class(*class, state),
            Expr::Call(call) => {
                self.operands(id, state);
                match &call.callee {
                    Callee::Function(function) => self.mention(*function, state),
                    Callee::Class(class) => self.mention_class(*class, state),
                    _ => {}
                }
            }
            _ => self.operands(id, state),
        }
    }

    fn operands(&mut self, id: ExprId, state: &mut State) {
        let program = self.facts.program;
        walk::children(program, id, &mut |child| self.expr(child, state));
    }

    /// Evaluates a test: what comes out when it is true, and when it is false.
    pub(super) fn condition(&mut self, id: ExprId, mut state: State) -> (State, State) {
        let program = self.facts.program;
        let never = |state: &State| State { is_dead: true, ..state.clone() };
        match &program.exprs[id] {
            Expr::Lit(Lit::Bool(false) | Lit::None) => (never(&state), state),
            Expr::Lit(lit) if matches!(lit, Lit::Bool(true)) || matches!(lit, Lit::Int(value) if *value != 0) => {
                let no = never(&state);
                (state, no)
            }
            Expr::Unary(UnOp::Not, value) => {
                let (yes, no) = self.condition(*value, state);
                (no, yes)
            }
            Expr::BoolOp { is_and, operands } => {
                // What leaves early, and what goes on to the next operand.
                let mut early = None;
                for operand in operands {
                    let (yes, no) = self.condition(*operand, state);
                    let (goes_on, leaves) = if *is_and { (yes, no) } else { (no, yes) };
                    early = Some(self.join_some(early, leaves));
                    state = goes_on;
                }
                let early = early.unwrap_or_else(|| state.clone());
                if *is_and { (state, early) } else { (early, state) }
            }
            _ => {
                self.expr(id, &mut state);
                (state.clone(), state)
            }
        }
    }

    /// A comprehension is a loop of its own.
    fn comp(&mut self, comp: &Comp, state: &mut State) {
        let Some(first) = comp.clauses.first() else { return };
        self.expr(first.iter, state);
        let mut assigned = Vec::new();
        for clause in &comp.clauses {
            walk::target_vars(&clause.target, &mut |var| assigned.push(var));
            for condition in &clause.conditions {
                self.walrus_vars(*condition, &mut assigned);
            }
        }
        self.walrus_vars(comp.element, &mut assigned);
        comp.value.iter().for_each(|value| self.walrus_vars(*value, &mut assigned));
        let heads = self.loop_head(&assigned, state);
        let exit = state.clone();
        for (at, clause) in comp.clauses.iter().enumerate() {
            if at > 0 {
                self.expr(clause.iter, state);
            }
            self.target(&clause.target, state);
            for condition in &clause.conditions {
                let (yes, _) = self.condition(*condition, std::mem::take(state));
                *state = yes;
            }
        }
        self.expr(comp.element, state);
        comp.value.iter().for_each(|value| self.expr(*value, state));
        self.loop_back(&heads, state);
        self.loop_ids.pop();
        *state = exit;
    }

    /// The variables that assignment expressions inside an expression bind.
    pub(super) fn walrus_vars(&self, root: ExprId, into: &mut Vec<VarId>) {
        let program = self.facts.program;
        walk::for_each_expr(program, root, &mut |expr| match &program.exprs[expr] {
            Expr::Walrus(var, _) => into.push(*var),
            Expr::Comp(comp) => {
                comp.clauses.iter().for_each(|clause| walk::target_vars(&clause.target, &mut |var| into.push(var)));
            }
            _ => {}
        });
    }

    /// Puts a φ for each variable that a loop assigns.
    pub(super) fn loop_head(&mut self, assigned: &[VarId], state: &mut State) -> Heads {
        self.clock += 1;
        self.loop_ids.push(self.clock);
        let mut phis: Vec<(usize, Node)> = Vec::new();
        for var in assigned {
            let sym = self.facts.occurrences[var.at()].sym;
            let slot = self.slots[sym];
            if !self.is_own(sym) || phis.iter().any(|(other, _)| *other == slot) {
                continue;
            }
            let phi = self.node(Kind::Phi(vec![state.nodes[slot]]));
            state.nodes[slot] = phi;
            phis.push((slot, phi));
        }
        Heads { phis, is_dead: state.is_dead }
    }

    /// Closes the circle: what the end of the body has flows into the φs of the head.
    pub(super) fn loop_back(&mut self, heads: &Heads, state: &State) {
        if state.is_dead && !heads.is_dead {
            return;
        }
        for (slot, phi) in &heads.phis {
            if let Kind::Phi(parts) = &mut self.nodes[*phi as usize]
                && state.nodes[*slot] != *phi
            {
                parts.push(state.nodes[*slot]);
            }
        }
    }
}
