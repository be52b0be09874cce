import asyncio
class Base:
    registry = {}
    def __init__(self, id):
        self.id = id
        self.setup()
        Base.registry[id] = self
    def setup(self):
        self.state = "new"
    def run(self):
        raise NotImplementedError
class A(Base):
    def run(self):
        self.state = "ran"
        return self.id
class B(Base):
    def setup(self):
        super().setup()
        self.extra = [1]
    def run(self):
        self.extra.append(self.id)
        return sum(self.extra)
class C(B):
    def run(self):
        return super().run() * 10
def main():
    for cls_obj in [A(1), B(2), C(3)]:
        print(type(cls_obj).__name__, cls_obj.run(), cls_obj.state)
    print(sorted(Base.registry))
    try:
        Base(9).run()
    except NotImplementedError as e:
        print("ni", repr(e))
    print(Base.registry[2].extra if isinstance(Base.registry[2], B) else None)
main()
