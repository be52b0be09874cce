"""signal."""
from typing import Any, Callable, Optional, overload

SIGABRT: Signals
SIGALRM: Signals
SIGCHLD: Signals
SIGCONT: Signals
SIGHUP: Signals
SIGINT: Signals
SIGKILL: Signals
SIGPIPE: Signals
SIGQUIT: Signals
SIGSEGV: Signals
SIGSTOP: Signals
SIGTERM: Signals
SIGTSTP: Signals
SIGUSR1: Signals
SIGUSR2: Signals
SIGWINCH: Signals
SIG_DFL: Handlers
SIG_IGN: Handlers

class Handlers: ...

class Signals:
    def __init__(self, value: int) -> None: ...
    @property
    @nothrow
    def name(self) -> str: ...
    @property
    @nothrow
    def value(self) -> int: ...

# `getattr(signal, name)`
@rust("attribute")
def _attribute(name: str) -> Signals: ...
@overload
@rust("attribute_or_none")
@nothrow
def _attribute_or(name: str, default: None) -> Optional[Signals]: ...
@overload
@rust("attribute_or")
@nothrow
def _attribute_or(name: str, default: Signals) -> Signals: ...
@nothrow
def alarm(seconds: int) -> int: ...
@unsupported("signal.getsignal is not translated")
def getsignal(signalnum: object) -> object: ...
@overload
def raise_signal(signalnum: Signals) -> None: ...
@overload
def raise_signal(signalnum: int) -> None: ...
@overload
@rust("signal_default")
def signal(signalnum: Signals, handler: Handlers) -> None: ...
@overload
@rust("signal_default")
def signal(signalnum: int, handler: Handlers) -> None: ...
@overload
def signal(signalnum: Signals, handler: Callable[[int, None], object]) -> None: ...
@overload
def signal(signalnum: int, handler: Callable[[int, None], object]) -> None: ...
@overload
def strsignal(signalnum: Signals) -> str: ...
@overload
def strsignal(signalnum: int) -> str: ...
