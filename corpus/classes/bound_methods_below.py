"""Methods handed on as callbacks: the class of the object decides which one runs."""
import threading
import asyncio

class Base:
    def __init__(self):
        self.t = threading.Thread(target=self.run)

    def run(self):
        print("base")

class Sub(Base):
    def run(self):
        print("sub")

s = Sub()
s.t.start()
s.t.join()

async def main():
    asyncio.get_running_loop().call_soon(s.run)
    await asyncio.sleep(0)

asyncio.run(main())
