//! What is known once names mean functions: calls go to them, what they say of themselves is text, tests are decided.

use std::collections::BTreeSet;

use super::Decorator;
use crate::hir::{Arg, Block, Call, Callee, CmpOp, Expr, ExprId, FnId, FnKind, Lit, StmtKind, UnOp, VarId, walk};

impl Decorator<'_> {
    /// Names of decorated functions mean their wrappers, everywhere.
    pub(super) fn settle(&mut self) {
        let all: Vec<ExprId> = self.program.exprs.ids().collect();
        for &expr in &all {
            if let Expr::Var(var) = self.program.exprs[expr]
                && let Some(function) = self.names.get(&var)
            {
                self.program.exprs[expr] = Expr::Function(*function);
            }
        }
        let gone: BTreeSet<VarId> = self.names.keys().copied().collect();
        for id in self.program.functions.ids().collect::<Vec<_>>() {
            let function = &mut self.program.functions[id];
            function.captures.retain(|var| !gone.contains(var));
            function.locals.retain(|var| !gone.contains(var));
        }
        for id in self.program.modules.ids().collect::<Vec<_>>() {
            self.program.modules[id].vars.retain(|var| !gone.contains(var));
        }
        for var in gone {
            self.program.vars[var].storage = crate::hir::Storage::Local;
        }
        for &expr in &all {
            self.direct_call(expr);
        }
        self.caches_by_name();
        self.wraps();
        for id in self.program.modules.ids().collect::<Vec<_>>() {
            let mut body = std::mem::take(&mut self.program.modules[id].body);
            self.names_by_hand(&mut body);
            self.program.modules[id].body = body;
        }
        for id in self.program.functions.ids().collect::<Vec<_>>() {
            let mut body = std::mem::take(&mut self.program.functions[id].body);
            self.names_by_hand(&mut body);
            self.program.functions[id].body = body;
        }
        for &expr in &all {
            self.say(expr);
        }
        let wrappers: Vec<FnId> = self.chains.iter().map(|chain| chain.wrapper).collect();
        for wrapper in wrappers {
            for inner in [wrapper].into_iter().chain(self.inside(wrapper)) {
                let mut body = std::mem::take(&mut self.program.functions[inner].body);
                self.decide(&mut body);
                self.program.functions[inner].body = body;
            }
        }
    }

    /// A call of a value that is known is a call of that.
    pub(super) fn direct_call(&mut self, expr: ExprId) {
        let callee = match &self.program.exprs[expr] {
            Expr::Call(Call { callee: Callee::Value(value), .. }) => match &self.program.exprs[*value] {
                Expr::Function(function) => Callee::Function(*function),
                Expr::Class(class) => Callee::Class(*class),
                Expr::Stub(stub) => Callee::Stub(stub.clone()),
                _ => return,
            },
            Expr::Call(Call { callee: Callee::Method { recv, name }, .. }) if name == "__wrapped__" => {
                match self.program.exprs[*recv] {
                    Expr::Function(function) => match self.inner_of(function) {
                        Some(inner) => Callee::Function(inner),
                        None => return,
                    },
                    _ => return,
                }
            }
            _ => return,
        };
        if let Expr::Call(call) = &mut self.program.exprs[expr] {
            call.callee = callee;
        }
    }

    /// `functools.wraps(f)` gives the wrapper the names of `f`.
    fn wraps(&mut self) {
        let mut wrappers: Vec<FnId> = self.chains.iter().map(|chain| chain.wrapper).collect();
        wrappers.extend(self.program.functions.ids());
        for wrapper in wrappers {
            let mut decorators = self.program.functions[wrapper].decorators.clone();
            decorators.retain(|decorator| {
                let Expr::Call(Call { callee: Callee::Stub(stub), args }) = &self.program.exprs[*decorator] else {
                    return true;
                };
                let wrapped = args.first().map(|arg| &self.program.exprs[arg.value()]);
                if let (Some(Expr::Function(wrapped)), "wraps") = (wrapped, &*stub.name) {
                    let wrapped = &self.program.functions[*wrapped];
                    let (shown, docs) = (wrapped.shown().to_string(), wrapped.docs.clone());
                    self.program.functions[wrapper].shown = Some(shown);
                    if docs.is_some() {
                        self.program.functions[wrapper].docs = docs;
                    }
                    return false;
                }
                true
            });
            self.program.functions[wrapper].decorators = decorators;
        }
    }

    /// `f.__name__` of a known function is text; `iscoroutinefunction(f)` is known.
    pub(super) fn say(&mut self, expr: ExprId) {
        let attribute = |function: FnId, name: &str| {
            let function = &self.program.functions[function];
            match name {
                "__name__" => Some(function.shown_name().to_string()),
                "__qualname__" => Some(function.shown().to_string()),
                // Of several lines it depends on the version how they are indented.
                "__doc__" => function.docs.clone().filter(|docs| !docs.contains('\n')),
                _ => None,
            }
        };
        let text = match &self.program.exprs[expr] {
            Expr::Attr(object, name) => match self.program.exprs[*object] {
                Expr::Function(function) => attribute(function, name),
                _ => None,
            },
            Expr::Call(Call { callee: Callee::Stub(stub), args }) if stub.name == "getattr" => match args[..] {
                [Arg::Positional(object), Arg::Positional(name), ..] => {
                    match (&self.program.exprs[object], &self.program.exprs[name]) {
                        (Expr::Function(function), Expr::Lit(Lit::Str(name))) => attribute(*function, name),
                        _ => None,
                    }
                }
                _ => None,
            },
            _ => None,
        };
        if let Some(text) = text {
            self.program.exprs[expr] = Expr::Lit(Lit::Str(text));
            return;
        }
        if let Expr::Attr(object, name) = &self.program.exprs[expr]
            && name == "__wrapped__"
            && let Expr::Function(function) = self.program.exprs[*object]
            && let Some(inner) = self.inner_of(function)
        {
            self.program.exprs[expr] = Expr::Function(inner);
        }
        if matches!(self.program.exprs[expr], Expr::Call(_))
            && let Some(known) = self.known(expr)
        {
            self.program.exprs[expr] = Expr::Lit(Lit::Bool(known));
        }
    }

    /// The truth of a test, where it depends on nothing but which function is decorated and with what.
    pub(super) fn known(&self, test: ExprId) -> Option<bool> {
        match &self.program.exprs[test] {
            Expr::Lit(lit) => Some(match lit {
                Lit::None => false,
                Lit::Bool(value) => *value,
                Lit::Int(value) => *value != 0,
                Lit::Float(value) => *value != 0.0,
                Lit::Str(text) => !text.is_empty(),
                _ => return None,
            }),
            Expr::Function(_) | Expr::Class(_) | Expr::Lambda(_) => Some(true),
            Expr::Unary(UnOp::Not, value) => self.known(*value).map(|value| !value),
            Expr::BoolOp { is_and, operands } => {
                let mut all = Some(*is_and);
                for operand in operands {
                    match self.known(*operand) {
                        Some(value) if value != *is_and => return Some(value),
                        Some(_) => {}
                        None => all = None,
                    }
                }
                all
            }
            Expr::Compare(left, rest) => match rest[..] {
                [(op @ (CmpOp::Is | CmpOp::IsNot), right)] => {
                    let is_none = |expr: ExprId| match &self.program.exprs[expr] {
                        Expr::Lit(Lit::None) => Some(true),
                        Expr::Lit(_) | Expr::Function(_) | Expr::Class(_) | Expr::Stub(_) => Some(false),
                        _ => None,
                    };
                    match (is_none(*left)?, is_none(right)?) {
                        (false, false) => None,
                        (left, right) => Some((left == right) == (op == CmpOp::Is)),
                    }
                }
                _ => None,
            },
            Expr::Call(Call { callee: Callee::Stub(stub), args }) => {
                let [Arg::Positional(value)] = args[..] else { return None };
                let value = &self.program.exprs[value];
                let kind = match value {
                    Expr::Function(function) => Some(self.program.functions[*function].kind),
                    Expr::Lambda(_) => Some(FnKind::Plain),
                    Expr::Lit(_) => None,
                    _ => return None,
                };
                match (&*stub.module, &*stub.name) {
                    ("builtins", "callable") => Some(kind.is_some()),
                    ("asyncio" | "asyncio.coroutines", "iscoroutinefunction") => {
                        Some(matches!(kind, Some(FnKind::Coroutine { .. })))
                    }
                    ("inspect", "iscoroutinefunction") => {
                        Some(matches!(kind, Some(FnKind::Coroutine { legacy: false })))
                    }
                    ("inspect", "isgeneratorfunction") => {
                        Some(matches!(kind, Some(FnKind::Generator | FnKind::Coroutine { legacy: true })))
                    }
                    ("inspect", "isasyncgenfunction") => Some(kind == Some(FnKind::AsyncGenerator)),
                    ("inspect", "isfunction") => Some(kind.is_some()),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Tests that are known are decided.
    pub(super) fn decide(&mut self, block: &mut Block) {
        let stmts = std::mem::take(&mut block.stmts);
        for mut stmt in stmts {
            walk::stmt_blocks_mut(&mut stmt, &mut |inner| self.decide(inner));
            match stmt.kind {
                StmtKind::If { test, then, orelse } if self.known(test).is_some() => {
                    let chosen = if self.known(test) == Some(true) { then } else { orelse };
                    block.stmts.extend(chosen.stmts);
                }
                kind => {
                    stmt.kind = kind;
                    block.stmts.push(stmt);
                }
            }
        }
    }
}
