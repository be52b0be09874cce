//! Numbers: integers without bounds, division, floats, `math`.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "unbounded integers", define: nothing, use_: big, legacy: true },
    Feature { name: "division", define: nothing, use_: division, legacy: true },
    Feature { name: "floats", define: nothing, use_: floats, legacy: true },
    Feature { name: "math", define: nothing, use_: math, legacy: true },
    Feature { name: "bits and bools", define: nothing, use_: bits, legacy: true },
    Feature { name: "mixed types", define: nothing, use_: mixed, legacy: true },
];

fn big(g: &mut Generator) {
    let n = g.random.between(15, 40).to_string();
    g.template(
        "
product = 1
for i in range(1, $1):
    product *= i
print(product, product // 10 ** 9, product % 97, -product)
print(2 ** $1 ** 2 % 1000, 10 ** $1 + 1, len(str(3 ** 200)))
a, b = 0, 1
while len(str(b)) < $1:
    a, b = b, a + b
print(b, a < b, b - a)
",
        &[&n],
    );
    g.some_of(&[
        "print((1 << 70) >> 3, (1 << 65) & (1 << 65 | 5), ~(1 << 64))",
        "print(float(10 ** 20), 10 ** 20 == 1e20)",
        "print(10 ** 20 // 7, 10 ** 20 % 7, hash(2 ** 61 - 1))",
        "print(f'{10 ** 21:,}', f'{2 ** 64:x}', f'{10 ** 22:>30}')",
        "total = sum(10 ** k for k in range(25))\nprint(total, max(total, 5))",
    ]);
}

fn division(g: &mut Generator) {
    let (a, b) = (g.random.between(-20, 20).to_string(), g.random.between(-4, 4).to_string());
    g.template(
        "
for a, b in (($1, $2), (-7, 2), (7, -2), (6, 3)):
    try:
        print(a // b, a % b, a / b, divmod(a, b))
    except ZeroDivisionError as problem:
        print('zero', problem)
",
        &[&a, &b],
    );
    g.some_of(&[
        "print(-7.5 // 2, -7.5 % 2, 7.5 % -2, divmod(7.5, 2))",
        "print(2 ** -1, 0 ** 0, (-2) ** 3, 4 ** 0.5, pow(3, 4, 5))",
        "try:\n    print(1.0 / 0)\nexcept ZeroDivisionError as problem:\n    print(problem)",
        "print(round(2.5), round(3.5), round(-0.5), round(2.675, 2), round(1234, -2))",
        "print(abs(-3), abs(-2.5), int(-2.7), int('-12'), int('ff', 16), int(3.99))",
    ]);
}

fn floats(g: &mut Generator) {
    let x = g.random.pick(&["0.1", "1e16", "123456789.125", "1e-7", "-0.0", "2.0"]).to_string();
    g.template("\nprint($1, $1 + 0.2, $1 * 3, str($1), repr(-$1), int($1))\n", &[&x]);
    g.some_of(&[
        "print(0.1 + 0.2, 1e300 * 1e10, -1e300 * 1e10, 1 / 3, 100.0, 1e22, 1e21)",
        "print(float('inf') > 1e308, float('nan') == float('nan'), float(' 2.5 '))",
        "print((2.0).is_integer(), 2.5.is_integer(), 3.0 == 3, hash(3.0) == hash(3))",
        "print(sum([0.1] * 10), max(1, 2.5), min(2.5, 1), sorted([2, 1.5, True]))",
        "print(1.5e3, 1e5, 123456.789e3, 5e-324, 1.7976931348623157e308)",
        "try:\n    float('abc')\nexcept ValueError as problem:\n    print(problem)",
    ]);
}

fn math(g: &mut Generator) {
    let n = g.random.between(1, 60).to_string();
    g.template(
        "\nimport math\nprint(math.sqrt($1), math.floor(-$1 / 7), math.ceil($1 / 7), math.gcd($1, 12))\n",
        &[&n],
    );
    g.some_of(&[
        "print(math.pi, math.e, math.inf, math.isclose(0.1 + 0.2, 0.3), math.hypot(3, 4))",
        "print(math.factorial(20), math.factorial(25), math.comb(10, 3), math.isqrt(99))",
        "print(round(math.sin(1), 6), round(math.log(10), 6), math.log2(8), math.pow(2, 3))",
        "print(math.trunc(-2.7), math.fabs(-3), math.copysign(2, -1), math.prod([1, 2, 3]))",
        "try:\n    math.sqrt(-1)\nexcept ValueError as problem:\n    print(problem)",
    ]);
}

fn bits(g: &mut Generator) {
    let (a, b) = (g.small(), g.small());
    g.template("\nprint($1 & $2, $1 | $2, $1 ^ $2, ~$1, $1 << 3, $2 >> 1, bin($1), hex(255), oct(8))\n", &[&a, &b]);
    g.some_of(&[
        "print(True + True, True * 3, sum([True, False, True]), True == 1, not 0)",
        "print(bool([]), bool('x'), bool(0.0), bool(None), bool([0]))",
        "print(1 < 2 < 3, 3 > 2 > 2, 1 == 1.0 == True, 0 or 'a', 1 and 'b', None or 0)",
        "print(True & False, True | False, True ^ True, isinstance(True, int), type(True).__name__)",
        "print(int.bit_length(255), (5).bit_length(), int.from_bytes(b'\\x01\\x00', 'big'), (258).to_bytes(2, 'big'))",
    ]);
}

fn mixed(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
things = [$1, 'two', 3.5, None, True, [4], (5, 'x'), {'six': 6}]
for thing in things:
    if thing is None:
        print('none')
    elif isinstance(thing, bool):
        print('bool', thing)
    elif isinstance(thing, (int, float)):
        print('number', thing * 2)
    elif isinstance(thing, str):
        print('text', thing.upper())
    elif isinstance(thing, list):
        print('list', len(thing))
    else:
        print('other', thing, type(thing).__name__)
print(things, len(things), 'two' in things, things.index(3.5))
",
        &[&n],
    );
    g.some_of(&[
        "either = 5 if things[0] else 'five'\nprint(either, type(either).__name__, either == 5)",
        "config = {'host': 'local', 'port': 80, 'tags': ['a', 'b'], 'on': True}\nprint(config['host'], config['port'] + 1, config['tags'][0], config)\nfor key, value in config.items():\n    print(key, value)",
        "row = ('ann', 31, 1.75)\nname, age, height = row\nprint(f'{name} {age + 1} {height:.1f}')",
        "maybe = {'a': 1}.get('b')\nprint(maybe is None, maybe, maybe or 'default')",
        "try:\n    print(1 + 'a')\nexcept TypeError as problem:\n    print(problem)",
    ]);
}
