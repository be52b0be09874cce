import asyncio, textwrap
TEXT = """\
    The quick brown fox -- well-known for its speed -- jumps over
    the lazy dog.   Nobody knows a self-explanatory reason why.
"""
async def main():
    print(textwrap.dedent(TEXT))
    flat = textwrap.dedent(TEXT).strip()
    for w in (10, 20, 40):
        print(textwrap.fill(flat, w)); print("--")
    print(textwrap.wrap("supercalifragilistic is long", 8), textwrap.wrap("a b", width=1), textwrap.wrap(""), textwrap.wrap("x" * 10, 4, break_long_words=False))
    print(textwrap.fill(flat, width=30, initial_indent="* ", subsequent_indent="  "))
    print(textwrap.indent("one\n\n two\n", "    "), textwrap.indent("a\nb", "+", lambda line: line.startswith("b")))
    print(textwrap.shorten("Hello  world, this is long", width=15), textwrap.shorten("Hello world", width=11), textwrap.shorten("Hello wonderful world", width=14, placeholder="..."))
    print(textwrap.wrap("one two three four five six", 9, max_lines=2), textwrap.wrap("a-b-c--d e.g. re-use non-stop 5-6 --opt", 6))
    print(repr(textwrap.dedent("""
        def f():
            return 1
    """)))
asyncio.run(main())
