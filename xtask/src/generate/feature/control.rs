//! Flow of control: `try` in all its forms, loops with `else`, `match`, conditional expressions.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "try flows", define: flows, use_: use_flows, legacy: true },
    Feature { name: "loop else", define: nothing, use_: loops, legacy: true },
    Feature { name: "match", define: matching, use_: use_matching, legacy: false },
    Feature { name: "walrus", define: nothing, use_: walrus, legacy: false },
    Feature { name: "raise from", define: nothing, use_: raise_from, legacy: true },
    Feature { name: "contextlib", define: contexts, use_: use_contexts, legacy: false },
    Feature { name: "assert and del", define: nothing, use_: asserts, legacy: true },
];

fn flows(g: &mut Generator) {
    let (a, b) = (g.small(), g.small());
    g.template(
        "
def flow(n, log):
    for i in range(4):
        try:
            log.append(f'try {i}')
            if n == i:
                raise ValueError(i)
            if n == $1 and i == 1:
                continue
            if n == $2 and i == 2:
                break
            if n > 7:
                return n
        except ValueError as problem:
            log.append(f'except {problem}')
            if n % 2:
                return 'odd'
        else:
            log.append('else')
        finally:
            log.append('finally')
    else:
        log.append('no break')
    return None


def nested(n):
    try:
        try:
            return 10 // n
        finally:
            print('inner', n)
    except ZeroDivisionError as problem:
        print('outer', problem)
        return -1
    finally:
        print('last')


",
        &[&a, &b],
    );
}

fn use_flows(g: &mut Generator) {
    let (a, b) = (g.random.between(0, 9).to_string(), g.random.between(0, 3).to_string());
    g.template(
        "
for n in (0, 1, $1, 9):
    log = []
    print(n, flow(n, log), log)
print(nested($2), nested(0))
",
        &[&a, &b],
    );
}

fn loops(g: &mut Generator) {
    let (n, stop) = (g.random.between(2, 12).to_string(), g.random.between(1, 6).to_string());
    g.template(
        "
for i in range(2, $1):
    for j in range(2, i):
        if i % j == 0:
            print(i, 'is', j, '*', i // j)
            break
    else:
        print(i, 'is prime')
left = $2
while left:
    left -= 1
    if left == 3:
        break
else:
    print('ran out')
print(left)
",
        &[&n, &stop],
    );
}

fn matching(g: &mut Generator) {
    g.lines(
        "
@dataclasses.dataclass
class Move:
    x: int
    y: int = 0


def judge(value):
    match value:
        case 0 | 1:
            return 'small'
        case int(n) if n > 100:
            return f'big {n}'
        case int():
            return 'int'
        case 'go' | 'run':
            return 'verb'
        case str() as text:
            return text.upper()
        case [first, *rest]:
            return f'{first} and {len(rest)}'
        case {'kind': kind, **others}:
            return f'{kind} {sorted(others)}'
        case Move(x=0, y=y):
            return f'vertical {y}'
        case Move(x, y):
            return f'{x},{y}'
        case None:
            return 'nothing'
        case _:
            return 'other'


",
    );
}

fn use_matching(g: &mut Generator) {
    let n = g.random.between(-5, 300).to_string();
    g.some_of(&[
        "print(judge(0), judge(55), judge('go'), judge('hm'))",
        "print(judge([1, 2, 3]), judge([]), judge(None), judge(2.5))",
        "print(judge({'kind': 'k', 'b': 1}), judge({}))",
        "print(judge(Move(0, 4)), judge(Move(1)))",
    ]);
    g.template("\nprint(judge($1))\n", &[&n]);
    g.one_of(&[
        "match (1, 'a'):\n    case (1, text):\n        print('one', text)\n    case _:\n        print('no')",
        "command = 'move 3 left'\nmatch command.split():\n    case ['move', steps, way]:\n        print(int(steps), way)\n    case ['stop']:\n        print('stop')",
        "match 7 % 4:\n    case 3:\n        print('three')\n    case n:\n        print(n)",
    ]);
}

fn walrus(g: &mut Generator) {
    let n = g.random.between(1, 12).to_string();
    g.template(
        "
values = [$1, 2, 3]
if (count := len(values)) > 2:
    print('many', count)
while (value := values.pop()) != $1:
    print('popped', value)
print(values, value, [y for x in range(4) if (y := x * x) > 1])
",
        &[&n],
    );
}

fn raise_from(g: &mut Generator) {
    let how = g.random.pick(&["from problem", "from None", ""]).to_string();
    g.template(
        "
def parse(text):
    try:
        return int(text)
    except ValueError as problem:
        raise RuntimeError(f'bad {text!r}') $1
for text in ('4', 'x'):
    try:
        print(parse(text))
    except RuntimeError as problem:
        print(problem, repr(problem.__cause__), problem.__suppress_context__)
",
        &[&how],
    );
}

fn contexts(g: &mut Generator) {
    g.lines(
        "
@contextlib.contextmanager
def tag(name):
    print(f'<{name}>')
    try:
        yield name.upper()
    finally:
        print(f'</{name}>')


@contextlib.asynccontextmanager
async def opened(name):
    await asyncio.sleep(0)
    print('open', name)
    try:
        yield len(name)
    except ValueError as problem:
        print('inside', problem)
    finally:
        print('close', name)


",
    );
}

fn use_contexts(g: &mut Generator) {
    g.some_of(&[
        "with tag('b') as name, tag('i'):\n    print(name)",
        "async with opened('file') as size:\n    print(size)",
        "async with opened('broken'):\n    raise ValueError('oops')",
        "with contextlib.suppress(KeyError, IndexError):\n    print({}['x'])\nprint('suppressed')",
        "try:\n    with tag('p'):\n        raise KeyError('k')\nexcept KeyError as problem:\n    print('after', problem)",
    ]);
}

fn asserts(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
try:
    assert $1 > 4, f'{$1} is not more than 4'
    print('fine')
except AssertionError as problem:
    print('assert', problem)
data = {'a': [1, 2, 3], 'b': []}
del data['b'], data['a'][0]
print(data)
try:
    assert not data
except AssertionError as problem:
    print(repr(problem))
",
        &[&n],
    );
}
