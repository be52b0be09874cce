def f(excs):
    try:
        try:
            if excs:
                raise ExceptionGroup("group", excs)
            print("no raise")
        except* ValueError as eg:
            print("ValueError:", [str(e) for e in eg.exceptions])
        except* (KeyError, IndexError) as eg:
            print("lookup:", [repr(e) for e in eg.exceptions])
        else:
            print("else")
        finally:
            print("finally")
    except BaseException as e:
        print("left:", repr(e))


f([])
f([ValueError("a"), ValueError("b")])
f([KeyError("k"), ValueError("v"), RuntimeError("r")])
f([ExceptionGroup("in", [IndexError(1), OSError("o")])])

try:
    raise ValueError("plain")
except* ValueError as eg:
    print(repr(eg), len(eg.exceptions))

eg = ExceptionGroup("top", [ValueError(1), ExceptionGroup("sub", [TypeError(2), ValueError(3)])])
match, rest = eg.split(ValueError)
print(repr(match))
print(repr(rest))
print(repr(eg.subgroup(TypeError)))
print(eg.subgroup(OSError))
print(str(eg))
sel = eg.subgroup(lambda e: isinstance(e, ValueError))
print(repr(sel))
