import asyncio

if __name__ == "__main__":
    async def main():
        print("in main")

    def helper(x):
        return x + 1

    asyncio.run(main())
    print(helper(2))
