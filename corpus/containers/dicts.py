ages = {"ann": 31, "bob": 25}
ages["cid"] = 40
print(ages, len(ages), "bob" in ages)
for name in ages:
    print(name, ages[name])
for name, age in ages.items():
    print(f"{name} is {age}")
print(ages.get("dan"), ages.get("dan", 0), list(ages.keys()), list(ages.values()))
ages["ann"] += 1
removed = ages.pop("bob")
print(removed, ages)
counts = {}
for letter in "banana":
    counts[letter] = counts.get(letter, 0) + 1
print(counts, sorted(counts))
groups = {}
for word in ["apple", "avocado", "bean", "beet", "corn"]:
    groups.setdefault(word[0], []).append(word)
print(groups)
squares = {n: n * n for n in range(4)}
del squares[0]
print(squares, max(squares.values()))
