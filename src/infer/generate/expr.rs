//! Constraints of expressions.

use std::rc::Rc;

use super::Walker;
use crate::hir::*;
use crate::infer::shape::{Callable, ClassRef, Con, Slot};
use crate::infer::solver::{Argument, Given, Op, Site};

impl Walker<'_, '_> {
    /// Where a call stands.
    pub fn site(&mut self, key: (ExprId, u32), args: Vec<Argument>, out: Slot) -> Rc<Site> {
        Rc::new(Site { key, args, out })
    }

    /// What reading a variable gives here.
    pub fn read_var(&mut self, var: VarId) -> Slot {
        match self.facts.get(&var) {
            Some(slot) => *slot,
            None => self.s.var(var),
        }
    }

    /// The slot of an expression, which is walked now.
    pub fn expr(&mut self, id: ExprId) -> Slot {
        let slot = self.compute(id);
        self.s.set_expr(id, slot);
        slot
    }

    fn looked(&mut self, id: ExprId) -> Slot {
        let slot = self.expr(id);
        self.s.slots.look_at(slot);
        slot
    }

    fn compute(&mut self, id: ExprId) -> Slot {
        let program = self.program();
        match &program.exprs[id] {
            Expr::Lit(lit) => self.lit(lit, id),
            Expr::Var(var) => self.read_var(*var),
            Expr::Function(function) | Expr::Lambda(function) => {
                if let Expr::Lambda(_) = &program.exprs[id] {
                    self.def(*function);
                }
                self.s.used.insert(*function);
                self.s.slots.of(Con::Func(Callable::Program(*function, None)))
            }
            Expr::Class(class) => self.s.slots.of(Con::ClassObject(ClassRef::Program(*class))),
            Expr::Stub(name) => {
                let out = self.s.slots.fresh();
                self.s.stub_value(name, out);
                out
            }
            Expr::Module(module) => self.s.slots.of(Con::Module(*module)),
            Expr::Walrus(var, value) => {
                let slot = self.expr(*value);
                self.bind_var(*var, slot);
                slot
            }
            Expr::Unary(op, value) => {
                let operand = if *op == UnOp::Not {
                    let (yes, no) = self.test(*value);
                    let facts = self.merge(yes, no);
                    self.facts = facts;
                    self.s.expr(*value).unwrap_or_else(|| self.s.slots.fresh())
                } else {
                    self.looked(*value)
                };
                let out = self.s.slots.fresh();
                let site = self.site((id, 0), Vec::new(), out);
                self.s.op(Op::Unary { op: *op, value: operand, site });
                out
            }
            Expr::Binary(op, left, right) => {
                let (left, right) = (self.looked(*left), self.looked(*right));
                let out = self.s.slots.fresh();
                let site = self.site((id, 0), Vec::new(), out);
                self.s.op(Op::Binary { op: *op, left, right, in_place: false, site });
                out
            }
            Expr::Compare(first, rest) => {
                let out = self.s.slots.of(Con::Bool);
                let mut left = self.expr(*first);
                for (place, (op, right)) in rest.iter().enumerate() {
                    let slot = self.expr(*right);
                    if !matches!(op, CmpOp::Is | CmpOp::IsNot) {
                        self.s.slots.look_at(left);
                        self.s.slots.look_at(slot);
                    }
                    let result = self.s.slots.fresh();
                    let site = self.site((id, place as u32), Vec::new(), result);
                    self.s.op(Op::Compare { op: *op, left, right: slot, site });
                    left = slot;
                }
                out
            }
            Expr::BoolOp { is_and, operands } => self.bool_op(*is_and, operands),
            Expr::IfExp { test, then, orelse } => {
                let (yes, no) = self.test(*test);
                let out = self.s.slots.fresh();
                self.facts = yes;
                let then = self.expr(*then);
                let after = std::mem::replace(&mut self.facts, no);
                let orelse = self.expr(*orelse);
                let other = std::mem::take(&mut self.facts);
                self.facts = self.merge(after, other);
                self.s.slots.flow(then, out);
                self.s.slots.flow(orelse, out);
                out
            }
            Expr::Call(call) => self.call(id, call),
            Expr::Attr(value, name) => {
                let value = self.looked(*value);
                let out = self.s.slots.fresh();
                self.s.op(Op::Attr { value, name: Rc::from(&**name), out, key: (id, 0) });
                out
            }
            Expr::Index(value, index) => {
                let recv = self.looked(*value);
                let at = self.expr(*index);
                let out = self.s.slots.fresh();
                self.index_op(*value, recv, *index, at, (id, 0), out);
                out
            }
            Expr::Slice { value, lower, upper, step } => {
                let value = self.looked(*value);
                [lower, upper, step].into_iter().flatten().for_each(|part| {
                    let slot = self.expr(*part);
                    self.s.slots.tell(slot);
                });
                let out = self.s.slots.fresh();
                let site = self.site((id, 0), Vec::new(), out);
                self.s.op(Op::Slice { value, site });
                out
            }
            Expr::List(items) => {
                let element = self.items(items);
                self.s.slots.of(Con::List(element))
            }
            Expr::Set(items) => {
                let element = self.items(items);
                self.s.slots.of(Con::Set(element))
            }
            Expr::Tuple(items) => {
                if items.iter().any(|item| matches!(item, Item::Star(_))) {
                    let element = self.items(items);
                    return self.s.slots.of(Con::VarTuple(element));
                }
                let slots: Vec<Slot> = items
                    .iter()
                    .map(|item| {
                        let value = self.expr(item.value());
                        let mine = self.s.slots.fresh();
                        self.s.slots.flow(value, mine);
                        mine
                    })
                    .collect();
                self.s.slots.of(Con::Tuple(slots.into()))
            }
            Expr::Dict(items) => {
                let (keys, values) = (self.s.slots.fresh(), self.s.slots.fresh());
                for item in items {
                    match item {
                        DictItem::Pair(key, value) => {
                            let (key, value) = (self.expr(*key), self.expr(*value));
                            self.s.slots.flow(key, keys);
                            self.s.slots.flow(value, values);
                        }
                        DictItem::Spread(value) => {
                            let value = self.looked(*value);
                            self.s.op(Op::SpreadDict { value, keys, values });
                        }
                    }
                }
                self.s.slots.of(Con::Dict(keys, values))
            }
            Expr::Comp(comp) => self.comp(comp),
            Expr::Format(pieces) => {
                self.pieces(pieces);
                self.s.slots.of(Con::Str)
            }
            Expr::Await(value) => {
                let value = self.looked(*value);
                let out = self.s.slots.fresh();
                self.s.op(Op::Await { value, out, key: id });
                out
            }
            Expr::Yield(value) => {
                let Some(function) = self.function else { return self.s.slots.fresh() };
                let slots = self.s.function(function);
                match value {
                    Some(value) => {
                        let value = self.expr(*value);
                        self.s.slots.flow(value, slots.yields);
                    }
                    None => self.s.slots.add_none(slots.yields),
                }
                // `next(g)` sends None; a generator that is only iterated is sent nothing else.
                let out = self.s.slots.fresh();
                self.s.slots.flow(slots.sends, out);
                self.s.slots.add_none(out);
                out
            }
            Expr::YieldFrom(value) => {
                let value = self.expr(*value);
                let Some(function) = self.function else { return self.s.slots.fresh() };
                let slots = self.s.function(function);
                let out = self.s.slots.fresh();
                self.s.op(Op::Delegate { value, yields: slots.yields, sends: slots.sends, out });
                out
            }
            Expr::Aio(aio) => self.aio(id, aio),
            Expr::Unsupported(_) => self.s.slots.fresh(),
        }
    }

