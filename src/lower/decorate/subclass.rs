//! What a class statement runs behind itself: `__init_subclass__` of its bases, and decorators that hand the class back.

use super::Decorator;
use crate::hir::{Arg, Base, Call, Callee, ClassId, Expr, ExprId, Stmt, StmtKind, Trivia};

impl Decorator<'_> {
    /// The calls that follow the statement of a class.
    pub(super) fn behind_class(&mut self, class: ClassId, stmt: &Stmt) -> Vec<Stmt> {
        let mut calls = Vec::new();
        let at = stmt.span;
        let mut hook = self.inherits_hook(class).then(Vec::new);
        for decorator in std::mem::take(&mut self.program.classes[class].decorators) {
            match self.keywords_of(decorator, class) {
                Some(args) => hook = Some(args),
                None => {
                    let given = vec![Arg::Positional(self.made(Expr::Class(class), at))];
                    let callee = match self.program.exprs[decorator] {
                        Expr::Function(function) => Callee::Function(function),
                        Expr::Attr(recv, ref name) => Callee::Method { recv, name: name.clone() },
                        _ => Callee::Value(decorator),
                    };
                    calls.push(self.made(Expr::Call(Call { callee, args: given }), at));
                }
            }
        }
        if let Some(args) = hook {
            let recv = self.made(Expr::Class(class), at);
            let callee = Callee::Method { recv, name: "__init_subclass__".to_string() };
            calls.insert(0, self.made(Expr::Call(Call { callee, args }), at));
        }
        let stmt = |value| Stmt { kind: StmtKind::Expr(value), span: at, trivia: Trivia::default() };
        calls.into_iter().map(stmt).collect()
    }

    /// The keywords of a class statement, which lowering keeps as a call of the hook.
    fn keywords_of(&self, decorator: ExprId, class: ClassId) -> Option<Vec<Arg>> {
        let Expr::Call(Call { callee: Callee::Method { recv, name }, args }) = &self.program.exprs[decorator] else {
            return None;
        };
        let of = matches!(self.program.exprs[*recv], Expr::Class(of) if of == class);
        (of && name == "__init_subclass__").then(|| args.clone())
    }

    /// Whether a class above has `__init_subclass__`.
    fn inherits_hook(&self, class: ClassId) -> bool {
        self.program.classes[class].bases.iter().any(|base| match base {
            Base::Class(base) => self.own_method(*base, "__init_subclass__").is_some() || self.inherits_hook(*base),
            Base::Stub(_) => false,
        })
    }
}
