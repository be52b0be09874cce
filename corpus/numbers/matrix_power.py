"""Integers that grow through sums of products, kept in an object."""


class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]

    def __mul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, col)) for col in columns] for row in self.rows])


def fibonacci(n):
    result = Matrix([(1, 0), (0, 1)])
    step = Matrix([(1, 1), (1, 0)])
    while n:
        if n & 1:
            result = result * step
        step = step * step
        n >>= 1
    return result.rows[0][1]


for n in (1, 10, 90, 300):
    print(n, fibonacci(n))
