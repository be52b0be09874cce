import asyncio, uuid
async def main():
    u = uuid.uuid5(uuid.NAMESPACE_DNS, "python.org")
    print(u, repr(u), u.hex, u.version, u.variant, u.urn, u.int, u.bytes[:4], uuid.uuid3(uuid.NAMESPACE_URL, "http://x"))
    r = uuid.uuid4()
    print(len(str(r)), len(r.hex), r.version, r == r, r != u, isinstance(r, uuid.UUID), str(uuid.uuid4())[14], type(r).__name__)
    v = uuid.UUID("{12345678-1234-5678-1234-567812345678}"); print(v, v.version, v < u, sorted([u, v])[0] == v, {v: 1}[uuid.UUID(int=v.int)], uuid.UUID(bytes=v.bytes) == v)
    try:
        uuid.UUID("nope")
    except ValueError as e:
        print(e)
    ids = {uuid.uuid4() for _ in range(10)}; print(len(ids)); print(f"{v}", "%s" % v, f"{str(v)[:8]}", uuid.uuid1().version, len(uuid.uuid4().hex[:8]))
asyncio.run(main())
