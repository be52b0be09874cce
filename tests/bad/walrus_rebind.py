[(i := 0) for j in x for i in y]
