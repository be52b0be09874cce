(lambda: 0) = x
