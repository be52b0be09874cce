"""A scheduler of its own: functions that wait in a queue with their arguments."""

import heapq
import time
from collections import deque


class Loop:
    def __init__(self):
        self.ready = deque()
        self.sleeping = []
        self.seq = 0

    def call_soon(self, func, *args):
        self.ready.append((func, args))

    def call_later(self, delay, func, *args):
        self.seq += 1
        heapq.heappush(self.sleeping, (delay, self.seq, func, args))

    def run(self):
        while self.ready or self.sleeping:
            if not self.ready:
                delay, _, func, args = heapq.heappop(self.sleeping)
                self.ready.append((func, args))
            while self.ready:
                func, args = self.ready.popleft()
                func(*args)


loop = Loop()


def countdown(n):
    if n > 0:
        print("down", n)
        loop.call_later(4, countdown, n - 1)


def countup(stop, x=0):
    if x < stop:
        print("up", x)
        loop.call_later(1, countup, stop, x + 1)


def hello():
    print("hello")


loop.call_soon(countdown, 3)
loop.call_soon(countup, 3)
loop.call_soon(hello)
loop.run()
