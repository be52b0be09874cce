"""Threads of classes of the program's own, one of which runs an event loop."""
import threading
import asyncio


class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(daemon=True)
        self.n = n
        self.result = None

    def run(self):
        self.result = self.n * 2


ws = [Worker(i) for i in range(3)]
for w in ws:
    w.start()
for w in ws:
    w.join()
print([w.result for w in ws])


class LoopThread(threading.Thread):
    def __init__(self):
        threading.Thread.__init__(self)
        self.loop = asyncio.new_event_loop()

    def run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)


async def work(x):
    await asyncio.sleep(0.1)
    return x + 1


t = LoopThread()
t.start()
f = asyncio.run_coroutine_threadsafe(work(1), t.loop)
print(f.result())
t.stop()
t.join()
print(t.is_alive())
