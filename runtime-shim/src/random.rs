//! `random`: CPython's generator and distributions. The same seed gives the same numbers.
//!
//! The numbers are those of 3.13; earlier versions differ in `expovariate` (until 3.11 by rounding only), `binomialvariate` (new in
//! 3.12), and in what they accept as a seed or a population.

use std::cell::RefCell;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::iter::Iterable;
use crate::prelude::*;

mod distributions;
mod generator;
mod population;
mod seed;
mod sequences;
mod twister;

pub use population::Population;
pub use seed::Seed;

use generator::Generator;

/// The generator behind the module's functions; seeded from the system when it is first used.
static SHARED: Mutex<Option<Generator>> = Mutex::new(None);

/// Runs `work` with it. No code of the program runs inside.
#[inline]
fn shared<R>(work: impl FnOnce(&mut Generator) -> R) -> R {
    let mut shared: MutexGuard<'_, Option<Generator>> = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    work(shared.get_or_insert_with(Generator::from_entropy))
}

/// `random.Random`, and `random.SystemRandom`; a clone is the same generator.
#[derive(Clone)]
pub struct Random(Rc<RefCell<Generator>>);

impl Random {
    /// `Random(seed)`
    #[inline]
    pub fn new(seed: impl Seed) -> Random {
        let mut generator = Generator::from_words(&[]);
        generator.reseed(seed.words());
        Random(Rc::new(RefCell::new(generator)))
    }

    /// `SystemRandom()`
    #[inline]
    pub fn system() -> Random {
        Random(Rc::new(RefCell::new(Generator::system())))
    }

    /// `seed(a)`
    #[inline]
    pub fn seed(&self, a: impl Seed) {
        let words = a.words();
        self.0.borrow_mut().reseed(words);
    }

    #[inline]
    fn with<R>(&self, work: impl FnOnce(&mut Generator) -> R) -> R {
        work(&mut self.0.borrow_mut())
    }
}

/// `random.seed(a)`
#[inline]
pub fn seed(a: impl Seed) {
    let words = a.words();
    shared(|generator| generator.reseed(words));
}

