text = "  The quick brown fox, the lazy dog  "
print(text.strip())
print(text.strip().lower().split())
print(text.replace("the", "a").count("a"))
print("fox" in text, text.find("fox"), text.find("cat"))
line = "key = value = more"
key, sep, value = line.partition("=")
print(key.strip(), value.strip())
print(line.split("=", 1), line.rsplit("=", 1))
print("-".join(["2024", "01", "31"]), "a,b,,c".split(","))
print("title case".title(), "swap Case".swapcase(), "x".zfill(3))
print("hello"[1], "hello"[-1], "hello"[1:3], "hello"[::-1], "hello"[::2])
print("tab\there", repr("tab\there 'quoted'"), "naïve café".upper())
print("3".isdigit(), "abc".isalpha(), "".isalpha(), " ".isspace())
