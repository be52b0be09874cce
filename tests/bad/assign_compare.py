a < b = x
