import asyncio, sys, traceback
async def fail():
    raise ValueError("boom")
async def main():
    try:
        raise ZeroDivisionError("division by zero")
    except ZeroDivisionError:
        t, v, tb = sys.exc_info()
        print(t, v, t.__name__, tb is not None)
        traceback.print_exc(file=sys.stdout)
        exc_type, exc_value, _ = sys.exc_info()
        print(exc_type.__name__, exc_value)
    try:
        await fail()
    except:
        print("unexpected:", sys.exc_info()[0], sys.exc_info()[1])
        traceback.print_exception(*sys.exc_info(), file=sys.stdout)
    try:
        await fail()
    except ValueError as e:
        print("".join(traceback.format_exception(type(e), e, e.__traceback__)))
        traceback.print_exception(type(e), e, e.__traceback__, file=sys.stdout)
        print(traceback.format_exception_only(type(e), e), sys.exc_info()[0] is ValueError, sys.exc_info()[1])
        traceback.print_tb(e.__traceback__, file=sys.stdout)
        print(len(traceback.format_tb(e.__traceback__)), e.__traceback__.tb_lineno, e.__traceback__ is None)
    results = await asyncio.gather(fail(), return_exceptions=True)
    for r in results:
        if isinstance(r, Exception):
            print("".join(traceback.format_exception(type(r), r, r.__traceback__)).splitlines()[-1])
asyncio.run(main())
