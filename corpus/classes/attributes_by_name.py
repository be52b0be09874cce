import asyncio
class C:
    kind = 'c'
    def __init__(self, late=False):
        self.count = 0
        if late:
            self.extra = 5
    def hit(self):
        self.count += 1
        return self.count
    @property
    def double(self):
        return self.count * 2
    async def go(self):
        return 'gone'
class D(C):
    def only(self):
        return 'd'
c = C()
c.hit()
print(hasattr(c, 'count'), hasattr(c, 'nope'), hasattr(c, 'hit'), getattr(c, 'count'), hasattr(c, 'double'), hasattr(c, 'kind'))
print(getattr(c, 'none', 5), getattr(c, 'count', 9), getattr(c, 'double', None), getattr(c, 'kind'))
print(getattr(c, 'hit')())
print(c.count)
try:
    getattr(c, 'zip')
except AttributeError as e:
    print(e)
setattr(c, 'count', 7)
print(c.count, hasattr('abc', 'upper'), hasattr([], 'append'), hasattr(3, 'append'))
print(hasattr(C(True), 'extra'), hasattr(c, 'extra'), getattr(c, 'extra', 'missing'), getattr(C(True), 'extra', 0))
print([hasattr(x, 'only') for x in (C(), D())])
f = getattr(c, 'hit', None)
if f:
    print(f())
def say(x):
    name = getattr(x, 'kind', None) or 'unknown'
    return name
print(say(c))
async def main():
    if hasattr(c, 'go'):
        print(await c.go())
    print(await getattr(c, 'go')())
    if hasattr(asyncio, 'TaskGroup'):
        print('groups')
    if hasattr(asyncio, 'nothing'):
        print('never')
    loop = asyncio.get_running_loop()
    print(hasattr(loop, 'create_task'))
asyncio.run(main())
