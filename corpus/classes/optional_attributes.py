import asyncio
class Circle:
    def __init__(self, r): self.r = r
    @property
    def area(self): return round(3.14159 * self.r ** 2, 2)
    label = "circle"
class Box:
    def __init__(self, w, h):
        self.area = float(w * h)
        self.label = "box"
class Tri:
    area = 1.5
    @property
    def label(self): return "tri"
class Logger:
    def write(self, m): print("log:", m)
class Null:
    def write(self, m): pass
class App:
    def __init__(self, logger=None, on_done=None):
        self.logger = logger or Null()
        self.on_done = on_done
        self.cache = None
        self.items = []
        self.lookup = {}
        self.current = None
    async def run(self, n):
        self.logger.write(f"run {n}")
        if self.cache is None:
            self.cache = {}
        self.cache[n] = n * n
        self.items.append(n)
        self.lookup.setdefault("all", []).append(n)
        self.current = (n, "x")
        await asyncio.sleep(0)
        if self.on_done is not None:
            self.on_done(self)
        return self.cache[n]
async def main():
    for s in [Circle(1), Box(2, 3), Tri()]:
        print(s.label, s.area)
    app = App(Logger(), on_done=lambda a: print("done", len(a.items), a.current))
    quiet = App()
    print(await app.run(3), await quiet.run(4), app.cache, quiet.lookup, quiet.on_done)
    app2 = App(logger=None, on_done=print_it)
    await app2.run(1)
def print_it(app):
    print("printed", app.current[0])
asyncio.run(main())
