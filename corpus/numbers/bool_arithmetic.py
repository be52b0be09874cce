votes = [True, False, True, True]
print(sum(votes), votes.count(True))
print(True + True, True * 3, not 5, not 0, bool(""), bool("no"))
print(3 > 2 > 1, 1 < 2 > 3, (1 < 2) == True)
passed = 0
for vote in votes:
    passed += vote
print(passed, passed == 3)
