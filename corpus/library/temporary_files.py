import asyncio, tempfile, os, glob, fnmatch
async def main():
    d = tempfile.mkdtemp(prefix="job-")
    print(os.path.basename(d).startswith("job-"), os.path.isdir(d))
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, dir=d) as f:
        f.write("data")
        name = f.name
    print(name.endswith(".txt"), open(name).read())
    with tempfile.NamedTemporaryFile() as f:
        f.write(b"bytes"); f.flush(); f.seek(0)
        print(f.read(), os.path.exists(f.name)); inner = f.name
    print(os.path.exists(inner))
    with tempfile.TemporaryFile("w+") as f:
        f.write("x"); f.seek(0); print(f.read())
    for n in ("a.py", "b.py", "c.txt"):
        with open(os.path.join(d, n), "w") as g:
            g.write(n)
    print(sorted(os.path.basename(p) for p in glob.glob(os.path.join(d, "*.py"))), len(glob.glob(d + "/*")), [x for x in glob.iglob(d + "/none*")])
    print(fnmatch.fnmatch("a.py", "*.py"), fnmatch.filter(["a.py", "b.txt"], "*.t?t"), fnmatch.fnmatch("x", "[!x]"))
    t = tempfile.TemporaryDirectory()
    print(os.path.isdir(t.name)); t.cleanup(); print(os.path.isdir(t.name))
    for root, dirs, files in os.walk(d):
        print(sorted(files)[:2], dirs)
    import shutil
    shutil.rmtree(d)
    try:
        shutil.rmtree(d)
    except FileNotFoundError as e:
        print("gone", e.errno)
    shutil.rmtree(d, ignore_errors=True)
asyncio.run(main())
