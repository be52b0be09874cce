//! `def`, `async def` and `lambda`.

use rustpython_parser::ast::{self, Ranged};

use super::Lowerer;
use super::resolve::Meaning;
use super::scope::{ScopeId, key};
use super::{Context, literal};
use crate::hir::{
    Binding, Block, Default, Exits, Expr, ExprId, FnId, FnKind, Function, Method, ModuleId, Param, ParamKind, Stmt,
    StmtKind, Trivia,
};
use crate::source::Span;

/// A decorator that is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// `@asyncio.coroutine`, `@types.coroutine`.
    Coroutine {
        /// `@types.coroutine`.
        of_types: bool,
    },
    /// It says how a method is bound.
    Bound(Binding),
    /// It says nothing about what is executed: `@abstractmethod`, `@typing.final`.
    Nothing,
}

struct Parts<'a> {
    name: &'a str,
    args: &'a ast::Arguments,
    body: &'a [ast::Stmt],
    decorators: &'a [ast::Expr],
    returns: Option<&'a ast::Expr>,
    is_async: bool,
}

fn parts(stmt: &ast::Stmt) -> Option<Parts<'_>> {
    match stmt {
        ast::Stmt::FunctionDef(def) => Some(Parts {
            name: def.name.as_str(),
            args: &def.args,
            body: &def.body,
            decorators: &def.decorator_list,
            returns: def.returns.as_deref(),
            is_async: false,
        }),
        ast::Stmt::AsyncFunctionDef(def) => Some(Parts {
            name: def.name.as_str(),
            args: &def.args,
            body: &def.body,
            decorators: &def.decorator_list,
            returns: def.returns.as_deref(),
            is_async: true,
        }),
        _ => None,
    }
}

