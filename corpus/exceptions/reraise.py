def risky(n):
    try:
        if n > 2:
            raise ValueError(f"{n} is too big")
        return n
    except ValueError:
        print("noted")
        raise


for n in range(5):
    try:
        print(risky(n))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
        break
