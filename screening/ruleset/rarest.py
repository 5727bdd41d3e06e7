"""Where a whole sequence of words can stand at all: only where the rarest of them stands.

Most name words are common ("dan", "saya" in slogans); how often each is met in a chunk is known before anything is matched,
so nearly all texts with some name word need no look for whole sequences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from screening.ruleset.automaton import Ints
from screening.ruleset.patterns import Sequence


class Rarest:
    """The steps of some sequences, each a set of word ids."""

    def __init__(self, sequences: Iterable[Sequence], ids: Mapping[str, int]) -> None:
        steps = [[[ids[key] for key in step.keys if key in ids] for step in sequence] for sequence in sequences]
        found = [one for one in steps if all(one)]  # of unknown words alone nothing can be met
        self.words = np.array([word for one in found for step in one for word in step], np.int64)
        self.width = np.array([len(step) for one in found for step in one], np.int64)  # words per step
        self.length = np.array([len(one) for one in found], np.int64)  # steps per sequence

    def among(self, met: Ints) -> npt.NDArray[np.bool_]:
        """Given how often each word id is met: the words of each sequence's rarest step."""
        found = np.zeros(len(met), bool)
        if len(self.length):
            often = np.add.reduceat(met[self.words], np.cumsum(self.width) - self.width)
            least = np.minimum.reduceat(often, np.cumsum(self.length) - self.length)
            rare = often == np.repeat(least, self.length)
            found[self.words[np.repeat(rare, self.width)]] = True
        return found
