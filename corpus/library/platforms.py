import asyncio
import errno
import os
import platform
async def main():
    print(platform.system(), platform.machine() != "", platform.python_implementation(), platform.python_version().startswith("3."))
    try:
        os.mkdir("/tmp")
    except OSError as e:
        if e.errno == errno.EEXIST:
            print("exists", errno.ENOENT, errno.EPIPE)
    if platform.system() == "Windows":
        print("windows")
asyncio.run(main())
