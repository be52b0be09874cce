"""A tree of tasks: each spawns two and awaits them."""
import asyncio


async def node(depth):
    if depth == 0:
        return 1
    left = asyncio.create_task(node(depth - 1))
    right = asyncio.create_task(node(depth - 1))
    return await left + await right


async def main():
    print(await node(17))


asyncio.run(main())