    fn lit(&mut self, lit: &Lit, _id: ExprId) -> Slot {
        let con = match lit {
            Lit::None => {
                let slot = self.s.slots.fresh();
                self.s.slots.add_none(slot);
                return slot;
            }
            Lit::Bool(_) => Con::Bool,
            Lit::Int(_) => Con::Int,
            Lit::BigInt(_) => {
                let slot = self.s.slots.of(Con::Int);
                self.s.mark_big(slot);
                return slot;
            }
            Lit::Float(_) => Con::Float,
            Lit::Imaginary(_) => {
                let slot = self.s.slots.fresh();
                self.s.slots.make_dynamic(slot);
                return slot;
            }
            Lit::Str(_) => Con::Str,
            Lit::Bytes(_) => Con::Bytes,
            Lit::Ellipsis => Con::Ellipsis,
        };
        self.s.slots.of(con)
    }

    /// The joined element of a display.
    fn items(&mut self, items: &[Item]) -> Slot {
        let element = self.s.slots.fresh();
        for item in items {
            match item {
                Item::One(value) => {
                    let value = self.expr(*value);
                    self.s.slots.flow(value, element);
                }
                Item::Star(value) => {
                    let iter = self.expr(*value);
                    self.s.op(Op::Spread { iter, element });
                }
            }
        }
        element
    }

    /// What iterating an expression gives.
    pub fn iterate(&mut self, iter: ExprId, is_async: bool) -> Slot {
        let slot = self.expr(iter);
        let out = self.s.slots.fresh();
        self.s.op(Op::Iterate { iter: slot, out, is_async, key: iter });
        out
    }

    fn comp(&mut self, comp: &Comp) -> Slot {
        let before = self.facts.clone();
        for clause in &comp.clauses {
            let element = self.iterate(clause.iter, clause.is_async);
            self.assign(&clause.target, element);
            for &condition in &clause.conditions {
                let (yes, _) = self.test(condition);
                self.facts = yes;
            }
        }
        let element = self.expr(comp.element);
        let mine = self.s.slots.fresh();
        self.s.slots.flow(element, mine);
        let con = match comp.kind {
            CompKind::List => Con::List(mine),
            CompKind::Set => Con::Set(mine),
            CompKind::Generator if self.suspends(comp) => Con::AsyncGen(mine, self.s.slots.fresh()),
            CompKind::Generator => Con::Iter(mine),
            CompKind::Dict => {
                let value = comp.value.map(|value| self.expr(value));
                let values = self.s.slots.fresh();
                value.into_iter().for_each(|value| self.s.slots.flow(value, values));
                Con::Dict(mine, values)
            }
        };
        self.facts = before;
        self.s.slots.of(con)
    }

