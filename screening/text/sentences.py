"""Where sentences end, for all tokens of a chunk at once; and what counts as white space."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from screening.text.hashed import Ints
from screening.text.vocabulary import Vocabulary

SPACES = [c for c in range(0x3001) if chr(c).isspace() or c < 0x20]
IS_SPACE = np.zeros(0x110000, bool)
IS_SPACE[SPACES] = True
_SENTENCE_ENDS = ".!?…;"
_END, _STOP = 1, 2
_LONGEST_ABBREVIATION = 3  # letters and what stands between: "Drs.", "tgl." end no sentence


def sentences(
    codes: npt.NDArray[np.uint32],
    start: Ints,
    doc: Ints,
    ids: Ints,
    vocabulary: Vocabulary,
    word: npt.NDArray[np.bool_],
) -> Ints:
    """A number per word token that grows from doc to doc and at sentence-ending marks; a line break is layout."""
    # A single full stop ends a sentence only where a space follows and the word before is longer than an abbreviation.
    lengths = np.diff(start, append=len(codes))
    ending = _endings(vocabulary)[ids]
    before = np.concatenate([[0], lengths[:-1]])
    spaced = IS_SPACE[codes[np.minimum(start + 1, len(codes) - 1)]] if len(codes) else np.zeros(0, bool)
    marks = ~word & ((ending == _END) | ((ending == _STOP) & spaced & (before > _LONGEST_ABBREVIATION)))
    return (doc + np.cumsum(marks))[word]


def _endings(vocabulary: Vocabulary) -> npt.NDArray[np.int8]:
    """Per surface: ends a sentence (_END), is a single full stop (_STOP), or neither."""
    known: npt.NDArray[np.int8] = vocabulary.memo.get("sentence ends", np.zeros(0, np.int8))
    fresh = vocabulary.surfaces[len(known) :]
    marks = [(_STOP if s == "." else _END) if s[0] in _SENTENCE_ENDS else 0 for s in fresh]
    vocabulary.memo["sentence ends"] = known = np.concatenate([known, np.array(marks, np.int8)])
    return known
