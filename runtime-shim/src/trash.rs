//! Drops deep structures without deep recursion: past a depth, what is inside is put aside and dropped by the outermost drop.
use std::any::Any;
use std::cell::{Cell, RefCell};

const DEPTH: u32 = 100;

thread_local! {
    static NESTED: Cell<u32> = const { Cell::new(0) };
    static ASIDE: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// Drops `value`, which may be the start of a long chain of others.
pub fn dispose<T: 'static>(value: T) {
    if !std::mem::needs_drop::<T>() {
        return;
    }
    let depth = NESTED.try_with(Cell::get).unwrap_or(0);
    if depth >= DEPTH {
        // When the thread ends there is nowhere to put it aside.
        let mut value = Some(value);
        let _ = ASIDE.try_with(|aside| {
            if let Some(value) = value.take() {
                aside.borrow_mut().push(Box::new(value));
            }
        });
        return;
    }
    let _ = NESTED.try_with(|nested| nested.set(depth + 1));
    drop(value);
    if depth == 0 {
        while let Ok(Some(value)) = ASIDE.try_with(|aside| aside.borrow_mut().pop()) {
            drop(value);
        }
    }
    let _ = NESTED.try_with(|nested| nested.set(depth));
}
