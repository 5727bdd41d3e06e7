"""All sequences of a lexicon as one non-deterministic automaton in numpy arrays, run over occurrences of word ids.

Matching time depends on how many tokens are lexicon words, not on how many entries there are: a transition is a
look-up among (state, word) keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.ruleset.patterns import Sequence, Step

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Occurrences:
    """Word ids found in a chunk: tokens `first`..`last` read as `word`, `how` (0 exact, 1 folded, 2 fuzzy); sorted by `first`."""

    first: Ints
    last: Ints
    word: Ints
    how: Ints

    def keep(self, mask: npt.NDArray[np.bool_]) -> Occurrences:
        return Occurrences(self.first[mask], self.last[mask], self.word[mask], self.how[mask])


@dataclass(frozen=True)
class Matches:
    """Sequences found: tokens `first`..`last`, the `output` they belong to, the worst `how` on the way."""

    first: Ints
    last: Ints
    output: Ints
    how: Ints

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True)
class Automaton:
    """`keys`: sorted state × words + word; `targets`: the state each leads to; `outputs`: CSR of outputs per state."""

    words: int
    keys: Ints
    targets: Ints
    gaps: Ints  # per state: tokens that may be skipped before its next item
    waits_start: Ints  # CSR: states that wait beside a state (the same place, with a gap)
    waits: Ints
    outputs_start: Ints
    outputs: Ints

    def run(self, found: Occurrences, doc: Ints, sentence: Ints, *, within: bool = False) -> Matches:
        """Every match of every sequence; gaps do not cross sentences (`within`: neighbours neither), nothing crosses docs."""
        tokens = len(doc)
        starting = np.flatnonzero(self._starts[found.word])
        state, hit = self._step(np.zeros(len(starting), np.int64), found.word[starting])
        hit = starting[hit]
        first, last, how = found.first[hit], found.last[hit], found.how[hit]
        collected = []
        while len(state):
            collected.append(self._finals(state, first, last, how))
            wait, owner = _gather(self.waits_start, self.waits, state)
            state, first, last, how = wait, first[owner], last[owner], how[owner]
            reach = np.minimum(last + 2 + self.gaps[state], tokens)
            low, high = np.searchsorted(found.first, np.minimum(last + 1, tokens)), np.searchsorted(found.first, reach)
            count = np.maximum(high - low, 0)
            owner = np.repeat(np.arange(len(state)), count)
            nxt = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count) + low[owner]
            after = found.first[nxt]
            fits = (doc[after] == doc[last[owner]]) & (
                (sentence[after] == sentence[last[owner]]) | ((after == last[owner] + 1) & (not within))
            )
            owner, nxt = owner[fits], nxt[fits]
            state, hit = self._step(state[owner], found.word[nxt])
            owner, nxt = owner[hit], nxt[hit]
            first, last, how = first[owner], found.last[nxt], np.maximum(how[owner], found.how[nxt])
        return _distinct(collected)

    def reporting(self, wanted: npt.NDArray[np.bool_]) -> Automaton:
        """The same automaton, silent about the other outputs."""
        kept = wanted[self.outputs]
        before = np.concatenate([[0], np.cumsum(kept)])
        return replace(self, outputs=self.outputs[kept], outputs_start=before[self.outputs_start])

    @cached_property
    def _starts(self) -> npt.NDArray[np.bool_]:
        """Which words begin a sequence: most do not, and need no search."""
        starts = np.zeros(self.words, bool)
        starts[self.keys[: np.searchsorted(self.keys, self.words)]] = True
        return starts

    @cached_property
    def _steps(self) -> tuple[pd.Index, Ints]:
        """The distinct keys, and where the targets of each begin."""
        keys, begins = np.unique(self.keys, return_index=True)
        return pd.Index(keys), np.append(begins, len(self.keys))

    def _step(self, state: Ints, word: Ints) -> tuple[Ints, Ints]:
        """Next states, and the index of the (state, word) each comes from."""
        keys, begins = self._steps
        place = keys.get_indexer(pd.Index(state * self.words + word))
        known = np.flatnonzero(place >= 0)
        target, owner = _gather(begins, self.targets, place[known])
        return target, known[owner]

    def _finals(self, state: Ints, first: Ints, last: Ints, how: Ints) -> Matches:
        output, owner = _gather(self.outputs_start, self.outputs, state)
        return Matches(first[owner], last[owner], output, how[owner])


def compile_automaton(sequences: Iterable[tuple[int, Sequence]], word_ids: Mapping[str, int]) -> Automaton:
    """An automaton that reports `output` for each (output, sequence); unknown keys never match."""
    children: dict[tuple[int, Step], int] = {}
    waits: dict[tuple[int, int], int] = {}  # (state, gap) -> the state that waits there
    gaps = [0]
    edges: set[tuple[int, int, int]] = set()
    outputs: set[tuple[int, int]] = set()
    for output, sequence in sorted(sequences):
        state = 0
        for step in sequence:
            place = state
            if state or step.gap:
                if (state, step.gap) not in waits:
                    waits[(state, step.gap)] = len(gaps)
                    gaps.append(step.gap)
                place = waits[(state, step.gap)]
            if (place, step) not in children:
                children[(place, step)] = len(gaps)
                gaps.append(0)
            nxt = children[(place, step)]
            edges |= {(place, word_ids[key], nxt) for key in step.keys if key in word_ids}
            state = nxt
        outputs.add((state, output))
    width = max(len(word_ids), 1)
    table = np.array(sorted(edges), np.int64).reshape(-1, 3)
    waiting = np.array(sorted((state, wait) for (state, _), wait in waits.items()), np.int64).reshape(-1, 2)
    final = np.array(sorted(outputs), np.int64).reshape(-1, 2)
    return Automaton(
        words=width,
        keys=table[:, 0] * width + table[:, 1],
        targets=table[:, 2],
        gaps=np.array(gaps, np.int64),
        waits_start=np.searchsorted(waiting[:, 0], np.arange(len(gaps) + 1)),
        waits=waiting[:, 1],
        outputs_start=np.searchsorted(final[:, 0], np.arange(len(gaps) + 1)),
        outputs=final[:, 1],
    )


def _gather(start: Ints, values: Ints, rows: Ints) -> tuple[Ints, Ints]:
    count = start[rows + 1] - start[rows]
    owner = np.repeat(np.arange(len(rows)), count)
    inner = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    return values[start[rows][owner] + inner], owner


def _distinct(parts: list[Matches]) -> Matches:
    """All matches once, the best `how` kept, ordered by place then output."""
    if not parts:
        nothing = np.zeros(0, np.int64)
        return Matches(nothing, nothing, nothing, nothing)
    first, last, output, how = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("first", "last", "output", "how")
    )
    # One key for place and output: a single sort of numbers is several times faster than one per column.
    length, most = last - first, int(output.max(initial=0)) + 1
    key = (first * (int(length.max(initial=0)) + 1) + length) * most + output
    order = np.argsort(key * 4 + how, kind="stable")
    first, last, output, how = first[order], last[order], output[order], how[order]
    new = np.ones(len(first), bool)
    new[1:] = (np.diff(first) != 0) | (np.diff(last) != 0) | (np.diff(output) != 0)
    return Matches(first[new], last[new], output[new], how[new])
