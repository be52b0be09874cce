//! Expressions of a type, of the variables in reach.

use super::Generator;
use super::ty::{Kind, Param, Ty};

const WORDS: [&str; 16] = [
    "alpha",
    "beta",
    "gamma",
    "a b",
    "x,y,z",
    "Hello",
    "",
    "long-word",
    "Ünï",
    "42",
    "  pad ",
    "tail",
    "it's",
    "A",
    "zz",
    "a-b-c",
];

impl Generator {
    /// An expression that needs no brackets.
    pub fn atom(&mut self, ty: &Ty, depth: usize) -> String {
        let text = self.expr(ty, depth);
        let plain = text.chars().all(|c| c.is_alphanumeric() || c == '_');
        let whole = closes_at_end(&text);
        if plain || whole { text } else { format!("({text})") }
    }

    /// Variables that are of `ty` now.
    pub fn vars_of(&self, ty: &Ty) -> Vec<String> {
        self.visible().into_iter().filter(|var| var.ty == *ty).map(|var| var.name.clone()).collect()
    }

    fn variable(&mut self, ty: &Ty) -> Option<String> {
        let mut found = self.vars_of(ty);
        for (class, shape) in self.classes.iter().enumerate() {
            for var in self.visible() {
                if var.ty == Ty::Class(class) {
                    let fields = shape.fields.iter().filter(|field| field.ty == *ty);
                    found.extend(fields.map(|field| format!("{}.{}", var.name, field.name)));
                }
            }
        }
        if found.is_empty() { None } else { Some(found[self.random.below(found.len())].clone()) }
    }

    /// Any expression of the type.
    pub fn expr(&mut self, ty: &Ty, depth: usize) -> String {
        if self.random.chance(if depth == 0 { 80 } else { 50 })
            && let Some(name) = self.variable(ty)
        {
            return name;
        }
        if depth == 0 {
            return self.literal(ty);
        }
        if self.random.chance(12)
            && let Some(call) = self.call_of(ty, depth - 1)
        {
            return call;
        }
        if self.random.chance(5) && !matches!(ty, Ty::Opt(_)) {
            let (yes, test, no) = (self.expr(ty, depth - 1), self.expr(&Ty::Bool, depth - 1), self.expr(ty, depth - 1));
            return format!("({yes} if {test} else {no})");
        }
        match ty {
            Ty::None => "None".into(),
            Ty::Bool => self.bool(depth - 1),
            Ty::Int => self.int(depth - 1),
            Ty::Float => self.float(depth - 1),
            Ty::Str => self.str(depth - 1),
            Ty::List(item) => self.list(item, depth - 1),
            Ty::Set(item) => self.set(item, depth - 1),
            Ty::Dict(key, value) => self.dict(key, value, depth - 1),
            Ty::Tuple(_) | Ty::Opt(_) | Ty::Class(_) => self.literal(ty),
        }
    }

