//! Statements of every function.

use super::Generator;
use super::ty::{Kind, Ty, Var};

impl Generator {
    /// So many statements.
    pub fn statements(&mut self, count: usize) {
        for _ in 0..count {
            self.statement();
        }
    }

    /// A block of statements, one level deeper.
    pub fn block(&mut self, count: usize) {
        self.indented(|this| {
            let before = this.lines.len();
            this.statements(count.max(1));
            if this.lines.len() == before {
                this.line("pass");
            }
        });
    }

    fn nested(&self) -> bool {
        self.indent < 5
    }

    fn statement(&mut self) {
        self.spent += self.multiplier;
        let is_async = self.can_await();
        match self.random.below(if is_async { 34 } else { 26 }) {
            0..=3 => self.define(),
            4..=6 => self.assign(),
            7 | 8 => self.print(),
            9 => self.mutate(),
            10 if self.nested() => self.branch(),
            11 | 12 if self.nested() && self.multiplier < 60 => self.for_loop(),
            13 if self.nested() && self.multiplier < 60 => self.while_loop(),
            14 | 15 if self.nested() => self.try_(),
            16 => self.narrow(),
            17 => self.unpack(),
            18 => self.leave(),
            19 if self.nested() && self.loops == 0 => self.closure(),
            20 => self.mutate(),
            21 if self.nested() => self.match_(),
            22 => self.yield_(),
            23 if self.random.chance(50) => self.raise(),
            24 => self.call_statement(),
            25 => self.lambda(),
            26.. => self.asynchronous(),
            _ => self.print(),
        }
    }

    pub fn define(&mut self) {
        let ty = self.any_type();
        self.define_as(&ty);
    }

    /// A new variable of the type; sometimes a name that had another.
    pub fn define_as(&mut self, ty: &Ty) -> String {
        let depth = if self.random.chance(70) { 1 } else { 2 };
        let value = self.expr(ty, depth);
        let old: Vec<String> = self.retypable();
        let name = if !old.is_empty() && self.random.chance(6) {
            old[self.random.below(old.len())].clone()
        } else {
            self.named(ty)
        };
        let annotate = matches!(ty, Ty::Opt(_) | Ty::List(_) | Ty::Set(_) | Ty::Dict(..));
        if annotate && self.annotated && self.random.chance(40) && !old.contains(&name) && !self.legacy {
            let annotation = ty.annotation(&self.classes);
            self.line(format!("{name}: {annotation} = {value}"));
        } else {
            self.line(format!("{name} = {value}"));
        }
        self.add_var(&name, ty, true);
        name
    }

    fn retypable(&self) -> Vec<String> {
        if self.loops > 0 || self.indent != 1 || self.frames.len() != 1 {
            return Vec::new();
        }
        let own = self.vars[self.base..].iter().filter(|var| var.writable && !var.captured);
        own.map(|var| var.name.clone()).collect()
    }

    fn writable(&mut self, fits: impl Fn(&Ty) -> bool) -> Option<Var> {
        let found: Vec<Var> = self.visible().into_iter().filter(|var| var.writable && fits(&var.ty)).cloned().collect();
        if found.is_empty() { None } else { Some(found[self.random.below(found.len())].clone()) }
    }

    fn assign(&mut self) {
        let Some(var) = self.writable(|_| true) else { return self.define() };
        let name = var.name;
        let grows = self.loops > 0;
        let text = match &var.ty {
            Ty::Int => match self.random.below(6) {
                0 => format!("{name} += {}", self.expr(&Ty::Int, 1)),
                1 => format!("{name} -= {}", self.random.between(1, 9)),
                2 => format!("{name} *= {}", self.random.between(2, 5)),
                3 => format!("{name} //= {}", self.random.between(2, 5)),
                4 => format!("{name} %= {}", self.random.between(2, 50)),
                _ => format!("{name} = {} % {}", self.atom(&Ty::Int, 2), self.random.between(5, 1000)),
            },
            Ty::Float => format!("{name} = round({} / 3, 3)", self.atom(&Ty::Float, 1)),
            Ty::Str if grows => format!("{name} = ({})[:12]", self.expr(&Ty::Str, 2)),
            Ty::Str if self.random.chance(50) => format!("{name} += {}", self.expr(&Ty::Str, 1)),
            Ty::List(_) if grows => format!("{name} = ({})[:6]", self.expr(&var.ty, 2)),
            Ty::Set(_) if self.random.chance(50) => format!("{name} |= {}", self.expr(&var.ty, 1)),
            ty => {
                let ty = ty.clone();
                format!("{name} = {}", self.expr(&ty, if grows { 1 } else { 2 }))
            }
        };
        self.line(text);
    }

