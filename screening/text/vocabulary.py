"""The one place that remembers: every distinct piece and surface met so far, with what was worked out about it.

A `Vocabulary` lives as long as a run and is handed from chunk to chunk; nothing is kept in module globals. Surfaces get
integer ids in order of arrival; columns derived from a surface (folded form, letter case, what a lexicon makes of it) are
computed once per id. When `limit` surfaces are exceeded everything is forgotten before the next chunk: memory is bounded.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from screening.text.fold import fold, visible
from screening.text.pieces import EMOJI, HASHTAG, LETTERS, MENTION, PUNCT, URL, WORD, Span, Token, cut

Ints = npt.NDArray[np.int64]
LOWER, UPPER, TITLE, MIXED = range(4)
CASES = ("lower", "upper", "title", "mixed")
_RUN = re.compile(r"([a-z])\1\1")
_DROP_FROM_LETTERS = str.maketrans("", "", "._-*·•~|/ \t\u00a0")
_DROP_FROM_EMOJI = str.maketrans("", "", "\ufe0f\u200d" + "".join(map(chr, range(0x1F3FB, 0x1F400))))


def letter_case(surface: str) -> int:
    """LOWER, UPPER (at least two capitals, no small letter), TITLE (first letter only) or MIXED."""
    plain = visible(surface).lstrip("#@")
    if plain.islower() or not plain[:1].isalpha():
        return UPPER if plain.isupper() and len(plain) > 1 else LOWER
    if plain.isupper():
        return UPPER if len(plain) > 1 else TITLE
    return TITLE if plain[1:].islower() else MIXED


def folded(surface: str, kind: int) -> str:
    """The form in which a token of this kind is compared: `#tag`, `@handle`, an emoji without its skin tone, a word."""
    if kind == EMOJI:
        return surface.translate(_DROP_FROM_EMOJI)
    if kind in (PUNCT, URL):
        return surface
    if kind == HASHTAG:
        return "#" + fold(surface[1:])
    if kind == MENTION:
        return "@" + surface[1:].casefold()
    return fold(surface.translate(_DROP_FROM_LETTERS) if kind == LETTERS else surface)


def squeezed(words: list[str]) -> list[str]:
    """`fold` of words of small ASCII letters: the words themselves, but for the few with a letter three times in a row."""
    found = list(words)
    starts = [run.start() for run in _RUN.finditer("\n".join(words))]
    if starts:
        ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)) + 1)
        for i in np.unique(np.searchsorted(ends, starts, side="right")).tolist():
            found[i] = fold(words[i])
    return found


class Rows:
    """Rows of integers of varying length, appended one or many at a time, read as flat arrays."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._flat: list[tuple[int, ...]] = []
        self._counts: list[int] = []
        self._arrays = [np.zeros((0, width), np.int64)]
        self._starts = [np.zeros(1, np.int64)]
        self._rows = 0

    def append(self, rows: list[tuple[int, ...]]) -> None:
        self._flat += rows
        self._counts.append(len(rows))

    def extend(self, counts: Ints, rows: Ints) -> None:
        """Append many: how many entries each has, and all entries."""
        self._settle()
        if not len(counts):
            return
        self._arrays.append(rows.reshape(-1, self.width))
        self._starts.append(self._starts[-1][-1] + np.cumsum(counts))

    def _settle(self) -> None:
        if self._counts:
            flat, counts = np.array(self._flat, np.int64), np.array(self._counts, np.int64)
            self._flat, self._counts = [], []
            self.extend(counts, flat)

    def take(self, rows: Ints) -> tuple[Ints, Ints]:
        """Concatenated entries of `rows` and, for each entry, the position in `rows` it belongs to."""
        self._settle()
        if len(self._arrays) > 1:
            self._arrays = [np.concatenate(self._arrays)]
            self._starts = [np.concatenate(self._starts)]
        starts = self._starts[0]
        first, count = starts[rows], starts[rows + 1] - starts[rows]
        if len(count) and count.max() == count.min() == 1:
            return self._arrays[0][first], np.arange(len(rows))
        owner = np.repeat(np.arange(len(rows)), count)
        inner = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        return self._arrays[0][np.repeat(first, count) + inner], owner


