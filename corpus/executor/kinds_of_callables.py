import asyncio
import concurrent.futures
import time
from functools import partial

def blocks(n):
    time.sleep(0.1)
    return n ** 2

def keyed(a, b=2, *, c=3):
    return (a, b, c)

class Calc:
    def __init__(self, k):
        self.k = k
    def mul(self, x):
        time.sleep(0.05)
        return self.k * x

async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, blocks, 4))
    with concurrent.futures.ThreadPoolExecutor(max_workers=3) as pool:
        futs = [loop.run_in_executor(pool, blocks, i) for i in range(6)]
        print(await asyncio.gather(*futs))
        print(await loop.run_in_executor(pool, lambda: sum(range(10))))
        print(await loop.run_in_executor(pool, partial(keyed, 1, c=9)))
        c = Calc(5)
        print(await loop.run_in_executor(pool, c.mul, 3))
    print(await asyncio.to_thread(keyed, 7, c=8))
    print(await asyncio.to_thread(len, [1, 2, 3]))
    print(await loop.run_in_executor(None, sum, [1, 2, 3]))
    print(await loop.run_in_executor(None, max, 3, 9))

asyncio.run(main())
