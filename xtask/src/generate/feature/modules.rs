//! Modules of the standard library.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "random module", define: nothing, use_: randoms, legacy: true },
    Feature { name: "logging", define: nothing, use_: logging, legacy: false },
    Feature { name: "argparse", define: nothing, use_: argparse, legacy: false },
    Feature { name: "datetime", define: nothing, use_: datetime, legacy: true },
    Feature { name: "json", define: nothing, use_: json, legacy: true },
    Feature { name: "re", define: nothing, use_: re, legacy: true },
    Feature { name: "os.path", define: nothing, use_: os_path, legacy: true },
    Feature { name: "string module", define: nothing, use_: string, legacy: true },
    Feature { name: "threading", define: nothing, use_: threading, legacy: false },
    Feature { name: "concurrent.futures", define: nothing, use_: futures, legacy: false },
    Feature { name: "functools", define: functools, use_: use_functools, legacy: true },
    Feature { name: "warnings", define: nothing, use_: warnings, legacy: false },
    Feature { name: "signal", define: nothing, use_: signal, legacy: false },
    Feature { name: "heapq and bisect", define: nothing, use_: heaps, legacy: true },
    Feature { name: "typing", define: typing, use_: use_typing, legacy: false },
];

fn randoms(g: &mut Generator) {
    let seed = g.random.between(1, 1000).to_string();
    g.template("\nrandom.seed($1)\nprint(random.random(), random.randint(1, 6))\n", &[&seed]);
    g.some_of(&[
        "print([random.randrange(10) for _ in range(5)])",
        "print(random.choice(['a', 'b', 'c']), random.uniform(1, 2))",
        "deck = list(range(6))\nrandom.shuffle(deck)\nprint(deck, random.sample(range(20), 3))",
        "rng = random.Random(5)\nprint(rng.random(), rng.choice('xyz'))",
        "print(round(random.gauss(0, 1), 6), random.getrandbits(8))",
    ]);
}

fn logging(g: &mut Generator) {
    let level = g.random.pick(&["DEBUG", "INFO", "WARNING"]).to_string();
    g.template(
        "
logging.basicConfig(level=logging.$1, format='%(levelname)s:%(name)s:%(message)s', stream=sys.stdout)
log = logging.getLogger('app')
log.debug('debug %s', 1)
log.info('info %d of %d', 1, 2)
log.warning('careful')
try:
    1 // 0
except ZeroDivisionError as problem:
    log.error('failed: %s', problem)
logging.info('root %r', 'x')
print(log.isEnabledFor(logging.INFO))
",
        &[&level],
    );
}

fn argparse(g: &mut Generator) {
    let args =
        g.random.pick(&["[]", "['-n', '7']", "['--verbose', 'in.txt']", "['a', 'b', '--count=2', '-v']"]).to_string();
    g.template(
        "
parser = argparse.ArgumentParser(prog='tool', description='A tool.')
parser.add_argument('files', nargs='*')
parser.add_argument('-n', '--count', type=int, default=3)
parser.add_argument('-v', '--verbose', action='store_true')
options = parser.parse_args($1)
print(options.files, options.count + 1, options.verbose)
",
        &[&args],
    );
}

fn datetime(g: &mut Generator) {
    let (day, hours) = (g.random.between(1, 28).to_string(), g.random.between(1, 90).to_string());
    g.template(
        "
start = datetime.datetime(2024, 2, $1, 10, 30)
later = start + datetime.timedelta(hours=$2, minutes=5)
print(start, later.isoformat(), later - start)
print(start.strftime('%Y-%m-%d %H:%M:%S'), later.weekday(), (later - start).total_seconds())
print(datetime.date(2024, 2, $1).isoformat(), start < later)
",
        &[&day, &hours],
    );
}

fn json(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
text = json.dumps({'name': 'box', 'sizes': [1, 2.5, $1], 'open': True, 'owner': None})
print(text)
data = json.loads(text)
print(data['name'], data['sizes'][2], data['open'], data.get('owner'))
",
        &[&n],
    );
    g.some_of(&[
        "print(json.dumps([1, {'b': 2, 'a': 1}], sort_keys=True))",
        "print(json.dumps({'k': [1, 2]}, indent=2))",
        "try:\n    json.loads('{bad')\nexcept ValueError as problem:\n    print(type(problem).__name__)",
        "for item in json.loads('[{\"id\": 1}, {\"id\": 2}]'):\n    print(item['id'] + 1)",
        "print(json.dumps('\\u00e9'), json.dumps({1: 'x', True: None}))",
    ]);
}

fn re(g: &mut Generator) {
    let word = g.random.pick(&["alpha", "b2", "x-y", "42"]).to_string();
    g.template(
        "
pattern = re.compile(r'(\\w+)=(\\d+)')
print(pattern.findall('a=1, b=22 c=x'), bool(re.match(r'[a-z]+$', '$1')))
found = pattern.search('size=42;')
if found:
    print(found.group(), found.group(1), int(found.group(2)), found.span())
",
        &[&word],
    );
    g.some_of(&[
        "print(re.sub(r'\\s+', ' ', 'a  b \\n c'), re.split(r'[,;]', 'a,b;c'))",
        "print([m.start() for m in re.finditer('o', 'foo boo')])",
        "print(re.sub(r'(\\w+)@(\\w+)', r'\\2 at \\1', 'me@home'))",
        "print(re.fullmatch(r'\\d{3}', '123') is not None, re.escape('a.b'))",
    ]);
}

