//! Small programs as tutorials have them: services, simulations, algorithms.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "retry", define: retry, use_: use_retry, legacy: false },
    Feature { name: "rate limiter", define: limiter, use_: use_limiter, legacy: false },
    Feature { name: "publish and subscribe", define: hub, use_: use_hub, legacy: false },
    Feature { name: "bank", define: bank, use_: use_bank, legacy: true },
    Feature { name: "pipeline", define: pipeline, use_: use_pipeline, legacy: false },
    Feature { name: "state machine", define: machine, use_: use_machine, legacy: true },
    Feature { name: "lru cache class", define: cache, use_: use_cache, legacy: true },
    Feature { name: "graph search", define: graph, use_: use_graph, legacy: true },
    Feature { name: "tree", define: tree, use_: use_tree, legacy: true },
    Feature { name: "word count", define: nothing, use_: words, legacy: true },
    Feature { name: "matrix and primes", define: numbers, use_: use_numbers, legacy: true },
    Feature { name: "event emitter", define: emitter, use_: use_emitter, legacy: false },
    Feature { name: "abstract classes", define: shapes, use_: use_shapes, legacy: true },
    Feature { name: "mixins", define: mixins, use_: use_mixins, legacy: true },
    Feature { name: "container class", define: container, use_: use_container, legacy: true },
    Feature { name: "enum kinds", define: kinds, use_: use_kinds, legacy: false },
    Feature { name: "dataclass extras", define: extras, use_: use_extras, legacy: false },
    Feature { name: "async comprehensions", define: nothing, use_: comprehensions, legacy: false },
    Feature { name: "async context manager function", define: managers, use_: use_managers, legacy: false },
    Feature { name: "big numbers", define: bigs, use_: use_bigs, legacy: true },
    Feature { name: "call forms", define: forms, use_: use_forms, legacy: true },
    Feature { name: "spread", define: spread, use_: use_spread, legacy: false },
];

fn retry(g: &mut Generator) {
    let n = g.random.between(1, 4).to_string();
    g.template(
        "
def retry(times, delay=0.1):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            for attempt in range(1, times + 1):
                try:
                    return await function(*args, **kwargs)
                except ConnectionError as problem:
                    print(f'{function.__name__}: attempt {attempt} failed: {problem}')
                    if attempt == times:
                        raise
                    await asyncio.sleep(delay * 2 ** attempt)
        return wrapper
    return decorate


attempts = 0


@retry(3)
async def unreliable(name, *, good_at=$1):
    global attempts
    attempts += 1
    if attempts < good_at:
        raise ConnectionError(f'no {name}')
    return name.upper()


",
        &[&n],
    );
}

fn use_retry(g: &mut Generator) {
    g.lines(
        "
try:
    print(await unreliable('net'), attempts)
except ConnectionError as problem:
    print('gave up', problem, unreliable.__name__)
",
    );
}

fn limiter(g: &mut Generator) {
    let n = g.random.between(1, 3).to_string();
    g.template(
        "
class Limiter:
    def __init__(self, rate, per):
        self.rate = rate
        self.per = per
        self.stamps = collections.deque()

    async def wait(self):
        loop = asyncio.get_running_loop()
        while True:
            now = loop.time()
            while self.stamps and now - self.stamps[0] >= self.per:
                self.stamps.popleft()
            if len(self.stamps) < self.rate:
                self.stamps.append(now)
                return
            await asyncio.sleep(self.per - (now - self.stamps[0]))


async def limited(limiter, number, log):
    await limiter.wait()
    log.append(number * $1)


",
        &[&n],
    );
}

fn use_limiter(g: &mut Generator) {
    g.lines(
        "
limiter = Limiter(2, 1.0)
log = []
await asyncio.gather(*(limited(limiter, i, log) for i in range(5)))
print(log, len(limiter.stamps))
",
    );
}

