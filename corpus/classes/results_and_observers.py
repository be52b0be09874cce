import asyncio
from typing import Generic, TypeVar, Optional, Protocol, Union

T = TypeVar("T")

class Ok(Generic[T]):
    def __init__(self, value: T):
        self.value = value
    def is_ok(self): return True
    def unwrap(self): return self.value
    def __repr__(self): return f"Ok({self.value!r})"

class Err:
    def __init__(self, error):
        self.error = error
    def is_ok(self): return False
    def unwrap(self): raise RuntimeError(self.error)
    def __repr__(self): return f"Err({self.error!r})"

Result = Union[Ok, Err]

async def divide(a, b) -> Result:
    await asyncio.sleep(0)
    if b == 0:
        return Err("division by zero")
    return Ok(a / b)

class LRU(Generic[T]):
    def __init__(self, cap: int):
        self.cap = cap
        self.data: dict[str, T] = {}
        self.hits = self.misses = 0
    def get(self, key: str) -> Optional[T]:
        if key in self.data:
            self.hits += 1
            v = self.data.pop(key)
            self.data[key] = v
            return v
        self.misses += 1
        return None
    def put(self, key: str, value: T) -> None:
        if len(self.data) >= self.cap:
            oldest = next(iter(self.data))
            del self.data[oldest]
        self.data[key] = value

class Observer(Protocol):
    async def update(self, value: int) -> None: ...

class Printer:
    async def update(self, value: int) -> None:
        print("printer", value)

class Summer:
    def __init__(self): self.total = 0
    async def update(self, value: int) -> None:
        self.total += value

class Subject:
    def __init__(self):
        self._observers: list[Observer] = []
        self._value = 0
    def attach(self, o: Observer) -> None:
        self._observers.append(o)
    async def set(self, v: int) -> None:
        self._value = v
        for o in self._observers:
            await o.update(v)

async def main():
    for a, b in [(1, 2), (1, 0)]:
        r = await divide(a, b)
        print(r, r.is_ok())
        try:
            print(r.unwrap())
        except RuntimeError as e:
            print("error", e)
    c = LRU(2)
    c.put("a", 1); c.put("b", 2)
    c.get("a"); c.put("c", 3)
    print(c.get("b"), c.get("a"), c.hits, c.misses)
    s = Subject()
    summer = Summer()
    s.attach(Printer()); s.attach(summer)
    for v in (1, 2, 3):
        await s.set(v)
    print(summer.total)
asyncio.run(main())
