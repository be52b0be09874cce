def fibonacci(limit):
    """Yields the Fibonacci numbers below `limit`."""
    a, b = 0, 1
    while a < limit:
        yield a
        a, b = b, a + b


print(list(fibonacci(100)))
for n in fibonacci(10):
    print(n, end=" ")
print()
print(sum(fibonacci(1000)))
