//! Methods of lists, dicts, sets and tuples, slices, comprehensions, unpacking.

use super::{Feature, nothing};
use crate::generate::Generator;
use crate::generate::ty::Ty;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "list methods", define: nothing, use_: lists, legacy: true },
    Feature { name: "slices", define: nothing, use_: slices, legacy: true },
    Feature { name: "dict methods", define: nothing, use_: dicts, legacy: true },
    Feature { name: "set methods", define: nothing, use_: sets, legacy: true },
    Feature { name: "tuple methods", define: nothing, use_: tuples, legacy: true },
    Feature { name: "comprehensions", define: nothing, use_: comprehensions, legacy: true },
    Feature { name: "unpacking", define: nothing, use_: unpacking, legacy: false },
    Feature { name: "collections", define: nothing, use_: collections, legacy: true },
    Feature { name: "itertools", define: nothing, use_: itertools, legacy: true },
    Feature { name: "sorting", define: nothing, use_: sorting, legacy: true },
];

fn numbers(g: &mut Generator) -> String {
    let count = 3 + g.random.below(6);
    let items: Vec<String> = (0..count).map(|_| g.random.between(-9, 30).to_string()).collect();
    format!("[{}]", items.join(", "))
}

fn lists(g: &mut Generator) {
    let (items, item) = (numbers(g), g.small());
    g.template("\nxs = $1\nxs.append($2)\nprint(xs, len(xs), $2 in xs)\n", &[&items, &item]);
    g.some_of(&[
        "xs.extend([1, 2])\nxs.insert(1, 100)\nprint(xs)",
        "print(xs.pop(), xs.pop(0), xs)",
        "xs.sort()\nprint(xs)\nxs.sort(reverse=True)\nprint(xs)",
        "xs.reverse()\nprint(xs, list(reversed(xs)))",
        "print(xs.index(xs[2]), xs.count(xs[0]))",
        "try:\n    xs.remove(12345)\nexcept ValueError as problem:\n    print(problem)",
        "ys = xs.copy()\nys.clear()\nprint(xs == ys, ys, xs != ys)",
        "print(xs + [0], xs * 2, [xs, xs] == [xs, xs])",
        "print(sum(xs), min(xs), max(xs), sorted(xs, key=abs))",
        "del xs[0]\nprint(xs)\nxs[-1] = 7\nprint(xs)",
        "print(any(x > 20 for x in xs), all(x > -10 for x in xs))",
        "print([1, 2] < [1, 3], [] < [0], [2] > [1, 9])",
        "try:\n    print(xs[99])\nexcept IndexError as problem:\n    print(problem)",
        "for i, x in enumerate(xs, start=1):\n    print(i, x, end=' ')\nprint()",
        "print(*xs, sep=', ')",
        "rows = [xs, [5]]\nrows[1].append(6)\nprint(rows[-1][-1], len(rows))",
    ]);
}

fn slices(g: &mut Generator) {
    let (items, a, b) = (numbers(g), g.random.between(-4, 4).to_string(), g.random.between(-4, 9).to_string());
    let text = g.random.pick(&["'hello world'", "'abcdefgh'", "''"]).to_string();
    g.template(
        "
row, word = $1, $4
print(row[$2:$3], row[$2:], row[:$3], row[::2], row[::-1], row[-3:-1])
print(word[$2:$3], word[::-1], word[1:-1], repr(word[:3]))
print((1, 2, 3, 4)[$2:], bytes(b'abcdef')[$2:$3], list(range(10)[$2:$3]))
",
        &[&items, &a, &b, &text],
    );
    g.some_of(&[
        "row[1:3] = [100, 200, 300]\nprint(row)",
        "row[::2] = [0] * len(row[::2])\nprint(row)",
        "del row[:2]\nprint(row)",
        "row[:0] = [9, 9]\nprint(row)",
        "row[len(row):] = [4]\nprint(row)",
    ]);
}

