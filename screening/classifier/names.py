"""Single words that may name a contestant, taken from the lexicon, for masking only.

A detector must be sure before it says "contestant"; masking must not: a name that was too ambiguous for a hit ("bu Risma"
without a place or date) would otherwise reach the features as itself and weigh for or against one contestant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from screening.classifier.words import honorifics, ordinary
from screening.text import words

_KINDS = {"name", "alias", "nickname", "pair", "mock"}
_ROLE_OF_SIGNAL = {"contestant": "<peserta>", "pejorative": "<ejekan>"}


def name_words(entries: Iterable[Any]) -> Mapping[str, str]:
    """Folded word -> role, of every lexicon entry that is one word beside its form of address; ordinary words left out."""
    found: dict[str, str] = {}
    for entry in entries:
        role = _ROLE_OF_SIGNAL.get(entry.signal)
        if role is None or entry.kind not in _KINDS:
            continue
        rest = [word for word in words(entry.term) if word not in honorifics()]
        if len(rest) == 1 and rest[0] not in ordinary() and len(rest[0]) > 1:
            found[rest[0]] = role if found.get(rest[0]) != "<peserta>" else "<peserta>"
    return dict(sorted(found.items()))
