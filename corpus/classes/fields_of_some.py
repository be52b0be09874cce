"""Fields that only some of the classes below have."""

class Event:
    def __init__(self, t):
        self.t = t


class Move(Event):
    def __init__(self, t, x):
        super().__init__(t)
        self.x = x


class Say(Event):
    def __init__(self, t, text):
        super().__init__(t)
        self.text = text
        self.x = 0


class Quiet(Event):
    pass


for e in [Move(1, 2), Say(2, "hi"), Quiet(3)]:
    try:
        print(e.t, e.x)
        print(e.text)
    except AttributeError as err:
        print("missing:", err)
