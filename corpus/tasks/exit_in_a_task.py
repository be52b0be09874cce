import asyncio
import sys

async def worker():
    await asyncio.sleep(0.1)
    sys.exit(3)

async def main():
    t = asyncio.create_task(worker())
    await asyncio.sleep(5)

asyncio.run(main())
