"""Call the functions of math, and see them refuse."""
import math

print(math.sqrt(2), math.pi, math.floor(-2.5), math.ceil(2.1))
print(math.gcd(12, 18), math.factorial(25), math.comb(10, 3), math.isqrt(99))
print(math.hypot(3.0, 4.0), math.fsum([0.1] * 10), math.log(8, 2))
for x in (-1.0, 0.0):
    try:
        print(math.log(x))
    except ValueError as error:
        print("refused:", error)
try:
    print(math.exp(1000))
except OverflowError as error:
    print("too large:", error)
