//! Features that a program has or has not: each is a few lines around one idea, with random parts.

use super::Generator;

mod classes;
mod concurrency;
mod containers;
mod control;
mod functions;
mod generators;
mod legacy;
mod numbers;
mod primitives;
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
        numbers::FEATURES,
        primitives::FEATURES,
        text::FEATURES,
    ];
    all.into_iter().flatten().collect()
}

impl Generator {
    /// The features of this program: about one in eight.
    pub fn choose_features(&mut self) {
        for feature in features() {
            if (feature.legacy || !self.legacy) && self.random.chance(if self.legacy { 25 } else { 12 }) {
                self.chosen.push(feature);
            }
        }
    }

    /// What the features define; three in four are used in a coroutine of their own.
    pub fn define_features(&mut self) {
        for feature in self.chosen.clone() {
            (feature.define)(self);
            if !self.random.chance(75) {
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
