"""Parameters and lookups whose default is an empty tuple, where lists are given otherwise."""
import asyncio
from collections import deque


class Bus:
    IDLE, BUSY, CLOSED = range(3)

    def __init__(self, topics=()):
        self.handlers = {}
        self.history = deque(maxlen=3)
        self.state = self.IDLE
        for topic in topics:
            self.handlers[topic] = []

    def on(self, topic, *names):
        self.handlers.setdefault(topic, []).extend(names)

    async def publish(self, topic, tags=()):
        self.state = self.BUSY
        for name in self.handlers.get(topic, ()):
            await asyncio.sleep(0.1)
            print(f"{name} gets {topic}", *tags)
        self.history.append(topic)
        self.state = self.IDLE


async def main():
    bus = Bus(["news"])
    bus.on("news", "ann", "bob")
    bus.on("sport", "bob")
    await asyncio.gather(bus.publish("news", ["hot", "today"]), bus.publish("sport"), bus.publish("weather"))
    await bus.publish("news")
    print(list(bus.history), list(reversed(bus.history)), bus.state == Bus.IDLE, Bus.CLOSED)
    print(len(bus.handlers.get("art", ())), sum(len(names) for names in bus.handlers.values()))


asyncio.run(main())
