import asyncio
class Task:
    _next = 1
    def __init__(self, name, prio):
        self.id = Task._next
        Task._next += 1
        self.name = name
        self.prio = prio
        self.deps = []
        self.result = None
    def depends(self, *others):
        self.deps.extend(others)
        return self
    async def run(self):
        await asyncio.sleep(self.prio / 10)
        self.result = f"{self.name}:{sum(len(d.result or '') for d in self.deps)}"
        return self.result
    def __lt__(self, other):
        return (self.prio, self.id) < (other.prio, other.id)
    def __repr__(self):
        return f"<Task {self.id} {self.name}>"
class Scheduler:
    def __init__(self):
        self.tasks = {}
        self.done = set()
    def add(self, t):
        self.tasks[t.name] = t
        return t
    async def run(self):
        while len(self.done) < len(self.tasks):
            ready = [t for t in self.tasks.values() if t.name not in self.done and all(d.name in self.done for d in t.deps)]
            if not ready:
                raise RuntimeError("cycle")
            for r in await asyncio.gather(*(t.run() for t in sorted(ready))):
                print(r)
            self.done.update(t.name for t in ready)
async def main():
    s = Scheduler()
    a = s.add(Task("a", 3))
    b = s.add(Task("b", 1))
    s.add(Task("c", 2).depends(a, b))
    await s.run()
    print(sorted(s.tasks.values()), max(s.tasks.values()))
asyncio.run(main())
