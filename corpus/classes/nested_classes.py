"""Classes that stand in the body of another: errors, records and enumerations of its own."""
import asyncio
from dataclasses import dataclass
from enum import Enum


class Queue:
    class Error(Exception):
        """What a queue complains about."""

    class Full(Error):
        def __init__(self, size):
            super().__init__(f"full at {size}")
            self.size = size

    class Policy(Enum):
        WAIT = "wait"
        DROP = "drop"

    @dataclass
    class Item:
        value: int
        weight: int = 1

    LIMIT = 2

    def __init__(self, policy=None):
        self.policy = policy or Queue.Policy.WAIT
        self.items = []

    def put(self, value):
        if len(self.items) >= self.LIMIT:
            if self.policy is self.Policy.DROP:
                return None
            raise self.Full(len(self.items))
        item = self.Item(value)
        self.items.append(item)
        return item

    async def get(self):
        await asyncio.sleep(0)
        if not self.items:
            raise Queue.Error("nothing here")
        return self.items.pop(0)

    @classmethod
    def of(cls, *values):
        queue = cls(cls.Policy.DROP)
        for value in values:
            queue.put(value)
        return queue


async def main():
    queue = Queue()
    print(queue.put(1), queue.put(2))
    try:
        queue.put(3)
    except Queue.Error as error:
        print(type(error).__name__, error)
    try:
        queue.put(4)
    except Queue.Full as full:
        print("size", full.size)
    print([(item.value, item.weight) for item in Queue.of(7, 8, 9).items])
    print(await queue.get(), isinstance(await queue.get(), Queue.Item), [p.value for p in Queue.Policy])
    print(5 == Queue.Item(5).value, Queue.Item(5) == Queue.Item(5))
    await queue.get()


asyncio.run(main())