fn hub(g: &mut Generator) {
    g.lines(
        "
class Hub:
    def __init__(self):
        self.subscribers = set()

    def subscribe(self):
        queue = asyncio.Queue()
        self.subscribers.add(queue)
        return queue

    async def publish(self, message):
        for queue in self.subscribers:
            await queue.put(message)


async def listener(name, queue, received):
    while True:
        message = await queue.get()
        if message is None:
            break
        received.setdefault(name, []).append(message)


",
    );
}

fn use_hub(g: &mut Generator) {
    let n = g.random.between(1, 3).to_string();
    g.template(
        "
hub = Hub()
received = {}
listeners = [asyncio.create_task(listener(f'l{i}', hub.subscribe(), received)) for i in range($1)]
for message in ['one', 'two', None]:
    await hub.publish(message)
await asyncio.gather(*listeners)
print(sorted(received.items()), len(hub.subscribers))
",
        &[&n],
    );
}

fn bank(g: &mut Generator) {
    let amount = g.random.between(10, 200).to_string();
    g.template(
        "
class InsufficientFunds(Exception):
    def __init__(self, needed, available):
        super().__init__(f'needed {needed}, have {available}')
        self.needed = needed
        self.available = available


class BankAccount:
    interest = 0.05

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError('amount must be positive')
        self.balance += amount
        self.history.append(('deposit', amount))
        return self.balance

    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds(amount, self.balance)
        self.balance -= amount
        self.history.append(('withdraw', amount))
        return self.balance

    def __repr__(self):
        return f'BankAccount({self.owner!r}, {self.balance:.2f})'


class Savings(BankAccount):
    def add_interest(self):
        return self.deposit(self.balance * self.interest)


start_amount = $1


",
        &[&amount],
    );
}

fn use_bank(g: &mut Generator) {
    let amount = g.random.between(10, 200).to_string();
    g.template(
        "
accounts = [BankAccount('ann', start_amount), Savings('bob', 100)]
for account in accounts:
    account.deposit(50)
    try:
        account.withdraw($1)
    except InsufficientFunds as problem:
        print(account.owner, problem, problem.needed - problem.available)
    if isinstance(account, Savings):
        print(round(account.add_interest(), 2))
    print(account, len(account.history), account.history[-1])
try:
    accounts[0].deposit(-1)
except ValueError as problem:
    print(problem)
",
        &[&amount],
    );
}

fn pipeline(g: &mut Generator) {
    let n = g.random.between(2, 6).to_string();
    g.template(
        "
async def source(count):
    for number in range(count):
        yield number
        await asyncio.sleep(0)


async def squares(numbers):
    async for number in numbers:
        yield number * number


async def only(numbers, test):
    async for number in numbers:
        if test(number):
            yield number


pipeline_size = $1


",
        &[&n],
    );
}

fn use_pipeline(g: &mut Generator) {
    g.lines(
        "
print([n async for n in only(squares(source(pipeline_size)), lambda n: n % 2 == 0)])
total = 0
async for n in squares(source(3)):
    total += n
print(total)
",
    );
}

fn machine(g: &mut Generator) {
    g.lines(
        "
class Light:
    table = {
        ('off', 'press'): 'dim',
        ('dim', 'press'): 'bright',
        ('bright', 'press'): 'off',
        ('dim', 'reset'): 'off',
        ('bright', 'reset'): 'off',
    }

    def __init__(self):
        self.state = 'off'
        self.count = 0

    def fire(self, event):
        new = self.table.get((self.state, event))
        if new is None:
            return False
        print(f'{self.state} -> {new}')
        self.state = new
        self.count += 1
        return True


",
    );
}

fn use_machine(g: &mut Generator) {
    let events = g
        .random
        .pick(&["['press', 'press', 'reset']", "['reset', 'press']", "['press'] * 4", "['press', 'jump']"])
        .to_string();
    g.template("\nlight = Light()\nprint([light.fire(event) for event in $1], light.state, light.count)\n", &[&events]);
}

