import threading
from threading import Thread, Lock
import time
from queue import Queue, Empty

class Counter:
    def __init__(self):
        self.value = 0
        self._lock = Lock()
    def increment(self, by=1):
        with self._lock:
            self.value += by

def work(counter, n):
    for _ in range(n):
        counter.increment()

def producer(q, n):
    for i in range(n):
        q.put(i)
        time.sleep(0.01)
    q.put(None)

def consumer(q, out):
    while True:
        try:
            item = q.get(timeout=1)
        except Empty:
            print("empty")
            continue
        if item is None:
            break
        out.append(item)

class Worker:
    def __init__(self, n):
        self.n = n
        self.thread = threading.Thread(target=self._run, kwargs={"step": 2}, daemon=True)
    def _run(self, step):
        for i in range(0, self.n, step):
            print("worker", i, threading.current_thread().name)
            time.sleep(0.5)
    def start(self):
        self.thread.start()
        return self

c = Counter()
ts = [Thread(target=work, args=(c, 100)) for _ in range(5)]
[t.start() for t in ts]
for t in ts:
    t.join()
print(c.value)
q = Queue()
out = []
p = Thread(target=producer, args=[q, 5])
k = Thread(target=consumer, args=(q, out))
p.start(); k.start()
p.join(); k.join()
print(out, q.empty(), q.qsize())
w = Worker(4).start()
w.thread.join()
def boom():
    raise ValueError("in thread")
t = Thread(target=boom, name="Boom")
t.start()
t.join()
print("after", t.is_alive(), t.name, ts[0].name)
try:
    t.start()
except RuntimeError as e:
    print(e)
def forever():
    while True:
        time.sleep(1)
threading.Thread(target=forever, daemon=True).start()
time.sleep(2)
print("main done")
