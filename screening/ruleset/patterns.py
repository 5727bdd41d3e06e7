"""From a term as an editor writes it to the sequences of items that the automaton matches.

An item is a set of word keys: a folded word, `~root`, `{signal}`, an emoji. A step is an item and how many tokens may lie
before it. `?item` doubles the sequence (with and without); a gap `<n>` may not stand first or last; within an item
`hitung_cepat` stands for words in a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from screening.text import words
from screening.text.fold import fold

_GAP = re.compile(r"^<(\d)>$")
_MOST_OPTIONAL = 4
CONTESTANT = ("contestant", "pejorative", "slogan", "team")  # the signals `{contestant}` stands for


@dataclass(frozen=True, order=True)
class Step:
    """One item of a sequence: any of `keys`, after at most `gap` other tokens."""

    keys: tuple[str, ...]
    gap: int = 0


Sequence = tuple[Step, ...]


def term_sequences(term: str, kind: str) -> tuple[Sequence, ...]:
    """Sequences of a plain term: its tokens, and for a name of several words also the words written as one."""
    if kind == "hashtag":
        return ((Step((f"#{fold(term.lstrip('#'))}",)),),)
    keys = words(term)
    found = [tuple(Step((key,)) for key in keys)]
    joined = "".join(keys)
    if len(keys) > 1 and len(joined) >= 6 and joined.isalnum():
        found.append((Step((joined,)),))
    return tuple(found)


@lru_cache(maxsize=50_000)  # conditions repeat the same words thousands of times
def pattern_sequences(pattern: str) -> tuple[Sequence, ...]:
    """Sequences of a pattern; ValueError (Indonesian) when it cannot be read."""
    variants: list[list[Step]] = [[]]
    gap = 0
    items = pattern.split()
    if sum(item.startswith("?") for item in items) > _MOST_OPTIONAL:
        raise ValueError(f"paling banyak {_MOST_OPTIONAL} butir '?' dalam satu pola")
    for item in items:
        if match := _GAP.match(item):
            gap = int(match[1])
            continue
        optional = item.startswith("?")
        with_it = [[*variant, *steps] for variant in variants for steps in _branches(item.lstrip("?"), gap)]
        variants = with_it + [list(variant) for variant in variants] if optional else with_it
        gap = 0
    if gap:
        raise ValueError("pola tidak boleh berakhir dengan jarak <n>")
    found = {tuple(_unspaced(variant)) for variant in variants if variant}
    if not found:
        raise ValueError("pola kosong")
    return tuple(sorted(found))


def _branches(item: str, gap: int) -> list[list[Step]]:
    """The single words of an item as one step; each `words_in_a_row` as a branch of its own."""
    if item.startswith("{"):
        return [[Step(_keys(item), gap)]]
    choices = item.split("|")
    single = [choice for choice in choices if "_" not in choice]
    found = [[Step(_keys("|".join(single)), gap)]] if single else []
    for choice in choices:
        if "_" in choice:
            first, *rest = choice.split("_")
            found.append([Step(_keys(first), gap), *(Step(_keys(word)) for word in rest)])
    return found


def _unspaced(variant: list[Step]) -> list[Step]:
    return [Step(variant[0].keys, 0), *variant[1:]]


@lru_cache(maxsize=50_000)
def _words(choice: str) -> list[str]:
    return words(choice)


def _keys(item: str) -> tuple[str, ...]:
    keys: list[str] = []
    for choice in item.split("|"):
        if choice.startswith("{") and choice.endswith("}"):
            signal = choice[1:-1]
            keys += [f"{{{name}}}" for name in (CONTESTANT if signal == "contestant" else (signal,))]
        elif choice.startswith("~") and len(choice) > 1:
            keys.append("~" + fold(choice[1:]))
        elif len(read := _words(choice)) == 1 and read[0]:
            keys.append(read[0])
        else:
            raise ValueError(f"butir pola '{item}' tidak dapat dibaca")
    return tuple(sorted(set(keys)))
