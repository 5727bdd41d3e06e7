"""What reviewers said, and what follows from it: pure functions over sets of statements.

A set of statements only grows (union), and everything here is a function of the set: in which order files are imported or
ledgers are joined makes no difference (commutative, associative, idempotent). A later statement of the same person does
not overwrite an earlier one; it stands when it names the earlier one (`replaces`) or carries a later date. Statements of
one person that contradict each other without such an order are shown as such, never chosen between.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from screening.review.ledger import Draft, Entry
from screening.review.settings import settings
from screening.text.fold import fold

VOTE, RECUSAL, ADJUDICATION = "putusan", "undur", "penengah"
KINDS = (VOTE, RECUSAL, ADJUDICATION)
NO_ACT = "-"  # the item is the activity as a whole: a sampled row that no act flagged
NO_PROVISION = "TIDAK ADA"  # the reviewer states that no provision fits
FOUND = "LAYAK KLARIFIKASI"
OPEN_VERDICT = "PERLU DATA"


@dataclass(frozen=True, order=True)
class Item:
    """What a statement is about: content, act, rules and round."""

    activity_id: str
    act_id: str
    ruleset_version: str
    round: int


@dataclass(frozen=True)
class Statement:
    """One vote, recusal or adjudication of one person about one item; `replaces` holds ids of own earlier statements."""

    kind: str
    who: str
    item: Item
    verdict: str = ""
    provision: str = ""
    note: str = ""
    decided_on: str = ""
    replaces: tuple[str, ...] = ()
    seen: str = ""  # fingerprint of the row as this person saw it; leads to its run and the rules of that run

    @cached_property
    def id(self) -> str:
        return self.draft("").id

    def draft(self, why: str) -> Draft:
        """The statement as a ledger entry."""
        item = self.item
        body = {
            "activity_id": item.activity_id, "act_id": item.act_id, "ruleset_version": item.ruleset_version, "round": item.round,
            "verdict": self.verdict, "provision": self.provision, "note": self.note, "decided_on": self.decided_on,
            "replaces": sorted(self.replaces), "seen": self.seen,
        }  # fmt: skip
        return Draft(self.kind, self.who, why, body)

    @property
    def said(self) -> tuple[str, str, str]:
        """What it comes to; the provision counts only where a provision is said to be met."""
        return self.kind, self.verdict, self.provision if self.verdict == FOUND else ""


@dataclass(frozen=True)
class Outcome:
    """Where an item stands.

    state: belum (no vote), satu_suara, sepakat, berbeda (a third person must decide), bertentangan (someone contradicts
    himself), penengah (decided by a third person). `verdict` and `provision` are set in sepakat and penengah only.
    """

    item: Item
    state: str
    votes: Mapping[str, Statement] = field(default_factory=dict)
    recused: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()
    adjudication: Statement | None = None
    verdict: str = ""
    provision: str = ""
    decided_on: str = ""
    seen: str = ""

    @property
    def settled(self) -> bool:
        """Decided, and not waiting for data."""
        return self.state in ("sepakat", "penengah") and self.verdict != OPEN_VERDICT


def person(name: str) -> str:
    """A name as compared: letters and digits only, no case, no marks, look-alike letters as what they look like; "Budi S.",
    " budi s" and "Вudi S" with a Cyrillic letter are one person."""
    folded = fold(unicodedata.normalize("NFKD", name).casefold())
    return "".join(character for character in folded if character.isalnum())


def statements(entries: Iterable[Entry]) -> frozenset[Statement]:
    """The human statements among ledger entries."""
    return frozenset(_statement(entry) for entry in entries if entry.kind in KINDS)


def merge(*sets: frozenset[Statement]) -> frozenset[Statement]:
    """All statements of several ledgers: the union."""
    return frozenset().union(*sets)


def outcomes(said: Iterable[Statement], items: Iterable[Item] = ()) -> dict[Item, Outcome]:
    """The outcome of every item that anyone spoke about or that is in `items`, in sorted order."""
    grouped: dict[Item, list[Statement]] = {item: [] for item in items}
    for statement in said:
        grouped.setdefault(statement.item, []).append(statement)
    return {item: outcome(item, grouped[item]) for item in sorted(grouped)}


def outcome(item: Item, said: Iterable[Statement]) -> Outcome:
    """Where one item stands, given everything said about it (any order)."""
    people: dict[str, list[Statement]] = {}
    for statement in said:
        people.setdefault(person(statement.who), []).append(statement)
    votes: dict[str, Statement] = {}
    third: list[Statement] = []
    recused, contradicting = [], []
    for key in sorted(people):
        name = min(statement.who for statement in people[key])
        # whoever voted cannot decide between the votes
        own = [one for one in people[key] if one.kind != ADJUDICATION] or people[key]
        last = standing(own)
        if any(statement.kind == RECUSAL for statement in not_replaced(own)):
            recused.append(name)
        elif len({statement.said for statement in last}) > 1:
            contradicting.append(name)
        elif last[0].kind == VOTE:
            votes[name] = last[0]
        else:
            third.append(last[0])
    found = Outcome(item, "belum", votes, tuple(recused), tuple(contradicting))
    return _concluded(found, third)


def initial_votes(said: Iterable[Statement]) -> dict[Item, dict[str, Statement]]:
    """Each person's first vote per item (before any correction), for measuring agreement; contradictions are left out."""
    first: dict[Item, dict[str, list[Statement]]] = {}
    for statement in said:
        if statement.kind == VOTE and not statement.replaces:
            first.setdefault(statement.item, {}).setdefault(person(statement.who), []).append(statement)
    out: dict[Item, dict[str, Statement]] = {}
    for item, people in first.items():
        for own in people.values():
            day = min((statement.decided_on for statement in own), default="")
            earliest = [statement for statement in own if statement.decided_on == day]
            if len({statement.verdict for statement in earliest}) == 1:
                chosen = min(earliest, key=lambda statement: statement.id)
                out.setdefault(item, {})[chosen.who] = chosen
    return out


