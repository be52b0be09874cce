point = (1, 2)
match point:
    case (0, 0):
        print("origin")
    case (x, 0):
        print("on x", x)
    case (x, y) if x == y:
        print("diag")
    case (x, y):
        print("at", x, y)

def http(status):
    match status:
        case 200 | 201:
            return "ok"
        case 404:
            return "not found"
        case n if n >= 500:
            return f"server {n}"
        case _:
            return "?"
print([http(s) for s in (200, 201, 404, 503, 302)])
def cmd(line):
    match line.split():
        case ["go", direction]:
            return "going " + direction
        case ["get", *items]:
            return "getting " + ",".join(items)
        case []:
            return "nothing"
        case _:
            return "what?"
for l in ("go north", "get a b c", "", "dance"):
    print(cmd(l))
def shape(d):
    match d:
        case {"type": "circle", "r": r}:
            return 3 * r * r
        case {"type": "rect", "w": w, "h": h}:
            return w * h
        case _:
            return None
print(shape({"type": "circle", "r": 2}), shape({"type": "rect", "w": 2, "h": 3}), shape({}))
