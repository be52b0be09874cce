import asyncio
from collections import namedtuple, defaultdict
from typing import NamedTuple

Message = namedtuple("Message", ["sender", "text", "ts"])
Result = namedtuple("Result", "ok value")

class Stats(NamedTuple):
    count: int = 0
    total: float = 0.0

    @property
    def mean(self):
        return self.total / self.count if self.count else 0.0

class ChatRoom:
    rooms = {}

    def __init__(self, name):
        self.name = name
        self.members = set()
        self.log = []
        ChatRoom.rooms[name] = self

    @classmethod
    def get(cls, name):
        if name not in cls.rooms:
            cls(name)
        return cls.rooms[name]

    def join(self, user):
        self.members.add(user)
        user.rooms.append(self)

    async def broadcast(self, sender, text):
        msg = Message(sender.name, text, len(self.log))
        self.log.append(msg)
        for m in sorted(self.members, key=lambda u: u.name):
            if m is not sender:
                await m.receive(self, msg)

class User:
    def __init__(self, name):
        self.name = name
        self.rooms = []
        self.inbox = asyncio.Queue()

    async def receive(self, room, msg):
        await self.inbox.put((room.name, msg))

    async def read(self):
        while not self.inbox.empty():
            room, msg = await self.inbox.get()
            sender, text, ts = msg
            print(f"{self.name}@{room} <{sender}> {text} #{ts}")

async def main():
    room = ChatRoom.get("lobby")
    users = [User(n) for n in ("ann", "bob", "cat")]
    for u in users:
        room.join(u)
    await room.broadcast(users[0], "hi")
    await ChatRoom.get("lobby").broadcast(users[1], "yo")
    for u in users:
        await u.read()
    by = defaultdict(list)
    for m in room.log:
        by[m.sender].append(m.text)
    print(dict(by), len(ChatRoom.rooms), room.log[0])
    s = Stats()
    for v in (1.0, 2.5):
        s = s._replace(count=s.count + 1, total=s.total + v)
    print(s, s.mean)
    r = Result(True, 5)
    ok, value = r
    print(ok, value, r._asdict(), r == Result(True, 5))
    results = [Result(i % 2 == 0, i) for i in range(4)]
    print([v for ok, v in results if ok], sum(r.value for r in results))
asyncio.run(main())
