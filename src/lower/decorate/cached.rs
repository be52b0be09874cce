//! `functools.lru_cache`: a cache beside the function, asked first.

use super::{Decorator, Scope, assign};
use crate::hir::{
    Arg, Block, Call, Callee, Expr, ExprId, FnId, FnKind, Function, Lit, Param, ParamKind, Stmt, StmtKind, Storage,
    StubRef, Trivia, Var, VarId,
};
use crate::source::Span;

impl Decorator<'_> {
    /// The size of a cache: `lru_cache(maxsize=…)`; `None`: the decorator is written in another way.
    pub(super) fn cache_size(&mut self, decorator: ExprId) -> Option<Option<ExprId>> {
        let at = self.program.span(decorator);
        match &self.program.exprs[decorator] {
            Expr::Stub(stub) if stub.name == "cache" => Some(Some(self.made(Expr::Lit(Lit::None), at))),
            Expr::Stub(_) => Some(None),
            Expr::Call(call) => {
                let mut size = None;
                for arg in &call.args {
                    match arg {
                        Arg::Positional(value) if size.is_none() => size = Some(*value),
                        Arg::Keyword(name, value) if name == "maxsize" => size = Some(*value),
                        Arg::Keyword(name, value) if name == "typed" => {
                            if !matches!(self.program.exprs[*value], Expr::Lit(Lit::Bool(false))) {
                                return None;
                            }
                        }
                        _ => return None,
                    }
                }
                Some(size)
            }
            _ => None,
        }
    }

    /// The function that asks the cache before it calls.
    pub(super) fn cached(
        &mut self,
        function: FnId,
        size: Option<ExprId>,
        scope: Scope,
        at: Span,
        out: &mut Vec<Stmt>,
    ) -> Option<FnId> {
        let inner = &self.program.functions[function];
        let (name, qualname, docs) = (inner.name.clone(), inner.qualname.clone(), inner.docs.clone());
        let returns = inner.returns.clone().filter(|_| inner.kind == FnKind::Plain);
        let storage = if scope.owner.is_none() { Storage::Global } else { Storage::Local };
        let cache = self.variable(&format!("{name}_cache"), scope.owner, scope, storage, at);
        match scope.owner {
            Some(owner) => self.program.functions[owner].locals.push(cache),
            None => self.program.modules[scope.module].vars.push(cache),
        }
        let size = match size {
            Some(size) => size,
            None => self.made(Expr::Lit(Lit::Int(128)), at),
        };
        let class = StubRef::new("functools", "Cache");
        let made = Call { callee: Callee::Stub(class), args: vec![Arg::Positional(size)] };
        let made = self.made(Expr::Call(made), at);
        out.push(assign(cache, made, at));

        let blank = Function::blank(scope.module, at);
        let wrapper = self.program.functions.alloc(blank);
        let args = self.variable("key", Some(wrapper), scope, Storage::Local, at);
        let kwargs = self.variable("kwargs", Some(wrapper), scope, Storage::Local, at);
        let star = |this: &mut Self| {
            let (args, kwargs) = (this.made(Expr::Var(args), at), this.made(Expr::Var(kwargs), at));
            vec![Arg::Star(args), Arg::DoubleStar(kwargs)]
        };
        let has = self.of_cache(cache, "has", vec![args], at);
        let found = self.of_cache(cache, "found", Vec::new(), at);
        let given = star(self);
        let call = self.made(Expr::Call(Call { callee: Callee::Function(function), args: given }), at);
        let result = self.variable("result", Some(wrapper), scope, Storage::Local, at);
        let store = self.of_cache(cache, "store", vec![args, result], at);
        let stmt = |kind| Stmt { kind, span: at, trivia: Trivia::default() };
        let then = Block { stmts: vec![stmt(StmtKind::Return(Some(found)))], trailing: Trivia::default() };
        let body = vec![
            stmt(StmtKind::If { test: has, then, orelse: Block::default() }),
            assign(result, call, at),
            stmt(StmtKind::Return(Some(store))),
        ];
        let params = vec![
            Param { var: args, kind: ParamKind::Args, default: None },
            Param { var: kwargs, kind: ParamKind::Kwargs, default: None },
        ];
        let made = &mut self.program.functions[wrapper];
        made.name.clone_from(&name);
        made.code = Some(name);
        made.qualname = qualname;
        made.docs = docs;
        made.returns = returns;
        made.params = params;
        made.locals.push(result);
        made.parent = scope.owner;
        made.exits.returns = true;
        if scope.owner.is_some() {
            made.captures.push(cache);
        }
        made.body = Block { stmts: body, trailing: Trivia::default() };
        out.push(stmt(StmtKind::Def { function: wrapper, var: None }));
        self.caches.insert(wrapper, cache);
        Some(wrapper)
    }

    fn of_cache(&mut self, cache: VarId, name: &str, args: Vec<VarId>, at: Span) -> ExprId {
        let recv = self.made(Expr::Var(cache), at);
        let args = args.into_iter().map(|var| Arg::Positional(self.made(Expr::Var(var), at))).collect();
        self.made(Expr::Call(Call { callee: Callee::Method { recv, name: name.into() }, args }), at)
    }

    fn variable(&mut self, name: &str, owner: Option<FnId>, scope: Scope, storage: Storage, span: Span) -> VarId {
        self.program.vars.alloc(Var { storage, ..Var::local(name, owner, scope.module, span) })
    }

    /// `f.cache_info()` asks the cache.
    pub(super) fn caches_by_name(&mut self) {
        let all: Vec<ExprId> = self.program.exprs.ids().collect();
        for expr in all {
            let recv = match &self.program.exprs[expr] {
                Expr::Call(Call { callee: Callee::Method { recv, name }, .. }) if name.starts_with("cache_") => *recv,
                _ => continue,
            };
            if let Expr::Function(function) = self.program.exprs[recv]
                && let Some(cache) = self.caches.get(&function)
            {
                self.program.exprs[recv] = Expr::Var(*cache);
            }
        }
    }
}
