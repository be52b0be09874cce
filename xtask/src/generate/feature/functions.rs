//! Closures, decorators, every kind of parameter, recursion.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "closures", define: nothing, use_: closures, legacy: true },
    Feature { name: "nonlocal", define: nothing, use_: nonlocal, legacy: false },
    Feature { name: "decorators", define: decorators, use_: use_decorators, legacy: false },
    Feature { name: "parameters", define: parameters, use_: use_parameters, legacy: false },
    Feature { name: "partial", define: nothing, use_: partial, legacy: true },
    Feature { name: "recursion", define: recursion, use_: use_recursion, legacy: true },
    Feature { name: "globals", define: globals, use_: use_globals, legacy: true },
    Feature { name: "mutable defaults", define: defaults, use_: use_defaults, legacy: true },
    Feature { name: "functions as values", define: nothing, use_: values, legacy: true },
];

fn closures(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
def adder(by):
    def add(n):
        return n + by
    return add
plus = adder($1)
print(plus(1), adder(10)(5), [add(2) for add in [adder(i) for i in range(3)]])
",
        &[&n],
    );
    g.some_of(&[
        "late = [lambda: i for i in range(3)]\nprint([f() for f in late])",
        "early = [lambda i=i: i for i in range(3)]\nprint([f() for f in early])",
        "def compose(f, h):\n    return lambda x: f(h(x))\nprint(compose(plus, adder(100))(1))",
    ]);
}

fn nonlocal(g: &mut Generator) {
    let start = g.small();
    g.template(
        "
def counter(start=$1):
    count = start
    history = []
    def step(by=1):
        nonlocal count
        count += by
        history.append(count)
        return count
    def reset():
        nonlocal count
        count = start
    return step, reset, history
step, reset, history = counter()
print(step(), step(5))
reset()
print(step(by=2), history)
",
        &[&start],
    );
}

fn decorators(g: &mut Generator) {
    let times = g.random.between(1, 3).to_string();
    g.template(
        "
def logged(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        print('call', func.__name__, args, kwargs)
        result = func(*args, **kwargs)
        print('done', func.__name__, result)
        return result
    return wrapper


def retry(times):
    def decorate(func):
        @functools.wraps(func)
        async def wrapper(*args):
            for attempt in range(times):
                try:
                    return await func(*args)
                except ValueError as problem:
                    print('attempt', attempt, problem)
            return None
        return wrapper
    return decorate


@logged
def area(width, height=2):
    return width * height


@retry($1)
async def flaky(limit):
    await asyncio.sleep(0.01)
    flaky_calls.append(limit)
    if len(flaky_calls) < limit:
        raise ValueError(f'{len(flaky_calls)} < {limit}')
    return 'ok'


flaky_calls = []


",
        &[&times],
    );
}

fn use_decorators(g: &mut Generator) {
    let n = g.random.between(1, 4).to_string();
    g.template("\nprint(area(3), area(2, height=5), area.__name__)\nprint(await flaky($1), flaky_calls)\n", &[&n]);
}

fn parameters(g: &mut Generator) {
    g.lines(
        "
def every(a, /, b, *rest, c=3, **named):
    return f'{a} {b} {rest} {c} {sorted(named.items())}'


def only(*, key, other='o'):
    return key + other


async def later(first, second=2, *more):
    await asyncio.sleep(0)
    return [first, second, *more]


",
    );
}

fn use_parameters(g: &mut Generator) {
    g.some_of(&[
        "print(every(1, 2), every(1, 2, 3, 4, c=5, z=6))",
        "print(every(1, b=2), every(*[1, 2, 3], **{'c': 9}))",
        "print(only(key='k'), only(other='x', key='y'))",
        "print(await later(1), await later(1, 5, 6, 7), await later(second=3, first=4))",
        "try:\n    only()\nexcept TypeError as problem:\n    print(problem)",
        "print(await asyncio.gather(*(later(i) for i in range(3))))",
    ]);
}

fn partial(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
import functools
def power(base, exponent=2):
    return base ** exponent
square = functools.partial(power, exponent=2)
fixed = functools.partial(power, $1)
print(square(5), fixed(), fixed(exponent=3))
print(list(map(functools.partial(power, 2), [1, 2, 3])))
",
        &[&n],
    );
}

fn recursion(g: &mut Generator) {
    g.lines(
        "
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def depth(tree):
    if not isinstance(tree, list):
        return 0
    return 1 + max((depth(part) for part in tree), default=0)


",
    );
    if !g.legacy {
        g.lines(
            "
async def countdown(n):
    if n == 0:
        return ['go']
    await asyncio.sleep(0.01)
    return [n] + await countdown(n - 1)


",
        );
    }
}

fn use_recursion(g: &mut Generator) {
    let n = g.random.between(0, 15).to_string();
    g.template("\nprint([fib(i) for i in range(8)], fib($1))\n", &[&n]);
    g.some_of(&["print(depth([1, [2, [3]], []]), depth(5))"]);
    if !g.legacy {
        g.lines("print(await countdown(3))");
    }
}

fn globals(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
hits = $1
names = []
limit = None


def hit(name):
    global hits, limit
    hits += 1
    names.append(name)
    if hits > 3:
        limit = hits
    return hits


",
        &[&n],
    );
}

fn use_globals(g: &mut Generator) {
    g.lines("print(hit('a'), hit('b'), hits, names, limit)\nif limit is not None:\n    print('limit', limit + 1)");
}

fn defaults(g: &mut Generator) {
    g.lines(
        "
def collect(item, into=[]):
    into.append(item)
    return into


def fresh(item, into=None):
    if into is None:
        into = []
    into.append(item)
    return into


",
    );
}

fn use_defaults(g: &mut Generator) {
    g.lines("print(collect(1), collect(2), collect(3, [0]))\nprint(fresh(1), fresh(2), fresh(3, [0]))");
}

fn values(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
def twice(f, x):
    return f(f(x))
def inc(n):
    return n + 1
table = {'inc': inc, 'double': lambda n: n * 2, 'neg': lambda n: -n}
print(twice(inc, $1), twice(table['double'], 3), {name: f($1) for name, f in table.items()})
for f in (inc, lambda n: -n):
    print(f(-3))
print(inc.__name__, callable(inc), callable(3))
",
        &[&n],
    );
}
