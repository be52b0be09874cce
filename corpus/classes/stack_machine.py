import asyncio

class VMError(Exception):
    pass

class VM:
    def __init__(self, code):
        self.code = code
        self.stack = []
        self.pc = 0
        self.vars = {}

    def push(self, v): self.stack.append(v)
    def pop(self):
        if not self.stack:
            raise VMError('stack underflow at pc=%d' % self.pc)
        return self.stack.pop()

    async def run(self, limit=1000):
        steps = 0
        while self.pc < len(self.code):
            steps += 1
            if steps > limit:
                raise VMError('too many steps')
            op, *args = self.code[self.pc]
            self.pc += 1
            if op == 'push':
                self.push(args[0])
            elif op == 'add':
                self.push(self.pop() + self.pop())
            elif op == 'mul':
                self.push(self.pop() * self.pop())
            elif op == 'sub':
                b = self.pop(); a = self.pop()
                self.push(a - b)
            elif op == 'store':
                self.vars[args[0]] = self.pop()
            elif op == 'load':
                self.push(self.vars[args[0]])
            elif op == 'jnz':
                if self.pop() != 0:
                    self.pc = args[0]
            elif op == 'print':
                print('OUT', self.pop())
            elif op == 'yield':
                await asyncio.sleep(0)
            else:
                raise VMError(f'unknown op {op!r}')
        return steps

fact = [
    ('push', 1), ('store', 'acc'), ('push', 5), ('store', 'n'),
    ('load', 'acc'), ('load', 'n'), ('mul',), ('store', 'acc'),
    ('load', 'n'), ('push', 1), ('sub',), ('store', 'n'),
    ('yield',), ('load', 'n'), ('jnz', 4), ('load', 'acc'), ('print',),
]

async def main():
    print('steps', await VM(fact).run())
    for bad in ([('add',)], [('frob',)], [('push', 1), ('jnz', 0)]):
        try:
            await VM(bad).run(10)
        except VMError as e:
            print('error:', e)

asyncio.run(main())
