numbers = [5, 2, 9, 1]
numbers.append(7)
numbers.insert(0, 3)
numbers.extend([4, 4])
print(numbers, len(numbers))
numbers.sort()
print(numbers, numbers.index(4), numbers.count(4))
numbers.remove(4)
last = numbers.pop()
print(numbers, last, numbers[-1], numbers[1:3], numbers[::-1])
numbers[0] = 100
del numbers[1]
print(sorted(numbers, reverse=True), 9 in numbers)
alias = numbers
alias.append(0)
print(numbers, numbers == alias, numbers is alias)
matrix = [[row * 3 + column for column in range(3)] for row in range(2)]
print(matrix, [1, 2] + [3], [0] * 3)
