//! Exceptions, and what only coroutines do.

use super::Generator;
use super::ty::{Function, Kind, Ty};

impl Generator {
    fn exception(&mut self) -> String {
        let (name, coded) = self.exceptions[self.random.below(self.exceptions.len())].clone();
        if coded {
            return format!("{name}({})", self.expr(&Ty::Int, 1));
        }
        match self.random.below(4) {
            0 => format!("{name}()"),
            1 => format!("{name}({})", self.expr(&Ty::Int, 1)),
            _ => format!("{name}({})", self.fstring(1)),
        }
    }

    /// `raise` under a condition.
    pub fn raise(&mut self) {
        let (test, exception) = (self.expr(&Ty::Bool, 2), self.exception());
        match self.random.below(7) {
            0 => self.line(format!("assert not ({test}), 'assert {}'", self.names)),
            1 => {
                self.line(format!("if {test}:"));
                let cause = self.exception();
                self.line(format!("    raise {exception} from {cause}"));
            }
            _ => {
                self.line(format!("if {test}:"));
                self.line(format!("    raise {exception}"));
            }
        }
    }

    /// `try` with something that may be raised.
    pub fn try_(&mut self) {
        let few = 1 + self.random.below(3);
        self.line("try:");
        self.indented(|this| {
            this.statements(few);
            match this.random.below(6) {
                0 => this.raise(),
                1 => {
                    let list = this.atom(&Ty::Int.list(), 1);
                    let name = this.fresh("n");
                    let at = this.random.between(0, 3);
                    this.line(format!("{name} = {list}[{at}]"));
                    this.line(format!("print('{name}', {name})"));
                }
                2 => {
                    let (dict, key) =
                        (this.atom(&Ty::Dict(Box::new(Ty::Str), Box::new(Ty::Int)), 1), this.expr(&Ty::Str, 1));
                    this.line(format!("print({dict}[{key}])"));
                }
                3 => {
                    let (a, b) = (this.atom(&Ty::Int, 1), this.atom(&Ty::Int, 1));
                    this.line(format!("print({a} // {b})"));
                }
                4 => {
                    let text = this.expr(&Ty::Str, 1);
                    this.line(format!("print(int({text}))"));
                }
                _ => this.statements(1),
            }
        });
        let only_finally = self.random.chance(15);
        if !only_finally {
            let name = self.fresh("e");
            let what = match self.random.below(6) {
                0 => "ZeroDivisionError".to_string(),
                1 => "(ValueError, KeyError)".to_string(),
                2 => self.exceptions[self.random.below(self.exceptions.len())].0.clone(),
                _ => "Exception".to_string(),
            };
            let few = self.random.below(3);
            self.line(format!("except {what} as {name}:"));
            self.indented(|this| {
                let shown = this.random.pick(&["", "repr"]);
                this.line(format!("print('{name}', type({name}).__name__, {shown}({name}))"));
                this.statements(few);
                if this.random.chance(15) {
                    this.line("raise");
                }
            });
            if what != "Exception" && self.random.chance(50) {
                self.line("except Exception:");
                self.block(1);
            }
            if self.random.chance(25) {
                self.line("else:");
                self.block(1);
            }
        }
        if only_finally || self.random.chance(25) {
            self.line("finally:");
            if let Some(frame) = self.frames.last_mut() {
                frame.no_leaving += 1;
            }
            let loops = std::mem::take(&mut self.loops);
            self.block(1);
            self.loops = loops;
            if let Some(frame) = self.frames.last_mut() {
                frame.no_leaving -= 1;
            }
        }
    }

