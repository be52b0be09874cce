"""Locks: tasks that contend for a lock, a semaphore and an event."""
import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.balance = 0

    async def deposit(self, amount):
        async with self.lock:
            balance = self.balance
            await asyncio.sleep(0)
            self.balance = balance + amount


async def customer(account, slots, start, count):
    await start.wait()
    for n in range(count):
        async with slots:
            await account.deposit(n)


async def main():
    account = Account()
    slots = asyncio.Semaphore(10)
    start = asyncio.Event()
    tasks = [asyncio.create_task(customer(account, slots, start, 1000)) for _ in range(100)]
    await asyncio.sleep(0)
    start.set()
    await asyncio.gather(*tasks)
    print(account.balance)


asyncio.run(main())
