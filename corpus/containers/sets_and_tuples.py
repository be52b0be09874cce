primes = {7, 2, 5, 3}
primes.add(11)
primes.add(2)
print(sorted(primes), 5 in primes, len(primes))
odds = {1, 3, 5, 7, 9}
print(primes & odds, sorted(primes | odds), sorted(primes - odds))
print({3, 1, 2})
point = (3, 4)
x, y = point
print(point, x * x + y * y, point + (5,), point == (3, 4), (1, 2) < (1, 3))
distances = {(0, 1): 5, (1, 2): 7}
print(distances[(0, 1)], (1, 2) in distances)
