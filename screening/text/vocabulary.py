"""The one place that remembers: every distinct piece and surface met so far, with what was worked out about it.

A `Vocabulary` lives as long as a run and is handed from chunk to chunk; nothing is kept in module globals. Surfaces get
integer ids in order of arrival; columns derived from a surface (folded form, letter case, what a lexicon makes of it) are
computed once per id. When `limit` surfaces are exceeded everything is forgotten before the next chunk: memory is bounded.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from screening.text.fold import fold, visible
from screening.text.pieces import EMOJI, HASHTAG, LETTERS, MENTION, PUNCT, URL, Span, Token, cut

Ints = npt.NDArray[np.int64]
LOWER, UPPER, TITLE, MIXED = range(4)
CASES = ("lower", "upper", "title", "mixed")
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


class Rows:
    """Rows of integers of varying length, appended one row at a time, read as flat arrays."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._flat: list[tuple[int, ...]] = []
        self._counts: list[int] = []
        self._array = np.zeros((0, width), np.int64)
        self._starts = np.zeros(1, np.int64)

    def append(self, rows: list[tuple[int, ...]]) -> None:
        self._flat += rows
        self._counts.append(len(rows))

    def take(self, rows: Ints) -> tuple[Ints, Ints]:
        """Concatenated entries of `rows` and, for each entry, the position in `rows` it belongs to."""
        if self._counts:
            self._array = np.concatenate([self._array, np.array(self._flat, np.int64).reshape(-1, self.width)])
            self._starts = np.concatenate([self._starts, self._starts[-1] + np.cumsum(self._counts)])
            self._flat, self._counts = [], []
        first, count = self._starts[rows], self._starts[rows + 1] - self._starts[rows]
        owner = np.repeat(np.arange(len(rows)), count)
        inner = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        return self._array[np.repeat(first, count) + inner], owner


class Vocabulary:
    """Distinct pieces and surfaces with their ids; see the module's text."""

    def __init__(self, limit: int = 1_500_000) -> None:
        self.limit = limit
        self.renew()

    def renew(self) -> None:
        """Forget everything; ids given out before are void."""
        self.surfaces: list[str] = []
        self.folded: list[str] = []
        self.kinds: list[int] = []
        self.cases: list[int] = []
        self.memo: dict[Any, Any] = {}  # columns others compute per surface, by their own key
        self._ids: dict[tuple[str, int], int] = {}
        self._pieces: dict[str, int] = {}
        self._tokens = Rows(3)  # surface id, start, end
        self._spans = Rows(5)  # surface id, start, end, first token, last token
        self._arrays: dict[str, npt.NDArray[np.int8]] = {}

    def __len__(self) -> int:
        return len(self.surfaces)

    def make_room(self) -> None:
        """Start afresh when the limit is passed; called between chunks."""
        if len(self.surfaces) > self.limit:
            self.renew()

    def surface_id(self, surface: str, kind: int) -> int:
        """Id of a surface of a kind, new or known."""
        key = (surface, kind)
        known = self._ids.get(key)
        if known is None:
            known = self._ids[key] = len(self.surfaces)
            self.surfaces.append(surface)
            self.kinds.append(kind)
            if surface.isascii() and surface.isalpha() and surface.islower():
                self.folded.append(fold(surface))
                self.cases.append(LOWER)
            else:
                self.folded.append(folded(surface, kind))
                self.cases.append(letter_case(surface))
        return known

    def pieces(self, distinct: list[str]) -> Ints:
        """Ids of whitespace-delimited pieces, each new one cut into tokens once."""
        known = self._pieces
        out = np.empty(len(distinct), np.int64)
        for i, piece in enumerate(distinct):
            found = known.get(piece)
            if found is None:
                found = known[piece] = len(known)
                self._remember(piece, *cut(piece))
            out[i] = found
        return out

    def _remember(self, piece: str, tokens: list[Token], spans: list[Span]) -> None:
        self._tokens.append([(self.surface_id(piece[t.start : t.end], t.kind), t.start, t.end) for t in tokens])
        self._spans.append(
            [(self.surface_id(piece[s.start : s.end], s.kind), s.start, s.end, s.first, s.last) for s in spans]
        )

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
