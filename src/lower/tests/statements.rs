//! Statements, classes, folding.

use super::check;

#[test]
fn known_tests_are_folded() {
    check(
        "import sys\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import nothing\nif sys.version_info >= (3, 7):\n    def f(): return 1\nelse:\n    def f(): return 2\ntry:\n    import uvloop\nexcept ImportError:\n    uvloop = None\nx = 1 if sys.platform == 'win32' else 2\nif __name__ == '__main__':\n    f()\n",
        "
        def f():  [returns]
            return 1
        uvloop = None
        x = 2
        f()",
    );
}

#[test]
fn exits_are_those_of_the_block_itself() {
    check(
        "def f(xs):\n    for x in xs:\n        try:\n            for y in x:\n                break\n            if x: continue\n        except OSError:\n            return 1\n        finally:\n            pass\n",
        "
        def f(xs):  [returns]
            for x in xs:
                try:  [continues]
                    for y in x:
                        break
                    if x:
                        continue
                except OSError:  [returns]
                    return 1
                finally:
                    pass",
    );
}

#[test]
fn classes_have_attributes_methods_and_bases() {
    check(
        "import enum\nfrom dataclasses import dataclass\nclass E(enum.Enum):\n    RED = 1\n@dataclass(frozen=True)\nclass D:\n    n: int = 0\nclass A(object):\n    '''Doc.'''\n    a = b = 1\n    c = a + 1\n    class In:\n        z = 1\n    @property\n    def p(self): return super().p\n    @p.setter\n    def p(self, v): self._p = v\n    @classmethod\n    def k(cls): return cls()\nclass B(A):\n    def __init__(self, n: 'int | None'):\n        super().__init__()\n",
        "
        enum E():
            RED = E(\"RED\", 1)
            members_ = [E.RED]
            by_name_ = {\"RED\": E.RED}
            def __init__(self, name_, value_):
                self.name = name_
                self.value = value_
            def __str__(self):  [returns]
                return f\"E.{self.name}\"
            def __repr__(self):  [returns]
                return f\"<E.{self.name}: {self.value!r}>\"
            static def of_value_(value):  [returns]
                for member in E.members_:
                    if member.value == value:
                        return member
                raise ValueError(f\"{value!r} is not a valid E\")
            static def of_name_(name):  [returns]
                for member in E.members_:
                    if member.name == name:
                        return member
                raise KeyError(name)
        dataclass frozen D():
            n: int = 0
        class In():
            z = 1
        class A():
            docs \"Doc.\"
            a = 1
            b = 1
            c = A.a + 1
            getter def p(self):  [returns]
                return super().p
            setter def p(self, v):
                self._p = v
            class def k(cls):  [returns]
                return cls()
        class B(A):
            def __init__(self, n: 'int | None'):
                super(B, self).__init__()
            class def k(cls):  [returns]
                return cls()",
    );
}

#[test]
fn texts_are_joined_and_formatted() {
    check(
        "x = 1\nprint('a' 'b', f'{x=}' f'{x!r:>{x}} {{}}', b'q', 10**30, -9223372036854775808)\n",
        "
        x = 1
        print(\"ab\", f\"x={x!r}{x!r:>{x}} {{}}\", b\"q\", 10 ** 30, -9223372036854775808)",
    );
}

#[test]
fn names_for_annotations_alone_disappear() {
    check(
        "from typing import TypeVar, NewType, Dict, cast\nT = TypeVar('T')\nId = NewType('Id', int)\nJson = Dict[str, int]\ndef f(x: Json) -> Id:\n    return Id(cast(int, x['a']))\n",
        "
        def f(x: Json) -> Id:  [returns]
            return x[\"a\"]",
    );
}

#[test]
fn what_is_not_translated_is_said() {
    check(
        "eval('1')\nprint(globals())\nclass M(metaclass=type): pass\n",
        "
        unsupported(a call that cannot be translated)
        print(unsupported(a call that cannot be translated))
        class M():
        main.py:1:1: AIO501 `eval` runs code that is made at run time
        main.py:2:7: AIO515 `globals()` is a namespace as a dict
        main.py:3:9: AIO505 a class is made by a metaclass or with arguments",
    );
}

#[test]
fn namedtuples_are_classes() {
    check(
        "from collections import namedtuple\nimport typing\nP = namedtuple('P', 'x y', defaults=[0])\nQ = typing.NamedTuple('Q', [('a', int)])\nclass R(namedtuple('R', ['u', 'v'])):\n    def s(self): return self.u\nprint(P(1), Q(2), R(3, 4).s())\n",
        "
        namedtuple P(typing.NamedTuple):
            x: 
            y:  = 0
            _fields = (\"x\", \"y\")
            def _asdict(self):  [returns]
                return {\"x\": self.x, \"y\": self.y}
            static def _make(iterable):  [returns]
                (x, y) = iterable
                return P(x, y)
            def __len__(self):  [returns]
                return 2
            generator __iter__(self):  [yields]
                yield self.x
                yield self.y
        namedtuple Q():
            a: int
        namedtuple R():
            u: 
            v: 
            def s(self):  [returns]
                return self.u
        print(P(1), Q(2), R(3, 4).s())",
    );
}

#[test]
fn private_names_are_kept_apart_where_classes_inherit() {
    check(
        "class A:\n    __n = 1\n    def __f(self): return self.__n\nclass B(A):\n    def __f(self): return self.__f\nclass C:\n    def f(self): return self.__x\n    def f(self): return 2\n",
        "
        class A():
            _A__n = 1
            def _A__f(self):  [returns]
                return self._A__n
        class B(A):
            def _B__f(self):  [returns]
                return self._B__f
        class C():
            def f(self):  [returns]
                return 2",
    );
}
