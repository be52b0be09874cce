import asyncio, time
from datetime import datetime, timedelta

class Event:
    def __init__(self, name, when: datetime):
        self.name = name
        self.when = when
    def __repr__(self):
        return f"Event({self.name!r}, {self.when!r})"

class Scheduler:
    def __init__(self):
        self.events = []
        self.started = datetime.now()
    def add(self, name, delay):
        self.events.append(Event(name, self.started + timedelta(seconds=delay)))
    async def run(self):
        self.events.sort(key=lambda e: e.when)
        for e in self.events:
            wait = (e.when - datetime.now()).total_seconds()
            if wait > 0:
                await asyncio.sleep(wait)
            print(f"[{datetime.now().strftime('%X')}] {e.name} (+{datetime.now() - self.started})")

s = Scheduler()
s.add("b", 2)
s.add("a", 1.25)
s.add("c", 62)
print(s.events)
asyncio.run(s.run())
print(time.strftime("%H:%M:%S"), time.ctime(), time.strftime("%X"))
print(datetime.now().timestamp() - s.started.timestamp())
