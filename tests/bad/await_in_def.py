def m(x):
    y = await z(x)
    return y
