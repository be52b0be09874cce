"""A scheduler that generators ask for what they need, by tuples: other generators are among what they ask for."""
import heapq
from collections import deque


class Task(object):
    def __init__(self, number, generator):
        self.number = number
        self.generator = generator


class Scheduler(object):
    def __init__(self):
        self.ready = deque()
        self.sleeping = []
        self.time = 0
        self.count = 0

    def start(self, generator):
        self.count += 1
        self.resume(Task(self.count, generator), None)

    def resume(self, task, value):
        self.ready.append((task, value))

    def run(self):
        while self.ready or self.sleeping:
            if not self.ready:
                self.time, _, task = heapq.heappop(self.sleeping)
                self.resume(task, self.time)
            task, value = self.ready.popleft()
            try:
                request = task.generator.send(value)
            except StopIteration as stop:
                print("[%d] task %d ends: %r" % (self.time, task.number, stop.value))
                continue
            kind, argument = request
            if kind == "sleep":
                heapq.heappush(self.sleeping, (self.time + argument, task.number, task))
            elif kind == "start":
                self.start(argument)
                self.resume(task, None)


def worker(name, steps):
    for step in range(steps):
        now = yield ("sleep", step + 1)
        print(name, "at", now)
    return name


def parent():
    yield ("start", worker("ann", 2))
    yield ("start", worker("bob", 1))
    now = yield ("sleep", 2)
    print("the parent wakes at", now)


scheduler = Scheduler()
scheduler.start(parent())
scheduler.run()


def walk(tree):
    """Generators on a stack, whose results go to those below."""
    stack, value = [depth(tree)], None
    while stack:
        try:
            stack.append(stack[-1].send(value))
            value = None
        except StopIteration as stop:
            stack.pop()
            value = stop.value
    return value


def depth(tree):
    deepest = 0
    for child in tree:
        found = yield depth(child)
        deepest = max(deepest, found)
    return deepest + 1


print(walk([[], [[[]]], [[]]]))

for pair in [(1, "a"), "xy", [3, 4]]:
    first, second = pair
    print(first, second)
