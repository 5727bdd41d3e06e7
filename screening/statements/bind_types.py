"""What binding takes and gives while it works: a hit with what the lexicon knows of it, and a statement."""

from __future__ import annotations

from typing import NamedTuple


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


def contest_of_id(contestant: str) -> str:
    """The contest of a contestant's id ("pilpres-2024/2" -> "pilpres-2024"); "" where there is none."""
    return contestant.split("/")[0] if contestant and "/" in contestant else ""


CHANNELS = {
    "text": "own", "media_text": "picture", "target_text": "content", "target_account": "account",
    "target_url": "account", "tagged": "account",
}  # fmt: skip
DIRECTIONS = frozenset({"support", "attack", "solicitation", "counter_solicitation"})
OWN_SPEAKERS = ("self", "group_with_self", "addressed")
MEANT_SO = ("asserted", "wished")
