def attempt(n):
    print("attempt", n)
    try:
        value = 10 / n
    except ZeroDivisionError:
        print("  cannot divide")
        value = 0.0
    else:
        print("  divided")
    finally:
        print("  cleaned up")
    return value


print(attempt(4))
print(attempt(0))
