import asyncio
import signal
import os


async def shutdown(sig, loop):
    print(f"Received exit signal {sig.name}...")
    tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    print(f"Cancelling {len(tasks)} outstanding tasks")
    await asyncio.gather(*tasks, return_exceptions=True)
    loop.stop()


async def worker():
    try:
        while True:
            print("working")
            await asyncio.sleep(0.1)
    except asyncio.CancelledError:
        print("worker cancelled")
        raise


def main():
    loop = asyncio.new_event_loop()
    signals = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
    for s in signals:
        loop.add_signal_handler(
            s, lambda s=s: asyncio.create_task(shutdown(s, loop)))
    try:
        loop.create_task(worker())
        loop.call_later(0.25, os.kill, os.getpid(), signal.SIGTERM)
        loop.run_forever()
    finally:
        loop.close()
        print("Successfully shutdown.")


if __name__ == "__main__":
    main()
