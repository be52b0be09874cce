"""Callbacks that are added and removed again: functions, bound methods, lambdas."""

class Bus:
    def __init__(self):
        self.handlers = []

    def on(self, fn):
        self.handlers.append(fn)

    def off(self, fn):
        self.handlers.remove(fn)

    def fire(self):
        for fn in list(self.handlers):
            fn(1)


class C:
    def cb(self, x):
        print("cb", x)


bus = Bus()
c = C()
bus.on(c.cb)
bus.fire()
print(c.cb in bus.handlers)
bus.off(c.cb)
bus.fire()
f = lambda x: print("f", x)
bus.on(f)
bus.fire()
bus.off(f)
bus.fire()