fn cache(g: &mut Generator) {
    let n = g.random.between(1, 3).to_string();
    g.template(
        "
class LRU:
    def __init__(self, size=$1):
        self.size = size
        self.items = {}
        self.hits = self.misses = 0

    def get(self, key, default=None):
        if key not in self.items:
            self.misses += 1
            return default
        self.hits += 1
        value = self.items.pop(key)
        self.items[key] = value
        return value

    def put(self, key, value):
        self.items.pop(key, None)
        if len(self.items) >= self.size:
            oldest = next(iter(self.items))
            del self.items[oldest]
        self.items[key] = value


",
        &[&n],
    );
}

fn use_cache(g: &mut Generator) {
    g.lines(
        "
lru = LRU()
for key, value in [('a', 1), ('b', 2), ('a', 3), ('c', 4)]:
    lru.put(key, value)
    print(key, lru.get('a'), list(lru.items))
print(lru.hits, lru.misses, lru.get('zz', -1))
",
    );
}

fn graph(g: &mut Generator) {
    g.lines(
        "
roads = {'a': ['b', 'c'], 'b': ['d'], 'c': ['d', 'e'], 'd': ['f'], 'e': ['f'], 'f': []}
costs = {('a', 'b'): 4, ('a', 'c'): 1, ('c', 'd'): 2, ('b', 'd'): 1, ('d', 'f'): 5, ('c', 'e'): 7, ('e', 'f'): 1}


def breadth_first(graph, start, goal):
    queue = collections.deque([[start]])
    seen = {start}
    while queue:
        path = queue.popleft()
        if path[-1] == goal:
            return path
        for node in graph[path[-1]]:
            if node not in seen:
                seen.add(node)
                queue.append(path + [node])
    return None


def cheapest(graph, start, goal):
    heap = [(0, start, [start])]
    best = {}
    while heap:
        cost, node, path = heapq.heappop(heap)
        if node == goal:
            return cost, path
        if node in best and best[node] <= cost:
            continue
        best[node] = cost
        for other in graph.get(node, []):
            heapq.heappush(heap, (cost + costs.get((node, other), 100), other, path + [other]))
    return None


def depth_first(graph, node, visit, seen=None):
    seen = set() if seen is None else seen
    if node in seen:
        return
    seen.add(node)
    visit(node)
    for other in graph[node]:
        depth_first(graph, other, visit, seen)


",
    );
}

fn use_graph(g: &mut Generator) {
    let goal = g.random.pick(&["'f'", "'d'", "'e'", "'nowhere'"]).to_string();
    g.template(
        "
print(breadth_first(roads, 'a', $1), cheapest(roads, 'a', $1))
order = []
depth_first(roads, 'a', order.append)
print(order)
",
        &[&goal],
    );
}

fn tree(g: &mut Generator) {
    g.lines(
        "
class TreeNode:
    def __init__(self, key, left=None, right=None):
        self.key = key
        self.left = left
        self.right = right

    def insert(self, key):
        if key < self.key:
            if self.left is None:
                self.left = TreeNode(key)
            else:
                self.left.insert(key)
        elif self.right is None:
            self.right = TreeNode(key)
        else:
            self.right.insert(key)

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.key
        if self.right:
            yield from self.right

    def depth(self):
        left = self.left.depth() if self.left else 0
        right = self.right.depth() if self.right else 0
        return 1 + max(left, right)


",
    );
}

fn use_tree(g: &mut Generator) {
    let (a, b) = (g.small(), g.small());
    g.template(
        "
root = TreeNode(5)
for key in [$1, 8, $2, 3]:
    root.insert(key)
print(list(root), root.depth(), sum(root))
",
        &[&a, &b],
    );
}

fn words(g: &mut Generator) {
    let text = g.random.pick(&["the cat and the dog", "a b a c b a", "one"]).to_string();
    g.template(
        "
counts = {}
for word in '$1'.split():
    counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
    print(f'{word:<6}{count:>3}')
longest = max(counts, key=len)
print(longest, {len(word): word for word in counts}, ' '.join(reversed('$1'.split())))
",
        &[&text],
    );
}

