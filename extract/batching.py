"""Streams in lists of bounded length (`itertools.batched` asks for Python 3.12)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut a stream into lists of `size` items, the last one shorter.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def weighed_batches(
    items: Iterable[T], size: int, weight: Callable[[T], int], most: int
) -> Iterator[list[T]]:
    """Likewise, but no list of several items weighs more than `most` together.

    >>> list(weighed_batches(["a", "bbbb", "c", "dd"], 3, len, 4))
    [['a'], ['bbbb'], ['c', 'dd']]
    """
    batch: list[T] = []
    total = 0
    for item in items:
        if batch and (len(batch) == size or total + weight(item) > most):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += weight(item)
    if batch:
        yield batch
