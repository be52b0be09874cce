import asyncio
from pprint import pprint, pformat, pp
async def main():
    pprint({"b": [1, 2, 3], "a": {"x": "y" * 40, "z": "w" * 40}})
    pprint([{"name": f"user{i}", "tags": ["a", "b", "c"], "email": f"user{i}@example.com", "active": True} for i in range(3)])
    pprint({"z": 1, "a": 2}); pp({"z": 1, "a": 2}); pprint((1,)); pprint("x" * 100); pprint("word " * 30); pprint(list(range(40)))
    print(pformat({"k": ("t" * 30, "u" * 30, "v" * 30)}, width=40)); pprint({3, 1, 2}); pprint([]); pprint({"a": {"b": {"c": ["d" * 20] * 4}}}, width=50, indent=2); pprint(None); pprint(1.5)
    results = await asyncio.gather(asyncio.sleep(0, "a"), asyncio.sleep(0, "b")); pprint(results)
asyncio.run(main())
