"""Which of many words can be a lexicon word at all, told for all of them at once.

`WordForms.read` says what one word can stand for, with care and in Python. Nearly every word of a text stands for nothing;
this sieve lets through a superset of those that do (a test holds it against `read`), at a small fraction of the cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from screening.text.slang import slang

if TYPE_CHECKING:
    from screening.ruleset.wordforms import WordForms

Hashes = npt.NDArray[np.uint64]
_LONGEST = 40
_BASE = np.uint64(0x9E3779B97F4A7C15)  # any odd number; its inverse modulo 2**64 moves a hash one letter to the left
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
_BITS = 22
_DOUBLE = re.compile(r"([a-z])\1")
# Everything the stemmer may take off, written so that it takes off more than the stemmer would.
_BEFORE = r"(?:e|me|pe|be|di|ke|se|te|ku|kau|[mbptklnrs]?er|[mp]e(?:m|n|ng|nge|ny)|n|ng|nge|ny|m|l|r|-)*"
_AFTER = r"(?:kan|an|i|in|nya|ku|mu|lah|kah|tah|pun|-|[a-z]{0,2}-[a-z]+)*"


class Suspects:
    """The sieve for one lexicon."""

    def __init__(
        self, forms: WordForms, roots: Iterable[str], clitics: tuple[str, ...], variants: Callable[[str], Iterable[str]]
    ) -> None:
        import ahocorasick_rs

        self.forms, self.clitics, self.variants = forms, clitics, variants
        self.double_keys = frozenset(forms.doubled)
        self.near = _Neighbours(forms.neighbours)
        names = sorted(name for name in forms.names if name.isascii())
        self.names = ahocorasick_rs.AhoCorasick(names) if names else None
        parts = sorted({part for root in roots for part in (root, root[1:]) if len(part) > 2 or part == root})
        self.parts = ahocorasick_rs.AhoCorasick(parts) if parts else None
        self.stems = re.compile(f"{_BEFORE}(?:{'|'.join(map(re.escape, parts))}){_AFTER}")

    def among(self, words: list[str]) -> list[int]:
        """Positions of the words (small ASCII letters only) for which `read` may find something, ascending."""
        if not words:
            return []
        joined = "\n".join(words) + "\n"
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        ends = np.cumsum(lengths + 1)
        keep = np.fromiter(map(self.forms.ids.__contains__, words), bool, len(words))
        for known in (slang(), self.double_keys):
            keep |= np.fromiter(map(known.__contains__, words), bool, len(words))
        keep[[i for i, word in enumerate(words) if word.endswith(self.clitics) and self._clitic(word)]] = True
        doubled = {int(i) for i in _owners([run.start() for run in _DOUBLE.finditer(joined)], ends)}
        keep[[i for i in doubled if _DOUBLE.sub(r"\1", words[i]) in self.double_keys]] = True
        keep |= self.near.among(joined, lengths)
        if self.names is not None:
            holding = _owners([start for _, start, _ in self.names.find_matches_as_indexes(joined)], ends)
            keep[holding[lengths[holding] >= 8]] = True
        if self.parts is not None:
            holding = _owners([start for _, start, _ in self.parts.find_matches_as_indexes(joined)], ends)
            keep[[i for i in holding.tolist() if not keep[i] and self._may_stem(words[i])]] = True
        return np.flatnonzero(keep).tolist()

    def _may_stem(self, word: str) -> bool:
        return any(map(self.may_hold_root, self.variants(word)))

    def may_hold_root(self, word: str) -> bool:
        """False for a word whose stem is certainly no root of the lexicon."""
        return self.stems.fullmatch(word) is not None or word in slang()

    def _clitic(self, word: str) -> bool:
        return any(word.endswith(clitic) and word[: -len(clitic)] in self.forms.ids for clitic in self.clitics)


def _owners(places: list[int], ends: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The words in which the places of the joined text lie."""
    return np.unique(np.searchsorted(ends, np.array(places, np.int64), side="right"))


class _Neighbours:
    """Whether a word, or the word without one of its letters, is a key: by hashes of all of them at once."""

    def __init__(self, index: Iterable[str]) -> None:
        keys = [key for key in index if key.isascii() and len(key) <= _LONGEST]
        self.keys = np.sort(_hashes("\n".join(keys) + "\n", _lengths(keys))[0]) if keys else np.zeros(0, np.uint64)
        self.seen = np.zeros(1 << _BITS, bool)
        self.seen[_slots(self.keys)] = True

    def among(self, joined: str, lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """True for each word with a neighbour."""
        found = np.zeros(len(lengths), bool)
        if not len(self.keys):
            return found
        whole, shorter, owner = _hashes(joined, lengths)
        found |= self._known(whole)
        found[owner[self._known(shorter)]] = True
        return found

    def _known(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        maybe = self.seen[_slots(hashes)]
        asked = hashes[maybe]
        place = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        maybe[maybe] = self.keys[place] == asked
        return maybe


def _lengths(words: list[str]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(len, words), np.int64, len(words))


def _slots(hashes: Hashes) -> npt.NDArray[np.int64]:
    return (hashes >> np.uint64(64 - _BITS)).astype(np.int64)


def _hashes(joined: str, lengths: npt.NDArray[np.int64]) -> tuple[Hashes, Hashes, npt.NDArray[np.int64]]:
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
