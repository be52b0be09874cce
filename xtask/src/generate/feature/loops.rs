//! The loop itself: driven by hand, its callbacks, handlers and factories, threads that reach into it.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "loop by hand", define: by_hand, use_: |g| g.lines("print('later')"), legacy: true },
    Feature { name: "loop forever", define: forever, use_: |g| g.lines("print('later')"), legacy: true },
    Feature { name: "runner", define: runner, use_: |g| g.lines("print('later')"), legacy: false },
    Feature { name: "timeout_at", define: nothing, use_: timeout_at, legacy: false },
    Feature { name: "uncancel", define: nothing, use_: uncancel, legacy: false },
    Feature { name: "threads into the loop", define: nothing, use_: threadsafe, legacy: false },
    Feature { name: "exception handler", define: nothing, use_: handler, legacy: false },
    Feature { name: "eager tasks", define: nothing, use_: eager, legacy: false },
    Feature { name: "debug mode", define: nothing, use_: debug, legacy: false },
    Feature { name: "bounded semaphore", define: nothing, use_: bounded, legacy: false },
    Feature { name: "nowait queue", define: nothing, use_: nowait, legacy: true },
    Feature { name: "reprs of tasks", define: reprs, use_: use_reprs, legacy: false },
    Feature { name: "loop messages", define: messages, use_: use_messages, legacy: false },
    Feature { name: "coroutine by hand", define: driven, use_: use_driven, legacy: false },
    Feature { name: "all tasks", define: nothing, use_: all_tasks, legacy: false },
];

fn by_hand(g: &mut Generator) {
    let (head, wait) = g.dialect();
    let (n, delay) = (g.random.between(1, 3).to_string(), g.seconds());
    g.template(
        "
$1 by_hand(number):
    $2 asyncio.sleep($4)
    return number * $3


",
        &[head, wait, &n, &delay],
    );
    g.after(
        "
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.run_until_complete(by_hand(5)))
future = loop.create_future()
loop.call_soon(future.set_result, 'ready')
print(loop.run_until_complete(future), loop.is_running())
print(loop.run_until_complete(asyncio.gather(by_hand(1), by_hand(2))))
loop.close()
print(loop.is_closed())
",
    );
}

fn forever(g: &mut Generator) {
    let (head, wait) = g.dialect();
    let n = g.random.between(2, 4).to_string();
    g.template(
        "
$1 tick_forever(log):
    try:
        count = 0
        while True:
            log.append(count)
            count += 1
            $2 asyncio.sleep(0.1)
    except asyncio.CancelledError:
        log.append('stopped')
        raise


def hello(loop, times):
    print('hello', times)
    if times < $3:
        loop.call_later(0.05, hello, loop, times + 1)
    else:
        loop.stop()


",
        &[head, wait, &n],
    );
    g.after(
        "
forever_loop = asyncio.new_event_loop()
asyncio.set_event_loop(forever_loop)
log = []
task = forever_loop.create_task(tick_forever(log))
forever_loop.call_soon(hello, forever_loop, 0)
forever_loop.run_forever()
print(log, task.done())
task.cancel()
try:
    forever_loop.run_until_complete(task)
except asyncio.CancelledError:
    print('cancelled', log[-1])
finally:
    forever_loop.run_until_complete(forever_loop.shutdown_asyncgens())
    forever_loop.close()
print(forever_loop.is_closed())
",
    );
}

fn runner(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
async def runner_part(number):
    await asyncio.sleep(0.01)
    if number > 7:
        raise ValueError(f'part {number}')
    return number + $1


",
        &[&n],
    );
    g.after(
        "
with asyncio.Runner() as runner:
    print(runner.run(runner_part(1)))
    try:
        print(runner.run(runner_part(8)))
    except ValueError as problem:
        print('runner', problem)
    print(runner.get_loop().is_closed())
",
    );
}

