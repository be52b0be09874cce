import asyncio, atexit
def goodbye(name, greeting="Goodbye"):
    print(greeting, name)
@atexit.register
def last():
    print("last words")
async def main():
    atexit.register(goodbye, "Bob")
    atexit.register(goodbye, "Eve", greeting="Ciao")
    atexit.register(lambda: print("lambda"))
    await asyncio.sleep(0.1)
    print("main done")
asyncio.run(main())
print("end")
