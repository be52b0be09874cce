//! Which functions are directly inside which, looked up instead of looked for.

use crate::arena::Arena;
use crate::hir::{FnId, Function};

/// The functions inside each; some may be elsewhere by now.
#[derive(Default)]
pub struct Nested {
    known: usize,
    inner: Vec<Vec<FnId>>,
}

impl Nested {
    /// Takes in functions that were made since.
    pub fn grow(&mut self, functions: &Arena<Function>) {
        for raw in self.known..functions.len() {
            let id = FnId::from_raw(raw as u32);
            self.moved(id, functions[id].parent);
        }
        self.known = functions.len();
    }

    /// A function is inside another one now.
    pub fn moved(&mut self, id: FnId, parent: Option<FnId>) {
        let Some(parent) = parent else { return };
        if self.inner.len() <= parent.at() {
            self.inner.resize_with(parent.at() + 1, Vec::new);
        }
        let list = &mut self.inner[parent.at()];
        if let Err(at) = list.binary_search(&id) {
            list.insert(at, id);
        }
    }

    /// Those that are or were directly inside one, by their numbers.
    pub fn of(&self, outer: FnId) -> &[FnId] {
        self.inner.get(outer.at()).map_or(&[], Vec::as_slice)
    }
}
