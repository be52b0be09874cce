import asyncio
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self._balance = balance
        self.history = []
    @property
    def balance(self):
        return self._balance
    @balance.setter
    def balance(self, value):
        if value < 0:
            raise ValueError("negative")
        self.history.append((self._balance, value))
        self._balance = value
    async def transfer(self, other, amount):
        await asyncio.sleep(0.1)
        self.balance -= amount
        other.balance += amount
async def main():
    a, b = Account("a", 100), Account("b")
    await a.transfer(b, 30)
    print(a.balance, b.balance, a.history)
    try:
        await b.transfer(a, 50)
    except ValueError as e:
        print("refused", e, b.balance)
    a.balance = 5
    print(a.balance, len(a.history))
asyncio.run(main())
