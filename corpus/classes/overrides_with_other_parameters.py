"""Methods that override others with defaults, other names, other kinds."""

import asyncio


class Handler:
    def handle(self, event):
        raise NotImplementedError

    def close(self):
        pass


class AsyncHandler(Handler):
    async def handle(self, event, retries=1):
        await asyncio.sleep(0.01)
        return f"async {event} {retries}"

    async def close(self):
        print("async close")


class Notifier:
    def notify(self, message, *args, **kwargs):
        print("base", message, args, sorted(kwargs))


class Email(Notifier):
    def notify(self, message, to="all"):
        print("email", message, to)


class Sms(Notifier):
    def notify(self, message, number=None, *, urgent=False):
        print("sms", message, number, urgent)


class Loud(Email):
    def notify(self, message, to="everyone", volume=11):
        super().notify(message.upper(), to)
        print("volume", volume)


def make(kind):
    print("make", kind)
    return {"e": Email(), "s": Sms(), "l": Loud(), "n": Notifier()}[kind]


async def main():
    h = AsyncHandler()
    print(await h.handle("x"))
    print(await h.handle("x", retries=3))
    await h.close()
    for n in [Notifier(), Email(), Sms(), Loud()]:
        n.notify("hi")
    for n in (Email(), Loud()):
        n.notify("hi", "me")
        n.notify("hi", to="you")
    make("l").notify("m")
    make("s").notify("m")


asyncio.run(main())
