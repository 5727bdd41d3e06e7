"""Acts that one download tells twice in different words: an old and a new list of reactions, a photo in a post and in an album.

A row may carry `twin`: one or more keys. It repeats an act already read when its first key was given by a row of
*another* file; each such row is used up once, so two acts of one second remain two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable


class Twins:
    """The keys of the rows read so far, counted; those of the file being read wait until it ends."""

    def __init__(self) -> None:
        self._others: Counter[int] = Counter()
        self._own: Counter[int] = Counter()

    def met(self, keys: tuple[Hashable, ...]) -> bool:
        """Whether the row with these keys repeats one of an earlier file; otherwise its keys are remembered."""
        if not keys:
            return False
        first = hash(keys[0])
        if self._others[first] > 0:
            self._others[first] -= 1
            self._own[first] += 1  # a third edition repeats it again
            return True
        self._own.update(hash(key) for key in keys)
        return False

    def end_of_file(self) -> None:
        """The file has ended: from now on its rows are those of another file."""
        self._others.update(self._own)
        self._own.clear()
