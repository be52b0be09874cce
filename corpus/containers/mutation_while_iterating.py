numbers = [1, 2, 3]
for n in numbers:
    if n < 3:
        numbers.append(n + 2)
    print(n, end=" ")
print()
stock = {"a": 1, "b": 0, "c": 2}
try:
    for key in stock:
        if stock[key] == 0:
            del stock[key]
except RuntimeError as e:
    print(e)
print(stock)
