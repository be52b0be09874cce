"""Classes whose objects are made once, or once for each key."""
import asyncio


class Singleton:
    _instance = None

    def __new__(cls, *args, **kwargs):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance


a = Singleton()
b = Singleton()
print(a is b, isinstance(a, Singleton))


class Config:
    _inst = None

    def __new__(cls, name):
        if not cls._inst:
            print("create")
            cls._inst = object.__new__(cls)
            cls._inst.settings = {}
        return cls._inst

    def __init__(self, name):
        self.name = name


c = Config("one")
c.settings["x"] = 1
d = Config("two")
print(c.name, d.settings, c is d)


class Logger:
    _instances = {}

    def __new__(cls, key):
        if key not in cls._instances:
            inst = super().__new__(cls)
            inst.key = key
            inst.count = 0
            cls._instances[key] = inst
        return cls._instances[key]

    def hit(self):
        self.count += 1
        return self.count


print(Logger("a").hit(), Logger("a").hit(), Logger("b").hit())


class Pool:
    def __new__(cls):
        if not hasattr(cls, "instance"):
            cls.instance = super(Pool, cls).__new__(cls)
            cls.instance.ready = False
        return cls.instance

    def __init__(self, size=3):
        if self.ready:
            return
        self.ready = True
        self.size = size
        self.free = list(range(size))
        print("init once")

    async def take(self):
        await asyncio.sleep(0)
        return self.free.pop()


async def worker(n):
    pool = Pool()
    print(n, await pool.take(), pool.size)


async def main():
    await asyncio.gather(*(worker(i) for i in range(3)))

asyncio.run(main())
