import asyncio


async def job(n):
    await asyncio.sleep(n)
    return n


loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(loop.run_until_complete(job(1)))
print(loop.run_until_complete(asyncio.gather(job(2), job(3))))
print(loop.is_running(), loop.is_closed())
loop.close()
print(loop.is_closed())
