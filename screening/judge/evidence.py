"""What the statements of one activity say, as atoms the acts can ask for (`own:support`, `account:account_team`).

Three nested sets: `sure` (words and register), `strong` (also what the classifier is sure of), `every` (also hints).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from screening.ruleset.acts import Expression
from screening.ruleset.risk import Risk
from screening.tables import KINDS

PLACES = {
    "text": "own", "target_text": "content", "media_text": "media", "target_account": "account", "target_url": "account",
    "tagged": "tagged",
}  # fmt: skip
DIRECTIONS = frozenset({"support", "attack", "solicitation", "counter_solicitation"})
# What points to somebody standing for something without saying who.
NAMELESS = frozenset({"contestants_unnamed", "legislative_name", "team"})
GROUPS = frozenset({"account_team", "account_volunteer", "account_official"})
NAMING = frozenset({"contestant", "party", "pejorative", "slogan", "team", "contestants_unnamed", "legislative_name"})
# What somebody says or did, so that it matters who and how meant; claims are added to the directions.
TIED = (
    DIRECTIONS
    | frozenset(
        f"claim_{what}"
        for what in (
            "props",
            "attendance",
            "active_part",
            "campaign_event",
            "membership",
            "team",
            "expert",
            "approach_party",
            "approach_public",
            "self_candidate",
            "identity_cards",
            "gift",
            "meeting",
            "invitation",
            "facility",
            "budget",
            "decision",
            "mobilise",
            "uniform",
        )
    )
    | frozenset({"media_photo_with", "media_props", "media_candidate", "media_team", "media_attribute"})
    | frozenset(
        {"media_frame", "media_gesture", "media_number_gesture", "media_facility", "media_uniform", "media_song"}
    )
)
OWN_CHANNELS = ("own", "parent")
OWN_SPEAKERS = ("self", "group_with_self", "addressed")
NOT_MEANT = frozenset({"denied", "refused", "past", "courtesy", "quoted", "reported", "example", "conceded"})
DOUBTFUL = frozenset({"coerced", "conditional", "asked"})
# The atom with which a statement speaks for the person that is not meant plainly.
SPOKEN = {
    "denied": "negation", "refused": "negation", "past": "past_event", "quoted": "quotation", "reported": "reported_speech",
    "example": "neutrality", "conceded": "neutral_mention", "courtesy": "courtesy", "coerced": "coercion",
    "conditional": "condition", "asked": "question",
}  # fmt: skip
CHATS = frozenset({"whatsapp", "telegram"})
_KIND_FACTS = {f"kind:{kind}": kind for kind in KINDS}


class Statement(NamedTuple):
    """One row of STATEMENTS as the judge reads it; `toward` is "" when it is about nobody in particular.

    `start`, `end`, `quote` are the characters of the hit that proves it; `look` is what `gather` sees of it.
    """

    statement_id: str
    field: str
    predicate: str
    speaker: str
    meant: str
    toward: str
    channel: str
    quote: str
    start: int
    end: int
    strength: float
    how: str
    supported: bool = False
    entry_id: str | None = None
    look: tuple[Any, ...] = ()

    @property
    def names(self) -> bool:
        """Whether it names its contestant: its quoted characters are a name, a number or an account."""
        return self.predicate in NAMING or self.channel == "account"


class Evidence(NamedTuple):
    """Atoms by how well they are shown; `sure` ⊆ `strong` ⊆ `every`."""

    sure: frozenset[str]
    strong: frozenset[str]
    every: frozenset[str]

    def with_facts(self, facts: Iterable[str]) -> Evidence:
        """The same evidence and facts that are simply so (kind, visibility, roster)."""
        extra = frozenset(facts)
        return Evidence(self.sure | extra, self.strong | extra, self.every | extra)


class Part(NamedTuple):
    """One signed part of a score; `proof` is the expression whose characters are quoted beside it."""

    code: str
    text: str
    points: int
    group: str
    proof: Expression = ()


def holds(expression: Expression, atoms: frozenset[str]) -> bool:
    """True when one alternative of the expression is wholly among the atoms."""
    return any(map(atoms.issuperset, expression))


def kind_of(evidence: Evidence) -> str:
    """The kind of activity the evidence is about."""
    return next(kind for fact, kind in _KIND_FACTS.items() if fact in evidence.sure)


def facts_of(activity: Mapping[str, Any]) -> frozenset[str]:
    """Facts about the activity itself: kind, object, visibility, tagging."""
    target, tagged, actor = activity["target_kind"], activity["tagged"], activity["actor"]
    facts = _facts(
        activity["kind"],
        target if isinstance(target, str) else None,
        activity["visibility"],
        activity["platform"] in CHATS,
    )
    if isinstance(tagged, str) and isinstance(actor, str) and actor.lower().lstrip("@") in _handles(tagged):
        return facts | {"is:tagged_by_other"}
    return facts


@lru_cache(maxsize=1_000)
def _facts(kind: str, target: str | None, seen: str, chat: bool) -> frozenset[str]:
    facts = {
        f"kind:{kind}",
        "is:any",
        {"public": "is:public", "private": "is:private"}.get(seen, "is:unknown_visibility"),
    }
    if target is not None:
        facts.add(f"object:{target}")
    if chat:
        facts.add("is:chat")
    elif seen == "private":
        facts.add("is:private_account")
    return frozenset(facts)


def _handles(tagged: str) -> set[str]:
    return {part.strip().lower().lstrip("@") for part in tagged.replace(";", ",").split(",")}


def weighed(statement: Statement, risk: Risk) -> int:
    """How far a statement counts: 3 plain evidence, 2 the classifier is sure, 1 only a hint, 0 not at all.

    What is denied, refused, quoted, reported, past, taught or said by courtesy is no evidence, nor what another did; what was
    forced, asked or supposed hints at most.
    """
    strength = statement.strength
    if strength <= 0:
        return 0
    if statement.predicate in TIED:
        own = statement.channel in OWN_CHANNELS or (
            statement.channel == "picture" and statement.predicate.startswith("claim_")
        )
        if statement.meant in NOT_MEANT or (own and statement.speaker not in OWN_SPEAKERS):
            return 0
        if statement.meant in DOUBTFUL:
            return 1
    if statement.how == "model":
        if statement.channel == "parent":
            return 2 if strength >= risk.thresholds["model"] else 1
        proof = risk.thresholds["model_supported" if statement.supported else "model"]
        return 2 if strength >= proof else 1 if strength >= risk.thresholds["model_hint"] else 0
    return 3 if strength >= risk.thresholds["hint"] else 1


def gather(statements: Sequence[Statement], risk: Risk, cues: frozenset[str] = frozenset()) -> Evidence:
    """Atoms of the statements that count. `cues`: signals of which several weak ones together are one good one."""
    doubt: dict[str, float] = {}
    sure: set[str] = set()
    strong: set[str] = set()
    every: set[str] = set()
    weights = [weighed(one, risk) for one in statements]
    plain = any(weight == 3 and one.predicate in TIED for one, weight in zip(statements, weights, strict=True))
    for one, weight in zip(statements, weights, strict=True):
        if not plain and one.predicate in TIED and one.strength > 0 and one.meant in SPOKEN and weight < 2:
            sure.update(_atoms(one.field, SPOKEN[one.meant]))
        if not weight:
            continue
        # A handle that merely contains such a word is no such word.
        if not one.toward and (
            one.predicate in GROUPS or (one.predicate in NAMELESS and one.field != "target_account")
        ):
            every.add("is:nameless")
        atoms = _atoms(one.field, one.predicate)
        every.update(atoms)
        if weight == 2:
            strong.update(atoms)
            sure.add(f"model:{one.predicate}")
        elif weight == 3:
            strong.update(atoms)
            sure.update(atoms)
        elif one.predicate in cues and one.how != "model":
            for atom in atoms:
                doubt[atom] = doubt.get(atom, 1.0) * (1.0 - one.strength)
                if 1.0 - doubt[atom] >= risk.thresholds["hint"]:
                    strong.add(atom)
                    sure.add(atom)
    strong |= sure
    return Evidence(frozenset(sure), frozenset(strong), frozenset(every | strong))


@lru_cache(maxsize=1_000)
def _atoms(field: str, signal: str) -> tuple[str, str]:
    """What a statement lets an act ask for."""
    return f"{PLACES[field]}:{signal}", f"any:{signal}"


def proof_of(alternative: frozenset[str], statements: Sequence[Statement], risk: Risk) -> Statement | None:
    """The statement to quote for an alternative: the strongest that supplies one of its atoms, words before the classifier,
    the earliest among equals."""
    wanted = [
        one for one in statements
        if not alternative.isdisjoint(_atoms(one.field, one.predicate)) and weighed(one, risk)
    ]  # fmt: skip
    if not wanted:
        wanted = [
            one for one in statements
            if one.predicate in TIED and one.meant in SPOKEN
            and not alternative.isdisjoint(_atoms(one.field, SPOKEN[one.meant]))
        ]  # fmt: skip
    return min(wanted, key=lambda one: (-weighed(one, risk), -one.strength, one.field, one.start), default=None)
