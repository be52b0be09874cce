//! Random asyncio programs: always the same for a seed, they end, and use ordinary features only.

mod asynchronous;
mod definition;
mod expression;
mod feature;
mod statement;
mod ty;

use std::collections::BTreeMap;

use crate::random::Random;
use ty::{Class, Function, Kind, Ty, Var};

/// How many statements a program may run, roughly.
const LIMIT: usize = 6000;

/// The program of a seed.
pub fn program(seed: u64) -> String {
    program_of(seed, None)
}

/// The program of a seed; where a feature is named, that one alone.
pub fn program_of(seed: u64, only: Option<&str>) -> String {
    let mut generator = Generator {
        random: Random::new(seed),
        lines: Vec::new(),
        indent: 0,
        vars: Vec::new(),
        base: 0,
        functions: Vec::new(),
        classes: Vec::new(),
        names: 0,
        frames: Vec::new(),
        multiplier: 1,
        spent: 0,
        loops: 0,
        no_await: 0,
        legacy: seed % 8 == 7,
        annotated: !seed.is_multiple_of(3),
        exceptions: Vec::new(),
        chosen: Vec::new(),
        shows: BTreeMap::new(),
        tail: Vec::new(),
    };
    match only {
        Some(name) => generator.chosen.extend(feature::features().into_iter().filter(|feature| feature.name == name)),
        None => generator.choose_features(),
    }
    generator.module(seed, only.is_some());
    generator.lines.append(&mut generator.tail);
    let mut text = generator.lines.join("\n");
    text.push('\n');
    if generator.legacy {
        text = text.replace("(await ", "(yield from ");
    }
    let imports: String =
        MODULES.iter().filter(|name| is_used(&text, name)).map(|name| format!("import {name}\n")).collect();
    text.replacen("import asyncio\n", &imports, 1)
}

/// The modules that programs import where they use them.
const MODULES: [&str; 30] = [
    "abc",
    "argparse",
    "asyncio",
    "bisect",
    "collections",
    "concurrent.futures",
    "contextlib",
    "contextvars",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "heapq",
    "itertools",
    "json",
    "logging",
    "math",
    "operator",
    "os",
    "random",
    "re",
    "signal",
    "string",
    "sys",
    "threading",
    "time",
    "traceback",
    "types",
    "typing",
    "warnings",
];

/// Whether a program names something of a module, which it does not import where it does so.
fn is_used(text: &str, module: &str) -> bool {
    let used = format!("{module}.");
    let named = text.match_indices(&used).any(|(at, _)| {
        let before = text[..at].chars().next_back().unwrap_or(' ');
        !before.is_alphanumeric() && !"_.'\"".contains(before)
    });
    named || module == "asyncio"
}

/// The names of all features.
pub fn names() -> Vec<&'static str> {
    feature::features().into_iter().map(|feature| feature.name).collect()
}

/// Whether a feature is of the generator-based dialect alone.
pub fn is_older(name: &str) -> bool {
    feature::features().into_iter().any(|feature| feature.name == name && feature::is_older(feature))
}

/// Whether both dialects have a feature.
pub fn is_both(name: &str) -> bool {
    feature::features().into_iter().any(|feature| feature.name == name && feature.legacy)
}

/// How many of so many programs have each feature, in percent.
pub fn shares(count: u64) -> Vec<(String, f64)> {
    let programs: Vec<String> = (1..=count).map(program).collect();
    let named = feature::features().into_iter().map(|feature| (feature.name, format!("print('-- {}')", feature.name)));
    let marks = MARKS.iter().map(|(name, mark)| (*name, mark.to_string()));
    named
        .chain(marks)
        .map(|(name, mark)| {
            let having = programs.iter().filter(|program| program.contains(&mark)).count();
            (name.to_string(), having as f64 * 100.0 / count as f64)
        })
        .collect()
}

/// What the body of every program is made of, and what shows it.
const MARKS: [(&str, &str); 18] = [
    ("tasks", "create_task("),
    ("sleep", "asyncio.sleep("),
    ("gather", "asyncio.gather("),
    ("as_completed", "as_completed("),
    ("wait_for (random)", "asyncio.wait_for("),
    ("cancel (random)", ".cancel()"),
    ("TaskGroup", "asyncio.TaskGroup("),
    ("queue (random)", "asyncio.Queue("),
    ("try", "try:"),
    ("finally", "finally:"),
    ("classes", "class "),
    ("dataclasses", "@dataclasses.dataclass"),
    ("lambda", "lambda "),
    ("generators (random)", "def numbers"),
    ("async for", "async for"),
    ("comprehensions (random)", " for v"),
    ("generator-based dialect", "@asyncio.coroutine"),
    ("annotations", "-> "),
];

/// The newest Python that runs a program.
pub fn version(text: &str) -> &'static str {
    match text {
        _ if text.contains("asyncio.async(") => "3.6",
        _ if ["with (yield from", "loop=", "Task.all_tasks"].iter().any(|old| text.contains(old)) => "3.8",
        _ if text.contains("@asyncio.coroutine") => "3.10",
        _ => "3.13",
    }
}

/// The function that is being written.
struct Frame {
    kind: Kind,
    result: Ty,
    /// Inside `finally`, where `return`, `break` and `continue` are not written.
    no_leaving: usize,
}

