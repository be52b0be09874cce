def find(names, prefix):
    for name in names:
        if name.startswith(prefix):
            return name
    return None


names = ["maria", "marco", "lucia"]
hit = find(names, "mar")
if hit is not None:
    print(hit.upper())
miss = find(names, "z")
print(miss)
if not miss:
    print("nobody")
label = find(names, "lu") or "unknown"
print(label, find(names, "q") or "unknown")
