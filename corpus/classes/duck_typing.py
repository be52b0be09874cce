import asyncio
class Dog:
    def __init__(self, name): self.name = name
    async def speak(self): return f"{self.name}: woof"
    def legs(self): return 4
class Bird:
    def __init__(self, name, wings=2):
        self.name = name
        self.wings = wings
    async def speak(self):
        await asyncio.sleep(0)
        return f"{self.name}: tweet"
    def legs(self): return 2
class Snake:
    name = "snake"
    async def speak(self): return "ssss"
    def legs(self): return 0
async def main():
    animals = [Dog("rex"), Bird("tweety"), Snake()]
    for a in animals:
        print(await a.speak(), a.legs(), a.name, type(a).__name__, isinstance(a, Dog))
        if isinstance(a, Bird):
            print(a.wings)
    results = await asyncio.gather(*(a.speak() for a in animals))
    print(results)
    print(sum(a.legs() for a in animals))
asyncio.run(main())
