"""Keep the last items in a deque and count words."""
from collections import Counter, defaultdict, deque

window = deque(maxlen=3)
for number in range(6):
    window.append(number)
    print(list(window), sum(window))
window.appendleft(9)
print(window, window.popleft(), len(window))

text = "the quick dog jumps over the lazy dog and the cat"
counts = Counter(text.split())
print(counts.most_common(2), counts["bird"])

by_length = defaultdict(list)
for word in text.split():
    by_length[len(word)].append(word)
for length in sorted(by_length):
    print(length, by_length[length])
