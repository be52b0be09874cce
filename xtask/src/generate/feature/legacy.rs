//! The generator-based dialect's own ways, and the loop driven by hand.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "old coroutines", define: coroutine, use_: use_coroutine, legacy: true },
    Feature { name: "old queue", define: nothing, use_: queue, legacy: true },
    Feature { name: "old future", define: nothing, use_: future, legacy: true },
];

/// `await` in the dialect of the program.
fn wait(g: &Generator) -> &'static str {
    if g.legacy { "yield from" } else { "await" }
}

/// The head of a coroutine in the dialect of the program.
fn head(g: &Generator) -> &'static str {
    if g.legacy { "@asyncio.coroutine\ndef" } else { "async def" }
}

fn coroutine(g: &mut Generator) {
    let (head, wait, delay) = (head(g), wait(g), g.seconds());
    g.template(
        "
$1 old_task(name, number):
    f = 1
    for i in range(2, number + 1):
        print('Task %s: Compute factorial(%s)...' % (name, i))
        $2 asyncio.sleep($3)
        f *= i
    print('Task %s: factorial(%s) = %s' % (name, number, f))
    return f


",
        &[head, wait, &delay],
    );
}

fn use_coroutine(g: &mut Generator) {
    let (wait, n) = (wait(g), g.random.between(1, 4).to_string());
    g.template(
        "
tasks = [asyncio.ensure_future(old_task('A', 2)), asyncio.ensure_future(old_task('B', $2))]
done, pending = $1 asyncio.wait(tasks)
print(sorted(task.result() for task in done), len(pending))
results = $1 asyncio.gather(old_task('C', 1), old_task('D', 3))
print(results)
",
        &[wait, &n],
    );
}

fn queue(g: &mut Generator) {
    let (head, wait, n) = (head(g), wait(g), g.random.between(1, 4).to_string());
    g.template(
        "
jobs = asyncio.Queue(maxsize=$3)
$1 produce(count):
    for i in range(count):
        $2 jobs.put(i)
        print('put', i)
    $2 jobs.put(None)
$1 consume():
    total = 0
    while True:
        job = $2 jobs.get()
        if job is None:
            break
        total += job
        print('took', job)
        $2 asyncio.sleep(0.01)
    return total
got = $2 asyncio.gather(produce(5), consume())
print(got, jobs.empty(), jobs.qsize())
",
        &[head, wait, &n],
    );
}

fn future(g: &mut Generator) {
    let (head, wait, delay) = (head(g), wait(g), g.seconds());
    g.template(
        "
$1 slow_answer(future):
    $2 asyncio.sleep($3)
    future.set_result('Future is done!')
def shown(future):
    print('callback', future.result())
answer = asyncio.Future()
answer.add_done_callback(shown)
helper_task = asyncio.ensure_future(slow_answer(answer))
said = $2 answer
print(said, answer.done())
$2 helper_task
try:
    $2 asyncio.wait_for(asyncio.sleep(5), 0.05)
except asyncio.TimeoutError:
    print('timeout')
",
        &[head, wait, &delay],
    );
}
