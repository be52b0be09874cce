import asyncio


class Awaitable:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        print("awaiting", self.value)
        yield
        print("resumed", self.value)
        return self.value


class Sleeper:
    def __init__(self, delay, result=None):
        self.delay = delay
        self.result = result

    def __await__(self):
        yield from asyncio.sleep(self.delay).__await__()
        return self.result


class Lazy:
    def __init__(self):
        self.conn = None

    async def connect(self):
        await asyncio.sleep(0.1)
        self.conn = "conn"
        return self

    def __await__(self):
        return self.connect().__await__()


async def main():
    print(await Awaitable(1))
    print(await Sleeper(0.5, "slept"))
    lazy = await Lazy()
    print(lazy.conn)
    print(await asyncio.gather(Sleeper(1, "a"), Sleeper(0.5, "b")))


asyncio.run(main())
