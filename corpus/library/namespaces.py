import asyncio
from types import SimpleNamespace
async def work(cfg):
    await asyncio.sleep(0)
    cfg.done += 1
    return cfg
async def main():
    cfg = SimpleNamespace(name="job", done=0, tags=["x"])
    await asyncio.gather(work(cfg), work(cfg))
    print(cfg.done, cfg, cfg == SimpleNamespace(name="job", done=2, tags=["x"]))
    p = SimpleNamespace(x=1, y=2.5); print(p.x + p.y, p)
asyncio.run(main())
