print(7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 % -3)
print(2 ** 10, 2 ** 0.5, 10 ** -2)
print(2 ** 100)
print(divmod(17, 5), divmod(-17, 5), abs(-4), pow(3, 4), pow(3, 4, 5))
print(round(2.5), round(3.5), round(2.675, 2), round(1234, -2))
print(int("42"), int("-0b101", 2), int("ff", 16), int(3.99), int(" 1_000 "))
print(1 << 10, 1023 >> 3, 6 & 3, 6 | 3, 6 ^ 3, ~5)
product = 1
for i in range(1, 26):
    product *= i
print(product)
