"""Combine iterators with itertools."""
import itertools

words = ["apple", "avocado", "banana", "blueberry", "cherry"]
for letter, group in itertools.groupby(words, key=lambda word: word[0]):
    print(letter, list(group))
print(list(itertools.chain([1, 2], (3, 4), range(5, 7))))
print(list(itertools.islice(itertools.count(10, 5), 4)))
print(list(itertools.accumulate([1, 2, 3, 4])))
for a, b in itertools.product("ab", [1, 2]):
    print(a, b)
print([sum(pair) for pair in itertools.combinations([1, 2, 3], 2)])
colours = itertools.cycle(["red", "green"])
print([next(colours) for _ in range(3)])
print(list(itertools.zip_longest([1, 2, 3], ["x"])))
