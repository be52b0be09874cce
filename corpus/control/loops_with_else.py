def find_divisor(n):
    for d in range(2, n):
        if n % d == 0:
            print(n, "is divisible by", d)
            break
    else:
        print(n, "is prime")


for n in range(5, 10):
    find_divisor(n)

i = 3
while i > 0:
    print("i is", i)
    i -= 1
else:
    print("ran out")
