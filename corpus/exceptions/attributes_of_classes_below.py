"""Handlers catch a base class and look at what only some of its subclasses have."""
import asyncio


class ServiceError(Exception):
    """Anything that goes wrong with a service."""


class HttpError(ServiceError):
    def __init__(self, message, status=500):
        super().__init__(message)
        self.status = status

    def is_temporary(self):
        return self.status in (502, 503)


class Unreachable(ServiceError):
    pass


async def fetch(name):
    await asyncio.sleep(0.01)
    if name == "gone":
        raise HttpError("no " + name, 404)
    if name == "busy":
        raise HttpError("later", status=503)
    if name == "far":
        raise Unreachable("no route")
    return len(name)


async def try_fetch(name):
    try:
        return await fetch(name)
    except Exception as e:
        if isinstance(e, HttpError) and e.is_temporary():
            return None
        raise RuntimeError("cannot fetch " + name) from e


async def main():
    names = ["home", "gone", "busy", "far"]
    results = await asyncio.gather(*(try_fetch(name) for name in names), return_exceptions=True)
    for name, result in zip(names, results):
        if isinstance(result, RuntimeError):
            cause = result.__cause__
            print(name, "failed:", result, "<-", type(cause).__name__, cause.__class__ is HttpError)
            try:
                print("  status", cause.status)
            except AttributeError as e:
                print("  no status:", e)
        elif isinstance(result, int):
            print(name, "has", result)
        else:
            print(name, "may come later", isinstance(result, (ServiceError, str)))


asyncio.run(main())