    pub fn print(&mut self) {
        let mut parts = Vec::new();
        for _ in 0..1 + self.random.below(3) {
            let shown: Vec<(String, Ty)> = self.visible().into_iter().map(|v| (v.name.clone(), v.ty.clone())).collect();
            let shown: Vec<_> = shown.into_iter().filter(|(_, ty)| ty.is_shown(&self.classes)).collect();
            let part = match self.random.below(4) {
                0 | 1 if !shown.is_empty() => shown[self.random.below(shown.len())].0.clone(),
                2 => self.fstring(2),
                _ => {
                    let ty = self.shown();
                    self.expr(&ty, 2)
                }
            };
            parts.push(part);
        }
        let label = self.fresh("p");
        let end = match self.random.below(12) {
            0 => ", sep='/'",
            1 => ", end=';\\n'",
            2 => ", sep=''",
            _ => "",
        };
        self.line(format!("print('{label}', {}{end})", parts.join(", ")));
    }

    fn mutate(&mut self) {
        let Some(var) = self.visible_container() else { return self.print() };
        let name = var.name;
        match &var.ty {
            Ty::List(item) => match self.random.below(8) {
                0 | 1 => {
                    let value = self.expr(item, 2);
                    self.line(format!("{name}.append({value})"));
                }
                2 => {
                    let value = self.expr(item, 1);
                    let at = self.random.below(2);
                    self.line(format!("{name}.insert({at}, {value})"));
                }
                3 => {
                    self.line(format!("if {name}:"));
                    let target = self.fresh("popped");
                    let how = self.random.pick(&["pop()", "pop(0)", "pop(-1)"]);
                    self.indented(|this| {
                        this.line(format!("{target} = {name}.{how}"));
                        this.add_var(&target, item, true);
                        this.statements(1);
                    });
                }
                4 => {
                    let value = self.expr(item, 1);
                    self.line(format!("if len({name}) > 1:"));
                    let at = self.random.below(2);
                    self.indented(|this| this.line(format!("{name}[{at}] = {value}")));
                }
                5 if item.is_ordered() => self.line(format!("{name}.sort()")),
                6 => self.line(format!("{name}.reverse()")),
                _ => {
                    let values = self.literal(&var.ty);
                    self.line(format!("{name}.extend({values})"));
                }
            },
            Ty::Set(item) => {
                let (method, value) = (self.random.pick(&["add", "discard"]), self.expr(item, 1));
                self.line(format!("{name}.{method}({value})"));
            }
            Ty::Dict(key, value) => {
                let (at, put) = (self.expr(key, 1), self.expr(value, 2));
                match self.random.below(5) {
                    0 => self.line(format!("{name}.setdefault({at}, {put})")),
                    1 => self.line(format!("{name}.update({{{at}: {put}}})")),
                    2 => self.line(format!("{name}.pop({at}, None)")),
                    3 if **value == Ty::Int => self.line(format!("{name}[{at}] = {name}.get({at}, 0) + 1")),
                    _ => self.line(format!("{name}[{at}] = {put}")),
                }
            }
            Ty::Class(class) => {
                let fields = self.classes[*class].fields.clone();
                if let Some(field) = fields.first() {
                    let value = self.expr(&field.ty, 1);
                    let value = if field.ty == Ty::Int { format!("({value}) % 100") } else { value };
                    self.line(format!("{name}.{} = {value}", field.name));
                }
            }
            _ => self.print(),
        }
    }

    fn visible_container(&mut self) -> Option<Var> {
        let is = |ty: &Ty| matches!(ty, Ty::List(_) | Ty::Set(_) | Ty::Dict(..) | Ty::Class(_));
        let found: Vec<Var> = self.visible().into_iter().filter(|var| var.writable && is(&var.ty)).cloned().collect();
        if found.is_empty() { None } else { Some(found[self.random.below(found.len())].clone()) }
    }

    fn few(&mut self) -> usize {
        1 + self.random.below(3)
    }

    fn branch(&mut self) {
        let (test, few) = (self.expr(&Ty::Bool, 2), self.few());
        self.line(format!("if {test}:"));
        self.block(few);
        for _ in 0..self.random.below(2) {
            let (test, few) = (self.expr(&Ty::Bool, 2), self.few());
            self.line(format!("elif {test}:"));
            self.block(few);
        }
        if self.random.chance(50) {
            let few = self.few();
            self.line("else:");
            self.block(few);
        }
    }

