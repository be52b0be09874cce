from enum import Enum, Flag, auto, StrEnum
import math

class Planet(Enum):
    MERCURY = (3.303e+23, 2.4397e6)
    EARTH = (5.976e+24, 6.37814e6)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    @property
    def surface_gravity(self):
        G = 6.67300E-11
        return G * self.mass / (self.radius * self.radius)

class Perm(Flag):
    R = 4
    W = 2
    X = 1

class Mode(str, Enum):
    FAST = "fast"
    SLOW = "slow"

class Level(StrEnum):
    DEBUG = auto()
    INFO = auto()

for p in Planet:
    print(p.name, round(p.surface_gravity, 2), p.value)
rw = Perm.R | Perm.W
print(rw, Perm.R in rw, Perm.X in rw, rw & Perm.W, bool(rw & Perm.X), repr(rw))
print(Mode.FAST == "fast", Mode.FAST.value, Mode("slow"), Mode.FAST.upper())
print(Level.DEBUG, f"{Level.INFO}", Level.INFO == "info", repr(Level.DEBUG))
print(Planet.EARTH, Planet.EARTH.mass)
