größe = 3
naïve = "déjà vu"
π = 3.14159
print(größe, naïve, π)
print(len(naïve), naïve[1], naïve[::-1])
for ch in "añ✓😀":
    print(ch, ord(ch), ascii(ch))
print("😀" * 2, "straße".upper(), "İ".lower() == "i̇")
