import asyncio
class Base:
    def __init__(self, **kwargs):
        self.opts = kwargs
        print("Base", sorted(kwargs))
    async def start(self):
        print("Base.start")
class LogMixin:
    def log(self, msg):
        print(f"{self.__class__.__name__}: {msg}")
    async def start(self):
        self.log("before")
        await super().start()
        self.log("after")
class TimeMixin:
    async def start(self):
        print("clock on")
        await super().start()
        print("clock off")
class Server(LogMixin, TimeMixin, Base):
    def __init__(self, port, **kw):
        super().__init__(**kw)
        self.port = port
    async def start(self):
        await super().start()
        print("serving", self.port)
class A:
    def hi(self): return ["A"]
class B(A):
    def hi(self): return ["B"] + super().hi()
class C(A):
    def hi(self): return ["C"] + super().hi()
class D(B, C):
    def hi(self): return ["D"] + super().hi()
class Prop:
    @property
    def v(self): return 1
    kind = "p"
class Sub(Prop):
    kind = "s"
    @property
    def v(self): return super().v + 1
    def show(self): return super().kind + self.kind
async def main():
    await Server(80, debug=True).start()
    print(D().hi(), B().hi())
    print(Sub().v, Sub().show())
asyncio.run(main())