fn numbers(g: &mut Generator) {
    g.lines(
        "
def sieve(limit):
    flags = [True] * (limit + 1)
    flags[0:2] = [False, False]
    for n in range(2, int(limit ** 0.5) + 1):
        if flags[n]:
            for multiple in range(n * n, limit + 1, n):
                flags[multiple] = False
    return [n for n, is_prime in enumerate(flags) if is_prime]


def multiply(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


",
    );
}

fn use_numbers(g: &mut Generator) {
    let n = g.random.between(2, 40).to_string();
    g.template(
        "
print(sieve($1), gcd($1 * 6, 84))
print(multiply([[1, 2], [3, 4]], [[0, 1], [1, $1]]))
",
        &[&n],
    );
}

fn emitter(g: &mut Generator) {
    g.lines(
        "
class Emitter:
    def __init__(self):
        self.handlers = collections.defaultdict(list)

    def on(self, event):
        def register(handler):
            self.handlers[event].append(handler)
            return handler
        return register

    async def emit(self, event, *args):
        for handler in self.handlers[event]:
            result = handler(*args)
            if asyncio.iscoroutine(result):
                await result


emitter = Emitter()


@emitter.on('data')
def show_data(value):
    print('sync', value)


@emitter.on('data')
async def store_data(value):
    await asyncio.sleep(0.01)
    print('async', value)


",
    );
}

fn use_emitter(g: &mut Generator) {
    let n = g.small();
    g.template(
        "\nawait emitter.emit('data', $1)\nawait emitter.emit('other', 1)\nprint(len(emitter.handlers['data']))\n",
        &[&n],
    );
}

fn shapes(g: &mut Generator) {
    g.lines(
        "
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        ...

    def describe(self):
        return f'{type(self).__name__} of {self.area():.2f}'


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side ** 2


class Circle(Shape):
    def __init__(self, radius):
        self.radius = radius

    def area(self):
        return math.pi * self.radius ** 2


",
    );
}

fn use_shapes(g: &mut Generator) {
    let n = g.random.between(1, 5).to_string();
    g.template(
        "
shapes = [Square($1), Circle(1.5), Square(0.5)]
for shape in sorted(shapes, key=lambda shape: shape.area()):
    print(shape.describe(), isinstance(shape, Shape))
try:
    Shape()
except TypeError as problem:
    print('abstract')
",
        &[&n],
    );
}

fn mixins(g: &mut Generator) {
    g.lines(
        "
class Named:
    def __init__(self, name, **rest):
        super().__init__(**rest)
        self.name = name

    def label(self):
        return self.name


class Priced:
    def __init__(self, price=1, **rest):
        super().__init__(**rest)
        self.price = price

    def label(self):
        return f'{self.price}'


class Product(Named, Priced):
    def label(self):
        return super().label() + ':' + Priced.label(self)


",
    );
}

fn use_mixins(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
product = Product('tea', price=$1)
print(product.label(), product.name, product.price)
print(Product.__name__, isinstance(product, Priced), issubclass(Product, Named))
",
        &[&n],
    );
}

fn container(g: &mut Generator) {
    g.lines(
        "
class Shelf:
    def __init__(self, *books):
        self.books = list(books)

    def __len__(self):
        return len(self.books)

    def __getitem__(self, index):
        return self.books[index]

    def __setitem__(self, index, book):
        self.books[index] = book

    def __delitem__(self, index):
        del self.books[index]

    def __contains__(self, book):
        return book in self.books

    def __iter__(self):
        return iter(self.books)

    def __add__(self, other):
        return Shelf(*self.books, *other.books)

    def __eq__(self, other):
        return isinstance(other, Shelf) and self.books == other.books

    def __str__(self):
        return ', '.join(self.books)


",
    );
}

fn use_container(g: &mut Generator) {
    let name = g.random.pick(&["'Emma'", "'Ulysses'", "''"]).to_string();
    g.template(
        "
shelf = Shelf('Dune', 'Emma')
shelf[0] = shelf[0].upper()
more = shelf + Shelf($1)
print(len(more), more, $1 in shelf, more[-1])
del more[0]
print([book.lower() for book in more], more == shelf, shelf == Shelf('DUNE', 'Emma'))
for place, book in enumerate(shelf, 1):
    print(place, book)
",
        &[&name],
    );
}

