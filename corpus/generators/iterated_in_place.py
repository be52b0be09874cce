import asyncio

def countdown(n):
    while n > 0:
        yield n
        n -= 1

def twice(n):
    try:
        yield from countdown(n)
        yield from countdown(n)
    finally:
        print("twice done")

def pairs(xs):
    for i, x in enumerate(xs):
        yield i, x

def words(text):
    for w in text.split():
        if w == "stop":
            return
        yield w.upper()

def stubborn():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("closed")
        return

def outer():
    yield from stubborn()
    print("never")
    yield 3

def fails(n):
    for i in range(n):
        if i == 2:
            raise ValueError(i)
        yield i

def stops():
    yield 1
    raise StopIteration("x")

def unhandled():
    try:
        raise KeyError("a")
    except KeyError:
        for i in countdown(2):
            yield i
        try:
            raise ValueError("b")
        except ValueError as e:
            print(repr(e.__context__))

def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b

async def numbers(count):
    for n in range(count):
        await asyncio.sleep(0)
        yield n

async def odd(source):
    async for n in source:
        if n % 2:
            yield n

async def scaled(source, factor=3):
    async for n in source:
        yield n * factor

async def leaves():
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
        print("left")

async def total(source):
    t = 0
    async for n in source:
        t += n
    return t

async def afail():
    yield 1
    raise ValueError("a")

async def main():
    for n in twice(3):
        print(n)
    for n in twice(3):
        if n == 2:
            break
    print([a + 1 for a in countdown(3)], {i: x for i, x in pairs("ab")})
    print(sum(countdown(4)), list(words("a b stop c")), sorted(words("b a")))
    for x in outer():
        break
    for x in outer():
        print(x)
        if x == 2:
            break
    try:
        for x in fails(4):
            print(x)
    except ValueError as e:
        print("caught", e)
    try:
        for x in stops():
            print(x)
    except RuntimeError as e:
        print(e, repr(e.__cause__))
    for x in unhandled():
        print(x)
    for f in fib():
        if f > 50:
            break
        print(f, end=" ")
    print()
    for i in countdown(2):
        for j in countdown(i):
            await asyncio.sleep(0)
            print(i, j)
    print(any(countdown(2)), max(countdown(5)), set(countdown(1)), tuple(countdown(2)))
    async for n in scaled(odd(numbers(6))):
        print(n)
    print([n async for n in numbers(3)])
    print([n * 2 async for n in numbers(3) if n])
    print(await total(numbers(5)))
    t = asyncio.create_task(total(odd(numbers(5))))
    print(await t)
    async for n in leaves():
        break
    print("after")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    try:
        async for x in afail():
            print(x)
    except ValueError as e:
        print(repr(e))
    for x in fails(9):
        print(x)

asyncio.run(main())
