//! HIR as text: stable, indented, for reading and for tests.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::*;
use crate::source::SourceMap;

mod expr;

/// The program as text.
pub fn dump(program: &Program, files: &SourceMap) -> String {
    let mut out = Dump { program, files, names: names(program), text: String::new(), depth: 0 };
    for (at, (_, module)) in program.modules.iter().enumerate() {
        if at > 0 {
            out.text.push('\n');
        }
        out.module(module);
    }
    out.text
}

/// The name of each variable; `x#2` for the second live range of a name.
fn names(program: &Program) -> Vec<String> {
    let mut groups: BTreeMap<(&str, Option<FnId>, ModuleId), Vec<VarId>> = BTreeMap::new();
    for (id, var) in program.vars.iter() {
        groups.entry((&var.name, var.owner, var.module)).or_default().push(id);
    }
    let mut names = vec![String::new(); program.vars.len()];
    for ((name, _, _), vars) in groups {
        for (at, var) in vars.iter().enumerate() {
            names[var.at()] = if vars.len() > 1 { format!("{name}#{}", at + 1) } else { name.to_string() };
        }
    }
    names
}

struct Dump<'p> {
    program: &'p Program,
    files: &'p SourceMap,
    names: Vec<String>,
    text: String,
    depth: usize,
}

