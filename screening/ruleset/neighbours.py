"""Words that differ in one letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def shorter(word: str) -> Iterator[str]:
    """The word without each of its letters."""
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def deletions(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every word, and every word less a letter -> the words it may come from."""
    index: dict[str, tuple[str, ...]] = {}
    for word in sorted(set(words)):
        for key in {word, *shorter(word)}:
            index[key] = (*index.get(key, ()), word)
    return index


def near(word: str, index: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Index words within one insertion, deletion, substitution or transposition of neighbouring letters."""
    candidates = set(index.get(word, ()))
    for i in range(len(word)):
        candidates.update(index.get(word[:i] + word[i + 1 :], ()))
    if not candidates:
        return []
    from rapidfuzz.distance import OSA

    return sorted(name for name in candidates if OSA.distance(word, name, score_cutoff=1) <= 1)
