import random

random.seed(2024)
print([random.randint(1, 6) for _ in range(10)])
print(random.random(), random.uniform(5, 6))
deck = ["ace", "king", "queen", "jack"]
random.shuffle(deck)
print(deck, random.choice(deck), random.sample(range(100), 5))
rng = random.Random(7)
print(rng.randrange(0, 100, 5), rng.getrandbits(16), round(rng.gauss(0, 1), 6))
