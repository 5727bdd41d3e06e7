"""The border to the terminal: whatever a command prints goes through here, so no text of a stranger is obeyed by it."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from screening.printable import one_line, printable


class Inert(io.TextIOBase):
    """A text stream that shows hidden signs as pictures; `plain` is the stream below, for progress bars of our own.

    `names`: of what was asked for; one that holds a line break begins no line.
    """

    def __init__(self, plain: Any, names: Sequence[str] = ()) -> None:
        self.plain = plain
        parts = {part for name in names for part in (name, *name.replace("\\", "/").split("/"))}
        self._broken = sorted((part for part in parts if "\n" in part or "\r" in part), key=len, reverse=True)

    def write(self, text: str) -> int:
        for name in self._broken:
            text = text.replace(name, one_line(name))
        self.plain.write(printable(text))
        return len(text)

    def flush(self) -> None:
        self.plain.flush()

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self.plain.isatty())

    def fileno(self) -> int:
        return int(self.plain.fileno())

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return str(getattr(self.plain, "encoding", None) or "utf-8")

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        return getattr(self.plain, "errors", None)


def plain(stream: Any) -> Any:
    """The stream below: for tables and bars that colour by escape signs of their own, with cells made printable before."""
    return stream.plain if isinstance(stream, Inert) else stream


@contextmanager
def guarded(words: Sequence[str]) -> Iterator[None]:
    """Everything printed meanwhile is inert, the `words` of the command line too; a sign the terminal lacks stops nothing."""
    before = sys.stdout, sys.stderr
    for stream in before:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.stdout, sys.stderr = Inert(before[0], words), Inert(before[1], words)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
