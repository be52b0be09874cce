def classify(text):
    try:
        number = int(text)
        return 100 // number
    except ValueError:
        return "not a number"
    except ZeroDivisionError as error:
        return str(error)


for text in ["7", "zero", "0", "-3"]:
    print(repr(text), "->", classify(text))
