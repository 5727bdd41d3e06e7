"""Which activities deserve a reading: those in which a detector could notice anybody at all.

No hit exists without a name, a stand-alone claim, a ballot number or a registered account. Whether one could be there is
told from the distinct pieces of all texts: what a piece holds is worked out once, then the names' automaton runs over the
few pieces that hold a lexicon word. People on lists of candidates count only beside a word that one of their conditions asks
for, so their automaton runs only over texts with such a word. The gate lets through more than the detectors keep (dates,
conditions, sentences are theirs to judge) and never less: `tests/test_gating.py` holds it against reading everything.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.detectors.accounts import Handles, registered
from screening.detectors.found import Bools, Ints
from screening.detectors.names import telling
from screening.detectors.number_words import BALLOTS, NUMBERS, OPENS, SHOWN, form_marks, marks_of
from screening.ruleset.automaton import Occurrences
from screening.ruleset.lexicon import Layer, Lexicon, layer_of, opening_words
from screening.ruleset.patterns import Sequence
from screening.ruleset.rarest import Rarest
from screening.text import Vocabulary
from screening.text.pieces import MENTION, PUNCT, WORD
from screening.text.shapes import glance
from screening.text.skim import Cut, Skim, skim
from screening.text.tokens import SPACED_LETTERS
from screening.text.vocabulary import Rows

Marks = npt.NDArray[np.int16]
_MENTIONED, _LETTER, _LETTERS, _NAMING, _LISTED, _CUE = 16, 32, 64, 128, 256, 512  # beside the marks of `number_words`


def worth_reading(
    activities: pd.DataFrame, ruleset: Any, vocabulary: Vocabulary, cuts: list[Cut] | None = None
) -> Bools:
    """True for each of the ACTIVITIES that can carry a hit; `cuts`: their texts, if they are cut already."""
    seen = skim(activities, vocabulary, cuts)
    held = _known(vocabulary, ruleset)
    marks = seen.at_places(held.marks)
    places = np.flatnonzero(marks)  # few pieces matter to anything
    doc, marks = seen.texts_at(places), marks[places]
    texts = np.zeros(len(seen.row), bool)
    texts[doc[marks & (BALLOTS | _MENTIONED) > 0]] = True
    texts |= _numbered(seen, texts, doc, marks, held)
    single = np.bincount(doc[marks & _LETTER > 0], minlength=len(texts))
    texts |= (single >= SPACED_LETTERS) | _holding(texts, doc, marks & _LETTERS > 0)  # a word written apart
    for layer in (held.names, held.listed):
        naming = marks & layer.mark > 0
        if layer.mark == _LISTED:
            naming &= _holding(texts, doc, marks & _CUE > 0)[doc]
        rare = _rarest(seen.piece_at(places[naming]), held, layer)
        texts |= _named(seen, _holding(texts, doc[naming], rare) & ~texts, held, layer)
    found = np.zeros(len(activities), bool)
    found[seen.row[texts]] = True
    if held.handles is not None:
        found |= registered(activities, held.handles)
    return found


def _holding(texts: Bools, doc: Ints, which: Bools) -> Bools:
    """The texts to which some of the pieces belong."""
    found = np.zeros(len(texts), bool)
    found[doc[which]] = True
    return found


def _numbered(seen: Skim, texts: Bools, doc: Ints, marks: Marks, held: _Pieces) -> Bools:
    """Texts with a number and a word that may make it a ballot number: beside it, or anywhere when it is SHOWN as one."""
    opened = _holding(texts, doc, marks & OPENS > 0)
    shown = _holding(texts, doc, marks & SHOWN > 0) & opened
    doc, piece = seen.pieces_of(_holding(texts, doc, marks & NUMBERS > 0) & opened & ~shown & ~texts)
    inside = held.words[piece] > 0  # punctuation parts nothing
    doc, marked = doc[inside], held.marks[piece[inside]]
    opens = marked & OPENS > 0
    beside = opens.copy()
    beside[1:] |= opens[:-1] & (doc[1:] == doc[:-1])
    beside[:-1] |= opens[1:] & (doc[1:] == doc[:-1])
    return shown | _holding(texts, doc, beside & (marked & NUMBERS > 0))


def _rarest(piece: Ints, held: _Pieces, layer: _Naming) -> Bools:
    """Which of the pieces, one for each place with a name word, hold the rarest word of some entry."""
    often = np.bincount(piece, minlength=len(held.words))
    met = np.flatnonzero(often)
    rows, owner = held.occurrences.take(met)
    words = np.bincount(rows[:, 2], often[met[owner]], len(layer.words)).astype(np.int64)
    found = np.zeros(len(often), bool)
    found[met[owner[layer.rarest.among(words)[rows[:, 2]]]]] = True
    return found[piece]


def _named(seen: Skim, some: Bools, held: _Pieces, layer: _Naming) -> Bools:
    """Those of `some` texts in which the layer's automaton finds an entry that says whom a text is about, or a stand-alone
    claim."""
    doc, piece = seen.pieces_of(some)
    place = np.flatnonzero(held.marks[piece] & layer.mark > 0)
    rows, owner = held.occurrences.take(piece[place])
    mine = layer.words[rows[:, 2]]
    rows, owner = rows[mine], owner[mine]
    count = held.words[piece]
    before = (np.cumsum(count) - count)[place[owner]]
    doc = np.repeat(doc, count)
    occurrences = Occurrences(rows[:, 0] + before, rows[:, 1] + before, rows[:, 2], rows[:, 3])
    matches = layer.automaton.run(occurrences, doc, doc)
    return _holding(some, doc[matches.first], layer.telling[matches.output])


class _Naming:
    """One of the two layers that say whom a text may be about: `mark` of the pieces that hold a word of it."""

    def __init__(
        self, layer: Layer, mark: int, opens: Bools, sequences: list[Sequence], ids: Mapping[str, int]
    ) -> None:
        self.automaton, self.words, self.mark, self.telling = layer.automaton, layer.words, mark, opens
        self.rarest = Rarest(sequences, ids)
        self.keys = {key for sequence in sequences for step in sequence for key in step.keys}


class _Sought:
    """What of a lexicon says whom a text may be about; found once."""

    def __init__(self, lexicon: Lexicon) -> None:
        ids, opens = lexicon.forms.ids, telling(lexicon)
        sequences: dict[str, list[Sequence]] = {"names": [], "listed": []}
        for entry in itertools.compress(lexicon.entries, opens.tolist()):
            sequences.get(layer_of(entry), []).extend(entry.sequences)
        self.names = _Naming(lexicon.layers["names"], _NAMING, opens, sequences["names"], ids)
        self.listed = _Naming(lexicon.layers["listed"], _LISTED, opens, sequences["listed"], ids)
        cues = opening_words(lexicon)
        self.cues = np.zeros(len(ids), bool)
        self.cues[[ids[key] for key in cues if key in ids]] = True
        self.keys = self.names.keys | {cue for cue in cues if cue.startswith("~")}
        self.exact = self.keys.union(self.listed.keys, cues, form_marks())
        self.sieve = lexicon.forms.suspects.narrowed(self.keys, self.exact)


class _Pieces:
    """What is known about the distinct pieces: how many words, marks, and the name words among them."""

    def __init__(self, ruleset: Any) -> None:
        lexicon: Lexicon = ruleset.lexicon
        sought: _Sought = lexicon.remembered("gate", lambda: _Sought(lexicon))
        self.names, self.listed, self.cues, self.sieve = sought.names, sought.listed, sought.cues, sought.sieve
        handles = {f"@{handle}" for handle in _registered(ruleset)}
        if handles:
            self.sieve = lexicon.forms.suspects.narrowed(sought.keys, sought.exact | handles)
        self.words = np.zeros(0, np.int64)
        self.marks = np.zeros(0, np.int16)
        self.occurrences = Rows(4)  # first, last (words of the piece), word id, how
        self.handles = Handles(ruleset.accounts) if ruleset.accounts is not None and len(ruleset.accounts) else None


def _known(vocabulary: Vocabulary, ruleset: Any) -> _Pieces:
    """The facts about all pieces met so far, brought up to date; only pieces with a suspicious form are cut for it."""
    held: _Pieces = vocabulary.remembered_of("gate", ruleset, lambda: _Pieces(ruleset))
    done = len(held.words)
    if done == len(vocabulary.met):
        return held
    seen = glance(vocabulary.met[done:])
    careful, words = seen.careful, seen.words
    # A word of a telling entry in some reading, one that matters to numbers, or a registered account.
    careful[seen.owner[held.sieve.among(seen.forms)]] = True
    careful[seen.signer[held.sieve.whole.holds(seen.signed.hashes)]] = True
    at = np.flatnonzero(careful)
    marked = np.zeros(len(words), np.int16)
    counts = np.zeros(len(words), np.int64)
    words[at], marked[at], counts[at], rows = _read_carefully(at + done, vocabulary, ruleset, held)
    held.occurrences.extend(counts, rows)
    held.marks = np.concatenate([held.marks, marked])
    held.words = np.concatenate([held.words, words])
    return held


def _registered(ruleset: Any) -> Iterable[str]:
    return ruleset.accounts.by_handle if ruleset.accounts is not None else ()


def _read_carefully(
    pieces: Ints, vocabulary: Vocabulary, ruleset: Any, held: _Pieces
) -> tuple[Ints, Marks, Ints, Ints]:
    """Of each piece: words, marks, how many readings as name words; and these: first, last, word id, how."""
    tokens, owner = vocabulary.tokens_of(pieces)
    spans, span_owner = vocabulary.spans_of(pieces)
    kinds = vocabulary.column("kinds")[tokens[:, 0]]
    word = kinds != PUNCT
    words = np.bincount(owner[word], minlength=len(pieces))
    number = np.cumsum(word) - 1 - (np.cumsum(words) - words)[owner]  # of each token, among its piece's words
    first_token = np.searchsorted(owner, np.arange(len(pieces)))
    whole = number[first_token[span_owner][:, None] + spans[:, 3:]]

    surface = np.concatenate([tokens[word, 0], spans[:, 0]])
    piece = np.concatenate([owner[word], span_owner])
    first = np.concatenate([number[word], whole[:, 0]])
    last = np.concatenate([number[word], whole[:, 1]])
    rows, of = ruleset.lexicon.forms.occurrences(vocabulary, surface)
    which = np.zeros(len(pieces), np.int64)
    for mark, some in ((_NAMING, held.names.words), (_LISTED, held.listed.words), (_CUE, held.cues)):
        which[piece[of[some[rows[:, 0]]]]] |= mark
    kept = (held.names.words | held.listed.words)[rows[:, 0]]
    rows, of = rows[kept], of[kept]
    order = np.lexsort((first[of], piece[of]))
    rows, of = rows[order], of[order]
    counts = np.bincount(piece[of], minlength=len(pieces))

    single = np.bincount(owner[(tokens[:, 2] - tokens[:, 1] == 1) & (kinds == WORD)], minlength=len(pieces))
    marked = np.select([single > 1, single == 1], [_LETTERS, _LETTER], 0) | which
    of_token = marks_of(vocabulary)[tokens[:, 0]] | _MENTIONED * _mentioned(vocabulary, ruleset, tokens[:, 0])
    np.bitwise_or.at(marked, owner, of_token)
    return words, marked.astype(np.int16), counts, np.column_stack([first[of], last[of], rows])


def _mentioned(vocabulary: Vocabulary, ruleset: Any, surface: Ints) -> Bools:
    """Which of the surfaces are a mention of a registered account."""
    found = np.zeros(len(surface), bool)
    at = np.flatnonzero(vocabulary.column("kinds")[surface] == MENTION)
    known = _registered(ruleset)
    found[at] = [vocabulary.folded[i][1:] in known for i in surface[at].tolist()]
    return found
