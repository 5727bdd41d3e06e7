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

from screening.text.hashed import LONGEST, Bools, Bytes, HashSet, Ints, Words
from screening.text.slang import slang

if TYPE_CHECKING:
    from screening.ruleset.wordforms import WordForms

# Everything the stemmer may take off, written so that it takes off more than the stemmer would.
_BEFORE = r"(?:e|me|pe|be|di|ke|se|te|ku|kau|[mbptklnrs]?er|[mp]e(?:m|n|ng|nge|ny)|n|ng|nge|ny|m|l|r|-)*"
_AFTER = r"(?:kan|an|isasi|isme|is|i|in|nya|ku|mu|lah|kah|tah|pun|-|[a-z]{0,2}-[a-z]+)*"
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
        self._look_for(forms.guessed, forms.ids)

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
        found = self.whole.holds(words.hashes) | (words.length > LONGEST)
        digits = words.any(words.data <= ord("9"))
        mixed = np.flatnonzero(digits & words.any(words.data > ord("9")) & ~found)
        found[mixed[self._mixed(words.keep(mixed).alone())]] = True
        at = np.flatnonzero(~digits & ~found)
        found[at[self._plain(words.keep(at))]] = True
        return found

    def _misspelt(self, words: Words) -> Bools:
        """Words that may be a name but for one letter."""
        return self.near.holds(words.hashes) | words.misspelt(self.near)

    def _plain(self, words: Words) -> Bools:
        """Words of letters, by what they are made of."""
        found = self._misspelt(words)
        found[words.doubled] |= self.doubled.holds(words.keep(words.doubled).without_doubles().hashes)
        for clitic in self.clitics:
            ending = words.ends_with(clitic)
            found[ending] |= self.bodies.holds(words.keep(ending).shortened(len(clitic)))
        named = _holding(self.names, words) & (words.length >= SPLIT_LETTERS) & ~found
        for i in np.flatnonzero(named).tolist():
            found[i] = bool(self.forms.split(words[i]))
        for i in np.flatnonzero(_holding(self.parts, words) & ~found).tolist():
            found[i] = any(map(self.may_hold_root, self.variants(words[i])))
        return found

    def _mixed(self, words: Words) -> Bools:
        """Words of letters and digits (4nies, prabowo2, kk02), by their spellings in letters."""
        found = self.known.holds(words.shortened(1)) | self._spelt(words.cut(_letters_at_start(words)))
        for table in self.leet:
            found |= self._spelt(words.translated(table).squeezed(1))
        for clitic in self.clitics:
            found |= words.ends_with(clitic)
        return found

    def _spelt(self, words: Words) -> Bools:
        alone = ~words.any(words.data <= ord("9"))
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


def _holding(automaton: Any, words: Words) -> Bools:
    """The words in which the automaton finds something."""
    found = np.zeros(len(words), bool)
    if automaton is not None and len(words):
        matches = automaton.find_matches_as_indexes(words.data.tobytes().decode("latin-1"))
        places = np.array([start for _, start, _ in matches], np.int64)
        owner = words.owners(places)
        found[owner[(owner >= 0) & (places < words.end[owner])]] = True
    return found


def _letters_at_start(words: Words) -> Ints:
    """Letters of each word up to its last that is no digit."""
    last = np.maximum.accumulate(np.where(words.data > ord("9"), np.arange(len(words.data)), -1))
    return np.maximum(last[words.end - 1] + 1 - words.start, 0)
