"""Single words that may name a contestant, taken from the lexicon, for masking only.

A detector must be sure before it says "contestant"; masking must not: a name that was too ambiguous for a hit ("bu Risma"
without a place or date) would otherwise reach the features as itself and weigh for or against one contestant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from screening.classifier.words import honorifics, not_names, ordinary
from screening.text import words

_KINDS = {"name", "alias", "nickname", "pair", "mock", "party"}
# Signal -> role; where one word is several things, the one named first here wins.
_ROLE_OF_SIGNAL = {"contestant": "<peserta>", "party": "<partai>", "pejorative": "<ejekan>"}
_SHORTEST = 2


def name_words(entries: Iterable[Any]) -> Mapping[str, str]:
    """Word -> role, of every lexicon entry that is one word beside its form of address.

    Words are folded; those that are everyday words too stand in capitals and match only a surface in capitals.
    """
    found: dict[str, str] = {}
    entries = list(entries)
    for signal, role in _ROLE_OF_SIGNAL.items():
        for entry in entries:
            if entry.signal != signal or entry.kind not in _KINDS:
                continue
            rest = [word for word in words(entry.term) if word not in honorifics()]
            if len(rest) == 1 and len(rest[0]) < _SHORTEST <= len(entry.term):  # PPP: squeezed to a single letter
                found.setdefault(entry.term.upper(), role)
            if len(rest) == 1 and len(rest[0]) >= _SHORTEST and rest[0] not in not_names():
                found.setdefault(rest[0].upper() if rest[0] in ordinary() else rest[0], role)
    return dict(sorted(found.items()))


def role_of(surface: str, folded: str, names: Mapping[str, str]) -> str | None:
    """Role of a token that may be a name, or None."""
    return names.get(folded) or (names.get(surface) if surface.isupper() else None)
