//! Features that a program has or has not: each is a few lines around one idea, with random parts.

use super::Generator;

mod classes;
mod concurrency;
mod containers;
mod control;
mod functions;
mod generators;
mod legacy;
mod loops;
mod modules;
mod numbers;
mod older;
mod primitives;
mod programs;
mod text;

/// One feature.
pub struct Feature {
    /// What the list of features calls it.
    pub name: &'static str,
    /// Definitions of the module.
    pub define: fn(&mut Generator),
    /// Statements of `main`, which is a coroutine.
    pub use_: fn(&mut Generator),
    /// Also in the generator-based dialect.
    pub legacy: bool,
}

/// Nothing to define.
pub fn nothing(_: &mut Generator) {}

/// All features.
pub fn features() -> Vec<&'static Feature> {
    let all = [
        classes::FEATURES,
        concurrency::FEATURES,
        containers::FEATURES,
        control::FEATURES,
        functions::FEATURES,
        generators::FEATURES,
        legacy::FEATURES,
        loops::FEATURES,
        modules::FEATURES,
        numbers::FEATURES,
        older::FEATURES,
        primitives::FEATURES,
        programs::FEATURES,
        text::FEATURES,
    ];
    all.into_iter().flatten().collect()
}

/// Whether a feature is of the generator-based dialect alone.
pub fn is_older(feature: &Feature) -> bool {
    older::FEATURES.iter().any(|older| older.name == feature.name)
}

impl Generator {
    /// The features of this program: about one in twelve of those that its dialect has.
    pub fn choose_features(&mut self) {
        for feature in features() {
            let share = match (self.legacy, is_older(feature)) {
                (true, true) => 60,
                (true, false) if feature.legacy => 13,
                (false, false) => 9,
                _ => 0,
            };
            if share > 0 && self.random.chance(share) {
                self.chosen.push(feature);
            }
        }
    }

    /// `await` in the dialect of the program, and the head of a coroutine.
    pub fn dialect(&self) -> (&'static str, &'static str) {
        if self.legacy { ("@asyncio.coroutine\ndef", "yield from") } else { ("async def", "await") }
    }

    /// What stands behind the program's own end, where no loop runs.
    pub fn after(&mut self, text: &str) {
        self.tail.extend(text.lines().skip_while(|line| line.is_empty()).map(String::from));
    }

    /// What the features define; all but one are used in a coroutine of their own: nobody gives so many things one name.
    pub fn define_features(&mut self) {
        let mut inside = false;
        for feature in self.chosen.clone() {
            (feature.define)(self);
            if !inside && self.random.chance(10) {
                inside = true;
                continue;
            }
            let name = self.fresh("show");
            if self.legacy {
                self.line("@asyncio.coroutine");
            }
            self.line(format!("{}def {name}():", if self.legacy { "" } else { "async " }));
            self.indent += 1;
            self.use_feature(feature);
            self.indent -= 1;
            self.line("");
            self.line("");
            self.shows.insert(feature.name, name);
        }
    }

    fn use_feature(&mut self, feature: &Feature) {
        self.line(format!("print('-- {}')", feature.name));
        (feature.use_)(self);
    }

    /// What the features do.
    pub fn use_features(&mut self) {
        for feature in self.chosen.clone() {
            match self.shows.get(feature.name).cloned() {
                Some(name) if self.legacy => self.line(format!("yield from {name}()")),
                Some(name) => self.line(format!("await {name}()")),
                None => self.use_feature(feature),
            }
        }
    }

    /// Lines as they stand, one level deeper for each four spaces; `{…}` is not touched.
    pub fn lines(&mut self, text: &str) {
        for line in text.lines().skip_while(|line| line.is_empty()) {
            if line.is_empty() { self.lines.push(String::new()) } else { self.line(line) }
        }
    }

    /// Lines with `$1` … replaced.
    pub fn template(&mut self, text: &str, values: &[&str]) {
        let mut text = text.to_string();
        for (at, value) in values.iter().enumerate() {
            text = text.replace(&format!("${}", at + 1), value);
        }
        self.lines(&text);
    }

    /// A small number as text.
    pub fn small(&mut self) -> String {
        self.random.between(0, 9).to_string()
    }

    /// A delay in seconds as text.
    pub fn seconds(&mut self) -> String {
        self.random.pick(&["0", "0.01", "0.05", "0.1", "0.3", "1"]).into()
    }

    /// One of the lines.
    pub fn one_of(&mut self, lines: &[&str]) {
        let text = self.random.pick(lines).to_string();
        self.lines(&text);
    }

    /// Some of the lines, in their order.
    pub fn some_of(&mut self, lines: &[&str]) {
        let mut any = false;
        for text in lines {
            if self.random.chance(45) {
                any = true;
                self.lines(text);
            }
        }
        if !any {
            self.one_of(lines);
        }
    }
}
