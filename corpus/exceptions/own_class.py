import asyncio


class PaymentError(Exception):
    """Something is wrong with a payment."""


class TooPoor(PaymentError):
    pass


async def pay(balance, amount):
    await asyncio.sleep(0.1)
    if amount < 0:
        raise PaymentError("negative amount")
    if amount > balance:
        raise TooPoor(f"{balance} is less than {amount}")
    return balance - amount


async def main():
    balance = 100
    for amount in (30, -5, 90, 70):
        try:
            balance = await pay(balance, amount)
        except TooPoor as e:
            print("too poor:", e)
        except PaymentError as e:
            print("refused:", e)
        else:
            print("left:", balance)


asyncio.run(main())