    fn for_loop(&mut self) {
        let few = self.few();
        let (mut names, turns) = (Vec::new(), 5);
        let source = match self.random.below(8) {
            0..=2 => {
                names.push((self.fresh("i"), Ty::Int));
                self.random.pick(&["range(3)", "range(1, 5)", "range(6, 0, -2)", "range(2)"]).to_string()
            }
            3 | 4 => {
                let ty = self.simple();
                names.push((self.fresh("item"), ty.clone()));
                let list = self.atom(&ty.list(), 1);
                format!("{list}[:5]")
            }
            5 => {
                let ty = self.simple();
                names.push((self.fresh("i"), Ty::Int));
                names.push((self.fresh("item"), ty.clone()));
                let start = if self.random.chance(30) { ", 1" } else { "" };
                format!("enumerate({}[:4]{start})", self.atom(&ty.list(), 1))
            }
            6 => {
                let (key, value) = (self.hashable(), self.simple());
                names.push((self.fresh("key"), key.clone()));
                names.push((self.fresh("value"), value.clone()));
                let dict = self.atom(&Ty::Dict(Box::new(key), Box::new(value)), 1);
                if self.random.chance(50) {
                    format!("sorted({dict}.items())")
                } else {
                    format!("list({dict}.items())[:5]")
                }
            }
            _ => {
                let (a, b) = (self.simple(), self.simple());
                names.push((self.fresh("a"), a.clone()));
                names.push((self.fresh("b"), b.clone()));
                format!("zip({}[:4], {})", self.atom(&a.list(), 1), self.expr(&b.list(), 1))
            }
        };
        let targets: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        self.line(format!("for {} in {source}:", targets.join(", ")));
        self.looped(turns, |this| {
            let before = this.lines.len();
            for (name, ty) in &names {
                this.add_var(name, ty, true);
            }
            this.statements(few);
            if this.lines.len() == before {
                this.print();
            }
        });
        if self.random.chance(15) {
            self.line("else:");
            self.block(1);
        }
    }

    fn while_loop(&mut self) {
        let (counter, few, turns) = (self.fresh("left"), self.few(), self.random.between(1, 4));
        self.line(format!("{counter} = {turns}"));
        self.add_var(&counter, &Ty::Int, false);
        if self.random.chance(30) {
            self.line("while True:");
            self.looped(turns as usize, |this| {
                this.line(format!("{counter} -= 1"));
                this.line(format!("if {counter} < 0:"));
                this.indented(|this| this.line("break"));
                this.statements(few);
            });
            return;
        }
        let more = if self.random.chance(30) { format!(" and {}", self.atom(&Ty::Bool, 2)) } else { String::new() };
        self.line(format!("while {counter} > 0{more}:"));
        self.looped(turns as usize, |this| {
            this.line(format!("{counter} -= 1"));
            this.statements(few);
        });
        if self.random.chance(20) {
            self.line("else:");
            self.block(1);
        }
    }

    /// `if x is not None:` and what is the same.
    fn narrow(&mut self) {
        let options = self.visible().into_iter().filter(|var| matches!(var.ty, Ty::Opt(_)));
        let options: Vec<Var> = options.cloned().collect();
        if options.is_empty() {
            let inner = self.hashable();
            self.define_as(&Ty::Opt(Box::new(inner)));
            return;
        }
        let var = options[self.random.below(options.len())].clone();
        let Ty::Opt(inner) = var.ty else { return };
        let (name, few) = (var.name, self.few());
        match self.random.below(4) {
            0 => {
                self.line(format!("if {name} is None:"));
                self.block(1);
                self.line("else:");
                self.indented(|this| {
                    this.add_var(&name, &inner, false);
                    this.print();
                    this.statements(few);
                });
            }
            1 => {
                let (target, or) = (self.named(&inner), self.literal(&inner));
                self.line(format!("{target} = {name} if {name} is not None else {or}"));
                self.add_var(&target, &inner, true);
            }
            2 => {
                let (target, or) = (self.named(&inner), self.literal(&inner));
                self.line(format!("{target} = {name} or {or}"));
                self.add_var(&target, &inner, true);
            }
            _ => {
                let test = self.random.pick(&["", " is not None"]);
                self.line(format!("if {name}{test}:"));
                self.indented(|this| {
                    this.add_var(&name, &inner, false);
                    this.print();
                    this.statements(few);
                });
            }
        }
    }