fn dicts(g: &mut Generator) {
    let (a, b) = (g.small(), g.random.pick(&["'b'", "'z'", "'missing'"]).to_string());
    g.template("\nd = {'a': $1, 'b': 2, 'c': 3}\nprint(d, d.get($2), d.get($2, -1), $2 in d, len(d))\n", &[&a, &b]);
    g.some_of(&[
        "d['x'] = d.get('x', 0) + 1\nprint(d)",
        "print(list(d), list(d.keys()), list(d.values()), list(d.items()))",
        "for key, value in d.items():\n    print(key, value, end=';')\nprint()",
        "print(d.pop('a'), d.pop('nope', None), d)",
        "print(d.setdefault('list', 5), d.setdefault('b', 7), d)",
        "d.update({'c': 33, 'n': 4})\nd.update(k=9)\nprint(d)",
        "try:\n    print(d['nope'])\nexcept KeyError as problem:\n    print(repr(problem), problem)",
        "print({**d, 'z': 0}, dict(sorted(d.items(), key=lambda item: -item[1])))",
        "print(d.popitem(), d)",
        "e = dict(d)\ne.clear()\nprint(e, d == e, bool(e))",
        "print(dict.fromkeys('ab', 0), dict([(1, 2)]), dict(a=1))",
        "del d['b']\nprint(d, 'b' not in d)",
        "print(max(d, key=d.get), sorted(d), sum(d.values()))",
        // The generator-based dialect runs on 3.6 and 3.8 too.
        if g.legacy { "print(dict(d, q=1), list(d)[::-1])" } else { "print(d | {'q': 1}, list(reversed(d)))" },
        "groups = {}\nfor n in range(6):\n    groups.setdefault(n % 3, []).append(n)\nprint(groups)",
        "counts = {}\nfor letter in 'hello':\n    counts[letter] = counts.get(letter, 0) + 1\nprint(counts)",
    ]);
}

fn sets(g: &mut Generator) {
    let (a, b) = (numbers(g), numbers(g));
    g.template("\ns, t = set($1), set($2)\nprint(s, sorted(t), len(s))\n", &[&a, &b]);
    g.some_of(&[
        "print(sorted(s | t), sorted(s & t), sorted(s - t), sorted(s ^ t))",
        "s.add(3)\ns.add(3)\ns.discard(99)\nprint(sorted(s), 3 in s)",
        "print(s <= t, s < s | t, s.issubset(t), s.isdisjoint(t))",
        "try:\n    s.remove(1234)\nexcept KeyError as problem:\n    print(repr(problem))",
        "s.update(t, [1, 2])\nprint(sorted(s))",
        "s -= {1, 2}\ns |= {50}\nprint(sorted(s))",
        "print(frozenset([1, 2]) == {1, 2}, {frozenset([1]): 2})",
        "print(sorted(s.union(t)), sorted(s.intersection(t)), sorted(s.difference(t)))",
        "print({len(word) for word in ['a', 'bb', 'cc']}, set('a'))",
        "u = s.copy()\nu.clear()\nprint(u, s == u)",
    ]);
}

fn tuples(g: &mut Generator) {
    let (a, b) = (g.small(), g.expr(&Ty::Str, 1));
    g.template("\npoint = ($1, $2, 2.5)\nprint(point, point[0], point[-1], len(point))\n", &[&a, &b]);
    g.some_of(&[
        "print(point + (1,), point * 2, (1, 2) < (1, 3))",
        "x, y, z = point\nprint(z, y, x)",
        "print((1, 2, 1).count(1), (1, 2, 1).index(2), 2 in (1, 2))",
        "print(tuple([1, 2]), tuple('ab'), (), (7,))",
        "print({point[:2]: 1}, sorted([(2, 'b'), (1, 'z'), (2, 'a')]))",
        "print(max((1, 'a'), (1, 'b')), min((3,), (2, 9)))",
        "a, (b, *c) = 1, (2, 3, 4)\nprint(a, b, c)",
    ]);
}

fn comprehensions(g: &mut Generator) {
    let (n, by) = (g.random.between(3, 9).to_string(), g.random.between(2, 4).to_string());
    g.template(
        "
print([i * i for i in range($1) if i % $2], {i: str(i) for i in range($1)}, sorted({i % $2 for i in range($1)}))
print([(a, b) for a in range(3) for b in 'xy' if a], [[i * j for j in range(3)] for i in range(2)])
print(sum(i for i in range($1)), ', '.join(str(i) for i in range($2)), max((i * 7) % 5 for i in range($1)))
",
        &[&n, &by],
    );
    g.some_of(&[
        "print([x if x % 2 else -x for x in range(5)])",
        "print({k: v for k, v in zip('abc', range(3)) if v})",
        "print([word.title() for word in 'the quick fox'.split() if len(word) > 3])",
        "print(list(i for i in range(3)), tuple(i + 1 for i in range(3)))",
        "print([y for x in [[1, 2], [3]] for y in x])",
        "print([last := 0] + [last := last + i for i in range(4)], last)",
        "print(dict((k, len(k)) for k in ['a', 'bcd']))",
    ]);
    if !g.legacy {
        g.one_of(&[
            "async def tick(n):\n    for i in range(n):\n        await asyncio.sleep(0)\n        yield i\nprint([i * 2 async for i in tick(4) if i != 2], {i async for i in tick(2)})",
            "async def double(n):\n    await asyncio.sleep(0)\n    return n * 2\nprint([await double(i) for i in range(3)], {i: await double(i) for i in range(2)})",
        ]);
    }
}