fn os_path(g: &mut Generator) {
    g.some_of(&[
        "print(os.path.join('a', 'b', 'c.txt'), os.path.basename('/x/y.py'))",
        "print(os.path.splitext('archive.tar.gz'), os.path.dirname('/x/y.py'))",
        "print(os.path.exists('/no/such/file'), os.path.isabs('/a'))",
        "print(os.environ.get('NO_SUCH_NAME', 'default'), os.sep)",
        "print(os.path.normpath('a/../b//c'), os.path.split('/p/q'))",
    ]);
}

fn string(g: &mut Generator) {
    g.some_of(&[
        "print(string.ascii_lowercase[:5], string.digits)",
        "print(''.join(c for c in 'a1b2' if c in string.digits))",
        "print(string.Template('$who likes $what').substitute(who='tim', what='tea'))",
        "print(string.capwords('hello big world'), len(string.punctuation))",
        "print([c for c in string.ascii_letters if c in 'xYz'])",
    ]);
}

fn threading(g: &mut Generator) {
    let n = g.random.between(2, 4).to_string();
    g.template(
        "
total = {'n': 0}
guard = threading.Lock()
def add(count):
    for _ in range(count):
        with guard:
            total['n'] += 1
threads = [threading.Thread(target=add, args=(10,)) for _ in range($1)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(total, threading.current_thread().name)
flag = threading.Event()
waiter = threading.Thread(target=flag.wait, name='waiter')
waiter.start()
flag.set()
waiter.join()
print(flag.is_set(), waiter.is_alive(), waiter.name)
",
        &[&n],
    );
}

fn futures(g: &mut Generator) {
    let n = g.random.between(2, 5).to_string();
    g.template(
        "
def square(value):
    if value > 3:
        raise ValueError(f'too big: {value}')
    return value * value
loop = asyncio.get_running_loop()
with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
    print(await asyncio.gather(*[loop.run_in_executor(pool, square, i) for i in range(3)]))
    submitted = pool.submit(square, $1)
    try:
        print('submitted', submitted.result())
    except ValueError as problem:
        print('submitted', problem)
    print(list(pool.map(square, [1, 2, 3])))
",
        &[&n],
    );
}

fn functools(g: &mut Generator) {
    g.lines(
        "
@functools.lru_cache(maxsize=None)
def paths(rows, columns):
    if rows == 0 or columns == 0:
        return 1
    return paths(rows - 1, columns) + paths(rows, columns - 1)


",
    );
}

fn use_functools(g: &mut Generator) {
    let n = g.random.between(3, 9).to_string();
    g.template("\nprint(paths($1, 3), paths.cache_info().misses > 0)\n", &[&n]);
    g.some_of(&[
        "print(functools.reduce(lambda a, b: a * b, [1, 2, 3, 4], 1))",
        "power = functools.partial(pow, 2)\nprint(power(5))",
        "print(functools.reduce(max, [3, 9, 2]))",
    ]);
}

fn warnings(g: &mut Generator) {
    g.one_of(&[
        "warnings.simplefilter('ignore')\nwarnings.warn('quiet')\nprint('no warning')",
        "warnings.filterwarnings('ignore', category=UserWarning)\nwarnings.warn('hidden', UserWarning)\nprint('filtered')",
        "with warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n    warnings.warn('inside')\nprint('caught')",
    ]);
}

fn signal(g: &mut Generator) {
    let name = g.random.pick(&["SIGUSR1", "SIGTERM", "SIGHUP"]).to_string();
    g.template(
        "
loop = asyncio.get_running_loop()
told = asyncio.Event()
def on_signal(text):
    print('signal', text)
    told.set()
loop.add_signal_handler(signal.$1, on_signal, signal.$1.name)
signal.raise_signal(signal.$1)
await asyncio.wait_for(told.wait(), 5)
print(loop.remove_signal_handler(signal.$1), told.is_set())
",
        &[&name],
    );
}

fn heaps(g: &mut Generator) {
    let n = g.random.between(0, 9).to_string();
    g.template(
        "
heap = []
for priority, name in [(5, 'write'), ($1, 'read'), (3, 'think')]:
    heapq.heappush(heap, (priority, name))
print(heap[0], heapq.heappop(heap), len(heap))
print(heapq.nlargest(2, [4, 9, $1]), heapq.nsmallest(2, [4, 9, $1]))
ranks = [10, 20, 30]
bisect.insort(ranks, $1 * 5)
print(ranks, bisect.bisect_left(ranks, 20), bisect.bisect(ranks, 20))
",
        &[&n],
    );
}

fn typing(g: &mut Generator) {
    g.lines(
        "
class Pair(typing.NamedTuple):
    left: int
    right: str = 'r'

    def both(self) -> str:
        return f'{self.left}{self.right}'


def first_of(items: typing.List[int], default: typing.Optional[int] = None) -> typing.Optional[int]:
    for item in items:
        return item
    return default


T = typing.TypeVar('T')


class Stack(typing.Generic[T]):
    def __init__(self) -> None:
        self.items: typing.List[T] = []

    def push(self, item: T) -> None:
        self.items.append(item)

    def pop(self) -> T:
        return self.items.pop()


",
    );
}

fn use_typing(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
couple = Pair($1)
print(couple, couple.both(), couple[0], couple._replace(right='z'))
print(first_of([]), first_of([$1, 2]), first_of([], 7))
stack: Stack[str] = Stack()
stack.push('a')
stack.push('b')
print(stack.pop(), stack.items)
",
        &[&n],
    );
}
