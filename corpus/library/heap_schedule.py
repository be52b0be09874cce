"""Take jobs from a heap, the most urgent first."""
import bisect
import heapq

jobs = []
for priority, name in [(5, "sweep"), (1, "fire"), (3, "mail"), (1, "alarm")]:
    heapq.heappush(jobs, (priority, name))
while jobs:
    priority, name = heapq.heappop(jobs)
    print(priority, name)

scores = [33, 60, 75, 90]
for score in (10, 60, 99):
    print(score, "FDCBA"[bisect.bisect(scores, score)])
print(bisect.bisect_left(scores, 60))
