import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 0.5
    print(loop.slow_callback_duration, loop.get_debug())
    asyncio.set_event_loop_policy(asyncio.DefaultEventLoopPolicy())
    print(asyncio.get_event_loop_policy() is not None)

asyncio.run(main(), debug=True)
asyncio.set_event_loop_policy(None)
loop = asyncio.get_event_loop_policy().new_event_loop()
loop.set_debug(True)
loop.run_until_complete(asyncio.sleep(0.1))
loop.close()