class Vocabulary:
    """Distinct pieces and surfaces with their ids; see the module's text."""

    def __init__(self, limit: int = 400_000) -> None:
        self.limit = limit
        self.renew()

    def renew(self) -> None:
        """Forget everything; ids given out before are void."""
        self.surfaces: list[str] = []
        self.folded: list[str] = []
        self.kinds: list[int] = []
        self.cases: list[int] = []
        self.memo: dict[Any, Any] = {}  # columns others compute per surface, by their own key
        self._words: dict[str, int] = {}  # surfaces of kind WORD
        self._ids: dict[tuple[str, int], int] = {}  # all others
        self._pieces: dict[str, int] = {}
        self._tokens = Rows(3)  # surface id, start, end
        self._spans = Rows(5)  # surface id, start, end, first token, last token
        self._arrays: dict[str, npt.NDArray[np.int8]] = {}

    def __len__(self) -> int:
        return len(self.surfaces)

    def make_room(self) -> None:
        """Start afresh when the limit is passed; called between chunks."""
        if max(len(self.surfaces), len(self._pieces)) > self.limit:
            self.renew()

    def surface_id(self, surface: str, kind: int) -> int:
        """Id of a surface of a kind, new or known."""
        known = self._words.get(surface) if kind == WORD else self._ids.get((surface, kind))
        if known is not None:
            return known
        number = len(self.surfaces)
        if kind == WORD:
            self._words[surface] = number
        else:
            self._ids[(surface, kind)] = number
        self.surfaces.append(surface)
        self.kinds.append(kind)
        self.folded.append(folded(surface, kind))
        plain = surface.isascii() and surface.isalpha() and surface.islower()
        self.cases.append(LOWER if plain else letter_case(surface))
        return number

    def pieces(self, distinct: list[str]) -> Ints:
        """Ids of distinct whitespace-delimited pieces, each new one cut into tokens once."""
        known = list(map(self._pieces.get, distinct))
        new = [piece for piece, number in zip(distinct, known, strict=True) if number is None]
        if not new:
            return np.array(known, np.int64)
        plain = [piece for piece in new if piece.isascii() and piece.isalpha() and piece.islower()]
        self._number(plain)
        self._remember_plain(plain)
        if len(plain) < len(new):
            others = [piece for piece in new if not (piece.isascii() and piece.isalpha() and piece.islower())]
            self._number(others)
            for piece in others:
                self._remember(piece, *cut(piece))
        return np.fromiter(map(self._pieces.__getitem__, distinct), np.int64, len(distinct))

    def _number(self, pieces: list[str]) -> None:
        self._pieces.update(zip(pieces, range(len(self._pieces), len(self._pieces) + len(pieces)), strict=True))

    def _remember_plain(self, pieces: list[str]) -> None:
        """Pieces of small ASCII letters only: each is one word. Nearly all of a text's pieces are; done without `cut`."""
        words = self._words
        new = [piece for piece in pieces if piece not in words]
        words.update(zip(new, range(len(self.surfaces), len(self.surfaces) + len(new)), strict=True))
        self.surfaces += new
        self.folded += squeezed(new)
        self.kinds += [WORD] * len(new)
        self.cases += [LOWER] * len(new)
        rows = np.zeros((len(pieces), 3), np.int64)
        rows[:, 0] = np.fromiter(map(words.__getitem__, pieces), np.int64, len(pieces))
        rows[:, 2] = np.fromiter(map(len, pieces), np.int64, len(pieces))
        self._tokens.extend(np.ones(len(pieces), np.int64), rows)
        self._spans.extend(np.zeros(len(pieces), np.int64), np.zeros((0, 5), np.int64))

    def _remember(self, piece: str, tokens: list[Token], spans: list[Span]) -> None:
        self._tokens.append([(self.surface_id(piece[t.start : t.end], t.kind), t.start, t.end) for t in tokens])
        self._spans.append(
            [(self.surface_id(piece[s.start : s.end], s.kind), s.start, s.end, s.first, s.last) for s in spans]
        )

    @property
    def known_pieces(self) -> int:
        """How many distinct pieces have been met; their ids are 0 … known_pieces - 1."""
        return len(self._pieces)

    def tokens_of(self, pieces: Ints) -> tuple[Ints, Ints]:
        """Token rows (surface id, start, end) of the given pieces, and which piece each belongs to."""
        return self._tokens.take(pieces)

    def spans_of(self, pieces: Ints) -> tuple[Ints, Ints]:
        """Whole rows (surface id, start, end, first, last) of the given pieces, and which piece each belongs to."""
        return self._spans.take(pieces)

    def column(self, name: str) -> npt.NDArray[np.int8]:
        """`kinds` or `cases` as an array over all surface ids known now."""
        held = self._arrays.get(name, np.zeros(0, np.int8))
        source: list[int] = getattr(self, name)
        if len(held) < len(source):
            held = self._arrays[name] = np.concatenate([held, np.array(source[len(held) :], np.int8)])
        return held
