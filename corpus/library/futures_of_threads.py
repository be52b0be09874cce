import concurrent.futures
import threading, time, random
from concurrent.futures import ThreadPoolExecutor, wait, FIRST_COMPLETED, ALL_COMPLETED, TimeoutError

def task(name, delay):
    print(f"{name} on {threading.current_thread().name}")
    time.sleep(delay)
    return f"{name} finished"

def main():
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="pool") as ex:
        futures = [ex.submit(task, f"t{i}", 0.1 * i) for i in range(4)]
        done, pending = wait(futures, return_when=FIRST_COMPLETED)
        print(len(done), len(pending))
        wait(futures)
        for f in futures:
            print(f.result())
    ex = ThreadPoolExecutor()
    f = ex.submit(max, 2, 10)
    print(f.result(timeout=5))
    f = ex.submit(lambda x, y=2: x * y, 21)
    f.add_done_callback(lambda fut: print("callback", fut.result()))
    print(f.result())
    slow = ex.submit(time.sleep, 3)
    try:
        slow.result(timeout=1)
    except TimeoutError:
        print("timeout")
    ex.shutdown(wait=True)
    try:
        ex.submit(task, "late", 0)
    except RuntimeError as e:
        print(e)
    fut_map = {}
    with ThreadPoolExecutor(3) as ex:
        for n in [3, 1, 2]:
            fut_map[ex.submit(task, f"m{n}", n)] = n
        for f in concurrent.futures.as_completed(fut_map, timeout=10):
            print(fut_map[f], f.result())
        print(list(ex.map(lambda a, b: a + b, [1, 2], [10, 20])))

if __name__ == "__main__":
    main()