fn timeout_at(g: &mut Generator) {
    let (limit, delay) = (g.seconds(), g.seconds());
    g.template(
        "
loop = asyncio.get_running_loop()
try:
    async with asyncio.timeout_at(loop.time() + $1 + 0.02) as limit:
        print(limit.when() > loop.time(), limit.expired())
        await asyncio.sleep($2)
        limit.reschedule(loop.time() + 1)
        await asyncio.sleep(0.5)
    print('made it', limit.expired())
except TimeoutError as problem:
    print('too late', limit.expired(), type(problem).__name__)
async with asyncio.timeout(None) as open_end:
    await asyncio.sleep(0.01)
print(open_end.when())
",
        &[&limit, &delay],
    );
}

fn uncancel(g: &mut Generator) {
    let n = g.random.between(1, 3).to_string();
    g.template(
        "
async def stubborn():
    me = asyncio.current_task()
    for attempt in range($1):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as problem:
            print('ignored', problem, me.cancelling())
            print(me.uncancel())
    return 'survived'
hard = asyncio.create_task(stubborn())
for attempt in range($1):
    await asyncio.sleep(0.01)
    hard.cancel(f'try {attempt}')
print(await hard, hard.cancelled(), hard.cancelling())
",
        &[&n],
    );
}

fn threadsafe(g: &mut Generator) {
    let n = g.random.between(1, 4).to_string();
    g.template(
        "
loop = asyncio.get_running_loop()
inbox = asyncio.Queue()
async def double(value):
    await asyncio.sleep(0.01)
    return value * 2
def worker():
    for number in range($1):
        time.sleep(0.05)
        loop.call_soon_threadsafe(inbox.put_nowait, number)
    future = asyncio.run_coroutine_threadsafe(double(21), loop)
    return future.result()
thread = loop.run_in_executor(None, worker)
print([await inbox.get() for _ in range($1)])
print(await thread, inbox.empty())
",
        &[&n],
    );
}

fn handler(g: &mut Generator) {
    let problem = g.random.pick(&["ValueError('lost')", "KeyError('k')", "RuntimeError()"]).to_string();
    g.template(
        "
loop = asyncio.get_running_loop()
def on_problem(loop, context):
    print('handler', context['message'].split(' in ')[0], repr(context.get('exception')))
loop.set_exception_handler(on_problem)
def broken():
    raise $1
loop.call_soon(broken)
loop.call_later(0.05, lambda: 1 // 0)
await asyncio.sleep(0.1)
loop.call_exception_handler({'message': 'by hand'})
loop.set_exception_handler(None)
",
        &[&problem],
    );
}

fn eager(g: &mut Generator) {
    let n = g.random.between(1, 3).to_string();
    g.template(
        "
loop = asyncio.get_running_loop()
async def cached(number, steps):
    steps.append(f'start {number}')
    if number % 2:
        await asyncio.sleep(0)
        steps.append(f'resumed {number}')
    return number
steps = []
loop.set_task_factory(asyncio.eager_task_factory)
first = asyncio.create_task(cached(2, steps))
second = asyncio.create_task(cached($1, steps))
print(first.done(), second.done(), steps)
print(await asyncio.gather(first, second), steps)
loop.set_task_factory(None)
third = asyncio.create_task(cached(4, steps))
print(third.done(), await third, loop.get_task_factory())
",
        &[&n],
    );
}

fn debug(g: &mut Generator) {
    g.lines(
        "
loop = asyncio.get_running_loop()
print(loop.get_debug())
loop.set_debug(True)
print(loop.get_debug())
loop.set_debug(False)
",
    );
}

fn bounded(g: &mut Generator) {
    let n = g.random.between(1, 3).to_string();
    g.template(
        "
gate = asyncio.BoundedSemaphore($1)
async def enter(name, log):
    async with gate:
        log.append(name)
        await asyncio.sleep(0.1)
        log.append(name.upper())
log = []
await asyncio.gather(*[enter(name, log) for name in 'abc'])
print(log, gate.locked())
try:
    gate.release()
except ValueError as problem:
    print(problem)
",
        &[&n],
    );
}

fn nowait(g: &mut Generator) {
    let (_, wait) = g.dialect();
    let n = g.random.between(1, 2).to_string();
    g.template(
        "
box = asyncio.Queue($2)
box.put_nowait('first')
try:
    box.put_nowait('second')
    box.put_nowait('third')
except asyncio.QueueFull:
    print('full', box.qsize(), box.full())
while not box.empty():
    print(box.get_nowait())
    box.task_done()
try:
    box.get_nowait()
except asyncio.QueueEmpty as problem:
    print('empty', type(problem).__name__, box.maxsize)
$1 box.join()
print('joined')
",
        &[wait, &n],
    );
}

fn reprs(g: &mut Generator) {
    let problem = g.random.pick(&["ValueError('bad')", "KeyError(1)"]).to_string();
    g.template(
        "
async def shown_job(delay, fails=False):
    await asyncio.sleep(delay)
    if fails:
        raise $1
    return [delay]


",
        &[&problem],
    );
}

fn use_reprs(g: &mut Generator) {
    g.lines(
        "
shown = asyncio.create_task(shown_job(0.1), name='shown')
print(shown)
await asyncio.sleep(0)
print(repr(shown))
print(await shown, shown)
failing = asyncio.create_task(shown_job(0, True), name='failing')
await asyncio.wait([failing])
print(failing, repr(failing.exception()))
",
    );
    g.some_of(&[
        "stopped = asyncio.create_task(shown_job(1), name='stopped')\nstopped.cancel()\nawait asyncio.wait([stopped])\nprint(stopped)",
        "waiting = asyncio.get_running_loop().create_future()\nprint(waiting)\nwaiting.set_result(5)\nprint(waiting, f'{waiting!r:.15}')",
        "print(asyncio.Lock().locked(), type(shown).__name__)",
        "print(f'{shown.get_name()} {shown.done()!r} {shown.cancelled()}')",
    ]);
}

fn messages(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
async def forgotten():
    return $1


async def failing_alone():
    raise ValueError('nobody looks')


",
        &[&n],
    );
}

