import asyncio, re
from collections import Counter
HREF_RE = re.compile(r'href="(.*?)"')
TOKEN = re.compile(r"\s*(?:(\d+\.?\d*)|(.))")
async def fetch(n):
    await asyncio.sleep(0.1)
    return f'<a href="/page/{n}">x</a><a href="http://z.org/{n}">y</a>'
def tokenize(s):
    for number, op in TOKEN.findall(s):
        if number:
            yield ("NUM", float(number))
        else:
            yield ("OP", op)
async def main():
    pages = await asyncio.gather(*(fetch(i) for i in range(3)))
    found = set()
    for html in pages:
        for link in HREF_RE.findall(html):
            found.add(link)
    print(sorted(found))
    print(list(tokenize("3 + 4.5*(2-1)")))
    words = Counter(re.findall(r"[a-z']+", "The cat and the dog's cat".lower()))
    print(words.most_common(2))
    m = re.match(r"(\w+):(\d+)", "host:8080")
    if m is not None:
        host, port = m.groups()
        print(host, int(m.group(2)) + 1)
    if m := re.search(r"(\d+)", "abc 42"):
        print(int(m.group(1)))
asyncio.run(main())
