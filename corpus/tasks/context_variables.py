import asyncio
import contextvars

request_id = contextvars.ContextVar("request_id", default="none")
user = contextvars.ContextVar("user")


def log(msg):
    print(f"[{request_id.get()}] {msg}")


async def handle(n):
    token = request_id.set(f"req-{n}")
    log("start")
    await asyncio.sleep(0.1 * (3 - n))
    log("end")
    request_id.reset(token)
    log("after reset")


async def main():
    await asyncio.gather(*(handle(i) for i in range(3)))
    log("main")
    try:
        user.get()
    except LookupError as e:
        print("LookupError")
    print(user.get("anon"))
    user.set("bob")
    ctx = contextvars.copy_context()
    user.set("alice")
    print(ctx.run(user.get), user.get())
    print(ctx[user], user in ctx)
    print(request_id.name)
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: print("cb", user.get()))
    await asyncio.sleep(0)

asyncio.run(main())