fn use_messages(g: &mut Generator) {
    g.one_of(&[
        "forgotten()\nawait asyncio.sleep(0)",
        "lonely = asyncio.create_task(failing_alone())\nawait asyncio.sleep(0.01)\ndel lonely\nprint('dropped')",
        "lonely = asyncio.ensure_future(failing_alone())\nawait asyncio.wait([lonely])\nprint(lonely.exception())",
    ]);
}

fn driven(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
class Ask:
    def __init__(self, question):
        self.question = question

    def __await__(self):
        answer = yield self.question
        return answer


async def survey(first):
    name = await Ask(first)
    size = await Ask('size of ' + str(name))
    return f'{name} is {size}'


@types.coroutine
def pause(value):
    got = yield value
    return got


async def two_pauses():
    first = await pause('one')
    second = await pause($1)
    return first, second


",
        &[&n],
    );
}

fn use_driven(g: &mut Generator) {
    g.lines(
        "
by_hand_coro = survey('name')
print(by_hand_coro.send(None))
print(by_hand_coro.send('box'))
try:
    by_hand_coro.send(3)
except StopIteration as stop:
    print('returned', stop.value)
",
    );
    g.some_of(&[
        "closed = survey('x')\nprint(closed.send(None))\nclosed.close()\nprint('closed')",
        "thrown = survey('y')\nthrown.send(None)\ntry:\n    thrown.throw(ValueError('in'))\nexcept ValueError as problem:\n    print('thrown', problem)",
    ]);
}

fn all_tasks(g: &mut Generator) {
    let n = g.random.between(1, 4).to_string();
    g.template(
        "
async def background(number):
    try:
        await asyncio.sleep(60)
    finally:
        print('background', number, asyncio.current_task().get_name())
started = {asyncio.create_task(background(i), name=f'bg{i}') for i in range($1)}
await asyncio.sleep(0)
others = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
print(len(others) >= len(started))
for one in sorted(started, key=lambda one: one.get_name()):
    one.cancel()
ended = await asyncio.gather(*sorted(started, key=lambda one: one.get_name()), return_exceptions=True)
print([type(one).__name__ for one in ended])
",
        &[&n],
    );
}
