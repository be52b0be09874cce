import asyncio, sys
def checksum(data: bytes) -> int:
    total = 0
    for b in data:
        total = (total + b) & 0xFF
    return total
def xor(data, key):
    out = bytearray()
    for i, b in enumerate(data):
        out.append(b ^ key[i % len(key)])
    return bytes(out)
async def main():
    msg = b"attack at dawn"
    enc = xor(msg, b"key")
    print(enc.hex(), xor(enc, b"key").decode(), checksum(enc), checksum(b"\x01\x02"))
    frame = bytearray(b"\x02")
    frame.extend(len(msg).to_bytes(2, "big"))
    frame += msg
    frame.append(checksum(msg))
    print(frame, len(frame), frame[-1], list(frame[:3]), int.from_bytes(frame[1:3], "big"))
    frame[0:1] = b"\xff\xfe"
    print(frame[:5])
    for name in ("a", "b"):
        print(b"%s-%d;" % (name.encode(), len(name)), b"%04x %5.1f %r %c" % (255, 2.25, "é", 65))
    try:
        frame.append(300)
    except ValueError as e:
        print("ValueError:", e)
    try:
        frame[100]
    except IndexError as e:
        print("IndexError:", e)
    print(sorted(bytearray(b"hello")), max(frame), sum(frame[:2]), bool(bytearray()), bytearray(3), bytearray(b"abc") * 2, bytearray([1, 2]), bytearray("é", "utf8"))
asyncio.run(main())
