"""Classes kept in variables, dicts and fields, and made from there."""

import asyncio


class Worker:
    kind = "plain"

    def __init__(self, name, delay=0.1):
        self.name = name
        self.delay = delay

    async def run(self):
        await asyncio.sleep(self.delay)
        return f"{self.kind}:{self.name}"

    @classmethod
    def create(cls, name):
        return cls(name)

    @staticmethod
    def describe():
        return "worker"

    def copy(self):
        return self.__class__(self.name + "'", self.delay)


class Fast(Worker):
    kind = "fast"

    def __init__(self, name):
        super().__init__(name, 0.01)

    def copy(self):
        return Fast(self.name + "+")


class Loud(Worker):
    kind = "loud"

    async def run(self):
        base = await super().run()
        return base.upper()

    @staticmethod
    def describe():
        return "LOUD"


class Pool:
    worker_class = Worker

    def __init__(self, cls=Worker, n=2):
        self.cls = cls
        self.workers = [cls(f"w{i}") for i in range(n)]

    def grow(self):
        self.workers.append(self.cls(f"w{len(self.workers)}"))

    async def run(self):
        return await asyncio.gather(*(w.run() for w in self.workers))


def build(cls, *args, **kwargs):
    return cls(*args, **kwargs)


CONVERT = {"int": int, "float": float, "str": str}


def parse(kind, text):
    return CONVERT[kind](text)


class NotFound(Exception):
    pass


class Denied(Exception):
    pass


ERRORS = {404: NotFound, 403: Denied}


def check(code):
    exc = ERRORS.get(code)
    if exc is not None:
        raise exc(f"status {code}")
    return "ok"


async def main():
    for cls in (Worker, Fast, Loud):
        w = cls.create("x")
        print(cls.__name__, cls.kind, cls.describe(), await w.run(), await w.copy().run())
    for cls in [Worker, Fast]:
        pool = Pool(cls)
        pool.grow()
        print(await pool.run())
    print(await build(Loud, "b", delay=0.5).run(), await build(Fast, "c").run())
    print(parse("int", "3") , parse("float", "2.5"), parse("str", "abc"))
    for code in (200, 404, 403):
        try:
            print(check(code))
        except NotFound as e:
            print("not found", e)
        except Denied as e:
            print("denied", e)
    errors = [ValueError, KeyError, NotFound]
    for e in errors:
        try:
            raise e("boom")
        except Exception as ex:
            print(type(ex).__name__, ex)


asyncio.run(main())
