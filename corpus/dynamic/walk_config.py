config = {"name": "srv", "port": 8080, "tags": ["a", "b"], "db": {"host": "x", "retry": 3}, "debug": False, "ratio": 0.5, "none": None}
for k, v in config.items():
    print(k, "->", v, type(v).__name__)
print(config["port"] + 1, config["tags"][0], config["db"]["host"].upper())
def walk(node, depth=0):
    pad = "  " * depth
    if isinstance(node, dict):
        for k in node:
            print(pad + str(k))
            walk(node[k], depth + 1)
    elif isinstance(node, list):
        for x in node:
            walk(x, depth + 1)
    else:
        print(pad + repr(node))
walk(config)
def total(xs):
    t = 0
    for x in xs:
        if isinstance(x, list):
            t += total(x)
        else:
            t += x
    return t
print(total([1, [2, [3, 4]], 5]))
def flatten(xs):
    for x in xs:
        if isinstance(x, (list, tuple)):
            yield from flatten(x)
        else:
            yield x
print(list(flatten([1, [2, (3, [4])], "ab"])))
