import asyncio, secrets, gc, keyword, html, string
async def main():
    print(len(secrets.token_hex(8)), len(secrets.token_bytes(5)), len(secrets.token_urlsafe(16)), secrets.randbelow(1), secrets.choice(["a"]), secrets.compare_digest("a", "a"))
    pw = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(12))
    print(len(pw), pw.isalnum(), 0 <= secrets.randbits(4) < 16)
    gc.collect(); gc.disable(); print(gc.isenabled()); gc.enable()
    print(keyword.iskeyword("for"), keyword.iskeyword("fo"), len(keyword.kwlist), sorted(keyword.kwlist)[:3], keyword.softkwlist)
    for kw in keyword.kwlist[:3]: print(kw)
    print(html.escape('<a href="x">\'&</a>'), html.escape("\"", quote=False))
asyncio.run(main())