impl Dump<'_> {
    fn line(&mut self, text: &str) {
        let _ = writeln!(self.text, "{:indent$}{text}", "", indent = self.depth * 4);
    }

    fn inside(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn module(&mut self, module: &Module) {
        let path = &self.files.file(module.file).path;
        self.line(&format!("module {} ({path})", module.name));
        self.inside(|this| {
            this.docs(module.docs.as_deref());
            this.vars("vars", &module.vars);
            this.block(&module.body);
            this.trivia(&module.trailing);
        });
    }

    fn docs(&mut self, docs: Option<&str>) {
        if let Some(docs) = docs {
            self.line(&format!("docs {docs:?}"));
        }
    }

    fn trivia(&mut self, trivia: &Trivia) {
        for comment in &trivia.comments {
            self.line(&format!("#{}", comment.text));
        }
    }

    /// Variables that are more than a name.
    fn vars(&mut self, title: &str, vars: &[VarId]) {
        let mut notes = Vec::new();
        for id in vars {
            let var = &self.program.vars[*id];
            let mut marks = Vec::new();
            match var.storage {
                Storage::Local => {}
                Storage::Cell => marks.push("cell".to_string()),
                Storage::Global => marks.push("global".to_string()),
            }
            if var.maybe_unbound {
                marks.push("maybe unbound".to_string());
            }
            if let Some(annotation) = &var.annotation {
                marks.push(format!(": {}", annotation.text));
            }
            if !marks.is_empty() {
                notes.push(format!("{} ({})", self.names[id.at()], marks.join(", ")));
            }
        }
        if !notes.is_empty() {
            self.line(&format!("{title} {}", notes.join(", ")));
        }
    }

    fn block(&mut self, block: &Block) {
        block.stmts.iter().for_each(|stmt| self.stmt(stmt));
        self.trivia(&block.trailing);
    }

    fn nested(&mut self, head: &str, block: &Block) {
        self.line(head);
        self.inside(|this| this.block(block));
    }

    fn orelse(&mut self, block: &Block) {
        if !block.stmts.is_empty() || !block.trailing.comments.is_empty() {
            self.nested("else:", block);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        self.trivia(&stmt.trivia);
        match &stmt.kind {
            StmtKind::Expr(value) => {
                let value = self.expr(*value);
                self.line(&value);
            }
            StmtKind::Assign { targets, value } => {
                let mut text = String::new();
                for target in targets {
                    text += &format!("{} = ", self.target(target));
                }
                text += &self.expr(*value);
                self.line(&text);
            }
            StmtKind::AugAssign { target, op, value } => {
                let text = format!("{} {}= {}", self.target(target), op.symbol(), self.expr(*value));
                self.line(&text);
            }
            StmtKind::If { test, then, orelse } => {
                let head = format!("if {}:", self.expr(*test));
                self.nested(&head, then);
                self.orelse(orelse);
            }
            StmtKind::While { test, body, orelse } => {
                let head = format!("while {}:", self.expr(*test));
                self.nested(&head, body);
                self.orelse(orelse);
            }
            StmtKind::For { target, iter, body, orelse, is_async } => {
                let word = if *is_async { "async for" } else { "for" };
                let head = format!("{word} {} in {}:", self.target(target), self.expr(*iter));
                self.nested(&head, body);
                self.orelse(orelse);
            }
            StmtKind::Try(try_) => self.try_(try_),
            StmtKind::With { items, body, exits, is_async } => {
                let word = if *is_async { "async with" } else { "with" };
                let items: Vec<String> = items
                    .iter()
                    .map(|item| match &item.target {
                        Some(target) => format!("{} as {}", self.expr(item.context), self.target(target)),
                        None => self.expr(item.context),
                    })
                    .collect();
                let head = format!("{word} {}:{}", items.join(", "), exits_text(*exits));
                self.nested(&head, body);
            }
            StmtKind::Return(value) => self.words("return", &[value.as_ref()]),
            StmtKind::Raise { exc, cause } => {
                let mut text = "raise".to_string();
                if let Some(exc) = exc {
                    text += &format!(" {}", self.expr(*exc));
                }
                if let Some(cause) = cause {
                    text += &format!(" from {}", self.expr(*cause));
                }
                self.line(&text);
            }
            StmtKind::Assert { test, message } => self.words("assert", &[Some(test), message.as_ref()]),
            StmtKind::Delete(targets) => {
                let targets: Vec<String> = targets.iter().map(|target| self.target(target)).collect();
                self.line(&format!("del {}", targets.join(", ")));
            }
            StmtKind::Match { subject, cases } => {
                let head = format!("match {}:", self.expr(*subject));
                self.line(&head);
                self.inside(|this| cases.iter().for_each(|case| this.case(case)));
            }
            StmtKind::Break => self.line("break"),
            StmtKind::Continue => self.line("continue"),
            StmtKind::Pass => self.line("pass"),
            StmtKind::Def { function, var } => {
                if let Some(var) = var {
                    let name = self.names[var.at()].clone();
                    self.line(&format!("bind {name}:"));
                }
                self.function(*function);
            }
            StmtKind::Class { class, var } => {
                if let Some(var) = var {
                    let name = self.names[var.at()].clone();
                    self.line(&format!("bind {name}:"));
                }
                self.class(*class);
            }
            StmtKind::Import(module) => self.line(&format!("run module {}", self.program.modules[*module].name)),
        }
    }

    fn words(&mut self, word: &str, values: &[Option<&ExprId>]) {
        let values: Vec<String> = values.iter().flatten().map(|value| self.expr(**value)).collect();
        let text = if values.is_empty() { word.to_string() } else { format!("{word} {}", values.join(", ")) };
        self.line(&text);
    }

    fn try_(&mut self, try_: &Try) {
        self.nested(&format!("try:{}", exits_text(try_.exits)), &try_.body);
        for handler in &try_.handlers {
            self.trivia(&handler.trivia);
            let classes: Vec<String> = handler.classes.iter().map(|class| self.expr(*class)).collect();
            let mut head = if try_.star { "except*" } else { "except" }.to_string();
            if !classes.is_empty() {
                head += &format!(" {}", classes.join(", "));
            }
            if let Some(var) = handler.bind {
                head += &format!(" as {}", self.names[var.at()]);
            }
            self.nested(&format!("{head}:{}", exits_text(try_.handler_exits)), &handler.body);
        }
        self.orelse(&try_.orelse);
        if !try_.finally.stmts.is_empty() {
            self.nested("finally:", &try_.finally);
        }
    }

    fn case(&mut self, case: &Case) {
        self.trivia(&case.trivia);
        let mut head = format!("case {}", self.pattern(&case.pattern));
        if let Some(guard) = case.guard {
            head += &format!(" if {}", self.expr(guard));
        }
        self.nested(&format!("{head}:"), &case.body);
    }

    fn function(&mut self, id: FnId) {
        let function = &self.program.functions[id];
        for decorator in function.decorators.iter().rev() {
            let text = format!("@{}", self.expr(*decorator));
            self.line(&text);
        }
        let kind = match function.kind {
            FnKind::Plain => "def",
            FnKind::Coroutine { .. } => "async def",
            FnKind::Generator => "generator",
            FnKind::AsyncGenerator => "async generator",
        };
        let binding = match function.method.map(|method| method.binding) {
            Some(Binding::Class) => "class ",
            Some(Binding::Static) => "static ",
            Some(Binding::Getter) => "getter ",
            Some(Binding::Setter) => "setter ",
            Some(Binding::Instance) | None => "",
        };
        let mut head = format!("{binding}{kind} {}({})", function.name, self.params(function));
        if let Some(returns) = &function.returns {
            head += &format!(" -> {}", returns.text);
        }
        self.line(&format!("{head}:{}", exits_text(function.exits)));
        self.inside(|this| {
            this.docs(function.docs.as_deref());
            let captures: Vec<String> = function.captures.iter().map(|var| this.names[var.at()].clone()).collect();
            if !captures.is_empty() {
                this.line(&format!("captures {}", captures.join(", ")));
            }
            this.vars("locals", &function.locals);
            this.block(&function.body);
        });
    }

    /// The class that stands in a class body under the attribute's name.
    fn nested_class(&self, outer: &Class, attribute: &Attribute) -> Option<ClassId> {
        let Expr::Class(inner) = self.program.exprs[attribute.value?] else { return None };
        (self.program.classes[inner].span == attribute.span && !outer.name.is_empty()).then_some(inner)
    }

    fn class(&mut self, id: ClassId) {
        let class = &self.program.classes[id];
        for decorator in class.decorators.iter().rev() {
            let text = format!("@{}", self.expr(*decorator));
            self.line(&text);
        }
        let bases: Vec<String> = class
            .bases
            .iter()
            .map(|base| match base {
                Base::Class(base) => self.program.classes[*base].name.clone(),
                Base::Stub(of) => stub(of),
            })
            .collect();
        let flavour = match class.flavour {
            Flavour::Plain => "class".to_string(),
            Flavour::Dataclass { frozen, order, eq } => {
                let marks = [(frozen, " frozen"), (order, " order"), (!eq, " no-eq")];
                let marks: String = marks.into_iter().filter(|(on, _)| *on).map(|(_, text)| text).collect();
                format!("dataclass{marks}")
            }
            Flavour::Enum | Flavour::Members => "enum".to_string(),
            Flavour::NamedTuple => "namedtuple".to_string(),
        };
        self.line(&format!("{flavour} {}({}):", class.name, bases.join(", ")));
        self.inside(|this| {
            this.docs(class.docs.as_deref());
            for attribute in &class.attributes {
                this.trivia(&attribute.trivia);
                if let Some(inner) = this.nested_class(class, attribute) {
                    this.class(inner);
                    continue;
                }
                let mut text = attribute.name.clone();
                if let Some(annotation) = &attribute.annotation {
                    text += &format!(": {}", annotation.text);
                }
                if let Some(value) = attribute.value {
                    text += &format!(" = {}", this.expr(value));
                }
                this.line(&text);
            }
            class.methods.iter().for_each(|method| this.function(*method));
        });
    }
}

fn exits_text(exits: Exits) -> String {
    let marks = [
        (exits.returns, "returns"),
        (exits.breaks, "breaks"),
        (exits.continues, "continues"),
        (exits.awaits, "awaits"),
        (exits.yields, "yields"),
    ];
    let marks: Vec<&str> = marks.into_iter().filter(|(on, _)| *on).map(|(_, text)| text).collect();
    if marks.is_empty() { String::new() } else { format!("  [{}]", marks.join(" ")) }
}

fn stub(of: &StubRef) -> String {
    match (&*of.module, &*of.name) {
        (module, "") => module.to_string(),
        ("builtins", name) => name.to_string(),
        (module, name) => format!("{module}.{name}"),
    }
}
