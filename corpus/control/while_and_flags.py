queue = [5, 3, 8, 1]
seen = []
while queue:
    item = queue.pop(0)
    if item == 3:
        continue
    seen.append(item)
    if len(seen) == 2 and not item < 5:
        break
print(seen, queue)

n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print("steps:", steps)
