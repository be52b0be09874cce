"""Messages of several classes, told apart by isinstance; an exit status of what main gives."""
import sys
from collections import defaultdict, deque
from enum import IntEnum
from typing import NamedTuple


class Priority(IntEnum):
    LOW = 1
    HIGH = 10


class Message:
    pass


class Deposit(Message):
    def __init__(self, amount):
        self.amount = amount


class Withdraw(Message):
    def __init__(self, amount):
        self.amount = amount


class Entry(NamedTuple):
    who: str
    balance: float


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __eq__(self, other):
        return self.cents == (other.cents if isinstance(other, Money) else other)

    def __lt__(self, other):
        return self.cents < (other.cents if isinstance(other, Money) else other)

    def __gt__(self, other):
        return self.cents > (other.cents if isinstance(other, Money) else other)


def apply(balance, message):
    if isinstance(message, Deposit):
        return balance + message.amount
    elif isinstance(message, Withdraw):
        return balance - min(balance, message.amount)
    return balance


def main():
    boxes = defaultdict(deque)
    for who, message in [("ann", Deposit(5)), ("bob", Withdraw(3)), ("ann", Withdraw(1.5)), ("bob", Message())]:
        boxes[who].append(message)
    for who, box in boxes.items():
        balance = 0
        while box:
            balance = apply(balance, box.popleft())
        entry = Entry(who, balance)
        print("{0.who:>5}: {0.balance:.2f} {1}".format(entry, max(0, entry.balance)))
    print(-Priority.HIGH, 2 ** Priority.LOW, Priority.HIGH % 3)
    print(500 == Money(500), 6 > Money(5), Money(1) < Money(2), pow(2, -1))


sys.exit(main())
