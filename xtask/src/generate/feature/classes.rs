//! Inheritance, special methods, properties, dataclasses, enumerations.

use super::{Feature, nothing};
use crate::generate::Generator;

/// The features of this file.
pub const FEATURES: &[Feature] = &[
    Feature { name: "inheritance", define: inheritance, use_: use_inheritance, legacy: true },
    Feature { name: "dataclass", define: dataclass, use_: use_dataclass, legacy: false },
    Feature { name: "special methods", define: special, use_: use_special, legacy: true },
    Feature { name: "property", define: property, use_: use_property, legacy: true },
    Feature { name: "enum", define: enumeration, use_: use_enumeration, legacy: false },
    Feature { name: "class attributes", define: attributes, use_: use_attributes, legacy: true },
    Feature { name: "own context manager", define: manager, use_: use_manager, legacy: false },
    Feature { name: "exception classes", define: nothing, use_: exceptions, legacy: true },
];

fn inheritance(g: &mut Generator) {
    let (legs, sound) = (g.small(), g.random.pick(&["'hm'", "'oh'", "''"]).to_string());
    g.template(
        "
class Animal:
    legs = $1

    def __init__(self, name):
        self.name = name
        self.seen = []

    def sound(self):
        return $2

    def describe(self):
        return f'{self.name} ({type(self).__name__}) says {self.sound()!r} on {self.legs}'

    def see(self, other):
        self.seen.append(other.name)
        return len(self.seen)


class Dog(Animal):
    def sound(self):
        return 'woof'


class Puppy(Dog):
    legs = 3

    def __init__(self, name, age=1):
        super().__init__(name.lower())
        self.age = age

    def sound(self):
        return super().sound() * self.age


",
        &[&legs, &sound],
    );
}

fn use_inheritance(g: &mut Generator) {
    let (name, age) = (g.expr(&crate::generate::ty::Ty::Str, 1), g.random.between(1, 3).to_string());
    g.template(
        "
zoo = [Animal($1), Dog('Rex'), Puppy('Bit', $2), Puppy('Bob')]
for animal in zoo:
    print(animal.describe(), isinstance(animal, Dog), isinstance(animal, (Puppy, str)))
",
        &[&name, &age],
    );
    g.some_of(&[
        "print([zoo[0].see(other) for other in zoo[1:]], zoo[0].seen)",
        "print(max(zoo, key=lambda animal: len(animal.name)).name)",
        "print(sorted(animal.name for animal in zoo))",
        "print(issubclass(Puppy, Animal), Puppy.legs, Animal.legs)",
        "zoo[1].legs = 7\nprint(zoo[1].describe())",
        "print({animal.name: animal.legs for animal in zoo})",
    ]);
}

fn dataclass(g: &mut Generator) {
    let options = g.random.pick(&["", "(frozen=True)", "(order=True)", "()"]).to_string();
    let default = g.small();
    g.template(
        "
@dataclasses.dataclass$1
class Item:
    name: str
    price: float = $2.5
    count: int = 1

    def total(self) -> float:
        return self.price * self.count


@dataclasses.dataclass
class Basket:
    owner: str
    items: list[Item] = dataclasses.field(default_factory=list)

    def add(self, item: Item) -> 'Basket':
        self.items.append(item)
        return self


",
        &[&options, &default],
    );
}

fn use_dataclass(g: &mut Generator) {
    let count = g.small();
    g.template(
        "
basket = Basket('ann').add(Item('tea')).add(Item('milk', 0.75, $1))
print(basket, len(basket.items))
print(sum(item.total() for item in basket.items))
",
        &[&count],
    );
    g.some_of(&[
        "print(basket.items[0] == Item('tea'), basket.items[0] != basket.items[1])",
        "basket.owner = basket.owner.upper()\nprint(basket.owner)",
        "print([item.name for item in basket.items if item.count > 1])",
        "other = Basket('bob')\nprint(other.items, other == Basket('bob', []))",
    ]);
}

fn special(g: &mut Generator) {
    let by = g.random.between(1, 4).to_string();
    g.template(
        "
class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, by):
        return Vector(self.x * by, self.y * by)

    def __neg__(self):
        return self * -$1

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __lt__(self, other):
        return (self.x, self.y) < (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __repr__(self):
        return f'Vector({self.x}, {self.y})'

    def __bool__(self):
        return bool(self.x or self.y)

    def __len__(self):
        return 2

    def __getitem__(self, at):
        return (self.x, self.y)[at]

    def __contains__(self, value):
        return value in (self.x, self.y)

    def __call__(self, by):
        return self.x * by

    def __iter__(self):
        yield self.x
        yield self.y


",
        &[&by],
    );
}

