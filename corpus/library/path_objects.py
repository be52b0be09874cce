import asyncio, os, tempfile, shutil
from pathlib import Path
async def save(path: Path, text: str) -> int:
    return await asyncio.to_thread(path.write_text, text)
async def main():
    with tempfile.TemporaryDirectory() as tmp:
        root = Path(tmp)
        (root / "sub" / "deep").mkdir(parents=True)
        (root / "sub").mkdir(exist_ok=True)
        n = await save(root / "a.txt", "hello\nworld\n")
        print(n, (root / "a.txt").read_text().splitlines(), (root / "a.txt").stat().st_size)
        (root / "sub" / "b.txt").write_text("b")
        (root / "sub" / "deep" / "c.py").write_bytes(b"\x00\x01")
        print(sorted(p.name for p in root.iterdir()), sorted(str(p.relative_to(root)) for p in root.rglob("*")))
        print(sorted(p.name for p in root.glob("*.txt")), sorted(p.name for p in root.glob("**/*.txt")), [p.name for p in root.glob("sub/*/c.*")])
        with (root / "a.txt").open() as f:
            for line in f:
                print(line.strip())
        with (root / "sub/deep/c.py").open("rb") as f:
            print(f.read())
        with (root / "log.txt").open("a") as f:
            f.write("one\n")
        with open(root / "log.txt") as f:
            print(f.read())
        print((root / "log.txt").exists(), (root / "log.txt").is_file(), (root / "sub").is_dir(), os.path.exists(root / "zzz"), os.path.join(root, "x") == str(root / "x"), os.path.basename(root / "q.txt"))
        (root / "log.txt").rename(root / "moved.txt")
        (root / "moved.txt").unlink()
        (root / "gone").unlink(missing_ok=True)
        (root / "t").touch()
        print(sorted(os.listdir(root)))
        try:
            (root / "missing").read_text()
        except FileNotFoundError as e:
            print(type(e).__name__, e.errno, e.strerror, e.filename == str(root / "missing"))
        try:
            (root / "sub").mkdir()
        except FileExistsError as e:
            print("exists", e.errno)
        shutil.copy(root / "a.txt", root / "copy.txt")
        shutil.copytree(root / "sub", root / "sub2")
        shutil.move(str(root / "copy.txt"), str(root / "sub2"))
        print(sorted(p.name for p in (root / "sub2").iterdir()))
        shutil.rmtree(root / "sub2")
        print((root / "sub2").exists())
        (root / "sub" / "b.txt").unlink()
        try:
            (root / "sub").rmdir()
        except OSError as e:
            print(e.strerror)
    print(root.exists(), shutil.which("no-such-program-here"))
asyncio.run(main())
