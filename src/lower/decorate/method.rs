//! Decorated methods: the wrapper is a method too.

use super::{Chain, Current, Decorator, Scope};
use crate::hir::{Aio, Arg, Binding, Call, Callee, ClassId, Expr, ExprId, FnId, Method, ParamKind, Stmt, StmtKind};

impl Decorator<'_> {
    /// Carries out the decorators of a method; what must run before its class is made.
    pub(super) fn method(
        &mut self,
        class: ClassId,
        method: FnId,
        decorators: &[ExprId],
        scope: Scope,
    ) -> Option<Vec<Stmt>> {
        let binding = self.program.functions[method].method?.binding;
        let name = self.program.functions[method].name.clone();
        if binding != Binding::Instance || matches!(&*name, "__init__" | "__new__") {
            return None;
        }
        let before = self.chains.len();
        let (mut made, after, current) = self.apply(method, decorators, scope)?;
        let Current::Function(outermost) = current else {
            self.chains.truncate(before);
            return None;
        };
        made.extend(after);
        self.program.functions[method].decorators.clear();
        let chain: Vec<Chain> = self.chains[before..].to_vec();
        let class_name = self.program.classes[class].name.to_lowercase();
        let bare = name.trim_matches('_').to_string();
        let mut plain = format!("{bare}_undecorated");
        let is_taken = |this: &Self, plain: &str| this.program.functions.iter().any(|(_, other)| other.name == plain);
        if is_taken(self, &plain) {
            plain = format!("{bare}_undecorated_{class_name}");
        }
        if outermost != method {
            let undecorated = &mut self.program.functions[method];
            undecorated.name.clone_from(&plain);
            undecorated.code = Some(name.clone());
        }
        for (at, chain) in chain.iter().enumerate() {
            let wrapper = chain.wrapper;
            let text = if wrapper == outermost { name.clone() } else { format!("{plain}_{}", at + 1) };
            let function = &mut self.program.functions[wrapper];
            function.code = Some(std::mem::replace(&mut function.name, text));
            function.method = Some(Method { class, binding });
            self.program.classes[class].methods.push(wrapper);
            made.retain(|stmt| !matches!(stmt.kind, StmtKind::Def { function, .. } if function == wrapper));
        }
        Some(made)
    }

    /// Calls of methods by what they are become calls through the object.
    pub(super) fn methods(&mut self) {
        let mut methods: Vec<FnId> = Vec::new();
        for chain in &self.chains {
            for id in [chain.wrapper, chain.inner] {
                let is_method =
                    self.program.functions[id].method.is_some_and(|method| method.binding == Binding::Instance);
                if is_method && !methods.contains(&id) {
                    methods.push(id);
                }
            }
        }
        if methods.is_empty() {
            return;
        }
        let is_method = |this: &Self, expr: ExprId| match this.program.exprs[expr] {
            Expr::Function(function) if methods.contains(&function) => Some(function),
            _ => None,
        };
        let all: Vec<ExprId> = self.program.exprs.ids().collect();
        for expr in all {
            let direct = match &self.program.exprs[expr] {
                Expr::Call(Call { callee: Callee::Function(function), .. }) if methods.contains(function) => {
                    Some(*function)
                }
                _ => None,
            };
            let list = self.args_of(expr);
            if let Some(function) = direct
                && let [Arg::Positional(recv), rest @ ..] = &list[..]
            {
                let name = self.program.functions[function].name.clone();
                let call = Call { callee: Callee::Method { recv: *recv, name }, args: rest.to_vec() };
                self.program.exprs[expr] = Expr::Call(call);
                continue;
            }
            // `partial(func, self, x)` is `partial(self.func, x)`.
            let place = list.iter().position(|arg| is_method(self, arg.value()).is_some());
            if let Some(place) = place
                && let Some(Arg::Positional(recv)) = list.get(place + 1)
                && let Some(function) = is_method(self, list[place].value())
            {
                let attr = Expr::Attr(*recv, self.program.functions[function].name.clone());
                let attr = self.made(attr, self.program.span(expr));
                let mut list = list.clone();
                list[place] = Arg::Positional(attr);
                list.remove(place + 1);
                match &mut self.program.exprs[expr] {
                    Expr::Call(call) => call.args = list,
                    Expr::Aio(Aio::Offload { args, .. }) => *args = list,
                    _ => {}
                }
                continue;
            }
            if let Expr::Aio(Aio::Offload { function, .. }) = self.program.exprs[expr]
                && let Some(id) = is_method(self, function)
                && let [Arg::Positional(recv), rest @ ..] = &list[..]
            {
                let attr = Expr::Attr(*recv, self.program.functions[id].name.clone());
                let attr = self.made(attr, self.program.span(expr));
                if let Expr::Aio(Aio::Offload { function, args, .. }) = &mut self.program.exprs[expr] {
                    *function = attr;
                    *args = rest.to_vec();
                }
            }
        }
        // A wrapper whose first parameter is not the object cannot be a method.
        for id in methods {
            let function = &self.program.functions[id];
            let fits = function
                .params
                .first()
                .is_some_and(|param| matches!(param.kind, ParamKind::Positional | ParamKind::PositionalOnly));
            if !fits {
                let refused = Expr::Unsupported("this decorator of a method");
                let refused = self.made(refused, self.program.functions[id].span);
                self.program.functions[id].decorators.push(refused);
            }
        }
    }
}
