"""The one place that remembers: every distinct piece and surface met so far, with what was worked out about it.

A `Vocabulary` lives as long as a run and is handed from chunk to chunk; nothing is kept in module globals. Surfaces get
integer ids in order of arrival; columns derived from a surface (folded form, letter case, what a lexicon makes of it) are
computed once per id. When `limit` surfaces are exceeded everything is forgotten before the next chunk: memory is bounded.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from screening.text.fold import fold, visible
from screening.text.hashed import Ints, Words
from screening.text.pieces import EMOJI, HASHTAG, KINDS, LETTERS, MENTION, NUMBER, PUNCT, URL, WORD, cut
from screening.text.shapes import JOINED, MARKED, OTHER, TAGGED, segments, shapes

LOWER, UPPER, TITLE, MIXED = range(4)
CASES = ("lower", "upper", "title", "mixed")
_DROP_FROM_LETTERS = str.maketrans("", "", "._-*·•~|/ \t\u00a0")
_CAREFULLY = np.arange(256) >= 128  # bytes of letters that folding changes, beside capitals
_CAREFULLY[[ord("'"), ord("`")]] = True
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


def all_folded(surfaces: list[str], kind: int) -> list[str]:
    """`folded` of each (none has a line break); told at once for nearly all of them."""
    if kind in (PUNCT, URL):
        return surfaces
    if kind not in (WORD, NUMBER, HASHTAG):
        return [folded(surface, kind) for surface in surfaces]
    found = [surface.lower() for surface in surfaces]
    words = Words.of(found)
    for i in np.flatnonzero(words.stretched | words.any(_CAREFULLY[words.data])).tolist():
        found[i] = folded(surfaces[i], kind)
    return found


class Rows:
    """Rows of integers of varying length, appended many at a time, read as flat arrays."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._arrays = [np.zeros((0, width), np.int64)]
        self._starts = [np.zeros(1, np.int64)]

    def extend(self, counts: Ints, rows: Ints) -> None:
        """Append many: how many entries each has, and all entries."""
        if not len(counts):
            return
        self._arrays.append(rows.reshape(-1, self.width))
        self._starts.append(self._starts[-1][-1] + np.cumsum(counts))

    def take(self, rows: Ints) -> tuple[Ints, Ints]:
        """Concatenated entries of `rows` and, for each entry, the position in `rows` it belongs to."""
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
        self._ids: list[dict[str, int]] = [{} for _ in KINDS]
        self.met: list[str] = []  # distinct pieces, by id
        self._pieces: dict[str, int] = defaultdict(itertools.count().__next__)  # a new one gets the next number
        self._row = np.zeros(0, np.int64)  # of each piece: where its tokens lie below, or -1
        self._cut = 0
        self._tokens = Rows(3)  # surface id, start, end
        self._spans = Rows(5)  # surface id, start, end, first token, last token
        self._arrays: dict[str, npt.NDArray[np.int8]] = {}

    def __len__(self) -> int:
        return len(self.surfaces)

    def make_room(self) -> None:
        """Start afresh when the limit is passed; called between chunks."""
        if max(len(self.surfaces), len(self._pieces)) > self.limit:
            self.renew()

    def remembered(self, key: Any, make: Callable[[], Any]) -> Any:
        """What `memo` holds under a key; made when it is first asked for."""
        if key not in self.memo:
            self.memo[key] = make()
        return self.memo[key]

    def remembered_of(self, key: Any, owner: object, make: Callable[[], Any]) -> Any:
        """What `memo` holds under a key for one owner (a ruleset, a lexicon); made anew when asked for another owner."""
        held = self.memo.get(key)
        if held is None or held[0] is not owner:
            held = self.memo[key] = (owner, make())
        return held[1]

    def surface_id(self, surface: str, kind: int) -> int:
        """Id of a surface of a kind, new or known."""
        known = self._ids[kind].get(surface)
        return int(self._surfaces([surface], kind)[0]) if known is None else known

    def _surfaces(self, surfaces: list[str], kind: int) -> Ints:
        """Ids of many surfaces of one kind, new or known, some perhaps twice."""
        known = self._ids[kind]
        new = list(dict.fromkeys(surface for surface in surfaces if surface not in known))
        known.update(zip(new, range(len(self.surfaces), len(self.surfaces) + len(new)), strict=True))
        self.surfaces += new
        self.kinds += [kind] * len(new)
        self.folded += all_folded(new, kind)
        self.cases += [LOWER if s.isascii() and s.islower() else letter_case(s) for s in new]
        return np.fromiter(map(known.__getitem__, surfaces), np.int64, len(surfaces))

    def pieces(self, pieces: list[str]) -> Ints:
        """Ids of whitespace-delimited pieces; `met` holds them in the order of their ids."""
        ids = np.fromiter(map(self._pieces.__getitem__, pieces), np.int64, len(pieces))
        new = len(self._pieces) - len(self.met)
        self.met += reversed(list(itertools.islice(reversed(self._pieces), new)))
        return ids

    def tokens_of(self, pieces: Ints) -> tuple[Ints, Ints]:
        """Token rows (surface id, start, end) of the given pieces, and which piece each belongs to."""
        return self._tokens.take(self._rows_of(pieces))

    def spans_of(self, pieces: Ints) -> tuple[Ints, Ints]:
        """Whole rows (surface id, start, end, first, last) of the given pieces, and which piece each belongs to."""
        return self._spans.take(self._rows_of(pieces))

    def _rows_of(self, pieces: Ints) -> Ints:
        """Where the tokens of the pieces lie; pieces nobody has asked for before are cut now, once."""
        if len(self._row) < len(self.met):
            self._row = np.concatenate([self._row, np.full(len(self.met) - len(self._row), -1)])
        new = np.unique(pieces[self._row[pieces] < 0])
        if len(new):
            shape = shapes([self.met[i] for i in new.tolist()])
            for one in np.unique(shape).tolist():
                numbers = new[shape == one]
                members = [self.met[i] for i in numbers.tolist()]
                self._row[numbers] = np.arange(self._cut, self._cut + len(members))
                self._cut += len(members)
                if one == OTHER:
                    self._remember_cut(members)
                else:
                    self._remember_shaped(one, members)
        return self._row[pieces]

    def _remember_shaped(self, shape: int, pieces: list[str]) -> None:
        """Pieces whose tokens can be told from their shape, all at once: nearly all pieces of a text; the same as `cut`."""
        length = np.fromiter(map(len, pieces), np.int64, len(pieces))
        zero, count = np.zeros(len(pieces), np.int64), np.ones(len(pieces), np.int64)
        spans = np.zeros((0, 5), np.int64)
        if shape == MARKED:
            heads = [piece.rstrip(piece[-1]) for piece in pieces]
            end = np.fromiter(map(len, heads), np.int64, len(pieces))
            marks = [piece[len(head) :] for piece, head in zip(pieces, heads, strict=True)]
            words = np.column_stack([self._surfaces(heads, WORD), zero, end])
            behind = np.column_stack([self._surfaces(marks, PUNCT), end, length])
            tokens, count = np.stack([words, behind], axis=1).reshape(-1, 3), count * 2
        elif shape == JOINED:
            tokens, count = self._segments(pieces)
        elif shape == TAGGED:
            tokens = np.column_stack([self._surfaces([piece[1:] for piece in pieces], WORD), zero + 1, length])
            spans = np.column_stack([self._surfaces(pieces, HASHTAG), zero, length, zero, zero])
        else:
            tokens = np.column_stack([self._surfaces(pieces, shape), zero, length])
        self._tokens.extend(count, tokens)
        self._spans.extend(np.full(len(pieces), int(len(spans) > 0)), spans)

    def _segments(self, pieces: list[str]) -> tuple[Ints, Ints]:
        """Tokens of words and numbers with one mark between each two, and how many each piece has."""
        split = list(map(segments, pieces))
        words = [segment for parts in split for segment in parts]
        parts = np.fromiter(map(len, split), np.int64, len(split))
        digits = np.fromiter(map(str.isdigit, words), bool, len(words))
        ids = np.empty(len(words), np.int64)
        for kind, mine in ((WORD, ~digits), (NUMBER, digits)):
            ids[mine] = self._surfaces([words[i] for i in np.flatnonzero(mine).tolist()], kind)
        length = np.fromiter(map(len, words), np.int64, len(words))
        ends = np.cumsum(length + 1) - 1  # of each word in all pieces one behind the other, with one character between
        last = np.cumsum(parts) - 1
        origin = np.concatenate([[0], ends[last][:-1] + 1])
        start = ends - length - np.repeat(origin, parts)
        marks = np.frombuffer(f"{' '.join(pieces)} ".encode("ascii"), np.uint8)[ends]
        lines, stops = self.surface_id("_", PUNCT), self.surface_id(".", PUNCT)
        joints = np.column_stack([np.where(marks == ord("_"), lines, stops), start + length, start + length + 1])
        keep = np.ones((len(ids), 2), bool)
        keep[last, 1] = False  # nothing behind a piece's last word
        return np.stack([np.column_stack([ids, start, start + length]), joints], axis=1)[keep], parts * 2 - 1

    def _remember_cut(self, pieces: list[str]) -> None:
        """Pieces that have to be cut with care, one by one."""
        found = list(map(cut, pieces))
        for held, which in ((self._tokens, 0), (self._spans, 1)):
            rows: list[Any] = [both[which] for both in found]
            counts = np.fromiter(map(len, rows), np.int64, len(rows))
            every = np.array([row for some in rows for row in some], np.int64).reshape(-1, held.width)
            surfaces = [piece[one.start : one.end] for piece, some in zip(pieces, rows, strict=True) for one in some]
            kinds = every[:, 0].copy()
            for kind in np.unique(kinds).tolist():
                mine = np.flatnonzero(kinds == kind)
                every[mine, 0] = self._surfaces([surfaces[i] for i in mine.tolist()], kind)
            held.extend(counts, every)

    def column(self, name: str) -> npt.NDArray[np.int8]:
        """`kinds` or `cases` as an array over all surface ids known now."""
        held = self._arrays.get(name, np.zeros(0, np.int8))
        source: list[int] = getattr(self, name)
        if len(held) < len(source):
            held = self._arrays[name] = np.concatenate([held, np.array(source[len(held) :], np.int8)])
        return held
