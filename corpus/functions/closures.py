def make_counter(start):
    count = start

    def increment(step=1):
        nonlocal count
        count += step
        return count

    return increment


first = make_counter(0)
second = make_counter(100)
print(first(), first(), second(5), first(10))
double = lambda n: n * 2
print([double(n) for n in range(4)])


def apply(function, value):
    return function(value)


print(apply(double, 21), apply(lambda s: s + 1, 1))
