vals = [1, "ab", 2.5, None, True, [1, 2], (1, "x")]
for v in [1, "ab"]:
    print(f"{v:>5}|{v!r:<5}|", "%5s|%r" % (v, v), "{:>6}".format(v), format(v, ""), str(v), repr(v))
for v in [1, 2.5, 7]:
    print(f"{v:>8.2f}|", "%d %s" % (v, v), "%.1f" % v, "%5d" % v)
mixed = ["%d", 3, "%s"]
print("%s and %s" % tuple(mixed[:2]))
args = (1, "x")
print("%d-%s" % args)
row = [("apple", 3, 1.5), ("fig", 10, None)]
for name, n, price in row:
    print("%-8s|%4d|%s" % (name, n, price), f"{name:^9}{n:04}{price!s:>6}")
for v in vals:
    print("%s" % (v,), f"{v}", len(str(v)))
def log(msg, *args):
    print(msg % args if args else msg)
log("a %d %s", 1, "b"); log("c"); log("%s %.2f", "x", 1.5)
