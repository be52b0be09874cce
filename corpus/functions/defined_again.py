"""A script in sections: each defines its `main` anew, and the decorator that it uses."""
import asyncio
import functools


def traced(function):
    @functools.wraps(function)
    async def wrapper(*args):
        print("calling", function.__name__, *args)
        return await function(*args)
    return wrapper


@traced
async def double(number):
    await asyncio.sleep(0.1)
    return number * 2


async def main():
    print(await double(4))


asyncio.run(main())


def traced(label):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            print(label, function.__name__)
            return await function(*args, **kwargs)
        return wrapper
    return decorate


@traced("->")
async def greet(name, *, mark="!"):
    await asyncio.sleep(0.1)
    return f"hello {name}{mark}"


async def main(names):
    for name in names:
        print(await greet(name, mark="?"))
    return len(names)


print(asyncio.run(main(["ann", "bob"])))


class Link:
    def __init__(self, host):
        self.host = host
        self.task = None
        self.waiting = asyncio.Queue(3)

    def start(self):
        self.task = asyncio.create_task(self.connect())

    def pending(self):
        return self.task

    async def connect(self):
        await asyncio.sleep(0.2)
        return self.host, self.waiting.full()


def reset(link, hosts):
    """Nobody calls this."""
    link.task = None
    print(link.host, "|".join(hosts))


async def main():
    links = [Link(host) for host in "ab"]
    for link in links:
        link.start()
    print(await asyncio.gather(*[link.pending() for link in links]))


asyncio.run(main())
