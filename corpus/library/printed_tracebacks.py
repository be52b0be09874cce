import traceback, sys, asyncio
def g():
    raise ValueError("deep")
def h():
    try:
        g()
    except ValueError:
        traceback.print_exc()
        s = traceback.format_exc()
        print(s.splitlines()[-1], len(s.splitlines()) > 3)
async def main():
    h()
    try:
        g()
    except Exception as e:
        traceback.print_exception(type(e), e, e.__traceback__)
        print("".join(traceback.format_exception_only(type(e), e)).strip())
asyncio.run(main())
