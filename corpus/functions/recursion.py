def hanoi(n, source, target, spare):
    if n == 0:
        return 0
    moves = hanoi(n - 1, source, spare, target)
    print(f"disk {n}: {source} -> {target}")
    return moves + 1 + hanoi(n - 1, spare, target, source)


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


print(hanoi(3, "A", "C", "B"), "moves")
print(factorial(10), factorial(30))


def endless(n):
    return endless(n + 1)


try:
    endless(0)
except RecursionError as e:
    print("RecursionError")
