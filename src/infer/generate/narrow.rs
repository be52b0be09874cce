//! What a test shows of the variables in it.

use std::rc::Rc;

use super::{Facts, Walker};
use crate::hir::*;
use crate::infer::shape::Slot;
use crate::infer::solver::{ClassTest, Filter, Op};

impl Walker<'_, '_> {
    /// Walks a test; what is known when it is true, and when it is false.
    pub fn test(&mut self, id: ExprId) -> (Facts, Facts) {
        let program = self.program();
        match &program.exprs[id] {
            Expr::Unary(UnOp::Not, inner) => {
                let (yes, no) = self.test(*inner);
                let slot = self.s.slots.of(crate::infer::shape::Con::Bool);
                self.s.set_expr(id, slot);
                (no, yes)
            }
            Expr::BoolOp { is_and, operands } => {
                let out = self.s.slots.fresh();
                let mut other: Option<Facts> = None;
                let mut through = self.facts.clone();
                for (at, &operand) in operands.iter().enumerate() {
                    let (yes, no) = self.test(operand);
                    if let Some(slot) = self.s.expr(operand) {
                        let last = at + 1 == operands.len();
                        self.flow_operand(*is_and, last, slot, out);
                    }
                    let (goes_on, leaves) = if *is_and { (yes, no) } else { (no, yes) };
                    other = Some(match other {
                        Some(other) => self.merge(other, leaves),
                        None => leaves,
                    });
                    self.facts = goes_on.clone();
                    through = goes_on;
                }
                self.s.set_expr(id, out);
                let other = other.unwrap_or_default();
                if *is_and { (through, other) } else { (other, through) }
            }
            Expr::Compare(first, rest) => {
                self.expr(id);
                let facts = self.facts.clone();
                let [(op, right)] = rest.as_slice() else { return (facts.clone(), facts) };
                let none = |expr: ExprId| matches!(&program.exprs[expr], Expr::Lit(Lit::None));
                let var = match (none(*first), none(*right)) {
                    (false, true) => self.tested(*first),
                    (true, false) => self.tested(*right),
                    _ => None,
                };
                let Some(var) = var else { return (facts.clone(), facts) };
                match op {
                    CmpOp::Is | CmpOp::Eq => {
                        let yes = self.with(facts.clone(), var, Filter::OnlyNone);
                        let no = self.with(facts, var, Filter::NotNone);
                        (yes, no)
                    }
                    CmpOp::IsNot | CmpOp::NotEq => {
                        let yes = self.with(facts.clone(), var, Filter::NotNone);
                        let no = self.with(facts, var, Filter::OnlyNone);
                        (yes, no)
                    }
                    _ => (facts.clone(), facts),
                }
            }
            Expr::Call(call) => {
                self.expr(id);
                let facts = self.facts.clone();
                let Callee::Stub(name) = &call.callee else { return (facts.clone(), facts) };
                let kind = kind_test(name);
                let tests = match (&kind, &call.args[..]) {
                    (Some(kind), [_]) => Some(vec![ClassTest::Stub(kind.clone())]),
                    (None, [_, classes]) if name.module == "builtins" && name.name == "isinstance" => {
                        self.class_tests(classes.value())
                    }
                    _ => None,
                };
                let Some(tests) = tests else { return (facts.clone(), facts) };
                let Some(var) = self.tested(call.args[0].value()) else { return (facts.clone(), facts) };
                if let Some(slot) = self.s.expr(call.args[0].value()) {
                    self.s.slots.tell(slot);
                }
                let tests: Rc<[ClassTest]> = tests.into();
                let yes = self.with(facts.clone(), var, Filter::Instance(Rc::clone(&tests)));
                let no = self.with(facts, var, Filter::NotInstance(tests));
                (yes, no)
            }
            Expr::Var(_) | Expr::Walrus(..) => {
                self.expr(id);
                let facts = self.facts.clone();
                match self.tested(id) {
                    Some(var) => {
                        let yes = self.with(facts.clone(), var, Filter::NotNone);
                        (yes, facts)
                    }
                    None => (facts.clone(), facts),
                }
            }
            _ => {
                self.expr(id);
                (self.facts.clone(), self.facts.clone())
            }
        }
    }

    /// The variable that an expression reads, if tests of it hold until it is assigned again.
    fn tested(&self, expr: ExprId) -> Option<VarId> {
        let var = match &self.program().exprs[expr] {
            Expr::Var(var) | Expr::Walrus(var, _) => *var,
            _ => return None,
        };
        (self.program().vars[var].storage == Storage::Local).then_some(var)
    }

    fn with(&mut self, mut facts: Facts, var: VarId, filter: Filter) -> Facts {
        let from = facts.get(&var).copied().unwrap_or_else(|| self.s.var(var));
        let to = self.s.slots.fresh();
        self.s.op(Op::Narrow { from, filter, to });
        facts.insert(var, to);
        facts
    }

    /// The classes of `isinstance(x, classes)`.
    pub fn class_tests(&mut self, expr: ExprId) -> Option<Vec<ClassTest>> {
        match &self.program().exprs[expr] {
            Expr::Class(class) => Some(vec![ClassTest::Program(*class)]),
            Expr::Stub(name) => {
                let real = self.s.entry(name).map_or_else(|| name.clone(), |(real, _)| (*real).clone());
                Some(vec![ClassTest::Stub(real)])
            }
            Expr::Tuple(items) => {
                let mut tests = Vec::new();
                for item in items {
                    tests.extend(self.class_tests(item.value())?);
                }
                Some(tests)
            }
            _ => None,
        }
    }

    /// `a and b`, as a value.
    pub fn bool_op(&mut self, is_and: bool, operands: &[ExprId]) -> Slot {
        let out = self.s.slots.fresh();
        let before = self.facts.clone();
        for (at, &operand) in operands.iter().enumerate() {
            let (yes, no) = self.test(operand);
            if let Some(slot) = self.s.expr(operand) {
                self.flow_operand(is_and, at + 1 == operands.len(), slot, out);
            }
            self.facts = if is_and { yes } else { no };
        }
        // What a later operand assigned may not have happened.
        let mut facts = before;
        let after = std::mem::take(&mut self.facts);
        facts.retain(|var, slot| after.get(var) == Some(slot));
        self.facts = facts;
        out
    }

    /// Which values of an operand may be the result: `a or b` is never the `None` that `a` may be.
    fn flow_operand(&mut self, is_and: bool, last: bool, slot: Slot, out: Slot) {
        if last || is_and {
            self.s.slots.flow(slot, out);
            return;
        }
        let some = self.s.slots.fresh();
        self.s.op(Op::Narrow { from: slot, filter: Filter::NotNone, to: some });
        self.s.slots.flow(some, out);
    }

    /// Whether a constant test lets control into its branches.
    pub fn reach(&self, test: ExprId) -> (bool, bool) {
        match &self.program().exprs[test] {
            Expr::Lit(Lit::Bool(true)) => (true, false),
            Expr::Lit(Lit::Int(n)) => (*n != 0, *n == 0),
            Expr::Lit(Lit::Bool(false) | Lit::None) => (false, true),
            _ => (true, true),
        }
    }
}

/// The class that a test of a value's kind asks for.
fn kind_test(name: &StubRef) -> Option<StubRef> {
    let class = match (&*name.module, &*name.name) {
        ("asyncio" | "inspect", "iscoroutine") => "Coroutine",
        ("inspect", "isawaitable") => "Awaitable",
        ("asyncio", "isfuture") => "Future",
        ("builtins", "callable") => "Callable",
        _ => return None,
    };
    Some(StubRef::new("collections.abc", class))
}
