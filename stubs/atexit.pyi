from typing import Any, Callable

# As a decorator it is a call (`lower/decorate`).
@nothrow
def register(func: Callable[..., T], /, *args: object, **kwargs: object) -> None: ...
@unsupported("what is called at the end stays so")
def unregister(func: Any, /) -> None: ...
