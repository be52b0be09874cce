from typing import Any, Callable, Optional
import io

class JSONDecodeError(ValueError):
    msg: str
    doc: str
    pos: int
    lineno: int
    colno: int

@overload
def dumps(obj: Any) -> str: ...
@overload
@rust("dumps_default")
def dumps(obj: Any, default: Callable[[Any], R], indent: Optional[int] = None, sort_keys: bool = False, ensure_ascii: bool = True, separators: Optional[tuple[str, str]] = None) -> str: ...
@overload
@rust("dumps_with")
def dumps(obj: Any, indent: Optional[int] = None, sort_keys: bool = False, ensure_ascii: bool = True, separators: Optional[tuple[str, str]] = None) -> str: ...
def dump(obj: Any, fp: io.TextIOBase, indent: Optional[int] = None, sort_keys: bool = False, ensure_ascii: bool = True, separators: Optional[tuple[str, str]] = None) -> None: ...
@overload
def loads(s: str) -> Any: ...
@overload
@rust("loads_bytes")
def loads(s: bytes) -> Any: ...
@overload
def load(fp: io.TextIOWrapper) -> Any: ...
@overload
@rust("load_memory")
def load(fp: io.StringIO) -> Any: ...

# `cls=` of a class with a `default` alone becomes `default=` (`lower/expand/encoder.rs`).
@intrinsic
def JSONEncoder(**options: Any) -> Any: ...
@unsupported("decoders of one's own are not translated")
class JSONDecoder: ...
