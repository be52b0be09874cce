//! Functions, classes, exceptions, and the module around them.

use super::Frame;
use super::Generator;
use super::ty::{Class, Function, Kind, Param, Ty, Var};

impl Generator {
    /// The whole program.
    pub fn module(&mut self, seed: u64, bare: bool) {
        self.line(format!("# Program {seed}."));
        self.line("import asyncio");
        self.line("");
        self.line("");
        if !bare {
            self.exception_classes();
        }
        self.define_features();
        if bare {
            return self.main();
        }
        for _ in 0..self.random.below(4) {
            let ty = self.any_type();
            let value = self.expr(&ty, 1);
            let name = self.named(&ty).to_uppercase();
            self.line(format!("{name} = {value}"));
            self.vars.push(Var { name, ty, writable: false, captured: true });
        }
        for _ in 0..self.random.below(5).saturating_sub(3) {
            self.class();
        }
        // One in three is made of features alone.
        let count = if seed % 3 == 1 { 0 } else { 1 + self.random.below(4) };
        for index in 0..count {
            let kind = match self.random.below(10) {
                0..=3 => Kind::Plain,
                4..=6 => Kind::Coroutine,
                7 if self.legacy => Kind::Coroutine,
                7 => Kind::AsyncGenerator,
                8 => Kind::Generator,
                _ if index == 0 => Kind::Plain,
                _ => Kind::Coroutine,
            };
            self.line("");
            self.line("");
            self.function(kind);
        }
        self.line("");
        self.line("");
        self.main();
    }

    fn exception_classes(&mut self) {
        for name in ["ValueError", "KeyError", "RuntimeError", "TypeError", "IndexError", "LookupError"] {
            self.exceptions.push((name.into(), false));
        }
        if self.random.chance(50) {
            self.line("class AppError(Exception):");
            let body = self.random.pick(&["    pass", "    \"\"\"What goes wrong.\"\"\""]);
            self.line(body);
            self.line("");
            self.exceptions.push(("AppError".into(), false));
            if self.random.chance(20) {
                self.line("class CodeError(AppError):");
                self.line("    def __init__(self, code):");
                self.line("        super().__init__(f\"code {code}\")");
                self.line("        self.code = code");
                self.line("");
                self.exceptions.push(("CodeError".into(), true));
            }
        }
    }

    fn enter(&mut self, kind: Kind, result: &Ty) {
        self.frames.push(Frame { kind, result: result.clone(), no_leaving: 0 });
    }

    fn params(&mut self, most: usize) -> Vec<Param> {
        let mut params = Vec::new();
        let mut defaults = false;
        let mut keyword_only = false;
        for _ in 0..self.random.below(most + 1) {
            let ty = self.any_type();
            let name = self.named(&ty);
            defaults |= self.random.chance(25) && matches!(ty, Ty::Int | Ty::Str | Ty::Float | Ty::Bool | Ty::Opt(_));
            let default = match &ty {
                Ty::Opt(_) => Some("None".to_string()),
                Ty::Int | Ty::Str | Ty::Float | Ty::Bool => Some(self.literal(&ty)),
                _ => None,
            };
            if defaults && default.is_none() {
                continue;
            }
            keyword_only |= defaults && self.random.chance(15);
            params.push(Param { name, ty, default: if defaults { default } else { None }, keyword_only });
        }
        params
    }

    fn signature(&mut self, params: &[Param], own: bool) -> String {
        let mut texts: Vec<String> = if own { vec!["self".into()] } else { Vec::new() };
        let mut star = false;
        for param in params {
            if param.keyword_only && !star {
                star = true;
                texts.push("*".into());
            }
            let annotation = match self.annotated && !self.legacy {
                true => format!(": {}", param.ty.annotation(&self.classes)),
                false => String::new(),
            };
            let equals = if annotation.is_empty() { "=" } else { " = " };
            let default = param.default.as_ref().map_or(String::new(), |value| format!("{equals}{value}"));
            texts.push(format!("{}{annotation}{default}", param.name));
        }
        texts.join(", ")
    }

    fn header(&mut self, name: &str, params: &[Param], kind: Kind, result: &Ty, own: bool) {
        let signature = self.signature(params, own);
        let is_async = matches!(kind, Kind::Coroutine | Kind::AsyncGenerator);
        let arrow = match self.annotated && !self.legacy && matches!(kind, Kind::Plain | Kind::Coroutine) {
            true => format!(" -> {}", result.annotation(&self.classes)),
            false => String::new(),
        };
        if is_async && self.legacy {
            self.line("@asyncio.coroutine");
        }
        let word = if is_async && !self.legacy { "async def" } else { "def" };
        self.line(format!("{word} {name}({signature}){arrow}:"));
    }