impl<'a> Lowerer<'a, '_> {
    /// Lowers a `def`; `None`: it is an overload without a body of its own.
    pub(super) fn function_def(&mut self, stmt: &'a ast::Stmt) -> Option<StmtKind> {
        let id = *self.fn_ids.get(&key(stmt))?;
        let parts = parts(stmt)?;
        let var = match self.scopes.home(self.cx.scope, parts.name) {
            Some(home) if self.cx.class_body.is_none() => match self.symbol_meaning(home, parts.name) {
                Meaning::Function(_) => None,
                _ => Some((home, self.name_span(stmt, parts.name))),
            },
            _ => None,
        };
        self.lower_function(id, stmt, &parts);
        let var = var.map(|(home, span)| self.write(home, parts.name, span));
        Some(StmtKind::Def { function: id, var })
    }

    /// Lowers a `def` of a class body.
    pub(super) fn method_def(&mut self, stmt: &'a ast::Stmt) -> Option<FnId> {
        let id = *self.fn_ids.get(&key(stmt))?;
        let parts = parts(stmt)?;
        self.lower_function(id, stmt, &parts);
        Some(id)
    }

    fn lower_function(&mut self, id: FnId, stmt: &'a ast::Stmt, parts: &Parts<'a>) {
        let mut decorators = Vec::new();
        let mut legacy = false;
        let mut binding = Binding::Instance;
        let is_abstract = parts.decorators.iter().any(|decorator| {
            self.stub_path(self.cx.scope, decorator)
                .is_some_and(|of| of.module == "abc" && of.name.starts_with("abstract"))
        });
        for decorator in parts.decorators {
            match self.known_decorator(self.cx.scope, decorator) {
                Some(Known::Coroutine { of_types }) => {
                    legacy = true;
                    if !of_types {
                        self.program.known_until(10);
                    }
                }
                Some(Known::Bound(found)) => binding = found,
                Some(Known::Nothing) => {}
                None => decorators.push(self.expr(decorator)),
            }
        }
        decorators.reverse();
        let class = self.cx.class_body;
        if class.is_some() && matches!(parts.name, "__new__" | "__init_subclass__" | "__class_getitem__") {
            binding = if parts.name == "__new__" { Binding::Static } else { Binding::Class };
        }
        let scope = self.scopes.of_node.get(&key(stmt)).copied().unwrap_or(self.cx.scope);
        let yields = self.scopes.get(scope).yields;
        // `__await__` that delegates is a coroutine.
        let legacy = legacy || class.is_some() && parts.name == "__await__" && yields;
        let kind = match (parts.is_async, legacy, yields) {
            (true, _, true) => FnKind::AsyncGenerator,
            (true, _, false) => FnKind::Coroutine { legacy: false },
            (false, true, _) => FnKind::Coroutine { legacy: true },
            (false, false, true) => FnKind::Generator,
            (false, false, false) => FnKind::Plain,
        };
        // What is made of a function says that it is that function.
        let shown = parts.name.split(super::expand::MARK).next().unwrap_or(parts.name);
        let qualname = format!("{}{shown}", self.cx.prefix);
        let returns = parts.returns.map(|returns| self.annotation(returns));
        let span = self.name_span(stmt, parts.name);
        {
            let name = if class.is_some() { self.private(parts.name) } else { super::expand::plain(parts.name) };
            let function = &mut self.program.functions[id];
            function.name = name;
            function.qualname.clone_from(&qualname);
            function.kind = kind;
            function.parent = self.cx.function;
            function.method = class.map(|class| Method { class, binding });
            function.returns = returns;
            function.decorators = decorators;
            function.made = stmt.range().is_empty();
            function.is_abstract = is_abstract;
            function.span = span;
        }
        let defaults = self.defaults(id, parts.name, parts.args);
        let first = first_param(parts.args);
        let method = match (class, first) {
            (Some(class), Some(first)) if binding != Binding::Static || parts.name == "__new__" => Some((class, first)),
            // A function inside a method sees the class and its `self` too.
            (Some(_), _) => None,
            (None, _) => self.cx.method.clone(),
        };
        let outer = self.enter(id, scope, method, legacy && !parts.is_async, format!("{qualname}.<locals>."));
        let params = self.params(parts.args, defaults);
        let ((docs, body), exits) = self.exits_of(|this| {
            let (docs, rest) = this.docstring(parts.body);
            let mut body = this.stmts(rest);
            body.trailing = this.below(parts.body);
            (docs, body)
        });
        self.leave(outer);
        let function = &mut self.program.functions[id];
        function.params = params;
        function.docs = docs;
        function.body = body;
        function.exits = exits;
    }

    fn enter(
        &mut self,
        id: FnId,
        scope: ScopeId,
        method: Option<(crate::hir::ClassId, String)>,
        legacy: bool,
        prefix: String,
    ) -> (Context, Exits) {
        let cx = Context {
            module: self.cx.module,
            scope,
            function: Some(id),
            class_body: None,
            method,
            legacy,
            prefix,
            types_only: self.cx.types_only,
            conditional: true,
        };
        (std::mem::replace(&mut self.cx, cx), self.exits)
    }

    fn leave(&mut self, (cx, exits): (Context, Exits)) {
        self.cx = cx;
        self.exits = exits;
    }

    /// Lowers a `lambda`.
    pub(super) fn lambda(&mut self, expr: &'a ast::Expr, it: &'a ast::ExprLambda, span: Span) -> ExprId {
        let module = ModuleId::from_raw(self.cx.module as u32);
        let id = self.program.functions.alloc(Function::blank(module, span));
        let scope = self.scopes.of_node.get(&key(expr)).copied().unwrap_or(self.cx.scope);
        self.scope_owners.insert(scope, id);
        let yields = self.scopes.get(scope).yields;
        let qualname = format!("{}<lambda>", self.cx.prefix);
        {
            let function = &mut self.program.functions[id];
            function.name = "<lambda>".to_string();
            function.kind = if yields { FnKind::Generator } else { FnKind::Plain };
            function.parent = self.cx.function;
        }
        let defaults = self.defaults(id, "lambda", &it.args);
        let method = self.cx.method.clone();
        let outer = self.enter(id, scope, method, false, format!("{qualname}.<locals>."));
        let params = self.params(&it.args, defaults);
        let (value, mut exits) = self.exits_of(|this| this.expr(&it.body));
        exits.returns = true;
        let at = self.span(&*it.body);
        self.leave(outer);
        let stmt = Stmt { kind: StmtKind::Return(Some(value)), span: at, trivia: Trivia::default() };
        let function = &mut self.program.functions[id];
        function.qualname = qualname;
        function.params = params;
        function.body = Block { stmts: vec![stmt], trailing: Trivia::default() };
        function.exits = exits;
        self.alloc(Expr::Lambda(id), span)
    }

    /// The defaults of all parameters, in the order of the `def`; they belong to the scope around.
    fn defaults(&mut self, id: FnId, function: &str, args: &'a ast::Arguments) -> Vec<Option<Default>> {
        let all = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
        all.map(|arg| {
            let default = arg.default.as_deref()?;
            let value = self.expr(default);
            let is_static = matches!(self.program.exprs[value], Expr::Function(_) | Expr::Class(_) | Expr::Stub(_));
            if literal::is_immutable(default) || is_static {
                return Some(Default::Inline(value));
            }
            let name = format!("{function}_{}", arg.def.arg.as_str());
            let span = self.span(default);
            // A name of its own: Python has none for it. The blank keeps it apart from every Python name.
            let sym = self.sym(self.cx.scope, &format!("{name} {}", span.start));
            self.syms[sym].name = name;
            self.syms[sym].is_default = true;
            self.syms[sym].is_comp = self.cx.function.is_some() || function == "lambda";
            self.syms[sym].users.insert(id);
            self.captures.entry(id).or_default().insert(sym);
            let var = self.provisional(sym, span);
            Some(Default::Once { value, var })
        })
        .collect()
    }

    /// The parameters; lowering is inside the function.
    fn params(&mut self, args: &'a ast::Arguments, defaults: Vec<Option<Default>>) -> Vec<Param> {
        let mut defaults = defaults.into_iter();
        let mut params = Vec::new();
        for arg in &args.posonlyargs {
            let default = defaults.next().flatten();
            params.push(self.param(&arg.def, ParamKind::PositionalOnly, default));
        }
        for arg in &args.args {
            let default = defaults.next().flatten();
            params.push(self.param(&arg.def, ParamKind::Positional, default));
        }
        if let Some(arg) = &args.vararg {
            params.push(self.param(arg, ParamKind::Args, None));
        }
        for arg in &args.kwonlyargs {
            let default = defaults.next().flatten();
            params.push(self.param(&arg.def, ParamKind::Keyword, default));
        }
        if let Some(arg) = &args.kwarg {
            params.push(self.param(arg, ParamKind::Kwargs, None));
        }
        params
    }

    fn param(&mut self, arg: &'a ast::Arg, kind: ParamKind, default: Option<Default>) -> Param {
        let annotation = arg.annotation.as_ref().map(|annotation| self.annotation(annotation));
        let span = self.span(arg);
        let span = Span::new(span.file, span.start..span.start + arg.arg.as_str().len() as u32);
        let var = self.write(self.cx.scope, arg.arg.as_str(), span);
        self.occurrences[var.at()].annotation = annotation.map(Box::new);
        Param { var, kind, default }
    }

    fn known_decorator(&self, home: ScopeId, expr: &ast::Expr) -> Option<Known> {
        if let ast::Expr::Attribute(it) = expr
            && matches!(&*it.value, ast::Expr::Name(_))
            && self.path_in(home, &it.value).is_some_and(|of| matches!(of, Meaning::ClassName(..)))
        {
            return match it.attr.as_str() {
                "setter" => Some(Known::Bound(Binding::Setter)),
                "getter" => Some(Known::Bound(Binding::Getter)),
                _ => None,
            };
        }
        let of = self.stub_path(home, expr)?;
        match (&*of.module, &*of.name) {
            ("asyncio" | "asyncio.coroutines", "coroutine") => Some(Known::Coroutine { of_types: false }),
            ("types", "coroutine") => Some(Known::Coroutine { of_types: true }),
            ("builtins", "staticmethod") => Some(Known::Bound(Binding::Static)),
            ("builtins", "classmethod") => Some(Known::Bound(Binding::Class)),
            ("builtins", "property") | ("abc", "abstractproperty") => Some(Known::Bound(Binding::Getter)),
            ("abc", "abstractmethod") => Some(Known::Nothing),
            ("typing" | "typing_extensions", "final" | "override" | "no_type_check") => Some(Known::Nothing),
            _ => None,
        }
    }

    /// Whether a decorator leaves the function what it is, as far as names go.
    pub(super) fn is_known_decorator(&self, home: ScopeId, expr: &ast::Expr) -> bool {
        // `@functools.wraps(f)` changes what the function says of itself, not what it is.
        let is_wraps = match expr {
            ast::Expr::Call(call) => {
                self.stub_path(home, &call.func).is_some_and(|of| of.module == "functools" && of.name == "wraps")
            }
            _ => false,
        };
        is_wraps || self.known_decorator(home, expr).is_some()
    }
}

fn first_param(args: &ast::Arguments) -> Option<String> {
    let mut all = args.posonlyargs.iter().chain(&args.args);
    all.next().map(|arg| arg.def.arg.to_string())
}
