people = [("Ann", 31), ("Bob", 25), ("Cid", 31), ("Dee", 19)]
print(sorted(people))
print(sorted(people, key=lambda person: person[1]))
print(sorted(people, key=lambda person: (-person[1], person[0])))
people.sort(key=lambda person: person[0], reverse=True)
print(people)
print(min(people, key=lambda person: person[1]), max([3, 8, 5]))
words = ["pear", "fig", "banana"]
print(sorted(words, key=len), list(reversed(words)))
for index, word in enumerate(words, 1):
    print(index, word)
for word, (name, age) in zip(words, people):
    print(word, name, age)
