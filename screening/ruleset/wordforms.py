"""Which lexicon words a surface can be read as: as written, folded, informal, with a clitic, in leetspeak, misspelt.

Worked out once per distinct surface and kept in `Vocabulary.memo`. Guarded against accusing the innocent: everything
beyond the folded word itself is tried only for words that are no known Indonesian words, and one-letter misspellings only
for entries marked `fuzzy` with at least six letters (kami is not kamil, puas is not puan, anas is not anies).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

from screening.remembering import Remembering
from screening.ruleset.neighbours import deletions, near
from screening.ruleset.suspects import SPLIT_LETTERS, Suspects
from screening.text import Vocabulary
from screening.text.fold import fold, squeeze
from screening.text.hashed import Ints, Words
from screening.text.pieces import EMOJI, HASHTAG, MENTION, NUMBER, PUNCT, URL, WORD
from screening.text.slang import standard
from screening.text.stem import roots, stem
from screening.text.vocabulary import Rows
from screening.text.wordlists import word_set

EXACT, FOLDED, FUZZY = range(3)
_ENCLITICS = ("nya", "ku", "mu", "lah", "kah", "pun")
CLITICS = (*_ENCLITICS, "ers", "ist")
_NEVER, _SELDOM = (PUNCT, URL), (EMOJI, NUMBER, MENTION)  # kinds that are no lexicon word; only as they are written
_FUZZY_LETTERS = 6
_LONGEST = 40
_TRIPLE = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLE = re.compile(r"([^\W\d_])\1+")
_LEET = re.compile(r"[0-9@$!*]")
LEET_TABLES = [str.maketrans("0134567890@$!2", t) for t in ("oieasgtbgoasiz", "oleasgtbqoaslz")]


class WordForms(Remembering):
    """The words of a lexicon and the ways to recognise them; `ids` maps a word key to its id."""

    def __init__(
        self, keys: Iterable[str], names: Iterable[str], fuzzy: Iterable[str], listed: Iterable[str] = ()
    ) -> None:
        """`listed`: words of candidates' names on lists; they are known as written, and never guessed at in other words."""
        known = set(keys)
        self.ids: dict[str, int] = {key: i for i, key in enumerate(sorted(known.union(listed)))}
        # Words that other writings may stand for; those of lists only as they are written.
        self.guessed = {key: i for key, i in self.ids.items() if key in known or key.startswith("~")}
        self.names = frozenset(name for name in names if name in self.ids and name.isalpha() and len(name) >= 4)
        self.doubled = {_DOUBLE.sub(r"\1", name): name for name in sorted(self.names) if len(name) >= 5}
        self.neighbours = deletions(word for word in fuzzy if word in self.names and len(word) >= _FUZZY_LETTERS)
        stems = [key[1:] for key in self.ids if key.startswith("~")]
        # meN- and peN- swallow the first letter of a root: dukung, ndukung, (m)ilih.
        parts = sorted({root[1:] if len(root) > 3 else root for root in stems})
        self._may_stem = re.compile("|".join(map(re.escape, parts))) if parts else None
        glue = word_set("perekat") | {key for key in known if key.isalpha() and len(key) >= 5}
        self._split_words = frozenset(glue | self.names)
        about = repr((sorted(self.ids), sorted(self.names), sorted(self.neighbours), len(known)))
        self._memo_key = ("wordforms", hashlib.sha256(about.encode()).hexdigest()[:16])

    @property
    def suspects(self) -> Suspects:
        """The sieve that spares `read` the many words that stand for nothing; whatever `read` can find must pass it."""
        # Its automata are compiled code that no worker can be sent.
        made: Suspects = self.remembered("suspects", lambda: Suspects(self, CLITICS, LEET_TABLES, variants))
        return made

    def column(self, vocabulary: Vocabulary) -> Rows:
        """Rows (word id, how) per surface id of the vocabulary, brought up to date."""
        column, done = vocabulary.memo.setdefault(self._memo_key, [Rows(2), 0])
        surfaces, folded, kinds = vocabulary.surfaces[done:], vocabulary.folded[done:], vocabulary.kinds[done:]
        asked, sieved, words = [], [], []
        for i, (kind, form, surface) in enumerate(zip(kinds, folded, surfaces, strict=True)):
            if kind in _NEVER or (kind in _SELDOM and form not in self.ids):
                continue
            body, shown = (form[1:], surface[1:]) if kind == HASHTAG else (form, surface)
            tag = kind == HASHTAG and form in self.ids
            # Small ASCII letters and digits once the case is ignored: what the sieve can judge.
            if kind in (WORD, HASHTAG) and body.isascii() and body.isalnum() and shown.lower() == body and not tag:
                sieved.append(i)
                words.append(body)
            else:
                asked.append(i)
        suspects = np.flatnonzero(self.suspects.among(Words.of(words))).tolist()
        asked = sorted([*asked, *(sieved[i] for i in suspects)])
        found = [self.read(surfaces[i], folded[i], kinds[i]) for i in asked]
        counts = np.zeros(len(folded), np.int64)
        counts[asked] = [len(rows) for rows in found]
        column.extend(counts, np.array([row for rows in found for row in rows], np.int64).reshape(-1, 2))
        vocabulary.memo[self._memo_key][1] = len(vocabulary)
        return column

    def occurrences(self, vocabulary: Vocabulary, ids: Ints) -> tuple[Ints, Ints]:
        """Rows (word id, how) of the given surface ids, and which of them each belongs to."""
        return self.column(vocabulary).take(ids)

    def read(self, surface: str, form: str, kind: int) -> list[tuple[int, int]]:
        """Word ids one surface can stand for, each with the least doubtful way to read it."""
        if kind in _NEVER:
            return []
        if kind in _SELDOM:
            return self._direct(form, EXACT)
        if kind == HASHTAG:
            found = self._direct(form, EXACT if surface.casefold() == form else FOLDED)
            return _best([*found, *self._word(surface[1:], form[1:])])
        return self._word(surface, form)

    def _direct(self, key: str, how: int) -> list[tuple[int, int]]:
        word = self.ids.get(key)
        return [] if word is None else [(word, how)]

    def _word(self, surface: str, form: str) -> list[tuple[int, int]]:
        found = self._direct(form, EXACT if surface.casefold() == form else FOLDED)
        usual = standard(form)
        if usual != form:
            found += self._direct(usual, FOLDED)
        base = _without_clitic(usual)
        found += [(self.guessed[base], EXACT)] if base != usual and base in self.guessed else []
        if self._may_stem and len(form) <= _LONGEST and self._may_stem.search(usual):
            for word in variants(usual):
                if self.suspects.may_hold_root(word):  # stemming is dear
                    found += self._direct("~" + stem(standard(word)), EXACT)
        if form not in self.names and 3 <= len(form) <= _LONGEST:
            found += self._disguised(surface, form)
        return _best(found)

    def _disguised(self, surface: str, form: str) -> Iterator[tuple[int, int]]:
        names, ids = self.names, self.guessed
        if surface.lower() != form and _TRIPLE.search(surface.lower()) and (twice := fold_keeping_two(surface)) in ids:
            yield ids[twice], FOLDED
        if form[-1] in "2²" and form[:-1] in ids and len(form) > 4:
            yield ids[form[:-1]], EXACT
        head = form.rstrip("0123456789")
        if head != form and head in names:
            yield ids[head], EXACT
        if _LEET.search(form):
            yield from self._leet(form)
            return
        for clitic in CLITICS if form.endswith(CLITICS) else ():
            if form.endswith(clitic) and form[: -len(clitic)] in names and not is_ordinary(form):
                yield ids[form[: -len(clitic)]], EXACT
        if len(form) >= 5 and (single := self.doubled.get(_DOUBLE.sub(r"\1", form))) and not is_ordinary(form):
            yield ids[single], FOLDED
            return
        if len(form) >= _FUZZY_LETTERS - 1 and self.neighbours and form.isalpha() and not is_ordinary(form):
            close = near(form, self.neighbours)
            if close and not is_ordinary(stem(form)):
                yield from ((ids[name], FUZZY) for name in close)
                return
        if len(form) >= SPLIT_LETTERS and form.isalpha() and form not in ids:
            yield from ((ids[name], FOLDED) for name in self.split(form))

    def _leet(self, form: str) -> Iterator[tuple[int, int]]:
        if sum(letter.isalpha() for letter in form) < 2:
            return
        for table in LEET_TABLES:
            plain = squeeze(form.translate(table))
            if plain in self.guessed and len(plain) >= 3 and plain.isalpha():
                yield self.guessed[plain], FOLDED
                return
            if "*" not in form and plain.isalpha():
                long = len(plain) >= _FUZZY_LETTERS and not is_ordinary(plain)
                if long and (close := near(plain, self.neighbours)):
                    yield from ((self.guessed[name], FUZZY) for name in close)
                    return
        if "*" in form and len(form) >= 4:
            mask = re.compile(re.escape(form).replace(r"\*", "[a-z]"))
            fits = [name for name in self.names if len(name) == len(form) and mask.fullmatch(name)]
            if len(fits) == 1 and form.count("*") * 2 < len(form):
                yield self.guessed[fits[0]], FOLDED

    def split(self, form: str) -> list[str]:
        """Names in a word written together (prabowogibran, tolakanies), when known words cover it wholly."""
        best: dict[int, list[str]] = {0: []}
        for end in range(3, len(form) + 1):
            for start in sorted(best):
                piece = form[start:end]
                if len(piece) >= 2 and piece in self._split_words:
                    joined = [*best[start], piece]
                    if end not in best or len(joined) < len(best[end]):
                        best[end] = joined
        found = [piece for piece in best.get(len(form), []) if piece in self.names]
        return found if any(not is_ordinary(piece) for piece in found) else []


