"""Many ASCII words in one piece of memory, told by their hashes: what a set look-up per word would cost too much for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]
_BASE = np.uint64(0x9E3779B97F4A7C15)  # any odd number; its inverse modulo 2**64 moves a hash one letter to the left
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
LONGEST = 64  # letters of a word that its hash is made of
_POWERS = np.cumprod(np.array([1, *[_BASE] * LONGEST], np.uint64))
_SMALL = np.frombuffer(bytes(range(256)).lower(), np.uint8)
_ALPHABETIC = np.frombuffer(bytes(chr(i).isalpha() and i < 128 for i in range(256)), np.bool_)
_SPARSE = 5  # bits more than needed to number the members: one in 32 slots is taken


@dataclass(frozen=True)
class Words:
    """Words as bytes: `data[start:end]` each, ascending, never touching one another (a byte of no word lies between)."""

    data: Bytes
    start: Ints
    end: Ints

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        """Words without line breaks; those of other letters than ASCII as the bytes of their UTF-8."""
        data = np.frombuffer("\n".join([*words, ""]).encode("utf-8", "surrogatepass"), np.uint8)
        end = np.flatnonzero(data == ord("\n"))
        return cls(data, np.concatenate([np.zeros(1, np.int64), end + 1])[:-1], end)

    def __len__(self) -> int:
        return len(self.start)

    def __getitem__(self, i: int) -> str:
        return self.data[self.start[i] : self.end[i]].tobytes().decode("ascii")

    def keep(self, which: Bools | Ints) -> Words:
        """Only these words (a mask or positions)."""
        return Words(self.data, self.start[which], self.end[which])

    def cut(self, length: Ints) -> Words:
        """The first `length` letters of each word."""
        return Words(self.data, self.start, self.start + length)

    def ends_with(self, ending: str) -> Bools:
        """Words with this ending (ASCII) behind at least one letter."""
        letters = ending.encode("ascii")[::-1]
        at = np.flatnonzero((self._last == letters[0]) & (self.length > len(ending)))
        for back, letter in enumerate(letters[1:], 2):
            at = at[self.data[self.end[at] - back] == letter]
        found = np.zeros(len(self), bool)
        found[at] = True
        return found

    @cached_property
    def _last(self) -> Bytes:
        """The last letter of each word; of an empty one, any byte."""
        return self.data[self.end - 1]

    def small(self) -> Words:
        """The same words in small letters."""
        return self.translated(_SMALL)

    def translated(self, table: Bytes) -> Words:
        """The same words with every byte put through a table of 256."""
        return Words(table[self.data], self.start, self.end)

    def owners(self, places: Ints) -> Ints:
        """The word in which each place of `data` lies (each lies in one)."""
        return np.searchsorted(self.start, places, side="right") - 1

    @cached_property
    def length(self) -> Ints:
        """Letters per word."""
        return self.end - self.start

    def any(self, marked: Bools) -> Bools:
        """Words of which at least one byte is marked (`marked`: one per byte of `data`)."""
        if not len(self):
            return np.zeros(0, bool)
        edges = np.column_stack([self.start, self.end]).ravel()
        return np.logical_or.reduceat(marked, edges)[::2] & (self.end > self.start)

    @cached_property
    def doubled(self) -> Bools:
        """Words with an ASCII letter twice in a row."""
        return self.any(_like_before(self.data))

    @cached_property
    def stretched(self) -> Bools:
        """Words with an ASCII letter three times in a row."""
        return self.any(_third(self.data))

    def alone(self) -> Words:
        """The same words in memory of their own: worth it where few of many are kept."""
        return self._without(np.zeros(len(self.data), bool))

    def squeezed(self, keep: int) -> Words:
        """The same words with letters in a row, three or more, only `keep` times (1 or 2), as `fold.squeeze` does."""
        dropped = _third(self.data)
        if keep == 1:
            dropped[:-1] |= dropped[1:]
        return self._without(dropped)

    def without_doubles(self) -> Words:
        """The same words with letters in a row only once."""
        return self._without(_like_before(self.data))

    def _without(self, dropped: Bools) -> Words:
        """The same words in memory of their own, without the bytes marked as dropped."""
        before = np.cumsum(self.length + 1) - self.length - 1
        places = np.arange(int(self.length.sum()) + len(self)) + np.repeat(self.start - before, self.length + 1)
        kept = ~dropped[places]
        kept[self.end - self.start + before] = True  # what lies behind each word
        data = self.data[places]
        data[self.length + before] = ord("\n")
        end = np.cumsum(kept)[self.length + before] - 1
        return Words(data[kept], np.concatenate([np.zeros(1, np.int64), end + 1])[:-1], end)

    def beside(self, others: Words) -> Words:
        """These words, then the others."""
        behind = len(self.data) + 1
        data = np.concatenate([self.data, np.frombuffer(b"\n", np.uint8), others.data])
        return Words(data, np.append(self.start, others.start + behind), np.append(self.end, others.end + behind))

    # hash(word) = sum of letter · base^place modulo 2^64, so leaving out a letter moves the rest by one power.
    # Worked out for the first letters of all words, then for the second …: few steps over arrays that stay in the cache.

    @cached_property
    def _by_length(self) -> tuple[Ints, list[int]]:
        """The words from the longest to the shortest, and how many have a first letter, a second …; none above LONGEST."""
        length = np.minimum(self.length, LONGEST + 1)
        order = np.argsort((LONGEST + 1 - length).astype(np.uint8), kind="stable")
        longer = len(self) - np.cumsum(np.bincount(length, minlength=LONGEST + 2))
        return order, [count for count in longer[:LONGEST].tolist() if count]

    def _terms(self) -> Iterator[Hashes]:
        """What the first letter adds to each hash, then the second …; of the words `_by_length`."""
        order, counts = self._by_length
        start = self.start[order]
        for place, count in enumerate(counts):
            yield self.data[start[:count] + place] * _POWERS[place]

    @cached_property
    def _sums(self) -> Hashes:
        found = np.zeros(len(self), np.uint64)
        for term in self._terms():
            found[: len(term)] += term
        return found

    @cached_property
    def hashes(self) -> Hashes:
        """Hash of each word; of those longer than LONGEST, the first letters'."""
        return self._in_order(self._sums)

    def shortened(self, letters: int) -> Hashes:
        """Hash of each word without its last letters; for words of at least so many, not longer than LONGEST."""
        found = self.hashes.copy()
        for back in range(1, letters + 1):
            found -= self.data[self.end - back] * _POWERS[np.clip(self.length - back, 0, LONGEST)]
        return found

    def misspelt(self, members: HashSet) -> Bools:
        """Words that are a member when one of their letters is left out; none of those longer than LONGEST."""
        found, before = np.zeros(len(self), bool), np.zeros(len(self), np.uint64)
        for term in self._terms():
            here = before[: len(term)]
            behind = self._sums[: len(term)] - here - term
            found[: len(term)] |= members.holds(here + behind * _INVERSE)
            here += term
        return self._in_order(found) & (self.length <= LONGEST)

    def _in_order(self, told: npt.NDArray[Any]) -> npt.NDArray[Any]:
        found = np.empty_like(told)
        found[self._by_length[0]] = told
        return found


