//! Expressions, targets and patterns as text.

use super::{Dump, stub};
use crate::hir::*;

impl Dump<'_> {
    pub(super) fn expr(&self, id: ExprId) -> String {
        match &self.program.exprs[id] {
            Expr::Lit(lit) => literal(lit),
            Expr::Var(var) => self.names[var.at()].clone(),
            Expr::Function(function) => self.program.functions[*function].name.clone(),
            Expr::Class(class) => self.program.classes[*class].name.clone(),
            Expr::Stub(of) => stub(of),
            Expr::Module(module) => self.program.modules[*module].name.clone(),
            Expr::Walrus(var, value) => format!("({} := {})", self.names[var.at()], self.expr(*value)),
            Expr::Unary(op, value) => {
                let word = match op {
                    UnOp::Neg => "-",
                    UnOp::Pos => "+",
                    UnOp::Invert => "~",
                    UnOp::Not => "not ",
                };
                format!("{word}{}", self.inner(*value))
            }
            Expr::Binary(op, left, right) => {
                format!("{} {} {}", self.inner(*left), op.symbol(), self.inner(*right))
            }
            Expr::Compare(first, rest) => {
                let mut text = self.inner(*first);
                for (op, value) in rest {
                    text += &format!(" {} {}", comparison(*op), self.inner(*value));
                }
                text
            }
            Expr::BoolOp { is_and, operands } => {
                let parts: Vec<String> = operands.iter().map(|value| self.inner(*value)).collect();
                parts.join(if *is_and { " and " } else { " or " })
            }
            Expr::IfExp { test, then, orelse } => {
                format!("{} if {} else {}", self.inner(*then), self.inner(*test), self.inner(*orelse))
            }
            Expr::Call(call) => self.call(call),
            Expr::Attr(value, name) => format!("{}.{name}", self.inner(*value)),
            Expr::Index(value, index) => format!("{}[{}]", self.inner(*value), self.expr(*index)),
            Expr::Slice { value, lower, upper, step } => {
                format!("{}[{}]", self.inner(*value), self.slice([*lower, *upper, *step]))
            }
            Expr::List(items) => format!("[{}]", self.items(items)),
            Expr::Tuple(items) => match &**items {
                [one] => format!("({},)", self.items(&[*one])),
                items => format!("({})", self.items(items)),
            },
            Expr::Set(items) => format!("{{{}}}", self.items(items)),
            Expr::Dict(items) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| match item {
                        DictItem::Pair(key, value) => format!("{}: {}", self.expr(*key), self.expr(*value)),
                        DictItem::Spread(value) => format!("**{}", self.inner(*value)),
                    })
                    .collect();
                format!("{{{}}}", items.join(", "))
            }
            Expr::Comp(comp) => self.comp(comp),
            Expr::Lambda(function) => self.lambda(*function),
            Expr::Format(pieces) => format!("f\"{}\"", self.pieces(pieces)),
            Expr::Await(value) => format!("await {}", self.inner(*value)),
            Expr::Yield(None) => "yield".to_string(),
            Expr::Yield(Some(value)) => format!("yield {}", self.expr(*value)),
            Expr::YieldFrom(value) => format!("yield from {}", self.expr(*value)),
            Expr::Aio(aio) => self.aio(aio),
            Expr::Unsupported(what) => format!("unsupported({what})"),
        }
    }

    /// An operand: in parentheses when it is more than one word.
    fn inner(&self, id: ExprId) -> String {
        let text = self.expr(id);
        match &self.program.exprs[id] {
            Expr::Unary(..)
            | Expr::Binary(..)
            | Expr::Compare(..)
            | Expr::BoolOp { .. }
            | Expr::IfExp { .. }
            | Expr::Lambda(_)
            | Expr::Await(_)
            | Expr::Yield(_)
            | Expr::YieldFrom(_) => format!("({text})"),
            _ => text,
        }
    }

    fn items(&self, items: &[Item]) -> String {
        let one = |item: &Item| match item {
            Item::One(value) => self.expr(*value),
            Item::Star(value) => format!("*{}", self.inner(*value)),
        };
        items.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    fn args(&self, args: &[Arg]) -> String {
        let one = |arg: &Arg| match arg {
            Arg::Positional(value) => self.expr(*value),
            Arg::Keyword(name, value) => format!("{name}={}", self.expr(*value)),
            Arg::Star(value) => format!("*{}", self.inner(*value)),
            Arg::DoubleStar(value) => format!("**{}", self.inner(*value)),
        };
        args.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    fn call(&self, call: &Call) -> String {
        let args = self.args(&call.args);
        match &call.callee {
            Callee::Function(function) => format!("{}({args})", self.program.functions[*function].name),
            Callee::Class(class) => format!("{}({args})", self.program.classes[*class].name),
            Callee::Stub(of) => format!("{}({args})", stub(of)),
            Callee::Method { recv, name } => format!("{}.{name}({args})", self.inner(*recv)),
            Callee::Super { class, recv, name } => {
                let class = &self.program.classes[*class].name;
                format!("super({class}, {}).{name}({args})", self.expr(*recv))
            }
            Callee::Value(value) => format!("{}({args})", self.inner(*value)),
        }
    }

    fn slice(&self, parts: [Option<ExprId>; 3]) -> String {
        let [lower, upper, step] = parts.map(|part| part.map(|part| self.expr(part)));
        let mut text = format!("{}:{}", lower.unwrap_or_default(), upper.unwrap_or_default());
        if let Some(step) = step {
            text += &format!(":{step}");
        }
        text
    }

    fn comp(&self, comp: &Comp) -> String {
        let mut text = self.expr(comp.element);
        if let Some(value) = comp.value {
            text += &format!(": {}", self.expr(value));
        }
        for clause in &comp.clauses {
            let word = if clause.is_async { "async for" } else { "for" };
            text += &format!(" {word} {} in {}", self.target(&clause.target), self.expr(clause.iter));
            for condition in &clause.conditions {
                text += &format!(" if {}", self.expr(*condition));
            }
        }
        match comp.kind {
            CompKind::List => format!("[{text}]"),
            CompKind::Set | CompKind::Dict => format!("{{{text}}}"),
            CompKind::Generator => format!("({text})"),
        }
    }

    fn lambda(&self, id: FnId) -> String {
        let function = &self.program.functions[id];
        let body = match function.body.stmts.first().map(|stmt| &stmt.kind) {
            Some(StmtKind::Return(Some(value))) => self.expr(*value),
            _ => String::new(),
        };
        let captures: Vec<&str> = function.captures.iter().map(|var| &*self.names[var.at()]).collect();
        let captures = if captures.is_empty() { String::new() } else { format!("[{}] ", captures.join(", ")) };
        format!("lambda {captures}{}: {body}", self.params(function))
    }

    pub(super) fn params(&self, function: &Function) -> String {
        let mut parts = Vec::new();
        let mut before = ParamKind::PositionalOnly;
        for param in &function.params {
            if before == ParamKind::PositionalOnly && param.kind != before && !parts.is_empty() {
                parts.push("/".to_string());
            }
            let starts = param.kind == ParamKind::Keyword && !matches!(before, ParamKind::Keyword | ParamKind::Args);
            if starts {
                parts.push("*".to_string());
            }
            before = param.kind;
            let var = &self.program.vars[param.var];
            let mut text = match param.kind {
                ParamKind::Args => format!("*{}", self.names[param.var.at()]),
                ParamKind::Kwargs => format!("**{}", self.names[param.var.at()]),
                _ => self.names[param.var.at()].clone(),
            };
            if let Some(annotation) = &var.annotation {
                text += &format!(": {}", annotation.text);
            }
            if var.storage == Storage::Cell {
                text += " (cell)";
            }
            match param.default {
                Some(Default::Inline(value)) => text += &format!(" = {}", self.expr(value)),
                Some(Default::Once { value, var }) => {
                    text += &format!(" = once {} = {}", self.names[var.at()], self.expr(value));
                }
                None => {}
            }
            parts.push(text);
        }
        parts.join(", ")
    }

    fn pieces(&self, pieces: &[Piece]) -> String {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(part) => text += &part.escape_debug().to_string().replace('{', "{{").replace('}', "}}"),
                Piece::Value { value, conversion, spec } => {
                    text += &format!("{{{}", self.expr(*value));
                    conversion.iter().for_each(|letter| text += &format!("!{letter}"));
                    if !spec.is_empty() {
                        text += &format!(":{}", self.pieces(spec));
                    }
                    text.push('}');
                }
            }
        }
        text
    }

    fn aio(&self, aio: &Aio) -> String {
        let optional = |name: &str, value: &Option<ExprId>| match value {
            Some(value) => format!(", {name}={}", self.expr(*value)),
            None => String::new(),
        };
        let on = |owner: &Option<ExprId>| match owner {
            Some(owner) => format!(" on {}", self.expr(*owner)),
            None => String::new(),
        };
        match aio {
            Aio::Spawn { coro, name, via } => {
                let word = match via {
                    SpawnVia::CreateTask => "spawn".to_string(),
                    SpawnVia::EnsureFuture => "spawn any".to_string(),
                    SpawnVia::Task { owner } => format!("spawn task{}", on(owner)),
                    SpawnVia::Loop { owner } => format!("spawn{}", on(&Some(*owner))),
                };
                format!("{word} ({}{})", self.expr(*coro), optional("name", name))
            }
            Aio::Gather { args, return_exceptions, shape } => {
                let word = if *shape == Shape::Tuple { "gather tuple" } else { "gather" };
                format!("{word}({}{})", self.items(args), optional("return_exceptions", return_exceptions))
            }
            Aio::AsCompleted { tasks, timeout, is_async } => {
                let word = if *is_async { "async as_completed" } else { "as_completed" };
                format!("{word}({}{})", self.expr(*tasks), optional("timeout", timeout))
            }
            Aio::Sleep { seconds, result } => format!("sleep({}{})", self.expr(*seconds), optional("result", result)),
            Aio::Run { main, owner, debug } => {
                format!("run{}({}{})", on(owner), self.expr(*main), optional("debug", debug))
            }
            Aio::Offload { owner, executor, function, args } => {
                let args = if args.is_empty() { String::new() } else { format!(", {}", self.args(args)) };
                let executor = optional("executor", executor);
                format!("offload{}({}{args}{executor})", on(owner), self.expr(*function))
            }
            Aio::NewFuture { owner } => format!("new future{}", on(owner)),
            Aio::EventLoop(LoopKind::Current) => "current loop".to_string(),
            Aio::EventLoop(LoopKind::Running) => "running loop".to_string(),
            Aio::EventLoop(LoopKind::New) => "new loop".to_string(),
        }
    }

    pub(super) fn target(&self, target: &Target) -> String {
        match target {
            Target::Var(var) => self.names[var.at()].clone(),
            Target::Attr(value, name) => format!("{}.{name}", self.inner(*value)),
            Target::Index(value, index) => format!("{}[{}]", self.inner(*value), self.expr(*index)),
            Target::Slice(value, parts) => format!("{}[{}]", self.inner(*value), self.slice(*parts)),
            Target::Tuple(targets) => {
                let targets: Vec<String> = targets.iter().map(|target| self.target(target)).collect();
                format!("({})", targets.join(", "))
            }
            Target::Star(target) => format!("*{}", self.target(target)),
            Target::Unsupported => "unsupported".to_string(),
        }
    }

    pub(super) fn pattern(&self, pattern: &Pattern) -> String {
        let name = |var: &Option<VarId>| var.map_or("_".to_string(), |var| self.names[var.at()].clone());
        let all = |parts: &[Pattern]| parts.iter().map(|part| self.pattern(part)).collect::<Vec<_>>();
        match pattern {
            Pattern::Value(value) | Pattern::Singleton(value) => self.expr(*value),
            Pattern::Capture(var) => name(var),
            Pattern::As(inner, var) => format!("{} as {}", self.pattern(inner), self.names[var.at()]),
            Pattern::Or(parts) => all(parts).join(" | "),
            Pattern::Sequence(parts) => format!("[{}]", all(parts).join(", ")),
            Pattern::Star(var) => format!("*{}", name(var)),
            Pattern::Mapping { items, rest } => {
                let mut parts: Vec<String> =
                    items.iter().map(|(key, part)| format!("{}: {}", self.expr(*key), self.pattern(part))).collect();
                parts.extend(rest.map(|rest| format!("**{}", self.names[rest.at()])));
                format!("{{{}}}", parts.join(", "))
            }
            Pattern::Class { class, positional, keywords } => {
                let mut parts = all(positional);
                parts.extend(keywords.iter().map(|(name, part)| format!("{name}={}", self.pattern(part))));
                format!("{}({})", self.expr(*class), parts.join(", "))
            }
        }
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => "==",
        CmpOp::NotEq => "!=",
        CmpOp::Lt => "<",
        CmpOp::LtE => "<=",
        CmpOp::Gt => ">",
        CmpOp::GtE => ">=",
        CmpOp::Is => "is",
        CmpOp::IsNot => "is not",
        CmpOp::In => "in",
        CmpOp::NotIn => "not in",
    }
}

fn literal(lit: &Lit) -> String {
    match lit {
        Lit::None => "None".to_string(),
        Lit::Bool(true) => "True".to_string(),
        Lit::Bool(false) => "False".to_string(),
        Lit::Int(value) => value.to_string(),
        Lit::BigInt(digits) => digits.clone(),
        Lit::Float(value) => format!("{value:?}"),
        Lit::Imaginary(value) => format!("{value:?}j"),
        Lit::Str(text) => format!("{text:?}"),
        Lit::Bytes(bytes) => format!("b\"{}\"", bytes.escape_ascii()),
        Lit::Ellipsis => "...".to_string(),
    }
}
