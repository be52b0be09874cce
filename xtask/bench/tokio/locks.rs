//! Locks: tasks that contend for a lock, a semaphore and an event.

use std::cell::Cell;
use std::rc::Rc;

use tokio::sync::{Mutex, Notify, Semaphore};
use tokio::task::{JoinSet, LocalSet, yield_now};

struct Account {
    balance: Mutex<i64>,
}

impl Account {
    async fn deposit(&self, amount: i64) {
        let mut balance = self.balance.lock().await;
        let before = *balance;
        yield_now().await;
        *balance = before + amount;
    }
}

struct Bank {
    account: Account,
    slots: Semaphore,
    open: Cell<bool>,
    start: Notify,
}

async fn customer(bank: Rc<Bank>, count: i64) {
    let start = bank.start.notified();
    if !bank.open.get() {
        start.await;
    }
    for n in 0..count {
        let _slot = bank.slots.acquire().await.unwrap();
        bank.account.deposit(n).await;
    }
}

async fn work() {
    let account = Account { balance: Mutex::new(0) };
    let bank = Rc::new(Bank { account, slots: Semaphore::new(10), open: Cell::new(false), start: Notify::new() });
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        tasks.spawn_local(customer(bank.clone(), 1000));
    }
    yield_now().await;
    bank.open.set(true);
    bank.start.notify_waiters();
    tasks.join_all().await;
    println!("{}", bank.account.balance.lock().await);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    LocalSet::new().run_until(work()).await;
}
