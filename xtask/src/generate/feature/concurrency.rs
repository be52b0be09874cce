//! Tasks, timeouts, cancellation, groups.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "wait", define: worker, use_: wait, legacy: false },
    Feature { name: "timeout", define: nothing, use_: timeout, legacy: false },
    Feature { name: "wait_for", define: nothing, use_: wait_for, legacy: false },
    Feature { name: "shield", define: nothing, use_: shield, legacy: false },
    Feature { name: "task group", define: nothing, use_: group, legacy: false },
    Feature { name: "except*", define: nothing, use_: except_star, legacy: false },
    Feature { name: "cancel with cleanup", define: nothing, use_: cancel, legacy: false },
    Feature { name: "task api", define: nothing, use_: task, legacy: false },
    Feature { name: "future", define: nothing, use_: future, legacy: false },
    Feature { name: "loop callbacks", define: nothing, use_: callbacks, legacy: false },
    Feature { name: "to_thread", define: nothing, use_: thread, legacy: false },
    Feature { name: "contextvars", define: context, use_: use_context, legacy: false },
    Feature { name: "gather return_exceptions", define: nothing, use_: gather, legacy: false },
];

fn worker(g: &mut Generator) {
    let fails = g.small();
    g.template(
        "
async def job(number, delay=0.1):
    await asyncio.sleep(delay)
    if number == $1:
        raise ValueError(f'job {number}')
    return number * 2


",
        &[&fails],
    );
}

fn wait(g: &mut Generator) {
    let how = g.random.pick(&[
        "",
        ", return_when=asyncio.FIRST_COMPLETED",
        ", return_when=asyncio.FIRST_EXCEPTION",
        ", timeout=0.15",
    ]);
    let how = how.to_string();
    g.template(
        "
jobs = [asyncio.create_task(job(n, n / 10)) for n in range(4)]
done, pending = await asyncio.wait(jobs$1)
print(len(done), len(pending))
for one in jobs:
    if one in done and not one.cancelled() and one.exception() is None:
        print('result', one.result())
    elif one in done:
        print('failed', repr(one.exception()))
    else:
        one.cancel()
if pending:
    await asyncio.wait(pending)
print(all(one.done() for one in jobs))
",
        &[&how],
    );
}

fn timeout(g: &mut Generator) {
    let (limit, delay) = (g.seconds(), g.seconds());
    g.template(
        "
try:
    async with asyncio.timeout($1 + 0.02) as scope:
        try:
            await asyncio.sleep($2)
            print('in time')
        finally:
            print('cleanup')
except TimeoutError:
    print('timed out', scope.expired())
",
        &[&limit, &delay],
    );
}

fn wait_for(g: &mut Generator) {
    let (limit, delay) = (g.seconds(), g.seconds());
    g.template(
        "
async def slow(value, delay):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print('slow cancelled', value)
        raise
    return value
for limit in ($1, None, 5):
    try:
        print(await asyncio.wait_for(slow('x', $2), limit))
    except asyncio.TimeoutError as problem:
        print('timeout', repr(problem))
",
        &[&limit, &delay],
    );
}

fn shield(g: &mut Generator) {
    let delay = g.seconds();
    g.template(
        "
async def inner():
    await asyncio.sleep(0.1)
    print('inner done')
    return 'kept'
inside = asyncio.create_task(inner())
try:
    print(await asyncio.wait_for(asyncio.shield(inside), $1 + 0.01))
except asyncio.TimeoutError:
    print('shielded', inside.done())
print(await inside)
",
        &[&delay],
    );
}

fn group(g: &mut Generator) {
    let fails = g.small();
    g.template(
        "
async def member(n):
    await asyncio.sleep(n / 10)
    if n == $1:
        raise ValueError(n)
    return n
try:
    async with asyncio.TaskGroup() as members:
        tasks = [members.create_task(member(n), name=f'm{n}') for n in range(4)]
    print([one.result() for one in tasks])
except ExceptionGroup as problems:
    print(problems, [repr(one) for one in problems.exceptions])
    print([one.cancelled() for one in tasks])
",
        &[&fails],
    );
}

fn except_star(g: &mut Generator) {
    let (a, b) = (
        g.random.pick(&["ValueError(1)", "KeyError('k')", "TypeError('t')"]).to_string(),
        g.random.pick(&["ValueError(2)", "OSError('o')"]).to_string(),
    );
    g.template(
        "
try:
    try:
        raise ExceptionGroup('many', [$1, $2])
    except* ValueError as problems:
        print('values', len(problems.exceptions))
    except* (KeyError, TypeError) as problems:
        print('others', problems.exceptions[0].args)
except ExceptionGroup as rest:
    print('rest', rest.message, len(rest.exceptions))
",
        &[&a, &b],
    );
}

