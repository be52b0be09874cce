import asyncio

def make_counter(start=0):
    count = start
    def inc(by=1):
        nonlocal count
        count += by
        return count
    def get():
        return count
    return inc, get

def compose(*fns):
    def inner(x):
        for f in fns:
            x = f(x)
        return x
    return inner

def memo(f):
    cache = {}
    def wrapper(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    return wrapper

@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

async def main():
    inc, get = make_counter(10)
    inc()
    inc(5)
    print(get())
    add1 = lambda x: x + 1
    dbl = lambda x: x * 2
    print(compose(add1, dbl, add1)(3))
    print(fib(50))
    fs = []
    for i in range(3):
        fs.append(lambda i=i: i * 10)
    print([f() for f in fs])
    gs = [lambda: i for i in range(3)]
    print([g() for g in gs])
    async def inner(n):
        nonlocal total
        await asyncio.sleep(0.1)
        total += n
    total = 0
    await asyncio.gather(*(inner(k) for k in range(5)))
    print(total)

asyncio.run(main())
