"""Registries of classes: decorators, hooks of subclasses, factories."""
import asyncio
from dataclasses import dataclass


class Registry:
    def __init__(self):
        self.classes = {}

    def register(self, cls):
        self.classes[cls.__name__.lower()] = cls
        return cls

    def named(self, name):
        def wrap(cls):
            self.classes[name] = cls
            return cls

        return wrap

    def create(self, name, *args):
        if name not in self.classes:
            raise LookupError(f"no class {name!r}")
        return self.classes[name](*args)


registry = Registry()


class Step:
    def __init__(self, value):
        self.value = value

    async def run(self, data):
        raise NotImplementedError


@registry.register
class Add(Step):
    async def run(self, data):
        await asyncio.sleep(0.1)
        return data + self.value


@registry.named("times")
class Multiply(Step):
    async def run(self, data):
        return data * self.value


class Message:
    kinds = {}
    kind = None

    def __init_subclass__(cls, kind=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.kind = kind or cls.__name__.lower()
        Message.kinds[cls.kind] = cls

    @classmethod
    def parse(cls, line):
        kind, _, body = line.partition(" ")
        return cls.kinds[kind](body)


@dataclass
class Say(Message):
    body: str

    def handle(self):
        return f"say {self.body}"


@dataclass
class Leave(Message, kind="bye"):
    body: str

    def handle(self):
        return f"{self.kind}: {self.body or 'no reason'}"


async def main():
    data = 1
    for name, value in [("add", 2), ("times", 5), ("add", 3)]:
        step = registry.create(name, value)
        data = await step.run(data)
        print(type(step).__name__, data)
    try:
        registry.create("nope", 1)
    except LookupError as e:
        print("error:", e)
    for line in ["say hello", "bye", "bye see you"]:
        print(Message.parse(line).handle())
    print(sorted(Message.kinds), Say.kind, Leave.kind, Message.kind)


asyncio.run(main())
