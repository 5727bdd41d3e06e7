"""What the hits of one activity say, as atoms the acts can ask for (`own:support`, `account:account_team`).

Three nested sets: `sure` (words and register), `strong` (also what the classifier is sure of), `every` (also hints).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from screening.ruleset.acts import Expression
from screening.ruleset.risk import Risk
from screening.tables import KINDS, texts

PLACES = {
    "text": "own", "target_text": "content", "media_text": "media", "target_account": "account", "target_url": "account",
    "tagged": "tagged",
}  # fmt: skip
DIRECTIONS = frozenset({"support", "attack", "solicitation", "counter_solicitation"})
# What points to somebody standing for something without saying who.
NAMELESS = frozenset({"contestants_unnamed", "legislative_name", "team"})
GROUPS = frozenset({"account_team", "account_volunteer", "account_official"})
# What takes out or weakens the hits inside it.
OUTER = frozenset({"own_name", "boilerplate", "quotation", "negation"})
FAVOUR = frozenset({"support", "solicitation"})
CHATS = frozenset({"whatsapp", "telegram"})
_KIND_FACTS = {f"kind:{kind}": kind for kind in KINDS}


class Hit(NamedTuple):
    """One row of HITS as the judge reads it; `contestant` is "" when the hit names none.

    `look` is what `gather` sees of it, None where it also matters which hits lie inside it, or when nobody has looked.
    """

    field: str
    signal: str
    contestant: str
    surface: str
    start: int
    end: int
    strength: float
    how: str
    look: tuple[Any, ...] | None = None


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


def weights(hits: pd.DataFrame, risk: Risk, cues: frozenset[str]) -> npt.NDArray[np.float64]:
    """How much each hit of a table counts: those that `gather` treats alike weigh the same."""
    hint, proof, doubtful = (risk.thresholds[name] for name in ("hint", "model", "model_hint"))
    strength = hits["strength"].to_numpy()
    signal, how = (texts(hits[name]) for name in ("signal", "how"))
    weak = (strength > 0) & (strength < hint)
    adding = weak & np.asarray(pc.is_in(signal, pa.array(sorted(cues), pa.large_string())))
    plain = np.select([strength >= hint, adding, weak], [3.0, strength, 2.0], 1.0)  # each under 1 is its own
    model = np.select([strength >= proof, strength >= doubtful], [6.0, 5.0], 4.0)
    return np.where(np.asarray(pc.equal(how, "model")), model, plain)


def gather(hits: Sequence[Hit], risk: Risk, cues: frozenset[str] = frozenset()) -> tuple[Evidence, tuple[int, ...]]:
    """Atoms of the hits that stand, and which these are. Names that are no contestants, pasted links, denied and quoted
    directions are taken out or weakened here, by their offsets."""
    standing = []
    doubt: dict[str, float] = {}
    sure: set[str] = set()
    strong: set[str] = set()
    every: set[str] = set()
    spans = _spans(hits)
    # A doubtful opinion about words that name nobody, beside a picture that does, is no hint of anything.
    spoken_of = any(hit.contestant and hit.field != "media_text" and hit.how != "model" for hit in hits)
    for place, hit in enumerate(hits):
        strength = _strength(hit, spans, risk)
        if strength <= 0 or (hit.how == "model" and strength < risk.thresholds["model"] and not spoken_of):
            continue
        standing.append(place)
        # A handle that merely contains such a word is no such word.
        if not hit.contestant and (hit.signal in GROUPS or (hit.signal in NAMELESS and hit.field != "target_account")):
            every.add("is:nameless")
        atoms = _atoms(hit.field, hit.signal)
        every.update(atoms)
        if hit.how == "model":
            if strength >= risk.thresholds["model"]:
                strong.update(atoms)
                sure.add(f"model:{hit.signal}")
        elif strength >= risk.thresholds["hint"]:
            strong.update(atoms)
            sure.update(atoms)
        elif hit.signal in cues:
            # Several weak signs of news or officialdom together are one good sign.
            for atom in atoms:
                doubt[atom] = doubt.get(atom, 1.0) * (1.0 - strength)
                if 1.0 - doubt[atom] >= risk.thresholds["hint"]:
                    strong.add(atom)
                    sure.add(atom)
    strong |= sure
    return Evidence(frozenset(sure), frozenset(strong), frozenset(every | strong)), tuple(standing)


@lru_cache(maxsize=1_000)
def _atoms(field: str, signal: str) -> tuple[str, str]:
    """What a hit lets an act ask for."""
    return f"{PLACES[field]}:{signal}", f"any:{signal}"


def _spans(hits: Sequence[Hit]) -> dict[str, list[Hit]]:
    kept: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.signal in OUTER:
            kept.setdefault(hit.signal, []).append(hit)
    return kept


def _strength(hit: Hit, spans: Mapping[str, list[Hit]], risk: Risk) -> float:
    """0 takes the hit out; a direction inside a quotation becomes a mere hint."""
    if hit.how == "model" and hit.strength < risk.thresholds["model_hint"]:
        return 0.0
    if not spans or hit.signal in spans:
        return hit.strength
    for outer in (*spans.get("own_name", ()), *spans.get("boilerplate", ())):
        if outer.field == hit.field and outer.start <= hit.start and hit.end <= outer.end:
            return 0.0
    if hit.how == "model":
        # The classifier read the whole text; where something in it is denied or quoted, its opinion only hints.
        doubtful = [outer for kind in ("negation", "quotation") for outer in spans.get(kind, ())]
        if any(outer.field == hit.field for outer in doubtful):
            return min(hit.strength, risk.thresholds["model_hint"])
        return hit.strength
    if hit.signal in DIRECTIONS:
        for outer in spans.get("negation", ()):
            # "jangan pilih X" is denied as an appeal for X, yet it is an appeal against X: only favour is taken out.
            if hit.signal in FAVOUR and outer.field == hit.field and outer.start < hit.end and hit.start < outer.end:
                return 0.0
        for outer in spans.get("quotation", ()):
            if outer.field == hit.field and outer.start <= hit.start and hit.end <= outer.end:
                return min(hit.strength, risk.thresholds["hint"] / 2)
    return hit.strength


def quote_for(alternative: frozenset[str], hits: Sequence[Hit]) -> Hit | None:
    """The hit to quote for an alternative: the strongest that supplies one of its atoms, the earliest among equals."""
    wanted = [hit for hit in hits if not alternative.isdisjoint(_atoms(hit.field, hit.signal))]
    return min(wanted, key=lambda hit: (-hit.strength, hit.field, hit.start), default=None)