struct Generator {
    random: Random,
    lines: Vec<String>,
    indent: usize,
    vars: Vec<Var>,
    /// Where the variables begin that this place may see.
    base: usize,
    functions: Vec<Function>,
    classes: Vec<Class>,
    names: usize,
    frames: Vec<Frame>,
    /// How often the loops around run this place.
    multiplier: usize,
    spent: usize,
    loops: usize,
    no_await: usize,
    legacy: bool,
    annotated: bool,
    exceptions: Vec<(String, bool)>,
    chosen: Vec<&'static feature::Feature>,
    /// The coroutines that show features.
    shows: BTreeMap<&'static str, String>,
    /// Statements behind `main`.
    tail: Vec<String>,
}

impl Generator {
    fn line(&mut self, text: impl AsRef<str>) {
        self.lines.push(format!("{}{}", "    ".repeat(self.indent), text.as_ref()));
    }

    fn indented(&mut self, body: impl FnOnce(&mut Self)) {
        let (vars, functions) = (self.vars.len(), self.functions.len());
        self.indent += 1;
        body(self);
        self.indent -= 1;
        self.vars.truncate(vars);
        self.functions.truncate(functions);
    }

    /// `body` in a loop of so many turns.
    fn looped(&mut self, turns: usize, body: impl FnOnce(&mut Self)) {
        let before = self.multiplier;
        self.multiplier *= turns.max(1);
        self.loops += 1;
        self.indented(body);
        self.loops -= 1;
        self.multiplier = before;
    }

    /// A name that nothing has.
    fn fresh(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    /// A new name for a value of the type.
    fn named(&mut self, ty: &Ty) -> String {
        let stem = match ty {
            Ty::None => "nothing",
            Ty::Bool => self.random.pick(&["flag", "done", "ok"]),
            Ty::Int => self.random.pick(&["count", "total", "n", "size", "step"]),
            Ty::Float => self.random.pick(&["ratio", "delay", "mean"]),
            Ty::Str => self.random.pick(&["name", "text", "label", "key"]),
            Ty::List(_) => self.random.pick(&["items", "values", "rows"]),
            Ty::Set(_) => "seen",
            Ty::Dict(..) => self.random.pick(&["table", "by_name", "cache"]),
            Ty::Tuple(_) => "pair",
            Ty::Opt(_) => self.random.pick(&["found", "best", "last"]),
            Ty::Class(_) => "thing",
        };
        self.fresh(stem)
    }

    fn visible(&self) -> Vec<&Var> {
        let mut seen = Vec::new();
        let mut found = Vec::new();
        for var in self.vars.iter().rev() {
            if !seen.contains(&var.name.as_str()) {
                seen.push(&var.name);
                found.push(var);
            }
        }
        found
    }

    fn add_var(&mut self, name: &str, ty: &Ty, writable: bool) {
        self.vars.push(Var { name: name.into(), ty: ty.clone(), writable, captured: false });
    }

    /// `body` where a comprehension's or a lambda's variable is there.
    fn with_var<R>(&mut self, name: &str, ty: &Ty, body: impl FnOnce(&mut Self) -> R) -> R {
        self.add_var(name, ty, false);
        self.no_await += 1;
        let before = self.multiplier;
        self.multiplier *= 4;
        let result = body(self);
        self.multiplier = before;
        self.no_await -= 1;
        self.vars.pop();
        result
    }

    fn can_await(&self) -> bool {
        self.no_await == 0
            && self.frames.last().is_some_and(|f| matches!(f.kind, Kind::Coroutine | Kind::AsyncGenerator))
    }

    /// What a call made here may cost.
    fn room(&self) -> usize {
        LIMIT.saturating_sub(self.spent) / self.multiplier.max(1)
    }

    fn simple(&mut self) -> Ty {
        match self.random.below(8) {
            0..=3 => Ty::Int,
            4 | 5 => Ty::Str,
            6 => Ty::Float,
            _ => Ty::Bool,
        }
    }

    fn ordered(&mut self) -> Ty {
        if self.random.chance(10) { Ty::Tuple(vec![Ty::Int, Ty::Str]) } else { self.simple() }
    }

    fn hashable(&mut self) -> Ty {
        if self.random.chance(50) { Ty::Int } else { Ty::Str }
    }

    fn sized(&mut self) -> Ty {
        match self.random.below(4) {
            0 => Ty::Str,
            1 => Ty::Dict(Box::new(Ty::Str), Box::new(Ty::Int)),
            _ => self.simple().list(),
        }
    }

    fn any_type(&mut self) -> Ty {
        match self.random.below(20) {
            0..=7 => self.simple(),
            8..=10 => self.simple().list(),
            11 | 12 => Ty::Dict(Box::new(self.hashable()), Box::new(self.simple())),
            13 => Ty::Set(Box::new(Ty::Int)),
            14 => Ty::Tuple((0..2 + self.random.below(2)).map(|_| self.simple()).collect()),
            15 | 16 => Ty::Opt(Box::new(if self.random.chance(60) { Ty::Int } else { Ty::Str })),
            17 => Ty::Tuple(vec![Ty::Int, Ty::Str]).list(),
            18 => Ty::Dict(Box::new(Ty::Str), Box::new(self.simple().list())),
            _ if self.classes.is_empty() => Ty::Int.list().list(),
            _ => Ty::Class(self.random.below(self.classes.len())),
        }
    }

    /// A type that is seen in the output.
    fn shown(&mut self) -> Ty {
        loop {
            let ty = self.any_type();
            if ty.is_shown(&self.classes) {
                return ty;
            }
        }
    }
}