fn unpacking(g: &mut Generator) {
    let items = numbers(g);
    g.template(
        "
head, *middle, tail = $1
print(head, middle, tail)
def spread(*args, **kwargs):
    return len(args), sorted(kwargs.items())
print(spread(*middle), spread(1, *[2], k=3), spread(**{'a': 1, 'b': 2}))
print([*middle, head], {**{'a': 1}, **{'a': 2, 'b': 3}}, (*middle, tail))
",
        &[&items],
    );
    g.some_of(&[
        "for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]:\n    print(a, b, c)",
        "try:\n    a, b = [1, 2, 3]\nexcept ValueError as problem:\n    print(problem)",
        "a, b = b, a = 1, 2\nprint(a, b)",
        "print(max(*middle, 3), print(*'abc', sep='-'))",
        "[p, q], r = 'xy', 3\nprint(p, q, r)",
    ]);
}

fn collections(g: &mut Generator) {
    let size = g.random.between(1, 4).to_string();
    g.some_of(&["import collections"]);
    g.template(
        "
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
window = deque([1, 2, 3], maxlen=$1)
window.append(4)
print(window, len(window), list(window))
counts = Counter('abracadabra')
print(counts.most_common(2), counts['a'], counts['z'])
groups = defaultdict(list)
for word in ['apple', 'bob', 'avocado']:
    groups[word[0]].append(word)
print(dict(groups), sorted(groups))
",
        &[&size],
    );
    g.some_of(&[
        "window.appendleft(0)\nprint(window.popleft(), window)",
        "window.extend([7, 8, 9])\nwindow.rotate(1)\nprint(window)",
        "Pair = namedtuple('Pair', ['left', 'right'])\npair = Pair(1, right='r')\nprint(pair, pair.left, pair[1], pair._replace(left=5))",
        "print(Counter([1, 1, 2]) + Counter([2]), sum(counts.values()))",
        "tally = defaultdict(int)\nfor n in [1, 2, 1]:\n    tally[n] += 1\nprint(tally, tally[9])",
        "order = OrderedDict(a=1, b=2)\norder.move_to_end('a')\nprint(list(order))",
    ]);
}

fn itertools(g: &mut Generator) {
    let n = g.random.between(2, 4).to_string();
    g.template(
        "
import itertools
print(list(itertools.islice(itertools.count(10), $1)), list(itertools.chain([1], (2, 3))))
",
        &[&n],
    );
    g.some_of(&[
        "print(list(itertools.product('ab', [1, 2])))",
        "print(list(itertools.combinations([1, 2, 3], 2)), list(itertools.permutations('abc', 2)))",
        "print([(k, list(v)) for k, v in itertools.groupby([1, 1, 2, 3, 3])])",
        "print(list(itertools.accumulate([1, 2, 3])), list(itertools.repeat('x', 2)))",
        "print(list(itertools.takewhile(lambda n: n < 3, [1, 2, 3, 1])), list(itertools.zip_longest([1], 'ab')))",
        "print(list(zip(itertools.cycle('ab'), range(3))))",
    ]);
}

fn sorting(g: &mut Generator) {
    let items = numbers(g);
    g.template(
        "\nnums = $1\nprint(sorted(nums), sorted(nums, reverse=True), sorted(nums, key=lambda n: (n % 3, -n)))\n",
        &[&items],
    );
    g.some_of(&[
        "people = [('ann', 31), ('bob', 25), ('cat', 31)]\npeople.sort(key=lambda person: person[1])\nprint(people)",
        "print(sorted(['b', 'A', 'c'], key=str.lower), sorted('hello'))",
        "print(min(nums, key=abs), max(nums, default=0), min([], default='none'))",
        "print(list(map(lambda n: n + 1, nums)), list(filter(lambda n: n > 0, nums)))",
        "print(list(zip(nums, 'abc')), list(enumerate('ab', 5)))",
        "print(sorted({'b': 1, 'a': 2}.items()), sorted([[2, 1], [1, 9]]))",
        "import operator\nprint(sorted([(1, 'b'), (0, 'c')], key=operator.itemgetter(1)))",
        "import functools\nprint(functools.reduce(lambda a, b: a + b, nums), functools.reduce(max, nums))",
    ]);
}
