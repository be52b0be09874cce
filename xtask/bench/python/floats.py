"""Floats in coroutines: planets, and a set of Mandelbrot's."""
import asyncio
import math


class Body:
    def __init__(self, x, y, vx, vy, mass):
        self.x = x
        self.y = y
        self.vx = vx
        self.vy = vy
        self.mass = mass


async def advance(bodies, steps, dt):
    for step in range(steps):
        for i in range(len(bodies)):
            a = bodies[i]
            for j in range(i + 1, len(bodies)):
                b = bodies[j]
                dx = a.x - b.x
                dy = a.y - b.y
                squared = dx * dx + dy * dy + 0.01
                pull = dt / (squared * math.sqrt(squared))
                a.vx -= dx * b.mass * pull
                a.vy -= dy * b.mass * pull
                b.vx += dx * a.mass * pull
                b.vy += dy * a.mass * pull
        for body in bodies:
            body.x += dt * body.vx
            body.y += dt * body.vy
        if step % 100 == 0:
            await asyncio.sleep(0)


async def row(y, size):
    inside = 0
    for column in range(size):
        cr = 3.0 * column / size - 2.0
        ci = 2.0 * y / size - 1.0
        zr = zi = 0.0
        n = 0
        while n < 50 and zr * zr + zi * zi < 4.0:
            zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
            n += 1
        if n == 50:
            inside += 1
    await asyncio.sleep(0)
    return inside


async def main():
    bodies = [Body(n * 1.5, n * n * 0.25, 0.1 * n, 0.05, 1.0 + n) for n in range(5)]
    await advance(bodies, 500_000, 0.001)
    print(f"{bodies[0].x:.6f} {bodies[4].y:.6f}")
    rows = await asyncio.gather(*[row(y, 900) for y in range(900)])
    print(sum(rows))


asyncio.run(main())
