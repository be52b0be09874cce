"""Dataclasses whose constructor takes less or more than their fields, enumerations made by a call."""
import asyncio
from dataclasses import InitVar, asdict, dataclass, field
from enum import Enum, Flag, IntEnum
from typing import ClassVar, Optional

Color = Enum("Color", "RED GREEN BLUE")
Level = IntEnum("Level", ["LOW", "HIGH"], start=0)
State = Enum("State", {"IDLE": "idle", "BUSY": "busy"})
Access = Flag("Access", "READ WRITE")


@dataclass
class Rect:
    w: float
    h: float
    scale: InitVar[float] = 1.0
    area: float = field(init=False)
    count: ClassVar[int] = 0

    def __post_init__(self, scale):
        self.area = self.w * self.h * scale
        Rect.count += 1


@dataclass
class Job:
    name: str
    priority: int = 1
    tags: list[str] = field(default_factory=list)
    state: State = field(init=False, default=State.IDLE)
    log: list[str] = field(init=False, default_factory=list, repr=False)
    _task: Optional[asyncio.Task] = field(init=False, default=None, repr=False, compare=False)

    async def run(self):
        self.state = State.BUSY
        self.log.append(f"{self.name} runs")
        await asyncio.sleep(0.1 * self.priority)
        self.state = State.IDLE
        return self.name

    def start(self):
        task = asyncio.create_task(self.run())
        self._task = task
        return task


async def main():
    jobs = [Job("a", 2), Job("b", tags=["x"])]
    tasks = [job.start() for job in jobs]
    await asyncio.sleep(0)
    print([job.state for job in jobs], jobs[1])
    print(await asyncio.gather(*tasks))
    print(jobs[0], jobs[0].log, jobs[0] == Job("a", 2))
    print(Rect(2, 3), Rect(2, 3, 10).area, Rect(w=1, h=1, scale=2), Rect.count, asdict(Rect(1, 2)))
    print(Color.RED, list(Color), Color.BLUE.value, Color["GREEN"], Color(1), [c.name for c in Color])
    print(Level.LOW, Level.HIGH + 1, Level.LOW < Level.HIGH, State.BUSY.value, State("idle"))
    print(Access.READ | Access.WRITE, Access.READ in (Access.READ | Access.WRITE))

asyncio.run(main())
