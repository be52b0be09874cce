import asyncio, logging
logging.basicConfig(level=logging.INFO)
log = logging.getLogger("x")
def inner():
    try:
        {}["k"]
    except KeyError as e:
        raise RuntimeError("wrapped") from e
def report(e):
    log.error("reported", exc_info=e)
async def work():
    try:
        inner()
    except RuntimeError as e:
        log.exception("oops %s", e)
        report(e)
async def main():
    await work()
    t = asyncio.create_task(work(), name="T")
    await t
asyncio.run(main())
