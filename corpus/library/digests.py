import asyncio, hashlib, hmac, base64, binascii, zlib
async def digest(name, data):
    await asyncio.sleep(0)
    h = hashlib.new(name)
    h.update(data)
    return name, h.hexdigest()
async def main():
    data = b"The quick brown fox jumps over the lazy dog"
    for name, value in await asyncio.gather(*(digest(n, data) for n in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s"))):
        print(f"{name:8} {value}")
    h = hashlib.sha256()
    for chunk in (b"a", b"b", b"c"):
        h.update(chunk)
    print(h.hexdigest() == hashlib.sha256(b"abc").hexdigest(), h.digest_size, h.block_size, h.name, h.digest()[:4])
    c = h.copy(); c.update(b"d"); print(c.hexdigest()[:16], h.hexdigest()[:16])
    print(hashlib.md5("text".encode()).hexdigest(), hashlib.sha1(b"x" * 1000).hexdigest(), hashlib.sha3_512(b"").hexdigest()[:20])
    print(hashlib.blake2b(b"data", digest_size=16).hexdigest(), hashlib.sha3_224(b"q" * 300).hexdigest(), hashlib.sha3_384(b"q" * 144).hexdigest(), hashlib.blake2s(b"z" * 200).hexdigest(), hashlib.blake2b(b"z" * 128).hexdigest())
    print(hmac.new(b"key", data, hashlib.sha256).hexdigest(), hmac.new(b"key", data, "md5").hexdigest(), hmac.new(b"k" * 200, digestmod="sha1", msg=b"m").hexdigest())
    m = hmac.new(b"key", None, hashlib.sha512); m.update(b"x"); print(m.digest()[:5], m.name, m.digest_size)
    print(hmac.compare_digest("a", "a"), hmac.compare_digest(b"a", b"b"))
    print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 10).hex())
    try:
        hashlib.new("nope")
    except ValueError as e:
        print("ValueError", e)
    enc = base64.b64encode(data)
    print(enc, enc.decode(), base64.b64decode(enc) == data, base64.urlsafe_b64encode(b"\xfb\xff\xfe"), base64.urlsafe_b64decode("-__-"), base64.b32encode(b"hi"), base64.b16encode(b"hi"), base64.b85encode(b"hello"), base64.encodebytes(b"z" * 60))
    for bad in ("abc", "abcde", "YQ", "ab==cd"):
        try:
            print(base64.b64decode(bad))
        except binascii.Error as e:
            print("Error:", e)
    print(binascii.hexlify(b"\x01\xab"), binascii.unhexlify("01ab"), binascii.crc32(b"hello"), zlib.crc32(b"hello") & 0xFFFFFFFF, zlib.adler32(b"hello"))
    print(base64.b64encode(b"user:pass").decode("ascii"))
asyncio.run(main())
