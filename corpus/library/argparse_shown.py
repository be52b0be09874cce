import argparse
import asyncio


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=3)
    parser.add_argument("name", nargs="?")
    print(parser.parse_args())
    print(parser.parse_args(["--n", "4", "bob"]))


asyncio.run(main())
