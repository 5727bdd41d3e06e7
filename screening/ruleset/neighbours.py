"""Words that differ in one letter: for one word exactly, and for many at once by a sieve of hashes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
_LONGEST = 40
_BASE = np.uint64(0x9E3779B97F4A7C15)  # any odd number; its inverse modulo 2**64 moves a hash one letter to the left
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
_BITS = 22


def shorter(word: str) -> Iterator[str]:
    """The word without each of its letters."""
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def deletions(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every word, and every word less a letter -> the words it may come from."""
    index: dict[str, set[str]] = {}
    for word in words:
        for key in itertools.chain([word], shorter(word)):
            index.setdefault(key, set()).add(word)
    return {key: tuple(sorted(found)) if len(found) > 1 else tuple(found) for key, found in index.items()}


def near(word: str, index: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Index words within one insertion, deletion, substitution or transposition of neighbouring letters."""
    candidates = {name for key in itertools.chain([word], shorter(word)) for name in index.get(key, ())}
    if not candidates:
        return []
    from rapidfuzz.distance import OSA

    return sorted(name for name in candidates if OSA.distance(word, name, score_cutoff=1) <= 1)


class Neighbours:
    """Whether a word, or the word without one of its letters, is a key: by hashes of all of them at once."""

    def __init__(self, index: Iterable[str]) -> None:
        keys = [key for key in index if key.isascii() and len(key) <= _LONGEST]
        self.keys = np.sort(hashes_of("\n".join(keys) + "\n", lengths_of(keys))[0]) if keys else np.zeros(0, np.uint64)
        self.seen = np.zeros(1 << _BITS, bool)
        self.seen[_slots(self.keys)] = True

    def among(self, joined: str, lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """True for each word with a neighbour."""
        found = np.zeros(len(lengths), bool)
        if not len(self.keys):
            return found
        whole, shorter, owner = hashes_of(joined, lengths)
        found |= self._known(whole)
        found[owner[self._known(shorter)]] = True
        return found

    def _known(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        maybe = self.seen[_slots(hashes)]
        asked = hashes[maybe]
        place = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        maybe[maybe] = self.keys[place] == asked
        return maybe


def lengths_of(words: list[str]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(len, words), np.int64, len(words))


def _slots(hashes: Hashes) -> npt.NDArray[np.int64]:
    return (hashes >> np.uint64(64 - _BITS)).astype(np.int64)


def hashes_of(joined: str, lengths: npt.NDArray[np.int64]) -> tuple[Hashes, Hashes, npt.NDArray[np.int64]]:
    """Hash of each word, hashes of each word without each of its letters, and the word each of those belongs to.

    hash(word) = sum of letter · base^place modulo 2^64, so leaving out a letter moves the rest by one power.
    """
    letters = np.frombuffer(joined.encode("ascii"), np.uint8).astype(np.uint64)
    starts = np.cumsum(lengths + 1) - (lengths + 1)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    position = place + starts[owner]
    powers = np.cumprod(np.concatenate([np.ones(1, np.uint64), np.full(int(lengths.max(initial=0)), _BASE)]))
    terms = letters[position] * powers[place]
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(terms)])
    first, last = np.cumsum(lengths) - lengths, np.cumsum(lengths)
    at = np.arange(len(owner))
    shorter = (sums[at] - sums[first[owner]]) + (sums[last[owner]] - sums[at + 1]) * _INVERSE
    return sums[last] - sums[first], shorter, owner
