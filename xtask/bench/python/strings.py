"""Strings in coroutines: splitting, joining, formatting, searching."""
import asyncio


async def lines(count):
    made = []
    for n in range(count):
        made.append(f"{n:06d};user-{n % 100};{n * 3.5:.2f}")
    await asyncio.sleep(0)
    return made


async def parse(rows):
    totals = {}
    for row in rows:
        number, user, amount = row.split(";")
        if number.endswith("7"):
            continue
        totals[user] = totals.get(user, 0.0) + float(amount)
    await asyncio.sleep(0)
    return totals


async def words(text):
    counts = {}
    for word in text.lower().split():
        word = word.strip(".,")
        counts[word] = counts.get(word, 0) + 1
    await asyncio.sleep(0)
    return counts


async def main():
    rows = await lines(300_000)
    totals = await parse(rows)
    print(len(totals), f"{totals['user-42']:.2f}")
    text = "The quick brown fox, the lazy dog. And the cat " * 30_000
    counts = await words(text)
    print(sorted(counts.items()))
    print(text.replace("the", "a").count("a "), len(",".join(rows)))


asyncio.run(main())