/// Declares functions twice: of the module, and as methods of [`Random`].
macro_rules! functions {
    ($( $(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*) -> $result:ty; )*) => {
        $(
            $(#[$doc])*
            pub fn $name($($arg: $type),*) -> $result {
                shared(|generator| generator.$name($($arg),*))
            }
        )*

        impl Random {
            $(
                $(#[$doc])*
                pub fn $name(&self, $($arg: $type),*) -> $result {
                    self.with(|generator| generator.$name($($arg),*))
                }
            )*
        }
    };
}

functions! {
    /// In [0.0, 1.0).
    fn random() -> f64;
    /// An integer of `[a, b]`, both ends included.
    fn randint(a: i64, b: i64) -> PyResult<i64>;
    /// `randrange(stop)`
    fn randrange(stop: i64) -> PyResult<i64>;
    /// `randrange(start, stop)`
    fn randrange_from(start: i64, stop: i64) -> PyResult<i64>;
    /// `randrange(start, stop, step)`
    fn randrange_step(start: i64, stop: i64, step: i64) -> PyResult<i64>;
    /// An integer of `k` random bits.
    fn getrandbits(k: i64) -> PyResult<Int>;
    /// `n` random bytes.
    fn randbytes(n: i64) -> PyResult<Bytes>;
    /// A number between `a` and `b`.
    fn uniform(a: f64, b: f64) -> f64;
    /// The triangular distribution.
    fn triangular(low: f64, high: f64, mode: Option<f64>) -> f64;
    /// The normal distribution.
    fn normalvariate(mu: f64, sigma: f64) -> f64;
    /// The normal distribution, faster; two numbers are made at a time.
    fn gauss(mu: f64, sigma: f64) -> f64;
    /// The log normal distribution.
    fn lognormvariate(mu: f64, sigma: f64) -> PyResult<f64>;
    /// The exponential distribution.
    fn expovariate(lambd: f64) -> PyResult<f64>;
    /// The distribution of angles.
    fn vonmisesvariate(mu: f64, kappa: f64) -> f64;
    /// The gamma distribution.
    fn gammavariate(alpha: f64, beta: f64) -> PyResult<f64>;
    /// The beta distribution.
    fn betavariate(alpha: f64, beta: f64) -> PyResult<f64>;
    /// The Pareto distribution.
    fn paretovariate(alpha: f64) -> PyResult<f64>;
    /// The Weibull distribution.
    fn weibullvariate(alpha: f64, beta: f64) -> PyResult<f64>;
    /// The binomial distribution.
    fn binomialvariate(n: i64, p: f64) -> PyResult<i64>;
}

/// `random.choice(seq)`
#[inline]
pub fn choice<P: Population + ?Sized>(seq: &P) -> PyResult<P::Item> {
    sequences::choice(|len| shared(|generator| generator.index(len)), seq)
}

/// `random.shuffle(x)`
#[inline]
pub fn shuffle<T: Clone + 'static>(x: &List<T>) -> PyResult {
    sequences::shuffle(|len| shared(|generator| generator.index(len)), x)
}

/// `random.sample(population, k)`
#[inline]
pub fn sample<P: Population + ?Sized>(population: &P, k: i64) -> PyResult<List<P::Item>> {
    sequences::sample(|len| shared(|generator| generator.index(len)), population, k)
}

/// `random.sample(population, k, counts=…)`
#[inline]
pub fn sample_counts<P: Population + ?Sized>(
    population: &P,
    k: i64,
    counts: &impl Iterable<Item = i64>,
) -> PyResult<List<P::Item>> {
    sequences::sample_counts(|len| shared(|generator| generator.index(len)), population, k, counts)
}

/// `random.choices(population, k=…)`
#[inline]
pub fn choices<P: Population + ?Sized>(population: &P, k: i64) -> PyResult<List<P::Item>> {
    sequences::choices(random, population, k)
}

/// `random.choices(population, weights, k=…)`
#[inline]
pub fn choices_weighted<P: Population + ?Sized>(
    population: &P,
    weights: &impl Iterable<Item = f64>,
    k: i64,
) -> PyResult<List<P::Item>> {
    sequences::choices_weighted(random, population, weights, k)
}

/// `random.choices(population, cum_weights=…, k=…)`
#[inline]
pub fn choices_cumulative<P: Population + ?Sized>(
    population: &P,
    cum_weights: &impl Iterable<Item = f64>,
    k: i64,
) -> PyResult<List<P::Item>> {
    sequences::choices_cumulative(random, population, cum_weights, k)
}

impl Random {
    #[inline]
    fn index(&self, len: i64) -> i64 {
        self.with(|generator| generator.index(len))
    }

    /// `choice(seq)`
    #[inline]
    pub fn choice<P: Population + ?Sized>(&self, seq: &P) -> PyResult<P::Item> {
        sequences::choice(|len| self.index(len), seq)
    }

    /// `shuffle(x)`
    #[inline]
    pub fn shuffle<T: Clone + 'static>(&self, x: &List<T>) -> PyResult {
        sequences::shuffle(|len| self.index(len), x)
    }

    /// `sample(population, k)`
    #[inline]
    pub fn sample<P: Population + ?Sized>(&self, population: &P, k: i64) -> PyResult<List<P::Item>> {
        sequences::sample(|len| self.index(len), population, k)
    }

    /// `sample(population, k, counts=…)`
    #[inline]
    pub fn sample_counts<P: Population + ?Sized>(
        &self,
        population: &P,
        k: i64,
        counts: &impl Iterable<Item = i64>,
    ) -> PyResult<List<P::Item>> {
        sequences::sample_counts(|len| self.index(len), population, k, counts)
    }

    /// `choices(population, k=…)`
    #[inline]
    pub fn choices<P: Population + ?Sized>(&self, population: &P, k: i64) -> PyResult<List<P::Item>> {
        sequences::choices(|| self.random(), population, k)
    }

    /// `choices(population, weights, k=…)`
    #[inline]
    pub fn choices_weighted<P: Population + ?Sized>(
        &self,
        population: &P,
        weights: &impl Iterable<Item = f64>,
        k: i64,
    ) -> PyResult<List<P::Item>> {
        sequences::choices_weighted(|| self.random(), population, weights, k)
    }

    /// `choices(population, cum_weights=…, k=…)`
    #[inline]
    pub fn choices_cumulative<P: Population + ?Sized>(
        &self,
        population: &P,
        cum_weights: &impl Iterable<Item = f64>,
        k: i64,
    ) -> PyResult<List<P::Item>> {
        sequences::choices_cumulative(|| self.random(), population, cum_weights, k)
    }
}

impl std::fmt::Debug for Random {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", repr(self))
    }
}

crate::opaque::opaque! {
    Random: "random", "Random";
}

#[cfg(test)]
mod tests;
