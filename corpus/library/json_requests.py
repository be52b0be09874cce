import asyncio, json
from dataclasses import dataclass

@dataclass
class Task:
    id: int
    title: str
    done: bool = False
    def to_dict(self):
        return {"id": self.id, "title": self.title, "done": self.done}

async def handle(request: str) -> str:
    try:
        req = json.loads(request)
    except json.JSONDecodeError:
        return json.dumps({"error": "bad json"})
    await asyncio.sleep(0.1)
    if req["op"] == "add":
        return json.dumps({"result": req["a"] + req["b"]})
    if req["op"] == "list":
        tasks = [Task(i, f"t{i}") for i in range(req.get("count", 1))]
        return json.dumps([t.to_dict() for t in tasks])
    return json.dumps({"error": f"unknown op {req['op']}"})

async def main():
    requests = ['{"op": "add", "a": 1, "b": 2}', '{"op": "list", "count": 2}', 'oops', '{"op": "x"}']
    for r in await asyncio.gather(*(handle(q) for q in requests)):
        print(r)
    with open("/tmp/_corpus_j2.json", "w") as f:
        json.dump({"a": [1, 2, 3]}, f, indent=1)
    with open("/tmp/_corpus_j2.json") as f:
        d = json.load(f)
    print(d, d["a"][1])

asyncio.run(main())
