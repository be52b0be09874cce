import asyncio, string, functools
from collections import Counter, OrderedDict, ChainMap, deque
async def main():
    c = Counter("mississippi"); c.update("sip"); print(c.most_common(2), c["z"], c + Counter(a=2), +c, Counter(a=3, b=1) - Counter(a=1))
    od = OrderedDict(a=1, b=2); od["c"] = 3; od.move_to_end("a"); print(od, od.popitem(last=False), list(od))
    cm = ChainMap({"a": 1}, {"a": 2, "b": 3}); print(cm["a"], cm["b"], dict(cm), list(cm), len(cm), "b" in cm, cm.get("q"), cm.get("q", 0))
    cm["z"] = 9; print(cm.maps, cm.new_child({"q": 1})["q"], cm, cm.parents)
    try:
        cm["none"]
    except KeyError as e:
        print("KeyError", e)
    t = string.Template("Hello $name, you owe $$${amount}")
    print(t.substitute(name="Bob", amount=5), t.safe_substitute(name="X"), t.substitute({"name": "D", "amount": 1}))
    try:
        t.substitute(name="a")
    except KeyError as e:
        print("KeyError", e)
    def by_len(a, b):
        return len(a) - len(b)
    print(sorted(["ccc", "a", "bb"], key=functools.cmp_to_key(by_len)), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
    words = ["x", "yy"]; words.sort(key=functools.cmp_to_key(by_len), reverse=True); print(words, max(words, key=functools.cmp_to_key(by_len)))
    defaults = {"host": "localhost", "port": 80}; override = {"port": 8080}
    conf = ChainMap(override, defaults); print(conf["host"], conf["port"])
    for k, v in sorted(conf.items()): print(k, v)
asyncio.run(main())
