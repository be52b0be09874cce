def average():
    total = 0.0
    count = 0
    value = None
    while True:
        received = yield value
        total += received
        count += 1
        value = total / count


a = average()
next(a)
print(a.send(10))
print(a.send(20))
print(a.send(60))
a.close()
