from dataclasses import dataclass
@dataclass
class Move:
    x: int
    y: int = 0
class Dot:
    __match_args__ = ('a', 'b')
    def __init__(self, a, b):
        self.a = a
        self.b = b
def describe(value):
    match value:
        case True:
            return 'yes'
        case 0:
            return 'zero'
        case int(n) if n > 100:
            return f'big {n}'
        case int() | float():
            return 'number'
        case 'go' | 'run':
            return 'verb'
        case str(s):
            return f'text {s}'
        case []:
            return 'empty'
        case [a, b]:
            return f'pair {a} {b}'
        case [1, *rest]:
            return f'one {rest}'
        case [first, *mid, last]:
            return f'many {first} {mid} {last}'
        case {'kind': 'x', 'n': n}:
            return f'x {n}'
        case {'kind': kind}:
            return f'dict {kind}'
        case Move(x=0, y=y):
            return f'vertical {y}'
        case Move(x, y):
            return f'{x},{y}'
        case Dot(a, b):
            return f'dot {a} {b}'
        case None:
            return 'none'
        case _:
            return 'other'
for v in (0, 500, 7, 1.5, 'x', 'go', [1, 2], [1, 2, 3], [4, 5, 6, 7], [], {'kind': 'a', 'n': 1}, {'kind': 'x', 'n': 2}, {}, None, (1,), True, False, Move(0, 3), Move(2), Dot(1, 'z'), {1, 2}):
    print(describe(v))