    /// A display of the type.
    pub fn literal(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::None => "None".into(),
            Ty::Bool => self.random.pick(&["True", "False"]).into(),
            Ty::Int => match self.random.below(10) {
                0 => self.random.between(-50, 5000).to_string(),
                1 => "0".into(),
                _ => self.random.between(0, 12).to_string(),
            },
            Ty::Float => self.random.pick(&["0.5", "1.0", "2.25", "3.75", "0.1", "10.0", "-1.5", "1e3", "0.0"]).into(),
            Ty::Str => {
                let word = WORDS[self.random.below(WORDS.len())];
                if self.random.chance(70) && !word.contains('\'') { format!("'{word}'") } else { format!("\"{word}\"") }
            }
            Ty::List(item) => {
                let count = self.random.below(5);
                let items: Vec<String> = (0..count).map(|_| self.expr(item, 1)).collect();
                format!("[{}]", items.join(", "))
            }
            Ty::Set(item) => {
                let count = 1 + self.random.below(4);
                let items: Vec<String> = (0..count).map(|_| self.expr(item, 1)).collect();
                format!("{{{}}}", items.join(", "))
            }
            Ty::Dict(key, value) => {
                let count = self.random.below(4);
                let items: Vec<String> =
                    (0..count).map(|_| format!("{}: {}", self.literal(key), self.expr(value, 1))).collect();
                format!("{{{}}}", items.join(", "))
            }
            Ty::Tuple(items) => {
                let texts: Vec<String> = items.iter().map(|item| self.expr(item, 1)).collect();
                if texts.len() == 1 { format!("({},)", texts[0]) } else { format!("({})", texts.join(", ")) }
            }
            Ty::Opt(item) => {
                if self.random.chance(50) {
                    "None".into()
                } else {
                    let (yes, test) = (self.expr(item, 1), self.expr(&Ty::Bool, 1));
                    if self.random.chance(50) { yes } else { format!("({yes} if {test} else None)") }
                }
            }
            Ty::Class(class) => {
                let params: Vec<Param> = self.classes[*class].fields.clone();
                let args = self.arguments(&params, 1);
                format!("{}({args})", self.classes[*class].name)
            }
        }
    }

    fn bool(&mut self, depth: usize) -> String {
        match self.random.below(12) {
            0 => format!("not {}", self.atom(&Ty::Bool, depth)),
            1 => format!("{} and {}", self.atom(&Ty::Bool, depth), self.atom(&Ty::Bool, depth)),
            2 => format!("{} or {}", self.atom(&Ty::Bool, depth), self.atom(&Ty::Bool, depth)),
            3 => {
                let (a, b) = (self.atom(&Ty::Int, depth), self.atom(&Ty::Int, depth));
                format!("{a} < {} <= {b}", self.atom(&Ty::Int, depth))
            }
            4 => {
                let ty = self.hashable();
                let of =
                    if self.random.chance(50) { Ty::List(Box::new(ty.clone())) } else { Ty::Set(Box::new(ty.clone())) };
                let not = self.random.pick(&["in", "not in"]).to_string();
                format!("{} {not} {}", self.atom(&ty, depth), self.atom(&of, depth))
            }
            5 => format!("{} in {}", self.atom(&Ty::Str, 0), self.atom(&Ty::Str, depth)),
            6 => {
                let method = self.random.pick(&[
                    "isdigit()",
                    "isalpha()",
                    "islower()",
                    "startswith('a')",
                    "endswith('a')",
                    "isupper()",
                ]);
                format!("{}.{method}", self.atom(&Ty::Str, depth))
            }
            7 => {
                let (which, name) = (self.random.pick(&["any", "all"]), self.fresh("v"));
                let list = self.atom(&Ty::Int.list(), depth);
                let k = self.random.between(0, 9);
                format!("{which}({name} > {k} for {name} in {list})")
            }
            8 => {
                let options = self.visible().into_iter().filter(|var| matches!(var.ty, Ty::Opt(_)));
                let names: Vec<String> = options.map(|var| var.name.clone()).collect();
                if names.is_empty() {
                    return self.literal(&Ty::Bool);
                }
                let is = self.random.pick(&["is None", "is not None"]);
                format!("{} {is}", names[self.random.below(names.len())])
            }
            9 => {
                let ty = self.simple();
                format!("bool({})", self.expr(&ty.list(), depth))
            }
            _ => {
                let ty = self.ordered();
                let operator = self.random.pick(&["==", "!=", "<", "<=", ">", ">="]).to_string();
                format!("{} {operator} {}", self.atom(&ty, depth), self.atom(&ty, depth))
            }
        }
    }

    fn int(&mut self, depth: usize) -> String {
        match self.random.below(24) {
            0 | 1 => format!("{} + {}", self.atom(&Ty::Int, depth), self.atom(&Ty::Int, depth)),
            2 => format!("{} - {}", self.atom(&Ty::Int, depth), self.atom(&Ty::Int, depth)),
            3 => format!("{} * {}", self.atom(&Ty::Int, depth), self.atom(&Ty::Int, depth)),
            4 => format!("{} // {}", self.atom(&Ty::Int, depth), self.random.between(1, 9)),
            5 => format!("{} % {}", self.atom(&Ty::Int, depth), self.random.between(2, 9)),
            6 => format!("-{}", self.atom(&Ty::Int, depth)),
            7 => format!("abs({})", self.expr(&Ty::Int, depth)),
            8 => {
                let ty = self.sized();
                format!("len({})", self.expr(&ty, depth))
            }
            9 => {
                let which = self.random.pick(&["min", "max"]);
                format!("{which}({}, {})", self.expr(&Ty::Int, depth), self.expr(&Ty::Int, depth))
            }
            10 => format!("sum({})", self.expr(&Ty::Int.list(), depth)),
            11 => {
                let (name, list) = (self.fresh("v"), self.atom(&Ty::Int.list(), depth));
                let body = self.with_var(&name, &Ty::Int, |this| this.expr(&Ty::Int, depth.min(1)));
                format!("sum({body} for {name} in {list})")
            }
            12 => {
                let list = self.atom(&Ty::Int.list(), depth);
                let which = self.random.pick(&["max", "min"]);
                format!("{which}({list}, default={})", self.random.between(-3, 9))
            }
            13 => {
                let key = self.hashable();
                let dict = self.atom(&Ty::Dict(Box::new(key.clone()), Box::new(Ty::Int)), depth);
                format!("{dict}.get({}, {})", self.expr(&key, depth), self.random.between(0, 9))
            }
            14 => format!("{}.count({})", self.atom(&Ty::Str, depth), self.random.pick(&["'a'", "'l'", "'-'"])),
            15 => format!("{}.find({})", self.atom(&Ty::Str, depth), self.random.pick(&["'a'", "'l'", "'-'"])),
            16 => format!("int({})", self.expr(&Ty::Float, depth)),
            17 => format!("round({})", self.expr(&Ty::Float, depth)),
            18 => format!("int({})", self.expr(&Ty::Bool, depth)),
            19 => {
                let operator = self.random.pick(&["&", "|", "^"]).to_string();
                format!("{} {operator} {}", self.atom(&Ty::Int, depth), self.atom(&Ty::Int, depth))
            }
            20 => format!("{} << {}", self.atom(&Ty::Int, depth), self.random.between(0, 4)),
            21 => format!("{} >> {}", self.atom(&Ty::Int, depth), self.random.between(0, 4)),
            22 => format!("{} ** 2", self.atom(&Ty::Int, depth)),
            _ => {
                let list = self.vars_of(&Ty::Int.list());
                if list.is_empty() {
                    return format!(
                        "divmod({}, {})[{}]",
                        self.expr(&Ty::Int, depth),
                        self.random.between(2, 9),
                        self.random.below(2)
                    );
                }
                let list = list[self.random.below(list.len())].clone();
                let index = self.atom(&Ty::Int, depth);
                format!("({list}[{index} % len({list})] if {list} else {})", self.random.between(0, 9))
            }
        }
    }

    fn float(&mut self, depth: usize) -> String {
        match self.random.below(9) {
            0 => format!("{} + {}", self.atom(&Ty::Float, depth), self.atom(&Ty::Float, depth)),
            1 => format!("{} * {}", self.atom(&Ty::Float, depth), self.atom(&Ty::Float, depth)),
            2 => format!("{} - {}", self.atom(&Ty::Float, depth), self.atom(&Ty::Int, depth)),
            3 => format!("{} / {}", self.atom(&Ty::Int, depth), self.random.between(1, 8)),
            4 => format!("round({}, {})", self.expr(&Ty::Float, depth), self.random.between(0, 3)),
            5 => format!("float({})", self.expr(&Ty::Int, depth)),
            6 => format!("-{}", self.atom(&Ty::Float, depth)),
            7 => format!("sum({}) / {}", self.expr(&Ty::Int.list(), depth), self.random.between(1, 5)),
            _ => format!("max({}, {})", self.expr(&Ty::Float, depth), self.expr(&Ty::Float, depth)),
        }
    }

    fn str(&mut self, depth: usize) -> String {
        match self.random.below(18) {
            0 | 1 => format!("{} + {}", self.atom(&Ty::Str, depth), self.atom(&Ty::Str, depth)),
            2 => format!("{} * {}", self.atom(&Ty::Str, depth), self.random.between(0, 3)),
            3..=6 => self.fstring(depth),
            7 => {
                let ty = self.shown();
                let function = self.random.pick(&["str", "repr"]).to_string();
                format!("{function}({})", self.expr(&ty, depth))
            }
            8 | 9 => {
                let method = self.random.pick(&[
                    "upper()",
                    "lower()",
                    "strip()",
                    "title()",
                    "capitalize()",
                    "replace('a', 'o')",
                    "center(9, '*')",
                    "ljust(6)",
                    "rjust(6, '.')",
                    "zfill(5)",
                    "swapcase()",
                    "lstrip()",
                    "rstrip('a')",
                    "replace('-', '+')",
                    "partition('-')[0]",
                ]);
                format!("{}.{method}", self.atom(&Ty::Str, depth))
            }
            10 => {
                let slice = self.random.pick(&["[1:3]", "[::-1]", "[:2]", "[-2:]", "[1:]", "[::2]", "[:1]"]);
                format!("{}{slice}", self.atom(&Ty::Str, depth))
            }
            11 => format!("{}.join({})", self.random.pick(&["','", "''", "' / '"]), self.expr(&Ty::Str.list(), depth)),
            12 => {
                let (ty, name) = (self.shown(), self.fresh("v"));
                let list = self.atom(&ty.list(), depth);
                format!("'+'.join(str({name}) for {name} in {list})")
            }
            13 => format!("'%s=%d' % ({}, {})", self.expr(&Ty::Str, depth), self.expr(&Ty::Int, depth)),
            14 => format!("'%5.1f|%-4s|' % ({}, {})", self.expr(&Ty::Float, depth), self.expr(&Ty::Str, depth)),
            15 => format!("'{{}}:{{:>4}}'.format({}, {})", self.expr(&Ty::Str, depth), self.expr(&Ty::Int, depth)),
            16 => format!("'{{0!r}} {{x}}'.format({}, x={})", self.expr(&Ty::Str, depth), self.expr(&Ty::Bool, depth)),
            _ => format!("({} or {})", self.atom(&Ty::Str, depth), self.literal(&Ty::Str)),
        }
    }

    /// An f-string; its parts are simple enough for every version of Python.
    pub fn fstring(&mut self, depth: usize) -> String {
        let mut text = String::from("f\"");
        for _ in 0..1 + self.random.below(3) {
            text += self.random.pick(&["", "v=", " ", "-", "{{}} ", "n:", " | "]);
            let ty = self.shown();
            let part = self.expr(&ty, depth);
            if part.contains(['"', '\\', '{', '!']) || part.contains("lambda") || part.contains("f'") {
                text += "..";
                continue;
            }
            let spec = match (&ty, self.random.below(4)) {
                (Ty::Int, 0) => self.random.pick(&[":d", ":>5", ":05d", ":+", ":,", ":x", ":<4", ":^6", ":b"]),
                (Ty::Float, 0 | 1) => self.random.pick(&[":.2f", ":8.3f", ":.1e", ":.3", ":.0%", ":+.1f"]),
                (Ty::Str, 0) => self.random.pick(&[":>8", ":<6", ":^10", "!r", ":.2", ":*^9"]),
                (Ty::List(_), 0) => "!r",
                _ => "",
            };
            text += &format!("{{{part}{spec}}}");
        }
        text + "\""
    }

    fn list(&mut self, item: &Ty, depth: usize) -> String {
        let own = Ty::List(Box::new(item.clone()));
        match self.random.below(10) {
            0 if item.is_ordered() => {
                let reverse = if self.random.chance(40) { ", reverse=True" } else { "" };
                format!("sorted({}{reverse})", self.expr(&own, depth))
            }
            1 => {
                let slice = self.random.pick(&["[1:]", "[:2]", "[::-1]", "[-2:]", "[::2]"]);
                format!("{}{slice}", self.atom(&own, depth))
            }
            2 => format!("{} + {}", self.atom(&own, depth), self.atom(&own, depth)),
            3 => format!("list(reversed({}))", self.expr(&own, depth)),
            4 => format!("[{}] * {}", self.expr(item, depth), self.random.between(0, 3)),
            5 if *item == Ty::Int => format!("list(range({}))", self.random.between(0, 6)),
            5 if *item == Ty::Str => {
                format!("{}.split({})", self.atom(&Ty::Str, depth), self.random.pick(&["", "','", "'-'"]))
            }
            6 if item.is_ordered() && item.is_hashable() => format!("sorted(set({}))", self.expr(&own, depth)),
            7 if item.is_hashable() => {
                let value = self.simple();
                let dict = Ty::Dict(Box::new(item.clone()), Box::new(value));
                format!("list({})", self.expr(&dict, depth))
            }
            8 => {
                let (source, name) = (self.simple(), self.fresh("v"));
                let from = self.atom(&source.clone().list(), depth);
                let body = self.with_var(&name, &source, |this| this.expr(item, depth));
                format!("list(map(lambda {name}: {body}, {from}))")
            }
            _ => {
                let (source, name) = (self.simple(), self.fresh("v"));
                let from = if source == Ty::Int && self.random.chance(50) {
                    format!("range({})", self.random.between(1, 5))
                } else {
                    self.atom(&source.clone().list(), depth)
                };
                let (body, test) = self.with_var(&name, &source, |this| {
                    let body = this.expr(item, depth);
                    let test = if this.random.chance(40) {
                        format!(" if {}", this.expr(&Ty::Bool, depth))
                    } else {
                        String::new()
                    };
                    (body, test)
                });
                format!("[{body} for {name} in {from}{test}]")
            }
        }
    }

    fn set(&mut self, item: &Ty, depth: usize) -> String {
        let own = Ty::Set(Box::new(item.clone()));
        match self.random.below(4) {
            0 => format!("set({})", self.expr(&item.clone().list(), depth)),
            1 => {
                let operator = self.random.pick(&["|", "&", "-", "^"]).to_string();
                format!("{} {operator} {}", self.atom(&own, depth), self.atom(&own, depth))
            }
            2 => {
                let (name, from) = (self.fresh("v"), self.atom(&Ty::Int.list(), depth));
                let body = self.with_var(&name, &Ty::Int, |this| this.expr(item, 1));
                format!("{{{body} for {name} in {from}}}")
            }
            _ => self.literal(&own),
        }
    }

    fn dict(&mut self, key: &Ty, value: &Ty, depth: usize) -> String {
        let own = Ty::Dict(Box::new(key.clone()), Box::new(value.clone()));
        match self.random.below(5) {
            0 => format!(
                "dict(zip({}, {}))",
                self.expr(&key.clone().list(), depth),
                self.expr(&value.clone().list(), depth)
            ),
            1 => {
                let (name, from) = (self.fresh("v"), self.atom(&key.clone().list(), depth));
                let body = self.with_var(&name, key, |this| this.expr(value, depth));
                format!("{{{name}: {body} for {name} in {from}}}")
            }
            2 => format!("{{**{}, {}: {}}}", self.atom(&own, depth), self.expr(key, 0), self.expr(value, depth)),
            3 => {
                let names = (self.fresh("k"), self.fresh("v"));
                let from = self.atom(&own, depth);
                let body = self.with_var(&names.1, value, |this| this.expr(value, 1));
                format!("{{{0}: {body} for {0}, {1} in {from}.items()}}", names.0, names.1)
            }
            _ => self.literal(&own),
        }
    }

    /// A call whose result is of the type, if there is a function.
    pub fn call_of(&mut self, ty: &Ty, depth: usize) -> Option<String> {
        let (room, can_await) = (self.room(), self.can_await());
        let fits = |function: &super::ty::Function| {
            function.cost <= room
                && match function.kind {
                    Kind::Plain => function.result == *ty,
                    Kind::Coroutine => can_await && function.result == *ty,
                    Kind::Generator => function.result.clone().list() == *ty,
                    Kind::AsyncGenerator => can_await && function.result.clone().list() == *ty,
                }
        };
        let mut found: Vec<(String, super::ty::Function)> =
            self.functions.iter().filter(|f| fits(f)).map(|f| (f.name.clone(), f.clone())).collect();
        for var in self.visible() {
            if let Ty::Class(class) = var.ty {
                let methods = self.classes[class].methods.iter().filter(|f| fits(f));
                found.extend(methods.map(|f| (format!("{}.{}", var.name, f.name), f.clone())));
            }
        }
        if found.is_empty() {
            return None;
        }
        let (path, function) = found[self.random.below(found.len())].clone();
        self.spent += function.cost * self.multiplier;
        let args = self.arguments(&function.params, depth);
        let name = self.fresh("v");
        Some(match function.kind {
            Kind::Plain => format!("{path}({args})"),
            Kind::Coroutine => format!("(await {path}({args}))"),
            Kind::Generator if self.random.chance(50) => format!("list({path}({args}))"),
            Kind::Generator => format!("[{name} for {name} in {path}({args})]"),
            Kind::AsyncGenerator => format!("[{name} async for {name} in {path}({args})]"),
        })
    }

    /// Arguments for the parameters.
    pub fn arguments(&mut self, params: &[Param], depth: usize) -> String {
        let mut texts = Vec::new();
        let mut by_name = false;
        for param in params {
            if param.default.is_some() && self.random.chance(40) {
                by_name = true;
                continue;
            }
            let value = self.expr(&param.ty, depth);
            by_name |= self.random.chance(10);
            texts.push(if by_name || param.keyword_only { format!("{}={value}", param.name) } else { value });
        }
        texts.join(", ")
    }
}

/// Whether the text is one bracket from its first character, or a name and a bracket, to its end.
fn closes_at_end(text: &str) -> bool {
    if text.starts_with(['-', '\'', '"']) || text.starts_with("f\"") {
        return text.len() > 1 && !text.starts_with('-') && is_one_string(text);
    }
    if text.starts_with("not ") || text.starts_with("await ") || text.starts_with("lambda") {
        return false;
    }
    let start = text.find(['(', '[', '{']).unwrap_or(text.len());
    if !text[..start].chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.') {
        return false;
    }
    let mut depth = 0;
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => {
                depth -= 1;
                if depth == 0 && at + 1 < text.len() {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

fn is_one_string(text: &str) -> bool {
    let body = text.strip_prefix('f').unwrap_or(text);
    let Some(quote) = body.chars().next() else { return false };
    body.len() > 1 && body[1..].find(quote) == Some(body.len() - 2)
}
