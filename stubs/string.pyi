from typing import Any, Optional

ascii_lowercase: str = "string::ASCII_LOWERCASE"
ascii_uppercase: str = "string::ASCII_UPPERCASE"
ascii_letters: str = "string::ASCII_LETTERS"
digits: str = "string::DIGITS"
hexdigits: str = "string::HEXDIGITS"
octdigits: str = "string::OCTDIGITS"
punctuation: str = "string::PUNCTUATION"
whitespace: str = "string::WHITESPACE"
printable: str = "string::PRINTABLE"

@overload
@nothrow
@rust("capwords")
def capwords(s: str, sep: None = None) -> str: ...
@overload
@nothrow
@rust("capwords_by")
def capwords(s: str, sep: str) -> str: ...

class Template:
    @nothrow
    def __init__(self, template: str) -> None: ...
    @property
    @nothrow
    def template(self) -> str: ...
    @overload
    @rust("substitute")
    def substitute(self, mapping: dict[str, T], /) -> str: ...
    @overload
    @rust("substitute_names")
    def substitute(self, **kws: Any) -> str: ...
    @overload
    @nothrow
    @rust("safe_substitute")
    def safe_substitute(self, mapping: dict[str, T], /) -> str: ...
    @overload
    @nothrow
    @rust("safe_substitute_names")
    def safe_substitute(self, **kws: Any) -> str: ...

@unsupported("formatters of one's own are not translated; use f-strings")
class Formatter: ...