def not_replaced(own: Iterable[Statement]) -> list[Statement]:
    """One person's statements that no other one of theirs names as replaced."""
    own = list(own)
    replaced = {key for statement in own for key in statement.replaces}
    return [statement for statement in own if statement.id not in replaced]


def earlier(one: Statement, other: Statement) -> bool:
    """Whether one statement is certainly older: an earlier day, or an earlier time where both tell it."""
    first, second = one.decided_on, other.decided_on
    if not first or not second:
        return False
    return first[:10] < second[:10] or (
        first[:10] == second[:10] and len(first) > 10 and len(second) > 10 and first < second
    )


def standing(own: Iterable[Statement]) -> list[Statement]:
    """One person's statements that no other one of theirs replaces or postdates, in a fixed order."""
    left = not_replaced(own)
    last = [one for one in left if not any(earlier(one, other) for other in left)]
    return sorted(last, key=lambda statement: (statement.decided_on, statement.id), reverse=True)


def _concluded(found: Outcome, third: list[Statement]) -> Outcome:
    votes = list(found.votes.values())
    if found.contradicting:
        return replace(found, state="bertentangan")
    if len(votes) < settings()["votes"]["required"]:
        return replace(found, state="satu_suara" if votes else "belum")
    if len({vote.said for vote in votes}) == 1:
        return _decided(found, "sepakat", votes)
    if third and len({statement.said for statement in third}) == 1:
        last = max(third, key=lambda one: (one.decided_on, one.id))
        return replace(_decided(found, "penengah", third), adjudication=last)
    return replace(found, state="berbeda")


def _decided(found: Outcome, state: str, said: list[Statement]) -> Outcome:
    last = max(said, key=lambda one: (one.decided_on, one.id))
    return replace(
        found, state=state, verdict=last.verdict, provision=last.provision, decided_on=last.decided_on, seen=last.seen
    )


def _statement(entry: Entry) -> Statement:
    body: Mapping[str, Any] = entry.body
    item = Item(body["activity_id"], body["act_id"], body["ruleset_version"], int(body["round"]))
    return Statement(
        entry.kind, entry.who, item, body["verdict"], body["provision"], body["note"], body["decided_on"],
        tuple(body["replaces"]), body["seen"],
    )  # fmt: skip