fn cancel(g: &mut Generator) {
    let (delay, message) = (g.seconds(), g.random.pick(&["", "'stop'"]).to_string());
    g.template(
        "
async def forever(log):
    try:
        while True:
            log.append(len(log))
            await asyncio.sleep(0.1)
    except asyncio.CancelledError as problem:
        log.append(f'cancelled {problem}')
        await asyncio.sleep(0.01)
        raise
    finally:
        log.append('finally')
log = []
running = asyncio.create_task(forever(log))
await asyncio.sleep($1)
print(running.cancel($2), running.cancelled())
try:
    await running
except asyncio.CancelledError:
    print('main saw it')
print(running.cancelled(), running.done(), log)
",
        &[&delay, &message],
    );
}

fn task(g: &mut Generator) {
    g.lines(
        "
async def named():
    me = asyncio.current_task()
    await asyncio.sleep(0)
    return me.get_name()
one = asyncio.create_task(named(), name='first')
two = asyncio.ensure_future(named())
two.set_name('second')
print(one.get_name(), two.done())
one.add_done_callback(lambda finished: print('callback', finished.result()))
print(await one, await two)
",
    );
    g.some_of(&[
        "print(one.result(), one.exception(), one.cancelled())",
        "print(one.cancel(), len(asyncio.all_tasks()))",
        "print(asyncio.current_task() is one)",
    ]);
}

fn future(g: &mut Generator) {
    let delay = g.seconds();
    g.template(
        "
loop = asyncio.get_running_loop()
promise = loop.create_future()
loop.call_later($1, promise.set_result, 'set')
print(promise.done())
print(await promise, promise.result())
broken = loop.create_future()
broken.set_exception(KeyError('no'))
try:
    await broken
except KeyError as problem:
    print('future', repr(problem))
try:
    promise.set_result(2)
except asyncio.InvalidStateError as problem:
    print(type(problem).__name__)
",
        &[&delay],
    );
}

fn callbacks(g: &mut Generator) {
    let (a, b) = (g.seconds(), g.seconds());
    g.template(
        "
loop = asyncio.get_running_loop()
calls = []
loop.call_soon(calls.append, 'soon')
loop.call_later($1, calls.append, 'later')
handle = loop.call_later($2, lambda: calls.append('cancelled?'))
loop.call_at(loop.time() + 0.2, calls.append, 'at')
await asyncio.sleep(0.15)
handle.cancel()
await asyncio.sleep(1)
print(calls, handle.cancelled())
",
        &[&a, &b],
    );
}

fn thread(g: &mut Generator) {
    let number = g.small();
    g.template(
        "
def blocking(number, factor=2):
    time.sleep(0.1)
    if number > 7:
        raise ValueError('too much')
    return number * factor
try:
    print(await asyncio.to_thread(blocking, $1))
    print(await asyncio.to_thread(blocking, 2, factor=5))
    print(await asyncio.get_running_loop().run_in_executor(None, blocking, 3))
    print(await asyncio.gather(*[asyncio.to_thread(blocking, n) for n in range(3)]))
except ValueError as problem:
    print('thread', problem)
",
        &[&number],
    );
}

fn context(g: &mut Generator) {
    g.lines("request = contextvars.ContextVar('request', default='none')\n\n");
}

fn use_context(g: &mut Generator) {
    g.lines(
        "
async def handle(name):
    request.set(name)
    await asyncio.sleep(0.01)
    return request.get()
print(request.get(), await asyncio.gather(handle('a'), handle('b')), request.get())
token = request.set('main')
print(request.get())
request.reset(token)
print(request.get())
",
    );
}

fn gather(g: &mut Generator) {
    let fails = g.random.between(0, 3).to_string();
    g.template(
        "
async def part(n):
    await asyncio.sleep((3 - n) / 10)
    if n == $1:
        raise LookupError(f'part {n}')
    return f'part {n}'
results = await asyncio.gather(*(part(n) for n in range(4)), return_exceptions=True)
for index, result in enumerate(results):
    if isinstance(result, Exception):
        print(index, 'error', result)
    else:
        print(index, result.upper(), len(result))
print([type(result).__name__ for result in results])
try:
    first, *others = await asyncio.gather(part(0), part(1), part(2))
    print(first, others)
except LookupError as problem:
    print('gather', problem)
",
        &[&fails],
    );
}
