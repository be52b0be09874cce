"""Dicts of unknown keys spread over parameters."""

import asyncio


def connect(host="localhost", port=80, timeout=1.5):
    return f"{host}:{port} ({timeout})"


def need(a, b, *, c):
    return a, b, c


async def fetch(url, retries=3):
    await asyncio.sleep(0.01)
    return f"{url} x{retries}"


async def main():
    opts = {}
    opts["host"] = "example.org"
    print(connect(**opts))
    opts2 = {"port": 8080}
    opts2["timeout"] = 2
    print(connect(**opts2))
    names = ["a", "b", "c"]
    kw = {n: i for i, n in enumerate(names)}
    print(need(**kw))
    kw.pop("c")
    try:
        need(**kw)
    except TypeError as e:
        print("TypeError:", e)
    kw["c"] = 1
    kw["d"] = 5
    try:
        need(**kw)
    except TypeError as e:
        print("TypeError:", e)
    jobs = [{"url": "u1"}, {"url": "u2"}]
    print(await asyncio.gather(*(fetch(**job) for job in jobs)))


asyncio.run(main())
