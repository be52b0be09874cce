import json
data = {"name": "Ann", "tags": ["x", "y"], "n": 3, "ok": True, "none": None, "f": 1.5, "nested": {"a": [1, 2, {"b": []}]}}
print(json.dumps(data))
print(json.dumps(data, indent=2, sort_keys=True))
print(json.dumps([1, 2, (3, 4)], separators=(",", ":")))
print(json.dumps("é\n\"q\" 😀"), json.dumps("é", ensure_ascii=False))
print(json.dumps({1: "a", 2.5: "b", None: "c", True: "d"}))
back = json.loads('{"users": [{"id": 1, "name": "bob"}, {"id": 2, "name": "eve"}], "total": 2, "ratio": 0.5, "big": 123456789012345678901234567890}')
print(back["total"] + 1, back["users"][1]["name"], back["ratio"] * 2, back["big"])
for user in back["users"]:
    print(user["id"], user["name"].upper(), len(user))
print(sorted(back.keys()), back.get("missing", "dflt"), "total" in back)
for bad in ['', '{', '{"a" 1}', '[1, 2', '[1,]', '{"a": 1,}', '{a: 1}', '"abc', '[1] x', 'nul', '{"a": tru}', '"\\q"', "'single'"]:
    try:
        json.loads(bad)
    except json.JSONDecodeError as e:
        print(repr(bad), "->", e, e.pos, e.lineno, e.colno, e.msg)
try:
    json.dumps({"x": {1, 2}})
except TypeError as e:
    print(e)
print(json.dumps({"x": {3}}, default=list), json.dumps({"k": []}, indent=4))
print(json.loads("[1, -2, 3.5e2, true, null]"), json.loads('"\\u00e9\\ud83d\\ude00"'))
print(json.dumps(float("inf")), json.dumps([]), json.dumps({}, indent=2))
