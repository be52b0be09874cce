"""Lists in coroutines: a sieve, sorting, a matrix."""
import asyncio


async def sieve(limit):
    flags = [True] * (limit + 1)
    n = 2
    while n * n <= limit:
        if flags[n]:
            for multiple in range(n * n, limit + 1, n):
                flags[multiple] = False
        n += 1
    await asyncio.sleep(0)
    return [n for n in range(2, limit + 1) if flags[n]]


async def shuffled(size):
    values = []
    seed = 12345
    for _ in range(size):
        seed = (seed * 1103515245 + 12345) % 2147483648
        values.append(seed)
    await asyncio.sleep(0)
    values.sort()
    return values


async def product(size):
    left = [[row * column % 10 for column in range(size)] for row in range(size)]
    right = [[row + column for column in range(size)] for row in range(size)]
    result = [[0] * size for _ in range(size)]
    for i in range(size):
        for j in range(size):
            total = 0
            for k in range(size):
                total += left[i][k] * right[k][j]
            result[i][j] = total
        await asyncio.sleep(0)
    return result


async def main():
    primes = await sieve(2_000_000)
    print(len(primes), primes[-1])
    values = await shuffled(500_000)
    print(values[0], values[250_000])
    matrix = await product(150)
    print(sum(sum(row) for row in matrix))


asyncio.run(main())