    /// A function of the module, and what there is to call afterwards.
    fn function(&mut self, kind: Kind) {
        let name = match kind {
            Kind::Plain => self.random.pick(&["compute", "helper", "pick", "build"]),
            Kind::Coroutine => self.random.pick(&["fetch", "work", "step", "load"]),
            Kind::Generator => "numbers",
            Kind::AsyncGenerator => "ticks",
        };
        let name = self.fresh(name);
        let params = self.params(3);
        let result = match kind {
            Kind::Generator | Kind::AsyncGenerator => self.simple(),
            _ if self.random.chance(20) => Ty::None,
            _ => self.any_type(),
        };
        self.header(&name, &params, kind, &result, false);
        let spent = self.spent;
        let count = 2 + self.random.below(5);
        self.body(&params, kind, &result, count, None);
        let cost = (self.spent - spent).max(3);
        self.spent = spent + 1;
        self.functions.push(Function { name, params, result, kind, cost });
    }

    fn body(&mut self, params: &[Param], kind: Kind, result: &Ty, count: usize, own: Option<usize>) {
        let (base, loops, multiplier, no_await) = (self.base, self.loops, self.multiplier, self.no_await);
        let vars = self.vars.len();
        (self.base, self.loops, self.multiplier, self.no_await) = (vars, 0, 1, 0);
        self.enter(kind, result);
        self.indented(|this| {
            for param in params {
                this.add_var(&param.name, &param.ty, true);
            }
            if let Some(class) = own {
                this.add_var("self", &Ty::Class(class), false);
            }
            if this.frames.len() == 1 {
                this.declare_globals(vars);
            }
            this.statements(count);
            match kind {
                Kind::Plain | Kind::Coroutine if *result != Ty::None => this.return_(result),
                Kind::Generator | Kind::AsyncGenerator => {
                    let value = this.expr(result, 1);
                    this.line(format!("yield {value}"));
                }
                Kind::Coroutine if this.legacy => this.line("yield from asyncio.sleep(0)"),
                _ => this.print(),
            }
        });
        self.frames.pop();
        (self.base, self.loops, self.multiplier, self.no_await) = (base, loops, multiplier, no_await);
    }

    fn declare_globals(&mut self, below: usize) {
        let globals: Vec<Var> = self.vars[..below].iter().filter(|var| var.captured).cloned().collect();
        for var in globals {
            if self.random.chance(25) {
                self.line(format!("global {}", var.name));
                self.vars.push(Var { writable: true, captured: true, ..var });
            }
        }
    }

    /// A function inside a function.
    pub fn closure(&mut self) {
        if self.frames.len() > 1 {
            return self.print();
        }
        let kind = match self.random.below(4) {
            0 if !self.legacy => Kind::Coroutine,
            1 => Kind::Generator,
            _ => Kind::Plain,
        };
        let (name, params) = (self.fresh("inner"), self.params(2));
        let result = if kind == Kind::Generator { self.simple() } else { self.any_type() };
        let (vars, base) = (self.vars.len(), self.base);
        for var in &mut self.vars {
            var.captured = true;
        }
        let before: Vec<bool> = self.vars.iter().map(|var| var.writable).collect();
        let own: Vec<String> = self.vars[base..]
            .iter()
            .filter(|var| var.writable && var.ty != Ty::None)
            .map(|var| var.name.clone())
            .collect();
        let globals: Vec<&str> = self.vars[..base].iter().map(|var| var.name.as_str()).collect();
        let nonlocal = own.iter().filter(|name| !globals.contains(&name.as_str())).cloned().collect::<Vec<_>>();
        let nonlocal = match nonlocal.is_empty() || self.random.chance(50) {
            true => None,
            false => Some(nonlocal[self.random.below(nonlocal.len())].clone()),
        };
        for var in &mut self.vars {
            var.writable = Some(&var.name) == nonlocal.as_ref();
        }
        let types = self.vars.iter().filter(|var| Some(&var.name) == nonlocal.as_ref()).count();
        self.header(&name, &params, kind, &result, false);
        let spent = self.spent;
        if let Some(nonlocal) = &nonlocal {
            self.indent += 1;
            self.line(format!("nonlocal {nonlocal}"));
            self.indent -= 1;
        }
        let count = 1 + self.random.below(3);
        let multiplier = self.multiplier;
        self.body(&params, kind, &result, count, None);
        self.multiplier = multiplier;
        debug_assert!(types <= vars);
        for (var, writable) in self.vars.iter_mut().zip(before) {
            var.writable = writable;
        }
        let cost = (self.spent - spent).max(3);
        self.functions.push(Function { name, params, result, kind, cost });
    }

