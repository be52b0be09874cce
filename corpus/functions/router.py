import asyncio
from functools import wraps


class Router:
    def __init__(self):
        self.routes = {}
        self.middlewares = []

    def route(self, path, methods=("GET",)):
        def decorator(handler):
            for m in methods:
                self.routes[(m, path)] = handler
            return handler
        return decorator

    def get(self, path):
        return self.route(path)

    def middleware(self, func):
        self.middlewares.append(func)
        return func

    async def dispatch(self, method, path):
        handler = self.routes.get((method, path))
        if handler is None:
            return 404, "not found"
        for m in self.middlewares:
            m(method, path)
        return 200, await handler(path)


app = Router()


@app.middleware
def log(method, path):
    print("->", method, path)


@app.route("/")
async def index(path):
    return "index"


@app.route("/items", methods=("GET", "POST"))
async def items(path):
    await asyncio.sleep(0.1)
    return f"items at {path}"


@app.get("/about")
async def about(path):
    return "about"


async def main():
    for method, path in [("GET", "/"), ("POST", "/items"), ("GET", "/nope"), ("GET", "/about")]:
        status, body = await app.dispatch(method, path)
        print(status, body)
    print(await index("x"))


asyncio.run(main())
