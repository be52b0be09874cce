import re

lines_text = """2024-01-02 ERROR [db] timeout after 30s
2024-01-03 INFO [web] GET /index.html 200
2024-01-04 WARN [web] slow: 1.5s"""

line_re = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)\s+(?P<level>[A-Z]+)\s+\[(\w+)\]\s+(.*)")
for line in lines_text.splitlines():
    m = line_re.match(line)
    if m:
        print(m.group("date"), m.group("level"), m.group(3), m.group(4), m.span(2))
        print(m.groupdict(), m.groups()[2:])
print(re.findall(r"\d+", "a1 b22 c333"), re.findall(r"(\w)=(\d)", "a=1, b=2"), re.findall(r"x*", "axb"))
print(re.search(r"(\d+)\.(\d+)", "v 3.14").group(1, 2), re.search("z", "abc"))
print(re.sub(r"\s+", " ", "a   b \n c"), re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.sub("a", "b", "aaaa", count=2))
print(re.sub(r"\d+", lambda m: str(int(m.group()) * 2), "1 and 22"))
print(re.split(r"[,;]\s*", "a, b;c,d"), re.split(r"\W+", "one two-three"), re.split("(-)", "a-b-c"))
print(re.fullmatch(r"[a-z]+", "abc"), re.fullmatch(r"[a-z]+", "abc1"), bool(re.match("A", "abc", re.I)))
for m in re.finditer(r"\b(\w)(\w*)\b", "foo bar Baz"):
    print(m.start(), m.end(), m.group(0), m[1], m)
email = re.compile(r"^[\w.+-]+@[\w-]+\.[\w.]+$", re.IGNORECASE)
for e in ["bob@example.com", "bad@", "A.B+c@x-y.org"]:
    print(e, "ok" if email.match(e) else "no")
v = re.compile(r"""
    (\d+)   # major
    \.
    (\d+)   # minor
    (?:-(rc\d*))?  # suffix
""", re.VERBOSE)
for t in ("1.2", "1.2-rc3"):
    m = v.match(t)
    print(m.groups(), m.group(3), m.lastindex)
print(re.findall(r"^\w+", "a b\nc d", re.M), re.findall(r"a.c", "a\nc abc", re.DOTALL))
print(re.escape("a.b*c"), re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", "1234567"))
print(re.findall(r"<(.+?)>", "<a><b>"), re.findall(r"<(.+)>", "<a><b>"), re.findall(r"(?:ab)+", "ababab ab"))
print(re.match(r"(a)|(b)", "b").groups(), re.search(r"(\w)\1", "hello").group())
for bad in ["(", "[a", "*a", "a**", r"\q", "(?P<n>a)(?P<n>b)", ")"]:
    try:
        re.compile(bad)
    except re.error as e:
        print(repr(bad), "->", e)
print(line_re.pattern[:10], line_re.findall(lines_text.replace("\n", " | "))[0][1])
text = "The rain in Spain"
print([w for w in re.split(r"\s", text) if re.search("ai", w)], re.subn("ai", "AI", text))