    fn class(&mut self) {
        let name = self.random.pick(&["Point", "Job", "Account", "Node"]);
        let name = self.fresh(name);
        let index = self.classes.len();
        let dataclass = self.random.chance(25) && !self.legacy;
        let mut fields: Vec<Param> = Vec::new();
        for _ in 0..1 + self.random.below(3) {
            let ty = if self.random.chance(80) { self.simple() } else { self.simple().list() };
            let default = if fields.iter().any(|field| field.default.is_some()) || self.random.chance(20) {
                match ty {
                    Ty::List(_) => continue,
                    _ => Some(self.literal(&ty)),
                }
            } else {
                None
            };
            fields.push(Param { name: self.named(&ty), ty, default, keyword_only: false });
        }
        if fields.is_empty() {
            fields.push(Param { name: "n".into(), ty: Ty::Int, default: None, keyword_only: false });
        }
        if dataclass {
            self.line("@dataclasses.dataclass");
        }
        self.line(format!("class {name}:"));
        self.classes.push(Class { name: name.clone(), fields: fields.clone(), methods: Vec::new(), has_repr: false });
        let vars = std::mem::take(&mut self.vars);
        self.vars = vars.iter().filter(|var| !matches!(var.ty, Ty::Class(_))).cloned().collect();
        self.indented(|this| this.class_body(index, &name, &fields, dataclass));
        self.vars = vars;
        self.line("");
    }

    fn class_body(&mut self, index: usize, name: &str, fields: &[Param], dataclass: bool) {
        if dataclass {
            for field in fields {
                let default = field.default.as_ref().map_or(String::new(), |value| format!(" = {value}"));
                self.line(format!("{}: {}{default}", field.name, field.ty.annotation(&self.classes)));
            }
            self.classes[index].has_repr = true;
        } else {
            let signature = self.signature(fields, true);
            self.line(format!("def __init__({signature}):"));
            for field in fields {
                self.line(format!("    self.{0} = {0}", field.name));
            }
            if self.random.chance(70) {
                self.line("");
                let method = self.random.pick(&["__repr__", "__str__", "__repr__"]);
                self.line(format!("def {method}(self):"));
                let shown: Vec<String> = fields.iter().map(|field| format!("{{self.{}}}", field.name)).collect();
                self.line(format!("    return f\"{name}<{}>\"", shown.join(" ")));
                self.classes[index].has_repr = method == "__repr__";
            }
        }
        for _ in 0..self.random.below(3) {
            let kind = if self.random.chance(40) { Kind::Coroutine } else { Kind::Plain };
            let (method, mut params) = (self.fresh("act"), self.params(1));
            let result = if self.random.chance(20) { Ty::None } else { self.any_type() };
            // Its own name is not bound yet where the annotations are read.
            params.retain(|param| param.ty != Ty::Class(index));
            let result = if result == Ty::Class(index) { Ty::None } else { result };
            self.line("");
            self.header(&method, &params, kind, &result, true);
            let (spent, count) = (self.spent, 1 + self.random.below(3));
            self.body(&params, kind, &result, count, Some(index));
            let cost = (self.spent - spent).max(3);
            self.spent = spent + 1;
            self.classes[index].methods.push(Function { name: method, params, result, kind, cost });
        }
    }

    fn main(&mut self) {
        self.header("main", &[], Kind::Coroutine, &Ty::None, false);
        let functions: Vec<Function> = self.functions.clone();
        self.base = self.vars.len();
        self.enter(Kind::Coroutine, &Ty::None);
        self.indented(|this| {
            this.use_features();
            if !functions.is_empty() {
                this.statements(1);
                functions.iter().for_each(|function| this.scenario(function));
                this.statements(2);
            }
            if this.legacy {
                this.line("yield from asyncio.sleep(0)");
            }
            this.line("print('end')");
        });
        self.frames.pop();
        self.line("");
        self.line("");
        if self.legacy {
            self.line("loop = asyncio.get_event_loop()");
            self.line("loop.run_until_complete(main())");
            self.line("loop.close()");
        } else if self.random.chance(50) {
            self.line("if __name__ == \"__main__\":");
            self.line("    asyncio.run(main())");
        } else {
            self.line("asyncio.run(main())");
        }
    }

    /// Calls a function where what it raises is seen.
    fn scenario(&mut self, function: &Function) {
        if function.cost > self.room() {
            return;
        }
        self.spent += function.cost;
        let args = self.arguments(&function.params, 1);
        let item = self.fresh("item");
        let name = &function.name;
        let guarded = self.random.chance(94);
        if guarded {
            self.line("try:");
            self.indent += 1;
        }
        match function.kind {
            Kind::Plain | Kind::Coroutine => {
                let await_ = match (function.kind, self.legacy) {
                    (Kind::Plain, _) => "",
                    (_, true) => "yield from ",
                    _ => "await ",
                };
                if function.result.is_shown(&self.classes) {
                    self.line(format!("{item} = {await_}{name}({args})"));
                    self.line(format!("print('{name}', {item})"));
                } else {
                    self.line(format!("{await_}{name}({args})"));
                }
            }
            Kind::Generator | Kind::AsyncGenerator => {
                let async_ = if function.kind == Kind::Generator { "" } else { "async " };
                self.line(format!("{async_}for {item} in {name}({args}):"));
                self.line(format!("    print('{name}', {item})"));
                if self.random.chance(20) {
                    self.line(format!("    if {item}:"));
                    self.line("        break");
                }
            }
        }
        if guarded {
            self.indent -= 1;
            self.line("except Exception as error:");
            self.line(format!("    print('{name} failed', type(error).__name__, error)"));
        }
    }
}
