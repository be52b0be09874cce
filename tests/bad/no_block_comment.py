while x:
    # nothing
y