    fn wait(&self) -> &'static str {
        if self.legacy { "yield from" } else { "await" }
    }

    fn delay(&mut self) -> String {
        self.random.pick(&["0", "0.01", "0.02", "0.1", "0.5", "1"]).into()
    }

    /// A call that gives a coroutine, and what it gives.
    fn coroutine(&mut self) -> Option<(String, Ty)> {
        let room = self.room() / 4;
        let found: Vec<Function> =
            self.functions.iter().filter(|f| f.kind == Kind::Coroutine && f.cost <= room).cloned().collect();
        if found.is_empty() {
            return None;
        }
        let function = found[self.random.below(found.len())].clone();
        self.spent += function.cost * self.multiplier;
        self.no_await += 1;
        let args = self.arguments(&function.params, 1);
        self.no_await -= 1;
        Some((format!("{}({args})", function.name), function.result))
    }

    /// A statement that waits.
    pub fn asynchronous(&mut self) {
        let wait = self.wait();
        let Some((call, result)) = self.coroutine() else {
            let delay = self.delay();
            return self.line(format!("{wait} asyncio.sleep({delay})"));
        };
        match self.random.below(14) {
            0 | 1 => {
                let delay = self.delay();
                self.line(format!("{wait} asyncio.sleep({delay})"));
            }
            2 | 3 => self.bind(&result, &format!("{wait} {call}")),
            4 => self.task(&call, &result),
            5 => self.gather(&call),
            6 => self.gather_exceptions(&call),
            7 => self.wait_for(&call, &result),
            8 => self.cancel(&call),
            9 => self.queue(),
            10 => self.locked(),
            11 => self.as_completed(&call),
            12 => self.event(),
            _ if !self.legacy && self.random.chance(25) => self.group(&call, &result),
            _ => self.gather(&call),
        }
    }

    fn bind(&mut self, result: &Ty, value: &str) {
        if *result == Ty::None {
            return self.line(value);
        }
        let name = self.named(result);
        self.line(format!("{name} = {value}"));
        self.add_var(&name, result, true);
    }

    fn spawn(&self) -> &'static str {
        if self.legacy { "asyncio.ensure_future" } else { "asyncio.create_task" }
    }

    fn task(&mut self, call: &str, result: &Ty) {
        let (task, wait, spawn) = (self.fresh("task"), self.wait(), self.spawn());
        self.line(format!("{task} = {spawn}({call})"));
        let few = self.random.below(3);
        self.statements(few);
        if self.random.chance(30) {
            self.line(format!("print('{task}', {task}.done())"));
        }
        self.bind(result, &format!("{wait} {task}"));
    }

    fn results(&mut self, name: &str) {
        match self.random.below(3) {
            0 => self.line(format!("print('{name}', len({name}))")),
            1 => {
                self.line(format!("for index, one in enumerate({name}):"));
                self.line(format!("    print('{name}', index, type(one).__name__)"));
            }
            _ => self.line(format!("print('{name}', [type(one).__name__ for one in {name}])")),
        }
    }

    fn gather(&mut self, call: &str) {
        let (name, wait) = (self.fresh("results"), self.wait());
        if self.random.chance(40) {
            let count = self.random.between(1, 3);
            self.line(format!("{name} = {wait} asyncio.gather(*[{call} for _ in range({count})])"));
        } else {
            let mut calls = vec![call.to_string()];
            for _ in 0..self.random.below(3) {
                calls.extend(self.coroutine().map(|(call, _)| call));
            }
            self.line(format!("{name} = {wait} asyncio.gather({})", calls.join(", ")));
        }
        self.results(&name);
    }

    fn gather_exceptions(&mut self, call: &str) {
        let (name, wait) = (self.fresh("results"), self.wait());
        let other = self.coroutine().map_or(String::new(), |(call, _)| format!("{call}, "));
        self.line(format!("{name} = {wait} asyncio.gather({call}, {other}return_exceptions=True)"));
        self.line(format!("for one in {name}:"));
        self.line("    if isinstance(one, Exception):");
        self.line(format!("        print('{name}', 'failed', repr(one))"));
        self.line("    else:");
        self.line(format!("        print('{name}', type(one).__name__)"));
    }

    fn wait_for(&mut self, call: &str, result: &Ty) {
        let (wait, delay) = (self.wait(), self.delay());
        self.line("try:");
        self.indented(|this| {
            this.bind(result, &format!("{wait} asyncio.wait_for({call}, {delay})"));
            this.statements(1);
        });
        self.line("except asyncio.TimeoutError:");
        self.indented(|this| {
            this.line("print('too late')");
        });
    }

    fn cancel(&mut self, call: &str) {
        let (task, wait, spawn, delay) = (self.fresh("task"), self.wait(), self.spawn(), self.delay());
        self.line(format!("{task} = {spawn}({call})"));
        if self.random.chance(70) {
            self.line(format!("{wait} asyncio.sleep({delay})"));
        }
        self.line(format!("{task}.cancel()"));
        self.line("try:");
        self.line(format!("    {wait} {task}"));
        self.line("except asyncio.CancelledError:");
        self.line(format!("    print('{task} cancelled', {task}.cancelled())"));
        self.line("except Exception as error:");
        self.line(format!("    print('{task}', repr(error))"));
    }

    fn queue(&mut self) {
        let (queue, worker, wait, spawn) = (self.fresh("queue"), self.fresh("worker"), self.wait(), self.spawn());
        let ty = self.simple();
        let (count, size) = (self.random.between(1, 3), self.random.between(0, 2));
        self.line(format!(
            "{queue} = asyncio.Queue({})",
            if size == 0 { String::new() } else { format!("maxsize={size}") }
        ));
        if self.legacy {
            self.line("@asyncio.coroutine");
            self.line(format!("def {worker}():"));
        } else {
            self.line(format!("async def {worker}():"));
        }
        self.line("    while True:");
        self.line(format!("        got = {wait} {queue}.get()"));
        self.line("        if got is None:");
        self.line("            break");
        self.line(format!("        print('{worker}', got)"));
        if self.random.chance(50) {
            let delay = self.delay();
            self.line(format!("        {wait} asyncio.sleep({delay})"));
        }
        let consumer = self.fresh("consumer");
        self.line(format!("{consumer} = {spawn}({worker}())"));
        for _ in 0..count {
            let value = self.expr(&ty, 1);
            self.line(format!("{wait} {queue}.put({value})"));
        }
        self.line(format!("{wait} {queue}.put(None)"));
        self.line(format!("{wait} {consumer}"));
    }

    fn locked(&mut self) {
        if self.legacy {
            return self.event();
        }
        let lock = self.fresh("lock");
        let what = self.random.pick(&["Lock()", "Semaphore(2)", "Semaphore()"]);
        self.line(format!("{lock} = asyncio.{what}"));
        self.line(format!("async with {lock}:"));
        self.block(2);
    }

    fn as_completed(&mut self, call: &str) {
        // Coroutines are started in the order of a set of them, tasks when they are made.
        let (wait, one, spawn) = (self.wait(), self.fresh("one"), self.spawn());
        let other = self.coroutine().map_or(String::new(), |(call, _)| call);
        self.line(format!(
            "for {one} in asyncio.as_completed([{spawn}({call}){}]):",
            if other.is_empty() { String::new() } else { format!(", {spawn}({other})") }
        ));
        let name = self.fresh("got");
        self.line(format!("    {name} = {wait} {one}"));
        self.line(format!("    print('{name}', type({name}).__name__)"));
    }

    fn event(&mut self) {
        let (event, wait) = (self.fresh("event"), self.wait());
        self.line(format!("{event} = asyncio.Event()"));
        let delay = self.delay();
        self.line(format!("asyncio.get_event_loop().call_later({delay}, {event}.set)"));
        self.line(format!("{wait} {event}.wait()"));
        self.line(format!("print('{event}', {event}.is_set())"));
    }

    fn group(&mut self, call: &str, result: &Ty) {
        let (group, task) = (self.fresh("group"), self.fresh("task"));
        match self.random.below(2) {
            0 => {
                self.line(format!("async with asyncio.TaskGroup() as {group}:"));
                self.line(format!("    {task} = {group}.create_task({call})"));
                self.bind(result, &format!("{task}.result()"));
            }
            _ => {
                let delay = self.delay();
                self.line("try:");
                self.line(format!("    async with asyncio.timeout({delay}):"));
                self.line(format!("        await {call}"));
                self.line("except TimeoutError:");
                self.line("    print('timed out')");
            }
        }
    }
}
