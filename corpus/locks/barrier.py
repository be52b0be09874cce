import asyncio

async def example_barrier():
   # barrier with 3 parties
   b = asyncio.Barrier(3)

   # create 2 new waiting tasks
   asyncio.create_task(b.wait())
   asyncio.create_task(b.wait())

   await asyncio.sleep(0)
   print(b.n_waiting, b.parties)

   # The third .wait() call passes the barrier
   await b.wait()
   print("barrier passed")
   await asyncio.sleep(0)
   print(b.n_waiting)

asyncio.run(example_barrier())
