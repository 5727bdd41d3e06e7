"""Reading ahead: while one part is being worked on, a thread makes the next one ready."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from typing import TypeVar

Item = TypeVar("Item")


@contextmanager
def ahead(items: Iterable[Item]) -> Iterator[Iterator[Item]]:
    """The same items in the same order: the first is begun at once, each other when the one before it is handed out.

    Errors arrive in their place; leaving the context waits for the item being made and closes a generator of items.
    """
    source, end = iter(items), object()
    with closing(source) if isinstance(source, Generator) else nullcontext(), ThreadPoolExecutor(1) as thread:
        first = thread.submit(next, source, end)

        def handed_out() -> Iterator[Item]:
            coming = first
            while (item := coming.result()) is not end:
                coming = thread.submit(next, source, end)
                yield item  # type: ignore[misc]

        yield handed_out()
