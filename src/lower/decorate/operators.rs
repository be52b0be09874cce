//! `operator.itemgetter(1)`, `operator.mul`: the lambdas that they are.

use super::Decorator;
use crate::hir::{
    Arg, BinOp, Block, Call, Callee, CmpOp, Expr, ExprId, FnId, Function, Item, Lit, ModuleId, Param, ParamKind, Stmt,
    StmtKind, Trivia, UnOp, Var, VarId,
};
use crate::source::Span;

impl Decorator<'_> {
    /// Names of `operator` become what they do.
    pub(super) fn operators(&mut self) {
        let is_operator = |expr: &Expr| match expr {
            Expr::Stub(stub) | Expr::Call(Call { callee: Callee::Stub(stub), .. }) => stub.module == "operator",
            _ => false,
        };
        if !self.program.exprs.iter().any(|(_, expr)| is_operator(expr)) {
            return;
        }
        let mut functions: Vec<(Option<FnId>, ModuleId, Block)> =
            self.program.modules.iter().map(|(id, module)| (None, id, module.body.clone())).collect();
        functions.extend(
            self.program.functions.iter().map(|(id, function)| (Some(id), function.module, function.body.clone())),
        );
        for (owner, module, body) in functions {
            let mut all = Vec::new();
            crate::hir::walk::for_each_expr_in_block(self.program, &body, &mut |expr| all.push(expr));
            for expr in all {
                self.operator(expr, owner, module);
            }
        }
    }

    fn operator(&mut self, expr: ExprId, owner: Option<FnId>, module: ModuleId) {
        let at = self.program.span(expr);
        match &self.program.exprs[expr] {
            Expr::Stub(stub) if stub.module == "operator" => {
                let name = stub.name.clone();
                let count = if matches!(&*name, "neg" | "pos" | "not_" | "truth") { 1 } else { 2 };
                let (function, vars) = self.lambda(owner, module, count, at);
                let operands: Vec<ExprId> = vars.into_iter().map(|var| self.made(Expr::Var(var), at)).collect();
                if let Some(value) = operation(&name, &operands) {
                    let value = self.made(value, at);
                    self.returns_value(function, value, at);
                    self.program.exprs[expr] = Expr::Lambda(function);
                }
            }
            Expr::Call(Call { callee: Callee::Stub(stub), args }) if stub.module == "operator" => {
                let (name, args) = (stub.name.clone(), args.clone());
                let plain: Option<Vec<ExprId>> = args
                    .iter()
                    .map(|arg| match arg {
                        Arg::Positional(value) => Some(*value),
                        _ => None,
                    })
                    .collect();
                let Some(plain) = plain else { return };
                if !matches!(&*name, "itemgetter" | "attrgetter" | "methodcaller") {
                    if let Some(value) = operation(&name, &plain) {
                        self.program.exprs[expr] = value;
                    }
                    return;
                }
                let (function, vars) = self.lambda(owner, module, 1, at);
                let mut values = Vec::new();
                for key in &plain {
                    let mut object = self.made(Expr::Var(vars[0]), at);
                    let text = match &self.program.exprs[*key] {
                        Expr::Lit(Lit::Str(text)) => Some(text.clone()),
                        _ => None,
                    };
                    let value = match (&*name, text) {
                        ("itemgetter", _) => Expr::Index(object, *key),
                        ("attrgetter", Some(text)) => {
                            let (first, last) = text.rsplit_once('.').map_or((None, &*text), |(a, b)| (Some(a), b));
                            for part in first.iter().flat_map(|first| first.split('.')) {
                                object = self.made(Expr::Attr(object, part.to_string()), at);
                            }
                            Expr::Attr(object, last.to_string())
                        }
                        ("methodcaller", Some(name)) => {
                            let args = args[1..].to_vec();
                            Expr::Call(Call { callee: Callee::Method { recv: object, name }, args })
                        }
                        _ => return,
                    };
                    values.push(self.made(value, at));
                    if name == "methodcaller" {
                        break;
                    }
                }
                let value = match values[..] {
                    [value] => value,
                    _ => {
                        let items = values.into_iter().map(Item::One).collect();
                        self.made(Expr::Tuple(items), at)
                    }
                };
                self.returns_value(function, value, at);
                self.program.exprs[expr] = Expr::Lambda(function);
            }
            _ => {}
        }
    }

    fn lambda(&mut self, owner: Option<FnId>, module: ModuleId, count: usize, at: Span) -> (FnId, Vec<VarId>) {
        let mut blank = Function::blank(module, at);
        blank.name = "<lambda>".into();
        blank.qualname = "<lambda>".into();
        blank.parent = owner;
        let id = self.program.functions.alloc(blank);
        let names = if count == 1 { &["value"][..] } else { &["a", "b"][..] };
        let vars: Vec<VarId> =
            names.iter().map(|name| self.program.vars.alloc(Var::local(*name, Some(id), module, at))).collect();
        self.program.functions[id].params =
            vars.iter().map(|var| Param { var: *var, kind: ParamKind::Positional, default: None }).collect();
        (id, vars)
    }

    fn returns_value(&mut self, function: FnId, value: ExprId, at: Span) {
        let stmt = Stmt { kind: StmtKind::Return(Some(value)), span: at, trivia: Trivia::default() };
        let function = &mut self.program.functions[function];
        function.body = Block { stmts: vec![stmt], trailing: Trivia::default() };
        function.exits.returns = true;
    }
}

fn operation(name: &str, operands: &[ExprId]) -> Option<Expr> {
    let binary = match name {
        "add" | "concat" | "iadd" => Some(BinOp::Add),
        "sub" => Some(BinOp::Sub),
        "mul" => Some(BinOp::Mul),
        "truediv" => Some(BinOp::Div),
        "floordiv" => Some(BinOp::FloorDiv),
        "mod" => Some(BinOp::Mod),
        "pow" => Some(BinOp::Pow),
        "and_" => Some(BinOp::BitAnd),
        "or_" => Some(BinOp::BitOr),
        "xor" => Some(BinOp::BitXor),
        "lshift" => Some(BinOp::LShift),
        "rshift" => Some(BinOp::RShift),
        _ => None,
    };
    let compare = match name {
        "eq" => Some(CmpOp::Eq),
        "ne" => Some(CmpOp::NotEq),
        "lt" => Some(CmpOp::Lt),
        "le" => Some(CmpOp::LtE),
        "gt" => Some(CmpOp::Gt),
        "ge" => Some(CmpOp::GtE),
        "is_" => Some(CmpOp::Is),
        "is_not" => Some(CmpOp::IsNot),
        _ => None,
    };
    match (operands, binary, compare) {
        ([a, b], Some(op), _) => Some(Expr::Binary(op, *a, *b)),
        ([a, b], _, Some(op)) => Some(Expr::Compare(*a, vec![(op, *b)])),
        ([a, b], ..) if name == "getitem" => Some(Expr::Index(*a, *b)),
        ([a, b], ..) if name == "contains" => Some(Expr::Compare(*b, vec![(CmpOp::In, *a)])),
        ([a], ..) if name == "neg" => Some(Expr::Unary(UnOp::Neg, *a)),
        ([a], ..) if name == "pos" => Some(Expr::Unary(UnOp::Pos, *a)),
        ([a], ..) if name == "not_" => Some(Expr::Unary(UnOp::Not, *a)),
        _ => None,
    }
}
