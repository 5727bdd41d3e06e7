"""Many ASCII words in one piece of memory, told by their hashes: what a set look-up per word would cost too much for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]
_BASE = np.uint64(0x9E3779B97F4A7C15)  # any odd number; its inverse modulo 2**64 moves a hash one letter to the left
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
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
        found = self.length > len(ending)
        for back, letter in enumerate(reversed(ending.encode("ascii")), 1):
            found[found] = self.data[self.end[found] - back] == letter
        return found

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

    @cached_property
    def letters(self) -> Bytes:
        """The letters of all words without what lies between."""
        before = np.cumsum(self.length) - self.length
        return self.data[np.arange(int(self.length.sum())) + np.repeat(self.start - before, self.length)]

    @cached_property
    def owner(self) -> Ints:
        """The word each of `letters` belongs to."""
        return np.repeat(np.arange(len(self)), self.length)

    @cached_property
    def repeated(self) -> Bools:
        """Which of `letters` are the same as the one before in the same word."""
        found = np.zeros(len(self.letters), bool)
        found[1:] = (self.letters[1:] == self.letters[:-1]) & (self.owner[1:] == self.owner[:-1])
        return found

    @cached_property
    def _third(self) -> Bools:
        """Which of `letters` (ASCII, no digits) are the same as the two before in the same word."""
        third = self.repeated & _ALPHABETIC[self.letters]
        third[1:] &= self.repeated[:-1]
        return third

    @cached_property
    def stretched(self) -> Bools:
        """Words with an ASCII letter three times in a row."""
        return self.any(self._third)

    def squeezed(self, keep: int) -> Words:
        """The same words with letters in a row, three or more, only `keep` times (1 or 2), as `fold.squeeze` does."""
        dropped = self._third.copy()
        if keep == 1:
            dropped[:-1] |= self._third[1:]
        length = self.length - np.bincount(self.owner[dropped], minlength=len(self))
        end = np.cumsum(length + 1) - 1
        data = np.full(int((length + 1).sum()), ord("\n"), np.uint8)
        data[np.arange(int(length.sum())) + np.repeat(np.arange(len(self)), length)] = self.letters[~dropped]
        return Words(data, end - length, end)

    def beside(self, others: Words) -> Words:
        """These words, then the others."""
        behind = len(self.data) + 1
        data = np.concatenate([self.data, np.frombuffer(b"\n", np.uint8), others.data])
        return Words(data, np.append(self.start, others.start + behind), np.append(self.end, others.end + behind))

    def any(self, which: Bools) -> Bools:
        """Words of which at least one letter is marked (`which`: one per letter)."""
        found = np.zeros(len(self), bool)
        found[self.owner[which]] = True
        return found

    # hash(word) = sum of letter · base^place modulo 2^64, so leaving out a letter moves the rest by one power.

    @cached_property
    def _sums(self) -> Hashes:
        before = np.cumsum(self.length) - self.length
        place = np.arange(len(self.letters)) - np.repeat(before, self.length)
        longest = int(self.length.max(initial=0))
        powers = np.cumprod(np.concatenate([np.ones(1, np.uint64), np.full(longest, _BASE)]))
        return np.concatenate([np.zeros(1, np.uint64), np.cumsum(self.letters * powers[place])])

    @cached_property
    def hashes(self) -> Hashes:
        """Hash of each word."""
        last = np.cumsum(self.length)
        return self._sums[last] - self._sums[last - self.length]

    @cached_property
    def shorter(self) -> Hashes:
        """For each of `letters` the hash of its word without it."""
        last = np.cumsum(self.length)
        first = last - self.length
        before = self._sums[:-1] - np.repeat(self._sums[first], self.length)
        behind = np.repeat(self._sums[last], self.length) - self._sums[1:]
        return before + behind * _INVERSE


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
