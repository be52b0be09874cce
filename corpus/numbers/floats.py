print(0.1 + 0.2, 1 / 3, 1e16, 1e-5, 123456789.0, 1e22, 5.0)
print(7.0 // 2, 7.5 % 2, -7.5 % 2, 2.0 ** 3)
print(float("inf"), -float("inf"), float("nan"), float("1e3"), float("  2.5 "))
print(1.0 == 1, 0.1 + 0.2 == 0.3, 3 < 3.5 <= 4)
total = 0
for price in [1.5, 2, 0.25]:
    total += price
print(total, sum([1, 2, 3]), sum([0.5, 1.5]), min(3, 1, 2), max([2.5, 1.5]))
print(10 / 5, 1_000_000, 0xFF, 0o17, 0b1010)
