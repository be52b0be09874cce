import asyncio
from pathlib import Path
from typing import Optional, Union
PathLike = Union[str, Path]
BASE = Path(__file__).resolve().parent
CONFIG = BASE / "config" / "app.ini"
def ensure(p: PathLike) -> Path:
    return Path(p) if isinstance(p, str) else p
def find(name: str, *dirs: PathLike) -> Optional[Path]:
    for d in dirs:
        c = Path(d) / name
        if c.is_file():
            return c
    return None
async def main():
    print(CONFIG.name, CONFIG.parent.name, ensure("a/b").name, ensure(Path("x/y")).name, find("nope", "/tmp", Path("/usr")))
    with open(__file__) as f:
        print(f.readline().strip())
    files = [p for p in Path("/etc").iterdir() if p.name == "passwd"]
    print(files, [p.stem for p in files])
    for part in Path("/usr/lib/python3").parts: print(part, end=" ")
    print()
    p = Path("a") / "b" / "c.txt"
    print("/".join(p.parts), p.with_suffix(".log").name, str(p).split("/"), p.name.split(".")[0], len(p.parts))
asyncio.run(main())
