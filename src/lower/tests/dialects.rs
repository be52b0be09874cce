//! Both dialects of asyncio, in one form.

use super::check;

#[test]
fn generator_coroutines_are_coroutines() {
    check(
        "import asyncio\nfrom asyncio import coroutine as co\nimport types\n@asyncio.coroutine\ndef a(lock):\n    x = yield from asyncio.sleep(1, loop=None)\n    with (yield from lock):\n        yield\n    return x\n@co\ndef b():\n    return 1\n@types.coroutine\ndef c():\n    yield\n",
        "
        async def a(lock):  [returns awaits]
            x = await sleep(1)
            async with lock:  [awaits]
                await sleep(0)
            return x
        async def b():  [returns]
            return 1
        async def c():  [awaits]
            await sleep(0)",
    );
}

#[test]
fn spellings_become_one() {
    check(
        "import asyncio as aio\nfrom asyncio import ensure_future, gather as g, get_event_loop\nasync def f(): pass\nloop = get_event_loop()\nt = loop.create_task(f())\nu = ensure_future(f(), loop=loop)\nv = aio.Task(f(), loop=loop)\nw = aio.Future(loop=loop)\nloop.run_until_complete(g(t, u, loop=loop))\nx, y = loop.run_until_complete(g(t, u, return_exceptions=False))\nloop.run_in_executor(None, print, 1)\naio.run(f(), debug=True)\nloop.close()\n",
        "
        async def f():
            pass
        loop = current loop
        t = spawn on loop (f())
        u = spawn any (f())
        v = spawn task on loop (f())
        w = new future on loop
        run on loop(gather(t, u))
        (x, y) = run on loop(gather(t, u))
        offload on loop(print, 1)
        run(f(), debug=True)
        loop.close()",
    );
}

#[test]
fn a_loop_that_is_only_called_so_is_a_value() {
    check(
        "import asyncio\nasync def f(loop, other: asyncio.AbstractEventLoop):\n    await loop.run_in_executor(None, print)\n    await other.run_in_executor(None, print)\n    a, b = await asyncio.gather(f(1, 2), f(3, 4))\n    c, *d = await asyncio.gather(f(1, 2), f(3, 4))\n    print(a, b, c, d)\n",
        "
        async def f(loop, other: asyncio.AbstractEventLoop):  [awaits]
            await loop.run_in_executor(None, print)
            await offload on other(print)
            (a, b) = await gather tuple(f(1, 2), f(3, 4))
            (c, *d) = await gather(f(1, 2), f(3, 4))
            print(a, b, c, d)",
    );
}

#[test]
fn true_generators_stay_what_they_are() {
    check(
        "def g():\n    x = yield 1\n    yield from range(3)\nasync def h():\n    yield 1\n",
        "
        generator g():  [yields]
            x = yield 1
            yield from range(3)
        async generator h():  [yields]
            yield 1",
    );
}

#[test]
fn generators_that_are_only_awaited_are_coroutines() {
    check(
        "import asyncio\ndef pause():\n    yield\ndef twice(lock):\n    with (yield from lock):\n        yield from pause()\n    return 1\ndef plain():\n    yield from [1]\ndef unused():\n    yield from pause()\n@asyncio.coroutine\ndef main():\n    x = yield from twice(asyncio.Lock())\n    print(x, list(plain()))\n",
        "
        async def pause():  [awaits]
            await sleep(0)
        async def twice(lock):  [returns awaits]
            async with lock:  [awaits]
                await pause()
            return 1
        generator plain():  [yields]
            yield from [1]
        async def unused():  [awaits]
            await pause()
        async def main():  [awaits]
            x = await twice(asyncio.Lock())
            print(x, list(plain()))",
    );
    check(
        "import asyncio\ndef pause():\n    yield\ndef twice(lock):\n    with (yield from lock):\n        yield from pause()\n    return 1\n@asyncio.coroutine\ndef main():\n    x = yield from twice(asyncio.Lock())\n    print(x)\n",
        "
        async def pause():  [awaits]
            await sleep(0)
        async def twice(lock):  [returns awaits]
            async with lock:  [awaits]
                await pause()
            return 1
        async def main():  [awaits]
            x = await twice(asyncio.Lock())
            print(x)",
    );
}