    /// A generator expression with `async for` or `await` inside is an async generator.
    fn suspends(&self, comp: &Comp) -> bool {
        let program = self.program();
        let mut awaits = comp.clauses.iter().any(|clause| clause.is_async);
        let mut todo = vec![comp.element];
        for (at, clause) in comp.clauses.iter().enumerate() {
            todo.extend(&clause.conditions);
            if at > 0 {
                todo.push(clause.iter);
            }
        }
        while let Some(expr) = todo.pop() {
            awaits |= matches!(&program.exprs[expr], Expr::Await(_));
            walk::children(program, expr, &mut |child| todo.push(child));
        }
        awaits
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if let Piece::Value { value, spec, .. } = piece {
                let slot = self.looked(*value);
                if !self.s.spec_hides(spec) {
                    self.s.slots.tell(slot);
                }
                self.pieces(spec);
            }
        }
    }

    /// The arguments of a call.
    pub fn args(&mut self, args: &[Arg]) -> Vec<Argument> {
        args.iter()
            .map(|arg| {
                let slot = self.expr(arg.value());
                let given = match arg {
                    Arg::Positional(_) => Given::Positional,
                    Arg::Keyword(name, _) => Given::Keyword(Rc::from(&**name)),
                    Arg::Star(_) => Given::Star,
                    Arg::DoubleStar(_) => Given::DoubleStar,
                };
                Argument { given, slot, expr: Some(arg.value()) }
            })
            .collect()
    }

    fn call(&mut self, id: ExprId, call: &Call) -> Slot {
        let out = self.s.slots.fresh();
        match &call.callee {
            Callee::Function(function) => {
                let args = self.args(&call.args);
                let site = self.site((id, 0), args, out);
                self.s.op(Op::Function { site, function: *function });
            }
            Callee::Class(class) => {
                let args = self.args(&call.args);
                let site = self.site((id, 0), args, out);
                self.s.op(Op::New { site, class: *class });
            }
            Callee::Stub(name) => {
                let args = self.args(&call.args);
                for arg in &args {
                    // Only an iterable that is iterated may be any iterable.
                    if !matches!(
                        &*name.name,
                        "list"
                            | "tuple"
                            | "set"
                            | "sorted"
                            | "sum"
                            | "_sum_plain"
                            | "max"
                            | "min"
                            | "any"
                            | "all"
                            | "enumerate"
                            | "map"
                            | "filter"
                            | "zip"
                            | "iter"
                    ) && arg.given != Given::Star
                    {
                        self.s.slots.look_at(arg.slot);
                    }
                }
                let site = self.site((id, 0), args, out);
                self.s.op(Op::Stub { site, name: Rc::new(name.clone()) });
            }
            Callee::Method { recv, name } => {
                let recv = self.looked(*recv);
                let args = self.args(&call.args);
                for arg in &args {
                    if !matches!(&**name, "join" | "extend" | "update" | "append" | "put") && arg.given != Given::Star {
                        self.s.slots.look_at(arg.slot);
                    }
                }
                let site = self.site((id, 0), args, out);
                self.s.op(Op::Method { site, recv, name: Rc::from(&**name) });
            }
            Callee::Super { class, recv, name } => {
                let recv = self.looked(*recv);
                let args = self.args(&call.args);
                let site = self.site((id, 0), args, out);
                self.s.op(Op::Super { site, class: *class, recv, name: Rc::from(&**name) });
            }
            Callee::Value(value) => {
                let callee = self.looked(*value);
                let args = self.args(&call.args);
                let site = self.site((id, 0), args, out);
                self.s.op(Op::Call { site, callee });
            }
        }
        out
    }

    /// `value[index]`.
    pub fn index_op(&mut self, _value: ExprId, recv: Slot, index: ExprId, at: Slot, key: (ExprId, u32), out: Slot) {
        let program = self.program();
        let constant = match &program.exprs[index] {
            Expr::Lit(Lit::Int(n)) => Some(*n),
            Expr::Unary(UnOp::Neg, inner) => match &program.exprs[*inner] {
                Expr::Lit(Lit::Int(n)) => Some(-n),
                _ => None,
            },
            _ => None,
        };
        let text = self.s.literal_text(index).map(|text| Rc::from(&*text));
        let args = vec![Argument { given: Given::Positional, slot: at, expr: Some(index) }];
        let site = self.site(key, args, out);
        self.s.op(Op::Index { value: recv, index: at, constant, key: text, site });
    }
}