    fn unpack(&mut self) {
        match self.random.below(4) {
            0 => {
                let (a, b) = (self.simple(), self.simple());
                let (x, y) = (self.named(&a), self.named(&b));
                let values = (self.expr(&a, 1), self.expr(&b, 2));
                self.line(format!("{x}, {y} = {}, {}", values.0, values.1));
                self.add_var(&x, &a, true);
                self.add_var(&y, &b, true);
            }
            1 => {
                let item = self.simple();
                let (first, rest) = (self.named(&item), self.named(&item.clone().list()));
                let (head, tail) = (self.expr(&item, 1), self.expr(&item.clone().list(), 1));
                self.line(format!("{first}, *{rest} = [{head}, *{tail}]"));
                self.add_var(&first, &item, true);
                self.add_var(&rest, &item.list(), true);
            }
            2 => {
                let Some(a) = self.writable(|ty| *ty == Ty::Int) else { return self.define() };
                let Some(b) = self.writable(|ty| *ty == Ty::Int) else { return self.define() };
                self.line(format!("{0}, {1} = {1}, {0} + 1", a.name, b.name));
            }
            _ => {
                let (q, r) = (self.fresh("q"), self.fresh("r"));
                let value = self.expr(&Ty::Int, 2);
                let by = self.random.between(2, 7);
                self.line(format!("{q}, {r} = divmod({value}, {by})"));
                self.add_var(&q, &Ty::Int, true);
                self.add_var(&r, &Ty::Int, true);
            }
        }
    }

    /// `return`, `break`, `continue` under a condition.
    fn leave(&mut self) {
        let Some(frame) = self.frames.last() else { return self.print() };
        let (kind, result, leaving) = (frame.kind, frame.result.clone(), frame.no_leaving == 0);
        if !leaving {
            return self.print();
        }
        let test = self.expr(&Ty::Bool, 2);
        if self.loops > 0 && self.random.chance(75) {
            let how = self.random.pick(&["break", "continue"]);
            self.line(format!("if {test}:"));
            self.indented(|this| {
                if this.random.chance(40) {
                    this.print();
                }
                this.line(how);
            });
        } else if matches!(kind, Kind::Plain | Kind::Coroutine) && self.indent > 0 {
            self.line(format!("if {test}:"));
            self.indented(|this| this.return_(&result));
        }
    }

    /// `return` with a value of the type.
    pub fn return_(&mut self, result: &Ty) {
        if *result == Ty::None {
            self.line("return");
        } else {
            let value = self.expr(result, 2);
            self.line(format!("return {value}"));
        }
    }

    fn yield_(&mut self) {
        let Some(frame) = self.frames.last() else { return self.print() };
        if !matches!(frame.kind, Kind::Generator | Kind::AsyncGenerator) {
            return self.print();
        }
        let ty = frame.result.clone();
        let value = self.expr(&ty, 2);
        self.line(format!("yield {value}"));
    }

    fn call_statement(&mut self) {
        let Some(function) = self.some_function() else { return self.print() };
        if let Some(call) = self.call_of(&function, 1) {
            let call =
                call.strip_prefix("(await ").and_then(|call| call.strip_suffix(')')).map_or(call.clone(), |call| {
                    if self.legacy { format!("yield from {call}") } else { format!("await {call}") }
                });
            self.line(call);
        }
    }

    fn some_function(&mut self) -> Option<Ty> {
        let plain = self.functions.iter().filter(|f| matches!(f.kind, Kind::Plain | Kind::Coroutine));
        let results: Vec<Ty> = plain.map(|f| f.result.clone()).collect();
        if results.is_empty() { None } else { Some(results[self.random.below(results.len())].clone()) }
    }

    fn match_(&mut self) {
        if self.legacy || self.random.chance(60) {
            return self.branch();
        }
        let (ty, few) = (self.hashable(), self.few());
        let subject = self.expr(&ty, 1);
        self.line(format!("match {subject}:"));
        self.indented(|this| {
            for _ in 0..1 + this.random.below(2) {
                let pattern = match &ty {
                    Ty::Int => this.random.pick(&["0", "1 | 2", "3", "4"]),
                    _ => this.random.pick(&["'a'", "'alpha' | 'beta'", "''", "'zz'"]),
                };
                this.line(format!("case {pattern}:"));
                this.block(few);
            }
            if this.random.chance(70) {
                let name = this.named(&ty);
                if this.random.chance(50) {
                    this.line("case _:");
                    this.block(1);
                } else {
                    this.line(format!("case {name}:"));
                    this.indented(|this| {
                        this.add_var(&name, &ty, true);
                        this.print();
                    });
                }
            }
        });
    }

    fn lambda(&mut self) {
        let (name, param) = (self.fresh("f"), self.fresh("x"));
        let (from, to) = (self.simple(), self.simple());
        let body = self.with_var(&param, &from, |this| this.expr(&to, 2));
        self.line(format!("{name} = lambda {param}: {body}"));
        for var in &mut self.vars {
            var.captured = true;
        }
        self.functions.push(super::Function {
            name,
            params: vec![super::ty::Param { name: param, ty: from, default: None, keyword_only: false }],
            result: to,
            kind: Kind::Plain,
            cost: 8,
        });
    }
}
