//! The tasks of a loop, for `all_tasks`: each leaves when it is freed, so that nothing of it is kept.
use std::cell::RefCell;
use std::num::NonZeroU32;
use std::rc::{Rc, Weak};

use super::task::TaskObject;

/// Below this many places none is given back.
const KEPT: usize = 1024;

/// The tasks, each at a place that it knows: one more than its index.
#[derive(Default)]
pub(crate) struct Registry(RefCell<Places>);

#[derive(Default)]
struct Places {
    tasks: Vec<Option<Weak<dyn TaskObject>>>,
    free: Vec<u32>,
}

impl Registry {
    /// Keeps a task in mind.
    #[inline]
    pub(crate) fn enter(&self, task: &Rc<dyn TaskObject>) {
        let mut places = self.0.borrow_mut();
        let entry = Some(Rc::downgrade(task));
        let place = match places.free.pop() {
            Some(place) => {
                places.tasks[place as usize] = entry;
                place
            }
            None => {
                places.tasks.push(entry);
                places.tasks.len() as u32 - 1
            }
        };
        task.state().place.set(NonZeroU32::new(place + 1));
    }

    /// A task is freed.
    #[inline]
    pub(crate) fn leave(&self, place: NonZeroU32) {
        let place = place.get() - 1;
        let mut places = self.0.borrow_mut();
        let gone = places.tasks.get_mut(place as usize).and_then(Option::take);
        places.free.push(place);
        if places.tasks.len() > KEPT && places.free.len() * 8 > places.tasks.len() * 7 {
            places.shrink();
        }
        drop(places);
        drop(gone);
    }

    /// Those that are not done, in the order in which they were made.
    pub(crate) fn pending(&self) -> Vec<Rc<dyn TaskObject>> {
        let places = self.0.borrow();
        let alive = places.tasks.iter().flatten().filter_map(Weak::upgrade);
        let mut pending: Vec<_> = alive.filter(|task| !task.core().is_done()).collect();
        pending.sort_by_key(|task| task.state().number());
        pending
    }
}

impl Places {
    /// Nearly all places are free: the tasks move together. One that is being freed has left already, or does so next.
    #[cold]
    fn shrink(&mut self) {
        let mut kept = Vec::new();
        for entry in std::mem::take(&mut self.tasks).into_iter().flatten() {
            if let Some(task) = entry.upgrade() {
                kept.push(Some(entry));
                task.state().place.set(NonZeroU32::new(kept.len() as u32));
            }
        }
        self.tasks = kept;
        self.free = Vec::new();
    }
}
