import asyncio
import os
import io
import sys

PATH = "/tmp/_corpus_o1.txt"

def write_lines(path, n):
    with open(path, "w") as f:
        for i in range(n):
            f.write(f"line {i}\n")
        print("extra", 1, 2, sep="-", file=f)
    return os.path.getsize(path)

def read_back(path):
    with open(path) as f:
        first = f.readline()
        rest = f.readlines()
    print(repr(first), rest)
    for no, line in enumerate(open(path), start=1):
        print(no, line.rstrip())
    with open(path, "a", encoding="utf-8") as f:
        f.write("émoji ✓\n")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    print(len(text), text.splitlines()[-1])
    with open(path, "rb") as f:
        data = f.read()
        print(len(data), data[:6], f.tell())
        f.seek(-4, 2)
        print(f.read())
    f = open(path, "r+")
    f.seek(5)
    f.write("X")
    f.close()
    print(open(path).readline(), f.closed, f.name, f.mode)

async def main():
    loop = asyncio.get_running_loop()
    size = await loop.run_in_executor(None, write_lines, PATH, 3)
    print("size", size)
    read_back(PATH)
    try:
        open("/tmp/_does_not_exist/x.txt")
    except FileNotFoundError as e:
        print(e, e.errno, e.filename)
    try:
        with open("/tmp") as f:
            f.read()
    except IsADirectoryError as e:
        print(e)
    try:
        with open(PATH, "x"):
            pass
    except FileExistsError as e:
        print(type(e).__name__, e)
    with open(PATH) as f:
        try:
            f.write("no")
        except io.UnsupportedOperation as e:
            print("unsupported", e)
    try:
        f.read()
    except ValueError as e:
        print(e)
    os.remove(PATH)
    print(os.path.exists(PATH))

asyncio.run(main())
buf = io.StringIO()
buf.write("hello\n")
print("world", file=buf)
print(repr(buf.getvalue()))
buf.seek(0)
for line in buf:
    print("buf:", line.strip())
b = io.BytesIO(b"abc\ndef")
print(b.readline(), b.read(2), b.getvalue())
print("to stderr", file=sys.stderr)
out = sys.stdout
print("to out", file=out)
out.write("raw\n")
