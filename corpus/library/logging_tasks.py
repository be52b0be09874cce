import asyncio
import logging

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
log = logging.getLogger(__name__)

async def worker(name, delay):
    log.info("worker %s starting, delay %.1f", name, delay)
    await asyncio.sleep(delay)
    if delay > 1:
        log.warning("worker %s was slow", name)
    log.debug("never shown %s", name)
    return name.upper()

async def main():
    results = await asyncio.gather(worker("a", 0.5), worker("b", 1.5))
    logging.info("results: %s", results)
    log.error("count=%d", len(results))

asyncio.run(main())
