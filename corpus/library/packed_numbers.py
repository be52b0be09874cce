import asyncio, struct
HEADER = struct.Struct("!HBI")
def encode(kind, payload):
    return HEADER.pack(7, kind, len(payload)) + payload
def decode(data):
    magic, kind, length = HEADER.unpack(data[:HEADER.size])
    return magic, kind, data[HEADER.size:HEADER.size + length]
async def main():
    data = struct.pack("<IHb", 1, 2, -3); print(data, struct.calcsize("<IHb"))
    a, b, c = struct.unpack("<IHb", data); print(a + 1, b, c)
    (n,) = struct.unpack(">I", b"\x00\x00\x01\x00"); print(n, struct.unpack_from("<H", data, 4)[0], struct.pack("!d5s?", 1.5, b"abc", True))
    print(encode(3, b"hello"), decode(encode(3, b"hello")), HEADER.size, HEADER.format)
    print(struct.unpack("<2H3s?d", struct.pack("<2H3s?d", 1, 2, b"xyz", False, 2.25)), list(struct.iter_unpack("<H", b"\x01\x00\x02\x00")), struct.unpack("=l", b"\xff\xff\xff\xff")[0], struct.unpack("f", struct.pack("f", 0.1))[0], struct.unpack("<e", b"\x66\x3c")[0])
    for f in (lambda: struct.unpack("<I", b"abc"), lambda: struct.pack("<B", 300), lambda: struct.pack("<I", -1), lambda: struct.pack("<HH", 1)):
        try:
            f()
        except struct.error as e:
            print("struct.error:", e)
    buf = bytearray(6); struct.pack_into("<H", buf, 2, 513); print(buf)
    length = int.from_bytes(data[:4], "little"); print(length)
asyncio.run(main())
