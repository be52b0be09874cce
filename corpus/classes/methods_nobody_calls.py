"""A class as it comes from a library of one's own: the program uses half of its methods."""
import asyncio


class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []
        self.limits = {"day": 500}

    def rename(self, owner):
        self.owner = owner

    def note(self, entry):
        self.history.append(entry)

    def limit(self, period, amount):
        self.limits[period] = amount

    async def deposit(self, amount):
        await asyncio.sleep(0.01)
        self.balance += amount
        self.history.append(("deposit", amount))

    async def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError("too much")
        self.balance -= amount

    def scaled(self, factor):
        return Account(self.owner, self.balance * factor)

    def describe(self):
        return f"{self.owner.title()}: {self.balance:,}"


async def main():
    account = Account("ann", 1000)
    await asyncio.gather(*(account.deposit(amount) for amount in (100, 250)))
    print(account.describe())
    print(account.history[-1][0].upper(), account.limits["day"] // 7)


asyncio.run(main())
