import asyncio
import contextvars

var = contextvars.ContextVar("var")
user_var: contextvars.ContextVar[str] = contextvars.ContextVar("user", default="anonymous")


class RequestContext:
    def __init__(self, user):
        self.user = user

    def __enter__(self):
        self.token = user_var.set(self.user)
        return self

    def __exit__(self, *args):
        user_var.reset(self.token)


async def inner(n):
    var.set(n)
    await asyncio.sleep(0.01 * (3 - n))
    return var.get(), user_var.get()


async def main():
    var.set("main")
    print(await asyncio.gather(*[inner(i) for i in range(3)]))
    print(var.get())
    with RequestContext("alice"):
        print(user_var.get())
        t = asyncio.create_task(inner(0))
    print(user_var.get())
    print(await t)
    print(await inner(1), var.get())
    ctx = contextvars.copy_context()
    print(len(ctx))

    def change():
        var.set("changed")
        return var.get()
    print(ctx.run(change), var.get())
    print(await asyncio.to_thread(var.get))


asyncio.run(main())
