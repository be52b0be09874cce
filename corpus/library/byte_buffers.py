import asyncio
class RingBuffer:
    def __init__(self, size):
        self.data = bytearray(size)
        self.size = size
        self.head = 0
    def write(self, chunk):
        for byte in chunk:
            self.data[self.head] = byte
            self.head = (self.head + 1) % self.size
async def main():
    ring = RingBuffer(4)
    ring.write(b"abcdef")
    print(bytes(ring.data), ring.head)
    view = memoryview(ring.data)
    view[0] = ord("Z")
    part = view[1:3]
    print(ring.data, bytes(part), part.tolist(), len(part), part.tobytes(), view.readonly)
    q = asyncio.Queue()
    await q.put(bytearray(b"one")); await q.put(bytearray(b"two"))
    total = bytearray()
    while not q.empty():
        total += await q.get()
    print(total.decode("ascii").upper(), total.find(b"t"), total.startswith(b"one"), total.split(b"e"), total.hex(" "))

    copy = total[:]
    copy.reverse(); print(copy, total, copy == total, copy != total, copy.pop(), copy.count(b"o"), b"tw" in total)
    del copy[0]; copy.insert(0, 65); copy.remove(ord("w")); print(copy)
asyncio.run(main())
