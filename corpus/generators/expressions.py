words = ["tulip", "rose", "daisy", "iris"]
print(sum(len(word) for word in words))
print(max(len(word) for word in words))
print(", ".join(word.upper() for word in words if "i" in word))
print(any(word.startswith("r") for word in words), all(len(word) > 4 for word in words))
squares = (n * n for n in range(4))
print(next(squares), next(squares))
print(list(squares))