def _without_clitic(word: str) -> str:
    """The word before -nya, -ku, -mu, -lah, -kah, -pun; itself when too little would be left."""
    if not word.endswith(_ENCLITICS):
        return word
    return next((word[: -len(c)] for c in _ENCLITICS if word.endswith(c) and len(word) > len(c) + 3), word)


def variants(word: str) -> dict[str, None]:
    """The word, without its clitic, and what it may be in formal spelling: those that are stemmed."""
    return dict.fromkeys((word, _without_clitic(word), *_formal(word)))


def _formal(word: str) -> Iterator[str]:
    """What an informal verb may be in formal spelling: ngumpulin -> kumpul, nempel -> tempel, masangin -> pasang."""
    body = word[:-2] if word.endswith("in") and len(word) > 5 else word
    if body != word:
        yield body
    for informal, formal in (
        ("nge", ""),
        ("ng", "k"),
        ("ng", ""),
        ("ny", "s"),
        ("ny", "c"),
        ("n", "t"),
        ("m", "p"),
        ("n", ""),
    ):
        if body.startswith(informal) and len(body) > len(informal) + 2:
            yield formal + body[len(informal) :]


def is_ordinary(word: str) -> bool:
    """A dictionary root, a word of the own list of common words, or a frequent Indonesian name part."""
    return word in _ordinary()


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return frozenset().union(roots(), word_set("umum"), word_set("nama_umum"))


def fold_keeping_two(surface: str) -> str:
    """The folded surface with stretched letters kept twice (for words like `ummat`)."""
    return squeeze("".join(fold(letter) for letter in surface), keep=2)


def _best(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    best: dict[int, int] = {}
    for word, how in found:
        best[word] = min(how, best.get(word, how))
    return list(best.items())
