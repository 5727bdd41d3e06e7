"""What a model makes of word classes: of the classes of one word, and of those of two words close together."""

from __future__ import annotations

import numpy as np

from screening.classifier.model import Block


class ClassScores:
    """Sets of classes, numbered as they are met (0: no class), and their scores: four weights and the square."""

    def __init__(self, block: Block) -> None:
        known = np.column_stack([block.weights, block.squares])
        names = dict.fromkeys(name for item in block.rows for name in item.split(" "))
        self._place = {name: i for i, name in enumerate(names)}
        self._one = np.zeros((len(names), known.shape[1]))
        self._two = np.zeros((len(names), len(names), known.shape[1]))
        for item, row in block.rows.items():
            first, *second = (self._place[name] for name in item.split(" "))
            if second:
                self._two[first, second[0]] = known[row]
            else:
                self._one[first] = known[row]
        self._numbers: dict[tuple[str, ...], int] = {}
        self.alone = self.beside = np.zeros(0)
        self.numbers([()])

    def numbers(self, sets: list[tuple[str, ...]]) -> list[int]:
        """The number of each set; then `alone` holds the scores of all sets by number, and `beside` those of their classes in
        pairs, by the numbers of two sets."""
        before = len(self._numbers)
        found = [self._numbers.setdefault(classes, len(self._numbers)) for classes in sets]
        if len(self._numbers) > before:
            held = np.zeros((len(self._numbers), len(self._place)))
            for classes, number in self._numbers.items():
                held[number, [self._place[name] for name in classes if name in self._place]] = 1
            self.alone = held @ self._one
            self.beside = np.einsum("ac,bd,cdk->abk", held, held, self._two, optimize=True)
        return found
