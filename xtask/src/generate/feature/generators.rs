//! Generators, asynchronous generators, iterators, coroutine objects driven by hand.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "generator send", define: averager, use_: use_averager, legacy: true },
    Feature { name: "generator throw and close", define: resource, use_: use_resource, legacy: true },
    Feature { name: "yield from", define: delegating, use_: use_delegating, legacy: true },
    Feature { name: "iterator class", define: iterator, use_: use_iterator, legacy: true },
    Feature { name: "async generator", define: ticker, use_: use_ticker, legacy: false },
    Feature { name: "async iterator class", define: aiter, use_: use_aiter, legacy: false },
    Feature { name: "awaitable class", define: awaitable, use_: use_awaitable, legacy: false },
    Feature { name: "generator pipeline", define: nothing, use_: pipeline, legacy: true },
];

fn averager(g: &mut Generator) {
    g.lines(
        "
def averager():
    total = 0.0
    count = 0
    average = None
    while True:
        term = yield average
        if term is None:
            return count
        total += term
        count += 1
        average = total / count


",
    );
}

fn use_averager(g: &mut Generator) {
    let (a, b) = (g.small(), g.small());
    g.template(
        "
avg = averager()
print(next(avg), avg.send($1), avg.send($2))
try:
    avg.send(None)
except StopIteration as stop:
    print('stopped', stop.value)
print(next(avg, 'exhausted'))
",
        &[&a, &b],
    );
}

fn resource(g: &mut Generator) {
    g.lines(
        "
def resource(name):
    print('acquire', name)
    try:
        while True:
            try:
                got = yield name
                print('got', got)
            except ValueError as problem:
                print('handled', problem)
    finally:
        print('release', name)


",
    );
}

fn use_resource(g: &mut Generator) {
    g.lines("held = resource('db')\nprint(next(held))");
    g.some_of(&[
        "print(held.send(5))",
        "print(held.throw(ValueError('bad')))",
        "try:\n    held.throw(KeyError('k'))\nexcept KeyError as problem:\n    print('out', repr(problem))",
    ]);
    g.lines("held.close()\nprint(list(held))");
}

fn delegating(g: &mut Generator) {
    g.lines(
        "
def inner(n):
    for i in range(n):
        yield i
    return n * 10


def outer(n):
    got = yield from inner(n)
    yield got
    yield from 'ab'
    yield from [got, None]


def walk(tree):
    for part in tree:
        if isinstance(part, list):
            yield from walk(part)
        else:
            yield part


",
    );
}

fn use_delegating(g: &mut Generator) {
    let n = g.random.between(0, 4).to_string();
    g.template("\nprint(list(outer($1)), list(walk([1, [2, [3]], 4])))\n", &[&n]);
    g.some_of(&["print(sum(walk([[1], [2, 3]])), max(walk([5, [7]])))", "first, *rest = outer(2)\nprint(first, rest)"]);
}

fn iterator(g: &mut Generator) {
    let stop = g.random.between(0, 5).to_string();
    g.template(
        "
class Countdown:
    def __init__(self, start=$1):
        self.left = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.left <= 0:
            raise StopIteration
        self.left -= 1
        return self.left


",
        &[&stop],
    );
}

fn use_iterator(g: &mut Generator) {
    g.lines("for n in Countdown(3):\n    print(n, end=' ')\nprint(list(Countdown()), sum(Countdown(4)))");
    g.some_of(&[
        "it = iter(Countdown(2))\nprint(next(it), next(it), next(it, None))",
        "print([n * 2 for n in Countdown(3)], 1 in Countdown(5))",
        "it = iter([1, 2])\nprint(next(it), list(it))",
    ]);
}

fn ticker(g: &mut Generator) {
    g.lines(
        "
async def ticker(count, delay=0.01):
    try:
        for i in range(count):
            await asyncio.sleep(delay)
            got = yield i
            if got is not None:
                print('ticker got', got)
    finally:
        print('ticker done')


",
    );
}

fn use_ticker(g: &mut Generator) {
    let n = g.random.between(1, 4).to_string();
    g.template("\nasync for tick in ticker($1):\n    print('tick', tick)\nelse:\n    print('all ticks')\n", &[&n]);
    g.some_of(&[
        "print([tick async for tick in ticker(3) if tick], sum([tick async for tick in ticker(3)]))",
        "ticks = ticker(5)\nprint(await ticks.__anext__(), await anext(ticks))\nawait ticks.aclose()",
        "ticks = ticker(3)\nprint(await ticks.asend(None), await ticks.asend('hi'))\nawait ticks.aclose()",
    ]);
}

fn aiter(g: &mut Generator) {
    g.lines(
        "
class Pages:
    def __init__(self, count):
        self.count = count
        self.at = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.at >= self.count:
            raise StopAsyncIteration
        await asyncio.sleep(0.01)
        self.at += 1
        return f'page {self.at}'


",
    );
}

fn use_aiter(g: &mut Generator) {
    let n = g.random.between(0, 4).to_string();
    g.template("\nasync for page in Pages($1):\n    print(page)\nprint([page async for page in Pages(2)])\n", &[&n]);
}

fn awaitable(g: &mut Generator) {
    g.lines(
        "
class Delayed:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield from asyncio.sleep(0.01).__await__()
        return self.value * 2


",
    );
}

fn use_awaitable(g: &mut Generator) {
    let n = g.small();
    g.template("\nprint(await Delayed($1), await Delayed('ab'))\n", &[&n]);
}

fn pipeline(g: &mut Generator) {
    let (n, by) = (g.random.between(2, 30).to_string(), g.random.between(2, 5).to_string());
    g.template(
        "
def naturals():
    n = 0
    while True:
        n += 1
        yield n
def keep(numbers, by):
    for number in numbers:
        if number % by == 0:
            yield number
def until(numbers, limit):
    for number in numbers:
        if number > limit:
            return
        yield number
print(list(until(keep(naturals(), $2), $1)), sum(until(naturals(), 4)))
squares = (number * number for number in until(naturals(), 5))
print(next(squares), list(squares), list(squares))
",
        &[&n, &by],
    );
}
