import asyncio
from pathlib import Path
async def main():
    for s in ["", ".", "a//b/./c/", "/", "//x/y", "a.tar.gz", ".bashrc", "a.", "/a/b.txt", "a/..", ".a.b"]:
        p = Path(s)
        print(repr(p), p, p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parts, p.is_absolute())
    p = Path("/a/b") / "c.txt"
    print(p / "d", p / "/x", "q" / Path("r"), Path("a", "b", Path("c")), p.with_name("x.py"), p.with_suffix(".md"), p.with_stem("z"), p.relative_to("/a"), p.is_relative_to("/z"))
    print(list(p.parents), p.parents[1], p.match("*.txt"), p.as_posix(), p.as_uri(), p.joinpath("x", "y"), p == Path("/a/b/c.txt"), Path("a") < Path("b"), sorted([Path("b"), Path("a/z"), Path("a")]))
    print(f"{p}", "%s" % p, str(p), {p: 1}[Path("/a/b/c.txt")], p in {p}, isinstance(p, Path), type(p).__name__, hash(p) == hash(Path(str(p))))
    for bad in (lambda: Path("/").with_name("a"), lambda: p.with_suffix("md"), lambda: p.relative_to("/x")):
        try:
            bad()
        except ValueError as e:
            print("ValueError:", e)
    base = Path(__file__).parent
    print((base / "nothing_here").exists(), Path(__file__).name, Path(__file__).suffix, Path(__file__).resolve().is_absolute())
asyncio.run(main())
