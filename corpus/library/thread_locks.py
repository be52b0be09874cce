import threading, time
ev = threading.Event()
sem = threading.Semaphore(2)
counter = 0
lock = threading.RLock()
def waiter():
    print("waiting")
    ok = ev.wait(timeout=1)
    print("event", ok, ev.is_set())
def limited(i):
    global counter
    with sem:
        with lock:
            counter += 1
        time.sleep(0.2)
        print("limited", i)
def late():
    print("timer fired")
t = threading.Thread(target=waiter, name="W")
t.start()
time.sleep(0.5)
ev.set()
t.join()
ts = [threading.Thread(target=limited, args=(i,)) for i in range(4)]
for t in ts: t.start()
for t in ts: t.join()
tm = threading.Timer(0.3, late)
tm.start()
tm.join()
print(counter, threading.main_thread().name, t.name, tm.is_alive())

cond = threading.Condition()
items = []
def consumer():
    with cond:
        while not items:
            cond.wait()
        print("got", items.pop())
c = threading.Thread(target=consumer)
c.start()
with cond:
    items.append(5)
    cond.notify()
c.join()
lk = threading.Lock()
print(lk.acquire(), lk.locked(), lk.acquire(blocking=False), lk.acquire(timeout=0.1))
lk.release()
