kwlist: list[str] = "keyword::kwlist()"
softkwlist: list[str] = "keyword::softkwlist()"

@nothrow
def iskeyword(s: str, /) -> bool: ...
@nothrow
def issoftkeyword(s: str, /) -> bool: ...
