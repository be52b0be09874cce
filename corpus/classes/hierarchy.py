import asyncio
class Animal:
    kind = "animal"
    def __init__(self, name, legs=4):
        self.name = name
        self.legs = legs
    def speak(self):
        return "..."
    def describe(self):
        return f"{self.name} ({self.kind}) says {self.speak()} on {self.legs}"
    async def act(self):
        await asyncio.sleep(0.1)
        return self.describe()
class Dog(Animal):
    kind = "dog"
    def speak(self):
        return "woof"
class Bird(Animal):
    def __init__(self, name, wings=2):
        super().__init__(name, legs=2)
        self.wings = wings
    def speak(self):
        return "tweet " * self.wings
    async def act(self):
        base = await super().act()
        return base + " and flies"
async def main():
    zoo = [Dog("rex"), Bird("tweety"), Animal("thing")]
    for a in zoo:
        print(a.describe(), isinstance(a, Dog), isinstance(a, Animal), type(a).__name__)
    print(await asyncio.gather(*[a.act() for a in zoo]))
    b = Bird("x", 3)
    print(b.wings, b.legs, b.kind)
    for a in zoo:
        if isinstance(a, Bird):
            print("wings", a.wings)
asyncio.run(main())
