from typing import Any

@unsupported("its functions do the same: `pprint` and `pformat` take the same keywords")
class PrettyPrinter: ...

@nothrow
def pformat(object: Any, indent: int = 1, width: int = 80, *, sort_dicts: bool = True) -> str: ...
@nothrow
@rust("pprint")
def pp(object: Any, indent: int = 1, width: int = 80, *, sort_dicts: bool = False) -> None: ...
@overload
@nothrow
@rust("pprint")
def pprint(object: Any, *, indent: int = 1, width: int = 80, sort_dicts: bool = True) -> None: ...
