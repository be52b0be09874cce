async def m(x):
    yield from gen(x)
