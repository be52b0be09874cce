import time

start = time.time()
print(time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(start)))
time.sleep(1.5)
print(f"{time.time() - start:.2f}")
before = time.perf_counter()
time.sleep(0.25)
print(round(time.perf_counter() - before, 2), time.monotonic() > 0)
print(time.strftime("%X"))
