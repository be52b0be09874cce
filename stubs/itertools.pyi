import sys
from typing import Any, Callable, Iterable, Iterator, Optional

@overload
@nothrow
@rust("count")
def count(start: int = 0, step: int = 1) -> Iterator[int]: ...
@overload
@nothrow
@rust("count_float")
def count(start: float, step: float = 1.0) -> Iterator[float]: ...
@nothrow
def cycle(iterable: Iterable[T], /) -> Iterator[T]: ...
@overload
@nothrow
@rust("repeat_forever")
def repeat(object: T) -> Iterator[T]: ...
@overload
@nothrow
@rust("repeat")
def repeat(object: T, times: int) -> Iterator[T]: ...

# `chain` is a class for the sake of `chain.from_iterable`; in Rust it is an `Iter`.
@rust("iter::Iter")
class chain(Iterator[T]):
    @overload
    @nothrow
    @rust("itertools::chain1")
    def __init__(self, a: Iterable[T], /) -> None: ...
    @overload
    @nothrow
    @rust("itertools::chain2")
    def __init__(self, a: Iterable[T], b: Iterable[T], /) -> None: ...
    @overload
    @nothrow
    @rust("itertools::chain3")
    def __init__(self, a: Iterable[T], b: Iterable[T], c: Iterable[T], /) -> None: ...
    @overload
    @nothrow
    @rust("itertools::chain")
    def __init__(self, *iterables: Owned[Iterator[T]]) -> None: ...
    @staticmethod
    @nothrow
    @rust("itertools::from_iterable")
    def from_iterable(iterable: Iterable[Iterable[T]], /) -> Iterator[T]: ...
    @nothrow
    @rust("iter")
    def __iter__(self) -> Iterator[T]: ...
    @rust("next")
    def __next__(self) -> T: ...

@overload
@rust("islice")
def islice(iterable: Iterable[T], stop: Optional[int], /) -> Iterator[T]: ...
@overload
@rust("islice_from")
def islice(iterable: Iterable[T], start: Optional[int], stop: Optional[int], step: Optional[int] = None, /) -> Iterator[T]: ...
@nothrow
def takewhile(predicate: Callable[[T], R], iterable: Iterable[T], /) -> Iterator[T]: ...
@nothrow
def dropwhile(predicate: Callable[[T], R], iterable: Iterable[T], /) -> Iterator[T]: ...
@overload
@nothrow
@rust("filterfalse_true")
def filterfalse(function: None, iterable: Iterable[T], /) -> Iterator[T]: ...
@overload
@nothrow
@rust("filterfalse")
def filterfalse(function: Callable[[T], R], iterable: Iterable[T], /) -> Iterator[T]: ...
@nothrow
def compress(data: Iterable[T], selectors: Iterable[S]) -> Iterator[T]: ...
@overload
@nothrow
@rust("starmap2")
def starmap(function: Callable[[A, B], R], iterable: Iterable[tuple[A, B]], /) -> Iterator[R]: ...
@overload
@nothrow
@rust("starmap3")
def starmap(function: Callable[[A, B, C], R], iterable: Iterable[tuple[A, B, C]], /) -> Iterator[R]: ...
@overload
@nothrow
@rust("accumulate")
def accumulate(iterable: Iterable[int]) -> Iterator[int]: ...
@overload
@nothrow
@rust("accumulate")
def accumulate(iterable: Iterable[float]) -> Iterator[float]: ...
@overload
@nothrow
@rust("accumulate_str")
def accumulate(iterable: Iterable[str]) -> Iterator[str]: ...
@overload
@nothrow
@rust("accumulate_by")
def accumulate(iterable: Iterable[T], func: Callable[[T, T], T]) -> Iterator[T]: ...
@overload
@nothrow
@rust("accumulate_from")
def accumulate(iterable: Iterable[T], func: Callable[[R, T], R], *, initial: R) -> Iterator[R]: ...
@overload
@nothrow
@rust("groupby")
def groupby(iterable: Iterable[T], key: None = None) -> Iterator[tuple[T, Iterator[T]]]: ...
@overload
@nothrow
@rust("groupby_key")
def groupby(iterable: Iterable[T], key: Callable[[T], K]) -> Iterator[tuple[K, Iterator[T]]]: ...
@overload
@nothrow
@rust("zip_longest2")
def zip_longest(a: Iterable[A], b: Iterable[B], /) -> Iterator[tuple[Optional[A], Optional[B]]]: ...
@overload
@nothrow
@rust("zip_longest3")
def zip_longest(a: Iterable[A], b: Iterable[B], c: Iterable[C], /) -> Iterator[tuple[Optional[A], Optional[B], Optional[C]]]: ...
@overload
@nothrow
@rust("zip_longest2_fill")
def zip_longest(a: Iterable[T], b: Iterable[T], /, *, fillvalue: T) -> Iterator[tuple[T, T]]: ...
@overload
@nothrow
@rust("zip_longest3_fill")
def zip_longest(a: Iterable[T], b: Iterable[T], c: Iterable[T], /, *, fillvalue: T) -> Iterator[tuple[T, T, T]]: ...
@overload
@rust("product1")
def product(a: Iterable[A], /) -> Iterator[tuple[A]]: ...
@overload
@rust("product2")
def product(a: Iterable[A], b: Iterable[B], /) -> Iterator[tuple[A, B]]: ...
@overload
@rust("product3")
def product(a: Iterable[A], b: Iterable[B], c: Iterable[C], /) -> Iterator[tuple[A, B, C]]: ...
@overload
@rust("product4")
def product(a: Iterable[A], b: Iterable[B], c: Iterable[C], d: Iterable[D], /) -> Iterator[tuple[A, B, C, D]]: ...
@overload
@rust("product_repeat")
def product(a: Iterable[T], /, *, repeat: int) -> Iterator[tuple[T, ...]]: ...
@overload
@rust("permutations")
def permutations(iterable: Iterable[T], r: None = None) -> Iterator[tuple[T, ...]]: ...
@overload
@rust("permutations_of")
def permutations(iterable: Iterable[T], r: int) -> Iterator[tuple[T, ...]]: ...
def combinations(iterable: Iterable[T], r: int) -> Iterator[tuple[T, ...]]: ...
def combinations_with_replacement(iterable: Iterable[T], r: int) -> Iterator[tuple[T, ...]]: ...
@overload
@nothrow
@rust("tee")
def tee(iterable: Iterable[T], /) -> tuple[Iterator[T], Iterator[T]]: ...
@overload
@rust("tee_of")
def tee(iterable: Iterable[T], n: int, /) -> tuple[Iterator[T], ...]: ...

if sys.version_info >= (3, 10):
    @nothrow
    def pairwise(iterable: Iterable[T], /) -> Iterator[tuple[T, T]]: ...

if sys.version_info >= (3, 12):
    def batched(iterable: Iterable[T], n: int, *, strict: bool = False) -> Iterator[tuple[T, ...]]: ...