fn kinds(g: &mut Generator) {
    g.lines(
        "
class Level(enum.IntEnum):
    LOW = 1
    MIDDLE = 5
    HIGH = 10


class Mode(enum.Enum):
    READ = enum.auto()
    WRITE = enum.auto()

    @property
    def short(self):
        return self.name[0]


class Access(enum.Flag):
    READ = 1
    WRITE = 2
    RUN = 4


",
    );
}

fn use_kinds(g: &mut Generator) {
    g.some_of(&[
        "print(Level.LOW < Level.HIGH, Level.MIDDLE + 1, max(Level).name)",
        "print(Level(5), Level['HIGH'].value, [level.name for level in Level])",
        "print(Mode.READ.value, Mode.WRITE.short, Mode(2))",
        "print(Access.READ | Access.WRITE, Access.RUN in (Access.READ | Access.RUN), bool(Access.READ & Access.RUN))",
        "try:\n    Mode(9)\nexcept ValueError as problem:\n    print(problem)",
        "print({mode: mode.short for mode in Mode})",
    ]);
}

fn extras(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
@dataclasses.dataclass
class Rect:
    width: float
    height: float = 1.0
    tags: list[str] = dataclasses.field(default_factory=list)
    area: float = 0.0

    def __post_init__(self):
        if self.width < 0:
            raise ValueError('negative')
        self.area = self.width * self.height + $1


@dataclasses.dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0

    def __str__(self):
        return f'{self.major}.{self.minor}'


",
        &[&n],
    );
}

fn use_extras(g: &mut Generator) {
    g.some_of(&[
        "rect = Rect(2, 3.5, ['a'])\nprint(rect, rect.area)",
        "try:\n    Rect(-1)\nexcept ValueError as problem:\n    print(problem)",
        "print(sorted([Version(2), Version(1, 9), Version(1)]), str(Version(3, 1)), Version(1) < Version(1, 1))",
        "try:\n    Version(1).major = 2\nexcept dataclasses.FrozenInstanceError as problem:\n    print(problem)",
        "print(dataclasses.asdict(Version(4)), dataclasses.replace(Version(1, 2), minor=7))",
        "print({Version(1): 'a'}[Version(1, 0)], hash(Version(1)) == hash(Version(1)))",
    ]);
}

fn comprehensions(g: &mut Generator) {
    let n = g.random.between(2, 5).to_string();
    g.template(
        "
async def count_to(limit):
    for number in range(limit):
        await asyncio.sleep(0)
        yield number
async def doubled(number):
    return number * 2
print([number async for number in count_to($1)], {number % 2 async for number in count_to(4)})
print({number: await doubled(number) async for number in count_to(3) if number})
print([await doubled(number) for number in range($1)], sum([number async for number in count_to(4)]))
",
        &[&n],
    );
}

fn managers(g: &mut Generator) {
    let n = g.small();
    g.template(
        "
@contextlib.asynccontextmanager
async def connection(name, log):
    log.append(f'open {name}')
    await asyncio.sleep(0.01)
    try:
        yield name.upper()
    except ValueError as problem:
        log.append(f'saw {problem}')
        if $1 > 4:
            raise
    finally:
        log.append(f'close {name}')


@contextlib.contextmanager
def tag(name):
    print(f'<{name}>')
    yield name * 2
    print(f'</{name}>')


",
        &[&n],
    );
}

fn use_managers(g: &mut Generator) {
    g.lines(
        "
log = []
async with connection('db', log) as db:
    print(db)
try:
    async with connection('web', log) as web, connection('file', log):
        raise ValueError(web)
except ValueError as problem:
    print('out', problem)
print(log)
with tag('b') as twice, contextlib.suppress(KeyError):
    print(twice)
    {}['x']
",
    );
}

fn bigs(g: &mut Generator) {
    g.lines(
        "
def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def hash_of(text):
    value = 5381
    for c in text:
        value = value * 33 + ord(c)
    return value


def power_mod(base, exponent, modulus):
    result = 1
    base %= modulus
    while exponent > 0:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def lcg(seed):
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        yield seed >> 33


def digits(n):
    total = 0
    while n:
        n, digit = divmod(n, 10)
        total += digit
    return total


",
    );
}

