import asyncio

def log(msg, *args, level="INFO", **extra):
    text = msg % args if args else msg
    tail = "".join(f" {k}={v!r}" for k, v in sorted(extra.items()))
    print(f"[{level}] {text}{tail}")

async def run(jobs, limit=2):
    sem = asyncio.Semaphore(limit)
    running = 0
    peak = 0
    async def one(job_id, cost):
        nonlocal running, peak
        async with sem:
            running += 1
            peak = max(peak, running)
            log("start %s", job_id, cost=cost)
            await asyncio.sleep(cost)
            running -= 1
            return job_id, cost
    done = await asyncio.gather(*(one(j, c) for j, c in jobs.items()))
    log("peak %d of %d", peak, limit, level="DEBUG")
    return dict(done)

print(asyncio.run(run({"a": 0.3, "b": 0.1, "c": 0.2}, limit=2)))
