"""Which of many words can be a lexicon word at all, told for all of them at once.

`WordForms.read` says what one word can stand for, with care and in Python. Nearly every word of a text stands for nothing;
this sieve lets through a superset of those that do (a test holds it against `read`), at a small fraction of the cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from copy import copy
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from screening.ruleset.neighbours import Neighbours, lengths_of
from screening.text.shapes import squeezed
from screening.text.slang import slang

if TYPE_CHECKING:
    from screening.ruleset.wordforms import WordForms

_DOUBLE = re.compile(r"([a-z])\1")
# Everything the stemmer may take off, written so that it takes off more than the stemmer would.
_BEFORE = r"(?:e|me|pe|be|di|ke|se|te|ku|kau|[mbptklnrs]?er|[mp]e(?:m|n|ng|nge|ny)|n|ng|nge|ny|m|l|r|-)*"
_AFTER = r"(?:kan|an|i|in|nya|ku|mu|lah|kah|tah|pun|-|[a-z]{0,2}-[a-z]+)*"


class Suspects:
    """The sieve for the words of one lexicon, or for some of them (`narrowed`)."""

    def __init__(
        self,
        forms: WordForms,
        clitics: tuple[str, ...],
        leet: Iterable[dict[int, int]],
        variants: Callable[[str], Iterable[str]],
    ) -> None:
        import ahocorasick_rs

        self.clitics, self.leet, self.variants, self.split = clitics, tuple(leet), variants, forms.split
        self.double_keys = frozenset(forms.doubled)
        self.with_clitics = frozenset(f"{key}{clitic}" for key in forms.ids if key.isalpha() for clitic in clitics)
        self.near = Neighbours(forms.neighbours)
        names = sorted(name for name in forms.names if name.isascii())
        self.names = ahocorasick_rs.AhoCorasick(names) if names else None
        self._look_for(forms.ids)

    def _look_for(self, keys: Iterable[str]) -> None:
        import ahocorasick_rs

        self.known = self.double_keys.union(slang(), keys)
        roots = [key[1:] for key in keys if key.startswith("~")]
        parts = sorted({part for root in roots for part in (root, root[1:]) if len(part) > 2 or part == root})
        self.parts = ahocorasick_rs.AhoCorasick(parts) if parts else None
        self.stems = re.compile(f"{_BEFORE}(?:{'|'.join(map(re.escape, parts))}){_AFTER}")

    def narrowed(self, keys: Collection[str]) -> Suspects:
        """A sieve for these keys of the lexicon alone; it lets fewer words pass."""
        narrow = copy(self)
        narrow._look_for(keys)
        return narrow

    def among(self, words: list[str]) -> list[int]:
        """Positions of the words (small ASCII letters only) for which `read` may find something, ascending."""
        if not words:
            return []
        joined = "\n".join(words) + "\n"
        lengths = lengths_of(words)
        ends = np.cumsum(lengths + 1)
        keep = np.fromiter(map(self.known.__contains__, words), bool, len(words))
        keep |= np.fromiter(map(self.with_clitics.__contains__, words), bool, len(words))
        letters = np.frombuffer(joined.encode("ascii"), np.uint8)
        doubled = _owners(np.flatnonzero(letters[1:] == letters[:-1]), ends)
        keep[[i for i in doubled.tolist() if _DOUBLE.sub(r"\1", words[i]) in self.double_keys]] = True
        keep |= self.near.among(joined, lengths)
        if self.names is not None:
            holding = _owners([start for _, start, _ in self.names.find_matches_as_indexes(joined)], ends)
            keep[[i for i in holding[lengths[holding] >= 8].tolist() if self.split(words[i])]] = True
        if self.parts is not None:
            holding = _owners([start for _, start, _ in self.parts.find_matches_as_indexes(joined)], ends)
            keep[[i for i in holding.tolist() if not keep[i] and self._may_stem(words[i])]] = True
        return np.flatnonzero(keep).tolist()

    def among_mixed(self, words: list[str]) -> list[int]:
        """The same for words of small letters and digits (4nies, prabowo2, kk02), by their spellings in letters."""
        if not words:
            return []
        spellings = [word.rstrip("0123456789") for word in words]
        for table in self.leet:
            spellings += squeezed([word.translate(table) for word in words])[1]
        passing = {k % len(words) for k, spelling in enumerate(spellings) if spelling in self.known}
        alone = [k for k, spelling in enumerate(spellings) if spelling.isalpha()]
        written = [spellings[k] for k in alone]
        close = self.near.among("\n".join(written) + "\n", lengths_of(written))
        passing.update(alone[k] % len(words) for k in np.flatnonzero(close).tolist())
        passing.update(i for i, word in enumerate(words) if word in self.known or word[:-1] in self.known)
        return sorted(passing.union(i for i, word in enumerate(words) if word.endswith(self.clitics)))

    def _may_stem(self, word: str) -> bool:
        return any(map(self.may_hold_root, self.variants(word)))

    def may_hold_root(self, word: str) -> bool:
        """False for a word whose stem is certainly no root of the lexicon."""
        return self.stems.fullmatch(word) is not None or word in slang()


def _owners(places: list[int] | npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The words in which the places of the joined text lie."""
    return np.unique(np.searchsorted(ends, np.array(places, np.int64), side="right"))