fn use_bigs(g: &mut Generator) {
    let n = g.random.between(5, 120).to_string();
    let uses: Vec<String> = [
        "print(factorial($1), digits(factorial(30)))",
        "print(fibonacci($1), fibonacci(95) > 10 ** 18)",
        "print(collatz($1 + 1), hash_of('a somewhat longer text'))",
        "print(2 ** $1, 1 << $1, (1 << 70) - 1, -(2 ** 63) - 1)",
        "print(power_mod(3, $1, 1000007), pow(3, $1, 97))",
        "numbers = lcg($1)\nprint([next(numbers) for _ in range(4)])",
        "product = 1\nfor number in range(1, $1):\n    product *= number\nprint(product % 1000003, len(str(product)))",
        "total = 0\nfor number in range($1):\n    total = total * 31 + number\nprint(total)",
        "print(sum(n ** 12 for n in range($1)), 7 ** 30 % 1000, 123456789 * 987654321 * 1000)",
        "value = 1\nwhile value < 10 ** 25:\n    value *= 7\nprint(value, value // 3, value % 13, value / 2)",
        "print(int('9' * 25) + 1, int('7' * 5) * $1, hex(2 ** 80), f'{3 ** 50:,}')",
        "print(0xcbf29ce484222325 * 0x100000001b3 & 0xffffffffffffffff)",
    ]
    .iter()
    .map(|text| text.replace("$1", &n))
    .collect();
    g.some_of(&uses.iter().map(String::as_str).collect::<Vec<_>>());
}

fn forms(g: &mut Generator) {
    g.lines(
        "
def report(title, *values, sep=', ', **options):
    text = sep.join(str(value) for value in values)
    extra = ' '.join(f'{key}={options[key]}' for key in sorted(options))
    return f'{title}: {text} {extra}'.rstrip()


def apply(function, *args, **kwargs):
    return function(*args, **kwargs)


def compose(*functions):
    def composed(value):
        for function in functions:
            value = function(value)
        return value
    return composed


def scale(x, y, factor=2):
    return x * factor, y * factor


",
    );
}

fn use_forms(g: &mut Generator) {
    let n = g.small();
    let uses: Vec<String> = [
        "print(report('a', 1, 2), report('b'), report('c', 'x', sep='-', size=$1, color='red'))",
        "print(apply(scale, $1, 3), apply(scale, 1, y=$1, factor=4))",
        "print(compose(abs, lambda n: n * 2, lambda n: n + 1)(-$1))",
        "point = (1, $1)\nprint(scale(*point), scale(*point, factor=3))",
        "settings = {'x': $1, 'y': 2}\nprint(scale(**settings), scale(**settings, factor=1))",
    ]
    .iter()
    .map(|text| text.replace("$1", &n))
    .collect();
    g.some_of(&uses.iter().map(String::as_str).collect::<Vec<_>>());
}

fn spread(g: &mut Generator) {
    g.lines(
        "
async def part_of(name, delay, value):
    await asyncio.sleep(delay)
    print('part', name)
    return value


",
    );
}

fn use_spread(g: &mut Generator) {
    g.some_of(&[
        "number, text, items = await asyncio.gather(part_of('a', 0.03, 1), part_of('b', 0.01, 'two'), part_of('c', 0.02, [3]))\nprint(number + 1, text.upper(), items)",
        "parts = [part_of(name, 0.01 * at, name) for at, name in enumerate('xyz')]\nprint(await asyncio.gather(*parts))",
        "rows = [(1, 'one'), (2, 'two')]\nkeys, values = zip(*rows)\nprint(keys, list(values), dict(rows))",
        "head, *middle, tail = [1, 2, 3, 4]\nprint(head, middle, tail, [*middle, *'ab'], {**{'k': 1}, 'j': 2})",
        "tasks = {name: asyncio.create_task(part_of(name, 0.02, len(name))) for name in ('aa', 'b')}\nfor name, task in tasks.items():\n    print(name, await task)",
    ]);
}
