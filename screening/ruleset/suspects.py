"""Which of many words can be a lexicon word at all, told for all of them at once.

`WordForms.read` says what one word can stand for, with care and in Python. Nearly every word of a text stands for nothing;
this sieve lets through a superset of those that do (a test holds it against `read`), at a small fraction of the cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from copy import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from screening.text.hashed import Bools, Bytes, HashSet, Ints, Words
from screening.text.slang import slang

if TYPE_CHECKING:
    from screening.ruleset.wordforms import WordForms

_DOUBLE = re.compile(r"([a-z])\1")
# Everything the stemmer may take off, written so that it takes off more than the stemmer would.
_BEFORE = r"(?:e|me|pe|be|di|ke|se|te|ku|kau|[mbptklnrs]?er|[mp]e(?:m|n|ng|nge|ny)|n|ng|nge|ny|m|l|r|-)*"
_AFTER = r"(?:kan|an|i|in|nya|ku|mu|lah|kah|tah|pun|-|[a-z]{0,2}-[a-z]+)*"
SPLIT_LETTERS = 8  # from so many on a word may be several names written together


class Suspects:
    """The sieve for the words of one lexicon, or for some of them (`narrowed`)."""

    def __init__(
        self,
        forms: WordForms,
        clitics: tuple[str, ...],
        leet: Iterable[dict[int, int]],
        variants: Callable[[str], Iterable[str]],
    ) -> None:
        self.forms, self.clitics, self.variants = forms, clitics, variants
        self.leet = [_table(table) for table in leet]
        self.double_keys = frozenset(forms.doubled)
        self.doubled = HashSet(self.double_keys)
        self.near = HashSet(forms.neighbours)  # names, and names less a letter
        self.names = _automaton(name for name in forms.names if name.isascii())
        self._look_for(forms.ids)

    def _look_for(self, keys: Collection[str], exact: Iterable[str] = ()) -> None:
        self.bodies = HashSet(key for key in keys if key.isalpha())
        self.known = HashSet(self.double_keys.union(slang(), keys))
        self.whole = HashSet(self.double_keys.union(slang(), keys, exact))
        roots = [key[1:] for key in keys if key.startswith("~")]
        parts = sorted({part for root in roots for part in (root, root[1:]) if len(part) > 2 or part == root})
        self.parts = _automaton(parts)
        self.stems = re.compile(f"{_BEFORE}(?:{'|'.join(map(re.escape, parts))}){_AFTER}")

    def narrowed(self, keys: Collection[str], exact: Iterable[str] = ()) -> Suspects:
        """A sieve for these keys of the lexicon and for the words `exact` as they are; besides, only disguised names pass."""
        narrow = copy(self)
        narrow._look_for(keys, exact)
        return narrow

    def among(self, words: Words) -> Bools:
        """The words (small ASCII letters and digits) for which `read` may find something."""
        found = self.whole.holds(words.hashes)
        digit = words.letters <= ord("9")
        some = words.any(digit)
        plain, mixed = ~some & ~found, np.flatnonzero(some & words.any(~digit) & ~found)
        found |= plain & (self._misspelt(words) | self._doubled(words, plain))
        found[mixed[self._mixed(words.keep(mixed))]] = True
        at = np.flatnonzero(plain & ~found)
        found[at[self._plain(words.keep(at))]] = True
        return found

    def _misspelt(self, words: Words) -> Bools:
        """Words that may be a name but for one letter."""
        return self.near.holds(words.hashes) | words.any(self.near.holds(words.shorter))

    def _plain(self, words: Words) -> Bools:
        """Words of letters, by what they are made of."""
        found = np.zeros(len(words), bool)
        for clitic in self.clitics:
            ending = np.flatnonzero(words.ends_with(clitic))
            bodies = words.keep(ending)
            found[ending] |= self.bodies.holds(bodies.cut(bodies.length - len(clitic)).hashes)
        joined = words.data.tobytes().decode("latin-1")
        at = _owners(self.names, joined, words)
        for i in at[(words.length[at] >= SPLIT_LETTERS) & ~found[at]].tolist():
            found[i] = bool(self.forms.split(words[i]))
        at = _owners(self.parts, joined, words)
        for i in at[~found[at]].tolist():
            found[i] = any(map(self.may_hold_root, self.variants(words[i])))
        return found

    def _doubled(self, words: Words, asked: Bools) -> Bools:
        """Words with a doubled letter that are a name without it, of those `asked` for."""
        double = words.repeated & asked[words.owner]
        found = words.any(double)
        once = np.bincount(words.owner[double], minlength=len(words)) == 1
        at = np.flatnonzero(double)
        alone = once[words.owner[at]]
        found[words.owner[at[alone]]] = self.doubled.holds(words.shorter[at[alone]])
        for i in np.flatnonzero(found & ~once).tolist():
            found[i] = _DOUBLE.sub(r"\1", words[i]) in self.double_keys
        return found

    def _mixed(self, words: Words) -> Bools:
        """Words of letters and digits (4nies, prabowo2, kk02), by their spellings in letters."""
        heads = words.cut(_letters_at_start(words))
        found = self.known.holds(words.cut(words.length - 1).hashes) | self._spelt(heads)
        for table in self.leet:
            written = words.translated(table)
            found |= self._spelt(written.squeezed(1))
        for clitic in self.clitics:
            found |= words.ends_with(clitic)
        return found

    def _spelt(self, words: Words) -> Bools:
        alone = ~words.any(words.letters <= ord("9"))
        return self.known.holds(words.hashes) | (alone & self._misspelt(words))

    def may_hold_root(self, word: str) -> bool:
        """False for a word whose stem is certainly no root of the lexicon."""
        return self.stems.fullmatch(word) is not None or word in slang()


def _table(leet: dict[int, int]) -> Bytes:
    return np.array([leet.get(code, code) for code in range(256)], np.uint8)


def _automaton(words: Iterable[str]) -> Any:
    import ahocorasick_rs

    found = sorted(words)
    return ahocorasick_rs.AhoCorasick(found) if found else None


def _owners(automaton: Any, joined: str, words: Words) -> Ints:
    """The words in which the automaton finds something in their text `joined`."""
    if automaton is None or not len(words):
        return np.zeros(0, np.int64)
    places = np.array([start for _, start, _ in automaton.find_matches_as_indexes(joined)], np.int64)
    places = places[places >= words.start[0]]
    found = words.owners(places)
    return np.unique(found[places < words.end[found]])


def _letters_at_start(words: Words) -> Ints:
    """Letters of each word up to its last that is no digit."""
    place = np.arange(len(words.letters)) - np.repeat(np.cumsum(words.length) - words.length, words.length)
    found = np.zeros(len(words), np.int64)
    np.maximum.at(found, words.owner, np.where(words.letters > ord("9"), place + 1, 0))
    return found
