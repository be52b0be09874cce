import asyncio
from typing import Any, Awaitable, Callable, Dict, List, Optional, Tuple

Handler = Callable[[str], Awaitable[str]]
Register = Callable[[Handler], Handler]

class Router:
    def __init__(self) -> None:
        self.routes: Dict[str, Handler] = {}

    def route(self, path: str) -> Register:
        def decorator(handler: Handler) -> Handler:
            self.routes[path] = handler
            return handler
        return decorator

    async def dispatch(self, path: str, arg: str = "") -> Tuple[int, str]:
        handler: Optional[Handler] = self.routes.get(path)
        if handler is None:
            return 404, "not found"
        try:
            return 200, await handler(arg)
        except Exception as exc:
            return 500, str(exc)

app = Router()

@app.route("/")
async def index(arg: str) -> str:
    return "index"

@app.route("/hello")
async def hello(arg: str) -> str:
    await asyncio.sleep(0.01)
    return f"hello {arg or 'world'}"

@app.route("/boom")
async def boom(arg: str) -> str:
    raise ValueError("boom")

async def main() -> None:
    for path, arg in [("/", ""), ("/hello", "bob"), ("/hello", ""), ("/boom", ""), ("/x", "")]:
        status, body = await app.dispatch(path, arg)
        print(status, body)
    results: List[Tuple[int, str]] = await asyncio.gather(*(app.dispatch(p) for p in app.routes))
    print(results)

asyncio.run(main())
