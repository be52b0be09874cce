import asyncio
import datetime
from pathlib import Path
from collections import deque, Counter
def kind(x):
    if isinstance(x, str):
        return "text " + x
    if isinstance(x, Path):
        return "path " + x.name
    if isinstance(x, (bytes, bytearray)):
        return f"bytes {len(x)}"
    return "other"
def when(x):
    if isinstance(x, datetime.datetime):
        return x.isoformat()
    if isinstance(x, datetime.date):
        return "day " + x.isoformat()
    if isinstance(x, datetime.timedelta):
        return f"{x.total_seconds()}s"
    return str(x)
async def main():
    for x in ("a", Path("/x/y.txt"), "b"):
        print(kind(x))
    print(kind(b"abc"), kind(bytearray(2)), kind(3))
    for x in [datetime.datetime(2020, 1, 2), datetime.date(2021, 3, 4), datetime.timedelta(seconds=5)]:
        print(when(x))
    print(isinstance(deque(), list), isinstance(Counter(), dict), isinstance(Path("a"), Path), isinstance("a", Path))
asyncio.run(main())
