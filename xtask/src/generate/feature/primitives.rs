//! Locks, events, conditions, semaphores, barriers, queues.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "lock", define: nothing, use_: lock, legacy: false },
    Feature { name: "event", define: nothing, use_: event, legacy: false },
    Feature { name: "condition", define: nothing, use_: condition, legacy: false },
    Feature { name: "semaphore", define: nothing, use_: semaphore, legacy: false },
    Feature { name: "barrier", define: nothing, use_: barrier, legacy: false },
    Feature { name: "queue", define: nothing, use_: queue, legacy: false },
    Feature { name: "priority and lifo queue", define: nothing, use_: priority, legacy: false },
    Feature { name: "worker pool", define: pool, use_: use_pool, legacy: false },
];

fn lock(g: &mut Generator) {
    let n = g.random.between(2, 4).to_string();
    g.template(
        "
lock = asyncio.Lock()
shared = {'value': 0}
async def bump(name):
    async with lock:
        before = shared['value']
        await asyncio.sleep(0.01)
        shared['value'] = before + 1
        print(name, shared['value'], lock.locked())
await asyncio.gather(*(bump(f'b{i}') for i in range($1)))
print(shared, lock.locked())
await lock.acquire()
try:
    print('held')
finally:
    lock.release()
",
        &[&n],
    );
}

fn event(g: &mut Generator) {
    let (n, delay) = (g.random.between(1, 3).to_string(), g.seconds());
    g.template(
        "
ready = asyncio.Event()
async def waiter(n):
    print('waiting', n)
    await ready.wait()
    print('released', n)
waiters = [asyncio.create_task(waiter(n)) for n in range($1)]
await asyncio.sleep($2)
ready.set()
await asyncio.gather(*waiters)
ready.clear()
print(ready.is_set())
",
        &[&n, &delay],
    );
}

fn condition(g: &mut Generator) {
    let n = g.random.between(1, 3).to_string();
    g.template(
        "
condition = asyncio.Condition()
stock = []
async def buyer(name):
    async with condition:
        await condition.wait_for(lambda: len(stock) > 0)
        print(name, 'bought', stock.pop())
async def seller():
    for n in range($1):
        await asyncio.sleep(0.1)
        async with condition:
            stock.append(n)
            condition.notify()
await asyncio.gather(*(buyer(f'buyer {n}') for n in range($1)), seller())
print(stock)
",
        &[&n],
    );
}

fn semaphore(g: &mut Generator) {
    let (n, kind) = (g.random.between(1, 3).to_string(), g.random.pick(&["Semaphore", "BoundedSemaphore"]).to_string());
    g.template(
        "
gate = asyncio.$2($1)
active = 0
peak = []
async def visit(n):
    nonlocal_count = n
    async with gate:
        peak.append(n)
        await asyncio.sleep(0.1)
        print('visited', nonlocal_count, gate.locked())
await asyncio.gather(*[visit(n) for n in range(4)])
print(peak, gate.locked())
",
        &[&n, &kind],
    );
    if kind == "BoundedSemaphore" {
        g.lines("try:\n    gate.release()\nexcept ValueError as problem:\n    print(problem)");
    }
}

fn barrier(g: &mut Generator) {
    let n = g.random.between(2, 3).to_string();
    g.template(
        "
barrier = asyncio.Barrier($1)
async def runner(n):
    await asyncio.sleep(n / 10)
    print('at', n)
    async with barrier as position:
        print('past', n, position)
await asyncio.gather(*(runner(n) for n in range($1)))
print(barrier.n_waiting, barrier.parties, barrier.broken)
",
        &[&n],
    );
}

fn queue(g: &mut Generator) {
    let (size, n) = (g.random.between(0, 3).to_string(), g.random.between(1, 5).to_string());
    g.template(
        "
box = asyncio.Queue($1)
async def fill():
    for n in range($2):
        await box.put((n, f'item {n}'))
        print('put', n, box.qsize())
async def drain():
    while True:
        number, text = await box.get()
        print('got', number, text)
        await asyncio.sleep(0.01)
        box.task_done()
drainer = asyncio.create_task(drain())
await fill()
await box.join()
drainer.cancel()
print(box.empty(), box.full(), box.maxsize)
",
        &[&size, &n],
    );
    g.some_of(&[
        "try:\n    box.get_nowait()\nexcept asyncio.QueueEmpty as problem:\n    print('empty', repr(problem))",
        "small = asyncio.Queue(maxsize=1)\nsmall.put_nowait('x')\ntry:\n    small.put_nowait('y')\nexcept asyncio.QueueFull:\n    print('full', small.full())",
    ]);
}

fn priority(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
urgent = asyncio.PriorityQueue()
for entry in ((3, 'low'), (1, 'high'), ($1, 'some'), (1, 'also')):
    await urgent.put(entry)
while not urgent.empty():
    rank, what = urgent.get_nowait()
    print(rank, what)
stack = asyncio.LifoQueue()
for n in range(3):
    stack.put_nowait(n)
print([await stack.get() for _ in range(3)], stack.qsize())
",
        &[&n],
    );
}

fn pool(g: &mut Generator) {
    let fails = g.small();
    g.template(
        "
class Pool:
    def __init__(self, size):
        self.size = size
        self.queue = asyncio.Queue()
        self.results = {}
        self.failed = []

    async def worker(self, name):
        while True:
            job = await self.queue.get()
            try:
                self.results[job] = await self.work(name, job)
            except ValueError as problem:
                self.failed.append(str(problem))
            finally:
                self.queue.task_done()

    async def work(self, name, job):
        await asyncio.sleep(job / 100)
        if job == $1:
            raise ValueError(f'{name} failed {job}')
        return job ** 2

    async def run(self, jobs):
        workers = [asyncio.create_task(self.worker(f'w{i}')) for i in range(self.size)]
        for job in jobs:
            self.queue.put_nowait(job)
        await self.queue.join()
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        return self.results


",
        &[&fails],
    );
}

fn use_pool(g: &mut Generator) {
    let n = g.random.between(1, 4).to_string();
    g.template("\nworkers = Pool($1)\nprint(await workers.run(range(1, 7)), workers.failed)\n", &[&n]);
}
