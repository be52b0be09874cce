import asyncio
class AppError(Exception):
    """base"""
    code = 500
    def __init__(self, message, details=None):
        super().__init__(message)
        self.message = message
        self.details = details or {}
    def __str__(self):
        return f"[{self.code}] {self.message}"
class NotFound(AppError):
    code = 404
class Denied(AppError):
    code = 403
    def __init__(self, user):
        super().__init__(f"{user} denied", {"user": user})
        self.user = user
class Retry(Exception): pass
class Timeout(Retry):
    def __init__(self, sec):
        self.sec = sec
async def fetch(n):
    await asyncio.sleep(0.01)
    if n == 1: raise NotFound("page")
    if n == 2: raise Denied("bob")
    if n == 3:
        try:
            int("x")
        except ValueError as e:
            raise Retry("bad") from e
    if n == 4: raise Timeout(3)
    return n
async def main():
    for i in range(5):
        try:
            print(await fetch(i))
        except Denied as e:
            print("denied", e.user, e.details, e.code, e)
        except AppError as e:
            print("app", e, e.args, e.code, type(e).__name__, repr(e))
        except Timeout as e:
            print("timeout", e.sec, e.args)
        except Retry as e:
            print("retry", e, repr(e.__cause__))
    res = await asyncio.gather(*[fetch(i) for i in range(5)], return_exceptions=True)
    for r in res:
        if isinstance(r, AppError):
            print(r.code, r.message)
        elif isinstance(r, Exception):
            print("exc", repr(r))
        else:
            print("val", r)
    try:
        try:
            await fetch(1)
        except AppError as e:
            print("log", e)
            raise
    except NotFound as e:
        print("again", e.message, isinstance(e, AppError), issubclass(NotFound, AppError))
asyncio.run(main())
