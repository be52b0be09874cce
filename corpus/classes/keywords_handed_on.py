"""Classes that take what is theirs and hand the keywords on."""
import asyncio


class Actor(object):
    def __init__(self, name, delay=0.1, loud=False):
        self.name = name
        self.delay = delay
        self.loud = loud

    async def say(self, text):
        await asyncio.sleep(self.delay)
        print(self.name + ":", text.upper() if self.loud else text)


class Doubler(Actor):
    def __init__(self, name, target, **kwargs):
        super(Doubler, self).__init__(name, **kwargs)
        self.target = target

    async def say(self, text):
        await super(Doubler, self).say(text)
        await self.target.say(text * 2)


class Silent(Actor):
    async def say(self, text):
        pass


async def main():
    actor = Actor("ann")
    await Doubler("bob", actor).say("ab")
    await Doubler("bea", actor, loud=True).say("cd")
    await Doubler("ben", Silent("sue"), delay=0.5, loud=True).say("ef")


asyncio.run(main())
