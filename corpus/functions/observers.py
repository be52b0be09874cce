import asyncio
class Observer:
    def __init__(self):
        self._subs = []
    def subscribe(self, fn):
        self._subs.append(fn)
        return lambda: self._subs.remove(fn)
    def notify(self, x):
        for s in list(self._subs):
            s(x)
class State:
    def __init__(self, initial):
        self.value = initial
        self.changed = Observer()
    def set(self, v):
        old = self.value
        self.value = v
        if old != v:
            self.changed.notify(v)
def show(x):
    print("value", x)
s = State(1)
off = s.changed.subscribe(show)
s.changed.subscribe(lambda v: print("lambda", v))
s.set(2)
s.set(2)
off()
s.set(3)
