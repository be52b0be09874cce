import asyncio

class Life:
    def __init__(self, w, h, alive):
        self.w, self.h = w, h
        self.alive = set(alive)
    def neighbours(self, x, y):
        return sum((x + dx, y + dy) in self.alive for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0))
    async def step(self):
        await asyncio.sleep(0.1)
        self.alive = {(x, y) for x in range(self.w) for y in range(self.h)
                      if self.neighbours(x, y) == 3 or ((x, y) in self.alive and self.neighbours(x, y) == 2)}
    def __str__(self):
        return "\n".join("".join("#" if (x, y) in self.alive else "." for x in range(self.w)) for y in range(self.h))

async def main():
    life = Life(5, 5, [(1, 2), (2, 2), (3, 2)])
    for gen in range(3):
        print(f"gen {gen}:", len(life.alive), sep="\n")
        print(life)
        await life.step()

asyncio.run(main())
