//! What only the generator-based dialect has.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "bare yield", define: nothing, use_: bare, legacy: true },
    Feature { name: "with (yield from lock)", define: nothing, use_: lock, legacy: true },
    Feature { name: "loop=", define: nothing, use_: loop_argument, legacy: true },
    Feature { name: "asyncio.async", define: nothing, use_: spawn, legacy: true },
    Feature { name: "return of a coroutine", define: nothing, use_: returns, legacy: true },
    Feature { name: "Task.all_tasks", define: nothing, use_: tasks, legacy: true },
];

fn bare(g: &mut Generator) {
    let n = g.random.between(1, 4).to_string();
    g.template(
        "
@asyncio.coroutine
def polite(name, times):
    for i in range(times):
        print(name, i)
        yield
    return name
print((yield from asyncio.gather(polite('a', $1), polite('b', 2))))
",
        &[&n],
    );
}

fn lock(g: &mut Generator) {
    g.lines(
        "
lock = asyncio.Lock()
@asyncio.coroutine
def locked(name):
    with (yield from lock):
        print(name, 'in')
        yield from asyncio.sleep(0.01)
        print(name, 'out')
yield from asyncio.gather(locked('x'), locked('y'))
yield from lock.acquire()
try:
    print(lock.locked())
finally:
    lock.release()
",
    );
}

fn loop_argument(g: &mut Generator) {
    let delay = g.seconds();
    g.template(
        "
loop = asyncio.get_event_loop()
later = asyncio.Future(loop=loop)
loop.call_later($1, later.set_result, 'later')
yield from asyncio.sleep(0.01, loop=loop)
print((yield from asyncio.wait_for(later, 5, loop=loop)))
line = asyncio.Queue(loop=loop)
line.put_nowait(1)
print(line.get_nowait())
",
        &[&delay],
    );
}

fn spawn(g: &mut Generator) {
    // Few: the whole program must run on Python 3.6 then.
    let spawn = if g.random.chance(5) {
        "asyncio.async"
    } else {
        g.random.pick(&["asyncio.Task", "asyncio.get_event_loop().create_task"])
    };
    g.template(
        "
@asyncio.coroutine
def child(number):
    yield from asyncio.sleep(number / 10)
    return number
children = [$1(child(n)) for n in range(3)]
done, _ = yield from asyncio.wait(children)
print(sorted(task.result() for task in done), all(task.done() for task in children))
",
        &[spawn],
    );
}

fn returns(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
@asyncio.coroutine
def plain(value):
    return value + 1
@asyncio.coroutine
def chained(value):
    first = yield from plain(value)
    second = yield from plain(first)
    return first, second
print((yield from plain($1)), (yield from chained(2)))
try:
    yield from asyncio.wait_for(asyncio.sleep(1, 'slept'), 2)
finally:
    print('done')
",
        &[&n],
    );
}

fn tasks(g: &mut Generator) {
    g.lines(
        "
running = [task for task in asyncio.Task.all_tasks() if not task.done()]
print(len(running) >= 1, asyncio.Task.current_task() is not None)
",
    );
}
