[[(j := i) for j in y] for i in z]