def _like_before(data: Bytes) -> Bools:
    """ASCII letters that stand behind the same letter: as words never touch, in the same word."""
    found = _ALPHABETIC[data]
    found[1:] &= data[1:] == data[:-1]
    found[:1] = False
    return found


def _third(data: Bytes) -> Bools:
    """ASCII letters that stand behind the same letter twice."""
    found = _like_before(data)
    found[1:] &= found[:-1]
    return found


class HashSet:
    """A set of ASCII words asked for many at once; it may hold a word too many (one in 2^40), never one too few."""

    def __init__(self, words: Iterable[str]) -> None:
        self.hashes = np.unique(Words.of(word for word in words if word.isascii()).hashes)
        self.shift = np.uint64(64 - len(self.hashes).bit_length() - _SPARSE)
        self.seen = np.zeros(1 << (64 - int(self.shift)), bool)
        self.seen[self._slots(self.hashes)] = True

    def holds(self, hashes: Hashes) -> Bools:
        """Which of the hashes are those of a member."""
        maybe = self.seen[self._slots(hashes)]
        asked = hashes[maybe]
        place = np.minimum(np.searchsorted(self.hashes, asked), len(self.hashes) - 1)
        maybe[maybe] = self.hashes[place] == asked
        return maybe

    def _slots(self, hashes: Hashes) -> Ints:
        return (hashes >> self.shift).astype(np.int64)
