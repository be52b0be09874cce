import asyncio
import os
import signal


def on_term(name):
    print("got", name)


async def main():
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, on_term, "USR1")
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    for sig in (signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(sig, lambda s=sig: print("signal", s.name))
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.sleep(0.1)
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.sleep(0.1)
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    os.kill(os.getpid(), signal.SIGTERM)
    await stop.wait()
    print("bye")

asyncio.run(main())
