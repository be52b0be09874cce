def first_number(words):
    for word in words:
        try:
            n = int(word)
        except ValueError:
            print("skip", word)
            continue
        finally:
            print("looked at", word)
        return n
    return None


print(first_number(["a", "b", "12", "c"]))
print(first_number(["x"]))
