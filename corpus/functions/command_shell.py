"""Commands of different lengths, called with the words of a line."""

import asyncio


class Shell:
    def __init__(self):
        self.store = {}
        self.commands = {
            "set": self.do_set,
            "get": self.do_get,
            "list": self.do_list,
            "quit": self.do_quit,
        }
        self.running = True

    def do_set(self, key, value):
        self.store[key] = value
        return "ok"

    def do_get(self, key):
        return self.store.get(key, "missing")

    def do_list(self):
        return ", ".join(sorted(self.store))

    def do_quit(self):
        self.running = False
        return "bye"

    def execute(self, line):
        name, *args = line.split()
        handler = self.commands.get(name)
        if handler is None:
            return f"unknown: {name}"
        try:
            return handler(*args)
        except TypeError as e:
            return f"usage error: {e}"


async def main():
    shell = Shell()
    for line in ["set a 1", "get a", "get b", "list", "get", "foo", "set x", "quit"]:
        await asyncio.sleep(0.01)
        print(">", line)
        print(shell.execute(line))
        if not shell.running:
            break


asyncio.run(main())
