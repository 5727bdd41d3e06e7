"""What binding takes and gives while it works: a hit with what the lexicon knows of it, and a statement."""

from __future__ import annotations

from typing import NamedTuple

from screening.statements.words import limits


class Hit(NamedTuple):
    """One row of HITS, with the group of its signal and the kind of its lexicon entry."""

    field: str
    signal: str
    entry_id: str
    contestant: str
    surface: str
    start: int
    end: int
    strength: float
    detector: str
    how: str
    group: str
    kind: str


class Statement(NamedTuple):
    """A row of STATEMENTS but for the ids; `personal`: in the writer's own voice, so a report beside it is none of it."""

    field: str
    start: int
    end: int
    speaker: str
    predicate: str
    meant: str
    toward: str
    election: str
    channel: str
    strength: float
    proof: Hit
    personal: bool = False
    supported: bool = False


BY_CLASS = "kelas:"  # entry ids of what the word classes found; no entry of the lexicon stands behind it


def by_class(field: str, signal: str, kind: str, text: str, start: int, end: int, whom: str) -> Hit:
    """A hit of the word classes themselves, of the group stance: characters `start`..`end` of a field's text."""
    return Hit(
        field, signal, BY_CLASS + kind, whom, text[start:end], start, end, limits()["choice"], "statements", "context", "stance",
        "",
    )  # fmt: skip


def contest_of_id(contestant: str) -> str:
    """The contest of a contestant's id ("pilpres-2024/2" -> "pilpres-2024"); "" where there is none."""
    return contestant.split("/")[0] if contestant and "/" in contestant else ""


CHANNELS = {
    "text": "own", "media_text": "picture", "target_text": "content", "target_account": "account",
    "target_url": "account", "tagged": "account", "picture_text": "picture",
}  # fmt: skip
DIRECTIONS = frozenset({"support", "attack", "solicitation", "counter_solicitation"})
OWN_SPEAKERS = ("self", "group_with_self", "addressed")
MEANT_SO = ("asserted", "wished")
