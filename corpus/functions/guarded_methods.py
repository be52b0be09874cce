import asyncio
import time
from functools import wraps


def singleton(cls):
    instances = {}

    def get_instance(*args, **kwargs):
        if cls not in instances:
            instances[cls] = cls(*args, **kwargs)
        return instances[cls]
    return get_instance


def ensure_running(method):
    @wraps(method)
    async def wrapper(self, *args, **kwargs):
        if not self.running:
            raise RuntimeError(f"{method.__name__} needs a running service")
        return await method(self, *args, **kwargs)
    return wrapper


def locked(method):
    async def wrapper(self, *args):
        async with self.lock:
            return await method(self, *args)
    return wrapper


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.running = False
        self.lock = asyncio.Lock()

    @ensure_running
    @locked
    async def withdraw(self, amount, fee=1):
        await asyncio.sleep(0.1)
        self.balance -= amount + fee
        return self.balance

    @ensure_running
    async def deposit(self, amount, *, note=""):
        await asyncio.sleep(0)
        self.balance += amount
        if note:
            print("note:", note)


async def main():
    acc = Account(100)
    try:
        await acc.withdraw(1)
    except RuntimeError as e:
        print(e)
    acc.running = True
    print(await asyncio.gather(acc.withdraw(10), acc.withdraw(20)))
    await acc.deposit(5, note="gift")
    print(acc.balance)


asyncio.run(main())
