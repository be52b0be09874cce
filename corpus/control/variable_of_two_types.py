def describe(data):
    data = data.split(",")
    count = len(data)
    data = {item.strip(): len(item.strip()) for item in data}
    print(count, data)


describe("oak, elm, birch")
value = "42"
value = int(value)
value = value / 4
print(value)
