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
    if kind == "listed":
        return listed_sequences(term)
    keys = words(term)
    found = [tuple(Step((key,)) for key in keys)]
    joined = "".join(keys)
    if len(keys) > 1 and len(joined) >= 6 and joined.isalnum():
        found.append((Step((joined,)),))
    return tuple(found)


# One name in several spellings, as it is found on ballots and in posts (counted on the lists of 2024).
_SPELLINGS = (
    ("muhammad", "muhamad", "mohammad", "mohamad", "mochammad", "mochamad", "mohamed", "muh", "moh", "moch", "mohd", "mhd"),
    ("ahmad", "achmad", "akhmad", "akmad"),
    ("abdul", "abd"),
)  # fmt: skip
_SPELT = {name: names for names in _SPELLINGS for name in names}


def listed_sequences(term: str, short: tuple[tuple[str, ...], ...] = ()) -> tuple[Sequence, ...]:
    """Sequences of a name on a list of candidates: with and without its initials, spellings of a common first name as one,
    and as `short` forms say (words of the name).

    "A | B" stands for a pair: any word of A, then any word of B, at most one word ("dan") between them, or both as one word.
    "A + B": both whole names in the same manner.
    """
    if " + " in term:
        heads, mates = (_whole_names(side) for side in term.split(" + "))
        return tuple((*head, Step(mate[0].keys, 1), *mate[1:]) for head in heads for mate in mates)
    if " | " in term:
        first, second = (tuple(sorted({key for key in name_words(side) if len(key) > 2})) for side in term.split(" | "))
        joined = tuple(sorted({a + b for a in first for b in second if len(a + b) >= _SHORTEST_JOINED}))
        found: list[Sequence] = [(Step(first), Step(second, 1))] if first and second else []
        return (*found, (Step(joined),)) if joined else tuple(found)
    keys = name_words(term)
    joined_name = "".join(full := _without_initials(keys))
    alone = ((Step((joined_name,)),),) if len(full) > 1 and len(joined_name) >= _SHORTEST_JOINED else ()
    shorter = tuple(
        tuple(Step(_SPELT.get(key, (key,))) for key in some) for some in (_bare(keys, full), *short) if some
    )
    initial = (
        ((Step(("m",)), *(Step((key,)) for key in full[1:])),) if len(full) > 1 and full[0] in _SPELLINGS[0] else ()
    )
    return tuple(dict.fromkeys((*_whole_names(term), *shorter, *initial, *alone)))


def _bare(keys: list[str], full: list[str]) -> list[str]:
    """A name without the "M." before it ("M. Putera Ferryandi") or the letters behind it ("Ruslan Amsyari FS"); [] where that
    leaves one word."""
    if len(full) > 2 and keys[0] == "m":
        return full[1:]
    told = [key for key in full if len(key) > 2]
    return told if 1 < len(told) < len(full) and full[0] == told[0] else []


def _whole_names(name: str) -> tuple[Sequence, ...]:
    """A name with and without its initials, spellings of a common first name as one."""
    keys = name_words(name)
    found = (tuple(Step(_SPELT.get(key, (key,))) for key in some) for some in (_without_initials(keys), keys) if some)
    return tuple(dict.fromkeys(found))


def _without_initials(keys: list[str]) -> list[str]:
    """The words of a name that are no initials; an "M." at its beginning is nearly always Muhammad."""
    full = [key for key in keys if len(key) > 1]
    return ["muhammad", *full] if full and full[0] != keys[0] and keys[0] == "m" else full


def name_words(name: str) -> list[str]:
    """The folded words of a name: the same as `text.words`, and faster for many names that share their parts."""
    return [word for part in name.split() for word in (_plain(part) or _words(part))]


@lru_cache(maxsize=50_000)
def _plain(part: str) -> tuple[str, ...]:
    """A part of plain letters in its usual writing is one word; () for any other."""
    plain = part.isascii() and part.isalpha() and part == part.capitalize() and not _TRIPLE.search(part.lower())
    return (part.lower(),) if plain else ()


_TRIPLE = re.compile(r"(.)\1\1")
_SHORTEST_JOINED = 8


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
