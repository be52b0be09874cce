//! Standard input, handed to two programs one after the other.
//!
//! It is read as far as somebody wants it, never to its end in advance: it may be a pipe that nobody closes.

use std::io::{Read, Write};
use std::process::ChildStdin;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

/// What was read so far; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Stdin {
    shared: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Debug, Default)]
struct State {
    bytes: Vec<u8>,
    ended: bool,
    reading: bool,
}

impl Stdin {
    /// Feeds a program from the beginning until it or the input ends.
    pub fn feed(&self, mut to: ChildStdin) {
        let input = self.clone();
        thread::spawn(move || {
            let mut at = 0;
            while let Some(bytes) = input.after(at) {
                at += bytes.len();
                // A program that ended, or that closed its input, wants no more.
                if to.write_all(&bytes).and_then(|()| to.flush()).is_err() {
                    break;
                }
            }
        });
    }

    /// The bytes from `at` on, waiting for some; `None`: there are no more.
    fn after(&self, at: usize) -> Option<Vec<u8>> {
        let (mutex, changed) = &*self.shared;
        let mut state = mutex.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if state.bytes.len() > at {
                return Some(state.bytes[at..].to_vec());
            }
            if state.ended {
                return None;
            }
            if !state.reading {
                state.reading = true;
                let input = self.clone();
                thread::spawn(move || input.read());
            }
            state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn read(&self) {
        let mut buffer = vec![0; 1 << 16];
        let count = std::io::stdin().lock().read(&mut buffer).unwrap_or(0);
        let (mutex, changed) = &*self.shared;
        let mut state = mutex.lock().unwrap_or_else(PoisonError::into_inner);
        state.bytes.extend_from_slice(&buffer[..count]);
        state.ended = count == 0;
        state.reading = false;
        changed.notify_all();
    }
}