fn use_special(g: &mut Generator) {
    let (x, y) = (g.small(), g.small());
    g.template("\na, b = Vector($1, 2), Vector(3, $2)\nprint(a + b, -a, a * 2 == b)\n", &[&x, &y]);
    g.some_of(&[
        "print(a < b, sorted([b, a, a + b]), max(a, b))",
        "print(bool(a), bool(Vector(0, 0)), len(a), a[0], a[-1])",
        "print(2 in a, 9 in b, list(a), sum(b))",
        "print({a: 1, Vector(3, 4): 2}, a in {a, b})",
        "print(a(3), [v(2) for v in (a, b)])",
        "x, y = b\nprint(x, y)",
    ]);
}

fn property(g: &mut Generator) {
    g.lines(
        "
class Celsius:
    made = 0

    def __init__(self, degrees=0.0):
        self._degrees = degrees
        Celsius.made += 1

    @property
    def degrees(self):
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        if value < -273.15:
            raise ValueError(f'too cold: {value}')
        self._degrees = value

    @property
    def fahrenheit(self):
        return self._degrees * 9 / 5 + 32

    @classmethod
    def of(cls, text):
        return cls(float(text))

    @staticmethod
    def valid(value):
        return value >= -273.15


",
    );
}

fn use_property(g: &mut Generator) {
    let degrees = g.random.between(-300, 100).to_string();
    g.template(
        "
thermo = Celsius.of('21.5')
print(thermo.degrees, thermo.fahrenheit, Celsius.made)
try:
    thermo.degrees = $1
except ValueError as problem:
    print('problem', problem)
print(thermo.degrees, Celsius.valid($1))
thermo.degrees += 1
print(f'{thermo.degrees:.1f} {thermo.fahrenheit:>8.2f}')
",
        &[&degrees],
    );
}

fn enumeration(g: &mut Generator) {
    g.lines(
        "
class Color(enum.Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


",
    );
}

fn use_enumeration(g: &mut Generator) {
    g.some_of(&[
        "print(Color.RED, repr(Color.BLUE), Color.GREEN.name, Color.GREEN.value)",
        "for color in Color:\n    print(color.name.lower(), color.value * 2)",
        "print(Color.RED == Color.RED, Color.RED is Color.BLUE, len(Color))",
        "print({color: color.value for color in Color}[Color.GREEN])",
    ]);
}

fn attributes(g: &mut Generator) {
    let start = g.small();
    g.template(
        "
class Counter:
    total = $1
    names = []

    def __init__(self, name):
        self.name = name
        self.count = 0
        Counter.total += 1
        self.names.append(name)

    def hit(self, by=1):
        self.count += by
        return self


",
        &[&start],
    );
}

fn use_attributes(g: &mut Generator) {
    g.lines("counter = Counter('a').hit().hit(3)\nprint(counter.count, Counter.total, Counter.names)");
    g.some_of(&[
        "Counter('b')\nprint(Counter.total, counter.total, counter.names)",
        "print(hasattr(counter, 'count'), getattr(counter, 'name'))",
        "hit = counter.hit\nhit(by=5)\nprint(counter.count)",
        "print([Counter(str(i)).hit(i).count for i in range(3)], Counter.total)",
    ]);
}

fn manager(g: &mut Generator) {
    let swallows = g.random.pick(&["False", "True", "kind is ValueError"]).to_string();
    g.template(
        "
class Section:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print('enter', self.name)
        return self

    def __exit__(self, kind, problem, trace):
        print('exit', self.name, kind is not None, problem)
        return $1

    async def __aenter__(self):
        await asyncio.sleep(0.01)
        print('aenter', self.name)
        return self.name

    async def __aexit__(self, kind, problem, trace):
        await asyncio.sleep(0)
        print('aexit', self.name, problem)


",
        &[&swallows],
    );
}

fn use_manager(g: &mut Generator) {
    let raised = g.random.pick(&["ValueError('bad')", "KeyError(1)"]).to_string();
    g.template(
        "
with Section('one') as section:
    print(section.name)
async with Section('two') as name:
    print(name)
try:
    with Section('three'):
        raise $1
    print('swallowed')
except Exception as problem:
    print('out', repr(problem))
",
        &[&raised],
    );
    if g.random.chance(50) {
        g.lines("with Section('a') as a, Section('b') as b:\n    print(a.name + b.name)");
    }
}

fn exceptions(g: &mut Generator) {
    let code = g.small();
    g.template(
        "
class LoadError(Exception):
    def __init__(self, path, code=$1):
        super().__init__(f'cannot load {path}')
        self.path = path
        self.code = code


class Missing(LoadError):
    pass


for raised in (LoadError('a'), Missing('b', 404), ValueError('c')):
    try:
        try:
            raise raised
        except Missing as problem:
            print('missing', problem.path, problem.code)
            raise RuntimeError('gone') from problem
        except LoadError as problem:
            print('load', problem, problem.args, problem.code)
        else:
            print('never')
        finally:
            print('finally')
    except (RuntimeError, ValueError) as problem:
        print(type(problem).__name__, problem, repr(problem.__cause__))
",
        &[&code],
    );
}
