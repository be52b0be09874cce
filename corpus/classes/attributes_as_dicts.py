"""The attributes of objects as a dict: for a repr, for JSON, to compare."""
import json
from dataclasses import dataclass


class P:
    kind = "p"

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"{self.__class__.__name__}({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"

    def __eq__(self, other):
        return self.__dict__ == other.__dict__


class Job:
    def __init__(self, name, retries=3):
        self.name = name
        self.retries = retries
        self.tags = ["a"]

    def again(self):
        self.retries -= 1
        return self

    def to_json(self):
        return json.dumps(self.__dict__)


@dataclass
class D:
    a: int
    b: str = "z"


print(P(1, 2), P(1, 2) == P(1, 2), P(1, 2) == P(2, 1))
print(vars(P(3, 4)))
j = Job("j")
for k, v in vars(j.again()).items():
    print(k, v)
print(j.to_json(), len(vars(j)), sorted(j.__dict__), "name" in vars(j), vars(j)["name"])
print(vars(D(1)), D(2).__dict__)
